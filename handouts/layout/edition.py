"""The three editions and two papers, in numbers. Rule ids are those of docs/checklist.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

MM = 72 / 25.4  # points

BLACK, BLUE, RED, WHITE, TINT = "#000000", "#002a52", "#9b0000", "#ffffff", "#e8eff7"

BOUND = 12.7 * MM  # P3; with the margin of any edition it is clear of holes and staples (P4)
PANEL_PAD = 0.9  # room between a box and its text, in body sizes


def rgb(colour: str) -> tuple[float, ...]:
    """Red, green and blue of "#rrggbb", from 0 to 1."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


class Style(NamedTuple):
    """How a role of text looks: size and line pitch in points, most characters a line."""

    size: float
    pitch: float
    most: int


class Paper(NamedTuple):
    """A paper: width and height in points (P1)."""

    name: str
    width: float
    height: float


PAPERS = {
    "letter": Paper("letter", 612, 792),
    "a4": Paper("a4", 210 * MM, 297 * MM),
}


class Edition(NamedTuple):
    """One edition, set anew and never scaled (P13). Sizes in points."""

    name: str
    body: float  # T1, and by x-height T2: 0.496 em in Atkinson Hyperlegible Next
    small: float  # T3: labels, captions, feet
    value: float  # dose values
    h1: float  # T4, T5
    h2: float  # T4, T5
    pitch: float  # L1, in em
    most: int  # L4, characters a line
    widest: float  # L5
    margin: float  # P2
    paragraph_gap: float  # L7, in lines
    step_gap: float  # L8, in lines
    tick: float  # F1
    writing: float  # F3: from one line to write on to the next
    stroke: float  # C11
    picture: float  # C10: the longer side of a picture is at least that
    scene: float  # of a picture: points a metre, so that a person lying flat is a little longer than C10
    stretches_a_page: int  # P7
    stacked: bool  # large and giant: one thing below the other
    log_apart: bool  # giant: a small table a stretch, since seven boxes take the whole width

    def style(self, size: float) -> Style:
        """A style of this edition at a size."""
        return Style(size, size * self.pitch, self.most)

    @property
    def body_style(self) -> Style:
        """Running text."""
        return self.style(self.body)

    @property
    def small_style(self) -> Style:
        """Captions, labels, feet."""
        return self.style(self.small)

    def enlarged(self, share: float) -> Edition:
        """The same in larger type, for a page that is read from where it hangs."""
        body, small, value = self.body * share, self.small * share, self.value * share
        return self._replace(body=body, small=small, value=value, h1=self.h1 * share, h2=self.h2 * share)

    @property
    def gap(self) -> float:
        """Space between paragraphs, beyond the pitch."""
        return self.body * self.pitch * self.paragraph_gap

    @property
    def tick_size(self) -> float:
        """Type size at which the tick box glyph has its side: 0.719 em from edge to edge."""
        return self.tick / 0.719


EDITIONS = {
    "standard": Edition(
        name="standard", body=14, small=12, value=15, h1=26, h2=18, pitch=1.3, most=75, widest=160 * MM,
        margin=20 * MM, paragraph_gap=0.75, step_gap=0.4, tick=7 * MM, writing=10 * MM, stroke=1.0,
        picture=55 * MM, scene=33 * MM, stretches_a_page=2, stacked=False, log_apart=False,
    ),
    "large": Edition(
        name="large", body=18.2, small=18.2, value=20, h1=28, h2=22.5, pitch=1.4, most=55, widest=152 * MM,
        margin=25.4 * MM, paragraph_gap=1.0, step_gap=0.5, tick=9 * MM, writing=12 * MM,
        stroke=1.5, picture=70 * MM, scene=48 * MM, stretches_a_page=1, stacked=True, log_apart=False,
    ),
    "giant": Edition(
        name="giant", body=24.3, small=24.3, value=24.3, h1=34, h2=29, pitch=1.3, most=44, widest=160 * MM,
        margin=25.4 * MM, paragraph_gap=1.0, step_gap=0.5, tick=11 * MM, writing=14 * MM, stroke=2.0,
        picture=90 * MM, scene=58 * MM, stretches_a_page=1, stacked=True, log_apart=True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Press:
    """How paper is printed: on both sides or on one; punched or bound, or not."""

    two_sided: bool = False
    bound: bool = False

    def sheets(self, pages: int) -> int:
        """Sheets of paper for so many pages."""
        return (pages + 1) // 2 if self.two_sided else pages


PLAIN = Press()


class Geometry(NamedTuple):
    """Where things stand on a page of this edition and paper; `bound` is the extra room at the bound edge."""

    edition: Edition
    paper: Paper
    bound: float = 0

    @property
    def width(self) -> float:
        """Width of the frame that holds all text."""
        return min(self.edition.widest, self.paper.width - self.bound - 2 * self.edition.margin)

    @property
    def left(self) -> float:
        """Left edge of the frame on a right-hand page."""
        return self.left_on(True)

    def left_on(self, right_hand: bool) -> float:
        """Left edge of the frame: the margins are alike, beyond what the bound edge takes."""
        return (self.paper.width + (self.bound if right_hand else -self.bound) - self.width) / 2

    @lru_cache(maxsize=64)  # noqa: B019 - these are values
    def enlarged(self, share: float) -> Geometry:
        """The same place for larger type."""
        return self._replace(edition=self.edition.enlarged(share)) if share != 1 else self

    @property
    def top(self) -> float:
        """Upper edge of the frame."""
        return self.paper.height - self.edition.margin
