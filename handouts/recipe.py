"""A short code that stands on a sheet and makes the same selection, doses, edition and paper again.

It holds numbers: no name, title or note. A stretch stands in it as 16 bits of its id, with its whole dose, so
that a default that changes later does not change an old sheet. It is written in Crockford's base 32, which leaves
out i, l, o and u, in groups of four, and ends in a checksum.
"""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterator
from typing import Any, get_args

from handouts.errors import Finding, RequestError
from handouts.handout import Handout, Item
from handouts.library import Library
from handouts.model import Language
from handouts.plan import EDITION_NAMES, FORM_NAMES, PAPER_NAMES, Dose, Plan

SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"  # small: capitals are harder to read (T10)
_READ_AS = str.maketrans("oil", "011", " -")  # what an eye takes for another sign; what only parts groups
_GROUP, _CHECK = 4, 3  # signs
_MAKE = 1  # of the code; another order of its numbers is another make
_SIDES = (None, "left", "right")
# What is usual is short: holds in seconds, repeats, times a day with days a week. One number more says that any
# other value follows.
_HOLDS = (3, 5, 10, 15, 20, 25, 30, 40, 45, 60, 90, 120, 180, 300, 600)
_REPEATS = (1, 2, 3, 4, 5, 6, 8)
_DAYS = ((1, 7), (2, 7), (3, 7))
_PLACE = "--recipe"
_HINT = "Copy it from “About this sheet”, all signs of it."

Number = tuple[int, int]  # a value and its width in bits


def stretch_code(id: str) -> int:
    """The 16 bits that a stretch stands as."""
    return crc_hqx(id.encode(), 0xFFFF)


def code(handout: Handout) -> str:
    """The code of a handout, in groups of four signs."""
    numbers = [*_head(handout), *(number for item in handout.items for number in _item(item))]
    bits = "".join(f"{value:0{width}b}" for value, width in numbers)
    bits += "0" * (-len(bits) % 5)
    signs = "".join(SIGNS[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))
    whole = signs + _checksum(signs)
    return " ".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def plan_of(text: str, library: Library) -> Plan:
    """The plan that a code holds. Raises RequestError."""
    signs = text.lower().translate(_READ_AS)
    if set(signs) - set(SIGNS) or len(signs) <= _CHECK or _checksum(signs[:-_CHECK]) != signs[-_CHECK:]:
        raise RequestError(Finding("is not a code, or a sign of it is wrong or missing.", _PLACE, _HINT))
    try:
        return _read(_Bits(signs[:-_CHECK]), {stretch_code(id): id for id in library.ids}, library)
    except (IndexError, ValueError):
        hint = "Use the version of handouts that made the sheet."
        raise RequestError(Finding("is a code that this version cannot read.", _PLACE, hint)) from None


def _checksum(signs: str) -> str:
    """Three signs that hardly a slip of the pen leaves as they are."""
    value = crc_hqx(signs.encode(), 0xFFFF)
    return "".join(SIGNS[value >> shift & 31] for shift in (10, 5, 0))


def _head(handout: Handout) -> Iterator[Number]:
    yield _MAKE, 3
    yield EDITION_NAMES.index(handout.edition), 2
    yield PAPER_NAMES.index(handout.paper), 1
    yield FORM_NAMES.index(handout.form), 2
    yield int(handout.log), 1
    yield get_args(Language).index(handout.language), 4
    yield int(not all(map(_usual, handout.items))), 1
    yield len(handout.items), 8


def _item(item: Item) -> Iterator[Number]:
    yield stretch_code(item.stretch.id), 16
    yield item.stretch.positions.index(item.position), 4
    yield _SIDES.index(item.side if item.side in _SIDES else None), 2
    yield from _short(item.hold, _HOLDS, 4, (12,))
    yield from _short(item.repeats, _REPEATS, 3, (7,))
    yield from _short((item.per_day, item.days_per_week), _DAYS, 2, (5, 3))


def _usual(item: Item) -> bool:
    """Is the dose within its ranges? Where it is not, somebody has allowed it."""
    ranges = ((key, getattr(item.stretch, key)) for key in ("hold", "repeats", "per_day", "days_per_week"))
    return all(allowed.min <= getattr(item, key) <= allowed.max for key, allowed in ranges)


def _short(value: Any, usual: tuple[Any, ...], width: int, widths: tuple[int, ...]) -> Iterator[Number]:
    """A usual value by its place among them; any other behind the number that says so."""
    if value in usual:
        yield usual.index(value), width
        return
    yield len(usual), width
    yield from zip(value if isinstance(value, tuple) else (value,), widths, strict=True)


class _Bits:
    """The bits of a code, taken from the front."""

    def __init__(self, signs: str) -> None:
        self._left = "".join(f"{SIGNS.index(sign):05b}" for sign in signs)

    def take(self, width: int) -> int:
        """The next number of so many bits. Raises ValueError at the end."""
        taken, self._left = self._left[:width], self._left[width:]
        if len(taken) < width:
            raise ValueError("the code ends too soon")
        return int(taken, 2)

    def short(self, usual: tuple[Any, ...], width: int, widths: tuple[int, ...]) -> Any:
        """What `_short` wrote."""
        place = self.take(width)
        if place < len(usual):
            return usual[place]
        values = tuple(map(self.take, widths))
        return values if len(values) > 1 else values[0]


def _read(bits: _Bits, ids: dict[int, str], library: Library) -> Plan:
    if bits.take(3) != _MAKE:
        raise ValueError("another make of code")
    edition, paper, form = EDITION_NAMES[bits.take(2)], PAPER_NAMES[bits.take(1)], FORM_NAMES[bits.take(2)]
    log, language, free = bool(bits.take(1)), get_args(Language)[bits.take(4)], bool(bits.take(1))
    doses = dict(_dose(bits, ids, library) for _ in range(bits.take(8)))
    return Plan(
        stretches=tuple(doses),
        doses=doses,
        edition=edition,
        paper=paper,
        form=form,
        log=log,
        language=language,
        allow_dose=free,
    )


def _dose(bits: _Bits, ids: dict[int, str], library: Library) -> tuple[str, Dose]:
    number = bits.take(16)
    if number not in ids:
        hint = "If the sheet was made with stretches of your own, add --stretches and their folder."
        raise RequestError(Finding("names a stretch that is not in this library.", _PLACE, hint))
    stretch = library.stretch(ids[number])
    position, side = stretch.positions[bits.take(4)], _SIDES[bits.take(2)]
    hold, repeats = bits.short(_HOLDS, 4, (12,)), bits.short(_REPEATS, 3, (7,))
    per_day, days = bits.short(_DAYS, 2, (5, 3))
    return stretch.id, Dose(hold, repeats, per_day, days, side, position)  # type: ignore[arg-type]
