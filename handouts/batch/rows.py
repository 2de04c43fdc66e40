"""A row of any kind of table, before it is checked, and the names of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from handouts.errors import Finding, RequestError, did_you_mean

# The long names of the options of `handouts make`, and what a stack needs to know besides.
COLUMNS = (
    "ref", "for", "from", "date", "title", "note", "routine", "stretches", "dose", "print", "paper", "form",
    "language", "position", "area", "equipment", "helper", "can", "avoid", "minutes", "recipe", "log",
    "allow-dose", "group", "sort", "copies",
)  # fmt: skip
_KNOWN = frozenset(COLUMNS)
OWN = "x-"  # how the names of columns begin that are left alone
_MEANT = {
    "name": "for", "patient": "for", "person": "for", "clinic": "from", "exercise": "stretches",
    "exercises": "stretches", "stretch": "stretches", "doses": "dose", "comment": "note", "notes": "note",
    "id": "ref", "reference": "ref", "edition": "print", "size": "print", "large-print": "print", "no-log": "log",
    "ward": "group", "order": "sort", "order-by": "sort", "flags": "avoid", "code": "recipe",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """The cells that are filled, by column, and what was wrong in reading them; none where nothing was read."""

    number: int
    cells: Mapping[str, str]
    wrong: tuple[Finding, ...] = ()


def known_name(name: str) -> str:
    """A column's name as it stands in `COLUMNS`; `OWN` for one that is left alone. Raises RequestError."""
    own = name.strip().casefold()
    if own in COLUMNS:
        return own
    if own.startswith(OWN):
        return OWN
    hint = _near(own) or f"The columns are {', '.join(COLUMNS)}; one that begins with {OWN} is left alone."
    raise RequestError(Finding(f"there is no column “{name.strip()[:60]}”.", "", hint))


def _near(name: str) -> str:
    plain = name.replace(" ", "-").replace("_", "-")
    return f"Did you mean {_MEANT[plain]}?" if plain in _MEANT else did_you_mean(plain, COLUMNS)


def head_of(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table by its first row; "" for one without a name. Raises RequestError with all faults.

    Where no `ref` stands in it the row may be a person's: then nothing of it is shown.
    """
    columns, wrong = list[str](), list[Finding]()
    for name in names:
        try:
            columns.append(known_name(name) if name.strip() else "")
        except RequestError as problem:
            wrong += problem.findings
    if "ref" not in columns:
        hint = "The first row holds the names of the columns; each row needs a `ref` of its own, such as P-0001."
        raise RequestError(Finding("has no column `ref`.", "", hint))
    wrong += [Finding(f"the column `{name}` stands twice.", "", "Keep one.") for name in _twice(columns)]
    if wrong:
        raise RequestError(*wrong)
    return tuple(columns)


def _twice(columns: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(columns).items() if count > 1 and name in COLUMNS]


def row_of(number: int, columns: Sequence[str], texts: Sequence[str]) -> Row | None:
    """A row from its cells in order; None where all are blank.

    With a cell beside the columns, be it blank, no cell may be in its place, and none is read: it could be a name
    that is shown, or a group made of one.
    """
    filled = [(name, text) for name, text in zip_longest(columns, texts, fillvalue="") if text and text.strip()]
    if not filled:
        return None
    if len(texts) > len(columns):
        hint = "Put a text that holds the sign between cells in quotes, and leave no blank cells at the end."
        return Row(number, {}, (Finding("has more cells than the first row.", "", hint),))
    if not all(name for name, _ in filled):
        hint = "Put a text that holds the sign between cells in quotes, or name the column."
        return Row(number, {}, (Finding("a text stands under no column's name.", "", hint),))
    return Row(number, {name: text.strip() for name, text in filled if name in _KNOWN})
