"""Our side of the peer comparison: the peers' JSON workload, made with our own blocks, layout and writer.

    python benchmarks/peers.py one DATA OUT PEERS        one document to a file
    python benchmarks/peers.py batch DATA DIR PEERS      a list of documents to DIR/0000.pdf, DIR/0001.pdf, ...

PEERS is the folder that holds the peers' `drawings`. In the runner of the peers:
`--ours-one 'PYTHON benchmarks/peers.py one {data} {out} {peers}'` and
`--ours-batch 'PYTHON benchmarks/peers.py batch {data} {dir} {peers}'`.

Words, order, pictures and sizes are those of the workload; docs/performance.md says what still differs.
"""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from handouts import blocks as b
from handouts.drawing import Own
from handouts.garbage import collect_less
from handouts.images import read
from handouts.layout.edition import BLUE, EDITIONS, Geometry, Paper
from handouts.layout.pages import Foot
from handouts.pdf.metadata import Metadata
from handouts.render import render

Workload = Mapping[str, Any]

_PAGE = "Page {page} of {pages}"  # every peer has these words in its own template
_TICK = "\u2610"  # the workload has no words for an empty box
_DAY = dt.date(2026, 3, 3)  # for the metadata: the same input gives the same bytes
_SIZES = ("margin", "body", "leading", "h1", "h2", "footer")
_PICTURE = 300.0  # points, as the peers' templates have it
_BETWEEN, _BETWEEN_STEPS = 8.0, 2.0  # points between paragraphs, and between steps, as in their style sheet


def handout(data: Workload, peers: Path) -> bytes:
    """One document of the workload to the bytes of a file."""
    design = data["design"]
    share = design["body"] / design["footer"]
    sections = tuple(_sections(data, peers / "drawings", share))
    foot = Foot(data["disclaimer"]["footer"], _PAGE)
    room = _room(tuple(design["page"]), *(design[name] for name in _SIZES))
    return render(sections, foot, room, Metadata(data["title"], data["lang"], _DAY))


@lru_cache(maxsize=8)
def _room(page: tuple[float, float], *sizes: float) -> Geometry:
    """The workload's page. The foot has type of its own size: that is the edition's, all else is enlarged."""
    width, height = page
    margin, body, leading, h1, h2, footer = sizes
    share = footer / body
    edition = EDITIONS["large"]._replace(
        body=footer,
        small=footer,
        value=footer,
        h1=h1 * share,
        h2=h2 * share,
        pitch=leading / body,
        most=int(width),  # their lines have no limit but the margins
        widest=width,
        margin=margin,
        paragraph_gap=_BETWEEN / leading,
        step_gap=_BETWEEN_STEPS / leading,
        stroke=1.0,
        picture=_PICTURE,
    )
    return Geometry(edition, Paper("letter", width, height))


def _sections(data: Workload, drawings: Path, share: float) -> Iterator[b.Section]:
    labels = tuple(data["labels"][label] for label in ("works", "why", "care"))
    yield b.Section(_front(data), enlarged=share)
    for stretch in data["stretches"]:
        yield b.Section(_stretch(stretch, labels, drawings), stretch["name"], stretch=True, enlarged=share)
    title, disclaimer = data["tracker"]["title"], data["disclaimer"]["title"]
    yield b.Section(_week(data), title, fresh=True, enlarged=share)
    yield b.Section(_disclaimer(data), disclaimer, enlarged=share)


def _front(data: Workload) -> tuple[b.Block, ...]:
    lines = tuple(b.labelled(label, b.plain(value)) for label, value in data["patient"])
    return b.Title(data["title"], lines), _paragraph(data["labels"]["note"], data["note"])


def _stretch(stretch: Workload, labels: tuple[str, ...], drawings: Path) -> tuple[b.Block, ...]:
    """In the workload's order: the caution comes last, though our own sheets warn first.

    Four facts are the dose box; what one needs is a paragraph, as on our own sheets.
    """
    *dose, (need, needed) = stretch["facts"]
    words = (stretch["name"], stretch["target"], stretch["why"], need, needed, stretch["caution"], stretch["alt"])
    above, below = _undosed(words, tuple(stretch["steps"]), drawings / f"{stretch['drawing']}.svg", labels)
    return *above, b.Dose(tuple([(label, value) for label, value in dose])), *below


@lru_cache(maxsize=128)
def _undosed(
    words: tuple[str, ...], steps: tuple[str, ...], path: Path, labels: tuple[str, ...]
) -> tuple[tuple[b.Block, ...], tuple[b.Block, ...]]:
    """What is above and below a stretch's dose: the same for everyone."""
    name, target, why, need, needed, caution, alt = words
    works, because, care = labels
    drawing = _drawing(path)
    picture = b.Picture(drawing, False, alt, "", 0, drawing.scale)
    above = b.Heading(2, name, bookmark=True), _paragraph(works, target), _paragraph(because, why)
    shown = b.Demonstration((picture,), tuple(map(b.plain, steps)), (), held=len(steps) - 1)
    return above, (_paragraph(need, needed), shown, b.Aside((_labelled(care, caution),), BLUE))


@lru_cache(maxsize=64)
def _drawing(path: Path) -> Own:
    """A drawing as our own reader sees it, once a process."""
    return read(path, path.name)


def _paragraph(label: str, words: str) -> b.Text:
    return b.Text(_labelled(label, words))


def _labelled(label: str, words: str) -> b.Spans:
    return b.labelled(f"{label}:", b.plain(words))


def _week(data: Workload) -> tuple[b.Block, ...]:
    """A table of empty boxes; it begins a page, as in the peers."""
    tracker = data["tracker"]
    names = tuple(stretch["name"] for stretch in data["stretches"])
    table = b.Log(data["labels"]["stretch"], tuple(tracker["days"]), names, _TICK)
    head = b.Heading(2, tracker["title"], bookmark=True)
    return head, b.Text(b.plain(tracker["intro"])), table


def _disclaimer(data: Workload) -> tuple[b.Block, ...]:
    words = data["disclaimer"]
    head = b.Heading(2, words["title"], bookmark=True)
    return head, b.Text(b.plain(words["text"]))


def one(data: Workload, out: Path, peers: Path) -> None:
    """One document."""
    out.write_bytes(handout(data, peers))


def batch(documents: list[Workload], folder: Path, peers: Path) -> None:
    """A document a file, in list order when sorted by name."""
    for index, data in enumerate(documents):
        (folder / f"{index:04d}.pdf").write_bytes(handout(data, peers))


_COMMANDS: dict[str, Callable[[Any, Path, Path], None]] = {"one": one, "batch": batch}


def main() -> None:
    """Read the workload and make its files."""
    if len(sys.argv) != 5 or sys.argv[1] not in _COMMANDS:
        sys.exit(__doc__)
    collect_less()  # as the command does
    atexit.register(gc.freeze)
    command, data, *places = sys.argv[1:]
    _COMMANDS[command](json.loads(Path(data).read_text(encoding="utf-8")), *map(Path, places))


if __name__ == "__main__":
    main()
