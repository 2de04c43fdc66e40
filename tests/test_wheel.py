"""The wheel holds the package, the content and the fonts, and works from inside its zip file."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from kit.tools import module

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    module("hatchling")
    module("build")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_it_holds_the_two_folders_whole(wheel: Path) -> None:
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name}
    files = {
        f"handouts/{path.relative_to(ROOT)}"
        for name in ("stretches", "fonts")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }
    content = {name for name in shipped if name.startswith(("handouts/stretches", "handouts/fonts"))}
    assert content == files | {"handouts/stretches/ready.json"}
    assert {"handouts/py.typed", "handouts/pdf/srgb.icc"} <= shipped


def test_it_carries_its_licences(wheel: Path) -> None:
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert names == {"LICENSE", *(path.name for path in (ROOT / "fonts").glob("OFL-*.txt"))}


def test_it_makes_a_sheet_without_reading_yaml(wheel: Path, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(wheel)!r})\n"
        "from handouts import Plan, compose, open_library\n"
        "compose(Plan(routine='five-to-start'), open_library())\n"
        "print('yaml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.stdout == "False\n"


def test_it_works_from_inside_the_zip_file(wheel: Path, tmp_path: Path) -> None:
    program = f"import sys; sys.path.insert(0, {str(wheel)!r}); from handouts.cli import main; main()"
    options = ["make", "--routine", "five-to-start", "--date", "2026-11-22", "-o"]
    for name, lead in (("zip.pdf", ["-c", program]), ("checkout.pdf", ["-m", "handouts"])):
        command = [sys.executable, *lead, *options, str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=os.environ)
    assert (tmp_path / "zip.pdf").read_bytes() == (tmp_path / "checkout.pdf").read_bytes()
