"""The sheets every standard, reader and rule is tried on: editions, papers, 1 to 8 stretches, and every form."""

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
    form: str = "sheet"

    def __str__(self) -> str:
        name = f"{self.edition}-{self.paper}-{self.count}"
        return name if self.form == "sheet" else f"{name}-{self.form}"

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
            form=self.form,
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
            title="Stretches with a helper" if self.form == "helper" else "Your stretches",
            originator=CLINIC,
            date="November 22, 2026",
            version=library().about.version,
            person=PERSON,
            edition=self.edition,
            form=self.form,
            paper={"a4": "A4", "letter": "Letter"}[self.paper],
            lang="en-US",
        )


# As many as fit a page that hangs, with a note, on either paper.
FRIDGE = {"standard": (1, 3, 4), "large": (1, 2), "giant": (1,)}
_ALL = [Sheet(*parts) for parts in product(EDITION_NAMES, PAPER_NAMES, (1, 2, 3, 5, 8))]
_ALL += [Sheet(*parts) for parts in product(EDITION_NAMES, PAPER_NAMES, (1, 5), ("log",))]
_ALL += [Sheet(*parts) for parts in product(EDITION_NAMES, PAPER_NAMES, (2,), ("helper",))]
_ALL += [
    Sheet(edition, paper, count, "fridge")
    for edition, paper in product(EDITION_NAMES, PAPER_NAMES)
    for count in FRIDGE[edition]
]
# Locally a sample in which every edition, paper and number stands; in CI all of them.
_SAMPLE = {
    "standard-letter-1", "standard-a4-5", "standard-letter-8", "large-letter-2", "large-a4-5", "giant-letter-3",
    "giant-a4-1", "standard-letter-4-fridge", "large-a4-2-fridge", "giant-letter-1-fridge", "large-letter-5-log",
    "standard-a4-2-helper",
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
