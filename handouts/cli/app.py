"""The commands and their options. What each does stands in the module named after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from handouts.cli.wished import Areas, Flags, Helper, Levels, Minutes, Positions, Things, wishes_of
from handouts.errors import HandoutError

if TYPE_CHECKING:
    from handouts.cli.make import Made

app = typer.Typer(
    help="Large-print, accessible exercise handouts for people with MS who live with spasticity.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# `readable=False`: what cannot be read or written is said by the library and the writer, in their own words.
Folder = Annotated[
    Optional[Path],  # noqa: UP045 - read at run time by every Typer we support
    typer.Option(
        "--stretches", metavar="DIR", readable=False, help="A folder with stretches of your own, used beside ours."
    ),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "-o", "--output", metavar="FILE", readable=False, help="The file to write; without it, handout.pdf."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace handout.pdf if it is there.")]
Person = Annotated[str, typer.Option("--for", metavar="NAME", help="Whom the sheet is for.")]
Clinic = Annotated[str, typer.Option("--from", metavar="CLINIC", help="Who gives it.")]
Paper = Annotated[str, typer.Option(metavar="PAPER", help="letter or a4; without it, what your region uses.")]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors as plain lines on standard error, with their exit code and no traceback."""
    try:
        yield
    except HandoutError as problem:
        for finding in problem.findings:
            typer.echo(f"handouts: {finding}", err=True)
        raise typer.Exit(int(problem.code)) from None


def say(made: Made) -> None:
    """What was made on standard output, advice on standard error."""
    typer.echo(made.said)
    if made.advice:
        typer.echo(f"handouts: {made.advice}", err=True)


def _complete_stretch(incomplete: str) -> list[str]:
    from handouts.cli.look import stretch_ids

    return [id for id in stretch_ids() if id.startswith(incomplete)]


def _complete_routine(incomplete: str) -> list[str]:
    from handouts.cli.look import routine_ids

    return [id for id in routine_ids() if id.startswith(incomplete)]


@app.command()
def make(
    stretches: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="STRETCH", help="Stretches by name, or a plan file.", autocompletion=_complete_stretch
        ),
    ] = None,
    routine: Annotated[
        str, typer.Option(help="A routine, such as five-to-start.", autocompletion=_complete_routine)
    ] = "",
    recipe: Annotated[
        str, typer.Option(metavar="CODE", help="The code in “About this sheet”: makes that sheet again.")
    ] = "",
    position: Positions = None,
    area: Areas = None,
    equipment: Things = None,
    helper: Helper = None,
    can: Levels = None,
    avoid: Flags = None,
    minutes: Minutes = "",
    explain: Annotated[bool, typer.Option("--explain", help="Say why each stretch was taken or left.")] = False,
    for_: Person = "",
    from_: Clinic = "",
    date: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The date on the sheet; without it, today.")
    ] = "",
    note: Annotated[str, typer.Option(help="A note; a line end begins a new paragraph.")] = "",
    dose: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar='"STRETCH: KEY=VALUE ..."',
            help="A dose: hold (seconds), repeats, side (both, left, right), per-day, days-per-week. Repeatable.",
        ),
    ] = None,
    allow_dose: Annotated[
        bool, typer.Option("--allow-dose", help="Print doses outside their range. For clinicians.")
    ] = False,
    print_: Annotated[
        str, typer.Option("--print", metavar="EDITION", help="standard (14 pt), large (18 pt) or giant (24 pt).")
    ] = "",
    large_print: Annotated[bool, typer.Option("--large-print", help="The same as --print large.")] = False,
    paper: Paper = "",
    form: Annotated[
        str, typer.Option(metavar="FORM", help="sheet, fridge (one page to hang), log (ticks) or helper.")
    ] = "",
    language: Annotated[str, typer.Option(help="The language of the sheet: en.")] = "",
    title: Annotated[str, typer.Option(help="Another title than “Your stretches”.")] = "",
    no_log: Annotated[bool, typer.Option("--no-log", help="Leave out the tick boxes.")] = False,
    save_plan: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE", readable=False, help="Also write these options as a plan file, such as my.yaml."
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
    folder: Folder = None,
) -> None:
    """Make a handout."""
    from handouts.cli.make import Options, edition_of, explained, from_files, make_handout
    from handouts.library import open_library
    from handouts.request import Request

    with plain_errors():
        request = from_files(
            Request(
                stretches=tuple(stretches or ()),
                routine=routine,
                recipe=recipe,
                wishes=wishes_of(position, area, equipment, helper, can, avoid, minutes),
                doses=tuple(dose or ()),
                allow_dose=allow_dose,
                edition=edition_of(print_, large_print),
                paper=paper,
                form=form,
                language=language,
                title=title,
                person=for_,
                clinic=from_,
                date=date,
                note=note,
                log=not no_log,
            )
        )
        options, library = Options(request, output, force, folder, save_plan), open_library(folder)
        if explain:
            typer.echo("\n".join(explained(options, library)))
        say(make_handout(options, library))


