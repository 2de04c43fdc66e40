"""The example folder of a clinic: its sheets are sound in every edition, and every fault in it is named."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pikepdf
import pytest
from clinic import CLINIC, DAY, PUSH, SLIDE, Change, changed, heard, library, plan, run, text
from kit.checklist import EDITIONS, RULES, Expected
from kit.glyphs import read as read_pdf
from kit.readers import READERS, letters, words
from kit.validators import broken_streams, outloud_report, page_failures, qpdf_problems, verapdf_failures
from PIL import Image

from handouts.check import remarks
from handouts.layout.edition import EDITIONS as LAYOUTS
from handouts.layout.edition import PAPERS, Geometry
from handouts.layout.plates import NEARLY
from handouts.library import Library, open_library
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, PAPER_NAMES, Dose

ALTS = [
    "Logo: a bridge over two waves.",
    "Sitting at a table. Both arms are straight, the hands on a towel far out on the table.",
    "Standing upright near a wall with both hands on it.",
    "Leaning to the wall on both hands. The left leg is straight behind, the other knee is bent.",
]
ON_PAPER = dict(zip(EDITION_NAMES, (*PAPER_NAMES, "letter"), strict=True))
NOT_REVIEWED = "Not yet reviewed by a clinician"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The routine in every edition."""
    folder, made = tmp_path_factory.mktemp("sheets"), {}
    for edition, paper in ON_PAPER.items():
        made[edition] = folder / f"{edition}.pdf"
        made[edition].write_bytes(compose(plan(edition=edition, paper=paper), library()))
    return made


each_edition = pytest.mark.parametrize("edition", EDITION_NAMES)


@each_edition
def test_a_sheet_with_everything_is_valid(edition: str, sheets: dict[str, Path]) -> None:
    path = sheets[edition]
    assert [page_failures(path.read_bytes(), profile) for profile in ("ua1", "2a")] == [[], []]
    report = outloud_report(path)
    assert (report.verdict, report.errors, report.warnings) == ("pass", 0, 0), report.findings
    assert (broken_streams(path), qpdf_problems(path)) == ([], [])


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf(flavour: str, sheets: dict[str, Path]) -> None:
    found = verapdf_failures(sheets.values(), flavour)
    assert {path.name: failures for path, failures in found.items() if failures} == {}


@each_edition
@pytest.mark.parametrize("reader", READERS)
def test_it_reads_back_word_for_word(edition: str, reader: str, sheets: dict[str, Path]) -> None:
    found, wanted = (
        READERS[reader](sheets[edition]),
        heard(plan(edition=edition, paper=ON_PAPER[edition]), library()),
    )
    if reader == "pdf.js":
        assert letters(found) == wanted.replace(" ", "")
    else:
        assert words(found) == wanted


@each_edition
def test_the_alternative_texts_are_those_of_the_files(edition: str, sheets: dict[str, Path]) -> None:
    elements = read_pdf(sheets[edition]).structure.elements
    assert [element.alt for element in elements if element.tag == "Figure"] == ALTS


@each_edition
def test_the_print_rules_hold(edition: str, sheets: dict[str, Path]) -> None:
    expected = Expected(
        stretches=("Table slide", "Wall push"), title="Your Riverside plan", originator="Riverside MS Clinic",
        date="November 22, 2026", version=library().about.version, person="Ana López", edition=edition,
        paper="A4" if edition == "large" else "Letter", lang="en-US",
    )  # fmt: skip
    document = read_pdf(sheets[edition])
    assert [finding for rule in RULES.values() for finding in rule(document, EDITIONS[edition], expected)] == []


@each_edition
def test_pictures_are_as_large_as_c10_asks_and_a_logo_no_taller_than_25_mm(
    edition: str, sheets: dict[str, Path]
) -> None:
    logo, *pictures = _boxes(sheets[edition])
    assert 8 < logo[1] * 25.4 / 72 <= 25.01
    assert min(max(box) for box in pictures) >= LAYOUTS[edition].picture * NEARLY


def _boxes(path: Path) -> list[tuple[float, float]]:
    """Width and height of each figure, in points."""
    boxes = [e.attributes["BBox"].split() for e in read_pdf(path).structure.elements if e.tag == "Figure"]
    return [(float(box[2]) - float(box[0]), float(box[3]) - float(box[1])) for box in boxes]


def test_the_same_folder_gives_the_same_bytes(sheets: dict[str, Path]) -> None:
    again = compose(plan(edition="large", paper="a4"), open_library(CLINIC))
    assert again == sheets["large"].read_bytes()


def test_a_picture_of_dots_stands_in_the_file_once(sheets: dict[str, Path]) -> None:
    with pikepdf.open(sheets["standard"]) as pdf:
        images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        (image,) = images
        found = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    with Image.open(CLINIC / "pictures" / "table-slide.png") as own:
        assert (found.size, found.tobytes()) == (own.size, own.convert("RGB").tobytes())


