"""Reading and moving the paths of a display list: absolute `M`, relative `c` and `l`, `z`."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"[Mclz]|-?\d+")
_TAKES = {"M": 2, "c": 6, "l": 2, "z": 0}


def corners(path: str) -> NDArray[np.float64]:
    """All points of a path, control points included, absolute."""
    points: list[tuple[float, float]] = []
    x = y = 0
    tokens, command, i = _TOKEN.findall(path), "", 0
    while i < len(tokens):
        if tokens[i] in _TAKES:
            command, i = tokens[i], i + 1
            continue
        held = [int(token) for token in tokens[i : i + _TAKES[command]]]
        i += _TAKES[command]
        if command == "M":
            x, y = held
            points.append((x, y))
            continue
        points += [(x + held[k], y + held[k + 1]) for k in range(0, len(held), 2)]
        x, y = x + held[-2], y + held[-1]
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def shifted(path: str, dx: int, dy: int) -> str:
    """A path moved by whole units."""

    def move(found: re.Match[str]) -> str:
        return f"M{int(found[1]) + dx} {int(found[2]) + dy}"

    return re.sub(r"M(-?\d+) ?(-?\d+)", move, path)
