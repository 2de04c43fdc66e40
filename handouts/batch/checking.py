"""A table to checked orders: every row wholly, so that nothing that can be known is left to the making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from handouts.batch.cells import MOST_COPIES, number, request_of
from handouts.batch.judging import Findings, Judge, wrong_in
from handouts.batch.order import Advice, BadRow, Order
from handouts.batch.plainly import harmless, placed
from handouts.batch.redact import redacted
from handouts.batch.refs import Refs
from handouts.batch.rows import Row
from handouts.batch.table import rows_of
from handouts.errors import RequestError
from handouts.layout.edition import PLAIN, Press
from handouts.library import Library
from handouts.plan import clean
from handouts.request import Request


def checked(
    path: Path,
    library: Library,
    environment: Mapping[str, str],
    defaults: Request,
    press: Press = PLAIN,
    *,
    redact: bool = False,
) -> Iterator[Order | BadRow | Advice]:
    """The orders of a table and its bad rows, in its order; advice comes before what it is about.

    `defaults` is asked for all rows, and a cell wins over it. `press` decides how much fits on one page. With
    `redact` a row is redacted before it is judged: what is judged is what is printed. Raises HandoutError for what
    is wrong with the defaults, with the table as a whole, or with the library.
    """
    judge = Judge(library, environment, press)
    if faults := judge.faults(defaults, whole=False):
        raise RequestError(*faults)
    checking = _Checking(library, defaults, judge, redact)
    for row in rows_of(path, library):
        yield row if isinstance(row, Advice) else checking.checked(row)


@dataclass(frozen=True)
class _Checking:
    """What the rows of one table are checked by."""

    library: Library
    defaults: Request
    judge: Judge
    redact: bool
    refs: Refs = field(default_factory=Refs)

    def checked(self, row: Row) -> Order | BadRow:
        """A row as an order, or all that is wrong with it."""
        found = self._read(row)
        if isinstance(found, Order):
            return found
        return BadRow(row.number, tuple(dict.fromkeys(map(harmless, found))))

    def _read(self, row: Row) -> Order | Findings:
        if row.wrong and not row.cells:
            return row.wrong
        ref, group, sort = (row.cells.get(column, "") for column in ("ref", "group", "sort"))
        copies = row.cells.get("copies", "1")
        request, unread = request_of(row.cells, self.defaults)
        request = redacted(request, ref) if self.redact else request
        asked = (*unread, *self.judge.faults(request, whole=not unread and not row.wrong))
        found = (
            *row.wrong,
            *wrong_in(partial(self.refs.take, ref, row.number)),
            *(placed(each, row.cells, self.library) for each in asked),
            *wrong_in(
                partial(clean, group, "group"),
                partial(clean, sort, "sort"),
                partial(number, copies, "copies", MOST_COPIES),
            ),
        )
        return found or Order(row.number, ref, request, clean(group, "group"), clean(sort, "sort"), int(copies))
