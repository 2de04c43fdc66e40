"""How far a point is from a scene, and what a ray from the camera meets. Compiled; metres.

A signed distance is exact for boxes, rods and rings and close for tubes and eggs, so a ray steps a little less
than what it is told. Tubes and eggs: d = k0 (k0 - 1) / k1, with k0 and k1 the lengths of the offset over the
radii and over their squares (an approximation well known in the field, after Inigo Quilez).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar
from typing import cast as cast_type

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from handouts.figures.solids import (
    BACKS,
    BLEND,
    CAP_A,
    CAP_B,
    CUT_1,
    CUT_2,
    CUTS,
    FRONT_AXIS,
    FRONTS,
    GROUP,
    KIND,
    SAMPLES,
    SPHERE,
    TUBE,
    WIDTHS,
    A,
    B,
)  # fmt: skip

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HIT = 0.0003  # metres: nearer than this the ray has arrived
FAR = 1e9
STEPS = 240
_SHORT, _LONG = 0.72, 0.9  # of a step, near a surface and far from it

F = TypeVar("F", bound=Callable[..., Any])


def _compiled(**options: Any) -> Callable[[F], F]:
    """Numba's compiler, keeping the types of what it compiles."""
    made: Any = njit(**options)
    return cast_type("Callable[[F], F]", made)


@_compiled(inline="always")
def _sample(row: Floats, start: int, t: float) -> float:
    """A Catmull-Rom value along a tube, t from 0 to 1."""
    x = t * (SAMPLES - 1)
    if x <= 0:
        return float(row[start])
    if x >= SAMPLES - 1:
        return float(row[start + SAMPLES - 1])
    i = int(x)
    f = x - i
    p1, p2 = row[start + i], row[start + i + 1]
    p0 = row[start + i - 1] if i > 0 else 2 * p1 - p2
    p3 = row[start + i + 2] if i < SAMPLES - 2 else 2 * p2 - p1
    return float(0.5 * (2 * p1 + (p2 - p0) * f + (2 * p0 - 5 * p1 + 4 * p2 - p3) * f * f
                        + (3 * p1 - p0 - 3 * p2 + p3) * f * f * f))  # fmt: skip


@_compiled(inline="always")
def _oval(a: float, b: float, c: float, ra: float, rb: float, rc: float) -> float:
    """The distance to an ellipsoid at the origin."""
    k0 = math.sqrt((a / ra) ** 2 + (b / rb) ** 2 + (c / rc) ** 2)
    k1 = math.sqrt((a / (ra * ra)) ** 2 + (b / (rb * rb)) ** 2 + (c / (rc * rc)) ** 2)
    if k0 < 0.3 or k1 < 1e-9:
        return -0.7 * min(ra, min(rb, rc))
    return k0 * (k0 - 1.0) / k1


@_compiled(inline="always")
def _tube(row: Floats, x: float, y: float, z: float) -> float:
    ax, ay, az = row[B] - row[A], row[B + 1] - row[A + 1], row[B + 2] - row[A + 2]
    long = math.sqrt(ax * ax + ay * ay + az * az)
    ax, ay, az = ax / long, ay / long, az / long
    px, py, pz = x - row[A], y - row[A + 1], z - row[A + 2]
    s = px * ax + py * ay + pz * az
    fx, fy, fz = row[FRONT_AXIS], row[FRONT_AXIS + 1], row[FRONT_AXIS + 2]
    u = px * fx + py * fy + pz * fz
    v = px * (fy * az - fz * ay) + py * (fz * ax - fx * az) + pz * (fx * ay - fy * ax)
    t = min(1.0, max(0.0, s / long))
    wide = _sample(row, WIDTHS, t)
    deep = _sample(row, FRONTS if u >= 0 else BACKS, t)
    if s < 0:
        return _oval(u, v, -s, deep, wide, row[CAP_A])
    if s > long:
        return _oval(u, v, s - long, deep, wide, row[CAP_B])
    return _oval(u, v, 0.0, deep, wide, 1.0)


@_compiled(inline="always")
def _box(a: float, b: float, c: float, edge: float) -> float:
    """The distance to a rounded box, from the offsets beyond its half-sizes."""
    a, b, c = a + edge, b + edge, c + edge
    outside = math.sqrt(max(a, 0.0) ** 2 + max(b, 0.0) ** 2 + max(c, 0.0) ** 2)
    return outside + min(max(a, max(b, c)), 0.0) - edge


