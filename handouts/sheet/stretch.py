"""One stretch on the sheet, warnings before what they warn of (W11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts import blocks as b
from handouts.handout import Item
from handouts.layout.edition import BLUE, RED
from handouts.model import Language
from handouts.sheet.words import Words

_MARK = {
    "sitting-edge-of-bed": "sitting",
    "sitting-chair": "sitting",
    "wheelchair-sitting": "sitting",
    "standing-supported": "standing",
}  # in every other position the person lies


def stretch(words: Words, number: int, item: Item) -> b.Section:
    """Name, purpose, dose, warnings, picture, steps, where to feel it, easier and harder."""
    name = words.one(item.stretch.name)
    position = item.stretch.positions[0]
    purpose = f"{words.one(item.stretch.purpose)} {words.one(words.library.phrases.positions[position])}"
    mark = _MARK.get(position, "lying")
    blocks: list[b.Block | None] = [
        b.Heading(2, name, badge=str(number), bookmark=True),
        b.Text(b.plain(purpose)),
        b.Dose(tuple(_dose(words, item))),
        _aside(words, "take_care", " ".join(_texts(words, item, item.stretch.cautions)), RED),
        _aside(words, "ask_first_if", _flags(words, item)),
        b.Demonstration(
            mark,
            words.phrase(f"mark_{mark}"),
            tuple(map(b.plain, _steps(words, item))),
            b.plain(item.chosen(words.one(item.stretch.feel))),
        ),
        _way(words, "easier", item.stretch.easier, item),
        _way(words, "harder", item.stretch.harder, item),
    ]
    again = words.phrase("continued", name=words.name(number, item))
    return b.Section(tuple(block for block in blocks if block), name=again, stretch=True)


def _dose(words: Words, item: Item) -> Iterator[tuple[str, str]]:
    yield words.label(item), words.time(item)
    yield words.phrase("repeat"), words.counted("times", item.repeats)
    if item.side != "none":
        yield words.phrase("sides"), words.phrase(f"side_{item.side}")
    yield words.phrase("how_often"), words.often(item)


def _aside(words: Words, key: str, text: str, colour: str = BLUE) -> b.Aside | None:
    """A labelled paragraph beside a bar; None without text. Only "Take care" has a coloured label."""
    label_colour = RED if colour == RED else "#000000"
    return b.Aside((b.labelled(words.phrase(key), b.plain(text), label_colour),), colour) if text else None


def _way(words: Words, key: str, way: Mapping[Language, str] | None, item: Item) -> b.Aside | None:
    """An easier or harder way."""
    return _aside(words, key, words.text(item, words.one(way)) if way else "")


def _texts(words: Words, item: Item, by_language: Mapping[Language, tuple[str, ...]]) -> list[str]:
    return [words.text(item, text) for text in words.many(by_language)]


def _steps(words: Words, item: Item) -> list[str]:
    """Steps; with one side the first names it, with both the last changes sides."""
    steps = _texts(words, item, item.stretch.steps)
    if item.side in ("left", "right") and item.stretch.one_side:
        return [item.chosen(words.one(item.stretch.one_side)), *steps]
    if item.side == "each" and item.stretch.change_sides:
        return [*steps, words.one(item.stretch.change_sides)]
    return steps


def _flags(words: Words, item: Item) -> str:
    """Reasons to ask first, those to stop for before the others."""
    flags = [words.library.flags[code] for code in item.stretch.flags]
    ordered = sorted(flags, key=lambda flag: flag.severity != "stop")
    return "; ".join(words.one(flag.words) for flag in ordered) + "." if ordered else ""
