"""A table to checked orders: every row wholly, so that nothing that can be known is left to the making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from handouts.batch.cells import MOST_COPIES, number, request_of
from handouts.batch.judging import Judge, wrong_in
from handouts.batch.order import Advice, BadRow, Order
from handouts.batch.plainly import placed
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
) -> Iterator[Order | BadRow | Advice]:
    """The orders of a table and its bad rows, in its order; advice comes before what it is about.

    `defaults` is asked for all rows, and a cell wins over it. `press` decides how much fits on one page.
    Raises HandoutError for what is wrong with the defaults, with the table as a whole, or with the library.
    """
    judge, refs = Judge(library, environment, press), Refs()
    if faults := judge.faults(defaults, whole=False):
        raise RequestError(*faults)
    for row in rows_of(path, library):
        yield row if isinstance(row, Advice) else _checked(row, defaults, judge, refs, library)


def _checked(row: Row, defaults: Request, judge: Judge, refs: Refs, library: Library) -> Order | BadRow:
    """A row as an order, or all that is wrong with it."""
    if row.wrong and not row.cells:
        return BadRow(row.number, row.wrong)
    request, unread = request_of(row.cells, defaults)
    ref, group, sort = (row.cells.get(column, "") for column in ("ref", "group", "sort"))
    copies = row.cells.get("copies", "1")
    asked = (*unread, *judge.faults(request, whole=not unread and not row.wrong))
    found = (
        *row.wrong,
        *wrong_in(partial(refs.take, ref, row.number)),
        *(placed(each, row.cells, library) for each in asked),
        *wrong_in(
            partial(clean, group, "group"),
            partial(clean, sort, "sort"),
            partial(number, copies, "copies", MOST_COPIES),
        ),
    )
    if found:
        return BadRow(row.number, tuple(dict.fromkeys(found)))
    return Order(row.number, ref, request, group, sort, int(copies))
