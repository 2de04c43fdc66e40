"""Can a request be made, and if not, why? Everything that is wrong, and each thing judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, get_args

from handouts.batch.cells import CHOICES
from handouts.batch.plainly import under
from handouts.choice import check_flags
from handouts.errors import Finding, RequestError
from handouts.handout import Handout, resolve
from handouts.layout.edition import Press
from handouts.library import Library
from handouts.model import Language
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, clean, parse_dose
from handouts.request import Request, known_or_nothing, parse_date, plan_of
from handouts.sheet.fridge import check_room
from handouts.sheet.words import Words

_PRINTED = {"person": "--for", "clinic": "--from", "title": "--title", "note": "--note"}
# What is a row's own, and changes no stretch and no dose.
_OWN: dict[str, Any] = dict.fromkeys((*_PRINTED, "date"), "")
_KNOWN = {"edition": EDITION_NAMES, "paper": PAPER_NAMES, "form": FORM_NAMES, "language": get_args(Language)}
_REMEMBERED = 4096  # most rows ask for what another has asked for

Findings = tuple[Finding, ...]


def wrong_in(*checks: Callable[[], object]) -> Findings:
    """What each of these finds wrong, one after the other."""
    return tuple(found for check in checks for found in _raised(check))


def _raised(check: Callable[[], object]) -> Findings:
    try:
        check()
    except RequestError as problem:
        return problem.findings
    return ()


class Judge:
    """What is wrong with requests; it remembers what became of those that differ in names and notes alone."""

    def __init__(self, library: Library, environment: Mapping[str, str], press: Press) -> None:
        self._library, self._environment, self._press = library, environment, press
        self._judged = lru_cache(maxsize=_REMEMBERED)(self._judge)

    def faults(self, request: Request, *, whole: bool) -> Findings:
        """All that is wrong with a request; with `whole` also what no part of it tells by itself."""
        own = wrong_in(*self._own(request))
        form, found = self._judged(replace(request, **_OWN), whole)
        if form == "fridge" and not own:  # the form that holds only so much
            return _raised(lambda: check_room(Words(self._resolved(request), self._library, self._press)))
        return (*own, *found)

    def _own(self, request: Request) -> Iterator[Callable[[], object]]:
        for name, option in _PRINTED.items():
            if text := getattr(request, name):
                yield partial(clean, text, option, paragraphs=name == "note")
        if request.date:
            yield partial(parse_date, request.date)

    def _resolved(self, request: Request) -> Handout:
        return resolve(plan_of(request, self._environment, self._library), self._library)

    def _judge(self, request: Request, whole: bool) -> tuple[str, Findings]:
        """The form of a request, "" where it has none; and what is wrong with it."""
        unknown = {name: _raised(partial(_known, request, name)) for name in _KNOWN}
        unnamed = wrong_in(*self._named(request))
        found = (*(fault for faults in unknown.values() for fault in faults), *unnamed)
        if unnamed or not whole:
            return "", found
        blank: dict[str, Any] = {name: "" for name, faults in unknown.items() if faults}
        try:
            handout = self._resolved(replace(request, **blank))
        except RequestError as problem:
            return "", (*found, *problem.findings)
        return "" if found else handout.form, found

    def _named(self, request: Request) -> Iterator[Callable[[], object]]:
        """Is there all that is named: stretches, a routine, flags, the stretches of doses?"""
        for id in request.stretches:
            yield partial(self._stretch, id)
        if request.routine:
            yield partial(self._library.routine, request.routine)
        for text in request.doses:
            yield partial(self._dosed, text)
        yield partial(check_flags, request.wishes, self._library)

    def _stretch(self, id: str) -> None:
        if "," in id:
            raise RequestError(Finding(f"“{id}” is no stretch.", "--stretches", "Part several by ; signs."))
        self._library.stretch(id)

    def _dosed(self, text: str) -> None:
        id, _ = parse_dose(text)
        try:
            self._library.stretch(id)
        except RequestError as problem:
            raise RequestError(*under("--dose", *problem.findings)) from None


def _known(request: Request, name: str) -> None:
    known_or_nothing(getattr(request, name), _KNOWN[name], f"--{CHOICES[name]}")
