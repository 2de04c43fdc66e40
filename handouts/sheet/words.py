"""Every printed word of one handout, looked up in its language: nothing printed is a string in code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handouts.faults import HOLD
from handouts.handout import Handout, Item
from handouts.layout.edition import BOUND, EDITIONS, PAPERS, PLAIN, Edition, Geometry, Press
from handouts.layout.pages import Foot
from handouts.library import Library
from handouts.model import Language
from handouts.phrasing import Plural

LABEL = {
    "static-stretch": "hold",
    "range-of-motion": "hold",
    "self-massage": "roll",
    "positioning": "stay",
}


@dataclass(frozen=True)
class Words:
    """A handout, the library its words come from, and how it is printed."""

    handout: Handout
    library: Library
    press: Press = PLAIN

    @property
    def edition(self) -> Edition:
        """The edition's numbers."""
        return EDITIONS[self.handout.edition]

    @property
    def foot(self) -> Foot:
        """The words at the foot of every page."""
        about, page = self.library.about.short, self.library.phrases.page
        return Foot(self.one(about), self.one(page), self.press.two_sided)

    @property
    def room(self) -> Geometry:
        """Where things stand on its pages."""
        return Geometry(self.edition, PAPERS[self.handout.paper], BOUND if self.press.bound else 0)

    @property
    def not_reviewed(self) -> str:
        """That no clinician has seen the stretches yet; which, where it is only some."""
        handout, about = self.handout, self.library.about
        if len(handout.drafts) == len(handout.items):
            return self.one(about.not_reviewed)
        names = [self.name(number, handout.items[number - 1]) for number in handout.drafts]
        return self.one(about.not_reviewed_some).format(names=self.listed(names))

    def one(self, by_language: Mapping[Language, str]) -> str:
        """A text in the handout's language."""
        return by_language[self.handout.language]

    def many(self, by_language: Mapping[Language, tuple[str, ...]]) -> tuple[str, ...]:
        """Texts in the handout's language."""
        return by_language[self.handout.language]

    def phrase(self, key: str, **values: object) -> str:
        """A fixed phrase with its places filled."""
        return self.one(getattr(self.library.phrases, key)).format(**values)

    def counted(self, key: str, n: int) -> str:
        """A phrase for a number."""
        return self.plural(getattr(self.library.phrases, key), n, n=n)

    def plural(self, forms: Mapping[Language, Plural], count: int, **values: object) -> str:
        """The form for one thing or for several, with its places filled."""
        form = forms[self.handout.language]
        return (form.one if count == 1 else form.other).format(**values)

    def listed(self, things: Sequence[str]) -> str:
        """Things in a row, as in "a, b and c"."""
        *first, last = things
        return self.phrase("list_and", first=", ".join(first), last=last) if first else last

    def date(self, day: dt.date) -> str:
        """A date as it is written in the language."""
        month = self.many(self.library.phrases.months)[day.month - 1]
        return self.phrase("date", month=month, day=day.day, year=day.year)

    def text(self, item: Item, text: str) -> str:
        """A stretch's text with its side chosen, its time filled in and other stretches named."""
        timed = HOLD.sub(self.time(item), item.chosen(text))
        return self.library.named(timed, self.handout.language)

    def name(self, number: int, item: Item) -> str:
        """Number and name of a stretch, as tables have it."""
        return f"{number} {self.one(item.stretch.name)}"

    def label(self, item: Item) -> str:
        """Hold, Roll or Stay."""
        return self.phrase(LABEL[item.stretch.kind])

    def time(self, item: Item) -> str:
        """How long, in digits and unit (W7): minutes where they are whole and more than one."""
        if item.hold >= 120 and item.hold % 60 == 0:
            return self.counted("minutes", item.hold // 60)
        return self.counted("seconds", item.hold)

    def side(self, item: Item) -> str:
        """Which side, or both."""
        own = item.stretch.side_name
        return item.chosen(self.one(own)) if own else self.phrase(f"side_{item.side}")

    def repeats(self, item: Item) -> str:
        """How many times, with the side, as a dose that can stand alone."""
        if item.side == "each":
            return self.counted("times_each_side", item.repeats)
        times = self.counted("times", item.repeats)
        one_side = item.side in ("left", "right")
        return self.phrase("times_one_side", times=times, side=self.side(item)) if one_side else times

    def often(self, item: Item) -> str:
        """How many times a day, and on how many days where not on all."""
        daily = self.counted("times_a_day", item.per_day)
        weekly = self.counted("days_a_week", item.days_per_week)
        return daily if item.days_per_week == 7 else f"{daily}, {weekly}"
