"""The benchmarks: our side of the comparison prints what it is given, and the page tells what was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from kit.readers import pdfium_text, words

from benchmarks import peers
from benchmarks.page import OURS, PAGE, placed
from benchmarks.page import peers as results
from benchmarks.table import Table

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 176"><path d="M9 9L90 90" stroke="#10303f"/></svg>'
)
_DESIGN = {
    "page": [612, 792], "margin": 54, "body": 18, "leading": 25, "h1": 34, "h2": 27, "footer": 14,
}  # fmt: skip
_FACTS = [
    ["Hold", "30 seconds"],
    ["Repeat", "3 times"],
    ["Sides", "Left"],
    ["Times a day", "2"],
    ["You need", "A mat"],
]
_DATA: dict[str, Any] = {
    "title": "Your stretches", "lang": "en-US", "design": _DESIGN, "note": "Go slowly.",
    "patient": [["Name", "Ada Abara"], ["Date", "March 3, 2026"]],
    "labels": {"note": "Note", "works": "Works on", "why": "Why", "care": "Take care", "stretch": "Stretch"},
    "stretches": [{
        "name": "Foot roll", "target": "Sole", "why": "It wakes the foot.", "facts": _FACTS, "drawing": "foot",
        "steps": ["Stand.", "Roll.", "Stop."], "caution": "Sit if you sway.", "alt": "A foot on a ball.",
    }],
    "tracker": {"title": "My week", "intro": "Tick.", "days": ["Mon", "Tue"]},
    "disclaimer": {"title": "Please read", "text": "Ask first.", "footer": "General."},
}  # fmt: skip
_HEARD = (
    "Your stretches Name Ada Abara Date March 3, 2026 Note: Go slowly. Foot roll Works on: Sole Why: It wakes "
    "the foot. Hold 30 seconds Repeat 3 times Sides Left Times a day 2 You need: A mat 1 Stand. 2 Roll. 3 Stop. "
    "Take care: Sit if you sway. My week Tick. Stretch Mon Tue Foot roll ☐ ☐ Please read Ask first."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "drawings").mkdir()
    (tmp_path / "drawings" / "foot.svg").write_text(_SVG, encoding="utf-8")
    return tmp_path


def test_our_side_of_the_comparison_prints_what_it_is_given(folder: Path) -> None:
    peers.batch([_DATA, _DATA], folder, folder)
    first, second = folder / "0000.pdf", folder / "0001.pdf"
    assert first.read_bytes() == second.read_bytes()
    assert words(pdfium_text(first)) == _HEARD
    with pikepdf.open(first) as pdf:
        sizes = [[float(side) for side in page.MediaBox][2:] for page in pdf.pages]
    assert sizes == [_DESIGN["page"]] * 3


def test_a_goal_that_is_missed_is_said_to_be() -> None:
    costs = {
        "cold_s": 0.2,
        "cold_rss_mib": 40.0,
        "warm_docs_s": 1000.0,
        "batch_cpu_ms": 1.0,
        "batch_rss_mib": 50.0,
    }
    sizes = {"batch_bytes": 20000.0, "ms_per_added_stretch": 1.0}
    checks = {"footers": [7, 7], "ua1": True, "heard": 1.0, "alt": 5, "figures": 5}
    row = costs | sizes | checks
    table = {
        OURS: row,
        "typst": row | {"warm_docs_s": 100.0},
        "weasyprint": row | {"warm_docs_s": 9.0, "batch_bytes": -1.0},
    }
    floor = {OURS: {"docs_per_s": {"deflate pages + write": 2001.0}}}
    _, goals, _ = results({"table": table, "floor": floor})
    met = {row[0]: row[-1] for row in goals.rows}
    assert met["warm batch, documents a second, to typst"] == "yes"  # just ten times
    assert met["warm batch, documents a second, to WeasyPrint"] == "yes"
    assert met["warm batch, to “deflate the page streams and write”"] == "**no**"
    assert met["one handout, cold, to WeasyPrint"] == "**no**"
    assert met["bytes of a batch document, to WeasyPrint"] == "lost in noise"
    assert met["one more stretch in a document, to typst"] == "yes"


def test_results_take_the_place_of_those_before() -> None:
    page = "Before\n<!-- own -->\nold\n<!-- /own -->\nAfter\n"
    table = Table.of("Times", [{"process": "one", "ms": 12.345}, {"process": "all", "ms": 1234.5}])
    once = placed(page, "own", table.markdown())
    assert placed(once, "own", table.markdown()) == once
    assert "old" not in once
    assert once.startswith("Before\n") and once.endswith("After\n")
    assert "| one | 12.3 |\n| all | 1,234 |" in once
    with pytest.raises(LookupError):
        placed(page, "peers", "")


def test_the_page_has_a_place_for_both_results() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for mark in ("peers", "own"):
        assert "new" in placed(page, mark, "new")
