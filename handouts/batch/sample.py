"""Stands in for the writer of made-up patients until that is joined."""

from __future__ import annotations

from pathlib import Path


def write_sample(count: int, path: Path) -> None:
    """A table of made-up people."""
    rows = (f"S{number},Sam Sample {number},foot-roll\n" for number in range(1, count + 1))
    path.write_text("ref,for,stretches\n" + "".join(rows))


def write_template(kind: str, path: Path) -> None:
    """An empty table."""
    path.write_text("ref,for,stretches\n")
