"""Whose an order is: the name to print, and the ref of the handout."""

from __future__ import annotations

from handouts.batch.bundle import OURS, Resource, many, word
from handouts.batch.refs import is_safe

_USES = ("usual", "official", "", "temp", "nickname")  # by what a person is called; old names never


def person_of(patient: Resource) -> str:
    """The name that a patient goes by, "" where there is none."""
    names = [name for use in _USES for name in many(patient, "name") if word(name, "use") == use]
    return next((text for text in map(_whole, names) if text), "")


def _whole(name: Resource) -> str:
    given = name.get("given")
    parts = [part for part in given if isinstance(part, str)] if isinstance(given, list) else []
    return word(name, "text") or " ".join([*parts, word(name, "family")]).strip()


def ref_of(order: Resource) -> str:
    """The identifier of ours, else the first that can name a file, else the id of the order."""
    identifiers = many(order, "identifier")
    own = [word(each, "value") for each in identifiers if word(each, "system") == f"{OURS}ref"]
    safe = [word(each, "value") for each in identifiers if is_safe(word(each, "value"))]
    return next(iter((*own, *safe)), word(order, "id"))
