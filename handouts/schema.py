"""JSON schemas: with them an editor checks a content file, and explains its keys, while it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handouts.files import write_whole
from handouts.library import OWN_FILES, PRACTICE
from handouts.model import Stretch
from handouts.planfile import PlanFile
from handouts.practice import Practice

KINDS: dict[str, Any] = {
    "stretch": Stretch,
    PRACTICE: Practice,
    "plan": PlanFile,
    **{f"sheet/{name}": kind for name, kind in OWN_FILES.items()},
}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What each key is for. Keys of pictures drawn from poses are explained by their records.
DESCRIPTIONS = {
    "Stretch.id": "The name of the file, without .yaml.",
    "Stretch.version": "Raise it with every change of the words: a review is of one version.",
    "Stretch.status": "draft, until a clinician has reviewed it; retired, when it is no longer given out.",
    "Stretch.reviewed_by_role": "What the one who reviewed it is, such as physical therapist.",
    "Stretch.reviewed_on": "The day of the review.",
    "Stretch.review_due": "When to review it again.",
    "Stretch.kind": "Whether it is held, moved, rolled or stayed in.",
    "Stretch.name": "What it is called on the sheet.",
    "Stretch.clinical_name": "What clinicians call it; not printed.",
    "Stretch.purpose": "What it is for, in one short sentence.",
    "Stretch.body_area": "The parts of the body that it works on.",
    "Stretch.muscles": "The muscles, for clinicians; not printed.",
    "Stretch.positions": "The positions in which it can be done, the printed one first.",
    "Stretch.level": "What a person must be able to do.",
    "Stretch.helpers_needed": "How many helpers it takes.",
    "Stretch.equipment": "What to have ready.",
    "Stretch.hold": "Seconds of one hold.",
    "Stretch.repeats": "Holds, a side where there are sides.",
    "Stretch.per_day": "Times a day.",
    "Stretch.days_per_week": "Days a week.",
    "Stretch.holds_per_repeat": "Holds in one repeat.",
    "Stretch.rest": "Seconds between holds.",
    "Stretch.setup": "Seconds to get ready.",
    "Stretch.side": "each: one side after the other. together: both at once. none: it has no sides.",
    "Stretch.side_name": "What goes left or right, where “Left only” would not say it.",
    "Stretch.hold_step": "The number of the step that is held; that step says {hold}.",
    "Stretch.steps": "One action a step, verb first, no numbers. {both|left|right} chooses by side.",
    "Stretch.one_side": "The first step when one side is done.",
    "Stretch.change_sides": "The last step when both sides are done.",
    "Stretch.start": "The first step in each position but the first.",
    "Stretch.hands": "Where a helper's hands go.",
    "Stretch.feel": "What it should feel like.",
    "Stretch.cautions": "What to take care of.",
    "Stretch.flags": "Reasons not to start, or to ask first: codes of the flags.",
    "Stretch.easier": "An easier way. {stretch-id} names another stretch.",
    "Stretch.harder": "A harder way. {stretch-id} names another stretch.",
    "Stretch.variants": "Other stretches for the same aim.",
    "Stretch.sources": "Where its facts come from, the most telling first.",
    "Stretch.evidence": "How well it is sourced.",
    "Stretch.source_note": "What the sources say and what is your own; not printed.",
    "Stretch.disagreement": "Where sources do not agree; not printed.",
    "Stretch.figures": "Pictures as poses, which our engine draws.",
    "Stretch.pictures": "Pictures of your own: one to three files, SVG or PNG.",
    "OwnPicture.file": "The file in this folder, such as pictures/wall-push.svg.",
    "OwnPicture.alt": "What the body does, for those who cannot see it: 150 characters at most.",
    "OwnPicture.step": "The number of the step that it shows.",
    "OwnPicture.side": "The side that is drawn. The other side gets its mirror image.",
    "Range.min": "The least that is allowed.",
    "Range.max": "The most that is allowed.",
    "Range.default": "What is printed unless another dose is asked for.",
    "Support.key": "The key of the source.",
    "Support.supports": "What the source stands for.",
    "Support.seen": "How much of the source was read.",
    "Variant.id": "The other stretch.",
    "Variant.relation": "What the other one is: easier, seated, ...",
    "Evidence.steps": "How well the steps are sourced.",
    "Evidence.hold": "How well the hold is sourced.",
    "Evidence.best_tier": "The tier of the best source.",
    "Evidence.ms_source": "Is a source about people with MS?",
    "Routine.name": "What it is called.",
    "Routine.for_whom": "Whom it is for.",
    "Routine.note": "A note on the sheet. {stretch-id} names a stretch.",
    "Routine.stretches": "Its stretches, in order, with their doses.",
    "Portion.stretch": "The id of the stretch.",
    "Portion.hold": "Seconds of one hold.",
    "Portion.repeats": "Holds, a side where there are sides.",
    "Portion.per_day": "Times a day.",
    "Portion.days_per_week": "Days a week.",
    "Portion.side": "both, left or right.",
    "Portion.position": "One of the positions of the stretch, where it is not the first.",
    "Flag.severity": "stop: do not start. ask: ask first.",
    "Flag.words": "Goes on from “Ask first if:”.",
    "Flag.sources": "Keys of sources.",
    "Flag.note": "A remark; not printed.",
    "Flag.for_all": "Does it hold for every stretch?",
    "Source.title": "The title of the page, paper or leaflet.",
    "Source.publisher": "Who published it.",
    "Source.year": "When.",
    "Source.site": "The address as it is printed.",
    "Source.url": "The address that it opens.",
    "Source.tier": "A: guideline or trial. B: hospital or charity. C: other.",
    "PlanFile.stretches": "Ids of stretches.",
    "PlanFile.routine": "The id of a routine.",
    "PlanFile.recipe": "The code of a sheet, in place of stretches and doses.",
    "PlanFile.position": "Where it can be done: lying, side, front, bed, chair, wheelchair, standing.",
    "PlanFile.area": "What it should be for: legs, feet, hips, back, neck, shoulders, arms, hands, trunk.",
    "PlanFile.equipment": "What there is: towel, ball, chair ...; or nothing.",
    "PlanFile.helper": "Is there someone who helps?",
    "PlanFile.can": "What the person can do: stand, sit, sit-with-support, turn, helped.",
    "PlanFile.avoid": "Flags: leave out what has these warnings.",
    "PlanFile.minutes": "The longest that all of it may take.",
    "PlanFile.dose": "Doses such as “heel-cord-stretch: hold=20 repeats=3 side=left”.",
    "PlanFile.allow-dose": "Print doses outside their range. For clinicians.",
    "PlanFile.print": "The size of print.",
    "PlanFile.paper": "The paper.",
    "PlanFile.form": "What is made: the full sheet, one page to hang, a log, or a sheet for a helper.",
    "PlanFile.language": "The language of the sheet.",
    "PlanFile.title": "The title of the sheet.",
    "PlanFile.for": "Whom it is for. Who can read this file can read the name.",
    "PlanFile.from": "Who gives it.",
    "PlanFile.date": "The date on the sheet, such as 2026-11-22.",
    "PlanFile.note": "A note: one text, or one for each paragraph.",
    "PlanFile.log": "Are there tick boxes?",
    "OwnPhrases.sheet_title": "The title of a sheet.",
    "OwnPhrases.made_with": "Stands where no clinic is named.",
    "OwnPhrases.given_by": "Who gave the sheet; {clinician} is the name.",
    "OwnPhrases.in_short": "Over the plan at a glance.",
    "OwnPhrases.have_ready": "What to have ready: {things}.",
    "OwnPhrases.have_ready_also": "More to have ready: {things}.",
    "OwnPhrases.nothing_needed": "Nothing to have ready.",
    "OwnPhrases.stretch_head": "Over the names of stretches in tables.",
    "OwnPhrases.easier": "Before an easier way.",
    "OwnPhrases.harder": "Before a harder way.",
    "OwnPhrases.note": "Before the note.",
    "OwnPhrases.my_week": "Over the tick boxes of a week.",
    "OwnPhrases.my_weeks": "Over the tick boxes of four weeks.",
    "OwnPhrases.tick_intro": "Says how to tick.",
    "OwnPhrases.week": "A week of the log; {n} is its number.",
    "OwnPhrases.week_head": "Over the weeks of the log.",
    "Practice.clinic": "The clinic's name, at the head of every sheet.",
    "Practice.phone": "Its number, for questions.",
    "Practice.logo": "Its logo, at the head of every sheet.",
    "Practice.clinician": "Who gives the sheet: a name or a role.",
    "Practice.paper": "The paper, unless --paper says another.",
    "Practice.edition": "The size of print, unless --print says another.",
    "Practice.reviews": "Your own reviews: the id of a stretch, then which version, by whom, and when.",
    "Logo.file": "The file in this folder, such as pictures/logo.svg.",
    "Logo.alt": "What the logo shows, for those who cannot see it.",
    "Review.version": "The version that was reviewed; a review of another one does not count.",
    "Review.by_role": "What the one who reviewed it is, such as physical therapist.",
    "Review.on": "The day of the review.",
    "Review.due": "When to look at it again.",
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    """The schema (draft 2020-12) of a kind of file, its keys explained."""
    found = TypeAdapter(KINDS[name]).json_schema()
    for record in (found, *found.get("$defs", {}).values()):
        for key, value in record.get("properties", {}).items():
            words = DESCRIPTIONS.get(f"{record.get('title')}.{key}")
            if words:
                value["description"] = words
    return {"$schema": _DIALECT, **found}


def write(folder: Path) -> list[Path]:
    """Write all of them into a folder of content; the result is where. Raises ContentError."""
    paths = []
    for name in KINDS:
        path = folder / f"{name}.schema.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, (json.dumps(schema(name), indent=1, ensure_ascii=False) + "\n").encode())
        paths.append(path)
    return paths
