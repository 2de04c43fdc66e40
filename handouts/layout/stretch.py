"""What only a stretch has: the dose box, and the picture with its steps."""

from __future__ import annotations

from collections.abc import Sequence

from handouts import blocks as b
from handouts.layout import artwork, marks
from handouts.layout.edition import BLUE, PANEL_PAD, Edition, Geometry
from handouts.layout.ink import set_text, text_width
from handouts.layout.lists import bound, numbered_items
from handouts.layout.rows import Keep, Row, abreast, column, height, kept, shifted, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element
from handouts.text.faces import Weight
from handouts.text.lines import Span


def dose(block: b.Dose, room: Geometry, width: float) -> list[Row]:
    """The dose box: as many columns as let every value stand on one line (L9)."""
    edition = room.edition
    pad = edition.body * 0.4
    widest = [_cell_width(label, value, edition) + 2 * pad for label, value in block.cells]
    choices = (2, 1) if edition.stacked else (len(block.cells), 2, 1)
    columns = next((n for n in choices if sum(_columns(widest, n)) <= width), 1)
    if columns == 1:
        pad = edition.body * PANEL_PAD  # a plain box then: its text begins where that of other boxes does (C8)
    natural = _columns(widest, columns)
    widths = tuple(value + (width - sum(natural)) / columns for value in natural)
    lines = [block.cells[i : i + columns] for i in range(0, len(block.cells), columns)]
    rows = [_dose_row(cells, widths, edition, pad) for cells in lines]
    art = artwork.cells(widths, len(lines), rows[0].height, edition.stroke)
    frame = Row(0, (Mark(Artifact.LAYOUT, art),))
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


def demonstration(block: b.Demonstration, room: Geometry, width: float) -> list[Row]:
    """Picture, steps and where to feel it: beside each other in standard, stacked in large and giant."""
    edition = room.edition
    beside = None if edition.stacked else _beside(block, room, width)
    if beside and beside.height < (room.top - edition.margin) * 0.8:
        return spaced([beside], edition.gap)
    picture = kept(spaced([_picture(block, room, 0)], edition.gap), last=True)
    steps = _steps(block, room, width)
    caption = spaced(set_text(block.feel, edition.body_style, width, Element("P")), edition.gap * 0.5)
    return kept([*picture, *steps, *kept(caption)], Keep.PART)


def _steps(block: b.Demonstration, room: Geometry, width: float) -> list[Row]:
    """The steps; from the one that is held they never part, nor from what follows."""
    items = numbered_items(block.steps, room, width)
    start = min(block.held, len(items) - 2)
    start = start if start > 1 else 0  # two on each side (P9)
    free, held = items[:start], [row for item in items[start:] for row in item]
    return spaced([*bound(free), *kept(held, last=True)], room.edition.gap * 0.5)


def _picture(block: b.Demonstration, room: Geometry, x: float) -> Row:
    edition = room.edition
    wide = edition.picture
    tall = marks.height(block.mark, wide)
    art = marks.mark(block.mark, wide, edition.stroke * 2)
    figure = Element("Figure", alt=block.alt)
    return shifted(Row(tall, (Mark(figure, art, (0, -tall, wide, 0)),)), x)


def _beside(block: b.Demonstration, room: Geometry, width: float) -> Row:
    """Steps at the left, picture and where to feel it at the right: one row, which no page can tear."""
    edition = room.edition
    at = width - edition.picture
    picture = _picture(block, room, at)
    steps = _steps(block, room, at - edition.body)
    caption = set_text(block.feel, edition.small_style, edition.picture, Element("P"), at)
    under = picture.height + edition.body * 0.4
    tall = max(height(steps), under + height(caption))
    # Painted in the order in which it is read: the caption last.
    return abreast([picture, *column(steps, 0, 0), *column(caption, 0, -under)], tall)
