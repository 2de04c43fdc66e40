"""The whole path, from a plan to the bytes of a file. Read this first."""

from __future__ import annotations

from handouts.handout import resolve, usual_title
from handouts.library import Library
from handouts.model import Language
from handouts.pdf.metadata import Metadata
from handouts.plan import Plan
from handouts.render import render
from handouts.sheet import sections
from handouts.sheet.words import Words

LANGUAGE_TAGS: dict[Language, str] = {"en": "en-US"}


def compose(plan: Plan, library: Library, *, private: bool = False) -> bytes:
    """A plan and a library to a file that is PDF/UA-1 and PDF/A-2a. Raises HandoutError; writes nothing.

    `private`: a title of one's own, which may name somebody, is on the page alone and not in the file's metadata.
    """
    handout = resolve(plan, library)
    words = Words(handout, library)
    title = usual_title(plan, library) if private else handout.title
    return render(
        sections(handout, library),
        words.foot,
        words.room,
        Metadata(title, LANGUAGE_TAGS[handout.language], handout.date),
    )
