"""What is wrong with a row, in the words of a table: columns where the command line has options."""

from __future__ import annotations

import re
from dataclasses import replace

from handouts.batch.cells import Cells
from handouts.batch.rows import COLUMNS
from handouts.errors import Finding
from handouts.library import Library

_CHOSEN_BY = ("stretches", "routine", "recipe")
_DOSED = re.compile(r"(hold|repeats|per_day|days_per_week|side|position)=")
_SAID = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Name stretches or a routine, for example: .*", "Fill stretches or routine, such as five-to-start."),
        (r"See --explain for the reason\.", "Leave its dose out, or change what the row asks for."),
        (r"use --routine ([a-z0-9-]+)", r"write \1 under routine"),
        (r"add --allow-dose\b", "write “yes” under allow-dose"),
        (r"--no-(log|helper)\b", r"“no” under \1"),
        (r"--helper\b", "“yes” under helper"),
        (r"Write it like --dose ", "Write it like "),
        (rf"--({'|'.join(name for name in COLUMNS if name != 'stretches')})\b", r"\1"),
    )
)
_RUN = re.compile(r"“([=+\-@\t\r])")  # what a spreadsheet would run, were the report opened in one


def placed(found: Finding, cells: Cells, library: Library) -> Finding:
    """A finding about an option or a stretch as one about a column."""
    option, _, about = found.place.partition(" ")
    column = option.removeprefix("--")
    if column in library.ids:
        column, about = "dose" if _DOSED.match(found.problem) else "", column
    named = f"{about}: " if about and column in ("", "dose") else ""
    return Finding(named + _plain(found.problem), column or _chosen_by(cells), _plain(found.hint))


def _chosen_by(cells: Cells) -> str:
    """The column that says which stretches there are."""
    return next((column for column in _CHOSEN_BY if column in cells), _CHOSEN_BY[0])


def _plain(text: str) -> str:
    """A text without options."""
    for pattern, words in _SAID:
        text = pattern.sub(words, text)
    return text


def harmless(found: Finding) -> Finding:
    """A finding in which a value begins with an apostrophe where a spreadsheet would run it."""
    problem, hint = (_RUN.sub(r"“'\1", text) for text in (found.problem, found.hint))
    return replace(found, problem=problem, hint=hint)


def under(column: str, *found: Finding) -> tuple[Finding, ...]:
    """The same findings, placed in a column."""
    return tuple(replace(each, place=column) for each in found)
