"""The front of the sheet: the head, what to know before a start, and the plan at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from handouts import blocks as b
from handouts.handout import Item
from handouts.layout.edition import BLUE
from handouts.phrasing import Before
from handouts.sheet.words import LABEL, Words
from handouts.text.faces import Weight
from handouts.text.lines import Span

_LONGEST_SENTENCE = 16  # words of things; the sentence has at most 20 (W3)
_HEAT_MINUTES = 5  # from here on the sheet says to keep cool: our choice, no source gives a time


def front(words: Words) -> list[b.Section]:
    """Title and note; rules before the start; stop signs."""
    return [b.Section(tuple(head(words))), *map(partial(boxed, words), (_before(words), stop_signs(words)))]


def head(words: Words, *, short: bool = False) -> list[b.Title | b.Aside]:
    """Title and note."""
    title = short_title(words) if short else b.Title(words.handout.title, tuple(_head_lines(words)), _logo(words))
    return [title, b.Aside(tuple(notes(words)), BLUE)] if words.handout.notes else [title]


def short_title(words: Words) -> b.Title:
    """What stands below the title as one paragraph, where a page has to hold more than words."""
    lines = list(_head_lines(words))
    if words.edition.stacked:
        first, *rest = lines
        lines = [(*first, *(span for line in rest for span in (Span(". "), *line)))]
    return b.Title(words.handout.title, tuple(lines), _logo(words))


def boxed(words: Words, panel: b.Panel) -> b.Section:
    """A box, with what stands above it where it goes on over a page."""
    return b.Section((panel,), name=words.phrase("continued", name=next(panel.script())))


def _head_lines(words: Words) -> Iterator[b.Spans]:
    """For whom, from whom, when, which version (P16), and whether a clinician has seen it."""
    handout = words.handout
    if handout.person:
        yield b.plain(handout.person, weight=Weight.BOLD, keep=True)
    yield b.plain(handout.clinic or words.phrase("made_with"))
    if handout.giver.clinician:
        yield b.plain(words.phrase("given_by", clinician=handout.giver.clinician))
    yield b.plain(words.date(handout.date), keep=True)
    yield b.plain(words.phrase("content_version", version=words.library.about.version))
    if handout.drafts:
        yield b.plain(words.not_reviewed, weight=Weight.BOLD)


def _logo(words: Words) -> b.Logo | None:
    giver = words.handout.giver
    return b.Logo(giver.logo, giver.logo_alt) if giver.logo else None


def _before(words: Words) -> b.Panel:
    return rules_box(words, words.library.guidance.before_you_start)


def rules_box(words: Words, before: Before) -> b.Panel:
    """The rules for every stretch; falls and heat where the stretches call for them."""
    rules = [*words.many(before.rules)]
    if any("fall-risk" in item.flags for item in words.handout.items):
        rules.append(words.one(before.falls))
    if words.handout.minutes >= _HEAT_MINUTES:
        rules.append(words.one(before.heat))
    return b.Panel((b.Heading(2, words.one(before.title)), b.Bullets(tuple(map(b.marked, rules)))))


def stop_signs(words: Words) -> b.Panel:
    """The global stop signs."""
    stop = words.library.guidance.stop_and_get_help
    lead = stop.lead_helper if words.handout.form == "helper" else stop.lead
    return b.Panel(
        (
            b.Heading(2, words.one(stop.title)),
            b.Text(b.plain(words.one(lead), weight=Weight.BOLD)),
            b.Bullets(tuple(map(b.plain, words.many(stop.emergency)))),
            b.Text(b.plain(words.one(stop.lead_team), weight=Weight.BOLD)),
            b.Bullets(tuple(map(b.plain, words.many(stop.team)))),
        )
    )


def plan(words: Words) -> b.Section:
    """The plan at a glance, the time it takes, what to have ready."""
    handout = words.handout
    as_table = not words.edition.stacked and len(handout.items) > 1
    glance = _table(words) if as_table else b.Numbered(tuple(_line(words, item) for item in handout.items))
    total = b.marked(words.counted("total_time", handout.minutes))
    blocks: list[b.Block] = [
        b.Heading(2, words.phrase("in_short")),
        glance,
        b.Text(total),
        _ready(words),
    ]
    if handout.changes:
        blocks.append(b.Text(b.plain(" ".join(_changes(words)))))
    if handout.routine_note:
        blocks.append(b.Text(b.plain(handout.routine_note)))
    return b.Section(tuple(blocks), name=words.phrase("continued", name=words.phrase("in_short")))


def _table(words: Words) -> b.Table:
    kinds = {LABEL[item.stretch.kind] for item in words.handout.items}
    time = kinds.pop() if len(kinds) == 1 else "time_head"
    head = tuple(words.phrase(key) for key in ("stretch_head", time, "repeat", "how_often"))
    rows = tuple(
        (words.name(number, item), words.time(item), words.repeats(item), words.often(item))
        for number, item in enumerate(words.handout.items, 1)
    )
    return b.Table(head, rows)


def _line(words: Words, item: Item) -> b.Spans:
    """A stretch and its dose."""
    return (Span(f"{words.one(item.stretch.name)}.", Weight.BOLD), Span(" "), *dose_in_words(words, item))


def dose_in_words(words: Words, item: Item, weight: Weight = Weight.REGULAR, *, keep: bool = True) -> b.Spans:
    """The dose in a sentence or two, each part of which stays on one line if it is to `keep`."""
    dose = words.phrase(
        "short_line",
        label=words.label(item),
        time=words.time(item),
        repeat=words.repeats(item),
        often=words.often(item),
    )
    parts = re.split(r"(?<=[,.]) ", dose)
    return tuple(span for part in parts for span in (Span(" "), Span(part, weight, keep=keep)))[1:]


def _ready(words: Words) -> b.Text:
    """What to have ready, each thing once, in sentences that are not too long (W3)."""
    things = dict.fromkeys(thing for item in words.handout.items for thing in item.equipment)
    if not things:
        return b.Text(b.plain(words.phrase("nothing_needed")))
    groups: list[list[str]] = [[]]
    for name in (words.one(words.library.phrases.equipment[thing]) for thing in things):
        if len(" ".join([*groups[-1], name]).split()) > _LONGEST_SENTENCE:
            groups.append([])
        groups[-1].append(name)
    keys = ["have_ready", *["have_ready_also"] * len(groups)]
    sentences = [words.phrase(key, things=words.listed(group)) for key, group in zip(keys, groups, strict=False)]
    return b.Text(b.plain(" ".join(sentences)))


def _changes(words: Words) -> Iterator[str]:
    """What was swapped or left out, in a short sentence each."""
    yield words.phrase("changed")
    for old, new in words.handout.changes:
        names = {"old": words.one(old.name), "new": words.one(new.name) if new else ""}
        yield words.phrase("swapped" if new else "left_out", **names)


def notes(words: Words) -> Iterator[b.Spans]:
    """The paragraphs of the note."""
    first, *rest = map(b.plain, words.handout.notes)
    yield b.labelled(words.phrase("note"), first)
    yield from rest
