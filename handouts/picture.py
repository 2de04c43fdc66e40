"""A finished picture: display lists of fills and lines, read from the file that the figure engine wrote.

A list holds integers, tone names and line classes; colours, widths and the pitch of the hatch are chosen where
it is painted. `y` grows upwards from the lower left corner of the panel.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Literal

Kind = Literal["fill", "line", "patch", "arrow"]

# Lines: those of a body against what is behind it, of a limb over another, of things; then the fine ones (C11).
CLASSES = ("outline", "overlap", "prop", "crease", "face", "strand")


@dataclass(frozen=True)
class Stroke:
    """One mark: a fill in a tone (even-odd), a line of a class, the patch of a stretched muscle, or an arrow.

    `path` is as in SVG: absolute `M`, then relative `c` and `l`, and `z`; integers only.
    """

    kind: Kind
    name: str
    path: str


@dataclass(frozen=True)
class Panel:
    """A panel: width and height in units, units per metre of the scene, marks in painting order."""

    width: int
    height: int
    scale: int
    marks: tuple[Stroke, ...]


@dataclass(frozen=True)
class Picture:
    """The panels of a stretch; `pose` is the hash of the pose data they were drawn from, `engine` what drew them."""

    engine: str
    pose: str
    panels: tuple[Panel, ...]


def read(path: Traversable) -> Picture:
    """A picture as it was written. Raises OSError where there is none."""
    held = json.loads(path.read_text("utf-8"))
    return Picture(held["engine"], held["pose"], tuple(map(_panel, held["panels"])))


def _panel(held: dict[str, object]) -> Panel:
    width, height, scale, marks = (held[key] for key in ("width", "height", "scale", "marks"))
    return Panel(width, height, scale, tuple(Stroke(*mark) for mark in marks))  # type: ignore[arg-type, attr-defined]


def written(picture: Picture) -> str:
    """The file of a picture: a mark a line, so that a change can be read."""
    panels = ",\n".join(map(_written_panel, picture.panels))
    return f'{{"engine":"{picture.engine}","pose":"{picture.pose}","panels":[\n{panels}\n]}}\n'


def _written_panel(panel: Panel) -> str:
    marks = ",\n".join(
        json.dumps((mark.kind, mark.name, mark.path), separators=(",", ":")) for mark in panel.marks
    )
    return f'{{"width":{panel.width},"height":{panel.height},"scale":{panel.scale},"marks":[\n{marks}\n]}}'
