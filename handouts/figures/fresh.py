"""Whether a picture is what its pose data would give: needs none of the engine's libraries."""

from __future__ import annotations

import hashlib
import json
from importlib.resources.abc import Traversable

from handouts.picture import read
from handouts.poses import Figures

ENGINE = "2"  # raise it when what the engine draws changes: every picture is drawn anew then


def pose_hash(name: str, figures: Figures) -> str:
    """What a picture depends on: its name (which chooses the person) and its data, less the words."""
    data = figures.model_dump(mode="json", exclude_unset=True, exclude={"panels": {"__all__": {"alt", "step"}}})
    held = json.dumps([name, data], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def is_fresh(path: Traversable, name: str, figures: Figures) -> bool:
    """Whether the file holds what would be drawn."""
    try:
        held = read(path)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (held.engine, held.pose) == (ENGINE, pose_hash(name, figures))
