"""The handout as a value: what is printed, with every dose settled and every text chosen by side and language."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from handouts.drawing import Album, Own
from handouts.errors import Finding, RequestError
from handouts.faults import CHOICE
from handouts.library import Library
from handouts.model import MOST, Language, Range, Stretch
from handouts.picture import Picture
from handouts.plan import Dose, Plan, clean
from handouts.practice import Review

_CHOICES = {"left": 2, "right": 3}  # groups of CHOICE; with any other side it is the first


@dataclass(frozen=True)
class Item:
    """One stretch of the sheet with its dose: seconds, times a side, times a day, days a week.

    `side`: "each" or "together" when both are done, "left" or "right" when one is, "none" without sides.
    """

    stretch: Stretch
    hold: int
    repeats: int
    per_day: int
    days_per_week: int
    side: str
    picture: Picture | Album | None = None
    review: Review | None = None  # of this very version; without one it is a draft

    @property
    def mirrored(self) -> bool:
        """Is the other side done than the one that is drawn?"""
        return {self.side, self.stretch.drawn_side} == {"left", "right"}

    def chosen(self, text: str) -> str:
        """Text with `{both|left|right}` chosen by side."""
        return CHOICE.sub(lambda match: match[_CHOICES.get(self.side, 1)], text)

    @property
    def seconds(self) -> int:
        """Time for all repeats with rests between and the setting up."""
        stretch = self.stretch
        holds = self.repeats * (2 if self.side == "each" else 1) * stretch.holds_per_repeat
        return holds * self.hold + (holds - 1) * stretch.rest + stretch.setup


@dataclass(frozen=True)
class Giver:
    """Who gives the sheet: a clinic by name; with its number, clinician and logo where it is the library's own."""

    clinic: str = ""
    phone: str = ""
    clinician: str = ""
    logo: Own | None = None
    logo_alt: str = ""


@dataclass(frozen=True)
class Handout:
    """All that one sheet says, before it is laid out."""

    items: tuple[Item, ...]
    edition: str
    paper: str
    language: Language
    title: str
    person: str
    giver: Giver
    notes: tuple[str, ...]
    routine_note: str
    date: dt.date
    log: bool

    @property
    def minutes(self) -> int:
        """Time for one round, rounded up to the next minute."""
        return math.ceil(sum(item.seconds for item in self.items) / 60)

    @property
    def clinic(self) -> str:
        """Who gives it, by name."""
        return self.giver.clinic

    @property
    def drafts(self) -> tuple[int, ...]:
        """Which stretches (numbered from 1) still wait for a clinician."""
        return tuple(number for number, item in enumerate(self.items, 1) if not item.review)


def resolve(plan: Plan, library: Library) -> Handout:
    """A plan with everything looked up and checked. Raises HandoutError with all that is wrong in the doses."""
    asked = _asked(plan, library)
    findings: list[Finding] = []
    items = tuple(_item(id, library, dose, plan.allow_dose, findings) for id, dose in asked.items())
    if findings:
        raise RequestError(*findings)
    routine = library.routine(plan.routine) if plan.routine else None
    note = routine.note[plan.language] if routine and routine.note else ""
    return Handout(
        items=items,
        edition=plan.edition,
        paper=plan.paper,
        language=plan.language,
        title=clean(plan.title, "--title") or library.phrases.sheet_title[plan.language],
        person=clean(plan.person, "--for"),
        giver=_giver(clean(plan.clinic, "--from"), plan.language, library),
        notes=tuple(clean(plan.note, "--note", paragraphs=True).split("\n")) if plan.note.strip() else (),
        routine_note=library.named(note, plan.language),
        date=plan.date,
        log=plan.log,
    )


def _giver(clinic: str, language: Language, library: Library) -> Giver:
    """Another name than the clinic's own stands alone: the number and the logo are not its."""
    own = library.practice
    if clinic and clinic != own.clinic:
        return Giver(clinic)
    alt = own.logo.alt[language] if own.logo else ""
    return Giver(own.clinic or "", own.phone or "", own.clinician or "", library.logo, alt)


def _asked(plan: Plan, library: Library) -> dict[str, Dose]:
    """Stretch ids in the order asked for, with the routine's doses and over them those of the plan."""
    asked: dict[str, Dose] = {}
    portions = library.routine(plan.routine).stretches if plan.routine else ()
    for portion in portions:
        asked[portion.stretch] = Dose(**portion.model_dump(exclude={"stretch"}))
    for id in plan.stretches:
        if id in asked:
            raise RequestError(Finding(f"“{id}” is chosen twice.", "", "Name it once."))
        asked[id] = Dose()
    if not asked:
        hint = "Name stretches or a routine, for example: handouts make --routine five-to-start"
        raise RequestError(Finding("no stretch is chosen.", "", hint))
    for id, dose in plan.doses.items():
        if id not in asked:
            library.stretch(id)  # a name we do not know has its own message
            raise RequestError(Finding("is not on this sheet.", f"--dose {id}", "Choose the stretch too."))
        asked[id] = dose.over(asked[id])
    return asked


def _item(id: str, library: Library, dose: Dose, free: bool, findings: list[Finding]) -> Item:
    """A stretch with its dose; what is wrong with the dose is added to `findings`."""
    stretch = library.stretch(id)
    numbers = {
        key: _settled(stretch, key, getattr(dose, key), free, findings)
        for key in ("hold", "repeats", "per_day", "days_per_week")
    }
    if stretch.status == "retired":
        findings.append(Finding("is retired and is no longer given out.", stretch.id, "Choose another."))
    if dose.side in ("left", "right") and stretch.side != "each":
        done = "done with both sides together" if stretch.side == "together" else "done without sides"
        findings.append(Finding(f"side={dose.side} does not fit, it is {done}.", stretch.id, "Leave side out."))
    side = dose.side if dose.side in ("left", "right") else stretch.side
    return Item(
        stretch, side=str(side), picture=library.picture(stretch), review=_review(stretch, library), **numbers
    )


def _review(stretch: Stretch, library: Library) -> Review | None:
    """The clinic's own review of this version, else the one that stands in the record."""
    own = library.practice.reviews.get(stretch.id)
    if own and own.version == stretch.version:
        return own
    if stretch.status != "clinician-reviewed" or not (stretch.reviewed_by_role and stretch.reviewed_on):
        return None
    return Review(version=stretch.version, by_role=stretch.reviewed_by_role, on=stretch.reviewed_on)


def _settled(stretch: Stretch, key: str, value: int | None, free: bool, findings: list[Finding]) -> int:
    allowed: Range = getattr(stretch, key)
    if value is None:
        return allowed.default
    low, high = (1, MOST[key]) if free else (allowed.min, allowed.max)
    if not low <= value <= high:
        unit = " seconds" if key == "hold" else ""
        hint = "" if free else " To print it all the same, add --allow-dose."
        span = f"{low} to {high}{unit}" if low != high else f"{low}{unit} only"
        findings.append(Finding(f"{key}={value} is outside its range, {span}.{hint}", stretch.id))
    return value
