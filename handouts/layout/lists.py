"""Lists: discs and numbers, each item with a hanging indent (L11)."""

from __future__ import annotations

from collections.abc import Sequence

from handouts import blocks as b
from handouts.layout.edition import BLUE, Geometry
from handouts.layout.ink import set_text
from handouts.layout.rows import Row, abreast, kept, spaced
from handouts.pdf.tags import Element, bullet_list, numbered_list
from handouts.text.faces import Weight
from handouts.text.lines import Span

DISC = Span("\u2022", Weight.BOLD, BLUE)


def bullets(block: b.Bullets, room: Geometry, width: float) -> list[Row]:
    """A list with discs."""
    items = discs(block.items, room.edition.body * 0.35, room, width)
    return spaced([row for item in items for row in item], room.edition.gap * 0.5)


def discs(items: Sequence[b.Spans], gap: float, room: Geometry, width: float) -> list[list[Row]]:
    """Items with discs, `gap` points apart."""
    return _items([DISC] * len(items), items, bullet_list(None), gap, room, width)


def numbered(block: b.Numbered, room: Geometry, width: float) -> list[Row]:
    """A numbered list."""
    return spaced(bound(numbered_items(block.items, room, width)), room.edition.gap * 0.5)


def numbered_items(items: Sequence[b.Spans], room: Geometry, width: float) -> list[list[Row]]:
    """Items with numbers."""
    labels = [Span(str(n), Weight.BOLD, BLUE) for n in range(1, len(items) + 1)]
    edition = room.edition
    gap = edition.body * edition.pitch * edition.step_gap
    return _items(labels, items, numbered_list(None), gap, room, width)


def bound(items: list[list[Row]]) -> list[Row]:
    """The first two and the last two items stay together (P9)."""
    tied = {0, len(items) - 2} if len(items) > 1 else set()
    return [row for i, item in enumerate(items) for row in kept(item, last=i in tied)]


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
    return kept([abreast([mark, rows[0]], style.pitch), *rows[1:]])
