"""What is asked for: a `Plan`, from options, a table row or another program. All user text is made clean here."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import get_args

from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.model import Language, Position, Side
from handouts.text.coverage import describe, first_unprintable
from handouts.wishes import Wishes

EDITION_NAMES = ("standard", "large", "giant")
PAPER_NAMES = ("letter", "a4")
FORM_NAMES = ("sheet", "fridge", "log", "helper")
_KNOWN = {
    "edition": EDITION_NAMES,
    "paper": PAPER_NAMES,
    "form": FORM_NAMES,
    "language": get_args(Language),
}
_CHOICES: dict[str, tuple[str, ...]] = {"side": get_args(Side), "position": get_args(Position)}  # of a dose
_MOST_CHARACTERS = {"--note": 2000}  # anything else is a name or a title
_MOST_NAME = 300
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(frozen=True)
class Dose:
    """How a stretch is done where that differs from its own way.

    Hold in seconds, repeats a side, `per_day` times a day; `position` is one of the stretch's.
    """

    hold: int | None = None
    repeats: int | None = None
    per_day: int | None = None
    days_per_week: int | None = None
    side: Side | None = None
    position: Position | None = None

    def __post_init__(self) -> None:
        numbers = {key: value for key, value in vars(self).items() if key not in _CHOICES and value is not None}
        for key, value in numbers.items():
            if not isinstance(value, int) or isinstance(value, bool):
                raise RequestError(Finding(f"{key} is {value!r}.", "dose", "It should be a whole number."))
        for key, known in _CHOICES.items():
            if (value := getattr(self, key)) not in (None, *known):
                raise RequestError(Finding(f"{key} is {value!r}.", "dose", one_of(known)))

    def over(self, other: Dose) -> Dose:
        """This dose, with what it leaves open taken from another."""
        own = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        return replace(other, **own)


@dataclass(frozen=True)
class Plan:
    """One handout as it is asked for. `doses` are by stretch id; `stretches` come after those of the routine.

    `wishes` alone choose the stretches; with a routine or stretches they leave out or swap what does not fit.
    """

    stretches: tuple[str, ...] = ()
    routine: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    doses: Mapping[str, Dose] = field(default_factory=dict)
    edition: str = "standard"
    paper: str = "letter"
    form: str = "sheet"
    language: Language = "en"
    title: str = ""
    person: str = ""
    clinic: str = ""
    note: str = ""  # paragraphs parted by line ends
    date: dt.date = field(default_factory=dt.date.today)
    log: bool = True
    allow_dose: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.stretches, str):
            hint = f"Write ({self.stretches!r},)."
            raise RequestError(Finding("stretches is one text, it should be a tuple of ids.", "plan", hint))
        for key, known in _KNOWN.items():
            value = getattr(self, key)
            if value not in known:
                hint = did_you_mean(str(value), known) or one_of(known)
                raise RequestError(Finding(f"{key} is {value!r}.", "plan", hint))
        if self.form == "log" and not self.log:
            hint = "Leave out --no-log, or choose another form."
            raise RequestError(Finding("there is nothing left of a log without tick boxes.", "--form log", hint))


def clean(text: str, option: str, *, paragraphs: bool = False) -> str:
    """User text, trimmed, NFC, spaces collapsed; line ends stay only where they make paragraphs.

    Raises RequestError for control characters and for what the shipped fonts cannot print. The message
    names the character, never the text around it: it may be a person's name.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    parts = text.split("\n") if paragraphs else [text.replace("\n", " ")]
    lines = [_SPACES.sub(" ", part).strip(" ") for part in parts]
    bad = next((bad for line in lines if (bad := first_unprintable(line))), "")
    if bad:
        raise RequestError(Finding(_unprintable(bad), option, "Please write it another way."))
    text = "\n".join(line for line in lines if line)
    most = _MOST_CHARACTERS.get(option, _MOST_NAME)
    if len(text) > most:
        raise RequestError(Finding(f"is {len(text)} characters long; at most {most} fit.", option))
    return text


def _unprintable(bad: str) -> str:
    if unicodedata.category(bad[-1]).startswith("C"):
        return f"holds a control or invisible character {describe(bad)}."
    return f"{describe(bad)} cannot be printed by the fonts we ship."


def parse_dose(text: str) -> tuple[str, Dose]:
    """ "heel-cord-stretch: hold=20 repeats=3 side=left" as (id, dose). Raises RequestError."""
    id, colon, rest = text.partition(":")
    if not colon or not rest.strip():
        hint = 'Write it like --dose "heel-cord-stretch: hold=20 repeats=3 side=left".'
        raise RequestError(Finding(f"“{text}” is not a dose.", "--dose", hint))
    place = f"--dose {id.strip()}"
    values: dict[str, int | str] = {}
    for part in rest.replace(",", " ").split():
        key, value = _pair(part, place)
        if key in values:
            raise RequestError(Finding(f"gives {key} twice.", place, "Keep one."))
        values[key] = value
    return id.strip(), Dose(**values)  # type: ignore[arg-type]


def _pair(part: str, place: str) -> tuple[str, int | str]:
    key, equals, value = part.partition("=")
    key = key.replace("-", "_")
    known = [f.name for f in fields(Dose)]
    if key in known and not equals:
        raise RequestError(Finding(f"{key} has no value.", place, f"Write it like {key}=2, with no spaces."))
    if key not in known:
        hint = did_you_mean(key, known) or f"Use {', '.join(known)}, each with = and no spaces."
        raise RequestError(Finding(f"“{part}” is not part of a dose.", place, hint))
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            raise RequestError(Finding(f"{key} is “{value}”.", place, one_of(_CHOICES[key])))
        return key, value
    if not re.fullmatch(r"[0-9]{1,4}", value):
        raise RequestError(Finding(f"{key} is “{value}”.", place, "It should be a whole number, 9999 at most."))
    return key, int(value)


def default_paper(environment: Mapping[str, str]) -> str:
    """Letter where the locale is the United States, Canada or unknown; A4 elsewhere."""
    names = (environment.get(key, "") for key in ("LC_ALL", "LC_PAPER", "LANG"))
    locale = next((name for name in names if name), "C").partition(".")[0].partition("@")[0]
    return "letter" if locale in ("C", "POSIX") or locale.endswith(("_US", "_CA")) else "a4"
