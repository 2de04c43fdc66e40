"""Put results into docs/performance.md, between its marks.

    python -m benchmarks.page --peers OUT/result.json --own own.json

OUT is the folder of the peers' `run.py`, and own.json what `python -m benchmarks --json own.json` kept; either may
be left out. Nothing is written by hand between the marks.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.table import Cell, Table

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
OURS = "ours"
_LIMIT = "deflate pages + write"
_NAMES = ("typst", "weasyprint", "forme", "chromium", "libreoffice", "emboss-pdf", "fpdf2", "reportlab", "poppler")

Results = Mapping[str, Any]  # as run.py keeps them


@dataclass(frozen=True)
class Goal:
    """A ratio that is wanted: at least `limit` where `least`, else at most."""

    what: str
    limit: float
    ratio: Callable[[Results], float]
    least: bool = False

    def row(self, results: Results) -> list[Cell]:
        """What is wanted, what was measured, and whether that will do."""
        found = self.ratio(results)
        met = found >= self.limit if self.least else found <= self.limit
        said = "lost in noise" if not found else "yes" if met else "**no**"
        return [self.what, f"{'at least' if self.least else 'at most'} {self.limit:g}", found, said]


def _to(peer: str, key: str) -> Callable[[Results], float]:
    """Our figure in parts of a peer's; 0 where one of them is lost: a difference of two times can fall below 0."""

    def ratio(results: Results) -> float:
        ours, theirs = (float(results["table"][name][key]) for name in (OURS, peer))
        return ours / theirs if min(ours, theirs) > 0 else 0.0

    return ratio


def _of_the_limit(results: Results) -> float:
    return float(results["table"][OURS]["warm_docs_s"] / results["floor"][OURS]["docs_per_s"][_LIMIT])


GOALS = (
    Goal("warm batch, documents a second, to typst", 10, _to("typst", "warm_docs_s"), least=True),
    Goal("warm batch, documents a second, to WeasyPrint", 100, _to("weasyprint", "warm_docs_s"), least=True),
    Goal("warm batch, to “deflate the page streams and write”", 0.5, _of_the_limit, least=True),
    Goal("one handout, cold, to WeasyPrint", 0.25, _to("weasyprint", "cold_s")),
    Goal("one handout, cold, to typst", 4, _to("typst", "cold_s")),
    Goal("bytes of a batch document, to WeasyPrint", 1, _to("weasyprint", "batch_bytes")),
    Goal("peak memory of one, to typst", 1.5, _to("typst", "cold_rss_mib")),
    Goal("peak memory of a batch, to typst", 1.5, _to("typst", "batch_rss_mib")),
    Goal("one more stretch in a document, to typst", 1, _to("typst", "ms_per_added_stretch")),
)

_HEAD = (
    "tool", "one, cold, s", "peak MiB", "warm documents/s", "CPU ms each", "batch peak MiB", "KB each",
    "ms for one more stretch", "PDF/UA-1", "words heard", "whole feet", "pictures with words",
)  # fmt: skip


def peers(results: Results) -> Iterator[Table]:
    """Every tool, the goals, and what the bytes themselves would take."""
    table = results["table"]
    yield Table("Every tool, on the same work", _HEAD, [_tool(name, row) for name, row in table.items()])
    goals = [goal.row(results) for goal in GOALS]
    yield Table("The goals: ours to theirs", ("what", "goal", "measured", "met"), goals)
    limits = [[kind, rate] for kind, rate in results["floor"][OURS]["docs_per_s"].items()]
    yield Table("The limit: our own bytes, without making them", ("what is done", "documents/s"), limits)


def _tool(name: str, row: Mapping[str, Any]) -> list[Cell]:
    whole, pages = row["footers"]
    valid = "conforms" if row["ua1"] else f"{row['ua1_rules']} rules fail"
    costs = ("cold_s", "cold_rss_mib", "warm_docs_s", "batch_cpu_ms", "batch_rss_mib")
    heard = f"{row['heard']:.0%}", f"{whole} of {pages}", f"{row['alt']} of {row['figures']}"
    return [
        f"**{name}**" if name == OURS else name,
        *(row[key] for key in costs),
        row["batch_bytes"] / 1000,
        row.get("ms_per_added_stretch", ""),
        valid,
        *heard,
    ]


def _peers_text(results: Results) -> str:
    known = results["versions"]
    names = ", ".join(f"{name} {known[name].removeprefix('pdfinfo version ')}" for name in _NAMES if name in known)
    host = f"{results['cpus']} cores, Python {results['python']}, {results['rounds']} rounds in turn"
    dated = f"Measured {results['when']}: {host}, batches of {results['batch']} and {results['small']}. {names}."
    return "\n\n".join([dated, *(table.markdown() for table in peers(results))])


def _own_text(kept: Mapping[str, Any]) -> str:
    host = kept["machine"]
    tables = [measure for key, measures in kept.items() if key != "machine" for measure in measures]
    dated = f"Measured {host['when']}: {host['platform']}, {host['processor']}, Python {host['Python']}."
    return "\n\n".join([dated, *(Table.of(table["title"], table["rows"]).markdown() for table in tables)])


def placed(page: str, mark: str, text: str) -> str:
    """The page with a text between two marks. Raises LookupError where they are not."""
    between = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    if not between.search(page):
        raise LookupError(f"the page has no <!-- {mark} --> with <!-- /{mark} --> after it")
    return between.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page)


_TEXTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {"peers": _peers_text, "own": _own_text}


def main() -> None:
    """Read the results that are named and write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in _TEXTS:
        parser.add_argument(f"--{name}", type=Path, metavar="FILE")
    page = PAGE.read_text(encoding="utf-8")
    for name, file in vars(parser.parse_args()).items():
        if file:
            page = placed(page, name, _TEXTS[name](json.loads(file.read_text(encoding="utf-8"))))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
