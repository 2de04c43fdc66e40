"""The handout as a value: what is printed, with every dose settled and every text chosen by side and language."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from handouts import fitting
from handouts.choice import Verdict
from handouts.drawing import Album, Own
from handouts.errors import Finding, RequestError
from handouts.faults import CHOICE, REFERENCE
from handouts.library import Library
from handouts.model import MOST, Equipment, Language, Position, Range, Side, Stretch
from handouts.picture import Picture
from handouts.plan import Dose, Plan, clean
from handouts.practice import Review
from handouts.selection import Selection, seconds, select

_CHOICES = {"left": 2, "right": 3}  # groups of CHOICE; with any other side it is the first


@dataclass(frozen=True)
class Item:
    """One stretch of the sheet in a position, with its dose: seconds, times a side, times a day, days a week.

    `side`: "each" or "together" when both are done, "left" or "right" when one is, "none" without sides.
    """

    stretch: Stretch
    hold: int
    repeats: int
    per_day: int
    days_per_week: int
    side: str
    position: Position
    picture: Picture | Album | None = None
    review: Review | None = None  # of this very version; without one it is a draft

    @property
    def equipment(self) -> tuple[Equipment, ...]:
        """What it takes in its position."""
        return fitting.equipment(self.stretch, self.position)

    @property
    def flags(self) -> tuple[str, ...]:
        """Codes of the reasons not to start, or to ask first."""
        return fitting.flags(self.stretch, self.position)

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
        one_side: Side | None = "left" if self.side in ("left", "right") else None
        return seconds(self.stretch, Dose(self.hold, self.repeats, side=one_side))


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
    changes: tuple[tuple[Stretch, Stretch | None], ...]  # what was asked for, and what takes its place
    edition: str
    paper: str
    form: str
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
    selection = select(plan, library)
    findings: list[Finding] = []
    doses = selection.doses
    items = tuple(_item(v, library, doses[v.stretch.id], plan.allow_dose, findings) for v in selection.taken)
    if findings:
        raise RequestError(*findings)
    changes = _changes(plan, selection)
    return Handout(
        items=items,
        changes=changes,
        edition=plan.edition,
        paper=plan.paper,
        form=plan.form,
        language=plan.language,
        title=clean(plan.title, "--title") or usual_title(plan, library),
        person=clean(plan.person, "--for"),
        giver=_giver(clean(plan.clinic, "--from"), plan.language, library),
        notes=tuple(clean(plan.note, "--note", paragraphs=True).split("\n")) if plan.note.strip() else (),
        routine_note=_routine_note(plan, library, {old.id for old, _ in changes}),
        date=plan.date,
        log=plan.log,
    )


def usual_title(plan: Plan, library: Library) -> str:
    """The title of a sheet when nobody gives another."""
    phrases = library.phrases
    return (phrases.helper_title if plan.form == "helper" else phrases.sheet_title)[plan.language]


def _changes(plan: Plan, selection: Selection) -> tuple[tuple[Stretch, Stretch | None], ...]:
    """What was asked for by name and is not on the sheet, with what takes its place."""
    if not plan.routine and not plan.stretches:
        return ()
    gone = (v for v in selection.verdicts if v.instead_of or not v.position)
    return tuple((v.instead_of, v.stretch) if v.instead_of else (v.stretch, None) for v in gone)


def _giver(clinic: str, language: Language, library: Library) -> Giver:
    """Another name than the clinic's own stands alone: the number and the logo are not its."""
    own = library.practice
    if clinic and clinic != own.clinic:
        return Giver(clinic)
    alt = own.logo.alt[language] if own.logo else ""
    return Giver(own.clinic or "", own.phone or "", own.clinician or "", library.logo, alt)


def _routine_note(plan: Plan, library: Library, gone: set[str]) -> str:
    """The routine's note, without the sentences that speak of what is not on the sheet any more."""
    routine = library.routine(plan.routine) if plan.routine else None
    if not routine or not routine.note:
        return ""
    sentences = re.split(r"(?<=[.!?])\s+", routine.note[plan.language])
    kept = [sentence for sentence in sentences if gone.isdisjoint(REFERENCE.findall(sentence))]
    return library.named(" ".join(kept), plan.language)


def _item(verdict: Verdict, library: Library, dose: Dose, free: bool, findings: list[Finding]) -> Item:
    """A stretch with its dose; what is wrong with the dose is added to `findings`."""
    stretch = verdict.stretch
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
        stretch,
        side=str(side),
        position=verdict.position or stretch.positions[0],
        picture=library.picture(stretch),
        review=_review(stretch, library),
        **numbers,
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
