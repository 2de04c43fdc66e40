"""Everything that is wrong in the files of a library, found at once; and what is only worth a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain

from handouts.drawing import Own, Raster
from handouts.errors import ContentError, Finding, HandoutError, did_you_mean
from handouts.faults import Steps
from handouts.library import FILES, OWN_FILES, PRACTICE, Folder, Library, drawn
from handouts.model import Routine, Stretch
from handouts.tones import contrast_with_white

_LEAST_DOTS = 200  # an inch, below which print looks coarse; C14 asks for 300
_BEST_DOTS = 300
_LARGEST = 101.5 / 25.4  # inches: the longer side of a picture in giant print
_LEAST_CONTRAST = 7  # of lines with white (C3)

# Which variants must never lead back to where one began; `harder` is `easier` the other way round.
_WAYS = {"easier": ("easier", "harder"), **{way: (way,) for way in ("seated", "in-bed", "standing", "helper")}}

Readable = Sequence[tuple[Folder, Mapping[str, Stretch]]]


def check(library: Library) -> list[Finding]:
    """Everything that is wrong in all the files of a library, each fault once."""
    faults = (fault for attempt in _attempts(library) for fault in _found(attempt))
    readable = [(home, _stretches(home)) for home in library.folders]
    return list(dict.fromkeys([*faults, *_unread(library), *_retired(readable), *_loops(readable)]))


def remarks(library: Library, today: dt.date) -> list[Finding]:
    """What is worth a look in a clinic's folder: reviews that no longer count, pictures that print badly."""
    return [
        *(remark for home in library.folders for remark in _reviews(library, home, today)),
        *(remark for home in library.folders[1:] for remark in _pictures(home)),
    ]


def _attempts(library: Library) -> Iterator[Callable[[], object]]:
    """Every way to read something. Each file alone first: a clash must not hide what else is wrong."""
    for home in library.folders:
        ours = home is library.folders[0]
        yield from (partial(home.shared, name) for name in (FILES if ours else OWN_FILES))
        for id in home.stretch_ids:
            yield partial(home.stretch, id)
            yield lambda home=home, id=id: drawn(home, home.stretch(id))  # type: ignore[misc]
    yield lambda: library.ids
    yield from (partial(getattr, library, name) for name in (*FILES, "practice", "logo"))
    for id in dict.fromkeys(id for home in library.folders for id in home.stretch_ids):
        yield partial(library.stretch, id)


def _found(attempt: Callable[[], object]) -> tuple[Finding, ...]:
    try:
        attempt()
    except HandoutError as problem:
        return problem.findings
    return ()


def _unread(library: Library) -> Iterator[Finding]:
    """Files in a clinic's `sheet/` that change nothing, though someone may think so."""
    for home in library.folders[1:]:
        for name in home.shared_names:
            if name not in OWN_FILES:
                hint = did_you_mean(name, OWN_FILES) or f"Yours can be {', '.join(OWN_FILES)}."
                yield Finding("is not read.", home.name(f"sheet/{name}"), hint)


def _stretches(home: Folder) -> dict[str, Stretch]:
    """The stretches of a folder that can be read."""
    found = {}
    for id in home.stretch_ids:
        with suppress(ContentError):
            found[id] = home.stretch(id)
    return found


def _routines(home: Folder) -> Mapping[str, Routine]:
    with suppress(ContentError):
        found: Mapping[str, Routine] = home.shared("routines")
        return found
    return {}


def _retired(readable: Readable) -> Iterator[Finding]:
    """Routines and variants that name a stretch which is no longer given out."""
    every = chain.from_iterable(stretches.items() for _, stretches in readable)
    gone = {id for id, stretch in every if stretch.status == "retired"}
    for home, stretches in readable:
        for file, steps, id in chain(_in_routines(_routines(home)), _in_variants(stretches)):
            if id in gone:
                problem = f"“{id}” is retired and no longer given out."
                yield Finding(problem, home.place(file, steps), "Name another.")


def _in_routines(routines: Mapping[str, Routine]) -> Iterator[tuple[str, Steps, str]]:
    """Where routines name a stretch, and which."""
    for key, routine in routines.items():
        for index, portion in enumerate(routine.stretches):
            yield "sheet/routines", (key, "stretches", index, "stretch"), portion.stretch


