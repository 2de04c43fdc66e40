"""Finds the two folders of content, `stretches/` and `fonts/`.

They stand at the top of a checkout and inside the package in a wheel or a zip; this is the one place that knows.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def folder(name: str) -> Traversable:
    """The folder `stretches` or `fonts`, wherever this copy of the package keeps it."""
    shipped = files("handouts").joinpath(name)
    if shipped.is_dir():
        return shipped
    return Path(__file__).resolve().parent.parent / name
