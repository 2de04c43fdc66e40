"""Pictures above their steps, and the words after them below: how large, and what never parts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handouts import blocks as b
from handouts.layout.asides import aside
from handouts.layout.edition import Geometry
from handouts.layout.ink import set_text
from handouts.layout.lists import bonds, numbered_items, tied
from handouts.layout.plates import CLOSE, NEARLY, caption_height, plates, row_scale, scale, smallest
from handouts.layout.rows import Keep, Row, flat, height, kept, spaced
from handouts.pdf.tags import Element

Parts = list[list[Row]]  # the rows of each step, or of each paragraph
Group = tuple[list[tuple[b.Picture, ...]], Parts]  # pictures and steps that never part

_HAIR = 0.01  # points, for what adding up rounds


def words_after(block: b.Demonstration, room: Geometry, width: float) -> Parts:
    """Where to feel it, an easier and a harder way: each holds together."""
    feel = spaced(set_text(block.feel, room.edition.body_style, width, Element("P")), room.edition.gap)
    parts = [feel, *(aside(way, room, width) for way in block.ways)]
    return [kept(part, Keep.ONE) for part in parts if part]


def stacked(block: b.Demonstration, room: Geometry, width: float, tall: float) -> list[Row]:
    """Pictures above the steps, each above its own where they stand apart; the words after them below."""
    edition = room.edition
    parts = [(part, numbered_items(part.steps, room, width, part.first + 1)) for part in block.parts()]
    items = [item for _, steps in parts for item in steps]
    shown = [part for part, _ in parts if part.pictures]
    ranges = [(part.first, part.last) for part in shown]
    for place, _ in ranges:
        items[place] = spaced(items[place], edition.gap * 1.5)  # above the picture and below it
    bound = bonds(len(items), block.held, ranges)
    after = words_after(block, room, width)
    groups = [_group(place, items, bound, shown) for place, _ in ranges]
    everything = [part.pictures for part in shown], items
    size, whole = _agreed(groups, everything, after, room, width, tall)
    for part in shown:
        first = spaced(items[part.first], edition.gap * 0.5)
        items[part.first] = [*_above(part.pictures, room, width, size), *first]
    words = kept(flat([kept(part, Keep.ALWAYS, last=True) for part in after]))
    return kept(spaced([*tied(items, block.held, ranges, whole), *words], edition.gap), Keep.PART)


def _group(place: int, items: Parts, bound: set[int], shown: Sequence[b.Shown]) -> Group:
    """The pictures and steps that never part from the picture above a step."""
    first = last = place
    while first - 1 in bound:
        first -= 1
    while last in bound and last + 1 < len(items):
        last += 1
    return [part.pictures for part in shown if first <= part.first <= last], items[first : last + 1]


def _agreed(
    groups: Sequence[Group], everything: Group, after: Parts, room: Geometry, width: float, tall: float
) -> tuple[float, bool]:
    """Points a metre for all pictures, and whether the words after the steps never part from the last step.

    To have all on one page, or those words with the last picture, pictures get as small as nine tenths of C10.
    Where that is not enough the words have a page of their own, not just their last lines.
    """
    size = min(size_for(pictures, steps, room, width, tall) for pictures, steps in groups)
    least = min(size, NEARLY * min(smallest(shown, room) for shown in everything[0]))
    ends = [group for group in (everything, groups[-1]) if group[1][-1] is everything[1][-1]]
    for pictures, steps in ends:
        smaller = min(size, size_for(pictures, [*steps, *after], room, width, tall))
        if smaller >= least:
            return smaller, True
    return size, len(ends) == 1  # the last picture stands further up: there is room for the words


def size_for(
    groups: Sequence[Sequence[b.Picture]], parts: Parts, room: Geometry, width: float, tall: float
) -> float:
    """Points a metre that leave room on a page for steps and words, but not less than half of C10."""
    edition = room.edition
    rows = sum(1 if row_scale(group, room, width) else len(group) for group in groups)
    clear = tall - _HAIR - height(flat(parts)) - (rows - len(groups) + 0.5) * edition.gap
    pictures = [picture for group in groups for picture in group]
    each = clear / rows - caption_height(pictures, room) - CLOSE * edition.body
    beside = [row_scale(group, room, width) or math.inf for group in groups]
    return min(*beside, max(scale(pictures, room, width, each), smallest(pictures, room) / 2))


def _above(shown: Sequence[b.Picture], room: Geometry, width: float, size: float) -> list[Row]:
    """Pictures as rows that hold on to the step below, beside each other where they fit."""
    groups = [shown] if row_scale(shown, room, width) else [[picture] for picture in shown]
    rows = [row for group in groups for row in spaced([plates(group, room, size).row], room.edition.gap)]
    return kept(rows, Keep.ONE, last=True)
