"""Every fault that a clinic's folder can have is named at its place; nothing is made, nothing crashes."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from clinic import CLINIC, PUSH, SLIDE, changed, run
from PIL import Image


def checked(own: Path) -> list[str]:
    """What `check` says of a folder that has faults, a line each, without the folder's name."""
    result = run("check", own)
    assert (result.exit_code, result.stdout) == (1, "")
    return [line.replace(f"{own}{os.sep}", "").removeprefix("handouts: ") for line in result.stderr.splitlines()]


def bomb() -> bytes:
    """A PNG that says it has 20,000 dots a side."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


OTHER = (CLINIC / SLIDE).read_text("utf-8").replace("id: riverside-table-slide", "id: foot-roll")
# What is changed; the file and the text at which the finding stands; words of the finding.
FAULTS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "clashing id": (
        {"foot-roll.yaml": OTHER},
        "foot-roll.yaml",
        "",
        "“foot-roll” stands in stretches/foot-roll.yaml too.",
    ),
    "unknown flag": (
        {PUSH: ("[fall-risk]", "[fall-rsk]")},
        PUSH,
        "fall-rsk",
        "there is no flag “fall-rsk”. Did you mean fall-risk?",
    ),
    "missing picture": (
        {"pictures/wall-push.svg": None},
        PUSH,
        "pictures/wall-push.svg",
        "there is no file pictures/wall-push.svg. Put it there",
    ),
    "missing logo": (
        {"pictures/logo.svg": None},
        "handouts.yaml",
        "pictures/logo.svg",
        "there is no file pictures/logo.svg.",
    ),
    "logo of 20,000 dots": (
        {"handouts.yaml": ("logo.svg", "logo.png"), "pictures/logo.png": bomb()},
        "pictures/logo.png",
        "",
        "is 20000 x 20000 dots large. At most 4000 a side",
    ),
    "logo that is no PNG": (
        {"handouts.yaml": ("logo.svg", "logo.png"), "pictures/logo.png": b"GIF89a"},
        "pictures/logo.png",
        "",
        "is not a PNG file.",
    ),
    "logo without words": (
        {"handouts.yaml": ('  alt: {en: "Logo: a bridge over two waves."}\n', "")},
        "handouts.yaml",
        "file: pic",
        "logo.alt: is missing.",
    ),
    "logo with too many words": (
        {"handouts.yaml": ("Logo: a bridge", "A" * 140)},
        "handouts.yaml",
        '"AAA',
        "the alt text has 156 characters",
    ),
    "script": (
        {"pictures/logo.svg": ("<g fill", "<script/>\n  <g fill")},
        "pictures/logo.svg",
        "<script",
        "<script> holds a script.",
    ),
    "link to elsewhere": (
        {"pictures/wall-push.svg": ("<title>", '<image href="https://example.org/a.png"/><title>')},
        "pictures/wall-push.svg",
        "<image",
        "<image> holds another picture.",
    ),
    "way out": (
        {PUSH: ("pictures/wall-push.svg", "../wall-push.svg")},
        PUSH,
        "../wall",
        "should be an SVG or PNG file of this folder",
    ),
    "way out in the middle": (
        {PUSH: ("pictures/wall-push.svg", "a/../../b.svg")},
        PUSH,
        "a/..",
        "file of this folder",
    ),
    "whole path": ({PUSH: ("pictures/wall-push.svg", "/etc/a.svg")}, PUSH, "/etc", "file of this folder"),
    "other kind of picture": (
        {PUSH: ("wall-push.svg", "wall-push.jpg")},
        PUSH,
        "pictures/wall-push.jpg",
        "file of this folder",
    ),
    "poses and files": (
        {
            PUSH: (
                "pictures:\n",
                "figures: {person: {base: standing}, panels: [{alt: {en: Standing.}, step: 1}]}\npictures:\n",
            )
        },
        PUSH,
        "id:",
        "a stretch has `figures` or `pictures`, not both",
    ),
    "four pictures": (
        {SLIDE: ("pictures:\n", "pictures:\n" + "  - {file: a.svg, alt: {en: A.}, step: 1}\n" * 3)},
        SLIDE,
        "- {file",
        "should hold 3 or fewer",
    ),
    "picture of a step that is not there": (
        {SLIDE: ("    step: 4", "    step: 6")},
        SLIDE,
        "6\n",
        "there is no step 6, the stretch has 5.",
    ),
    "side in the words alone": (
        {PUSH: ("    step: 2\n    side: left\n", "    step: 2\n"), "pictures/x": b""},
        PUSH,
        "id:",
        "all `pictures` of a stretch show the same `side`",
    ),
    "brace in the words": (
        {SLIDE: ("Sitting at a table. B", "Sitting {here}. B")},
        SLIDE,
        '"Sitting {',
        "a brace, { or }, has no meaning.",
    ),
    "loop": (
        {SLIDE: ("sources:\n", "variants: [{id: riverside-wall-push, relation: seated}]\nsources:\n")},
        SLIDE,
        "{id: riverside-wall",
        "to where they began: riverside-table-slide, riverside-wall-push, riverside-table-slide.",
    ),
    "easier than itself": (
        {SLIDE: ("sources:\n", "variants: [{id: riverside-table-slide, relation: easier}]\nsources:\n")},
        SLIDE,
        "{id: riverside-table",
        "riverside-table-slide, riverside-table-slide. Following `easier` must never come back.",
    ),
    "easier and harder": (
        {
            SLIDE: (
                "sources:\n",
                "variants: [{id: foot-roll, relation: easier}, {id: foot-roll, relation: harder}]\nsources:\n",
            )
        },
        SLIDE,
        "{id: foot-roll, relation: easier",
        "its variants lead back to where they began",
    ),
    "unknown variant": (
        {PUSH: ("{id: riverside-table-slide", "{id: riverside-tabel-slide")},
        PUSH,
        "riverside-tabel",
        "Did you mean riverside-table-slide?",
    ),
    "phrase that is ours": (
        {"sheet/phrases.yaml": "take_care: {en: No worries.}\n"},
        "sheet/phrases.yaml",
        "take",
        "take_care: has no place here. Take it out.",
    ),
    "phrase without its place": (
        {"sheet/phrases.yaml": "given_by: {en: From us}\n"},
        "sheet/phrases.yaml",
        "From",
        "other places to fill in than ours. It should hold {clinician}",
    ),
    "phrase with a place": (
        {"sheet/phrases.yaml": 'note: {en: "{n.__class__}"}\n'},
        "sheet/phrases.yaml",
        '"{n',
        "Take the braces out.",
    ),
    "phrase with a brace": (
        {"sheet/phrases.yaml": 'week: {en: "{n} {"}\n'},
        "sheet/phrases.yaml",
        '"{n',
        "It should hold {n}, once each.",
    ),
    "misspelt phrase": (
        {"sheet/phrases.yaml": "sheet_titel: {en: A}\n"},
        "sheet/phrases.yaml",
        "sheet",
        "Did you mean sheet_title?",
    ),
    "misspelt key": (
        {"handouts.yaml": ("clinician:", "clinican:")},
        "handouts.yaml",
        "clinican",
        "Did you mean clinician?",
    ),
    "number": (
        {"handouts.yaml": ("(555) 555-0100", "call us")},
        "handouts.yaml",
        "call us",
        "phone: should be a telephone number",
    ),
    "number of nobody": (
        {"handouts.yaml": ("clinic: Riverside MS Clinic\n", "")},
        "handouts.yaml",
        "phone",
        "need the name of the `clinic`",
    ),
    "paper": ({"handouts.yaml": ("letter", "leter")}, "handouts.yaml", "leter", "Did you mean letter?"),
    "edition": ({"handouts.yaml": ("large", "huge")}, "handouts.yaml", "huge", "edition: “huge” is not one of"),
    "review of nothing": (
        {"handouts.yaml": ("riverside-table-slide:", "riverside-table-side:")},
        "handouts.yaml",
        "{version",
        "there is no stretch “riverside-table-side”. Did you mean",
    ),
    "review without a day": (
        {"handouts.yaml": (", on: 2026-11-02", "")},
        "handouts.yaml",
        "{version",
        ".on: is missing.",
    ),
    "handouts.yml": ({"handouts.yml": ""}, "handouts.yml", "", "would not be read. End its name in .yaml."),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_named_at_its_place(case: str, tmp_path: Path) -> None:
    changes, file, needle, said = FAULTS[case]
    own = changed(tmp_path, changes)
    found = checked(own)
    assert len(found) == len(set(found))
    place = file
    if needle:
        before, _, _ = (own / file).read_text("utf-8").partition(needle)
        place = f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert [line for line in found if line.startswith(f"{place}: ") and said in line], found
    assert not [line for line in found if not line.startswith(file)], found
    output = own / "x.pdf"
    if case not in ("loop", "easier than itself", "easier and harder"):  # no single sheet can see that
        stretches = ["riverside-wall-push", "riverside-table-slide"]
        assert run("make", *stretches, "--stretches", own, "-o", output).exit_code == 1
        assert not output.exists()


def test_what_is_wrong_everywhere_is_said_at_once(tmp_path: Path) -> None:
    changes: dict[str, Any] = {}
    for name in ("unknown flag", "missing logo", "phrase without its place", "link to elsewhere", "paper"):
        changes |= FAULTS[name][0]
    changes["handouts.yaml"] = ("letter", "leter")
    found = checked(changed(tmp_path, changes))
    assert {line.partition(":")[0] for line in found} == {
        PUSH, "handouts.yaml", "sheet/phrases.yaml", "pictures/wall-push.svg",
    }  # fmt: skip


def test_a_routine_that_names_a_retired_stretch(tmp_path: Path) -> None:
    own = changed(tmp_path, {SLIDE: ("status: draft", "status: retired")})
    held = [line for line in checked(own) if "is retired and no longer given out. Name another." in line]
    assert [line.partition(": ")[0] for line in held] == ["sheet/routines.yaml:7:17", f"{PUSH}:32:10"]
    refused = run("make", "--routine", "riverside-start", "--stretches", own, "-o", own / "x.pdf")
    assert refused.exit_code == 2 and "is retired" in refused.stderr


@pytest.mark.parametrize("target", ["/etc/hostname", "../secret.svg"])
def test_a_link_out_of_the_folder_is_not_followed(target: str, tmp_path: Path) -> None:
    own = changed(tmp_path, {"pictures/wall-push.svg": None})
    shutil.copy(CLINIC / "pictures" / "wall-push.svg", own.parent / "secret.svg")
    (own / "pictures" / "wall-push.svg").symlink_to(target if target[0] == "/" else own.parent / "secret.svg")
    (line,) = checked(own)
    assert line.startswith(f"{PUSH}:") and "pictures/wall-push.svg is a link out of the folder." in line


@pytest.mark.parametrize("kind", ["loop", "folder", "pipe"])
def test_a_picture_that_is_no_file_is_never_waited_for(kind: str, tmp_path: Path) -> None:
    own = changed(tmp_path, {"pictures/wall-push.svg": None})
    path = own / "pictures" / "wall-push.svg"
    if kind == "loop":
        path.symlink_to(path)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    (line,) = checked(own)
    assert "there is no file pictures/wall-push.svg." in line
