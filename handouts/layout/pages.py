"""Rows to pages: one loop over what must stay together, then the feet, frames and bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from handouts.blocks import Section
from handouts.layout import artwork
from handouts.layout.edition import Geometry
from handouts.layout.ink import set_text
from handouts.layout.rows import Glyph, Keep, Row, Touch, abreast, column, height
from handouts.pdf.page import Bookmark, Link, Mark, Page, Placed
from handouts.pdf.tags import Artifact
from handouts.text.faces import Weight
from handouts.text.lines import Span, line_width, words

BOTTOM = 20.0  # lowest line of the foot, above the 6 mm that printers may not reach (P5)
_EMPTY = 0.4  # the part of a page that may stay empty to hold things together: our choice


@dataclass(frozen=True)
class Block:
    """A section's rows, and what the pages need to know of it."""

    rows: tuple[Row, ...]
    again: tuple[Row, ...]  # the heading to repeat where it goes on
    stretch: bool
    fresh: bool


@dataclass(frozen=True)
class Foot:
    """The words at the foot of every page; `page` has the places {page} and {pages}."""

    text: str
    page: str


@dataclass
class _Sheet:
    """A page being filled."""

    rows: list[Row] = field(default_factory=list)
    stretches: int = 0

    @property
    def used(self) -> float:
        return height(self.rows)


def paginate(blocks: Sequence[Block], room: Geometry, space: float) -> list[list[Row]]:
    """Rows for each page; `space` is the height that a page has for them."""
    sheets = [_Sheet()]
    for block in blocks:
        if sheets[-1].rows and _wants_page(block, sheets[-1], room, space):
            sheets.append(_Sheet())
        sheets[-1].stretches += block.stretch
        _fill(block, sheets, space)
    return [sheet.rows for sheet in sheets]


def begins_page(section: Section | Block, room: Geometry) -> bool:
    """Does it always begin a page? In large and giant print every stretch does (P7)."""
    return section.fresh or (section.stretch and room.edition.stacked)


def _wants_page(block: Block, sheet: _Sheet, room: Geometry, space: float) -> bool:
    """A new page for what asks for one, for one stretch too many, and for a stretch that would be split."""
    if begins_page(block, room):
        return True
    if not block.stretch:
        return False
    if sheet.stretches >= room.edition.stretches_a_page:
        return True
    return sheet.used + block.rows[0].before + height(block.rows) > space


def _fill(block: Block, sheets: list[_Sheet], space: float) -> None:
    """Place a block's rows, a group that holds together at a time."""
    begun = False
    for group in _groups(block.rows, sheets, space):
        sheet = sheets[-1]
        if sheet.rows and sheet.used + group[0].before + height(group) > space:
            sheets.append(_Sheet(stretches=int(block.stretch)))
            if begun:
                sheets[-1].rows += [*block.again, *group[0].repeat]
        sheets[-1].rows += group
        begun = True


def _groups(rows: Sequence[Row], sheets: list[_Sheet], space: float) -> Iterator[list[Row]]:
    """Rows that hold together.

    A group is parted where that is to be avoided when it is longer than a page, or when it would leave a
    good part of a page empty; and anywhere when even its parts are longer than a page.
    """
    for group in _joined(rows, Keep.AVOID):
        left = space - sheets[-1].used - group[0].before
        if height(group) <= left or (height(group) <= space and left < space * _EMPTY):
            yield group
            continue
        for part in _joined(group, Keep.NEVER):
            yield from [part] if height(part) <= space else [[row] for row in part]


def _joined(rows: Sequence[Row], level: Keep) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if row.keep < level:
            yield group
            group = []
    if group:
        yield group


@lru_cache(maxsize=1024)
def foot_row(foot: Foot, room: Geometry, page: int, pages: int) -> Row:
    """The foot: a rule, the short disclaimer at the left, the page number at the lower right (P6)."""
    style = room.edition.small_style
    number = Span(foot.page.format(page=page, pages=pages), Weight.BOLD, keep=True)
    wide = line_width(words((number,))) * style.size / 1000
    lines = set_text((Span(foot.text),), style, room.width, Artifact.FOOTER)
    right = set_text((number,), style, wide + 1, Artifact.FOOTER, room.width - wide)[0]
    gap = room.edition.body * 0.4
    # The number stands beside the last line where there is room for it, else on a line of its own.
    beside = lines[-1].width + wide + style.size * 2 <= room.width
    tall = height(lines) + gap + (0 if beside else right.height)
    line = Row(0, (Mark(Artifact.FOOTER, artwork.rule(room.width, room.edition.stroke)),))
    return abreast([line, *column(lines, 0, -gap), *column([right], 0, right.height - tall)], tall)


def assemble(
    sheets: Sequence[Sequence[Row]], foot: Foot, room: Geometry
) -> tuple[list[Page], list[Bookmark], frozenset[Glyph]]:
    """Pages, bookmarks, and all the glyphs on them."""
    pages: list[Page] = []
    bookmarks: list[Bookmark] = []
    glyphs: set[Glyph] = set()
    for index, rows in enumerate(sheets):
        bottom = foot_row(foot, room, index + 1, len(sheets))
        placed = [*_placed(rows, room), (bottom, BOTTOM + bottom.height)]
        marks = [*_frames(placed, room)]
        marks += [Placed(mark, room.left, y) for row, y in placed for mark in row.marks]
        links = [_link(touch, room, y) for row, y in placed for touch in row.touches]
        pages.append(Page(room.paper.width, room.paper.height, tuple(marks), tuple(links)))
        bookmarks += [Bookmark(row.bookmark[0], index, y, row.bookmark[1]) for row, y in placed if row.bookmark]
        glyphs.update(*(row.glyphs for row, _ in placed))
    return pages, bookmarks, frozenset(glyphs)


def _placed(rows: Sequence[Row], room: Geometry) -> list[tuple[Row, float]]:
    """Rows with the height of their upper edge on the page."""
    y, found = room.top, []
    for index, row in enumerate(rows):
        y -= row.before if index else 0
        found.append((row, y))
        y -= row.height
    return found


def _frames(placed: Iterable[tuple[Row, float]], room: Geometry) -> Iterator[Placed]:
    """Boxes and bars round the rows of this page that carry them."""
    for frame, group in groupby(placed, key=lambda item: item[0].frame):
        if frame is None:
            continue
        rows = list(group)
        top, bottom = rows[0][1], rows[-1][1] - rows[-1][0].height
        tall = round(top - bottom, 2)
        if frame.bar:
            art = artwork.bar(frame.width, tall, frame.colour)
        else:
            # A box begins and ends with an empty row; where it goes on over a page it stays open.
            sides = (not rows[0][0].marks, not rows[-1][0].marks)
            art = artwork.box(frame.width, tall, frame.stroke, frame.colour, sides)
        yield Placed(Mark(Artifact.LAYOUT, art), room.left, top)


def _link(touch: Touch, room: Geometry, y: float) -> Link:
    left, bottom, right, top = touch.box
    box = (left + room.left, bottom + y, right + room.left, top + y)
    return Link(touch.element, box, touch.address, touch.words)
