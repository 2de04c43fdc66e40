"""Pictures: what is read, how it is painted, on which side, and what is refused."""

from __future__ import annotations

import re
import zlib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from drawings import figures, panel, picture
from kit.checklist import EDITIONS as RULE_LIMITS
from kit.checklist import RULES, Expected
from kit.glyphs import read as read_pdf
from kit.painted import WHITE
from kit.readers import letters, pdfium_text
from sheets import DAY, library

from handouts import tones
from handouts.check import check
from handouts.errors import ContentError
from handouts.handout import resolve
from handouts.layout.edition import EDITIONS
from handouts.layout.pictures import form, stripes
from handouts.library import open_library
from handouts.picture import MOST_BYTES, Panel, Picture, Stroke, parsed, read, segments, written
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, Dose, Plan
from handouts.tones import NAMES, PATCH, SOLID, TONES, tone

SHIPPED = Path(__file__).resolve().parent.parent / "stretches" / "heel-cord-stretch.yaml"
SIZES = ((1200, 1500, 2), (1200, 1500, 5))
DRAWN = [id for id in library().ids if library().stretch(id).figures]


def _channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def test_black_lines_stand_out_on_every_tone() -> None:
    weak = {
        name: round(tones.luminance(_channels(tone(name))), 3)
        for name in NAMES
        if name.partition(".")[0] not in SOLID and tones.luminance(_channels(tone(name))) < 0.30
    }
    assert weak == {}  # C3: 0.30 is 7:1 with black
    assert tones.luminance(_channels(PATCH)) >= 0.30


def test_shade_and_far_are_darker_in_grey() -> None:
    for base in TONES:
        near, far, shade = (tones.luminance(_channels(tone(base + end))) for end in ("", ".far", ".shade"))
        assert near >= far >= shade
    for base in ("skin-light", "top-a", "top-b", "top-c", "top-d"):
        near, far = (tones.luminance(_channels(tone(base + end))) for end in ("", ".far"))
        assert near - far > 0.05


@pytest.mark.parametrize(("upper", "lower"), list(product("abcd", repeat=2)))
def test_clothes_that_meet_are_apart_in_grey(upper: str, lower: str) -> None:
    top, bottom = (tones.luminance(_channels(tone(name))) for name in (f"top-{upper}", f"bottom-{lower}"))
    assert (top + 0.05) / (bottom + 0.05) > 1.5


@pytest.mark.parametrize("name", ["grey", "skin-light.near", "", "top-a.shade.far"])
def test_an_unknown_tone_is_refused(name: str) -> None:
    assert name not in NAMES
    with pytest.raises(KeyError):
        tone(name)


def test_a_picture_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = picture(SIZES)
    (tmp_path / "own.json").write_text(written(made), "utf-8")
    assert read(tmp_path / "own.json") == made
    assert read(tmp_path / "own.json") is read(tmp_path / "own.json")


_GOOD = written(picture(SIZES[:1]))


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "nothing", _GOOD.replace('"fill"', '"film"'), _GOOD.replace("hair-black", "hair-blue"),
        _GOOD.replace('"outline"', '"outlyne"'), _GOOD.replace("M20 20", "m20 20"), _GOOD.replace("M20 20", "M20"),
        _GOOD.replace("M20 20", "M20 20 Q"), _GOOD.replace("M20 20", "M2.5 20"),
        _GOOD.replace("M20 20", "M999999 1"), _GOOD.replace("1000,", "0,"), _GOOD.replace("1000,", "true,"),
        _GOOD.replace("1000,", '"1000",'), "[" * 9000, _GOOD.replace("M20 20", "M20 20" + "1" * 3000 + "x"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parsed(text)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(_GOOD + " " * MOST_BYTES, "utf-8")
    with pytest.raises(ValueError, match="1 MB"):
        read(tmp_path / "own.json")


def test_a_path_in_absolute_points() -> None:
    path = "M10 20c1 2 3 4 5 6 1 1 2 2 3 3l-4-5zM1 2l3 4"
    assert list(segments(path)) == [
        ("M", (10, 20)),
        ("c", (11, 22, 13, 24, 15, 26)),
        ("c", (16, 27, 17, 28, 18, 29)),
        ("l", (14, 24)),
        ("z", ()),
        ("M", (1, 2)),
        ("l", (4, 6)),
    ]


def test_stripes_stand_at_45_degrees_in_their_box() -> None:
    found = stripes("M100 100l300 0l0 200l-300 0z", 8)
    assert len(found) > 5
    assert all(x2 - x1 == y2 - y1 > 0 for x1, y1, x2, y2 in found)
    assert all(100 <= x <= 400 and 100 <= y <= 300 for a, b, c, d in found for x, y in ((a, b), (c, d)))


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_lines_have_the_widths_of_their_edition(edition: str) -> None:
    """C11: outline, overlap, prop and arrow; crease, face, strand and hatch at half."""
    stroke, unit = EDITIONS[edition].stroke, 0.1
    widths: dict[str, float] = {}
    for name in ("outline", "overlap", "prop", "crease", "face", "strand"):
        mark = Stroke("line", name, "M0 0l9 9")
        ops = form(Panel(10, 10, 1000, (mark,)), False, unit, stroke).ops.decode()
        widths[name] = float(re.findall(r"([\d.]+) w", ops)[0]) * unit
    assert widths == pytest.approx({name: stroke * (0.5 if name in ("crease", "face", "strand") else 1)
                                    for name in widths})  # fmt: skip


def test_a_mirrored_picture_is_the_same_drawing() -> None:
    one, other = (form(panel(1200, 1500), mirrored, 0.1, 1.0) for mirrored in (False, True))
    assert one.ops is other.ops or one.ops == other.ops
    assert other.matrix == (-0.1, 0.0, 0.0, 0.1, 120.0, 0.0)


def _own(tmp_path: Path, change: dict[str, Any] | None = None, drawn: bool = True) -> Path:
    record = yaml.safe_load(SHIPPED.read_text("utf-8")) | {"id": "own", "figures": figures(SIZES)}
    record |= change or {}
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(record, sort_keys=False), "utf-8")
    (tmp_path / "pictures").mkdir()
    if drawn:
        (tmp_path / "pictures" / "own.json").write_text(written(picture(SIZES)), "utf-8")
    return tmp_path


