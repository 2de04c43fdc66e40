"""The page that hangs: names, doses and small pictures, as large as one page allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from handouts import blocks as b
from handouts.errors import Finding, RequestError
from handouts.handout import Item
from handouts.layout.edition import BLUE
from handouts.layout.flow import sections_height
from handouts.layout.pages import page_height
from handouts.sheet.front import dose_in_words, notes, short_title
from handouts.sheet.log import to_write
from handouts.sheet.pictures import held_picture
from handouts.sheet.words import Words
from handouts.text.faces import Weight

# Times the edition's type, and the longer side of a picture in parts of C10: no less than 27, 31 and 36 mm.
_SIZES = {
    "standard": ((1.5, 1.4, 1.3, 1.2, 1.1, 1.0), (1.2, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)),
    "large": ((1.3, 1.2, 1.1, 1.0), (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.45)),
    "giant": ((1.0,), (0.8, 0.7, 0.6, 0.5, 0.4)),
}
_LINES = (6, 5, 4, 3)  # to write on, where there is room: F3 asks for three


def fridge(words: Words) -> list[b.Section]:
    """One page, whatever the edition. Raises RequestError where the stretches do not fit."""
    front = _fitting(words, words.handout.items)
    if not front:
        raise RequestError(_too_many(words))
    noted = ([*front, to_write(words, ("write_to_ask",), count)] for count in _LINES)
    return next((sections for sections in noted if _fits(words, sections)), front)


def check_room(words: Words) -> None:
    """Raise RequestError where the stretches do not fit; the smallest way is tried first, as it tells the most."""
    if not any(_fits(words, _front(words, words.handout.items, *size)) for size in reversed(_sizes(words))):
        raise RequestError(_too_many(words))


def _fitting(words: Words, items: Sequence[Item]) -> list[b.Section]:
    """The page with the largest type and pictures that fit; nothing where none do."""
    fronts = (_front(words, items, *size) for size in _sizes(words))
    return next((sections for sections in fronts if _fits(words, sections)), [])


def _sizes(words: Words) -> list[tuple[float, float]]:
    """Type and pictures from the largest on, type before pictures."""
    sizes: Iterable[tuple[float, float]] = product(*_SIZES[words.edition.name])
    return sorted(sizes, key=lambda size: size[0] ** 2 * size[1], reverse=True)


def _fits(words: Words, sections: Sequence[b.Section]) -> bool:
    space = page_height(words.foot, words.room)
    return sections_height(sections, words.room, space) <= space


def _front(words: Words, items: Sequence[Item], enlarged: float, share: float) -> list[b.Section]:
    cards = (_card(words, number, item, share) for number, item in enumerate(items, 1))
    return [
        b.Section((short_title(words),)),
        b.Section((b.Aside(tuple(_above(words)), BLUE, close=True), *cards), enlarged=enlarged),
    ]


def _above(words: Words) -> list[b.Spans]:
    """When to stop, and what has to be known of this choice, before the stretches (W11)."""
    routine = words.handout.routine_note
    return [
        b.marked(words.phrase("fridge_stop")),
        *([b.plain(routine)] if routine else []),
        *(notes(words) if words.handout.notes else ()),
    ]


def _card(words: Words, number: int, item: Item, share: float) -> b.Card:
    name = b.Heading(2, words.one(item.stretch.name), badge=str(number), bookmark=True)
    dose = dose_in_words(words, item, Weight.BOLD, keep=words.edition.name != "giant")  # no room for it there
    return b.Card(name, dose, held_picture(words, item), share)


def _too_many(words: Words) -> Finding:
    """How many of the stretches fit, and what to do."""
    handout = words.handout
    count = len(handout.items)
    fit = next((n for n in range(count - 1, 0, -1) if _fitting(words, handout.items[:n])), 0)
    ways = ["fewer stretches"] if fit else []
    ways += ["smaller print"] if handout.edition != "standard" else []
    ways += ["a shorter note"] if handout.notes else []
    many = f"{count} stretches do" if count > 1 else "the stretch does"
    problem = f"{many} not fit on one page of {handout.edition} print ({handout.paper} paper)"
    said = f"{problem}; the first {fit} would." if fit else f"{problem}."
    return Finding(said, "--form fridge", f"Choose {' or '.join(ways) or 'shorter names'}.")
