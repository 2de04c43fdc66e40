"""A page made ready for any file: its packed content, and who owns what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from handouts.pdf.packing import packed
from handouts.pdf.page import Bookmark, Box, Form, Link, Page, Placed
from handouts.pdf.tags import Artifact, Element, Owner

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
    return Leaf(
        content=packed(content),
        marked=Marked(
            size=(page.width, page.height),
            owners=tuple(owners),
            figures=tuple(
                [((b, x.owner), x.box) for b, x in page.marks if x.box and isinstance(x.owner, Element)]
            ),
            links=page.links,
            headings=tuple([(mark.block, mark.element) for mark in page.bookmarks]),
        ),
        bookmarks=page.bookmarks,
        forms=tuple(dict.fromkeys([mark.form for _, mark in page.marks if mark.form])),
        blocks=(min((b for b, _ in owners), default=0), max((b for b, _ in owners), default=0)),
    )


def _content(page: Page) -> tuple[bytes, list[Place]]:
    """The page's stream, and the owner of each marked-content id in it.

    Marks of one owner in a row share one id; sequences stand side by side, never one in another.
    """
    parts: list[bytes] = []
    owners: list[Place] = []
    for (block, owner), marks in groupby(page.marks, key=_whose):
        if isinstance(owner, Artifact):
            parts.append(owner.value)
        else:
            parts.append(b"/%b <</MCID %d>> BDC" % (owner.tag.encode("ascii"), len(owners)))
            owners.append((block, owner))
        parts += [mark.ops for _, mark in marks if mark.ops]
        parts.append(b"EMC")
    return b"\n".join(parts), owners


def _whose(placed: tuple[int, Placed]) -> tuple[int, Owner]:
    return placed[0], placed[1].owner
