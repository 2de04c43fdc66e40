"""The ways an arm can bring a hand somewhere: all turns of its elbow, and how hard each is for the joints."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handouts.figures.skeleton import Skeleton, sign
from handouts.figures.vectors import Mat, Vec

# Of a wrist, a forearm and an upper arm, degrees: where it is at ease, how far from there it is half a burden, and
# the limits of what joints do.
_EASE = {
    "back": (12.0, 34.0, -70.0, 74.0), "aside": (-4.0, 15.0, -32.0, 20.0), "turn": (95.0, 60.0, -5.0, 178.0),
    "upper": (-10.0, 60.0, -92.0, 82.0),
}  # fmt: skip
_SWIVELS = np.radians(np.arange(0.0, 360.0, 10.0))
_TRIED = 2000  # of the easiest, how many are tried for room


def _burden(what: str, degrees: Vec) -> Vec:
    ease, half, least, most = _EASE[what]
    over = np.maximum(np.maximum(least - degrees, degrees - most), 0.0)
    return np.asarray(((degrees - ease) / half) ** 2 * 0.5 + (over / 5) ** 2)


class Arms:
    """All ways to bring a wrist to where a hand wants it: a row for each hand, the elbow swivelled round."""

    def __init__(self, skeleton: Skeleton, side: str, wrists: Vec, axes: Vec, pole: Vec) -> None:
        self.skeleton, self.side, self.axes = skeleton, side, axes
        build, self.start = skeleton.build, skeleton.joints[f"shoulder_{side}"]
        first, second = build.upper_arm, build.forearm
        way = wrists - self.start
        far = np.linalg.norm(way, axis=1)
        reached = np.clip(far, abs(first - second) * 1.02, (first + second) * 0.9995)
        self.missing = np.maximum(far - reached, 0)
        ahead = way / far[:, None]
        along = (first * first - second * second + reached * reached) / (2 * reached)
        self.aside = np.sqrt(np.maximum(first * first - along * along, 0.0))
        one = pole - (ahead @ pole)[:, None] * ahead
        one = one / np.maximum(np.linalg.norm(one, axis=1), 1e-6)[:, None]
        two = np.cross(ahead, one)
        self.bend = one[:, None] * np.cos(_SWIVELS)[:, None] + two[:, None] * np.sin(_SWIVELS)[:, None]
        self.ends = self.start + ahead * reached[:, None]
        self.elbows = (self.start + ahead * along[:, None])[:, None] + self.bend * self.aside[:, None, None]

    def costs(self, poled: float) -> Vec:
        """How hard each is for the joints, and how far the elbow is from where it belongs."""
        out, chest = sign(self.side), self.skeleton.bones["chest"]
        up = _units(self.elbows - self.ends[:, None])
        angles = _wrist(up, self.axes[:, None], out)
        fore, left = _front(up, -self.bend), self.axes[:, None, :, 1]
        sideways = np.cross(up, fore)
        turn = np.degrees(np.arctan2(out * (left * fore).sum(-1), (left * sideways).sum(-1)))
        upper = _units(self.start - self.elbows)
        swung = _swung(chest, upper)
        inner = _front(upper, -self.bend)
        rolled = np.degrees(np.arctan2(out * (inner * np.cross(upper, swung)).sum(-1), (inner * swung).sum(-1)))
        cost = _burden("back", angles[0]) * 1.6 + _burden("aside", angles[1]) * 1.6
        cost = cost + _burden("turn", np.where(turn < -90, turn + 360, turn)) + _burden("upper", rolled)
        cost = cost + poled * np.minimum(1, self.aside / 0.08)[:, None] * (1 - np.cos(_SWIVELS))
        lifted = np.degrees(np.arccos(np.clip(upper @ chest[:, 2], -1, 1)))
        cost = cost + (np.maximum(lifted - 75, 0) / 30) ** 2
        return np.asarray(cost + (self.missing[:, None] / 0.008) ** 2)

    def roomiest(self, costs: Vec, gap: Callable[[Vec], Vec]) -> tuple[int, int]:
        """The easiest one whose arm is in nothing: its row and its swivel."""
        order = np.argsort(costs, axis=None, kind="stable")[:_TRIED]
        rows, columns = np.unravel_index(order, costs.shape)
        elbow, end = self.elbows[rows, columns], self.ends[rows]
        girth = self.skeleton.build.girth * self.skeleton.build.scale
        burden = costs[rows, columns]
        for share, radius in ((-0.5, 0.020), (-0.25, 0.030), (0.0, 0.038), (0.3, 0.038), (0.65, 0.028)):
            towards = self.start - elbow if share < 0 else end - elbow
            deep = radius * girth - gap(elbow + towards * abs(share))
            burden = burden + (np.maximum(deep - 0.002, 0) / 0.006) ** 2
        best = int(np.argmin(burden))
        return int(rows[best]), int(columns[best])


def _units(vectors: Vec) -> Vec:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))


def _front(up: Vec, wanted: Vec) -> Vec:
    """The fronts of bones, as near to what is wanted as can be."""
    return _units(wanted - (wanted * up).sum(-1, keepdims=True) * up)


def _swung(chest: Mat, up: Vec) -> Vec:
    """The front of an upper arm that is swung there from hanging, without turning about itself."""
    ahead, high = chest[:, 0], chest[:, 2]
    share = (up @ ahead) / np.maximum(1 + up @ high, 0.05)
    return _front(up, ahead - share[..., None] * (high + up))


def _wrist(up: Vec, axes: Vec, out: int) -> tuple[Vec, Vec]:
    """How far wrists bend back, and to the thumb's side, in degrees; `up` runs from wrist to elbow."""
    x, y, z = ((up * axes[..., k]).sum(-1) for k in range(3))
    aside = np.degrees(np.arcsin(np.clip(out * y, -1, 1)))
    return np.degrees(np.arctan2(-x, z)), np.asarray(aside)
