"""A table's rows, whatever kind of file it is: found by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from handouts.batch.excel import excel_rows
from handouts.batch.order import Advice
from handouts.batch.plainly import harmless
from handouts.batch.rows import Row
from handouts.batch.text import csv_rows, json_rows
from handouts.errors import ContentError, Finding, HandoutError, RequestError, one_of
from handouts.library import Library

_KINDS: dict[str, Callable[[Path], Iterator[Row | Advice]]] = {
    ".csv": csv_rows,
    ".txt": csv_rows,  # Excel's “Unicode text”
    ".tsv": csv_rows,
    ".xlsx": excel_rows,
    ".jsonl": json_rows,
    ".ndjson": json_rows,
}
ENDINGS = (*_KINDS, ".json")


def rows_of(path: Path, library: Library) -> Iterator[Row | Advice]:
    """The rows of a table that hold anything, and advice. Raises HandoutError for what is wrong with all of it."""
    if path.suffix.lower() not in ENDINGS:
        raise RequestError(Finding("is no kind of table that we read.", str(path), one_of(ENDINGS)))
    if not path.is_file():
        raise ContentError(Finding("is not a file that can be read.", str(path)))
    empty = True
    try:
        for row in _read(path, library):
            empty &= isinstance(row, Advice)
            yield row
    except RequestError as problem:
        raise _at(path, problem) from None
    if empty:
        raise ContentError(Finding("holds no rows.", str(path), "Fill in a row for each handout."))


def _read(path: Path, library: Library) -> Iterator[Row | Advice]:
    ending = path.suffix.lower()
    if ending == ".json":
        from handouts.batch.fhir import bundle_rows  # tables need none of it

        return bundle_rows(path, library)
    return _KINDS[ending](path)


def _at(path: Path, problem: HandoutError) -> ContentError:
    """What is wrong with a head, at its file."""
    return ContentError(*(replace(harmless(found), place=str(path)) for found in problem.findings))
