"""The library: stretches, routines, flags, sources, guidance and phrases, read when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial, reduce
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handouts import picture as pictures
from handouts.errors import ContentError, Finding, HandoutError, RequestError, did_you_mean
from handouts.model import (
    About,
    Flag,
    Glossary,
    Guidance,
    Id,
    Key,
    Language,
    Phrases,
    Record,
    Routine,
    Source,
    Stretch,
)
from handouts.poses import Figures
from handouts.resources import folder
from handouts.yamlread import place_of, read

REFERENCE = re.compile(r"\{(?!hold\})([a-z0-9-]+)\}")
HOLD = re.compile(r"\{hold\}")  # the time that is prescribed, with its unit
CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")

MOST_ALT = 150  # characters (D5)
SHIPPED = "stretches"  # how findings name the folder of ours

Steps = tuple[str | int, ...]  # keys and indexes that lead to a value in a file

_FILES: dict[str, Any] = {
    "routines": dict[Id, Routine],
    "flags": dict[Id, Flag],
    "sources": dict[Key, Source],
    "glossary": Glossary,
    "guidance": Guidance,
    "about": About,
    "phrases": Phrases,
}
_OWN_FILES = ("routines", "flags", "sources")  # a clinic's folder can add to these
_KNOWN = {"flag": "flags", "source": "sources", "stretch": "ids"}
_PRINTED = ("name", "for_whom", "words", "purpose", "feel", "one_side", "change_sides", "side_name", "note",
            "easier", "harder", "steps", "cautions", "start", "hands")  # fmt: skip
_NAMING = ("steps", "cautions", "easier", "harder", "note")  # fields where `{id}` becomes a name
_SIDED = (
    "steps",
    "cautions",
    "easier",
    "harder",
    "feel",
    "one_side",
    "side_name",
    "start",
    "hands",
    "figures",
)  # where a text is chosen by side
_BY_SIDE = "{both|left|right}"
_MARKS = {_BY_SIDE: (CHOICE, _SIDED), "{stretch-id}": (REFERENCE, _NAMING), "{hold}": (HOLD, ("steps",))}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@dataclass(frozen=True)
class Folder:
    """One folder of content: a file a stretch, and `sheet/` for what stretches share."""

    root: Traversable
    label: str

    @cached_property
    def stretch_ids(self) -> tuple[str, ...]:
        """Ids, which are the file names, in order."""
        return tuple(sorted(_stems(self.root, self.label)))

    @cached_property
    def shared_names(self) -> tuple[str, ...]:
        """Names of the files of `sheet/`, in order."""
        within = "sheet" in (item.name for item in self.root.iterdir())
        return tuple(sorted(_stems(self.root.joinpath("sheet"), f"{self.label}/sheet"))) if within else ()

    def stretch(self, id: str) -> Stretch:
        """One stretch, checked."""
        stretch: Stretch = read(self._file(id), _adapter(Stretch), self.name(id))
        if stretch.id != id:
            hint = f"Name the file {stretch.id}.yaml, or change the id."
            problem = f"the id is {stretch.id}, the file name says {id}."
            raise ContentError(Finding(problem, self.place(id, ("id",)), hint))
        return stretch

    def picture(self, id: str) -> pictures.Picture:
        """The picture of a stretch. Raises ContentError when it is missing or is none."""
        path = self.root.joinpath("pictures").joinpath(f"{id}.json")
        hint = f"Draw it: {self.drawing(id)}"
        try:
            return pictures.read(path)
        except OSError:
            problem = f"the picture {self.label}/pictures/{id}.json is missing."
            raise ContentError(Finding(problem, self.place(id, ("figures",)), hint)) from None
        except ValueError as fault:
            raise ContentError(
                Finding(f"is no picture: {fault}.", f"{self.label}/pictures/{id}.json", hint)
            ) from None

    def drawing(self, id: str) -> str:
        """The command that draws a picture."""
        own = "" if self.label == SHIPPED else f" --stretches {self.label}"
        return f"python -m handouts.figures draw {id}{own}"

    def name(self, id: str) -> str:
        """The name of a file, as findings have it: of a stretch, or of `sheet/routines` and the like."""
        return f"{self.label}/{id}.yaml"

    def place(self, id: str, steps: Sequence[str | int]) -> str:
        """Where in a file a value stands: the keys and indexes that lead to it."""
        return place_of(self._file(id), self.name(id), steps)

    def shared(self, name: str) -> Any:
        """A file of `sheet/`; an empty mapping when this folder has none."""
        if name not in self.shared_names:
            return {}
        return read(self._file(f"sheet/{name}"), _adapter(_FILES[name]), self.name(f"sheet/{name}"))

    def _file(self, id: str) -> Traversable:
        path = self.root
        for step in f"{id}.yaml".split("/"):
            path = path.joinpath(step)
        return path


def _stems(root: Traversable, label: str) -> list[str]:
    """Names of the YAML files of a folder, without the ending. Hidden files are not ours."""
    try:
        names = [item.name for item in root.iterdir() if not item.name.startswith(".")]
    except OSError as problem:
        hint = "Give a folder with stretches in YAML."
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", label, hint)) from None
    wrong = [name for name in names if name.lower().endswith((".yml", ".yaml")) and not name.endswith(".yaml")]
    if wrong:
        findings = (Finding("would not be read.", f"{label}/{name}", "End its name in .yaml.") for name in wrong)
        raise ContentError(*findings)
    return [name.removesuffix(".yaml") for name in names if name.endswith(".yaml")]


@dataclass(frozen=True)
class Library:
    """Folders of content seen as one; the first is the shipped one."""

    folders: tuple[Folder, ...]
    _stretches: dict[str, Stretch] = field(default_factory=dict)
    _pictures: dict[str, pictures.Picture] = field(default_factory=dict)

    @cached_property
    def _homes(self) -> Mapping[str, Folder]:
        homes: dict[str, Folder] = {}
        clashes: list[Finding] = []
        for home in self.folders:
            clashes += [_clash(id, homes[id].name(id), home.name(id)) for id in home.stretch_ids if id in homes]
            homes |= dict.fromkeys(home.stretch_ids, home)
        if clashes:
            raise ContentError(*clashes)
        return homes

    @property
    def ids(self) -> tuple[str, ...]:
        """All stretch ids, in order."""
        return tuple(sorted(self._homes))

    def stretch(self, id: str) -> Stretch:
        """A stretch by its id. Raises RequestError when there is none, ContentError when its file is wrong."""
        if id not in self._homes:
            hint = did_you_mean(id, self.ids) or "See `handouts list`."
            if id in self.routines:
                hint = f"It is a routine: use --routine {id}."
            raise RequestError(Finding(f"there is no stretch “{id}”.", "", hint))
        if id not in self._stretches:
            stretch = self._homes[id].stretch(id)
            _refuse(_faults(stretch, self, self._homes[id], id))
            self._stretches[id] = stretch
        return self._stretches[id]

    def picture(self, stretch: Stretch) -> pictures.Picture | None:
        """The picture of a stretch of ours; None where it describes none. Raises ContentError."""
        if not stretch.figures:
            return None
        if stretch.id not in self._pictures:
            home = self._homes[stretch.id]
            found, wanted = home.picture(stretch.id), len(stretch.figures.panels)
            if len(found.panels) != wanted:
                problem = f"there are {wanted} panels here, and {len(found.panels)} in the picture."
                hint = f"Draw it anew: {home.drawing(stretch.id)}"
                raise ContentError(Finding(problem, home.place(stretch.id, ("figures", "panels")), hint))
            self._pictures[stretch.id] = found
        return self._pictures[stretch.id]

    def routine(self, id: str) -> Routine:
        """A routine by its id. Raises RequestError when there is none."""
        if id not in self.routines:
            hint = did_you_mean(id, self.routines) or "See `handouts routines`."
            raise RequestError(Finding(f"there is no routine “{id}”.", "", hint))
        return self.routines[id]

    @cached_property
    def routines(self) -> Mapping[str, Routine]:
        """Routines by id."""
        return self._merged("routines")

    @cached_property
    def flags(self) -> Mapping[str, Flag]:
        """Flags by code."""
        return self._merged("flags")

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by key."""
        return self._merged("sources")

    @cached_property
    def guidance(self) -> Guidance:
        """What holds for every stretch; a clinic's folder cannot change it."""
        found: Guidance = self.folders[0].shared("guidance")
        return found

    @cached_property
    def about(self) -> About:
        """The disclaimer and all that stands with it; a clinic's folder cannot change it."""
        found: About = self.folders[0].shared("about")
        return found

    @cached_property
    def glossary(self) -> Glossary:
        """Words of the field, with what they mean; a clinic's folder cannot change them."""
        found: Glossary = self.folders[0].shared("glossary")
        return found

    @cached_property
    def phrases(self) -> Phrases:
        """Every fixed word that is printed."""
        found: Phrases = self.folders[0].shared("phrases")
        return found

    def named(self, text: str, language: Language) -> str:
        """Text with each `{id}` replaced by that stretch's name."""
        return REFERENCE.sub(lambda match: self.stretch(match[1]).name[language], text)

    def _merged(self, name: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        faults: list[Finding] = []
        file = f"sheet/{name}"
        for home in self.folders:
            for key, record in home.shared(name).items():
                if key in merged:
                    faults.append(_clash(key, self.folders[0].name(file), home.place(file, (key,))))
                faults += _faults(record, self, home, file, (key,))
                merged[key] = record
        _refuse(faults)
        return merged


def open_library(extra: Path | None = None) -> Library:
    """The shipped content, and a clinic's own folder beside it. Raises ContentError when that holds nothing."""
    shipped = Folder(folder("stretches"), SHIPPED)
    if not extra:
        return Library((shipped,))
    own = Folder(extra, str(extra))
    if not own.stretch_ids and not own.shared_names:
        hint = "Put one YAML file a stretch in it, or name another folder."
        raise ContentError(Finding("holds no stretches.", own.label, hint))
    return Library((shipped, own))


def check(library: Library) -> list[Finding]:
    """Everything that is wrong in all the files of a library, each fault once."""
    faults = (fault for attempt in _attempts(library) for fault in _found(attempt))
    return list(dict.fromkeys([*faults, *_unread(library)]))


def _attempts(library: Library) -> Iterator[Callable[[], object]]:
    """Every way to read something. Each file alone first: a clash must not hide what else is wrong."""
    for home in library.folders:
        yield from (partial(home.shared, name) for name in _FILES)
        yield from (partial(home.stretch, id) for id in home.stretch_ids)
    yield lambda: library.ids
    yield from (partial(getattr, library, name) for name in _FILES)
    for id in dict.fromkeys(id for home in library.folders for id in home.stretch_ids):
        yield partial(library.stretch, id)
        yield lambda id=id: library.picture(library.stretch(id))  # type: ignore[misc]


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
            if name not in _OWN_FILES:
                hint = did_you_mean(name, _OWN_FILES) or f"Yours can be {', '.join(_OWN_FILES)}."
                yield Finding("is not read.", home.name(f"sheet/{name}"), hint)


def _refuse(faults: Iterable[Finding]) -> None:
    """Raise what was found; nothing when nothing was."""
    found = tuple(faults)
    if found:
        raise ContentError(*found)


def _faults(record: Record, library: Library, home: Folder, file: str, at: Steps = ()) -> Iterator[Finding]:
    """What a record names must exist, and its braces must mean something where they stand."""
    for what, key, steps in _links(record):
        known: Iterable[str] = getattr(library, _KNOWN[what])
        if key not in known:
            place = home.place(file, (*at, *steps))
            yield Finding(f"there is no {what} “{key}”.", place, did_you_mean(key, known))
    for steps, text in _texts(record):
        allowed = [mark for mark, (_, fields) in _MARKS.items() if steps[0] in fields]
        if getattr(record, "side", "each") != "each":
            allowed = [mark for mark in allowed if mark != _BY_SIDE]
        left = reduce(lambda rest, mark: _MARKS[mark][0].sub("", rest), allowed, text)
        if "{" in left or "}" in left:
            hint = f"Here it can only be part of {' or '.join(allowed)}." if allowed else "Take it out."
            yield Finding("a brace, { or }, has no meaning.", home.place(file, (*at, *steps)), hint)
        sides = (2, 3) if steps[0] == "one_side" else (1, 2, 3)  # it is never printed for both
        if any(not CHOICE.sub(rf"\{side}", text).strip() for side in sides):
            yield Finding("says nothing for one of the sides.", home.place(file, (*at, *steps)), "Fill it in.")
    if isinstance(record, Stretch) and record.figures:
        for problem, hint, steps in _figure_faults(record, record.figures):
            yield Finding(problem, home.place(file, steps), hint)


def _figure_faults(stretch: Stretch, figures: Figures) -> Iterator[tuple[str, str, Steps]]:
    """What is wrong with the words of a picture, the hint, and where."""
    for index, panel in enumerate(figures.panels):
        at: Steps = ("figures", "panels", index)
        for language, alt in panel.alt.items():
            texts = {CHOICE.sub(rf"\{side}", alt) for side in (1, 2, 3)}
            if max(map(len, texts)) > MOST_ALT:
                problem = f"the alt text has {max(map(len, texts))} characters once a side is chosen."
                yield problem, f"At most {MOST_ALT}: a listener cannot stop halfway (D5).", (*at, "alt", language)
            if panel.step > len(stretch.steps[language]):
                problem = f"there is no step {panel.step}, the stretch has {len(stretch.steps[language])}."
                yield problem, "Name the step that the panel shows.", (*at, "step")
            if texts & {CHOICE.sub(rf"\{side}", stretch.feel[language]) for side in (1, 2, 3)}:
                yield "the alt text is the feel line again.", "Say what the body does.", (*at, "alt", language)


def _links(record: Record) -> Iterator[tuple[str, str, Steps]]:
    """What a record names: the kind of thing, its key, and where."""
    for index, code in enumerate(getattr(record, "flags", ())):
        yield "flag", code, ("flags", index)
    for index, source in enumerate(getattr(record, "sources", ())):
        yield "source", getattr(source, "key", source), ("sources", index, "key")
    for index, variant in enumerate(getattr(record, "variants", ())):
        yield "stretch", variant.id, ("variants", index, "id")
    for index, portion in enumerate(getattr(record, "stretches", ())):
        yield "stretch", portion.stretch, ("stretches", index, "stretch")
    for steps, text in _texts(record):
        yield from (("stretch", id, steps) for id in REFERENCE.findall(text) if steps[0] in _NAMING)


def _texts(record: Record) -> Iterator[tuple[Steps, str]]:
    """Every printed text of a record, in all languages, with the keys and indexes that lead to it."""
    for name in _PRINTED:
        yield from _below(getattr(record, name, None), (name,))
    for index, panel in enumerate(record.figures.panels if isinstance(record, Stretch) and record.figures else ()):
        yield from _below(panel.alt, ("figures", "panels", index, "alt"))


def _below(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Texts in mappings and lists; a bare text is a remark of ours, which nobody prints."""
    if isinstance(value, str) and len(steps) > 1:
        yield steps, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _below(inner, (*steps, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _below(inner, (*steps, index))


def _clash(id: str, first: str, second: str) -> Finding:
    return Finding(f"“{id}” stands in {first} too.", second, "Give yours another id.")
