"""From pixels to lines: cracks between pixels chained and joined; the outlines of a mask.

Pixel coordinates: x to the right, y down, corners of pixels at whole numbers. A crack is the edge between two
pixels. The same raster gives the same lines, in any process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from handouts.figures.smoothing import smoothed

Floats = NDArray[np.float64]
Graph = dict[int, dict[int, int]]  # corner -> the corners next to it along a crack, and the kind of the crack
End = tuple[int, int]  # the number of a chain, and 0 for its start or 1 for its end

_REACH = 9  # cracks from a junction over which the direction of a line is taken
_THROUGH = -0.5  # cosine between two ends: below it the lines go on in each other, turning less than 60 degrees


@dataclass(frozen=True)
class Scales:
    """Lengths, in pixels, by which lines are traced; for a raster twice as fine, `Scales().times(2)`."""

    fine: float = 2.2  # sigma of the smoothing that is always done
    coarse: float = 8.8  # sigma of the smoothing that is done where it does not change the shape
    least: float = 10.0  # dangling bits shorter than this are dropped
    window: int = 17  # over which the most frequent kind of crack is the kind of the line

    def times(self, factor: float) -> Scales:
        """The scales of a raster that has `factor` times as many pixels to the metre."""
        window = 2 * round(self.window * factor / 2 - 0.5) + 1
        return Scales(self.fine * factor, self.coarse * factor, self.least * factor, window)


SCALES = Scales()


@dataclass(frozen=True)
class Line:
    """A smoothed line: its points, its kind, whether it is a ring, and whether its start and end are loose."""

    points: Floats
    kind: int
    closed: bool
    free: tuple[bool, bool]


@dataclass(frozen=True)
class _Chain:
    """Corners of pixels in a row, and the kind of the cracks between them."""

    corners: tuple[int, ...]
    kind: int

    @property
    def closed(self) -> bool:
        return self.corners[0] == self.corners[-1]

    def __len__(self) -> int:
        return len(self.corners) - 1

    def end(self, side: int) -> int:
        return self.corners[-side]

    def turned(self, side: int) -> tuple[int, ...]:
        """The corners, beginning at the start or at the end."""
        return self.corners[::-1] if side else self.corners


def lines(
    vertical: NDArray[np.int8], horizontal: NDArray[np.int8], families: Mapping[int, int], scales: Scales = SCALES
) -> list[Line]:
    """The lines along the cracks of a raster of h by w pixels.

    `vertical` [h, w-1] holds the kind of the crack between a pixel and the one to its right, 0 for none;
    `horizontal` [h-1, w] that to the one below. Kinds of one family can go on in each other.
    """
    stride = horizontal.shape[1] + 1
    walked = list(_walked(_graph(vertical, horizontal)))
    chains = [part for corners, kinds in walked for part in _by_kind(corners, kinds, scales.window)]
    joined = _joined(_pruned(chains, scales.least), families, stride)
    # What joins nothing and spans next to nothing is the far side of a bubble of a pixel or two.
    kept = [chain for chain in joined if len(chain) >= 0.4 * scales.least]
    return _drawn(kept, stride, scales)


def _graph(vertical: NDArray[np.int8], horizontal: NDArray[np.int8]) -> Graph:
    stride = horizontal.shape[1] + 1
    graph: Graph = {}
    for cracks, (down, right), step in ((vertical, (0, 1), stride), (horizontal, (1, 0), 1)):
        rows, columns = np.nonzero(cracks)
        starts = (rows + down) * stride + columns + right
        for start, kind in zip(starts.tolist(), cracks[rows, columns].tolist(), strict=True):
            graph.setdefault(start, {})[start + step] = kind
            graph.setdefault(start + step, {})[start] = kind
    return graph


def _walked(graph: Graph) -> Iterator[tuple[list[int], list[int]]]:
    """Corners and kinds of every chain between junctions or loose ends, then of every ring; uses the graph up."""
    stops = {corner: None for corner, links in graph.items() if len(links) != 2}
    for start in [*stops, *graph]:
        while graph[start]:
            yield _walk(graph, start, stops)


def _walk(graph: Graph, start: int, stops: Mapping[int, None]) -> tuple[list[int], list[int]]:
    corners, kinds = [start], list[int]()
    while not kinds or (corners[-1] not in stops and graph[corners[-1]]):
        following, kind = graph[corners[-1]].popitem()
        del graph[following][corners[-1]]
        corners.append(following)
        kinds.append(kind)
    return corners, kinds


def _by_kind(corners: list[int], kinds: list[int], window: int) -> Iterator[_Chain]:
    """A chain cut where the kind that is most frequent around a crack changes."""
    frequent = _most_frequent(np.array(kinds), window)
    cuts = [0, *(np.flatnonzero(np.diff(frequent)) + 1).tolist(), len(kinds)]
    for start, end in pairwise(cuts):
        yield _Chain(tuple(corners[start : end + 1]), int(frequent[start]))


def _most_frequent(kinds: NDArray[np.int64], window: int) -> NDArray[np.int64]:
    """For each crack the kind most frequent in the window around it, or in all of a short chain."""
    if len(kinds) < 2 * window:
        return np.full_like(kinds, np.bincount(kinds).argmax())
    found = np.unique(kinds)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(kinds, window // 2, mode="edge"), window)
    counts = np.array([(around == kind).sum(axis=1) for kind in found])
    return np.asarray(found[counts.argmax(axis=0)])


def _pruned(chains: Sequence[_Chain], least: float) -> list[_Chain]:
    """Without dangling bits and tiny rings."""
    meeting = Counter(chain.end(side) for chain in chains for side in (0, 1))
    return [chain for chain in chains if len(chain) >= _shortest(chain, meeting, least)]


def _shortest(chain: _Chain, meeting: Mapping[int, int], least: float) -> float:
    if chain.closed:
        return 1.5 * least
    return least if 1 in (meeting[chain.end(0)], meeting[chain.end(1)]) else 0.0


def _joined(chains: Sequence[_Chain], families: Mapping[int, int], stride: int) -> list[_Chain]:
    """Chains of a family that go on in each other made one, of the kind that most of it has."""
    meeting: dict[int, list[End]] = {}
    for number, chain in enumerate(chains):
        for side in () if chain.closed else (0, 1):
            meeting.setdefault(chain.end(side), []).append((number, side))
    links: dict[End, End] = {}
    for ends in meeting.values():
        for one, other in _pairs(ends, chains, families, stride):
            links |= {one: other, other: one}
    return [_strung([(chains[number], side) for number, side in run]) for run in _runs(len(chains), links)]


def _pairs(
    ends: list[End], chains: Sequence[_Chain], families: Mapping[int, int], stride: int
) -> Iterator[tuple[End, End]]:
    """Of the ends that meet at a corner those that go on in each other, the straightest first."""
    ways = {end: _way(chains[end[0]].turned(end[1]), stride) for end in ends}
    # Where only two are left they are one line, unless it would be a hairpin.
    limit = _THROUGH if len(ends) > 2 else -_THROUGH
    pairs = [
        (float(ways[one] @ ways[other]), one, other)
        for one, other in combinations(ends, 2)
        if families[chains[one[0]].kind] == families[chains[other[0]].kind]
    ]
    taken: set[End] = set()
    for turn, one, other in sorted(pairs, key=lambda pair: pair[0]):
        if turn < limit and not taken & {one, other}:
            taken |= {one, other}
            yield one, other


def _way(corners: Sequence[int], stride: int) -> Floats:
    """The direction in which a chain leaves its first corner, as a unit vector."""
    first, last = _places([corners[0], corners[min(_REACH, len(corners) - 1)]], stride)
    return np.asarray((last - first) / max(float(np.hypot(*(last - first))), 1.0))


def _places(corners: Sequence[int] | NDArray[np.intp], stride: int) -> Floats:
    """x and y of corners."""
    rows, columns = np.divmod(np.array(corners), stride)
    return np.column_stack([columns, rows]).astype(np.float64)


def _runs(count: int, links: Mapping[End, End]) -> Iterator[list[End]]:
    """Each chain once, in the runs that the links make: those with ends first, then rings."""
    used: set[int] = set()
    ends = [(number, side) for number in range(count) for side in (0, 1)]
    for start in sorted(ends, key=lambda end: end in links):
        run, end = list[End](), start
        while end[0] not in used:
            used.add(end[0])
            run.append(end)
            end = links.get((end[0], 1 - end[1]), end)
        if run:
            yield run


def _strung(run: Sequence[tuple[_Chain, int]]) -> _Chain:
    corners = [corner for chain, side in run for corner in chain.turned(side)[:-1]]
    lengths: Counter[int] = Counter()
    for chain, _ in run:
        lengths[chain.kind] += len(chain)
    last, side = run[-1]
    kind = min(lengths, key=lambda kind: (-lengths[kind], kind))
    return _Chain((*corners, last.turned(side)[-1]), kind)


def _drawn(chains: Sequence[_Chain], stride: int, scales: Scales) -> list[Line]:
    """Chains smoothed, and ends of branches set onto the smoothed line that they meet."""
    raw = [_places(chain.corners, stride) for chain in chains]
    smooth = [smoothed(points, scales.fine, scales.coarse) for points in raw]
    passing: dict[int, Floats] = {}
    for chain, points in zip(chains, smooth, strict=True):
        for corner, place in list(zip(chain.corners, points, strict=True))[0 if chain.closed else 1 : -1]:
            passing.setdefault(corner, place)
    crowd = Counter(corner for chain in chains for corner in chain.corners)
    drawn = []
    for chain, places, done in zip(chains, raw, smooth, strict=True):
        ends = [] if chain.closed else [end for end in (0, -1) if chain.corners[end] in passing]
        for end in ends:
            places[end] = passing[chain.corners[end]]
        final = smoothed(places, scales.fine, scales.coarse) if ends else done
        first, last = (not chain.closed and crowd[chain.corners[end]] == 1 for end in (0, -1))
        drawn.append(Line(final, chain.kind, chain.closed, (first, last)))
    return drawn


def regions(mask: NDArray[np.bool_], smoothing: float = 1.6, least: float = 25.0) -> list[Floats]:
    """The smoothed outlines of a mask and of its holes, for even-odd filling; each ends where it began.

    `smoothing` is the finer sigma, in pixels; loops around fewer than `least` square pixels are dropped. Pixels
    that only touch at a corner belong to loops of their own.
    """
    loops = (loop for loop in _loops(mask) if abs(_area(loop)) >= least)
    return [smoothed(loop, smoothing, 4 * smoothing) for loop in loops]


def _area(loop: Floats) -> float:
    x, y = loop.T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


# The sides of a pixel, clockwise: where a walk with the pixel on its right begins (x, y), whither it goes, and
# what lies outside (rows, columns).
_SIDES = (
    ((0, 0), (0, 1), (-1, 0)),
    ((1, 0), (1, 0), (0, 1)),
    ((1, 1), (0, -1), (1, 0)),
    ((0, 1), (-1, 0), (0, -1)),
)


def _loops(mask: NDArray[np.bool_]) -> Iterator[Floats]:
    """The loops of cracks around a mask, as corners of pixels."""
    inside = np.pad(np.asarray(mask, dtype=bool), 1)
    following = _following(inside)
    places = np.array([begin for begin, _, _ in _SIDES], dtype=np.float64) - 1.0
    while following:
        walk = [next(iter(following))]
        while (side := following.pop(walk[-1])) != walk[0]:
            walk.append(side)
        pixels, sides = np.divmod(np.array([*walk, walk[0]]), 4)
        yield _places(pixels, inside.shape[1]) + places[sides]


def _following(inside: NDArray[np.bool_]) -> dict[int, int]:
    """For each side of a pixel on the edge of a mask the side that comes next, each as 4 * pixel + side.

    A side has one successor wherever the walk began, so four-way corners need no choice.
    """
    stride, held = inside.shape[1], inside.ravel()
    pixels = np.flatnonzero(held)
    following: dict[int, int] = {}
    for side, (_, ahead, outward) in enumerate(_SIDES):
        forward, out = (way[0] * stride + way[1] for way in (ahead, outward))
        edge = pixels[~held[pixels + out]]
        # Round the own corner; else straight on, if nothing is in the way; else round the inner corner.
        ends = [~held[edge + forward], ~held[edge + forward + out]]
        onward = [edge * 4 + (side + 1) % 4, (edge + forward) * 4 + side]
        chosen = np.select(ends, onward, (edge + forward + out) * 4 + (side - 1) % 4)
        following.update(zip((edge * 4 + side).tolist(), chosen.tolist(), strict=True))
    return following
