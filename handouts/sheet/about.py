"""The end of the sheet: the disclaimer in full, when to call, what is known, sources, who made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from handouts import blocks as b
from handouts.layout.edition import BLUE
from handouts.model import Evidence, Language, Source
from handouts.phrasing import Plural
from handouts.recipe import code
from handouts.sheet.words import Words
from handouts.text.lines import Span

# A record names its most telling sources first; the sheet prints these, `handouts show` prints all.
_PRINTED_SOURCES = 2
_GAPS: dict[str, Callable[[Evidence], bool]] = {
    "gap_ms": lambda evidence: not evidence.ms_source,
    "gap_hold": lambda evidence: evidence.hold == "our-default",
    "gap_partial": lambda evidence: evidence.steps == "partial",
    "gap_composite": lambda evidence: evidence.steps == "composite",
}
_ON_THE_BACK = ("fridge", "log")  # forms whose front hangs by itself


def about(words: Words) -> list[b.Section]:
    """Always last, and always there."""
    content = words.library.about
    head = b.Heading(2, words.one(content.title), bookmark=True)
    again = words.phrase("continued", name=head.text)
    recipe = words.one(content.recipe).format(code=code(words.handout))
    ends = (words.one(content.sources_more), " ".join(_made(words)), recipe, words.one(content.recipe_note))
    ending = [b.Text(b.plain(text)) for text in ends]
    return [
        b.Section(
            (head, *_reminder(words), *_paragraphs(words, content.disclaimer), *_contact(words)),
            name=again,
            fresh=words.edition.stacked or words.handout.form in _ON_THE_BACK,
        ),
        _part(words, content.call_title, _paragraphs(words, content.call)),
        _part(words, content.evidence_title, [*_paragraphs(words, content.evidence), *_gaps(words)]),
        _part(words, content.sources_title, [b.Bullets(tuple(_sources(words))), *ending]),
    ]


def _part(words: Words, title: Mapping[Language, str], blocks: Iterable[b.Block]) -> b.Section:
    """Blocks under a heading that is repeated where they go on over a page."""
    head = b.Heading(3, words.one(title))
    return b.Section((head, *blocks), name=words.phrase("continued", name=head.text))


def _paragraphs(words: Words, by_language: Mapping[Language, tuple[str, ...]]) -> list[b.Text]:
    return [b.Text(b.plain(text)) for text in words.many(by_language)]


def _reminder(words: Words) -> list[b.Text]:
    """The page to hang says neither how nor when not to."""
    return [b.Text(b.plain(words.phrase("fridge_back")))] if words.handout.form == "fridge" else []


def _contact(words: Words) -> list[b.Text]:
    giver, content = words.handout.giver, words.library.about
    if not giver.phone:
        contact = words.one(content.clinic_contact).format(clinic=giver.clinic)
        return [b.Text(b.plain(contact))] if giver.clinic else []
    before, after = words.one(content.clinic_phone).split("{phone}")
    number = Span(giver.phone, keep=True)  # nobody should put a number together from two lines
    return [b.Text((Span(before.format(clinic=giver.clinic)), number, Span(after)))]


def _gaps(words: Words) -> list[b.Text]:
    """What the sources of these stretches leave open, by the numbers of the stretches."""
    said = []
    for key, is_open in _GAPS.items():
        evidence = (item.stretch.evidence for item in words.handout.items)
        numbers = [str(number) for number, known in enumerate(evidence, 1) if is_open(known)]
        forms: Mapping[Language, Plural] = getattr(words.library.about, key)
        said += [words.plural(forms, len(numbers), numbers=words.listed(numbers))] if numbers else []
    return [b.Text(b.plain(" ".join(said)))] if said else []


def _made(words: Words) -> Iterator[str]:
    """Who made and reviewed it, version and date (W12), how to print it (P13)."""
    content = words.library.about
    yield words.one(content.made_by)
    yield words.phrase("content_version", version=content.version) + "."
    yield words.phrase("facts_checked", date=words.date(content.checked_on)) + "."
    yield from _reviews(words)
    yield words.one(content.print_note)


def _reviews(words: Words) -> Iterator[str]:
    """Drafts are named as such; who reviewed the other stretches, and when."""
    if words.handout.drafts:
        yield words.not_reviewed
    reviews = {(item.review.on, words.one(item.review.by_role)) for item in words.handout.items if item.review}
    for day, role in sorted(reviews):
        yield words.one(words.library.about.reviewed).format(role=role, date=words.date(day))


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
