"""Where a hand goes for what it does: named holds, grips and resting places become a palm on a surface.

A place is a point and the surface's outward direction; where a limb or bar is held, its axis too. The palm lies
flat against the surface, the fingers run on from the forearm (square to the axis of what they close around).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from handouts.figures.arms import Arms
from handouts.figures.skeleton import Skeleton, direction, raise_shoulder, sign, two_bones
from handouts.figures.vectors import Mat, Vec, about, across, facing, frame, length, unit, vec
from handouts.poses import Hand

PALM = (0.0155, 0.0, -0.072)  # the middle of the palm in the hand's frame; metres
BAR_PALM = (0.0135, 0.0, -0.083)  # the same, over a bar: at the roots of the fingers
_THIN = 0.03  # metres: the radius up to which a thing is a bar
_SHORT = 0.004
Touch = Callable[[Vec, Vec], Vec]  # a point near a surface and its outward direction -> the point on it


@dataclass(frozen=True)
class Bar:
    """Something to close the hand around or over: an axis from a to b, a radius, and the side the palm is on."""

    a: Vec
    b: Vec
    radius: float
    normal: Vec


@dataclass(frozen=True)
class Place:
    """Where the palm goes. `radius` is that of what the fingers close around; None for a flat surface."""

    point: Vec
    normal: Vec
    axis: Vec | None = None
    radius: float | None = None
    ahead: Vec | None = None  # where the fingers should point
    free: float = 96.0  # degrees that the fingers may point aside of that
    slides: tuple[float, ...] = (0.0,)  # metres along the axis that it may lie aside


@dataclass(frozen=True)
class _Limb:
    """A place on a body: an offset (front, out, up) from a joint, in the frame of a bone."""

    joint: str
    bone: str
    offset: tuple[float, float, float]
    normal: tuple[float, float, float] | None  # None: the side that the hand comes from
    radius: float | None = None


_ROUND = None
LIMBS: dict[str, _Limb] = {
    "thigh": _Limb("knee", "thigh", (0.08, 0, 0.16), (1, 0, 0)),
    "behind the thigh": _Limb("knee", "thigh", (0, 0, 0.12), (-1, 0.15, 0), 0.066),
    "below the knee": _Limb("knee", "shank", (0, 0, -0.075), (1, 0.2, 0), 0.05),
    "knee": _Limb("knee", "thigh", (0.07, 0, 0.035), (1, 0, 0.1)),
    "shin": _Limb("knee", "shank", (0, 0, -0.15), (1, 0.2, 0), 0.055),
    "ankle": _Limb("ankle", "shank", (0, 0, 0.045), _ROUND, 0.038),
    "heel": _Limb("ankle", "foot", (-0.05, 0, -0.035), (-0.75, 0, -0.65), 0.05),
    "foot": _Limb("ankle", "foot", (0.105, 0, -0.05), (0, 0, -1), 0.05),
    "calf": _Limb("knee", "shank", (-0.05, 0, -0.15), (-1, 0, 0), 0.06),
    "upper-arm": _Limb("elbow", "upper_arm", (0, 0, 0.075), _ROUND, 0.045),
    "elbow": _Limb("elbow", "upper_arm", (0, 0, 0.015), _ROUND, 0.042),
    "forearm": _Limb("elbow", "forearm", (0, 0, -0.12), _ROUND, 0.04),
    "wrist": _Limb("wrist", "forearm", (0, 0, 0.02), _ROUND, 0.03),
    "hand": _Limb("wrist", "hand", (-0.015, 0, -0.07), (-1, 0, 0), 0.045),
    "fingers": _Limb("wrist", "hand", (0.014, 0, -0.135), (1, 0, 0), 0.03),
    "shoulder": _Limb("shoulder", "chest", (0.035, 0.03, 0.035), (0.6, 0.5, 0.65), 0.08),
    "head": _Limb("atlas", "head", (-0.01, 0.085, 0.12), (0, 1, 0.25)),
    "belly": _Limb("waist", "waist", (0.12, 0.02, 0.03), (1, 0, 0)),
    "chest": _Limb("thorax", "chest", (0.12, 0.05, 0.10), (1, 0, 0)),
    "hip": _Limb("pelvis", "pelvis", (0.02, 0.17, 0.07), (0, 1, 0.1)),
    "low-back": _Limb("waist", "waist", (-0.10, 0.05, 0.02), (-1, 0, 0)),
}
_UNSIDED = {"waist", "thorax", "pelvis", "atlas", "chest", "head"}


def on_body(name: str, of: Skeleton, side: str, hand: str, hand_from: Vec) -> Place:
    """A place on a body. `side` is whose limb; a place on the trunk is that of the hand's own side."""
    limb = LIMBS[name]
    joint, bone = _named(limb.joint, side), _named(limb.bone, side)
    outward = sign(side if name != "head" else hand)
    front, out, up = limb.offset
    point, axes = of.local(joint, bone, front, outward * out, up), of.bones[bone]
    along = axes[:, 2]
    if limb.normal is not None:
        x, y, z = limb.normal
        normal = unit(axes @ vec(x, outward * y, z))
    else:
        normal = unit(across(hand_from - point, along))
    if limb.radius is not None and name not in ("shoulder", "heel", "foot", "fingers"):
        return Place(point + normal * limb.radius, normal, along, limb.radius, free=24.0)
    return Place(point, normal, None, limb.radius)


