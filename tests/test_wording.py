"""`handouts check --words`: each rule of plain words, told with its file, line, value and limit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_bad_yaml import GOOD
from typer.testing import CliRunner

from handouts.cli.app import app
from handouts.wording.grade import grade, sentences, syllables

LONG = "Sit " + "and rest " * 10 + "now."


def _words(tmp_path: Path, text: str) -> tuple[int, str]:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "wall-push.yaml").write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["check", str(tmp_path / "own"), "--words"])
    return done.exit_code, done.output.replace(str(tmp_path / "own"), "own")


def test_plain_words_pass(tmp_path: Path) -> None:
    assert _words(tmp_path, GOOD) == (0, "1 stretches checked in own. All is well. Their words are plain.\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Go slowly.", LONG, "W3: 22 words in a sentence; at most 20."),
        ("For tight calves.", "This cures tight calves.", "claim: “cures” is stronger than the evidence; 0"),
        ("For tight calves.", "Helps 85% of people.", "claim: “%” is stronger"),
        ("For tight calves.", "Do it after a hot bath.", "claim: “hot bath” is stronger"),
        ("Go slowly.", "Move as the red arrow shows.", "W10: “the red” helps only those who see it"),
        ("For tight calves.", "For tight hamstrings.", "W6: “hamstrings” is a word of the field; 0 allowed."),
        ("name: {en: Wall push}", "name: {en: A push with both hands on a wall}", "name: 8 words; at most 6."),
        ("Stand near a wall.", "Carefully stand near a wall.", "W4: begins with “carefully”; 1 verb is wanted"),
        ("Stand near a wall.", "Stand tall. Press a wall.", "W4: 2 sentences in a step; 1 allowed."),
        ("Stand near a wall.", "Stand near a wall and bend one knee.", "W4: “bend” is a second action; 1"),
        ("Stand near a wall.", "Stand ½ a step from a wall.", "W7: “½” can be misread; 0 allowed."),
        ("Stand near a wall.", "Press x3 on a wall.", "W7: “x3” can be misread"),
        ("Stand near a wall.", "Do 3.", "W7: “3” has no unit; 0 allowed."),
    ],
)
def test_each_rule_tells_place_value_and_limit(tmp_path: Path, old: str, new: str, said: str) -> None:
    code, told = _words(tmp_path, GOOD.replace(old, new))
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    assert code == 1
    assert re.search(rf"handouts: own/wall-push\.yaml:{line}:\d+: {re.escape(said)}", told), told


def test_steps_that_are_hard_to_read_are_told_with_their_grade(tmp_path: Path) -> None:
    hard = "Place extremities perpendicularly opposite architectural verticality."
    _, told = _words(tmp_path, GOOD.replace("Stand near a wall.", hard))
    assert re.search(
        r"own/wall-push\.yaml:16:3: W1: the steps for both sides are grade \d+\.\d; at most 6\.", told
    )


def test_a_side_that_is_chosen_is_measured_too(tmp_path: Path) -> None:
    text = GOOD.replace("{calf|left calf|right calf}", "{calf|left calf that cures|right calf}")
    assert "“cures”" in _words(tmp_path, text)[1]


def test_faults_are_told_before_words(tmp_path: Path) -> None:
    code, told = _words(
        tmp_path, GOOD.replace("flags: [fall-risk]", "flags: [fal-risk]").replace("tight", "cured")
    )
    assert code == 1
    assert "there is no flag “fal-risk”" in told
    assert "claim" not in told


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=80))
def test_any_text_has_a_grade_or_no_words(text: str) -> None:
    if sentences(text):
        assert -4 < grade(text) < 400


@pytest.mark.parametrize(
    ("word", "count"),
    [("stretch", 1), ("table", 2), ("ease", 1), ("knees", 1), ("before", 2), ("breathe", 1), ("medicine", 3),
     ("therapist", 3), ("needed", 2), ("time", 1), ("times", 1), ("advice", 2), ("physical", 3)],
)  # fmt: skip
def test_the_syllable_counter(word: str, count: int) -> None:
    assert syllables(word) == count
