"""Arrows: the way something moves between two panels, or from one point by a distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handouts.figures.curves import spline
from handouts.figures.vectors import Mat

Line = NDArray[np.float64]

_TAIL, _NECK, _HEAD, _HALF_HEAD = 0.009, 0.014, 0.075, 0.036  # metres of the scene
_RIM = 0.012  # metres between an arrow and the ring of a close view


def bent(start: Line, end: Line, bend: float) -> Line:
    """A line in the plane of the picture, bulging to its left by a share of its length."""
    middle = (start + end) / 2
    aside = np.array([-(end - start)[1], (end - start)[0]]) * bend
    t = np.linspace(0, 1, 21)[:, None]
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * (middle + 2 * aside) + t * t * end)


def through(points: list[NDArray[np.float64]], axes: Mat) -> Line:
    """A smooth line through points of the scene, as the camera sees them."""
    return spline(np.array([[point @ axes[0], point @ axes[1]] for point in points]), 6)


def moved(line: Line, offset: float, shift: tuple[float, float]) -> Line:
    """The line set to its left by `offset` metres, and shifted."""
    way = np.gradient(line, axis=0)
    way /= np.maximum(np.sqrt((way**2).sum(1)), 1e-9)[:, None]
    left = np.column_stack([-way[:, 1], way[:, 0]])
    return np.asarray(line + left * offset + np.array(shift))


def within(line: Line, middle: Line, radius: float, size: float) -> Line:
    """The line moved as little as keeps all of its arrow in a circle; one that is too long stays in its middle."""
    room = radius - (_HALF_HEAD + _RIM) * size
    for _ in range(60):
        far = np.hypot(*(line - middle).T)
        farthest = int(np.argmax(far))
        if far[farthest] <= room:
            break
        line = line + (middle - line[farthest]) * (0.3 * (far[farthest] - room) / far[farthest])
    return line


def outlines(line: Line, both: bool, size: float = 1.0) -> list[Line]:
    """The arrow as closed polygons, in metres of the plane: one, or two that part in the middle."""
    if not both:
        return [_outline(line, size)]
    middle = len(line) // 2
    return [_outline(line[middle:], size), _outline(line[: middle + 1][::-1], size)]


def _outline(line: Line, size: float) -> Line:
    run = np.concatenate([[0.0], np.cumsum(np.sqrt((np.diff(line, axis=0) ** 2).sum(1)))])
    long = run[-1]
    head = min(_HEAD * size, long * 0.5)
    wide = _HALF_HEAD * size * head / (_HEAD * size)

    def on(at: NDArray[np.float64] | float) -> Line:
        return np.column_stack([np.interp(np.atleast_1d(at), run, line[:, k]) for k in (0, 1)])

    shaft = on(np.linspace(0, long - head * 0.85, 20))
    way = np.gradient(shaft, axis=0)
    way /= np.maximum(np.sqrt((way**2).sum(1)), 1e-9)[:, None]
    left = np.column_stack([-way[:, 1], way[:, 0]])
    half = np.linspace(_TAIL, _NECK, 20)[:, None] * size
    tip, root = line[-1], on(long - head)[0]
    ahead = (tip - root) / max(float(np.hypot(*(tip - root))), 1e-9)
    aside = np.array([-ahead[1], ahead[0]]) * wide
    return np.vstack([shaft + left * half, root + aside, tip, root - aside, (shaft - left * half)[::-1]])
