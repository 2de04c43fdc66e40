"""How often, as FHIR says it, in the words of a dose: times a day and days a week."""

from __future__ import annotations

from handouts.batch.bundle import Resource, codes, one
from handouts.errors import Finding, RequestError

_CODES = {
    "QD": (1, 7),
    "BID": (2, 7),
    "TID": (3, 7),
    "QID": (4, 7),
}  # times a day, days a week
_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
_READ = {"frequency", "period", "periodUnit", "dayOfWeek"}
_UNPRINTED = {"when", "timeOfDay", "offset", "boundsPeriod", "boundsDuration", "boundsRange"}
_WEEK = 7  # days
_SPANS = {"1 d": 1, "1 wk": _WEEK, "7 d": _WEEK}  # in days
_HINT = "Say it as times a day and days a week, such as frequency 2, period 1, periodUnit d."


def often(timing: Resource) -> tuple[str, tuple[str, ...]]:
    """A timing as words of a dose, with the names of what is not printed. Raises RequestError.

    "" where it does not say how often.
    """
    repeat = {key: held for key, held in one(timing, "repeat").items() if key not in ("id", "extension")}
    said = set(repeat) - _UNPRINTED
    if said - _READ:
        raise _unread(f"the timing has `{min(said - _READ)}`")
    lost = (*sorted(set(repeat) & _UNPRINTED), *(("event",) if timing.get("event") else ()))
    coded, counted = _coded(timing, alone=not said), _counted(repeat) if said else None
    if coded and counted and coded != counted:
        raise _unread("the code of the timing says something else than its numbers")
    numbers = counted or coded
    return (f"per-day={numbers[0]} days-per-week={numbers[1]}" if numbers else ""), lost


def _coded(timing: Resource, *, alone: bool) -> tuple[int, int] | None:
    """What a code says. Codes of other systems say nothing to us, which will not do where there are they alone."""
    found = codes(timing, "code")
    known = {_CODES.get(code) for system, code in found if system == _SYSTEM}
    if None in known or len(known) > 1 or (alone and found and not known):
        raise _unread("the timing has a code that we do not read")
    return known.pop() if known else None


def _counted(repeat: Resource) -> tuple[int, int]:
    """Times a day and days a week. Raises RequestError for what these two cannot say."""
    times, days = repeat.get("frequency", 1), repeat.get("dayOfWeek") or []
    named = len(set(days)) if isinstance(days, list) and all(isinstance(day, str) for day in days) else 0
    span = f"{repeat.get('period', 1)} {repeat.get('periodUnit', 'd' if named else '')}".replace(".0 ", " ")
    per = _SPANS.get(span)
    if type(times) is not int or times < 1 or not per or bool(named) != bool(days):
        raise _unread("the timing is not by the day or by the week")
    if per == 1:
        return times, named or _WEEK
    if named and times % named == 0:
        return times // named, named
    if not named and (times <= _WEEK or times % _WEEK == 0):
        return (1, times) if times <= _WEEK else (times // _WEEK, _WEEK)
    raise _unread("the timing has another number of times on some days than on others")


def _unread(problem: str) -> RequestError:
    return RequestError(Finding(f"{problem}.", "occurrence", _HINT))
