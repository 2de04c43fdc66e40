"""Points, directions and turns in three dimensions. Metres and degrees; x forward, y left, z up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vec = NDArray[np.float64]
Mat = NDArray[np.float64]  # columns are the axes of a frame: front, left, up

ALMOST_NONE = 1e-9


def vec(*values: float) -> Vec:
    """A point or direction."""
    return np.array(values, dtype=np.float64)


def length(a: Vec) -> float:
    """The length of a vector."""
    return float(np.sqrt(np.sum(a * a)))


def unit(a: Vec) -> Vec:
    """A direction of length one; a vector of no length stays what it is."""
    return a / max(length(a), ALMOST_NONE)


def across(a: Vec, axis: Vec) -> Vec:
    """What of `a` stands square on a unit axis."""
    return a - float(a @ axis) * axis


def turn_x(degrees: float) -> Mat:
    """About x: the left side goes up."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def turn_y(degrees: float) -> Mat:
    """About y: up goes forward."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def turn_z(degrees: float) -> Mat:
    """About z: front goes left."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def about(axis: Vec, degrees: float) -> Mat:
    """A turn about a unit axis."""
    x, y, z = axis
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    angle = math.radians(degrees)
    return np.asarray(np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * (cross @ cross))


def frame(down: Vec, front: Vec) -> Mat:
    """The frame of a bone that runs along `down`, its front as near to `front` as can be."""
    up = -unit(down)
    forward = across(front, up)
    if length(forward) < 1e-6:
        forward = across(vec(1, 0, 0), up) if abs(up[0]) < 0.9 else across(vec(0, 1, 0), up)
    forward = unit(forward)
    return np.column_stack([forward, np.cross(up, forward), up])


def facing(palm: Vec, fingers: Vec) -> Mat:
    """The frame of a hand: x out of the palm, z from the fingertips to the wrist; `palm` is kept exactly."""
    x = unit(palm)
    z = -unit(across(fingers, x))
    return np.column_stack([x, np.cross(z, x), z])


def spread(values: Sequence[float], count: int) -> Vec:
    """Values drawn out evenly to `count` samples."""
    held: Any = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(values)), np.asarray(values, float))
    return np.asarray(held, dtype=np.float64)
