"""A pose as joints and bones: forward from the angles, then backward for planted feet and reaching hands.

Joints are points, bones are frames (front, left, up of the bone when the body stands upright). Joint centres are
for the middle stature, in metres from the middle between the hips.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from handouts.figures.build import Build
from handouts.figures.vectors import (
    Mat,
    Vec,
    across,
    frame,
    length,
    turn_x,
    turn_y,
    turn_z,
    unit,
    vec,
)  # fmt: skip
from handouts.poses import Flexion, Foot, Lean, Neck, Person, Shoulder, Spine

SIDES = ("l", "r")
SOLE = 0.066  # the ankle's height over the sole, metres
_REACH = 0.9985  # of a straight limb: a locked joint looks stiff
_SHORT = 0.004  # metres: less is not seen

BASES: dict[str, tuple[Mat, dict[str, float]]] = {
    "standing": (np.eye(3), {}),
    "sitting": (np.eye(3), {"hip": 90, "knee": 90}),
    "long-sitting": (np.eye(3), {"hip": 90}),
    "supine": (turn_y(-90), {}),
    "prone": (turn_y(90), {}),
    "side-lying-right": (turn_y(-90) @ turn_z(-90), {}),
    "side-lying-left": (turn_y(-90) @ turn_z(90), {}),
}
# How high the hips' middle lies over what carries it, metres, for the middle girth.
_CARRIED = {
    "sitting": 0.100, "long-sitting": 0.100, "supine": 0.112, "prone": 0.108, "side-lying-right": 0.172,
    "side-lying-left": 0.172,
}  # fmt: skip
_BELLY = 0.5  # of a belly's depth: how far it lifts one who lies on it
_POINTS = {
    "heel": vec(-0.055, 0, -SOLE),
    "ball": vec(0.125, 0, -SOLE),
    "sole": vec(0.03, 0, -SOLE),
    "ankle": vec(0, 0, 0),
}


def sign(side: str) -> int:
    """1 for left, -1 for right: the way y runs."""
    return 1 if side == "l" else -1


@dataclass
class Skeleton:
    """Joints and bones of one person in a pose, and what could not be reached (in words)."""

    build: Build
    pose: Person
    surface: float  # height of what carries the person, metres
    joints: dict[str, Vec] = field(default_factory=dict)
    bones: dict[str, Mat] = field(default_factory=dict)
    short: list[str] = field(default_factory=list)

    def local(self, joint: str, bone: str, *offset: float) -> Vec:
        """A point at an offset from a joint, in the frame of a bone; metres of the middle stature."""
        return self.joints[joint] + self.bones[bone] @ (vec(*offset) * self.build.scale)


def solve(pose: Person, build: Build, surface: float, foot_surface: dict[str, float]) -> Skeleton:
    """The skeleton without its hands; `foot_surface` holds the height under each planted foot."""
    skeleton = Skeleton(build, pose, surface)
    turned, _ = BASES[pose.base]
    lean = pose.lean or Lean()
    root = turn_z(pose.facing or 0) @ turned @ turn_z(lean.roll) @ turn_y(lean.forward) @ turn_x(-lean.side)
    at = pose.at or (0.0, 0.0)
    carried = _CARRIED.get(pose.base, 0.53 * build.stature / build.girth) * build.girth
    if pose.base == "prone":
        carried += build.belly * _BELLY * build.girth
    height = at[2] if len(at) > 2 else surface + carried
    _forward(skeleton, vec(at[0], at[1], height), root)
    if pose.base == "standing" and len(at) < 3:
        _stand(skeleton, root, foot_surface)
    for side in SIDES:
        foot = getattr(pose, f"foot_{side}")
        if foot:
            _plant(skeleton, side, foot, foot_surface[side])
    return skeleton


def _stand(skeleton: Skeleton, root: Mat, foot_surface: dict[str, float]) -> None:
    """Lower the pelvis until every foot is in reach, and the free ones are on the floor."""
    middle, build = skeleton.joints["pelvis"], skeleton.build
    heights = []
    for side in SIDES:
        foot = getattr(skeleton.pose, f"foot_{side}")
        hip = skeleton.joints[f"hip_{side}"]
        if foot:
            ankle = _ankle(skeleton, side, foot, foot_surface[side])[1]
            limb = (build.thigh + build.shank) * _REACH
            aside = math.hypot(*(ankle - hip)[:2])
            heights.append(ankle[2] + math.sqrt(max(limb * limb - aside * aside, 0.01)) - (hip[2] - middle[2]))
        else:
            sole = min(skeleton.local(f"ankle_{side}", f"foot_{side}", x, 0, -SOLE)[2] for x in (-0.05, 0.15))
            heights.append(middle[2] + skeleton.surface - sole)
    crouch = skeleton.pose.crouch or 0
    _forward(skeleton, vec(middle[0], middle[1], min(heights) - crouch), root)


def _forward(skeleton: Skeleton, middle: Vec, root: Mat) -> None:
    """All joints and bones from the angles."""
    skeleton.joints["pelvis"], skeleton.bones["pelvis"] = middle, root
    _trunk(skeleton)
    for side in SIDES:
        _leg(skeleton, side)
        _arm(skeleton, side)


def _bent(part: Spine | Neck, share: float) -> Mat:
    return turn_z(part.twist * share) @ turn_y(part.flex * share) @ turn_x(-part.side * share)


def _trunk(skeleton: Skeleton) -> None:
    joints, bones, pose = skeleton.joints, skeleton.bones, skeleton.pose
    spine, neck = pose.spine or Spine(), pose.neck or Neck()
    joints["waist"] = skeleton.local("pelvis", "pelvis", 0, 0, 0.13)
    bones["waist"] = bones["pelvis"] @ _bent(spine, 0.5)
    joints["thorax"] = skeleton.local("waist", "waist", 0, 0, 0.15)
    bones["chest"] = bones["waist"] @ _bent(spine, 0.5)
    joints["neck"] = skeleton.local("thorax", "chest", -0.012, 0, 0.235)
    bones["neck"] = bones["chest"] @ turn_y(14 + neck.glide) @ _bent(neck, 0.45)  # a neck leans forward
    joints["atlas"] = skeleton.local("neck", "neck", 0, 0, 0.088)
    bones["head"] = bones["neck"] @ turn_y(-14 - neck.glide) @ _bent(neck, 0.55)


def _swing(angles: Flexion | Shoulder, side: str) -> Mat:
    return turn_y(-angles.flex) @ turn_x(sign(side) * angles.abd) @ turn_z(sign(side) * angles.rot)


def _angle(pose: Person, joint: str, side: str, otherwise: float) -> float:
    given: Any = getattr(pose, f"{joint}_{side}")
    return otherwise if given is None else float(given)


def _leg(skeleton: Skeleton, side: str) -> None:
    joints, bones, pose, build = skeleton.joints, skeleton.bones, skeleton.pose, skeleton.build
    usual = BASES[pose.base][1]
    hip = getattr(pose, f"hip_{side}") or Flexion()
    if "flex" not in hip.model_fields_set:
        hip = hip.model_copy(update={"flex": usual.get("hip", 0.0)})
    joints[f"hip_{side}"] = skeleton.local("pelvis", "pelvis", 0, sign(side) * 0.086 * build.hips, 0)
    thigh = bones[f"thigh_{side}"] = bones["pelvis"] @ _swing(hip, side)
    joints[f"knee_{side}"] = joints[f"hip_{side}"] + thigh @ vec(0, 0, -build.thigh)
    shank = bones[f"shank_{side}"] = thigh @ turn_y(_angle(pose, "knee", side, usual.get("knee", 0.0)))
    joints[f"ankle_{side}"] = joints[f"knee_{side}"] + shank @ vec(0, 0, -build.shank)
    bones[f"foot_{side}"] = shank @ turn_y(-_angle(pose, "ankle", side, 0.0)) @ turn_z(sign(side) * 4)


def _arm(skeleton: Skeleton, side: str) -> None:
    joints, bones, pose, build = skeleton.joints, skeleton.bones, skeleton.pose, skeleton.build
    arm: Shoulder = getattr(pose, f"shoulder_{side}") or Shoulder()
    # Above 60 degrees the shoulder itself climbs and comes in, else a raised arm looks out of joint.
    raised = max(min(1.0, max(0.0, (max(abs(arm.flex), arm.abd) - 60) / 120)), arm.shrug)
    _shoulder(skeleton, side, raised, arm.reach)
    upper = bones[f"upper_arm_{side}"] = bones["chest"] @ _swing(arm, side)
    joints[f"elbow_{side}"] = joints[f"shoulder_{side}"] + upper @ vec(0, 0, -build.upper_arm)
    lower = bones[f"forearm_{side}"] = upper @ turn_y(-_angle(pose, "elbow", side, 10.0))
    joints[f"wrist_{side}"] = joints[f"elbow_{side}"] + lower @ vec(0, 0, -build.forearm)
    palm_in = turn_z(-sign(side) * _angle(pose, "forearm", side, 70.0))
    bones[f"hand_{side}"] = lower @ palm_in @ turn_y(_angle(pose, "wrist", side, 0.0))


def _shoulder(skeleton: Skeleton, side: str, raised: float, reach: float) -> None:
    aside = sign(side) * (0.160 * skeleton.build.shoulders - 0.02 * raised)
    place = skeleton.local("thorax", "chest", -0.008 + 0.03 * reach, aside, 0.158 + 0.06 * raised)
    skeleton.joints[f"shoulder_{side}"] = place


def raise_shoulder(skeleton: Skeleton, side: str, target: Vec) -> None:
    """Lift the shoulder for a hand that reaches above it."""
    chest = skeleton.bones["chest"]
    _shoulder(skeleton, side, 0.0, 0.0)
    way = unit(target - skeleton.joints[f"shoulder_{side}"])
    raised = max(
        0.0, min(1.0, (math.degrees(math.acos(max(-1.0, min(1.0, float(way @ -chest[:, 2]))))) - 60) / 120)
    )
    forward = max(0.0, float(way @ chest[:, 0])) * 0.6
    arm: Shoulder = getattr(skeleton.pose, f"shoulder_{side}") or Shoulder()
    _shoulder(skeleton, side, max(raised, arm.shrug), arm.reach or forward)


def _ankle(skeleton: Skeleton, side: str, foot: Foot, surface: float) -> tuple[Mat, Vec]:
    """A planted foot's frame and its ankle."""
    usual = (skeleton.pose.facing or 0) + sign(side) * 5
    turned = turn_z(usual if foot.turn is None else foot.turn)
    axes = turned @ turn_x(-sign(side) * foot.tilt) @ turn_y(-foot.pitch)
    at = vec(foot.at[0], foot.at[1], foot.at[2] if len(foot.at) > 2 else surface)
    return axes, at - axes @ (_POINTS[foot.point] * skeleton.build.scale)


