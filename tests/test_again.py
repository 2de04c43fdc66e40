"""Making a sheet again: plan files, and the code that stands in “About this sheet”."""

from __future__ import annotations

import re
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.readers import pdfium_text, words
from sheets import library
from test_random_plans import any_plan
from typer.testing import CliRunner

from handouts.cli.app import app
from handouts.errors import RequestError
from handouts.handout import resolve
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, Dose, Plan
from handouts.planfile import PlanFile, plan_text, read_plan
from handouts.recipe import SIGNS, code, plan_of, stretch_code
from handouts.request import Request
from handouts.wishes import Wishes

run = CliRunner()
FIXED = ["--date", "2026-11-22", "--paper", "letter"]


def _make(*arguments: str, wanted: int = 0) -> str:
    done = run.invoke(app, ["make", *arguments])
    assert done.exit_code == wanted, done.output
    return done.output


# Codes


@settings(max_examples=60, deadline=None)
@given(any_plan())
def test_a_code_makes_the_same_handout_but_for_names(plan: Plan) -> None:
    first = resolve(plan, library())
    again = resolve(plan_of(code(first), library()), library())
    assert again.items == first.items
    assert (again.edition, again.paper, again.form, again.log) == (
        first.edition, first.paper, first.form, first.log)  # fmt: skip
    assert (again.person, again.clinic, again.notes) == ("", "", ())
    assert code(again) == code(first)


