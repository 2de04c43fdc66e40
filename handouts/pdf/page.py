"""A page as the writer takes it: marks in reading order, each with one owner, and their content stream."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from handouts.pdf.tags import Artifact, Element, Owner

Box = tuple[float, float, float, float]


def number(value: float) -> str:
    """A number in PDF syntax, to a hundredth of a point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Mark:
    """Painting operators of one owner, drawn from an origin in points; `box` is a figure's, from there too."""

    owner: Owner
    ops: bytes
    box: Box | None = None


@dataclass(frozen=True)
class Placed:
    """A mark and where its origin stands on the page, in points from the lower left corner."""

    mark: Mark
    x: float
    y: float


@dataclass(frozen=True)
class Link:
    """A web address to click: its element, its rectangle on the page and what it says."""

    element: Element
    box: Box
    address: str
    words: str


@dataclass(frozen=True)
class Page:
    """One page: size in points, marks in reading order, links."""

    width: float
    height: float
    marks: tuple[Placed, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: the words, the page (from 0), the height it opens at, the heading."""

    title: str
    page: int
    top: float
    element: Element


def content(page: Page) -> tuple[bytes, list[Element]]:
    """The page's stream, and the owner of each marked-content id in it.

    Marks of one owner in a row share one id; sequences stand side by side, never one in another.
    """
    parts: list[bytes] = []
    owners: list[Element] = []
    for owner, marks in groupby(page.marks, key=lambda placed: placed.mark.owner):
        if isinstance(owner, Artifact):
            parts.append(owner.value)
        else:
            parts.append(f"/{owner.tag} <</MCID {len(owners)}>> BDC".encode("ascii"))
            owners.append(owner)
        painted = (placed for placed in marks if placed.mark.ops)
        for origin, group in groupby(painted, key=lambda placed: (placed.x, placed.y)):
            parts.append(_painted(origin, [placed.mark.ops for placed in group]))
        parts.append(b"EMC")
    return b"\n".join(parts), owners


def _painted(origin: tuple[float, float], ops: list[bytes]) -> bytes:
    """Marks of one origin; each begins with the page's graphics state."""
    x, y = map(number, origin)
    shift = f"q 1 0 0 1 {x} {y} cm".encode("ascii")
    body = ops[0] if len(ops) == 1 else b"\n".join(b"q\n" + op + b"\nQ" for op in ops)
    return b"\n".join([shift, body, b"Q"])


def figure_box(placed: Placed) -> Box | None:
    """A figure's box on the page."""
    if placed.mark.box is None:
        return None
    left, bottom, right, top = placed.mark.box
    return left + placed.x, bottom + placed.y, right + placed.x, top + placed.y
