"""The command line: arguments in, one call, plain words out."""

from __future__ import annotations

import sys


def main() -> None:
    """The entry point. `--version` answers before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from handouts import __version__

        print(f"handouts {__version__}")
        return
    from handouts.cli.app import app

    app(prog_name="handouts")
