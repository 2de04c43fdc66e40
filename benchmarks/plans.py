"""Plans as a clinic's day brings them: no two alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from handouts import Dose, Library, Plan
from handouts.model import Range, Side, Stretch

ON_A_SHEET = 5
_FIRST = ("Ada", "Ben", "Carmen", "Dev", "Elif", "Femi", "Grace", "Inés", "Jonas", "Keiko", "Łucja")
_LAST = ("Abara", "Brandt", "Castillo", "Dahl", "Eriksen", "Gupta", "Hansen", "López", "Nguyễn")
_YEAR = 365


def plan(index: int, edition: str, library: Library) -> Plan:
    """Plan number `index`: its own person, day, note, five stretches and doses within their ranges."""
    chosen = _spread(index, library.ids)
    return Plan(
        stretches=chosen,
        doses={id: dose(index + place, library.stretch(id)) for place, id in enumerate(chosen)},
        edition=edition,
        person=f"{_FIRST[index % len(_FIRST)]} {_LAST[index % len(_LAST)]}",
        clinic="Riverside MS Clinic",
        note=f"Visit {index + 1}. Mornings, after your shower.",
        date=dt.date(2026, 1, 1) + dt.timedelta(days=index % _YEAR),
    )


def _spread(index: int, ids: Sequence[str]) -> tuple[str, ...]:
    """Stretches evenly apart in the library: neighbours at first, then further and further apart."""
    apart = 1 + index // len(ids) % ((len(ids) - 1) // (ON_A_SHEET - 1))
    return tuple(ids[(index + place * apart) % len(ids)] for place in range(ON_A_SHEET))


def dose(index: int, stretch: Stretch) -> Dose:
    """A dose within the stretch's ranges; hold in steps of five seconds."""
    sides: tuple[Side, ...] = ("both", "left", "right") if stretch.side == "each" else ("both",)
    return Dose(
        hold=_within(stretch.hold, index, 5),
        repeats=_within(stretch.repeats, index),
        per_day=_within(stretch.per_day, index),
        days_per_week=_within(stretch.days_per_week, index),
        side=sides[index % len(sides)],
    )


def _within(allowed: Range, index: int, step: int = 1) -> int:
    values = range(allowed.min, allowed.max + 1, step)
    return values[index % len(values)]
