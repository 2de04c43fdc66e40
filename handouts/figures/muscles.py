"""Where a stretch is felt: a place on the body for each named muscle, with the tapering ends that muscles have.

A place, not an anatomical plate: it shows a reader where to attend. Ranges are ours, after where the muscles lie.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, binary_dilation, binary_opening, gaussian_filter, label

from handouts.figures.camera import Seen
from handouts.figures.edges import Labels
from handouts.figures.skeleton import Skeleton, sign
from handouts.figures.vectors import Mat, frame, length

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Around:
    """Along a limb's bone from `start` to `end` (shares of its length), `width` degrees each way of a direction.

    Directions round the limb: 0 front, 90 outer side, 180 back, -90 inner side.
    """

    joint: str
    bone: str
    end_joint: str
    start: float
    end: float
    facing: float
    width: float


@dataclass(frozen=True)
class Between:
    """An egg of about `radius` metres round the line between two places (joint, bone, offset front, out, up)."""

    one: tuple[str, str, tuple[float, float, float]]
    two: tuple[str, str, tuple[float, float, float]]
    radius: float
    parts: tuple[str, ...] = ("torso", "leg")
    shirt: bool = True  # whether it shows on a shirt that hangs over it


_TRUNK = ("torso", "arm", "neck")
MUSCLES: dict[str, tuple[Around | Between, ...]] = {
    "calf": (Around("knee", "shank", "ankle", 0.01, 0.70, 180, 122),),
    "achilles": (Around("knee", "shank", "ankle", 0.36, 0.98, 180, 110),),
    "hamstring": (Around("hip", "thigh", "knee", 0.14, 1.0, 180, 98),),
    "quadriceps": (Around("hip", "thigh", "knee", 0.14, 0.96, 0, 84),),
    "inner-thigh": (Around("hip", "thigh", "knee", 0.05, 0.95, -80, 60),),
    "biceps": (Around("shoulder", "upper_arm", "elbow", 0.20, 1.0, 0, 78),),
    "triceps": (Around("shoulder", "upper_arm", "elbow", 0.15, 0.97, 180, 80),),
    "forearm-front": (Around("elbow", "forearm", "wrist", 0.0, 0.88, 0, 82),),
    "forearm-back": (Around("elbow", "forearm", "wrist", 0.0, 0.88, 180, 82),),
    "hip-flexor": (Between(("pelvis", "pelvis", (0.10, 0.075, 0.07)), ("hip", "thigh", (0.10, 0, -0.12)), 0.066),),
    "outer-hip": (Between(("pelvis", "pelvis", (-0.015, 0.165, 0.08)), ("hip", "thigh", (0.0, 0.09, -0.11)),
        0.085),),
    "buttock": (Between(("pelvis", "pelvis", (-0.10, 0.075, 0.07)), ("hip", "thigh", (-0.09, 0.03, -0.07)),
        0.085, shirt=False),),
    "sole": (Between(("ankle", "foot", (-0.05, 0, -0.066)), ("ankle", "foot", (0.14, 0, -0.066)), 0.045,
        ("leg",)),),
    "palm": (Between(("wrist", "hand", (0.015, 0, -0.01)), ("wrist", "hand", (0.01, 0, -0.16)), 0.045, ("arm",)),),
    "neck": (
        Between(("atlas", "head", (-0.01, 0.055, 0.01)), ("neck", "chest", (-0.01, 0.055, -0.01)), 0.046, _TRUNK),
        Between(("neck", "chest", (-0.01, 0.05, -0.005)), ("shoulder", "chest", (0, -0.03, 0.05)), 0.050, _TRUNK),
    ),
    "chest": (Between(("thorax", "chest", (0.11, 0.035, 0.11)), ("shoulder", "chest", (0.04, -0.02, -0.03)),
        0.062, _TRUNK),),
    "shoulder": (Between(("shoulder", "chest", (0, -0.01, 0.05)), ("shoulder", "upper_arm", (0, 0.05,
        -0.12)), 0.06, _TRUNK),),
    "side-trunk": (Between(("thorax", "chest", (0, 0.15, 0.12)), ("pelvis", "pelvis", (0, 0.16, 0.10)), 0.07),),
    "upper-back": (Between(("thorax", "chest", (-0.10, 0.045, 0.16)), ("thorax", "chest", (-0.10, 0.045, 0.02)),
        0.06),),
    "low-back": (Between(("waist", "waist", (-0.10, 0.045, -0.10)), ("waist", "waist", (-0.10, 0.045, 0.14)),
        0.055),),
}  # fmt: skip
_UNSIDED = {"pelvis", "waist", "thorax", "chest", "neck", "atlas", "head"}
_FULL = 1.12  # by how much an egg is thicker than the rod that it stands for
_LEAST = 60  # pixels: less is a speck
_PIECE = 0.2  # of the largest piece of a patch: less of it is a speck


def patch(seen: Seen, labels: Labels, skeleton: Skeleton, muscle: str) -> Mask:
    """The pixels where a muscle (`calf_r`) lies under skin or cloth that is seen."""
    name, _, side = muscle.rpartition("_")
    points = seen.points()
    mask = np.zeros(seen.shape.shape, bool)
    for place in MUSCLES[name]:
        find = _around if isinstance(place, Around) else _between
        mask |= find(points, labels, skeleton, side, place)  # type: ignore[arg-type]
    return _soft(mask & (labels.owner == 1), labels.owner == 1)


def _soft(mask: Mask, body: Mask) -> Mask:
    """Without specks and jags, its ends round; never beyond the body."""
    whole = binary_opening(binary_closing(mask, iterations=3), iterations=3)
    soft: Mask = gaussian_filter(whole.astype(float), 5) > 0.5
    soft &= binary_dilation(whole, iterations=4) & body
    pieces, _ = label(soft)
    sizes = np.bincount(pieces.ravel())
    sizes[0] = 0
    return np.asarray((sizes > max(_LEAST, _PIECE * sizes.max(initial=0)))[pieces])


def _sided(name: str, side: str) -> str:
    return name if name in _UNSIDED else f"{name}_{side}"


def _of_parts(labels: Labels, side: str, parts: tuple[str, ...]) -> Mask:
    wanted = [i for i, part in enumerate(labels.parts) if part.startswith(parts) and not _other_side(part, side)]
    found: Mask = np.isin(labels.part, wanted)
    if "neck" in parts and "scarf" in labels.tones:  # a scarf covers neck and shoulders as a shirt does the trunk
        found |= labels.tone == labels.tones.index("scarf")
    return found


def _other_side(part: str, side: str) -> bool:
    return part.endswith("_l" if side == "r" else "_r")


def _swell(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """How wide a muscle is along its length: full in the middle, tapering to both ends."""
    inside = np.clip(share, 0, 1)
    return np.where((share > 0) & (share < 1), np.sin(np.pi * inside) ** 0.4, 0.0)


def _around(points: NDArray[np.float64], labels: Labels, skeleton: Skeleton, side: str, place: Around) -> Mask:
    start, end = skeleton.joints[f"{place.joint}_{side}"], skeleton.joints[f"{place.end_joint}_{side}"]
    axes = _axes(skeleton, side, place.bone)
    offset = points - start
    along = offset @ (-axes[:, 2]) / length(end - start)
    angle = np.degrees(np.arctan2(offset @ axes[:, 1] * sign(side), offset @ axes[:, 0]))
    away = np.abs((angle - place.facing + 180) % 360 - 180)
    share = (along - place.start) / (place.end - place.start)
    limb = _of_parts(labels, side, ("arm" if place.joint in ("shoulder", "elbow") else "leg",))
    if place.joint == "hip":  # the seat of trousers is part of the trunk; the other half of it is the other leg's
        pelvis = skeleton.bones["pelvis"][:, 1] * sign(side)
        own = (points - skeleton.joints["pelvis"]) @ pelvis > 0
        limb |= _of_parts(labels, side, ("torso",)) & own
    near = np.sqrt((offset**2).sum(-1) - (offset @ axes[:, 2]) ** 2) < 0.16
    return np.asarray(limb & near & (away <= place.width * _swell(share)))


def _axes(skeleton: Skeleton, side: str, bone: str) -> Mat:
    """A bone's frame; that of a forearm turns with its palm."""
    axes = skeleton.bones[f"{bone}_{side}"]
    if bone != "forearm":
        return axes
    return frame(-axes[:, 2], skeleton.bones[f"hand_{side}"][:, 0] + 0.3 * axes[:, 0])


def _between(points: NDArray[np.float64], labels: Labels, skeleton: Skeleton, side: str, place: Between) -> Mask:
    one, two = (_place(skeleton, side, *where) for where in (place.one, place.two))
    way = two - one
    half = length(way) / 2
    offset = points - (one + two) / 2
    along = offset @ (way / (2 * half))
    away = np.maximum((offset**2).sum(-1) - along**2, 0.0)
    # An egg round the line: muscles have no square ends.
    inside = (along / (half + place.radius)) ** 2 + away / (place.radius * _FULL) ** 2 < 1
    limb = _of_parts(labels, side, place.parts)
    if not place.shirt:
        limb &= ~np.isin(labels.tone, [i for i, tone in enumerate(labels.tones) if tone.startswith("top")])
    return np.asarray(limb & inside)


def _place(
    skeleton: Skeleton, side: str, joint: str, bone: str, offset: tuple[float, float, float]
) -> NDArray[np.float64]:
    front, out, up = offset
    return skeleton.local(_sided(joint, side), _sided(bone, side), front, sign(side) * out, up)
