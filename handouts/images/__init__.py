"""Pictures and logos of a clinic: SVG in a safe subset, and PNG, read as checked values."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources.abc import Traversable

from handouts.drawing import Own
from handouts.errors import ContentError, Finding
from handouts.images import png, svg

# The most bytes that a file of each kind may have, and what reads them.
_KINDS: dict[str, tuple[int, Callable[[bytes, str], Own]]] = {
    ".svg": (svg.MOST_BYTES, svg.read),
    ".png": (png.MOST_BYTES, png.read),
}


def read(path: Traversable, label: str) -> Own:
    """The drawing in a file, whose name ends in .svg or .png. Raises ContentError; `label` names the file."""
    most, parsed = _KINDS[path.name[-4:]]
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", label)) from None
    return parsed(data, label)
