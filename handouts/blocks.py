"""What a handout is made of, in reading order. Blocks hold words and say them; layout gives them a place.

`script()` of a block is what a listener hears: the tests hold every finished file against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from handouts.drawing import Drawing, Own
from handouts.text.faces import Weight
from handouts.text.lines import Span

Spans = tuple[Span, ...]


def plain(text: str, **manner: object) -> Spans:
    """Text as it stands, in one manner (`weight`, `colour`, `link`, `keep`)."""
    return (Span(text, **manner),)  # type: ignore[arg-type]


def marked(text: str) -> Spans:
    """Text of our own content, in which **two stars** mark bold."""
    parts = re.split(r"\*\*", text)
    weights = (Weight.REGULAR, Weight.BOLD)
    return tuple(Span(part, weights[i % 2]) for i, part in enumerate(parts) if part)


def labelled(label: str, text: Spans, colour: str = "#000000") -> Spans:
    """A bold label in front of text."""
    return (Span(f"{label} ", Weight.BOLD, colour), *text)


def said(spans: Spans) -> str:
    """The words of spans."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True)
class Logo:
    """A clinic's mark, with words for those who cannot see it."""

    drawing: Own
    alt: str


@dataclass(frozen=True)
class Title:
    """The head of the sheet: its title, and lines on whom it is for, from and when, under a logo."""

    text: str
    lines: tuple[Spans, ...]
    logo: Logo | None = None

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield self.text
        yield from map(said, self.lines)


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3; `badge` is the number of a stretch."""

    level: int
    text: str
    badge: str = ""
    bookmark: bool = False

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield f"{self.badge} {self.text}".strip()


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    spans: Spans

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield said(self.spans)


@dataclass(frozen=True)
class Aside:
    """Paragraphs with a bar at their left, `bar` is its colour. `close`: near what is above, to save room."""

    paragraphs: tuple[Spans, ...]
    bar: str
    close: bool = False

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield from map(said, self.paragraphs)


@dataclass(frozen=True)
class Bullets:
    """A list with discs."""

    items: tuple[Spans, ...]

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        for item in self.items:
            yield f"• {said(item)}"


@dataclass(frozen=True)
class Reasons:
    """Reasons not to start, or to ask first: a label over a list, with a bar in a colour at its left."""

    label: Spans
    items: tuple[Spans, ...]
    bar: str

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield said(self.label)
        yield from Bullets(self.items).script()


@dataclass(frozen=True)
class Numbered:
    """A list with numbers."""

    items: tuple[Spans, ...]

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        for number, item in enumerate(self.items, 1):
            yield f"{number} {said(item)}"


@dataclass(frozen=True)
class Dose:
    """The dose box: labels and values, each pair one paragraph for a listener."""

    cells: tuple[tuple[str, str], ...]

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        for label, value in self.cells:
            yield f"{label} {value}"


@dataclass(frozen=True)
class Picture:
    """A drawing, as it is or mirrored; `alt` says what it shows to those who cannot see it.

    `caption` stands under it, and goes on with `remark`. `step` (from 0) is the one it shows. `metre` is how many
    of its units the widest view of the stretch has in a metre: a closer view is drawn larger wherever it stands.
    """

    drawing: Drawing
    mirrored: bool
    alt: str
    caption: str
    step: int
    metre: int
    remark: str = ""

    @property
    def words(self) -> str:
        """The whole caption."""
        return f"{self.caption} {self.remark}".strip()


@dataclass(frozen=True)
class Demonstration:
    """The pictures, the numbered steps, where to feel it, an easier and a harder way: they belong together.

    `held` is the step (from 0) that is held: it and those after it stay on one page, so that the way out is never
    over the page. With `apart` each picture stands above the step it shows, else all above or beside the first.
    """

    pictures: tuple[Picture, ...]
    steps: tuple[Spans, ...]
    feel: Spans
    held: int
    ways: tuple[Aside, ...] = ()
    apart: bool = False

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        for part in self.parts():
            yield from (picture.words for picture in part.pictures)
            yield from (f"{number} {said(item)}" for number, item in enumerate(part.steps, part.first + 1))
        yield said(self.feel)
        for way in self.ways:
            yield from way.script()

    def parts(self) -> list[Shown]:
        """Pictures with the steps that follow them, up to the next picture."""
        places = [picture.step if self.apart else 0 for picture in self.pictures]
        places[:1] = [place if place > 1 else 0 for place in places[:1]]  # the first leads the list
        starts = sorted({0, *places})
        ends = [*starts[1:], len(self.steps)]
        shown = ([p for p, place in zip(self.pictures, places, strict=True) if place == start] for start in starts)
        return [
            Shown(start, tuple(pictures), self.steps[start:end])
            for start, end, pictures in zip(starts, ends, shown, strict=True)
        ]


@dataclass(frozen=True)
class Shown:
    """A part of a demonstration: pictures, and the steps after them, of which `first` (from 0) is the first."""

    first: int
    pictures: tuple[Picture, ...]
    steps: tuple[Spans, ...]

    @property
    def last(self) -> int:
        """The last step (from 0) that the pictures show."""
        return max(picture.step for picture in self.pictures)


@dataclass(frozen=True)
class Table:
    """A table with a head row; the first cell of each row heads the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield from self.head
        for row in self.rows:
            yield from row


@dataclass(frozen=True)
class Log:
    """Tick boxes: a row a stretch (or week), a column a day. Without `names` the days stand alone."""

    corner: str
    days: tuple[str, ...]
    names: tuple[str, ...]
    tick: str  # what a box says to a listener

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        if self.names:
            yield self.corner
        yield from self.days
        for name in self.names or ("",):
            if name:
                yield name
            yield from [self.tick] * len(self.days)


@dataclass(frozen=True)
class Card:
    """A stretch in short, to hang: its name over its dose, and one picture beside them, if it has any.

    `share` is the longer side of the picture in parts of C10.
    """

    heading: Heading
    dose: Spans
    picture: Picture | None
    share: float

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield from self.heading.script()
        yield said(self.dose)


@dataclass(frozen=True)
class Lines:
    """`count` lines to write on under each question; `alt` says to a listener that they are there."""

    questions: tuple[Spans, ...]
    count: int
    alt: str

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        yield from map(said, self.questions)


@dataclass(frozen=True)
class Panel:
    """Blocks in a box."""

    blocks: tuple[Heading | Text | Bullets, ...]

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        for block in self.blocks:
            yield from block.script()


Block = (
    Title
    | Heading
    | Text
    | Aside
    | Bullets
    | Reasons
    | Numbered
    | Dose
    | Demonstration
    | Table
    | Log
    | Card
    | Lines
    | Panel
)


@dataclass(frozen=True)
class Section:
    """Blocks that stand together. `name` is repeated where a section goes on over a page.

    `stretch`: counts for how many stretches a page may hold. `fresh`: begins a page. `enlarged`: how many times
    larger its type is than that of the edition.
    """

    blocks: tuple[Block, ...]
    name: str = ""
    stretch: bool = False
    fresh: bool = False
    enlarged: float = 1.0

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Counted once: what is laid out is looked up by its words."""
        return hash((self.blocks, self.name, self.stretch, self.fresh, self.enlarged))

    def script(self) -> Iterator[str]:
        """Words in reading order."""
        for block in self.blocks:
            yield from block.script()
