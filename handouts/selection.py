"""From what is asked for to the stretches of a sheet, each with a position and a dose, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handouts import choice
from handouts.choice import Verdict
from handouts.errors import Finding, RequestError, one_of
from handouts.library import Library
from handouts.model import Position, Stretch
from handouts.plan import Dose, Plan


@dataclass(frozen=True)
class Selection:
    """What became of each stretch that came into question, and the doses that are asked for, by stretch id."""

    verdicts: tuple[Verdict, ...]
    doses: Mapping[str, Dose]

    @property
    def taken(self) -> tuple[Verdict, ...]:
        """What is on the sheet, in order."""
        return tuple(verdict for verdict in self.verdicts if verdict.position)


def seconds(stretch: Stretch, dose: Dose) -> int:
    """Time for all repeats with the rests between them and the setting up, in seconds."""
    sides = 2 if stretch.side == "each" and dose.side not in ("left", "right") else 1
    holds = (dose.repeats or stretch.repeats.default) * sides * stretch.holds_per_repeat
    return holds * (dose.hold or stretch.hold.default) + (holds - 1) * stretch.rest + stretch.setup


def usual_seconds(stretch: Stretch) -> int:
    """The time a stretch takes with its own dose, in seconds."""
    return seconds(stretch, Dose())


def select(plan: Plan, library: Library) -> Selection:
    """What is on the sheet. Raises RequestError for what is unknown, and for what cannot be had."""
    asked = _asked(plan, library)
    verdicts = weighed(plan, library)
    refused = [v for v in verdicts if not v.position and v.stretch.id in plan.stretches]
    if refused:
        raise RequestError(*(_refusal(verdict, plan, library) for verdict in refused))
    if not any(verdict.position for verdict in verdicts):
        raise RequestError(choice.nothing(tuple(asked) or library.ids, library, plan.wishes, _timed(plan, asked)))
    return Selection(verdicts, _doses(plan, library, asked, verdicts))


def weighed(plan: Plan, library: Library) -> tuple[Verdict, ...]:
    """What becomes of all that is asked for, or of every stretch where wishes choose. Raises RequestError."""
    asked, wishes = _asked(plan, library), plan.wishes
    choice.check_flags(wishes, library)
    if asked:
        return choice.adjust(_placed(plan, asked, library), library, wishes, _timed(plan, asked))
    return choice.compose(library, wishes, _timed(plan, asked))


def _asked(plan: Plan, library: Library) -> dict[str, Dose]:
    """Stretch ids in the order asked for, with the routine's doses; empty where wishes alone choose."""
    asked: dict[str, Dose] = {}
    for portion in library.routine(plan.routine).stretches if plan.routine else ():
        asked[portion.stretch] = Dose(**{key: value for key, value in portion if key != "stretch"})
    for id in plan.stretches:
        if id in asked:
            raise RequestError(Finding(f"“{id}” is chosen twice.", "", "Name it once."))
        asked[id] = Dose()
    if not asked and not plan.wishes:
        hint = "Name stretches or a routine, for example: handouts make --routine five-to-start"
        raise RequestError(Finding("no stretch is chosen.", "", hint))
    return asked


def _placed(plan: Plan, asked: Mapping[str, Dose], library: Library) -> dict[str, Position | None]:
    """The position of each stretch where one is asked for; a routine's yields to a wish. Raises RequestError."""
    own = {id: None if plan.wishes.position else dose.position for id, dose in asked.items()}
    placed = {id: plan.doses[id].position or at if id in plan.doses else at for id, at in own.items()}
    wrong = [id for id, at in placed.items() if at and at not in library.stretch(id).positions]
    if wrong:
        raise RequestError(*(_misplaced(library.stretch(id), placed[id]) for id in wrong))
    return placed


def _misplaced(stretch: Stretch, at: Position | None) -> Finding:
    return Finding(f"position={at} is not one of its own.", stretch.id, one_of(stretch.positions))


def _timed(plan: Plan, asked: Mapping[str, Dose]) -> Callable[[Stretch], int]:
    """The time a stretch takes with the dose that is asked for."""
    return lambda stretch: seconds(stretch, _dose(stretch.id, plan, asked.get(stretch.id, Dose())))


def _dose(id: str, plan: Plan, own: Dose) -> Dose:
    return plan.doses.get(id, Dose()).over(own)


def _doses(
    plan: Plan, library: Library, asked: Mapping[str, Dose], verdicts: tuple[Verdict, ...]
) -> dict[str, Dose]:
    """Doses by stretch id. What takes the place of another keeps its side, and has a dose of its own."""
    doses: dict[str, Dose] = {}
    for v in verdicts:
        own = Dose(side=asked[v.instead_of.id].side) if v.instead_of else asked.get(v.stretch.id, Dose())
        if v.position:
            doses[v.stretch.id] = _dose(v.stretch.id, plan, own)
    swapped = {v.instead_of.id: v.stretch.id for v in verdicts if v.instead_of}
    for id in plan.doses:
        if id not in doses:
            library.stretch(id)  # a name we do not know has its own message
            why = "See --explain for the reason." if plan.wishes else "Choose the stretch too."
            hint = f"{swapped[id]} takes its place: give its dose." if id in swapped else why
            raise RequestError(Finding("is not on this sheet.", f"--dose {id}", hint))
    return doses


def _refusal(verdict: Verdict, plan: Plan, library: Library) -> Finding:
    """Why a stretch that was named cannot be had, and what is near it."""
    stretch = verdict.stretch
    if verdict.late:
        return Finding(f"{verdict.reason}.", stretch.id, "Leave one out, or allow more --minutes.")
    near = choice.near(stretch, plan.wishes, library, usual_seconds, _asked(plan, library))
    hint = f"Near it and fitting is {near.id}." if near else "Nothing near it fits: leave it out."
    return Finding(f"{verdict.reason}.", stretch.id, hint)
