"""Work shared among processes: results in the order of the items, and a process that dies takes nothing with it.

An own small pool: that of the standard library breaks as a whole when one process dies, and does not say whose
item it was, so that a row which kills its worker would fail its innocent neighbors.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from handouts.batch.stop import Stop, held_back
from handouts.errors import ContentError, Finding
from handouts.garbage import collect_less

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 4  # items a worker that may be done before an earlier one is
_TRIES = 2
_LOST_ON_END = 5  # so many items lost one after another are the machine's fault, not theirs
_PATIENCE = 60.0  # seconds that a worker gets to end what it does
_PROCESSES = get_context("spawn")  # nothing of ours is copied into them, the same on every system


@dataclass(frozen=True)
class Lost(Generic[Item]):
    """An item that could not be done, and why: never with words out of the item."""

    item: Item
    why: str


def mapped(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, stop: Stop | None = None
) -> Iterator[Result | Lost[Item]]:
    """`work` on each item in `jobs` processes; few items are on their way at a time.

    An item whose process dies is done again in a new one; if that dies too, it is lost. Once `stop` is asked
    nothing more is handed out, and what is on its way is still yielded. Raises ContentError when no process lives.
    """
    crew = _Crew(work, jobs)
    try:
        yield from crew.results(iter(items), stop)
    except KeyboardInterrupt:
        crew.kill()
        raise
    finally:
        crew.dismiss()


@dataclass
class _Task:
    index: int
    item: Any
    tries: int = 0


class _Worker:
    """A process, and what it is at."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.pipe, theirs = _PROCESSES.Pipe()
        self.process = _PROCESSES.Process(target=_serve, args=(theirs, work), daemon=True)
        self.task: _Task | None = None
        with held_back():
            self.process.start()
        theirs.close()  # so that the end of the process is the end of the pipe

    def give(self, task: _Task) -> None:
        self.task = task
        task.tries += 1
        with suppress(OSError):  # it is dead: the pipe will say so
            self.pipe.send(task.item)


class _Crew:
    """The processes of one job, and the results that wait for their turn."""

    def __init__(self, work: Callable[[Any], Any], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, _Worker] = {}
        self._done: dict[int, Any] = {}
        self._given = self._turn = self._lost = 0

    def results(self, items: Iterator[Any], stop: Stop | None) -> Iterator[Any]:
        """Results in turn until the items end, or until what is on its way when `stop` is asked."""
        while True:
            self._hand_out(items, stop)
            if not self._busy:
                break
            watched = [*self._busy, *([stop.heard] if stop and not stop.asked else ())]
            for worker in [self._busy.pop(pipe) for pipe in wait(watched) if pipe in self._busy]:
                self._take(worker, bool(stop and stop.asked))
            yield from self._in_turn()
        yield from (self._done[index] for index in sorted(self._done))  # after one that was given up

    def dismiss(self) -> None:
        """Let every process end what it is at, and end."""
        workers = [*self._idle, *self._busy.values()]
        for worker in workers:
            worker.pipe.close()
        for worker in workers:
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.process.join()
        self._idle.clear()
        self._busy.clear()

    def kill(self) -> None:
        """End every process now."""
        for worker in self._busy.values():
            worker.process.kill()

    def _hand_out(self, items: Iterator[Any], stop: Stop | None) -> None:
        while len(self._busy) < self._jobs and self._given - self._turn < self._jobs * _AHEAD:
            if stop and stop.asked:
                return
            for item in items:
                self._give(self._idle.pop() if self._idle else None, _Task(self._given, item))
                self._given += 1
                break
            else:
                return

    def _give(self, worker: _Worker | None, task: _Task) -> None:
        worker = worker or _Worker(self._work)
        self._busy[worker.pipe] = worker
        worker.give(task)

    def _take(self, worker: _Worker, stopping: bool) -> None:
        """What a worker has to say: its result, or that it is dead."""
        task = worker.task
        assert task is not None
        try:
            self._done[task.index] = worker.pipe.recv()
            self._lost = 0
            self._idle.append(worker)
        except (EOFError, OSError):
            self._bury(worker)
            if task.tries < _TRIES and not stopping:
                self._give(None, task)
            elif not stopping:
                self._give_up(task, worker.process.exitcode)

    def _give_up(self, task: _Task, code: int | None) -> None:
        self._lost += 1
        if self._lost >= _LOST_ON_END:
            hint = "Is there memory left? Try fewer at a time, such as --jobs 1."
            raise ContentError(Finding("the processes that make the handouts keep ending.", "", hint))
        how = f"signal {-code}" if code is not None and code < 0 else f"code {code}"
        self._done[task.index] = Lost(task.item, f"its process ended twice (the last time with {how}).")

    def _bury(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()

    def _in_turn(self) -> Iterator[Any]:
        while self._turn in self._done:
            yield self._done.pop(self._turn)
            self._turn += 1


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """A worker's life: item in, result out, until the pipe is closed."""
    collect_less()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(attempted(work, pipe.recv()))


def attempted(work: Callable[[Item], Result], item: Item) -> Result | Lost[Item]:
    """The result, or what went wrong, said without a word of the item."""
    try:
        return work(item)
    except Exception as problem:  # one row's fault must not end the others'
        return Lost(item, fault_of(problem))


def fault_of(problem: Exception) -> str:
    """Where and of what kind; never the message, which may hold a name."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"a fault of ours ({type(problem).__name__} at {where}). Please tell us."
