"""The first sheet of an Excel file (XLSX) that shows, with the values that Excel has stored."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree

from handouts.batch.order import Advice
from handouts.batch.rows import OWN, Row, head_of, row_of
from handouts.batch.text import plain
from handouts.errors import ContentError, Finding

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Place = tuple[int, int]  # the row from 1, the column from 0

_MOST_BYTES = 1_000_000_000  # unpacked: a small file that unpacks without end must not fill the memory
_OPEN = "Open it in Excel, choose Save As and “.xlsx”, without a password."
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def excel_rows(path: Path) -> Iterator[Row | Advice]:
    """The rows of the first sheet that shows. Raises ContentError where it cannot be read.

    Raises RequestError for its head.
    """
    sheet, others, faulty = _opened(path)
    if others:
        yield Advice(0, "The file has more sheets than one; only the first is read.")
    before = [""] * (sheet.start[1] if sheet.start else 0)  # empty columns at the left are not given
    columns: tuple[str, ...] = ()
    for number, values in enumerate(sheet.iter_rows(), 1):
        texts = before + [_text(value) for value in values]
        if columns:
            yield from _row(number, columns, texts, faulty)
        elif any(texts):
            columns = head_of(texts)


def _row(number: int, columns: tuple[str, ...], texts: list[str], faulty: set[Place]) -> Iterator[Row]:
    """A row, unless it is blank. A formula that failed has no value, and must not pass for an empty cell."""
    failed = [name for at, name in enumerate(columns) if (number, at) in faulty and name not in ("", OWN)]
    row = row_of(number, columns, texts) or (Row(number, {}) if failed else None)
    if row:
        hint = "Look at the formula, or type the text."
        found = tuple(Finding("holds an error of Excel's, such as #N/A.", name, hint) for name in failed)
        yield Row(number, row.cells, row.wrong + found)


def _text(value: Any) -> str:
    """A value as Excel holds it: 3 for 3.0, 2026-11-22 for a day."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value) if isinstance(value, dt.timedelta) else plain("", value)


def _opened(path: Path) -> tuple[CalamineSheet, bool, set[Place]]:
    """The first sheet that shows, whether there are others, and where its formulas failed. Raises ContentError."""
    from python_calamine import CalamineError, CalamineWorkbook  # most handouts need no table

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                raise ContentError(Finding("is larger than 1 GB.", str(path), "Save it in parts, or as CSV."))
            book = CalamineWorkbook.from_path(str(path))
            first, *others = _shown(book)
            return book.get_sheet_by_name(first), bool(others), _faulty(packed, first)
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", str(path))) from None
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, LookupError, ValueError, StopIteration):
        raise ContentError(Finding("is not an Excel file that can be read.", str(path), _OPEN)) from None


def _shown(book: CalamineWorkbook) -> list[str]:
    """The names of the sheets of cells that Excel shows."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    kinds = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    return [sheet.name for sheet in book.sheets_metadata if (sheet.typ, sheet.visible) == kinds]


def _faulty(packed: zipfile.ZipFile, sheet: str) -> set[Place]:
    """Where formulas failed: the reader of the values gives them as empty."""
    name = _part_of(packed, sheet)
    with packed.open(name) as part:
        if not _holds_error(part):
            return set()
    with packed.open(name) as part:
        cells = (element for _, element in ElementTree.iterparse(part) if _is_cell(element))
        return {place_of(cell.get("r", "")) for cell in cells if cell.get("t") == "e"}


def _holds_error(part: IO[bytes]) -> bool:
    """May there be a cell with an error? To look at every cell takes much longer."""
    end = b""
    while piece := part.read(1 << 20):
        if b'"e"' in end + piece or b"'e'" in end + piece:
            return True
        end = piece[-2:]
    return False


def _is_cell(element: ElementTree.Element) -> bool:
    """Is it a cell? What is done with is let go."""
    if element.tag == f"{_MAIN}row":
        element.clear()
    return element.tag == f"{_MAIN}c"


def _part_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds a sheet."""
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    link = next(each.get(_LINK) for each in book.iter(f"{_MAIN}sheet") if each.get("name") == sheet)
    links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    target = next(each.get("Target", "") for each in links if each.get("Id") == link)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def place_of(name: str) -> Place:
    """The place of a cell by its name, such as B7."""
    letters = name.rstrip("0123456789")
    column = reduce(lambda so_far, letter: so_far * 26 + ord(letter) - ord("A") + 1, letters, 0)
    return int(name[len(letters) :]), column - 1
