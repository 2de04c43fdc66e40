"""The forms beside the full sheet: what each holds, what it leaves out, and what does not fit."""

from __future__ import annotations

import re
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from drawings import figures, picture
from kit.checklist import EDITIONS as RULE_LIMITS
from kit.checklist import RULES, Expected
from kit.glyphs import Document, read
from kit.readers import collapsed
from sheets import DAY, STRETCHES, Sheet, library, made
from test_extreme_content import EXTREMES
from test_extreme_content import _folder as extreme_folder
from test_user_text import assert_in_frame

from handouts.errors import RequestError
from handouts.handout import resolve
from handouts.layout.edition import EDITIONS, MM, PAPERS, Geometry
from handouts.library import Library, open_library
from handouts.picture import written
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, Dose, Plan
from handouts.sheet import sections
from handouts.wording.grade import grade, sentences, words

SHIPPED = Path(__file__).resolve().parent.parent / "stretches" / "heel-cord-stretch.yaml"
HANDS = "One hand under the heel, one above the knee."


def _text(plan: Plan, shelf: Library | None = None) -> str:
    shelf = shelf or library()
    return " ".join(text for part in sections(resolve(plan, shelf), shelf) for text in part.script())


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [collapsed(page.get_textpage().get_text_bounded()) for page in document]


def _read(plan: Plan, folder: Path, shelf: Library | None = None) -> Document:
    (folder / "form.pdf").write_bytes(compose(plan, shelf or library()))
    return read(folder / "form.pdf")


@pytest.mark.parametrize(("form", "edition"), list(product(FORM_NAMES, EDITION_NAMES)))
def test_every_form_holds_the_whole_disclaimer(form: str, edition: str) -> None:
    text = _text(Plan(STRETCHES[:1], form=form, edition=edition))
    assert all(paragraph in text for paragraph in library().about.disclaimer["en"])


@pytest.mark.parametrize("form", FORM_NAMES)
def test_the_words_of_a_form_are_plain(form: str) -> None:
    handout = resolve(Plan(STRETCHES[:3], form=form), library())
    parts = [text for part in sections(handout, library()) for text in part.script()]
    prose = [text for text in parts if text.endswith((".", ":")) and len(words(text)) > 3]
    assert grade(" ".join(prose)) <= 6  # W1
    assert max(len(words(sentence)) for text in prose for sentence in sentences(text)) <= 20  # W3


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_the_page_that_hangs_holds_names_doses_and_when_to_stop(edition: str) -> None:
    front, back, *_ = _pages(made(Sheet(edition, "letter", 1, "fridge")))
    for part in ("Hip crossovers", "2 times", "Stop if it hurts.", "local emergency number", "María López"):
        assert part in front
    assert back.startswith("About this sheet The page to hang is only a reminder.")
    assert "Lie on your back" not in front


@pytest.mark.parametrize("paper", PAPER_NAMES)
def test_more_stretches_make_pictures_and_type_no_larger(paper: str, tmp_path: Path) -> None:
    found = []
    for count in (1, 2, 3, 4):
        document = _read(Plan(STRETCHES[:count], form="fridge", paper=paper, date=DAY), tmp_path)
        boxes = [element.attributes["BBox"] for element in document.structure.elements if element.tag == "Figure"]
        left, bottom, right, top = map(float, boxes[0].split())
        name = next(line for line in document.lines if line.tag == "H2")
        found.append((max(right - left, top - bottom) / MM, name.size))
    assert found[0][0] > 55 > found[-1][0] >= 27
    assert found[0][1] == 27 and found[-1][1] >= 18
    assert all(side * size >= smaller * lower for (side, size), (smaller, lower) in pairwise(found))


@pytest.mark.parametrize(("edition", "paper"), list(product(EDITION_NAMES, PAPER_NAMES)))
def test_what_does_not_fit_is_refused_with_how_many_would(edition: str, paper: str) -> None:
    def plan(count: int) -> Plan:
        return Plan(STRETCHES[:count], form="fridge", edition=edition, paper=paper, date=DAY)

    with pytest.raises(RequestError) as caught:
        compose(plan(8), library())
    message = str(caught.value)
    found = re.fullmatch(
        rf"--form fridge: 8 stretches do not fit on one page of {edition} print \({paper} paper\); "
        r"the first (\d) would\. Choose fewer stretches( or smaller print)?\.",
        message,
    )
    assert found, message
    assert bool(found[2]) == (edition != "standard")
    most = int(found[1])
    assert most >= {"standard": 5, "large": 4, "giant": 2}[edition]
    compose(plan(most), library())
    with pytest.raises(RequestError):
        compose(plan(most + 1), library())


def test_the_first_routine_hangs_with_names_and_its_note(tmp_path: Path) -> None:
    plan = Plan(routine="five-to-start", form="fridge", person="María López", clinic="Riverside MS Clinic")
    front = _pages(_read(plan, tmp_path).path)[0]
    assert "if you do not stand safely" in front and "5 Calf stretch on a half roller" in front


