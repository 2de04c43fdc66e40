"""What the camera sees: an orthographic view of a scene as rasters of depth, shape and normal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handouts.figures.field import cast
from handouts.figures.solids import SPHERE, Solid, table
from handouts.figures.vectors import Mat, Vec
from handouts.poses import View

TILE = 24  # pixels
_PAD = 0.03  # metres round what is seen

Bounds = tuple[float, float, float, float]  # left, right, bottom, top in the plane of the picture, metres


def axes_of(view: View) -> Mat:
    """Rows: right, up and into the scene."""
    around, above = math.radians(view.round), math.radians(view.above)
    towards = np.array([math.cos(above) * math.cos(around), math.cos(above) * math.sin(around), math.sin(above)])
    right = np.array([-math.sin(around), math.cos(around), 0.0])
    return np.array([right, np.cross(towards, right), -towards])


@dataclass(frozen=True)
class Seen:
    """Rasters of what is seen, and the way back to the scene."""

    solids: Sequence[Solid]
    axes: Mat
    bounds: Bounds
    pixel: float  # metres
    depth: NDArray[np.float64]  # metres from the middle of the picture's plane; inf where nothing is
    shape: NDArray[np.int64]  # index of the solid; -1 where nothing is
    normal: NDArray[np.float64]

    @property
    def hit(self) -> NDArray[np.bool_]:
        """Where something is."""
        return self.shape >= 0

    def flat(self, point: Vec) -> Vec:
        """A point of the scene in pixels, x right and y down."""
        left, _, _, top = self.bounds
        return np.array([(point @ self.axes[0] - left) / self.pixel, (top - point @ self.axes[1]) / self.pixel])

    def deep(self, point: Vec) -> float:
        """How deep a point of the scene lies."""
        return float(point @ self.axes[2])

    def points(self) -> NDArray[np.float64]:
        """The point of the scene under every pixel; where nothing is, on the plane of the picture."""
        high, wide = self.shape.shape
        left, _, _, top = self.bounds
        x = left + (np.arange(wide) + 0.5) * self.pixel
        y = top - (np.arange(high) + 0.5) * self.pixel
        depth = np.where(self.hit, self.depth, 0.0)
        flat = x[None, :, None] * self.axes[0] + y[:, None, None] * self.axes[1]
        return np.asarray(flat + depth[..., None] * self.axes[2])


def bounds_of(solids: Sequence[Solid], axes: Mat) -> Bounds:
    """What holds all solids, with a margin."""
    rows = table(solids)
    centres, radii = rows[:, SPHERE : SPHERE + 3], rows[:, SPHERE + 3]
    x, y = centres @ axes[0], centres @ axes[1]
    return (
        float((x - radii).min()) - _PAD, float((x + radii).max()) + _PAD, float((y - radii).min()) - _PAD,
        float((y + radii).max()) + _PAD,
    )  # fmt: skip


def see(solids: Sequence[Solid], axes: Mat, bounds: Bounds, pixel: float) -> Seen:
    """Cast a ray through every pixel."""
    rows = table(solids)
    left, right, bottom, top = bounds
    wide, high = math.ceil((right - left) / pixel), math.ceil((top - bottom) / pixel)
    bounds = (left, left + wide * pixel, top - high * pixel, top)
    middle = axes[0] * (bounds[0] + bounds[1]) / 2 + axes[1] * (bounds[2] + bounds[3]) / 2
    deep, radii = rows[:, SPHERE : SPHERE + 3] @ axes[2], rows[:, SPHERE + 3]
    span = np.array([(deep - radii).min() - 0.05, (deep + radii).max() + 0.05])
    starts, lists = _tiles(rows, axes, bounds, pixel, wide, high)
    depth, shape = np.full((high, wide), np.inf), np.full((high, wide), -1, np.int64)
    normal = np.zeros((high, wide, 3))
    cast(rows, middle, axes, pixel, np.array([wide, high]), span, TILE, starts, lists, depth, shape, normal)
    return Seen(solids, axes, bounds, pixel, depth, shape, normal)


def _tiles(
    rows: NDArray[np.float64], axes: Mat, bounds: Bounds, pixel: float, wide: int, high: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which shapes a ray of each tile could meet, group by group."""
    centres, radii = rows[:, SPHERE : SPHERE + 3], rows[:, SPHERE + 3] + 0.03
    x, y = (centres @ axes[0] - bounds[0]) / pixel, (bounds[3] - centres @ axes[1]) / pixel
    reach = radii / pixel + 2
    starts, lists = [0], []
    for top in range(0, high, TILE):
        for left in range(0, wide, TILE):
            aside = np.maximum(np.maximum(left - x, x - left - TILE), 0)
            over = np.maximum(np.maximum(top - y, y - top - TILE), 0)
            near = np.flatnonzero(aside * aside + over * over <= reach * reach)
            lists.append(near)
            starts.append(starts[-1] + len(near))
    return np.array(starts, np.int64), np.concatenate(lists).astype(np.int64)
