"""Our side of the peer comparison: the peers' JSON workload, made with our own blocks, layout and writer.

    python benchmarks/peers.py one DATA OUT        one document to a file
    python benchmarks/peers.py batch DATA DIR      a list of documents to DIR/0000.pdf, DIR/0001.pdf, ...

In the runner of the peers: `--ours-one 'PYTHON benchmarks/peers.py one {data} {out}'` and
`--ours-batch 'PYTHON benchmarks/peers.py batch {data} {dir}'`.

Large edition, Letter. The words are those of the workload, in its order. In place of its drawings stands the
mark of a position; the fonts, sizes and spaces are ours, not those of its `design`.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from handouts import blocks as b
from handouts.layout.edition import BLUE, EDITIONS, PAPERS, RED, Geometry
from handouts.layout.marks import MARKS
from handouts.layout.pages import Foot
from handouts.pdf.metadata import Metadata
from handouts.render import render

Workload = Mapping[str, Any]

_ROOM = Geometry(EDITIONS["large"], PAPERS["letter"])
_PAGE = "Page {page} of {pages}"  # every peer has these words in its own template
_TICK = "\u2610"  # the workload has no words for an empty box
_DAY = dt.date(2026, 3, 3)  # for the metadata: the same input gives the same bytes
_MARKS = {
    "hip-crossovers": "lying",
    "hip-flexor": "lying",
    "calf-stretch": "standing",
    "ankle-stretch": "sitting",
    "foot-roll": "standing",
}


def handout(data: Workload) -> bytes:
    """One document of the workload to the bytes of a file."""
    foot = Foot(data["disclaimer"]["footer"], _PAGE)
    return render(_sections(data), foot, _ROOM, Metadata(data["title"], data["lang"], _DAY))


def _sections(data: Workload) -> list[b.Section]:
    stretches = [_stretch(stretch, data["labels"]) for stretch in data["stretches"]]
    return [_front(data), *stretches, _week(data), _disclaimer(data)]


def _front(data: Workload) -> b.Section:
    lines = tuple(b.labelled(label, b.plain(value)) for label, value in data["patient"])
    note = b.labelled(data["labels"]["note"], b.plain(data["note"]))
    return b.Section((b.Title(data["title"], lines), b.Aside((note,), BLUE)))


def _stretch(stretch: Workload, labels: Workload) -> b.Section:
    return b.Section(tuple(_stretch_blocks(stretch, labels)), name=stretch["name"], stretch=True)


def _stretch_blocks(stretch: Workload, labels: Workload) -> Iterator[b.Block]:
    """In the workload's order: the caution comes last, though our own sheets warn first."""
    yield b.Heading(2, stretch["name"], bookmark=True)
    yield b.Text(b.labelled(labels["works"], b.plain(stretch["target"])))
    yield b.Text(b.labelled(labels["why"], b.plain(stretch["why"])))
    yield b.Dose(tuple((label, value) for label, value in stretch["facts"]))
    steps = tuple(map(b.plain, stretch["steps"]))
    mark = MARKS[_MARKS[stretch["drawing"]]]
    picture = b.Picture(mark, False, stretch["alt"], "", 0, mark.scale)
    yield b.Demonstration((picture,), steps, (), held=len(steps) - 1)
    yield b.Aside((b.labelled(labels["care"], b.plain(stretch["caution"]), RED),), RED)


def _week(data: Workload) -> b.Section:
    """A table of empty boxes; it begins a page, as in the peers."""
    tracker = data["tracker"]
    names = tuple(stretch["name"] for stretch in data["stretches"])
    table = b.Log(data["labels"]["stretch"], tuple(tracker["days"]), names, _TICK)
    head = b.Heading(2, tracker["title"], bookmark=True)
    return b.Section((head, b.Text(b.plain(tracker["intro"])), table), name=tracker["title"], fresh=True)


def _disclaimer(data: Workload) -> b.Section:
    words = data["disclaimer"]
    head = b.Heading(2, words["title"], bookmark=True)
    return b.Section((head, b.Text(b.plain(words["text"]))), name=words["title"])


def one(data: Workload, out: Path) -> None:
    """One document."""
    out.write_bytes(handout(data))


def batch(documents: list[Workload], folder: Path) -> None:
    """A document a file, in list order when sorted by name."""
    for index, data in enumerate(documents):
        (folder / f"{index:04d}.pdf").write_bytes(handout(data))


_COMMANDS: dict[str, Callable[[Any, Path], None]] = {"one": one, "batch": batch}


def main() -> None:
    """Read the workload and make its files."""
    if len(sys.argv) != 4 or sys.argv[1] not in _COMMANDS:
        sys.exit(__doc__)
    command, data, target = sys.argv[1:]
    _COMMANDS[command](json.loads(Path(data).read_text(encoding="utf-8")), Path(target))


if __name__ == "__main__":
    main()
