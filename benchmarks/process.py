"""Whole processes and what they cost, and the machine they run on.

Nothing here imports the package: on Linux a child's peak memory is never less than its parent's was at the start.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = ("reportlab", "uharfbuzz", "pydantic", "typer", "PyYAML")


@dataclass(frozen=True)
class Cost:
    """What one process took: wall and processor seconds, peak memory in MiB; and what it said."""

    seconds: float
    processor: float
    mebibytes: float
    said: str


@contextmanager
def compiled() -> Iterator[dict[str, str]]:
    """This environment, with modules compiled once, as after an install; their bytecode is swept away after."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        here = str(Path(__file__).parents[1])
        path = os.pathsep.join([here, *filter(None, [kept.get("PYTHONPATH")])])
        yield kept | {"PYTHONPYCACHEPREFIX": folder, "PYTHONPATH": path}


def run(arguments: tuple[str, ...], environment: dict[str, str]) -> Cost:
    """A whole Python process, from start to end."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout
    with process.stdout as stream:
        said = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, _mebibytes(usage.ru_maxrss), said)


def peak_mebibytes() -> float:
    """Peak memory of this process so far."""
    import resource  # Windows has none

    return _mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _mebibytes(maxrss: int) -> float:
    """Peak memory as the system counts it: kilobytes, on macOS bytes (getrusage(2))."""
    return maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def machine() -> dict[str, str]:
    """What the numbers are taken on."""
    return {
        "when": time.strftime("%Y-%m-%d %H:%M"),
        "platform": platform.platform(),
        "processor": f"{os.cpu_count()} x {_processor()}",
        "load": ", ".join(f"{value:.2f}" for value in os.getloadavg()),
        "Python": platform.python_version(),
        "libraries": ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _processor() -> str:
    """The model, from Linux's own list where there is one."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.is_file() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())
