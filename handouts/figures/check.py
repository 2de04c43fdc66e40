"""What is wrong with a pose before anyone looks: what does not reach, floats, passes through or bends too far.

Measures in metres. Soft things give way a little; a floor does not. Found with points on the skin and the same
distances that the ray caster sees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from handouts.figures.contact import gaps
from handouts.figures.scene import OWNERS, Scene, compose
from handouts.figures.skeleton import SIDES, SOLE, Skeleton, sign
from handouts.figures.solids import EGG, TUBE, Solid, table
from handouts.figures.vectors import unit
from handouts.poses import Figures

Points = NDArray[np.float64]

# How far a body may sink in: into cloth and foam more than into wood. Everything else: nothing one could see.
SINKS = {"bed": 0.035, "pillow": 0.07, "mat": 0.02, "seat": 0.035, "roll": 0.025, "towel": 1.0, "ball": 0.012}
_HARD, _FLOOR, _LIMBS, _FLOATS = 0.012, 0.012, 0.03, 0.015
_LYING = ("supine", "prone", "side-lying-left", "side-lying-right")
_HEAD_FLOATS = 0.035
# Solved joints keep the limits that written ones have (poses.py).
_MOST_BENT = 150.0


def findings(stretch: str, figures: Figures) -> Iterator[str]:
    """All that is wrong with a stretch's pictures, in words."""
    for number, panel in enumerate(figures.panels, 1):
        scene = compose(stretch, figures, panel)
        for text in of_scene(scene):
            yield f"panel {number}: {text}"


def of_scene(scene: Scene) -> Iterator[str]:
    """All that is wrong with one scene."""
    yield from scene.short
    for name, skeleton in scene.people.items():
        yield from (f"{name}: {text}" for text in _bends(skeleton))
        yield from (f"{name}: {text}" for text in _through_things(scene, OWNERS[name]))
        yield from (f"{name}: {text}" for text in _through_bodies(scene, name))
        yield from (f"{name}: {text}" for text in _floats(scene, name))


def _bends(skeleton: Skeleton) -> Iterator[str]:
    """Knees and elbows that were solved, not written."""
    joints = skeleton.joints
    for side in SIDES:
        for what, chain in (("knee", ("hip", "knee", "ankle")), ("elbow", ("shoulder", "elbow", "wrist"))):
            a, b, c = (joints[f"{joint}_{side}"] for joint in chain)
            bent = math.degrees(math.acos(max(-1.0, min(1.0, float(unit(b - a) @ unit(c - b))))))
            if bent > _MOST_BENT:
                yield f"{what}_{side} bends: {bent:.0f} degrees, allowed 0 to {_MOST_BENT:.0f}"


def skin_points(solid: Solid) -> Points:
    """Points on the surface of a tube or egg, without what its cuts take away."""
    points = _tube_points(solid) if solid.kind == TUBE else _egg_points(solid)
    for point, away in solid.cuts:
        points = points[(points - point) @ away <= 0]
    return points


def _tube_points(solid: Solid) -> Points:
    left = np.cross(solid.front, unit(solid.b - solid.a))
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    along = np.linspace(0, 1, len(solid.widths))[:, None]
    deep = np.where(np.cos(angles) >= 0, solid.fronts[:, None], solid.backs[:, None]) * np.cos(angles)
    wide = solid.widths[:, None] * np.sin(angles)
    axis = solid.a + along * (solid.b - solid.a)
    return np.asarray(axis[:, None] + deep[..., None] * solid.front + wide[..., None] * left).reshape(-1, 3)


def _egg_points(solid: Solid) -> Points:
    left = np.cross(solid.b, solid.front)
    up, front, aside = solid.widths[:3]
    spins = np.arange(40) * 2.399963  # the golden angle: even over a ball
    heights = 1 - (np.arange(40) + 0.5) / 20
    rings = np.sqrt(1 - heights**2)
    ball = heights[:, None] * up * solid.b + (rings * np.cos(spins))[:, None] * front * solid.front
    return np.asarray(solid.a + ball + (rings * np.sin(spins))[:, None] * aside * left)


def _depths(points: Points, solids: Sequence[Solid]) -> NDArray[np.float64]:
    """How far each point is from the nearest of the solids; below zero inside."""
    return gaps(table(solids), points) if solids and len(points) else np.full(len(points), np.inf)


def _body(scene: Scene, owner: int, *parts: str) -> list[Solid]:
    """The solids of a person; of some parts, if any are named."""
    return [solid for solid in scene.solids if solid.skin.owner == owner and solid.kind in (TUBE, EGG)
            and (not parts or solid.skin.part.startswith(parts))]  # fmt: skip


