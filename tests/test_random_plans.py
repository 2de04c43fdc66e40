"""Random plans with random text: the file still validates, and reads back equal."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.readers import pdfium_text, words
from kit.validators import broken_streams, page_failures
from sheets import library, script

from handouts.errors import RequestError
from handouts.model import Side, Stretch
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, Dose, Plan
from handouts.text.coverage import first_unprintable

# Every letter that can be printed, and the marks of syntax and markup more often.
_SYNTAX = "abcXYZ0159 .,;:!?'’“”()[]{}<>/\\|&%$#@*-–—_=+"
_ALL = "".join(char for char in map(chr, range(0x20, 0x2FFF)) if not first_unprintable(char))
_LETTERS = _SYNTAX * 12 + _ALL
_text = st.text(alphabet=_LETTERS, max_size=60)
_word = st.text(alphabet=_LETTERS.replace(" ", ""), max_size=300)


@st.composite
def _dose(draw: st.DrawFn, stretch: Stretch) -> Dose:
    sides: list[Side | None] = ["both", "left", "right"] if stretch.side == "each" else [None]
    numbers = {
        key: draw(st.none() | st.integers(getattr(stretch, key).min, getattr(stretch, key).max))
        for key in ("hold", "repeats", "per_day", "days_per_week")
    }
    position = draw(st.sampled_from([None, *stretch.positions]))
    return Dose(side=draw(st.sampled_from(sides)), position=position, **numbers)


@st.composite
def any_plan(draw: st.DrawFn) -> Plan:
    form = draw(st.sampled_from(FORM_NAMES))
    ids = draw(st.lists(st.sampled_from(library().ids), min_size=1, max_size=4, unique=True))
    return Plan(
        stretches=tuple(ids),
        doses={id: draw(_dose(library().stretch(id))) for id in ids},
        edition=draw(st.sampled_from(EDITION_NAMES)),
        paper=draw(st.sampled_from(PAPER_NAMES)),
        form=form,
        title=draw(_text),
        person=draw(_text | _word),
        clinic=draw(_text),
        note=draw(st.lists(_text, max_size=3).map("\n".join) | _word),
        date=draw(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))),
        log=form == "log" or draw(st.booleans()),
    )


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(any_plan())
def test_any_plan_validates_and_reads_back(plan: Plan) -> None:
    try:
        data = compose(plan, library())
    except RequestError as problem:
        # What a page that hangs has no room for is refused, and nothing else is.
        assert plan.form == "fridge" and "not fit on one page" in str(problem)
        return
    assert page_failures(data, "ua1") == []
    assert page_failures(data, "2a") == []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        path.write_bytes(data)
        assert broken_streams(path) == []
        assert words(pdfium_text(path)) == script(plan)
