"""The shipped fonts are the files the manifest names, each with its licence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import yaml

from handouts.text.faces import FACES, TICK_BOX, TICK_FACE

FONTS = Path(__file__).resolve().parent.parent / "fonts"
MANIFEST = yaml.safe_load((FONTS / "manifest.yaml").read_text("utf-8"))


def test_the_manifest_lists_every_font() -> None:
    assert sorted(MANIFEST) == sorted(path.name for path in FONTS.glob("*.ttf"))
    assert sorted(MANIFEST) == sorted(face.file for face in FACES)


def test_the_files_are_those_of_the_manifest() -> None:
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert found == {name: entry["sha256"] for name, entry in MANIFEST.items()}


def test_every_font_has_its_open_licence() -> None:
    for entry in MANIFEST.values():
        assert "SIL Open Font License, Version 1.1" in (FONTS / entry["licence"]).read_text("utf-8")


def test_all_faces_have_a_thousand_units_an_em() -> None:
    assert {face.hb_face.upem for face in FACES} == {1000}


def test_the_tick_face_holds_the_box_and_no_more() -> None:
    assert set(TICK_FACE.hb_face.unicodes) == {ord(TICK_BOX)}
