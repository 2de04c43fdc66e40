"""`handouts figure`: one picture as SVG, tagged PDF or PNG."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from drawings import figures, picture
from kit.glyphs import read
from kit.validators import page_failures
from typer.testing import CliRunner

from handouts.cli.app import app
from handouts.picture import written

SHIPPED = Path(__file__).resolve().parent.parent / "stretches" / "heel-cord-stretch.yaml"
SIZES = ((1200, 1500, 2), (2000, 900, 5))
SVG = "{http://www.w3.org/2000/svg}"
run = CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one drawn stretch and one that is not."""
    monkeypatch.chdir(tmp_path)
    record = yaml.safe_load(SHIPPED.read_text("utf-8"))
    record.pop("figures", None)
    own = tmp_path / "own"
    (own / "pictures").mkdir(parents=True)
    (own / "plain.yaml").write_text(yaml.safe_dump(record | {"id": "plain"}), "utf-8")
    (own / "drawn.yaml").write_text(yaml.safe_dump(record | {"id": "drawn", "figures": figures(SIZES)}), "utf-8")
    (own / "pictures" / "drawn.json").write_text(written(picture(SIZES)), "utf-8")
    return tmp_path


def _make(*options: str, id: str = "drawn") -> tuple[int, str]:
    done = run.invoke(app, ["figure", id, "--stretches", "own", *options])
    return done.exit_code, done.output


def test_without_a_name_it_is_an_svg_file_and_not_replaced(folder: Path) -> None:
    assert _make() == (0, "Wrote drawn.svg (in the lines of standard print).\n")
    code, words = _make()
    assert code == 2
    assert "is there already. Add --force" in words
    assert _make("--force")[0] == 0
    assert _make("-o", "drawn.svg")[0] == 0


@pytest.mark.parametrize("side", ["", "left", "right"])
def test_svg(folder: Path, side: str) -> None:
    assert _make("-o", "x.svg", *(("--side", side) if side else ()))[0] == 0
    root = ElementTree.parse(folder / "x.svg").getroot()
    assert root.findtext(f"{SVG}title") == "Ankle stretch with a towel"
    assert f"{side or 'one'} foot" in (root.findtext(f"{SVG}desc") or "")
    groups = root.findall(f"{SVG}g")
    assert len(groups) == 2
    assert ["-1 0 0 -1" in (group.get("transform") or "") for group in groups] == [side == "left"] * 2
    clips = {clip.get("id") for group in groups for clip in group.iter(f"{SVG}clipPath")}
    used = set(re.findall(r"url\(#([^)]+)\)", (folder / "x.svg").read_text("utf-8")))
    assert len(clips) == 2
    assert clips == used


def test_pdf_is_tagged_and_the_same_each_time(folder: Path) -> None:
    assert _make("-o", "x.pdf", "--print", "giant")[0] == 0
    first = (folder / "x.pdf").read_bytes()
    assert _make("-o", "x.pdf", "--print", "giant")[0] == 0
    assert (folder / "x.pdf").read_bytes() == first
    assert page_failures(first, "ua1") == []
    assert page_failures(first, "2a") == []
    document = read(folder / "x.pdf")
    alts = [element.alt for element in document.structure.elements if element.tag == "Figure"]
    assert len(alts) == 2
    assert max(shape.line_width for shape in document.shapes) == pytest.approx(8, abs=0.05)  # an arrow's halo


def test_png(folder: Path) -> None:
    assert _make("-o", "x.PNG")[0] == 0
    assert (folder / "x.PNG").read_bytes().startswith(b"\x89PNG")


def test_png_without_its_packages(folder: Path) -> None:
    program = (
        "import sys; sys.modules['pypdfium2'] = None; sys.argv[1:] = ['figure', 'drawn', '--stretches', 'own',"
        "'-o', 'x.png']; from handouts.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "handouts[figures]" in done.stderr
    assert not (folder / "x.png").exists()


@pytest.mark.parametrize(
    ("options", "id", "words"),
    [
        (("-o", "x.gif"), "drawn", "no picture ends in “.gif”. It can be .svg, .png or .pdf."),
        (("-o", "x"), "drawn", "It can be .svg, .png or .pdf."),
        ((), "drown", "there is no stretch “drown”. Did you mean drawn?"),
        ((), "plain", "has no picture yet"),
        (("--side", "up"), "drawn", "--side: “up” is not known."),
        (("--print", "larg"), "drawn", "--print: “larg” is not known. Did you mean large?"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(folder: Path, options: tuple[str, ...], id: str, words: str) -> None:
    code, output = _make(*options, id=id)
    assert code == 2
    assert words in " ".join(output.split())
    assert [path.name for path in folder.iterdir()] == ["own"]
