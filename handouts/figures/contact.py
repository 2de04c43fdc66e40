"""Where surfaces are: how far points are from shapes, and where a line first meets them. Metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handouts.figures.field import distances
from handouts.figures.vectors import Vec

_SOUGHT = 0.09  # metres: how far from a point, both ways, its surface is sought


def gaps(rows: NDArray[np.float64], points: Vec) -> Vec:
    """How far points are from the nearest of the shapes; below zero inside."""
    found = np.full(len(points), np.inf)
    if len(rows):
        distances(rows, np.arange(len(rows)), np.ascontiguousarray(points), found)
    return found


def surface(rows: NDArray[np.float64], point: Vec, normal: Vec) -> Vec:
    """Where a line through a point, from outside in, first meets the shapes; the point itself if it never does."""
    points = point + np.linspace(_SOUGHT, -_SOUGHT, 121)[:, None] * normal
    inside = np.flatnonzero(gaps(rows, points) < 0)
    return np.asarray(points[inside[0]]) if len(inside) else point
