"""The W rules of the print checklist, for one text, one stretch and one sheet. Each tells value and limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from handouts.faults import Steps
from handouts.handout import resolve
from handouts.library import Library
from handouts.model import Stretch
from handouts.phrasing import Term
from handouts.plan import Plan
from handouts.sheet import sections
from handouts.wording.grade import grade, sentences, words
from handouts.wording.texts import chosen

STEPS_GRADE, SHEET_GRADE = 6, 7  # W1, Flesch-Kincaid
MOST_WORDS, MEAN_WORDS = 20, 12  # W3, in a sentence
MOST_STEPS = 8  # W5
MOST_NAME = 6  # words of a name: it is repeated over every page that a stretch goes on on (ours)
_SIDES = {1: "for both sides", 2: "for the left", 3: "for the right"}
_UNCLEAR_DOSE = re.compile(r"[¼½¾⅓⅔]|\b\d+/\d+\b|\b[x×]\s?\d|\b\d+\s?[x×]", re.IGNORECASE)  # W7
_BARE_NUMBER = re.compile(r"\b\d+\b(?!\s*[%A-Za-z-])")
_JOINS = re.compile(r"(?:\band|\bthen|,) ([a-z]+)")


@dataclass(frozen=True)
class Breach:
    """A rule that a text breaks: the keys that lead to the text, what is wrong, what to do."""

    steps: Steps
    problem: str
    hint: str


def text_breaches(steps: Steps, text: str, library: Library, *, claims: bool) -> Iterator[Breach]:
    """What is wrong with one printed text. `claims`: are claims refused here?"""
    longest = max(map(words, sentences(text)), key=len, default=[])
    if len(longest) > MOST_WORDS:
        problem = f"W3: {len(longest)} words in a sentence; at most {MOST_WORDS}."
        yield Breach(steps, problem, f"Make two of the one that begins “{' '.join(longest[:4])}”.")
    wording = library.wording
    for phrase in _said(text, wording.pointers):
        yield Breach(steps, f"W10: “{phrase}” helps only those who see it; 0 allowed.", "Name the thing itself.")
    for term in _said(text, _unprinted(library)):
        plain = _unprinted(library)[term].plain
        hint = f"Say “{plain['en']}”, or put it another way." if plain else ""
        yield Breach(steps, f"W6: “{term}” is a word of the field; 0 allowed.", hint)
    for phrase in _said(text, wording.claims) if claims else ():
        hint = "Say what the stretch is for, and no more."
        yield Breach(steps, f"claim: “{phrase}” is stronger than the evidence; 0 allowed.", hint)
    for found in _UNCLEAR_DOSE.findall(text):
        yield Breach(steps, f"W7: “{found}” can be misread; 0 allowed.", "Write a whole number and its unit.")


def disclaimer_breaches(library: Library) -> Iterator[Breach]:
    """Where the disclaimer, full or short, is too hard to read."""
    about = library.about
    texts = [(("disclaimer", "en", index), text) for index, text in enumerate(about.disclaimer["en"])]
    for at, text in (*texts, (("short", "en"), about.short["en"])):
        if (value := grade(text)) > STEPS_GRADE:
            problem = f"W1: this part of the disclaimer is grade {value:.1f}; at most {STEPS_GRADE}."
            yield Breach(at, problem, "Use shorter words and sentences.")


def stretch_breaches(stretch: Stretch, library: Library) -> Iterator[Breach]:
    """What is wrong with the steps of a stretch, as they are printed for each side."""
    for side in _SIDES if stretch.side == "each" else (1,):
        yield from _graded(_all_steps(stretch, side, library), side)
        for at, text in _all_steps(stretch, side, library):
            yield from _one_action(at, text, library)
    name = words(stretch.name["en"])
    if len(name) > MOST_NAME:
        yield Breach(("name", "en"), f"name: {len(name)} words; at most {MOST_NAME}.", "Say it in fewer.")
    for at, text in _all_steps(stretch, 1, library):
        for number in _BARE_NUMBER.findall(text):
            yield Breach(at, f"W7: “{number}” has no unit; 0 allowed.", "Say what it counts.")


def sheet_breaches(stretch: Stretch, library: Library) -> Iterator[Breach]:
    """What is wrong with a whole sheet of one stretch. Only its own words can mend it."""
    prose = _prose(stretch.id, library)
    value = grade(" ".join(prose))
    if value > SHEET_GRADE:
        problem = f"W1: the whole sheet is grade {value:.1f}; at most {SHEET_GRADE}."
        yield Breach(("name",), problem, "Use shorter words and sentences.")
    lengths = [len(words(sentence)) for text in prose for sentence in sentences(text)]
    mean = sum(lengths) / len(lengths)
    if mean > MEAN_WORDS:
        problem = f"W3: a sentence of the sheet has {mean:.1f} words on average; at most {MEAN_WORDS}."
        yield Breach(("name",), problem, "Use shorter sentences.")


def _all_steps(stretch: Stretch, side: int, library: Library) -> list[tuple[Steps, str]]:
    """Steps as printed: with one side the first names it, with both the last changes sides."""
    first = [(("one_side", "en"), stretch.one_side["en"])] if side > 1 and stretch.one_side else []
    last = [(("change_sides", "en"), stretch.change_sides["en"])] if side == 1 and stretch.change_sides else []
    own = [(("steps", "en", index), text) for index, text in enumerate(stretch.steps["en"])]
    return [(at, library.named(chosen(text, side), "en")) for at, text in (*first, *own, *last)]


def _graded(steps: list[tuple[Steps, str]], side: int) -> Iterator[Breach]:
    value = grade(" ".join(text for _, text in steps))
    if value > STEPS_GRADE:
        problem = f"W1: the steps {_SIDES[side]} are grade {value:.1f}; at most {STEPS_GRADE}."
        yield Breach(("steps",), problem, "Use shorter words and sentences.")
    if len(steps) > MOST_STEPS:
        problem = f"W5: {len(steps)} steps {_SIDES[side]}; at most {MOST_STEPS}."
        yield Breach(("steps",), problem, "The line on sides counts as one. Join or drop a step.")


def _one_action(at: Steps, text: str, library: Library) -> Iterator[Breach]:
    """W4: a step is one sentence, begins with a verb and holds one action."""
    wording = library.wording
    first = next(iter(words(text.casefold())), "")
    if first not in wording.verbs:
        yield Breach(at, f"W4: begins with “{first}”; 1 verb is wanted first.", "Begin with what to do.")
    if len(sentences(text)) != 1:
        yield Breach(at, f"W4: {len(sentences(text))} sentences in a step; 1 allowed.", "Make two steps of it.")
    second = [verb for verb in _JOINS.findall(text.casefold()) if verb in wording.verbs]
    for verb in (verb for verb in second if verb not in wording.joined):
        yield Breach(at, f"W4: “{verb}” is a second action; 1 allowed.", "Make two steps of it.")


def _prose(id: str, library: Library) -> list[str]:
    """The sentences of a sheet, without names, heads and doses."""
    parts = sections(resolve(Plan(stretches=(id,)), library), library)
    texts = (text for part in parts for text in part.script())
    return [text for text in texts if text.endswith(".") and len(words(text)) > 3]


def _unprinted(library: Library) -> dict[str, Term]:
    """Words of the glossary that stay off sheets, by their small letters, for one and for several."""
    kept_off = {word.casefold(): term for word, term in library.glossary.items() if not term.may_print}
    return {f"{word}{ending}": term for word, term in kept_off.items() for ending in ("", "s")}


def _said(text: str, phrases: Iterable[str]) -> list[str]:
    """Which of some phrases a text holds, as whole words."""
    return [match.casefold() for match in _any_of(tuple(phrases)).findall(text)]


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One of them, longest first; a sign such as % may stand right beside a digit."""
    longest_first = sorted(phrases, key=len, reverse=True)
    whole = (rf"(?<![\w-]){re.escape(phrase)}(?![\w-])" for phrase in longest_first if phrase[0].isalnum())
    signs = (re.escape(phrase) for phrase in longest_first if not phrase[0].isalnum())
    return re.compile("|".join([*whole, *signs]), re.IGNORECASE)
