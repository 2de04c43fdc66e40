"""`python -m handouts.figures`: draw what changed, check poses, and write the gallery."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pydantic import TypeAdapter

from handouts.errors import Finding, HandoutError, RequestError, did_you_mean
from handouts.figures import gallery
from handouts.figures.check import findings
from handouts.figures.gallery import Shelf
from handouts.figures.store import draw_stale
from handouts.library import open_library
from handouts.poses import Figures
from handouts.yamlread import read

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED, MORE = ROOT / "stretches" / "pictures", ROOT / "docs" / "pictures"
POSES = ROOT / "docs" / "poses.yaml"


def of_stretches(own: Path | None = None) -> dict[str, Figures]:
    """The pictures of the shipped stretches, or of those in a folder of one's own."""
    library = open_library(own)
    every = {id: library.stretch(id).figures for id in library.folders[-1].stretch_ids}
    return {id: figures for id, figures in every.items() if figures is not None}


def of_gallery() -> dict[str, Figures]:
    """Further poses, which show what else can be drawn; only a checkout has them."""
    return dict(read(POSES, TypeAdapter(dict[str, Figures]), POSES.name)) if POSES.exists() else {}


def _shelves(own: Path | None) -> list[Shelf]:
    """Where pictures are, and what they are drawn from."""
    if own:
        return [("Stretches", own / "pictures", of_stretches(own))]
    return [("Stretches", SHIPPED, of_stretches()), ("Further poses", MORE, of_gallery())]


def main(words: list[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    asked = _parser().parse_args(words)
    try:
        return int(asked.run(asked))
    except HandoutError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        return int(problem.code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m handouts.figures", description=__doc__)
    commands = parser.add_subparsers(required=True)
    draw = commands.add_parser("draw", help="draw what is missing or changed, on all cores")
    draw.add_argument("names", nargs="*", help="stretches or gallery poses; all, unless some are named")
    draw.add_argument("--all", action="store_true", help="draw even what is fresh")
    draw.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    draw.set_defaults(run=_draw)
    check = commands.add_parser("check", help="say what does not reach, floats or passes through")
    check.add_argument("names", nargs="*")
    check.set_defaults(run=_check)
    for command in (draw, check):
        command.add_argument("--stretches", type=Path, help="a folder with stretches of your own")
    page = commands.add_parser("gallery", help="write docs/pictures.md and its pictures")
    page.set_defaults(run=_gallery)
    return parser


def _chosen(asked: argparse.Namespace) -> list[tuple[Path, dict[str, Figures]]]:
    """The named pictures, or all, with the folder they are in."""
    shelves = _shelves(asked.stretches)
    every = [name for _, _, mine in shelves for name in mine]
    unknown = [Finding(f"no picture is called {name}.", hint=did_you_mean(name, every))
               for name in asked.names if name not in every]  # fmt: skip
    if unknown:
        raise RequestError(*unknown)
    wanted = asked.names or every
    return [(folder, {name: mine[name] for name in mine if name in wanted}) for _, folder, mine in shelves]


def _draw(asked: argparse.Namespace) -> int:
    for folder, mine in _chosen(asked):
        folder.mkdir(parents=True, exist_ok=True)
        draw_stale(folder, mine, asked.all or bool(asked.names), asked.jobs, _told)
        if not asked.names:
            for gone in {path.stem for path in folder.glob("*.json")} - set(mine):
                (folder / f"{gone}.json").unlink()
    return 0


def _told(name: str, size: int) -> None:
    print(f"{name}: {size / 1024:.0f} KB")  # noqa: T201


def _check(asked: argparse.Namespace) -> int:
    wrong = 0
    for _, mine in _chosen(asked):
        for name, figures in mine.items():
            for text in findings(name, figures):
                print(f"{name}: {text}")  # noqa: T201
                wrong += 1
    return 1 if wrong else 0


def _gallery(_: argparse.Namespace) -> int:
    gallery.write(ROOT / "docs", *_shelves(None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
