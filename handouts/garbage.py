"""How often Python looks for reference cycles: a sheet leaves next to none, and looking takes its time."""

from __future__ import annotations

import gc

_MANY = 300_000  # objects made between two searches: one sheet makes fewer


def collect_less() -> None:
    """Search less, in this process."""
    gc.set_threshold(_MANY)
