"""A clinic's own stretches at the limits of what is legal: nothing leaves the frame, nothing is torn or lost."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from drawings import figures, picture
from kit.readers import letters, pdfium_text
from kit.validators import broken_streams, page_failures
from sheets import DAY
from test_user_text import assert_in_frame

from handouts.errors import ContentError
from handouts.layout.edition import EDITIONS, PAPERS, Geometry
from handouts.library import open_library
from handouts.picture import written
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, PAPER_NAMES, Dose, Plan

SHIPPED = Path(__file__).resolve().parent.parent / "stretches" / "heel-cord-stretch.yaml"


def _sentence(length: int, word: str = "slowly ") -> str:
    return ("Move " + word * 60)[: length - 1].strip() + "."


EXTREMES: dict[str, dict[str, Any]] = {
    "long name": {"name": {"en": _sentence(160)}},
    "long word": {"name": {"en": "Streeeetch" * 12}},
    "wide word": {"name": {"en": "W" * 60}},
    "eight long steps": {"steps": {"en": [_sentence(160)] * 8}, "hold_step": 7},
    "long everything": {
        "name": {"en": _sentence(60)},
        "purpose": {"en": _sentence(160)},
        "feel": {"en": _sentence(160)},
        "steps": {"en": [_sentence(120)] * 8},
        "cautions": {"en": [_sentence(160)] * 4},
        "easier": {"en": _sentence(600)},
        "harder": {"en": _sentence(600)},
        "hold_step": 2,
    },
    "wide pictures": {"drawn": ((2100, 500, 2), (2100, 500, 6))},
    "tall pictures": {"drawn": ((500, 2000, 3), (500, 2000, 6))},
    "three pictures": {"drawn": ((1200, 1500, 1), (1200, 1500, 5), (1200, 1500, 7))},
    "a picture of the last step": {"drawn": ((2000, 2000, 7),)},
    "pictures of every third step": {
        "steps": {"en": [_sentence(120)] * 8},
        "drawn": ((900, 1900, 1), (900, 1900, 4), (1900, 700, 7)),
    },
    "few words": {"steps": {"en": ["Sit.", "Rest."]}, "cautions": {"en": []}, "flags": [], "hold_step": 1},
}


def _folder(tmp_path: Path, change: dict[str, Any], count: int = 2) -> Path:
    record = yaml.safe_load(SHIPPED.read_text("utf-8"))
    record.pop("figures", None)
    (tmp_path / "pictures").mkdir()
    sizes = change.get("drawn", ())
    words = {"figures": figures(sizes)} if sizes else {}
    words |= {key: value for key, value in change.items() if key != "drawn"}
    for n in range(count):
        (tmp_path / f"pictures/own-{n}.json").write_text(written(picture(sizes)), "utf-8")
        own = record | {"id": f"own-{n}"} | words
        (tmp_path / f"own-{n}.yaml").write_text(yaml.safe_dump(own, allow_unicode=True), "utf-8")
    return tmp_path


@pytest.mark.parametrize(("edition", "paper"), list(product(EDITION_NAMES, PAPER_NAMES)))
@pytest.mark.parametrize("kind", EXTREMES)
def test_nothing_leaves_the_frame(kind: str, edition: str, paper: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path, EXTREMES[kind])
    plan = Plan(("own-0", "own-1"), doses={"own-1": Dose(side="left")}, edition=edition, paper=paper, date=DAY)
    data = compose(plan, open_library(folder))
    assert_in_frame(data, Geometry(EDITIONS[edition], PAPERS[paper]))
    assert page_failures(data, "ua1") == []
    (tmp_path / "sheet.pdf").write_bytes(data)
    assert broken_streams(tmp_path / "sheet.pdf") == []
    read = letters(pdfium_text(tmp_path / "sheet.pdf"))
    wanted = [text for key in ("name", "steps") for text in _texts(EXTREMES[kind].get(key, {}).get("en", []))]
    assert [text for text in wanted if text.replace(" ", "") not in read] == []


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_thirty_stretches_on_one_sheet(tmp_path: Path) -> None:
    library = open_library(_folder(tmp_path, {}, 30))
    plan = Plan(tuple(f"own-{n}" for n in range(30)), edition="large", date=DAY)
    assert_in_frame(compose(plan, library), Geometry(EDITIONS["large"], PAPERS["letter"]))


def test_text_in_blocks_is_the_same_text(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8").replace("heel-cord-stretch", "own-0")
    block = text.replace(
        "purpose: {en: For tight calves and ankles.}", "purpose:\n  en: |\n    For tight calves\n    and ankles.\n"
    )
    assert block != text
    (tmp_path / "own-0.yaml").write_text(block, "utf-8")
    assert open_library(tmp_path).stretch("own-0").purpose["en"] == "For tight calves and ankles."


def test_a_text_that_is_empty_for_one_side_is_refused(tmp_path: Path) -> None:
    steps = {"steps": {"en": ["Sit.", "{|Rest left.|Rest right.}"]}, "hold_step": 1}
    with pytest.raises(ContentError, match="says nothing for one of the sides"):
        open_library(_folder(tmp_path, steps)).stretch("own-0")


def test_a_retired_stretch_is_not_given_out(tmp_path: Path) -> None:
    library = open_library(_folder(tmp_path, {"status": "retired"}))
    with pytest.raises(Exception, match="retired"):
        compose(Plan(("own-0",)), library)
