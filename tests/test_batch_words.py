"""What a batch always says, and what it refuses before it reads a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.batch.encrypt import password_in
from handouts.batch.writing import KINDS
from handouts.cli.batch import Asked, run_batch
from handouts.cli.telling import teller
from handouts.errors import RequestError


def test_a_mark_at_the_start_is_no_part_of_a_password(tmp_path: Path) -> None:
    path = tmp_path / "word.txt"
    path.write_text("tulip-9\r\n", "utf-8-sig")
    assert password_in(path) == "tulip-9"


@pytest.mark.parametrize("quiet", [True, False])
def test_what_has_to_be_known_is_said_even_when_quiet(quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    tell = teller(quiet, as_json=False)
    tell("advice", text="The key was lost.")
    tell("advice", row=3, text="There is no dose in the order.")
    tell("day", day="2024-02-29")
    said = capsys.readouterr()
    assert said.out == ""
    first, second, day = said.err.splitlines()
    assert (first, second) == (
        "handouts: The key was lost.",
        "handouts: row 3: There is no dose in the order.",
    )
    assert "2024-02-29" in day


def refused(asked: Asked) -> str:
    """What is said of a call that is refused."""
    with pytest.raises(RequestError) as caught:
        run_batch(asked)
    return str(caught.value)


@pytest.mark.parametrize("asked", [Asked(template="csv"), Asked(sample=3)], ids=["template", "sample"])
def test_a_table_that_is_there_is_never_replaced(tmp_path: Path, asked: Asked) -> None:
    path = tmp_path / "patients.csv"
    call = Asked(template=asked.template, sample=asked.sample, output=path)
    assert run_batch(call) == 0
    path.write_text("ref,routine")
    assert refused(call) == f"{path}: is there already. Name a new file, so that no table is lost."
    assert path.read_text() == "ref,routine"


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_table_ends_in_its_kind(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"patients.{'csv' if kind == 'xlsx' else 'xlsx'}"
    said = refused(Asked(template=kind, output=path))
    assert said == f"{path}: is no name for {kind}. Name it patients.{kind}."
    assert run_batch(Asked(template=kind, output=tmp_path / f"patients.{kind.upper()}")) == 0
