"""Rows written as a table: CSV that Excel opens, XLSX, JSON Lines. The same rows give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from handouts.batch.text import SEVERAL
from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.files import PRIVATE, write_whole
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES

Cells = Mapping[str, str]
_MADE = dt.datetime(2026, 1, 1)  # a time of making would change the bytes
_WIDE = {"for": 24, "from": 24, "note": 40, "stretches": 40, "dose": 48, "routine": 20}  # characters
_USUAL_WIDTH = 12
_LAST_ROW = 1_048_575  # of a sheet of Excel's, from 0
_LISTS: dict[str, Sequence[str]] = {
    "print": EDITION_NAMES, "paper": PAPER_NAMES, "form": FORM_NAMES, "helper": ("yes", "no"),
    "log": ("yes", "no"), "allow-dose": ("yes", "no"),
}  # fmt: skip # that Excel offers in a cell


def write_rows(kind: str, path: Path, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    """Write a table whole or not at all, for its owner alone. Raises HandoutError."""
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or one_of(KINDS)
        raise RequestError(Finding(f"“{kind}” is no kind of table that we write.", "", hint))
    write_whole(path, KINDS[kind](columns, rows), mode=PRIVATE)


def _csv(columns: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """With a byte order mark: without one Excel takes the letters for others."""
    text = StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _jsonl(columns: Sequence[str], rows: Iterable[Cells]) -> bytes:
    lines = ({name: _listed(name, text) for name, text in row.items()} for row in rows)
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _listed(name: str, text: str) -> str | list[str]:
    """What holds several texts as a list."""
    parts = [part.strip() for part in text.split("\n" if name == "note" else ";")]
    return parts if name in SEVERAL and len(parts) > 1 else text


def _xlsx(columns: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """All cells are text, so that Excel changes no ref and no date."""
    from xlsxwriter import Workbook  # most handouts need no table

    data = BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet, text = book.add_worksheet("Handouts"), book.add_format({"num_format": "@"})
        for at, name in enumerate(columns):
            sheet.set_column(at, at, _WIDE.get(name, _USUAL_WIDTH), text)
            sheet.write_string(0, at, name, book.add_format({"num_format": "@", "bold": True}))
            if name in _LISTS:
                sheet.data_validation(1, at, _LAST_ROW, at, {"validate": "list", "source": list(_LISTS[name])})
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(rows, 1):
            for name, held in row.items():
                sheet.write_string(number, columns.index(name), held, text)
    return data.getvalue()


KINDS: dict[str, Callable[[Sequence[str], Iterable[Cells]], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
}
