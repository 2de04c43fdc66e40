"""A page made ready for any file: its packed content, and who owns what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from handouts.pdf.packing import packed
from handouts.pdf.page import Bookmark, Box, Form, Link, Page, Placed, number, shifted
from handouts.pdf.tags import Artifact, Element

Place = tuple[int, Element]  # an element, and the number of the block it is in


class Marked(NamedTuple):
    """Who owns what on a page: all that the structure of a document asks of it. Boxes and sizes are in points."""

    size: tuple[float, float]
    owners: tuple[Place, ...]  # of each marked-content id
    figures: tuple[tuple[Place, Box], ...]
    links: tuple[Link, ...]
    headings: tuple[Place, ...]  # with a bookmark


@dataclass(frozen=True, eq=False)
class Leaf:
    """A page that knows nothing of its file: a process makes it once, and sets it into every file that has it.

    Blocks are counted as they are on its `Page`; a `PageAt` says from where.
    """

    content: bytes  # deflated
    marked: Marked
    bookmarks: tuple[Bookmark, ...]
    forms: tuple[Form, ...]
    blocks: tuple[int, int]  # the first and the last that own something


PageAt = tuple[int, Leaf]  # a page, and the block of its part that it counts its own from


def leaf(page: Page) -> Leaf:
    """The page made ready."""
    content, owners = _content(page)
    figures = ((_place(placed), box) for placed in page.marks if (box := _figure_box(placed)))
    return Leaf(
        content=packed(content),
        marked=Marked(
            size=(page.width, page.height),
            owners=tuple(owners),
            figures=tuple((place, box) for place, box in figures if place),
            links=page.links,
            headings=tuple([(mark.block, mark.element) for mark in page.bookmarks]),
        ),
        bookmarks=page.bookmarks,
        forms=tuple(dict.fromkeys(placed.mark.form for placed in page.marks if placed.mark.form)),
        blocks=(min((b for b, _ in owners), default=0), max((b for b, _ in owners), default=0)),
    )


def _place(placed: Placed) -> Place | None:
    """Who owns a mark; None for what is only seen."""
    owner = placed.mark.owner
    return (placed.block, owner) if isinstance(owner, Element) else None


def _content(page: Page) -> tuple[bytes, list[Place]]:
    """The page's stream, and the owner of each marked-content id in it.

    Marks of one owner in a row share one id; sequences stand side by side, never one in another.
    """
    parts: list[bytes] = []
    owners: list[Place] = []
    for (block, owner), marks in groupby(page.marks, key=lambda placed: (placed.block, placed.mark.owner)):
        if isinstance(owner, Artifact):
            parts.append(owner.value)
        else:
            parts.append(b"/%b <</MCID %d>> BDC" % (owner.tag.encode("ascii"), len(owners)))
            owners.append((block, owner))
        parts += [_painted(placed) for placed in marks if placed.mark.ops or placed.mark.form]
        parts.append(b"EMC")
    return b"\n".join(parts), owners


def _painted(placed: Placed) -> bytes:
    """Each mark begins with the page's graphics state, and leaves it as it was."""
    mark = placed.mark
    if not mark.start:
        return shifted(mark.ops, placed.x, placed.y)
    x, y = placed.x + mark.start[0], placed.y + mark.start[1]
    if mark.form:
        return shifted(f"/{mark.form.name} Do".encode("ascii"), x, y)
    return b"BT %b Td\n%b\nET" % (f"{number(x)} {number(y)}".encode("ascii"), mark.ops)


def _figure_box(placed: Placed) -> Box | None:
    """A figure's box on the page."""
    if placed.mark.box is None:
        return None
    left, bottom, right, top = placed.mark.box
    return left + placed.x, bottom + placed.y, right + placed.x, top + placed.y
