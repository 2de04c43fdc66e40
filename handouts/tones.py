"""The colours of the pictures, by the names that display lists use.

Soft, so that black lines stand out on them (C3), and apart in grey where they meet (C4). A name may end in
`.far` (the limbs of the far side), `.shade`, or `.far.shade`: the same colour, darker.
"""

from __future__ import annotations

from functools import cache

TONES = {
    "skin-light": "#fbe8da", "skin-tan": "#efcfae", "skin-brown": "#deb792", "skin-dark": "#d0a380",
    "hair-black": "#2b2724", "hair-brown": "#5f4b40", "hair-grey": "#b9b9b9", "hair-white": "#efefee",
    "scarf": "#e0b9c4",
    "top-a": "#bcdbe6", "top-b": "#f3d9a4", "top-c": "#cfe3c0", "top-d": "#e3cfe6",
    "bottom-a": "#86aac3", "bottom-b": "#b0a28e", "bottom-c": "#9aaf93", "bottom-d": "#ae9db8",
    "helper-top": "#fbf4df", "helper-bottom": "#d3ccbc",
    "shoe": "#66666b", "mat": "#dcebd8", "bed": "#f2f2ee", "wood": "#e6d3b8", "seat": "#cfd4da",
    "pillow": "#ffffff", "wheel": "#6a6a6e", "frame": "#c7ccd1", "wall": "#ececea", "roll": "#efdfb4",
    "ball": "#eab07a", "towel": "#fdf6e2", "counter": "#dccfba", "shadow": "#c4c4c4",
    "paper": "#ffffff",  # under an inset
}  # fmt: skip
PATCH = "#f6b184"  # under the stripes of a stretched muscle
SOLID = ("hair-black", "hair-brown", "shoe", "wheel")  # dark by themselves: no line is needed on them

_DARKER = {"": 1.0, ".far": 0.92, ".shade": 0.85, ".far.shade": 0.78}
NAMES = frozenset(base + ending for base in TONES for ending in _DARKER)
_LEAST = 0.305  # relative luminance under a black line: 7:1 is 0.30 (C3)


@cache
def tone(name: str) -> str:
    """The colour "#rrggbb" of a tone, never too dark for the lines on it. Raises KeyError for an unknown name."""
    base, dot, ending = name.partition(".")
    plain, factor = _channels(TONES[base]), _DARKER[dot + ending]
    dark = [part * factor for part in plain]
    while base not in SOLID and luminance(dark) < min(_LEAST, luminance(plain)):
        dark = [part * 1.01 for part in dark]
    return "#" + "".join(f"{min(round(part * 255), 255):02x}" for part in dark)


def _channels(colour: str) -> list[float]:
    """Red, green and blue, 0 to 1."""
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(channels: list[float]) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_with_white(colour: str) -> float:
    """How far a colour "#rrggbb" stands out on white paper, 1 to 21 (WCAG 2.2)."""
    return 1.05 / (luminance(_channels(colour)) + 0.05)
