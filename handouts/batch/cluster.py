"""The same work on other machines (extra `dask`): they compose, we write. No scheduler of our own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from handouts.batch import key
from handouts.batch.making import Composed, Failed, Made, Making, Task, composed_of
from handouts.batch.stop import Stop
from handouts.batch.workers import Lost, attempted
from handouts.errors import ContentError, Finding, RequestError
from handouts.library import open_library

_CHUNK = 8  # handouts in one piece of work
_AHEAD = 3  # pieces a worker, so that none waits for us
_CONNECT = 20  # seconds
_OTHER = "the workers have another version of handouts or of its content than this machine."


@dataclass(frozen=True, repr=False)
class Chunk:
    """A few tasks, and the content they are meant for. Its text says nothing: it may stand in somebody's log."""

    tasks: tuple[Task, ...]
    stretches: Path | None
    content: str


def composed_there(chunk: Chunk) -> list[Composed | Failed | Lost[Task]] | None:
    """On a worker: every task composed; None where the content is another. It raises nothing: see `Chunk`."""
    if attempted(_content, chunk.stretches) != chunk.content:
        return None
    return [attempted(lambda task: composed_of(task, chunk.stretches), task) for task in chunk.tasks]


@cache
def _content(stretches: Path | None) -> str:
    return key.fingerprint(open_library(stretches))


def made_there(
    making: Making, tasks: Iterable[Task], scheduler: str, content: str, stop: Stop
) -> Iterator[Made | Failed | Lost[Task]]:
    """Results in the order of the tasks; a worker that dies is the scheduler's care. Raises HandoutError."""
    with _client(scheduler) as client, _gone():
        for chunk, results in _in_turn(client, _chunks(making, tasks, content), stop):
            for task, result in zip(chunk.tasks, results, strict=True):
                written = isinstance(result, Composed)
                yield attempted(partial(making.written, composed=result), task) if written else result


@contextmanager
def _gone() -> Iterator[None]:
    """A scheduler that went away, in plain words. Raises ContentError."""
    try:
        yield
    except (CancelledError, OSError):  # an answer that was on its way, and what is asked after it
        hint = "Start it again, then run the same command again."
        raise ContentError(Finding("the scheduler went away.", "--scheduler", hint)) from None


def _chunks(making: Making, tasks: Iterable[Task], content: str) -> Iterator[Chunk]:
    source = iter(tasks)
    while some := tuple(islice(source, _CHUNK)):
        yield Chunk(some, making.stretches, content)


def _in_turn(client: Any, chunks: Iterator[Chunk], stop: Stop) -> Iterator[tuple[Chunk, list[Any]]]:
    """Chunks with their results, few on their way at a time; after a stop nobody waits for more."""
    ahead: deque[tuple[Chunk, Any]] = deque()
    while not stop.asked:
        wanted = max(1, len(client.nthreads())) * _AHEAD - len(ahead)
        for chunk in islice(chunks, max(0, wanted)):
            ahead.append((chunk, client.submit(composed_there, chunk, pure=False)))
        if not ahead:
            return
        chunk, future = ahead.popleft()
        yield chunk, _result(client, chunk, future)
    client.cancel([future for _, future in ahead])


def _result(client: Any, chunk: Chunk, future: Any) -> list[Any]:
    """A chunk's results; where it keeps killing its workers, each task is tried alone, to find which it is."""
    from distributed import KilledWorker

    try:
        results = future.result()
    except KilledWorker:
        if len(chunk.tasks) == 1:
            return [Lost(chunk.tasks[0], "the processes that tried it all ended.")]
        alone = (Chunk((task,), chunk.stretches, chunk.content) for task in chunk.tasks)
        return [
            result
            for one in alone
            for result in _result(client, one, client.submit(composed_there, one, pure=False))
        ]
    if results is None:
        hint = "Install the same version on each, and give --stretches a folder that all of them see."
        raise ContentError(Finding(_OTHER, "--scheduler", hint))
    return list(results)


def _client(scheduler: str) -> Any:
    """A connection to the scheduler. Raises RequestError."""
    try:
        from distributed import Client
    except ImportError:
        hint = 'Install it: pip install "handouts[dask]".'
        raise RequestError(Finding("needs dask, which is not installed.", "--engine", hint)) from None
    try:
        return Client(scheduler, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as problem:  # TimeoutError is an OSError
        hint = "Is it running? Write it like tcp://10.0.0.5:8786."
        problem_name = type(problem).__name__
        raise RequestError(Finding(f"no scheduler answers ({problem_name}).", "--scheduler", hint)) from None
