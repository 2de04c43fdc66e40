"""Checked orders on their way, in a file that nobody else can open: memory stays flat."""

from __future__ import annotations

import pickle
import re
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from handouts.batch.order import Order
from handouts.errors import ContentError, Finding

_DIGITS = re.compile(r"\d+")


class Spool:
    """Orders in a temporary file without a name, open for its owner alone; it is gone when the process is."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix=".handouts-")  # noqa: SIM115 - closed by __exit__
        self._offsets = array("Q")
        self._places: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, order: Order) -> None:
        """Keep one order. Raises ContentError when the temporary folder is full."""
        try:
            self._offsets.append(self._file.tell())
            pickle.dump(order, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as problem:
            hint = "Free some space there, or set TMPDIR to another folder."
            raise ContentError(Finding(f"{problem.strerror}.", tempfile.gettempdir(), hint)) from None
        self._places.append(f"{natural(order.group)}\0{order.group}\0{natural(order.sort)}")

    def __iter__(self) -> Iterator[Order]:
        """The orders as the table has them."""
        return self._read(range(len(self)))

    def in_print_order(self) -> Iterator[Order]:
        """The orders by group, within it by `sort`, then as the table has them."""
        return self._read(sorted(range(len(self)), key=self._places.__getitem__))

    def _read(self, indexes: Iterable[int]) -> Iterator[Order]:
        for index in indexes:
            self._file.seek(self._offsets[index])
            order: Order = pickle.load(self._file)
            yield order


def natural(text: str) -> str:
    """A text by which numbers sort as numbers: ward 2 before ward 10, whatever the case of the letters."""
    return _DIGITS.sub(_counted, text.casefold())


def _counted(digits: re.Match[str]) -> str:
    """A number led by how long it is."""
    number = digits[0].lstrip("0")
    return f"{len(number):03}{number}"
