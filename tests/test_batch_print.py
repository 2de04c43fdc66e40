"""A batch with a print file: the manifest says where each handout stands, and a stop leaves none of a part."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from batches import DAY, ROWS, batch, hearing, table


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
