"""Rows to pages: one loop over what must stay together, then the feet, frames and bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from handouts.blocks import Section
from handouts.layout import artwork
from handouts.layout.edition import Geometry, Paper
from handouts.layout.ink import set_text, text_width
from handouts.layout.rows import (
    Frame,
    Glyph,
    Ink,
    Keep,
    Row,
    abreast,
    column,
    drawn,
    height,
    shifted,
    spaced,
)
from handouts.pdf.leaf import Leaf, PageAt, leaf
from handouts.pdf.page import Bookmark, Link, Mark, Page, Placed, moved
from handouts.pdf.tags import Artifact
from handouts.text.faces import Weight
from handouts.text.lines import Span

BOTTOM = 20.0  # lowest line of the foot, above the 6 mm that printers may not reach (P5)
# How full a page must be before things that hold together move to the next one whole: our choice.
_FILLED = {Keep.SECTION: 0.6, Keep.PART: 0.35, Keep.NEVER: 0.0, Keep.ALWAYS: 0.0, Keep.ONE: 0.0}


class Part(NamedTuple):
    """A section's rows, and what the pages need to know of it."""

    rows: tuple[Row, ...]
    blocks: tuple[int, ...]  # of the document, which each row belongs to
    again: tuple[Row, ...]  # the heading to repeat where it goes on
    stretch: bool
    fresh: bool


@dataclass(frozen=True)
class Foot:
    """The words at the foot of every page; `page` has the places {page} and {pages}.

    `two_sided`: the number stands at the outer edge, left on even pages.
    """

    text: str
    page: str
    two_sided: bool = False

    def right_hand(self, page: int) -> bool:
        """Is it bound or held at its left? Pages count from 1."""
        return not self.two_sided or page % 2 == 1


@dataclass
class Sheet:
    """A page being filled: its rows, the block in the document of each, and `used`, the height of the rows."""

    rows: list[Row] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    used: float = 0
    stretches: int = 0

    def add(self, rows: Sequence[Row], blocks: Sequence[int]) -> None:
        """Put rows of these blocks below those that are there."""
        self.used += self._more(rows)
        self.rows += rows
        self.blocks += blocks

    def holds(self, rows: Sequence[Row], space: float) -> bool:
        """Is there room for more rows?"""
        return self.used + self._more(rows) <= space

    def _more(self, rows: Sequence[Row]) -> float:
        return height(rows) + (rows[0].before if self.rows and rows else 0)


def page_height(foot: Foot, room: Geometry, pages: int = 88) -> float:
    """The height that a page has for rows, in points; the widest page number decides how high the foot is."""
    return room.top - BOTTOM - foot_row(foot, room, pages, pages).height - room.edition.body * 0.6


def paginate(parts: Sequence[Part], room: Geometry, space: float) -> list[Sheet]:
    """Rows for each page; `space` is the height that a page has for them."""
    sheets = [Sheet()]
    for part in parts:
        if sheets[-1].rows and _wants_page(part, sheets[-1], room, space):
            sheets.append(Sheet())
        sheets[-1].stretches += part.stretch
        _fill(part, sheets, space)
    return sheets


def begins_page(section: Section | Part, room: Geometry) -> bool:
    """Does it always begin a page? In large and giant print every stretch does (P7)."""
    return section.fresh or (section.stretch and room.edition.stacked)


def _wants_page(part: Part, sheet: Sheet, room: Geometry, space: float) -> bool:
    """A new page for what asks for one, for one stretch too many, and for a stretch that would be split."""
    if begins_page(part, room):
        return True
    if not part.stretch:
        return False
    if sheet.stretches >= room.edition.stretches_a_page:
        return True
    return not sheet.holds(part.rows, space)


def _fill(part: Part, sheets: list[Sheet], space: float) -> None:
    """Place a part's rows, a group that holds together at a time."""
    at = 0
    for group in _groups(part.rows, part, sheets, space):
        if sheets[-1].rows and not sheets[-1].holds(group, space):
            sheets.append(Sheet(stretches=int(part.stretch)))
            if at:
                again = [*part.again, *group[0].repeat]
                sheets[-1].add(again, [part.blocks[at]] * len(again))
                group = spaced(group, 0) if part.again else group
        sheets[-1].add(group, part.blocks[at : at + len(group)])
        at += len(group)


def _groups(
    rows: Sequence[Row], part: Part, sheets: list[Sheet], space: float, level: Keep = Keep.SECTION
) -> Iterator[list[Row]]:
    """Rows that hold together, parted where they are longer than a page, at the weakest place that will do."""
    for group in _joined(rows, level):
        above = [] if group[0] is part.rows[0] else [*part.again, *group[0].repeat]
        fits_a_page = height([*above, *group]) <= space
        fills = sheets[-1].used > space * _FILLED[level]
        if sheets[-1].holds(group, space) or (fits_a_page and fills):
            yield group
        elif level < Keep.ONE:
            yield from _groups(group, part, sheets, space, Keep(level + 1))
        else:
            yield from ([row] for row in group)


