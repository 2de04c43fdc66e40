"""How long each stage takes: its functions are timed from outside, without the time of stages within it."""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.caches import loaded

REST = "rest"
# Stage, module, and the function or method at which the stage is entered. A test proves that each is there.
SEAMS = (
    ("read", "handouts.library", "Library.stretch"),
    ("read", "handouts.library", "Library.picture"),
    ("read", "handouts.library", "Folder.shared"),
    ("content", "handouts.handout", "resolve"),
    ("content", "handouts.sheet", "sections"),
    ("shape", "handouts.text.shaping", "shape"),
    ("lines", "handouts.text.lines", "words"),
    ("lines", "handouts.text.lines", "break_lines"),
    ("lines", "handouts.text.lines", "one_line"),
    ("rows", "handouts.layout.flow", "section_rows"),
    ("rows", "handouts.layout.pages", "foot_row"),
    ("pictures", "handouts.layout.pictures", "form"),
    ("pages", "handouts.layout.pages", "paginate"),
    ("pages", "handouts.layout.pages", "assemble"),
    ("structure", "handouts.pdf.structure", "_branch"),
    ("structure", "handouts.pdf.structure", "Structure.numbered"),
    ("fonts", "handouts.render", "fonts"),
    ("fonts", "handouts.pdf.fonts", "add_font"),
    ("deflate", "handouts.pdf.packing", "packed"),
    ("write", "handouts.pdf.writer", "write"),
)
STAGES = (*dict.fromkeys(stage for stage, _, _ in SEAMS), REST)


@dataclass
class Clock:
    """Processor seconds of each stage, and how often it was entered; one stage at a time has the clock."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    entered: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _open: list[str] = field(default_factory=lambda: [REST])
    _since: float = field(default_factory=time.process_time)

    def read(self) -> tuple[dict[str, float], dict[str, int]]:
        """Seconds and entries of each stage since the last reading."""
        self._stop()
        taken = self.seconds, self.entered
        self.seconds, self.entered = defaultdict(float), defaultdict(int)
        return taken

    def enter(self, stage: str) -> None:
        """Hand the clock to a stage."""
        self._stop()
        self._open.append(stage)
        self.entered[stage] += 1

    def leave(self) -> None:
        """Hand it back."""
        self._stop()
        self._open.pop()

    def _stop(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, on the clock."""

        @functools.wraps(function)
        def on_the_clock(*args: Any, **kwargs: Any) -> Any:
            self.enter(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self.leave()

        return on_the_clock


def watch(clock: Clock) -> None:
    """Put every seam on the clock, wherever a module of the package has it by name."""
    for stage, module, name in SEAMS:
        holder, attribute, function = found(module, name)
        timed = clock.timed(stage, function)
        setattr(holder, attribute, timed)
        for other in loaded():
            for alias in [key for key, thing in vars(other).items() if thing is function]:
                setattr(other, alias, timed)


def found(module: str, name: str) -> tuple[Any, str, Callable[..., Any]]:
    """Where a seam is: what holds it, its last name, and itself. Raises LookupError for one that has gone."""
    holder: Any = importlib.import_module(module)
    *path, attribute = name.split(".")
    try:
        for part in path:
            holder = getattr(holder, part)
        return holder, attribute, getattr(holder, attribute)
    except AttributeError:
        raise LookupError(f"{module} has no {name} any more: mend SEAMS in benchmarks/stages.py") from None
