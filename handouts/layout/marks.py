"""Simple marks of a position, for stretches that nobody has drawn yet."""

from __future__ import annotations

from handouts.picture import Panel, Stroke

Point = tuple[int, int]

_SCALE = 52  # units a metre: a bed is as long as a person is tall


def _mark(height: int, head: tuple[int, int, int], *lines: tuple[Point, ...]) -> Panel:
    """Lines and a head (its middle and radius) in a box that is 100 wide."""
    return Panel(100, height, _SCALE, (_round(*head), *map(_line, lines)))


def _line(points: tuple[Point, ...]) -> Stroke:
    (x, y), *rest = points
    steps = []
    for across, up in rest:
        steps.append(f"l{across - x} {up - y}")
        x, y = across, up
    return Stroke("line", "outline", f"M{points[0][0]} {points[0][1]}{''.join(steps)}")


def _round(x: int, y: int, r: int) -> Stroke:
    """A circle of four curves."""
    k = round(r * 0.55)
    curves = (
        f"c0 {k} {k - r} {r} {-r} {r}", f"c{-k} 0 {-r} {k - r} {-r} {-r}",
        f"c0 {-k} {r - k} {-r} {r} {-r}", f"c{k} 0 {r} {r - k} {r} {r}",
    )  # fmt: skip
    return Stroke("line", "outline", f"M{x + r} {y}{''.join(curves)}z")


_BED = (((2, 14), (98, 14)), ((8, 14), (8, 2)), ((92, 14), (92, 2)))
_SHORT_BED = (((2, 14), (72, 14)), ((8, 14), (8, 2)), ((66, 14), (66, 2)))
MARKS = {
    "lying": _mark(34, (14, 24, 6), *_BED, ((23, 20), (88, 20))),
    "knees_bent": _mark(44, (14, 24, 6), *_BED, ((23, 20), (56, 20), (70, 38), (82, 17))),
    "legs_over_edge": _mark(34, (14, 24, 6), *_SHORT_BED, ((23, 20), (73, 20), (79, 2), (86, 2))),
    "on_bed": _mark(54, (62, 47, 6), *_SHORT_BED, ((60, 39), (60, 19), (78, 19), (80, 2), (88, 2)),
                    ((60, 36), (72, 26))),
    "sitting": _mark(54, (14, 47, 6), ((3, 42), (3, 2)), ((3, 18), (30, 18)), ((30, 18), (30, 2)),
                     ((12, 39), (12, 22), (36, 22), (38, 2), (46, 2)), ((12, 36), (25, 27))),
    "standing": _mark(58, (14, 51, 6), ((44, 34), (44, 2)), ((38, 34), (66, 34)),
                      ((13, 43), (13, 24), (7, 2), (14, 2)), ((13, 24), (20, 2), (27, 2)),
                      ((13, 40), (26, 33), (40, 36))),
}  # fmt: skip
