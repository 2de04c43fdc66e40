"""Results as a table to read and as values for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | float


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first cell of each row says what it is of."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def __str__(self) -> str:
        lines = [tuple(self.head), *(tuple(map(shown, row)) for row in self.rows)]
        first, *widths = (max(map(len, column)) for column in zip(*lines, strict=True))
        return "\n".join([self.title, *(_line(line, first, widths) for line in lines)])

    def markdown(self) -> str:
        """The same for a page."""
        rows = [self.head, ["---", *["--:"] * (len(self.head) - 1)], *(list(map(shown, row)) for row in self.rows)]
        return "\n".join([f"**{self.title}**", "", *(f"| {' | '.join(row)} |" for row in rows)])

    @classmethod
    def of(cls, title: str, values: Sequence[Mapping[str, Any]]) -> Table:
        """A table from the values of its rows."""
        return cls(title, [*values[0]], [[*row.values()] for row in values])

    def values(self) -> list[dict[str, Any]]:
        """A dictionary a row, by the words of the head."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


def shown(cell: Cell) -> str:
    """A cell in words: whole from 100 on, else with three digits."""
    if isinstance(cell, str):
        return cell
    return f"{cell:,.0f}" if cell == int(cell) or abs(cell) >= 100 else f"{cell:.3g}"


def _line(cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    name, *rest = cells
    return "  " + "  ".join([name.ljust(first), *(c.rjust(w) for c, w in zip(rest, widths, strict=True))])
