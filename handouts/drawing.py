"""A clinic's own picture or logo, as checked values: shapes in solid colours, or dots.

Such a drawing has no metre of its own: its longer side counts as `LONGER` millimetres of a scene, so that it is
a little larger than C10 asks in every edition. `y` grows upwards from the lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.picture import Panel

LONGER = 1750  # units; a person is about that tall


@dataclass(frozen=True)
class Shape:
    """A path in PDF operators, its colours ("#rrggbb", "" for none) and the manner of its line, in units."""

    path: str
    fill: str
    stroke: str
    width: float
    cap: int  # butt, round or square, as PDF numbers them
    join: int  # miter, round or bevel
    even_odd: bool


@dataclass(frozen=True)
class Vector:
    """Shapes in painting order in a box of whole units."""

    width: int
    height: int
    shapes: tuple[Shape, ...] = field(hash=False)
    scale: int = 1000
    shows_where: bool = False


@dataclass(frozen=True)
class Raster:
    """Rows of red, green and blue dots, packed as in a PNG file (deflated, a filter for each row)."""

    width: int
    height: int
    columns: int
    rows: int
    packed: bytes
    scale: int = 1000
    shows_where: bool = False


Own = Vector | Raster
Drawing = Panel | Own  # what can stand on a page as a picture


@dataclass(frozen=True)
class Album:
    """A clinic's drawings of a stretch, as `Picture` holds the panels of ours."""

    panels: tuple[Own, ...]


def box(width: float, height: float) -> tuple[int, int]:
    """Width and height in units of something with these proportions."""
    longer = max(width, height)
    return max(round(width / longer * LONGER), 1), max(round(height / longer * LONGER), 1)
