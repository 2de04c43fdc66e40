"""Same input, same bytes: in another process, after another document, with another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256

import pytest
from sheets import SHEETS, Sheet, library, made

from handouts.pipeline import compose

_PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from hashlib import sha256
from sheets import Sheet, library
from handouts.pipeline import compose
print(sha256(compose(Sheet({edition!r}, {paper!r}, {count}).plan, library())).hexdigest())
"""


def _elsewhere(sheet: Sheet, seed: str) -> str:
    tests = os.path.dirname(__file__)  # noqa: PTH120
    program = _PROGRAM.format(tests=tests, edition=sheet.edition, paper=sheet.paper, count=sheet.count)
    environment = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_in_another_process(seed: str) -> None:
    sheet = SHEETS[-1]
    assert _elsewhere(sheet, seed) == sha256(made(sheet).read_bytes()).hexdigest()


def test_after_another_document() -> None:
    first = compose(SHEETS[0].plan, library())
    compose(SHEETS[-1].plan, library())
    assert compose(SHEETS[0].plan, library()) == first
