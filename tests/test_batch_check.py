"""Every row checked wholly: what is wrong by row and column, nothing private shown, nothing left to the making."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import STRETCHES, library
from tables import faults, orders, seen, table

from handouts.batch import made_up
from handouts.batch.checking import checked
from handouts.batch.order import NO_LOCALE, BadRow, Order
from handouts.batch.redact import redacted
from handouts.batch.refs import Refs
from handouts.batch.rows import COLUMNS
from handouts.batch.sample import write_sample
from handouts.errors import ContentError, RequestError
from handouts.handout import resolve
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, Plan
from handouts.request import Request, plan_of
from handouts.sheet import sections
from handouts.wishes import Wishes

PERSON, NOTE, TITLE, OWN = "Quirina Zett", "Ring Quirina’s sister", "Quirina’s plan", "MRN-778899"


def rows(folder: Path, *held: dict[str, str], defaults: Request | None = None) -> list[Order | BadRow]:
    """The rows as lines of JSON, each with a ref of its own unless it has one."""
    lines = (json.dumps({"ref": f"P-{number}"} | each) for number, each in enumerate(held, 1))
    found = seen(table(folder, *lines, name="table.jsonl"), defaults)
    return [each for each in found if isinstance(each, (Order, BadRow))]


# The cells of a row besides its ref, and what each finding begins with.
WRONG: dict[str, tuple[dict[str, str], list[str]]] = {
    "nothing": ({}, ["stretches: no stretch is chosen. Fill stretches or routine, such as five-to-start."]),
    "unknown stretch": (
        {"stretches": "foot-roll; foot-rol; zzz"},
        [
            "stretches: there is no stretch “foot-rol”. Did you mean foot-roll?",
            "stretches: there is no stretch “zzz”",
        ],
    ),
    "commas": (
        {"stretches": "foot-roll, hip-crossovers"},
        ["stretches: “foot-roll, hip-crossovers” is no stretch. Part"],
    ),
    "a routine as a stretch": (
        {"stretches": "standing"},
        ["stretches: there is no stretch “standing”. It is a routine: write standing under routine."],
    ),
    "unknown routine": (
        {"routine": "five-to-stat"},
        ["routine: there is no routine “five-to-stat”. Did you mean"],
    ),
    "twice": ({"stretches": "foot-roll;foot-roll"}, ["stretches: “foot-roll” is chosen twice. Name it once."]),
    "dose out of range": (
        {"stretches": "foot-roll", "dose": "foot-roll: hold=900 repeats=9"},
        [
            "dose: foot-roll: hold=900 is outside its range, 30 to 120 seconds. To print it all the",
            "dose: foot-roll: repeats=9 is outside its range",
        ],
    ),
    "dose of an unknown stretch": (
        {"stretches": "foot-roll", "dose": "foot-rol: hold=40"},
        ["dose: there is no stretch"],
    ),
    "dose of what is not there": (
        {"routine": "standing", "dose": "foot-roll: hold=40"},
        ["dose: foot-roll: is not on this sheet. Choose the stretch too."],
    ),
    "dose that is none": (
        {"stretches": "foot-roll", "dose": "foot-roll hold=40"},
        ['dose: “foot-roll hold=40” is not a dose. Write it like "heel-cord-stretch: hold=20'],
    ),
    "two doses": (
        {"stretches": "foot-roll", "dose": "foot-roll: hold=x; foot-roll: hld=3"},
        ["dose: foot-roll: hold is “x”.", "dose: foot-roll: “hld=3” is not part of a dose. Did you mean hold?"],
    ),
    "position of a dose": (
        {"stretches": "foot-roll", "dose": "foot-roll: position=prone"},
        ["dose: foot-roll: position=prone is not one of its own."],
    ),
    "clash with avoid": (
        {"stretches": "foot-roll", "avoid": "fall-risk"},
        ["stretches: foot-roll: is not for now"],
    ),
    "a flag that is none": (
        {"routine": "standing", "avoid": "fall-rsk"},
        ["avoid: there is no flag “fall-rsk”. Did you"],
    ),
    "unknown wishes": (
        {"position": "lyin, chair", "area": "legz", "helper": "maybe", "minutes": "0"},
        [
            "helper: “maybe” is neither yes nor no. It can be yes or no.",
            "minutes: “0” is not a number from 1 to 180.",
            "position: “lyin” is not known. Did you mean lying?",
            "area: “legz” is not known.",
        ],
    ),
    "a helper and none": (
        {"can": "helped", "helper": "no"},
        ["can: asks for a helper, and “no” under helper for none. Use “yes” under helper, or another level."],
    ),
    "nothing fits": ({"position": "front", "area": "hands"}, ["stretches: none of the"]),
    "no time": (
        {"stretches": "foot-roll", "minutes": "1"},
        ["stretches: foot-roll: would make it longer than 1 min."],
    ),
    "choices": (
        {"routine": "standing", "print": "gaint", "paper": "legal", "form": "frige", "language": "de"},
        [
            "print: “gaint” is not known. Did you mean giant?",
            "paper: “legal” is not known.",
            "form: “frige” is not known. Did you mean fridge?",
            "language: “de” is not known. It can be en.",
        ],
    ),
    "date": (
        {"routine": "standing", "date": "11/22/2026"},
        ["date: “11/22/2026” is not a date. Write it like 2026-11-22."],
    ),
    "no such day": ({"routine": "standing", "date": "2026-02-30"}, ["date: “2026-02-30” is not a date."]),
    "a letter that no font has": ({"routine": "standing", "for": "猫"}, ["for: “猫” (U+732B, CJK"]),
    "a sign in the title": ({"routine": "standing", "title": "a\u200bb"}, ["title: holds a control or invisible"]),
    "a letter of the clinic": ({"routine": "standing", "from": "ก"}, ["from: “ก” (U+0E01"]),
    "a long note": (
        {"routine": "standing", "note": "x" * 2001},
        ["note: is 2001 characters long; at most 2000 fit."],
    ),
    "a log without boxes": (
        {"routine": "standing", "form": "log", "log": "no"},
        ["form: there is nothing left of a log without tick boxes. Leave out “no” under log, or"],
    ),
    "a crowded page": (
        {"routine": "five-to-start", "form": "fridge", "print": "giant"},
        ["form: 5 stretches do not fit on one page of giant print"],
    ),
    "a long note on a page that hangs": (
        {"routine": "three-minutes", "form": "fridge", "note": "Slowly now.\n" * 100},
        ["form: 3 stretches do not fit on one page of standard print"],
    ),
    "copies": ({"routine": "standing", "copies": "100"}, ["copies: “100” is not a number from 1 to 99."]),
    "no copies": ({"routine": "standing", "copies": "0"}, ["copies: “0” is not a number"]),
    "half a copy": ({"routine": "standing", "copies": "1.5"}, ["copies: “1.5” is not a number"]),
    "a group that cannot be printed": ({"routine": "standing", "group": "猫"}, ["group: “猫” (U+732B"]),
    "a switch": ({"routine": "standing", "log": "off"}, ["log: “off” is neither yes nor no."]),
    "no code": ({"recipe": "abc"}, ["recipe: is not a code, or a sign of it is wrong or missing."]),
    "a code and a routine": ({"recipe": "abc", "routine": "standing"}, ["recipe: already says which stretches"]),
    "what a spreadsheet runs": (
        {"stretches": "=2+3; @a", "dose": "+1"},
        [
            "stretches: there is no stretch “'=2+3”.",
            "stretches: there is no stretch “'@a”.",
            "dose: “'+1” is not a dose.",
        ],
    ),
    "what a spreadsheet runs where a number or a switch is": (
        {"routine": "standing", "copies": "=2+3", "log": "@a", "minutes": "-1"},
        [
            "minutes: “'-1” is not a number from 1 to 180.",
            "log: “'@a” is neither yes nor no.",
            "copies: “'=2+3” is not a number from 1 to 99.",
        ],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_by_its_column(tmp_path: Path, case: str) -> None:
    cells, words = WRONG[case]
    secret = {"for": PERSON, "note": NOTE, "title": TITLE, "x-mrn": OWN}
    good, bad = rows(tmp_path, {"routine": "standing"}, secret | cells)
    assert isinstance(good, Order) and isinstance(bad, BadRow) and bad.row == 2
    found = list(map(str, bad.findings))
    assert len(found) == len(words), found
    for each, wanted in zip(found, words, strict=True):
        assert each.startswith(wanted)
    assert not any(each in " ".join(found) for each in ("Quirina", "Zett", OWN))
    assert "--" not in " ".join(found) and {finding.place for finding in bad.findings} <= set(COLUMNS)


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_a_page_that_hangs_is_refused_as_its_making_would_refuse_it(tmp_path: Path, edition: str) -> None:
    cells = {"form": "fridge", "print": edition, "for": PERSON, "note": "Slowly."}
    counted = [cells | {"stretches": ";".join(STRETCHES[:count])} for count in range(1, 8)]
    found = rows(tmp_path, *counted)
    for each, count in zip(found, range(1, 8), strict=True):
        plan = Plan(STRETCHES[:count], form="fridge", edition=edition, person=PERSON, note="Slowly.")
        if isinstance(each, Order):
            assert sections(resolve(plan, library()), library())
        else:
            with pytest.raises(RequestError, match=r"do(es)? not fit"):
                sections(resolve(plan, library()), library())
    assert isinstance(found[0], Order) and isinstance(found[-1], BadRow)


def test_all_bad_rows_are_told_each_with_all_that_is_wrong(tmp_path: Path) -> None:
    lines = [
        "ref;for;stretches;print;copies",
        ";Quirina Zett;foot-roll;large;",
        "P-1;;foot-rol;gaint;100",
        "P-2;;foot-roll;;",
        "p-1;猫;foot-roll;;",
    ]
    found = seen(table(tmp_path, *lines))
    assert [each.row for each in found] == [2, 3, 4, 5] and isinstance(found[2], Order)
    assert [fault.partition(":")[0] for fault in faults(found)] == [
        "2 ref", "3 print", "3 stretches", "3 copies", "5 ref", "5 for"
    ]  # fmt: skip


BAD_REFS = {
    "empty": "", "a path": "../a", "a folder": "a/b", "a drive": "c:a", "with a dot": "a.pdf", "hidden": ".a",
    "an option": "-a", "a name": PERSON, "a letter of others": "Łu", "a digit of others": "٣", "a device": "CON",
    "a small device": "lpt1", "long": "x" * 65, "a line": "a\nb", "a zero": "a\0b", "full width": "ａ",
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_REFS)
def test_a_ref_that_can_name_no_file_is_refused_unseen(case: str) -> None:
    with pytest.raises(RequestError) as caught:
        Refs().take(BAD_REFS[case], 7)
    (finding,) = caught.value.findings
    assert finding.place == "ref" and "No names." in finding.hint
    assert not BAD_REFS[case] or BAD_REFS[case] not in finding.problem


@given(st.text(st.sampled_from("ABZabz019_-"), min_size=1, max_size=64).filter(lambda ref: ref[0] != "-"))
def test_a_ref_of_safe_signs_is_taken_once(ref: str) -> None:
    refs = Refs()
    refs.take(ref, 2)
    with pytest.raises(RequestError, match="stands in row 2 too"):
        refs.take(ref.swapcase(), 9)


def test_a_ref_that_was_refused_for_its_row_is_taken_all_the_same(tmp_path: Path) -> None:
    found = rows(tmp_path, {"ref": "A", "routine": "zzz"}, {"ref": "a", "routine": "standing"})
    assert faults(found)[1].startswith("2 ref: “a” stands in row 1 too.")


def test_a_cell_wins_over_what_is_asked_for_all(tmp_path: Path) -> None:
    every = Request(
        edition="giant", paper="a4", clinic="Ours", date="2026-11-22", log=False, allow_dose=True,
        wishes=Wishes(helper=True),
    )  # fmt: skip
    base = {"routine": "standing"}
    own = {
        "print": "Large",
        "paper": "LETTER",
        "from": "Theirs",
        "log": "Yes",
        "helper": "no",
        "date": "2026-11-23",
    }
    first, second = rows(tmp_path, base, base | own, defaults=every)
    assert isinstance(first, Order) and isinstance(second, Order)
    assert first.request == replace(every, routine="standing")
    assert (second.request.edition, second.request.paper, second.request.clinic) == ("large", "letter", "Theirs")
    assert second.request.log and second.request.wishes.helper is False
    dose = {"stretches": "foot-roll", "dose": "foot-roll: hold=200"}
    assert not faults(rows(tmp_path, dose, defaults=every))
    assert faults(rows(tmp_path, dose | {"allow-dose": "no"}, defaults=every))


def test_wishes_of_a_row_may_clash_with_those_for_all(tmp_path: Path) -> None:
    every = Request(wishes=Wishes(helper=False))
    found = rows(tmp_path, {"can": "helped"}, {"routine": "standing"}, defaults=every)
    assert isinstance(found[0], BadRow) and isinstance(found[1], Order)
    assert faults(found)[0].startswith("1 can: asks for a helper, and “no” under helper for none.")


def test_what_is_wrong_for_all_rows_is_said_once_of_the_option(tmp_path: Path) -> None:
    path = table(tmp_path, "ref,routine", "P-1,standing", "P-2,standing")
    wrong = Request(edition="gaint", date="soon", clinic="猫", routine="zzz", note="x" * 2001)
    with pytest.raises(RequestError) as caught:
        seen(path, wrong)
    said = [finding.place for finding in caught.value.findings]
    assert said == ["--from", "--note", "--date", "--print", ""]


def test_what_looks_like_a_formula_prints_as_it_is(tmp_path: Path) -> None:
    cells = {"routine": "standing", "for": "=2+3", "note": "@home\n-slowly", "title": "+1"}
    (order,) = rows(tmp_path, cells)
    assert isinstance(order, Order)
    handout = resolve(plan_of(order.request, NO_LOCALE, library()), library())
    assert (handout.person, handout.title, handout.notes) == ("=2+3", "+1", ("@home", "-slowly"))


def test_group_and_sort_are_kept_as_they_are_checked(tmp_path: Path) -> None:
    cells = {"routine": "standing", "group": "North\n  ward", "sort": "A\u0308  1"}
    (order,) = rows(tmp_path, cells)
    assert isinstance(order, Order) and (order.group, order.sort) == ("North ward", "Ä 1")


def test_a_columns_name_that_a_spreadsheet_would_run_is_told_with_an_apostrophe(tmp_path: Path) -> None:
    (bad,) = rows(tmp_path, {"routine": "standing", "=cmd": "1"})
    assert isinstance(bad, BadRow) and "there is no column “'=cmd”." in str(bad.findings[0])
    with pytest.raises(ContentError, match="there is no column “'=cmd”"):
        seen(table(tmp_path, "ref,=cmd", "P-1,a"))


def test_the_locale_plays_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("LC_ALL", "LC_PAPER", "LANG"):
        monkeypatch.setenv(key, "de_DE.UTF-8")
    (order,) = rows(tmp_path, {"routine": "standing"})
    assert isinstance(order, Order) and plan_of(order.request, NO_LOCALE, library()).paper == "letter"


def _plan(order: Order) -> Plan:
    return plan_of(order.request, NO_LOCALE, library())


def test_a_good_row_is_made_and_a_redacted_one_too(tmp_path: Path) -> None:
    write_sample(60, tmp_path / "sample.csv")
    for order in orders(tmp_path / "sample.csv"):
        for each in (order, _redacted(order)):
            assert sections(resolve(_plan(each), library()), library())
    for order in islice(orders(tmp_path / "sample.csv"), 3):
        assert compose(_plan(_redacted(order)), library()).startswith(b"%PDF")


def _redacted(order: Order) -> Order:
    return replace(order, request=redacted(order.request, order.ref))


def test_what_is_redacted_is_judged_as_it_is_printed(tmp_path: Path) -> None:
    hung = {"stretches": "foot-roll", "form": "fridge", "print": "giant"}
    names = ({"routine": "standing", "for": "猫"}, {"routine": "standing", "note": "x" * 2001}, hung)
    path = table(tmp_path, *(json.dumps({"ref": f"P-{n}"} | each) for n, each in enumerate(names)), name="a.jsonl")
    assert len(faults(seen(path))) == 2
    found = list(checked(path, library(), NO_LOCALE, Request(), redact=True))
    assert not faults(found) and len(found) == len(names)
    for order in found:
        assert isinstance(order, Order) and compose(_plan(order), library()).startswith(b"%PDF")


def test_a_made_up_name_that_does_not_fit_is_a_bad_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_up, "name", lambda *_: "Ana " * 29)
    cells = {"ref": "P-1", "for": "Al", "form": "fridge", "print": "giant", "stretches": "foot-roll;neck-turn"}
    path = table(tmp_path, json.dumps(cells), name="a.jsonl")
    assert not faults(seen(path))
    (bad,) = checked(path, library(), NO_LOCALE, Request(), redact=True)
    assert isinstance(bad, BadRow) and "Ana" not in str(bad)


def _public(order: Order) -> Order:
    """The order without what is private."""
    return replace(order, request=replace(order.request, person="", title="", note=""))


def test_redacting_changes_what_is_private_and_nothing_else() -> None:
    request = Request(("foot-roll",), person=PERSON, title=TITLE, note=f"{NOTE}\nSoon.", clinic="Ours")
    order = Order(7, "P-7", request, "North", "3", 2)
    other = _redacted(order)
    assert _public(other) == _public(order) and other == _redacted(order)
    assert other.request.person and other.request.title and other.request.note.count("\n") == 1
    assert "Quirina" not in repr(other) and "Zett" not in repr(other)
    lengths = zip(map(len, other.request.note.split()), map(len, request.note.split()), strict=True)
    assert all(new <= old for new, old in lengths)
    renamed = _redacted(replace(order, request=replace(request, person="Somebody Else")))
    assert renamed.request.person == other.request.person
    assert _redacted(replace(order, ref="P-8")).request.person != other.request.person


def test_redacting_leaves_blank_what_is_blank() -> None:
    order = Order(1, "P-1", Request(routine="standing"))
    assert _redacted(order) == order


def test_the_docs_name_every_column_and_show_what_is_said(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "batch.md").read_text("utf-8")
    named = page.partition("## The columns")[2].partition("### The ref")[0]
    cells = (line.split("|")[1] for line in named.splitlines() if line.startswith("| `"))
    assert sorted(name for cell in cells for name in re.findall(r"`([a-z-]+)`", cell)) == sorted(COLUMNS)
    bad = [{"routine": "standing", "print": "gaint"}, {"stretches": "foot-roll", "dose": "foot-roll: hold=900"}]
    refs = [{"ref": "P-0001", "routine": "standing"}] * 2
    for fault in faults(rows(tmp_path, *bad, *refs)):
        words = fault.partition(" ")[2].replace("row 3 too", "row 2 too")
        assert words in page
