"""A batch on a cluster of two workers, one of which is killed meanwhile: the same files as without."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batches import DAY, ROWS, batch, files, settled, table

from handouts.batch import cluster, making
from handouts.batch.job import Job, Tally
from handouts.batch.making import Making, Task, composed_of
from handouts.batch.order import Order
from handouts.batch.run import run
from handouts.batch.stop import Stop
from handouts.batch.workers import Lost
from handouts.cli import batch as command
from handouts.errors import ContentError, HandoutError, RequestError
from handouts.request import Request

distributed = pytest.importorskip("distributed")
MANY = tuple({**row, "ref": f"B{part}-{row['ref']}"} for part in range(6) for row in ROWS)  # more than a chunk


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as two:
        yield two


def test_a_killed_worker_of_a_cluster_costs_nothing(tmp_path: Path, two_workers: Any) -> None:
    rows = table(tmp_path / "patients.csv", MANY)
    told: list[str] = []
    victim = two_workers.workers[0].pid

    def tell(event: str, /, **facts: Any) -> None:
        told.append(event)
        if told.count("made") == 3 and event == "made":
            os.kill(victim, signal.SIGKILL)

    defaults = Request(date=DAY)
    with Stop() as stop:
        address = two_workers.scheduler_address
        tally = run(Job(rows, tmp_path / "there", defaults, cluster=address), tell, stop)
    assert (tally.made, tally.failed) == (len(MANY), 0)
    assert batch(rows, "-o", tmp_path / "here", "--date", DAY, "--quiet").returncode == 0
    assert settled(tmp_path / "there") == settled(tmp_path / "here")


def test_the_command_finds_the_scheduler(tmp_path: Path, two_workers: Any) -> None:
    rows = table(tmp_path / "patients.csv", ROWS[:2])
    engine = ("--engine", "dask", "--scheduler", two_workers.scheduler_address)
    done = batch(rows, "-o", tmp_path / "out", "--date", DAY, *engine)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(files(tmp_path / "out")) == ["A1.pdf", "A2.pdf"]


def test_workers_with_other_content_are_refused(tmp_path: Path, two_workers: Any) -> None:
    task, there = Task(Order(2, "A1", Request()), ""), two_workers.scheduler_address
    with Stop() as stop, pytest.raises(HandoutError, match="the workers have another version of handouts"):
        list(cluster.made_there(Making(tmp_path), [task], there, "other", stop))
    assert list(tmp_path.iterdir()) == []


def test_no_scheduler_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 1)
    with Stop() as stop, pytest.raises(RequestError, match="no scheduler answers"):
        list(cluster.made_there(Making(tmp_path), iter(()), "tcp://127.0.0.1:9", "", stop))


class _Gone:
    """A client of a scheduler that is there no more."""

    def __init__(self, problem: Exception) -> None:
        self._problem = problem

    def __enter__(self) -> _Gone:
        return self

    def __exit__(self, *problem: object) -> None:
        pass

    def nthreads(self) -> dict[str, int]:
        raise self._problem


@pytest.mark.parametrize("problem", [distributed.CancelledError(), OSError("Timed out")])
def test_a_scheduler_that_goes_away_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    monkeypatch.setattr(cluster, "_client", lambda scheduler: _Gone(problem))
    with Stop() as stop, pytest.raises(ContentError, match="the scheduler went away"):
        list(cluster.made_there(Making(tmp_path), iter(()), "", "", stop))


def test_a_fault_in_the_writing_is_one_lost_handout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = Task(Order(2, "A1", Request(("foot-roll",), date=DAY)), "")
    chunk = cluster.Chunk((task,), None, "")

    def in_turn(*_: object) -> Iterator[object]:
        yield chunk, [composed_of(task, None)]

    def faulty(*_: object) -> None:
        raise RuntimeError("Sam Sample")

    monkeypatch.setattr(cluster, "_client", lambda scheduler: _Gone(OSError()))
    monkeypatch.setattr(cluster, "_in_turn", in_turn)
    monkeypatch.setattr(making, "file_of", faulty)
    with Stop() as stop:
        (lost,) = cluster.made_there(Making(tmp_path), [task], "", "", stop)
    assert isinstance(lost, Lost)
    assert "RuntimeError" in lost.why
    assert "Sam" not in lost.why


def test_workers_elsewhere_are_told_the_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    jobs: list[Job] = []

    def noted(job: Job, tell: Any, stop: Stop) -> Tally:
        jobs.append(job)
        return Tally()

    monkeypatch.setattr(command, "run", noted)
    for engine, scheduler in (("", ""), ("dask", "tcp://127.0.0.1:9")):
        asked = command.Asked(
            Path("t.csv"), Path("out"), stretches=Path("clinic"), engine=engine, scheduler=scheduler
        )
        command.run_batch(asked)
    assert [job.stretches for job in jobs] == [Path("clinic"), tmp_path / "clinic"]


def test_a_chunk_says_nothing_in_a_log() -> None:
    chunk = cluster.Chunk((), Path("clinic"), "")
    assert "clinic" not in repr(chunk)