def test_the_other_side_is_the_mirror_image_with_its_own_words(tmp_path: Path) -> None:
    found = {}
    for side in ("left", "right"):
        path = tmp_path / f"{side}.pdf"
        doses = {"riverside-wall-push": Dose(side=side)}
        path.write_bytes(compose(plan(routine="", stretches=("riverside-wall-push",), doses=doses), library()))
        document = read_pdf(path)
        *_, figure = (e for e in document.structure.elements if e.tag == "Figure")
        assert f"The {side} leg is straight behind" in figure.alt
        left, _, right, _ = map(float, figure.attributes["BBox"].split())
        (wall,) = [s for s in document.shapes if s.element == figure.index and _is(s.color, "ececea")]
        found[side] = ((wall.box[0] + wall.box[2]) / 2 - left) / (right - left)
    assert found["left"] > 0.8 and found["right"] == pytest.approx(1 - found["left"], abs=0.01)


def _is(colour: tuple[float, ...], wanted: str) -> bool:
    parts = [int(wanted[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return all(abs(a - b) < 0.003 for a, b in zip(colour, parts, strict=True))


def test_the_folder_is_used_unless_options_say_otherwise(tmp_path: Path) -> None:
    output = tmp_path / "x.pdf"
    base = ("make", "riverside-wall-push", "--stretches", CLINIC, "-o", output, "--date", "2026-11-22")
    assert "(large print, letter paper)" in run(*base).stdout
    said = text(output)
    assert "Your Riverside plan" in said and "Given by Dana Reyes, MS nurse" in said
    assert "Questions? Call Riverside MS Clinic: (555) 555-0100." in said
    assert "(giant print, a4 paper)" in run(*base, "--print", "giant", "--paper", "a4").stdout
    assert "(standard print, letter paper)" in run(*base, "--print", "standard", "--from", "Ward 3").stdout
    said = text(output)
    assert "Questions? Call Ward 3." in said
    assert not any(words in said for words in ("Dana", "555"))  # they are not of Ward 3
    assert said.count("Riverside MS Clinic") == 1  # a source
    assert len(_boxes(output)) == 2  # no logo


@each_edition
def test_a_telephone_number_is_never_broken_over_lines(edition: str, tmp_path: Path) -> None:
    names = ["C" * n for n in range(1, 40)]
    for name in names[:: 3 if edition == "giant" else 6]:
        own = changed(tmp_path, {"handouts.yaml": ("Riverside MS Clinic", name)})
        path = own / "x.pdf"
        path.write_bytes(compose(plan(edition=edition, routine="", stretches=("foot-roll",)), open_library(own)))
        assert any("(555) 555-0100." in line.text for line in read_pdf(path).lines)


def test_handouts_yaml_may_stand_alone(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "handouts.yaml").write_text(
        "clinic: Lake Clinic\nreviews: {foot-roll: {version: 1, by_role: {en: MS nurse}, on: 2026-01-02}}"
    )
    assert run("check", own).stdout == f"0 stretches checked in {own}. All is well.\n"
    assert run("make", "foot-roll", "--stretches", own, "-o", own / "x.pdf").exit_code == 0
    said = text(own / "x.pdf")
    assert "Lake Clinic" in said and "Questions? Call Lake Clinic." in said
    assert NOT_REVIEWED not in said
    assert "Reviewed by a clinician (MS nurse) on January 2, 2026." in said


def reviewed(folder: Path, *ids: str, version: int = 1) -> Library:
    """The example with the clinic's reviews of some stretches."""
    lines = "".join(f"  {id}: {{version: {version}, by_role: {{en: MS nurse}}, on: 2026-11-02}}\n" for id in ids)
    held = (CLINIC / "handouts.yaml").read_text("utf-8").partition("reviews:")[0]
    return open_library(changed(folder, {"handouts.yaml": f"{held}reviews:\n{lines}" if ids else held}))


BOTH = ("riverside-table-slide", "riverside-wall-push")


@each_edition
def test_the_sheet_says_which_stretches_nobody_has_reviewed(edition: str, tmp_path: Path) -> None:
    said = {ids: heard(plan(edition=edition), reviewed(tmp_path, *ids)) for ids in ((), BOTH[:1], BOTH[1:], BOTH)}
    assert said[()].count(f"{NOT_REVIEWED}.") == 2  # in the head, and about this sheet
    assert said[BOTH[:1]].count(f"{NOT_REVIEWED}: 2 Wall push.") == 2
    assert said[BOTH[1:]].count(f"{NOT_REVIEWED}: 1 Table slide.") == 2
    assert NOT_REVIEWED not in said[BOTH]
    assert ["(MS nurse) on November 2, 2026." in said[ids] for ids in said] == [False, True, True, True]


@pytest.mark.parametrize("version", [2, 9])
def test_a_review_of_another_version_does_not_count(version: int, tmp_path: Path) -> None:
    own = reviewed(tmp_path, *BOTH, version=version)
    said = heard(plan(), own)
    assert said.count(f"{NOT_REVIEWED}.") == 2 and "Reviewed by a clinician" not in said
    (first, second) = remarks(own, DAY)
    assert first.place.endswith("handouts.yaml:11:26")
    assert f"the review is of version {version}, the stretch is version 1." in first.problem
    assert "It does not count" in second.hint


def test_check_says_what_is_only_worth_a_look(tmp_path: Path) -> None:
    small = io.BytesIO()
    Image.new("L", (400, 300)).save(small, "PNG")
    own = changed(
        tmp_path,
        {
            "handouts.yaml": ("version: 1,", "version: 2,"),
            "pictures/table-slide.png": small.getvalue(),
            "pictures/wall-push.svg": ('stroke="#7a2048"', 'stroke="#aaa"'),
        },
    )
    result = run("check", own)
    assert result.exit_code == 0
    first, *rest = result.stdout.replace(f"{own}{os.sep}", "").splitlines()
    assert first.endswith("Nothing is wrong. Worth a look:")
    assert [line.partition(": ")[0] for line in rest] == [
        "handouts.yaml:11:26", "pictures/table-slide.png", "pictures/wall-push.svg",
    ]  # fmt: skip
    assert "100 dots an inch in giant print" in rest[1] and "1200 dots long" in rest[1]
    assert "#aaaaaa" in rest[2]


def test_a_picture_that_never_turns_is_worth_a_look(tmp_path: Path) -> None:
    held = (CLINIC / PUSH).read_text("utf-8").replace("    side: left\n", "").replace("{left|left|right}", "left")
    (found,) = remarks(open_library(changed(tmp_path, {PUSH: held})), DAY)
    assert found.place.endswith(f"{PUSH}:37:3") and "the same for the left and the right side" in found.problem


def test_long_names_stay_in_the_frame_beside_a_logo(tmp_path: Path) -> None:
    long = "W" * 160
    changes: dict[str, Change] = {
        "handouts.yaml": ("Riverside MS Clinic", long),
        SLIDE: ("Table slide", "Slow slide " * 14),
    }
    for edition, layout in LAYOUTS.items():
        path = tmp_path / "x.pdf"
        path.write_bytes(compose(plan(edition=edition, title="W" * 300), open_library(changed(tmp_path, changes))))
        room = Geometry(layout, PAPERS["letter"])
        document = read_pdf(path)
        assert max(line.x1 for line in document.lines) <= room.left + room.width + 2
        assert sum(line.text.count("W") for line in document.lines) >= 460
        logo = next(e for e in document.structure.elements if e.tag == "Figure")
        box = [float(part) for part in logo.attributes["BBox"].split()]
        (page,) = {shape.page for shape in document.shapes if shape.element == logo.index}
        under = [line for line in document.lines if line.page == page and line.y < box[3] and line.box[3] > box[1]]
        assert not [line.text for line in under if line.x1 > box[0] and line.x0 < box[2]]


def test_a_review_that_is_due_again_is_worth_a_look(tmp_path: Path) -> None:
    own = open_library(changed(tmp_path, {"handouts.yaml": ("on: 2026-11-02", "on: 2026-11-02, due: 2027-11-02")}))
    assert remarks(own, dt.date(2027, 11, 1)) == []
    (found,) = remarks(own, dt.date(2027, 11, 2))
    assert "was due again on 2027-11-02" in found.problem


def test_own_phrases_are_printed_and_ours_stay(tmp_path: Path) -> None:
    own = changed(tmp_path, {"sheet/phrases.yaml": 'given_by: {en: "With care, {clinician}"}\n'})
    said = heard(plan(note="Rest."), open_library(own))
    assert "With care, Dana Reyes, MS nurse" in said and "Note for you. Rest." in said
    assert "From your therapist. Rest." in heard(plan(note="Rest."), library())


def test_figure_writes_own_pictures_or_says_why_not(tmp_path: Path) -> None:
    for id in BOTH:
        for ending in ("pdf", "png"):
            assert run("figure", id, "--stretches", CLINIC, "-o", tmp_path / f"{id}.{ending}").exit_code == 0
        assert page_failures((tmp_path / f"{id}.pdf").read_bytes(), "ua1") == []
        refused = run("figure", id, "--stretches", CLINIC, "-o", tmp_path / "x.svg")
        assert refused.exit_code == 2 and "they are not written as SVG" in refused.stderr
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize("form", ["fridge", "log", "helper"])
def test_its_own_pictures_stand_in_every_form(form: str, tmp_path: Path) -> None:
    path, asked = tmp_path / "form.pdf", plan(form=form, paper="letter")
    path.write_bytes(compose(asked, library()))
    assert words(READERS["PDFium"](path)) == heard(asked, library())
    assert [page_failures(path.read_bytes(), profile) for profile in ("ua1", "2a")] == [[], []]
    alts = {e.alt for e in read_pdf(path).structure.elements if e.tag == "Figure"}
    assert {"fridge": ALTS[1:2] + ALTS[3:], "log": [], "helper": ALTS[1:]}[form] == sorted(
        alts - {ALTS[0]}, key=ALTS.index
    )
