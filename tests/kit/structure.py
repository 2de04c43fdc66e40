"""The structure tree of a PDF as plain elements in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

# Elements whose text belongs to the line they stand in (ISO 32000-1, 14.8.4.4).
INLINE = frozenset(
    {
        "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP",
        "Warichu", "WT", "WP", "Em", "Strong", "Sub", "FENote",
    }
)  # fmt: skip
# Elements that hold others and no text of their own.
CONTAINERS = frozenset(
    {
        "Root", "Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "NonStruct", "TOC",
        "TOCI", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR",
    }
)  # fmt: skip

Place = tuple[int, int]


@dataclass(frozen=True)
class Element:
    """One structure element; content holds (page from 1, marked-content id)."""

    index: int
    tag: str
    parent: int
    lang: str
    alt: str
    actual: str
    attributes: Mapping[str, str]
    content: tuple[Place, ...]


@dataclass(frozen=True)
class Structure:
    """All elements in tree order, and who owns which marked content."""

    elements: tuple[Element, ...]
    owners: Mapping[Place, int]

    def ancestors(self, index: int) -> Iterator[Element]:
        """The element itself, its parent, and so on up."""
        while index >= 0:
            element = self.elements[index]
            yield element
            index = element.parent

    def block(self, index: int) -> int:
        """The nearest element that is no inline element (-1 for none); a Link in a P gives the P."""
        for element in self.ancestors(index):
            parent = self.elements[element.parent].tag if element.parent >= 0 else "Root"
            if element.tag not in INLINE or parent in CONTAINERS:
                return element.index
        return -1

    def within(self, index: int, tag: str) -> int:
        """The index of the nearest such element at or above, or -1."""
        return next((element.index for element in self.ancestors(index) if element.tag == tag), -1)

    def language(self, index: int) -> str:
        """The nearest language given on the element or above it."""
        return next((element.lang for element in self.ancestors(index) if element.lang), "")

    def children(self, index: int) -> list[Element]:
        """The child elements in order."""
        return [element for element in self.elements if element.parent == index]


class _Walk:
    """Collects the elements of one file; the page numbers and role map stay the same for all."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        root: Any = pdf.Root.get("/StructTreeRoot", {})
        self.pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.roles = {str(name): str(role) for name, role in root.get("/RoleMap", {}).items()}
        self.found: list[Element] = []
        for kid in _items(root.get("/K")):
            self.element(kid, -1)

    def element(self, node: Any, parent: int) -> None:
        """Note one element, then all below it."""
        index = len(self.found)
        kids = list(_items(node.get("/K")))
        name = str(node.get("/S", "/"))
        content = tuple(place for kid in kids if (place := self.place(kid, node.get("/Pg"))) is not None)
        text = {key: str(node.get(f"/{key}", "")) for key in ("Lang", "Alt", "ActualText")}
        tag = self.roles.get(name, name).lstrip("/")
        self.found.append(
            Element(index, tag, parent, text["Lang"], text["Alt"], text["ActualText"], _attributes(node), content)
        )
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.element(kid, index)

    def place(self, kid: Any, page: Any) -> Place | None:
        """Where a kid's marked content stands, or None for elements and annotations."""
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/MCID") is None:
                return None
            page, kid = kid.get("/Pg", page), kid["/MCID"]
        return (self.pages[page.objgen], int(kid)) if page is not None else None


def _items(value: Any) -> Iterator[Any]:
    """The members of an array, or the one thing there is."""
    if isinstance(value, pikepdf.Array):
        yield from value
    elif value is not None:
        yield value


def _attributes(node: Any) -> dict[str, str]:
    """All attribute objects of an element in one table, values as text."""
    tables = [table for table in _items(node.get("/A")) if isinstance(table, pikepdf.Dictionary)]
    return {str(key)[1:]: _plain(value) for table in tables for key, value in table.items()}


def _plain(value: Any) -> str:
    """A PDF value as text: names without slash, arrays as numbers with spaces."""
    return " ".join(map(_plain, value)) if isinstance(value, pikepdf.Array) else str(value).lstrip("/")


def read_structure(pdf: pikepdf.Pdf) -> Structure:
    """The structure tree of an open file; empty for an untagged one."""
    elements = tuple(_Walk(pdf).found)
    return Structure(elements, {place: element.index for element in elements for place in element.content})
