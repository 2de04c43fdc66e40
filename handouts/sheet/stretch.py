"""One stretch on the sheet, warnings before what they warn of (W11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts import blocks as b
from handouts.handout import Item
from handouts.layout.edition import BLACK, BLUE, RED
from handouts.model import Language
from handouts.sheet.pictures import arranged, pictures, where
from handouts.sheet.words import Words
from handouts.text.faces import Weight
from handouts.text.lines import Span


def stretches(words: Words) -> list[b.Section]:
    """All the stretches of the sheet."""
    return [stretch(words, number, item) for number, item in enumerate(words.handout.items, 1)]


def stretch(words: Words, number: int, item: Item) -> b.Section:
    """Name, purpose, dose, a helper's part, warnings, picture, steps, where to feel it, easier and harder."""
    name = words.one(item.stretch.name)
    phrases = words.library.phrases
    positions = phrases.positions_helped if _helped(words, item) else phrases.positions
    purpose = f"{words.one(item.stretch.purpose)} {words.one(positions[item.position])}"
    again = words.phrase("continued", name=words.name(number, item))
    blocks: list[b.Block | None] = [
        b.Heading(2, name, badge=str(number), bookmark=True),
        b.Text((*b.plain(purpose), *_near(words, item))),
        b.Dose(tuple(_dose(words, item))),
        _hands(words, item),
        _aside(words, "take_care", " ".join(_texts(words, item, item.stretch.cautions)), RED),
        _flags(words, item, "do_not_start_if", "stop"),
        _flags(words, item, "ask_first_if", "ask"),
        _demonstration(words, item, again),
    ]
    return b.Section(tuple(block for block in blocks if block), name=again, stretch=True)


def _dose(words: Words, item: Item) -> Iterator[tuple[str, str]]:
    yield words.label(item), words.time(item)
    yield words.phrase("repeat"), words.counted("times_each" if item.side == "each" else "times", item.repeats)
    if item.side != "none":
        yield words.phrase("sides"), words.side(item)
    yield words.phrase("how_often"), words.often(item)


def _helped(words: Words, item: Item) -> bool:
    """Is it said to a helper where the person lies, sits or stands?"""
    return words.handout.form == "helper" or item.stretch.hands is not None


def _near(words: Words, item: Item) -> b.Spans:
    """What a helper does while a stretch is done alone."""
    if words.handout.form != "helper" or item.stretch.hands:
        return ()
    return (Span(" "), *b.labelled(words.phrase("your_part"), b.plain(words.phrase("stay_near"))))


def _hands(words: Words, item: Item) -> b.Aside | None:
    """Where a helper's hands go. The full sheet leaves it to the steps, to keep a stretch on one page."""
    if words.handout.form != "helper" or not item.stretch.hands:
        return None
    return _aside(words, "hands", words.text(item, words.one(item.stretch.hands)))


def _aside(words: Words, key: str, text: str, colour: str = BLUE) -> b.Aside | None:
    """A paragraph under a label, beside a bar; None without text."""
    return _labelled(words.phrase(key), text, colour)


def _labelled(label: str, text: str, colour: str) -> b.Aside | None:
    """Only "Take care" has a coloured label."""
    label_colour = RED if colour == RED else BLACK
    return b.Aside((b.labelled(label, b.plain(text), label_colour),), colour) if text else None


def _way(words: Words, key: str, way: Mapping[Language, str] | None, item: Item) -> b.Aside | None:
    """An easier or harder way."""
    return _aside(words, key, words.text(item, words.one(way)) if way else "")


def _texts(words: Words, item: Item, by_language: Mapping[Language, tuple[str, ...]]) -> list[str]:
    return [words.text(item, text) for text in words.many(by_language)]


def _steps(words: Words, item: Item) -> list[str]:
    """The steps; the first is that of the position."""
    steps = _texts(words, item, item.stretch.steps)
    start = item.stretch.start.get(item.position)
    return [words.text(item, words.one(start)), *steps[1:]] if start else steps


def _demonstration(words: Words, item: Item, again: str) -> b.Demonstration:
    """Pictures, steps and the words after them, under a name `again` where they go on over a page.

    With one side the first step names it, with both the last changes sides.
    """
    stretch = item.stretch
    own = _steps(words, item)
    one_side = item.side in ("left", "right")
    first = [item.chosen(words.one(stretch.one_side))] if one_side and stretch.one_side else []
    ways = _way(words, "easier", stretch.easier, item), _way(words, "harder", stretch.harder, item)
    last = [words.one(stretch.change_sides)] if item.side == "each" and stretch.change_sides else []
    block = b.Demonstration(
        pictures(words, item, len(first)),
        tuple(map(b.plain, (*first, *own, *last))),
        b.plain(item.chosen(words.one(stretch.feel)) + where(words, item.picture)),
        held=len(first) + (stretch.hold_step or len(own)) - 1,
        ways=tuple(way for way in ways if way),
    )
    return arranged(words, block, again)


def _flags(words: Words, item: Item, key: str, severity: str) -> b.Reasons | b.Aside | None:
    """Reasons not to start, or to ask first: a list, or one line for one reason; None without."""
    flags = [words.library.flags[code] for code in item.flags]
    reasons = [words.one(flag.words) for flag in flags if flag.severity == severity]
    label = words.phrase(key)
    if _helped(words, item):
        label = words.phrase("read_out", label=label)  # they are said to the person
    if len(reasons) < 2:
        return _labelled(label, f"{reasons[0]}." if reasons else "", BLUE)
    return b.Reasons(b.plain(label, weight=Weight.BOLD), tuple(map(b.plain, reasons)), BLUE)
