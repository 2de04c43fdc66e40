"""All that is drawn and is not text, as paths of ReportLab, in operators.

Origins are upper left corners: y runs from 0 down to minus the height.
"""

from __future__ import annotations

from functools import lru_cache

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.pathobject import PDFPathObject as Path

from handouts.layout.edition import BLUE, TINT

_RADIUS = 4.0  # of round corners, in points


@lru_cache(maxsize=512)
def box(
    width: float, height: float, stroke: float, colour: str, closed: tuple[bool, bool] = (True, True)
) -> bytes:
    """A frame with round corners, the stroke inside; `closed` at the top and at the bottom."""
    half, path = stroke / 2, Path()
    if all(closed):
        path.roundRect(half, half - height, width - stroke, height - stroke, _RADIUS)
        return _stroked(path, stroke, colour)
    for x in (half, width - half):
        _line(path, (x, 0), (x, -height))
    for y, is_closed in zip((-half, half - height), closed, strict=True):
        if is_closed:
            _line(path, (0, y), (width, y))
    return _stroked(path, stroke, colour)


@lru_cache(maxsize=512)
def bar(width: float, height: float, colour: str) -> bytes:
    """A filled bar or panel."""
    path = Path()
    path.rect(0, -height, width, height)
    return _filled(path, colour)


@lru_cache(maxsize=64)
def disc(diameter: float) -> bytes:
    """The badge under a stretch's number."""
    path = Path()
    path.circle(diameter / 2, -diameter / 2, diameter / 2)
    return _filled(path, BLUE)


@lru_cache(maxsize=512)
def rule(length: float, stroke: float) -> bytes:
    """A line across, hanging below the origin."""
    path = Path()
    _line(path, (0, -stroke / 2), (length, -stroke / 2))
    return _stroked(path, stroke)


@lru_cache(maxsize=512)
def grid(widths: tuple[float, ...], height: float, stroke: float, head: bool) -> bytes:
    """The cells of one table row; a head row is tinted."""
    path, x = Path(), 0.0
    for width in widths:
        path.rect(x, -height, width, height)
        x += width
    tint = bar(sum(widths), height, TINT) + b"\n" if head else b""
    return tint + _stroked(path, stroke)


@lru_cache(maxsize=512)
def cells(widths: tuple[float, ...], rows: int, height: float, stroke: float) -> bytes:
    """The dose box: a round frame, parted into columns and into rows of one height."""
    wide, tall = sum(widths), rows * height
    path = Path()
    path.roundRect(stroke / 2, stroke / 2 - tall, wide - stroke, tall - stroke, _RADIUS)
    for index in range(1, len(widths)):
        x = sum(widths[:index])
        _line(path, (x, 0), (x, -tall))
    for row in range(1, rows):
        _line(path, (0, -height * row), (wide, -height * row))
    return _stroked(path, stroke)


def _line(path: Path, start: tuple[float, float], end: tuple[float, float]) -> None:
    path.moveTo(*start)
    path.lineTo(*end)


def _stroked(path: Path, stroke: float, colour: str = BLUE) -> bytes:
    return f"{fp_str(stroke)} w\n{_rgb(colour)} RG\n{path.getCode()} S".encode("ascii")


def _filled(path: Path, colour: str) -> bytes:
    return f"{_rgb(colour)} rg\n{path.getCode()} f".encode("ascii")


def _rgb(colour: str) -> str:
    """The colour "#rrggbb" as three numbers."""
    return str(fp_str([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]))
