"""From pixels to paths: what the outlines, lines, curves and path texts of the figure engine promise."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from handouts.figures.curves import fit, path, polygon, spline
from handouts.figures.trace import Line, Scales, lines, regions

Floats = NDArray[np.float64]
SIZE = 200
Y, X = np.mgrid[0:SIZE, 0:SIZE] + 0.5  # the middles of the pixels
ONE_FAMILY = {1: 1, 2: 1, 3: 2}


def disc(radius: float, x: float = 100.3, y: float = 99.8) -> NDArray[np.bool_]:
    return np.asarray(np.hypot(X - x, Y - y) < radius)


def square(half: float, degrees: float = 0.0) -> NDArray[np.bool_]:
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    across, down = (X - 100) * cosine + (Y - 100) * sine, (Y - 100) * cosine - (X - 100) * sine
    return np.asarray((np.abs(across) < half) & (np.abs(down) < half))


def cracks(labels: NDArray[np.int64], kind: int = 1) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """A crack of a kind wherever neighbours differ."""
    beside, below = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    return (kind * beside).astype(np.int8), (kind * below).astype(np.int8)


def bezier(curve: Floats, steps: int = 200) -> Floats:
    t = np.linspace(0, 1, steps)[:, None]
    rest = 1 - t
    return np.asarray(
        rest**3 * curve[0] + 3 * rest**2 * t * curve[1] + 3 * rest * t**2 * curve[2] + t**3 * curve[3]
    )


def sampled(curves: list[Floats]) -> Floats:
    return np.vstack([bezier(curve) for curve in curves])


def farthest(points: Floats, line: Floats) -> float:
    """The largest distance from a point to a densely sampled line."""
    return max(float(np.hypot(*(line - point).T).min()) for point in points)


def area(loops: list[Floats]) -> float:
    """Outlines run one way and holes the other, so that their sum is what even-odd filling fills."""
    return abs(sum(float(p[:-1, 0] @ p[1:, 1] - p[1:, 0] @ p[:-1, 1]) / 2 for p in loops))


def parsed(text: str) -> list[Floats]:
    """The cubics of a path, read by the book: a straight piece has its handles at its thirds."""
    tokens = re.findall(r"[Mclz]|-?\d+", text)
    assert "".join(tokens) == text.replace(" ", ""), "only M, c, l, z and whole numbers"
    curves: list[Floats] = []
    pen, first, command = np.zeros(2), np.zeros(2), ""
    while tokens:
        command = tokens.pop(0) if tokens[0].isalpha() else command
        count = {"M": 1, "c": 3, "l": 1, "z": 0}[command]
        moves = np.array([int(tokens.pop(0)) for _ in range(2 * count)], dtype=np.float64).reshape(-1, 2)
        if command == "M":
            pen = first = moves[0]
            continue
        end = first if command == "z" else pen + moves[-1]
        handles = pen + moves[:2] if command == "c" else np.linspace(pen, end, 4)[1:3]
        if (end != pen).any() or command == "c":
            curves.append(np.vstack([pen, handles, end]))
        pen = end
    return curves


# Outlines of masks


@pytest.mark.parametrize("radius", [3, 5, 8, 15, 20, 45, 90])
def test_a_disc_is_round_and_has_few_curves(radius: float) -> None:
    (loop,) = regions(disc(radius))
    assert np.abs(np.hypot(*(loop - [100.3, 99.8]).T) - radius).max() < 0.6
    curves = fit(loop, 0.3)
    assert np.abs(np.hypot(*(sampled(curves) - [100.3, 99.8]).T) - radius).max() < 0.9
    assert len(curves) <= 6
    assert len(fit(loop, 0.7)) <= 4


@pytest.mark.parametrize("radius", [13.0, 15.5, 18.0])
def test_a_disc_gets_no_corner(radius: float) -> None:
    (loop,) = regions(disc(radius))
    ways = np.diff(np.vstack([loop, loop[1:9]])[::4], axis=0)
    turns = [np.degrees(np.arccos(np.clip(a @ b / np.hypot(*a) / np.hypot(*b), -1, 1))) for a, b in pairwise(ways)]
    assert max(turns) < 35


@pytest.mark.parametrize("degrees", [0, 8, 20, 33, 45])
def test_a_square_keeps_its_corners(degrees: float) -> None:
    curves = fit(regions(square(50, degrees))[0], 0.7)
    angles = np.radians(degrees + 45 + 90 * np.arange(4))
    corners = 100 + 50 * np.sqrt(2) * np.column_stack([np.cos(angles), np.sin(angles)])
    assert farthest(corners, np.array([curve[0] for curve in curves])) < 1.5
    assert len(curves) == 4
    assert path([10 * curve for curve in curves], True).count("l") == 3


def test_a_square_along_the_axes_is_exact() -> None:
    (loop,) = regions(square(50))
    assert path(fit(loop, 0.7), True) == "M50 50l100 0l0 100l-100 0z"


def test_a_ring_gives_two_loops() -> None:
    ring = disc(60) & ~disc(30)
    outer, inner = sorted(regions(ring), key=lambda loop: -area([loop]))
    assert np.abs(np.hypot(*(outer - [100.3, 99.8]).T) - 60).max() < 0.6
    assert np.abs(np.hypot(*(inner - [100.3, 99.8]).T) - 30).max() < 0.6
    assert area([outer, inner]) == pytest.approx(ring.sum(), rel=0.01)


def test_squares_that_meet_at_a_corner_are_two_loops() -> None:
    mask = np.zeros((30, 30), dtype=bool)
    mask[5:15, 5:15] = mask[15:25, 15:25] = True
    loops = regions(mask)
    assert [area([loop]) for loop in loops] == [100, 100]
    assert len(regions(mask[::-1])) == 2


def test_a_chessboard_is_one_loop_a_field() -> None:
    board = np.kron(np.indices((6, 6)).sum(axis=0) % 2, np.ones((8, 8), dtype=int)).astype(bool)
    assert len(regions(board)) == 18


def test_small_loops_and_small_holes_are_dropped() -> None:
    mask = disc(40)
    mask[98:102, 98:102] = False
    mask[2:6, 2:6] = True
    assert len(regions(mask)) == 1
    assert len(regions(mask, least=16)) == 3


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (1, 1), (1, 9), (9, 1)])
def test_the_smallest_masks(shape: tuple[int, int]) -> None:
    assert regions(np.zeros(shape, dtype=bool)) == []
    loops = regions(np.ones(shape, dtype=bool), least=0)
    assert len(loops) == (1 if np.prod(shape) else 0)
    assert all(np.isfinite(loop).all() for loop in loops)


@settings(max_examples=60, deadline=None)
@given(arrays(np.bool_, st.tuples(st.integers(1, 24), st.integers(1, 24))), st.floats(0.5, 4))
def test_any_mask_gives_closed_finite_loops_and_curves(mask: NDArray[np.bool_], smoothing: float) -> None:
    for loop in regions(mask, smoothing, least=0):
        assert np.isfinite(loop).all()
        assert (loop[0] == loop[-1]).all()
        curves = fit(loop, 0.6)
        assert np.isfinite(np.array(curves)).all()
        assert all((one[3] == other[0]).all() for one, other in pairwise([*curves, *curves[:1]]))
        parsed(path([5 * curve for curve in curves], True))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(60, 140), st.floats(60, 140), st.floats(15, 45)), min_size=1, max_size=5))
def test_big_shapes_keep_their_area(discs: list[tuple[float, float, float]]) -> None:
    mask = np.logical_or.reduce([disc(radius, x, y) for x, y, radius in discs])
    loops = regions(mask, least=0)
    assert area(loops) == pytest.approx(mask.sum(), rel=0.02)


# Lines along cracks


def t_junction() -> list[Line]:
    labels = np.zeros((SIZE, SIZE), dtype=np.int64)
    labels[0.15 * (X - 97) + 100 < Y] = 1
    labels[(labels == 0) & (X > 100 + 0.3 * (100 - Y))] = 2
    return lines(*cracks(labels), ONE_FAMILY)


def test_a_t_junction_joins_the_straight_pair_and_the_branch_ends_on_it() -> None:
    through, branch = sorted(t_junction(), key=lambda line: -np.ptp(line.points[:, 0]))
    assert np.ptp(through.points[:, 0]) == SIZE
    assert through.free == (True, True)
    at_junction = int(np.argmax(branch.points[[0, -1], 1]))
    assert branch.free == ((False, True) if at_junction == 0 else (True, False))
    assert farthest(branch.points[[0, -1]][[at_junction]], spline(through.points, 40)) < 0.05
    assert (branch.points[[0, -1]][at_junction] % 1 != 0).any(), "moved off the corner of a pixel"


def test_kinds_of_two_families_do_not_go_on_in_each_other() -> None:
    vertical, horizontal = np.zeros((60, 59), dtype=np.int8), np.zeros((59, 60), dtype=np.int8)
    horizontal[30, :30], horizontal[30, 30:] = 1, 3
    assert [line.kind for line in lines(vertical, horizontal, ONE_FAMILY)] == [1, 3]
    horizontal[30, 20:] = 2
    (line,) = lines(vertical, horizontal, ONE_FAMILY)
    assert line.kind == 2, "the kind of most of it"


def test_a_stray_crack_does_not_cut_a_line() -> None:
    vertical, horizontal = np.zeros((60, 59), dtype=np.int8), np.zeros((59, 60), dtype=np.int8)
    horizontal[30] = 1
    horizontal[30, [7, 8, 25, 40]] = 3
    (line,) = lines(vertical, horizontal, ONE_FAMILY)
    assert (line.kind, line.closed, line.free) == (1, False, (True, True))
    assert (line.points[:, 1] == 31).all()


def test_dangling_bits_and_tiny_islands_are_dropped() -> None:
    vertical, horizontal = np.zeros((60, 59), dtype=np.int8), np.zeros((59, 60), dtype=np.int8)
    horizontal[30] = 1
    vertical[22:31, 20] = 1  # a bit of 9 cracks that hangs on the line
    horizontal[10, 5:13] = 1  # 8 cracks by themselves
    vertical[45:48, [10, 13]] = horizontal[[44, 47], 11:14] = 1  # a ring of 12
    assert len(lines(vertical, horizontal, ONE_FAMILY)) == 1
    assert len(lines(vertical, horizontal, ONE_FAMILY, Scales(least=4))) == 4


def test_a_ring_of_cracks_is_closed() -> None:
    (line,) = lines(*cracks(disc(40).astype(np.int64)), ONE_FAMILY)
    assert (line.closed, line.free) == (True, (False, False))
    assert (line.points[0] == line.points[-1]).all()
    assert np.abs(np.hypot(*(line.points - [100.3, 99.8]).T) - 40).max() < 0.6


@pytest.mark.parametrize("slope", [0.0, 0.02, 0.1, 0.37, 0.77, 1.0])
def test_a_long_straight_edge_becomes_one_straight(slope: float) -> None:
    labels = (slope * (X - 100) + 100 < Y).astype(np.int64)
    line = max(lines(*cracks(labels), ONE_FAMILY), key=lambda line: len(line.points))
    assert np.abs(line.points[:, 1] - 100 - slope * (line.points[:, 0] - 100)).max() < 1.2
    (curve,) = fit(line.points, 0.55)
    assert re.fullmatch(r"M\d+ \d+l-?\d+[ -]\d+", path([4 * curve], False))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 20), st.integers(1, 20), st.data())
def test_any_cracks_give_finite_lines(height: int, width: int, data: st.DataObject) -> None:
    kinds = st.integers(0, 3)
    vertical = data.draw(arrays(np.int8, (height, width - 1), elements=kinds))
    horizontal = data.draw(arrays(np.int8, (height - 1, width), elements=kinds))
    for line in lines(vertical, horizontal, ONE_FAMILY, Scales(least=2)):
        assert np.isfinite(line.points).all()
        assert line.kind in ONE_FAMILY
        assert not line.closed or (line.points[0] == line.points[-1]).all()
        parsed(path([3 * curve for curve in fit(line.points, 0.55)], line.closed))


# Curves


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.float64, (7, 2), elements=st.floats(0, 300)),
    st.sampled_from([0.2, 0.5, 1.0]),
    st.booleans(),
)
def test_a_fit_stays_within_tolerance_of_smooth_curves(knots: Floats, tolerance: float, ring: bool) -> None:
    points = spline(np.vstack([knots, knots[:1]]) if ring else knots, 12)
    curves = fit(points, tolerance)
    if len(points) < 2:
        assert curves == []
        return
    drawn = np.vstack([bezier(curve, 400) for curve in curves])
    gap = np.hypot(*np.diff(drawn, axis=0).T).max()
    assert farthest(points, drawn) <= tolerance + gap / 2 + 1e-6
    assert all((one[3] == other[0]).all() for one, other in pairwise(curves))


def test_a_fit_keeps_corners_and_ends() -> None:
    zigzag = np.array([[0, 0], [40, 0], [40, 60], [100, 60]], dtype=np.float64)
    ends = [curve[[0, 3]].tolist() for curve in fit(zigzag, 0.5)]
    assert ends == [list(pair) for pair in pairwise(zigzag.tolist())]
    assert len(fit(zigzag, 0.5, corner=100)) > 3, "with no corners it has to go round the bends"


def test_a_smooth_ring_has_no_kink_at_its_seam() -> None:
    angles = np.linspace(0, 2 * np.pi, 120)
    ring = np.column_stack([80 * np.cos(angles), 50 * np.sin(angles)])
    ring[-1] = ring[0]
    curves = fit(ring, 0.4)
    into, out = curves[-1][3] - curves[-1][2], curves[0][1] - curves[0][0]
    assert into @ out / np.hypot(*into) / np.hypot(*out) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    "points",
    [[], [[3, 3]], [[3, 3], [3, 3]], [[3, 3], [float("nan"), 1], [3, 3]]],
)
def test_nothing_is_fitted_to_a_spot(points: list[list[float]]) -> None:
    assert fit(np.array(points, dtype=np.float64).reshape(-1, 2), 0.5) == []


def test_doubled_points_and_points_that_are_no_numbers_change_nothing() -> None:
    plain = np.array([[0, 0], [30, 5], [60, 0]], dtype=np.float64)
    spoilt = np.array([[0, 0], [0, 0], [30, 5], [np.nan, 2], [30, 5], [60, 0]], dtype=np.float64)
    assert np.array_equal(fit(plain, 0.5), fit(spoilt, 0.5))


def test_a_spline_goes_through_its_points() -> None:
    points = np.array([[0, 0], [10, 30], [40, 20], [60, 0]], dtype=np.float64)
    drawn = spline(points, 8)
    assert len(drawn) == 3 * 8 + 1
    assert np.allclose(drawn[::8], points)
    assert np.allclose(spline(np.array([[0.0, 0.0], [9.0, 3.0]]), 3), [[0, 0], [3, 1], [6, 2], [9, 3]])


# The text of a path


def test_a_path_is_compact() -> None:
    curve = np.array([[12, 30], [13, 28], [15, 32], [17, 36]], dtype=np.float64)
    straight = np.linspace([17, 36], [20, 40], 4)
    assert path([curve, straight], True) == "M12 30c1-2 3 2 5 6l3 4z"


@settings(max_examples=30, deadline=None)
@given(arrays(np.float64, (6, 2), elements=st.floats(-200, 200)), st.booleans())
def test_a_path_is_read_back_to_within_rounding(knots: Floats, closed: bool) -> None:
    curves = fit(spline(np.vstack([knots, knots[:1]]) if closed else knots, 10), 0.5)
    text = path(curves, closed)
    if not text:  # nothing was left to draw: all of it lies within the rounding of one point
        assert all(np.ptp(curve, axis=0).max() < 2 for curve in curves)
    else:
        read = parsed(text)
        assert all((one[3] == other[0]).all() for one, other in pairwise(read))
        assert (read[0][0] == np.rint(curves[0][0])).all()
        assert (read[-1][3] == np.rint(curves[-1][3])).all()
        # Half a unit each way for the ends, as much again for what is called straight, and the gap of the samples.
        drawn, again = sampled(curves), sampled(read)
        assert farthest(drawn[::67], again) < 1.5 + np.hypot(*np.diff(again, axis=0).T).max() / 2
        assert farthest(again[::67], drawn) < 1.5 + np.hypot(*np.diff(drawn, axis=0).T).max() / 2


def test_rounding_does_not_add_up() -> None:
    steps = np.array([[0.4 * i, 0.3 * i] for i in range(1001)])
    pieces = [np.linspace(a, b, 4) for a, b in pairwise(steps)]
    assert parsed(path(pieces, False))[-1][3].tolist() == [400, 300]


def test_what_has_no_length_is_left_out() -> None:
    spot = np.full((4, 2), 7.2)
    line = np.linspace([7.2, 7.2], [20, 7], 4)
    assert path([], False) == path([spot], True) == path([spot, spot + 0.1], False) == ""
    assert path([spot, line, np.full((4, 2), [20, 7])], False) == "M7 7l13 0"


def test_a_polygon_is_straight() -> None:
    corners = np.array([[0, 0], [10, 0], [10, -5], [10, -5]], dtype=np.float64)
    assert polygon(corners) == "M0 0l10 0l0-5z"
    assert polygon(corners, closed=False) == "M0 0l10 0l0-5"
    assert polygon(corners[2:]) == polygon(corners[:0]) == ""


# The same again


def everything() -> str:
    """A hash of all that is drawn of a wavy disc, a ring and a junction."""
    wavy = disc(1, 0, 0) | (np.hypot(X - 100, Y - 100) < 70 + 9 * np.sin(7 * np.arctan2(Y - 100, X - 100)))
    loops = [loop for mask in (wavy, disc(60) & ~disc(30)) for loop in regions(mask)]
    texts = [path([3 * curve for curve in fit(loop, 0.6)], True) for loop in loops]
    texts += [path([3 * curve for curve in fit(line.points, 0.55)], line.closed) for line in t_junction()]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def test_the_same_twice_and_in_a_fresh_process() -> None:
    first = everything()
    assert everything() == first
    ask = "import sys; sys.path[:0] = sys.argv[1:]; import test_figure_curves as t; print(t.everything())"
    fresh = subprocess.run([sys.executable, "-c", ask, *sys.path], capture_output=True, text=True, check=True)
    assert fresh.stdout.strip() == first
