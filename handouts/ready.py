"""Our content as it was read and checked when the package was built, so that one sheet need not read YAML.

It stands in `stretches/ready.json` of a wheel, and counts only while every file of content is, byte for byte,
what it was then. Where it is missing, broken or of other files, the YAML is read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel

from handouts import __version__
from handouts.model import kinds

FILE = "ready.json"
_KIND = ""  # the key that says what is made of a mapping; no file has such a key


def load(stretches: Traversable) -> Mapping[str, str]:
    """The records of each file, packed, by its name; none where they are not those of these files."""
    try:
        held = json.loads(stretches.joinpath(FILE).read_bytes())
        records: dict[str, str] = held["records"]
        return records if held["digest"] == _digest(stretches, records) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def written(stretches: Traversable, files: Mapping[str, Any]) -> bytes:
    """The file, from the records of each file of content by its name."""
    records = {name: json.dumps(_packed(held), ensure_ascii=False) for name, held in files.items()}
    held = {"digest": _digest(stretches, records), "records": records}
    return json.dumps(held, ensure_ascii=False, indent=0).encode()


def unpacked(text: str) -> Any:
    """The records of one file."""
    return json.loads(text, object_hook=_made)


def _digest(stretches: Traversable, records: Mapping[str, str]) -> str:
    """A hash over this version, the YAML that was read and what was made of it."""
    sources = (path for folder in (stretches, stretches.joinpath("sheet")) for path in folder.iterdir())
    held = [(path.name, path.read_bytes()) for path in sources if path.name.endswith(".yaml")]
    held += [(name, text.encode()) for name, text in records.items()]
    return _hash(repr((__version__, sorted((name, _hash(data)) for name, data in held))).encode())


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _packed(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {_KIND: type(value).__name__} | {key: _packed(getattr(value, key)) for key in _given(value)}
    if isinstance(value, dict):
        return {key: _packed(inner) for key, inner in value.items()}
    if isinstance(value, dt.date):
        return {_KIND: "date", "day": value.isoformat()}
    return list(map(_packed, value)) if isinstance(value, tuple) else value


def _given(record: BaseModel) -> list[str]:
    return sorted(record.model_fields_set)  # a set has another order in every process


def _made(held: dict[str, Any]) -> Any:
    values = {key: _whole(value) for key, value in held.items()}
    return _makers()[values.pop(_KIND)](**values) if _KIND in values else values


def _whole(value: Any) -> Any:
    return tuple(map(_whole, value)) if isinstance(value, list) else value


@cache
def _makers() -> Mapping[str, Callable[..., Any]]:
    """By what a value of each kind is made; it was checked before it was packed."""
    return {kind.__name__: kind.model_construct for kind in kinds()} | {"date": _day}


def _day(day: str) -> dt.date:
    return dt.date.fromisoformat(day)
