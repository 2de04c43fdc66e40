"""The end of the sheet: the disclaimer in full, when to call, what is known, sources, who made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts import blocks as b
from handouts.layout.edition import BLUE
from handouts.model import Language, Source
from handouts.sheet.words import Words
from handouts.text.lines import Span

# A record names its most telling sources first; the sheet prints these, `handouts show` prints all.
_PRINTED_SOURCES = 2
_ON_THE_BACK = ("fridge", "log")  # forms whose front hangs by itself


def about(words: Words) -> list[b.Section]:
    """Always last, and always there."""
    content = words.library.about
    head = b.Heading(2, words.one(content.title), bookmark=True)
    again = words.phrase("continued", name=head.text)
    ending = [b.Text(b.plain(words.one(content.sources_more))), b.Text(b.plain(" ".join(_made(words))))]
    return [
        b.Section(
            (head, *_reminder(words), *_paragraphs(words, content.disclaimer), *_contact(words)),
            name=again,
            fresh=words.edition.stacked or words.handout.form in _ON_THE_BACK,
        ),
        b.Section((b.Heading(3, words.one(content.call_title)), *_paragraphs(words, content.call))),
        b.Section((b.Heading(3, words.one(content.evidence_title)), *_paragraphs(words, content.evidence))),
        b.Section((b.Heading(3, words.one(content.sources_title)), b.Bullets(tuple(_sources(words))), *ending)),
    ]


def _paragraphs(words: Words, by_language: Mapping[Language, tuple[str, ...]]) -> list[b.Text]:
    return [b.Text(b.plain(text)) for text in words.many(by_language)]


def _reminder(words: Words) -> list[b.Text]:
    """The page to hang says neither how nor when not to."""
    return [b.Text(b.plain(words.phrase("fridge_back")))] if words.handout.form == "fridge" else []


def _contact(words: Words) -> list[b.Text]:
    clinic = words.handout.clinic
    contact = words.one(words.library.about.clinic_contact)
    return [b.Text(b.plain(contact.format(clinic=clinic)))] if clinic else []


def _made(words: Words) -> Iterator[str]:
    """Who made and reviewed it, version and date (W12), how to print it (P13)."""
    content = words.library.about
    yield words.one(content.made_by)
    yield words.phrase("content_version", version=content.version) + "."
    yield words.phrase("facts_checked", date=words.date(content.checked_on)) + "."
    yield from _reviews(words)
    yield words.one(content.print_note)


def _reviews(words: Words) -> Iterator[str]:
    """Drafts are named as such; else who reviewed the stretches, and when."""
    content = words.library.about
    if words.handout.drafts:
        yield words.one(content.not_reviewed)
        return
    stretches = (item.stretch for item in words.handout.items)
    reviews = {
        (words.one(s.reviewed_by_role), words.date(s.reviewed_on))
        for s in stretches
        if s.reviewed_by_role and s.reviewed_on
    }
    for role, day in sorted(reviews):
        yield words.one(content.reviewed).format(role=role, date=day)


def _sources(words: Words) -> Iterator[b.Spans]:
    printed = [s.key for item in words.handout.items for s in item.stretch.sources[:_PRINTED_SOURCES]]
    for key in dict.fromkeys([*printed, *words.library.about.evidence_sources]):
        yield tuple(_source(words.library.sources[key]))


def _source(source: Source) -> Iterator[Span]:
    year = f", {source.year}" if source.year else ""
    ending = ": " if source.site else "."
    yield Span(f"{source.publisher}, {source.title}{year}{ending}")
    if source.site:
        # Last in its line: readers that walk a tree by children would hear words after a link before it.
        yield Span(source.site, colour=BLUE, link=source.url or "")
