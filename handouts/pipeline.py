"""The whole path, from a plan to the bytes of a file. Read this first."""

from __future__ import annotations

from handouts.handout import Handout, resolve
from handouts.layout.edition import PLAIN, Press
from handouts.library import Library
from handouts.model import Language
from handouts.pdf.metadata import Metadata
from handouts.plan import Plan
from handouts.render import Laid, lay_out, write
from handouts.sheet import sections
from handouts.sheet.words import Words

LANGUAGE_TAGS: dict[Language, str] = {"en": "en-US"}


def compose(plan: Plan, library: Library) -> bytes:
    """A plan and a library to a file that is PDF/UA-1 and PDF/A-2a. Raises HandoutError; writes nothing."""
    handout = resolve(plan, library)
    return written(handout, laid_out(handout, library), handout.title)


def laid_out(handout: Handout, library: Library, press: Press = PLAIN) -> Laid:
    """The pages of a handout, for a file of its own or for the press. Raises HandoutError."""
    words = Words(handout, library, press)
    return lay_out(sections(handout, library, press), words.foot, words.room)


def written(handout: Handout, laid: Laid, title: str) -> bytes:
    """Pages as a file of their own; `title` is seen by everybody who has the file."""
    return write(laid, Metadata(title, LANGUAGE_TAGS[handout.language], handout.date))
