"""Speed, as numbers of calls: they are the same on every machine, so nothing here fails for being slow.

And what speed must never change: the bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import ParamSpec

import pytest
from sheets import SHEETS, Sheet, library

from benchmarks.caches import caches, empty, places
from benchmarks.stages import REST, SEAMS, found
from handouts.pipeline import compose
from handouts.plan import Plan

P = ParamSpec("P")

_TWICE = 2.2  # what twice as much may cost, in parts of the cost of half of it
_PLAN = Plan(person="Ada Abara", clinic="Riverside MS Clinic", note="Mornings.", date=dt.date(2026, 3, 3))
_MIXED = [sheet for sheet in SHEETS if sheet.form == "sheet"][:4]


def _calls(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> int:
    """How many Python functions are called."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        work(*args, **kwargs)
    finally:
        sys.setprofile(None)
    return count


def _made(count: int, person: str = "Ada Abara", day: int = 3) -> bytes:
    """A handout of so many stretches."""
    plan = replace(_PLAN, stretches=library().ids[:count], person=person, date=dt.date(2026, 3, day))
    return compose(plan, library())


def _all_made(first: int, people: int) -> None:
    for number in range(first, first + people):
        _made(5, f"Ben {chr(ord('A') + number)}brandt", 1 + number)


@pytest.mark.parametrize(("person", "day"), [("Ada Abara", 3), ("Carmen Díaz", 17)])
def test_the_next_handout_of_its_kind_costs_a_small_share_of_the_first(person: str, day: int) -> None:
    _made(5)  # reads the content
    empty()
    first = _calls(_made, 5)
    assert _calls(_made, 5, person, day) < first / 5


def test_twice_as_many_handouts_cost_twice_as_much() -> None:
    _made(5)
    once = _calls(_all_made, 0, 8)
    assert once < _calls(_all_made, 8, 16) < once * _TWICE


def test_twice_as_many_stretches_cost_no_more_than_twice_as_much() -> None:
    _made(16)
    counts = {}
    for count in (8, 16):
        empty()
        first, next_one = _calls(_made, count), _calls(_made, count, "Carmen Díaz", 17)
        counts[count] = first, next_one
    for half, whole in zip(counts[8], counts[16], strict=True):
        assert half < whole < half * _TWICE


@pytest.mark.parametrize("sheet", _MIXED, ids=str)
def test_the_same_bytes_with_full_empty_and_no_caches(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    full = compose(sheet.plan, library())
    assert compose(sheet.plan, library()) == full
    empty()
    assert compose(sheet.plan, library()) == full
    for holder, name, cache in [*places()]:
        monkeypatch.setattr(holder, name, cache.__wrapped__)
    assert not caches()
    assert compose(sheet.plan, library()) == full


def test_the_same_bytes_in_any_order_and_company() -> None:
    plans, alone = [sheet.plan for sheet in _MIXED], []
    for plan in plans:
        empty()
        alone.append(compose(plan, library()))
    empty()
    assert [compose(plan, library()) for plan in plans] == alone
    empty()
    assert [compose(plan, library()) for plan in reversed(plans)] == alone[::-1]


def test_every_cache_that_texts_can_fill_has_a_bound() -> None:
    _made(1)
    boundless = {name for name, cache in caches().items() if cache.cache_info().maxsize is None}
    # By file names, classes, fonts' glyphs and tones: of those there are only so many.
    assert boundless <= {
        "handouts.library._adapter", "handouts.ready._makers", "handouts.pdf.metadata._srgb",
        "handouts.resources.folder", "handouts.text.faces.Face.advance", "handouts.text.faces.Face.glyph",
        "handouts.text.subset._kind", "handouts.tones.tone", "handouts.wording.rules._any_of",
    }  # fmt: skip


@pytest.mark.parametrize(("stage", "module", "name"), SEAMS, ids=[f"{m}.{n}" for _, m, n in SEAMS])
def test_every_seam_of_the_profile_is_there(stage: str, module: str, name: str) -> None:
    assert callable(found(module, name)[2])


def test_the_profile_sees_every_stage() -> None:
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "benchmarks.work", "stages", "standard", "2"]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    seen = {row["stage"]: row for row in json.loads(done.stdout)}
    assert [stage for stage, row in seen.items() if not row["entered"]] == [REST]
    assert all(row["first"] > 0 for row in seen.values())
