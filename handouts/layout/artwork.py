"""All that is drawn and is not text, as paths of ReportLab, in operators.

Origins are upper left corners: y runs from 0 down to minus the height.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.pathobject import PDFPathObject as Path

from handouts.layout.edition import BLUE, TINT, rgb

_RADIUS = 4.0  # of round corners, in points


@lru_cache(maxsize=512)
def box(
    width: float, height: float, stroke: float, colour: str, closed: tuple[bool, bool] = (True, True)
) -> bytes:
    """A frame with round corners, the stroke inside; `closed` at the top and at the bottom."""
    half = stroke / 2
    if all(closed):
        path = Path()
        path.roundRect(half, half - height, width - stroke, height - stroke, _RADIUS)
        return _stroked([path], stroke, colour)
    sides = [_line((x, 0), (x, -height)) for x in (half, width - half)]
    ends = zip((-half, half - height), closed, strict=True)
    return _stroked([*sides, *(_line((0, y), (width, y)) for y, is_closed in ends if is_closed)], stroke, colour)


@lru_cache(maxsize=512)
def bar(width: float, height: float, colour: str) -> bytes:
    """A filled bar or panel."""
    return _filled(_rectangle(0, -height, width, height), colour)


@lru_cache(maxsize=64)
def disc(diameter: float) -> bytes:
    """The badge under a stretch's number."""
    path = Path()
    path.circle(diameter / 2, -diameter / 2, diameter / 2)
    return _filled(path, BLUE)


@lru_cache(maxsize=512)
def rule(length: float, stroke: float) -> bytes:
    """A line across, hanging below the origin."""
    return _stroked([_line((0, -stroke / 2), (length, -stroke / 2))], stroke)


@lru_cache(maxsize=512)
def grid(widths: tuple[float, ...], height: float, stroke: float, head: bool) -> bytes:
    """The cells of one table row; a head row is tinted."""
    tint = bar(sum(widths), height, TINT) + b"\n" if head else b""
    lefts = accumulate(widths, initial=0.0)
    cells = [_rectangle(x, -height, width, height) for x, width in zip(lefts, widths, strict=False)]
    return tint + _stroked(cells, stroke)


@lru_cache(maxsize=512)
def cells(widths: tuple[float, ...], rows: int, height: float, stroke: float) -> bytes:
    """The dose box: a round frame, parted into columns and into rows of one height."""
    wide, tall = sum(widths), rows * height
    inside = [_line((x, 0), (x, -tall)) for x in accumulate(widths[:-1])]
    inside += [_line((0, -height * row), (wide, -height * row)) for row in range(1, rows)]
    return b"\n".join([box(wide, tall, stroke, BLUE), *([_stroked(inside, stroke)] if inside else [])])


def _line(start: tuple[float, float], end: tuple[float, float]) -> Path:
    path = Path()
    path.moveTo(*start)
    path.lineTo(*end)
    return path


def _rectangle(x: float, y: float, width: float, height: float) -> Path:
    path = Path()
    path.rect(x, y, width, height)
    return path


def _stroked(paths: Iterable[Path], stroke: float, colour: str = BLUE) -> bytes:
    """Each is painted by itself, so that a program that reads the page sees single lines and cells."""
    painted = [f"{path.getCode()} S" for path in paths]
    return "\n".join([f"{fp_str(stroke)} w", f"{_rgb(colour)} RG", *painted]).encode("ascii")


def _filled(path: Path, colour: str) -> bytes:
    return f"{_rgb(colour)} rg\n{path.getCode()} f".encode("ascii")


def _rgb(colour: str) -> str:
    """The colour "#rrggbb" as three numbers."""
    return str(fp_str(rgb(colour)))
