"""What is asked for wrongly: a line that names the option and what would be right, exit 2, and no file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from handouts.cli.app import app
from handouts.errors import RequestError
from handouts.plan import Dose, default_paper, parse_dose

PERSON = "Quirina Zett"
RANGE = "is outside its range, 10 to 30 seconds. To print it all the same, add --allow-dose."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: object) -> Result:
    """The command line in this process; what is no plain exit is raised."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def printed(path: Path) -> str:
    """All the words of a file, spaces collapsed."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


# The arguments after `make`, and words of the one finding.
WRONG: dict[str, tuple[list[str], str]] = {
    "unknown stretch": (["heel-cord-strech"], "“heel-cord-strech”. Did you mean heel-cord-stretch?"),
    "capitals": (["Hip-Crossovers"], "Did you mean hip-crossovers?"),
    "path": (["../foot-roll"], "Did you mean foot-roll?"),
    "unlike any stretch": (["zzz"], "there is no stretch “zzz”. See `handouts list`."),
    "empty name": ([""], "there is no stretch “”."),
    "escape in a name": (["\x1b[2J"], "there is no stretch “\ufffd[2J”."),
    "unknown routine": (["--routine", "five-to-stat"], "no routine “five-to-stat”. Did you mean five-to-start?"),
    "unlike any routine": (["--routine", "zzz"], "See `handouts routines`."),
    "nothing": ([], "no stretch is chosen. Name stretches or a routine"),
    "twice": (["foot-roll", "foot-roll"], "“foot-roll” is chosen twice. Name it once."),
    "in the routine too": (["--routine", "five-to-start", "hip-crossovers"], "“hip-crossovers” is chosen twice."),
    "edition": (["foot-roll", "--print", "gaint"], "--print: “gaint” is not known. Did you mean giant?"),
    "unlike any edition": (["foot-roll", "--print", "9"], "It can be standard, large or giant."),
    "two editions": (["foot-roll", "--print", "giant", "--large-print"], "--large-print and --print giant ask"),
    "paper": (["foot-roll", "--paper", "legal"], "--paper: “legal” is not known. It can be letter or a4."),
    "form": (["foot-roll", "--form", "frige"], "--form: “frige” is not known. Did you mean fridge?"),
    "log without ticks": (
        ["foot-roll", "--form", "log", "--no-log"],
        "--form log: there is nothing left",
    ),
    "crowded fridge": (
        ["foot-roll", "hip-crossovers", "seated-foot-roll", "--form", "fridge", "--print", "giant"],
        "would. Choose fewer stretches or smaller print.",
    ),
    "language": (["foot-roll", "--language", "de"], "--language: “de” is not known."),
    "day": (["foot-roll", "--date", "2026-02-30"], "“2026-02-30” is not a date. Write it like 2026-11-22."),
    "American date": (["foot-roll", "--date", "11/22/2026"], "--date: “11/22/2026” is not a date."),
    "date with space": (["foot-roll", "--date", " 2026-11-22"], "--date: “ 2026-11-22” is not a date."),
    "date without hyphens": (["foot-roll", "--date", "20261122"], "--date: “20261122” is not a date."),
    "Arabic digits": (["foot-roll", "--date", "٢٠٢٦-١١-٢٢"], "is not a date."),
    "long name": (["foot-roll", "--for", "Zett " * 61], "--for: is 304 characters long; at most 300 fit."),
    "long note": (["foot-roll", "--note", "x" * 2001], "--note: is 2001 characters long; at most 2000 fit."),
}

# What is given to --dose for a sheet of hip-crossovers and hip-flexor-stretch, and words of the one finding.
WRONG_DOSES = {
    "": "--dose: “” is not a dose. Write it like --dose",
    "hip-crossovers": "“hip-crossovers” is not a dose.",
    "hip-crossovers:": "“hip-crossovers:” is not a dose.",
    "hip-crossovers hold=20": "is not a dose. Write it like",
    ": hold=20": "there is no stretch “”.",
    "hip-crosovers: hold=20": "Did you mean hip-crossovers?",
    "foot-roll: hold=20": "--dose foot-roll: is not on this sheet. Choose the stretch too.",
    "hip-crossovers: hold": "--dose hip-crossovers: hold has no value. Write it like hold=2",
    "hip-crossovers: hold = 20": "hold has no value.",
    "hip-crossovers: hld=20": "“hld=20” is not part of a dose. Did you mean hold?",
    "hip-crossovers: figures=2": "Use hold, repeats, per_day, days_per_week, side",
    "hip-crossovers: =2": "“=2” is not part of a dose.",
    "hip-crossovers: hold=20 hold=25": "--dose hip-crossovers: gives hold twice. Keep one.",
    "hip-crossovers: per-day=1 per_day=1": "gives per_day twice.",
    "hip-crossovers: hold=": "hold is “”. It should be a whole number",
    "hip-crossovers: hold=twenty": "hold is “twenty”. It should be a whole number",
    "hip-crossovers: hold=20.5": "hold is “20.5”.",
    "hip-crossovers: hold=-20": "hold is “-20”.",
    "hip-crossovers: hold=1e1": "hold is “1e1”.",
    "hip-crossovers: hold=２０": "hold is “２０”.",
    "hip-crossovers: hold=" + "9" * 5000: "It should be a whole number, 9999 at most.",
    "hip-crossovers: side=up": "side is “up”. It can be both, left or right.",
    "hip-crossovers: side=": "side is “”.",
    "hip-crossovers: hold=31": f"hip-crossovers: hold=31 {RANGE}",
    "hip-crossovers: hold=9": f"hip-crossovers: hold=9 {RANGE}",
    "hip-crossovers: hold=0": f"hip-crossovers: hold=0 {RANGE}",
    "hip-crossovers: repeats=6": "repeats=6 is outside its range, 1 to 5.",
    "hip-crossovers: per-day=2": "per_day=2 is outside its range, 1 only.",
    "hip-crossovers: days_per_week=8": "days_per_week=8 is outside its range, 1 to 7.",
    "hip-flexor-stretch: side=left": "side=left does not fit, it is done with both sides together.",
}
WRONG |= {
    f"dose {dose[:50]}": (["hip-crossovers", "hip-flexor-stretch", "--dose", dose], words)
    for dose, words in WRONG_DOSES.items()
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_request_is_one_line_and_no_file(here: Path, case: str) -> None:
    arguments, words = WRONG[case]
    person = [] if "--for" in arguments else ["--for", PERSON]
    (here / "old.pdf").write_bytes(b"old")
    result = run("make", *arguments, *person, "-o", "old.pdf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("handouts: ") and words in result.stderr
    assert result.stderr.count("\n") == 1 and "Zett" not in result.stderr
    assert [path.name for path in here.iterdir()] == ["old.pdf"]
    assert (here / "old.pdf").read_bytes() == b"old"


@pytest.mark.parametrize("arguments", [["--bogus"], ["--print"], ["--no-disclaimer"]])
def test_unknown_options_are_refused_without_the_name(here: Path, arguments: list[str]) -> None:
    result = run("make", "foot-roll", "--for", PERSON, *arguments)
    assert result.exit_code == 2 and "Zett" not in result.output and not list(here.iterdir())


def test_all_that_is_wrong_with_the_doses_is_told_at_once(here: Path) -> None:
    doses = ["--dose", "hip-crossovers: hold=99 repeats=9", "--dose", "hip-flexor-stretch: side=right"]
    result = run("make", "hip-crossovers", "hip-flexor-stretch", *doses)
    assert result.exit_code == 2
    for words in ("hold=99", "repeats=9", "side=right"):
        assert result.stderr.count(words) == 1
    assert len(result.stderr.splitlines()) == 3


def test_allow_dose_prints_what_a_clinician_wants(here: Path) -> None:
    dose = "hip-crossovers: hold=45 repeats=7 per-day=4 days-per-week=3 side=left"
    assert run("make", "hip-crossovers", "--allow-dose", "--dose", dose).exit_code == 0
    words = printed(here / "handout.pdf")
    for wanted in ("45 seconds", "7 times (Knees to the left)", "4 times a day, 3 days a week"):
        assert wanted in words


@pytest.mark.parametrize("dose", ["hold=3601", "repeats=101", "per_day=25", "days_per_week=8", "repeats=0"])
def test_allow_dose_has_an_end(here: Path, dose: str) -> None:
    result = run("make", "hip-crossovers", "--allow-dose", "--dose", f"hip-crossovers: {dose}")
    assert result.exit_code == 2 and f"{dose} is outside its range, 1 to " in result.stderr
    assert "--allow-dose" not in result.stderr and not list(here.iterdir())


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("a: hold=20 repeats=3 side=left", Dose(hold=20, repeats=3, side="left")),
        ("a:hold=20,repeats=3", Dose(hold=20, repeats=3)),
        ("  a  :  per-day=2   days-per-week=5 ", Dose(per_day=2, days_per_week=5)),
        ("a: per_day=2 days_per_week=5", Dose(per_day=2, days_per_week=5)),
        ("a: side=both", Dose(side="both")),
    ],
)
def test_doses_are_read_as_they_are_meant(text: str, dose: Dose) -> None:
    assert parse_dose(text) == ("a", dose)


def test_later_doses_go_over_earlier_ones(here: Path) -> None:
    doses = ["--dose", "hip-crossovers: hold=12 repeats=4", "--dose", "hip-crossovers: hold=13"]
    assert run("make", "hip-crossovers", *doses).exit_code == 0
    words = printed(here / "handout.pdf")
    assert "13 seconds" in words and "4 times each side" in words and "12 seconds" not in words


def test_both_sides_of_a_stretch_done_together_is_no_mistake(here: Path) -> None:
    dose = "hip-flexor-stretch: side=both"
    assert run("make", "hip-flexor-stretch", "--dose", dose).exit_code == 0
    assert "Both together" in printed(here / "handout.pdf")


@pytest.mark.parametrize(
    ("environment", "paper"),
    [
        ({}, "letter"),
        ({"LANG": ""}, "letter"),
        ({"LANG": "C"}, "letter"),
        ({"LANG": "C.UTF-8"}, "letter"),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, "letter"),
        ({"LANG": "en_US.UTF-8"}, "letter"),
        ({"LANG": "en_US"}, "letter"),
        ({"LANG": "es_US@euro"}, "letter"),
        ({"LANG": "fr_CA.UTF-8"}, "letter"),
        ({"LANG": "en_GB.UTF-8"}, "a4"),
        ({"LANG": "de_DE@euro"}, "a4"),
        ({"LANG": "vi_VN"}, "a4"),
        ({"LC_PAPER": "de_DE.UTF-8", "LANG": "en_US.UTF-8"}, "a4"),
        ({"LC_PAPER": "en_US.UTF-8", "LANG": "de_DE.UTF-8"}, "letter"),
        ({"LC_ALL": "de_DE.UTF-8", "LC_PAPER": "en_US.UTF-8"}, "a4"),
        ({"LC_ALL": "", "LC_PAPER": "", "LANG": "en_IE"}, "a4"),
        ({"LC_MESSAGES": "de_DE.UTF-8"}, "letter"),
    ],
)
def test_the_paper_follows_the_locale(environment: dict[str, str], paper: str) -> None:
    assert default_paper(environment) == paper


@pytest.mark.parametrize(("options", "edition", "width"), [
    ([], "standard", 612),
    (["--paper", "a4"], "standard", 595.28),
    (["--large-print"], "large", 612),
    (["--large-print", "--print", "large"], "large", 612),
    (["--print", "giant", "--paper", "letter"], "giant", 612),
    (["--print", "", "--paper", "", "--date", "", "--language", ""], "standard", 612),
])  # fmt: skip
def test_what_was_made_is_said(
    here: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], edition: str, width: float
) -> None:
    for key in ("LC_ALL", "LC_PAPER", "LANG"):
        monkeypatch.delenv(key, raising=False)
    paper = "letter" if width == 612 else "a4"
    assert run("make", "foot-roll", *options).stdout.startswith(
        f"Wrote handout.pdf ({edition} print, {paper} paper)."
    )
    with pypdfium2.PdfDocument(here / "handout.pdf") as document:
        assert document[0].get_size()[0] == pytest.approx(width, abs=0.01)


def test_handout_pdf_is_replaced_only_when_asked(here: Path) -> None:
    old = here / "handout.pdf"
    old.write_bytes(b"old")
    result = run("make", "foot-roll")
    assert (result.exit_code, old.read_bytes()) == (2, b"old")
    assert "handout.pdf: is there already. Add --force to replace it, or name another" in result.stderr
    assert run("make", "foot-roll", "--force").exit_code == 0
    assert old.read_bytes().startswith(b"%PDF-1.7")
    old.write_bytes(b"old")
    assert run("make", "foot-roll", "-o", "handout.pdf").exit_code == 0
    assert old.read_bytes().startswith(b"%PDF-1.7")
    assert [path.name for path in here.iterdir()] == ["handout.pdf"]


@pytest.mark.parametrize("command", [["show"], ["make"]])
def test_a_hint_is_given_by_every_command(command: list[str]) -> None:
    result = run(*command, "seated-foot-rol")
    assert result.exit_code == 2 and "Did you mean seated-foot-roll?" in result.stderr


def test_a_request_error_carries_its_findings() -> None:
    with pytest.raises(RequestError) as caught:
        parse_dose("foot-roll: hold=x")
    (finding,) = caught.value.findings
    assert (finding.place, finding.problem) == ("--dose foot-roll", "hold is “x”.")


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (["make", "heel-cord-strech", "--for", PERSON], 2, "Did you mean heel-cord-stretch?"),
    (["make", "foot-roll", "--stretches", "nowhere"], 1, "nowhere: cannot be read: No such file or directory."),
    (["make", "foot-roll", "--for", "\udcff"], 2, "--for: holds a control or invisible character (U+DCFF"),
    (["check", "nowhere"], 1, "nowhere: cannot be read"),
])  # fmt: skip
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_program_itself_says_the_same(
    here: Path, arguments: list[str], code: int, words: str, locale: str
) -> None:
    environment = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "ascii:backslashreplace"}
    done = subprocess.run([sys.executable, "-m", "handouts", *arguments], env=environment, capture_output=True)
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in done.stderr.decode() and b"Traceback" not in done.stderr and b"Zett" not in done.stderr
    assert not list(here.iterdir())
