"""Hands, from wrist to fingertips: their solids, and the few lines that part the fingers.

A hand's frame has x out of the palm and z from the fingertips to the wrist; lengths are those of the middle
stature, in metres. Fingers are three bones each, bent by a named shape or closed until they touch (`grasp.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handouts.figures.skeleton import Skeleton, sign
from handouts.figures.solids import Skin, Solid, egg, tube
from handouts.figures.vectors import Mat, Vec, across, turn_x, turn_y, unit, vec

_FINGERS = ((0.0305, 0.074), (0.0105, 0.083), (-0.0095, 0.078), (-0.0285, 0.062))  # across the palm, length
_PARTS = (0.46, 0.30, 0.24)  # of a finger's length
THICK = (0.0105, 0.0098, 0.0092, 0.0076)
_KNUCKLES = -0.086
_ARCH = (0.0, -0.004, -0.001, 0.006)  # of the knuckles, from the index on
THUMB = (0.0150, 0.0122, 0.0112, 0.0088)  # half-widths
_THUMB_LONG = (0.044, 0.033, 0.026)


Bends = tuple[float, float, float]  # degrees at a finger's three joints, from the palm on


@dataclass(frozen=True)
class Thumb:
    """How a thumb lies: degrees from beside the palm (0) to before it (90), away from the fingers, bent inward."""

    round: float = 20.0
    away: float = 38.0
    bends: tuple[float, float] = (16.0, 8.0)


@dataclass(frozen=True)
class Shape:
    """How each finger bends, from the index on, how far the fingers spread (degrees), and how the thumb lies."""

    fingers: tuple[Bends, Bends, Bends, Bends]
    spread: float
    thumb: Thumb = Thumb()


def alike(bends: Bends, spread: float, thumb: Thumb) -> Shape:
    """Fingers that do the same; towards the little finger they bend a little more, as in a hand at rest."""
    more = 2.5 if bends[0] > 10 else 0.0
    first, second, third, fourth = ((bends[0] + more * k, bends[1] + more * k, bends[2]) for k in range(4))
    return Shape((first, second, third, fourth), spread, thumb)


SHAPES = {
    "relaxed": alike((14, 24, 14), 2, Thumb(42, 34, (14, 14))),
    "flat": alike((2, 4, 2), 2, Thumb(8, 36, (16, 6))),
    "spread": alike((1, 3, 2), 18, Thumb(2, 66, (-6, -4))),
    "cup": alike((24, 30, 18), 2, Thumb(62, 38, (14, 14))),
    "hook": alike((40, 80, 45), 0, Thumb(30, 30, (16, 12))),
    "fist": alike((72, 92, 62), 0, Thumb(50, 54, (30, 60))),
    "thumb-out": alike((72, 92, 62), 0, Thumb(10, 62, (-4, -4))),
    "open": alike((2, 4, 2), 2, Thumb(6, 62, (-4, -4))),
}
_STRAIGHT = 55.0  # degrees: fingers bent less are parted by one line


@dataclass(frozen=True)
class Stroke3:
    """A line drawn on a body: points, the way it faces, a class of line, whose it is, and the part it lies on."""

    points: tuple[Vec, ...]
    outward: Vec
    name: str
    owner: int
    onto: str
    laid: bool = False  # already where it belongs: it is not sought on the surface
    within: float = 0.009  # metres: it shows unless something covers it by more
    turned: float = 0.14  # cosine between the way it faces and the eye, from which on it shows


def solids(skeleton: Skeleton, side: str, shape: Shape, skin: Skin) -> Iterator[Solid]:
    """Palm, four fingers and thumb."""
    hand = Form(skeleton, side, shape)
    axes, y = hand.axes, hand.thumbward
    front = axes[:, 0]
    yield tube(skin, hand.at(0, 0, 0.012), hand.at(0, -y * 0.001, -0.086), front,
               hand.all(0.027, 0.031, 0.037, 0.040, 0.0405), hand.all(0.019, 0.0175, 0.0155, 0.0135, 0.0115),
               hand.all(0.017, 0.0155, 0.0150, 0.0140, 0.0125), blend=0.010, caps=(0.02, 0.009))  # fmt: skip
    ball, heel = hand.all(0.030, 0.0145, 0.017), hand.all(0.034, 0.0115, 0.014)
    yield egg(skin, hand.at(0.006, y * 0.022, -0.036), axes, ball, blend=0.012)
    yield egg(skin, hand.at(0.005, -y * 0.023, -0.038), axes, heel, blend=0.012)
    for index in range(4):
        bones = hand.finger(index)
        for k, (a, b) in enumerate(pairwise(bones)):
            yield tube(skin, a, b, hand.bone(index, k)[:, 0], hand.all(THICK[k], THICK[k + 1]), blend=0.004)
    joints = hand.thumb()
    web = joints[0] * 0.35 + joints[1] * 0.65  # the skin between thumb and palm
    yield tube(skin, web, hand.at(0.001, y * 0.026, -0.058), axes[:, 0], hand.all(0.011, 0.010),
               hand.all(0.0085, 0.0085), blend=0.012)  # fmt: skip
    for k, (a, b) in enumerate(pairwise(joints)):
        yield tube(skin, a, b, axes[:, 1], hand.all(THUMB[k], THUMB[k + 1]), blend=(0.014, 0.007, 0.005)[k])


def strokes(skeleton: Skeleton, side: str, shape: Shape, owner: int) -> Iterator[Stroke3]:
    """The lines between the fingers, bone by bone: on the back of the hand and on the palm side."""
    hand = Form(skeleton, side, shape)
    if shape.spread > 8:
        return  # spread fingers have their own outlines
    for index in range(3):
        for outer in (-1, 1):
            yield from _parting(hand, index, outer, owner, f"arm_{side}")


def _parting(hand: Form, index: int, outer: int, owner: int, onto: str) -> Iterator[Stroke3]:
    """The line between two fingers on one side, from the web to the shorter one's tip."""
    one, two = hand.finger(index), hand.finger(index + 1)
    middle = [(a + b) / 2 for a, b in zip(one, two, strict=True)]
    out = [(hand.bone(index, k)[:, 0] + hand.bone(index + 1, k)[:, 0]) * (outer / 2) for k in range(3)]
    web = middle[0] + (middle[1] - middle[0]) * (0.25 if outer < 0 else 0.55)
    shorter = 0.9 if index < 2 else 0.6
    ends = [web, middle[1], middle[2], middle[2] + (middle[3] - middle[2]) * shorter]
    joint = [out[0], unit(out[0] + out[1]), unit(out[1] + out[2]), out[2]]
    faced = [unit(way) for way in out]
    lifted = [p + n * (0.0070 * hand.scale) for p, n in zip(ends, joint, strict=True)]
    bent = sum(hand.shape.fingers[index][1:])
    whole = [(tuple(lifted), faced[1])]
    for points, face in whole if bent < _STRAIGHT else zip(pairwise(lifted), faced, strict=True):
        yield Stroke3(points, face, "face", owner, onto, laid=True, within=0.0035, turned=0.36)


