"""Tags and words of each edition and form. `pytest --update-golden` writes them anew: read the difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.readers import pdfium_text
from sheets import Sheet, made

from handouts.plan import FORM_NAMES

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("edition", "form"),
    [("standard", "sheet"), ("large", "sheet"), ("giant", "sheet"), *(("large", form) for form in FORM_NAMES[1:])],
)
def test_tags_and_words(edition: str, form: str, update_golden: bool) -> None:
    tree = "".join(f"{tag} {text}\n" for tag, text in pdfium_text(made(Sheet(edition, "letter", 2, form))))
    path = GOLDEN / f"two-stretches-{edition if form == 'sheet' else form}.txt"
    if update_golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(tree, "utf-8")
    assert tree == path.read_text("utf-8")
