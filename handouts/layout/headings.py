"""Headings, and the number of a stretch on its badge."""

from __future__ import annotations

from dataclasses import replace

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import BLUE, WHITE, Geometry, Style
from handouts.layout.ink import set_text, text_width
from handouts.layout.rows import Row, abreast, kept, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element
from handouts.text.faces import Weight
from handouts.text.lines import Span


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
        mark = (f"{block.badge} {block.text}".strip(), element)
        rows[0] = rows[0]._replace(ink=replace(rows[0].ink, bookmark=mark))
    return kept(spaced(rows, edition.gap * 1.2), last=True)


def _badge(text: str, style: Style, element: Element) -> Row:
    """A stretch's number, white on a disc no taller than its line: else it would stand in the margin (P2)."""
    diameter = style.pitch
    x = (diameter - text_width(text, Weight.BOLD, style.size)) / 2
    row = set_text((Span(text, Weight.BOLD, WHITE),), style, diameter, element, x)[0]
    disc = Mark(Artifact.LAYOUT, artwork.disc(diameter))
    return row._replace(ink=replace(row.ink, marks=(disc, *row.ink.marks)))
