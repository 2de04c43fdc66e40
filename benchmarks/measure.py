"""How fast and how large handouts are: one cold, many warm, and what starting costs.

    python benchmarks/measure.py [--documents 200] [--cold 9]

Nothing here passes or fails. Times are wall clock: quote medians, and compare within one run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

# This process stays light until the cold runs are over: on Linux a child's peak memory is never less than
# its parent's was at the start.
if TYPE_CHECKING:
    from handouts import Dose, Library, Plan
    from handouts.model import Range, Side, Stretch

_LIBRARIES = ("reportlab", "uharfbuzz", "pydantic", "typer", "PyYAML")
_ON_A_SHEET = 5
_OTHER_EDITIONS = 5  # large and giant have one document in so many
_FIRST = ("Ada", "Ben", "Carmen", "Dev", "Elif", "Femi", "Grace", "Inés", "Jonas", "Keiko", "Łucja")
_LAST = ("Abara", "Brandt", "Castillo", "Dahl", "Eriksen", "Gupta", "Hansen", "López", "Nguyễn")


@dataclass(frozen=True)
class Cost:
    """What one process took: wall seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


def run(arguments: tuple[str, ...], environment: Mapping[str, str]) -> Cost:
    """A whole Python process, from start to end."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return Cost(seconds, _mebibytes(usage.ru_maxrss))


def _mebibytes(maxrss: int) -> float:
    """Peak memory as the system counts it: kilobytes, on macOS bytes (getrusage(2))."""
    return maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def machine() -> Iterator[tuple[str, str]]:
    """What the numbers below were taken on."""
    yield "platform", platform.platform()
    yield "processor", f"{os.cpu_count()} x {_processor()}"
    yield "load", ", ".join(f"{value:.2f}" for value in os.getloadavg())
    yield "Python", platform.python_version()
    yield "libraries", ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)


def _processor() -> str:
    """The model, from Linux's own list where there is one."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.is_file() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())


def compiled(folder: Path) -> dict[str, str]:
    """This environment, with modules compiled once, as after an install; their bytecode stays in `folder`."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder)}


def starts(folder: Path) -> dict[str, tuple[str, ...]]:
    """The processes to time, each with its arguments; the last is the part that Python itself takes."""
    make = ("-m", "handouts", "make", "--routine", "five-to-start", "-o", str(folder / "handout.pdf"))
    return {
        "one cold handout": make,
        "import handouts.pipeline": ("-c", "import handouts.pipeline"),
        "handouts --version": ("-m", "handouts", "--version"),
        "Python alone": ("-c", "pass"),
    }


def cold(runs: int) -> Iterator[tuple[str, str]]:
    """Whole processes in turn, after one round that compiles and fills the disk's cache."""
    with tempfile.TemporaryDirectory() as folder:
        commands, environment = starts(Path(folder)), compiled(Path(folder))
        rounds = [{name: run(c, environment) for name, c in commands.items()} for _ in range(runs + 1)]
        for name in commands:
            yield name, _cold_line([done[name] for done in rounds[1:]])


def _cold_line(costs: list[Cost]) -> str:
    times = [cost.seconds * 1000 for cost in costs]
    peak = max(cost.mebibytes for cost in costs)
    middle, low, high = statistics.median(times), min(times), max(times)
    return f"{middle:.0f} ms median ({low:.0f} to {high:.0f}, {len(times)} runs), peak memory {peak:.0f} MiB"


def warm(documents: int) -> Iterator[tuple[str, str]]:
    """Different plans one after the other in this process, after one that is not counted."""
    from handouts import open_library

    library = open_library()
    for edition, count in _editions(documents).items():
        plans = [plan(index, edition, library) for index in range(count + 1)]
        yield f"{edition}, {count} plans", _warm_line(*_made(plans, library))
    yield "peak memory", f"{_mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss):.0f} MiB"


def _editions(documents: int) -> dict[str, int]:
    others = max(documents // _OTHER_EDITIONS, 1)
    return {"standard": documents, "large": others, "giant": others}


def _made(plans: list[Plan], library: Library) -> tuple[list[float], list[int]]:
    """Milliseconds and bytes of each but the first."""
    from handouts import compose

    first, *others = plans
    compose(first, library)
    times, sizes = [], []
    for wanted in others:
        start = time.perf_counter()
        data = compose(wanted, library)
        times.append((time.perf_counter() - start) * 1000)
        sizes.append(len(data))
    return times, sizes


def _warm_line(times: list[float], sizes: list[int]) -> str:
    middle, mean = statistics.median(times), statistics.fmean(times)
    spread = f"{min(times):.1f} to {max(times):.1f}, mean {mean:.1f}"
    return (
        f"{middle:.1f} ms a document median ({spread}), {1000 / mean:.0f} documents a second, "
        f"{statistics.fmean(sizes):,.0f} bytes a document"
    )


def plan(index: int, edition: str, library: Library) -> Plan:
    """Plan number `index`: its own person, day, note, five stretches and doses within their ranges."""
    from handouts import Plan

    chosen = _spread(index, library.ids)
    return Plan(
        stretches=chosen,
        doses={id: dose(index + place, library.stretch(id)) for place, id in enumerate(chosen)},
        edition=edition,
        person=f"{_FIRST[index % len(_FIRST)]} {_LAST[index % len(_LAST)]}",
        clinic="Riverside MS Clinic",
        note=f"Visit {index + 1}. Mornings, after your shower.",
        date=dt.date(2026, 1, 1) + dt.timedelta(days=index),
    )


def _spread(index: int, ids: Sequence[str]) -> tuple[str, ...]:
    """Five of them, evenly apart: another five for each of many numbers."""
    apart = 1 + index // len(ids) % ((len(ids) - 1) // (_ON_A_SHEET - 1))
    return tuple(ids[(index + place * apart) % len(ids)] for place in range(_ON_A_SHEET))


def dose(index: int, stretch: Stretch) -> Dose:
    """A dose within the stretch's ranges; hold in steps of five seconds."""
    from handouts import Dose

    sides: tuple[Side, ...] = ("both", "left", "right") if stretch.side == "each" else ("both",)
    return Dose(
        hold=_within(stretch.hold, index, 5),
        repeats=_within(stretch.repeats, index),
        per_day=_within(stretch.per_day, index),
        days_per_week=_within(stretch.days_per_week, index),
        side=sides[index % len(sides)],
    )


def _within(allowed: Range, index: int, step: int = 1) -> int:
    values = range(allowed.min, allowed.max + 1, step)
    return values[index % len(values)]


def show(title: str, lines: Iterator[tuple[str, str]]) -> None:
    """A part of the report, each line as soon as it is known."""
    print(f"\n{title}")
    for name, value in lines:
        print(f"  {name:24} {value}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200, help="warm documents in standard print")
    parser.add_argument("--cold", type=int, default=9, help="cold processes of each kind")
    asked = parser.parse_args()
    show("Machine", machine())
    show("Cold: whole processes", cold(asked.cold))
    show(f"Warm: {_ON_A_SHEET} stretches a handout, one process", warm(asked.documents))


if __name__ == "__main__":
    main()