class Form:
    """The measures of one hand in its shape."""

    def __init__(self, skeleton: Skeleton, side: str, shape: Shape) -> None:
        self.skeleton, self.side = skeleton, side
        self.origin, self.axes = skeleton.joints[f"wrist_{side}"], skeleton.bones[f"hand_{side}"]
        self.thumbward, self.shape, self.scale = sign(side), shape, skeleton.build.scale

    def with_finger(self, index: int, bends: Sequence[float]) -> Form:
        """This hand with one finger bent otherwise."""
        fingers = list(self.shape.fingers)
        fingers[index] = (bends[0], bends[1], bends[2])
        one, two, three, four = fingers
        return Form(self.skeleton, self.side, replace(self.shape, fingers=(one, two, three, four)))

    def at(self, front: float, left: float, up: float) -> Vec:
        """A point of the hand."""
        point: Vec = self.origin + self.axes @ (vec(front, left, up) * self.scale)
        return point

    def all(self, *values: float) -> tuple[float, ...]:
        """Sizes of this hand."""
        return tuple(value * self.scale for value in values)

    def bone(self, index: int, k: int) -> Mat:
        """The frame of a finger's bone: 0 next to the palm."""
        bend = sum(self.shape.fingers[index][: k + 1])
        fan = self.thumbward * self.shape.spread * (1.5 - index) * 0.7
        turned: Mat = self.axes @ turn_x(fan) @ turn_y(-bend)
        return turned

    def finger(self, index: int) -> list[Vec]:
        """Knuckle, two joints and the tip."""
        aside, long = _FINGERS[index]
        points = [self.at(0.001, self.thumbward * aside, _KNUCKLES + _ARCH[index])]
        for k, part in enumerate(_PARTS):
            points.append(points[-1] - self.bone(index, k)[:, 2] * (long * part * self.scale))
        return points

    def thumb(self) -> list[Vec]:
        """Root, two joints and the tip."""
        thumb, y = self.shape.thumb, self.thumbward
        around, away = math.radians(thumb.round), math.radians(thumb.away)
        way = vec(math.sin(away) * math.sin(around), y * math.sin(away) * math.cos(around), -math.cos(away))
        inward = unit(across(vec(-0.25 * math.sin(around), -y, 0), way))
        points, turned = [self.at(0.004, y * 0.019, -0.014)], 0.0
        for bend, long in zip((0.0, *thumb.bends), _THUMB_LONG, strict=True):
            turned += math.radians(bend)
            bone = way * math.cos(turned) + inward * math.sin(turned)
            points.append(points[-1] + self.axes @ (bone * long * self.scale))
        return points


def through(skeleton: Skeleton, side: str) -> list[Vec]:
    """The way of a towel through a fist: in at the thumb's side, the middle, out at the little finger's."""
    hand = Form(skeleton, side, SHAPES["fist"])
    return [hand.at(0.022, hand.thumbward * aside, -0.074) for aside in (0.044, 0.0, -0.044)]
