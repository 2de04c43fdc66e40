"""The structure tree as it is written: elements in the order they are first painted, and the parent tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handouts.pdf.document import Document
from handouts.pdf.objects import Raw, string
from handouts.pdf.page import Box, number
from handouts.pdf.tags import Element


@dataclass
class _Node:
    """An element while the tree is being built."""

    element: Element
    raw: Raw
    number: int
    parent: int
    page: int
    kids: list[str] = field(default_factory=list)


class Structure:
    """Builds the tree. Page numbers here are object numbers of page objects."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes: dict[Element | None, _Node] = {}
        self._parents: list[str] = []
        self._root = Raw()
        self.root = document.add(self._root)
        self._attach(Element("Document"), None, document.number(self.root), 0)

    def content(self, owners: list[Element], page: int) -> int:
        """Enter a page's marked content; the result is the page's key in the parent tree."""
        for mcid, element in enumerate(owners):
            node = self.node(element, page)
            same = node.page == page
            node.kids.append(str(mcid) if same else f"<</Type/MCR/Pg {page} 0 R/MCID {mcid}>>")
        return self._key("[" + " ".join(f"{self._nodes[e].number} 0 R" for e in owners) + "]")

    def link(self, element: Element, page: int, annotation: int) -> int:
        """Enter a link annotation under its element; the result is its key in the parent tree."""
        node = self.node(element, page)
        node.kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>")
        return self._key(f"{node.number} 0 R")

    def node(self, element: Element, page: int) -> _Node:
        """The element's node; it and its parents join the tree when first met."""
        if element not in self._nodes:
            above = self._nodes[None] if element.parent is None else self.node(element.parent, page)
            self._attach(element, element, above.number, page)
            above.kids.append(f"{self._nodes[element].number} 0 R")
        return self._nodes[element]

    def finish(self, boxes: Mapping[Element, Box]) -> None:
        """Write the tree; `boxes` are the figures' places on their pages."""
        for node in self._nodes.values():
            node.raw.data = self._written(node, boxes.get(node.element))
        nums = " ".join(f"{key} {value}" for key, value in enumerate(self._parents))
        tree = self._document.add(Raw(f"<</Nums[{nums}]>>".encode("ascii")))
        self._root.data = (
            f"<</Type/StructTreeRoot/K {self._nodes[None].number} 0 R"
            f"/ParentTree {self._document.number(tree)} 0 R/ParentTreeNextKey {len(self._parents)}>>"
        ).encode("ascii")

    def _attach(self, element: Element, key: Element | None, parent: int, page: int) -> None:
        raw = Raw()
        number_ = self._document.number(self._document.add(raw))
        self._nodes[key] = _Node(element, raw, number_, parent, page)

    def _key(self, value: str) -> int:
        self._parents.append(value)
        return len(self._parents) - 1

    def _written(self, node: _Node, box: Box | None) -> bytes:
        """The element's dictionary, compact: a file has hundreds of them."""
        kids = node.kids[0] if len(node.kids) == 1 else f"[{' '.join(node.kids)}]"
        parts = [f"<</S/{node.element.tag}/P {node.parent} 0 R/K {kids}".encode("ascii")]
        if any(kid.isdigit() for kid in node.kids):
            parts.append(f"/Pg {node.page} 0 R".encode("ascii"))
        if node.element.alt:
            parts.append(b"/Alt " + string(node.element.alt).format(self._document))
        attributes = dict(node.element.attributes or {})
        if box:
            attributes |= {"O": "/Layout", "Placement": "/Block", "BBox": f"[{' '.join(map(number, box))}]"}
        if attributes:
            written = "".join(f"/{key} {value}" for key, value in attributes.items())
            parts.append(f"/A<<{written}>>".encode("ascii"))
        return b"".join([*parts, b">>"])
