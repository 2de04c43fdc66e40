"""Requests without what is private, for reports of faults."""

from __future__ import annotations

from dataclasses import replace

from handouts.batch import made_up
from handouts.request import Request


def redacted(asked: Request, ref: str) -> Request:
    """The same request with made-up words for the name, note and title; always the same for the same ref.

    What is empty stays empty, and a note keeps its paragraphs: the sheet is laid out much as before.
    """
    return replace(
        asked,
        person=made_up.name(ref) if asked.person else "",
        title=made_up.picked(made_up.TITLES, ref) if asked.title else "",
        note=made_up.words_like(asked.note, ref),
    )
