"""Tables that are text, read a line at a time: CSV as Excel writes it, and JSON Lines."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from handouts.batch.rows import OWN, Row, head_of, known_name, row_of
from handouts.errors import ContentError, Finding, RequestError

SEVERAL = ("stretches", "dose", "position", "area", "equipment", "can", "avoid", "note")  # a list may stand there
_MOST_LINE = 1_000_000  # characters: a file without line ends must not fill the memory
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHER = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}  # an Excel file under another name
_SAVE = "In Excel, choose Save As and “CSV UTF-8”."
_QUOTED = re.compile(r'"[^"]*("|$)')
_SIGNS = ",;\t"


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file. Raises ContentError where it cannot be read, RequestError for its head."""
    columns: tuple[str, ...] = ()
    for number, record in enumerate(_records(path, text_lines(path)), 1):
        if columns:
            row = row_of(number, columns, record)
            if row:
                yield row
        elif any(text.strip() for text in record):
            columns = head_of(record)


def text_lines(path: Path) -> Iterator[str]:
    """Lines with their ends. Raises ContentError."""
    with opened(path) as text:
        while line := text.readline(_MOST_LINE):
            if len(line) == _MOST_LINE or "\0" in line:
                raise ContentError(Finding("is not a table in plain text.", str(path), _SAVE))
            yield line


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text in UTF-8, or in UTF-16 with a byte order mark. Raises ContentError, while it is read too."""
    try:
        with path.open("rb") as file:
            encoding = _encoding(file.read(4), path)
        with path.open(encoding=encoding, newline="") as text:
            yield text
    except UnicodeError:
        raise ContentError(Finding("is not text in UTF-8.", str(path), _SAVE)) from None
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", str(path))) from None


def _encoding(start: bytes, path: Path) -> str:
    """By the byte order mark; UTF-8 without one. Raises ContentError for an Excel file that is named otherwise."""
    kind = _OTHER.get(start)
    if kind:
        hint = "Give it that ending." if kind == ".xlsx" else "In Excel, choose Save As and “.xlsx”."
        raise ContentError(Finding(f"is an Excel file ({kind}) with another ending.", str(path), hint))
    return next((name for mark, name in _MARKS.items() if start.startswith(mark)), "utf-8")


def _records(path: Path, lines: Iterator[str]) -> Iterator[list[str]]:
    """The records of a CSV file, blank ones too: they count."""
    blank = list[str]()
    first = ""
    for first in lines:
        if first.strip(" \r\n"):
            break
        blank.append(first)
    reader = csv.reader(chain(blank, [first], lines), delimiter=parting_sign(first), strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        place = f"{path}:{reader.line_num}"
        hint = 'Look for a quote (") too many or too few near that line.'
        raise ContentError(Finding(f"is not CSV here: {problem}.", place, hint)) from None


def parting_sign(head: str) -> str:
    """The sign that parts the cells: of comma, semicolon and tab the one that the head line has most of."""
    plain = _QUOTED.sub("", head)
    return max(_SIGNS, key=plain.count)


def json_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON Lines file. Raises ContentError where it cannot be read."""
    for number, line in enumerate(text_lines(path), 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    """An object as a row; a line that is none is a bad row."""
    try:
        held = json.loads(line, object_pairs_hook=_Pairs, parse_constant=_refused)
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, _Pairs):
        hint = 'Write one object a line, like {"ref": "P-0001", "routine": "five-to-start"}.'
        return Row(number, {}, (Finding("is not an object of JSON.", "", hint),))
    cells, wrong = dict[str, str](), list[Finding]()
    for key, value in held:
        try:
            _fill(cells, known_name(key), value)
        except RequestError as problem:
            wrong += problem.findings
    return Row(number, {name: text for name, text in cells.items() if text}, tuple(wrong))


def _fill(cells: dict[str, str], name: str, value: Any) -> None:
    """Put a value in its cell. Raises RequestError."""
    if name in cells:
        raise RequestError(Finding("stands twice.", name, "Keep one."))
    if name != OWN:
        cells[name] = _plain(name, value)


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON with all its keys, those too that stand twice."""


def _refused(name: str) -> Any:
    raise ValueError(name)


def _plain(name: str, value: Any) -> str:
    """A value as the text a cell would have. Raises RequestError for what no cell holds."""
    if isinstance(value, list) and not isinstance(value, _Pairs) and name in SEVERAL:
        return ("\n" if name == "note" else ";").join(_plain("", part) for part in value)
    return plain(name, value)


def plain(name: str, value: Any) -> str:
    """A text, number, true, false or nothing as the text of a cell. Raises RequestError for anything else."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # more digits are not held exactly
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return str(value).strip()
    raise RequestError(Finding("is no text, number, true or false.", name, "Write it as a text."))
