"""The dose box of a stretch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import BLUE, PANEL_PAD, Edition, Geometry
from handouts.layout.ink import set_text, text_width
from handouts.layout.rows import Row, abreast, column, drawn, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element, paragraphs
from handouts.text.faces import Weight
from handouts.text.lines import Span


def dose(block: b.Dose, room: Geometry, width: float) -> list[Row]:
    """The dose box: as many columns as let every value stand on one line (L9)."""
    edition = room.edition
    pad = edition.body * 0.4
    widest = [_cell_width(label, value, edition) + 2 * pad for label, value in block.cells]
    count = len(block.cells)
    # No row has an empty cell: it would look like a number that is missing.
    choices = [n for n in ((2,) if edition.stacked else (count, 2)) if count % n == 0]
    columns = next((n for n in choices if sum(_columns(widest, n)) <= width), 1)
    if columns == 1:
        pad = edition.body * PANEL_PAD  # a plain box then: its text begins where that of other boxes does (C8)
    natural = _columns(widest, columns)
    widths = tuple(value + (width - sum(natural)) / columns for value in natural)
    lines = count // columns
    inner = math.inf if columns > 1 else width - 2 * pad + 0.1  # beside each other they stand on one line
    tall = edition.small_style.pitch + edition.style(edition.value).pitch + pad
    art = artwork.cells(widths, lines, tall, edition.stroke)
    parts = [drawn(0, Mark(Artifact.LAYOUT, art))]
    for place, (element, cell) in enumerate(zip(paragraphs(count), block.cells, strict=True)):
        line, at = divmod(place, columns)
        parts += column(_cell(cell, edition, inner, element), sum(widths[:at]) + pad, -pad / 2 - line * tall)
    return spaced([abreast(parts, tall * lines)], edition.gap * 0.6)


def _cell_width(label: str, value: str, edition: Edition) -> float:
    return max(text_width(label, Weight.BOLD, edition.small), text_width(value, Weight.BOLD, edition.value))


def _columns(widest: Sequence[float], columns: int) -> list[float]:
    """The width each column needs."""
    return [max(widest[column::columns]) for column in range(columns)]


@lru_cache(maxsize=256)
def _cell(cell: tuple[str, str], edition: Edition, width: float, element: Element) -> tuple[Row, ...]:
    """A label over its value, one paragraph: the numbers of doses come again and again."""
    label, value = cell
    named = set_text((Span(label, Weight.BOLD, BLUE),), edition.small_style, width, element)
    return *named, *set_text((Span(value, Weight.BOLD),), edition.style(edition.value), width, element)
