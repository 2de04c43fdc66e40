"""The whole table, checked before the first page: good rows to the spool, bad ones told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from handouts.batch.checking import checked
from handouts.batch.job import Job, Tally, Tell
from handouts.batch.order import NO_LOCALE, Advice, BadRow, Order
from handouts.batch.spool import Spool
from handouts.batch.stop import Stop
from handouts.errors import Finding, HandoutError, RequestError
from handouts.layout.edition import PLAIN
from handouts.library import Library

_MORE_NAMES = r"(-(letter|a4))?(-\d+)?"  # what the print file's name may get behind it


def gather(job: Job, library: Library, spool: Spool, tally: Tally, tell: Tell, stop: Stop) -> None:
    """Check every row, until somebody asks to stop. Raises RequestError for the table as a whole."""
    for item in _rows(job, library):
        if stop.asked:
            return
        if isinstance(item, Order) and (clash := _clash(item, job)):
            item = BadRow(item.row, (clash,))
        if isinstance(item, Order):
            spool.add(item)
            tally.good += 1
        elif isinstance(item, BadRow):
            tell("bad-row", row=item.row, findings=[str(finding) for finding in item.findings])
            tally.bad += 1
        else:
            tell("advice", row=item.row, text=item.text)
    tell("checked", rows=tally.good + tally.bad, good=tally.good, bad=tally.bad)


def _rows(job: Job, library: Library) -> Iterator[Order | BadRow | Advice]:
    """What the table holds. Whatever is wrong with it as a whole is wrong in what was asked for."""
    press = job.printed.press if job.printed else PLAIN  # room for binding leaves less than without
    try:
        yield from checked(job.table, library, NO_LOCALE, job.defaults, press, redact=job.redact)
    except HandoutError as problem:
        raise RequestError(*problem.findings) from None


def _clash(order: Order, job: Job) -> Finding | None:
    """A handout that would stand where the print file does."""
    name = re.escape(Path(job.printed.name).stem) + _MORE_NAMES if job.printed and job.files else ""
    if not re.fullmatch(name, order.ref, re.IGNORECASE):
        return None
    return Finding("is also a name of the print file.", "ref", "Give --merge another name.")
