"""The printed texts of a record: those below a language."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from handouts.faults import CHOICE, HOLD, Steps

_TIME = "30 seconds"  # any time will do: digits are no words


def printed(value: object, steps: Steps = (), within: bool = False) -> Iterator[tuple[Steps, str]]:
    """Every English text with the keys and indexes that lead to it, once for each way to choose a side."""
    if isinstance(value, str) and within:
        yield from ((steps, text) for text in dict.fromkeys(chosen(value, side) for side in (1, 2, 3)))
    elif isinstance(value, BaseModel):
        for key in value.model_fields_set:
            yield from printed(getattr(value, key), (*steps, key), within)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from printed(inner, (*steps, key), within or key == "en")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from printed(inner, (*steps, index), within)


def chosen(text: str, side: int) -> str:
    """A text for both sides (1), the left (2) or the right (3), with a time filled in."""
    return HOLD.sub(_TIME, CHOICE.sub(rf"\{side}", text)).replace("**", "")