@app.command()
def choose(
    for_: Person = "",
    from_: Clinic = "",
    paper: Paper = "",
    output: Output = None,
    force: Force = False,
    folder: Folder = None,
) -> None:
    """Answer a few questions, and get a handout that fits."""
    from handouts.cli.choose import choose as choose_sheet
    from handouts.cli.make import Options
    from handouts.cli.questions import Left
    from handouts.request import Request

    with plain_errors():
        options = Options(Request(person=for_, clinic=from_, paper=paper), output, force, folder)
        try:
            chosen = choose_sheet(options)
        except (Left, KeyboardInterrupt) as left:
            typer.echo("\nNothing was written.")
            raise typer.Exit(130 if isinstance(left, KeyboardInterrupt) else 0) from None
        if not chosen:
            typer.echo("\nNothing was written.")
            return
        say(chosen.made)
        typer.echo(f"To make it again:\n{chosen.command}")


@app.command("list")
def list_(
    position: Positions = None,
    area: Areas = None,
    equipment: Things = None,
    helper: Helper = None,
    can: Levels = None,
    avoid: Flags = None,
    minutes: Minutes = "",
    folder: Folder = None,
) -> None:
    """List the stretches, or those that fit."""
    from handouts.cli.look import stretch_lines

    with plain_errors():
        wishes = wishes_of(position, area, equipment, helper, can, avoid, minutes)
        typer.echo("\n".join(stretch_lines(wishes, folder)))


@app.command()
def show(
    stretch: Annotated[str, typer.Argument(help="A stretch by name.", autocompletion=_complete_stretch)],
    folder: Folder = None,
) -> None:
    """Show a stretch: its steps, doses, warnings and sources."""
    from handouts.cli.look import one_stretch

    with plain_errors():
        typer.echo("\n".join(one_stretch(stretch, folder)))


@app.command()
def figure(
    stretch: Annotated[str, typer.Argument(help="A stretch by name.", autocompletion=_complete_stretch)],
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            readable=False,
            help="The file to write: .svg, .png or .pdf; without it, an SVG file named after the stretch.",
        ),
    ] = None,
    print_: Annotated[
        str, typer.Option("--print", metavar="EDITION", help="Lines for standard, large or giant print.")
    ] = "",
    side: Annotated[str, typer.Option(metavar="SIDE", help="left or right; without it, as it is drawn.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the file named after the stretch.")] = False,
    folder: Folder = None,
) -> None:
    """Write the picture of a stretch: SVG, PNG or PDF."""
    from handouts.cli.figure import draw_figure

    with plain_errors():
        typer.echo(draw_figure(stretch, output, print_, side, force, folder))


@app.command()
def routines(folder: Folder = None) -> None:
    """List the routines."""
    from handouts.cli.look import routine_lines

    with plain_errors():
        typer.echo("\n".join(routine_lines(folder)))