def _sheet(folder: Path, side: str, edition: str = "standard") -> Path:
    plan = Plan(("own",), doses={"own": Dose(side=side)}, edition=edition, date=DAY)  # type: ignore[arg-type]
    path = folder / f"{side}-{edition}.pdf"
    path.write_bytes(compose(plan, open_library(folder)))
    return path


def test_one_side_mirrors_the_picture_and_chooses_its_words(tmp_path: Path) -> None:
    folder = _own(tmp_path)
    sheets = {side: read_pdf(_sheet(folder, side)) for side in ("both", "left", "right")}
    alts = {
        side: next(e.alt for e in sheet.structure.elements if e.tag == "Figure") for side, sheet in sheets.items()
    }
    assert ["one foot" in alts["both"], "left foot" in alts["left"], "right foot" in alts["right"]] == [True] * 3
    middles = {side: _tinted(sheet) for side, sheet in sheets.items()}
    assert middles["both"] == pytest.approx(middles["right"], abs=0.1)
    assert middles["left"] > 0.8 > 0.2 > middles["right"]


def _tinted(sheet: Any) -> float:
    """Where the first tint stands in its figure, 0 at the left and 1 at the right."""
    shapes = [shape for shape in sheet.shapes if shape.tag == "Figure"]
    (tint, *_) = [s for s in shapes if max(abs(a - b) for a, b in zip(s.color, (0.965, 0.694, 0.518), strict=True))
                  < 0.005]  # fmt: skip
    box = next(e for e in sheet.structure.elements if e.index == tint.element).attributes["BBox"].split()
    return float(((tint.box[0] + tint.box[2]) / 2 - float(box[0])) / (float(box[2]) - float(box[0])))


def test_captions_name_the_steps_as_they_are_printed(tmp_path: Path) -> None:
    folder = _own(tmp_path)
    both, left = (letters(pdfium_text(_sheet(folder, side))) for side in ("both", "left"))
    assert "Start:step2" in both
    assert "Stretch:step5" in both
    assert "Start:step3" in left  # "Work your left foot only." comes first
    assert "Stretch:step6" in left


def test_the_stripes_are_explained_once_a_stretch(tmp_path: Path) -> None:
    assert letters(pdfium_text(_sheet(_own(tmp_path), "both"))).count("Thestripedareashowswhere.") == 1


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_an_arrow_has_white_beside_it_and_hatches_are_fine(edition: str, tmp_path: Path) -> None:
    stroke = EDITIONS[edition].stroke
    shapes = [s for s in read_pdf(_sheet(_own(tmp_path), "both", edition)).shapes if s.tag == "Figure"]
    halos = [s.line_width for s in shapes if s.kind == "stroke" and s.color == WHITE]
    assert max(halos) == pytest.approx(4 * stroke, abs=0.05)
    assert min(s.line_width for s in shapes if s.kind == "stroke") == pytest.approx(stroke / 2, abs=0.02)


