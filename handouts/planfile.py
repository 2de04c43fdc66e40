"""A plan as a YAML file, with the names of the options as its keys: read strictly, written plainly."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, WithJsonSchema

from handouts.errors import ContentError, Finding, RequestError
from handouts.model import Record
from handouts.request import Request
from handouts.wishes import Wishes
from handouts.yamlread import place_of, read

Several = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class PlanFile(Record):
    """The options of `handouts make` in a file. One word may stand for a list of one."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_").replace("_", "-"))

    stretches: Several = ()
    routine: str | None = None
    recipe: str | None = None
    position: Several = ()
    area: Several = ()
    equipment: Several = ()
    helper: bool | None = None
    can: Several = ()
    avoid: Several = ()
    minutes: int | None = None
    dose: Several = ()
    allow_dose: bool = False
    print_: Literal["standard", "large", "giant"] | None = None
    paper: Literal["letter", "a4"] | None = None
    form: Literal["sheet", "fridge", "log", "helper"] | None = None
    language: Literal["en"] | None = None
    title: str | None = None
    for_: str | None = None
    from_: str | None = None
    date: dt.date | None = None
    note: Several = ()
    log: bool = True


_WISHES = tuple(f.name for f in fields(Wishes))
_NAMES = {"doses": "dose", "edition": "print_", "person": "for_", "clinic": "from_"}  # of a request, in the file
_SAME = tuple(f.name for f in fields(Request) if f.name not in ("wishes", "note", "date"))  # as they are held
_ADAPTER = TypeAdapter(PlanFile)


def read_plan(path: Path) -> Request:
    """The request that a file holds. Raises ContentError with everything that is wrong in it."""
    held = read(path, _ADAPTER, str(path))
    try:
        wishes = Wishes(**{name: getattr(held, name) for name in _WISHES})
    except RequestError as problem:
        raise ContentError(*(_placed(found, path) for found in problem.findings)) from None
    values = {name: getattr(held, _NAMES.get(name, name)) for name in _SAME}
    given = {name: value for name, value in values.items() if value is not None}
    day = held.date.isoformat() if held.date else ""
    return Request(**given, wishes=wishes, date=day, note="\n".join(held.note))


def _placed(found: Finding, path: Path) -> Finding:
    """A finding that names an option, at the place of its key."""
    return replace(found, place=place_of(path, str(path), (found.place.removeprefix("--"),)))


def plan_text(request: Request) -> str:
    """A request as the text of a plan file; what is not given is left out."""
    usual, held = Request(), dict[str, Any]()
    for name in _SAME:
        value = getattr(request, name)
        if value != getattr(usual, name):
            key = _NAMES.get(name, name).rstrip("_").replace("_", "-")
            held[key] = list(value) if isinstance(value, tuple) else value
    wished = ((name, getattr(request.wishes, name)) for name in _WISHES)
    held |= {name: list(v) if isinstance(v, tuple) else v for name, v in wished if v not in ((), None)}
    held |= {"date": dt.date.fromisoformat(request.date)} if request.date else {}
    held |= {"note": request.note.split("\n")} if request.note else {}
    return yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=100)
