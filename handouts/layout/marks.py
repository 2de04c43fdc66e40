"""Simple marks of a position: they hold the place of the pictures to come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from handouts.layout.artwork import record
from handouts.layout.edition import BLUE

Point = tuple[float, float]


@dataclass(frozen=True)
class _Mark:
    """Lines and a head in a box that is 100 wide and `height` high; y grows upwards."""

    height: float
    head: tuple[float, float, float]  # centre and radius
    lines: tuple[tuple[Point, ...], ...]


_BED = (((2, 14), (98, 14)), ((8, 14), (8, 2)), ((92, 14), (92, 2)))
_SHORT_BED = (((2, 14), (72, 14)), ((8, 14), (8, 2)), ((66, 14), (66, 2)))
MARKS = {
    "lying": _Mark(34, (14, 24, 6), (*_BED, ((23, 20), (88, 20)))),
    "knees_bent": _Mark(44, (14, 24, 6), (*_BED, ((23, 20), (56, 20), (70, 38), (82, 17)))),
    "legs_over_edge": _Mark(34, (14, 24, 6), (*_SHORT_BED, ((23, 20), (73, 20), (79, 2), (86, 2)))),
    "on_bed": _Mark(54, (62, 47, 5.5), (*_SHORT_BED, ((60, 39), (60, 19), (78, 19), (80, 2), (88, 2)),
                                        ((60, 36), (72, 26)))),
    "sitting": _Mark(54, (14, 47, 5.5), (((3, 42), (3, 2)), ((3, 18), (30, 18)), ((30, 18), (30, 2)),
                                         ((12, 39), (12, 22), (36, 22), (38, 2), (46, 2)), ((12, 36), (25, 27)))),
    "standing": _Mark(58, (14, 51, 5.5), (((44, 34), (44, 2)), ((38, 34), (66, 34)),
                                          ((13, 43), (13, 24), (7, 2), (14, 2)), ((13, 24), (20, 2), (27, 2)),
                                          ((13, 40), (26, 33), (40, 36)))),
}  # fmt: skip


_FLATTEST = 0.4  # of the width: a standing person is drawn smaller, or the steps would move to the next page


def _scale(name: str, width: float) -> float:
    return min(width / 100, width * _FLATTEST / MARKS[name].height)


def height(name: str, width: float) -> float:
    """How high a mark is in its place of a width, in points."""
    return _scale(name, width) * MARKS[name].height


@lru_cache(maxsize=64)
def mark(name: str, width: float, stroke: float) -> bytes:
    """A mark's operators; the origin is its upper left corner. Width and stroke in points."""
    found, scale = MARKS[name], _scale(name, width)

    def draw(canvas: Canvas) -> None:
        canvas.translate(0, -height(name, width))
        canvas.scale(scale, scale)
        canvas.setLineWidth(stroke / scale)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.setStrokeColor(HexColor(BLUE))
        canvas.circle(*found.head, fill=0)
        for points in found.lines:
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            canvas.drawPath(path)

    return record(draw)
