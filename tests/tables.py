"""Tables for the tests: written, and read back as orders, bad rows and advice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sheets import library

from handouts.batch.checking import checked
from handouts.batch.order import NO_LOCALE, Advice, BadRow, Order
from handouts.request import Request

Seen = Order | BadRow | Advice


def seen(path: Path, defaults: Request | None = None) -> list[Seen]:
    """All that a table gives."""
    return list(checked(path, library(), NO_LOCALE, defaults or Request()))


def orders(path: Path, defaults: Request | None = None) -> list[Order]:
    """The orders of a table in which every row is good."""
    found = seen(path, defaults)
    assert not faults(found), "\n".join(faults(found))
    return [each for each in found if isinstance(each, Order)]


def faults(found: Iterable[Seen]) -> list[str]:
    """What is wrong, as a report has it: row, column, words."""
    return [f"{each.row} {fault}" for each in found if isinstance(each, BadRow) for fault in each.findings]


def advised(found: Iterable[Seen]) -> list[str]:
    """The advice, each with its row."""
    return [f"{each.row} {each.text}" for each in found if isinstance(each, Advice)]


def table(folder: Path, *lines: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path
