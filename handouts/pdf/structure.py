"""Pages made ready for any file, with their structure. What only a file decides, the numbers, is left open.

A process writes a structure once for all pages of its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from handouts.pdf.leaf import Marked, PageAt
from handouts.pdf.objects import inline, string
from handouts.pdf.page import Box, Form, number
from handouts.pdf.shape import Node, Shape, Spot, shape

# An open number in an object: what it counts from, and how far. See `Structure.numbered`.
_OPEN = re.compile("\x00([a-z])([0-9]+)\x00")
_ABOVE, _TREE, _RESOURCES = "\x00a0\x00 0 R", "\x00t0\x00 0 R", "\x00r0\x00 0 R"


def _own(index: int) -> str:
    """A reference to an object of the branch."""
    return f"\x00o{index}\x00 0 R"


def _key(index: int) -> str:
    """A key in the parent tree."""
    return f"\x00k{index}\x00"


@dataclass(frozen=True)
class Structure:
    """Objects in lines of `text`: pages, links, elements. They are counted from the contents of the pages, at 0.

    The last lines, one a key, are what the parent tree says of the pages and links.
    """

    text: bytes
    counted: tuple[str, ...]  # what each of its numbers is counted from: see `numbered`
    offsets: tuple[int, ...]  # and how far
    keys: int
    tops: tuple[int, ...]  # the numbers of those with no other above them
    headings: tuple[int, ...]  # the numbers of those with a bookmark

    def numbered(self, start: Mapping[str, int]) -> list[bytes]:
        """The lines of `text` with their numbers.

        `start` says from where: o(wn objects), k(eys); and what are the a(bove element), page t(ree), r(esources).
        """
        starts = map(start.__getitem__, self.counted)
        return (self.text % tuple(map(add, starts, self.offsets))).split(b"\n")


@dataclass(frozen=True, eq=False)
class Branch:
    """Pages that share blocks, ready for any file: deflated contents, structure, bookmarks and artwork.

    A bookmark has a title, the number of its page from 0, a height in points, and the number of its element.
    """

    contents: tuple[bytes, ...]
    structure: Structure
    bookmarks: tuple[tuple[str, int, float, int], ...]
    forms: tuple[Form, ...]


def branches(pages: Sequence[PageAt]) -> Iterator[Branch]:
    """Pages in groups that share no block with each other."""
    run: list[PageAt] = []
    last = -1
    for first, leaf in pages:
        if run and first + leaf.blocks[0] > last:
            yield _branch(_from_zero(run))
            run = []
        run.append((first, leaf))
        last = first + leaf.blocks[1]
    yield _branch(_from_zero(run))


def _from_zero(run: Sequence[PageAt]) -> tuple[PageAt, ...]:
    return tuple([(first - run[0][0], leaf) for first, leaf in run])


@lru_cache(maxsize=768)
def _branch(run: tuple[PageAt, ...]) -> Branch:
    structure = _known(tuple([(first, leaf.marked) for first, leaf in run]))
    marks = [(mark.title, index, mark.top) for index, (_, leaf) in enumerate(run) for mark in leaf.bookmarks]
    return Branch(
        contents=tuple([leaf.content for _, leaf in run]),
        structure=structure,
        bookmarks=tuple([(*mark, heading) for mark, heading in zip(marks, structure.headings, strict=True)]),
        forms=tuple(dict.fromkeys([form for _, leaf in run for form in leaf.forms])),
    )


@lru_cache(maxsize=256)
def _known(pages: tuple[tuple[int, Marked], ...]) -> Structure:
    """Pages of the same blocks but for some words have the same elements: their shape need not be taken."""
    return _structured(shape(pages))


@lru_cache(maxsize=128)
def _structured(shape: Shape) -> Structure:
    """The objects of a shape."""
    growing = _Growing(shape)
    pages: list[bytes] = []
    links: list[bytes] = []
    parents: list[str] = []
    for index, spot in enumerate(shape.spots):
        page = growing.page(index)
        key, here = len(parents), len(links)
        parents.append(growing.content(spot.owners, page))
        for place, box, address, words in spot.links:
            link = _own(2 * len(shape.spots) + len(links))
            links.append(_link(box, address, words, len(parents)))
            parents.append(growing.link(place, page, link))
        annotations = [_own(2 * len(shape.spots) + n) for n in range(here, len(links))]
        pages.append(_page(spot, _own(index), key, annotations))
    lines = [*pages, *links, *growing.written(), *(parent.encode("ascii") for parent in parents)]
    text = b"\n".join(lines).decode("ascii")
    numbers = _OPEN.findall(text)
    return Structure(
        text=_OPEN.sub("%d", text.replace("%", "%%")).encode("ascii"),
        counted=tuple(what for what, _ in numbers),
        offsets=tuple(int(index) for _, index in numbers),
        keys=len(parents),
        tops=tuple(growing.tops),
        headings=tuple(growing.first + place for spot in shape.spots for place in spot.headings),
    )


def _page(spot: Spot, content: str, key: int, annotations: list[str]) -> bytes:
    """A page object."""
    return inline(
        Type="/Page",
        Parent=_TREE,
        MediaBox=box_text((0, 0, *spot.size)),
        Resources=_RESOURCES,
        Contents=content,
        StructParents=_key(key),
        Tabs="/S",
        Annots=f"[{' '.join(annotations)}]" if annotations else None,
    )


def _link(box: Box, address: str, words: str, key: int) -> bytes:
    return inline(
        Type="/Annot",
        Subtype="/Link",
        Rect=box_text(box),
        Border="[0 0 0]",
        F=4,  # printed (PDF/A-2, 6.3.2)
        Contents=string(words),
        StructParent=_key(key),
        A=inline(S="/URI", URI=string(address)),
    )


class _Growing:
    """The structure tree of a shape while it is being written."""

    def __init__(self, shape: Shape) -> None:
        self._nodes = shape.nodes
        self._boxes = {place: box for spot in shape.spots for place, box in spot.figures}
        self._pages = len(shape.spots)
        self.first = 2 * self._pages + sum(len(spot.links) for spot in shape.spots)
        self.tops: list[int] = []
        self._kids: list[list[str]] = [[] for _ in shape.nodes]
        self._homes: list[str] = [""] * len(shape.nodes)  # the page that each was first met on
        self._marked: set[int] = set()  # those with content of that page

    def page(self, index: int) -> str:
        """A reference to a page."""
        return _own(self._pages + index)

    def content(self, owners: Sequence[int], page: str) -> str:
        """Enter a page's marked content; the result is what the parent tree says of it."""
        for mcid, place in enumerate(owners):
            self._meet(place, page)
            if self._homes[place] == page:
                self._kids[place].append(str(mcid))
                self._marked.add(place)
            else:
                self._kids[place].append(f"<</Type/MCR/Pg {page}/MCID {mcid}>>")
        return f"[{' '.join(map(self._element, owners))}]"

    def link(self, place: int, page: str, annotation: str) -> str:
        """Enter a link annotation under its element; the result is what the parent tree says of it."""
        self._meet(place, page)
        self._kids[place].append(f"<</Type/OBJR/Pg {page}/Obj {annotation}>>")
        return self._element(place)

    def _meet(self, place: int, page: str) -> None:
        """An element and its parents join the tree when first met."""
        if self._homes[place]:
            return
        self._homes[place] = page
        above = self._nodes[place].parent
        if above < 0:
            self.tops.append(self.first + place)
        else:
            self._meet(above, page)
            self._kids[above].append(self._element(place))

    def _element(self, place: int) -> str:
        return _own(self.first + place)

    def written(self) -> Iterator[bytes]:
        """The elements as objects, compact: a file has hundreds of them."""
        for place, (node, kids) in enumerate(zip(self._nodes, self._kids, strict=True)):
            above = self._element(node.parent) if node.parent >= 0 else _ABOVE
            held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
            page = f"/Pg {self._homes[place]}" if place in self._marked else ""
            head = f"<</S/{node.tag}/P {above}/K {held}{page}".encode("ascii")
            yield head + _described(node, self._boxes.get(place)) + b">>"


def _described(node: Node, box: Box | None) -> bytes:
    """Alternative text and attributes."""
    alt = b"/Alt " + string(node.alt) if node.alt else b""
    placed = (("O", "/Layout"), ("Placement", "/Block"), ("BBox", box_text(box))) if box else ()
    written = "".join(f"/{key} {value}" for key, value in (*node.attributes, *placed))
    return alt + (f"/A<<{written}>>".encode("ascii") if written else b"")


def box_text(box: Sequence[float]) -> str:
    """A rectangle in PDF syntax."""
    return f"[{' '.join(map(number, box))}]"
