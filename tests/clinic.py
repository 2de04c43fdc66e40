"""The example folder of a clinic, as it is or with changes, for the tests."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from kit.readers import collapsed, pdfium_text, words
from typer.testing import CliRunner, Result

from handouts.cli.app import app
from handouts.handout import resolve
from handouts.library import Library, open_library
from handouts.plan import Plan
from handouts.sheet import sections

CLINIC = Path(__file__).resolve().parent.parent / "docs" / "clinic"
DAY = dt.date(2026, 11, 22)
SLIDE, PUSH = "riverside-table-slide.yaml", "riverside-wall-push.yaml"

Change = tuple[str, str] | str | bytes | None


@cache
def library() -> Library:
    """Ours with the example's."""
    return open_library(CLINIC)


def plan(**asked: Any) -> Plan:
    """The example's routine."""
    return Plan(**{"routine": "riverside-start", "person": "Ana López", "date": DAY, **asked})


def heard(asked: Plan, content: Library) -> str:
    """What a listener should hear."""
    return collapsed(" ".join(t for part in sections(resolve(asked, content), content) for t in part.script()))


def run(*arguments: object) -> Result:
    """The command line in this process; what is no plain exit is raised."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def text(path: Path) -> str:
    """The words of a file."""
    return words(pdfium_text(path))


def changed(folder: Path, changes: dict[str, Change]) -> Path:
    """A copy of the example, with some files changed: (old, new), new content, or None for none."""
    own = folder / "own"
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(CLINIC, own)
    for name, change in changes.items():
        path = own / name
        if change is None:
            path.unlink()
        elif isinstance(change, tuple):
            held = path.read_text("utf-8")
            assert held.count(change[0]) == 1, change[0]
            path.write_text(held.replace(*change), "utf-8")
        else:
            path.write_bytes(change if isinstance(change, bytes) else change.encode())
    return own
