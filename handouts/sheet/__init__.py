"""A handout's words in reading order: the parts of a sheet, as sections of blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from handouts.blocks import Section
from handouts.handout import Handout
from handouts.layout.edition import PLAIN, Press
from handouts.library import Library
from handouts.sheet.about import about
from handouts.sheet.fridge import fridge
from handouts.sheet.front import front, plan
from handouts.sheet.helper import helper
from handouts.sheet.log import log, log_form
from handouts.sheet.stretch import stretches
from handouts.sheet.words import Words


def sections(handout: Handout, library: Library, press: Press = PLAIN) -> tuple[Section, ...]:
    """The whole handout in its form. The disclaimer is always in it."""
    words = Words(handout, library, press)
    return (*_FORMS[handout.form](words), *about(words))


def _sheet(words: Words) -> list[Section]:
    """The full sheet."""
    return [*front(words), plan(words), *stretches(words), *(log(words) if words.handout.log else ())]


_FORMS: dict[str, Callable[[Words], Iterable[Section]]] = {
    "sheet": _sheet,
    "fridge": fridge,
    "log": log_form,
    "helper": helper,
}
