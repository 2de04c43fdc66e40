"""What we take from ReportLab, and the objects of a file. A path of another form means that ReportLab changed."""

from __future__ import annotations

import datetime as dt
import io
import zlib

import pikepdf
import pytest

from handouts.layout.artwork import disc, rule
from handouts.pdf.document import Document
from handouts.pdf.leaf import leaf
from handouts.pdf.metadata import Metadata
from handouts.pdf.objects import inline, reference, string
from handouts.pdf.page import Mark, Page
from handouts.pdf.structure import branches
from handouts.pdf.tags import Artifact, Element
from handouts.pdf.writer import write


def test_objects_are_numbered_in_order() -> None:
    document = Document(io.BytesIO())
    first, second = document.take(1), document.put(b"[]")
    assert (first, second, document.put(b"<<>>", first), reference(second)) == (1, 2, 1, "2 0 R")


def test_the_object_syntax() -> None:
    assert inline(Type="/Page", Left=None, Kids="[1 /A]", Count=2, Raw=b"(x)") == (
        b"<</Type /Page/Kids [1 /A]/Count 2/Raw (x)>>"
    )
    assert string("a(b") == b"(a\\(b)"
    assert b"\\376\\377" in string("Ω")


def test_a_stream_ends_with_a_line_end() -> None:
    out = io.BytesIO()
    Document(out).stream(b"abc", b"/N 3", deflated=False)
    assert out.getvalue().endswith(b"<</N 3/Length 3>>\nstream\nabc\r\nendstream\nendobj\n")


@pytest.mark.parametrize("count", [9000, 7997])  # with the three that end a file, 8000 fill the last stream
def test_a_file_of_many_objects_is_read_back(count: int) -> None:
    out = io.BytesIO()
    document = Document(out)
    pages = document.take(1)
    for index in range(count):
        document.put(inline(Index=index))
    document.put(inline(Type="/Pages", Kids="[]", Count=0), pages)
    document.close(document.put(inline(Type="/Catalog", Pages=reference(pages))), document.put(b"<<>>"))
    with pikepdf.open(out) as read:
        indexes = [
            int(thing["/Index"])
            for thing in read.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Index" in thing
        ]
    assert indexes == list(range(count))


def test_a_path_needs_no_canvas() -> None:
    assert rule(10.0, 1.0).split() == b"1 w 0 .164706 .321569 RG n 0 -0.5 m 10 -0.5 l S".split()
    assert disc(2.0).count(b" c ") == 4


def test_a_page_with_nothing_on_it_paints_nothing() -> None:
    assert zlib.decompress(leaf(Page(200, 100, ())).content) == b""


def test_a_page_that_nobody_hears_has_no_owner() -> None:
    page = leaf(Page(200, 100, ((0, Mark(Artifact.LAYOUT, b"0 0 10 10 re f").placed(0, 0)),)))
    heard = leaf(Page(200, 100, ((0, Mark(Element("P"), b"", start=(0, 0)).placed(0, 0)),)))
    data = write(branches([(0, heard), (1, page)]), [], Metadata("Two pages", "en-US", dt.date(2026, 3, 3)))
    with pikepdf.open(io.BytesIO(data)) as read:
        assert len(read.pages) == 2
