"""The options by which a person says what they can do, for every command that has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from handouts.errors import Finding, RequestError

if TYPE_CHECKING:
    from handouts.wishes import Wishes

_Words = Optional[list[str]]  # noqa: UP045 - read at run time by every Typer we support

Positions = Annotated[_Words, typer.Option("--position", metavar="WORD", help=(
    "Where it can be done: lying (on the back), side, front, bed, chair, wheelchair, standing. "
    "This and the next can be given more than once, or with commas."
))]  # fmt: skip
Areas = Annotated[_Words, typer.Option("--area", metavar="WORD", help=(
    "What it should be for: legs, feet, hips, back, neck, shoulders, arms, hands, trunk."
))]  # fmt: skip
Things = Annotated[_Words, typer.Option("--equipment", metavar="WORD", help=(
    "What you have: towel, strap, ball, roller, pillow, stool, table, wall, counter, armchair; or nothing."
))]  # fmt: skip
Helper = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--helper/--no-helper", help="Is there someone who helps?"),
]
Levels = Annotated[_Words, typer.Option("--can", metavar="WORD", help=(
    "What you can do: stand (holding on), sit (without support), sit-with-support, turn (in bed), helped."
))]  # fmt: skip
Flags = Annotated[_Words, typer.Option("--avoid", metavar="FLAG", help=(
    "Leave out what has this warning, such as fall-risk."
))]  # fmt: skip
Minutes = Annotated[str, typer.Option("--minutes", metavar="N", help="The longest that all of it may take.")]


def wishes_of(
    position: Iterable[str] | None,
    area: Iterable[str] | None,
    equipment: Iterable[str] | None,
    helper: bool | None,
    can: Iterable[str] | None,
    avoid: Iterable[str] | None,
    minutes: str,
) -> Wishes:
    """The wishes as they were typed. Raises RequestError."""
    from handouts.wishes import MOST_MINUTES, Wishes

    if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
        hint = f"Write a whole number, 1 to {MOST_MINUTES}."
        raise RequestError(Finding(f"“{minutes}” is not a number of minutes.", "--minutes", hint))
    return Wishes(
        position=_words(position),
        area=_words(area),
        equipment=_words(equipment),
        helper=helper,
        can=_words(can),
        avoid=_words(avoid),
        minutes=int(minutes) if minutes else None,
    )


def _words(given: Iterable[str] | None) -> tuple[str, ...]:
    """Every word once, from options that may hold several with commas."""
    return tuple(dict.fromkeys(word.strip() for text in given or () for word in text.split(",")))
