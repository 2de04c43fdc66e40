"""What painting leaves on a page: glyphs and shapes, with the mark each stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import geometry
from .fonts import Font
from .geometry import Box, Path, Point

Color = tuple[float, float, float]
BLACK: Color = (0.0, 0.0, 0.0)
WHITE: Color = (1.0, 1.0, 1.0)
ARTIFACT = "Artifact"


@dataclass(frozen=True)
class Mark:
    """The marked content something stands in: its tag, element (-1 for none) and number on the page."""

    tag: str = ""
    element: int = -1
    sequence: int = 0


@dataclass(frozen=True)
class Glyph:
    """One shown code: points from the page's lower left, weight 100 to 900, its element's tag."""

    text: str
    page: int
    x: float
    y: float
    size: float
    font: str
    weight: int
    color: Color
    width: float
    tag: str
    element: int
    sequence: int
    order: int
    code: int
    face: Font = field(repr=False, compare=False)
    italic: bool = False
    stretch: float = 1.0
    tracking: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    upright: bool = True
    visible: bool = True

    @property
    def box(self) -> Box:
        """The glyph from its baseline to the height of a capital."""
        return (self.x, self.y, self.x + self.width, self.y + self.size * self.face.cap_height)


@dataclass(frozen=True)
class Shape:
    """One painted thing: kind is stroke, fill, pattern, image or shading; the box is without line width."""

    kind: str
    page: int
    box: Box
    color: Color
    line_width: float
    tag: str
    element: int
    sequence: int
    order: int
    outline: Path = field(repr=False, default=())
    dashed: bool = False
    columns: int = 0  # dots of an image from left to right

    @property
    def artifact(self) -> bool:
        """Painted outside the structure tree?"""
        return self.tag == ARTIFACT

    @property
    def width(self) -> float:
        """Breadth in points."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.box[3] - self.box[1]

    def covers(self, point: Point) -> bool:
        """Is the point on the painted surface? (for a stroke: inside its box)"""
        x, y = point
        if not (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]):
            return False
        return self.kind not in ("fill", "pattern") or geometry.inside(point, self.outline)


def blended(color: Color, alpha: float) -> Color:
    """A transparent colour as it looks on white paper."""
    if alpha == 1:
        return color
    red, green, blue = (1 - alpha * (1 - part) for part in color)
    return (red, green, blue)


def rgb(parts: list[float]) -> Color | None:
    """One, three or four components as RGB; None for a pattern's lack of them."""
    if len(parts) == 1:
        return (parts[0], parts[0], parts[0])
    if len(parts) == 3:
        return (parts[0], parts[1], parts[2])
    if len(parts) == 4:
        cyan, magenta, yellow, key = parts
        return ((1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key))
    return None
