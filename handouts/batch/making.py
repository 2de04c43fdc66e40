"""One order to one file: what a worker does. It returns small values, and none of a person's words."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from handouts.batch import key
from handouts.batch.lock import locked_within
from handouts.batch.order import NO_LOCALE, Order
from handouts.batch.workers import Lost
from handouts.errors import ContentError, Finding, FullError, HandoutError
from handouts.files import PRIVATE, write_whole
from handouts.handout import resolve, usual_title
from handouts.library import Library, open_library
from handouts.pipeline import laid_out, written
from handouts.plan import Plan
from handouts.request import Request, plan_of

PATIENCE = 30.0  # seconds that a run waits for what is left of the run before it


@dataclass(frozen=True, repr=False)
class Task:
    """An order with the keyed hash by which its row is known again."""

    order: Order
    key: str


@dataclass(frozen=True, repr=False)
class Composed:
    """The bytes of one handout, with its options as they were settled."""

    data: bytes
    pages: int
    options: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True)
class Made:
    """A file that stands in the folder."""

    row: int
    ref: str
    key: str
    pages: int
    bytes: int
    sha256: str
    seconds: float
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """A file that could not be made, and why; `full` when no other could be written either."""

    row: int
    ref: str
    key: str
    error: str
    full: bool = False


@dataclass(frozen=True)
class Making:
    """What is the same for all files of a folder; called with a task, it makes one."""

    folder: Path
    stretches: Path | None = None
    password: str = field(default="", repr=False)

    def __call__(self, task: Task) -> Made | Failed:
        """Compose and write one handout."""
        _stay_known(self.folder)
        composed = composed_of(task, self.stretches)
        return composed if isinstance(composed, Failed) else self.written(task, composed)

    def written(self, task: Task, composed: Composed) -> Made | Failed:
        """Write what is composed, whole or not at all."""
        order, data, pages = task.order, composed.data, composed.pages
        try:
            if self.password:
                from handouts.batch.encrypt import encrypted

                data = encrypted(data, self.password)
            write_whole(_ours(file_of(self.folder, order.ref)), data, mode=PRIVATE)
        except HandoutError as problem:
            return failed(task, problem, full=isinstance(problem, FullError))
        sha256 = hashlib.sha256(data).hexdigest()
        return Made(order.row, order.ref, task.key, pages, len(data), sha256, composed.seconds, composed.options)


def file_of(folder: Path, ref: str) -> Path:
    """Where the handout of a ref stands."""
    return folder / f"{ref}.pdf"


def composed_of(task: Task, stretches: Path | None) -> Composed | Failed:
    """Compose one handout. It raises nothing, so that nobody's log quotes what was asked for."""
    begun = time.perf_counter()
    try:
        library = library_of(stretches)
        plan = plan_of(task.order.request, NO_LOCALE, library)
        handout = resolve(plan, library)
        laid = laid_out(handout, library)
        # A title of one's own may name somebody: it is on the page alone, and not in the file's metadata.
        data = written(handout, laid, usual_title(plan, library))
    except HandoutError as problem:
        return failed(task, problem)
    return Composed(data, laid.pages, _options(task.order.request, plan), round(time.perf_counter() - begun, 4))


def failed(task: Task, problem: HandoutError, *, full: bool = False) -> Failed:
    """A task that came to nothing."""
    return Failed(task.order.row, task.order.ref, task.key, " ".join(map(str, problem.findings)), full)


def lost(item: Lost[Task]) -> Failed:
    """A task that nobody could do."""
    order = item.item.order
    return Failed(order.row, order.ref, item.item.key, item.why)


@cache
def library_of(stretches: Path | None) -> Library:
    """The library, opened once in a process."""
    return open_library(stretches)


@cache
def _stay_known(folder: Path) -> None:
    """Hold the folder's key as long as this process lives, so that no later run overtakes it when ours is killed.

    Whose run is dead already does not begin.
    """
    handle = os.open(folder / key.NAME, os.O_RDONLY)
    locked_within(handle, PATIENCE, shared=True)
    parent = multiprocessing.parent_process()
    if parent and not parent.is_alive():
        raise SystemExit(1)


def _ours(path: Path) -> Path:
    """The path, if a file can stand there. Raises ContentError for a folder or a pipe."""
    if path.exists() and not path.is_file():
        raise ContentError(Finding("stands in the way: it is no plain file.", str(path), "Move it."))
    return path


def _options(request: Request, plan: Plan) -> dict[str, Any]:
    """What was asked for, as it was settled, without anybody's own words."""
    wishes = {name: value for name, value in vars(request.wishes).items() if value not in ((), None)}
    chosen = {
        "routine": request.routine,
        "stretches": request.stretches,
        "dose": request.doses,
        "recipe": request.recipe,
    }
    settled = {"print": plan.edition, "paper": plan.paper, "form": plan.form, "language": plan.language}
    return {
        **settled,
        "date": plan.date.isoformat(),
        "log": plan.log,
        **{name: value for name, value in chosen.items() if value},
        **wishes,
    }