def test_a_note_that_leaves_no_room_is_named() -> None:
    plan = Plan(STRETCHES[:1], form="fridge", edition="giant", note="Slowly. " * 100)
    with pytest.raises(
        RequestError, match=r"the stretch does not fit .* Choose smaller print or a shorter note\."
    ):
        compose(plan, library())


def test_notes_are_lines_and_never_a_field_on_a_screen() -> None:
    with pikepdf.open(made(Sheet("large", "letter", 5, "log"))) as pdf:
        assert "/AcroForm" not in pdf.Root
        notes: list[Any] = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        assert {str(note.Subtype) for note in notes} == {"/Link"}
        fields = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Form"]
        assert [(str(field.Alt), str(field.A.Desc)) for field in fields] == [("Lines to write on",) * 2] * 2
        assert {str(field.A.O) for field in fields} == {"/PrintField"}


def test_a_page_that_hangs_has_lines_where_there_is_room(tmp_path: Path) -> None:
    for count, wanted in ((1, True), (4, False)):
        document = _read(Plan(STRETCHES[:count], form="fridge", date=DAY), tmp_path)
        assert any(element.tag == "Form" for element in document.structure.elements) == wanted


def test_a_log_is_ticks_and_notes() -> None:
    one, two = (_text(Plan(STRETCHES[:count], form="log")) for count in (1, 2))
    assert one.count("Tick when done") == 28 and "My four weeks Hip crossovers Tick a box" in one
    assert two.count("Tick when done") == 14
    for text in (one, two):
        assert "Lie on your back" not in text
        assert "How was it? Write here:" in text


def test_a_log_without_ticks_is_refused() -> None:
    with pytest.raises(RequestError, match="Leave out --no-log"):
        Plan(STRETCHES[:1], form="log", log=False)


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(RequestError, match=r"form is 'frige'. Did you mean fridge\?"):
        Plan(STRETCHES[:1], form="frige")


def _helped(folder: Path) -> Library:
    """A folder with a stretch that a helper does."""
    record = yaml.safe_load(SHIPPED.read_text("utf-8"))
    sizes = ((2000, 900, 2), (2000, 900, 6))
    record |= {"id": "own", "level": "needs-helper", "hands": {"en": HANDS}, "positions": ["supine"]}
    record |= {"name": {"en": "Helped leg lift"}, "figures": figures(sizes)}
    (folder / "pictures").mkdir()
    (folder / "pictures" / "own.json").write_text(written(picture(sizes)), "utf-8")
    (folder / "own.yaml").write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    return open_library(folder)


def test_a_helper_hears_rules_and_stop_first_then_hands_then_steps(tmp_path: Path) -> None:
    text = _text(Plan(("own", "hip-crossovers"), form="helper"), _helped(tmp_path))
    parts = [
        "Stretches with a helper",
        "For the helper",
        "They can say stop at any time.",
        "Agree on how to say stop",
        "Two blinks",
        "In short",
        "1 Helped leg lift",
        "They lie on their back.",
        "How often 1 time a day",
        f"Your hands. {HANDS}",
        "Take care.",
        "Read aloud. Do not start if:",
        "1 Sit on the edge",
        "2 Hip crossovers",
        "Your part. Get things ready, stay near and watch. They do the steps.",
        "Take care.",
        "1 Lie on your back",
        "Stop and get help",
        "if they have:",
        "About this sheet",
    ]
    at = 0
    for part in parts:
        at = text.index(part, at)


def test_the_full_sheet_tells_a_helper_whom_the_warnings_are_for(tmp_path: Path) -> None:
    text = _text(Plan(("own", "hip-crossovers")), _helped(tmp_path))
    assert "They lie on their back. Hold" in text and "You lie on your back with" in text
    assert text.count("Read aloud. Ask first if:") == 1 and text.count(" Ask first if:") == 2
    assert "Your part." not in text


@pytest.mark.parametrize(("edition", "paper"), list(product(EDITION_NAMES, PAPER_NAMES)))
def test_a_helper_form_keeps_every_rule(edition: str, paper: str, tmp_path: Path) -> None:
    plan = Plan(("own",), doses={"own": Dose(side="left")}, form="helper", edition=edition, paper=paper, date=DAY)
    document = _read(plan, tmp_path, _helped(tmp_path))
    expected = Expected(
        stretches=("Helped leg lift",),
        edition=edition,
        form="helper",
        paper={"a4": "A4", "letter": "Letter"}[paper],
    )
    found = [finding for rule in RULES.values() for finding in rule(document, RULE_LIMITS[edition], expected)]
    assert found == []


@pytest.mark.parametrize("form", ["fridge", "log", "helper"])
@pytest.mark.parametrize("kind", ["long name", "wide word", "long everything", "tall pictures", "few words"])
def test_nothing_leaves_the_frame(kind: str, form: str, tmp_path: Path) -> None:
    shelf = open_library(extreme_folder(tmp_path, EXTREMES[kind]))
    for edition in ("standard", "giant"):
        try:
            data = compose(Plan(("own-0", "own-1"), form=form, edition=edition, date=DAY), shelf)
        except RequestError as problem:
            assert form == "fridge" and "not fit" in str(problem)
            continue
        assert_in_frame(data, Geometry(EDITIONS[edition], PAPERS["letter"]))
