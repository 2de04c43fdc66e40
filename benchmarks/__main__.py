"""Measure handouts: `python -m benchmarks [one|batch|growth|memory|stages|all]`. Nothing passes or fails.

Times differ from hour to hour: quote medians, and compare within one run. The whole growth, `--most 10000`, takes
as long as 11,111 handouts.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.measures import MEASURES, Asked, measured
from benchmarks.process import machine


def main() -> None:
    """Measure what is asked for, show it, and keep it where a file is named."""
    asked = _parser().parse_args()
    host = machine()
    print("\n".join(f"{name:10} {value}" for name, value in host.items()), flush=True)
    kept: dict[str, list[Any]] = defaultdict(list)
    names = [*MEASURES] if asked.what == "all" else [asked.what]
    for name, table in measured(names, Asked(asked.rounds, asked.documents, asked.most)):
        print(f"\n{table}", flush=True)
        kept[name].append({"title": table.title, "rows": table.values()})
    if asked.json:
        asked.json.write_text(json.dumps({"machine": host, **kept}, indent=1) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="all", choices=[*MEASURES, "all"])
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results, with the machine named")
    parser.add_argument("--documents", type=int, default=200, help="handouts of a batch in standard print")
    parser.add_argument("--rounds", type=int, default=9, help="cold processes of each kind")
    parser.add_argument("--most", type=int, default=1000, help="handouts of the largest batch of the growth")
    return parser


if __name__ == "__main__":
    main()
