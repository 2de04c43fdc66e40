"""Whether printed English is plain enough: the W rules of the print checklist, told with file, line and value."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.errors import Finding
from handouts.faults import REFERENCE
from handouts.library import Folder, Library
from handouts.model import Stretch
from handouts.wording.rules import Breach, disclaimer_breaches, sheet_breaches, stretch_breaches, text_breaches
from handouts.wording.texts import printed

# These say what stretching does not do, and what a word means, in the very words that others may not use.
_FREE = ("about", "glossary")


def check_words(library: Library) -> list[Finding]:
    """Every text that is too hard, too long or too sure, in the last folder of a library.

    Its content should have passed `check`. Texts in other languages than English are not measured.
    """
    home = library.folders[-1]
    found: list[Finding] = []
    for name in home.shared_names:
        file = f"sheet/{name}"
        shared = home.shared(name)
        found += _told(home, file, _text_breaches(shared, library, claims=name not in _FREE))
        found += _told(home, file, disclaimer_breaches(library)) if name == "about" else []
    for id in home.stretch_ids:
        found += _told(home, id, _stretch_breaches(library.stretch(id), library))
    return list(dict.fromkeys(found))


def _text_breaches(record: object, library: Library, *, claims: bool) -> Iterator[Breach]:
    for steps, text in printed(record):
        yield from text_breaches(steps, _filled(text, library), library, claims=claims)


def _filled(text: str, library: Library) -> str:
    """A text with the names of stretches in it, and a word in every other place that is filled later."""
    return REFERENCE.sub(lambda at: library.stretch(at[1]).name["en"] if at[1] in library.ids else "it", text)


def _stretch_breaches(stretch: Stretch, library: Library) -> Iterator[Breach]:
    yield from _text_breaches(stretch, library, claims=True)
    yield from stretch_breaches(stretch, library)
    if stretch.status != "retired":
        yield from sheet_breaches(stretch, library)


def _told(home: Folder, file: str, breaches: Iterator[Breach]) -> Iterator[Finding]:
    for breach in breaches:
        yield Finding(breach.problem, home.place(file, breach.steps), breach.hint)
