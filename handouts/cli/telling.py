"""How a batch says what happens: a bar, lines, errors alone, or JSON."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import Any, Self

import typer

_PACE = 40  # columns for it beside a bar, so that the bar stands still
_STEPS = 10  # lines of progress in a batch


class Teller:
    """Says what it has a way of saying, from the beginning to the end of a batch."""

    def __call__(self, event: str, /, **facts: Any) -> None:
        """Say an event, or pass it over."""
        if say := getattr(self, f"on_{event.replace('-', '_')}", None):
            say(**facts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The work is over, whatever ended it; what is said after it is a summary."""


class Errors(Teller):
    """What went wrong with which row, and what has to be known, on standard error; and nothing else."""

    def on_bad_row(self, row: int, findings: list[str]) -> None:
        """Everything that is wrong in a row of the table."""
        for finding in findings:
            warn(f"row {row}: {finding}")

    def on_failed(self, row: int, ref: str, error: str) -> None:
        """A handout that could not be made."""
        warn(f"row {row} ({ref}): {error}")

    def on_advice(self, text: str, row: int = 0) -> None:
        """Something to know."""
        warn(f"row {row}: {text}" if row else text)

    def on_day(self, day: str) -> None:
        """The date on the handouts is not today's."""
        warn(f"the handouts carry the date {day}, the day this batch was begun. Use --date for another.")


class Lines(Errors):
    """A line at the start, one at every tenth, one at the end."""

    def __init__(self) -> None:
        self._rows = self._past = self._new = 0
        self._begun = 0.0
        self._making = False

    def on_checked(self, rows: int, good: int, bad: int) -> None:
        """The table is read."""
        typer.echo(f"Checked {_counted(rows, 'row')}: {f'{bad:,} bad' if bad else 'all good'}.")

    def on_begun(self, rows: int, jobs: int) -> None:
        """The making begins; `jobs` is 0 where others do the work."""
        self._making = True
        who = f"with {_counted(jobs, 'worker')}" if jobs else "on the cluster"
        self._begin(rows, f"Making {_counted(rows, 'handout')} {who}.")

    def on_made(self, **facts: Any) -> None:
        """One more is there."""
        self._new += 1
        self._pass()

    def on_kept(self, **facts: Any) -> None:
        """One was there already."""
        self._pass()

    def on_failed(self, row: int, ref: str, error: str) -> None:
        """One will not be there."""
        super().on_failed(row, ref, error)
        self._new += 1
        self._pass()

    def on_print_kept(self, file: str) -> None:
        """The print file is as it would be made."""
        self.show_end()
        typer.echo(f"{file} was there already.")

    def on_printing(self, rows: int, jobs: int) -> None:
        """The print file begins."""
        self._begin(rows, f"Laying out {_counted(rows, 'handout')} for the print file.")

    def on_laid(self, **facts: Any) -> None:
        """One more is laid out for the print file."""
        self.on_made()

    def on_printed(self, files: list[str], sheets: int) -> None:
        """The print files are whole."""
        self.show_end()
        typer.echo(f"Wrote {', '.join(files)}: {_counted(sheets, 'sheet')} of paper. The ticket beside says more.")

    def on_done(self, folder: str, made: int, kept: int, failed: int, bad: int, old: int, stopped: bool) -> None:
        """The end, whatever it is."""
        parts = [f"Made {_counted(made, 'handout')} in {folder}."] if self._making else []
        parts += [f"{_were(kept)} there already."] if kept else []
        parts += [f"{failed:,} failed."] if failed else []
        parts += [f"{_counted(bad, 'bad row')} left out."] if bad else []
        parts += [f"{_counted(old, 'older handout')} in the folder {_not_from_here(old)}"] if old else []
        if parts:
            typer.echo(" ".join(parts))

    def show_begin(self, said: str) -> None:
        """Show that it begins."""
        typer.echo(said)

    def show_pass(self) -> None:
        """Show how far it is."""
        tenth = self._past * _STEPS // self._rows
        if tenth > (self._past - 1) * _STEPS // self._rows and _STEPS <= self._rows > self._past:
            typer.echo(f"{self._past:,} of {self._rows:,} done{self.pace()}.")

    def show_end(self) -> None:
        """Show that it is over: lines need no end."""

    def pace(self) -> str:
        """How fast it goes, and how long it will still take; "" before that can be said."""
        seconds = time.monotonic() - self._begun
        rate = self._new / seconds if seconds else 0.0
        if not rate:
            return ""
        return f", {rate:,.1f} a second, about {_span((self._rows - self._past) / rate)} left"

    def _begin(self, rows: int, said: str) -> None:
        self._rows, self._past, self._new, self._begun = rows, 0, 0, time.monotonic()
        self.show_begin(said)

    def _pass(self) -> None:
        self._past += 1
        self.show_pass()


class Bar(Lines):
    """A bar with rate and time left; what failed is said when it is full."""

    def __init__(self) -> None:
        super().__init__()
        self._bar: Any = None
        self._failed: list[tuple[int, str, str]] = []

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The bar is left as it is, and what failed comes below it."""
        self.show_end()
        for failed in self._failed:
            Errors.on_failed(self, *failed)

    def show_begin(self, said: str) -> None:
        """The empty bar."""
        self.show_end()
        typer.echo(said)
        self._bar = typer.progressbar(length=self._rows, show_eta=False, show_percent=False, show_pos=True)
        self._bar.__enter__()

    def show_end(self) -> None:
        """The bar is left as it is, and the next line stands below it."""
        if self._bar:
            self._bar.__exit__(None, None, None)
        self._bar = None

    def on_failed(self, row: int, ref: str, error: str) -> None:
        """Kept for the end: a line now would tear the bar."""
        self._failed.append((row, ref, error))
        self._new += 1
        self._pass()

    def show_pass(self) -> None:
        """One step on."""
        self._bar.label = self.pace().removeprefix(", ").ljust(_PACE)
        self._bar.update(1)


class Json(Teller):
    """Every event as one JSON object on a line of standard output."""

    def __call__(self, event: str, /, **facts: Any) -> None:
        """Write it."""
        typer.echo(json.dumps({"event": event, **facts}, ensure_ascii=False))


def teller(quiet: bool, as_json: bool) -> Teller:
    """The way that was asked for, or the one that fits where it is read."""
    if as_json:
        return Json()
    if quiet:
        return Errors()
    return Bar() if sys.stdout.isatty() else Lines()


def warn(said: str) -> None:
    """A line on standard error."""
    typer.echo(f"handouts: {said}", err=True)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _were(number: int) -> str:
    return f"{number:,} was" if number == 1 else f"{number:,} were"


def _not_from_here(number: int) -> str:
    if number == 1:
        return "was not made from this table: do not hand it out."
    return "were not made from this table: do not hand them out."


def _span(seconds: float) -> str:
    """A time in the one unit that says most."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 1.5 * size:
            return _counted(round(seconds / size), unit)
    return _counted(max(1, round(seconds)), "second")
