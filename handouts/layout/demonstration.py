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

_COLUMN = 90 * MM  # of pictures beside the steps, at most: our choice, the steps keep 34 characters
_NEAR = 60 * MM  # from a picture to the step it shows, at most (C9)
_SLENDER = 64 * MM  # and where they stand below each other


def demonstration(block: b.Demonstration, room: Geometry, width: float) -> list[Row]:
    """Pictures, steps and where to feel it: near each other (C9), and in the way that takes least room."""
    if room.edition.stacked:
        return _stacked(block, room, width)
    above = _stacked(block, room, width)
    ways = [*_beside_ways(block, room, width), (_far_above(block, room, width), above)]
    return min(ways, key=lambda way: (max(way[0], _NEAR), height(way[1])))[1]


def stands_together(block: b.Demonstration, room: Geometry) -> bool:
    """Is there a place above the steps for all the pictures, on one page with the steps they show?"""
    if not room.edition.stacked:
        return True
    if max(picture.step for picture in block.pictures) >= block.held:
        return False  # those stay with the words after them, maybe on the next page
    return _far_above(block, room, room.width) <= _NEAR


def _far_above(block: b.Demonstration, room: Geometry, width: float) -> float:
    """How far pictures that stand side by side above the steps are from the last step that they show."""
    if not row_scale(block.pictures, room, width):
        return math.inf
    last = max(picture.step for picture in block.pictures)
    before = height([row for item in numbered_items(block.steps, room, width)[:last] for row in item])
    return before + 2 * room.edition.gap + room.edition.small_style.pitch


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
    groups = [_group(place, items, bound, shown) for place, _ in ranges]
    size = min(_size(pictures, steps, room, width) for pictures, steps in groups)
    for part, _ in shown:
        first = spaced(items[part.first], edition.gap * 0.5)
        items[part.first] = [*_above(part.pictures, room, width, size), *first]
    feel = spaced(set_text(block.feel, edition.body_style, width, Element("P")), edition.gap * 0.5)
    below = kept(feel, Keep.ALWAYS, last=True)  # with what follows: an easier way alone would begin a page
    return kept(spaced([*tied(items, block.held, ranges), *below], edition.gap), Keep.PART)


def _group(
    place: int, items: Items, bound: set[int], shown: Sequence[tuple[b.Shown, Items]]
) -> tuple[list[tuple[b.Picture, ...]], Items]:
    """The pictures and steps that never part from the picture above a step."""
    first = last = place
    while first - 1 in bound:
        first -= 1
    while last in bound and last + 1 < len(items):
        last += 1
    pictures = [part.pictures for part, _ in shown if first <= part.first <= last]
    return pictures, items[first : last + 1]


def _size(groups: Sequence[Sequence[b.Picture]], steps: Items, room: Geometry, width: float) -> float:
    """Points a metre that leave room for the steps on the page of some pictures, but not less than half of C10."""
    edition = room.edition
    rows = sum(1 if row_scale(group, room, width) else len(group) for group in groups)
    tall = (usable(room) - height([row for step in steps for row in step])) / rows
    pictures = [picture for group in groups for picture in group]
    each = scale(pictures, room, width, tall - 2 * edition.gap - edition.small_style.pitch)
    beside = [row_scale(group, room, width) or math.inf for group in groups]
    return min(*beside, max(each, smallest(pictures, room) / 2))


def _above(shown: Sequence[b.Picture], room: Geometry, width: float, size: float) -> list[Row]:
    """Pictures as rows that hold on to the step below, beside each other where they fit."""
    groups = [shown] if row_scale(shown, room, width) else [[picture] for picture in shown]
    rows = [row for group in groups for row in spaced([plates(group, room, size).row], room.edition.gap)]
    return kept(rows, Keep.ONE, last=True)


def _beside_ways(block: b.Demonstration, room: Geometry, width: float) -> list[tuple[float, list[Row]]]:
    """Steps at the left, pictures and where to feel it at the right: one row, which no page can tear.

    Each way comes with how far a picture is from the step that it shows.
    """
    tall = (room.top - room.edition.margin) * 0.8
    together = row_scale(block.pictures, room, _COLUMN)
    ways = [[(block.pictures, plates(block.pictures, room, together))]] if together else []
    if len(block.pictures) > 1 or not ways:
        words = 2 * (room.edition.gap + room.edition.small_style.pitch)  # under each picture
        slender = scale(block.pictures, room, _SLENDER, tall / len(block.pictures) - words)
        ways.append([((picture,), plates([picture], room, slender)) for picture in block.pictures])
    found = [_beside(block, way, room, width) for way in ways]
    return [(far, spaced([row], room.edition.gap)) for far, row in found if row.height < tall]


def _beside(
    block: b.Demonstration, shown: Sequence[tuple[tuple[b.Picture, ...], Plates]], room: Geometry, width: float
) -> tuple[float, Row]:
    edition = room.edition
    wide = max(edition.picture, *(plate.width for _, plate in shown), 0)
    at = width - wide
    pictures = [row for _, plate in shown for row in spaced([plate.row], edition.gap)]
    items = numbered_items(block.steps, room, at - edition.body)
    steps = [row for item in items for row in item]
    feel = set_text(block.feel, edition.small_style, wide, Element("P"), at)
    under = height(pictures) + edition.gap
    tall = max(height(steps), under + height(feel))
    # Painted in the order in which it is read: where to feel it comes last.
    parts = [*column(pictures, at, 0), *column(steps, 0, 0), *column(feel, 0, -under)]
    return _far_beside(shown, items, edition.gap), abreast(parts, tall)


def _far_beside(shown: Sequence[tuple[tuple[b.Picture, ...], Plates]], items: Items, gap: float) -> float:
    """How far a picture is from the step beside it that it shows, at most: the one is higher or lower."""
    far = top = 0.0
    for pictures, plate in shown:
        for picture in pictures:
            above = height([row for item in items[: picture.step] for row in item])
            far = max(far, above - top - plate.height, top - above)
        top += plate.height + gap
    return far
