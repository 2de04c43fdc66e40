"""The content as checked, immutable values: what a stretch, routine, flag, source and phrase may hold.

Units: holds in seconds, repeats in holds per side. Enumerations are those of the clinical content base.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from handouts.poses import Figures, Panel, Strict

Language = Literal["en"]
Side = Literal["both", "left", "right"]
Kind = Literal["static-stretch", "range-of-motion", "positioning", "self-massage"]
Area = Literal[
    "neck", "shoulder", "chest", "upper-back", "trunk", "lower-back", "elbow", "forearm", "wrist", "hand",
    "fingers", "hip", "buttock", "inner-thigh", "thigh-front", "thigh-back", "calf", "ankle", "foot", "toes",
]  # fmt: skip
Position = Literal[
    "supine", "hook-lying", "supine-legs-over-edge", "prone", "side-lying", "long-sitting",
    "sitting-edge-of-bed", "sitting-chair", "wheelchair-sitting", "standing-supported",
]  # fmt: skip
Level = Literal["stands-supported", "sits-alone", "sits-supported", "lies-turns-alone", "needs-helper"]
Equipment = Literal[
    "bed", "mat", "pillow", "chair-with-back", "chair-with-arms", "wheelchair", "stool", "strap-or-towel",
    "rolled-towel", "half-foam-roller", "small-ball", "wall", "counter", "table", "non-slip-mat", "helper",
]  # fmt: skip
Relation = Literal["easier", "harder", "seated", "in-bed", "standing", "helper"]  # what the other one is
Seen = Literal["seen", "composite", "partial", "our-default"]
Tier = Literal["A", "B", "C"]

T = TypeVar("T")
MOST = {"hold": 3600, "repeats": 100, "per_day": 24, "days_per_week": 7}  # where --allow-dose ends
SOMETHING, ID, KEY, HTTPS = r"\S", r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^[A-Za-z0-9-]+$", r"^https://\S+$"
INSIDE = r"^[A-Za-z0-9_][^/\\:]*(/[A-Za-z0-9_][^/\\:]*)*\.(svg|png)$"  # no way out of the folder


def _in_english(by_language: dict[Language, T]) -> dict[Language, T]:
    """The language that every record must have."""
    if "en" not in by_language:
        raise ValueError("should hold a text for `en`")
    return by_language


InLanguages = Annotated[dict[Language, T], AfterValidator(_in_english)]
Id = Annotated[str, StringConstraints(pattern=ID, max_length=60)]
Key = Annotated[str, StringConstraints(pattern=KEY, max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=600, pattern=SOMETHING)]
ShortWords = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=SOMETHING)]
Inside = Annotated[str, StringConstraints(pattern=INSIDE, max_length=120)]
Seconds = Annotated[int, Field(ge=1, le=1200)]
Count = Annotated[int, Field(ge=1, le=100)]
Text = InLanguages[Words]
ShortText = InLanguages[ShortWords]
Texts = InLanguages[Annotated[tuple[ShortWords, ...], Field(min_length=1, max_length=12)]]
Paragraphs = InLanguages[Annotated[tuple[Words, ...], Field(min_length=1, max_length=12)]]


class Record(BaseModel):
    """Strict and frozen: no other keys, no quiet conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Range(Record):
    """A sourced range and the number used unless another is asked for."""

    min: Annotated[int, Field(ge=1)]
    max: Annotated[int, Field(ge=1, le=1200)]
    default: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if not self.min <= self.default <= self.max:
            raise ValueError(f"should be min <= default <= max, not {self.min}, {self.default}, {self.max}")
        return self


class Support(Record):
    """What a source stands for in a record, and how much of it was read."""

    key: str
    supports: tuple[Literal["steps", "hold", "repeats", "caution"], ...]
    seen: Literal["whole", "part", "title-only"]


class Variant(Record):
    """Another stretch for the same aim, and how it differs from this one."""

    id: str
    relation: Relation


class OwnPicture(Record):
    """A clinic's own picture of a stretch: a file in its folder, its alternative text and the step it shows.

    `side`: the one that is drawn, where the other is its mirror image.
    """

    file: Inside
    alt: ShortText
    step: Annotated[int, Field(ge=1, le=8)]
    side: Literal["left", "right"] | None = None


class Evidence(Record):
    """How well the record is sourced."""

    steps: Seen
    hold: Seen
    best_tier: Tier
    ms_source: bool


