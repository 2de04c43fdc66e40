"""The log: tick boxes for a week, or for four weeks when there is one stretch."""

from __future__ import annotations

from handouts import blocks as b
from handouts.sheet.words import Words


def log(words: Words) -> list[b.Section]:
    """One table; in giant one a row. It begins a page, so that it can hang by itself."""
    days = words.many(words.library.phrases.days)
    tick = words.phrase("tick_when_done")
    intro = b.Text(b.plain(words.phrase("tick_intro")))
    names, title, corner = _rows(words)
    head = b.Heading(2, words.phrase(title), bookmark=True)
    if words.handout.edition == "giant":
        first, *rest = ((b.Heading(3, name), b.Log("", days, (), tick)) for name in names)
        return [b.Section((head, intro, *first), fresh=True), *map(b.Section, rest)]
    table = b.Log(words.phrase(corner), days, names, tick)
    return [b.Section((head, intro, table), name=words.phrase("continued", name=head.text), fresh=True)]


def _rows(words: Words) -> tuple[tuple[str, ...], str, str]:
    """What the rows are called, and the keys of the table's title and corner."""
    items = words.handout.items
    if len(items) > 1:
        return tuple(words.name(n, item) for n, item in enumerate(items, 1)), "my_week", "stretch_head"
    # Four weeks: in a table of one week the heads would outnumber the boxes.
    return tuple(words.phrase("week", n=n) for n in range(1, 5)), "my_weeks", "week_head"
