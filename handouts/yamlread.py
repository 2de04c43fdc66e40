"""YAML to checked records, with every finding at its file, line and column.

YAML 1.2 scalars only (no `no` for False, no 1:30 for 90), no aliases, no duplicate keys, and a bound on size
and depth: a file that a stranger sent can do no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from handouts.errors import ContentError, Finding, did_you_mean
from handouts.text.coverage import describe, first_unprintable

T = TypeVar("T")

MOST_BYTES = 1_000_000
_DEEPEST = 12
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """YAML 1.2 core scalars; dates as the plain ISO form only."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}


_Strict.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Strict.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"), ["n", "~", ""])
_Strict.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
_Strict.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))
_Strict.add_implicit_resolver(
    "tag:yaml.org,2002:timestamp", re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), list("0123456789")
)


def read(path: Traversable, adapter: TypeAdapter[T], label: str) -> T:
    """A file as a checked record. Raises ContentError with all findings; `label` names the file in them."""
    node = _node(path, label)
    loader = _Strict("")
    try:
        data = loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as problem:
        raise ContentError(_yaml_finding(problem, label)) from None
    try:
        return adapter.validate_python(_tuples(data))
    except ValidationError as problem:
        raise ContentError(*_findings(problem, node, label)) from None


def _tuples(data: Any) -> Any:
    """Lists as tuples, text as NFC: records are immutable all the way down, and letters are whole."""
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, dict):
        return {key: _tuples(value) for key, value in data.items()}
    return tuple(map(_tuples, data)) if isinstance(data, list) else data


def _node(path: Traversable, label: str) -> yaml.Node:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", label)) from None
    if len(data) > MOST_BYTES:
        raise ContentError(Finding("is larger than 1 MB.", label, "A stretch has one small file of its own."))
    try:
        _guard(data, label)
        node: yaml.Node | None = yaml.compose(data, _Strict)
    except (yaml.YAMLError, UnicodeError) as problem:
        raise ContentError(_yaml_finding(problem, label)) from None
    if not isinstance(node, yaml.MappingNode):
        raise ContentError(Finding("should hold keys with values, like `id: hip-crossovers`.", f"{label}:1:1"))
    wrong = [*_doubles(node, label), *_unprintable(node, label)]
    if wrong:
        raise ContentError(*wrong)
    return node


def _guard(data: bytes, label: str) -> None:
    """Refuse aliases and deep nesting before anything is built."""
    depth = 0
    for event in yaml.parse(data, _Strict):
        if isinstance(event, yaml.AliasEvent):
            raise ContentError(
                Finding(f"the alias `*{event.anchor}` is not allowed.", _at(label, event.start_mark),
                        "Write the text out.")
            )  # fmt: skip
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ContentError(Finding("is nested too deeply.", _at(label, event.start_mark)))


def _doubles(node: yaml.Node, label: str) -> Iterator[Finding]:
    """Keys that stand twice in one mapping; YAML readers would quietly take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield Finding(f"the key `{key.value}` stands twice.", _at(label, key.start_mark), "Keep one.")
            seen.add(str(key.value))
            yield from _doubles(value, label)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubles(item, label)


def _unprintable(node: yaml.Node, label: str) -> Iterator[Finding]:
    """Characters that no shipped font can print: a gap on paper would be worse than a refusal."""
    for scalar in scalars(node):
        bad = first_unprintable(unicodedata.normalize("NFC", scalar.value).replace("\n", " "))
        if bad:
            problem = f"the character {describe(bad)} cannot be printed by the fonts we ship."
            yield Finding(problem, _at(label, scalar.start_mark), "Write it another way.")


def scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """All the values below a node, keys left out."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item)


def places(path: Traversable, label: str, words: str) -> str:
    """The place (file:line:column) of the first value that holds some words; the file when there is none."""
    found = (s for s in scalars(_node(path, label)) if words in s.value)
    return next((_at(label, scalar.start_mark) for scalar in found), label)


def _at(label: str, mark: Any) -> str:
    return f"{label}:{mark.line + 1}:{mark.column + 1}" if mark else label


def _yaml_finding(problem: Exception, label: str) -> Finding:
    mark = getattr(problem, "problem_mark", None)
    why = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    return Finding(f"is not valid YAML: {why}.", _at(label, mark), "Check quotes, colons and indents.")


def _findings(error: ValidationError, root: yaml.Node, label: str) -> list[Finding]:
    """What pydantic found, in plain words, each at its place, each place once."""
    found: dict[str, Finding] = {}
    for item in error.errors(include_url=False):
        path = [step for step in item["loc"] if not (isinstance(step, str) and step == "[key]")]
        mark = _mark(root, path, key=item["type"] == "extra_forbidden" or "[key]" in item["loc"])
        name = ".".join(str(step) for step in path)
        place = _at(label, mark)
        problem, hint = _plainly(item, path, root)
        found.setdefault(f"{place} {name}", Finding(f"{name}: {problem}" if name else problem, place, hint))
    return list(found.values())


def _mark(node: yaml.Node, path: Sequence[Any], *, key: bool) -> Any:
    """Where a value stands, or its key; the last known parent when it is missing."""
    mark = node.start_mark
    for index, step in enumerate(path):
        child = _child(node, step)
        if child is None:
            return mark
        key_node, node = child
        wants_key = key and index == len(path) - 1
        mark = key_node.start_mark if wants_key and key_node is not None else node.start_mark
    return mark


def _child(node: yaml.Node, step: Any) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


_PLAIN = {
    "int_type": "should be a whole number.",
    "string_type": "should be text.",
    "bool_type": "should be true or false.",
    "tuple_type": "should be a list.",
    "dict_type": "should hold one text a language, like `{en: ...}`.",
    "model_type": "should hold keys with values.",
    "date_type": "should be a date like 2026-11-22.",
    "date_from_datetime_parsing": "should be a date like 2026-11-22.",
}


def _plainly(item: Any, path: Sequence[Any], root: yaml.Node) -> tuple[str, str]:
    """The problem and the hint for one of pydantic's findings."""
    kind, context = item["type"], item.get("ctx", {})
    if kind == "missing":
        return "is missing.", ""
    if kind == "extra_forbidden":
        return "is not a key we know.", did_you_mean(str(path[-1]), _known_keys())
    if kind == "literal_error":
        wanted = context["expected"].replace("'", "")
        shown = str(item["input"])[:60]
        return f"“{shown}” is not one of: {wanted}.", did_you_mean(shown, re.split(r", | or ", wanted))
    if kind in _PLAIN:
        return _PLAIN[kind], 'Put it in quotes ("...") if it is text.' if kind == "string_type" else ""
    return f"{item['msg'].removeprefix('Value error, ')}.", ""


def _known_keys() -> list[str]:
    from handouts import model

    records = [r for r in vars(model).values() if isinstance(r, type) and issubclass(r, model.Record)]
    return sorted({name for record in records for name in record.model_fields})