def test_a_panel_is_one_form_and_no_tags_stand_in_it(tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.open(_sheet(_own(tmp_path), "both")) as pdf:
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        assert len(forms) == 1  # the two panels are alike: painted once, used twice
        assert b"BDC" not in forms[0].read_bytes()


def _findings(folder: Path) -> list[str]:
    return [str(finding) for finding in check(open_library(folder))]


def test_a_missing_picture_is_named_with_what_draws_it(tmp_path: Path) -> None:
    (found,) = _findings(_own(tmp_path, drawn=False))
    assert re.search(r"own.yaml:\d+:\d+: the picture .*pictures/own.json is missing", found)
    assert found.endswith(f"python -m handouts.figures draw own --stretches {tmp_path}")
    with pytest.raises(ContentError, match="is missing"):
        compose(Plan(("own",)), open_library(tmp_path))


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    folder = _own(tmp_path)
    (folder / "pictures" / "own.json").write_text("{}", "utf-8")
    (found,) = _findings(folder)
    assert "own.json: is no picture" in found


def test_a_picture_of_other_panels_is_named(tmp_path: Path) -> None:
    folder = _own(tmp_path)
    (folder / "pictures" / "own.json").write_text(written(picture(SIZES[:1])), "utf-8")
    (found,) = _findings(folder)
    assert "there are 2 panels here, and 1 in the picture" in found


FEEL = library().stretch("heel-cord-stretch").feel["en"]
LONG = f"A person sits on a bed with the {{left|right|{'z' * 110}}} leg out straight."


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("step", 8, "there is no step 8, the stretch has 7"),
        ("alt", {"en": LONG}, "the alt text has 160"),
        ("alt", {"en": "A person {pulls."}, "a brace, { or }, has no meaning"),
        ("alt", {"en": "{Left.||Right.}"}, "says nothing for one of the sides"),
        ("alt", {"en": FEEL}, "the alt text is the feel line again"),
        ("step", "2", "should be a whole number"),
        ("person", {"hip_l": {"flex": 200}}, "hip bends: 200 degrees, allowed -35 to 135"),
        ("person", {"hip_l": {"flexx": 20}}, "is not a key we know. Did you mean flex?"),
        ("person", {"knee_l": "bent"}, "should be a number"),
        ("person", {"foot_l": {"at": [0, 0], "knee": "sideways"}}, "is not one of"),
        ("highlight", ["calf"], "should be a muscle and a side, such as calf_r"),
        ("arrows", [{"follow": "nose!"}], "is no name that a picture knows"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_panel_is_named_at_its_place(
    key: str, value: object, problem: str, tmp_path: Path
) -> None:
    record = figures(SIZES)
    record["panels"][1][key] = value
    found = _findings(_own(tmp_path, {"figures": record}))
    assert len(found) == 1, found
    assert problem in found[0]
    line = int(found[0].split(":")[1])
    text = (tmp_path / "own.yaml").read_text("utf-8").splitlines()
    assert line > next(n for n, part in enumerate(text, 1) if part.startswith("figures:"))


def test_shipped_pictures_cost_little() -> None:
    sizes = {False: [0], True: [0]}
    for id in DRAWN:
        found = library().picture(library().stretch(id))
        assert isinstance(found, Picture)
        for drawn in found.panels:
            packed = zlib.compress(form(drawn, False, 0.1, 1.0).ops, 9)
            sizes[any(mark.name.startswith(("wheel", "helper")) for mark in drawn.marks)].append(len(packed))
    assert max(sizes[False]) <= 12_000
    assert max(sizes[True]) <= 16_000  # spokes, or two people


def test_shipped_alternative_texts_name_no_other_side_than_asked() -> None:
    for id in DRAWN:
        stretch = library().stretch(id)
        sides = ["left", "right"] if stretch.side == "each" else []
        for side in sides:
            (item,) = resolve(Plan((id,), doses={id: Dose(side=side)}), library()).items  # type: ignore[arg-type]
            assert item.mirrored == (stretch.figures is not None and stretch.figures.side not in (side, "none"))
            assert all(0 < len(item.chosen(p.alt["en"])) <= 150 for p in stretch.figures.panels)  # type: ignore[union-attr]


LYING, SITTING, STANDING, BROAD = (2000, 900), (1200, 1450), (800, 1750), (1700, 1500)


@pytest.mark.parametrize("edition", EDITION_NAMES)
@pytest.mark.parametrize("steps", [(1,), (5,), (2, 5), (3, 4), (1, 3, 6)], ids=str)
@pytest.mark.parametrize("shape", [LYING, SITTING, STANDING, BROAD], ids=str)
def test_pictures_of_any_shape_keep_every_rule(
    shape: tuple[int, int], steps: tuple[int, ...], edition: str, tmp_path: Path
) -> None:
    sizes = [(*shape, step) for step in steps]
    folder = _own(tmp_path, {"figures": figures(sizes)}, drawn=False)
    (folder / "pictures" / "own.json").write_text(written(picture(sizes)), "utf-8")
    document = read_pdf(_sheet(folder, "left", edition))
    name = library().stretch("heel-cord-stretch").name["en"]
    expected = Expected(stretches=(name,), edition=edition, paper="Letter", lang="en-US")
    rules = (RULES[key] for key in RULES if key[0] in "CDLP" and key != "P16")
    assert [finding for rule in rules for finding in rule(document, RULE_LIMITS[edition], expected)] == []
