"""`handouts choose`: what a person can do, question by question; the sheet; the command that makes it again."""

from __future__ import annotations

import datetime as dt
import math
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import typer

from handouts.choice import check_flags
from handouts.cli.make import DEFAULT_OUTPUT, Made, Options, make_handout, refuse_to_replace
from handouts.cli.questions import Question, Words, ask
from handouts.fitting import fit, warnings
from handouts.handout import resolve
from handouts.library import Library, open_library
from handouts.request import plan_of
from handouts.wishes import KIND, KINDS, Wishes

_FEW = 4  # warnings in one question
_WELCOME = """\
This helps you choose stretches for a printed sheet. It asks a few questions, one at a time.
It does not know you: ask your care team which stretches suit you.
Type q at any time to leave. Nothing is written before you say yes."""

_WHERE = Question(
    "Where can you do your stretches?",
    (
        ("Lying on my back", ("lying",)),
        ("Lying on my side", ("side",)),
        ("Lying on my front", ("front",)),
        ("Sitting on a bed", KINDS["on-bed"]),
        ("Sitting in a chair", ("chair",)),
        ("Sitting in my wheelchair", ("wheelchair",)),
        ("Standing, holding on", ("standing",)),
    ),
    usual=(5,),
)
_CAN = Question(
    "What can you do without help?",
    (
        ("Stand while I hold on", ("stand",)),
        ("Sit without support", ("sit",)),
        ("Sit with support, such as a back or arms", ("sit-with-support",)),
        ("Lie down and turn over", ("turn",)),
        ("None of these: someone has to help me", ("helped",)),
    ),
)
_USUALLY = {"standing": 1, "on-bed": 2, "chair": 3, "wheelchair": 3}  # of _CAN; lying down: 4
_HELP = Question(
    "Does someone help you with your stretches?", (("No", ("no",)), ("Yes", ("yes",))), (1,), many=False
)
_HAVE = Question(
    "Which of these do you have?",
    (
        ("A strap or a long towel", ("towel",)),
        ("A small rubber ball", ("ball",)),
        ("Pillows", ("pillow",)),
        ("A stool for your feet", ("stool",)),
        ("A steady chair with a back", ("chair",)),
        ("A steady chair with arms", ("armchair",)),
        ("A table", ("table",)),
        ("A clear wall", ("wall",)),
        ("A kitchen counter", ("counter",)),
        ("A non-slip mat", ("non-slip-mat",)),
        ("None of these", ("nothing",)),
    ),
    usual_words="I can get any of these",
)
_TIGHT = Question(
    "Where are you tight?",
    tuple((word.capitalize(), (word,)) for word in
          ("legs", "feet", "hips", "back", "neck", "shoulders", "arms", "hands", "trunk")),
    usual_words="Anywhere",
)  # fmt: skip
_TRUE = "Is any of these true for you? “Here” means the part that you stretch."
_LONG = Question(
    "How long may it take?",
    tuple((f"About {minutes} minutes", (str(minutes),)) for minutes in (3, 5, 10, 15, 20)),
    usual=(3,),
    many=False,
)
_PRINT = Question(
    "How big should the print be?",
    (("Standard", ("standard",)), ("Large", ("large",)), ("Giant", ("giant",))),
    usual=(2,),
    many=False,
)
_SURE = Question("Make this sheet?", (("Yes", ("yes",)), ("No", ("no",))), usual=(1,), many=False)


@dataclass(frozen=True)
class Chosen:
    """What was made, and the command that makes it again."""

    made: Made
    command: str


def choose(options: Options) -> Chosen | None:
    """Ask, show, make; None where the person says no. Raises HandoutError, and Left for `q`."""
    library = open_library(options.folder)
    refuse_to_replace(options.output or DEFAULT_OUTPUT, options)
    plan = plan_of(
        options.request, os.environ, library
    )  # what is wrong with the options is said before any question
    typer.echo(_WELCOME)
    wishes = _wishes(library)
    (edition,) = ask(_PRINT)
    day = options.request.date or dt.date.today().isoformat()
    request = replace(options.request, wishes=wishes, edition=edition, paper=plan.paper, date=day)
    settled = replace(options, request=request, output=options.output or DEFAULT_OUTPUT)
    typer.echo("\n".join(_list(settled, library)))
    return Chosen(make_handout(settled, library), command(settled)) if ask(_SURE) == ("yes",) else None


def _wishes(library: Library) -> Wishes:
    """The answers, one after the other."""
    position = ask(_WHERE)
    kinds = {KIND[at] for at in Wishes(position=position).positions}
    can = ask(replace(_CAN, usual=tuple(sorted({_USUALLY.get(kind, 4) for kind in kinds}))))
    helper = None if "helped" in can else ask(_HELP) == ("yes",)
    wishes = Wishes(position=position, can=can, helper=helper, equipment=_had(), area=ask(_TIGHT))
    wishes = replace(wishes, avoid=_warned(wishes, library))
    return replace(wishes, minutes=int(ask(_LONG)[0]))


def _had() -> Words:
    """What there is; “none of these” beside something is a slip."""
    things = ask(_HAVE)
    return tuple(thing for thing in things if thing != "nothing") or things


def _warned(wishes: Wishes, library: Library) -> Words:
    """The flags that are true, of those that could change what is chosen; a few in one question."""
    fits = [fit(library.stretch(id), wishes, library) for id in library.ids]
    carried = {code for f in fits for at in f.positions for code in warnings(f.stretch, at)}
    codes = [code for code, flag in library.flags.items() if flag.for_all or code in carried]
    found: list[str] = []
    for start in range(0, len(codes), _FEW):
        some = codes[start : start + _FEW]
        answers = tuple((_sentence(library.flags[code].words["en"]), (code,)) for code in some)
        found += ask(Question(_TRUE, answers, usual_words="None of these"))
        check_flags(Wishes(avoid=tuple(found)), library)
    return tuple(found)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _list(options: Options, library: Library) -> Iterator[str]:
    """What will be on the sheet. Raises HandoutError where nothing fits."""
    handout = resolve(plan_of(options.request, os.environ, library), library)
    yield from ("", "These will be on your sheet:")
    for number, item in enumerate(handout.items, 1):
        position = library.phrases.positions[item.position]["en"]
        yield f"  {number}. {item.stretch.name['en']}. {position} About {math.ceil(item.seconds / 60)} min."
    yield f"In all about {handout.minutes} minutes, in {options.request.edition} print."


def command(options: Options) -> str:
    """The line that makes the same sheet again, quoted for a shell."""
    return shlex.join(["handouts", "make", *_wished(options.request.wishes), *_given(options)])


def _wished(wishes: Wishes) -> Iterator[str]:
    """The options of wishes, each named as its field."""
    for field in fields(wishes):
        value: Any = getattr(wishes, field.name)
        if isinstance(value, bool):
            yield f"--{field.name}" if value else f"--no-{field.name}"
        elif value:
            yield from (f"--{field.name}", ",".join(value) if isinstance(value, tuple) else str(value))


def _given(options: Options) -> Iterator[str]:
    """The other options that `handouts choose` knows."""
    request = options.request
    given = {"--print": request.edition, "--paper": request.paper, "--date": request.date, "--for": request.person,
             "--from": request.clinic, "-o": options.output, "--stretches": options.folder}  # fmt: skip
    yield from (part for name, value in given.items() if value for part in (name, str(value)))
