"""What every sheet says: guidance, disclaimer, fixed phrases; and what printed English is measured by."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import StringConstraints, model_validator

from handouts.model import (
    Equipment,
    InLanguages,
    Paragraphs,
    Position,
    Record,
    ShortText,
    ShortWords,
    Text,
    Texts,
)

TERM = r"^[A-Za-z]+([ -][A-Za-z]+)*$"


class Term(Record):
    """A word of the field: what it means, and the everyday word to print instead."""

    words: ShortText
    plain: ShortText | None = None
    may_print: bool  # without being explained
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sayable(self) -> Term:
        if not self.may_print and self.plain is None:
            raise ValueError("a word that may not be printed needs `plain`, what to say instead")
        return self


Glossary = dict[Annotated[str, StringConstraints(pattern=TERM, max_length=60)], Term]


class Before(Record):
    """The rules before a start; falls and heat where the stretches call for them."""

    title: ShortText
    rules: Texts
    falls: Text
    heat: Text


class Stop(Record):
    """The global stop signs."""

    title: ShortText
    lead: ShortText
    lead_helper: ShortText
    emergency: Texts
    lead_team: ShortText
    team: Texts


class StopSign(Record):
    """How someone who is helped says stop."""

    title: ShortText
    lead: ShortText
    signs: Texts
    end: ShortText


class Guidance(Record):
    """What holds for every stretch; `helper` is said to the one who helps."""

    before_you_start: Before
    helper: Before
    stop_sign: StopSign
    stop_and_get_help: Stop


class Plural(Record):
    """A phrase for one and for any other number."""

    one: ShortWords
    other: ShortWords


Counted = InLanguages[Plural]


class Printing(Record):
    """Words of the print file, its separator sheets and its ticket."""

    title: ShortText
    handouts: Counted
    numbers: Counted
    copies: Counted
    ticket: ShortText
    file: ShortText
    letter: ShortText
    a4: ShortText
    paper: ShortText
    one_sided: ShortText
    two_sided: ShortText
    bound: ShortText
    actual_size: ShortText
    matte: ShortText
    staple: ShortText
    sheets_of_paper: ShortText
    staples: ShortText
    all_handouts: ShortText
    all_copies: ShortText
    separators: ShortText
    number_head: ShortText
    ref_head: ShortText
    group_head: ShortText
    copies_head: ShortText
    sheets_head: ShortText
    span: Counted


class About(Record):
    """The last part of every sheet, and the short disclaimer at every foot."""

    version: str
    checked_on: dt.date
    title: ShortText
    disclaimer: Paragraphs
    short: ShortText
    clinic_contact: ShortText
    clinic_phone: ShortText
    evidence_title: ShortText
    evidence: Paragraphs
    evidence_sources: tuple[str, ...]
    gap_ms: Counted
    gap_hold: Counted
    gap_partial: Counted
    gap_composite: Counted
    call_title: ShortText
    call: Paragraphs
    made_by: Text
    not_reviewed: ShortText
    not_reviewed_some: ShortText
    reviewed: ShortText
    print_note: ShortText
    recipe: ShortText
    recipe_note: ShortText
    sources_title: ShortText
    sources_more: ShortText


class Wording(Record):
    """English words that printed texts are measured by; none of them is printed."""

    verbs: tuple[str, ...]
    joined: tuple[str, ...]
    claims: tuple[str, ...]
    pointers: tuple[str, ...]


class Phrases(Record):
    """Every fixed word that is printed."""

    sheet_title: ShortText
    helper_title: ShortText
    made_with: ShortText
    given_by: ShortText
    content_version: ShortText
    facts_checked: ShortText
    in_short: ShortText
    short_line: ShortText
    total_time: Counted
    have_ready: ShortText
    have_ready_also: ShortText
    list_and: ShortText
    nothing_needed: ShortText
    changed: ShortText
    swapped: ShortText
    left_out: ShortText
    stretch_head: ShortText
    hold: ShortText
    roll: ShortText
    stay: ShortText
    time_head: ShortText
    repeat: ShortText
    sides: ShortText
    how_often: ShortText
    side_each: ShortText
    side_together: ShortText
    side_left: ShortText
    side_right: ShortText
    seconds: Counted
    minutes: Counted
    times: Counted
    times_each: Counted
    times_each_side: Counted
    times_one_side: ShortText
    times_a_day: Counted
    days_a_week: Counted
    hands: ShortText
    your_part: ShortText
    stay_near: ShortText
    take_care: ShortText
    do_not_start_if: ShortText
    ask_first_if: ShortText
    read_out: ShortText
    easier: ShortText
    harder: ShortText
    note: ShortText
    continued: ShortText
    log_time: ShortText
    my_week: ShortText
    my_weeks: ShortText
    tick_intro: ShortText
    tick_when_done: ShortText
    fridge_stop: ShortText
    fridge_back: ShortText
    notes: ShortText
    write_to_ask: ShortText
    write_how: ShortText
    write_to_tell: ShortText
    lines_to_write_on: ShortText
    week: ShortText
    week_head: ShortText
    days: Texts
    months: Texts
    date: ShortText
    page: ShortText
    picture_one: ShortText
    picture_start: ShortText
    picture_then: ShortText
    picture_hold: ShortText
    picture_move: ShortText
    picture_roll: ShortText
    picture_stay: ShortText
    picture_where: ShortText
    picture_position: ShortText
    picture_shows: dict[Position, ShortText]
    mark_lying: ShortText
    mark_knees_bent: ShortText
    mark_legs_over_edge: ShortText
    mark_on_bed: ShortText
    mark_sitting: ShortText
    mark_standing: ShortText
    equipment: dict[Equipment, ShortText]
    positions: dict[Position, ShortText]
    positions_helped: dict[Position, ShortText]
