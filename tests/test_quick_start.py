"""What starts a sheet, and what it does not need: the time to the first page is mostly that of imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_MAKE = (
    "import sys; sys.argv = ['handouts', 'make', 'foot-roll', '-o', {out!r}]\n"
    "from handouts.cli import main\n"
    "try: main()\n"
    "except SystemExit as end: assert not end.code, end.code"
)
_READERS = {"pydantic", "typer", "yaml", "PIL"}
_BUILDERS = {"handouts.figures", "handouts.wording", "handouts.schema", "numpy", "scipy", "numba", "PIL", "rich"}
STARTS = {
    "import handouts": _READERS | {"handouts.library", "handouts.render", "reportlab"},
    "import handouts.blocks, handouts.render": _READERS | {"handouts.library", "handouts.model"},
    _MAKE: _BUILDERS | {"handouts.planfile", "handouts.images", "handouts.check", "handouts.cli.choose"},
}


@pytest.mark.parametrize("program", STARTS, ids=["the package", "the layout", "one sheet"])
def test_it_imports_no_more_than_it_needs(program: str, tmp_path: Path) -> None:
    shown = f"{program.format(out=str(tmp_path / 'x.pdf'))}\nimport sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert not STARTS[program] & set(done.stderr.split())