@settings(max_examples=200)
@given(st.text(max_size=60) | st.text(alphabet=SIGNS, max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match=r"--recipe: (is not a code|is a code that|names a stretch)"):
        plan_of(text, library())


@pytest.mark.parametrize("at", range(20))
def test_a_slip_of_the_pen_is_found(at: int) -> None:
    whole = code(resolve(Plan(stretches=("foot-roll", "hip-crossovers")), library())).replace(" ", "")
    slip = SIGNS[(SIGNS.index(whole[at]) + 1) % 32]
    with pytest.raises(RequestError, match="a sign of it is wrong"):
        plan_of(whole[:at] + slip + whole[at + 1 :], library())


def test_a_code_is_read_as_the_eye_reads_it() -> None:
    made = code(resolve(Plan(stretches=("foot-roll",)), library()))
    spelt = made.replace("0", "o").replace("1", "l").upper().replace(" ", "-")
    assert plan_of(spelt, library()) == plan_of(made, library())


def test_no_two_stretches_have_one_code() -> None:
    assert len({stretch_code(id) for id in library().ids}) == len(library().ids)


def test_the_printed_code_makes_the_same_bytes(tmp_path: Path) -> None:
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    dose = "heel-cord-stretch: hold=25 repeats=3 side=left per-day=1 days-per-week=5"
    place = "seated-foot-roll: position=wheelchair-sitting"
    _make("heel-cord-stretch", "seated-foot-roll", "--dose", dose, "--dose", place, "--print", "large", *FIXED,
          "-o", str(first))  # fmt: skip
    printed = re.search(r"Code of this sheet: ([0-9a-z ]+?) It makes", words(pdfium_text(first)))
    assert printed
    _make("--recipe", printed[1], "--date", "2026-11-22", "-o", str(again))
    assert again.read_bytes() == first.read_bytes()


def test_a_dose_that_was_allowed_is_made_again() -> None:
    plan = Plan(stretches=("foot-roll",), doses={"foot-roll": Dose(hold=1000)}, allow_dose=True)
    assert resolve(plan_of(code(resolve(plan, library())), library()), library()).items[0].hold == 1000


@pytest.mark.parametrize("more", [["foot-roll"], ["--routine", "five-to-start"], ["--position", "chair"],
                                  ["--dose", "foot-roll: hold=60"], ["--no-log"]])  # fmt: skip
def test_a_code_stands_alone(more: list[str], tmp_path: Path) -> None:
    made = code(resolve(Plan(stretches=("foot-roll",)), library()))
    said = _make("--recipe", made, *more, "-o", str(tmp_path / "x.pdf"), wanted=2)
    assert "already says which stretches and doses there are. Leave out" in said
    assert not (tmp_path / "x.pdf").exists()


def test_a_code_can_be_made_in_another_print(tmp_path: Path) -> None:
    made = code(resolve(Plan(stretches=("foot-roll",)), library()))
    assert "giant print" in _make("--recipe", made, "--print", "giant", "-o", str(tmp_path / "x.pdf"))


# Plan files

_plain = st.text(alphabet="abc öé'\":{}#-", min_size=1, max_size=20)
_words = _plain.map(lambda text: " ".join(text.split()) or "a")
_requests = st.builds(
    Request,
    stretches=st.lists(st.sampled_from(["foot-roll", "heel-cord-stretch"]), unique=True).map(tuple),
    routine=st.sampled_from(["", "five-to-start"]),
    wishes=st.builds(
        Wishes,
        position=st.sampled_from([(), ("chair",), ("lying", "chair")]),
        helper=st.none() | st.booleans(),
        minutes=st.none() | st.integers(1, 180),
        avoid=st.sampled_from([(), ("fall-risk",)]),
    ),
    doses=st.sampled_from([(), ("foot-roll: hold=60",)]),
    edition=st.sampled_from(["", *EDITION_NAMES]),
    paper=st.sampled_from(["", *PAPER_NAMES]),
    form=st.sampled_from(["", *FORM_NAMES]),
    title=st.just("") | _words,
    person=st.just("") | _words,
    note=st.just("") | _words,
    date=st.sampled_from(["", "2026-11-22"]),
    log=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(_requests)
def test_a_saved_plan_is_read_back_whole(request: Request) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yaml"
        path.write_text(plan_text(request), "utf-8")
        read = read_plan(path)
    assert read == request


def test_a_saved_plan_makes_the_same_bytes(tmp_path: Path) -> None:
    plan, first, again = tmp_path / "plan.yaml", tmp_path / "first.pdf", tmp_path / "again.pdf"
    _make("foot-roll", "--for", "María", "--note", "One.\nTwo.", "--print", "large", *FIXED,
          "--save-plan", str(plan), "-o", str(first))  # fmt: skip
    _make(str(plan), "-o", str(again))
    assert again.read_bytes() == first.read_bytes()
    assert stat.S_IMODE(plan.stat().st_mode) == 0o600


def test_what_is_typed_wins_over_the_file(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("stretches: foot-roll\nprint: giant\npaper: a4\nposition: [standing]\n", "utf-8")
    said = _make(str(plan), "--print", "standard", "-o", str(tmp_path / "x.pdf"))
    assert "standard print, a4 paper" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("print: gigant\n", "plan.yaml:1:8: print: “gigant” is not one of: standard, large or giant."),
        ("stretchs: foot-roll\n", "plan.yaml:1:1: stretchs: is not a key we know. Did you mean stretches?"),
        ("position: wheelchiar\n", "plan.yaml:1:11: “wheelchiar” is not known. Did you mean wheelchair?"),
        ("minutes: 999\n", "plan.yaml:1:10: is 999. It can be 1 to 180."),
        ("helper: yes\n", "plan.yaml:1:9: "),
        ("stretches: [foot-roll\n", "plan.yaml:2:1: is not valid YAML"),
        ("date: tomorrow\n", "plan.yaml:1:7: date: should be a date like 2026-11-22."),
        ("stretches: foot-role\n", "there is no stretch “foot-role”. Did you mean foot-roll?"),
    ],
)
def test_a_bad_plan_file_is_told_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, "utf-8")
    done = run.invoke(app, ["make", str(plan), "-o", str(tmp_path / "x.pdf")])
    assert done.exit_code in (1, 2)
    assert said in done.output
    assert not (tmp_path / "x.pdf").exists()


def test_a_plan_file_that_is_not_there(tmp_path: Path) -> None:
    assert "no.yaml: is not a file that can be read." in _make(str(tmp_path / "no.yaml"), wanted=1)


def test_the_keys_of_a_plan_file_are_the_options_of_make() -> None:
    options = set(re.findall(r"--([a-z-]+)", run.invoke(app, ["make", "--help"], terminal_width=200).output))
    keys = {field.alias or name for name, field in PlanFile.model_fields.items()}
    only_typed = {"large-print", "no-helper", "no-log", "explain", "save-plan", "output", "force", "help"}
    assert options - only_typed == keys - {"stretches", "log"} | {"stretches"}
