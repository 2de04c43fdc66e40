"""Stands in for the reader of tables until that is joined: comma-separated fields of a request."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from handouts.batch.order import Advice, BadRow, Order
from handouts.errors import ContentError, Finding, HandoutError
from handouts.handout import resolve
from handouts.library import Library
from handouts.request import Request, plan_of

_FIELDS = {"print": "edition", "for": "person", "from": "clinic"}


def checked(
    path: Path, library: Library, environment: Mapping[str, str], defaults: Request
) -> Iterator[Order | BadRow | Advice]:
    """The rows of a table."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", str(path))) from None
    with file:
        for number, cells in enumerate(csv.DictReader(file), 2):
            order = _order(number, cells, defaults)
            try:
                resolve(plan_of(order.request, environment, library), library)
                yield order
            except HandoutError as bad:
                yield BadRow(number, bad.findings)


def _order(row: int, cells: dict[str, str], defaults: Request) -> Order:
    own: dict[str, Any] = {name: cells.pop(name, "") for name in ("ref", "group", "sort")}
    stretches = tuple(filter(None, cells.pop("stretches", "").split(";")))
    values: dict[str, Any] = {
        _FIELDS.get(name, name): value for name, value in cells.items() if not name.startswith("x-")
    }
    return Order(row, request=Request(stretches=stretches, **values).over(defaults), **own)
