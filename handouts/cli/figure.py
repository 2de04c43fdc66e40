"""`handouts figure`: the picture of one stretch as a file."""

from __future__ import annotations

from pathlib import Path

from handouts.errors import Finding, RequestError, one_of
from handouts.export import FORMATS, Exhibit
from handouts.files import write_whole
from handouts.handout import resolve
from handouts.library import Library, open_library
from handouts.pipeline import LANGUAGE_TAGS
from handouts.plan import EDITION_NAMES, Dose, Plan
from handouts.request import known_or_nothing

_SIDES = ("left", "right")


def draw_figure(id: str, output: Path | None, edition: str, side: str, force: bool, folder: Path | None) -> str:
    """Write the picture; the result says in words what was written. Raises HandoutError."""
    edition = known_or_nothing(edition, EDITION_NAMES, "--print") or "standard"
    side = known_or_nothing(side, _SIDES, "--side")
    target = output or Path(f"{id}.svg")
    if target.suffix.lower() not in FORMATS:
        raise RequestError(Finding(f"no picture ends in “{target.suffix}”.", str(target), one_of(FORMATS)))
    data = FORMATS[target.suffix.lower()](_exhibit(open_library(folder), id, side, edition))
    if not output and not force and target.exists():
        hint = "Add --force to replace it, or name another file with -o."
        raise RequestError(Finding("is there already.", str(target), hint))
    write_whole(target, data)
    return f"Wrote {target} (in the lines of {edition} print)."


def _exhibit(library: Library, id: str, side: str, edition: str) -> Exhibit:
    """The picture of a stretch with its words. Raises RequestError where it has none."""
    doses = {id: Dose(side=side)} if side else {}  # type: ignore[arg-type]
    (item,) = resolve(Plan(stretches=(id,), doses=doses), library).items
    if not item.picture:
        raise RequestError(Finding("has no picture yet.", id, "Its sheet shows a simple mark of the position."))
    alts = (item.chosen(panel.alt["en"]) for panel in item.stretch.shown)
    panels = tuple(zip(item.picture.panels, alts, strict=True))
    return Exhibit(item.stretch.name["en"], LANGUAGE_TAGS["en"], panels, item.mirrored, edition)
