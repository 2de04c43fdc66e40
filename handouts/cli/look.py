"""`handouts list`, `show`, `routines` and `check`: the library in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handouts.errors import ContentError, Finding, HandoutError
from handouts.handout import resolve
from handouts.library import CHOICE, HOLD, Library, check, open_library
from handouts.model import Range, Stretch
from handouts.plan import Plan


def stretch_ids() -> tuple[str, ...]:
    """Ids of the shipped stretches, for shell completion."""
    return open_library().ids


def routine_ids() -> tuple[str, ...]:
    """Ids of the shipped routines, for shell completion."""
    return tuple(open_library().routines)


def stretch_lines(folder: Path | None) -> Iterator[str]:
    """A line a stretch: id, name, position."""
    library = open_library(folder)
    width = max(map(len, library.ids))
    for id in library.ids:
        stretch = library.stretch(id)
        position = library.phrases.positions[stretch.positions[0]]["en"]
        yield f"{id:{width}}  {stretch.name['en']}. {position}"


def routine_lines(folder: Path | None) -> Iterator[str]:
    """Each routine with its stretches."""
    library = open_library(folder)
    for id, routine in library.routines.items():
        yield f"{id}  {routine.name['en']}. {routine.for_whom['en']}"
        yield from (f"    {portion.stretch}" for portion in routine.stretches)


def one_stretch(id: str, folder: Path | None) -> Iterator[str]:
    """All that the library says of a stretch, with all its sources."""
    library = open_library(folder)
    stretch = library.stretch(id)

    def text(words: str) -> str:
        timed = HOLD.sub(_seconds(stretch.hold.default, library), CHOICE.sub(r"\1", words))
        return library.named(timed, "en")

    yield f"{stretch.name['en']} ({stretch.id}, version {stretch.version}, {stretch.status})"
    yield text(stretch.purpose["en"])
    yield library.phrases.positions[stretch.positions[0]]["en"]
    yield ""
    yield from _doses(stretch)
    yield ""
    yield from (f"{number}. {text(step)}" for number, step in enumerate(stretch.steps["en"], 1))
    if stretch.change_sides:
        yield f"   With both sides: {text(stretch.change_sides['en'])}"
    yield text(stretch.feel["en"])
    yield ""
    yield from (f"Take care. {text(caution)}" for caution in stretch.cautions["en"])
    yield from (f"Ask first if {library.flags[code].words['en']}." for code in stretch.flags)
    for label, words in (("Easier", stretch.easier), ("Harder", stretch.harder)):
        if words:
            yield f"{label}. {text(words['en'])}"
    yield ""
    yield from _sources(stretch, library)


def _seconds(n: int, library: Library) -> str:
    forms = library.phrases.seconds["en"]
    return (forms.one if n == 1 else forms.other).format(n=n)


def _doses(stretch: Stretch) -> Iterator[str]:
    rows = {"hold": " seconds", "repeats": "", "per_day": "", "days_per_week": ""}
    for key, unit in rows.items():
        allowed: Range = getattr(stretch, key)
        yield f"{key}: {allowed.default}{unit} (range {allowed.min} to {allowed.max})"
    yield f"side: {stretch.side}"


def _sources(stretch: Stretch, library: Library) -> Iterator[str]:
    for support in stretch.sources:
        source = library.sources[support.key]
        year = f", {source.year}" if source.year else ""
        address = f" {source.url}" if source.url else ""
        uses = ", ".join(support.supports)
        yield f"{support.key}: {source.publisher}, {source.title}{year}. For {uses}.{address}"


def check_all(folder: Path | None) -> str:
    """Words that all is well. Raises ContentError with everything that is not."""
    library = open_library(folder)
    findings = check(library) or _routine_doses(library)
    if findings:
        raise ContentError(*findings)
    counted = len(library.folders[-1].stretch_ids)
    return f"{counted} stretches checked in {library.folders[-1].label}. All is well."


def _routine_doses(library: Library) -> list[Finding]:
    """Doses of routines that the stretches do not allow."""
    findings: list[Finding] = []
    for id in library.routines:
        try:
            resolve(Plan(routine=id), library)
        except HandoutError as problem:
            findings += [replace(found, place=f"routine {id}, {found.place}") for found in problem.findings]
    return findings
