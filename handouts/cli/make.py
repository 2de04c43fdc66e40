"""`handouts make`: options to a plan, a plan to a file."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.files import write_whole
from handouts.fitting import clause
from handouts.library import Library, open_library
from handouts.model import Language, Practice
from handouts.pipeline import LANGUAGE_TAGS, compose
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, Dose, Plan, default_paper, parse_dose
from handouts.selection import select, weighed
from handouts.wishes import Wishes

_MANY = 5  # P11
DEFAULT_OUTPUT = Path("handout.pdf")


@dataclass(frozen=True)
class Options:
    """The options as they were typed; empty text means not given."""

    stretches: tuple[str, ...] = ()
    routine: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    person: str = ""
    clinic: str = ""
    date: str = ""
    note: str = ""
    doses: tuple[str, ...] = ()
    allow_dose: bool = False
    edition: str = ""
    large_print: bool = False
    paper: str = ""
    form: str = ""
    language: str = "en"
    title: str = ""
    log: bool = True
    output: Path | None = None
    force: bool = False
    folder: Path | None = None


@dataclass(frozen=True)
class Made:
    """What was made, in words, and a word of advice where there is one."""

    said: str
    advice: str


def make_handout(options: Options) -> Made:
    """Make the file. Raises HandoutError."""
    library = open_library(options.folder)
    plan = plan_of(options, os.environ, library.practice)
    target = options.output or DEFAULT_OUTPUT
    data = compose(plan, library)
    refuse_to_replace(target, options)
    write_whole(target, data)
    said = f"Wrote {target} ({plan.edition} print, {plan.paper} paper). Print it at actual size (100%)."
    return Made(said, _advice(plan, library))


def refuse_to_replace(target: Path, options: Options) -> None:
    """Raise RequestError where a file that nobody named would be replaced."""
    if not options.output and not options.force and target.exists():
        hint = "Add --force to replace it, or name another file with -o."
        raise RequestError(Finding("is there already.", str(target), hint))


def _advice(plan: Plan, library: Library) -> str:
    """A word on many stretches, unless a routine has just as many."""
    count = len(select(plan, library).taken)
    own = plan.stretches or not plan.routine
    return f"the sheet has {count} stretches; {_MANY} or fewer are easier to do." if own and count > _MANY else ""


def explained(options: Options) -> Iterator[str]:
    """A line for each stretch that came into question: taken, left or swapped, and why. Raises HandoutError."""
    library = open_library(options.folder)
    for verdict in weighed(plan_of(options, os.environ, library.practice), library):
        stretch, reason = verdict.stretch, verdict.reason
        if verdict.position:
            reason = f"{reason}; {clause(library.phrases.positions[verdict.position]['en'])}"
        if verdict.instead_of:
            old = verdict.instead_of
            yield f"swapped  {old.name['en']} ({old.id}) for {stretch.name['en']} ({stretch.id}): {reason}."
        else:
            yield f"{'taken' if verdict.position else 'left':7}  {stretch.name['en']} ({stretch.id}): {reason}."


def plan_of(options: Options, environment: Mapping[str, str], practice: Practice) -> Plan:
    """The plan that the options ask for; what they leave open is as the clinic has it. Raises RequestError."""
    return Plan(
        stretches=options.stretches,
        routine=options.routine,
        wishes=options.wishes,
        doses=_doses(options.doses),
        edition=_edition(options) or practice.edition or "standard",
        paper=known_or_nothing(options.paper, PAPER_NAMES, "--paper")
        or practice.paper
        or default_paper(environment),
        form=known_or_nothing(options.form, FORM_NAMES, "--form") or "sheet",
        language=cast(Language, known_or_nothing(options.language, tuple(LANGUAGE_TAGS), "--language") or "en"),
        title=options.title,
        person=options.person,
        clinic=options.clinic,
        note=options.note,
        date=_date(options.date) if options.date else dt.date.today(),
        log=options.log,
        allow_dose=options.allow_dose,
    )


def _edition(options: Options) -> str:
    named = known_or_nothing(options.edition, EDITION_NAMES, "--print")
    if options.large_print and named not in ("", "large"):
        hint = "Use one of the two."
        raise RequestError(Finding(f"--large-print and --print {named} ask for different sizes.", "", hint))
    return "large" if options.large_print else named


def known_or_nothing(value: str, known: tuple[str, ...], option: str) -> str:
    """The value of an option, or "" where none is given. Raises RequestError for any that is not known."""
    if value and value not in known:
        hint = did_you_mean(value, known) or one_of(known)
        raise RequestError(Finding(f"“{value}” is not known.", option, hint))
    return value


def _date(text: str) -> dt.date:
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
