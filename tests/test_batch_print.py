"""A batch with a print file: the manifest says where each handout stands, and a stop leaves none of a part."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from batches import DAY, ROWS, batch, hearing, table

from handouts.batch import printing
from handouts.batch.job import Job, PrintFile, Tally
from handouts.batch.order import Order
from handouts.batch.run import run
from handouts.batch.stack import Laid, laid
from handouts.batch.stop import Stop
from handouts.errors import ContentError, Finding
from handouts.layout.edition import Press
from handouts.library import Library, open_library
from handouts.request import Request


@pytest.fixture
def call(tmp_path: Path) -> tuple[object, ...]:
    rows = [{**row, "group": f"Ward {10 - number}"} for number, row in enumerate(ROWS[:4])]
    name = ("--merge", "print.pdf", "--separators", "--date", DAY, "--jobs", 2)
    return (table(tmp_path / "patients.csv", rows), "-o", tmp_path / "out", *name)


def test_the_manifest_says_where_each_handout_stands(call: tuple[object, ...], tmp_path: Path) -> None:
    done = batch(*call)
    assert (done.returncode, done.stderr) == (0, "")
    out = tmp_path / "out"
    assert f"Wrote {out}/print.pdf: " in done.stdout
    told = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    places = {line["ref"]: line["place"] for line in told if "place" in line}
    assert list(places) == ["A4", "A3", "A2", "A1"], "ward 7 before ward 10"
    with pikepdf.open(out / "print.pdf") as file:
        assert places["A1"]["last"] in (len(file.pages), len(file.pages) - 1)
    again = batch(*call, "--no-files")
    assert (again.returncode, f"{out}/print.pdf was there already." in again.stdout) == (0, True)
    (out / "print.pdf").write_bytes(b"torn")
    assert "was there already" not in batch(*call, "--no-files").stdout
    with pikepdf.open(out / "print.pdf") as file:
        assert len(file.pages) > places["A1"]["first"]
    assert settled_files(out) == ["A1.pdf", "A2.pdf", "A3.pdf", "A4.pdf", "print.pdf"]


def test_a_stop_leaves_no_print_file_of_a_part(call: tuple[object, ...], tmp_path: Path) -> None:
    out = tmp_path / "out"
    stopped = batch(*call, "--json", program=hearing("laid", 2, "os.kill(os.getpid(), signal.SIGINT)"))
    assert stopped.returncode == 130
    assert settled_files(out) == ["A1.pdf", "A2.pdf", "A3.pdf", "A4.pdf"]
    killed = batch(*call, "--json", program=hearing("laid", 2, "os.kill(os.getpid(), signal.SIGKILL)"))
    assert killed.returncode == -9
    assert batch(*call).returncode == 0
    whole = (out / "print.pdf").read_bytes()
    elsewhere = tuple(tmp_path / "other" if word == out else word for word in call)
    batch(*elsewhere)
    assert (tmp_path / "other" / "print.pdf").read_bytes() == whole


def settled_files(out: Path) -> list[str]:
    assert list(out.glob(".handouts-*.part")) == []
    return sorted(path.name for path in out.glob("*.pdf"))


@pytest.fixture
def unprintable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A print pass in this process, in which A2 cannot be laid out."""

    def refusing(order: Order, library: Library, press: Press) -> Laid:
        if order.ref == "A2":
            raise ContentError(Finding("does not fit."))
        return laid(order, library, press)

    monkeypatch.setattr(printing, "laid", refusing)
    monkeypatch.setattr(printing, "mapped", lambda work, items, *_: map(work, items))


@pytest.mark.parametrize("files", [True, False])
def test_a_row_that_is_not_in_the_print_file_is_told_each_time(
    tmp_path: Path, unprintable: None, files: bool
) -> None:
    rows = table(tmp_path / "patients.csv", ROWS[:3])
    job = Job(rows, tmp_path / "out", Request(date=DAY), files=files, printed=PrintFile("print.pdf"))
    for _ in range(2):
        tally, told = _ran(job)
        assert [(row["ref"], row["error"]) for row in told["failed"]] == [
            ("A2", "does not fit. It is not in the print file.")
        ]
        assert (tally.failed, "print-kept" in told) == (1, False)
    ticket = json.loads((tmp_path / "out" / "print.json").read_text())
    assert [order["ref"] for order in ticket["files"][0]["orders"]] == ["A1", "A3"]


def test_separators_count_on_every_row_and_the_one_that_fails_is_named(tmp_path: Path, unprintable: None) -> None:
    rows = table(tmp_path / "patients.csv", [{**row, "group": "Ward 2"} for row in ROWS[:3]])
    asked = PrintFile("print.pdf", separators=True)
    told: list[object] = []
    with pytest.raises(ContentError, match="a handout is missing"):
        _ran(Job(rows, tmp_path / "out", Request(date=DAY), printed=asked), told)
    assert ("failed", "A2") in told
    assert settled_files(tmp_path / "out") == ["A1.pdf", "A2.pdf", "A3.pdf"]


def test_what_no_longer_fits_with_binding_is_a_bad_row(tmp_path: Path) -> None:
    two = {"ref": "A1", "stretches": ";".join(open_library().ids[:2]), "form": "fridge", "print": "giant"}
    rows = table(tmp_path / "patients.csv", [two])
    assert batch(rows, "--check", "--merge", "print.pdf").returncode == 0
    bound = batch(rows, "--check", "--merge", "print.pdf", "--bind")
    assert bound.returncode == 2
    assert "row 2: form: 2 stretches do not fit on one page of giant print" in bound.stderr


@pytest.mark.parametrize("ending", [".txt", ".json"])
def test_the_ticket_takes_the_place_of_no_other_file(tmp_path: Path, ending: str) -> None:
    """Neither of the table nor of somebody's own."""
    rows = table(tmp_path / "patients.csv", ROWS[:1])
    mine = rows.with_suffix(ending)
    mine.write_bytes(rows.read_bytes())
    done = batch(mine, "-o", tmp_path, "--merge", "patients.pdf")
    assert (done.returncode, "would be written over the table" in done.stderr) == (2, True)
    done = batch(rows, "-o", tmp_path, "--merge", "patients.pdf", "--no-files")
    assert (done.returncode, done.stdout.count("Made")) == (1, 0)
    assert f"{mine}: stands where the ticket goes, and is none." in done.stderr
    assert mine.read_bytes() == rows.read_bytes()
    assert settled_files(tmp_path) == []


def test_a_print_file_alone_says_nothing_of_others(call: tuple[object, ...]) -> None:
    assert "Made" not in batch(*call, "--no-files").stdout


def _ran(job: Job, heard: list[object] | None = None) -> tuple[Tally, dict[str, list[dict[str, Any]]]]:
    """A batch in this process, and what it tells, by event."""
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def tell(event: str, /, **facts: Any) -> None:
        told[event].append(facts)
        if heard is not None:
            heard.append((event, facts.get("ref")))

    with Stop() as stop:
        return run(job, tell, stop), told
