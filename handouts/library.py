"""The library: stretches, routines, flags, sources, guidance and phrases, read when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handouts.errors import ContentError, Finding, HandoutError, RequestError, did_you_mean
from handouts.model import About, Flag, Guidance, Language, Phrases, Routine, Source, Stretch
from handouts.resources import folder
from handouts.yamlread import places, read

REFERENCE = re.compile(r"\{([a-z0-9-]+)\}")
CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")

_FILES: dict[str, Any] = {
    "routines": dict[str, Routine],
    "flags": dict[str, Flag],
    "sources": dict[str, Source],
    "guidance": Guidance,
    "about": About,
    "phrases": Phrases,
}


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
        try:
            names = [item.name for item in self.root.iterdir()]
        except OSError as problem:
            hint = "Give a folder with stretches in YAML."
            raise ContentError(Finding(f"cannot be read: {problem.strerror}.", self.label, hint)) from None
        return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))

    def stretch(self, id: str) -> Stretch:
        """One stretch, checked."""
        label = f"{self.label}/{id}.yaml"
        stretch: Stretch = read(self.root.joinpath(f"{id}.yaml"), _adapter(Stretch), label)
        if stretch.id != id:
            hint = f"Name the file {stretch.id}.yaml, or write `id: {id}`."
            raise ContentError(Finding(f"the id is {stretch.id}, the file name says {id}.", label, hint))
        return stretch

    def place(self, id: str, words: str) -> str:
        """Where in a stretch's file some words stand."""
        return places(self.root.joinpath(f"{id}.yaml"), f"{self.label}/{id}.yaml", words)

    def shared(self, name: str) -> Any:
        """A file of `sheet/`; an empty mapping when this folder has none."""
        path = self.root.joinpath("sheet").joinpath(f"{name}.yaml")
        return read(path, _adapter(_FILES[name]), f"{self.label}/sheet/{name}.yaml") if path.is_file() else {}


@dataclass(frozen=True)
class Library:
    """Folders of content seen as one; the first is the shipped one."""

    folders: tuple[Folder, ...]
    _stretches: dict[str, Stretch] = field(default_factory=dict)

    @cached_property
    def _homes(self) -> Mapping[str, Folder]:
        homes: dict[str, Folder] = {}
        for home in self.folders:
            for id in home.stretch_ids:
                if id in homes:
                    raise ContentError(_clash(id, homes[id].label, home.label))
                homes[id] = home
        return homes

    def home(self, id: str) -> Folder:
        """The folder a stretch comes from."""
        return self._homes[id]

    @property
    def ids(self) -> tuple[str, ...]:
        """All stretch ids, in order."""
        return tuple(sorted(self._homes))

    def stretch(self, id: str) -> Stretch:
        """A stretch by its id. Raises RequestError when there is none, ContentError when its file is wrong."""
        if id not in self._homes:
            hint = did_you_mean(id, self.ids) or "See `handouts list`."
            raise RequestError(Finding(f"there is no stretch “{id}”.", "", hint))
        if id not in self._stretches:
            self._stretches[id] = self._homes[id].stretch(id)
            _check_links(self._stretches[id], self)
        return self._stretches[id]

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
    def phrases(self) -> Phrases:
        """Every fixed word that is printed."""
        found: Phrases = self.folders[0].shared("phrases")
        return found

    def named(self, text: str, language: Language) -> str:
        """Text with each `{id}` replaced by that stretch's name."""
        return REFERENCE.sub(lambda match: self.stretch(match[1]).name[language], text)

    def _merged(self, name: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for home in self.folders:
            for key, value in home.shared(name).items():
                if key in merged:
                    raise ContentError(_clash(key, "the shipped content", f"{home.label}/sheet/{name}.yaml"))
                merged[key] = value
        return merged


def open_library(extra: Path | None = None) -> Library:
    """The shipped content, and a clinic's own folder beside it."""
    shipped = Folder(folder("stretches"), "stretches")
    return Library((shipped, Folder(extra, str(extra))) if extra else (shipped,))


def check(library: Library) -> list[Finding]:
    """Everything that is wrong in all the files of a library."""
    return [finding for part in _parts(library) for finding in part]


def _parts(library: Library) -> Iterator[tuple[Finding, ...]]:
    for name in _FILES:
        try:
            getattr(library, name)
        except HandoutError as problem:
            yield problem.findings
    try:
        ids = library.ids
    except HandoutError as problem:
        yield problem.findings
        return
    for id in ids:
        try:
            library.stretch(id)
        except HandoutError as problem:
            yield problem.findings
    yield from _routine_parts(library)


def _routine_parts(library: Library) -> Iterator[tuple[Finding, ...]]:
    try:
        routines = library.routines
    except HandoutError:
        return
    for id, routine in routines.items():
        for portion in routine.stretches:
            if portion.stretch not in library.ids:
                hint = did_you_mean(portion.stretch, library.ids)
                yield (Finding(f"routine {id}: there is no stretch “{portion.stretch}”.", "", hint),)


def _check_links(stretch: Stretch, library: Library) -> None:
    """Flags, sources and other stretches that a record names must exist, and its braces must be whole."""
    texts = list(_texts(stretch))
    wanted: list[tuple[str, str, Iterable[str]]] = [("flag", code, library.flags) for code in stretch.flags]
    wanted += [("source", support.key, library.sources) for support in stretch.sources]
    wanted += [("stretch", id, library.ids) for text in texts for id in REFERENCE.findall(text)]
    home = library.home(stretch.id)
    findings = [
        Finding(f"there is no {what} “{key}”.", home.place(stretch.id, key), did_you_mean(key, known))
        for what, key, known in wanted
        if key not in known
    ]
    findings += [
        Finding(
            "a brace { or } is not part of `{both|left|right}` or of a stretch's id.", home.place(stretch.id, text)
        )
        for text in texts
        if set("{}") & set(REFERENCE.sub("", CHOICE.sub("", text)))
        or (stretch.side != "each" and CHOICE.search(text))
    ]
    if findings:
        raise ContentError(*findings)


def _texts(stretch: Stretch) -> Iterator[str]:
    """Every printed text of a stretch, in all languages."""
    single = (stretch.name, stretch.purpose, stretch.feel, stretch.one_side, stretch.change_sides,
              stretch.easier, stretch.harder)  # fmt: skip
    for by_language in single:
        yield from (by_language or {}).values()
    for group in (*stretch.steps.values(), *stretch.cautions.values()):
        yield from group


def _clash(id: str, first: str, second: str) -> Finding:
    return Finding(f"“{id}” stands in {first} too.", second, "Give yours another id.")
