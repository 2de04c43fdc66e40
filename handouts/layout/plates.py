"""Pictures on the page: how large, beside each other, each with its caption right below (C13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts import blocks as b
from handouts.layout.edition import MM, Geometry
from handouts.layout.ink import set_text, text_width
from handouts.layout.pictures import form
from handouts.layout.rows import Row, abreast, column, drawn
from handouts.pdf.page import Mark
from handouts.pdf.tags import Element
from handouts.text.faces import Weight
from handouts.text.lines import Span

NEARLY = 0.9  # of C10 will do where start and end then stand side by side, or a stretch stays on its page
CLOSE = 0.3  # body sizes from a picture to its caption
_REMARK = 2  # lines of a remark that goes on after a caption, at most
WIDEST = 120 * MM  # of a picture: our choice, a page of giant print needs no more


@dataclass(frozen=True)
class Plates:
    """Pictures beside each other as one row; its width, and the height of the tallest picture, in points."""

    row: Row
    width: float
    tallest: float

    @property
    def height(self) -> float:
        """With the captions."""
        return self.row.height


def scale(pictures: Sequence[b.Picture], room: Geometry, wide: float, tall: float) -> float:
    """Points a metre for all pictures of a stretch: a person has one size, lying and standing, start and end.

    Larger where a picture would be smaller than C10, smaller where one would be wider or taller than its place.
    """
    sizes = _sizes(pictures)
    widest, tallest = max(width for width, _ in sizes), max(height for _, height in sizes)
    return min(max(room.edition.scene, smallest(pictures, room)), min(wide, WIDEST) / widest, tall / tallest)


def smallest(pictures: Sequence[b.Picture], room: Geometry) -> float:
    """Points a metre at which the longer side of each is as long as C10 asks."""
    return room.edition.picture / min(max(size) for size in _sizes(pictures))


def row_scale(pictures: Sequence[b.Picture], room: Geometry, width: float) -> float:
    """Points a metre at which all stand beside each other, each as large as C10 asks or as it is drawn; else 0."""
    sizes, edition = _sizes(pictures), room.edition
    natural = scale(pictures, room, width, room.top)
    clear = width - _gap(room) * (len(sizes) - 1)
    cells = sum(wide for wide, _ in sizes)
    found = min(natural, clear / cells)
    least = edition.picture * NEARLY
    large_enough = found >= natural or all(max(size) * found >= least for size in sizes)
    captions = sum(
        max(wide * found, _caption_width(p, room)) for p, (wide, _) in zip(pictures, sizes, strict=True)
    )
    return found if large_enough and captions <= clear else 0.0


def _sizes(pictures: Sequence[b.Picture]) -> list[tuple[float, float]]:
    """Width and height in metres of the scene, at the scale of the widest view."""
    return [
        (picture.drawing.width / picture.metre, picture.drawing.height / picture.metre) for picture in pictures
    ]


def _gap(room: Geometry) -> float:
    return room.edition.body


def plates(pictures: Sequence[b.Picture], room: Geometry, points_a_metre: float) -> Plates:
    """Pictures beside each other on one base line, each with its caption."""
    sizes = [(w * points_a_metre, h * points_a_metre) for w, h in _sizes(pictures)]
    tallest = max(tall for _, tall in sizes)
    parts: list[Row] = []
    x = low = 0.0
    for picture, (wide, tall) in zip(pictures, sizes, strict=True):
        cell = max(wide, _caption_width(picture, room))
        parts.append(
            _drawn(
                picture,
                points_a_metre / picture.metre,
                room.edition.stroke,
                (x, -tallest, x + wide, tall - tallest),
            )
        )
        caption = set_text(_caption(picture), room.edition.small_style, cell + 1, Element("P"), x)
        parts += column(caption, 0, -tallest - room.edition.body * CLOSE)
        low = max(low, sum(row.height for row in caption))
        x += cell + _gap(room)
    return Plates(abreast(parts, tallest + room.edition.body * CLOSE + low), x - _gap(room), tallest)


def _drawn(picture: b.Picture, unit: float, stroke: float, box: tuple[float, float, float, float]) -> Row:
    art = form(picture.drawing, picture.mirrored, unit, stroke)
    mark = Mark(Element("Figure", alt=picture.alt), b"", box, (box[0], box[1]), art)
    return drawn(box[3] - box[1], mark)


def caption_height(pictures: Sequence[b.Picture], room: Geometry) -> float:
    """What the captions take under pictures that stand beside each other, at most, in points."""
    return room.edition.small_style.pitch * (1 + _REMARK * any(picture.remark for picture in pictures))


def _caption(picture: b.Picture) -> b.Spans:
    """The remark goes on in the same line, and takes no more than two others."""
    caption = (Span(picture.caption, Weight.BOLD, keep=True),) if picture.caption else ()
    return (*caption, Span(f" {picture.remark}")) if picture.remark else caption


def _caption_width(picture: b.Picture, room: Geometry) -> float:
    size = room.edition.small
    remark = text_width(picture.remark, Weight.REGULAR, size)
    return max(text_width(picture.caption, Weight.BOLD, size), remark * 0.7)