class Stretch(Record):
    """One stretch. In printed text `{both|left|right}` chooses by side and `{id}` names another stretch."""

    id: Id
    version: Annotated[int, Field(ge=1, le=9999)]
    status: Literal["draft", "clinician-reviewed", "retired"]
    reviewed_by_role: dict[Language, ShortWords] | None = None
    reviewed_on: dt.date | None = None
    review_due: dt.date | None = None
    kind: Kind
    name: ShortText
    clinical_name: str | None = None
    purpose: ShortText
    body_area: Annotated[tuple[Area, ...], Field(min_length=1)]
    muscles: tuple[str, ...]
    positions: Annotated[tuple[Position, ...], Field(min_length=1)]
    level: Level
    helpers_needed: Annotated[int, Field(ge=0, le=2)] = 0
    equipment: tuple[Equipment, ...]
    hold: Range
    repeats: Range
    per_day: Range = Range.model_construct(min=1, max=3, default=1)
    days_per_week: Range = Range.model_construct(min=1, max=7, default=7)
    holds_per_repeat: Count = 1
    rest: Annotated[int, Field(ge=0, le=600)] = 5  # seconds between holds
    setup: Annotated[int, Field(ge=0, le=600)] = 20  # seconds to get ready
    side: Literal["each", "together", "none"]
    side_name: ShortText | None = None  # where "Left only" would not say what goes left
    hold_step: Annotated[int, Field(ge=1, le=8)] | None = None  # this step and those after it stay on one page
    steps: InLanguages[Annotated[tuple[ShortWords, ...], Field(min_length=2, max_length=8)]]  # W5
    one_side: ShortText | None = None
    change_sides: ShortText | None = None
    start: dict[Position, ShortText] = {}  # the first step in each position but the first
    hands: ShortText | None = None  # where a helper's hands go
    feel: ShortText
    cautions: InLanguages[Annotated[tuple[ShortWords, ...], Field(max_length=4)]]
    flags: Annotated[tuple[str, ...], Field(max_length=30)]
    easier: Text | None = None
    harder: Text | None = None
    variants: tuple[Variant, ...] = ()
    sources: Annotated[tuple[Support, ...], Field(min_length=1, max_length=30)]
    evidence: Evidence
    source_note: str | None = None
    disagreement: str | None = None
    figures: Figures | None = None
    pictures: Annotated[tuple[OwnPicture, ...], Field(max_length=3)] = ()

    @property
    def shown(self) -> tuple[Panel | OwnPicture, ...]:
        """What each picture shows, in words."""
        return self.figures.panels if self.figures else self.pictures

    @property
    def drawn_side(self) -> str | None:
        """The side that the pictures show; None where they are never mirrored."""
        return self.figures.side if self.figures else next((picture.side for picture in self.pictures), None)

    @model_validator(mode="after")
    def _possible(self) -> Stretch:
        wrong = [key for key, most in MOST.items() if getattr(self, key).max > most]
        if wrong:
            raise ValueError(f"`{wrong[0]}` can be at most {MOST[wrong[0]]}")
        return self

    @model_validator(mode="after")
    def _whole(self) -> Stretch:
        both_given = self.one_side is not None and self.change_sides is not None
        if self.side == "each" and not both_given:
            raise ValueError("a stretch with `side: each` needs both `one_side` and `change_sides`")
        if self.side != "each" and (self.one_side or self.change_sides):
            raise ValueError(f"a stretch with `side: {self.side}` has no `one_side` and no `change_sides`")
        if self.hold_step and any(self.hold_step > len(steps) for steps in self.steps.values()):
            raise ValueError("`hold_step` is larger than the number of steps")
        if set(self.start) != set(self.positions[1:]):
            raise ValueError("`start` should hold the first step for each position after the first, and no other")
        if (self.level == "needs-helper") != bool(self.hands):
            raise ValueError("`hands` goes with `level: needs-helper`, and with no other")
        if self.figures and self.pictures:
            raise ValueError("a stretch has `figures` or `pictures`, not both")
        if len({picture.side for picture in self.pictures}) > 1:
            raise ValueError("all `pictures` of a stretch show the same `side`")
        if self.status == "clinician-reviewed" and not (self.reviewed_by_role and self.reviewed_on):
            raise ValueError("a reviewed stretch needs `reviewed_by_role` and `reviewed_on`")
        return self


class Portion(Record):
    """A stretch of a routine, with its own dose where that differs."""

    stretch: str
    hold: Seconds | None = None
    repeats: Count | None = None
    per_day: Count | None = None
    days_per_week: Count | None = None
    side: Side | None = None
    position: Position | None = None


class Routine(Record):
    """A named selection of stretches."""

    name: ShortText
    for_whom: Text
    note: Text | None = None
    stretches: Annotated[tuple[Portion, ...], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _once(self) -> Routine:
        if len({portion.stretch for portion in self.stretches}) < len(self.stretches):
            raise ValueError("a routine names each stretch once")
        return self


class Flag(Record):
    """A reason to ask first; `words` go on from "Ask first if:"."""

    severity: Literal["stop", "ask"]
    for_all: bool = False  # it holds for every stretch, and no record names it
    words: ShortText
    sources: tuple[str, ...]
    note: str | None = None


class Source(Record):
    """Where facts come from. `site` is printed, `url` is what it opens."""

    title: ShortWords
    publisher: ShortWords
    year: Annotated[int, Field(ge=1800, le=2200)] | None = None
    site: ShortWords | None = None
    url: Annotated[str, StringConstraints(pattern=HTTPS, max_length=300)] | None = None
    tier: Tier


def kinds() -> Iterator[type[BaseModel]]:
    """Every kind of record there is."""
    for base in (Record, Strict):
        yield from _below(base)


def _below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)
