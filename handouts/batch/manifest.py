"""What a folder knows of its batch: `manifest.jsonl`, a line a row, only ever added to."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from handouts import __version__
from handouts.batch.lock import locked
from handouts.errors import ContentError, Finding, unwritable
from handouts.files import PRIVATE

NAME = "manifest.jsonl"
MADE, FAILED = "made", "failed"


class Manifest:
    """The manifest of a folder, locked against a second run as long as it is open. Raises ContentError.

    `day` is the date of the batch, "" when it has none yet; `redacted`: its handouts hold made-up words. `damaged`
    are lines that cannot be read, save one that was cut off at the end: nobody counts on that one.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._handle = self._opened()
        self.day = ""
        self.redacted = False
        self.damaged: list[int] = []
        self.printed: dict[str, dict[str, Any]] = {}  # by the name of the print file
        self._latest: dict[str, bytes] = {}
        try:
            if not locked(self._handle):
                hint = "Wait until it is done, or stop it, or use another folder."
                raise ContentError(Finding("another batch is at work in this folder.", str(folder), hint))
            self._read()
        except BaseException:
            os.close(self._handle)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)

    def __len__(self) -> int:
        """How many handouts were made and are not asked for yet."""
        return len(self._latest)

    def begin(self, day: str, *, redacted: bool = False) -> None:
        """Say the day of the batch, where it is another than before, and what kind of words its handouts hold."""
        if day != self.day:
            self.add({"batch": 1, "version": __version__, "day": day, "redacted": redacted})
            self.day, self.redacted = day, redacted

    def known(self, ref: str) -> tuple[str, str]:
        """Key and SHA-256 of the handout as it was made last, each "" where it was not. Asked once for a ref."""
        both = self._latest.pop(ref, b"").hex()
        return both[:64], both[64:]

    def others(self) -> Iterator[str]:
        """The refs that were made once and were not asked for."""
        yield from self._latest

    def add(self, line: Mapping[str, Any]) -> None:
        """Add a line. Raises ContentError; what is written of it then is told from a line at the next start."""
        self._write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def _opened(self) -> int:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, PRIVATE)
            self._path.chmod(PRIVATE)
            return handle
        except OSError as problem:
            raise self._refused(problem) from None

    def _write(self, data: bytes) -> None:
        try:
            while data:
                data = data[os.write(self._handle, data) :]
        except OSError as problem:
            raise self._refused(problem) from None

    def _refused(self, problem: OSError) -> ContentError:
        return unwritable(problem, self._path, "Then run the same command again.")

    def _read(self) -> None:
        """Take in every line; of a ref the last one counts. A line that was cut off is closed by a mark."""
        broken: list[int] = []  # lines that the next mark explains
        number, line = 0, b"\n"
        with open(self._handle, "rb", closefd=False) as file:
            for number, line in enumerate(file, 1):
                try:
                    cut = self._take(json.loads(line if line.endswith(b"\n") else b""))
                except (ValueError, KeyError, TypeError, AttributeError):
                    broken.append(number)
                    continue
                self.damaged += [] if cut else broken
                broken = []
        if line.endswith(b"\n"):
            self.damaged += broken
        else:
            self._write(b'\n{"cut":%d}\n' % number)

    def _take(self, line: Any) -> bool:
        """Take in one line; True where it says that the one before was cut off."""
        if "day" in line:
            self.day = dt.date.fromisoformat(line["day"]).isoformat()
            self.redacted = line.get("redacted") is True
        elif "status" in line:
            self._latest.pop(line["ref"], None)
            if line["status"] == MADE:
                self._latest[line["ref"]] = bytes.fromhex(line["key"] + line["sha256"])
        elif "print" in line:
            self.printed[line["print"]] = line
        return "cut" in line
