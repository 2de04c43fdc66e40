"""Towels and straps: from one hand around a limb to the other, and the ends that hang from the fists."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handouts.figures import hands, props
from handouts.figures.contact import surface
from handouts.figures.hands import Stroke3
from handouts.figures.skeleton import SIDES, Skeleton
from handouts.figures.solids import Skin, Solid
from handouts.figures.vectors import Vec, across, unit, vec
from handouts.poses import Prop

_BREADTH = {"towel": 0.036, "strap": 0.017}  # half of it, metres
_BUNCHED = 0.013  # where a fist holds it
_FOLDS = 0.03  # half the breadth from which cloth falls in folds
# What a band goes around besides a foot: joint, bone, the offset from the joint (front, out, up), metres.
_WAISTS: dict[str, tuple[str, str, tuple[float, float, float]]] = {
    "ankle": ("ankle", "shank", (0, 0, 0.055)),
    "thigh": ("knee", "thigh", (0, 0, 0.10)),
    "calf": ("knee", "shank", (0, 0, -0.14)),
    "wrist": ("wrist", "forearm", (0, 0, 0.02)),
    "hand": ("wrist", "hand", (0.004, 0, -0.088)),
}
# Under the ball of a foot and up both sides.
_UNDER = (
    (0.100, 0.057, -0.012), (0.108, 0.055, -0.050), (0.112, 0.034, -0.074), (0.114, 0, -0.078),
    (0.112, -0.034, -0.074), (0.108, -0.055, -0.050), (0.100, -0.057, -0.012),
)  # fmt: skip


def around(
    skeleton: Skeleton, what: str, prop: Prop, skin: Skin, body: NDArray[np.float64]
) -> tuple[list[list[Solid]], list[Stroke3]]:
    """The groups of a towel or strap around a limb (`foot_r`), and the folds of its ends.

    `body` holds the shapes of the person it goes around.
    """
    place, side = what[:-2], what[-1]
    half = _BREADTH[prop.kind]
    fists = {q: list(hands.through(skeleton, q)) for q in SIDES if q in prop.hands}
    left, right = fists.get("l", fists.get("r", [])), fists.get("r", fists.get("l", []))
    loop, breadth = _loop(skeleton, place, side, (left[0] + right[0]) / 2, body)
    straight, crossed = (math.dist(way[0], left[0]) + math.dist(way[-1], right[0]) for way in (loop, loop[::-1]))
    loop = loop if straight <= crossed else loop[::-1]
    points = [*reversed(left), *loop, *right]
    bunched = [min(half, _BUNCHED)] * 3
    ways = [_breadth(breadth, b - a) for a, b in pairwise(points)]
    groups = [props.band(skin, points, ways, [*bunched, *[half] * len(loop), *bunched])]
    strokes: list[Stroke3] = []
    for fist in fists.values():
        spots, level = _falling(skeleton, fist)
        widths = [min(half, wide) for wide in (0.012, 0.013, 0.018, 0.026, 0.031)]
        groups.append(props.band(skin, spots, [_breadth(level, b - a) for a, b in pairwise(spots)], widths))
        if half >= _FOLDS:
            strokes += _folds(spots, level, skin.owner)
    return groups, strokes


def _loop(
    skeleton: Skeleton, place: str, side: str, hands_at: Vec, body: NDArray[np.float64]
) -> tuple[list[Vec], Vec]:
    """The points around a limb, and the way the band's breadth runs there."""
    if place == "foot":
        points = [skeleton.local(f"ankle_{side}", f"foot_{side}", *offset) for offset in _UNDER]
        return points, skeleton.bones[f"foot_{side}"][:, 0]
    joint, bone, offset = _WAISTS[place]
    middle, axis = (
        skeleton.local(f"{joint}_{side}", f"{bone}_{side}", *offset),
        skeleton.bones[f"{bone}_{side}"][:, 2],
    )
    away = unit(across(middle - hands_at, axis))
    aside = np.cross(axis, away)
    turns = np.radians([100, 66, 33, 0, -33, -66, -100])
    ways = [away * math.cos(turn) + aside * math.sin(turn) for turn in turns]
    return [surface(body, middle + way * 0.045, way) + way * 0.004 for way in ways], axis


def _falling(skeleton: Skeleton, fist: list[Vec]) -> tuple[list[Vec], Vec]:
    """The end that hangs out of a fist: it falls open."""
    _, inside, out = fist
    chest = skeleton.bones["chest"]
    away, ahead = unit(out - inside), chest[:, 0]
    level = unit(vec(ahead[0], ahead[1], 0.0) if abs(ahead[2]) < 0.9 else chest[:, 2])
    falls = ((0.014, 0.0, 0.022), (0.016, 0.006, 0.070), (0.012, 0.010, 0.125))
    return [inside, out, *(out + away * a - level * b - vec(0, 0, c) for a, b, c in falls)], level


def _folds(spots: list[Vec], level: Vec, owner: int) -> Iterator[Stroke3]:
    """Two folds that run down an end, on both its faces."""
    faced = unit(np.cross(level, vec(0, 0, 1)))
    for outward in (faced, -faced):
        for shift, last in ((0.004, 0.55), (-0.006, 0.3)):
            below = spots[3] + (spots[4] - spots[3]) * last
            line = (spots[2] + level * shift, spots[3] + level * shift * 2.0, below + level * shift * 2.6)
            yield Stroke3(tuple(point + outward * 0.0055 for point in line), outward, "face", owner, "", laid=True)


def _breadth(wanted: Vec, along: Vec) -> Vec:
    """The way a band's breadth runs: as near to `wanted` as the band's own way allows."""
    square = across(wanted, unit(along))
    return unit(square) if float(square @ square) > 0.04 else unit(across(vec(0, 0, 1), unit(along)))
