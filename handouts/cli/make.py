"""`handouts make`: options to a plan, a plan to a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from handouts.errors import Finding, RequestError
from handouts.files import PRIVATE, write_whole
from handouts.fitting import clause
from handouts.library import Library
from handouts.pipeline import compose
from handouts.plan import Plan
from handouts.request import ENDINGS, Request, plan_of
from handouts.selection import select, weighed

_MANY = 5  # P11
DEFAULT_OUTPUT = Path("handout.pdf")


@dataclass(frozen=True)
class Options:
    """What is asked for, and where its file goes."""

    request: Request = field(default_factory=Request)
    output: Path | None = None
    force: bool = False
    folder: Path | None = None
    save: Path | None = None  # where the request itself is written as a plan file


@dataclass(frozen=True)
class Made:
    """What was made, in words, and a word of advice where there is one."""

    said: str
    advice: str


def make_handout(options: Options, library: Library) -> Made:
    """Make the file. Raises HandoutError."""
    plan = plan_of(options.request, os.environ, library)
    target = options.output or DEFAULT_OUTPUT
    data = compose(plan, library)
    refuse_to_replace(target, options)
    write_whole(target, data)
    if options.save:
        from handouts.planfile import plan_text

        write_whole(options.save, plan_text(options.request).encode(), mode=PRIVATE)  # it may hold a name
    said = f"Wrote {target} ({plan.edition} print, {plan.paper} paper). Print it at actual size (100%)."
    said = (
        f"{said}\nWrote {options.save}. To make the sheet again: handouts make {options.save}"
        if options.save
        else said
    )
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


def explained(options: Options, library: Library) -> Iterator[str]:
    """A line for each stretch that came into question: taken, left or swapped, and why. Raises HandoutError."""
    for verdict in weighed(plan_of(options.request, os.environ, library), library):
        stretch, reason = verdict.stretch, verdict.reason
        if verdict.position:
            reason = f"{reason}; {clause(library.phrases.positions[verdict.position]['en'])}"
        if verdict.instead_of:
            old = verdict.instead_of
            yield f"swapped  {old.name['en']} ({old.id}) for {stretch.name['en']} ({stretch.id}): {reason}."
        else:
            yield f"{'taken' if verdict.position else 'left':7}  {stretch.name['en']} ({stretch.id}): {reason}."


def from_files(request: Request) -> Request:
    """The same, with the plan file among its stretches read; what was typed wins. Raises HandoutError."""
    files = [name for name in request.stretches if name.endswith(ENDINGS)]
    if len(files) > 1:
        raise RequestError(Finding("there can be one plan file.", files[1], "Leave one out."))
    if not files:
        return request
    from handouts.planfile import read_plan

    typed = replace(request, stretches=tuple(name for name in request.stretches if name not in files))
    return typed.over(read_plan(Path(files[0])))


def edition_of(named: str, large_print: bool) -> str:
    """What `--print` and `--large-print` ask for together; "" where neither is given. Raises RequestError."""
    if large_print and named not in ("", "large"):
        hint = "Use one of the two."
        raise RequestError(Finding(f"--large-print and --print {named} ask for different sizes.", "", hint))
    return "large" if large_print else named
