"""The sheets every standard, reader and rule is tried on: all stretches, routines and forms, in all editions."""

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
from handouts.wishes import ORDER

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
    """One edition on one paper: a number of stretches, the second on the left only; a routine; or a group."""

    edition: str
    paper: str
    chosen: int | str
    form: str = "sheet"

    def __str__(self) -> str:
        name = f"{self.edition}-{self.paper}-{self.chosen}"
        return name if self.form == "sheet" else f"{name}-{self.form}"

    @property
    def plan(self) -> Plan:
        """What is asked for."""
        if isinstance(self.chosen, str):
            ids = tuple(others()[self.chosen]) if self.chosen in others() else ()
            routine = "" if ids else self.chosen
            return Plan(ids, routine, edition=self.edition, paper=self.paper, clinic=CLINIC, date=DAY)
        chosen = STRETCHES[: self.chosen]
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
            stretches=tuple(item.stretch.name["en"] for item in resolve(self.plan, library()).items),
            title="Stretches with a helper" if self.form == "helper" else "Your stretches",
            originator=CLINIC,
            date="November 22, 2026",
            version=library().about.version,
            person=self.plan.person,
            edition=self.edition,
            form=self.form,
            paper={"a4": "A4", "letter": "Letter"}[self.paper],
            lang="en-US",
        )


@cache
def library() -> Library:
    """The shipped content."""
    return open_library()


@cache
def others() -> dict[str, list[str]]:
    """The stretches that stand in no routine, in groups, by position."""
    routines = library().routines.values()
    used = {portion.stretch for routine in routines for portion in routine.stretches}
    rest = sorted(set(library().ids) - used, key=lambda id: (ORDER.index(library().stretch(id).positions[0]), id))
    return {f"others-{at // 4 + 1}": rest[at : at + 4] for at in range(0, len(rest), 4)}


# As many as fit a page that hangs, with a note, on either paper.
FRIDGE = {"standard": (1, 3, 4), "large": (1, 2), "giant": (1,)}
_EACH = [*product(EDITION_NAMES, PAPER_NAMES)]
_CHOSEN: list[int | str] = [1, 2, 8, *library().routines, *others()]
_ALL = [Sheet(*each, chosen) for each in _EACH for chosen in _CHOSEN]
_ALL += [Sheet(*each, count, "log") for each in _EACH for count in (1, 5)]
_ALL += [Sheet(*each, 2, "helper") for each in _EACH]
_ALL += [Sheet(*each, count, "fridge") for each in _EACH for count in FRIDGE[each[0]]]
# Locally a sample in which every edition, paper and form stands; in CI all of them.
_SAMPLE = {
    "standard-letter-1", "standard-a4-in-bed", "standard-letter-8", "large-letter-2", "large-a4-helper-arms-hands",
    "giant-letter-three-minutes", "giant-a4-1", "standard-letter-4-fridge", "large-a4-2-fridge",
    "giant-letter-1-fridge", "large-letter-5-log", "standard-a4-2-helper",
}  # fmt: skip
SHEETS = [s for s in _ALL if os.environ.get("HANDOUTS_WHOLE") == "1" or str(s) in _SAMPLE]


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
