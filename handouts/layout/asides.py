"""Words beside a bar: a note, what to take care of, reasons not to start, an easier way."""

from __future__ import annotations

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import Edition, Geometry
from handouts.layout.ink import set_text
from handouts.layout.lists import bound, discs
from handouts.layout.rows import Frame, Keep, Row, abreast, column, drawn, framed, height, kept, shifted, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element


def aside(block: b.Aside, room: Geometry, width: float) -> list[Row]:
    """Paragraphs beside a bar."""
    edition = room.edition
    indent = edition.body * 0.9
    rows: list[Row] = []
    for spans in block.paragraphs:
        lines = set_text(spans, edition.body_style, width - indent, Element("P"), indent)
        rows += kept(spaced(lines, edition.gap), Keep.PART)
    near = spaced(rows, edition.gap * 0.5) if block.close else rows
    return framed(near, _bar(block.bar, edition))


def reasons(block: b.Reasons, room: Geometry, width: float) -> list[Row]:
    """A label over a list, beside a bar; a page ends between its items if it must."""
    edition = room.edition
    indent = edition.body * 0.9
    label = set_text(block.label, edition.body_style, width - indent, Element("P"))
    items = discs(block.items, edition.body * 0.15, room, width - indent)
    rows = kept([*kept(label, last=True), *bound(items)], Keep.SECTION)
    return spaced(framed([shifted(row, indent) for row in rows], _bar(block.bar, edition)), edition.gap)


def as_one(rows: list[Row]) -> list[Row]:
    """Rows with a bar as one row with its bar, to stand beside something; other rows as they are."""
    frame, tall = rows[0].frame, height(rows)
    if not frame:
        return rows
    bar = drawn(0, Mark(Artifact.LAYOUT, artwork.bar(frame.width, tall, frame.colour)))
    return [abreast([bar, *column(rows, 0, 0)], tall)._replace(before=rows[0].before)]


def _bar(colour: str, edition: Edition) -> Frame:
    return Frame(colour, edition.stroke, edition.body * 0.28, bar=True)
