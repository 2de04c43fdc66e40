"""The rule by which stretches are chosen; `docs/choosing.md` says it in words. Pure functions of values."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import get_args

from handouts.errors import Finding, RequestError, did_you_mean, one_of
from handouts.fitting import Fit, fit, parts
from handouts.library import Library
from handouts.model import Position, Relation, Seen, Stretch, Tier
from handouts.wishes import AREAS, KIND, ORDER, Wishes

MOST = 5  # stretches of a sheet that is put together without --minutes (P11)
# A harder one is never put in the place of what does not fit.
_SWAPS: tuple[Relation, ...] = ("easier", "seated", "in-bed", "helper", "standing")

Seconds = Callable[[Stretch], int]


@dataclass(frozen=True)
class Verdict:
    """What became of a stretch: taken in a position, taken in the place of another, or left."""

    stretch: Stretch
    reason: str
    position: Position | None = None
    instead_of: Stretch | None = None
    late: bool = False  # it would fit, but for the time


def merit(stretch: Stretch, seconds: Seconds) -> tuple[object, ...]:
    """Sorts the better founded first (a source on MS, its tier, how much was read), then the shorter."""
    found = stretch.evidence
    read = get_args(Seen).index(found.steps)
    return not found.ms_source, get_args(Tier).index(found.best_tier), read, seconds(stretch), stretch.id


def compose(library: Library, wishes: Wishes, seconds: Seconds) -> tuple[Verdict, ...]:
    """A sheet put together by wishes: what is taken, in order; then what is left, each with its reason."""
    fits = [fit(library.stretch(id), wishes, library) for id in library.ids]
    pool = sorted((f for f in fits if f.positions), key=lambda f: merit(f.stretch, seconds))
    basket = Basket(wishes, seconds)
    for f in _tries(pool, wishes, basket):
        basket.add(f)
    taken = zip(basket.fits, settled(basket.fits), strict=True)
    verdicts = [Verdict(f.stretch, _worth(f.stretch), at) for f, at in taken]
    verdicts.sort(key=lambda v: ORDER.index(v.position) if v.position else 0)
    left = [Verdict(f.stretch, f.why or basket.full(f.stretch)) for f in fits if f not in basket.fits]
    return (*verdicts, *left)


@dataclass
class Basket:
    """What is taken while a sheet is put together; never more than there is time for."""

    wishes: Wishes
    seconds: Seconds
    fits: list[Fit] = field(default_factory=list)

    @property
    def stretches(self) -> list[Stretch]:
        """What is taken."""
        return [f.stretch for f in self.fits]

    def add(self, f: Fit) -> None:
        """Take it, if it is not taken and there is room."""
        if f not in self.fits and not self.full(f.stretch):
            self.fits.append(f)

    def full(self, stretch: Stretch) -> str:
        """Why there is no room for a stretch, or ""."""
        for taken in self.stretches:
            if stretch.id in _kin(taken) or taken.id in _kin(stretch):
                return f"has the same aim as {taken.id}, which is taken"
        if not self.wishes.minutes:
            return f"is one more than {MOST}" if len(self.fits) >= MOST else ""
        return self.over(stretch)

    def over(self, stretch: Stretch) -> str:
        """Why there is no time for a stretch, or ""."""
        limit = self.wishes.minutes
        total = sum(map(self.seconds, [*self.stretches, stretch]))
        return f"would make it longer than {limit} min" if limit and total > limit * 60 else ""


def _tries(pool: Sequence[Fit], wishes: Wishes, basket: Basket) -> Iterator[Fit]:
    """In which order to try: the best for each word, then what is for a part not yet met, then the rest."""
    for word in wishes.area:
        met = any(_for(f, AREAS[word]) for f in basket.fits)
        for f in () if met else [f for f in pool if _for(f, AREAS[word])]:
            yield f
            if f in basket.fits:
                break
    for f in pool:
        met_parts = {area for stretch in basket.stretches for area in stretch.body_area}
        if wishes.areas & set(f.stretch.body_area) - met_parts:
            yield f
    yield from pool


def _for(f: Fit, areas: Iterable[str]) -> bool:
    return not set(areas).isdisjoint(f.stretch.body_area)


def _kin(stretch: Stretch) -> set[str]:
    return {variant.id for variant in stretch.variants}


def _worth(stretch: Stretch) -> str:
    source = ", with a source on MS" if stretch.evidence.ms_source else ""
    return f"is for {parts(stretch)}{source}"


def settled(fits: Sequence[Fit]) -> list[Position]:
    """A position for each, of as few kinds as will do; where that leaves a choice, the one that is drawn."""
    kinds = [kind for kind in dict.fromkeys(KIND[at] for at in ORDER) if any(kind in _kinds(f) for f in fits)]
    ways = (set(some) for count in range(len(kinds) + 1) for some in combinations(kinds, count))
    enough = [way for way in ways if all(way & _kinds(f) for f in fits)]
    fewest = [way for way in enough if len(way) == len(enough[0])]
    best = max(fewest, key=lambda way: sum(KIND[f.stretch.positions[0]] in way for f in fits))
    return [next(at for at in f.positions if KIND[at] in best) for f in fits]


def _kinds(f: Fit) -> set[str]:
    return {KIND[at] for at in f.positions}


def adjust(
    asked: Mapping[str, Position | None], library: Library, wishes: Wishes, seconds: Seconds
) -> tuple[Verdict, ...]:
    """Named stretches, in their order: as they are, swapped for a variant that fits, or left with the reason.

    `asked`: by id the position in which a stretch must be done, or None where any will do.
    """
    named = [library.stretch(id) for id in asked]
    basket, verdicts = Basket(wishes, seconds), list[Verdict]()
    taken = {stretch.id for stretch in named}
    for stretch in named:
        first = fit(stretch, wishes, library, named=True, only=asked[stretch.id])
        f = first if first.positions else _swap(stretch, wishes, library, taken)
        why = (basket.over(f.stretch) if f else "") or first.why or "was asked for"
        if f and not basket.over(f.stretch):
            basket.fits.append(f)
            taken.add(f.stretch.id)
            other = None if f is first else stretch
            verdicts.append(Verdict(f.stretch, why, f.positions[0], other))
        else:
            verdicts.append(Verdict(stretch, why, late=bool(f)))
    positions = iter(settled(basket.fits))
    return tuple(replace(v, position=next(positions)) if v.position else v for v in verdicts)


def _swap(stretch: Stretch, wishes: Wishes, library: Library, taken: set[str]) -> Fit | None:
    """The variant that fits, the easier first; never a harder one, nor one that is on the sheet."""
    for relation in _SWAPS:
        for variant in stretch.variants:
            if variant.relation == relation and variant.id not in taken:
                f = fit(library.stretch(variant.id), wishes, library)
                if f.positions:
                    return f
    return None


def near(
    stretch: Stretch, wishes: Wishes, library: Library, seconds: Seconds, besides: Collection[str]
) -> Stretch | None:
    """What fits and is for most of the same parts, the better founded first, besides what is asked for."""
    fits = (fit(library.stretch(id), wishes, library) for id in library.ids if id not in besides)
    alike = [f.stretch for f in fits if f.positions and _for(f, stretch.body_area)]
    wanted = set(stretch.body_area)
    return min(alike, key=lambda s: (-len(wanted & set(s.body_area)), merit(s, seconds)), default=None)


def nothing(ids: Collection[str], library: Library, wishes: Wishes, seconds: Seconds) -> Finding:
    """What ruled out the most of these, and what comes nearest, where none fits."""
    fits = [fit(library.stretch(id), wishes, library) for id in ids]
    fitting = [f.stretch for f in fits if f.positions]
    if fitting:
        short = min(fitting, key=lambda stretch: (seconds(stretch), stretch.id))
        minutes = math.ceil(seconds(short) / 60)
        hint = f"The shortest that fits, {short.id}, takes {minutes} min."
        return Finding(f"no stretch fits in {wishes.minutes} min.", "--minutes", hint)
    option, count = Counter(option for f in fits for option in f.against).most_common(1)[0]
    nearest = min(fits, key=lambda f: (len(f.against), merit(f.stretch, seconds)))
    hint = f"Most are ruled out by {option} ({count}). Nearest is {nearest.stretch.id}: it {nearest.why}."
    return Finding(f"none of the {len(fits)} stretches fits.", "", hint)


def check_flags(wishes: Wishes, library: Library) -> None:
    """Raise RequestError for flags that mean nothing here, and for those that hold for every stretch."""
    findings = []
    for code in wishes.avoid:
        if code not in library.flags:
            hint = did_you_mean(code, library.flags) or one_of(sorted(library.flags))
            findings.append(Finding(f"there is no flag “{code}”.", "--avoid", hint))
        elif library.flags[code].for_all:
            words = library.flags[code].words["en"]
            hint = "Ask your care team first; then leave this out."
            findings.append(Finding(f"“{code}” holds for every stretch ({words}).", "--avoid", hint))
    if findings:
        raise RequestError(*findings)
