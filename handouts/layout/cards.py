"""A stretch in short, for a page that hangs: name and dose, a picture at their right, a rule above."""

from __future__ import annotations

from dataclasses import replace

from handouts import blocks as b
from handouts.layout import artwork
from handouts.layout.edition import Geometry
from handouts.layout.headings import heading
from handouts.layout.ink import set_text
from handouts.layout.plates import Plates, plates, smallest
from handouts.layout.rows import Row, abreast, column, drawn, flat, height, spaced
from handouts.pdf.page import Mark
from handouts.pdf.tags import Artifact, Element

_AIR = 0.3  # body sizes from a rule to what is below it, and from that to the next rule
_WIDEST = 0.42  # of the width: the words keep the rest


def card(block: b.Card, room: Geometry, width: float) -> list[Row]:
    """One row, so that no page tears it."""
    edition = room.edition
    air = edition.body * _AIR
    shown = _shown(block, room, width * _WIDEST)
    inner = width - (shown.width + edition.body if shown else 0)
    head = heading(block.heading, room, inner)
    dose = set_text(block.dose, edition.body_style, inner, Element("P"))
    words = flat([head, spaced(dose, edition.gap * 0.2)])
    picture = column([shown.row], width - shown.width, -air) if shown else []
    tall = max(height(words), shown.tallest if shown else 0) + 2 * air
    rule = drawn(0, Mark(Artifact.LAYOUT, artwork.rule(width, edition.stroke)))
    row = abreast([rule, *column(words, 0, -air), *picture], tall)
    return [row._replace(ink=replace(row.ink, bookmark=head[0].ink.bookmark), before=air)]


def _shown(block: b.Card, room: Geometry, widest: float) -> Plates | None:
    if not block.picture:
        return None
    pictures, drawing = (block.picture,), block.picture.drawing
    share = min(block.share, widest / drawing.width * max(drawing.width, drawing.height) / room.edition.picture)
    return plates(pictures, room, smallest(pictures, room) * share)
