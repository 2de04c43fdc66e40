"""Matrices, boxes and flattened paths in PDF points."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot, sqrt

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
Path = tuple[tuple[Point, ...], ...]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
# Points a curve is flattened to: off by far less than a line width on a printed page.
CURVE_STEPS = 8


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """m first, then n (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def apply(m: Matrix, point: Point) -> Point:
    """A point in the outer space."""
    x, y = point
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def mean_scale(m: Matrix) -> float:
    """How many times a length grows, by the root of the area."""
    return sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def skewed(m: Matrix) -> bool:
    """Are the axes no longer at right angles? That is a slanted text."""
    across, up = hypot(m[0], m[1]), hypot(m[2], m[3])
    return abs(m[0] * m[2] + m[1] * m[3]) > 0.01 * across * up


def curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    """A Bezier curve as points after its start."""
    steps = (n / CURVE_STEPS for n in range(1, CURVE_STEPS + 1))
    return [_bezier(t, start, one, two, end) for t in steps]


def _bezier(t: float, *controls: Point) -> Point:
    """The point at t of a cubic curve."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    pairs = list(zip(weights, controls, strict=True))
    return (sum(w * x for w, (x, _) in pairs), sum(w * y for w, (_, y) in pairs))


def bounds(points: Iterable[Point]) -> Box:
    """The smallest box round some points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box round some boxes."""
    return bounds(corner for box in boxes for corner in (box[:2], box[2:]))


def meet(one: Box, other: Box) -> Box:
    """What two boxes share; x1 < x0 or y1 < y0 where they share nothing."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def overlap(one: Box, other: Box, slack: float = 0.0) -> bool:
    """Do two boxes share more than slack points both ways?"""
    shared = meet(one, other)
    return shared[2] - shared[0] > slack and shared[3] - shared[1] > slack


def inside(point: Point, path: Path) -> bool:
    """Is a point in a filled path (even-odd)?"""
    return sum(_crossings(point, ring) for ring in path) % 2 == 1


def _crossings(point: Point, ring: tuple[Point, ...]) -> int:
    """How often a ray to the right of the point crosses a closed ring."""
    x, y = point
    count = 0
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            count += 1
    return count
