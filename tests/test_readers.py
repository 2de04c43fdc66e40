"""Every sheet read back by three readers, word for word and in order."""

from __future__ import annotations

import pytest
from kit.readers import READERS, artifacts, collapsed, letters, words
from sheets import SHEETS, Sheet, library, made, script


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_the_words_are_those_of_the_content(sheet: Sheet, reader: str) -> None:
    found, wanted = READERS[reader](made(sheet)), script(sheet.plan)
    if reader == "pdf.js":
        # It makes a space of every line end, also within an address that is longer than a line.
        assert letters(found) == wanted.replace(" ", "")
    else:
        assert words(found) == wanted


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_every_foot_has_the_short_disclaimer_and_the_page(sheet: Sheet) -> None:
    feet = [collapsed(text) for text in artifacts(made(sheet))]
    short = library().about.short["en"]
    wanted = [f"{short} Page {page} of {len(feet)}" for page in range(1, len(feet) + 1)]
    assert [foot for foot, ending in zip(feet, wanted, strict=True) if not foot.endswith(ending)] == []
