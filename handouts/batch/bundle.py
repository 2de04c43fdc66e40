"""A FHIR bundle: what is in it, what refers to what, and the plain values of its resources.

Nothing of its shape is taken for granted: what is not as FHIR has it reads as not being there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from handouts.batch.text import opened
from handouts.errors import ContentError, Finding

Resource = Mapping[str, Any]

OURS = "urn:handouts:"  # how our code systems and extensions begin
_MOST_BYTES = 200_000_000  # a bundle is read whole
_PAGE = "Give a FHIR R4 bundle; rows in JSON are read from a .jsonl file, one object a line."


@dataclass(frozen=True)
class Bundle:
    """The resources of a bundle, each with the number of its entry from 1 and its address."""

    entries: tuple[tuple[int, str, Resource], ...]
    more: bool  # is it one page of several?

    @cached_property
    def _index(self) -> dict[str, Resource]:
        found: dict[str, Resource] = {}
        for _, address, resource in self.entries:
            found.setdefault(f"{word(resource, 'resourceType')}/{word(resource, 'id')}", resource)
            found.setdefault(address, resource)
        return found

    def of(self, kind: str) -> list[Resource]:
        """All resources of a kind."""
        return [resource for _, _, resource in self.entries if resource.get("resourceType") == kind]

    def found(self, reference: Any, at: Resource) -> Resource | None:
        """What a reference of a resource leads to in the bundle, or in the resource itself."""
        target = word(reference, "reference").partition("/_history/")[0]
        if target.startswith("#"):
            return next((each for each in many(at, "contained") if word(each, "id") == target[1:]), None)
        return self._index.get(target) or self._index.get("/".join(target.split("/")[-2:])) if target else None


def read_bundle(path: Path) -> Bundle:
    """The bundle of a file. Raises ContentError where it is none."""
    if path.stat().st_size > _MOST_BYTES:
        raise ContentError(Finding("is larger than 200 MB.", str(path), "Save it in parts."))
    with opened(path) as file:
        text = file.read()
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        raise ContentError(Finding("is not JSON.", str(path), _PAGE)) from None
    if word(held, "resourceType") != "Bundle":
        raise ContentError(Finding("is not a bundle.", str(path), _PAGE))
    if word(held, "type") == "history":
        hint = "Give one with each order once, such as a collection or the result of a search."
        raise ContentError(Finding("is a history, which has an order several times.", str(path), hint))
    more = any(word(link, "relation") == "next" for link in many(held, "link"))
    return Bundle(tuple(_entries(held)), more)


def _entries(held: Resource) -> Iterator[tuple[int, str, Resource]]:
    for number, entry in enumerate(many(held, "entry"), 1):
        if word(one(entry, "request"), "method") != "DELETE":
            yield number, word(entry, "fullUrl"), one(entry, "resource")


def many(value: Any, key: str) -> list[Resource]:
    """The objects of a list."""
    held = value.get(key) if isinstance(value, Mapping) else None
    return [each for each in held if isinstance(each, Mapping)] if isinstance(held, list) else []


def one(value: Any, key: str) -> Resource:
    """An object, an empty one where there is none."""
    held = value.get(key) if isinstance(value, Mapping) else None
    return held if isinstance(held, Mapping) else {}


def word(value: Any, key: str) -> str:
    """A text, "" where there is none."""
    held = value.get(key) if isinstance(value, Mapping) else None
    return held.strip() if isinstance(held, str) else ""


def codes(value: Resource, key: str) -> list[tuple[str, str]]:
    """The codes of a concept, or of a list of them: (system, code)."""
    concepts = many(value, key) or [one(value, key)]
    return [(word(c, "system"), word(c, "code")) for concept in concepts for c in many(concept, "coding")]


def extensions(value: Resource) -> dict[str, list[Any]]:
    """The values of our extensions, by what their addresses end in."""
    found: dict[str, list[Any]] = {}
    for each in many(value, "extension"):
        if word(each, "url").startswith(OURS):
            values = [held for key, held in each.items() if key.startswith("value")]
            found.setdefault(word(each, "url").removeprefix(OURS), []).extend(values)
    return found
