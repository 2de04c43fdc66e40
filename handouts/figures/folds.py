"""The few lines that an artist adds: knees, folds of cloth, and the lines between toes.

Each is laid on the body where it should run; the scene brings it to the surface that is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handouts.figures.body import TOES, Body
from handouts.figures.hands import Stroke3
from handouts.figures.skeleton import SIDES, sign
from handouts.figures.vectors import Vec, turn_y, unit, vec


def strokes(body: Body) -> Iterator[Stroke3]:
    """All lines of one body but those of face and hands."""
    for side in SIDES:
        if body.clothes.leg <= 1:
            yield from _knee(body, side)
        if not body.clothes.shoes:
            yield from _toes(body, side)
        yield from _shirt(body, side)
        yield from _shorts(body, side)


def _knee(body: Body, side: str) -> Iterator[Stroke3]:
    bones, knee = body.skeleton.bones, body.skeleton.joints[f"knee_{side}"]
    ahead = unit(bones[f"thigh_{side}"][:, 0] + bones[f"shank_{side}"][:, 0])
    up = unit(bones[f"thigh_{side}"][:, 2] + bones[f"shank_{side}"][:, 2])
    left = bones[f"thigh_{side}"][:, 1]
    for out in (1, -1):
        points = [knee + ahead * 0.062 + up * z + left * (out * y)
                  for z, y in ((-0.008, 0.031), (-0.024, 0.027), (-0.036, 0.014))]  # fmt: skip
        yield Stroke3(tuple(points), unit(ahead + left * (out * 0.35)), "face", body.owner, f"leg_{side}")


def _toes(body: Body, side: str) -> Iterator[Stroke3]:
    """Between the toes, on the top of the foot and down their tips: they are seen from the front too."""
    bend = getattr(body.skeleton.pose, f"toes_{side}") or 0.0
    toes = body.skeleton.bones[f"foot_{side}"] @ turn_y(-bend)
    root, out = body.at(f"ankle_{side}", f"foot_{side}", 0.122, 0, -0.050), sign(side)
    for one, two in pairwise(TOES):
        aside, end = -out * (one[0] + two[0]) / 2 * 0.96, min(one[1], two[1]) + 0.004
        points = [
            root + toes @ vec(*place)
            for place in ((0.026, aside, 0.012), (end - 0.010, aside, 0.008), (end, aside, -0.004))
        ]
        yield Stroke3(tuple(points), unit(toes @ vec(0.6, 0, 0.8)), "face", body.owner, f"leg_{side}")


def _line(
    body: Body, bone: str, joint: str, onto: str, outward: Vec, *points: tuple[float, float, float]
) -> Stroke3:
    held = tuple(body.at(joint, bone, *point) for point in points)
    return Stroke3(held, unit(body.skeleton.bones[bone] @ outward), "face", body.owner, onto)


def _shirt(body: Body, side: str) -> Iterator[Stroke3]:
    """From the armpit down and in; on one side, up from the hem."""
    out, girth = sign(side), body.build.girth
    yield _line(body, "chest", "thorax", "torso", vec(0.75, out * 0.65, 0), (0.068, out * 0.146 * girth, 0.078),
                (0.088, out * 0.134 * girth, 0.062), (0.103, out * 0.116 * girth, 0.055))  # fmt: skip
    if side == "r":
        yield _line(body, "pelvis", "pelvis", "torso", vec(0.75, out * 0.65, 0), (0.080, out * 0.128 * girth,
            0.062),
                    (0.092, out * 0.116 * girth, 0.088), (0.098, out * 0.100 * girth, 0.106))  # fmt: skip


def _bend(body: Body, joint: str, upper: str, lower: str) -> float:
    """By how much a hinge is bent: 0 straight, 1 a right angle and more."""
    bones = body.skeleton.bones
    return max(0.0, min(1.0, 1.0 - float(bones[upper][:, 2] @ bones[lower][:, 2])))


def _shorts(body: Body, side: str) -> Iterator[Stroke3]:
    """Out from the groin; where cloth bunches when a hip or a clothed knee is bent."""
    out, bone, joint, part = sign(side), f"thigh_{side}", f"hip_{side}", f"leg_{side}"
    bent = _bend(body, joint, "pelvis", bone)
    if bent < 0.6:
        yield _line(body, bone, joint, part, vec(0.9, -out * 0.25, 0), (0.09, -out * 0.060, -0.062),
                    (0.095, -out * 0.036, -0.074), (0.093, -out * 0.012, -0.080))  # fmt: skip
    if bent > 0.3:
        for low, long in ((0.050, 0.030), (0.085, 0.018)):
            yield _line(body, bone, joint, part, vec(0.5, out * 0.85, 0), (0.060, out * 0.075, -low),
                        (0.060 - long * 0.6, out * 0.088, -low - 0.008), (0.056 - long * 1.6,
                            out * 0.094, -low - 0.022))  # fmt: skip
    if body.clothes.leg > 1 and _bend(body, joint, bone, f"shank_{side}") > 0.3:
        for low, long in ((0.025, 0.050), (0.060, 0.030)):
            yield _line(body, f"shank_{side}", f"knee_{side}", part, vec(-0.3, out, 0), (-0.050, out * 0.050,
                -low),
                        (-0.050 + long * 0.6, out * 0.062, -low - 0.004), (-0.050 + long,
                            out * 0.062, -low - 0.014))  # fmt: skip
