"""A hand that closes: fingers and thumb bend, joint after joint, until they touch what they hold or rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from handouts.figures.hands import SHAPES, THICK, THUMB, Bends, Form, Shape, Thumb, alike
from handouts.figures.skeleton import Skeleton
from handouts.figures.vectors import Vec

# How far joints may close (degrees), the thumb's two last: around what is held, and on what a hand only lies on.
_GRASP: tuple[float, ...] = (84, 96, 58, 62, 66)
_REST: tuple[float, ...] = (36, 34, 22, 24, 18)
_TRAIL = (8.0, 5.0)  # degrees: the joints beyond the one that closes
_OPEN = -24.0  # degrees: how far a finger bends back
_STEP = 3.0
_SOFT = 0.0022  # metres that flesh gives way
Gap = Callable[[Vec], Vec]  # rows of points -> how far each is from the nearest surface, metres


def closed(skeleton: Skeleton, side: str, gap: Gap, grasp: bool) -> Shape:
    """The hand closed until every finger touches: around what it holds, or laid on what it rests on."""
    limits = _GRASP if grasp else _REST
    shape = alike((0, 0, 0), 1.0, Thumb())
    found = [_finger_closed(Form(skeleton, side, shape), index, gap, limits) for index in range(4)]
    touching = [index for index, (_, touched) in enumerate(found) if touched]
    fingers = []
    for index in range(4):  # a finger that finds nothing does as the nearest one that does
        near = min(touching, key=lambda other, index=index: abs(other - index), default=None)  # type: ignore[misc]
        fingers.append(SHAPES["relaxed"].fingers[index] if near is None else found[near][0])
    one, two, three, four = _in_line(fingers)
    shape = Shape((one, two, three, four), shape.spread)
    return replace(shape, thumb=_thumb_closed(skeleton, side, shape, gap, limits))


def _in_line(fingers: list[Bends]) -> list[Bends]:
    """Fingers move as a group: no joint differs much from its neighbours'."""
    rows = np.array(fingers)
    middle = np.array([rows[max(0, i - 1) : i + 2].mean(axis=0) for i in range(4)])
    held = np.clip(rows, middle - 9, middle + 9)
    return [(float(a), float(b), float(c)) for a, b, c in held]


def _finger_closed(hand: Form, index: int, gap: Gap, limits: tuple[float, ...]) -> tuple[Bends, bool]:
    """Joint after joint until its bones touch; whether any did."""
    bends, touched = [0.0, *_TRAIL], False
    for k in range(3):
        angles = np.arange(_OPEN if k == 0 else 0.0, limits[k] + 0.1, _STEP)
        tries = [hand.with_finger(index, (*bends[:k], float(angle), *bends[k + 1 :])) for angle in angles]
        rooms = _rooms([one.finger(index)[k:] for one in tries], THICK[k:], hand.scale, gap)
        bends[k], met = _until(angles, rooms)
        touched |= met
    return (bends[0], bends[1], bends[2]), touched


def _rooms(lines: list[list[Vec]], thick: Sequence[float], scale: float, gap: Gap) -> Vec:
    """For each line of bones how much room is left round it, metres; below zero it is inside something."""
    shares = np.linspace(0.25, 1, 4)
    points = [a + (b - a) * t for line in lines for a, b in pairwise(line) for t in shares]
    radii = [a + (b - a) * t for a, b in pairwise(thick) for t in shares]
    found = gap(np.array(points)).reshape(len(lines), -1)
    room: Vec = (found - np.array(radii) * scale + _SOFT).min(axis=1)
    return room


def _until(angles: Vec, rooms: Vec) -> tuple[float, bool]:
    """The last angle before a joint's bones meet something, and whether they do."""
    inside = np.flatnonzero(rooms < 0)
    if not len(inside):
        return float(angles[-1]), False
    if inside[0] == 0:  # no room even when open: where there is most
        clear = np.flatnonzero(rooms >= 0)
        return float(
            angles[clear[0]] if len(clear) and clear[0] < 12 else angles[int(np.argmax(rooms[:12]))]
        ), True
    return float(angles[inside[0] - 1]), True


def _thumb_closed(skeleton: Skeleton, side: str, shape: Shape, gap: Gap, limits: tuple[float, ...]) -> Thumb:
    """As far before the palm as there is room, then bent until it touches."""

    def lines(thumbs: list[Thumb]) -> Vec:
        bones = [Form(skeleton, side, replace(shape, thumb=thumb)).thumb()[1:] for thumb in thumbs]
        return _rooms(bones, THUMB[1:], skeleton.build.scale, gap)

    rounds = np.arange(78.0, -25.0, -6.0)
    aways = (40.0, 50.0) if limits is _GRASP else (36.0,)
    starts = [Thumb(float(angle), away, (14.0, 8.0)) for away in aways for angle in rounds]
    rooms = lines(starts)
    clear = np.flatnonzero(rooms >= -0.001)
    thumb = starts[int(clear[0]) if len(clear) else int(np.argmax(rooms))]
    for k in range(2):
        angles = np.arange(thumb.bends[k], limits[3 + k] + 0.1, _STEP)
        tries = [replace(thumb, bends=(float(a), 8.0) if k == 0 else (thumb.bends[0], float(a))) for a in angles]
        bend, met = _until(angles, lines(tries))
        if not met:  # nothing to press against: a thumb at rest
            bend = (22.0, 18.0)[k]
        thumb = replace(thumb, bends=(bend, 8.0) if k == 0 else (thumb.bends[0], bend))
    return thumb
