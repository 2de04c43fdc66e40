"""What is asked for as it was typed, or stands in a file: a `Request`, from which a plan is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, cast, get_args

from handouts import recipe
from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.library import Library
from handouts.model import Language
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, Dose, Plan, default_paper, parse_dose
from handouts.wishes import Wishes

ENDINGS = (".yaml", ".yml")  # of plan files


@dataclass(frozen=True)
class Request:
    """The options of one handout; an empty one is not given."""

    stretches: tuple[str, ...] = ()
    routine: str = ""
    recipe: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    doses: tuple[str, ...] = ()
    allow_dose: bool = False
    edition: str = ""
    paper: str = ""
    form: str = ""
    language: str = ""
    title: str = ""
    person: str = ""
    clinic: str = ""
    date: str = ""
    note: str = ""
    log: bool = True

    def over(self, other: Request) -> Request:
        """This request, with what it leaves open taken from another. Doses of both count, these last."""
        wishes = replace(other.wishes, **_given(self.wishes))
        return replace(other, **_given(self) | {"wishes": wishes, "doses": other.doses + self.doses})


def _given(values: Request | Wishes) -> dict[str, Any]:
    """The fields that are not as they are when nobody says anything."""
    usual = type(values)()
    held = ((f.name, getattr(values, f.name)) for f in fields(values))
    return {name: value for name, value in held if value != getattr(usual, name)}


def plan_of(request: Request, environment: Mapping[str, str], library: Library) -> Plan:
    """The plan that is asked for; what is left open is as the clinic has it. Raises RequestError."""
    base = _again(request, library) if request.recipe else _chosen(request, environment, library)
    return replace(
        base,
        edition=known_or_nothing(request.edition, EDITION_NAMES, "--print") or base.edition,
        paper=known_or_nothing(request.paper, PAPER_NAMES, "--paper") or base.paper,
        form=known_or_nothing(request.form, FORM_NAMES, "--form") or base.form,
        language=cast(
            Language, known_or_nothing(request.language, get_args(Language), "--language") or base.language
        ),
        title=request.title,
        person=request.person,
        clinic=request.clinic,
        note=request.note,
        date=parse_date(request.date) if request.date else dt.date.today(),
    )


def _chosen(request: Request, environment: Mapping[str, str], library: Library) -> Plan:
    return Plan(
        stretches=request.stretches,
        routine=request.routine,
        wishes=request.wishes,
        doses=_doses(request.doses),
        edition=library.practice.edition or "standard",
        paper=library.practice.paper or default_paper(environment),
        log=request.log,
        allow_dose=request.allow_dose,
    )


def _again(request: Request, library: Library) -> Plan:
    """What a code holds. Raises RequestError where something else is chosen beside it."""
    chosen = {
        "stretches": request.stretches,
        "--routine": request.routine,
        "wishes such as --position": request.wishes,
        "--dose": request.doses,
        "--no-log": not request.log,
    }
    clash = next((name for name, given in chosen.items() if given), "")
    if clash:
        hint = f"Leave out {clash}, or the code."
        raise RequestError(Finding("already says which stretches and doses there are.", "--recipe", hint))
    return recipe.plan_of(request.recipe, library)


def known_or_nothing(value: str, known: tuple[str, ...], option: str) -> str:
    """The value of an option, or "" where none is given. Raises RequestError for any that is not known."""
    if value and value not in known:
        hint = did_you_mean(value, known) or one_of(known)
        raise RequestError(Finding(f"“{value}” is not known.", option, hint))
    return value


def parse_date(text: str) -> dt.date:
    """ "2026-11-22" as a day. Raises RequestError."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise RequestError(Finding(f"“{text}” is not a date.", "--date", "Write it like 2026-11-22.")) from None


def _doses(texts: tuple[str, ...]) -> dict[str, Dose]:
    doses: dict[str, Dose] = {}
    for text in texts:
        id, dose = parse_dose(text)
        doses[id] = dose.over(doses.get(id, Dose()))
    return doses
