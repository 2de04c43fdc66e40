"""What a clinic says of itself: who it is, what it has reviewed, and some phrases in its own way."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from handouts.model import Id, Inside, Record, ShortText, ShortWords

PHONE = r"^[0-9+(][0-9 ()+./x-]*[0-9]$"


class OwnPhrases(Record):
    """Phrases that a clinic may say in its own way: none that warns, doses, or says what a sheet is worth."""

    sheet_title: ShortText | None = None
    made_with: ShortText | None = None
    given_by: ShortText | None = None
    in_short: ShortText | None = None
    have_ready: ShortText | None = None
    have_ready_also: ShortText | None = None
    nothing_needed: ShortText | None = None
    stretch_head: ShortText | None = None
    easier: ShortText | None = None
    harder: ShortText | None = None
    note: ShortText | None = None
    my_week: ShortText | None = None
    my_weeks: ShortText | None = None
    tick_intro: ShortText | None = None
    week: ShortText | None = None
    week_head: ShortText | None = None


class Logo(Record):
    """A clinic's mark: an SVG or PNG file in its folder, and words for those who cannot see it."""

    file: Inside
    alt: ShortText


class Review(Record):
    """A clinician's review of one version of a stretch; `due` is when to look again."""

    version: Annotated[int, Field(ge=1, le=9999)]
    by_role: ShortText
    on: dt.date
    due: dt.date | None = None


class Practice(Record):
    """A clinic as its `handouts.yaml` has it: who it is, and what its sheets are like without options."""

    clinic: ShortWords | None = None
    phone: Annotated[str, StringConstraints(pattern=PHONE, min_length=3, max_length=28)] | None = None
    logo: Logo | None = None
    clinician: ShortWords | None = None
    paper: Literal["letter", "a4"] | None = None
    edition: Literal["standard", "large", "giant"] | None = None
    reviews: dict[Id, Review] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _named(self) -> Practice:
        if not self.clinic and (self.phone or self.logo or self.clinician):
            raise ValueError("`phone`, `logo` and `clinician` need the name of the `clinic`")
        return self