def _plant(skeleton: Skeleton, side: str, foot: Foot, surface: float) -> None:
    """Hip and knee for a foot that stands somewhere."""
    joints, bones, build = skeleton.joints, skeleton.bones, skeleton.build
    axes, target = _ankle(skeleton, side, foot, surface)
    if foot.knee is None:
        pole = axes @ vec(1, 0, 0) + 0.3 * bones["pelvis"] @ vec(1, 0, 0)
    else:
        pole = direction(foot.knee, side, bones["pelvis"], world=True)
    hip = joints[f"hip_{side}"]
    knee, ankle, missing = two_bones(hip, target, build.thigh, build.shank, pole)
    if missing > _SHORT:
        skeleton.short.append(f"foot_{side} is {missing * 100:.1f} cm short of its place")
    joints[f"knee_{side}"], joints[f"ankle_{side}"] = knee, ankle
    ahead = knee - (hip + ankle) / 2
    ahead = ahead if length(ahead) > 0.01 else pole
    bones[f"thigh_{side}"], bones[f"shank_{side}"] = frame(knee - hip, ahead), frame(ankle - knee, ahead)
    bones[f"foot_{side}"] = axes


def direction(way: str | tuple[float, float, float], side: str, axes: Mat, world: bool = False) -> Vec:
    """A named way as a vector: up and down are the world's; the others are those of the body's frame."""
    if not isinstance(way, str):
        return vec(*way)
    up = vec(0, 0, 1)
    if way in ("up", "down"):
        return up if way == "up" else -up
    local = {
        "forward": vec(1, 0, 0),
        "back": vec(-1, 0, 0),
        "out": vec(0, sign(side), 0),
        "in": vec(0, -sign(side), 0),
    }
    turned: Vec = axes @ local[way]
    return turned


def two_bones(start: Vec, target: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, Vec, float]:
    """The middle joint and the end of two bones that reach for a target, and by how much they fall short."""
    way = target - start
    distance = length(way)
    reached = min(distance, (first + second) * 0.9995)
    reached = max(reached, abs(first - second) * 1.02)
    ahead = way / max(distance, 1e-9)
    along = (first * first - second * second + reached * reached) / (2 * reached)
    aside = math.sqrt(max(first * first - along * along, 0.0))
    bend = across(pole, ahead)
    bend = unit(bend) if length(bend) > 1e-6 else unit(across(vec(0.3, 0.2, 1), ahead))
    return start + ahead * along + bend * aside, start + ahead * reached, max(0.0, distance - reached)
