"""What we take from ReportLab below its canvas. A failure here means that ReportLab changed it."""

from __future__ import annotations

from handouts.layout.artwork import record
from handouts.pdf.document import Document
from handouts.pdf.objects import Raw, Stream, array, dictionary, name, string


def test_objects_are_numbered_in_order_of_registration() -> None:
    document = Document()
    first, second = Raw(b"<<>>"), Raw(b"[]")
    one, two = document.add(first), document.add(second)
    assert document.number(two) == document.number(one) + 1
    assert one.format(document) == b"%d 0 R" % document.number(one)
    assert document.add(first).name == one.name


def test_the_object_syntax() -> None:
    document = Document()
    entries = dictionary(Type=name("Page"), Left=None, Kids=array([1, name("A")]), Raw="[1 2]")
    assert b" ".join(entries.format(document).split()) == b"<< /Kids [ 1 /A ] /Raw [1 2] /Type /Page >>"
    assert string("a(b").format(document) == b"(a\\(b)"
    assert b"\\376\\377" in string("Ω").format(document)


def test_a_stream_ends_with_a_line_end() -> None:
    assert Stream(b"abc", deflate=False).format(Document()).endswith(b"abc\r\nendstream")


def test_a_recorded_drawing_has_operators_only() -> None:
    ops = record(lambda canvas: canvas.line(0, 0, 10, 0))
    assert ops.split() == b"n 0 0 m 10 0 l S".split()
