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


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:  # alone it never comes this far; with other words it does
        from handouts import __version__

        typer.echo(f"handouts {__version__}")
        raise typer.Exit
