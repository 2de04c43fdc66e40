"""Reading and moving the paths of a display list: absolute `M`, relative `c` and `l`, `z`."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"[Mclz]|-?\d+")
_T = np.linspace(0, 1, 9)[1:, None]
# Of the three points that a curve from nought has, their share at each of those places.
_ALONG = np.hstack([3 * _T * (1 - _T) ** 2, 3 * _T**2 * (1 - _T), _T**3])
_TAKES = {"M": 2, "c": 6, "l": 2, "z": 0}


def places(path: str) -> NDArray[np.float64]:
    """Points of a path, absolute: the ends of its lines and curves, and some along each curve."""
    found: list[NDArray[np.float64]] = []
    at = np.zeros(2)
    tokens, command, i = _TOKEN.findall(path), "", 0
    while i < len(tokens):
        if tokens[i] in _TAKES:
            command, i = tokens[i], i + 1
            continue
        held = np.array(tokens[i : i + _TAKES[command]], dtype=np.float64).reshape(-1, 2)
        i += _TAKES[command]
        found.append(held if command == "M" else at + (_ALONG @ held if command == "c" else held))
        at = found[-1][-1]
    return np.vstack([np.empty((0, 2)), *found])


def shifted(path: str, dx: int, dy: int) -> str:
    """A path moved by whole units."""

    def move(found: re.Match[str]) -> str:
        return f"M{int(found[1]) + dx} {int(found[2]) + dy}"

    return re.sub(r"M(-?\d+) ?(-?\d+)", move, path)
