"""A print file while it grows: in a temporary file beside its place, until all that is printed is whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from handouts.batch.ticket import Printed, Stacked
from handouts.layout.edition import PAPERS, Press
from handouts.layout.rows import Glyph
from handouts.pdf.metadata import Metadata
from handouts.pdf.writer import File
from handouts.render import Laid, fonts

_PART = "Part"  # the tag of one handout


class Volume:
    """One print file of one paper. Nothing but its owner can open it. Methods raise OSError."""

    def __init__(self, folder: Path, paper: str, press: Press, meta: Metadata) -> None:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".handouts-", suffix=".part")
        self.paper = paper
        self.pages = self.sheets = self.separators = 0
        self.orders: list[Stacked] = []
        self._part = Path(name)
        self._press = press
        self._shown: set[Glyph] = set()
        self._sink = os.fdopen(handle, "wb")
        self._file = File(self._sink, meta)

    def add(self, handout: Laid, bookmark: str = "") -> None:
        """Pages that share their sheets with no others: on two-sided paper an empty one fills the last sheet.

        `bookmark` stands for them in the outline: those of each page would bury it.
        """
        self._file.part(handout.branches, _PART, bookmark)
        fills = self._press.two_sided and handout.pages % 2
        if fills:
            self._file.blank((PAPERS[self.paper].width, PAPERS[self.paper].height))
        self.pages += handout.pages + fills
        self.sheets += self._press.sheets(handout.pages)
        self._shown |= handout.shown

    def close(self) -> None:
        """Write what its handouts share, down to the disk."""
        self._file.close(fonts(self._shown))
        self._sink.flush()
        os.fsync(self._sink.fileno())
        self._sink.close()
        del self._file  # what it knows of every object is not needed any more

    def publish(self, path: Path) -> Printed:
        """Give it its name, once it is closed."""
        os.replace(self._part, path)
        return Printed(path.name, self.paper, self.pages, self.sheets, self.separators, tuple(self.orders))

    def discard(self) -> None:
        """Leave nothing that has no name yet."""
        with suppress(OSError):
            self._sink.close()
        with suppress(OSError):
            self._part.unlink()