def _named(what: str, side: str) -> str:
    return what if what in _UNSIDED else f"{what}_{side}"


def beside(bar: Bar, point: Vec) -> Vec:
    """The place on a bar's axis nearest to a point, a little off its ends."""
    axis, long = unit(bar.b - bar.a), length(bar.b - bar.a)
    spot: Vec = bar.a + axis * min(long - 0.05, max(0.05, float((point - bar.a) @ axis)))
    return spot


def on_bar(bar: Bar, hand_from: Vec, at: Vec | None) -> Place:
    """Over a bar: where `at` says, or about straight ahead of the shoulder, where there is room."""
    spot = beside(bar, hand_from if at is None else at)
    slides = [0.0]
    if at is None:
        slides += [s for s in (0.04, -0.04, 0.08, -0.08, 0.12, -0.12)
                   if length(beside(bar, spot + unit(bar.b - bar.a) * s) - spot) > abs(s) - 0.001]  # fmt: skip
    return Place(spot + bar.normal * bar.radius, bar.normal, unit(bar.b - bar.a), bar.radius, free=24.0,
                 slides=tuple(slides))  # fmt: skip


def on_end(bar: Bar, at: Vec | None) -> Place:
    """Along a bar, the fingers over its far end or where `at` says."""
    axis = unit(bar.b - bar.a)
    along = length(bar.b - bar.a) - 0.040 if at is None else float((at - bar.a) @ axis)
    return Place(bar.a + axis * along + bar.normal * bar.radius, bar.normal, ahead=axis, free=24.0)


@dataclass(frozen=True)
class Room:
    """What is round a hand: the surface at a point, and how far points are from what is not its own arm."""

    touch: Touch
    gap: Callable[[Vec], Vec]


def reach(skeleton: Skeleton, side: str, place: Place, hand: Hand, room: Room) -> None:
    """Bring a palm to a place: shoulder, elbow, wrist and hand follow, as easily as they can."""
    raise_shoulder(skeleton, side, place.point)
    ways = list(_ways(skeleton, side, place, hand, room))
    axes = np.array([way.axes for way in ways])
    palm = vec(*(BAR_PALM if place.radius and place.radius < _THIN else PALM)) * skeleton.build.scale
    wrists = np.array([way.point for way in ways]) - axes @ palm
    arms = Arms(skeleton, side, wrists, axes, _pole(skeleton, side, hand))
    costs = (
        arms.costs(6.0 if hand.elbow else _POLED[_lies(skeleton)]) + np.array([way.cost for way in ways])[:, None]
    )
    costs = costs + _buried(axes, wrists, skeleton.build.scale, room)[:, None]
    which, swivel = arms.roomiest(costs, room.gap)
    _settle(skeleton, side, arms.elbows[which, swivel], arms.ends[which])
    skeleton.bones[f"hand_{side}"] = axes[which]
    if (missing := float(arms.missing[which])) > _SHORT:
        skeleton.short.append(f"hand_{side} is {missing * 100:.1f} cm short of its place")


