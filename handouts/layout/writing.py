"""Lines to write on (F3)."""

from __future__ import annotations

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import Geometry
from handouts.layout.ink import set_text
from handouts.layout.rows import Keep, Row, drawn, flat, kept, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Element, written_field


def lines(block: b.Lines, room: Geometry, width: float) -> list[Row]:
    """Questions over their lines, all on one page."""
    parts = [_field(question, block, room, width) for question in block.questions]
    return kept(flat(parts), Keep.PART)


def _field(question: b.Spans, block: b.Lines, room: Geometry, width: float) -> list[Row]:
    """A question, and lines that are one field to a listener."""
    edition = room.edition
    asked = set_text(question, edition.body_style, width, Element("P"))
    rule = Mark(written_field(block.alt), artwork.rule(width, edition.stroke))
    line = drawn(edition.writing, rule.moved(0, edition.stroke - edition.writing))
    return spaced([*asked, *[line] * block.count], edition.gap)
