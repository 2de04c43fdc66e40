"""The log: tick boxes for a week, or for four weeks when there is one stretch."""

from __future__ import annotations

from handouts import blocks as b
from handouts.sheet.words import Words


def log(words: Words) -> list[b.Section]:
    """One table; in giant one a stretch. It begins a page, so that it can hang by itself."""
    days = words.many(words.library.phrases.days)
    tick = words.phrase("tick_when_done")
    intro = b.Text(b.plain(words.phrase("tick_intro")))
    names = tuple(words.name(number, item) for number, item in enumerate(words.handout.items, 1))
    if len(names) == 1:
        # Four weeks: in a table of one week the heads would outnumber the boxes.
        weeks = tuple(words.phrase("week", n=n) for n in range(1, 5))
        table = b.Log(words.phrase("week_head"), days, weeks, tick)
        return [b.Section((_head(words, "my_weeks"), intro, table), fresh=True)]
    head = _head(words, "my_week")
    if words.handout.edition == "giant":
        first, *rest = ((b.Heading(3, name), b.Log("", days, (), tick)) for name in names)
        return [b.Section((head, intro, *first), fresh=True), *map(b.Section, rest)]
    table = b.Log(words.phrase("stretch_head"), days, names, tick)
    return [b.Section((head, intro, table), name=words.phrase("continued", name=head.text), fresh=True)]


def _head(words: Words, key: str) -> b.Heading:
    return b.Heading(2, words.phrase(key), bookmark=True)
