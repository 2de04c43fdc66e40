"""The pictures, the steps and the words after them: beside each other or one above the other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from handouts import blocks as b
from handouts.layout.asides import as_one
from handouts.layout.edition import MM, Geometry
from handouts.layout.lists import numbered_items
from handouts.layout.plates import NEARLY, Plates, caption_height, plates, row_scale, scale, smallest
from handouts.layout.rows import Row, abreast, column, flat, height, kept, spaced
from handouts.layout.stacked import Parts, size_for, stacked, words_after

Way = tuple[float, list[Row]]  # how far a picture is from the step it shows at most, and the rows

_COLUMN = 90 * MM  # of pictures beside the steps, at most: our choice, the steps keep 34 characters
_NEAR = 60 * MM  # from a picture to the step it shows, at most (C9)
_SLENDER = 64 * MM  # and where they stand below each other
_BETWEEN = 0.5  # gaps between pictures under each other, a caption among them
_SHARES = (1.0, 0.975, 0.95, 0.925, NEARLY)  # of C10, tried in turn


def demonstration(block: b.Demonstration, room: Geometry, width: float, tall: float) -> list[Row]:
    """Pictures, steps and the words after them, near each other (C9); `tall` is the height they had better fit.

    In standard print that is what is left of a page under the warnings, else a page on which a stretch goes on.
    """
    if room.edition.stacked:
        return stacked(block, room, width, tall)
    above = (_far_above(block, room, width), stacked(block, room, width, tall))
    largest: list[Way] = []
    for size in _sizes(block, room):
        ways = [*_beside_ways(block, room, width, size), above]
        fitting = [rows for far, rows in ways if far <= _NEAR and height(rows) <= tall]
        if fitting:
            return min(fitting, key=height)
        largest = largest or ways
    return min(largest, key=lambda way: (max(way[0], _NEAR), height(way[1])))[1]


def stands_together(block: b.Demonstration, room: Geometry, tall: float) -> bool:
    """Is there a place above the steps for all the pictures, on one page with the steps they show?"""
    if not room.edition.stacked:
        return True
    if _far_above(block, room, room.width) > _NEAR:
        return False
    if max(picture.step for picture in block.pictures) < block.held:
        return True
    # What is held stays with the words after it, so all of it has to fit.
    steps = [*numbered_items(block.steps, room, room.width), *words_after(block, room, room.width)]
    return size_for([block.pictures], steps, room, room.width, tall) >= NEARLY * smallest(block.pictures, room)


def _far_above(block: b.Demonstration, room: Geometry, width: float) -> float:
    """How far pictures that stand side by side above the steps are from the last step that they show."""
    if not row_scale(block.pictures, room, width):
        return math.inf
    last = max(picture.step for picture in block.pictures)
    before = height(flat(numbered_items(block.steps, room, width)[:last]))
    return before + 2 * room.edition.gap + caption_height(block.pictures, room)


def _sizes(block: b.Demonstration, room: Geometry) -> Iterator[float]:
    """Points a metre for pictures beside the steps, the largest first: down to nine tenths of C10.

    Smaller still where that many would be too tall under each other.
    """
    least, count = smallest(block.pictures, room), len(block.pictures)
    caption = caption_height(block.pictures, room) + room.edition.gap
    largest = scale(block.pictures, room, _SLENDER, _tallest(room) / count - caption)
    yield largest
    yield from (least * share for share in _SHARES if least * share < largest)


def _tallest(room: Geometry) -> float:
    """Height of one row, at most: our choice, it has to go on a page under a name."""
    return (room.top - room.edition.margin) * 0.8


def _beside_ways(block: b.Demonstration, room: Geometry, width: float, size: float) -> Iterator[Way]:
    """Steps at the left, pictures side by side or under each other at the right: a row that no page can tear."""
    apart = tuple((picture,) for picture in block.pictures)
    for groups in dict.fromkeys(((block.pictures,), apart)):
        shown = [plates(group, room, size) for group in groups]
        wide = max(plate.width for plate in shown)
        if wide <= _COLUMN:
            steps = numbered_items(block.steps, room, width - wide - room.edition.body)
            rows = _beside(block, shown, steps, room, width)
            if rows:
                yield _far_beside(groups, shown, steps, room), rows


def _beside(
    block: b.Demonstration, shown: Sequence[Plates], steps: Parts, room: Geometry, width: float
) -> list[Row]:
    """None, some or all of the words after the steps stand beside the pictures too, the rest below both.

    As it is lowest; nothing where it is too tall in every way. Only that one is painted.
    """
    gap, wide = room.edition.gap, max(plate.width for plate in shown)
    pictures = [row for plate in shown for row in spaced([plate.row], _BETWEEN * gap)]
    after, below = words_after(block, room, width - wide - room.edition.body), words_after(block, room, width)
    columns = [flat([*steps, *map(as_one, after[:count])]) for count in range(len(after) + 1)]
    tall = [max(height(pictures), height(rows)) for rows in columns]
    ways = [spaced([Row(high), *flat(below[count:])], gap) for count, high in enumerate(tall)]
    low = [count for count, high in enumerate(tall) if high <= _tallest(room)]
    if not low:
        return []
    best = min(low, key=lambda count: height(ways[count]))
    # Painted in the order in which it is read: pictures, steps, the words after them.
    parts = [*column(pictures, width - wide, 0), *column(columns[best], 0, 0)]
    return kept(spaced([abreast(parts, tall[best]), *ways[best][1:]], gap))


def _far_beside(
    groups: Sequence[tuple[b.Picture, ...]], shown: Sequence[Plates], steps: Parts, room: Geometry
) -> float:
    """How far a picture is from the step beside it that it shows, at most: the one is higher or lower."""
    far = top = 0.0
    for pictures, plate in zip(groups, shown, strict=True):
        for picture in pictures:
            above = height(flat(steps[: picture.step]))
            far = max(far, above - top - plate.tallest, top - above)
        top += plate.height + _BETWEEN * room.edition.gap
    return far
