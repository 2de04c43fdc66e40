"""Blocks to rows: one function a block, found in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.asides import aside, reasons
from handouts.layout.cards import card
from handouts.layout.demonstration import demonstration
from handouts.layout.dose import dose
from handouts.layout.edition import BLUE, MM, PANEL_PAD, Edition, Geometry
from handouts.layout.headings import heading
from handouts.layout.ink import set_text
from handouts.layout.lists import bullets, numbered
from handouts.layout.pictures import form
from handouts.layout.rows import (
    Frame,
    Keep,
    Row,
    abreast,
    as_artifact,
    column,
    drawn,
    flat,
    framed,
    height,
    kept,
    shifted,
    spaced,
    tail_held,
)
from handouts.layout.tables import log, table
from handouts.layout.writing import lines
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element
from handouts.text.faces import Weight
from handouts.text.lines import Span

_TITLE_SHARE = 0.58  # of the width, in standard print
_LOGO_HEIGHT, _LOGO_WIDTH, _LOGO_SHARE = 25 * MM, 60 * MM, 0.28  # at most, and of the width: our choice
_LEAD = 2  # lines of a list that stay with the sentence before it


class SectionRows(NamedTuple):
    """The rows of a section, and which of its blocks each belongs to."""

    rows: tuple[Row, ...]
    blocks: tuple[int, ...]


@lru_cache(maxsize=768)
def section_rows(section: b.Section, room: Geometry, space: float, held: float = 0) -> SectionRows:
    """All the rows of a section; those of a stretch hold together as P8 and P9 ask.

    `space` is the height of a page in points, `held` how much of the end stays on one page. Most sections are the
    same on many people's sheets, so a process lays them out once; and so it does with most blocks of the others.
    """
    room = room.enlarged(section.enlarged)
    parts: list[list[Row]] = []
    for block in section.blocks:
        tall = _left(section, parts, room, space) if isinstance(block, b.Demonstration) else 0
        parts.append([*_kept(block, room, tall)])
    parts = _led(section.blocks, parts, room)
    if section.stretch:
        parts = _held_stretch(section, parts)
    blocks = tuple([index for index, part in enumerate(parts) for _ in part])
    rows = flat(parts)
    rows = [*rows[:-1], rows[-1]._replace(keep=Keep.FREE)]
    inside = [
        place > 0 and block == blocks[place - 1] and isinstance(section.blocks[block], b.Text)
        for place, block in enumerate(blocks)
    ]
    return SectionRows(tuple(tail_held(rows, held, inside) if held else rows), blocks)


def sections_height(sections: Sequence[b.Section], room: Geometry, space: float) -> float:
    """Height of all the rows of sections below each other, in points."""
    return height(flat(section_rows(section, room, space).rows for section in sections))


def _left(section: b.Section, above: list[list[Row]], room: Geometry, space: float) -> float:
    """Height for a demonstration: under the rest of its page; in large and giant print a page it goes on on."""
    if room.edition.stacked:
        return space - height(repeated(section.name, room))
    above = _led(section.blocks[: len(above)], list(above), room)
    return space - height(flat(above)) - room.edition.gap


@lru_cache(maxsize=256)
def repeated(name: str, room: Geometry) -> tuple[Row, ...]:
    """What is painted above a section that goes on over a page; a listener does not hear it."""
    title = heading(b.Heading(3, name), room, room.width) if name else []
    return (*as_artifact(title, Artifact.HEADER), Row(room.edition.gap * 0.4)) if title else ()


@lru_cache(maxsize=512)
def _kept(block: b.Block, room: Geometry, tall: float) -> tuple[Row, ...]:
    return tuple(_laid(block, room, room.width, tall))


def _laid(block: b.Block, room: Geometry, width: float, tall: float = 0) -> list[Row]:
    if isinstance(block, b.Demonstration):
        return demonstration(block, room, width, tall)
    return _LAYOUT[type(block)](block, room, width)


def _led(blocks: Sequence[b.Block], parts: list[list[Row]], room: Geometry) -> list[list[Row]]:
    """What follows a heading stands close to it; so does a list or table after the sentence that leads to it.

    The rule above a card keeps clear of a bar.
    """
    for index, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(block, b.Heading) or (isinstance(block, b.Aside) and isinstance(after, b.Card)):
            parts[index + 1] = spaced(parts[index + 1], room.edition.gap * 0.4)
        elif isinstance(block, b.Text) and isinstance(after, b.Bullets | b.Table | b.Log):
            below = spaced(parts[index + 1], room.edition.gap * 0.4)
            parts[index] = kept(parts[index], last=True)
            parts[index + 1] = [*kept(below[:_LEAD], last=True), *below[_LEAD:]]
    return parts


def _held_stretch(section: b.Section, parts: list[list[Row]]) -> list[list[Row]]:
    """Name, purpose and dose hold together.

    A page may end before a warning or before the picture when all of it is longer than a page.
    """
    kinds = [type(block) for block in section.blocks]
    dose, shown = kinds.index(b.Dose) + 1, kinds.index(b.Demonstration)
    *head, last = (kept(part, last=True) for part in parts[:dose])
    weak = [[*part[:-1], part[-1]._replace(keep=Keep.SECTION)] for part in (last, *parts[dose:shown])]
    return [*head, *weak, *parts[shown:]]


def text(block: b.Text, room: Geometry, width: float) -> list[Row]:
    """A paragraph."""
    rows = set_text(block.spans, room.edition.body_style, width, Element("P"))
    return spaced(rows, room.edition.gap)


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
    return [*kept(rows, Keep.SECTION, last=True), drawn(stroke, rule)._replace(before=room.edition.body * 0.5)]


def _head(block: b.Title, edition: Edition, width: float, share: float) -> tuple[list[Row], list[Row]]:
    """The title in its share of the width, and the lines on whom it is for in the rest, or below.

    A logo stands beside the lines: under the title, or at the right where they are under the title themselves.
    """
    spans = (Span(block.text, Weight.BOLD, BLUE),)
    head = set_text(spans, edition.style(edition.h1), width * share, Element("H1"))
    if share == 1:
        return head, _lines(block, edition, width)
    at = width * (share + 0.02)
    if block.logo:
        head += spaced([_logo(block.logo, edition, 0, width * share)], edition.gap * 0.5)
    texts = [set_text(line, edition.small_style, width - at, Element("P"), at) for line in block.lines]
    return head, _parted(texts, edition)


def _lines(block: b.Title, edition: Edition, width: float) -> list[Row]:
    """Lines under the title; those beside a logo are shorter."""
    logo = _logo(block.logo, edition, width, width * _LOGO_SHARE) if block.logo else Row(0)
    texts: list[list[Row]] = []
    for line in block.lines:
        clear = width - (width * _LOGO_SHARE + edition.body if height(flat(texts)) < logo.height else 0)
        texts.append(set_text(line, edition.small_style, clear, Element("P")))
    rows = _parted(texts, edition)
    return kept([logo._replace(height=0), *rows]) if block.logo else rows


def _parted(texts: Sequence[list[Row]], edition: Edition) -> list[Row]:
    """Lines of the head below each other; what takes two of them is parted from its neighbours (L7)."""
    rows = flat(texts[:1])
    for above, below in pairwise(texts):
        rows += spaced(below, edition.gap) if len(above) + len(below) > 2 else below
    return rows


def _logo(logo: b.Logo, edition: Edition, right: float, most: float) -> Row:
    """A clinic's mark, as large as its place allows; from the left edge, or up to `right` where that is not 0."""
    drawing = logo.drawing
    unit = min(_LOGO_HEIGHT / drawing.height, min(_LOGO_WIDTH, most) / drawing.width)
    wide, tall = drawing.width * unit, drawing.height * unit
    x = max(right - wide, 0)
    art = form(drawing, False, unit, edition.stroke)
    mark = Mark(Element("Figure", alt=logo.alt), b"", (x, -tall, x + wide, 0.0), (x, -tall), art)
    return drawn(tall, mark)


def panel(block: b.Panel, room: Geometry, width: float) -> list[Row]:
    """Blocks in a box with round corners."""
    edition = room.edition
    pad = edition.body * PANEL_PAD
    inner = width - 2 * pad
    parts = _led(block.blocks, [_laid(part, room, inner) for part in block.blocks], room)
    rows = [shifted(row, pad) for row in spaced(flat(parts), 0)]
    blank = Row(pad * 0.7, keep=Keep.NEVER)
    frame = Frame(BLUE, edition.stroke * 1.3, width)
    rows[-1] = rows[-1]._replace(keep=Keep.NEVER)
    boxed = kept(framed([blank, *rows, blank._replace(keep=Keep.FREE)], frame), Keep.SECTION)
    return spaced(boxed, edition.gap)


_LAYOUT: dict[type, Callable[[Any, Geometry, float], list[Row]]] = {
    b.Title: title,
    b.Heading: heading,
    b.Text: text,
    b.Aside: aside,
    b.Bullets: bullets,
    b.Reasons: reasons,
    b.Numbered: numbered,
    b.Dose: dose,
    b.Table: table,
    b.Log: log,
    b.Card: card,
    b.Lines: lines,
    b.Panel: panel,
}
