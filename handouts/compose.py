"""The whole path, from a plan to the bytes of a file. Read this first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handouts.blocks import Heading, Section
from handouts.handout import resolve
from handouts.layout.edition import EDITIONS, PAPERS, Geometry
from handouts.layout.flow import heading, section_rows
from handouts.layout.pages import BOTTOM, Block, Foot, as_artifact, assemble, foot_row, paginate
from handouts.layout.rows import Glyph, Row, tail_held
from handouts.library import Library
from handouts.model import Language
from handouts.pdf.metadata import Metadata
from handouts.pdf.writer import write
from handouts.plan import Plan
from handouts.sheet import sections
from handouts.text.faces import FACES, Face
from handouts.text.subset import FontProgram, program

LANGUAGE_TAGS: dict[Language, str] = {"en": "en-US"}
_LEAST_LAST = 0.3  # how much of a page the end of a part fills at least, so that none is all but empty


def compose(plan: Plan, library: Library) -> bytes:
    """A plan and a library to a file that is PDF/UA-1 and PDF/A-2a. Raises HandoutError; writes nothing."""
    handout = resolve(plan, library)
    parts = sections(handout, library)
    room = Geometry(EDITIONS[handout.edition], PAPERS[handout.paper])
    foot = Foot(library.about.short[handout.language], library.phrases.page[handout.language])
    pages, bookmarks, glyphs = assemble(_pages(parts, foot, room), foot, room)
    title = handout.title or library.phrases.sheet_title[handout.language]
    meta = Metadata(title, LANGUAGE_TAGS[handout.language], handout.date)
    return write(pages, bookmarks, fonts(glyphs), meta)


def _pages(parts: Sequence[Section], foot: Foot, room: Geometry) -> list[list[Row]]:
    """Sections to rows to pages."""
    # The widest page number decides how high the foot is, and with it how much a page holds.
    space = room.top - BOTTOM - foot_row(foot, room, 88, 88).height - room.edition.body * 0.6
    afters = [*parts[1:], None]
    blocks = [_block(part, after, room, space) for part, after in zip(parts, afters, strict=True)]
    return paginate(blocks, room, space)


def _block(section: Section, after: Section | None, room: Geometry, space: float) -> Block:
    again = as_artifact(heading(Heading(3, section.name), room, room.width)) if section.name else ()
    rows = section_rows(section, room)
    if not after or after.fresh or (after.stretch and room.edition.stacked):
        rows = tail_held(rows, space * _LEAST_LAST)
    return Block(tuple(rows), again, section.stretch, section.fresh)


def fonts(glyphs: Iterable[Glyph]) -> list[FontProgram]:
    """The shipped faces, cut to the glyphs a document shows."""
    usage: dict[Face, set[tuple[int, str]]] = defaultdict(set)
    for face, glyph, text in glyphs:
        usage[face].add((glyph, text))
    return [program(face, frozenset(usage[face])) for face in FACES if face in usage]
