"""`handouts list`, `show`, `routines` and `check`: the library in words."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from handouts.check import check, remarks
from handouts.choice import check_flags, nothing
from handouts.errors import ContentError, Finding, HandoutError, RequestError
from handouts.fitting import LEVEL_WORDS, Fit, fit
from handouts.handout import resolve
from handouts.library import Library, open_library
from handouts.model import Position, Range, Stretch
from handouts.plan import Plan
from handouts.schema import write
from handouts.selection import usual_seconds
from handouts.sheet.stretch import stretch as stretch_section
from handouts.sheet.words import Words
from handouts.wishes import Wishes
from handouts.wording import check_words


def stretch_ids() -> tuple[str, ...]:
    """Ids of the shipped stretches, for shell completion."""
    return open_library().ids


def routine_ids() -> tuple[str, ...]:
    """Ids of the shipped routines, for shell completion."""
    return tuple(open_library().routines)


def stretch_lines(wishes: Wishes, folder: Path | None) -> Iterator[str]:
    """A line for each stretch that fits; then how many there are, and what hid the rest."""
    library = open_library(folder)
    check_flags(wishes, library)
    fits = [fit(library.stretch(id), wishes, library, named=True) for id in library.ids]
    shown = [f for f in fits if not _hiding(f, wishes)]
    if not shown:
        raise RequestError(nothing(library.ids, library, wishes, usual_seconds))
    width = max(len(f.stretch.id) for f in shown)
    yield from (f"{f.stretch.id:{width}}  {_described(f.stretch, f.positions[0], library)}" for f in shown)
    yield f"{len(shown)} of {len(fits)} stretches.{_hidden(_hiding(f, wishes) for f in fits)}"


def _hiding(f: Fit, wishes: Wishes) -> str:
    """The option that hides a stretch, or ""."""
    if f.stretch.status == "retired":
        return "having been retired"
    too_long = wishes.minutes and usual_seconds(f.stretch) > wishes.minutes * 60
    return next(iter(f.against), "--minutes" if too_long else "")


def _described(stretch: Stretch, at: Position, library: Library) -> str:
    position = library.phrases.positions[at]["en"]
    minutes = math.ceil(usual_seconds(stretch) / 60)
    about = f"About {minutes} minute{'s' if minutes > 1 else ''}."
    return f"{stretch.name['en']}. {position} For people who {LEVEL_WORDS[stretch.level]}. {about}"


def _hidden(options: Iterable[str]) -> str:
    counts = ", ".join(f"{count} by {option}" for option, count in Counter(filter(None, options)).most_common())
    return f" Hidden: {counts}." if counts else ""


def routine_lines(folder: Path | None) -> Iterator[str]:
    """Each routine with its stretches."""
    library = open_library(folder)
    for id, routine in library.routines.items():
        yield f"{id}  {routine.name['en']}. {routine.for_whom['en']}"
        yield from (f"    {portion.stretch}" for portion in routine.stretches)


def one_stretch(id: str, folder: Path | None) -> Iterator[str]:
    """A stretch in the words of the sheet, with its ranges and all its sources."""
    library = open_library(folder)
    handout = resolve(Plan(stretches=(id,)), library)
    (item,) = handout.items
    stretch = item.stretch
    _, *printed = stretch_section(Words(handout, library), 1, item).script()
    yield f"{stretch.name['en']} ({stretch.id}, version {stretch.version}, {stretch.status})"
    yield ""
    yield from _doses(stretch)
    yield ""
    yield from (re.sub(r"^(\d+) ", r"\1. ", line) for line in printed)  # steps, as a terminal shows a list
    yield ""
    yield from _sources(stretch, library)


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
    """Words that all is well, and what is worth a look. Raises ContentError with everything that is not."""
    library = open_library(folder, anew=True)
    findings = check(library) or _routine_doses(library)
    if findings:
        raise ContentError(*findings)
    said = f"{len(library.folders[-1].stretch_ids)} stretches checked in {library.folders[-1].label}."
    notes = remarks(library, dt.date.today())
    if not notes:
        return f"{said} All is well."
    return "\n".join([f"{said} Nothing is wrong. Worth a look:", *map(str, notes)])


def write_schemas(folder: Path) -> str:
    """Write them into a folder that is there; the result names the files. Raises ContentError."""
    if not folder.is_dir():
        raise ContentError(Finding("is not a folder.", str(folder), "Make it first."))
    return "\n".join(f"Wrote {path}" for path in write(folder))


def check_words_too(folder: Path | None) -> str:
    """Words that all is well, and plain. Raises ContentError with everything that is not."""
    well = check_all(folder)
    findings = check_words(open_library(folder, anew=True))
    if findings:
        raise ContentError(*findings)
    return f"{well} Their words are plain."


def _routine_doses(library: Library) -> list[Finding]:
    """Doses of routines that the stretches do not allow."""
    findings: list[Finding] = []
    for id in library.routines:
        try:
            resolve(Plan(routine=id), library)
        except HandoutError as problem:
            findings += [replace(found, place=f"routine {id}, {found.place}") for found in problem.findings]
    return findings
