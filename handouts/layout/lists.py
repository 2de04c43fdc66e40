"""Lists: discs and numbers, each item with a hanging indent (L11)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handouts import blocks as b
from handouts.layout.edition import BLUE, Geometry
from handouts.layout.ink import set_text
from handouts.layout.rows import Keep, Row, abreast, flat, kept, spaced
from handouts.pdf.tags import Element, bullet_list, numbered_list
from handouts.text.faces import Weight
from handouts.text.lines import Span

DISC = Span("\u2022", Weight.BOLD, BLUE)


def bullets(block: b.Bullets, room: Geometry, width: float) -> list[Row]:
    """A list with discs."""
    items = discs(block.items, room.edition.body * 0.35, room, width)
    return spaced(flat(items), room.edition.gap * 0.5)


def discs(items: Sequence[b.Spans], gap: float, room: Geometry, width: float) -> list[list[Row]]:
    """Items with discs, `gap` points apart."""
    return _items([DISC] * len(items), items, bullet_list(None), gap, room, width)


def numbered(block: b.Numbered, room: Geometry, width: float) -> list[Row]:
    """A numbered list."""
    return spaced(bound(numbered_items(block.items, room, width)), room.edition.gap * 0.5)


def numbered_items(items: Sequence[b.Spans], room: Geometry, width: float, first: int = 1) -> list[list[Row]]:
    """Items with numbers, from `first` on."""
    labels = [Span(str(n), Weight.BOLD, BLUE) for n in range(first, first + len(items))]
    edition = room.edition
    gap = edition.body * edition.pitch * edition.step_gap
    return _items(labels, items, numbered_list(None), gap, room, width)


def bound(items: list[list[Row]]) -> list[Row]:
    """The first two and the last two items stay together (P9)."""
    tied = {0, len(items) - 2} if len(items) > 1 else set()
    return [row for i, item in enumerate(items) for row in kept(item, last=i in tied)]


def tied(items: list[list[Row]], held: int, pictured: Sequence[tuple[int, int]], whole: bool) -> list[Row]:
    """Steps that never part from a picture above one up to the one it shows, nor after the one that is held.

    `pictured` are the first and last of such steps, from 0 like `held`. With `whole` the words after the steps
    never part from the last.
    """
    count = len(items)
    ends, always = _ends(count, held, pictured), bonds(count, held, pictured)
    if whole:
        always.add(count - 1)
    rows: list[Row] = []
    for index, item in enumerate(items):
        if index in always:
            rows += kept(item, Keep.ALWAYS, last=True)
        else:
            rows += kept(item, last=index >= min(held, count - 2) and index + 1 not in ends[1:-1])
    return rows


def bonds(count: int, held: int, pictured: Sequence[tuple[int, int]]) -> set[int]:
    """Steps that never part from the next: two on each side of a page's end (P9), and those of a picture."""
    ends = _ends(count, held, pictured)
    shown = {place for first, to in pictured for place in range(first, to)}
    # In pairs, the last three where their number is odd: a step between two ends would stand alone on a page.
    return shown | {place for one, after in pairwise(ends) for place in (*range(one, after - 1, 2), after - 2)}


def _ends(count: int, held: int, pictured: Sequence[tuple[int, int]]) -> list[int]:
    """Where a page may best end: before a picture and before what is held, with two steps on each side (P9)."""
    start = min(held, count - 2) if min(held, count - 2) > 1 else 0
    inside = {place + 1 for first, to in pictured for place in range(first, to)}
    ends = {0, count, start, *(first for first, _ in pictured)} - inside
    for place in sorted(ends - {0, count}, key=lambda place: (place == start, place)):
        if ends & {place - 1, place + 1}:
            ends.remove(place)  # a picture just before another, or before what is held, keeps the step above it
    return sorted(ends)


def _items(
    labels: Sequence[Span], items: Sequence[b.Spans], listing: Element, gap: float, room: Geometry, width: float
) -> list[list[Row]]:
    pairs = zip(labels, items, strict=True)
    return [spaced(_item(label, item, room, width, listing), gap) for label, item in pairs]


def _item(label: Span, item: b.Spans, room: Geometry, width: float, listing: Element) -> list[Row]:
    """A list item with a hanging indent (L11)."""
    style = room.edition.body_style
    indent = style.size * 1.7
    entry = Element("LI", listing)
    mark = set_text((label,), style, indent, Element("Lbl", entry))[0]
    rows = set_text(item, style, width - indent, Element("LBody", entry), indent)
    return kept([abreast([mark, rows[0]], style.pitch), *rows[1:]], Keep.ONE)
