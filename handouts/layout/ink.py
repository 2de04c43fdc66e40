"""Text to operators: shaped lines as BT ... ET, coloured, kerned, with a real space at the end of a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from handouts.layout.edition import BLACK, Style, rgb
from handouts.layout.rows import Glyph, Ink, Keep, Row, Touch
from handouts.pdf.page import Mark, number
from handouts.pdf.tags import Artifact, Element, Owner
from handouts.text.faces import Weight
from handouts.text.lines import Line, Span, break_lines, extent, gap, one_line, words
from handouts.text.shaping import Run


class _Bit(NamedTuple):
    """A run at its place in the line, in points."""

    run: Run
    span: Span
    x: float


@lru_cache(maxsize=64)
def fill(colour: str) -> str:
    """The operator that sets the fill colour "#rrggbb"; nothing for black, which a mark begins with."""
    parts = (f"{part:.3f}".rstrip("0").rstrip(".") for part in rgb(colour))
    return f" {' '.join(parts)} rg" if colour != BLACK else ""


def show(runs: Sequence[Run]) -> str:
    """The operand and operator that show runs of one face in a row, kerned.

    Codes are two bytes a glyph, as Latin-1 text.
    """
    return f"[({''.join(run.coded for run in runs)})]TJ"


def text_mark(owner: Owner, bits: Sequence[tuple[Run, str, float]], size: float, at: float) -> Mark:
    """Runs with their colours and places, each beginning where the one before ends, on a base line."""
    ops, black = [], True
    left = last = bits[0][2]
    for (face, colour), group_ in groupby(bits, key=lambda bit: (bit[0].face, bit[1])):
        group = list(group_)
        ops.append(f"/{face.resource} {number(size)} Tf{fill(colour) or ('' if black else ' 0 g')}")
        black = colour == BLACK
        if group[0][2] != last:
            ops.append(f"{number(group[0][2] - last)} 0 Td")
            last = group[0][2]
        ops.append(show([run for run, _, _ in group]))
    if not black:
        ops.append("0 g")
    return Mark(owner, "\n".join(ops).encode("latin-1"), start=(left, at))


def glyphs_of(runs: Sequence[Run]) -> frozenset[Glyph]:
    """What the runs show, for the cut of the fonts."""
    return frozenset().union(*(run.used for run in runs))


def baseline(style: Style) -> float:
    """Where the letters stand: capitals are centred in the pitch (cap height 0.668 em)."""
    return -(style.pitch + 0.668 * style.size) / 2


@dataclass(frozen=True)
class _Inked:
    """A line that has no owner yet: its parts (a link or None, mark, left, right), its width, its glyphs."""

    parts: tuple[tuple[Span | None, Mark, float, float], ...]
    width: float
    glyphs: frozenset[Glyph]


def text_width(text: str, weight: Weight, size: float) -> float:
    """Width of text on one line, in points."""
    return extent((Span(text, weight),))[0] * size / 1000


def set_text(spans: Sequence[Span], style: Style, width: float, owner: Owner, x: float = 0) -> list[Row]:
    """A paragraph as one row a line; no widow and no orphan (L12)."""
    key = tuple(spans)
    measure = width * 1000 / style.size
    # What fits one line is the same line at any width.
    lines = _inked(key, style, math.inf if one_line(key, measure, style.most) else measure)
    links: dict[Span, Element] = {}
    rows = [_owned(line, style, owner, links, x) for line in lines]
    held = {0, len(rows) - 2} if len(rows) > 1 else set()
    return [row._replace(keep=Keep.ONE) if i in held else row for i, row in enumerate(rows)]


@lru_cache(maxsize=2048)
def _inked(spans: tuple[Span, ...], style: Style, measure: float) -> tuple[_Inked, ...]:
    """Lines drawn once a process: they are the same for everyone, only their owners and places differ."""
    whole = words(spans)
    lines = (whole,) if whole and measure == math.inf else break_lines(spans, measure, style.most)
    return tuple(_ink(list(_bits(line, style.size)), style) for line in lines)


def _ink(bits: list[_Bit], style: Style) -> _Inked:
    parts = []
    for link, group in groupby(bits, key=lambda bit: bit.span if bit.span.link else None):
        part = list(group)
        mark = text_mark(Artifact.LAYOUT, [(b.run, b.span.colour, b.x) for b in part], style.size, baseline(style))
        parts.append((link, mark, part[0].x, part[-1].x + part[-1].run.width * style.size / 1000))
    return _Inked(tuple(parts), parts[-1][3], glyphs_of([bit.run for bit in bits]))


def _owned(line: _Inked, style: Style, owner: Owner, links: dict[Span, Element], x: float) -> Row:
    """A line as a row: its parts given to their owners, at their place."""
    marks, touches = [], []
    for link, mark, left, right in line.parts:
        element = links.setdefault(link, Element("Link", _above(owner))) if link else owner
        marks.append(Mark(element, mark.ops, None, (x + left, baseline(style))))
        if link and isinstance(element, Element):
            touches.append(Touch(element, (x + left, -style.pitch, x + right, 0.0), link.link, link.text))
    return Row(style.pitch, Ink(tuple(marks), tuple(touches), line.glyphs), line.width)


def _above(owner: Owner) -> Element | None:
    return owner if isinstance(owner, Element) else None


def _bits(line: Line, size: float) -> Iterator[_Bit]:
    """The runs of a line, each word with the space after it, also the last: else readers glue lines together."""
    x = 0.0
    for word in line:
        for piece in word.pieces:
            for run in piece.runs:
                yield _Bit(run, piece.span, x)
                x += run.width * size / 1000
        if not word.cut:
            yield _Bit(gap(word), word.pieces[-1].span, x)
            x += gap(word).width * size / 1000
