"""The words of the content against rules W1, W3, W4, W5 and W7, and against what must never be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sheets import library

from handouts.check import check
from handouts.handout import Item, resolve
from handouts.plan import Dose, Plan
from handouts.sheet import sections
from handouts.sheet.stretch import stretch as stretch_section
from handouts.sheet.words import Words
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
