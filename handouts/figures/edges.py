"""Between which pixels a line runs, and of which kind: the eye of the one who draws.

An outline parts a body from what is behind it; an overlap one limb from another; a hem two cloths; a crease is a
valley; things have outlines and edges of their own. The measures are ours, found by looking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from handouts.figures.camera import Seen
from handouts.figures.solids import BOX, ROD, Solid

OUTLINE, OVERLAP, HEM, CREASE, THING, EDGE = range(1, 7)
FAMILIES: Mapping[int, int] = {OUTLINE: 1, OVERLAP: 1, HEM: 2, CREASE: 3, THING: 4, EDGE: 5}
CLASS = {OUTLINE: "outline", OVERLAP: "overlap", HEM: "crease", CREASE: "crease", THING: "prop", EDGE: "crease"}

THINGS = 10  # owners from here on are things
_STEP_BODY, _STEP_THING = 0.0085, 0.006  # metres in depth that part two surfaces of one owner
_SLOPE = 3.2  # a rounded edge falls away this many pixels' worth of depth before it is a step
_CREASE = 0.72  # cosine between the normals of a valley
_SMOOTH = ("hand_", "toes_", "foot_", "head", "ear", "hair")  # their fine lines are drawn, not found
_ENDS = ("forearm_", "hand_", "shank_", "foot_")  # of limbs: where they touch the trunk, they lie on it

Where = tuple[slice, slice]


@dataclass(frozen=True)
class Labels:
    """What each pixel belongs to, by number."""

    owner: NDArray[np.int64]
    tone: NDArray[np.int64]
    part: NDArray[np.int64]
    bone: NDArray[np.int64]
    face: NDArray[np.int64]  # of a box or rod, so that its edges are crisp
    tones: tuple[str, ...]
    parts: tuple[str, ...]
    bones: tuple[str, ...]

    @property
    def body(self) -> NDArray[np.bool_]:
        """Where a person is."""
        return (self.owner > 0) & (self.owner < THINGS)

    def is_bone(self, *names: str) -> NDArray[np.bool_]:
        """Where the bone's name begins with one of these."""
        wanted = [i for i, bone in enumerate(self.bones) if bone.startswith(names)]
        return np.isin(self.bone, wanted)


def label(seen: Seen) -> Labels:
    """The labels of what is seen."""
    skins = [solid.skin for solid in seen.solids]
    tones, parts, bones = (
        tuple(sorted({getattr(skin, key) for skin in skins})) for key in ("tone", "part", "bone")
    )

    def spread(values: list[int]) -> NDArray[np.int64]:
        return np.where(seen.hit, np.array(values, np.int64)[seen.shape], -1)

    return Labels(
        np.where(seen.hit, np.array([skin.owner for skin in skins])[seen.shape], 0),
        spread([tones.index(skin.tone) for skin in skins]), spread([parts.index(skin.part) for skin in skins]),
        spread([bones.index(skin.bone) for skin in skins]), _faces(seen), tones, parts, bones,
    )  # fmt: skip


def _faces(seen: Seen) -> NDArray[np.int64]:
    """Which side of a box, or whether the end of a rod."""
    faces = np.zeros(seen.shape.shape, np.int64)
    for index in np.unique(seen.shape[seen.hit]):
        solid, here = seen.solids[index], seen.shape == index
        if solid.kind == BOX:
            axes = np.stack([solid.b, solid.front, np.cross(solid.b, solid.front)], 1)
            along = seen.normal[here] @ axes
            main = np.abs(along).argmax(1)
            faces[here] = 1 + main * 2 + (np.take_along_axis(along, main[:, None], 1)[:, 0] > 0)
        elif solid.kind == ROD:
            faces[here] = 1 + (np.abs(seen.normal[here] @ _axis(solid)) > 0.7)
        if solid.cuts and solid.skin.owner >= THINGS:
            cut = seen.normal[here] @ solid.cuts[0][1] > 0.9
            faces[here] = np.where(cut, 9, faces[here])
    return faces


def _axis(solid: Solid) -> NDArray[np.float64]:
    way = solid.b - solid.a
    return np.asarray(way / np.sqrt((way * way).sum()))


