"""Stairs of pixels made smooth: lines without wobble that keep their ends, their corners and their shape."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

Floats = NDArray[np.float64]

_AGREE, _DIFFER = 0.5, 1.1  # pixels between fine and coarse smoothing: the coarse is taken up to, and not from
# The corner of a thing: on both sides so many cracks are straight, in a band of so many stairs. In one row they
# need not be many; slanting they must be, or the tip of a finger would be a corner.
_SHARP = ((16, 1.0), (5, 0.0))
_BENT = 0.64  # cosine of the least turn of such a corner
_SLACK = 0.15  # pixels that a straight line may stray beyond the staircase that pixels make of it


def smoothed(points: Floats, fine: float, coarse: float) -> Floats:
    """A chain of corners of pixels without its stairs: as many points, ends and true corners kept."""
    closed = len(points) > 2 and bool((points[0] == points[-1]).all())
    turns = _turns(points, closed)
    if not closed:
        return _between(points, turns, fine, coarse)
    ring = _ring(points[:-1], turns, fine, coarse) if turns else _mixed(points[:-1], fine, coarse, ring=True)
    return np.vstack([ring, ring[:1]])


def _ring(points: Floats, turns: Sequence[int], fine: float, coarse: float) -> Floats:
    """A ring with corners, smoothed from each to the next."""
    start = turns[0]
    opened = np.roll(points, -start, axis=0)
    opened = _between(np.vstack([opened, opened[:1]]), [turn - start for turn in turns[1:]], fine, coarse)
    return np.roll(opened[:-1], start, axis=0)


def _turns(points: Floats, closed: bool) -> list[int]:
    """The corners of things, by number: where two straight stretches of cracks meet at an angle."""
    count = len(points) - 1 if closed else len(points)
    fits = {number: band for reach, slack in _SHARP for number, band in _sharp(points, closed, reach, slack)}
    found: list[int] = []
    for number in sorted(fits, key=lambda number: (fits[number], number)):
        apart = [abs(number - other) for other in found]
        if all(min(gap, count - gap) > 3 if closed else gap > 3 for gap in apart):
            found.append(number)
    return sorted(found)


def _sharp(points: Floats, closed: bool, reach: int, slack: float) -> list[tuple[int, float]]:
    """Points between two straight stretches of `reach` cracks, and how wide a band both of these fill."""
    if len(points) <= 2 * reach:
        return []
    body = np.pad(points[:-1], ((reach, reach), (0, 0)), mode="wrap") if closed else points
    views = np.lib.stride_tricks.sliding_window_view(body, reach + 1, axis=0)
    centred = views - views.mean(axis=2, keepdims=True)
    x, y = centred[:, 0], centred[:, 1]
    lean = np.arctan2(2 * (x * y).sum(axis=1), (x * x - y * y).sum(axis=1)) / 2
    sine, cosine = np.sin(lean), np.cos(lean)
    band = np.ptp(cosine[:, None] * y - sine[:, None] * x, axis=1)
    straight = band <= slack * (np.abs(sine) + np.abs(cosine)) + 1e-9
    way = np.sign(cosine * (x[:, -1] - x[:, 0]) + sine * (y[:, -1] - y[:, 0]))
    turned = way[:-reach] * way[reach:] * np.cos(lean[:-reach] - lean[reach:])
    found = np.flatnonzero(straight[:-reach] & straight[reach:] & (turned < _BENT))
    both = band[:-reach] + band[reach:]
    return [(int(number) + (0 if closed else reach), float(both[number])) for number in found]


def _between(points: Floats, turns: Sequence[int], fine: float, coarse: float) -> Floats:
    cuts = [0, *turns, len(points) - 1]
    pieces = [_piece(points[start : end + 1], fine, coarse) for start, end in pairwise(cuts)]
    return np.vstack([points[:1], *(piece[1:] for piece in pieces)])


def _piece(points: Floats, fine: float, coarse: float) -> Floats:
    if len(points) < 4 * fine or not _straight(points):
        return _mixed(points, fine, coarse, ring=False)
    way = points[-1] - points[0]
    along = np.clip((points - points[0]) @ way / (way @ way), 0.0, 1.0)
    return np.asarray(points[0] + along[:, None] * way)


def _straight(points: Floats) -> bool:
    """Whether the stairs are those of a straight line: never back, and in a band as wide as one stair."""
    steps = np.diff(points, axis=0)
    if ((steps.min(axis=0) < 0) & (steps.max(axis=0) > 0)).any():
        return False
    centred = points - points.mean(axis=0)
    normal = np.linalg.eigh(centred.T @ centred)[1][:, 0]
    return bool(np.ptp(centred @ normal) <= np.abs(normal).sum() + _SLACK)


def _mixed(points: Floats, fine: float, coarse: float, ring: bool) -> Floats:
    """Smoothed finely, and coarsely where that is nearly the same: no wobble, and no shape lost."""
    close = _filtered(points, fine, ring)
    if len(points) < (8.0 if ring else 4.5) * coarse:
        return close
    far = _filtered(points, coarse, ring)
    apart = np.hypot(*(close - far).T)
    share = np.clip((_DIFFER - apart) / (_DIFFER - _AGREE), 0.0, 1.0)
    share = gaussian_filter1d(share * share * (3 - 2 * share), 1.5 * fine, mode="wrap" if ring else "nearest")
    return np.asarray(close + share[:, None] * (far - close))


def _filtered(points: Floats, sigma: float, ring: bool) -> Floats:
    """A Gaussian, done a second time on what the first took away, so that round shapes do not shrink."""
    if ring:
        once = gaussian_filter1d(points, sigma, axis=0, mode="wrap")
        return np.asarray(2 * once - gaussian_filter1d(once, sigma, axis=0, mode="wrap"))
    # Mirrored in its end points an open line keeps them.
    reach = min(len(points) - 1, int(8 * sigma) + 1)
    wide = np.pad(points, ((reach, reach), (0, 0)), mode="reflect", reflect_type="odd")
    once = gaussian_filter1d(wide, sigma, axis=0, mode="nearest")
    twice = 2 * once - gaussian_filter1d(once, sigma, axis=0, mode="nearest")
    return np.vstack([points[:1], twice[reach + 1 : -reach - 1], points[-1:]])
