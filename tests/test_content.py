"""The words of the content against rules W1, W3, W4, W5 and W7, and against what must never be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest
from sheets import library

from handouts.check import check
from handouts.handout import Item, resolve
from handouts.model import Area, Level, Position
from handouts.plan import Dose, Plan
from handouts.sheet import sections
from handouts.sheet.stretch import stretch as stretch_section
from handouts.sheet.words import Words
from handouts.wishes import KIND, ORDER
from handouts.wording import check_words
from handouts.wording.grade import words

IDS = library().ids
SIDED = [id for id in IDS if library().stretch(id).side == "each"]


def _steps(id: str, side: str | None) -> list[str]:
    plan = Plan(stretches=(id,), doses={id: Dose(side=side)} if side else {})  # type: ignore[arg-type]
    handout = resolve(plan, library())
    section = stretch_section(Words(handout, library()), 1, handout.items[0])
    demonstration = next(block for block in section.blocks if hasattr(block, "steps"))
    return ["".join(span.text for span in step) for step in demonstration.steps]


def test_the_shipped_content_has_no_fault() -> None:
    assert check(library()) == []


def test_the_shipped_words_are_plain() -> None:
    assert check_words(library()) == []


@pytest.mark.parametrize("id", SIDED)
@pytest.mark.parametrize("side", ["left", "right"])
def test_one_side_is_named_first_and_the_other_never(id: str, side: str) -> None:
    steps = _steps(id, side)
    assert side in words(steps[0])
    assert "Do the same" not in " ".join(steps)
    plan = Plan(stretches=(id,), doses={id: Dose(side=side)})  # type: ignore[arg-type]
    handout = resolve(plan, library())
    section = stretch_section(Words(handout, library()), 1, handout.items[0])
    text = " ".join(section.script())
    assert not re.search(r"\bother\b|\beach side\b|\bboth sides\b", text), text
    assert f"Sides {Words(handout, library()).side(handout.items[0])}" in text
    assert side in Words(handout, library()).side(handout.items[0]).casefold()


def _sheet(edition: str) -> list[str]:
    plan = Plan(stretches=IDS, edition=edition, clinic="Clinic")
    return [text for part in sections(resolve(plan, library()), library()) for text in part.script()]


def test_doses_are_digits_with_a_unit() -> None:
    for item in _items():  # W7
        section = stretch_section(Words(resolve(Plan(stretches=IDS), library()), library()), 1, item)
        dose = next(block for block in section.blocks if hasattr(block, "cells"))
        values = dict(dose.cells)
        sides = values.pop("Sides", "")
        assert all(re.fullmatch(r"\d+ [a-z ]+(, \d+ [a-z ]+)?", value) for value in values.values()), values
        assert not re.search(r"\d|½|⅓|\bx\d", sides)


def test_no_dose_stands_in_a_step() -> None:
    steps = [step for id in IDS for step in library().stretch(id).steps["en"]]
    assert [step for step in steps if re.search(r"\d", step)] == []


def test_the_step_that_is_held_says_how_long() -> None:
    for id in IDS:
        stretch = library().stretch(id)
        assert stretch.hold_step and "{hold}" in stretch.steps["en"][stretch.hold_step - 1]


def _items() -> Iterator[Item]:
    yield from resolve(Plan(stretches=IDS), library()).items


@pytest.mark.parametrize("word", ["cure ", "cures", "prevent", "guarantee", "contracture", "%"])
def test_no_claim_too_strong(word: str) -> None:
    titles = [source.title for source in library().sources.values()]
    fair = ["not a cure", "100%", *titles]
    claims = [text for text in _sheet("large") if word in text and not any(part in text for part in fair)]
    assert claims == []


@pytest.mark.parametrize("edition", ["standard", "large", "giant"])
@pytest.mark.parametrize("log", [True, False])
def test_the_disclaimer_cannot_be_left_out(edition: str, log: bool) -> None:
    plan = Plan(stretches=IDS[:1], edition=edition, log=log)
    text = " ".join(t for part in sections(resolve(plan, library()), library()) for t in part.script())
    assert all(paragraph in text for paragraph in library().about.disclaimer["en"])
    assert ("Tick when done" in text) == log


def test_names_are_printed_and_never_ids() -> None:
    text = " ".join(_sheet("standard"))
    assert [id for id in IDS if re.search(rf"(?<![a-z.]){re.escape(id)}(?![a-z])", text)] == []
    assert "{" not in text


def test_stop_flags_come_first() -> None:
    for item in _items():
        section = stretch_section(Words(resolve(Plan(stretches=IDS), library()), library()), 1, item)
        text = " ".join(section.script())
        stops, asks = text.find("Do not start if:"), text.find("Ask first if:")
        for code in item.stretch.flags:
            flag = library().flags[code]
            at = text.index(flag.words["en"], max(stops, 0))
            assert asks < 0 or (at < asks) == (flag.severity == "stop"), flag


# What the clinical content base concludes must hold on every sheet


def test_the_library_is_whole() -> None:
    stretches = [library().stretch(id) for id in IDS]
    assert len(stretches) == 50
    assert len(library().routines) == 13
    assert {position for s in stretches for position in s.positions} == set(get_args(Position))
    assert {s.level for s in stretches} == set(get_args(Level))
    assert {area for s in stretches for area in s.body_area} == set(get_args(Area))
    assert [s.id for s in stretches if not s.figures] == []


# Seconds with changes, as its part E has them.
TIMES = {
    "five-to-start": 450, "five-to-start-twice": 695, "five-seated": 585, "in-bed": 670, "not-on-my-back": 670,
    "seated-wheelchair": 705, "upper-body": 552, "helper-legs": 875, "helper-arms-hands": 375, "foot-drop": 655,
    "standing": 485, "ten-minutes": 582, "three-minutes": 167,
}  # fmt: skip


@pytest.mark.parametrize("routine", library().routines)
def test_a_routine_takes_the_time_of_its_source(routine: str) -> None:
    items = resolve(Plan(routine=routine), library()).items
    kinds = [ORDER.index(item.position) for item in items]
    assert sum(item.seconds for item in items) == TIMES[routine]
    assert len({KIND[item.position] for item in items}) == 1 + sum(
        KIND[one.position] != KIND[other.position] for one, other in pairwise(items)
    ), kinds  # each kind of position comes once


@pytest.mark.parametrize("routine", library().routines)
def test_nobody_is_put_in_a_wheelchair_by_a_routine(routine: str) -> None:
    text = " ".join(t for p in sections(resolve(Plan(routine=routine), library()), library()) for t in p.script())
    assert "You sit in your wheelchair." not in text and "your wheelchair with the brakes on" not in text


def test_the_foot_is_rolled_sitting_unless_asked_for() -> None:
    routines = library().routines.values()
    assert "foot-roll" not in {portion.stretch for routine in routines for portion in routine.stretches}


@pytest.mark.parametrize("id", [id for id in IDS if library().stretch(id).level == "stands-supported"])
def test_nobody_stands_without_something_to_hold(id: str) -> None:
    stretch = library().stretch(id)
    assert {"wall", "counter", "chair-with-back"} & set(stretch.equipment)
    assert "fall-risk" in stretch.flags
    assert re.search(r"\b(hold|hands on)\b", " ".join(stretch.steps["en"]), re.IGNORECASE)


@pytest.mark.parametrize("word", ["hot ", "bath", "shower", "% of", "most people with MS", "proven"])
def test_no_sheet_sends_anyone_to_a_bath_or_counts_people(word: str) -> None:
    assert [text for text in _sheet("standard") if word in text] == []


def test_the_evidence_is_told_as_it_is() -> None:
    text = " ".join(_sheet("standard"))
    assert "Stretching may ease stiffness for a while." in text
    assert "It is not a cure." in text and "seemed to help about the same" in text
    assert "was not written for people with MS" in text and "No source gives a time for numbers" in text


def test_every_draft_says_so() -> None:
    assert {library().stretch(id).status for id in IDS} == {"draft"}
    for routine in library().routines:
        plan = Plan(routine=routine)
        texts = [t for part in sections(resolve(plan, library()), library()) for t in part.script()]
        assert sum("Not yet reviewed by a clinician" in text for text in texts) == 2  # the head, and about
