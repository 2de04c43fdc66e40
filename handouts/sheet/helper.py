"""The form for the one who helps: its rules and how to say stop come before the stretches."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from handouts import blocks as b
from handouts.sheet.front import boxed, head, plan, rules_box, stop_signs
from handouts.sheet.stretch import stretches
from handouts.sheet.words import Words


def helper(words: Words) -> list[b.Section]:
    """Rules, how to say stop, the plan at a glance, the stretches; stop signs on a page that is found fast."""
    rules = rules_box(words, words.library.guidance.helper)
    box = partial(boxed, words)
    first = [b.Section(tuple(head(words, short=True))), box(rules), box(_stop_sign(words)), plan(words)]
    return [*first, *stretches(words), replace(box(stop_signs(words)), fresh=True)]


def _stop_sign(words: Words) -> b.Panel:
    sign = words.library.guidance.stop_sign
    return b.Panel(
        (
            b.Heading(2, words.one(sign.title)),
            b.Text(b.plain(words.one(sign.lead))),
            b.Bullets(tuple(map(b.plain, words.many(sign.signs)))),
            b.Text(b.plain(words.one(sign.end))),
        )
    )
