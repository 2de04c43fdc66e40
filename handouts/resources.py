"""Finds the folders of files that ship: `stretches/`, `fonts/`, and the package's own.

The first two stand at the top of a checkout and inside the package in a wheel or a zip; this is the one place that
knows.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def folder(name: str) -> Traversable:
    """The folder of this name, wherever this copy of the package keeps it."""
    package = Path(__file__).resolve().parent
    on_disk = (parent / name for parent in (package, package.parent))
    # Only a zip needs the readers of importlib.resources, which take longer to import than the fonts to read.
    return next(filter(Path.is_dir, on_disk), None) or files("handouts").joinpath(name)
