"""What can be wrong in a record that is well formed: what it names must exist, its braces must mean something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Protocol

from handouts.errors import Finding, did_you_mean
from handouts.model import Record, Stretch
from handouts.phrasing import Phrases
from handouts.practice import OwnPhrases, Practice

REFERENCE = re.compile(r"\{(?!hold\})([a-z0-9-]+)\}")
HOLD = re.compile(r"\{hold\}")  # the time that is prescribed, with its unit
CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")

MOST_ALT = 150  # characters (D5)

Steps = tuple[str | int, ...]  # keys and indexes that lead to a value in a file
Fault = tuple[str, str, Steps]  # what is wrong, the hint, where

_KNOWN = {"flag": "flags", "source": "sources", "stretch": "ids"}
_PRINTED = ("name", "for_whom", "words", "purpose", "feel", "one_side", "change_sides", "side_name", "note",
            "easier", "harder", "steps", "cautions", "start", "hands")  # fmt: skip
_NAMING = ("steps", "cautions", "easier", "harder", "note")  # fields where `{id}` becomes a name
_SIDED = (
    "steps",
    "cautions",
    "easier",
    "harder",
    "feel",
    "one_side",
    "side_name",
    "start",
    "hands",
    "figures",
    "pictures",
)  # where a text is chosen by side
_BY_SIDE = "{both|left|right}"
_MARKS = {_BY_SIDE: (CHOICE, _SIDED), "{stretch-id}": (REFERENCE, _NAMING), "{hold}": (HOLD, ("steps",))}


class Known(Protocol):
    """What a record can name."""

    @property
    def ids(self) -> Iterable[str]:
        """Stretches."""

    @property
    def flags(self) -> Iterable[str]:
        """Flags."""

    @property
    def sources(self) -> Iterable[str]:
        """Sources."""


class Home(Protocol):
    """The folder that a record stands in."""

    def place(self, file: str, steps: Sequence[str | int], /) -> str:
        """Where in a file a value stands."""


def faults_of(record: Record, known: Known, home: Home, file: str, at: Steps = ()) -> Iterator[Finding]:
    """What a record names must exist, and its braces must mean something where they stand."""
    for what, key, steps in _links(record):
        there: Iterable[str] = getattr(known, _KNOWN[what])
        if key not in there:
            place = home.place(file, (*at, *steps))
            yield Finding(f"there is no {what} “{key}”.", place, did_you_mean(key, there))
    for steps, text in _texts(record):
        allowed = [mark for mark, (_, fields) in _MARKS.items() if steps[0] in fields]
        if getattr(record, "side", "each") != "each":
            allowed = [mark for mark in allowed if mark != _BY_SIDE]
        left = reduce(lambda rest, mark: _MARKS[mark][0].sub("", rest), allowed, text)
        if "{" in left or "}" in left:
            hint = f"Here it can only be part of {' or '.join(allowed)}." if allowed else "Take it out."
            yield Finding("a brace, { or }, has no meaning.", home.place(file, (*at, *steps)), hint)
        sides = (2, 3) if steps[0] == "one_side" else (1, 2, 3)  # it is never printed for both
        if any(not CHOICE.sub(rf"\{side}", text).strip() for side in sides):
            yield Finding("says nothing for one of the sides.", home.place(file, (*at, *steps)), "Fill it in.")
    if isinstance(record, Stretch):
        for problem, hint, steps in _figure_faults(record):
            yield Finding(problem, home.place(file, steps), hint)


def _figure_faults(stretch: Stretch) -> Iterator[Fault]:
    """What is wrong with the words of pictures."""
    for index, panel in enumerate(stretch.shown):
        at = (*_panels(stretch), index)
        for language, alt in panel.alt.items():
            texts = {CHOICE.sub(rf"\{side}", alt) for side in (1, 2, 3)}
            yield from _long_alt(max(map(len, texts)), (*at, "alt", language))
            if len(texts) > 1 and not stretch.drawn_side:
                hint = "Say which one is drawn: `side: left` or `side: right`."
                yield "the alt text names a side, and the picture has none.", hint, (*at, "alt", language)
            if panel.step > len(stretch.steps[language]):
                problem = f"there is no step {panel.step}, the stretch has {len(stretch.steps[language])}."
                yield problem, "Name the step that the panel shows.", (*at, "step")
            if texts & {CHOICE.sub(rf"\{side}", stretch.feel[language]) for side in (1, 2, 3)}:
                yield "the alt text is the feel line again.", "Say what the body does.", (*at, "alt", language)


def _panels(record: Record) -> Steps:
    """Where the words of a stretch's pictures stand."""
    return ("figures", "panels") if getattr(record, "figures", None) else ("pictures",)