def cracks(seen: Seen, labels: Labels) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The kinds of the cracks between neighbours in a row, and between neighbours in a column."""
    every = slice(None)
    beside = _kinds(seen, labels, (every, slice(0, -1)), (every, slice(1, None)), seen.axes[0])
    below = _kinds(seen, labels, (slice(0, -1), every), (slice(1, None), every), -seen.axes[1])
    return _without_twins(beside, below)


def _kinds(seen: Seen, labels: Labels, one: Where, two: Where, way: Any) -> NDArray[np.int8]:
    owner, other = labels.owner[one], labels.owner[two]
    hit, hit_other = seen.hit[one], seen.hit[two]
    depth = np.where(seen.hit, seen.depth, 1e3)
    step = np.abs(depth[one] - depth[two])
    both = hit & hit_other
    same = both & (owner == other)
    body = labels.body[one]
    normal, next_normal = seen.normal[one], seen.normal[two]
    slope = np.minimum(_slope(seen, normal, way), _slope(seen, next_normal, way))
    threshold = np.where(body, _STEP_BODY, _STEP_THING) + _SLOPE * slope
    valley = ((next_normal - normal) @ way < 0) & ((normal * next_normal).sum(-1) < _CREASE)
    fine = labels.is_bone(*_SMOOTH)
    parts_apart = (labels.part[one] != labels.part[two]) & ~_neighbours(labels, one, two)
    thing = both & ~body & ~labels.body[two]
    kinds = np.zeros(owner.shape, np.int8)
    # Later lines win over earlier ones.
    kinds[same & body & (seen.shape[one] != seen.shape[two]) & valley & ~(fine[one] & fine[two])] = CREASE
    faces_apart = (labels.face[one] != labels.face[two]) & (seen.shape[one] == seen.shape[two])
    kinds[same & ~body & (faces_apart | (labels.part[one] != labels.part[two]))] = EDGE
    kinds[same & (labels.tone[one] != labels.tone[two])] = HEM
    kinds[same & body & parts_apart] = OVERLAP
    kinds[same & (step > threshold)] = OVERLAP
    in_hand = labels.is_bone("hand_")
    within = in_hand[one] & in_hand[two] & (labels.bone[one] == labels.bone[two])
    kinds[same & (step > threshold) & within] = CREASE  # fingers are a group: a thin line parts them
    kinds[both & (owner != other) & (step <= 0.05)] = OVERLAP
    kinds[both & (owner != other) & (step > 0.05)] = OUTLINE
    kinds[hit != hit_other] = OUTLINE
    things_only = (thing | ~both) & ~body & ~labels.body[two]
    kinds[things_only & ((kinds == OUTLINE) | (kinds == OVERLAP))] = THING
    return kinds


def _slope(seen: Seen, normal: NDArray[np.float64], way: Any) -> NDArray[np.float64]:
    """By how much a surface falls away over one pixel, metres."""
    return np.asarray(np.abs(normal @ way) / np.maximum(np.abs(normal @ seen.axes[2]), 0.02) * seen.pixel)


def _neighbours(labels: Labels, one: Where, two: Where) -> NDArray[np.bool_]:
    """Parts of a body that grow out of each other: everything grows out of the trunk but the ends of the limbs."""
    torso = labels.parts.index("torso") if "torso" in labels.parts else -2
    ends = labels.is_bone(*_ENDS)
    near = (labels.part[one] == torso) | (labels.part[two] == torso)
    return np.asarray(near & ~ends[one] & ~ends[two])


def _without_twins(beside: NDArray[np.int8], below: NDArray[np.int8]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Weak lines right beside strong ones only thicken them: out."""
    strong = np.zeros((beside.shape[0], below.shape[1]), bool)
    for kind in (OUTLINE, OVERLAP, THING):
        across, down = beside == kind, below == kind
        strong[:, :-1] |= across
        strong[:, 1:] |= across
        strong[:-1] |= down
        strong[1:] |= down
    far = distance_transform_edt(~strong)
    weak = (CREASE, EDGE)
    beside = np.where(np.isin(beside, weak) & (np.minimum(far[:, :-1], far[:, 1:]) <= 1.5), 0, beside)
    below = np.where(np.isin(below, weak) & (np.minimum(far[:-1], far[1:]) <= 1.5), 0, below)
    return beside.astype(np.int8), below.astype(np.int8)
