"""From points to curves: cubic Beziers fitted to points, and the text of a path.

The fit is that of P. J. Schneider, "An algorithm for automatically fitting digitized curves" (Graphics Gems,
1990), with three changes: an end at a corner finds its own tangent, what is straight between two corners
becomes straight, and neighbours are made one curve where one is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Tangent = Floats | None  # a unit vector into the curve, or None where the curve leaves as it likes

_STEP = 1.0  # pixels: the longest gap between points that are fitted
_SPAN = 3.0  # pixels on each side of a corner over which its two directions are taken
_EASE = 5.0  # pixels on each side of a join over which its tangent is taken
_HOPES = (6.0, 3.5, 2.5, 2.0, 1.6, 1.3, 1.0)  # tolerances: what fits worse after so many rounds will never fit
_FLAT = 0.5  # units of a path: a curve whose handles are no farther from its chord is drawn straight


@dataclass(frozen=True)
class _Span:
    """A stretch of points, by number, the tangents at its ends, and the curve that stands for it."""

    first: int
    last: int
    start: Tangent
    end: Tangent
    curve: Floats
    error: float  # largest distance between a point and its place on the curve, pixels
    worst: int  # the number of that point


def fit(points: Floats, tolerance: float, corner: float = 50.0) -> list[Floats]:
    """Cubic Beziers (4, 2), end to end, within `tolerance` pixels of the points.

    Turns of more than `corner` degrees stay sharp. A ring (the first point repeated last) begins at its sharpest
    corner; without corners it is smooth at its seam too.
    """
    points = _dense(_distinct(points))
    if len(points) < 2:
        return []
    closed = bool((points[0] == points[-1]).all())
    corners = _corners(points, corner, closed)
    if closed and corners:
        points, corners = _begun_at(points, corners)
    seam = _seam(points) if closed and not corners else None
    cuts = [0, *sorted(corners), len(points) - 1]
    pieces = (_piece(points[first : last + 1], seam, tolerance) for first, last in pairwise(cuts) if first < last)
    return [curve for piece in pieces for curve in piece]


def _distinct(points: Floats) -> Floats:
    """Without points that are not finite, or that repeat the one before."""
    points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    points = points[np.isfinite(points).all(axis=1)]
    return points[np.append(True, _lengths(points) > 1e-9)] if len(points) else points


def _lengths(points: Floats) -> Floats:
    """From each point to the next."""
    return np.asarray(np.hypot(*np.diff(points, axis=0).T))


def _along(points: Floats) -> Floats:
    """How far along the line each point lies."""
    return np.append(0.0, np.cumsum(_lengths(points)))


def _dense(points: Floats) -> Floats:
    """With points added in gaps, so that a fit cannot stray between two of them."""
    if len(points) < 2:
        return points
    parts = np.ceil(_lengths(points) / _STEP).astype(np.intp)
    begins = np.repeat(np.arange(len(parts)), parts)
    within = np.arange(len(begins)) - np.repeat(np.cumsum(parts) - parts, parts)
    between = (within / np.repeat(parts, parts))[:, None]
    return np.vstack([points[begins] + between * (points[begins + 1] - points[begins]), points[-1:]])


def _at(points: Floats, along: Floats, where: Floats | float) -> Floats:
    """The places that lie so far along the line."""
    return np.stack([np.interp(where, along, points[:, 0]), np.interp(where, along, points[:, 1])], axis=-1)


def _corners(points: Floats, corner: float, closed: bool) -> list[int]:
    """The numbers of the points where the line turns by more than `corner` degrees, the sharpest first."""
    along = _along(points)
    total = along[-1]
    before, after = along - _SPAN, along + _SPAN
    if closed:
        before, after = before % total, after % total
    into, out = points - _at(points, along, before), _at(points, along, after) - points
    cross, dot = into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0], (into * out).sum(axis=1)
    turn = np.abs(np.degrees(np.arctan2(cross, dot)))
    # A ring has its first point twice; near an open end there is nothing to turn from.
    turn[(along == total) if closed else (along < _SPAN / 2) | (along > total - _SPAN / 2)] = 0.0
    found: list[int] = []
    for number in np.argsort(-turn, kind="stable")[: np.count_nonzero(turn > corner)].tolist():
        apart = np.abs(along[found] - along[number])
        if (np.minimum(apart, total - apart) if closed else apart).min(initial=np.inf) >= _SPAN:
            found.append(number)
    return found


def _begun_at(points: Floats, corners: list[int]) -> tuple[Floats, list[int]]:
    """A ring that begins at the first of the corners, and the other corners of it."""
    start, count = corners[0], len(points) - 1
    points = np.roll(points[:-1], -start, axis=0)
    return np.vstack([points, points[:1]]), [(number - start) % count for number in corners[1:]]


def _unit(way: Floats) -> Floats:
    return np.asarray(way / max(float(np.hypot(*way)), 1e-12))


def _seam(points: Floats) -> Floats:
    """The tangent at the first point of a ring."""
    along = _along(points)
    ease = min(_EASE, along[-1] / 4)
    return _unit(_at(points, along, ease) - _at(points, along, along[-1] - ease))


def _piece(points: Floats, seam: Tangent, tolerance: float) -> list[Floats]:
    """The curves from one corner to the next, or all around a ring that has a tangent at its seam."""
    if seam is None and _off_chord(points, points[0], points[-1]).max() <= tolerance:
        return [_straight(points[0], points[-1])]
    along = _along(points)
    waiting = [_span(points, 0, len(points) - 1, seam, None if seam is None else -seam, tolerance)]
    done: list[_Span] = []
    while waiting:
        span = waiting.pop()
        if span.error > tolerance:
            waiting += reversed(_halves(points, along, span, tolerance))
        else:
            done.append(span)
    return [span.curve for span in _merged(points, done, tolerance)]


def _halves(points: Floats, along: Floats, span: _Span, tolerance: float) -> tuple[_Span, _Span]:
    """A span split where it fits worst."""
    middle = min(max(span.worst, span.first + 1), span.last - 1)
    here = along[middle]
    ease = min(_EASE, here - along[span.first], along[span.last] - here)
    way = _unit(_at(points, along, here + ease) - _at(points, along, here - ease))
    before = _span(points, span.first, middle, span.start, -way, tolerance)
    return before, _span(points, middle, span.last, way, span.end, tolerance)


def _merged(points: Floats, spans: Sequence[_Span], tolerance: float) -> list[_Span]:
    """Fewer spans: where one curve fits two neighbours it takes their place."""
    merged = [spans[0]]
    for span in spans[1:]:
        whole = _span(points, merged[-1].first, span.last, merged[-1].start, span.end, tolerance)
        merged[-1:] = [whole] if whole.error <= tolerance else [merged[-1], span]
    return merged


def _span(points: Floats, first: int, last: int, start: Tangent, end: Tangent, tolerance: float) -> _Span:
    """The best curve for some points: least squares, then each point moved to its nearest place, and again."""
    held = points[first : last + 1]
    along = _along(held)
    share, frame = along / along[-1], _frame(start, end)
    for hope in _HOPES:
        weights = _weights(share)
        curve = _solved(held, weights, frame)
        if not _tame(curve, start, end, along[-1]):
            curve = _plain(held[0], held[-1], start, end, along[-1] / 3)
        off = weights.T @ curve - held
        errors = np.hypot(*off.T)
        worst = int(errors.argmax())
        error = float(errors[worst])
        if not tolerance < error <= hope * tolerance:
            break
        share = _improved(curve, share, off)
    return _Span(first, last, start, end, curve, error, first + worst)


def _weights(share: Floats) -> Floats:
    """How much each of the four points of a cubic counts, at each parameter."""
    rest = 1 - share
    return np.array([rest**3, 3 * share * rest**2, 3 * share**2 * rest, share**3])


def _frame(start: Tangent, end: Tangent) -> Floats:
    """The ways (start x, y, end x, y) in which the two handles may go: one along a tangent, else two each."""
    first, last = (np.eye(2) if tangent is None else tangent[None] for tangent in (start, end))
    frame = np.zeros((len(first) + len(last), 4))
    frame[: len(first), :2], frame[len(first) :, 2:] = first, last
    return frame


def _solved(points: Floats, weights: Floats, frame: Floats) -> Floats:
    """The cubic with the least squared distance to the points; not finite where they do not say enough."""
    ends = points[[0, 0, -1, -1]]
    inner = weights[1:3]
    matrix = np.zeros((4, 4))
    matrix[::2, ::2] = matrix[1::2, 1::2] = inner @ inner.T
    aim = inner @ (points - weights.T @ ends)
    try:
        sizes = np.linalg.solve(frame @ matrix @ frame.T, frame @ aim.ravel())
    except np.linalg.LinAlgError:
        return np.full((4, 2), np.nan)
    ends[1:3] += (sizes @ frame).reshape(2, 2)
    return ends


def _tame(curve: Floats, start: Tangent, end: Tangent, length: float) -> bool:
    """Whether the handles go forward and are no longer than the line; false where they are not finite."""
    handles = (curve[1] - curve[0], start), (curve[2] - curve[3], end)
    return all(
        np.hypot(*handle) < length and (way is None or handle @ way > 1e-3 * length) for handle, way in handles
    )


def _plain(first: Floats, last: Floats, start: Tangent, end: Tangent, reach: float) -> Floats:
    """A cubic with handles of a given length along the tangents, or along the chord."""
    third = (last - first) / 3
    after = third if start is None else start * reach
    before = -third if end is None else end * reach
    return np.array([first, first + after, last + before, last])


def _improved(curve: Floats, share: Floats, off: Floats) -> Floats:
    """Newton's step towards the nearest place on the curve, for every point; their order is kept."""
    slope = 3 * (curve[1:] - curve[:-1])
    bend = 2 * (slope[1:] - slope[:-1])
    rest = 1 - share
    first = np.array([rest**2, 2 * share * rest, share**2]).T @ slope
    second = np.array([rest, share]).T @ bend
    below = (first * first + off * second).sum(axis=1)
    step = np.divide((off * first).sum(axis=1), below, out=np.zeros_like(below), where=np.abs(below) > 1e-9)
    return np.asarray(np.maximum.accumulate(np.clip(share - step, 0.0, 1.0)))


