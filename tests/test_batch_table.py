"""Tables as clinics have them: read right in every kind, refused where they cannot be, written to be read."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import library
from tables import advised, faults, orders, seen, table
from xlsxwriter import Workbook

from handouts.batch.checking import checked
from handouts.batch.order import NO_LOCALE, BadRow, Order
from handouts.batch.rows import COLUMNS, Row
from handouts.batch.sample import write_sample, write_template
from handouts.batch.table import rows_of
from handouts.errors import ContentError, HandoutError, RequestError
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES
from handouts.request import Request

PERSON = "Quirina Zett"
HEAD = "ref,for,routine"
GOOD = f"P-1,{PERSON},five-to-start"
DIALECTS: dict[str, dict[str, Any]] = {
    "excel": {"dialect": "excel"},
    "excel-tab": {"dialect": "excel-tab"},
    "semicolon": {"dialect": "excel", "delimiter": ";"},
    "unix": {"dialect": "unix"},
}
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
AWKWARD = st.sampled_from(["", " ", '"', '""', ",", ";", "\t", "\r", "\n", "\r\n", "a\nb", "'", "=2+3", "\ufeff"])


def rows(path: Path) -> list[Row]:
    """The rows as they are read, before they are checked."""
    return [row for row in rows_of(path, library()) if isinstance(row, Row)]


def refused(path: Path) -> str:
    """What is said of a table that cannot be read."""
    with pytest.raises(HandoutError) as caught:
        seen(path)
    assert PERSON not in str(caught.value)
    return str(caught.value)


@given(
    st.lists(st.tuples(TEXT | AWKWARD, TEXT | AWKWARD, TEXT | AWKWARD), min_size=1, max_size=6),
    st.sampled_from(list(DIALECTS)),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_as_csv_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, held: list[tuple[str, str, str]], dialect: str, encoding: str
) -> None:
    text = StringIO(newline="")
    names = ("ref", "for", "note")
    csv.writer(text, **DIALECTS[dialect]).writerows([names, *held, ("last", "", "")])
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    wanted = [
        Row(number, {name: each.strip() for name, each in zip(names, row, strict=True) if each.strip()})
        for number, row in enumerate([*held, ("last", "", "")], 2)
    ]
    assert rows(path) == [row for row in wanted if row.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_and_the_letters_are_found(tmp_path: Path, sign: str, encoding: str) -> None:
    lines = [line.replace(",", sign) for line in ("Ref , FOR,x-why,routine", "P-1,Łucja,,five-to-start")]
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    (order,) = orders(table(tmp_path, mark + lines[0], lines[1], encoding=encoding))
    assert (order.row, order.ref, order.request.person) == (2, "P-1", "Łucja")


def test_blank_rows_count_and_a_text_of_several_lines_is_one_row(tmp_path: Path) -> None:
    lines = ["", HEAD + ",note", "", GOOD + ',"One.', 'Two."', ",,,", "P-2,,five-to-start,"]
    first, second = orders(table(tmp_path, *lines))
    assert (first.row, second.row) == (4, 6)
    assert first.request.note.split() == ["One.", "Two."]


def test_columns_of_the_clinics_own_are_left_alone(tmp_path: Path) -> None:
    (order,) = orders(table(tmp_path, "x-mrn,ref,X-mrn,routine,", "猫,P-1,\a,five-to-start,"))
    assert order.ref == "P-1" and "猫" not in repr(order)


def test_a_table_streams(tmp_path: Path) -> None:
    path = table(tmp_path, HEAD, *(f"P-{n},,five-to-start" for n in range(2000)))
    path.write_bytes(path.read_bytes() + b"P-last,\xff,five-to-start\r\n")
    found = checked(path, library(), NO_LOCALE, Request())
    assert isinstance(next(found), Order)
    with pytest.raises(ContentError, match="UTF-8"):
        list(found)


HEADS: dict[str, tuple[str, str]] = {
    "near": ("ref,rutine", "there is no column “rutine”. Did you mean routine?"),
    "meant": ("ref,Patient", "there is no column “Patient”. Did you mean for?"),
    "with a space": ("ref,allow dose", "there is no column “allow dose”. Did you mean allow-dose?"),
    "unlike any": ("ref,zzz", "there is no column “zzz”. The columns are ref, for, from,"),
    "twice": ("ref,for,REF ,for", "the column `ref` stands twice. Keep one."),
    "no ref": ("for,routine", "has no column `ref`."),
    "no head": (GOOD, "has no column `ref`. The first row holds the names"),
}


@pytest.mark.parametrize("case", HEADS)
def test_a_head_that_is_wrong_is_refused(tmp_path: Path, case: str) -> None:
    head, words = HEADS[case]
    path = table(tmp_path, head, GOOD)
    assert words in refused(path) and refused(path).startswith(str(path))


def test_all_that_is_wrong_with_a_head_is_told_at_once(tmp_path: Path) -> None:
    assert len(refused(table(tmp_path, "ref,nane,zzz,ref", GOOD)).splitlines()) == 3


FILES: dict[str, tuple[str, bytes, str]] = {
    "latin letters": (
        "a.csv",
        f"{HEAD}\nP-1,Zoë,five-to-start".encode("cp1252"),
        "is not text in UTF-8. In Excel",
    ),
    "utf-16 without mark": ("a.csv", f"{HEAD}\n{GOOD}".encode("utf-16-le"), "is not a table in plain text."),
    "an Excel file": ("a.csv", b"PK\x03\x04....", "is an Excel file (.xlsx) with another ending."),
    "an old Excel file": ("a.csv", b"\xd0\xcf\x11\xe0....", "In Excel, choose Save As and “.xlsx”."),
    "a quote not closed": ("a.csv", f'{HEAD}\n{GOOD}\nP-2,"{PERSON}'.encode(), "a.csv:3: is not CSV here"),
    "a quote within": ("a.csv", f'{HEAD}\n"{PERSON}"x,,'.encode(), "a.csv:2: is not CSV here"),
    "a line without end": ("a.csv", HEAD.encode() + b"x" * 1_000_001, "is not a table in plain text."),
    "nothing": ("a.csv", b"", "holds no rows."),
    "blank lines": ("a.csv", b"\r\n,,\r\n", "holds no rows."),
    "a head alone": ("a.csv", HEAD.encode(), "holds no rows. Fill in a row for each handout."),
    "no Excel file": ("a.xlsx", b"ref,for", "is not an Excel file that can be read. Open it in Excel"),
    "another ending": ("a.ods", b"", "is no kind of table that we read. It can be .csv,"),
    "no ending": ("patients", b"", "is no kind of table that we read."),
    "no lines of JSON": ("a.jsonl", b"", "holds no rows."),
}


@pytest.mark.parametrize("case", FILES)
def test_what_is_no_table_is_refused(tmp_path: Path, case: str) -> None:
    name, data, words = FILES[case]
    (tmp_path / name).write_bytes(data)
    assert words in refused(tmp_path / name)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("none.csv", "none.xlsx", "none.json", "folder.csv"):
        assert "is not a file that can be read." in refused(tmp_path / name)


def test_a_row_with_too_many_cells_shows_none(tmp_path: Path) -> None:
    found = seen(table(tmp_path, HEAD, f"P-1,Rest,{PERSON},five-to-start", GOOD))
    assert faults(found) == [
        "2 has more cells than the first row. "
        "Put a text that holds the sign between cells in quotes, and leave no blank cells at the end."
    ]
    assert isinstance(found[1], Order)


@pytest.mark.parametrize("end", ["", ",", ",,"])
def test_a_comma_in_a_name_is_noticed_when_the_last_cell_is_blank(tmp_path: Path, end: str) -> None:
    rows = (f"P-1,five-to-start,Bramblewick, Ana,{end}", f"P-2,five-to-start,Ana Bramblewick,{end}")
    (fault,) = faults(found := seen(table(tmp_path, f"ref,routine,for,group{end}", *rows)))
    assert fault.startswith("2 has more cells than the first row.")
    assert isinstance(found[1], Order) and found[1].request.person == "Ana Bramblewick"


def test_a_text_under_no_name_shows_none(tmp_path: Path) -> None:
    (fault,) = faults(seen(table(tmp_path, f"{HEAD},,", f"P-1,Rest,{PERSON},five-to-start,")))
    assert fault.startswith("2 a text stands under no column's name.")


def workbook(path: Path, fill: Callable[[Any, Any], object]) -> Path:
    """An Excel file whose other sheets hold other tables."""
    with Workbook(path) as book:
        lists, patients = book.add_worksheet("Lists"), book.add_worksheet("Patients")
        lists.write_row(0, 0, ["zzz"])
        lists.hide()
        patients.activate()
        fill(patients, book.add_format({"num_format": "yyyy-mm-dd"}))
        book.add_worksheet("Other").write_row(0, 0, ["zzz"])
    return path


def test_an_excel_file_gives_what_excel_holds(tmp_path: Path) -> None:
    def fill(sheet: Any, day: Any) -> None:
        names = ("ref", "date", "minutes", "copies", "helper", "for", "routine", "note", "title", "x-a")
        sheet.write_row(2, 1, names)
        sheet.write_row(4, 1, [12.0, "", 45.0, 3, False, "Łucja", "three-minutes"])
        sheet.write_string(4, 8, "=2+3")
        sheet.write_datetime(4, 2, dt.datetime(2026, 11, 22), day)
        sheet.write_formula(4, 9, '="My "&"plan"', None, "My plan")

    path = workbook(tmp_path / "a.xlsx", fill)
    (order,) = orders(path)
    assert advised(seen(path)) == ["0 The file has more sheets than one; only the first is read."]
    request = order.request
    assert (order.row, order.ref, order.copies, request.date) == (5, "12", 3, "2026-11-22")
    assert (request.wishes.minutes, request.wishes.helper) == (45, False)
    assert (request.person, request.note, request.title) == ("Łucja", "=2+3", "My plan")


def test_a_formula_that_failed_is_no_empty_cell(tmp_path: Path) -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.write_row(0, 0, ["ref", "routine", "dose", "x-a"])
        for row, error in enumerate(["#N/A", "#REF!", "#DIV/0!"], 1):
            sheet.write_row(row, 0, [f"P-{row}", "five-to-start"])
            sheet.write_formula(row, 1 + row, "=1/0", None, error)

    found = seen(workbook(tmp_path / "a.xlsx", fill))
    wanted = "holds an error of Excel's, such as #N/A. Look at the formula, or type the text."
    assert faults(found) == [f"2 dose: {wanted}"]  # the others stand where nothing is read


def test_numbers_that_excel_has_rounded_are_no_ref(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet, _: (
        sheet.write_row(0, 0, ["ref", "routine"]),
        sheet.write_row(1, 0, [12345678901234567890, "five-to-start"]),
    ))  # fmt: skip
    (fault,) = faults(seen(path))
    assert fault.startswith("2 ref: holds a sign")


def test_json_lines_may_hold_numbers_and_lists(tmp_path: Path) -> None:
    held = {
        "ref": 7, "for": "Łucja", "stretches": ["seated-calf-towel", "chest-opener"], "helper": True,
        "dose": ["seated-calf-towel: hold=20", "chest-opener: hold=20"], "note": ["One.", "Two."], "log": False,
        "date": None, "copies": 2.0, "x-any": {"a": [1]},
    }  # fmt: skip
    (order,) = orders(table(tmp_path, "", json.dumps(held), name="a.jsonl"))
    request = order.request
    assert (order.row, order.ref, order.copies, request.person) == (2, "7", 2, "Łucja")
    assert request.stretches == ("seated-calf-towel", "chest-opener") and len(request.doses) == 2
    assert (request.note, request.log, request.wishes.helper) == ("One.\nTwo.", False, True)


LINES: dict[str, tuple[str, str]] = {
    "no JSON": (f"ref: {PERSON}", "is not an object of JSON."),
    "a list": (f'["{PERSON}"]', "is not an object of JSON."),
    "a number that is none": ('{"ref": NaN}', "is not an object of JSON."),
    "deep": ("[" * 100_000, "is not an object of JSON."),
    "a key twice": ('{"ref": "a", "ref": "b", "routine": "five-to-start"}', "ref: stands twice. Keep one."),
    "an unknown key": ('{"ref": "a", "rutine": "standing"}', "there is no column “rutine”. Did you mean routine?"),
    "an object": (f'{{"ref": "a", "for": {{"a": "{PERSON}"}}}}', "for: is no text, number, true or false."),
    "a list of names": (f'{{"ref": "a", "for": ["{PERSON}"]}}', "for: is no text, number, true or false."),
    "half a letter": ('{"ref": "a", "for": "\\ud800", "routine": "five-to-start"}', "for: holds a control or"),
}  # fmt: skip


@pytest.mark.parametrize("case", LINES)
def test_a_line_that_is_wrong_is_a_bad_row(tmp_path: Path, case: str) -> None:
    line, words = LINES[case]
    found = seen(table(tmp_path, '{"ref": "z", "routine": "five-to-start"}', line, name="a.jsonl"))
    assert isinstance(found[0], Order) and isinstance(found[1], BadRow) and len(found) == 2
    assert faults(found)[0].startswith(f"2 {words}")
    assert PERSON not in "".join(faults(found))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_the_template_is_good_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"template.{kind}"
    write_template(kind, path)
    first, second = orders(path)
    assert first.request.person and second.request.doses
    assert path.stat().st_mode & 0o777 == 0o600
    if kind != "jsonl":
        assert path.read_bytes()[:3] in (b"\xef\xbb\xbf", b"PK\x03")
    if kind == "csv":
        assert path.read_text("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)


def test_the_same_patients_stand_in_every_kind_of_sample(tmp_path: Path) -> None:
    found: list[list[Any]] = []
    for kind in ("csv", "xlsx", "jsonl"):
        paths = [tmp_path / f"{name}.{kind}" for name in ("one", "two")]
        for path in paths:
            write_sample(150, path)
        assert paths[0].read_bytes() == paths[1].read_bytes()
        found.append([(o.ref, o.request, o.group, o.sort, o.copies) for o in orders(paths[0])])
    assert found[0] == found[1] == found[2]


def test_a_sample_tries_all_there_is(tmp_path: Path) -> None:
    write_sample(300, tmp_path / "sample.csv")
    found = orders(tmp_path / "sample.csv")
    assert len({order.ref for order in found}) == 300
    assert {order.request.edition for order in found} == {"", *EDITION_NAMES}
    assert {order.request.paper for order in found} == {"", *PAPER_NAMES}
    assert {order.request.form for order in found} | {"sheet"} == {"", *FORM_NAMES}
    assert len({order.group for order in found}) > 2 and len({order.request.person for order in found}) > 200
    assert any(order.copies > 1 for order in found) and any(order.request.wishes for order in found)


def test_a_longer_sample_begins_with_a_shorter_one(tmp_path: Path) -> None:
    for count in (3, 30):
        write_sample(count, tmp_path / f"{count}.csv")
    assert (tmp_path / "30.csv").read_bytes().startswith((tmp_path / "3.csv").read_bytes())


@pytest.mark.parametrize("kind", ["", "ods", "xls", "json"])
def test_other_kinds_are_not_written(tmp_path: Path, kind: str) -> None:
    with pytest.raises(RequestError, match="is no kind of table that we write"):
        write_template(kind, tmp_path / "a")
    assert not list(tmp_path.iterdir())
