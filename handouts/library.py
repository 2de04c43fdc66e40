"""The library: stretches, routines, flags, sources, guidance and phrases, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handouts import picture as pictures
from handouts import ready
from handouts.drawing import Album, Own
from handouts.errors import ContentError, Finding, RequestError, did_you_mean
from handouts.faults import REFERENCE, Known, Steps, clash, faults_of, phrase_faults, review_faults
from handouts.model import Flag, Id, Key, Language, Record, Routine, Source, Stretch
from handouts.phrasing import About, Glossary, Guidance, Phrases, Printing, Wording
from handouts.practice import OwnPhrases, Practice
from handouts.resources import folder

SHIPPED = "stretches"  # how findings name the folder of ours

FILES: dict[str, Any] = {
    "routines": dict[Id, Routine],
    "flags": dict[Id, Flag],
    "sources": dict[Key, Source],
    "glossary": Glossary,
    "guidance": Guidance,
    "about": About,
    "phrases": Phrases,
    "printing": Printing,
    "wording": Wording,
}
# A clinic's folder can add to these, and say some phrases in its own way.
OWN_FILES = {**{name: FILES[name] for name in ("routines", "flags", "sources")}, "phrases": OwnPhrases}
PRACTICE = "handouts"  # the file that says who a clinic is


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@dataclass(frozen=True)
class Folder:
    """One folder of content: a file a stretch, and `sheet/` for what stretches share."""

    root: Traversable
    label: str
    ready: Mapping[str, str] = field(default_factory=dict, repr=False)  # what need not be read and checked again

    @cached_property
    def stretch_ids(self) -> tuple[str, ...]:
        """Ids, which are the file names, in order."""
        return tuple(sorted(stem for stem in _stems(self.root, self.label) if stem != PRACTICE))

    @cached_property
    def practice(self) -> Practice | None:
        """Who the clinic is; None when the folder does not say."""
        if PRACTICE not in _stems(self.root, self.label):
            return None
        found: Practice = self._read(PRACTICE, Practice)
        return found

    @cached_property
    def shared_names(self) -> tuple[str, ...]:
        """Names of the files of `sheet/`, in order."""
        within = "sheet" in (item.name for item in self.root.iterdir())
        return tuple(sorted(_stems(self.root.joinpath("sheet"), f"{self.label}/sheet"))) if within else ()

    def stretch(self, id: str) -> Stretch:
        """One stretch, checked."""
        stretch: Stretch = self._read(id, Stretch)
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

    def own_drawing(self, file: str, id: str, steps: Sequence[str | int]) -> Own:
        """The drawing in a file that the file `id` names. Raises ContentError when it is missing or is none."""
        path = self._inner(file)
        if not path.is_file():
            hint = "Put it there, or change the name."
            raise ContentError(Finding(f"there is no file {file}.", self.place(id, steps), hint))
        if isinstance(self.root, Path) and not Path(str(path)).resolve().is_relative_to(self.root.resolve()):
            hint = "Put the file itself there."
            raise ContentError(Finding(f"{file} is a link out of the folder.", self.place(id, steps), hint))
        from handouts.images import read as read_drawing  # most sheets have none

        return read_drawing(path, f"{self.label}/{file}")

    def drawing(self, id: str) -> str:
        """The command that draws a picture."""
        own = "" if self.label == SHIPPED else f" --stretches {self.label}"
        return f"python -m handouts.figures draw {id}{own}"

    def name(self, id: str) -> str:
        """The name of a file, as findings have it: of a stretch, or of `sheet/routines` and the like."""
        return f"{self.label}/{id}.yaml"

    def place(self, id: str, steps: Sequence[str | int]) -> str:
        """Where in a file a value stands: the keys and indexes that lead to it."""
        from handouts.yamlread import place_of

        return place_of(self._file(id), self.name(id), steps)

    def shared(self, name: str) -> Any:
        """A file of `sheet/`; an empty mapping when this folder has none."""
        if name not in self.shared_names:
            return {}
        files = FILES if self.label == SHIPPED else FILES | OWN_FILES
        return self._read(f"sheet/{name}", files[name])

    def faults(self, record: Record, known: Known, file: str, at: Steps = ()) -> Iterator[Finding]:
        """What is wrong in a record that is well formed; nothing where that was looked for before."""
        return iter(()) if file in self.ready else faults_of(record, known, self, file, at)

    def _read(self, name: str, kind: Any) -> Any:
        """The records of a file. Raises ContentError with all that is wrong in it."""
        if name in self.ready:
            return ready.unpacked(self.ready[name])
        from handouts.yamlread import read

        return read(self._file(name), _adapter(kind), self.name(name))

    def _file(self, id: str) -> Traversable:
        return self._inner(f"{id}.yaml")

    def _inner(self, name: str) -> Traversable:
        path = self.root
        for step in name.split("/"):
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
    _pictures: dict[str, pictures.Picture | Album | None] = field(default_factory=dict)

    @cached_property
    def _homes(self) -> Mapping[str, Folder]:
        homes: dict[str, Folder] = {}
        clashes: list[Finding] = []
        for home in self.folders:
            clashes += [clash(id, homes[id].name(id), home.name(id)) for id in home.stretch_ids if id in homes]
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
            _refuse(self._homes[id].faults(stretch, self, id))
            self._stretches[id] = stretch
        return self._stretches[id]

    def picture(self, stretch: Stretch) -> pictures.Picture | Album | None:
        """The picture of a stretch of ours; None where it describes none. Raises ContentError."""
        if stretch.id not in self._pictures:
            self._pictures[stretch.id] = drawn(self._homes[stretch.id], stretch)
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
        """Every fixed word that is printed; some of them as a clinic says them."""
        found: Phrases = self.folders[0].shared("phrases")
        for home in self.folders[1:]:
            own = home.shared("phrases")
            if own:
                faults = phrase_faults(own, found)
                _refuse(Finding(problem, home.place("sheet/phrases", at), hint) for problem, hint, at in faults)
                found = found.model_copy(update=own.model_dump(exclude_none=True))
        return found

    @cached_property
    def printing(self) -> Printing:
        """The words of what is printed in one go, for those who print it."""
        found: Printing = self.folders[0].shared("printing")
        return found

    @cached_property
    def wording(self) -> Wording:
        """The words that printed English is measured by."""
        found: Wording = self.folders[0].shared("wording")
        return found

    @cached_property
    def practice(self) -> Practice:
        """Who the clinic is, and its reviews; an empty one where no folder says. Raises ContentError."""
        for home in self.folders:
            if home.practice:
                faults = review_faults(home.practice, self.ids)
                _refuse(Finding(problem, home.place(PRACTICE, at), hint) for problem, hint, at in faults)
                return home.practice
        return Practice.model_construct()

    @cached_property
    def logo(self) -> Own | None:
        """The clinic's mark; None where it has none. Raises ContentError."""
        for home in self.folders:
            if home.practice and home.practice.logo:
                return home.own_drawing(home.practice.logo.file, PRACTICE, ("logo", "file"))
        return None

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
                    faults.append(clash(key, self.folders[0].name(file), home.place(file, (key,))))
                faults += home.faults(record, self, file, (key,))
                merged[key] = record
        _refuse(faults)
        return merged