def _straight(start: Floats, end: Floats) -> Floats:
    return np.linspace(start, end, 4)


def _off_chord(points: Floats, start: Floats, end: Floats) -> Floats:
    """How far points lie from the straight between two others."""
    way = end - start
    share = np.clip((points - start) @ way / max(float(way @ way), 1e-12), 0.0, 1.0)
    return np.asarray(np.hypot(*(points - start - share[:, None] * way).T))


def spline(points: Floats, steps: int) -> Floats:
    """A Catmull-Rom spline through the points, in `steps` straight steps from each to the next."""
    points = _distinct(points)
    if len(points) < 2:
        return points
    closed = len(points) > 2 and bool((points[0] == points[-1]).all())
    # Beyond an open end the line goes on as it came.
    before = points[-2] if closed else 2 * points[0] - points[1]
    after = points[1] if closed else 2 * points[-1] - points[-2]
    a, b, c, d = (np.vstack([before, points, after])[i : i + len(points) - 1, None] for i in range(4))
    t = (np.arange(steps) / steps)[None, :, None]
    through = b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.vstack([through.reshape(-1, 2), points[-1:]])


def path(curves: Sequence[Floats], closed: bool) -> str:
    """The SVG path of curves that begin where the last ended: `M`, then relative `c` and `l`, and `z`.

    Whole numbers; "" if nothing is left of it. Places are rounded, never their differences, so that rounding does
    not add up.
    """
    rounded = [np.rint(curve).astype(np.int64) for curve in curves]
    seen = [(curve, whole) for curve, whole in zip(curves, rounded, strict=True) if _visible(whole)]
    if not seen:
        return ""
    steps = [_step(curve, whole) for curve, whole in seen]
    if closed and len(steps) > 1 and steps[-1][0] == "l" and (rounded[-1][-1] == rounded[0][0]).all():
        steps.pop()  # `z` draws it
    return _text(rounded[0][0], steps, closed)


