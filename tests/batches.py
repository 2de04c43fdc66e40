"""A small table, the batch as its users start it, and ways to hurt it at an exact moment."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

DAY = "2026-11-22"
LONGEST = 100  # seconds after which a run hangs
ROWS: tuple[Mapping[str, str], ...] = tuple(
    {"ref": f"A{number}", "for": f"Sam Sample {number}", "stretches": stretch, "form": form}
    for number, (stretch, form) in enumerate(
        (
            ("foot-roll", "fridge"),
            ("hip-crossovers", "log"),
            ("foot-roll", "log"),
            ("seated-foot-roll", "fridge"),
            ("heel-cord-stretch", "log"),
            ("foot-roll", "fridge"),
            ("hip-crossovers", "log"),
        ),
        1,
    )
)

# A program that is the command line, save that something is done when an event is heard for the nth time.
_HEARD = """
import os, signal, subprocess, sys
from handouts.cli import main, telling
say, heard = telling.Json.__call__, []
def listen(self, event, /, **facts):
    say(self, event, **facts)
    heard.append(event)
    if event == {event!r} and heard.count(event) == {number}:
        {action}
telling.Json.__call__ = listen
main()
"""

# Loaded by every Python that has its folder on its path: does something when a file is about to get its name.
_NAMED = """
import os, signal
rename = os.replace
def replace(source, target, **more):
    if str(target).endswith({name!r}):
        try:
            os.close(os.open({mark!r}, os.O_CREAT | os.O_EXCL))
            first = True
        except FileExistsError:
            first = False
        if first or {always}:
            {action}
    return rename(source, target, **more)
os.replace = replace
"""


def table(path: Path, rows: Sequence[Mapping[str, str]] = ROWS) -> Path:
    """The rows as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(name for row in rows for name in row))
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed(ref: str, **cells: str) -> list[Mapping[str, str]]:
    """The rows with other cells in one of them."""
    return [{**row, **cells} if row["ref"] == ref else row for row in ROWS]


def batch(
    *words: object,
    program: Sequence[str] = ("-m", "handouts"),
    more: Mapping[str, str] | None = None,
    group: bool = False,
    stdout: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """`handouts batch` with these words, in a process of its own; or in a group, as a terminal has it."""
    return subprocess.run(
        [sys.executable, *program, "batch", *map(str, words)],
        env={**os.environ, **(more or {})},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=LONGEST,
        start_new_session=group,
        check=False,
    )


def hearing(event: str, number: int, action: str) -> tuple[str, str]:
    """The command line (with --json) that does something when it tells an event for the nth time."""
    return "-c", _HEARD.format(event=event, number=number, action=action)


def naming(folder: Path, name: str, action: str, *, always: bool = False) -> dict[str, str]:
    """The environment in which a worker does something before a file gets its name: once, or always."""
    folder.mkdir()
    code = _NAMED.format(name=name, mark=str(folder / "mark"), always=always, action=action)
    (folder / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}


def events(done: subprocess.CompletedProcess[str], kind: str) -> list[dict[str, object]]:
    """What was told as JSON, of one kind."""
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [event for event in told if event["event"] == kind]


def files(folder: Path) -> dict[str, bytes]:
    """The handouts of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


def lines(folder: Path) -> list[dict[str, object]]:
    """The manifest's lines on rows."""
    told = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines() if line]
    return [line for line in told if "status" in line]


def settled(folder: Path) -> dict[str, bytes]:
    """The handouts, after a look at what a batch owes its folder: nothing half, nothing twice, all told."""
    assert list(folder.glob(".handouts-*.part")) == []
    made = {str(line["ref"]): line for line in lines(folder)}
    assert {line["status"] for line in made.values()} == {"made"}
    found = files(folder)
    assert {f"{ref}.pdf": line["sha256"] for ref, line in made.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items()
    }
    return found
