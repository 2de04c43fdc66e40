"""The ticket beside a print file: which sheets are whose, how much paper, how many staples. It holds no names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from handouts.layout.edition import Press
from handouts.model import Language
from handouts.phrasing import Printing

ENDINGS = (".txt", ".json")  # of its two files, which are named like the print file
_FORMAT = 1  # raised when a key of the JSON changes its meaning


@dataclass(frozen=True)
class Stacked:
    """An order in its file: its number in print order, and its pages and sheets (from 1) with all its copies."""

    number: int
    ref: str
    group: str
    copies: int
    first_page: int
    last_page: int  # without the empty one that fills the sheet
    first_sheet: int
    last_sheet: int

    @property
    def staples(self) -> int:
        """One for each copy that has two sheets or more."""
        sheets = (self.last_sheet - self.first_sheet + 1) // self.copies
        return self.copies if sheets > 1 else 0


@dataclass(frozen=True)
class Printed:
    """A finished file: its name, its paper, and how much is in it."""

    name: str
    paper: str
    pages: int
    sheets: int
    separators: int
    orders: tuple[Stacked, ...]


@dataclass(frozen=True)
class Ticket:
    """All that is printed in one go."""

    files: tuple[Printed, ...]
    press: Press

    @property
    def orders(self) -> tuple[Stacked, ...]:
        """Every order, file by file."""
        return tuple(order for file in self.files for order in file.orders)

    @property
    def paper(self) -> dict[str, int]:
        """Sheets of each paper."""
        sheets: Counter[str] = Counter()
        for file in self.files:
            sheets[file.paper] += file.sheets
        return dict(sheets)

    @property
    def totals(self) -> dict[str, int]:
        """How many handouts, copies, separator sheets and staples."""
        return {
            "handouts": len(self.orders),
            "copies": sum(order.copies for order in self.orders),
            "separators": sum(file.separators for file in self.files),
            "staples": sum(order.staples for order in self.orders),
        }


def as_json(ticket: Ticket) -> bytes:
    """The ticket for a program."""
    told = {
        "format": _FORMAT,
        "sides": "two" if ticket.press.two_sided else "one",
        "bound": ticket.press.bound,
        "totals": {**ticket.totals, "sheets": ticket.paper},
        "files": [{**vars(file), "orders": [_order(order) for order in file.orders]} for file in ticket.files],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _order(order: Stacked) -> dict[str, Any]:
    return {**vars(order), "staples": order.staples}


def as_text(ticket: Ticket, words: Printing, language: Language) -> bytes:
    """The ticket for a person."""
    return ("\n".join(_lines(ticket, words, language)) + "\n").encode("utf-8")


def _lines(ticket: Ticket, words: Printing, language: Language) -> Iterator[str]:
    """What is to be done first, then how much it is, then what is where."""
    yield words.ticket[language]
    yield ""
    yield from (f"- {advice}" for advice in _advice(ticket.press, words, language))
    yield ""
    yield from _totals(ticket, words, language)
    for file in ticket.files:
        yield ""
        yield words.file[language].format(file=file.name)
        yield words.paper[language].format(paper=_paper(file.paper, words, language))
        yield ""
        yield from _columns([_head(words, language), *(_row(order, words, language) for order in file.orders)])


def _advice(press: Press, words: Printing, language: Language) -> Iterator[str]:
    """How to print it; matte paper is P18."""
    yield (words.two_sided if press.two_sided else words.one_sided)[language]
    yield words.actual_size[language]
    yield words.matte[language]
    yield words.staple[language]
    if press.bound:
        yield words.bound[language]


def _totals(ticket: Ticket, words: Printing, language: Language) -> Iterator[str]:
    totals = ticket.totals
    yield words.all_handouts[language].format(n=totals["handouts"])
    yield words.all_copies[language].format(n=totals["copies"])
    for paper, sheets in ticket.paper.items():
        yield words.sheets_of_paper[language].format(paper=_paper(paper, words, language), n=sheets)
    if totals["separators"]:
        yield words.separators[language].format(n=totals["separators"])
    yield words.staples[language].format(n=totals["staples"])


def _paper(paper: str, words: Printing, language: Language) -> str:
    named: str = getattr(words, paper)[language]
    return named


def _head(words: Printing, language: Language) -> tuple[str, ...]:
    heads = (words.number_head, words.ref_head, words.group_head, words.copies_head, words.sheets_head)
    return tuple(head[language] for head in heads)


def _row(order: Stacked, words: Printing, language: Language) -> tuple[str, ...]:
    form = words.span[language]
    span = form.one if order.first_sheet == order.last_sheet else form.other
    sheets = span.format(first=order.first_sheet, last=order.last_sheet)
    return str(order.number), order.ref, order.group, str(order.copies), sheets


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows with their columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