@dataclass(frozen=True)
class _Way:
    """One way to lay a palm on a place, and what is against it."""

    point: Vec
    axes: Mat
    cost: float


def _ways(skeleton: Skeleton, side: str, place: Place, hand: Hand, room: Room) -> Iterator[_Way]:
    """The palm slid along and rolled round what it holds, and turned on what it lies on."""
    ahead = _ahead(skeleton, side, place, hand)
    held = place.axis is not None and place.radius is not None
    free = 0.0 if hand.point else place.free
    senses = (1, -1) if held and not hand.point else (1,)
    turns = [(sense, float(turn)) for sense in senses for turn in np.arange(-free, free + 0.1, 12.0)]
    for point, normal, cost in _spots(place, room):
        for sense, turn in turns:
            fingers = about(normal, hand.turn * sign(side) + turn) @ (across(ahead, normal) * sense)
            aside = (turn / 45) ** 2 * 0.6 + (0.15 if sense < 0 else 0)
            yield _Way(point, facing(-normal, fingers), cost + aside)


def _spots(place: Place, room: Room) -> Iterator[tuple[Vec, Vec, float]]:
    """Where the palm may lie, the way the surface faces there, and what is against it."""
    if place.axis is None or place.radius is None:
        normal = _leaning(room.touch(place.point, place.normal), place.normal, room)
        yield room.touch(place.point, normal), normal, 0.0
        return
    for slide in place.slides:
        for roll in np.arange(-75.0, 76.0, 15.0):
            normal = about(unit(place.axis), float(roll)) @ place.normal
            point = place.point + (normal - place.normal) * place.radius + place.axis * slide
            cost = (roll / 60) ** 2 * 0.4 + (slide / 0.08) ** 2 * 0.4
            yield room.touch(point, normal), normal, float(cost)


def _leaning(point: Vec, normal: Vec, room: Room) -> Vec:
    """The way a palm faces that gives in to the slope of what it lies on."""
    steps = np.eye(3) * 0.012
    slope = unit(room.gap(point + steps) - room.gap(point - steps))
    return unit(normal + slope) if float(slope @ normal) > 0.5 else normal


def _ahead(skeleton: Skeleton, side: str, place: Place, hand: Hand) -> Vec:
    """Where the fingers should point: as said, square to what is held, or on from the shoulder."""
    chest, coming = skeleton.bones["chest"], place.point - skeleton.joints[f"shoulder_{side}"]
    if hand.point is not None:
        return direction(hand.point, side, chest)
    if place.ahead is not None:
        return place.ahead
    if place.axis is not None:
        square = np.cross(place.normal, place.axis)
        return unit(square if float(square @ coming) > 0 else -square)
    onward = across(unit(coming), place.normal)
    if length(onward) < 0.35:  # the arm comes straight at the surface
        onward = onward + across(chest[:, 0], place.normal)
    return unit(onward)


_FLESH = tuple((-0.002, across_, up) for across_ in (-0.028, 0.0, 0.028) for up in (-0.025, -0.055))


def _buried(axes: Vec, wrists: Vec, scale: float, room: Room) -> Vec:
    """How much a palm and its wrist are inside something."""
    points = wrists[:, None] + np.einsum("cij,kj->cki", axes, np.array(_FLESH) * scale)
    found = room.gap(points.reshape(-1, 3)).reshape(len(axes), -1)
    return np.asarray((np.maximum(0.010 - found, 0) / 0.006).max(axis=1) ** 2)