def _long_alt(length: int, at: Steps) -> Iterator[Fault]:
    if length > MOST_ALT:
        problem = f"the alt text has {length} characters once a side is chosen."
        yield problem, f"At most {MOST_ALT}: a listener cannot stop halfway (D5).", at


def phrase_faults(own: OwnPhrases, ours: Phrases) -> Iterator[Fault]:
    """A clinic's phrases have the places that ours have, such as {clinician}, and no other braces."""
    for key, texts in own:
        for language, text in (texts or {}).items():
            wanted = _places(getattr(ours, key)[language]) or []
            if _places(text) != wanted:
                listed = " and ".join(f"{{{place}}}" for place in wanted)
                hint = f"It should hold {listed}, once each." if wanted else "Take the braces out."
                yield "has other places to fill in than ours.", hint, (key, language)


def _places(text: str) -> list[str] | None:
    """The names in braces; None where a brace has no meaning."""
    found = re.findall(r"\{([a-z_]+)\}", text)
    return None if re.search(r"[{}]", re.sub(r"\{[a-z_]+\}", "", text)) else sorted(found)


def review_faults(practice: Practice, ids: Iterable[str]) -> Iterator[Fault]:
    """What a clinic names must exist; its logo's words must not be too long."""
    for id in practice.reviews:
        if id not in ids:
            yield f"there is no stretch “{id}”.", did_you_mean(id, ids), ("reviews", id)
    for language, alt in (practice.logo.alt if practice.logo else {}).items():
        yield from _long_alt(len(alt), ("logo", "alt", language))


def _links(record: Record) -> Iterator[tuple[str, str, Steps]]:
    """What a record names: the kind of thing, its key, and where."""
    for index, code in enumerate(getattr(record, "flags", ())):
        yield "flag", code, ("flags", index)
    for index, source in enumerate(getattr(record, "sources", ())):
        yield "source", getattr(source, "key", source), ("sources", index, "key")
    for index, variant in enumerate(getattr(record, "variants", ())):
        yield "stretch", variant.id, ("variants", index, "id")
    for index, portion in enumerate(getattr(record, "stretches", ())):
        yield "stretch", portion.stretch, ("stretches", index, "stretch")
    for steps, text in _texts(record):
        yield from (("stretch", id, steps) for id in REFERENCE.findall(text) if steps[0] in _NAMING)


def _texts(record: Record) -> Iterator[tuple[Steps, str]]:
    """Every printed text of a record, in all languages, with the keys and indexes that lead to it."""
    for name in _PRINTED:
        yield from _below(getattr(record, name, None), (name,))
    for index, panel in enumerate(record.shown if isinstance(record, Stretch) else ()):
        yield from _below(panel.alt, (*_panels(record), index, "alt"))


def _below(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Texts in mappings and lists; a bare text is a remark of ours, which nobody prints."""
    if isinstance(value, str) and len(steps) > 1:
        yield steps, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _below(inner, (*steps, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _below(inner, (*steps, index))


def clash(id: str, first: str, second: str) -> Finding:
    """An id that stands in two files."""
    return Finding(f"“{id}” stands in {first} too.", second, "Give yours another id.")