def open_library(extra: Path | None = None, *, anew: bool = False) -> Library:
    """The shipped content, and a clinic's own folder beside it. Raises ContentError when that holds nothing.

    `anew`: every file is read and checked, though the shipped ones were when the package was built.
    """
    home = folder("stretches")
    shipped = Folder(home, SHIPPED, {} if anew else ready.load(home))
    if not extra:
        return Library((shipped,))
    own = Folder(extra, str(extra))
    if not own.stretch_ids and not own.shared_names and PRACTICE not in _stems(extra, own.label):
        hint = "Put one YAML file a stretch in it, or name another folder."
        raise ContentError(Finding("holds no stretches.", own.label, hint))
    return Library((shipped, own))


def prepared() -> bytes:
    """The shipped content, read and checked, as `ready.json` has it. Raises ContentError."""
    library = open_library(anew=True)
    stretches = {id: library.stretch(id) for id in library.ids}
    shared = {f"sheet/{name}": getattr(library, name) for name in FILES}
    return ready.written(library.folders[0].root, stretches | shared)


def drawn(home: Folder, stretch: Stretch) -> pictures.Picture | Album | None:
    """The pictures of a stretch of a folder; None where it has none. Raises ContentError."""
    if stretch.figures:
        return _engraved(home, stretch)
    return _album(home, stretch) if stretch.pictures else None


def _engraved(home: Folder, stretch: Stretch) -> pictures.Picture:
    """The picture that our engine drew, with as many panels as the stretch describes."""
    found, wanted = home.picture(stretch.id), len(stretch.shown)
    if len(found.panels) != wanted:
        problem = f"there are {wanted} panels here, and {len(found.panels)} in the picture."
        hint = f"Draw it anew: {home.drawing(stretch.id)}"
        raise ContentError(Finding(problem, home.place(stretch.id, ("figures", "panels")), hint))
    return found


def _album(home: Folder, stretch: Stretch) -> Album:
    """The pictures that a clinic brings; all that is wrong in them at once."""
    drawings: list[Own] = []
    faults: list[Finding] = []
    for index, picture in enumerate(stretch.pictures):
        try:
            drawings.append(home.own_drawing(picture.file, stretch.id, ("pictures", index, "file")))
        except ContentError as problem:
            faults += problem.findings
    _refuse(faults)
    return Album(tuple(drawings))


def _refuse(faults: Iterable[Finding]) -> None:
    """Raise what was found; nothing when nothing was."""
    found = tuple(faults)
    if found:
        raise ContentError(*found)
