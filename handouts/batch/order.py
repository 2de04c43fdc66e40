"""One row of a table: whose handout, and how it is to be made and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from handouts.errors import Finding
from handouts.request import Request

# Where a table is made into handouts the locale plays no part: the same table gives the same pages everywhere.
NO_LOCALE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Order:
    """A row that is good: nothing that can be known before the making stands against it."""

    row: (
        int  # as the table counts: a spreadsheet's row (its head is 1), a line of JSON Lines, an entry of a bundle
    )
    ref: str  # opaque, unique, safe as a file name
    request: Request  # the person's name is in it
    group: str = ""
    sort: str = ""
    copies: int = 1


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be made, with everything that is wrong in it; the places are names of columns."""

    row: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Advice:
    """A word on a row that is no fault: what was left out, or taken as it usually is. Row 0 is the whole table."""

    row: int
    text: str
