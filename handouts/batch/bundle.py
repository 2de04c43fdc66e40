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
    def _index(self) -> dict[str, list[Resource]]:
        """What stands at an address, and under a type and id, which several servers may give."""
        found: dict[str, list[Resource]] = {}
        for _, address, resource in self.entries:
            for key in {address, _name(resource)}:
                found.setdefault(key, []).append(resource)
        return found

    @cached_property
    def _bases(self) -> dict[int, str]:
        """Where the server of each entry is, "" where its address does not say so."""
        return {
            id(each): address.removesuffix(_name(each)) if address.endswith(f"/{_name(each)}") else ""
            for _, address, each in self.entries
        }

    def of(self, kind: str) -> list[Resource]:
        """All resources of a kind."""
        return [resource for _, _, resource in self.entries if resource.get("resourceType") == kind]

    def holds(self, resource: Resource) -> bool:
        """Is it an entry of its own?"""
        return id(resource) in self._bases

    def found(self, reference: Any, at: Resource) -> Resource | None:
        """What a reference of an entry leads to, in the bundle or in the entry; None where it may be two."""
        target = word(reference, "reference").partition("/_history/")[0]
        if target.startswith("#"):
            return next((each for each in many(at, "contained") if word(each, "id") == target[1:]), None)
        held = self._held(target, self._bases.get(id(at), "")) if target else []
        return held[0] if len(held) == 1 else None

    def _held(self, target: str, base: str) -> list[Resource]:
        """What an address leads to. A relative one is of its own server, or of what no server is known of."""
        held = self._index.get(target, [])
        if ":" in target or not base:
            return held
        return self._index.get(base + target) or [each for each in held if not self._bases[id(each)]]


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


def _name(resource: Resource) -> str:
    return f"{word(resource, 'resourceType')}/{word(resource, 'id')}"


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
