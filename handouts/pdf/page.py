"""A page before it is written: marks in reading order, each with one owner."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from handouts.pdf.tags import Element, Owner

Box = tuple[float, float, float, float]


def moved(box: Box, x: float, y: float) -> Box:
    """A box from another origin."""
    left, bottom, right, top = box
    return left + x, bottom + y, right + x, top + y


@lru_cache(maxsize=8192)
def number(value: float) -> str:
    """A number in PDF syntax, to a hundredth of a point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shifted(ops: bytes, x: float, y: float) -> bytes:
    """Operators painted from another origin."""
    return b"q 1 0 0 1 %b cm\n%b\nQ" % (f"{number(x)} {number(y)}".encode("ascii"), ops)


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

    @cached_property
    def name(self) -> str:
        """Its name in the page's resources, from what it paints: the same in every file."""
        packed = self.image.packed if self.image else b""
        return f"P{hashlib.sha256(repr((self.ops, self.matrix, self.box, packed)).encode()).hexdigest()[:16]}"


class Mark(NamedTuple):
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
        box = self.box and moved(self.box, x, y)
        if self.start:
            return Mark(self.owner, self.ops, box, (self.start[0] + x, self.start[1] + y), self.form)
        return Mark(self.owner, shifted(self.ops, x, y) if self.ops else b"", box)

    def placed(self, x: float, y: float) -> Placed:
        """It stands with its origin there. It begins with the page's graphics state, and leaves it as it was."""
        box = self.box and moved(self.box, x, y)
        return Placed(self.owner, self._painted(x, y), box, self.form)

    def _painted(self, x: float, y: float) -> bytes:
        if self.form and self.start:
            return shifted(f"/{self.form.name} Do".encode("ascii"), x + self.start[0], y + self.start[1])
        if not self.ops:
            return b""
        if not self.start:
            return shifted(self.ops, x, y)
        at = f"{number(x + self.start[0])} {number(y + self.start[1])}"
        return b"BT %b Td\n%b\nET" % (at.encode("ascii"), self.ops)


class Placed(NamedTuple):
    """A mark at its place on a page: its operators there (none for what is empty), and a figure's box there."""

    owner: Owner
    ops: bytes
    box: Box | None
    form: Form | None


class Link(NamedTuple):
    """A web address to click: its element and block, its rectangle on the page and what it says."""

    element: Element
    box: Box
    address: str
    words: str
    block: int = 0


class Bookmark(NamedTuple):
    """An entry of the outline: the words, the height it opens at, the heading and its block."""

    title: str
    top: float
    element: Element
    block: int = 0


class Page(NamedTuple):
    """One page: size in points, marks in reading order, links, bookmarks.

    Marks stand with their block, counted on the page: an element is one element only within one block of words.
    """

    width: float
    height: float
    marks: tuple[tuple[int, Placed], ...]
    links: tuple[Link, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
