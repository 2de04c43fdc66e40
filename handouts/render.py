"""Sections to the bytes of a file: laid out, put on pages, written. Needs no library and no YAML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handouts.blocks import Section
from handouts.layout.edition import Geometry
from handouts.layout.flow import repeated, section_rows
from handouts.layout.pages import Foot, Part, Sheet, assemble, begins_page, page_height, paginate
from handouts.layout.rows import Glyph
from handouts.pdf import writer
from handouts.pdf.metadata import Metadata
from handouts.pdf.structure import Branch, branches
from handouts.text.faces import FACES, Face
from handouts.text.subset import FontProgram, program, rounded

_LEAST_LAST = 0.3  # how much of a page the end of a part fills at least, so that none is all but empty


@dataclass(frozen=True)
class Laid:
    """The pages of a handout, ready for any file, and the glyphs they show."""

    branches: tuple[Branch, ...]
    shown: frozenset[Glyph]

    @property
    def pages(self) -> int:
        """How many there are."""
        return sum(len(branch.contents) for branch in self.branches)


def render(sections: Sequence[Section], foot: Foot, room: Geometry, meta: Metadata) -> bytes:
    """A file that is PDF/UA-1 and PDF/A-2a; the same input gives the same bytes."""
    return write(lay_out(sections, foot, room), meta)


def write(laid: Laid, meta: Metadata) -> bytes:
    """Pages as a file of their own."""
    return writer.write(laid.branches, fonts(laid.shown), meta)


def lay_out(sections: Sequence[Section], foot: Foot, room: Geometry) -> Laid:
    """Sections to rows to pages."""
    pages, shown = assemble(_sheets(sections, foot, room), foot, room)
    return Laid(tuple(branches(pages)), shown)


def _sheets(sections: Sequence[Section], foot: Foot, room: Geometry) -> list[Sheet]:
    sheets: list[Sheet] = []
    for widest in (88, 888, 8888):
        space = page_height(foot, room, widest)
        sheets = paginate([*_parts(sections, room, space)], room, space)
        if len(sheets) < widest + 12:  # as many digits
            break
    return sheets


def _parts(sections: Sequence[Section], room: Geometry, space: float) -> Iterator[Part]:
    """Each section's rows."""
    block = 0
    for section, after in zip(sections, [*sections[1:], None], strict=True):
        ends = after is None or begins_page(after, room) or (after.stretch and not section.stretch)
        rows, blocks = section_rows(section, room, space, space * _LEAST_LAST if ends else 0)
        numbered = tuple([block + own for own in blocks])
        yield Part(
            rows, numbered, repeated(section.name, room.enlarged(section.enlarged)), section.stretch, section.fresh
        )
        block += len(section.blocks)


def fonts(shown: Iterable[Glyph]) -> list[FontProgram]:
    """The shipped faces, cut to the glyphs that pages show."""
    usage: dict[Face, set[tuple[int, str]]] = defaultdict(set)
    for face, glyph, text in shown:
        usage[face].add((glyph, text))
    return [program(face, rounded(face, frozenset(usage[face]))) for face in FACES if face in usage]
