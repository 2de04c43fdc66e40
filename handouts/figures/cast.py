"""Who is shown: a cast of people, and the rule by which a stretch gets its person.

The rule is stable and never random: stretches in order of their ids would show one kind of person in a row, so a
stretch's id is hashed and the hash picks from the cast. A picture may name its person (`who`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from handouts.figures.body import Clothes
from handouts.figures.build import Build
from handouts.figures.head import Face


@dataclass(frozen=True)
class Person:
    """One of the cast."""

    build: Build
    face: Face
    clothes: Clothes


def _person(
    build: Build, skin: str, hair: str, style: str, cloth: str, *, older: bool = False, beard: bool = False,
    glasses: bool = False, jaw: float = 1.0, fine: bool = False, sleeve: float = 0.5, leg: float = 0.7,
) -> Person:  # fmt: skip
    face = Face(f"skin-{skin}", f"hair-{hair}", style, older, beard, glasses, jaw, fine)
    return Person(build, face, Clothes(f"skin-{skin}", f"top-{cloth}", f"bottom-{cloth}", sleeve, leg))


_SLIGHT = Build(1.63, 0.92, shoulders=0.93, hips=1.0, waist=0.95, bust=0.010)
_ROUND = Build(1.66, 1.14, shoulders=0.95, hips=1.06, belly=0.020, bust=0.018)
_FULL = Build(1.60, 1.06, shoulders=0.94, hips=1.07, waist=0.99, belly=0.012, bust=0.016)
_BROAD = Build(1.77, 1.03, shoulders=1.08, hips=0.93, waist=0.98)
_STOUT = Build(1.72, 1.16, shoulders=1.02, hips=0.97, waist=1.06, belly=0.036)
_LEAN = Build(1.76, 0.93, shoulders=1.03, hips=0.93, waist=0.97)

CAST: dict[str, Person] = {
    "one": _person(_SLIGHT, "brown", "black", "bun", "a", jaw=0.95, fine=True),
    "two": _person(_BROAD, "brown", "black", "short", "b", jaw=1.05),
    "three": _person(_STOUT, "tan", "grey", "receding", "c", older=True, beard=True, jaw=1.08),
    "four": _person(_FULL, "light", "grey", "bob", "d", older=True, glasses=True, fine=True),
    "five": _person(_LEAN, "dark", "black", "cropped", "a", jaw=1.02),
    "six": _person(_ROUND, "tan", "brown", "tail", "b", jaw=1.06, fine=True),
    "seven": _person(_BROAD, "light", "white", "cropped", "d", older=True, glasses=True, jaw=1.04),
    "eight": _person(_FULL, "tan", "black", "scarf", "c", sleeve=1.2, leg=1.2, fine=True),
    "nine": _person(_ROUND, "dark", "black", "curls", "d", jaw=1.05, fine=True),
    "ten": _person(_SLIGHT, "light", "brown", "bob", "c", jaw=0.95, fine=True),
}
HELPER = Person(
    _BROAD, Face("skin-light", "hair-brown", "short"),
    Clothes("skin-light", "helper-top", "helper-bottom", 0.5, 1.2, shoes=True),
)  # fmt: skip


def person_for(stretch: str, who: str | None) -> Person:
    """The person who shows a stretch."""
    if who is not None:
        return CAST[who]
    number = int.from_bytes(hashlib.sha256(stretch.encode()).digest()[:4], "big")
    return CAST[sorted(CAST)[number % len(CAST)]]


def helper_for(stretch: str, who: str | None) -> Person:
    """The helper, in long trousers and shoes; never the twin of the person."""
    if who is None:
        return HELPER
    other = CAST[who]
    clothes = Clothes(other.face.skin, "helper-top", "helper-bottom", 0.5, 1.2, shoes=True)
    return Person(other.build, other.face, clothes)
