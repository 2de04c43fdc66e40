"""The pictures with their steps: beside each other or one above the other, as the edition has it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handouts import blocks as b
from handouts.layout.edition import MM, Geometry
from handouts.layout.ink import set_text
from handouts.layout.lists import bonds, numbered_items, tied
from handouts.layout.plates import Plates, plates, row_scale, scale, smallest
from handouts.layout.rows import Keep, Row, abreast, column, height, kept, spaced
from handouts.pdf.tags import Element

Items = list[list[Row]]  # the rows of each step

_COLUMN = 80 * MM  # of pictures beside the steps, at most: our choice, half of the widest line
_NEAR = 60 * MM  # from a picture to the step it shows, at most (C9)
_SLENDER = 64 * MM  # and where they stand below each other


def demonstration(block: b.Demonstration, room: Geometry, width: float) -> list[Row]:
    """Pictures, steps and where to feel it, in the way that takes least room."""
    if room.edition.stacked:
        return _stacked(block, room, width)
    ways = [*_beside_ways(block, room, width), _stacked(block, room, width)]
    return min(ways, key=height)


def stands_together(block: b.Demonstration, room: Geometry) -> bool:
    """Is there a place above the steps for all the pictures, on one page with the steps they show?"""
    if not room.edition.stacked:
        return True
    fits = row_scale(block.pictures, room, room.width)
    if not fits:
        return False
    last = max(picture.step for picture in block.pictures)
    if last >= block.held:
        return False  # those stay with the words after them, maybe on the next page
    before = height([row for item in numbered_items(block.steps, room, room.width)[:last] for row in item])
    return before + 2 * room.edition.gap + room.edition.small_style.pitch <= _NEAR


def usable(room: Geometry) -> float:
    """Height of a page that is surely there for a group of rows, in points: what its foot and head may leave."""
    edition = room.edition
    return room.top - edition.margin - 5 * edition.body * edition.pitch


def _stacked(block: b.Demonstration, room: Geometry, width: float) -> list[Row]:
    """Pictures above the steps, each above its own where they stand apart; where to feel it below."""
    edition = room.edition
    parts = [(part, numbered_items(part.steps, room, width, part.first + 1)) for part in block.parts()]
    shown = [(part, steps) for part, steps in parts if part.pictures]
    items = [item for _, steps in parts for item in steps]
    ranges = [(part.first, part.last) for part, _ in shown]
    bound = bonds(len(items), block.held, ranges)
    size = min(_size(part, items, bound, block.held, room, width) for part, _ in shown)
    for part, _ in shown:
        first = spaced(items[part.first], edition.gap * 0.5)
        items[part.first] = [*_above(part.pictures, room, width, size), *first]
    feel = spaced(set_text(block.feel, edition.body_style, width, Element("P")), edition.gap * 0.5)
    below = kept(feel, Keep.ALWAYS, last=True)  # with what follows: an easier way alone would begin a page
    return kept(spaced([*tied(items, block.held, ranges), *below], edition.gap), Keep.PART)


def _size(
    part: b.Shown, items: list[list[Row]], bound: set[int], held: int, room: Geometry, width: float
) -> float:
    """Points a metre that leave room for the steps that never part from these pictures.

    With the step that is held among them all the rest find room too, if that leaves the pictures large enough.
    """
    together = row_scale(part.pictures, room, width) or math.inf
    first, last = part.first, part.first
    while first - 1 in bound:
        first -= 1
    while last in bound and last + 1 < len(items):
        last += 1
    if part.last >= held:
        whole = _fitting(part.pictures, items[first:], room, width)
        if whole >= smallest(part.pictures, room):
            return min(together, whole)
    return min(together, _fitting(part.pictures, items[first : last + 1], room, width))


def _fitting(shown: Sequence[b.Picture], steps: Sequence[Sequence[Row]], room: Geometry, width: float) -> float:
    """Points a metre at which the pictures and some steps are no higher than a page."""
    edition = room.edition
    tall = usable(room) - height([row for step in steps for row in step]) - edition.gap
    lines = 1 if row_scale(shown, room, width) else len(shown)
    return scale(shown, room, width, tall / lines - edition.gap - edition.small_style.pitch)


def _above(shown: Sequence[b.Picture], room: Geometry, width: float, size: float) -> list[Row]:
    """Pictures as rows that hold on to the step below, beside each other where they fit."""
    groups = [shown] if row_scale(shown, room, width) else [[picture] for picture in shown]
    rows = [row for group in groups for row in spaced([plates(group, room, size).row], room.edition.gap)]
    return kept(rows, Keep.ALWAYS, last=True)


def _beside_ways(block: b.Demonstration, room: Geometry, width: float) -> list[list[Row]]:
    """Steps at the left, pictures and where to feel it at the right: one row, which no page can tear."""
    edition = room.edition
    tall = (room.top - edition.margin) * 0.8
    together = row_scale(block.pictures, room, _COLUMN)
    ways = [[plates(block.pictures, room, together)]] if together else []
    if len(block.pictures) > 1 or not ways:
        slender = scale(block.pictures, room, _SLENDER, tall / len(block.pictures))
        ways.append([plates([picture], room, slender) for picture in block.pictures])
    rows = [_beside(block, way, room, width) for way in ways]
    return [spaced([row], edition.gap) for row in rows if row.height < tall]


def _beside(block: b.Demonstration, shown: Sequence[Plates], room: Geometry, width: float) -> Row:
    edition = room.edition
    wide = max(edition.picture, *(plate.width for plate in shown))
    at = width - wide
    pictures = [row for plate in shown for row in spaced([plate.row], edition.gap)]
    steps = [row for item in numbered_items(block.steps, room, at - edition.body) for row in item]
    feel = set_text(block.feel, edition.small_style, wide, Element("P"), at)
    under = height(pictures) + edition.gap
    tall = max(height(steps), under + height(feel))
    # Painted in the order in which it is read: where to feel it comes last.
    return abreast([*column(pictures, at, 0), *column(steps, 0, 0), *column(feel, 0, -under)], tall)
