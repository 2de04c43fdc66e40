"""The whole path, from a plan to the bytes of a file. Read this first."""

from __future__ import annotations

from handouts.handout import resolve
from handouts.layout.edition import EDITIONS, PAPERS, Geometry
from handouts.layout.pages import Foot
from handouts.library import Library
from handouts.model import Language
from handouts.pdf.metadata import Metadata
from handouts.plan import Plan
from handouts.render import render
from handouts.sheet import sections

LANGUAGE_TAGS: dict[Language, str] = {"en": "en-US"}


def compose(plan: Plan, library: Library) -> bytes:
    """A plan and a library to a file that is PDF/UA-1 and PDF/A-2a. Raises HandoutError; writes nothing."""
    handout = resolve(plan, library)
    language = handout.language
    parts = sections(handout, library)
    room = Geometry(EDITIONS[handout.edition], PAPERS[handout.paper])
    foot = Foot(library.about.short[language], library.phrases.page[language])
    return render(parts, foot, room, Metadata(handout.title, LANGUAGE_TAGS[language], handout.date))
