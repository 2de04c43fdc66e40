"""Blocks to rows: one function a block, found in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from handouts import blocks as b
from handouts.layout import artwork, marks
from handouts.layout.edition import BLUE, WHITE, Edition, Geometry, Style
from handouts.layout.ink import set_text, text_width
from handouts.layout.rows import Frame, Keep, Row, abreast, column, framed, height, kept, shifted, spaced
from handouts.layout.tables import log, table
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element, bullet_list, numbered_list
from handouts.text.faces import Weight
from handouts.text.lines import Span

_TITLE_SHARE = 0.58  # of the width, in standard print
_LEAD = 2  # lines of a list that stay with the sentence before it
PANEL_PAD = 0.9  # room between a box and its text, in body sizes
BULLET = "\u2022"


def section_rows(section: b.Section, room: Geometry, seen: set[b.Block]) -> list[Row]:
    """All the rows of a section; those of a stretch hold together as P8 and P9 ask.

    `seen` holds the blocks that the document has already, and takes in those of the section.
    """
    parts = _led(section.blocks, [_once(block, room, seen) for block in section.blocks], room)
    if section.stretch:
        parts = _held_stretch(section, parts)
    rows = [row for part in parts for row in part]
    return [*rows[:-1], replace(rows[-1], keep=Keep.FREE)]


def _once(block: b.Block, room: Geometry, seen: set[b.Block]) -> list[Row]:
    """A block laid out once a process: most are the same on many people's sheets.

    One that stands twice in a document is laid out anew, since its elements have one place in the tree.
    """
    if block in seen:
        return _laid(block, room, room.width)
    seen.add(block)
    return [*_kept(block, room)]


@lru_cache(maxsize=1024)
def _kept(block: b.Block, room: Geometry) -> tuple[Row, ...]:
    return tuple(_laid(block, room, room.width))


def _laid(block: b.Block, room: Geometry, width: float) -> list[Row]:
    return _LAYOUT[type(block)](block, room, width)


def _led(blocks: Sequence[b.Block], parts: list[list[Row]], room: Geometry) -> list[list[Row]]:
    """What follows a heading stands close to it; so does a list or table after the sentence that leads to it."""
    for index, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(block, b.Heading):
            parts[index + 1] = spaced(parts[index + 1], room.edition.gap * 0.4)
        elif isinstance(block, b.Text) and isinstance(after, b.Bullets | b.Table | b.Log):
            below = spaced(parts[index + 1], room.edition.gap * 0.4)
            parts[index] = kept(parts[index], last=True)
            parts[index + 1] = [*kept(below[:_LEAD], last=True), *below[_LEAD:]]
    return parts


def _held_stretch(section: b.Section, parts: list[list[Row]]) -> list[list[Row]]:
    """Name, purpose and dose hold together, and what follows the steps holds on to them.

    A page may end before a warning or before the picture when all of it is longer than a page.
    """
    kinds = [type(block) for block in section.blocks]
    dose, shown = kinds.index(b.Dose) + 1, kinds.index(b.Demonstration)
    head = kept([row for part in parts[:dose] for row in part])
    demonstration = [*parts[shown][:-1], *kept(parts[shown][-1:], last=True)]
    tail = kept([row for part in parts[shown + 1 :] for row in part])
    weak = [[*part[:-1], replace(part[-1], keep=Keep.SECTION)] for part in (head, *parts[dose:shown])]
    return [*weak, demonstration, tail]


def heading(block: b.Heading, room: Geometry, width: float) -> list[Row]:
    """A heading; the number of a stretch stands white on a disc."""
    edition = room.edition
    style = edition.style(edition.h2 if block.level == 2 else edition.body)
    element = Element(f"H{block.level}")
    badge = _badge(block.badge, style, element) if block.badge else None
    indent = style.size * 1.9 if badge else 0
    rows = set_text((Span(block.text, Weight.BOLD, BLUE),), style, width - indent, element, indent)
    if badge:
        rows[0] = abreast([badge, rows[0]], style.pitch)
    if block.bookmark:
        rows[0] = replace(rows[0], bookmark=(f"{block.badge} {block.text}".strip(), element))
    return kept(spaced(rows, edition.gap * 1.2), last=True)


def _badge(text: str, style: Style, element: Element) -> Row:
    """A stretch's number, white on a disc no taller than its line: else it would stand in the margin (P2)."""
    diameter = style.pitch
    x = (diameter - text_width(text, Weight.BOLD, style.size)) / 2
    row = set_text((Span(text, Weight.BOLD, WHITE),), style, diameter, element, x)[0]
    return replace(row, marks=(Mark(Artifact.LAYOUT, artwork.disc(diameter)), *row.marks))


def text(block: b.Text, room: Geometry, width: float) -> list[Row]:
    """A paragraph."""
    rows = set_text(block.spans, room.edition.body_style, width, Element("P"))
    return spaced(rows, room.edition.gap)


def aside(block: b.Aside, room: Geometry, width: float) -> list[Row]:
    """Paragraphs beside a bar."""
    edition = room.edition
    indent = edition.body * 0.9
    rows: list[Row] = []
    for spans in block.paragraphs:
        lines = set_text(spans, edition.body_style, width - indent, Element("P"), indent)
        rows += kept(spaced(lines, edition.gap), Keep.PART)
    return framed(rows, _bar(block.bar, edition))


