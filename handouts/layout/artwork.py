"""All that is drawn and is not text, through ReportLab's canvas, recorded once as operators.

Origins are upper left corners: y runs from 0 down to minus the height.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from handouts.layout.edition import BLUE, TINT

_RADIUS = 4.0  # of round corners, in points


def record(draw: Callable[[Canvas], None]) -> bytes:
    """The operators of a drawing."""
    canvas = Canvas(io.BytesIO(), invariant=1)
    draw(canvas)
    return str(canvas.getCurrentPageContent()).encode("ascii")


@lru_cache(maxsize=512)
def box(
    width: float, height: float, stroke: float, colour: str, closed: tuple[bool, bool] = (True, True)
) -> bytes:
    """A frame with round corners, the stroke inside; `closed` at the top and at the bottom."""
    half = stroke / 2

    def draw(canvas: Canvas) -> None:
        _pen(canvas, stroke, colour)
        if all(closed):
            canvas.roundRect(half, half - height, width - stroke, height - stroke, _RADIUS)
            return
        for x in (half, width - half):
            canvas.line(x, 0, x, -height)
        for y, is_closed in zip((-half, half - height), closed, strict=True):
            if is_closed:
                canvas.line(0, y, width, y)

    return record(draw)


@lru_cache(maxsize=512)
def bar(width: float, height: float, colour: str) -> bytes:
    """A filled bar or panel."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor(colour))
        canvas.rect(0, -height, width, height, stroke=0, fill=1)

    return record(draw)


@lru_cache(maxsize=64)
def disc(diameter: float) -> bytes:
    """The badge under a stretch's number."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor(BLUE))
        canvas.circle(diameter / 2, -diameter / 2, diameter / 2, stroke=0, fill=1)

    return record(draw)


@lru_cache(maxsize=512)
def rule(length: float, stroke: float) -> bytes:
    """A line across, hanging below the origin."""

    def draw(canvas: Canvas) -> None:
        _pen(canvas, stroke, BLUE)
        canvas.line(0, -stroke / 2, length, -stroke / 2)

    return record(draw)


@lru_cache(maxsize=512)
def grid(widths: tuple[float, ...], height: float, stroke: float, head: bool) -> bytes:
    """The cells of one table row; a head row is tinted."""

    def draw(canvas: Canvas) -> None:
        if head:
            canvas.setFillColor(HexColor(TINT))
            canvas.rect(0, -height, sum(widths), height, stroke=0, fill=1)
        _pen(canvas, stroke, BLUE)
        x = 0.0
        for width in widths:
            canvas.rect(x, -height, width, height)
            x += width

    return record(draw)


@lru_cache(maxsize=512)
def cells(widths: tuple[float, ...], rows: int, height: float, stroke: float) -> bytes:
    """The dose box: a round frame, parted into columns and into rows of one height."""
    wide, tall = sum(widths), rows * height

    def draw(canvas: Canvas) -> None:
        _pen(canvas, stroke, BLUE)
        for index in range(1, len(widths)):
            x = sum(widths[:index])
            canvas.line(x, 0, x, -tall)
        for row in range(1, rows):
            canvas.line(0, -height * row, wide, -height * row)

    return box(wide, tall, stroke, BLUE) + b"\n" + record(draw)


def _pen(canvas: Canvas, stroke: float, colour: str) -> None:
    canvas.setLineWidth(stroke)
    canvas.setStrokeColor(HexColor(colour))
