"""Sections to the bytes of a file: laid out, put on pages, written. Needs no library and no YAML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handouts.blocks import Block, Section
from handouts.layout.edition import Geometry
from handouts.layout.flow import repeated, section_rows
from handouts.layout.pages import Foot, Part, assemble, begins_page, page_height, paginate
from handouts.layout.rows import Glyph, Row, tail_held
from handouts.pdf.metadata import Metadata
from handouts.pdf.writer import write
from handouts.text.faces import FACES, Face
from handouts.text.subset import FontProgram, program

_LEAST_LAST = 0.3  # how much of a page the end of a part fills at least, so that none is all but empty


def render(sections: Sequence[Section], foot: Foot, room: Geometry, meta: Metadata) -> bytes:
    """A file that is PDF/UA-1 and PDF/A-2a; the same input gives the same bytes."""
    pages, bookmarks, glyphs = assemble(_pages(sections, foot, room), foot, room)
    return write(pages, bookmarks, _fonts(glyphs), meta)


def _pages(sections: Sequence[Section], foot: Foot, room: Geometry) -> list[list[Row]]:
    """Sections to rows to pages."""
    sheets: list[list[Row]] = []
    for widest in (88, 888, 8888):
        space = page_height(foot, room, widest)
        sheets = paginate(_parts(sections, room, space), room, space)
        if len(sheets) < widest + 12:  # as many digits
            break
    return sheets


def _parts(sections: Sequence[Section], room: Geometry, space: float) -> list[Part]:
    """Each section's rows."""
    seen: set[Block] = set()
    parts = []
    for section, after in zip(sections, [*sections[1:], None], strict=True):
        rows = section_rows(section, room, seen, space)
        if after is None or begins_page(after, room) or (after.stretch and not section.stretch):
            rows = tail_held(rows, space * _LEAST_LAST)
        parts.append(Part(tuple(rows), repeated(section.name, room), section.stretch, section.fresh))
    return parts


def _fonts(glyphs: Iterable[Glyph]) -> list[FontProgram]:
    """The shipped faces, cut to the glyphs a document shows."""
    usage: dict[Face, set[tuple[int, str]]] = defaultdict(set)
    for face, glyph, text in glyphs:
        usage[face].add((glyph, text))
    return [program(face, frozenset(usage[face])) for face in FACES if face in usage]
