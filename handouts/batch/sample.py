"""A table of made-up patients for trying out, and an empty one to fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from handouts.batch import made_up
from handouts.batch.made_up import picked
from handouts.batch.rows import COLUMNS
from handouts.batch.writing import Cells, write_rows

_FIRST_DAY = dt.date(2026, 11, 2)
_PRINTS = ("", "standard", "large", "large", "giant")
_PAPERS = ("", "letter", "a4")
_GROUPS = ("North ward", "South ward", "Day clinic", "Home visits")
_COPIES = ("", "", "", "", "", "", "", "2")
# What is asked for: routines, stretches with doses, wishes, and every form.
_ASKED: tuple[Cells, ...] = (
    {"routine": "five-to-start"},
    {"routine": "seated-wheelchair"},
    {"routine": "in-bed", "log": "no"},
    {"routine": "standing", "avoid": "osteoporosis-spine"},
    {"routine": "helper-legs", "form": "helper"},
    {"routine": "three-minutes", "form": "fridge", "print": "standard"},
    {"stretches": "chest-opener", "form": "log"},
    {
        "stretches": "hip-crossovers; heel-cord-stretch",
        "dose": "hip-crossovers: hold=20; heel-cord-stretch: repeats=1 side=left",
    },
    {"stretches": "seated-calf-towel; finger-spread", "dose": "seated-calf-towel: days-per-week=5"},
    {"position": "wheelchair", "area": "arms, hands", "minutes": "15"},
    {"position": "bed", "equipment": "towel, pillow", "helper": "no"},
)
_EXAMPLES: tuple[Cells, ...] = (
    {
        "ref": "P-0001", "for": "Ana Bramblewick", "from": "Example Clinic", "date": "2026-11-22",
        "note": "Mornings, after a warm shower.", "routine": "five-to-start", "print": "large",
        "group": "North ward", "sort": "101", "copies": "1",
    },
    {
        "ref": "P-0002", "for": "Jürgen Ødegrensen", "from": "Example Clinic", "date": "2026-11-22",
        "stretches": "seated-calf-towel; heel-cord-stretch", "dose": "heel-cord-stretch: hold=20 side=left",
        "print": "giant", "paper": "a4", "helper": "no", "log": "no", "group": "South ward", "sort": "202",
        "copies": "2",
    },
)  # fmt: skip


def write_template(kind: str, path: Path) -> None:
    """A table to fill in, with two rows of made-up people to show how. `kind`: csv, xlsx or jsonl."""
    write_rows(kind, path, COLUMNS, _EXAMPLES)


def write_sample(count: int, path: Path) -> None:
    """A table of so many made-up patients, the same each time; its kind is the ending of its name."""
    write_rows(path.suffix.lower().removeprefix("."), path, COLUMNS, islice(_patients(), count))


def _patients() -> Iterator[Cells]:
    number = 0
    while True:
        number += 1
        yield {name: text for name, text in _patient(f"P-{number:05}", number).items() if text}


def _patient(ref: str, number: int) -> dict[str, str]:
    return {
        "ref": ref,
        "for": made_up.name("sample", ref),
        "from": "Example Clinic",
        "date": (_FIRST_DAY + dt.timedelta(days=number % 28)).isoformat(),
        "title": picked(("", "", "", *made_up.TITLES), "title", ref),
        "note": "\n".join(_some(made_up.NOTES, ref)),
        "print": picked(_PRINTS, "print", ref),
        "paper": picked(_PAPERS, "paper", ref),
        "group": picked(_GROUPS, "group", ref),
        "sort": f"{picked(range(100, 400), 'room', ref)}",
        "copies": picked(_COPIES, "copies", ref),
    } | dict(picked(_ASKED, "asked", ref))


def _some(things: Iterable[str], ref: str) -> list[str]:
    return [thing for thing in things if picked((True, False, False), thing, ref)]