@_compiled(cache=True)
def distance(row: Floats, x: float, y: float, z: float) -> float:
    """How far a point is from one shape; below zero inside."""
    kind = int(row[KIND])
    if kind == TUBE:
        d = _tube(row, x, y, z)
    else:
        px, py, pz = x - row[A], y - row[A + 1], z - row[A + 2]
        fx, fy, fz = row[FRONT_AXIS], row[FRONT_AXIS + 1], row[FRONT_AXIS + 2]
        if kind == 3:  # RING
            s = px * fx + py * fy + pz * fz
            q = math.sqrt(max(px * px + py * py + pz * pz - s * s, 0.0)) - row[WIDTHS]
            d = math.sqrt(q * q + s * s) - row[WIDTHS + 1]
        elif kind == 4:  # ROD
            ax, ay, az = row[B] - row[A], row[B + 1] - row[A + 1], row[B + 2] - row[A + 2]
            long = math.sqrt(ax * ax + ay * ay + az * az)
            s = (px * ax + py * ay + pz * az) / long
            q = math.sqrt(max(px * px + py * py + pz * pz - s * s, 0.0))
            d = _box(q - row[WIDTHS], abs(s - long * 0.5) - long * 0.5, -1.0, row[WIDTHS + 1])
        else:
            ax, ay, az = row[B], row[B + 1], row[B + 2]
            lx, ly, lz = ay * fz - az * fy, az * fx - ax * fz, ax * fy - ay * fx
            a, b = px * ax + py * ay + pz * az, px * fx + py * fy + pz * fz
            c = px * lx + py * ly + pz * lz
            if kind == 1:  # EGG
                d = _oval(a, b, c, row[WIDTHS], row[WIDTHS + 1], row[WIDTHS + 2])
            else:
                d = _box(abs(a) - row[WIDTHS], abs(b) - row[WIDTHS + 1], abs(c) - row[WIDTHS + 2], row[WIDTHS + 3])
    for i in range(int(row[CUTS])):
        o = CUT_1 if i == 0 else CUT_2
        cut = (x - row[o]) * row[o + 3] + (y - row[o + 1]) * row[o + 4] + (z - row[o + 2]) * row[o + 5]
        d = max(d, cut)
    return d


@_compiled(cache=True)
def nearest(rows: Floats, chosen: Ints, x: float, y: float, z: float) -> tuple[float, int]:
    """How far a point is from the chosen shapes, and which of them is nearest. They come group by group."""
    best, best_shape = FAR, -1
    group, in_group, shape, raw = -1.0, FAR, -1, FAR
    for i in chosen:
        row = rows[i]
        if row[GROUP] != group:
            if in_group < best:
                best, best_shape = in_group, shape
            group, in_group, shape, raw = row[GROUP], FAR, -1, FAR
        dx, dy, dz = x - row[SPHERE], y - row[SPHERE + 1], z - row[SPHERE + 2]
        around = math.sqrt(dx * dx + dy * dy + dz * dz) - row[SPHERE + 3]
        blend = row[BLEND]
        if around > 0.02 and around > best + 0.05 and around > in_group + blend:
            continue
        d = distance(row, x, y, z)
        if d < raw:
            raw, shape = d, i
        if in_group < FAR and blend > 0:
            h = max(blend - abs(in_group - d), 0.0) / blend
            in_group = min(in_group, d) - h * h * blend * 0.25
        else:
            in_group = min(in_group, d)
    if in_group < best:
        best, best_shape = in_group, shape
    return best, best_shape


@_compiled(parallel=True, cache=True)
def distances(rows: Floats, chosen: Ints, points: Floats, out: Floats) -> None:
    """How far each point is from the chosen shapes."""
    for i in prange(points.shape[0]):
        out[i] = nearest(rows, chosen, points[i, 0], points[i, 1], points[i, 2])[0]


@_compiled(parallel=True, cache=True)
def cast(
    rows: Floats, origin: Floats, axes: Floats, pixel: float, size: Any, span: Any, tile: int, starts: Ints,
    lists: Ints, depth: Floats, shape: Ints, normal: Floats,
) -> None:  # fmt: skip
    """Fill depth (metres from `origin` along the view), shape (-1 for none) and normal of every pixel.

    `axes` holds the directions right, up and into the scene; `size` is width and height in pixels, `span` the
    nearest and the farthest depth, `starts` and `lists` the shapes of every tile.
    """
    wide, high = size
    across = (wide + tile - 1) // tile
    for k in prange(across * ((high + tile - 1) // tile)):
        row, column = k // across, k % across
        chosen = lists[starts[k] : starts[k + 1]]
        if chosen.shape[0] == 0:
            continue
        for j in range(row * tile, min((row + 1) * tile, high)):
            for i in range(column * tile, min((column + 1) * tile, wide)):
                right, up = (i + 0.5 - wide * 0.5) * pixel, (high * 0.5 - j - 0.5) * pixel
                ox = origin[0] + axes[0, 0] * right + axes[1, 0] * up
                oy = origin[1] + axes[0, 1] * right + axes[1, 1] * up
                oz = origin[2] + axes[0, 2] * right + axes[1, 2] * up
                t, hit, found = span[0], False, -1
                for _ in range(STEPS):
                    d, found = nearest(rows, chosen, ox + axes[2, 0] * t, oy + axes[2, 1] * t, oz + axes[2, 2] * t)
                    if d < HIT:
                        hit = True
                        break
                    t += d * _SHORT if d < 0.2 else d * _LONG
                    if t > span[1]:
                        break
                if not hit or found < 0:
                    continue
                depth[j, i], shape[j, i] = t, found
                x, y, z = ox + axes[2, 0] * t, oy + axes[2, 1] * t, oz + axes[2, 2] * t
                e = 0.0006
                nx = nearest(rows, chosen, x + e, y, z)[0] - nearest(rows, chosen, x - e, y, z)[0]
                ny = nearest(rows, chosen, x, y + e, z)[0] - nearest(rows, chosen, x, y - e, z)[0]
                nz = nearest(rows, chosen, x, y, z + e)[0] - nearest(rows, chosen, x, y, z - e)[0]
                long = math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-12
                normal[j, i, 0], normal[j, i, 1], normal[j, i, 2] = nx / long, ny / long, nz / long
