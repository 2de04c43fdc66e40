"""A handout's words in reading order: the parts of a sheet, as sections of blocks."""

from __future__ import annotations

from handouts.blocks import Section
from handouts.handout import Handout
from handouts.library import Library
from handouts.sheet.about import about
from handouts.sheet.front import front, plan
from handouts.sheet.log import log
from handouts.sheet.stretch import stretch
from handouts.sheet.words import Words


def sections(handout: Handout, library: Library) -> tuple[Section, ...]:
    """The whole sheet. The disclaimer is always in it."""
    words = Words(handout, library)
    stretches = [stretch(words, number, item) for number, item in enumerate(handout.items, 1)]
    return (*front(words), plan(words), *stretches, *(log(words) if handout.log else ()), *about(words))
