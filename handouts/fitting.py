"""Does a stretch fit, in which position, and if not, why? Every check of the choosing rule stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from handouts.library import Library
from handouts.model import Equipment, Level, Position, Stretch
from handouts.wishes import KIND, Wishes

_LYING = {"front", "side", "lying"}
_SEAT: dict[str, Equipment] = {  # what one lies or sits on
    "front": "bed", "side": "bed", "lying": "bed", "on-bed": "bed", "chair": "chair-with-back",
    "wheelchair": "wheelchair",
}  # fmt: skip
_SEATS = {"bed", "mat", "chair-with-back", "chair-with-arms", "wheelchair"}
_WITH = {"bed": {"bed", "pillow"}}  # who lies in a bed has a pillow
_FLAGS: dict[str, tuple[str, ...]] = {  # what speaks against a position itself, whatever the stretch
    "lying": ("cannot-lie-flat", "pressure-injury"),
    "front": ("cannot-lie-flat", "pressure-injury", "pregnancy"),
    "side": ("pressure-injury",),
    "standing": ("fall-risk",),
}
_UNASKED = {"standing": "is done standing", "front": "is done lying on your front"}
LEVEL_WORDS: dict[Level, str] = {
    "stands-supported": "stand while they hold on",
    "sits-alone": "sit without support",
    "sits-supported": "sit with support",
    "lies-turns-alone": "lie down and turn over alone",
    "needs-helper": "have someone to help",
}


@dataclass(frozen=True)
class Fit:
    """The positions in which a stretch fits; or, by option, what stands against it."""

    stretch: Stretch
    positions: tuple[Position, ...]
    against: dict[str, str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """All that stands against it, in one line."""
        return "; ".join(dict.fromkeys(self.against.values()))


def equipment(stretch: Stretch, position: Position) -> tuple[Equipment, ...]:
    """What a stretch takes in a position: its own chair or bed, and not that of its first position."""
    own, seat = _SEAT.get(KIND[stretch.positions[0]]), _SEAT.get(KIND[position])
    if not seat or seat == own:
        return stretch.equipment
    return tuple(dict.fromkeys(seat if thing in _SEATS else thing for thing in stretch.equipment))


def flags(stretch: Stretch, position: Position) -> tuple[str, ...]:
    """Reasons not to start or to ask first; another position than the first brings its own."""
    return stretch.flags if position == stretch.positions[0] else warnings(stretch, position)


def warnings(stretch: Stretch, position: Position) -> tuple[str, ...]:
    """All that speaks against a stretch in a position: its own flags, and those of the position."""
    return tuple(dict.fromkeys([*stretch.flags, *_FLAGS.get(KIND[position], ())]))


def fit(
    stretch: Stretch, wishes: Wishes, library: Library, *, named: bool = False, only: Position | None = None
) -> Fit:
    """How a stretch fits, in any of its positions or in one `only`.

    `named`: somebody asked for it, so that standing or a helper needs no other word.
    """
    wished = [at for at in stretch.positions if at in wishes.positions]
    wanted = [only] if only else wished or stretch.positions[:1]
    against = {at: dict(_against(stretch, at, wishes, library, named)) for at in wanted}
    good = tuple(at for at in wanted if not against[at])
    return Fit(stretch, good, {} if good else min(against.values(), key=len))


def _against(
    stretch: Stretch, at: Position, wishes: Wishes, library: Library, named: bool
) -> Iterator[tuple[str, str]]:
    """What stands against a stretch in a position: the option, and why in plain words."""
    for option, check in _CHECKS.items():
        if why := check(stretch, at, wishes, library):
            yield option, why
    if not named and (why := _unasked(stretch, at, wishes)):
        yield "having to be asked for", why
    if not named and stretch.status == "retired":
        yield "having been retired", "is retired"


def _position(stretch: Stretch, at: Position, wishes: Wishes, library: Library) -> str:
    if not wishes.position or at in wishes.positions:
        return ""
    return f"is done another way ({clause(library.phrases.positions[at]['en'])})"


def _area(stretch: Stretch, at: Position, wishes: Wishes, library: Library) -> str:
    if wishes.areas & set(stretch.body_area):
        return ""
    return f"is for somewhere else ({parts(stretch)})"


def _helper(stretch: Stretch, at: Position, wishes: Wishes, library: Library) -> str:
    return "needs someone to help" if wishes.helped is False and stretch.level == "needs-helper" else ""


def _can(stretch: Stretch, at: Position, wishes: Wishes, library: Library) -> str:
    """Lying down, nobody has to sit: who turns in bed can do there what others do in a chair."""
    enough = {stretch.level}
    if KIND[at] in _LYING and stretch.level.startswith("sits"):
        enough.add("lies-turns-alone")
    if not wishes.can or enough & wishes.abilities or (wishes.helped and stretch.level == "needs-helper"):
        return ""
    return f"is for people who {LEVEL_WORDS[stretch.level]}"


def _equipment(stretch: Stretch, at: Position, wishes: Wishes, library: Library) -> str:
    if not wishes.equipment:
        return ""
    seat = _SEAT.get(KIND[at], "")
    have = wishes.things | _WITH.get(seat, {seat}) | {"helper"}
    missing = [thing for thing in equipment(stretch, at) if thing not in have]
    return f"needs {', '.join(library.phrases.equipment[thing]['en'] for thing in missing)}" if missing else ""


def _avoid(stretch: Stretch, at: Position, wishes: Wishes, library: Library) -> str:
    """Flags to stop for and flags to ask for alike; those of the position too."""
    has = warnings(stretch, at)
    found = [library.flags[code].words["en"] for code in wishes.avoid if code in has]
    return f"is not for now ({'; '.join(found)})" if found else ""


def _unasked(stretch: Stretch, at: Position, wishes: Wishes) -> str:
    """Standing, lying on the front and a helper are never taken for granted."""
    if stretch.level == "needs-helper" and not wishes.helped:
        return "needs someone to help"
    stands = KIND[at] == "standing" and "stands-supported" in wishes.abilities
    return "" if wishes.position or stands else _UNASKED.get(KIND[at], "")


_CHECKS: dict[str, Callable[[Stretch, Position, Wishes, Library], str]] = {
    "--position": _position,
    "--area": _area,
    "--helper": _helper,
    "--can": _can,
    "--equipment": _equipment,
    "--avoid": _avoid,
}


def parts(stretch: Stretch) -> str:
    """What a stretch is for, in words."""
    return ", ".join(stretch.body_area).replace("-", " ")


def clause(sentence: str) -> str:
    """A sentence as part of another."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")
