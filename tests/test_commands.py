"""The commands as their users type them; each has help, a README line, and works."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from kit.readers import pdfium_text, words
from typer.testing import CliRunner

from handouts import __version__, compose, open_library
from handouts.cli.app import app
from handouts.plan import Plan, default_paper

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = ["make", "batch", "choose", "list", "show", "figure", "routines", "check"]
run = CliRunner()


def test_these_are_all_the_commands() -> None:
    assert sorted(COMMANDS) == sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_line_in_the_readme(command: str) -> None:
    done = run.invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert re.search(rf"handouts {command}\b", README)


def test_every_option_of_make_is_in_the_readme() -> None:
    options = set(re.findall(r"(--[a-z-]+)", run.invoke(app, ["make", "--help"], terminal_width=200).output))
    assert sorted(option for option in options - {"--help"} if option not in README) == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_first_example(folder: Path) -> None:
    done = run.invoke(app, ["make", "--routine", "five-to-start", "--large-print", "-o", "handout.pdf"])
    assert done.exit_code == 0
    assert done.output.startswith(f"Wrote handout.pdf (large print, {_paper()} paper).")
    text = words(pdfium_text(folder / "handout.pdf"))
    assert "“Foot roll, sitting” takes the place of “Foot roll, standing”" in text
    assert "safe balance" in text


def _paper() -> str:
    return default_paper(os.environ)


def test_the_second_example(folder: Path) -> None:
    done = run.invoke(
        app,
        ["make", "hip-crossovers", "heel-cord-stretch", "--for", "Maria López", "--from", "Riverside MS Clinic",
         "--date", "2026-11-22", "--note", "Mornings, after your shower", "--dose",
         "heel-cord-stretch: hold=20 repeats=3 side=left", "--print", "giant", "--paper", "a4"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    text = words(pdfium_text(folder / "handout.pdf"))
    for part in (
        "Your stretches Maria López Riverside MS Clinic November 22, 2026 Content version",
        "Note for you. Mornings, after your shower",
        "Hold 20 seconds Do it 3 times Sides Left only How often 1 time a day",
        "1 Work your left foot only.",
        "Questions? Call Riverside MS Clinic.",
    ):
        assert part in text


def test_the_look_commands(folder: Path) -> None:
    assert "hip-crossovers" in run.invoke(app, ["list"]).output
    shown = run.invoke(app, ["show", "foot-roll"]).output
    assert "Foot roll, standing" in shown
    assert "https://" in shown
    assert "{" not in shown
    stop, ask = shown.index("Do not start if:"), shown.index("Ask first if:")
    assert stop < shown.index("a broken bone") < ask
    assert "five-to-start" in run.invoke(app, ["routines"]).output
    assert "All is well" in run.invoke(app, ["check"]).output


def test_version_and_module(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "handouts", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"handouts {__version__}\n"


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['handouts', '--version']; from handouts.cli import main; main();"
        "print([m for m in ('reportlab', 'uharfbuzz', 'pydantic', 'yaml', 'typer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("line", "wanted"), [("handouts make hip-c", "hip-crossovers"), ("handouts show seated-f", "seated-foot-roll")]
)
def test_the_shell_completes_names(line: str, wanted: str) -> None:
    environment = {"_HANDOUTS_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    done = subprocess.run(
        [sys.executable, "-m", "handouts"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert wanted in done.stdout


def test_the_public_api_makes_the_same_file(folder: Path) -> None:
    plan = Plan(stretches=("hip-crossovers",), edition="large", paper="a4", date=dt.date(2026, 11, 22))
    options = ["--print", "large", "--paper", "a4", "--date", "2026-11-22"]
    assert run.invoke(app, ["make", "hip-crossovers", *options]).exit_code == 0
    assert (folder / "handout.pdf").read_bytes() == compose(plan, open_library())


def test_a_routine_taken_for_a_stretch_is_explained(folder: Path) -> None:
    done = run.invoke(app, ["make", "five-to-start"])
    assert done.exit_code == 2
    assert "use --routine five-to-start" in done.output


def test_many_stretches_are_printed_with_a_word_of_advice(folder: Path) -> None:
    done = run.invoke(app, ["make", *open_library().ids])
    assert done.exit_code == 0
    assert "5 or fewer are easier to do" in done.output
