"""The command line: arguments in, one call, plain words out."""

from __future__ import annotations

import atexit
import gc
import os
import sys


def main() -> None:
    """The entry point."""
    try:
        _run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None  # as the shell has it
    except OSError as problem:  # standard output is full or gone, or the folder we stand in
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python tries once more at its end
        if not isinstance(problem, BrokenPipeError):
            print(f"handouts: cannot go on: {problem.strerror}.", file=sys.stderr)
        raise SystemExit(1) from None


def _run() -> None:
    """`--version` answers before anything heavy is imported."""
    if sys.argv[1:] == ["--version"]:
        from handouts import __version__

        print(f"handouts {__version__}", flush=True)
        return
    from handouts.garbage import collect_less

    collect_less()
    atexit.register(gc.freeze)  # one more search at the end would find nothing and take as long as a page
    # Looking for plugins of pydantic takes as long as a page does, and we have none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from handouts.cli.app import app

    app(prog_name="handouts")
