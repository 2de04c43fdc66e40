"""`handouts make`: options to a plan, a plan to a file."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.files import write_whole
from handouts.library import open_library
from handouts.model import Language
from handouts.pipeline import LANGUAGE_TAGS, compose
from handouts.plan import EDITION_NAMES, PAPER_NAMES, Dose, Plan, default_paper, parse_dose
from handouts.practice import Practice

_MANY = 5  # P11
DEFAULT_OUTPUT = Path("handout.pdf")


@dataclass(frozen=True)
class Options:
    """The options as they were typed; empty text means not given."""

    stretches: tuple[str, ...] = ()
    routine: str = ""
    person: str = ""
    clinic: str = ""
    date: str = ""
    note: str = ""
    doses: tuple[str, ...] = ()
    allow_dose: bool = False
    edition: str = ""
    large_print: bool = False
    paper: str = ""
    language: str = "en"
    title: str = ""
    log: bool = True
    output: Path | None = None
    force: bool = False
    folder: Path | None = None


def make_handout(options: Options) -> str:
    """Make the file; the result says in words what was made. Raises HandoutError."""
    library = open_library(options.folder)
    plan = plan_of(options, os.environ, library.practice)
    target = options.output or DEFAULT_OUTPUT
    data = compose(plan, library)
    if not options.output and not options.force and target.exists():
        hint = "Add --force to replace it, or name another file with -o."
        raise RequestError(Finding("is there already.", str(target), hint))
    write_whole(target, data)
    said = f"Wrote {target} ({plan.edition} print, {plan.paper} paper). Print it at actual size (100%)."
    chosen = len(plan.stretches) + (len(library.routine(plan.routine).stretches) if plan.routine else 0)
    return (
        said
        if chosen <= _MANY
        else f"{said}\nThe sheet has {chosen} stretches: {_MANY} or fewer are easier to do."
    )


def plan_of(options: Options, environment: Mapping[str, str], practice: Practice) -> Plan:
    """The plan that the options ask for; what they leave open is as the clinic has it. Raises RequestError."""
    return Plan(
        stretches=options.stretches,
        routine=options.routine,
        doses=_doses(options.doses),
        edition=_edition(options) or practice.edition or "standard",
        paper=known_or_nothing(options.paper, PAPER_NAMES, "--paper")
        or practice.paper
        or default_paper(environment),
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
