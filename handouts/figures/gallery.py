"""The gallery: a page in `docs/` with every picture and the words that tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from handouts.export import Exhibit, as_svg
from handouts.faults import CHOICE
from handouts.files import write_whole
from handouts.picture import read
from handouts.poses import Figures

_HEAD = """# Pictures

Every picture that is drawn, and the words a listener hears instead. Made with `python -m handouts.figures gallery`
from the display lists that `python -m handouts.figures draw` writes. No clinician has reviewed them yet.
"""
Shelf = tuple[str, Path, Mapping[str, Figures]]  # a heading, where the lists are, what they were drawn from


def write(docs: Path, *shelves: Shelf) -> None:
    """Write `pictures.md` and an SVG for every picture."""
    parts = [_HEAD]
    for heading, folder, every in shelves:
        parts.append(f"## {heading}\n")
        for name in sorted(every):
            parts += _entry(docs, folder, name, every[name])
    kept = {f"{name}.svg" for _, _, every in shelves for name in every}
    for old in (docs / "pictures").glob("*.svg"):
        if old.name not in kept:
            old.unlink()
    write_whole(docs / "pictures.md", "\n".join(parts).encode())


def _entry(docs: Path, folder: Path, name: str, figures: Figures) -> Iterator[str]:
    title = name.replace("-", " ").capitalize()
    alts = [CHOICE.sub(r"\1", panel.alt["en"]) for panel in figures.panels]
    panels = tuple(zip(read(folder / f"{name}.json").panels, alts, strict=True))
    write_whole(docs / "pictures" / f"{name}.svg", as_svg(Exhibit(title, "en-US", panels, False, "standard")))
    yield f"### {title}\n\n![{' '.join(alts)}](pictures/{name}.svg)\n"
    yield "\n".join(f"{number}. {alt}" for number, alt in enumerate(alts, 1)) + "\n"
