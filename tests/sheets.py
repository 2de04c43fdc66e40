"""The sheets every standard, reader and rule is tried on: editions, papers, and 1 to 8 stretches."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from kit.checklist import Expected
from kit.readers import collapsed

from handouts.handout import resolve
from handouts.library import Library, open_library
from handouts.pipeline import compose
from handouts.plan import EDITION_NAMES, PAPER_NAMES, Dose, Plan
from handouts.sheet import sections

STRETCHES = (
    "hip-crossovers",
    "heel-cord-stretch",
    "seated-foot-roll",
    "hip-flexor-stretch",
    "calf-stretch-half-roller",
    "foot-roll",
    "standing-calf-wall",
    "seated-calf-towel",
)
DAY = dt.date(2026, 11, 22)
PERSON, CLINIC = "María López", "Riverside MS Clinic"


@dataclass(frozen=True)
class Sheet:
    """One edition on one paper with a number of stretches; the second stretch is done on the left only."""

    edition: str
    paper: str
    count: int

    def __str__(self) -> str:
        return f"{self.edition}-{self.paper}-{self.count}"

    @property
    def plan(self) -> Plan:
        """What is asked for."""
        chosen = STRETCHES[: self.count]
        doses = {"heel-cord-stretch": Dose(hold=20, repeats=3, side="left", days_per_week=5)}
        return Plan(
            stretches=chosen,
            doses={id: dose for id, dose in doses.items() if id in chosen},
            edition=self.edition,
            paper=self.paper,
            person=PERSON,
            clinic=CLINIC,
            note="Mornings, after your shower.\nRest in between.",
            date=DAY,
        )

    @property
    def expected(self) -> Expected:
        """What the print rules need to know of it."""
        return Expected(
            stretches=tuple(library().stretch(id).name["en"] for id in self.plan.stretches),
            title="Your stretches",
            originator=CLINIC,
            date="November 22, 2026",
            version=library().about.version,
            person=PERSON,
            edition=self.edition,
            paper={"a4": "A4", "letter": "Letter"}[self.paper],
            lang="en-US",
        )


_ALL = [Sheet(*parts) for parts in product(EDITION_NAMES, PAPER_NAMES, (1, 2, 3, 5, 8))]
# Locally a sample in which every edition, paper and number stands; in CI all of them.
_SAMPLE = {
    "standard-letter-1", "standard-a4-5", "standard-letter-8", "large-letter-2", "large-a4-5", "giant-letter-3",
    "giant-a4-1",
}  # fmt: skip
SHEETS = [s for s in _ALL if os.environ.get("HANDOUTS_WHOLE") == "1" or str(s) in _SAMPLE]


@cache
def library() -> Library:
    """The shipped content."""
    return open_library()


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="handouts-tests-"))


@cache
def made(sheet: Sheet) -> Path:
    """The finished file of a sheet, made once a process."""
    path = _folder() / f"{sheet}.pdf"
    path.write_bytes(compose(sheet.plan, library()))
    return path


def script(plan: Plan) -> str:
    """What a listener should hear, from the content and not from the file."""
    parts = sections(resolve(plan, library()), library())
    return collapsed(" ".join(words for part in parts for words in part.script()))
