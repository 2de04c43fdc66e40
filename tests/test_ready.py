"""What a wheel keeps ready is what the YAML says, and never anything else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sheets import SHEETS, Sheet, library

from handouts import __version__, ready
from handouts import library as libraries
from handouts.check import check
from handouts.cli.look import check_all
from handouts.errors import ContentError
from handouts.library import FILES, Library, open_library, prepared
from handouts.pipeline import compose
from handouts.resources import folder

FILE = ready.FILE


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content as a wheel has it."""
    place = tmp_path_factory.mktemp("wheel") / "stretches"
    shutil.copytree(str(folder("stretches")), place)
    (place / FILE).write_bytes(prepared())
    return place


@pytest.fixture
def shipped(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which `open_library` finds."""
    place = tmp_path / "stretches"
    shutil.copytree(built, place)
    monkeypatch.setattr(libraries, "folder", lambda name: place)
    return place


def _is_ready(found: Library) -> bool:
    return bool(found.folders[0].ready)


def test_it_holds_what_the_yaml_says(shipped: Path) -> None:
    kept, read = open_library(), library()
    assert _is_ready(kept) and not _is_ready(read)
    assert [repr(kept.stretch(id)) for id in kept.ids] == [repr(read.stretch(id)) for id in read.ids]
    assert [repr(getattr(kept, name)) for name in FILES] == [repr(getattr(read, name)) for name in FILES]
    assert not check(kept)


@pytest.mark.parametrize("sheet", (SHEETS[0], SHEETS[-1]), ids=str)
def test_a_sheet_made_of_it_has_the_same_bytes(shipped: Path, sheet: Sheet) -> None:
    assert compose(sheet.plan, open_library()) == compose(sheet.plan, library())


def test_it_is_the_same_at_every_build(built: Path) -> None:
    assert prepared() == (built / FILE).read_bytes()


def test_a_changed_file_is_read(shipped: Path) -> None:
    file = shipped / "foot-roll.yaml"
    file.write_text(file.read_text("utf-8").replace("level: ", "review_due: 2031-02-03\nlevel: ", 1), "utf-8")
    found = open_library()
    assert not _is_ready(found) and str(found.stretch("foot-roll").review_due) == "2031-02-03"


def test_a_record_of_ours_is_checked_again_where_another_file_has_changed(shipped: Path) -> None:
    file = shipped / "sheet" / "flags.yaml"
    file.write_text(file.read_text("utf-8").replace("fall-risk:", "other-risk:", 1), "utf-8")
    named = next(id for id in library().ids if "fall-risk" in library().stretch(id).flags)
    with pytest.raises(ContentError, match="there is no flag “fall-risk”"):
        open_library().stretch(named)


@pytest.mark.parametrize("name", ["new-one.yaml", "sheet/new.yaml"])
def test_a_file_more_is_noticed(shipped: Path, name: str) -> None:
    (shipped / name).write_text("id: new-one\n", "utf-8")
    assert not _is_ready(open_library())


def test_a_file_less_is_noticed(shipped: Path) -> None:
    (shipped / "foot-roll.yaml").unlink()
    assert not _is_ready(open_library()) and "foot-roll" not in open_library().ids


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[:-100],
    "no JSON": lambda data: b"%PDF",
    "no text": lambda data: b"\xff\xfe\xfa" + data,
    "a list": lambda data: b"[1, 2]",
    "records that are a list": lambda data: json.dumps(json.loads(data) | {"records": [1]}).encode(),
    "records that are no text": lambda data: json.dumps(json.loads(data) | {"records": {"x": 1}}).encode(),
    "another hash": lambda data: json.dumps(json.loads(data) | {"digest": "0" * 64}).encode(),
    "no hash": lambda data: json.dumps({"records": json.loads(data)["records"]}).encode(),
    "other words": lambda data: data.replace(b"Stop", b"Go on"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_broken_one_is_left_alone(shipped: Path, change: Callable[[bytes], bytes]) -> None:
    before = (shipped / FILE).read_bytes()
    (shipped / FILE).write_bytes(change(before))
    assert (shipped / FILE).read_bytes() != before
    found = open_library()
    assert not _is_ready(found) and found.stretch("foot-roll") == library().stretch("foot-roll")


def test_a_missing_one_is_not_missed(shipped: Path) -> None:
    (shipped / FILE).unlink()
    found = open_library()
    assert not _is_ready(found) and found.phrases == library().phrases


def test_a_folder_in_its_place_is_left_alone(shipped: Path) -> None:
    (shipped / FILE).unlink()
    (shipped / FILE).mkdir()
    assert not _is_ready(open_library())


def test_that_of_another_version_is_left_alone(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "__version__", f"{__version__}.1")
    assert not _is_ready(open_library())


def test_a_clinics_folder_has_none(shipped: Path, built: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "sheet").mkdir()
    shutil.copy(built / FILE, own / FILE)
    (own / "sheet" / "routines.yaml").write_text("mine: {for_whom: {en: Me.}, stretches: []}\n", "utf-8")
    with pytest.raises(ContentError, match=r"sheet/routines\.yaml:1:"):
        _ = open_library(own).routines


def test_check_reads_everything_anew(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str) -> None:
        raise AssertionError("not read anew")

    monkeypatch.setattr(ready, "unpacked", refuse)
    with pytest.raises(AssertionError, match="not read anew"):
        open_library().stretch("foot-roll")
    assert check_all(None).endswith("All is well.")