def warning(block: b.Warning, room: Geometry, width: float) -> list[Row]:
    """A label over a list, beside a bar; a page ends between its items if it must."""
    edition = room.edition
    indent = edition.body * 0.9
    label = set_text(block.label, edition.body_style, width - indent, Element("P"))
    gap = edition.body * 0.15
    bullet = [Span(BULLET, Weight.BOLD, BLUE)] * len(block.items)
    items = _items(bullet, block.items, bullet_list(None), gap, room, width - indent)
    rows = kept([*kept(label, last=True), *_bound(items)], Keep.SECTION)
    return spaced(framed([shifted(row, indent) for row in rows], _bar(block.bar, edition)), edition.gap)


def _bar(colour: str, edition: Edition) -> Frame:
    return Frame(colour, edition.stroke, edition.body * 0.28, bar=True)


def title(block: b.Title, room: Geometry, width: float) -> list[Row]:
    """The head of the sheet: side by side in standard, stacked in large and giant; a rule below."""
    beside = None if room.edition.stacked else _head(block, room.edition, width, _TITLE_SHARE)
    # Words without end are stacked too: one row could not go over a page.
    if beside and max(map(height, beside)) < room.top / 4:
        tall = max(map(height, beside))
        head, lines = beside
        rows = [abreast([*column(head, 0, height(head) - tall), *column(lines, 0, 0)], tall)]
    else:
        head, lines = _head(block, room.edition, width, 1.0)
        rows = [*head, *spaced(lines, room.edition.gap * 0.5)]
    stroke = room.edition.stroke * 1.5
    rule = Mark(Artifact.LAYOUT, artwork.rule(width, stroke))
    return [*kept(rows, Keep.SECTION, last=True), Row(stroke, (rule,), before=room.edition.body * 0.5)]


def _head(block: b.Title, edition: Edition, width: float, share: float) -> tuple[list[Row], list[Row]]:
    """The title in its share of the width, and the lines on whom it is for in the rest, or below."""
    spans = (Span(block.text, Weight.BOLD, BLUE),)
    at = width * (share + 0.02) if share < 1 else 0
    head = set_text(spans, edition.style(edition.h1), width * share, Element("H1"))
    texts = [set_text(line, edition.small_style, width - at, Element("P"), at) for line in block.lines]
    return head, [row for rows in texts for row in rows]


def bullets(block: b.Bullets, room: Geometry, width: float) -> list[Row]:
    """A list with discs."""
    label = Span(BULLET, Weight.BOLD, BLUE)
    gap = room.edition.body * 0.35
    items = _items([label] * len(block.items), block.items, bullet_list(None), gap, room, width)
    return spaced([row for item in items for row in item], room.edition.gap * 0.5)


def numbered(block: b.Numbered, room: Geometry, width: float) -> list[Row]:
    """A numbered list."""
    return spaced(_bound(_numbered_items(block.items, room, width)), room.edition.gap * 0.5)


def _numbered_items(items: Sequence[b.Spans], room: Geometry, width: float) -> list[list[Row]]:
    labels = [Span(str(n), Weight.BOLD, BLUE) for n in range(1, len(items) + 1)]
    edition = room.edition
    gap = edition.body * edition.pitch * edition.step_gap
    return _items(labels, items, numbered_list(None), gap, room, width)


def _bound(items: list[list[Row]]) -> list[Row]:
    """The first two and the last two items stay together (P9)."""
    bound = {0, len(items) - 2} if len(items) > 1 else set()
    return [row for i, item in enumerate(items) for row in kept(item, last=i in bound)]


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


def panel(block: b.Panel, room: Geometry, width: float) -> list[Row]:
    """Blocks in a box with round corners."""
    edition = room.edition
    pad = edition.body * PANEL_PAD
    inner = width - 2 * pad
    parts = _led(block.blocks, [_laid(part, room, inner) for part in block.blocks], room)
    rows = [shifted(row, pad) for row in spaced([row for part in parts for row in part], 0)]
    blank = Row(pad * 0.7, keep=Keep.NEVER)
    frame = Frame(BLUE, edition.stroke * 1.3, width)
    rows[-1] = replace(rows[-1], keep=Keep.NEVER)
    boxed = kept(framed([blank, *rows, replace(blank, keep=Keep.FREE)], frame), Keep.SECTION)
    return spaced(boxed, edition.gap)


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
    items = _numbered_items(block.steps, room, width)
    free, held = items[: block.held], [row for item in items[block.held :] for row in item]
    return spaced([*_bound(free), *kept(held, last=True)], room.edition.gap * 0.5)


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


_LAYOUT: dict[type, Callable[[Any, Geometry, float], list[Row]]] = {
    b.Title: title,
    b.Heading: heading,
    b.Text: text,
    b.Aside: aside,
    b.Bullets: bullets,
    b.Warning: warning,
    b.Numbered: numbered,
    b.Dose: dose,
    b.Demonstration: demonstration,
    b.Table: table,
    b.Log: log,
    b.Panel: panel,
}