@app.command()
def check(
    folder: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(
            metavar="DIR", readable=False, help="A folder with stretches of your own; without it, ours."
        ),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Also check that the words are plain, short and honest.")
    ] = False,
    schemas: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="DIR", readable=False, help="Write JSON schemas there first: editors check files with them."
        ),
    ] = None,
) -> None:
    """Check stretches and all that belongs to them."""
    from handouts.cli.look import check_all, check_words_too, write_schemas

    with plain_errors():
        if schemas:
            typer.echo(write_schemas(schemas))
        typer.echo(check_words_too(folder) if words else check_all(folder))


@app.command()
def batch(
    table: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="TABLE", readable=False, help="A table with a row for each person."),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("-o", "--output", metavar="DIR", readable=False, help="The folder that the files go to."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only check the table.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out bad rows, and make the others.")] = False,
    merge: Annotated[
        str, typer.Option(metavar="NAME.pdf", help="Also make one file of all handouts, to print.")
    ] = "",
    no_files: Annotated[bool, typer.Option("--no-files", help="Make the print file alone.")] = False,
    chunk_sheets: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", min=1, max=60_000, help="Begin a new print file after so many sheets."),
    ] = None,
    separators: Annotated[bool, typer.Option("--separators", help="A sheet before each group.")] = False,
    sides: Annotated[str, typer.Option(metavar="SIDES", help="Print on two sides of the paper, or one.")] = "",
    bind: Annotated[bool, typer.Option("--bind", help="Leave room for holes or a binding.")] = False,
    print_: Annotated[
        str,
        typer.Option("--print", metavar="EDITION", help="For rows that name no print: standard, large, giant."),
    ] = "",
    large_print: Annotated[bool, typer.Option("--large-print", help="The same as --print large.")] = False,
    paper: Annotated[str, typer.Option(metavar="PAPER", help="For rows that name no paper: letter or a4.")] = "",
    from_: Clinic = "",
    date: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="For rows without one; else the day the batch is begun.")
    ] = "",
    form: Annotated[str, typer.Option(metavar="FORM", help="For rows that name no form.")] = "",
    language: Annotated[str, typer.Option(help="For rows that name no language.")] = "",
    no_log: Annotated[bool, typer.Option("--no-log", help="Leave out the tick boxes.")] = False,
    jobs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", min=1, max=512, help="How many work at a time; else one a core."),
    ] = None,
    encrypt: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", readable=False, help="Encrypt with the password in this file."),
    ] = None,
    redact: Annotated[bool, typer.Option("--redact", help="Put made-up words for names and notes.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what goes wrong.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say what happens as JSON, an object a line.")] = False,
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="local, or dask for other machines.")] = "",
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="The scheduler of --engine dask.")] = "",
    template: Annotated[
        str, typer.Option(metavar="KIND", help="Write an empty table to -o FILE: csv, xlsx or jsonl.")
    ] = "",
    sample: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", min=1, max=1_000_000, help="Write a table of made-up people to -o FILE."),
    ] = None,
    folder: Folder = None,
) -> None:
    """Make a handout for each row of a table. Run it again to go on after a stop."""
    from handouts.cli.batch import Asked, run_batch
    from handouts.cli.make import edition_of
    from handouts.request import Request

    with plain_errors():
        defaults = Request(
            edition=edition_of(print_, large_print),
            paper=paper,
            clinic=from_,
            date=date,
            form=form,
            language=language,
            log=not no_log,
        )
        asked = Asked(
            table=table,
            output=output,
            defaults=defaults,
            stretches=folder,
            check=check,
            skip_bad=skip_bad,
            merge=merge,
            no_files=no_files,
            chunk_sheets=chunk_sheets or 0,
            separators=separators,
            sides=sides,
            bind=bind,
            jobs=jobs or 0,
            quiet=quiet,
            as_json=as_json,
            redact=redact,
            encrypt=encrypt,
            engine=engine,
            scheduler=scheduler,
            template=template,
            sample=sample or 0,
        )
        code = run_batch(asked)
    raise typer.Exit(code)


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:  # alone it never comes this far; with other words it does
        from handouts import __version__

        typer.echo(f"handouts {__version__}")
        raise typer.Exit
