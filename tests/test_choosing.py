"""Choosing from the command line: `make` and `list` with wishes, `--explain`, and the questions of `choose`."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from made_up import folder
from test_bad_requests import run
from typer.testing import CliRunner, Result

from handouts.cli.app import app


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The made-up stretches as a clinic's folder."""
    made = folder(tmp_path / "own")
    for name in ("about", "flags", "guidance", "phrases", "sources"):
        (made / "sheet" / f"{name}.yaml").unlink()
    return made


WRONG = {
    "position": (["--position", "weelchair"], "--position: “weelchair” is not known. Did you mean wheelchair?"),
    "one of two": (["--position", "chair,, bed"], "--position: “” is not known."),
    "area": (["--area", "leg"], "--area: “leg” is not known. Did you mean legs?"),
    "unlike any area": (["--area", "zzz"], "--area: “zzz” is not known. It can be ankle, arms,"),
    "equipment": (["--equipment", "towl"], "--equipment: “towl” is not known. Did you mean towel?"),
    "nothing and more": (["--equipment", "nothing,towel"], "--equipment: names nothing and something."),
    "level": (["--can", "run"], "--can: “run” is not known."),
    "flag": (["--avoid", "fal-risk"], "--avoid: there is no flag “fal-risk”. Did you mean fall-risk?"),
    "flag for all": (
        ["--avoid", "infection"],
        "holds for every stretch (you have an infection or a fever). Ask your",
    ),
    "no helper": (["--can", "helped", "--no-helper"], "--can: asks for a helper, and --no-helper for none."),
    "minutes in words": (
        ["--minutes", "ten"],
        "--minutes: “ten” is not a number of minutes. Write a whole number",
    ),
    "no minutes": (["--minutes", "0"], "--minutes: is 0. It can be 1 to 180."),
    "days": (["--minutes", "9999"], "--minutes: is 9999. It can be 1 to 180."),
    "less than nothing": (["--minutes", "-5"], "--minutes: “-5” is not a number of minutes."),
}


