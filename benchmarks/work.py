"""What a measured process does: `python -m benchmarks.work JOB EDITION COUNT` says what it found as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.caches import caches, held
from benchmarks.plans import plan
from benchmarks.process import peak_mebibytes
from benchmarks.stages import STAGES, Clock, watch
from handouts import compose, open_library

# Those that hold what others hold too come first: it counts as theirs.
_OUTER = ("layout.pages._made", "layout.flow.section_rows", "layout.flow._kept", "layout.ink._inked")


def _composed(edition: str, count: int) -> Iterator[bytes]:
    library = open_library()
    for index in range(count):
        yield compose(plan(index, edition, library), library)


def warm(edition: str, count: int) -> dict[str, Any]:
    """Processor milliseconds and bytes of each document but the first."""
    made = _composed(edition, count + 1)
    next(made)
    times, sizes, start = [], [], time.process_time()
    for data in made:
        now = time.process_time()
        times.append((now - start) * 1000)
        sizes.append(len(data))
        start = now
    return {"milliseconds": times, "bytes": sizes}


def kept(edition: str, count: int) -> dict[str, Any]:
    """The peak in MiB after so many documents, and the bytes that each cache holds."""
    for _ in _composed(edition, count):
        pass
    peak, found = peak_mebibytes(), caches()  # counting takes memory too
    names = sorted(found, key=lambda name: (not name.endswith(_OUTER), name))
    sizes = held(found[name] for name in names)
    held_by = [
        {"cache": name.removeprefix("handouts."), "bytes": size, **found[name].cache_info()._asdict()}
        for name, size in zip(names, sizes, strict=True)
    ]
    return {"peak": peak, "caches": held_by}


def stages(edition: str, count: int) -> list[dict[str, Any]]:
    """Milliseconds and entries of each stage: for the first document, and for each of the others."""
    clock = Clock()
    watch(clock)
    made = _composed(edition, count + 1)
    next(made)
    first, _ = clock.read()
    for _ in made:
        pass
    later, entered = clock.read()
    return [
        {"stage": s, "first": first[s] * 1000, "later": later[s] * 1000 / count, "entered": entered[s] / count}
        for s in STAGES
    ]


_JOBS = {"warm": warm, "kept": kept, "stages": stages}

if __name__ == "__main__":
    job, edition, count = sys.argv[1:]
    json.dump(_JOBS[job](edition, int(count)), sys.stdout)
