"""The structure tree as it is written: elements in the order they are first painted, and the parent tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handouts.pdf.document import Document
from handouts.pdf.leaf import Leaf, Place
from handouts.pdf.objects import reference, string
from handouts.pdf.page import Box, number
from handouts.pdf.tags import Element


class _Node:
    """An element while the tree is being built; numbers are those of objects."""

    __slots__ = ("element", "kids", "marked", "number", "page", "parent")

    def __init__(self, element: Element, number: int, parent: int, page: int) -> None:
        self.element, self.number, self.parent, self.page = element, number, parent, page
        self.kids: list[str] = []
        self.marked = False  # is content of its page among the kids?


class Structure:
    """Builds the tree a part at a time: what is complete goes out, and is forgotten."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes: dict[Place, _Node] = {}
        self._boxes: dict[Place, Box] = {}
        self._parents: list[str] = []
        self._next_key = 0
        self._ranges: list[str] = []  # the leaves of the parent tree
        self.root = document.number()
        self._whole = _Node(Element("Document"), document.number(), self.root, 0)
        self._above = self._whole

    def begin(self, tag: str) -> None:
        """What comes next stands under an element of its own, if a tag is given."""
        if tag:
            self._above = _Node(Element(tag), self._document.number(), self._whole.number, 0)
            self._whole.kids.append(reference(self._above.number))

    def enter(self, leaf: Leaf, first: int, page: int) -> int:
        """Enter a page's marked content; the result is the page's key in the parent tree.

        `first` is the number of the block that the leaf counts from, `page` that of the page object.
        """
        found = []
        for mcid, (block, element) in enumerate(leaf.owners):
            node = self.node((first + block, element), page)
            if node.page == page:
                node.kids.append(str(mcid))
                node.marked = True
            else:
                node.kids.append(f"<</Type/MCR/Pg {page} 0 R/MCID {mcid}>>")
            found.append(f"{node.number} 0 R")
        self._boxes |= {(first + block, element): box for (block, element), box in leaf.figures}
        return self._key(f"[{' '.join(found)}]")

    def link(self, place: Place, page: int, annotation: int) -> int:
        """Enter a link annotation under its element; the result is its key in the parent tree."""
        node = self.node(place, page)
        node.kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>")
        return self._key(reference(node.number))

    def node(self, place: Place, page: int) -> _Node:
        """The element's node; it and its parents join the tree when first met."""
        node = self._nodes.get(place)
        if node is None:
            block, element = place
            above = self._above if element.parent is None else self.node((block, element.parent), page)
            node = _Node(element, self._document.number(), above.number, page)
            self._nodes[place] = node
            above.kids.append(f"{node.number} 0 R")
        return node

    def start(self) -> tuple[str, int]:
        """Where a part begins: the destination of its first page, and the element that stands for it."""
        first = next(iter(self._nodes.values()))
        own = self._above if self._above is not self._whole else first
        return f"[{first.page} 0 R /Fit]", own.number

    def end(self) -> None:
        """Write the elements of a part, and its range of the parent tree (ISO 32000-1, 7.9.7)."""
        own = [self._above] if self._above is not self._whole else []
        for node in own:
            self._document.put(_written(node, None), node.number)
        for place, node in self._nodes.items():
            self._document.put(_written(node, self._boxes.get(place)), node.number)
        start = self._next_key - len(self._parents)
        if self._parents:
            nums = " ".join(f"{key} {value}" for key, value in enumerate(self._parents, start))
            limits = f"/Limits[{start} {self._next_key - 1}]"
            self._ranges.append(reference(self._document.put(f"<<{limits}/Nums[{nums}]>>".encode("ascii"))))
        self._nodes, self._boxes, self._parents, self._above = {}, {}, [], self._whole

    def close(self) -> None:
        """Write what holds all parts."""
        self._document.put(_written(self._whole, None), self._whole.number)
        tree = self._document.put(f"<</Kids[{' '.join(self._ranges)}]>>".encode("ascii"))
        self._document.put(
            (
                f"<</Type/StructTreeRoot/K {self._whole.number} 0 R"
                f"/ParentTree {tree} 0 R/ParentTreeNextKey {self._next_key}>>"
            ).encode("ascii"),
            self.root,
        )

    def _key(self, value: str) -> int:
        self._parents.append(value)
        self._next_key += 1
        return self._next_key - 1


def _written(node: _Node, box: Box | None) -> bytes:
    """The element's dictionary, compact: a file has hundreds of them."""
    element = node.element
    kids = node.kids[0] if len(node.kids) == 1 else f"[{' '.join(node.kids)}]"
    page = f"/Pg {node.page} 0 R" if node.marked else ""
    more = _described(element, box) if box or element.alt or element.attributes else b""
    return f"<</S/{element.tag}/P {node.parent} 0 R/K {kids}{page}".encode("ascii") + more + b">>"


def _described(element: Element, box: Box | None) -> bytes:
    """Alternative text and attributes."""
    alt = b"/Alt " + string(element.alt) if element.alt else b""
    attributes: Mapping[str, str] = element.attributes or {}
    if box:
        attributes = {**attributes, "O": "/Layout", "Placement": "/Block", "BBox": f"[{_numbers(box)}]"}
    written = "".join(f"/{key} {value}" for key, value in attributes.items())
    return alt + (f"/A<<{written}>>".encode("ascii") if written else b"")


def _numbers(values: Iterable[float]) -> str:
    return " ".join(map(number, values))
