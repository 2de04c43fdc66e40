"""What can be measured: each a table, made of whole processes."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.process import Cost, compiled, run
from benchmarks.table import Cell, Table

_MIB = 2**20
_OTHER_EDITIONS = 5  # large and giant have one document in so many


@dataclass(frozen=True)
class Asked:
    """How much to measure: cold processes of each kind, documents of a batch, the largest batch of the growth."""

    rounds: int
    documents: int
    most: int


def one(asked: Asked, environment: dict[str, str]) -> Iterator[Table]:
    """A handout in a process of its own, and what of that is starting."""
    commands = _starts(Path(environment["PYTHONPYCACHEPREFIX"]))
    # The first round compiles, and fills the disk's cache.
    _, *rounds = ([run(c, environment) for c in commands.values()] for _ in range(asked.rounds + 1))
    rows = [_cold(name, [done[i] for done in rounds]) for i, name in enumerate(commands)]
    head = ("process", "ms median", "ms least", "ms most", "processor ms", "peak MiB")
    yield Table(f"One: cold, {asked.rounds} processes of each, in turn", head, rows)


def _starts(folder: Path) -> Mapping[str, tuple[str, ...]]:
    make = ("-m", "handouts", "make", "--routine", "five-to-start", "-o", str(folder / "handout.pdf"))
    return {
        "one handout": make,
        "import handouts.pipeline": ("-c", "import handouts.pipeline"),
        "import handouts.render": ("-c", "import handouts.render"),
        "handouts --version": ("-m", "handouts", "--version"),
        "Python alone": ("-c", "pass"),
    }


def _cold(name: str, costs: list[Cost]) -> list[Cell]:
    times = [cost.seconds * 1000 for cost in costs]
    processor = statistics.median(cost.processor for cost in costs) * 1000
    return [name, statistics.median(times), min(times), max(times), processor, max(c.mebibytes for c in costs)]


def batch(asked: Asked, environment: dict[str, str]) -> Iterator[Table]:
    """Different plans one after the other in one process, after one that is not counted."""
    others = max(asked.documents // _OTHER_EDITIONS, 1)
    counts = {"standard": asked.documents, "large": others, "giant": others}
    rows = [_warm(edition, count, environment) for edition, count in counts.items()]
    head = ("edition", "documents", "ms median", "ms mean", "ms most", "documents/s", "bytes each", "peak MiB")
    yield Table("Batch: warm, processor time, no two alike", head, rows)


def _warm(edition: str, count: int, environment: dict[str, str]) -> list[Cell]:
    found, cost = _work("warm", edition, count, environment)
    times, mean = found["milliseconds"], statistics.fmean(found["milliseconds"])
    size = statistics.fmean(found["bytes"])
    return [edition, count, statistics.median(times), mean, max(times), 1000 / mean, size, cost.mebibytes]


def growth(asked: Asked, environment: dict[str, str]) -> Iterator[Table]:
    """Ten times as many, and again: ten times the time, and the same memory."""
    counts = [10**power for power in range(6) if 10**power <= asked.most]
    times: list[tuple[int, float, float]] = []
    for count in counts:
        found, cost = _work("warm", "standard", count, environment)
        times.append((count, sum(found["milliseconds"]) / 1000, cost.mebibytes))
    ratios: list[Cell] = ["", *(after[1] / before[1] for before, after in pairwise(times))]
    rows: list[list[Cell]] = [
        [str(count), s, s * 1000 / count, ratio, peak]
        for (count, s, peak), ratio in zip(times, ratios, strict=True)
    ]
    head = ("documents", "processor s", "ms each", "times the row above", "peak MiB")
    yield Table("Growth: one process each, after one document that is not counted", head, rows)


def memory(asked: Asked, environment: dict[str, str]) -> Iterator[Table]:
    """Peaks of whole processes, and what the caches hold at the end of a batch."""
    commands = _starts(Path(environment["PYTHONPYCACHEPREFIX"]))
    peaks: list[list[Cell]] = [[name, run(command, environment).mebibytes] for name, command in commands.items()]
    found, _ = _work("kept", "standard", asked.documents, environment)
    peaks.append([f"{asked.documents} different handouts", found["peak"]])
    yield Table("Memory: peak of a process", ("process", "peak MiB"), peaks)
    large = (cache for cache in found["caches"] if cache["bytes"] > _MIB / 10)
    full = sorted(large, key=lambda cache: -cache["bytes"])
    rows = [
        [c["cache"], c["currsize"], _bound(c["maxsize"]), c["hits"], c["misses"], c["bytes"] / _MIB] for c in full
    ]
    head = ("cache", "entries", "bound", "hits", "misses", "MiB")
    held = f"Memory: held after {asked.documents} handouts, what several hold counted once, from 0.1 MiB"
    yield Table(held, head, rows)


def _bound(most: int | None) -> Cell:
    return "none" if most is None else most


def stages(asked: Asked, environment: dict[str, str]) -> Iterator[Table]:
    """Where the time of a handout goes."""
    found, _ = _work("stages", "standard", asked.documents, environment)
    sums = {key: sum(stage[key] for stage in found) for key in ("first", "later")}
    rows: list[list[Cell]] = [
        [s["stage"], s["first"], s["later"], f"{s['later'] / sums['later']:.0%}", s["entered"]] for s in found
    ]
    rows.append(["all", sums["first"], sums["later"], "100%", ""])
    head = ("stage", "ms first", "ms each later", "share", "entered each")
    yield Table(
        f"Stages: {asked.documents} handouts after a first, processor time, without stages within", head, rows
    )


def _work(job: str, edition: str, count: int, environment: dict[str, str]) -> tuple[Any, Cost]:
    """What a measured process found, and what it cost."""
    cost = run(("-m", "benchmarks.work", job, edition, str(count)), environment)
    return json.loads(cost.said), cost


MEASURES: Mapping[str, Callable[[Asked, dict[str, str]], Iterator[Table]]] = {
    "one": one,
    "batch": batch,
    "growth": growth,
    "memory": memory,
    "stages": stages,
}


def measured(names: list[str], asked: Asked) -> Iterator[tuple[str, Table]]:
    """Each table as soon as it is known."""
    with compiled() as environment:
        for name in names:
            for table in MEASURES[name](asked, environment):
                yield name, table
