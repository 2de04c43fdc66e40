"""Same input, same bytes: in another process, after another document, with another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256

import pytest
from kit.readers import pdfium_text, words
from sheets import DAY, SHEETS, Sheet, library, made

from handouts.blocks import Heading, Section, Text, Title, plain
from handouts.layout.edition import EDITIONS, PAPERS, Geometry
from handouts.layout.pages import Foot
from handouts.pdf.metadata import Metadata
from handouts.pipeline import compose
from handouts.render import render

_PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from hashlib import sha256
from sheets import Sheet, library
from handouts.blocks import Heading, Section, Text, Title, plain
from handouts.layout.edition import EDITIONS, PAPERS, Geometry
from handouts.layout.pages import Foot
from handouts.pdf.metadata import Metadata
from handouts.pipeline import compose
from handouts.render import render
from kit.readers import pdfium_text, words
print(sha256(compose(Sheet({edition!r}, {paper!r}, {chosen!r}, {form!r}).plan, library())).hexdigest())
"""


def _elsewhere(sheet: Sheet, seed: str) -> str:
    tests = os.path.dirname(__file__)  # noqa: PTH120
    program = _PROGRAM.format(tests=tests, **vars(sheet))
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


def test_a_block_that_stands_twice_in_a_document_is_read_twice() -> None:
    text = Text(plain("Rest in between."))
    parts = [Section((Title("Twice", ()), text)), Section((Heading(2, "Again"), text, text))]
    room = Geometry(EDITIONS["large"], PAPERS["a4"])
    for _ in range(2):
        data = render(parts, Foot("Foot.", "{page} of {pages}"), room, Metadata("Twice", "en-US", DAY))
        path = made(SHEETS[0]).with_name("twice.pdf")
        path.write_bytes(data)
        assert words(pdfium_text(path)) == "Twice Rest in between. Again Rest in between. Rest in between."
