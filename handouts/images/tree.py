"""XML as a tree whose elements know their place. No document type, no entity, no endless depth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from handouts.errors import ContentError, Finding

_DEEPEST = 40
_MOST_ELEMENTS = 5000
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Node:
    """An element: its name, its attributes, where it begins. `foreign`: of another language than SVG."""

    tag: str
    attributes: Mapping[str, str]
    place: str
    foreign: bool = False
    inner: list[Node] = field(default_factory=list)


class _Reader:
    """Builds the tree while expat reads."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.above: list[Node] = []
        self.root: Node | None = None
        self.count = 0
        self.expat: Any = expat.ParserCreate(namespace_separator=" ")
        self.expat.StartElementHandler = self.begin
        self.expat.EndElementHandler = lambda _: self.above.pop()
        self.expat.StartDoctypeDeclHandler = self.doctype

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.above) >= _DEEPEST or self.count > _MOST_ELEMENTS:
            hint = "Make the drawing simpler."
            raise ContentError(Finding("holds too many elements, or too deep ones.", self.place(), hint))
        space, _, tag = name.rpartition(" ")
        node = Node(tag, attributes, self.place(), space not in ("", _SVG))
        if self.above:
            self.above[-1].inner.append(node)
        else:
            self.root = node
        self.above.append(node)

    def doctype(self, *_: object) -> None:
        hint = "Take out the part from <!DOCTYPE to its end. Entities are not read."
        raise ContentError(Finding("holds a document type.", self.place(), hint))

    def place(self) -> str:
        return f"{self.label}:{self.expat.CurrentLineNumber}:{self.expat.CurrentColumnNumber + 1}"


def tree(data: bytes, label: str) -> Node:
    """The root of a file. Raises ContentError at the first place that is not XML as we read it."""
    reader = _Reader(label)
    try:
        reader.expat.Parse(data, True)
    except expat.ExpatError as problem:
        place = f"{label}:{problem.lineno}:{problem.offset + 1}"
        raise ContentError(Finding(f"is not valid XML: {expat.ErrorString(problem.code)}.", place)) from None
    except (ValueError, LookupError):  # an encoding that nobody knows
        raise ContentError(Finding("is not text in UTF-8.", reader.place(), "Save it as UTF-8.")) from None
    assert reader.root  # expat refuses a file without an element
    return reader.root
