"""YAML to checked records, with every finding at its file, line and column.

YAML 1.2 scalars only (no `no` for False, no 1:30 for 90), no aliases, no tags, no duplicate keys, and a bound
on size and depth: a file that a stranger sent can do no harm.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from importlib.resources.abc import Traversable
from itertools import chain, islice
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from yaml.reader import Reader

from handouts.errors import ContentError, Finding, did_you_mean
from handouts.model import HTTPS, ID, INSIDE, KEY, SOMETHING, kinds
from handouts.practice import PHONE
from handouts.text.coverage import describe, first_unprintable

T = TypeVar("T")

MOST_BYTES = 1_000_000
_DEEPEST = 12
_MOST_FINDINGS = 50  # of one file: nobody reads more, and finding each one's place takes time
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """YAML 1.2 core scalars; dates as the plain ISO form only."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}


_PREFIX = "tag:yaml.org,2002:"
_Strict.add_implicit_resolver(f"{_PREFIX}bool", re.compile(r"^(true|false)$"), list("tf"))
_Strict.add_implicit_resolver(f"{_PREFIX}null", re.compile(r"^(null|~|)$"), ["n", "~", ""])
_Strict.add_implicit_resolver(f"{_PREFIX}int", re.compile(r"^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
_Strict.add_implicit_resolver(f"{_PREFIX}float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))
_Strict.add_implicit_resolver(
    f"{_PREFIX}timestamp", re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), list("0123456789")
)

# No YAML constructor runs at all: these five are everything that a file can make.
_SCALARS: dict[str, Callable[[str], Any]] = {
    f"{_PREFIX}bool": "true".__eq__,
    f"{_PREFIX}null": lambda _: None,
    f"{_PREFIX}int": int,
    f"{_PREFIX}float": float,
    f"{_PREFIX}timestamp": dt.date.fromisoformat,
}


def read(path: Traversable, adapter: TypeAdapter[T], label: str) -> T:
    """A file as a checked record. Raises ContentError with all findings; `label` names the file in them."""
    node = _node(path, label)
    try:
        return adapter.validate_python(_value(node))
    except ValidationError as problem:
        raise ContentError(*_findings(problem, node, label)) from None


def _value(node: yaml.Node) -> Any:
    """Lists as tuples, text as NFC: records are immutable all the way down, and letters are whole."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return tuple(map(_value, node.value))
    try:
        return _SCALARS.get(node.tag, _plain)(node.value)
    except ValueError:  # the 40th of a month, a number of 5000 digits: the check of its key refuses the text
        return node.value


def _plain(text: str) -> str:
    """Whole letters, and one space between words however the file breaks its lines."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _node(path: Traversable, label: str) -> yaml.Node:
    text = _text(path, label)
    try:
        _guard(text, label)
        node: yaml.Node | None = yaml.compose(text, _Strict)
    except yaml.YAMLError as problem:
        raise ContentError(_yaml_finding(problem, label)) from None
    if not isinstance(node, yaml.MappingNode):
        raise ContentError(Finding("should hold keys with values, like `id: hip-crossovers`.", f"{label}:1:1"))
    wrong = list(islice(chain(_wrong_keys(node, label), _unprintable(node, label, text)), _MOST_FINDINGS))
    if wrong:
        raise ContentError(*wrong)
    return node


def _text(path: Traversable, label: str) -> str:
    """A file's text, refused at the first byte or character that YAML cannot hold."""
    data = _bytes(path, label)
    if len(data) > MOST_BYTES:
        raise ContentError(Finding("is larger than 1 MB.", label, "A stretch has one small file of its own."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = _at_index(label, data[: problem.start].decode("utf-8", "replace"), -1)
        raise ContentError(Finding("is not text in UTF-8.", place, "Save it as UTF-8.")) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = Reader.NON_PRINTABLE.search(text)
    if bad:
        words = f"holds a character that YAML forbids, {describe(bad[0])}."
        raise ContentError(Finding(words, _at_index(label, text, bad.start()), "Take it out."))
    return text


def _bytes(path: Traversable, label: str) -> bytes:
    """What a file holds, never more than is needed to see that it is too large."""
    try:
        if not path.is_file():  # a pipe would wait for ever, a device never end
            raise ContentError(Finding("is not a file that can be read.", label))
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", label)) from None


def _guard(text: str, label: str) -> None:
    """Refuse aliases, tags, a second document and deep nesting before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, _Strict):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        problem, hint = _forbidden(event, depth, documents)
        if problem:
            raise ContentError(Finding(problem, _at(label, event.start_mark), hint))


def _forbidden(event: yaml.Event, depth: int, documents: int) -> tuple[str, str]:
    """What is wrong with an event, and the hint; two empty texts when it is fine."""
    if isinstance(event, yaml.AliasEvent):
        return f"the alias `*{event.anchor}` is not allowed.", "Write the text out."
    tag = getattr(event, "tag", None)
    if tag:
        return f"the tag `{tag.replace(_PREFIX, '!!')}` is not allowed.", "Leave it out."
    if depth > _DEEPEST:
        return "is nested too deeply.", ""
    return ("holds a second document after `---`.", "Give each a file of its own.") if documents > 1 else ("", "")


def _wrong_keys(node: yaml.Node, label: str) -> Iterator[Finding]:
    """Keys that are no text, and keys that stand twice: YAML readers would quietly take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag in _SCALARS:
                shown = f"the key `{key.value}`" if isinstance(key, yaml.ScalarNode) else "the key"
                yield Finding(f"{shown} is not text.", _at(label, key.start_mark), "Keys are plain words.")
            elif key.value in seen:
                yield Finding(f"the key `{key.value}` stands twice.", _at(label, key.start_mark), "Keep one.")
            else:
                seen.add(key.value)
            yield from _wrong_keys(value, label)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _wrong_keys(item, label)


def _unprintable(node: yaml.Node, label: str, text: str) -> Iterator[Finding]:
    """Characters that no shipped font can print: a gap on paper would be worse than a refusal."""
    for scalar in scalars(node):
        bad = first_unprintable(_plain(scalar.value).replace("\n", " "))
        if bad:
            problem = f"the character {describe(bad)} cannot be printed by the fonts we ship."
            start, end = scalar.start_mark, scalar.end_mark
            index = text.find(bad, start.index, end.index)  # an escape such as "\u200b" is not found: the value
            place = _at_index(label, text, index) if index >= 0 else _at(label, start)
            yield Finding(problem, place, "Write it another way.")


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


def place_of(path: Traversable, label: str, steps: Sequence[str | int]) -> str:
    """The place (file:line:column) of the value that some keys and indexes lead to."""
    return _at(label, _mark(_node(path, label), steps, key=False))


def _at(label: str, mark: Any) -> str:
    return f"{label}:{mark.line + 1}:{mark.column + 1}" if mark else label


def _at_index(label: str, text: str, index: int) -> str:
    """The place of a character of the text; of its end with -1."""
    before = text[:index] if index >= 0 else text
    return f"{label}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _yaml_finding(problem: Exception, label: str) -> Finding:
    mark = getattr(problem, "problem_mark", None)
    why = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    hint = "Check quotes, colons and indents (spaces, no tabs)."
    return Finding(f"is not valid YAML: {why}.", _at(label, mark), hint)


def _findings(error: ValidationError, root: yaml.Node, label: str) -> list[Finding]:
    """What pydantic found, in plain words, each at its place, each place once."""
    found: dict[str, Finding] = {}
    for item in error.errors(include_url=False)[:_MOST_FINDINGS]:
        path = [step for step in item["loc"] if not (isinstance(step, str) and _BRANCH.search(step))]
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


_BRANCH = re.compile(r"^\[key\]$|^(literal|tuple|function-[a-z]+)\[|^constrained-[a-z]+$")  # pydantic's own steps
_PLAIN = {
    "float_type": "should be a number.",
    "greater_than": "should be more than {gt}.",
    "int_type": "should be a whole number.",
    "string_type": "should be text.",
    "bool_type": "should be true or false.",
    "tuple_type": "should be a list.",
    "dict_type": "should hold one text a language, like `{{en: ...}}`.",
    "model_type": "should hold keys with values.",
    "date_type": "should be a date like 2026-11-22.",
    "date_from_datetime_parsing": "should be a date like 2026-11-22.",
    "greater_than_equal": "should be {ge} or more.",
    "less_than_equal": "should be {le} or less.",
    "string_too_short": "is empty.",
    "string_too_long": "is too long, at most {max_length} characters fit.",
    "too_short": "should hold {min_length} or more, it holds {actual_length}.",
    "too_long": "should hold {max_length} or fewer, it holds {actual_length}.",
}
_PATTERNS = {
    SOMETHING: "is empty.",
    ID: "should be small letters and digits, with hyphens between words, like hip-crossovers.",
    KEY: "should be letters and digits, like S01.",
    HTTPS: "should be a web address that begins with https://.",
    INSIDE: "should be an SVG or PNG file of this folder, like pictures/wall-push.svg.",
    PHONE: "should be a telephone number, like 555-0100.",
}


def _plainly(item: Any, path: Sequence[Any], root: yaml.Node) -> tuple[str, str]:
    """The problem and the hint for one of pydantic's findings."""
    kind, context = item["type"], item.get("ctx", {})
    if kind == "missing":
        return "is missing.", ""
    if kind == "extra_forbidden":
        known = _known_keys()
        if path[-1] in known:
            return "has no place here.", "Take it out."
        return "is not a key we know.", did_you_mean(str(path[-1]), known)
    if kind == "literal_error":
        wanted = context["expected"].replace("'", "")
        shown = "nothing" if item["input"] is None else f"“{str(item['input'])[:60]}”"
        return f"{shown} is not one of: {wanted}.", did_you_mean(shown, re.split(r", | or ", wanted))
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "is no name that a picture knows."), ""
    if kind in _PLAIN:
        hint = 'Put it in quotes ("...") if it is text.' if kind == "string_type" else ""
        return _PLAIN[kind].format(**context), hint
    return f"{item['msg'].removeprefix('Value error, ')}.", ""


def _known_keys() -> list[str]:
    """The keys of every record there is, as they stand in files."""
    return sorted({field.alias or name for kind in kinds() for name, field in kind.model_fields.items()})
