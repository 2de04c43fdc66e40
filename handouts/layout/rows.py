"""Rows: what stands on one line across the page, drawn once, placed later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from handouts.pdf.page import Mark, moved
from handouts.pdf.tags import Artifact, Element
from handouts.text.faces import Face

Glyph = tuple[Face, int, str]  # face, glyph id, what it says


class Keep(IntEnum):
    """May a page end after this row? What holds together is parted at the weakest place that will do."""

    FREE = 0
    SECTION = 1  # only when the section is longer than a page, or a good part of a page would stay empty
    PART = 2  # only when the part (a list, the picture with its steps) is longer than a page
    NEVER = 3  # only when what holds together there is longer than a page
    ALWAYS = 4  # not even then, but where that too is longer: a picture with two steps
    ONE = 5  # one thing: the lines of a step, a picture and the step below it


class Touch(NamedTuple):
    """A web address in a row: its box from the row's origin (left, bottom, right, top)."""

    element: Element
    box: tuple[float, float, float, float]
    address: str
    words: str

    def moved(self, x: float, y: float) -> Touch:
        """The same from another origin."""
        return self._replace(box=moved(self.box, x, y))


@dataclass(frozen=True, eq=False)
class Frame:
    """A box round, or a bar beside, all the rows of a page that carry it."""

    colour: str
    stroke: float
    width: float
    bar: bool = False


@dataclass(frozen=True, eq=False)
class Ink:
    """What is painted on a row, and what can be clicked. Rows that differ in their place alone share it."""

    marks: tuple[Mark, ...] = ()
    touches: tuple[Touch, ...] = ()
    glyphs: frozenset[Glyph] = frozenset()
    bookmark: tuple[str, Element] | None = None

    def moved(self, x: float, y: float) -> Ink:
        """The same from another origin."""
        marks = tuple([mark.moved(x, y) for mark in self.marks])
        touches = tuple([touch.moved(x, y) for touch in self.touches])
        return Ink(marks, touches, self.glyphs, self.bookmark)


EMPTY = Ink()


class Row(NamedTuple):
    """One row. `before` is the space above, dropped at the top of a page."""

    height: float
    ink: Ink = EMPTY
    width: float = 0  # of a line of text
    before: float = 0
    keep: Keep = Keep.FREE
    frame: Frame | None = None
    repeat: tuple[Row, ...] = ()  # rows of a table's head, painted again where the table goes on


def drawn(height: float, *marks: Mark) -> Row:
    """A row of marks, and nothing else."""
    return Row(height, Ink(marks))


def flat(parts: Iterable[Sequence[Row]]) -> list[Row]:
    """All the rows of some parts."""
    return [row for part in parts for row in part]


def height(rows: Iterable[Row]) -> float:
    """Height of rows at the top of a page."""
    rows = list(rows)
    return sum(row.height + row.before for row in rows) - (rows[0].before if rows else 0)


def tail_held(rows: Sequence[Row], least: float, inside: Sequence[bool]) -> list[Row]:
    """The last rows held together up to a height, so that no page begins with a last line and no more.

    What is held does not begin `inside` a paragraph: that would be torn although there is room for it.
    """
    total, at = 0.0, len(rows)
    while at > 0 and (total < least or (at < len(rows) and inside[at])):
        at -= 1
        total += rows[at].height + rows[at].before
    return [*rows[:at], *kept(rows[at:])]


def spaced(rows: Sequence[Row], before: float) -> list[Row]:
    """The same rows, the first with space above."""
    return [rows[0]._replace(before=before), *rows[1:]] if rows else []


def kept(rows: Sequence[Row], how: Keep = Keep.NEVER, *, last: bool = False) -> list[Row]:
    """The same rows, held together; with `last` the last one also holds on to what follows."""
    body = [row if row.keep >= how else row._replace(keep=how) for row in rows]
    return body if last else [*body[:-1], rows[-1]] if rows else []


def framed(rows: Sequence[Row], frame: Frame) -> list[Row]:
    """The same rows in a frame."""
    return [row._replace(frame=frame) for row in rows]


def shifted(row: Row, x: float, y: float = 0) -> Row:
    """A row whose ink is moved."""
    return row._replace(ink=row.ink.moved(x, y))


def abreast(rows: Sequence[Row], row_height: float) -> Row:
    """Rows whose marks stand beside each other, as one row."""
    inks = [row.ink for row in rows]
    ink = Ink(
        marks=tuple(mark for ink in inks for mark in ink.marks),
        touches=tuple(touch for ink in inks for touch in ink.touches),
        glyphs=frozenset().union(*(ink.glyphs for ink in inks)),
    )
    return Row(row_height, ink)


def column(rows: Sequence[Row], x: float, y: float) -> list[Row]:
    """Rows that stand below each other, each moved to its place from one common origin."""
    placed, top = [], 0.0
    for index, row in enumerate(rows):
        top += row.before if index else 0
        placed.append(shifted(row, x, y - top))
        top += row.height
    return placed


def as_artifact(rows: Sequence[Row], kind: Artifact) -> tuple[Row, ...]:
    """Rows to be seen again but not heard again."""
    return tuple(
        row._replace(ink=Ink(tuple(mark._replace(owner=kind) for mark in row.ink.marks), glyphs=row.ink.glyphs))
        for row in rows
    )
