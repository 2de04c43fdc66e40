"""Large-print, accessible exercise handouts for people with MS who live with spasticity.

    from handouts import Dose, Plan, compose, open_library
    pdf = compose(Plan(routine="five-to-start", edition="large"), open_library())

`compose` takes what is asked for and a library of stretches, and gives the bytes of one file that is PDF/UA-1
(ISO 14289-1) and PDF/A-2a (ISO 19005-2). Holds are seconds, repeats are holds a side. It raises `HandoutError`,
whose `findings` name every place, problem and hint, and never writes a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Dose", "HandoutError", "Library", "Plan", "Wishes", "__version__", "compose", "open_library"]

if TYPE_CHECKING:
    from handouts.errors import HandoutError
    from handouts.library import Library, open_library
    from handouts.pipeline import compose
    from handouts.plan import Dose, Plan
    from handouts.wishes import Wishes

_HOMES = {
    "compose": "handouts.pipeline",
    "HandoutError": "handouts.errors",
    "Library": "handouts.library",
    "open_library": "handouts.library",
    "Dose": "handouts.plan",
    "Plan": "handouts.plan",
    "Wishes": "handouts.wishes",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first used: `--version` and `--help` stay quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'handouts' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
