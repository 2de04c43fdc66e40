"""The tags and words of three sheets, as text. `pytest --update-golden` writes them anew: read the difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.readers import pdfium_text
from sheets import Sheet, made

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("edition", ["standard", "large", "giant"])
def test_tags_and_words(edition: str, update_golden: bool) -> None:
    tree = "".join(f"{tag} {text}\n" for tag, text in pdfium_text(made(Sheet(edition, "letter", 2))))
    path = GOLDEN / f"two-stretches-{edition}.txt"
    if update_golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(tree, "utf-8")
    assert tree == path.read_text("utf-8")