def _in_variants(stretches: Mapping[str, Stretch]) -> Iterator[tuple[str, Steps, str]]:
    """Where stretches name another, and which."""
    for id, stretch in stretches.items():
        for index, variant in enumerate(stretch.variants):
            yield id, ("variants", index, "id"), variant.id


def _loops(readable: Readable) -> Iterator[Finding]:
    """Variants that lead back to where one began: nothing is easier than itself."""
    homes = {id: home for home, stretches in readable for id in stretches}
    every = {id: stretch for _, stretches in readable for id, stretch in stretches.items()}
    for way, relations in _WAYS.items():
        edges = list(_edges(every, relations))
        seen: set[frozenset[str]] = set()
        for first, second, id, index in edges:
            loop = _path(second, first, edges)
            if loop and frozenset(loop) not in seen:
                seen.add(frozenset(loop))
                problem = f"its variants lead back to where they began: {', '.join([first, *loop])}."
                hint = f"Following `{way}` must never come back. Take one of them out."
                yield Finding(problem, homes[id].place(id, ("variants", index)), hint)


def _edges(every: Mapping[str, Stretch], relations: Sequence[str]) -> Iterator[tuple[str, str, str, int]]:
    """From, to, and the stretch and variant that say so."""
    for id in sorted(every):
        for index, variant in enumerate(every[id].variants):
            if variant.relation in relations:
                ends = (variant.id, id) if variant.relation == "harder" else (id, variant.id)
                yield *ends, id, index


def _path(first: str, last: str, edges: Sequence[tuple[str, str, str, int]]) -> list[str]:
    """The shortest way along the edges; empty where there is none."""
    ways = [[first]]
    seen = {first}
    for way in ways:
        if way[-1] == last:
            return way
        steps = dict.fromkeys(to for begin, to, _, _ in edges if begin == way[-1] and to not in seen)
        seen |= set(steps)
        ways += [[*way, step] for step in steps]
    return []


def _reviews(library: Library, home: Folder, today: dt.date) -> Iterator[Finding]:
    """Reviews of another version, and those that are due again."""
    for id, review in (home.practice.reviews if home.practice else {}).items():
        version, place = library.stretch(id).version, home.place(PRACTICE, ("reviews", id))
        if review.version != version:
            problem = f"the review is of version {review.version}, the stretch is version {version}."
            hint = "It does not count: the sheet says “not yet reviewed”. Review this version."
            yield Finding(problem, place, hint)
        elif review.due and review.due <= today:
            yield Finding(f"the review of “{id}” was due again on {review.due}.", place, "Look at it anew.")


def _pictures(home: Folder) -> Iterator[Finding]:
    """Own pictures that show one side only, or will print badly."""
    for id, stretch in _stretches(home).items():
        if stretch.pictures and stretch.side == "each" and not stretch.drawn_side:
            problem = "the pictures are the same for the left and the right side."
            hint = "Say which is drawn: `side: left` or `side: right`."
            yield Finding(problem, home.place(id, ("pictures",)), hint)
        for index, picture in enumerate(stretch.pictures):
            drawing = home.own_drawing(picture.file, id, ("pictures", index, "file"))
            for problem, hint in _prints(drawing):
                yield Finding(problem, f"{home.label}/{picture.file}", hint)


def _prints(drawing: Own) -> Iterator[tuple[str, str]]:
    """What will be hard to see on paper, and the hint."""
    if isinstance(drawing, Raster):
        dots = max(drawing.columns, drawing.rows)
        if dots < _LEAST_DOTS * _LARGEST:
            best = round(_BEST_DOTS * _LARGEST / 100) * 100
            problem = f"has {round(dots / _LARGEST)} dots an inch in giant print, which looks coarse."
            yield problem, f"Make its longer side {best} dots long, or use SVG."
    else:
        weak = {shape.stroke for shape in drawing.shapes if shape.stroke not in ("", "#ffffff")}
        for colour in sorted(weak):
            if contrast_with_white(colour) < _LEAST_CONTRAST:
                yield (
                    f"has lines of {colour}, which are too pale to see well.",
                    "Make them darker, best black (C3).",
                )
