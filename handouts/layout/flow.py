"""Blocks to rows: one function a block, found in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from handouts.pdf.tags import Artifact, Element, paragraphs
from handouts.text.faces import Weight
from handouts.text.lines import Span

_TITLE_SHARE = 0.58  # of the width, in standard print
_LOGO_HEIGHT, _LOGO_WIDTH, _LOGO_SHARE = 25 * MM, 60 * MM, 0.28  # at most, and of the width: our choice
_H1 = Element("H1")  # one for all: pages under other words then have one structure
_LEAD = 2  # lines of a list that stay with the sentence before it
_CLOSE = 0.4  # of a gap: what follows a heading


class SectionRows(NamedTuple):
    """The rows of a section, and which of its blocks each belongs to."""

    rows: tuple[Row, ...]
    blocks: tuple[int, ...]


class _Company(NamedTuple):
    """What its neighbours ask of a block."""

    close: bool  # it stands close to what is above
    led: bool  # its first lines stay with the sentence before it
    holds: bool  # all of it holds together, and on to what follows
    weak: bool  # a page may end after it, when all of the stretch is longer than a page


@lru_cache(maxsize=768)
def section_rows(section: b.Section, room: Geometry, space: float, held: float = 0) -> SectionRows:
    """All the rows of a section; those of a stretch hold together as P8 and P9 ask.

    `space` is the height of a page in points, `held` how much of the end stays on one page. Most sections are the
    same on many people's sheets, so a process lays them out once; and so it does with most blocks of the others.
    """
    room = room.enlarged(section.enlarged)
    parts: list[tuple[Row, ...]] = []
    for block, company in zip(section.blocks, _companies(*map(type, section.blocks)), strict=True):
        tall = _left(section, parts, room, space) if isinstance(block, b.Demonstration) else 0
        parts.append(_kept(block, company, room, tall))
    rows = flat(parts)
    rows[-1] = rows[-1]._replace(keep=Keep.FREE)
    blocks = tuple([index for index, part in enumerate(parts) for _ in part])
    if held:
        inside = [
            place > 0 and block == blocks[place - 1] and isinstance(section.blocks[block], b.Text)
            for place, block in enumerate(blocks)
        ]
        rows = tail_held(rows, held, inside)
    return SectionRows(tuple(rows), blocks)


def sections_height(sections: Sequence[b.Section], room: Geometry, space: float) -> float:
    """Height of all the rows of sections below each other, in points."""
    return height(flat(section_rows(section, room, space).rows for section in sections))


def _left(section: b.Section, above: Iterable[Sequence[Row]], room: Geometry, space: float) -> float:
    """Height for a demonstration: under the rest of its page; in large and giant print a page it goes on on."""
    if room.edition.stacked:
        return space - height(repeated(section.name, room))
    return space - height(flat(above)) - room.edition.gap


@lru_cache(maxsize=256)
def repeated(name: str, room: Geometry) -> tuple[Row, ...]:
    """What is painted above a section that goes on over a page; a listener does not hear it."""
    title = heading(b.Heading(3, name), room, room.width) if name else []
    return (*as_artifact(title, Artifact.HEADER), Row(room.edition.gap * 0.4)) if title else ()


@lru_cache(maxsize=512)
def _kept(block: b.Block, company: _Company, room: Geometry, tall: float) -> tuple[Row, ...]:
    return tuple(_in_company(_laid(block, room, room.width, tall), company, room))


def _in_company(rows: list[Row], company: _Company, room: Geometry) -> list[Row]:
    if company.close:
        rows = spaced(rows, room.edition.gap * _CLOSE)
    if company.led:
        rows = [*kept(rows[:_LEAD], last=True), *rows[_LEAD:]]
    if company.holds:
        rows = kept(rows, last=True)
    if company.weak:
        rows = [*rows[:-1], rows[-1]._replace(keep=Keep.SECTION)]
    return rows


def _laid(block: b.Block, room: Geometry, width: float, tall: float = 0) -> list[Row]:
    if isinstance(block, b.Demonstration):
        return demonstration(block, room, width, tall)
    return _LAYOUT[type(block)](block, room, width)


@lru_cache(maxsize=256)
def _companies(*blocks: type[b.Block]) -> tuple[_Company, ...]:
    """What each block of a section asks of the others.

    What follows a heading stands close to it; so does a list or table after the sentence that leads to it. The
    rule above a card keeps clear of a bar. Name, purpose and dose of a stretch hold together; a page may end
    before a warning or before the picture when all of it is longer than a page.
    """
    dose, shown = (blocks.index(kind) if kind in blocks else -1 for kind in (b.Dose, b.Demonstration))
    found = []
    for index, (above, block, below) in enumerate(zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)):
        leads, led = (_leads(*pair) for pair in ((block, below), (above, block)))
        found.append(
            _Company(
                close=led or above is b.Heading or (above is b.Aside and block is b.Card),
                led=led,
                holds=leads or index <= dose,
                weak=0 <= dose <= index < shown,
            )
        )
    return tuple(found)


def _leads(block: type[b.Block] | None, below: type[b.Block] | None) -> bool:
    return block is b.Text and below in (b.Bullets, b.Table, b.Log)


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
    head = set_text(spans, edition.style(edition.h1), width * share, _H1)
    if share == 1:
        return head, _lines(block, edition, width)
    at = width * (share + 0.02)
    if block.logo:
        head += spaced([_logo(block.logo, edition, 0, width * share)], edition.gap * 0.5)
    texts = [set_text(line, edition.small_style, width - at, owner, at) for line, owner in _owned(block)]
    return head, _parted(texts, edition)


def _lines(block: b.Title, edition: Edition, width: float) -> list[Row]:
    """Lines under the title; those beside a logo are shorter."""
    logo = _logo(block.logo, edition, width, width * _LOGO_SHARE) if block.logo else Row(0)
    texts: list[list[Row]] = []
    for line, owner in _owned(block):
        clear = width - (width * _LOGO_SHARE + edition.body if height(flat(texts)) < logo.height else 0)
        texts.append(set_text(line, edition.small_style, clear, owner))
    rows = _parted(texts, edition)
    return kept([logo._replace(height=0), *rows]) if block.logo else rows


def _owned(block: b.Title) -> Iterator[tuple[b.Spans, Element]]:
    """The lines of the head, each with its element."""
    return zip(block.lines, paragraphs(len(block.lines)), strict=True)


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
    companies = _companies(*map(type, block.blocks))
    parts = [
        _in_company(_laid(part, room, inner), company, room)
        for part, company in zip(block.blocks, companies, strict=True)
    ]
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