def _joined(rows: Sequence[Row], level: Keep) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if row.keep < level:
            yield group
            group = []
    if group:
        yield group


@lru_cache(maxsize=768)
def foot_row(foot: Foot, room: Geometry, page: int, pages: int) -> Row:
    """The foot: a rule, the short disclaimer, the page number at the lower right, or at the outer edge (P6).

    It is as high on a left-hand page as on any other, so that two-sided paper changes no page.
    """
    style = room.edition.small_style
    number = Span(foot.page.format(page=page, pages=pages), Weight.BOLD, keep=True)
    wide = text_width(number.text, number.weight, style.size)
    lines = set_text((Span(foot.text),), style, room.width, Artifact.FOOTER)
    right = foot.right_hand(page)
    at = set_text((number,), style, wide + 1, Artifact.FOOTER, room.width - wide if right else 0)[0]
    gap = room.edition.body * 0.4
    # The number stands beside the last line where there is room for it, else on a line of its own.
    apart = wide + style.size * 2
    beside = lines[-1].width + apart <= room.width
    if beside and not right:
        lines = _right_of(
            lines, set_text((Span(foot.text),), style, room.width - apart, Artifact.FOOTER), room.width
        )
    tall = height(lines) + gap + (0 if beside else at.height)
    line = drawn(0, Mark(Artifact.FOOTER, artwork.rule(room.width, room.edition.stroke)))
    return abreast([line, *column(lines, 0, -gap), *column([at], 0, at.height - tall)], tall)


def _right_of(lines: Sequence[Row], narrow: Sequence[Row], width: float) -> list[Row]:
    """Lines that leave room at the left of the last one: all narrower where they stay as many, else it alone."""
    moved = narrow if len(narrow) == len(lines) else lines[-1:]
    right = width - max(row.width for row in moved)
    return [*lines[: len(lines) - len(moved)], *(shifted(row, right) for row in moved)]


def assemble(sheets: Sequence[Sheet], foot: Foot, room: Geometry) -> tuple[list[PageAt], frozenset[Glyph]]:
    """The pages, each with the number of its first block, and the glyphs on them."""
    pages, glyphs = [], []
    for index, sheet in enumerate(sheets):
        first = sheet.blocks[0]
        bottom = foot_row(foot, room, index + 1, len(sheets))
        under: Standing = (0, bottom.ink, None, BOTTOM + bottom.height, bottom.height)
        left = room.left_on(foot.right_hand(index + 1))
        page, used = _made((*_standing(sheet, first, room), under), room.paper, left)
        pages.append((first, page))
        glyphs.append(used)
    return pages, frozenset().union(*glyphs)


# Ink at its place: its block from the page's first, its frame, the upper edge on the page, its height.
Standing = tuple[int, Ink, Frame | None, float, float]


def _standing(sheet: Sheet, first: int, room: Geometry) -> Iterator[Standing]:
    """The rows of a page below each other."""
    y = room.top
    for index, (row, block) in enumerate(zip(sheet.rows, sheet.blocks, strict=True)):
        y -= row.before if index else 0
        yield block - first, row.ink, row.frame, y, row.height
        y -= row.height


@lru_cache(maxsize=768)
def _made(standing: tuple[Standing, ...], paper: Paper, left: float) -> tuple[Leaf, frozenset[Glyph]]:
    """A page ready for any file, and its glyphs: one that is the same in many files is made once a process."""
    marks = [(0, frame) for frame in _frames(standing, left)]
    links: list[Link] = []
    bookmarks: list[Bookmark] = []
    for block, ink, _, y, _ in standing:
        marks += [(block, mark) for mark in _painted(ink, left, y)]
        links += [Link(t.element, moved(t.box, left, y), t.address, t.words, block) for t in ink.touches]
        if ink.bookmark:
            bookmarks.append(Bookmark(ink.bookmark[0], y, ink.bookmark[1], block))
    page = Page(paper.width, paper.height, tuple(marks), tuple(links), tuple(bookmarks))
    return leaf(page), frozenset().union(*[ink.glyphs for _, ink, _, _, _ in standing])


@lru_cache(maxsize=2048)
def _painted(ink: Ink, x: float, y: float) -> tuple[Placed, ...]:
    """Ink at its place: the foot, and what is above a dose that has changed, stand there on many pages."""
    return tuple([mark.placed(x, y) for mark in ink.marks])


def _frames(standing: Iterable[Standing], left: float) -> Iterator[Placed]:
    """Boxes and bars round the rows of this page that carry them."""
    for (_, frame), group in groupby(standing, key=itemgetter(0, 2)):
        if frame is None:
            continue
        rows = list(group)
        (_, first, _, top, _), (_, last, _, y, height) = rows[0], rows[-1]
        tall = round(top - y + height, 2)
        if frame.bar:
            art = artwork.bar(frame.width, tall, frame.colour)
        else:
            # A box begins and ends with an empty row; where it goes on over a page it stays open.
            art = artwork.box(frame.width, tall, frame.stroke, frame.colour, (not first.marks, not last.marks))
        yield Mark(Artifact.LAYOUT, art).placed(left, top)