@pytest.mark.parametrize("command", [["make", "-o", "x.pdf"], ["list"]], ids=["make", "list"])
@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_wish_is_one_line_and_no_file(here: Path, command: list[str], case: str) -> None:
    arguments, told = WRONG[case]
    result = run(*command, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("handouts: ") and told in result.stderr
    assert result.stderr.count("\n") == 1 and not list(here.iterdir())


def test_a_sheet_by_what_a_person_can_do(here: Path) -> None:
    result = run("make", "--position", "wheelchair", "--area", "legs", "--minutes", "10", "--explain")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0 and lines[-1].startswith("Wrote handout.pdf")
    assert [
        line for line in lines if line.startswith("taken    Seated calf stretch with a towel (seated-calf-towel)")
    ]
    assert (
        "left     Hip crossovers (hip-crossovers): is done another way (you lie on your back with" in result.stdout
    )
    assert (here / "handout.pdf").exists()


def test_words_can_be_repeated_or_parted_by_commas(here: Path) -> None:
    one = run("list", "--position", "chair,wheelchair", "--area", "feet, legs").stdout
    assert (
        one
        == run(
            "list", "--position", "chair", "--position", "wheelchair", "--area", "feet", "--area", "legs"
        ).stdout
    )


def test_explain_names_what_was_swapped(own: Path) -> None:
    result = run("make", "--routine", "m-mixed", "--position", "wheelchair", "--explain", "--stretches", own)
    assert result.stdout.splitlines()[:3] == [
        "swapped  M wall (m-wall) for M calf (m-calf): is done another way (you stand and hold on);"
        " you sit in your wheelchair.",
        "left     M thigh (m-thigh): is done another way (you lie on your front).",
        "taken    M neck (m-neck): was asked for; you sit in your wheelchair.",
    ]


def test_explain_tells_why_even_where_nothing_fits(here: Path) -> None:
    result = run("make", "--position", "front", "--minutes", "1", "--explain")
    assert result.exit_code == 2 and "would make it longer than 1 min" in result.stdout
    assert "--minutes: no stretch fits in 1 min." in result.stderr and not list(here.iterdir())


def test_the_list_shows_who_and_how_long_and_what_hid_the_rest(own: Path) -> None:
    result = run("list", "--position", "standing", "--avoid", "fall-risk", "--stretches", own)
    assert result.exit_code == 2 and "Most are ruled out by" in result.stderr
    lines = run("list", "--area", "neck", "--minutes", "2", "--stretches", own).stdout.splitlines()
    found = [" ".join(line.split()) for line in lines]
    assert "m-neck M neck. You sit in a chair. For people who sit with support. About 2 minutes." in found
    assert re.match(r"\d of ", found[-1]) and "by --area" in found[-1] and "1 by having been retired" in found[-1]


def test_advice_on_many_stretches_stands_on_standard_error(own: Path) -> None:
    ids = ["m-calf", "m-neck", "m-arms", "m-table", "m-twist", "m-knees"]
    many = run("make", *ids, "--stretches", own, "-o", "a.pdf")
    assert many.stderr == "handouts: the sheet has 6 stretches; 5 or fewer are easier to do.\n"
    assert run("make", *ids[:5], "--stretches", own, "-o", "b.pdf").stderr == ""
    portions = ", ".join(f"{{stretch: {id}}}" for id in ids)
    routine = f"long: {{name: {{en: Long}}, for_whom: {{en: All.}}, stretches: [{portions}]}}"
    (own / "sheet" / "routines.yaml").write_text(routine, "utf-8")
    assert run("make", "--routine", "long", "--stretches", own, "-o", "c.pdf").stderr == ""


def answered(*replies: str, options: tuple[object, ...] = ()) -> Result:
    """`handouts choose` with these lines typed."""
    typed = "".join(f"{reply}\n" for reply in replies)
    result = CliRunner().invoke(app, ["choose", *map(str, options)], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


ENTER = [""] * 20


def test_choose_asks_shows_and_makes(here: Path) -> None:
    result = answered("6", "3", "No", "1 2", "1,2", *ENTER)
    assert result.exit_code == 0 and (here / "handout.pdf").exists()
    assert result.stdout.count("care team") == 1 and "\x1b" not in result.stdout
    assert "You sit in your wheelchair. About 3 min." in result.stdout
    assert "In all about" in result.stdout and "in large print." in result.stdout


def test_the_printed_command_makes_the_same_bytes(here: Path, own: Path) -> None:
    options = ("--for", "Ann O’Bell", "--stretches", own, "-o", "my sheet.pdf")
    result = answered("6 1", "3 4", "yes", "1 5 6 7", "legs neck", *ENTER, options=options)
    first = (here / "my sheet.pdf").read_bytes()
    line = result.stdout.splitlines()[-1]
    (here / "my sheet.pdf").unlink()
    program, *arguments = shlex.split(line)
    assert program == "handouts" and run(*arguments).exit_code == 0
    assert (here / "my sheet.pdf").read_bytes() == first
    assert (
        "--can sit-with-support,turn" in line and "--helper" in line and "--equipment towel,chair,armchair" in line
    )


def test_warnings_that_are_true_are_wishes(own: Path) -> None:
    shown = answered("5", "", "", "", "1 5", *ENTER, options=("--stretches", own)).stdout
    assert "You had surgery near here" in shown and "One leg is newly swollen" in shown
    replies = ["5", "", "", "", "1 5", *ENTER]
    for place, question in enumerate(shown.split("Your answer: ")):
        if number := re.search(r"(\d)\. One leg is newly swollen", question):
            replies[place] = number[1]
    told = answered(*replies, options=("--stretches", own, "-o", "b.pdf")).stdout
    assert "--avoid" not in shown and "--avoid dvt-suspected" in told


def test_a_warning_for_every_stretch_ends_the_questions(here: Path) -> None:
    result = answered("5", "", "", "", "", "2", *ENTER)
    assert result.exit_code == 2 and "Ask your care team first" in result.stderr
    assert "How long" not in result.stdout and not list(here.iterdir())


@pytest.mark.parametrize("reply", ["0", "8", "seven", "1 9", "-1", "1.5", "٣", "9" * 400, "\x1b[A"])
def test_a_bad_answer_is_asked_again_kindly(here: Path, reply: str) -> None:
    result = answered(reply, "5", "q")
    assert (
        result.stdout.count("Sorry, please type a number from 1 to 7, or several with spaces between them.") == 1
    )
    assert result.stdout.count("Where can you do") == 1 and "What can you do without help?" in result.stdout


def test_one_answer_is_one(here: Path) -> None:
    result = answered("5", "3", "1 2", "q")
    assert "Sorry, please type a number from 1 to 2. Type q to leave." in result.stdout


@pytest.mark.parametrize("before", range(9))
def test_q_leaves_at_any_time_with_nothing_written(here: Path, before: int) -> None:
    result = answered(*[""] * before, " Q ")
    assert result.exit_code == 0 and result.stdout.endswith("\nNothing was written.\n")
    assert not list(here.iterdir())


def test_no_makes_nothing(here: Path) -> None:
    questions = answered(*ENTER, options=("-o", "a.pdf")).stdout.count("Your answer: ")
    result = answered(*[""] * (questions - 1), "no")
    assert result.exit_code == 0 and "Nothing was written." in result.stdout
    assert [path.name for path in here.iterdir()] == ["a.pdf"]


def test_an_end_of_input_is_an_error_that_says_what_to_do(here: Path) -> None:
    result = answered("6")
    assert result.exit_code == 2 and not list(here.iterdir())
    assert result.stderr == (
        "handouts: handouts choose: there was no answer. Run it in a terminal, or say what you want with"
        " `handouts make` and its options.\n"
    )


def test_a_break_leaves_cleanly(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    result = CliRunner().invoke(app, ["choose"])
    assert result.exit_code == 130 and result.stdout.endswith("\nNothing was written.\n")
    assert not list(here.iterdir())


def test_a_file_that_would_be_replaced_is_told_before_any_question(here: Path) -> None:
    (here / "handout.pdf").write_bytes(b"old")
    result = answered(*ENTER)
    assert result.exit_code == 2 and result.stdout == "" and "is there already" in result.stderr
    assert (here / "handout.pdf").read_bytes() == b"old"


def test_where_nothing_fits_the_reason_is_told_and_nothing_made(here: Path) -> None:
    result = answered("3", "5", "11", "8", *ENTER)
    assert result.exit_code == 2 and "stretches fits" in result.stderr and not list(here.iterdir())
