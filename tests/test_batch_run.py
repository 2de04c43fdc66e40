"""A table becomes a folder of files, once: the same bytes however it is made, and nothing made twice."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import batches
import pikepdf
import pytest
from batches import DAY, ROWS, batch, changed, events, files, lines, settled, table
from kit.readers import pdfium_text, words

from handouts import compose, open_library
from handouts.batch.order import Order
from handouts.batch.spool import Spool, natural
from handouts.batch.workers import Lost, mapped
from handouts.request import Request, plan_of


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return table(tmp_path / "patients.csv")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_one_file_a_row_as_private_as_can_be(rows: Path, out: Path) -> None:
    done = batch(rows, "-o", out, "--date", DAY, "--jobs", 2)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Checked 7 rows: all good.\nMaking 7 handouts with 2 workers.\n")
    assert done.stdout.endswith(f"Made 7 handouts in {out}.\n")
    assert done.stderr == ""
    assert sorted(settled(out)) == [f"{row['ref']}.pdf" for row in ROWS]
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    for line in lines(out):
        with pikepdf.open(out / f"{line['ref']}.pdf") as file:
            assert len(file.pages) == line["pages"]
        assert line["bytes"] == (out / f"{line['ref']}.pdf").stat().st_size


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_workers_changes_no_byte(rows: Path, out: Path, jobs: int) -> None:
    assert batch(rows, "-o", out, "--date", DAY, "--jobs", jobs, "--quiet").returncode == 0
    library = open_library()
    for row in ROWS:
        request = Request((row["stretches"],), person=row["for"], form=row["form"], date=DAY)
        alone = compose(plan_of(request, {}, library), library)
        assert (out / f"{row['ref']}.pdf").read_bytes() == alone
    assert [line["ref"] for line in lines(out)] == [row["ref"] for row in ROWS]


def test_what_others_could_open_is_closed_to_them(rows: Path, out: Path) -> None:
    out.mkdir(mode=0o755)
    table(rows, ROWS[:2])
    call = (rows, "-o", out, "--date", DAY, "--merge", "print.pdf")
    first = batch(*call)
    said = f"{out}: others on this computer can see what its files are called. They cannot open the handouts."
    assert first.stderr == f"handouts: {said}\n"
    for path in out.iterdir():
        path.chmod(0o644)
    again = batch(*call, "--bind", "--json")
    assert (again.returncode, again.stderr, again.stdout.count("advice")) == (0, "", 0), "it is said once"
    assert stat.S_IMODE(out.stat().st_mode) == 0o755, "the folder stays as its owner wants it"
    private = {path.name for path in out.iterdir() if stat.S_IMODE(path.stat().st_mode) == 0o600}
    assert private >= {"manifest.jsonl", ".handouts-key", "print.pdf", "print.txt", "print.json"}


def test_a_second_run_makes_only_what_is_new(rows: Path, out: Path) -> None:
    batch(rows, "-o", out, "--date", DAY)
    before = settled(out)
    assert _made(batch(rows, "-o", out, "--date", DAY, "--json")) == []

    table(rows, changed("A3", note="Mornings."))
    assert _made(batch(rows, "-o", out, "--date", DAY, "--json")) == ["A3"]
    assert [name for name, data in settled(out).items() if data != before[name]] == ["A3.pdf"]

    (out / "A1.pdf").unlink()
    (out / "A2.pdf").write_bytes(before["A2.pdf"][:-1])
    (out / "A2.pdf").chmod(0o644)
    table(rows)
    assert _made(batch(rows, "-o", out, "--date", DAY, "--json")) == ["A1", "A2", "A3"]
    assert settled(out) == before
    assert stat.S_IMODE((out / "A2.pdf").stat().st_mode) == 0o600


def test_what_is_not_in_the_table_is_left_alone(rows: Path, out: Path) -> None:
    batch(rows, "-o", out, "--date", DAY)
    (out / "other.pdf").write_bytes(b"mine")
    table(rows, ROWS[:-2])
    done = batch(rows, "-o", out, "--date", DAY)
    assert done.returncode == 0
    assert done.stdout.endswith(
        "5 were there already. "
        "2 older handouts in the folder were not made from this table: do not hand them out.\n"
    )
    assert set(files(out)) == {"other.pdf", *(f"{row['ref']}.pdf" for row in ROWS)}


def test_the_first_runs_day_holds_for_all_later_ones(rows: Path, out: Path) -> None:
    first = batch(rows, "-o", out)
    assert first.returncode == 0
    manifest = out / "manifest.jsonl"
    head, _, rest = manifest.read_text().partition("\n")
    assert json.loads(head)["day"] in {str(dt.date.today()), str(dt.date.today() - dt.timedelta(1))}

    manifest.write_text(json.dumps(json.loads(head) | {"day": "2024-02-29"}) + "\n" + rest)
    later = batch(rows, "-o", out)
    assert "the handouts carry the date 2024-02-29, the day this batch was begun." in later.stderr
    assert "Made 7 handouts" in later.stdout
    assert "February 29, 2024" in words(pdfium_text(out / "A2.pdf"))
    assert _made(batch(rows, "-o", out, "--json")) == []

    assert len(_made(batch(rows, "-o", out, "--json", "--date", DAY))) == 7
    assert _made(batch(rows, "-o", out, "--json")) == [], "the last day that was given holds"


def test_nothing_is_written_while_a_row_is_bad(rows: Path, out: Path) -> None:
    table(rows, [{**ROWS[0], "stretches": "foot-rol"}, *ROWS[1:4], {**ROWS[4], "form": "poster"}])
    for check in ((), ("--check",)):
        done = batch(rows, "-o", out, *check)
        assert done.returncode == 2
        bad, worse = done.stderr.splitlines()[:2]
        assert bad.startswith("handouts: row 2: ")
        assert bad.endswith("there is no stretch “foot-rol”. Did you mean foot-roll?")
        assert worse.startswith("handouts: row 6: ")
        assert "form: “poster” is not known." in worse
        assert done.stdout == "Checked 5 rows: 2 bad.\n"
        assert not out.exists()
    assert "nothing was written" in done.stderr
    done = batch(rows, "-o", out, "--skip-bad")
    assert done.returncode == 1
    assert done.stdout.endswith(f"Made 3 handouts in {out}. 2 bad rows left out.\n")
    assert sorted(settled(out)) == ["A2.pdf", "A3.pdf", "A4.pdf"]


def test_a_check_alone_needs_no_folder_and_makes_none(rows: Path, tmp_path: Path) -> None:
    done = batch(rows, "--check")
    assert (done.returncode, done.stdout) == (0, "Checked 7 rows: all good.\n")
    assert list(tmp_path.iterdir()) == [rows]


def test_a_table_that_cannot_be_read_is_a_wrong_call(out: Path) -> None:
    done = batch("none.csv", "-o", out)
    assert done.returncode == 2
    assert done.stderr.startswith("handouts: none.csv: ")
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "-o: is missing. Name a folder, such as -o out."),
        (("-o", "here.txt"), "here.txt: is a file. Name a folder."),
        (("-o", "out", "--no-files"), "--no-files: is for a print file. Add --merge print.pdf."),
        (("-o", "out", "--merge", "../print.pdf"), "--merge: is no plain file name."),
        (("-o", "out", "--engine", "dask"), "--engine dask: and --scheduler ADDRESS go together."),
        (("-o", "out", "--engine", "dusk"), "--engine: “dusk” is not known. Did you mean dask?"),
        (("-o", "out", "--template", "csv"), "makes a table and reads none."),
        (("-o", "out", "--merge", "print.pdf", "--encrypt", "x"), "a print file is not encrypted."),
    ],
)
def test_a_wrong_call_says_what_is_right(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.txt").touch()
    done = batch(rows, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert not Path("out").exists()


def test_a_handout_never_stands_where_the_print_file_will(rows: Path, out: Path) -> None:
    table(rows, [{**ROWS[0], "ref": "Print-A4-001"}])
    done = batch(rows, "-o", out, "--merge", "print.pdf", "--check")
    assert done.returncode == 2
    assert "row 2: ref: is also a name of the print file. Give --merge another name." in done.stderr


def test_json_tells_every_event(rows: Path, out: Path) -> None:
    table(rows, [{**ROWS[0], "stretches": "foot-rol"}, *ROWS[1:3]])
    done = batch(rows, "-o", out, "--skip-bad", "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["event"] for event in told]
    assert kinds == ["bad-row", "checked", "begun", "made", "made", "done"]
    assert told[1] == {"event": "checked", "rows": 3, "good": 2, "bad": 1}
    assert told[-1]["made"] == 2


def test_a_terminal_gets_a_bar_and_the_failures_below_it(rows: Path, out: Path) -> None:
    out.mkdir(mode=0o700)
    (out / "A2.pdf").mkdir()
    done, said = _in_a_terminal(rows, "-o", out)
    assert done.returncode == 1
    assert re.search(r"\d a second, about \d+ seconds? left +\[#+-+\]  4/7", said)
    assert said.rstrip().endswith(f"Made 6 handouts in {out}. 1 failed.")
    assert done.stderr.startswith(f"handouts: row 3 (A2): {out}/A2.pdf: stands in the way")


def test_a_bar_ends_before_the_next_line(rows: Path, out: Path) -> None:
    table(rows, ROWS[:1])
    call = (rows, "-o", out, "--date", DAY, "--merge", "print.pdf")
    for line in (f"Wrote {out}/print.pdf: ", f"{out}/print.pdf was there already."):
        done, said = _in_a_terminal(*call)
        assert done.returncode == 0
        assert f"\r\n{line}" in said


def _in_a_terminal(*words: object) -> tuple[subprocess.CompletedProcess[str], str]:
    """A batch whose standard output is a terminal, and what stands there."""
    ours, theirs = os.openpty()
    done = batch(*words, stdout=theirs)
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    return done, said


def test_redacted_handouts_hold_no_name(rows: Path, out: Path) -> None:
    assert batch(rows, "-o", out, "--redact", "--date", DAY, "--quiet").stdout == ""
    assert "Sam Sample 2" not in words(pdfium_text(out / "A2.pdf"))


def test_made_up_names_never_replace_real_ones_nor_the_other_way_round(rows: Path, out: Path) -> None:
    table(rows, ROWS[:1])
    real, made_up = (rows, "-o", out), (rows, "-o", out.with_name("redacted"), "--redact")
    assert (batch(*real).returncode, batch(*made_up).returncode) == (0, 0)
    before = settled(out), settled(out.with_name("redacted"))
    for call, held in (((*real, "--redact"), "real"), (made_up[:3], "made-up")):
        done = batch(*call)
        assert done.returncode == 2
        said = f"the handouts in {call[2]} have {held} names, and this run would mix in others."
        assert f"handouts: -o: {said} Name another folder." in done.stderr
    assert (settled(out), settled(out.with_name("redacted"))) == before
    assert (batch(*real).returncode, batch(*made_up).returncode) == (0, 0)


def test_a_table_of_bad_rows_alone_leaves_no_folder(rows: Path, out: Path) -> None:
    table(rows, [{**ROWS[0], "stretches": "foot-rol"}])
    done = batch(rows, "-o", out, "--skip-bad")
    assert (done.returncode, done.stdout) == (1, "Checked 1 row: 1 bad.\n1 bad row left out.\n")
    assert not out.exists()


def test_the_handout_of_a_bad_row_is_not_for_handing_out(rows: Path, out: Path) -> None:
    batch(rows, "-o", out, "--date", DAY)
    table(rows, changed("A3", stretches="foot-rol"))
    done = batch(rows, "-o", out, "--date", DAY, "--skip-bad")
    assert "1 older handout in the folder was not made from this table: do not hand it out." in done.stdout


def test_an_encrypted_handout_opens_with_the_password_and_is_read_aloud(
    rows: Path, out: Path, tmp_path: Path
) -> None:
    (tmp_path / "word.txt").write_text("tulip-9 Ä\n", "utf-8")
    table(rows, ROWS[:2])
    call = (rows, "-o", out, "--date", DAY, "--encrypt", tmp_path / "word.txt")
    done = batch(*call)
    assert done.returncode == 0, done.stderr
    assert "no longer PDF/A" in done.stderr
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out / "A1.pdf")
    with pikepdf.open(out / "A1.pdf", password="tulip-9 Ä") as file:
        assert file.user_password_matched
        assert not file.owner_password_matched
        assert (file.encryption.R, file.encryption.stream_method) == (6, pikepdf.models.EncryptionMethod.aesv3)
        assert file.allow.accessibility
        assert file.allow.extract
        assert file.allow.print_highres
        assert not file.allow.modify_other
        meta = file.open_metadata()
        assert "pdfaid:part" not in meta
        assert meta["pdfuaid:part"] == "1"
        assert len(file.pages) == lines(out)[0]["pages"]
        assert file.Root.StructTreeRoot.K is not None
    said = (out / "manifest.jsonl").read_text() + done.stdout + done.stderr
    assert "tulip" not in said
    assert _made(batch(*call, "--json")) == []
    assert len(_made(batch(rows, "-o", out, "--date", DAY, "--json"))) == 2, "without a password they are others"


def test_a_password_that_is_none_is_refused(rows: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "word.txt").write_text("\nsecret", "utf-8")
    done = batch(rows, "-o", out, "--encrypt", tmp_path / "word.txt")
    assert done.returncode == 1
    assert "holds no password that fits" in done.stderr
    assert "secret" not in done.stderr
    assert not out.exists()


MARKER = "Quillon"


def test_no_word_of_a_person_leaves_the_page(tmp_path: Path, out: Path) -> None:
    private = {
        "for": f"{MARKER} Ärlig",
        "note": f"{MARKER} likes mornings.",
        "title": f"Stretches for {MARKER}",
        "x-record": MARKER,
    }
    named = [{**row, **private} for row in ROWS]
    named[4] = {**named[4], "stretches": "foot-rol"}
    rows = table(tmp_path / "patients.csv", named)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (out / "A2.pdf").mkdir(parents=True)  # a row that fails
    more = batches.naming(tmp_path / "hurt", "A3.pdf", f"raise RuntimeError({MARKER!r})", always=True)
    said = ""
    for way in ((), ("--skip-bad",), ("--skip-bad", "--json")):
        done = batch(rows, "-o", out, "--date", DAY, *way, more={**more, "TMPDIR": str(scratch)})
        said += done.stdout + done.stderr
    assert "row 3 (A2)" in said
    assert "RuntimeError" in said
    assert list(scratch.iterdir()) == []
    said += "".join(str(path) for path in out.rglob("*"))
    said += "".join((out / name).read_text("latin-1") for name in ("manifest.jsonl", ".handouts-key"))
    said += "".join(part for path in out.glob("*.pdf") if path.is_file() for part in _outside_the_pages(path))
    assert (MARKER in words(pdfium_text(out / "A1.pdf")), MARKER in said) == (True, False)
    assert "rlig" not in said


def _outside_the_pages(path: Path) -> Iterator[str]:
    """Metadata and bookmarks, and all that is readable without unpacking."""
    with pikepdf.open(path) as file:
        yield str(dict(file.docinfo.items()))
        yield file.Root.Metadata.read_bytes().decode()
        with file.open_outline() as outline:
            yield from (item.title for item in outline.root)
    yield path.read_text("latin-1")


def test_numbers_in_groups_sort_as_numbers() -> None:
    with Spool() as spool:
        for row, (group, sort) in enumerate([("ward 10", "2"), ("ward 2", "10"), ("ward 2", "9"), ("", "")]):
            spool.add(Order(row, f"R{row}", Request(), group, sort))
        assert [order.row for order in spool.in_print_order()] == [3, 2, 1, 0]
        assert [order.row for order in spool] == [0, 1, 2, 3]
    with Spool() as spool:
        for row, group in enumerate(("Ward 07", "ward 7", "Ward 07", "ward 7")):
            spool.add(Order(row, f"R{row}", Request(), group, str(row)))
        assert [order.row for order in spool.in_print_order()] == [0, 2, 1, 3], "a group is never parted"
    assert natural("a007") == natural("A7")
    assert sorted(["b2", "b10", "b", "a100", "b1x"], key=natural) == ["a100", "b", "b1x", "b2", "b10"]


def test_results_come_in_order_and_few_items_are_ahead() -> None:
    pulled = []

    def items() -> Iterator[int]:
        for number in range(40):
            pulled.append(number)
            yield number

    got = 0
    for got, result in enumerate(mapped(_slow_at_first, items(), 2), 1):
        assert result == (got - 1) * 2
        assert len(pulled) - got <= 2 * 4
    assert got == 40


def _slow_at_first(number: int) -> int:
    if number == 0:
        sum(range(2_000_000))
    return number * 2


def test_a_fault_in_the_work_is_one_lost_item() -> None:
    results = list(mapped(_faulty, ["a", MARKER, "b"], 2))
    assert results[0] == "a"
    assert results[2] == "b"
    assert isinstance(results[1], Lost)
    assert "ValueError at test_batch_run.py:" in results[1].why
    assert MARKER not in results[1].why


def _faulty(text: str) -> str:
    if text == MARKER:
        raise ValueError(text)
    return text


def _made(done: subprocess.CompletedProcess[str]) -> list[object]:
    assert done.returncode == 0, done.stderr
    return [event["ref"] for event in events(done, "made")]


def test_the_locale_and_the_clock_play_no_part(rows: Path, out: Path, tmp_path: Path) -> None:
    table(rows, ROWS[:1])
    elsewhere = {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    batch(rows, "-o", out, "--date", DAY)
    batch(rows, "-o", tmp_path / "other", "--date", DAY, more=elsewhere)
    assert files(out) == files(tmp_path / "other")
