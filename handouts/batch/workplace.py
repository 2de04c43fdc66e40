"""The folder of a batch while it is ours alone: locked, swept, with its key and its day."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from handouts.batch import key
from handouts.batch.job import Job, Tell
from handouts.batch.lock import locked_within, unlock
from handouts.batch.making import PATIENCE
from handouts.batch.manifest import NAME, Manifest
from handouts.errors import ContentError, Finding, RequestError

_CLOSED = "They cannot open the handouts."


@dataclass(frozen=True)
class Workplace:
    """A folder with its manifest and its secret key."""

    folder: Path
    manifest: Manifest
    secret: bytes


@contextmanager
def workplace(job: Job, tell: Tell) -> Iterator[Workplace]:
    """The job's folder, made if need be. Its day is the job's, or that of the first run. Raises HandoutError."""
    folder = job.folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise ContentError(Finding(f"cannot be made: {problem.strerror}.", str(folder))) from None
    with Manifest(folder) as manifest:
        _refuse_a_mixture(manifest, job)
        secret, new = key.secret(folder)
        _wait_for_the_run_before(folder)
        _sweep(folder)
        for line in manifest.damaged:
            tell("advice", text=f"{folder / NAME}:{line} cannot be read. What it told is looked at anew.")
        if new and len(manifest):
            tell("advice", text=f"{folder / key.NAME} was lost or broken. Every handout is made again.")
        if not manifest.day and _open_to_others(folder):
            tell("advice", text=f"{folder}: others on this computer can see what its files are called. {_CLOSED}")
        _say_day(manifest, job, tell)
        yield Workplace(folder, manifest, secret)


def _open_to_others(folder: Path) -> bool:
    """Can others look into it? Windows keeps no such permissions."""
    return os.name == "posix" and bool(folder.stat().st_mode & 0o077)


def _wait_for_the_run_before(folder: Path) -> None:
    """A run that was killed leaves workers, each of which still ends its file. Raises ContentError."""
    with (folder / key.NAME).open("rb") as file:
        if not locked_within(file.fileno(), PATIENCE):
            hint = "Try again in a minute."
            raise ContentError(Finding("a worker of an earlier batch is still writing.", str(folder), hint))
        unlock(file.fileno())


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed had half written."""
    for stale in folder.glob(".handouts-*.part"):
        with suppress(OSError):
            stale.unlink()


def _refuse_a_mixture(manifest: Manifest, job: Job) -> None:
    """Handouts with made-up names never take the place of real ones, nor the other way round."""
    if manifest.day and manifest.redacted != job.redact:
        held = "made-up" if manifest.redacted else "real"
        what = f"the handouts in {job.folder} have {held} names, and this run would mix in others."
        raise RequestError(Finding(what, "-o", "Name another folder."))


def _say_day(manifest: Manifest, job: Job, tell: Tell) -> None:
    """The day of the batch: a night that passes, or a clock that jumps, changes nothing."""
    given, today = job.defaults.date, dt.date.today().isoformat()
    manifest.begin(given or manifest.day or today, redacted=job.redact)
    if manifest.day not in (given, today):
        tell("day", day=manifest.day)
