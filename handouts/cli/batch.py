"""`handouts batch`: options to a job, the job to a folder of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from handouts.batch.job import Job, PrintFile, Tally
from handouts.batch.run import run
from handouts.batch.stop import Stop
from handouts.batch.ticket import ENDINGS
from handouts.batch.workers import fault_of
from handouts.batch.writing import KINDS
from handouts.cli.telling import Teller, teller, warn
from handouts.errors import ContentError, Exit, Finding, HandoutError, RequestError, did_you_mean, one_of
from handouts.request import Request

_SIDES = ("two", "one")
_ENGINES = ("local", "dask")


@dataclass(frozen=True)
class Asked:
    """The options as they are typed; an empty one is not given."""

    table: Path | None = None
    output: Path | None = None
    defaults: Request = field(default_factory=Request)
    stretches: Path | None = None
    check: bool = False
    skip_bad: bool = False
    merge: str = ""
    no_files: bool = False
    chunk_sheets: int = 0
    separators: bool = False
    sides: str = ""
    bind: bool = False
    jobs: int = 0
    quiet: bool = False
    as_json: bool = False
    redact: bool = False
    encrypt: Path | None = None
    engine: str = ""
    scheduler: str = ""
    template: str = ""
    sample: int = 0


def run_batch(asked: Asked) -> int:
    """Do what is asked for and say so; the exit code. Raises HandoutError."""
    _refuse(_clashes(asked))
    if asked.template or asked.sample:
        _write_table(asked)
        return 0
    job, tell = _job(asked), teller(asked.quiet, asked.as_json)
    with Stop() as stop, tell:
        tally = _run(job, tell, stop)
    code = tally.code(job, stop)
    if stop.asked:
        _tell_done(job, tally, tell, stopped=True)
        warn("stopped. Run the same command again to go on.")
    elif code == Exit.USAGE:
        rows = f"{tally.bad:,} of {tally.good + tally.bad:,} rows cannot be made, and nothing was written."
        warn(f"{rows} Mend them, or add --skip-bad to make the others.")
    elif not job.check:
        _tell_done(job, tally, tell, stopped=False)
    return code


def _run(job: Job, tell: Teller, stop: Stop) -> Tally:
    """Run it; a fault of ours is said without the words it came upon, which may be a person's."""
    try:
        return run(job, tell, stop)
    except (HandoutError, OSError):
        raise
    except Exception as problem:
        raise ContentError(Finding(fault_of(problem))) from None


def _tell_done(job: Job, tally: Tally, tell: Teller, *, stopped: bool) -> None:
    facts = {name: count for name, count in asdict(tally).items() if name != "good"}
    tell("done", folder=str(job.folder), stopped=stopped, **facts)


def _job(asked: Asked) -> Job:
    if asked.encrypt:
        from handouts.batch.encrypt import password_in
    password = password_in(asked.encrypt) if asked.encrypt else ""
    if password and not asked.quiet:
        warn("encrypted files are no longer PDF/A. Reading aloud and printing stay allowed.")
    printed = PrintFile(asked.merge, asked.chunk_sheets, asked.separators, asked.sides or "two", asked.bind)
    return Job(
        table=asked.table or Path(),
        folder=asked.output or Path(),
        defaults=asked.defaults,
        # Workers elsewhere stand in other folders than we do.
        stretches=asked.stretches and (asked.stretches.resolve() if asked.scheduler else asked.stretches),
        jobs=asked.jobs or _cores(),
        check=asked.check,
        skip_bad=asked.skip_bad,
        files=not asked.no_files,
        printed=printed if asked.merge else None,
        redact=asked.redact,
        password=password,
        cluster=asked.scheduler,
    )


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write_table(asked: Asked) -> None:
    """An empty table to fill in, or one of made-up people."""
    from handouts.batch.sample import write_sample, write_template

    output = asked.output or Path()
    if asked.template:
        write_template(asked.template, output)
    else:
        write_sample(asked.sample, output)


def _clashes(asked: Asked) -> Iterator[Finding]:
    """Everything that does not go together."""
    yield from _unknown(asked)
    writes_table = bool(asked.template or asked.sample)
    if writes_table:
        yield from _table_clashes(asked)
    if not writes_table and not asked.table:
        yield Finding("there is no table.", "", "Name one: handouts batch patients.csv -o out")
    if not asked.output and not asked.check:
        what = "the file to write, such as -o patients.csv" if writes_table else "a folder, such as -o out"
        yield Finding("is missing.", "-o", f"Name {what}.")
    if asked.output and not writes_table and asked.output.exists() and not asked.output.is_dir():
        yield Finding("is a file.", str(asked.output), "Name a folder.")
    yield from _print_clashes(asked)
    if bool(asked.scheduler) != (asked.engine == "dask"):
        yield Finding("and --scheduler ADDRESS go together.", "--engine dask", "Give both, or neither.")


def _table_clashes(asked: Asked) -> Iterator[Finding]:
    """What stands against a table to be written: one that is filled in already is never lost."""
    kind, path = asked.template, asked.output
    if kind and asked.sample:
        yield Finding("and --sample both write a table.", "--template", "Use one of the two.")
    if asked.table:
        yield Finding("makes a table and reads none.", "--template or --sample", f"Leave out {asked.table}.")
    if path and path.is_file():
        yield Finding("is there already.", str(path), "Name a new file, so that no table is lost.")
    if path and kind in KINDS and path.suffix.lower() != f".{kind}":
        yield Finding(f"is no name for {kind}.", str(path), f"Name it {path.stem}.{kind}.")


def _unknown(asked: Asked) -> Iterator[Finding]:
    """Words that mean nothing here."""
    known = {"--template": tuple(KINDS), "--sides": _SIDES, "--engine": _ENGINES}
    given = {"--template": asked.template, "--sides": asked.sides, "--engine": asked.engine}
    for option, words in known.items():
        if given[option] and given[option] not in words:
            hint = did_you_mean(given[option], words) or one_of(words)
            yield Finding(f"“{given[option]}” is not known.", option, hint)


def _print_clashes(asked: Asked) -> Iterator[Finding]:
    """What is said of a print file that is not asked for, or that cannot be."""
    name = asked.merge
    if name and (Path(name).name != name or "\\" in name or name[0] in ".-" or not name.endswith(".pdf")):
        yield Finding("is no plain file name.", "--merge", "It stands in the folder: --merge print.pdf")
    only = {
        "--no-files": asked.no_files,
        "--chunk-sheets": asked.chunk_sheets,
        "--separators": asked.separators,
        "--sides": asked.sides,
        "--bind": asked.bind,
    }
    for option in (option for option, given in only.items() if given and not name):
        yield Finding("is for a print file.", option, "Add --merge print.pdf.")
    if name and asked.table and asked.output and _is_in_the_way(asked.table, asked.output / name):
        yield Finding(
            "the ticket would be written over the table.", "--merge", "Give another name, or another folder."
        )
    if name and asked.encrypt:
        yield Finding("is for one file a row; a print file is not encrypted.", "--encrypt", "Leave out one.")


def _is_in_the_way(table: Path, printed: Path) -> bool:
    """Is the table where the print file's ticket goes?"""
    return table.resolve() in [printed.with_suffix(ending).resolve() for ending in ENDINGS]


def _refuse(findings: Iterator[Finding]) -> None:
    if found := tuple(findings):
        raise RequestError(*found)
