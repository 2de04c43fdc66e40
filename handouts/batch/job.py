"""A batch as it is asked for, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from handouts.batch.stop import Stop
from handouts.errors import Exit
from handouts.layout.edition import Press
from handouts.request import Request


class Tell(Protocol):
    """Takes what happens as it happens, by its name and in small facts: none of them is a person's word."""

    def __call__(self, event: str, /, **facts: Any) -> None:
        """Tell one thing."""


@dataclass(frozen=True)
class PrintFile:
    """The print file that is asked for; `name` is a file in the folder, `chunk_sheets` 0 for one file."""

    name: str
    chunk_sheets: int = 0
    separators: bool = False
    sides: str = "two"
    bind: bool = False

    @property
    def press(self) -> Press:
        """How its paper is printed."""
        return Press(two_sided=self.sides == "two", bound=self.bind)


@dataclass(frozen=True)
class Job:
    """A batch as it is asked for. `cluster` is a scheduler's address; without it the work is done here."""

    table: Path
    folder: Path
    defaults: Request = field(default_factory=Request)
    stretches: Path | None = None
    jobs: int = 1
    check: bool = False
    skip_bad: bool = False
    files: bool = True
    printed: PrintFile | None = None
    redact: bool = False
    password: str = field(default="", repr=False)
    cluster: str = ""


@dataclass
class Tally:
    """How many rows went which way; `old` are handouts in the folder that the table no longer names."""

    good: int = 0
    bad: int = 0
    made: int = 0
    kept: int = 0
    failed: int = 0
    old: int = 0

    def code(self, job: Job, stop: Stop) -> int:
        """The exit code: as the shell has it after a signal; 2 for a bad table; 1 where something is missing."""
        if stop.asked:
            return 128 + stop.signal
        if self.bad and not job.skip_bad:
            return Exit.USAGE
        return Exit.CONTENT if self.bad or self.failed else Exit.DONE
