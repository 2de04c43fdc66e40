"""A page as the writer takes it: marks in reading order, each with one owner, and their content stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from handouts.pdf.tags import Artifact, Element, Owner

Box = tuple[float, float, float, float]


def number(value: float) -> str:
    """A number in PDF syntax, to a hundredth of a point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Image:
    """Dots in red, green and blue, packed as in a PNG file; it stands in the file once."""

    columns: int
    rows: int
    packed: bytes


@dataclass(frozen=True)
class Form:
    """Artwork that is painted as often as it is wanted and stands in the file once: a form XObject.

    It has no tags of its own; `box` is in its own units, which `matrix` brings to points. Its operators know its
    `image` as /I.
    """

    ops: bytes
    matrix: tuple[float, ...]
    box: Box
    image: Image | None = None


@dataclass(frozen=True)
class Mark:
    """Painting operators of one owner, drawn from an origin in points; `box` is a figure's, from there too.

    With a `start` they are the inside of a text object, whose first base line begins there; they end in black.
    With a `form` it is painted there instead, its lower left corner at `start`.
    """

    owner: Owner
    ops: bytes
    box: Box | None = None
    start: tuple[float, float] | None = None
    form: Form | None = None

    def moved(self, x: float, y: float) -> Mark:
        """The same from another origin."""
        box = self.box and (self.box[0] + x, self.box[1] + y, self.box[2] + x, self.box[3] + y)
        if self.start:
            return replace(self, box=box, start=(self.start[0] + x, self.start[1] + y))
        return Mark(self.owner, _shifted(self.ops, x, y) if self.ops else b"", box)


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


def content(page: Page, forms: Mapping[Form, str]) -> tuple[bytes, list[Element]]:
    """The page's stream, and the owner of each marked-content id in it. `forms` are their resource names.

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
        parts += [_painted(placed, forms) for placed in marks if placed.mark.ops or placed.mark.form]
        parts.append(b"EMC")
    return b"\n".join(parts), owners


def _painted(placed: Placed, forms: Mapping[Form, str]) -> bytes:
    """Each mark begins with the page's graphics state, and leaves it as it was."""
    mark = placed.mark
    if not mark.start:
        return _shifted(mark.ops, placed.x, placed.y)
    x, y = placed.x + mark.start[0], placed.y + mark.start[1]
    if mark.form:
        return _shifted(f"/{forms[mark.form]} Do".encode("ascii"), x, y)
    return f"BT {number(x)} {number(y)} Td\n".encode("ascii") + mark.ops + b"\nET"


def _shifted(ops: bytes, x: float, y: float) -> bytes:
    return b"q 1 0 0 1 %b %b cm\n%b\nQ" % (number(x).encode("ascii"), number(y).encode("ascii"), ops)


def figure_box(placed: Placed) -> Box | None:
    """A figure's box on the page."""
    if placed.mark.box is None:
        return None
    left, bottom, right, top = placed.mark.box
    return left + placed.x, bottom + placed.y, right + placed.x, top + placed.y
