"""A finished picture: display lists of fills and lines, read from the file that the figure engine wrote.

A list holds integers, tone names and line classes; colours, widths and the pitch of the hatch are chosen where
it is painted. `y` grows upwards from the lower left corner of the panel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from operator import add
from typing import Any, Literal, get_args

from handouts.tones import NAMES

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
    marks: tuple[Stroke, ...] = field(hash=False)  # hundreds: what is short tells panels apart well enough

    @property
    def shows_where(self) -> bool:
        """Is there a striped patch?"""
        return any(mark.kind == "patch" for mark in self.marks)


@dataclass(frozen=True)
class Picture:
    """The panels of a stretch; `pose` is the hash of the data they were drawn from, `engine` what drew them."""

    engine: str
    pose: str
    panels: tuple[Panel, ...]


MOST_BYTES = 1_000_000
_NUMBERS = {"M": 2, "c": 6, "l": 2, "z": 0}  # of one segment
_FIVE = r"(?:[ ,]*-?[0-9]{1,5}(?![0-9]))"  # a number of five digits at most
_SEGMENTS = "|".join(f"{letter}(?:{_FIVE}{{{count}}})+" if count else letter for letter, count in _NUMBERS.items())
_PATH = re.compile(f"(?=M)(?>(?:{_SEGMENTS})[ ,]*)+")
_PART = re.compile(r"([Mclz])([^Mclz]*)")
_NUMBER = re.compile(r"-?[0-9]+")
_NAMED = {"fill": NAMES, "line": frozenset(CLASSES)}  # what a mark of a kind can be called; others have no name


def read(path: Traversable) -> Picture:
    """A picture as it was written. Raises OSError where there is none, ValueError where it is none."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError("larger than 1 MB")
    return parsed(data.decode("utf-8"))


@lru_cache(maxsize=256)
def parsed(text: str) -> Picture:
    """The picture in a file's text, once a process. Raises ValueError for what no engine of ours writes."""
    try:
        held = json.loads(text)
        return Picture(str(held["engine"]), str(held["pose"]), tuple(map(_panel, held["panels"])))
    except (KeyError, TypeError, RecursionError) as problem:
        raise ValueError(f"not a display list ({type(problem).__name__} {problem})") from None


def _panel(held: dict[str, Any]) -> Panel:
    width, height, scale, marks = (held[key] for key in ("width", "height", "scale", "marks"))
    if not all(type(number) is int and 0 < number < 100_000 for number in (width, height, scale)):
        raise ValueError("width, height and scale are not whole numbers above 0")
    return Panel(width, height, scale, tuple(_mark(*mark) for mark in marks))


def _mark(kind: str, name: str, path: str) -> Stroke:
    """A mark, refused where it could not be painted as it is: its path goes into the file nearly as it stands."""
    if kind not in get_args(Kind):
        raise ValueError(f"no kind of mark is called “{kind}”")
    if kind in _NAMED and name not in _NAMED[kind]:
        raise ValueError(f"no {kind} is called “{name}”")
    if not _PATH.fullmatch(path):
        raise ValueError(f"a {kind} has a path that is none")
    return Stroke(kind, name, path)  # type: ignore[arg-type]


def segments(path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A path in absolute points: ("M" or "l", (x, y)), ("c", (x1, y1, x2, y2, x, y)) and ("z", ())."""
    x = y = 0
    start = (0, 0)
    for letter, body in _PART.findall(path):
        if letter == "z":
            x, y = start
            yield "z", ()
            continue
        numbers = map(int, _NUMBER.findall(body))
        for part in zip(*[numbers] * _NUMBERS[letter], strict=True):
            if letter == "M":
                x = y = 0
            points = tuple(map(add, part, (x, y, x, y, x, y)))
            x, y = points[-2:]
            start = (x, y) if letter == "M" else start
            yield letter, points


def written(picture: Picture) -> str:
    """The file of a picture: a mark a line, so that a change can be read."""
    panels = ",\n".join(map(_written_panel, picture.panels))
    return f'{{"engine":"{picture.engine}","pose":"{picture.pose}","panels":[\n{panels}\n]}}\n'


def _written_panel(panel: Panel) -> str:
    marks = ",\n".join(
        json.dumps((mark.kind, mark.name, mark.path), separators=(",", ":")) for mark in panel.marks
    )
    return f'{{"width":{panel.width},"height":{panel.height},"scale":{panel.scale},"marks":[\n{marks}\n]}}'
