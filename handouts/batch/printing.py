"""The print pass: orders in print order, laid out by workers, to print files and their ticket."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from handouts.batch.job import PrintFile, Tell
from handouts.batch.making import Failed, Task, failed, library_of, lost
from handouts.batch.manifest import Manifest
from handouts.batch.order import Order
from handouts.batch.stack import Laid, Stack, groups_of, laid, write_stack
from handouts.batch.stop import Stop
from handouts.batch.ticket import ENDINGS, Ticket
from handouts.batch.workers import Lost, mapped
from handouts.errors import HandoutError
from handouts.files import digest_of
from handouts.layout.edition import Press
from handouts.library import Library


class StoppedError(Exception):
    """Somebody asked to stop before the print file was whole."""


@dataclass(frozen=True)
class Laying:
    """What is the same for all orders of a print file; called with a task, it lays one out."""

    press: Press
    stretches: Path | None = None

    def __call__(self, task: Task) -> tuple[Order, Laid] | Failed:
        """Lay one order out. It raises nothing that quotes what was asked for."""
        try:
            return task.order, laid(task.order, library_of(self.stretches), self.press)
        except HandoutError as problem:
            return failed(task, problem)


@dataclass(frozen=True)
class Printing:
    """A print pass: its files stand in `folder`; `tasks` gives the orders in print order, anew each time."""

    folder: Path
    stretches: Path | None
    asked: PrintFile
    day: str
    jobs: int
    tasks: Callable[[], Iterator[Task]]

    @property
    def path(self) -> Path:
        """The print file; papers and parts have something added to its name."""
        return self.folder / self.asked.name

    def key(self, secret: bytes) -> str:
        """The keyed hash of all that decides the bytes of the print files."""
        digest = hmac.new(secret, json.dumps([asdict(self.asked), self.day]).encode(), hashlib.sha256)
        for task in self.tasks():
            order = task.order
            digest.update(json.dumps([task.key, order.ref, order.group, order.copies]).encode())
        return digest.hexdigest()

    def stands(self, manifest: Manifest, key: str) -> bool:
        """Were these files made before, and are they as they were?"""
        known = manifest.printed.get(self.asked.name, {})
        files = known.get("files", {})
        return known.get("key") == key and all(digest_of(self.folder / name) == sha for name, sha in files.items())

    def write(self, library: Library, stop: Stop, tell: Tell, fail: Callable[[Failed], None]) -> Ticket:
        """Lay out and write; what cannot be made is told and left out. Raises HandoutError and StoppedError."""
        press = self.asked.press
        stack = Stack(
            self.path,
            dt.date.fromisoformat(self.day),
            press,
            self.asked.chunk_sheets,
            self.asked.separators,
        )
        groups = groups_of((task.order for task in self.tasks()), library) if self.asked.separators else {}
        results = mapped(Laying(press, self.stretches), self.tasks(), self.jobs, stop)
        return write_stack(stack, _good(results, stop, tell, fail), library, groups)

    def line(self, ticket: Ticket, key: str) -> dict[str, object]:
        """What the manifest keeps of the files."""
        files = {name: digest_of(self.folder / name) for name in _names(self.path, ticket)}
        return {"print": self.asked.name, "key": key, "files": files, "handouts": len(ticket.orders)}


def places(ticket: Ticket) -> Iterator[dict[str, object]]:
    """Where each order stands in the print files."""
    for file in ticket.files:
        for order in file.orders:
            place = {"file": file.name, "first": order.first_page, "last": order.last_page}
            yield {"ref": order.ref, "place": place}


def _names(path: Path, ticket: Ticket) -> Iterator[str]:
    yield from (file.name for file in ticket.files)
    yield from (path.with_suffix(ending).name for ending in ENDINGS)


def _good(
    results: Iterable[tuple[Order, Laid] | Failed | Lost[Task]],
    stop: Stop,
    tell: Tell,
    fail: Callable[[Failed], None],
) -> Iterator[tuple[Order, Laid]]:
    """What is laid out. Raises StoppedError, so that no print file ends before its last order."""
    for result in results:
        if isinstance(result, Lost):
            fail(lost(result))
        elif isinstance(result, Failed):
            fail(result)
        else:
            tell("laid", row=result[0].row, ref=result[0].ref)
            yield result
        if stop.asked:
            raise StoppedError
    if stop.asked:
        raise StoppedError
