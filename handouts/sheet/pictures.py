"""The pictures of one stretch with their words; a mark of the position where nobody has drawn any."""

from __future__ import annotations

from dataclasses import replace

from handouts import blocks as b
from handouts.drawing import Album
from handouts.handout import Item
from handouts.layout.demonstration import stands_together
from handouts.layout.flow import repeated
from handouts.layout.marks import MARKS
from handouts.layout.pages import page_height
from handouts.layout.rows import height
from handouts.model import Kind
from handouts.picture import Picture
from handouts.sheet.words import Words
from handouts.wishes import KIND

_MARK = {
    "hook-lying": "knees_bent",
    "supine-legs-over-edge": "legs_over_edge",
    "sitting-edge-of-bed": "on_bed",
    "sitting-chair": "sitting",
    "wheelchair-sitting": "sitting",
    "standing-supported": "standing",
}  # in every other position the person lies flat or sits long

_LAST: dict[Kind, str] = {
    "static-stretch": "picture_hold",
    "range-of-motion": "picture_move",
    "self-massage": "picture_roll",
    "positioning": "picture_stay",
}  # the key of the last caption


def pictures(words: Words, item: Item, before: int) -> tuple[b.Picture, ...]:
    """The pictures of a stretch; `before` steps are printed before its own."""
    shown = item.stretch.shown
    if not item.picture:
        return (_mark(words, item),)
    captions = _captions(words, item, len(shown))
    widest = min(panel.scale for panel in item.picture.panels)
    pictures = tuple(
        b.Picture(
            drawing,
            item.mirrored,
            item.chosen(words.one(panel.alt)),
            words.phrase(caption, step=before + panel.step),
            before + panel.step - 1,
            widest,
        )
        for drawing, panel, caption in zip(item.picture.panels, shown, captions, strict=True)
    )
    return _otherwise(words, item, pictures)


def _otherwise(words: Words, item: Item, shown: tuple[b.Picture, ...]) -> tuple[b.Picture, ...]:
    """The same; the last caption says so where they show another kind of position than the reader's.

    The last picture stands nearest to its step: two lines more above the first could be too far from it (C9).
    """
    drawn = item.stretch.positions[0]
    if KIND[drawn] == KIND[item.position]:
        return shown
    *first, last = shown
    remark = words.one(words.library.phrases.picture_shows[drawn])
    return (*first, replace(last, caption=f"{last.caption}.", remark=remark))


def held_picture(words: Words, item: Item) -> b.Picture | None:
    """The picture of the step that is held, the last, without its words: it stands beside the stretch's name."""
    return replace(pictures(words, item, 0)[-1], caption="", remark="") if item.picture else None


def arranged(words: Words, block: b.Demonstration, again: str) -> b.Demonstration:
    """The same, its pictures each above its step where they do not stand together with all of them."""
    tall = page_height(words.foot, words.room) - height(repeated(again, words.room))
    return block if stands_together(block, words.room, tall) else replace(block, apart=True)


def where(words: Words, picture: Picture | Album | None) -> str:
    """What the stripes say, where there are any."""
    striped = picture is not None and any(panel.shows_where for panel in picture.panels)
    return f" {words.phrase('picture_where')}" if striped else ""


def _captions(words: Words, item: Item, count: int) -> list[str]:
    """Keys of the captions of one, two or three panels."""
    if count == 1:
        return ["picture_one"]
    return ["picture_start", *["picture_then"] * (count - 2), _LAST[item.stretch.kind]]


def _mark(words: Words, item: Item) -> b.Picture:
    """A simple mark of the position, for stretches that have no picture."""
    mark = _MARK.get(item.position, "lying")
    return b.Picture(
        MARKS[mark], False, words.phrase(f"mark_{mark}"), words.phrase("picture_position"), 0, MARKS[mark].scale
    )
