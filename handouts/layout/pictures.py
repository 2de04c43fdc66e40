"""Pictures: display lists and a clinic's own drawings to operators, painted once in a form and used again.

A form has the units of its drawing; its matrix brings them to points, and turns the picture to its mirror image.
"""

from __future__ import annotations

from functools import lru_cache

from handouts.drawing import Drawing, Raster, Shape, Vector
from handouts.layout.ink import fill
from handouts.pdf.page import Form, Image, number
from handouts.picture import Panel, Stroke, segments
from handouts.tones import PATCH, tone

FINE = 0.5  # creases, faces, strands and hatches to outlines (C11)
HATCH = 4.0  # from line to line, in outlines
_LEAST_STRIPES = 5  # on a patch, however small it is drawn
HALO = 1.5  # white on each side of an arrow, in outlines
WEIGHTS = {"outline": 1.0, "overlap": 1.0, "prop": 1.0, "crease": FINE, "face": FINE, "strand": FINE}

_OPERATORS = {"M": "%d %d m", "l": "%d %d l", "c": "%d %d %d %d %d %d c", "z": "h"}


@lru_cache(maxsize=512)
def form(panel: Drawing, mirrored: bool, unit: float, stroke: float) -> Form:
    """A panel as a form: `unit` points a unit, outlines `stroke` points wide."""
    wide = round(panel.width * unit, 2)
    matrix = (-unit, 0.0, 0.0, unit, wide, 0.0) if mirrored else (unit, 0.0, 0.0, unit, 0.0, 0.0)
    box = (0, 0, panel.width, panel.height)
    if isinstance(panel, Raster):
        ops = f"{panel.width} 0 0 {panel.height} 0 0 cm\n/I Do".encode("ascii")
        return Form(ops, matrix, box, Image(panel.columns, panel.rows, panel.packed))
    if isinstance(panel, Vector):
        return Form(_shapes(panel, stroke * FINE / unit), matrix, box)
    return Form(_painted(panel, stroke / unit), matrix, box)


def _shapes(vector: Vector, least: float) -> bytes:
    """The operators of a clinic's shapes; no line is thinner than `least` units (C11)."""
    return "\n".join(_shape(shape, max(shape.width, least)) for shape in vector.shapes).encode("ascii")


def _shape(shape: Shape, width: float) -> str:
    parts = [fill(shape.fill).strip() or "0 g"] if shape.fill else []
    if shape.stroke:
        colour = (fill(shape.stroke).strip() or "0 g").upper()
        parts.append(f"{colour} {number(width)} w {shape.cap} J {shape.join} j 4 M")
    return "\n".join([*parts, shape.path, _PAINT[bool(shape.fill), bool(shape.stroke), shape.even_odd]])


_PAINT = {
    (True, False, False): "f", (True, False, True): "f*", (True, True, False): "B", (True, True, True): "B*",
    (False, True, False): "S", (False, True, True): "S",
}  # fmt: skip


def _painted(panel: Panel, outline: float) -> bytes:
    """The operators of a panel; `outline` is the width of an outline in units."""
    parts = ["1 J 1 j"]
    width = 0.0
    for mark, path in zip(panel.marks, outlines(panel), strict=True):
        if mark.kind == "line" and (wanted := outline * WEIGHTS[mark.name]) != width:
            width = wanted
            parts.append(f"{number(width)} w")
        parts.append(_MARKS[mark.kind](mark, path, outline))
        width = width if mark.kind in ("fill", "line") else 0.0
    return "\n".join(parts).encode("ascii")


@lru_cache(maxsize=1024)
def outlines(panel: Panel) -> tuple[str, ...]:
    """The path of each mark in operators, once for all editions and sizes."""
    return tuple(_path(mark.path) for mark in panel.marks)


def _path(path: str) -> str:
    return "\n".join(_OPERATORS[letter] % points for letter, points in segments(path))


def _fill(mark: Stroke, path: str, outline: float) -> str:
    return f"{fill(tone(mark.name)).strip() or '0 g'}\n{path}\nf*"


def _line(mark: Stroke, path: str, outline: float) -> str:
    """A line; a strand is white, on dark hair."""
    return f"1 G\n{path}\nS\n0 G" if mark.name == "strand" else f"{path}\nS"


def _arrow(mark: Stroke, path: str, outline: float) -> str:
    """Black, at least as wide as an outline, with white beside it."""
    wide = number(outline * (1 + 2 * HALO))
    return f"{wide} w\n1 G\n{path}\nS\n0 G\n0 g\n{number(outline)} w\n{path}\nB"


def _patch(mark: Stroke, path: str, outline: float) -> str:
    """Tint, stripes within, and an outline: seen without colour too (C4)."""
    tint, fine = fill(PATCH).strip(), number(outline * FINE)
    striped = f"q\n{path}\nW* n\n{fine} w\n{hatch(mark.path, outline)}\nS\nQ"
    return f"{tint}\n{path}\nf*\n{striped}\n{fine} w\n{path}\nS"


def hatch(path: str, outline: float) -> str:
    """Lines at 45 degrees over the box of a path, in operators."""
    return "\n".join(f"{x1} {y1} m {x2} {y2} l" for x1, y1, x2, y2 in stripes(path, outline))


def stripes(path: str, outline: float) -> list[tuple[int, int, int, int]]:
    """Where the stripes run: their two ends, on the box of the path."""
    points = [value for letter, part in segments(path) for value in part]
    left, bottom, right, top = min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])
    most = (right - left + top - bottom) / _LEAST_STRIPES
    step = max(min(outline * HATCH * 2**0.5, most), 1.0)  # along an axis
    found = []
    # x - y is the same along a stripe; stripes of two patches go on in each other.
    for index in range(int((left - top) // step), int((right - bottom) // step) + 1):
        offset = round(index * step)
        low, high = max(left, bottom + offset), min(right, top + offset)
        if low < high:
            found.append((low, low - offset, high, high - offset))
    return found


_MARKS = {"fill": _fill, "line": _line, "patch": _patch, "arrow": _arrow}
