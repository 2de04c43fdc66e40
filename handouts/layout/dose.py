"""The dose box of a stretch."""

from __future__ import annotations

from collections.abc import Sequence

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import BLUE, PANEL_PAD, Edition, Geometry
from handouts.layout.ink import set_text, text_width
from handouts.layout.rows import Row, abreast, column, drawn, height, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element
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
    lines = [block.cells[i : i + columns] for i in range(0, len(block.cells), columns)]
    rows = [_dose_row(cells, widths, edition, pad) for cells in lines]
    art = artwork.cells(widths, len(lines), rows[0].height, edition.stroke)
    frame = drawn(0, Mark(Artifact.LAYOUT, art))
    return spaced([abreast([frame, *column(rows, 0, 0)], height(rows))], edition.gap * 0.6)


def _cell_width(label: str, value: str, edition: Edition) -> float:
    return max(text_width(label, Weight.BOLD, edition.small), text_width(value, Weight.BOLD, edition.value))


def _columns(widest: Sequence[float], columns: int) -> list[float]:
    """The width each column needs."""
    return [max(widest[column::columns]) for column in range(columns)]


def _dose_row(cells: Sequence[tuple[str, str]], widths: Sequence[float], edition: Edition, pad: float) -> Row:
    """Labels over values; each pair is one paragraph."""
    label_style, value_style = edition.small_style, edition.style(edition.value)
    parts: list[Row] = []
    x = pad
    for (label, value), width in zip(cells, widths, strict=False):
        element, inner = Element("P"), width - 2 * pad + 0.1
        named = set_text((Span(label, Weight.BOLD, BLUE),), label_style, inner, element, x)
        valued = set_text((Span(value, Weight.BOLD),), value_style, inner, element, x)
        parts += column([*named, *valued], 0, -pad / 2)
        x += width
    return abreast(parts, label_style.pitch + value_style.pitch + pad)
