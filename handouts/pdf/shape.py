"""The structure of some pages as a value: two people's pages mostly have one shape under other words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handouts.pdf.leaf import Marked, Place
from handouts.pdf.page import Box
from handouts.pdf.tags import Attributes, Element


class Node(NamedTuple):
    """An element; `parent` is its place among the elements of the shape, -1 for none."""

    tag: str
    parent: int
    alt: str
    attributes: Attributes


class Spot(NamedTuple):
    """What one page shows of the elements, by their places; boxes in points."""

    size: tuple[float, float]
    owners: tuple[int, ...]  # of each marked-content id
    links: tuple[tuple[int, Box, str, str], ...]  # element, box, address, words
    figures: tuple[tuple[int, Box], ...]
    headings: tuple[int, ...]  # with a bookmark


class Shape(NamedTuple):
    """Elements in the order in which they are first painted, each after its parents, and the pages they are on."""

    nodes: tuple[Node, ...]
    spots: tuple[Spot, ...]


def shape(pages: Sequence[tuple[int, Marked]]) -> Shape:
    """The structure of pages that share blocks."""
    places = _Places()
    spots = tuple([_spot(places, first, marked) for first, marked in pages])
    return Shape(tuple(places.nodes), spots)


def _spot(places: _Places, first: int, page: Marked) -> Spot:
    at = places.at
    return Spot(
        size=page.size,
        owners=tuple([at(first + block, element) for block, element in page.owners]),
        links=tuple([(at(first + x.block, x.element), x.box, x.address, x.words) for x in page.links]),
        figures=tuple([(at(first + block, element), box) for (block, element), box in page.figures]),
        headings=tuple([at(first + block, element) for block, element in page.headings]),
    )


class _Places:
    """The elements met so far."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[Place, int] = {}

    def at(self, block: int, element: Element) -> int:
        """The element's place; it and its parents get theirs when first met."""
        found = self._known.get((block, element))
        if found is None:
            above = self.at(block, element.parent) if element.parent else -1
            found = self._known[block, element] = len(self.nodes)
            self.nodes.append(Node(element.tag, above, element.alt, element.attributes))
        return found
