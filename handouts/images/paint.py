"""How a shape of an SVG file is painted: solid colours and plain lines, handed down from group to shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handouts.images.paths import NUMBER

_NAMED = {
    "aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "fuchsia": "#ff00ff", "gray": "#808080",
    "grey": "#808080", "green": "#008000", "lime": "#00ff00", "maroon": "#800000", "navy": "#000080",
    "olive": "#808000", "orange": "#ffa500", "purple": "#800080", "red": "#ff0000", "silver": "#c0c0c0",
    "teal": "#008080", "white": "#ffffff", "yellow": "#ffff00", "none": "", "transparent": "",
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True)
class Paint:
    """What a shape inherits: colours ("" for none), its line's width in units of the file, ends and corners."""

    fill: str = "#000000"
    stroke: str = ""
    width: float = 1.0
    cap: int = 0
    join: int = 0
    even_odd: bool = False


def colour(text: str) -> str:
    """A solid colour as "#rrggbb", or "" for none. Raises ValueError."""
    if _HEX.fullmatch(text):
        digits = text[1:].lower()
        return f"#{digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)}"
    if text.lower() not in _NAMED:
        raise ValueError("is no solid colour, such as #1a5276, black or none")
    return _NAMED[text.lower()]


def number(text: str) -> float:
    """A length in the units of the file. Raises ValueError."""
    bare = text.strip().removesuffix("px")
    if not NUMBER.fullmatch(bare):
        raise ValueError("is no plain number")
    return float(bare)


def _width(text: str) -> float:
    if number(text) < 0:
        raise ValueError("is less than 0")
    return number(text)


def _one_of(values: Mapping[str, int]) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text not in values:
            raise ValueError(f"is none of {', '.join(values)}")
        return values[text]

    return read


_READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "fill": ("fill", colour),
    "stroke": ("stroke", colour),
    "stroke-width": ("width", _width),
    "stroke-linecap": ("cap", _one_of({"butt": 0, "round": 1, "square": 2})),
    "stroke-linejoin": ("join", _one_of({"miter": 0, "round": 1, "bevel": 2})),
    "fill-rule": ("even_odd", lambda text: bool(_one_of({"nonzero": 0, "evenodd": 1})(text))),
}
# What would change the drawing, with the values that do not.
_HARMLESS = {
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), ("1", "1.0", "100%")),
    **dict.fromkeys(("clip-path", "mask", "filter", "stroke-dasharray", "vector-effect"), ("none",)),
    **dict.fromkeys(("marker", "marker-start", "marker-mid", "marker-end"), ("none",)),
    "display": ("inline", "block"),
    "visibility": ("visible",),
    "mix-blend-mode": ("normal",),
    "paint-order": ("normal",),
}
_WHY = {"opacity": "Print has solid colours only: choose the one that it looks like."}
# What drawing programs write beside it, and nothing of ours looks at.
_UNSEEN = re.compile(
    r"(font|text|color|stop|solid|shape|letter|word|line|writing|white|baseline|dominant|image|flood|lighting|"
    r"overflow|isolation|direction|unicode|enable|cursor|pointer|clip-rule|stroke-miterlimit|stroke-dashoffset|"
    r"-inkscape|-webkit)(-.*)?|-inkscape.*"
)


def is_property(name: str) -> bool:
    """Is it a matter of painting?"""
    return name in _READ or name in _HARMLESS or bool(_UNSEEN.fullmatch(name))


def declared(style: str) -> Iterator[tuple[str, str]]:
    """The properties of a `style` attribute."""
    for part in style.split(";"):
        if part.strip():
            name, _, value = part.partition(":")
            yield name.strip().lower(), value.strip()


def painted(above: Paint, properties: Mapping[str, str]) -> tuple[Paint, list[tuple[str, str]]]:
    """The paint of an element inside another one, and what is wrong with it: problems with hints."""
    paint, wrong = above, []
    for name, text in properties.items():
        value = text.removesuffix("!important").strip()
        if value == "inherit" or _UNSEEN.fullmatch(name):
            continue
        if name in _READ:
            field, read = _READ[name]
            try:
                paint = replace(paint, **{field: read(value)})
            except ValueError as problem:
                wrong.append((f"{name} is “{value[:40]}”, which {problem}.", ""))
        elif name not in _HARMLESS:
            wrong.append((f"the style “{name[:40]}” is not known.", "Take it out."))
        elif value not in _HARMLESS[name]:
            hint = _WHY.get(name.rpartition("-")[2], "Take it out, or draw it as shapes.")
            wrong.append((f"{name} is “{value[:40]}”, which is not drawn here.", hint))
    return paint, wrong