_POLED = {False: 1.2, True: 2.5}  # what it costs to turn the elbow from where it belongs, by whether one lies


def _lies(skeleton: Skeleton) -> bool:
    return skeleton.pose.base not in ("standing", "sitting", "long-sitting")


def _pole(skeleton: Skeleton, side: str, hand: Hand) -> Vec:
    """The way an elbow points: as said; outward when lying, else down and a little back and out."""
    lying = skeleton.pose.base not in ("standing", "sitting", "long-sitting")
    usual: Vec = skeleton.bones["chest"] @ (
        vec(-0.2, sign(side), -0.3) if lying else vec(-0.6, sign(side) * 0.5, -0.8)
    )
    if hand.elbow is None:
        return usual
    return direction(hand.elbow, side, skeleton.bones["chest"]) + 0.15 * usual


def _settle(skeleton: Skeleton, side: str, elbow: Vec, wrist: Vec) -> None:
    """Joints and bones of an arm whose elbow and wrist are known."""
    joints, bones = skeleton.joints, skeleton.bones
    start = joints[f"shoulder_{side}"]
    joints[f"elbow_{side}"], joints[f"wrist_{side}"] = elbow, wrist
    inside = (start + wrist) / 2 - elbow
    inside = inside if length(inside) > 0.01 else skeleton.bones["chest"][:, 0]
    bones[f"upper_arm_{side}"], bones[f"forearm_{side}"] = (
        frame(elbow - start, inside),
        frame(wrist - elbow, inside),
    )


def _arm_to(skeleton: Skeleton, side: str, wrist: Vec, hand: Hand) -> float:
    """Elbow and wrist for a wrist's target; the result is by how much it falls short, in metres."""
    build, start = skeleton.build, skeleton.joints[f"shoulder_{side}"]
    elbow, end, missing = two_bones(start, wrist, build.upper_arm, build.forearm, _pole(skeleton, side, hand))
    _settle(skeleton, side, elbow, end)
    return missing


def free(skeleton: Skeleton, side: str, hand: Hand, pull: Vec | None = None) -> None:
    """A hand that reaches to a point in the air, palm and fingers as named, else straight on from the forearm.

    A fist that pulls turns its thumb's side to where it pulls at, as far as a wrist goes.
    """
    at = hand.at or (0.0, 0.0, 1.0)
    point = vec(at[0], at[1], at[2] if len(at) > 2 else skeleton.surface)
    raise_shoulder(skeleton, side, point)
    missing = _arm_to(skeleton, side, point, hand)
    if missing > _SHORT:
        skeleton.short.append(f"hand_{side} is {missing * 100:.1f} cm short of its place")
    chest, lower = skeleton.bones["chest"], skeleton.bones[f"forearm_{side}"]
    fingers = direction(hand.point, side, chest) if hand.point else -lower[:, 2]
    palm = direction(hand.palm, side, chest) if hand.palm else lower[:, 0]
    axes = facing(across(palm, unit(fingers)), fingers)
    if pull is not None:
        axes = _pulling(-lower[:, 2], palm, unit(pull - point), side)
    skeleton.bones[f"hand_{side}"] = axes


_PULLED = 26.0  # degrees that a pulling wrist gives way to the side of the little finger


def _pulling(onward: Vec, palm: Vec, pull: Vec, side: str) -> Mat:
    """A fist on from the forearm, its thumb's side towards the pull."""
    facing_palm = unit(across(palm, onward))
    straight = facing(facing_palm, onward)
    thumb = straight[:, 1] * sign(side)
    turned = min(_PULLED, max(0.0, math.degrees(math.atan2(float(pull @ onward), float(pull @ thumb)))))
    fingers = onward * math.cos(math.radians(turned)) - thumb * math.sin(math.radians(turned))
    return facing(facing_palm, fingers)
