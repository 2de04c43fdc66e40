"""Tables: the plan in short, and the log with its tick boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import BLACK, BLUE, Edition, Geometry, Style
from handouts.layout.ink import set_text, text_mark, text_width
from handouts.layout.rows import Ink, Keep, Row, abreast, as_artifact, column, drawn, height, kept, shifted, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element, header_cell
from handouts.text.faces import Weight
from handouts.text.lines import Span, least_width
from handouts.text.shaping import tick

_DAY_PAD = 3.5  # round the words of the log, in points: seven days leave little room


def table(block: b.Table, room: Geometry, width: float) -> list[Row]:
    """A table of words; the first column takes the room that the others leave."""
    edition, listing = room.edition, Element("Table")
    style = edition.small_style
    widths = _widths([block.head, *block.rows], style, width)
    head = _row(_heads(block.head, listing), widths, style, edition, head=True)
    rows = [head]
    for cells in block.rows:
        line = Element("TR", listing)
        parts = [(header_cell(line, "Row"), cells[0], Weight.BOLD)]
        parts += [(Element("TD", line), cell, Weight.REGULAR) for cell in cells[1:]]
        rows.append(_row(parts, widths, style, edition))
    return spaced(_repeating(rows), edition.gap * 0.6)


def log(block: b.Log, room: Geometry, width: float) -> list[Row]:
    """Rows of tick boxes; a box is a glyph that a listener hears (F1, F6)."""
    edition, listing = room.edition, Element("Table")
    style = edition.small_style
    widths = _log_widths(block, edition, width)
    titles = (*((block.corner,) if block.names else ()), *block.days)
    heads = _heads(titles, listing)
    first_day = len(titles) - len(block.days)  # the days stand over the middle of their boxes
    rows = [_row(heads, widths, style, edition, head=True, pad=_DAY_PAD, middle_from=first_day)]
    for name in block.names or ("",):
        line = Element("TR", listing)
        parts = [(header_cell(line, "Row"), name, Weight.BOLD)] if name else []
        named = _row(parts, widths[: len(parts)], style, edition, pad=_DAY_PAD)
        tall = max(named.height, edition.tick + edition.body * 0.7)
        boxes = _boxes(block, line, widths, tall, edition)
        art = drawn(0, Mark(Artifact.LAYOUT, artwork.grid(widths, tall, edition.stroke, False)))
        words_only = named._replace(ink=replace(named.ink, marks=named.ink.marks[1:]))
        rows.append(abreast([art, shifted(words_only, 0, (named.height - tall) / 2), *boxes], tall))
    return spaced(_repeating(rows), edition.gap * 0.8)


def _boxes(block: b.Log, line: Element, widths: Sequence[float], tall: float, edition: Edition) -> list[Row]:
    run, size = tick(block.tick), edition.tick_size
    glyph_left = 0.051 * size  # the left bearing of U+2610 in Noto Sans Symbols 2
    rows = []
    for index in range(len(block.days)):
        place = len(widths) - len(block.days) + index
        x = sum(widths[:place]) + (widths[place] - edition.tick) / 2 - glyph_left
        mark = text_mark(Element("TD", line), [(run, BLUE, x)], size, -(tall + edition.tick) / 2)
        rows.append(Row(0, Ink((mark,), glyphs=run.used)))
    return rows


def _heads(titles: Sequence[str], listing: Element) -> list[tuple[Element, str, Weight]]:
    line = Element("TR", listing)
    return [(header_cell(line, "Column"), title, Weight.BOLD) for title in titles]


def _row(
    cells: Sequence[tuple[Element, str, Weight]],
    widths: Sequence[float],
    style: Style,
    edition: Edition,
    *,
    head: bool = False,
    pad: float = 0,
    middle_from: int = 99,
) -> Row:
    """One row of words, in the middle of their cells from one of these on; its first mark is the grid."""
    pad = pad or edition.small * 0.35
    parts: list[Row] = []
    tall, x = 0.0, 0.0
    for index, ((element, words_, weight), width) in enumerate(zip(cells, widths, strict=True)):
        span = Span(words_, weight, BLUE if head else BLACK)
        spare = max((width - text_width(words_, weight, style.size)) / 2, pad)
        lines = set_text((span,), style, width - 2 * pad, element, x + (spare if index >= middle_from else pad))
        parts += column(lines, 0, -pad)
        tall = max(tall, height(lines) + 2 * pad)
        x += width
    grid = Mark(Artifact.LAYOUT, artwork.grid(tuple(widths), tall, edition.stroke, head))
    return abreast([drawn(0, grid), *parts], tall)


def _repeating(rows: list[Row]) -> list[Row]:
    """A table is held on one page; where it must go on, its head is painted again, but not heard again."""
    head, *rest = kept(rows, Keep.PART)
    again = as_artifact([head], Artifact.LAYOUT)
    return [head._replace(keep=Keep.NEVER), *(row._replace(repeat=again) for row in rest)]


def _widths(rows: Sequence[Sequence[str]], style: Style, width: float) -> tuple[float, ...]:
    """Each column has its natural width; where that is too much, what can be broken over lines gives way."""
    pads = style.size * 0.8
    columns = list(zip(*rows, strict=True))
    natural = [max(text_width(cell, Weight.BOLD, style.size) for cell in cells) + pads for cells in columns]
    if sum(natural) <= width:
        return (natural[0] + width - sum(natural), *natural[1:])
    # A word longer than its share of the page is broken, or the table would leave the paper.
    most = width / len(columns)
    least = [min(max(map(_least, cells)) * style.size + pads, most) for cells in columns]
    share = (width - sum(least)) / (sum(natural) - sum(least))
    return tuple(low + (high - low) * share for low, high in zip(least, natural, strict=True))


def _least(cell: str) -> float:
    """Width in em of what must not be broken."""
    return least_width((Span(cell, Weight.BOLD),)) / 1000


def _log_widths(block: b.Log, edition: Edition, width: float) -> tuple[float, ...]:
    """Days of one width, wide enough for a box and for the day's name; the name takes the rest."""
    style = edition.small_style
    names = [text_width(day, Weight.BOLD, style.size) for day in block.days]
    day = max(edition.tick + 8, max(names) + 2 * _DAY_PAD)
    if not block.names:
        return (width / len(block.days),) * len(block.days)
    return (width - day * len(block.days), *([day] * len(block.days)))
