"""The figure engine: shipped pictures are fresh and sound, and what is drawn is what was said."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from handouts.errors import ContentError
from handouts.faults import CHOICE
from handouts.figures.fresh import is_fresh, pose_hash
from handouts.layout.pictures import form
from handouts.library import open_library
from handouts.picture import Panel, read
from handouts.poses import Figures
from handouts.resources import folder
from handouts.yamlread import read as read_yaml

ROOT = Path(__file__).parent.parent
WHOLE = bool(os.environ.get("HANDOUTS_WHOLE"))
LIBRARY = open_library()
SHIPPED = {id: figures for id in LIBRARY.ids if (figures := LIBRARY.stretch(id).figures)}
GALLERY: dict[str, Figures] = read_yaml(
    ROOT / "docs" / "poses.yaml", TypeAdapter(dict[str, Figures]), "poses.yaml"
)
FILES = {name: folder("stretches").joinpath("pictures").joinpath(f"{name}.json") for name in SHIPPED} | {
    name: ROOT / "docs" / "pictures" / f"{name}.json" for name in GALLERY
}
EVERY = {**SHIPPED, **GALLERY}
SIDES = {"left": "l", "right": "r"}


def panels() -> list[Panel]:
    return [panel for path in FILES.values() for panel in read(path).panels]


@pytest.mark.parametrize("name", EVERY)
def test_no_picture_is_stale(name: str) -> None:
    assert is_fresh(FILES[name], name, EVERY[name]), f"draw it anew: python -m handouts.figures draw {name}"


def test_nothing_lies_beside_the_pictures() -> None:
    for place, names in (
        (folder("stretches").joinpath("pictures"), SHIPPED),
        (ROOT / "docs" / "pictures", GALLERY),
    ):
        found = {item.name for item in place.iterdir() if item.name.endswith(".json")}
        assert found == {f"{name}.json" for name in names}


def test_every_stretch_of_ours_is_drawn() -> None:
    assert set(SHIPPED) == set(LIBRARY.ids)


def test_a_change_of_a_pose_makes_its_picture_stale() -> None:
    name, figures = next(iter(SHIPPED.items()))
    turned = figures.model_copy(update={"view": figures.view.model_copy(update={"round": 12.0})})
    assert pose_hash(name, turned) != pose_hash(name, figures)
    assert not is_fresh(FILES[name], name, turned)


def test_a_change_of_words_does_not() -> None:
    name, figures = next(iter(SHIPPED.items()))
    first = figures.panels[0].model_copy(update={"alt": {"en": "Something else."}})
    reworded = figures.model_copy(update={"panels": (first, *figures.panels[1:])})
    assert is_fresh(FILES[name], name, reworded)


def test_pictures_are_light() -> None:
    """As they stand in a file: painted once, compressed."""
    sizes = {
        (name, index): len(zlib.compress(form(panel, False, 0.1, 1.0).ops, 9))
        for name, path in FILES.items()
        for index, panel in enumerate(read(path).panels)
    }
    rich = {
        name for name in FILES if EVERY[name].helper or any(p.kind == "wheelchair" for p in EVERY[name].props)
    }  # two people, or spokes
    most = {key: 16 if key[0] in rich else 12 for key in sizes}
    assert {key: size for key, size in sizes.items() if size > most[key] * 1024} == {}
    assert statistics.median(sizes.values()) <= 7 * 1024


def test_no_path_leaves_the_box() -> None:
    figure_paths = pytest.importorskip("handouts.figures.paths")
    for panel in panels():
        for mark in panel.marks:
            points = figure_paths.places(mark.path)
            assert points.min() >= 0
            assert points[:, 0].max() <= panel.width
            assert points[:, 1].max() <= panel.height


def test_fills_and_patches_are_closed() -> None:
    for panel in panels():
        for mark in panel.marks:
            if mark.kind != "line":
                assert mark.path.endswith("z")
                assert mark.path.count("M") == mark.path.count("z")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_marked_side_is_the_side_the_text_names(name: str) -> None:
    """On the drawn side, what is striped is where the text says the pull is felt."""
    stretch, figures = LIBRARY.stretch(name), SHIPPED[name]
    marked = {muscle[-1] for panel in figures.panels for muscle in panel.highlight}
    if figures.side == "none":
        assert marked in (set(), {"l", "r"})
        return
    feel = CHOICE.sub(r"\2" if figures.side == "left" else r"\3", stretch.feel["en"])
    named = {SIDES[word] for word in re.findall(r"\b(left|right)\b", feel)}
    assert not marked or marked == named


@pytest.mark.parametrize("name", SHIPPED)
def test_alternative_text_names_the_sides_that_are_drawn(name: str) -> None:
    """Without a chosen side the text is that of the drawn side."""
    figures = SHIPPED[name]
    for panel in figures.panels:
        for text in panel.alt.values():
            drawn = CHOICE.sub(r"\2" if figures.side == "left" else r"\3", text)
            assert CHOICE.sub(r"\1", text) == drawn


POSE = """
side: right
person: {base: sitting, %s}
panels: [{alt: {en: Sitting.}, step: 1}]
"""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("knee_r: 190", "knee bends: 190 degrees, allowed 0 to 150"),
        ("knee_r: -10", "knee bends: -10 degrees, allowed 0 to 150"),
        ("hip_l: {flex: 170}", "hip bends: 170 degrees, allowed -35 to 135"),
        ("rest: couch", "names nothing in the picture"),
        ("hand_l: {hold: thigh, grip: towel}", "a hand does one thing"),
        ("hand_l: {hold: nose}", "nose"),
        ("hand_l: {hold: chair-top}", "nothing in the picture has one"),
        ("hand_l: {hold: wrist, of: helper}", "there is no helper"),
        ("foot_r: {at: [0.4, 0], rest: wall}", "names nothing in the picture that can carry"),
        ("neck: {twist: 120}", "neck turns: 120 degrees, allowed -80 to 80"),
    ],
)
def test_a_slip_of_the_pen_is_found_with_its_place(tmp_path: Path, words: str, message: str) -> None:
    path = tmp_path / "pose.yaml"
    path.write_text(POSE % words)
    with pytest.raises(ContentError) as caught:
        read_yaml(path, TypeAdapter(Figures), "pose.yaml")
    text = str(caught.value)
    assert message in text
    assert re.match(r"pose\.yaml:\d+:\d+: ", text)


@pytest.mark.parametrize(
    ("props", "panel", "message"),
    [
        ((), {"arrows": ({"follow": "table"},)}, "`table` names no place"),
        ((), {"close": {"about": "helper.hand_l", "radius": 0.2}}, "there is no helper"),
        (({"kind": "towel", "around": "head"},), {}, "a towel goes around a foot"),
        (({"kind": "pillow", "rest": "bed"}, {"kind": "bed"}), {}, "`rest: bed` names nothing"),
    ],
)
def test_a_place_that_is_not_there_is_found(
    props: tuple[object, ...], panel: dict[str, object], message: str
) -> None:
    whole = {"person": {"base": "standing"}, "props": props, "panels": ({"alt": {"en": "x"}, "step": 1, **panel},)}
    with pytest.raises(ValidationError, match=message):
        Figures.model_validate(whole)


def test_an_unknown_muscle_is_found() -> None:
    with pytest.raises(ValidationError, match="such as calf_r"):
        Figures.model_validate({"person": {"base": "standing"}, "panels": (
            {"alt": {"en": "Standing."}, "step": 1, "highlight": ("calff_r",)},)})  # fmt: skip


class TestEngine:
    """What needs the engine's own libraries."""

    @pytest.fixture(autouse=True)
    def _engine(self) -> None:
        if not os.environ.get("HANDOUTS_REQUIRE_TOOLS"):
            pytest.importorskip("numba")
        from numba import set_num_threads

        set_num_threads(1)  # the test processes already fill the cores

    @pytest.mark.parametrize("name", EVERY)
    def test_nothing_floats_or_passes_through(self, name: str) -> None:
        """Reach, contact, penetration and the joints that were solved."""
        from handouts.figures.check import findings

        assert list(findings(name, EVERY[name])) == []

    @pytest.mark.parametrize("name", EVERY if WHOLE else ["heel-cord-stretch"])
    def test_what_is_drawn_now_looks_like_what_was_kept(self, name: str) -> None:
        """Bytes are the same on one machine only; the look is the same on all."""
        from kit.pictures import grey

        from handouts.figures.store import drawn
        from handouts.picture import parsed

        for now, kept in zip(parsed(drawn(name, EVERY[name])).panels, read(FILES[name]).panels, strict=True):
            assert abs(now.width - kept.width) <= 6
            assert abs(now.height - kept.height) <= 6
            assert float(abs(grey(now) - grey(kept)).mean()) < 2.5  # of 255

    def test_the_same_pose_gives_the_same_bytes_in_any_order_and_process(self) -> None:
        from handouts.figures.store import drawn

        one, two = "seated-foot-roll", "standing-calf-wall"
        script = (
            "import sys, hashlib; from test_figures import EVERY; from handouts.figures.store import drawn;"
            "print(*(hashlib.sha256(drawn(n, EVERY[n]).encode()).hexdigest() for n in sys.argv[1:]))"
        )
        run = [subprocess.run([sys.executable, "-c", script, *names], capture_output=True, text=True,
                              check=True, cwd=ROOT / "tests",
                              env={**os.environ, "PYTHONHASHSEED": seed}).stdout.split()
               for names, seed in (((one, two), "1"), ((two, one), "2"))]  # fmt: skip
        assert run[0] == run[1][::-1]
        import hashlib

        assert hashlib.sha256(drawn(one, EVERY[one]).encode()).hexdigest() == run[0][0]

    def test_a_clinic_draws_its_own_stretch(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        from handouts.check import check
        from handouts.figures.__main__ import main

        text = (ROOT / "stretches" / "seated-foot-roll.yaml").read_text("utf-8")
        (tmp_path / "our-roll.yaml").write_text(text.replace("id: seated-foot-roll", "id: our-roll"), "utf-8")
        wanted = f"python -m handouts.figures draw our-roll --stretches {tmp_path}"
        assert wanted in str(check(open_library(tmp_path))[0])
        assert main(["draw", "our-roll", "--stretches", str(tmp_path), "--jobs", "1"]) == 0
        assert "our-roll" in capsys.readouterr().out
        assert check(open_library(tmp_path)) == []
        assert main(["check", "--stretches", str(tmp_path)]) == 0
        assert main(["draw", "our-rol", "--stretches", str(tmp_path)]) == 2
        assert "Did you mean our-roll?" in capsys.readouterr().err

    @settings(max_examples=25 if WHOLE else 4, deadline=None, derandomize=True,
              suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
    @given(data=st.data())
    def test_any_legal_pose_is_drawn(self, data: st.DataObject) -> None:
        from handouts.figures.draw import panel
        from handouts.figures.paths import places

        figures = Figures.model_validate({
            "view": {"round": data.draw(st.integers(-180, 180)), "above": data.draw(st.integers(0, 80))},
            "props": ({"kind": data.draw(st.sampled_from(["mat", "chair", "wheelchair", "ball"])),
                       "at": (0.6, 0.4)},),
            "person": data.draw(legal_pose()),
            "panels": ({"alt": {"en": "A pose."}, "step": 1, "highlight": ("calf_r",)},),
        })  # fmt: skip
        drawn = panel("any", figures, 0, pixel=0.006)
        assert len(drawn.marks) > 10
        for mark in drawn.marks:
            points = places(mark.path)
            assert points.min() >= 0
            assert points[:, 0].max() <= drawn.width
            assert points[:, 1].max() <= drawn.height
            assert mark.kind == "line" or mark.path.endswith("z")


@st.composite
def legal_pose(draw: st.DrawFn) -> dict[str, object]:
    """Any pose that the joint limits allow."""
    pose: dict[str, object] = {
        "base": draw(st.sampled_from(["standing", "sitting", "long-sitting", "supine", "prone",
                                      "side-lying-left"])),
        "spine": {"flex": draw(st.integers(-45, 90)), "side": draw(st.integers(-40, 40)),
                  "twist": draw(st.integers(-55, 55))},
        "neck": {"flex": draw(st.integers(-60, 60)), "twist": draw(st.integers(-80, 80))},
    }  # fmt: skip
    for side in "lr":
        pose[f"hip_{side}"] = {"flex": draw(st.integers(-35, 135)), "abd": draw(st.integers(-35, 75))}
        pose[f"knee_{side}"] = draw(st.integers(0, 150))
        pose[f"shoulder_{side}"] = {"flex": draw(st.integers(-60, 185)), "abd": draw(st.integers(-45, 185))}
        pose[f"elbow_{side}"] = draw(st.integers(0, 150))
        pose[f"ankle_{side}"] = draw(st.integers(-60, 35))
        pose[f"shape_{side}"] = draw(st.sampled_from(["relaxed", "flat", "cup", "hook", "fist", "spread"]))
    return pose