def _points(solids: Sequence[Solid]) -> Points:
    return np.vstack([skin_points(solid) for solid in solids]) if solids else np.empty((0, 3))


def _through_things(scene: Scene, owner: int) -> Iterator[str]:
    """Parts of a body inside a thing, or under the floor."""
    things: dict[str, list[Solid]] = {}
    for solid in scene.solids:
        if solid.skin.owner >= 10:
            things.setdefault(solid.skin.tone, []).append(solid)
    for part in sorted({solid.skin.part for solid in _body(scene, owner)}):
        points = _points([solid for solid in _body(scene, owner) if solid.skin.part == part])
        if len(points) and points[:, 2].min() < -_FLOOR:
            yield f"{part} is {-points[:, 2].min() * 100:.1f} cm under the floor"
        for tone, solids in things.items():
            depth = -float(_depths(points, solids).min(initial=np.inf))
            if depth > SINKS.get(tone, _HARD):
                yield f"{part} is {depth * 100:.1f} cm inside the {tone}"


def _through_bodies(scene: Scene, name: str) -> Iterator[str]:
    """Hands and forearms inside a leg, trunk or head; the other person's too."""
    owner = OWNERS[name]
    for side in SIDES:
        arm = [solid for solid in _body(scene, owner, f"arm_{side}")
               if solid.skin.bone.startswith(("forearm", "hand"))]  # fmt: skip
        points = _points(arm)
        for other in scene.people:
            for part in ("leg_l", "leg_r", "head", "hair") + (("torso",) if other != name else ()):
                depth = -float(_depths(points, _body(scene, OWNERS[other], part)).min(initial=np.inf))
                if depth > _LIMBS:
                    yield f"arm_{side} is {depth * 100:.1f} cm inside {other}'s {part}"


def _floats(scene: Scene, name: str) -> Iterator[str]:
    """What should rest on something and does not."""
    owner, skeleton = OWNERS[name], scene.people[name]
    things = [solid for solid in scene.solids if solid.skin.owner >= 10 and solid.skin.tone != "towel"]
    if skeleton.pose.base != "standing":
        gap = _gap(_points(_body(scene, owner, "torso", "leg")), things)
        if gap > _FLOATS:
            yield f"floats {gap * 100:.1f} cm over what carries it"
    if skeleton.pose.base in _LYING:
        gap = _gap(_points(_body(scene, owner, "head", "hair")), [*things, *_body(scene, owner, "arm")])
        if gap > _HEAD_FLOATS:
            yield f"head floats {gap * 100:.1f} cm over what carries it"
    for side in SIDES:
        yield from _loose_foot(scene, name, side, things)
        yield from _loose_hand(scene, name, side)


def _gap(points: Points, things: Sequence[Solid]) -> float:
    """How far points are from what carries them: the nearest thing or the floor."""
    return min(float(_depths(points, things).min(initial=np.inf)), float(points[:, 2].min(initial=np.inf)))


def _loose_foot(scene: Scene, name: str, side: str, things: Sequence[Solid]) -> Iterator[str]:
    """A planted foot, or one that stands by the base, off the ground."""
    skeleton = scene.people[name]
    foot = getattr(skeleton.pose, f"foot_{side}")
    free = getattr(skeleton.pose, f"knee_{side}") is not None or getattr(skeleton.pose, f"hip_{side}") is not None
    if foot is None and (skeleton.pose.base != "standing" or free):
        return
    if foot is not None and len(foot.at) > 2 and foot.rest is None:
        return  # its height is written: it may be held or on its way
    soles = np.array([skeleton.local(f"ankle_{side}", f"foot_{side}", x, y * sign(side), -SOLE)
                      for x in (-0.05, 0.05, 0.13) for y in (-0.03, 0, 0.03)])  # fmt: skip
    gap = _gap(soles, things)
    if gap > _FLOATS:
        yield f"foot_{side} floats {gap * 100:.1f} cm over what it stands on"


def _loose_hand(scene: Scene, name: str, side: str) -> Iterator[str]:
    """A hand that holds or lies on something and does not touch it."""
    hand = getattr(scene.people[name].pose, f"hand_{side}")
    if hand is None or not (hand.hold or hand.lay):
        return
    palm = [solid for solid in _body(scene, OWNERS[name], f"arm_{side}") if solid.skin.bone.startswith("hand")]
    others = [solid for solid in scene.solids
              if not (solid.skin.owner == OWNERS[name] and solid.skin.part == f"arm_{side}")]  # fmt: skip
    gap = float(_depths(_points(palm), others).min(initial=np.inf))
    if hand.lay == "floor":
        gap = min(gap, float(_points(palm)[:, 2].min()))
    if gap > _FLOATS:
        yield f"hand_{side} floats {gap * 100:.1f} cm over what it holds"
