"""Blocks to rows: one function a block, found in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from handouts import blocks as b
from handouts.layout import artwork, marks
from handouts.layout.edition import BLUE, WHITE, Edition, Geometry, Style
from handouts.layout.ink import draw, glyphs_of, set_text
from handouts.layout.rows import Frame, Keep, Row, abreast, column, framed, height, kept, shifted, spaced
from handouts.layout.tables import log, table
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element, bullet_list, numbered_list
from handouts.text.faces import Weight
from handouts.text.lines import Span, line_width, words
from handouts.text.shaping import shape, space

_TITLE_SHARE = 0.58  # of the width, in standard print
_LEAD = 2  # lines of a list that stay with the sentence before it
PANEL_PAD = 0.9  # room between a box and its text, in body sizes
BULLET = "\u2022"


def section_rows(section: b.Section, room: Geometry, seen: set[b.Block]) -> list[Row]:
    """All the rows of a section; those of a stretch hold together as P8 and P9 ask.

    `seen` holds the blocks that the document has already, and takes in those of the section.
    """
    parts = _close_to_headings(section.blocks, [_once(block, room, seen) for block in section.blocks], room)
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


def _close_to_headings(blocks: Sequence[b.Block], parts: list[list[Row]], room: Geometry) -> list[list[Row]]:
    """The rows of each block; what follows a heading stands close to it."""
    for index, block in enumerate(blocks[:-1]):
        if isinstance(block, b.Heading):
            parts[index + 1] = spaced(parts[index + 1], room.edition.gap * 0.4)
    return parts


def _held_stretch(section: b.Section, parts: list[list[Row]]) -> list[list[Row]]:
    """What comes before the picture holds together, and what comes after the steps holds on to them.

    Only when that is longer than a page does a page end before a warning or before the picture.
    """
    at = next(i for i, block in enumerate(section.blocks) if isinstance(block, b.Demonstration))
    warned = next(i for i, block in enumerate(section.blocks) if isinstance(block, b.Dose)) + 1
    head = kept([row for part in parts[:warned] for row in part], last=True)
    warnings = [kept(part, Keep.AVOID) for part in parts[warned:at]]
    tail = kept([row for part in parts[at + 1 :] for row in part], last=True)
    return [*map(_loose, (head, *warnings)), parts[at], tail]


def _loose(rows: list[Row]) -> list[Row]:
    """Rows whose last one lets a page end where nothing else will do."""
    return [*rows[:-1], replace(rows[-1], keep=Keep.AVOID)]


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
    size = style.size
    runs = shape(text, Weight.BOLD)
    spacer = space(runs[-1].face)
    wide = sum(run.width for run in runs) * size / 1000
    diameter = pitch = style.pitch  # no taller than its line, or it would stand in the margin (P2)
    x = (diameter - wide) / 2
    ops = draw([(runs[0], WHITE, x), (spacer, WHITE, x + wide)], size, -(pitch + 0.668 * size) / 2)
    return Row(
        height=pitch,
        marks=(Mark(Artifact.LAYOUT, artwork.disc(diameter)), Mark(element, ops)),
        glyphs=glyphs_of([*runs, spacer]),
    )


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
        rows += spaced(lines, edition.gap)
    frame = Frame(block.bar, edition.stroke, edition.body * 0.28, bar=True)
    return framed(rows, frame)


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
    return [*kept(rows, Keep.AVOID, last=True), Row(stroke, (rule,), before=room.edition.body * 0.5)]


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
    """A numbered list; the first two and the last two items stay together (P9)."""
    labels = [Span(str(n), Weight.BOLD, BLUE) for n in range(1, len(block.items) + 1)]
    edition = room.edition
    gap = edition.body * edition.pitch * edition.step_gap
    items = _items(labels, block.items, numbered_list(None), gap, room, width)
    bound = {0, len(items) - 2} if len(items) > 1 else set()
    rows = [row for i, item in enumerate(items) for row in kept(item, last=i in bound)]
    return spaced(rows, edition.gap * 0.5)


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
    parts = _close_to_headings(block.blocks, [_laid(part, room, inner) for part in block.blocks], room)
    for index, part in enumerate(block.blocks):
        # A sentence that leads to a list stands close to it and stays with its first items.
        if isinstance(part, b.Text):
            parts[index] = kept(parts[index], last=True)
            parts[index + 1] = spaced(parts[index + 1], edition.gap * 0.3)
            first = parts[index + 1][:_LEAD]
            parts[index + 1] = [*kept(first, last=True), *parts[index + 1][_LEAD:]]
    rows = [shifted(row, pad) for row in spaced([row for part in parts for row in part], 0)]
    blank = Row(pad * 0.7, keep=Keep.NEVER)
    frame = Frame(BLUE, edition.stroke * 1.3, width)
    boxed = kept(framed([blank, *rows, replace(blank, keep=Keep.FREE)], frame), Keep.AVOID)
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
    rows[0] = abreast([Row(0, (Mark(Artifact.LAYOUT, art),)), rows[0]], rows[0].height)
    return spaced(kept(rows), edition.gap * 0.6)


def _cell_width(label: str, value: str, edition: Edition) -> float:
    sizes = ((label, Weight.BOLD, edition.small), (value, Weight.BOLD, edition.value))
    return max(line_width(words((Span(text, weight),))) * size / 1000 for text, weight, size in sizes)


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
    page = room.top - edition.margin
    if beside and height(beside) < page * 0.8:
        return spaced(beside, edition.gap)
    picture = kept(spaced([_picture(block, room, 0)], edition.gap), last=True)
    listing = numbered(b.Numbered(block.steps), room, width)
    caption = spaced(set_text(block.feel, edition.body_style, width, Element("P")), edition.gap)
    return [*picture, *listing[:-1], *kept([listing[-1], *caption], last=True)]


def _picture(block: b.Demonstration, room: Geometry, x: float) -> Row:
    edition = room.edition
    wide = edition.picture
    tall = wide * marks.RATIO
    art = marks.mark(block.mark, wide, edition.stroke * 2)
    shift = f"q 1 0 0 1 {x:.2f} 0 cm\n".encode("ascii")
    figure = Element("Figure", alt=block.alt)
    return Row(tall, (Mark(figure, shift + art + b"\nQ", (x, -tall, x + wide, 0)),))


def _beside(block: b.Demonstration, room: Geometry, width: float) -> list[Row]:
    edition = room.edition
    at = width - edition.picture
    picture = _picture(block, room, at)
    listing = numbered(b.Numbered(block.steps), room, at - edition.body)
    caption = set_text(block.feel, edition.small_style, edition.picture, Element("P"), at)
    left = height(listing)
    side = picture.height + edition.body * 0.4
    listing[0] = abreast([picture, listing[0]], listing[0].height)
    last = listing[-1]
    # The caption is painted last, so it is read last, and stands under the picture.
    up = left - last.height - side
    listing[-1] = replace(abreast([last, *column(caption, 0, up)], last.height), before=last.before)
    rest = side + height(caption) - left
    rows = [*listing, Row(rest)] if rest > 0 else listing
    return kept([replace(row, before=row.before if i else 0) for i, row in enumerate(rows)])


_LAYOUT: dict[type, Callable[[Any, Geometry, float], list[Row]]] = {
    b.Title: title,
    b.Heading: heading,
    b.Text: text,
    b.Aside: aside,
    b.Bullets: bullets,
    b.Numbered: numbered,
    b.Dose: dose,
    b.Demonstration: demonstration,
    b.Table: table,
    b.Log: log,
    b.Panel: panel,
}
