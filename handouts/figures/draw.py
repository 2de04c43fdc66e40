"""A scene as a finished panel: fills, lines, patches and arrows in integer units, from the back to the front."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_opening, gaussian_filter

from handouts.figures import arrows, camera, curves, edges, muscles, trace
from handouts.figures.camera import Seen
from handouts.figures.contact import gaps
from handouts.figures.edges import Labels
from handouts.figures.hands import Stroke3
from handouts.figures.paths import places, shifted
from handouts.figures.scene import Scene, compose
from handouts.figures.solids import SPHERE, table
from handouts.figures.vectors import Mat, Vec, unit
from handouts.picture import Panel as Drawn
from handouts.picture import Stroke
from handouts.poses import Arrow, Close, Figures

PIXEL = 0.0016  # metres of the scene
UNITS = 1000  # a metre of the scene, in a whole view
_CLOSE_PIXELS = 620  # across a close view
_FIT = 0.55  # pixels that a curve may be off
_LIGHT = (-0.45, 0.75, -0.5)  # from the left, above and before the picture: right, up, into the scene
_SHADED = -0.32  # below this much light a surface is in shade
_CLOTH = ("top", "bottom", "helper")
_SHADE_LEAST = 900  # pixels: smaller shades are specks
_SHORTEST_CREASE = 24  # pixels
_SHORTEST_SPUR = 38  # pixels for each end that runs out: less, on cloth, is a stray mark
_SHORTEST_FINGER = 14  # the same on a hand seen edge on
_SHORTEST_SEEN = 6  # pixels of a drawn line that something half covers: less is a dot
_TAPER = 22  # pixels of a line that run out
_APART = 45  # units between a picture and its enlargement
_FAR_SIDE = 0.30  # cosine from which one side of a body is the far one


@dataclass(frozen=True)
class Frame:
    """How pixels become units: their size, and where an inset is moved to."""

    seen: Seen
    scale: float  # units per metre
    shift: tuple[float, float] = (0.0, 0.0)  # units

    def units(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels to units, y up."""
        left, _, _, top = self.seen.bounds
        x = left + pixels[:, 0] * self.seen.pixel
        y = top - pixels[:, 1] * self.seen.pixel
        return np.asarray(np.column_stack([x, y]) * self.scale + np.array(self.shift))

    def plane(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres in the plane to units."""
        return np.asarray(points * self.scale + np.array(self.shift))

    def path(self, pixels: NDArray[np.float64], closed: bool, fit: float = _FIT) -> str:
        """A traced line as a path."""
        return curves.path([self.units(piece) for piece in curves.fit(pixels, fit)], closed)


def panel(stretch: str, figures: Figures, index: int, pixel: float = PIXEL) -> Drawn:
    """One panel of a stretch's pictures; `pixel` in metres of the scene."""
    wanted = figures.panels[index]
    scene = compose(stretch, figures, wanted)
    if wanted.close:
        return _close_view(stretch, scene, wanted.close)
    return _whole_view(stretch, scene, pixel)


def _whole_view(stretch: str, scene: Scene, pixel: float) -> Drawn:
    axes = camera.axes_of(scene.figures.view)
    seen = camera.see(scene.solids, axes, camera.bounds_of(scene.solids, axes), pixel)
    frame = Frame(seen, UNITS)
    marks = [*_marks(scene, frame, None), *_arrows(stretch, scene, frame, 1.0)]
    if scene.panel.inset:
        marks += _inset(stretch, scene, scene.panel.inset, frame, marks)
    return _boxed(marks, UNITS)


def _close_view(stretch: str, scene: Scene, close: Close) -> Drawn:
    """A round part of the scene, as large as a picture."""
    scale = UNITS * 0.5 / close.radius
    frame, circle = _round(scene, close, scale)
    marks = [
        *_marks(scene, frame, circle),
        _ring(frame, scene, close),
        *_arrows(stretch, scene, frame, close.radius / 0.5, close),
    ]
    return _boxed(marks, round(scale))


def _round(scene: Scene, close: Close, scale: float) -> tuple[Frame, NDArray[np.bool_]]:
    axes = camera.axes_of(close.view or scene.figures.view)
    middle = scene.anchor(close.about)
    x, y, r = float(middle @ axes[0]), float(middle @ axes[1]), close.radius
    seen = camera.see(scene.solids, axes, (x - r, x + r, y - r, y + r), 2 * r / _CLOSE_PIXELS)
    high, wide = seen.shape.shape
    down, right = np.mgrid[0:high, 0:wide]
    at = seen.flat(middle)
    circle = np.hypot(right + 0.5 - at[0], down + 0.5 - at[1]) * seen.pixel <= r
    return Frame(seen, scale), circle


def _ring(frame: Frame, scene: Scene, close: Close) -> Stroke:
    middle = scene.anchor(close.about)
    flat = np.array([middle @ frame.seen.axes[0], middle @ frame.seen.axes[1]])
    return Stroke("line", "prop", _circle(frame.plane(flat[None])[0], close.radius * frame.scale))


def _circle(middle: NDArray[np.float64], radius: float) -> str:
    """A circle of four curves."""
    k = 0.5523 * radius
    quarter = [np.array([[radius, 0], [radius, k], [k, radius], [0, radius]])]
    for _ in range(3):
        quarter.append(np.column_stack([-quarter[-1][:, 1], quarter[-1][:, 0]]))
    return curves.path([piece + middle for piece in quarter], True)


def _marks(scene: Scene, frame: Frame, circle: NDArray[np.bool_] | None) -> Iterator[Stroke]:
    """Everything but arrows and insets; `circle` cuts it round."""
    seen = frame.seen
    labels = edges.label(seen)
    inside = np.ones(seen.shape.shape, bool) if circle is None else circle
    yield from _floor_shadow(scene, frame, inside)
    yield from _fills(scene, labels, frame, inside)
    beside, below = edges.cracks(seen, labels)
    beside = np.where(inside[:, :-1] & inside[:, 1:], beside, 0).astype(np.int8)
    below = np.where(inside[:-1] & inside[1:], below, 0).astype(np.int8)
    patches = list(_patches(scene, labels, frame, inside))
    yield from patches
    cloths = [number for number, tone in enumerate(labels.tones) if tone.startswith(_CLOTH)]
    cloth, hand = labels.body & np.isin(labels.tone, cloths), labels.is_bone("hand_")
    for line in trace.lines(beside, below, edges.FAMILIES):
        yield from _traced(line, frame, cloth, hand)
    yield from _drawn(scene, frame, inside)


def _on(mask: NDArray[np.bool_], line: trace.Line) -> bool:
    """Whether a line runs on a surface: on both its sides, for most of its length."""
    down, across = np.clip(line.points[:, ::-1].astype(int), 1, np.array(mask.shape) - 1).T
    both = mask[down, across] & mask[down - 1, across - 1]
    return float(both.mean()) > 0.6


def _run(points: NDArray[np.float64]) -> float:
    """How long a line is, in pixels."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _traced(line: trace.Line, frame: Frame, cloth: NDArray[np.bool_], hand: NDArray[np.bool_]) -> Iterator[Stroke]:
    """A line in its class, thinner where it runs out on a surface: drawn with a pen, not cut off."""
    run = _run(line.points)
    if line.kind == edges.CREASE and run < _SHORTEST_CREASE:
        return
    ends = 2 if line.closed else sum(line.free)
    if line.kind == edges.OVERLAP and (
        (run < _SHORTEST_SPUR * ends and _on(cloth, line)) or (run < _SHORTEST_FINGER * ends and _on(hand, line))
    ):
        return
    for name, points in _tapered(line, edges.CLASS[line.kind], run):
        if path := frame.path(points, line.closed):
            yield Stroke("line", name, path)


def _tapered(line: trace.Line, name: str, run: float) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """The whole line, or its body and its running-out ends."""
    ends = round(min(_TAPER, run * 0.3))
    if name != "overlap" or line.closed or not any(line.free) or ends < 4:
        yield name, line.points
        return
    start, stop = ends * line.free[0], len(line.points) - ends * line.free[1]
    yield name, line.points[start : stop + 1]
    if line.free[0]:
        yield "crease", line.points[: start + 1]
    if line.free[1]:
        yield "crease", line.points[stop:]


def _far_parts(scene: Scene, axes: Mat) -> dict[int, tuple[str, ...]]:
    """Whose limbs are on the side away from the camera."""
    far: dict[int, tuple[str, ...]] = {}
    for name, skeleton in scene.people.items():
        towards = float(skeleton.bones["chest"][:, 1] @ -axes[2])
        if abs(towards) > _FAR_SIDE:
            side = "r" if towards > 0 else "l"
            far[scene.bodies[name].owner] = (f"arm_{side}", f"leg_{side}")
    return far


def _fills(scene: Scene, labels: Labels, frame: Frame, inside: NDArray[np.bool_]) -> Iterator[Stroke]:
    """Every tone as a fill that runs a little under its lines; far side and shade are tones of their own."""
    seen, far = frame.seen, np.zeros(inside.shape, bool)
    for owner, parts in _far_parts(scene, frame.seen.axes).items():
        wanted = [labels.parts.index(part) for part in parts if part in labels.parts]
        far |= (labels.owner == owner) & np.isin(labels.part, wanted)
    shade = _shade(seen, labels)
    for number, tone in enumerate(labels.tones):
        for suffix, where in (("", ~far), (".far", far)):
            here = (labels.tone == number) & where & inside
            if not here.any():
                continue
            under = binary_dilation(here, iterations=1) & seen.hit & inside
            yield from _fill(tone + suffix, under, frame, 1.6, 12)
            dark = binary_opening(here & shade, iterations=3)
            if tone.startswith(("skin", "scarf", *_CLOTH)) and dark.sum() > _SHADE_LEAST:
                yield from _fill(f"{tone}{suffix}.shade", dark, frame, 4.0, 300)


def _fill(tone: str, mask: NDArray[np.bool_], frame: Frame, smooth: float, least: float) -> Iterator[Stroke]:
    path = "".join(frame.path(loop, True, 0.75) for loop in trace.regions(mask, smooth, least))
    if path:
        yield Stroke("fill", tone, path)


def _shade(seen: Seen, labels: Labels) -> NDArray[np.bool_]:
    """Where light does not come; never on a face, where it would read as stubble."""
    light = unit(np.array(_LIGHT)) @ seen.axes
    lit = np.where(labels.body, seen.normal @ light, 0.0)
    share = gaussian_filter(labels.body.astype(float), 6)
    face = np.isin(labels.part, [i for i, part in enumerate(labels.parts) if part in ("head", "hair")])
    shaded = gaussian_filter(lit, 6) / np.maximum(share, 1e-3) < _SHADED
    return np.asarray(labels.body & ~face & shaded)


def _floor_shadow(scene: Scene, frame: Frame, inside: NDArray[np.bool_]) -> Iterator[Stroke]:
    """Where things all but touch the floor: they stand, and don't float."""
    seen = frame.seen
    into = seen.axes[2]
    if into[2] > -0.06:
        return
    rows = table(seen.solids)
    low = np.flatnonzero(rows[:, SPHERE + 2] - rows[:, SPHERE + 3] < 0.12)
    flat = seen.points() - np.where(seen.hit, seen.depth, 0.0)[..., None] * into
    on_floor = flat - (flat[..., 2] / into[2])[..., None] * into
    points = on_floor[::2, ::2].reshape(-1, 3) + np.array([0, 0, 0.012])
    mask = (gaps(rows[low], points) < 0.032).reshape(on_floor[::2, ::2].shape[:2])
    mask = np.repeat(np.repeat(mask, 2, 0), 2, 1)[: inside.shape[0], : inside.shape[1]] & inside
    yield from _fill("shadow", mask, frame, 5.0, 200)


def _patches(scene: Scene, labels: Labels, frame: Frame, inside: NDArray[np.bool_]) -> Iterator[Stroke]:
    for name in scene.panel.highlight:
        mask = muscles.patch(frame.seen, labels, scene.people["person"], name) & inside
        path = "".join(frame.path(loop, True, 0.8) for loop in trace.regions(mask, 3.0, 80))
        if path:
            yield Stroke("patch", "", path)


def _drawn(scene: Scene, frame: Frame, inside: NDArray[np.bool_]) -> Iterator[Stroke]:
    """The lines that are drawn on bodies, where they can be seen."""
    for stroke in scene.strokes:
        if float(stroke.outward @ -frame.seen.axes[2]) < stroke.turned:
            continue
        for run in _seen_runs(stroke, frame.seen, inside):
            if path := frame.path(run, False, 0.4):
                yield Stroke("line", stroke.name, path)


def _seen_runs(stroke: Stroke3, seen: Seen, inside: NDArray[np.bool_]) -> Iterator[NDArray[np.float64]]:
    """The stretches of a line, in pixels, that nothing covers."""
    flat = np.array([seen.flat(point) for point in stroke.points])
    fine = curves.spline(flat, 6) if len(flat) > 2 else flat
    deep = [seen.deep(point) for point in stroke.points]
    depths = np.interp(np.linspace(0, 1, len(fine)), np.linspace(0, 1, len(deep)), deep)
    shown = [
        _is_seen(point, depth - stroke.within, seen, inside) for point, depth in zip(fine, depths, strict=True)
    ]
    for is_shown, run in groupby(range(len(fine)), key=shown.__getitem__):
        indexes = list(run)
        whole = len(indexes) > len(fine) * 0.6
        if is_shown and len(indexes) > 1 and (whole or _run(fine[indexes]) > _SHORTEST_SEEN):
            yield fine[indexes]


def _is_seen(point: Vec, depth: float, seen: Seen, inside: NDArray[np.bool_]) -> bool:
    i, j = math.floor(point[1]), math.floor(point[0])
    high, wide = inside.shape
    return 0 <= i < high and 0 <= j < wide and bool(inside[i, j]) and depth < seen.depth[i, j]


def _arrows(stretch: str, scene: Scene, frame: Frame, size: float, close: Close | None = None) -> Iterator[Stroke]:
    """The arrows of a whole view, a close view or an inset; in a round view they keep off the ring."""
    axes = frame.seen.axes
    for arrow in scene.panel.arrows:
        if arrow.inset != (close is not None and close is scene.panel.inset):
            continue
        line = _way(stretch, scene, arrow, axes)
        line = arrows.moved(line, arrow.offset, arrow.shift)
        if close:
            middle = scene.anchor(close.about)
            line = arrows.within(line, np.array([middle @ axes[0], middle @ axes[1]]), close.radius, size)
        for outline in arrows.outlines(line, arrow.both, size):
            yield Stroke("arrow", "", curves.polygon(frame.plane(outline)))


def _way(stretch: str, scene: Scene, arrow: Arrow, axes: Mat) -> NDArray[np.float64]:
    if arrow.follow:
        return _followed(stretch, scene, arrow.follow, axes, arrow.bend)
    start = scene.anchor(arrow.start) if isinstance(arrow.start, str) else np.array(arrow.start)
    end = start + np.array(arrow.by)
    flat = [np.array([point @ axes[0], point @ axes[1]]) for point in (start, end)]
    return arrows.bent(flat[0], flat[1], arrow.bend)


def _followed(stretch: str, scene: Scene, anchor: str, axes: Mat, bend: float) -> NDArray[np.float64]:
    """The way an anchor goes from the panel before to this one."""
    index = scene.figures.panels.index(scene.panel)
    before = compose(stretch, scene.figures, scene.figures.panels[max(0, index - 1)])
    ends = [before.anchor(anchor), scene.anchor(anchor)]
    flat = [np.array([point @ axes[0], point @ axes[1]]) for point in ends]
    return arrows.bent(flat[0], flat[1], bend)


def _inset(stretch: str, scene: Scene, close: Close, whole: Frame, marks: Sequence[Stroke]) -> Iterator[Stroke]:
    """A round enlargement beside the picture, tied to the place it shows."""
    frame, circle = _round(scene, close, UNITS * close.times)
    _, bottom, _, top = box_of(marks)
    radius = close.radius * UNITS * close.times
    here = scene.anchor(close.about)
    axes = camera.axes_of(scene.figures.view)
    spot = np.array([here @ axes[0], here @ axes[1]]) * UNITS
    small = close.radius * UNITS
    y = top - radius if close.place.startswith("top") else bottom + radius
    x = _nearest(whole, spot, small, y, radius, 1 if close.place.endswith("right") else -1)
    flat = np.array([here @ frame.seen.axes[0], here @ frame.seen.axes[1]]) * frame.scale
    moved = Frame(frame.seen, frame.scale, (x - flat[0], y - flat[1]))
    middle = np.array([x, y])
    way = unit(spot - middle)
    yield Stroke("line", "prop", _circle(spot, small))
    yield Stroke("line", "prop", curves.polygon(np.array([spot - way * small, middle + way * radius]), False))
    yield Stroke("fill", "paper", _circle(middle, radius))
    yield from _marks(scene, moved, circle)
    yield from _arrows(stretch, scene, moved, 1 / close.times, close)
    yield Stroke("line", "prop", _circle(middle, radius))


def _nearest(whole: Frame, spot: NDArray[np.float64], small: float, y: float, radius: float, way: int) -> float:
    """How near to the picture, from the right (1) or the left (-1), a circle at a height can come."""
    down, across = np.nonzero(whole.seen.hit)
    seen = whole.units(np.column_stack([across, down]).astype(float))
    turns = np.linspace(0, 2 * np.pi, 73)[:, None]
    every = np.vstack([seen, spot + small * np.hstack([np.cos(turns), np.sin(turns)])])
    room = (radius + _APART) ** 2 - (every[:, 1] - y) ** 2
    beside = room > 0
    return way * float((every[beside, 0] * way + np.sqrt(room[beside])).max(initial=-np.inf))


def box_of(marks: Sequence[Stroke]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of marks, in units."""
    every = np.vstack([places(mark.path) for mark in marks])
    return float(every[:, 0].min()), float(every[:, 1].min()), float(every[:, 0].max()), float(every[:, 1].max())


_MARGIN = 12  # units at the middle scale: half of the widest line


def _boxed(marks: Sequence[Stroke], scale: int) -> Drawn:
    """Marks moved so that the picture begins at nought."""
    margin = _MARGIN
    left, bottom, right, top = box_of(marks)
    dx, dy = margin - math.floor(left), margin - math.floor(bottom)
    moved = tuple(Stroke(mark.kind, mark.name, shifted(mark.path, dx, dy)) for mark in marks)
    return Drawn(math.ceil(right) + dx + margin, math.ceil(top) + dy + margin, scale, moved)
