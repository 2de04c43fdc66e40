"""What a person can do, has and wants: a `Wishes`, and the plain words that it is said in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.model import Area, Equipment, Level, Position

# Kinds of position in the order in which a sheet goes through them: from lying to standing.
KINDS: dict[str, tuple[Position, ...]] = {
    "front": ("prone",),
    "side": ("side-lying",),
    "lying": ("supine", "hook-lying", "supine-legs-over-edge"),
    "on-bed": ("long-sitting", "sitting-edge-of-bed"),
    "chair": ("sitting-chair",),
    "wheelchair": ("wheelchair-sitting",),
    "standing": ("standing-supported",),
}
KIND: dict[Position, str] = {position: kind for kind, group in KINDS.items() for position in group}
ORDER: tuple[Position, ...] = tuple(KIND)

# Lying on the front is in no group but its own: who lies on the back may not be able to lie on the front.
POSITIONS: dict[str, tuple[Position, ...]] = {
    "lying": KINDS["lying"],
    "back": KINDS["lying"],
    "front": KINDS["front"],
    "side": KINDS["side"],
    "bed": (*KINDS["lying"], *KINDS["side"], *KINDS["on-bed"]),
    "sitting": (*KINDS["chair"], *KINDS["on-bed"]),
    "chair": KINDS["chair"],
    "wheelchair": KINDS["wheelchair"],
    "standing": KINDS["standing"],
} | {position: (position,) for position in get_args(Position)}

AREAS: dict[str, tuple[Area, ...]] = {area: (area,) for area in get_args(Area)} | {
    "legs": ("inner-thigh", "thigh-front", "thigh-back", "calf", "ankle"),
    "thighs": ("inner-thigh", "thigh-front", "thigh-back"),
    "feet": ("ankle", "foot", "toes"),
    "hips": ("hip", "buttock"),
    "back": ("upper-back", "lower-back"),
    "shoulders": ("shoulder",),
    "arms": ("shoulder", "elbow", "forearm", "wrist"),
    "hands": ("wrist", "hand", "fingers"),
}

# A towel can be long or rolled, and a rolled one does for a half roller.
THINGS: dict[str, tuple[Equipment, ...]] = {
    thing: (thing,) for thing in get_args(Equipment) if thing != "helper"
} | {
    "towel": ("strap-or-towel", "rolled-towel", "half-foam-roller"),
    "strap": ("strap-or-towel",),
    "roller": ("half-foam-roller",),
    "ball": ("small-ball",),
    "chair": ("chair-with-back",),
    "armchair": ("chair-with-arms", "chair-with-back"),
    "pillows": ("pillow",),
    "nothing": (),
}

LEVELS: dict[str, Level] = {level: level for level in get_args(Level)} | {
    "stand": "stands-supported",
    "sit": "sits-alone",
    "sit-with-support": "sits-supported",
    "turn": "lies-turns-alone",
    "helped": "needs-helper",
}
# What else a person can do: sitting with support does not mean turning in bed, nor the other way round.
ABILITIES: dict[Level, frozenset[Level]] = {
    "stands-supported": frozenset({"stands-supported", "sits-alone", "sits-supported", "lies-turns-alone"}),
    "sits-alone": frozenset({"sits-alone", "sits-supported", "lies-turns-alone"}),
    "sits-supported": frozenset({"sits-supported"}),
    "lies-turns-alone": frozenset({"lies-turns-alone"}),
    "needs-helper": frozenset({"needs-helper"}),
}
MOST_MINUTES = 180

_WORDS: dict[str, Mapping[str, object]] = {
    "position": POSITIONS,
    "area": AREAS,
    "equipment": THINGS,
    "can": LEVELS,
}


@dataclass(frozen=True)
class Wishes:
    """What is wished for, in the words of the options; an empty wish leaves all open. `minutes` for one round.

    `equipment` names what a person has: without it nothing is ruled out, with `nothing` there is nothing.
    """

    position: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    helper: bool | None = None
    can: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    minutes: int | None = None

    def __post_init__(self) -> None:
        findings = tuple(self._misshapen()) or (*self._unknown(), *self._impossible())
        if findings:
            raise RequestError(*findings)

    def __bool__(self) -> bool:
        return self != Wishes()

    @property
    def positions(self) -> frozenset[Position]:
        """Every position that is named."""
        return frozenset(position for word in self.position for position in POSITIONS[word])

    @property
    def areas(self) -> frozenset[Area]:
        """Every area that is wanted: all of them where none is named."""
        return frozenset(area for word in self.area or AREAS for area in AREAS[word])

    @property
    def things(self) -> frozenset[Equipment]:
        """Everything a person has."""
        return frozenset(thing for word in self.equipment for thing in THINGS[word])

    @property
    def abilities(self) -> frozenset[Level]:
        """Every level that a person can do."""
        return frozenset(level for word in self.can for level in ABILITIES[LEVELS[word]])

    @property
    def helped(self) -> bool | None:
        """Does someone help? Who says that only a helper can move them has one."""
        return True if self.helper is None and "needs-helper" in self.abilities else self.helper

    def _misshapen(self) -> Iterator[Finding]:
        """What another program may have given in another form."""
        for option in (*_WORDS, "avoid"):
            if isinstance(value := getattr(self, option), str):
                yield Finding(
                    f"{option} is one text, it should be a tuple of words.", "wishes", f"Write ({value!r},)."
                )
        if self.minutes is not None and type(self.minutes) is not int:
            yield Finding(f"minutes is {self.minutes!r}.", "wishes", "It should be a whole number.")

    def _unknown(self) -> Iterator[Finding]:
        """Words that mean nothing here. Flags are known to the library."""
        for option, known in _WORDS.items():
            for word in getattr(self, option):
                if word not in known:
                    hint = did_you_mean(word, known) or one_of(sorted(known))
                    yield Finding(f"“{word}” is not known.", f"--{option}", hint)

    def _impossible(self) -> Iterator[Finding]:
        if self.minutes is not None and not 1 <= self.minutes <= MOST_MINUTES:
            yield Finding(f"is {self.minutes}.", "--minutes", f"It can be 1 to {MOST_MINUTES}.")
        if "nothing" in self.equipment and len(self.equipment) > 1:
            yield Finding("names nothing and something.", "--equipment", "Name what there is, or nothing.")
        if self.helper is False and "needs-helper" in self.abilities:
            hint = "Use --helper, or another level."
            yield Finding("asks for a helper, and --no-helper for none.", "--can", hint)
