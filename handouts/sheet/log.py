"""The log: tick boxes for a week, or for four weeks when there is one stretch; and lines for notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts import blocks as b
from handouts.handout import Item
from handouts.sheet.front import head
from handouts.sheet.words import Words
from handouts.text.faces import Weight


def log_form(words: Words) -> list[b.Section]:
    """Ticks and notes alone; the title and the first table share a page."""
    tables = [replace(table, fresh=False) for table in log(words)]
    asked = to_write(words, ("write_how", "write_to_tell"), 3 if words.edition.stacked else 4)
    return [b.Section(tuple(head(words, short=True))), *tables, asked]


def to_write(words: Words, keys: Sequence[str], count: int) -> b.Section:
    """Questions to answer by hand, with lines under each; F3 asks for three."""
    questions = tuple(b.plain(words.phrase(key), weight=Weight.BOLD) for key in keys)
    head = b.Heading(2, words.phrase("notes"), bookmark=True)
    return b.Section((head, b.Lines(questions, count, words.phrase("lines_to_write_on"))))


def log(words: Words) -> list[b.Section]:
    """One table; in giant one a row. It begins a page, so that it can hang by itself."""
    days = words.many(words.library.phrases.days)
    tick = words.phrase("tick_when_done")
    intro = b.Text(b.plain(words.phrase("tick_intro")))
    names, title, corner = _rows(words)
    head = b.Heading(2, words.phrase(title), bookmark=True)
    above: tuple[b.Block, ...] = (head, *_alone(words), intro)
    if words.edition.log_apart:
        # Bold words, no headings: the stretches have theirs already.
        first, *rest = ((b.Text(b.plain(name, weight=Weight.BOLD)), b.Log("", days, (), tick)) for name in names)
        return [b.Section((*above, *first), fresh=True), *map(b.Section, rest)]
    table = b.Log(words.phrase(corner), days, names, tick)
    return [b.Section((*above, table), name=words.phrase("continued", name=head.text), fresh=True)]


def _alone(words: Words) -> list[b.Text]:
    """Which stretch the weeks are of, where no other page tells."""
    items = words.handout.items
    alone = words.handout.form == "log" and len(items) == 1
    return [b.Text(b.plain(words.one(items[0].stretch.name), weight=Weight.BOLD))] if alone else []


def _rows(words: Words) -> tuple[tuple[str, ...], str, str]:
    """What the rows are called, and the keys of the table's title and corner."""
    items = words.handout.items
    if len(items) > 1:
        named = [name for n, item in enumerate(items, 1) for name in _times(words, words.name(n, item), item)]
        return tuple(named), "my_week", "stretch_head"
    # Four weeks: in a table of one week the heads would outnumber the boxes.
    weeks = (words.phrase("week", n=n) for n in range(1, 5))
    return tuple(name for week in weeks for name in _times(words, week, items[0])), "my_weeks", "week_head"


def _times(words: Words, name: str, item: Item) -> list[str]:
    """A row for each time a day."""
    if item.per_day == 1:
        return [name]
    return [words.phrase("log_time", name=name, n=n) for n in range(1, item.per_day + 1)]