def _visible(whole: NDArray[np.int64]) -> bool:
    """Whether a rounded curve leads anywhere, or is a loop of more than a unit."""
    return bool((whole[3] != whole[0]).any() or np.abs(whole - whole[0]).max() > 1)


def _step(curve: Floats, whole: NDArray[np.int64]) -> tuple[str, list[int]]:
    """The command of a curve and its numbers, relative to where it begins."""
    straight = (whole[0] != whole[3]).any() and _off_chord(curve[1:3], curve[0], curve[3]).max() <= _FLAT
    command, moves = ("l", whole[3:]) if straight else ("c", whole[1:])
    return command, (moves - whole[0]).ravel().tolist()


def _text(start: NDArray[np.int64], steps: Sequence[tuple[str, list[int]]], closed: bool) -> str:
    written = "".join(command + _numbers(moves) for command, moves in steps)
    return f"M{_numbers(start.tolist())}{written}{'z' if closed else ''}"


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in a row, a space only where no sign keeps them apart."""
    return "".join(f"{number}" if number < 0 else f" {number}" for number in numbers).lstrip(" ")


def polygon(points: Floats, closed: bool = True) -> str:
    """The path of straight lines between points, rounded to whole numbers; "" if nothing is left of it."""
    corners = _distinct(np.vstack([points, points[:1]]) if closed else points)
    return path([_straight(start, end) for start, end in pairwise(corners)], closed)
