"""The cells of a row as a `Request`, and what is wrong in each cell by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from handouts.errors import Finding, RequestError, one_of
from handouts.request import Request
from handouts.wishes import MOST_MINUTES, Wishes

MOST_COPIES = 99
# Columns that are a text or one word of a few, by what a request calls them.
TEXTS = {
    "person": "for", "clinic": "from", "date": "date", "title": "title", "note": "note", "routine": "routine",
    "recipe": "recipe",
}  # fmt: skip
CHOICES = {"edition": "print", "paper": "paper", "form": "form", "language": "language"}
_LISTS = {"stretches": "stretches", "doses": "dose"}
_SWITCHES = {"log": "log", "allow_dose": "allow-dose"}
_WISHES = tuple(field.name for field in fields(Wishes))
_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_PARTED = re.compile(r"[;\n]")
_PARTED_WORDS = re.compile(r"[;,\n]")

Cells = Mapping[str, str]


def request_of(cells: Cells, defaults: Request) -> tuple[Request, tuple[Finding, ...]]:
    """What a row asks for over what is asked for all rows, and what cannot be read in it."""
    held: dict[str, Any] = {name: cells[column] for name, column in TEXTS.items() if column in cells}
    held |= {name: cells[column].casefold() for name, column in CHOICES.items() if column in cells}  # A4, Large
    held |= {name: _parts(cells[column]) for name, column in _LISTS.items() if column in cells}
    wishes, wrong = _wishes(tuple(cells.get(name, "") for name in _WISHES))
    switches, unread = _switches(cells)
    # A cell that says what is usual is said too: `no` under allow-dose wins over the option for all rows.
    own = Request(**held, wishes=wishes)
    try:
        return replace(own.over(defaults), **switches), (*wrong, *unread)
    except RequestError as problem:  # wishes of both that cannot be together
        return replace(own, **switches), (*wrong, *unread, *problem.findings)


def _parts(text: str, sign: re.Pattern[str] = _PARTED) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, sign.split(text)) if part)


def _switches(cells: Cells) -> tuple[dict[str, Any], list[Finding]]:
    found, wrong = dict[str, Any](), list[Finding]()
    for name, column in _SWITCHES.items():
        if column in cells:
            try:
                found[name] = yes_or_no(cells[column], column)
            except RequestError as problem:
                wrong += problem.findings
    return found, wrong


def yes_or_no(text: str, column: str) -> bool:
    """A switch. Raises RequestError for anything but yes and no."""
    if text.casefold() not in _YES_NO:
        raise RequestError(Finding(f"“{text}” is neither yes nor no.", column, one_of(("yes", "no"))))
    return _YES_NO[text.casefold()]


def number(text: str, column: str, most: int) -> int:
    """A whole number from 1. Raises RequestError for any other."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= most:
        raise RequestError(Finding(f"“{text}” is not a number from 1 to {most}.", column))
    return int(text)


_READ: dict[str, Callable[[str], Any]] = {
    "helper": lambda text: yes_or_no(text, "helper"),
    "minutes": lambda text: number(text, "minutes", MOST_MINUTES),
}  # the other wishes are words


@lru_cache(maxsize=4096)
def _wishes(texts: tuple[str, ...]) -> tuple[Wishes, tuple[Finding, ...]]:
    """What a person can do, has and wants, and what is wrong in it; many rows say the same."""
    held, wrong = dict[str, Any](), list[Finding]()
    for name, text in zip(_WISHES, texts, strict=True):
        try:
            if text:
                held[name] = _READ[name](text) if name in _READ else _words(text)
        except RequestError as problem:
            wrong += problem.findings
    try:
        return Wishes(**held), tuple(wrong)
    except RequestError as problem:
        return Wishes(), (*wrong, *problem.findings)


def _words(text: str) -> tuple[str, ...]:
    """Every word once; capitals do not matter."""
    return tuple(dict.fromkeys(_parts(text.casefold(), _PARTED_WORDS)))
