"""Simple marks of a position: lying, sitting, standing. They hold the place of the pictures to come."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from handouts.layout.artwork import record
from handouts.layout.edition import BLUE

# Height to width of every mark; drawn in a box 100 wide and 50 high.
RATIO = 0.5


def _lying(canvas: Canvas) -> None:
    canvas.line(8, 12, 92, 12)  # bed
    canvas.line(14, 12, 14, 2)
    canvas.line(86, 12, 86, 2)
    canvas.circle(19, 21, 5.5, fill=0)
    _limbs(canvas, [(27, 18), (55, 18), (68, 33), (79, 16)])


def _sitting(canvas: Canvas) -> None:
    canvas.line(36, 40, 36, 2)  # chair
    canvas.line(36, 19, 58, 19)
    canvas.line(58, 19, 58, 2)
    canvas.circle(44, 44, 5, fill=0)
    _limbs(canvas, [(44, 37), (44, 23), (63, 23), (65, 4), (71, 4)])
    _limbs(canvas, [(44, 34), (54, 27)])


def _standing(canvas: Canvas) -> None:
    canvas.line(72, 30, 72, 2)  # counter
    canvas.line(66, 30, 88, 30)
    canvas.circle(48, 44.5, 4.5, fill=0)
    _limbs(canvas, [(48, 38), (48, 21), (44, 3), (50, 3)])
    _limbs(canvas, [(48, 21), (53, 3), (59, 3)])
    _limbs(canvas, [(48, 35), (57, 29), (68, 32)])


MARKS: dict[str, Callable[[Canvas], None]] = {"lying": _lying, "sitting": _sitting, "standing": _standing}


@lru_cache(maxsize=64)
def mark(name: str, width: float, stroke: float) -> bytes:
    """A mark's operators; the origin is its upper left corner. Width and stroke in points."""

    def draw(canvas: Canvas) -> None:
        scale = width / 100
        canvas.translate(0, -width * RATIO)
        canvas.scale(scale, scale)
        canvas.setLineWidth(stroke / scale)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.setStrokeColor(HexColor(BLUE))
        MARKS[name](canvas)

    return record(draw)


def _limbs(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path)
