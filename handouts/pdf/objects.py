"""Every ReportLab name this project uses below the canvas, in one place, and the syntax of objects.

Not in ReportLab's user guide, and why each is needed:

- `PDFString`: how a text is written.
- `PDFDocument`: a string asks it whether it is to be encrypted. Ours holds nothing: a file's objects go out as
  they are made (`handouts.pdf.document`), and ReportLab writes neither object streams nor cross-reference streams.

A test fails on the day ReportLab changes one of them.
"""

from __future__ import annotations

import codecs
from functools import cache, lru_cache

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFString


def entries(**values: str | int | bytes | None) -> bytes:
    """The entries of a dictionary; values are in PDF syntax already, and None leaves out its key."""
    parts = [
        b"/%b %b" % (key.encode("ascii"), value if isinstance(value, bytes) else str(value).encode("ascii"))
        for key, value in values.items()
        if value is not None
    ]
    return b"".join(parts)


def inline(**values: str | int | bytes | None) -> bytes:
    """A dictionary; see `entries`."""
    return b"<<%b>>" % entries(**values)


@lru_cache(maxsize=1024)
def string(text: str) -> bytes:
    """A text string: ASCII, or UTF-16 with its mark, so that no text is taken for the other."""
    marked = PDFString(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), enc="raw")
    return bytes((PDFString(text) if text.isascii() else marked).format(_syntax()))


@cache
def _syntax() -> PDFDocument:
    return PDFDocument(dummyoutline=1, compression=1, invariant=1)


def reference(number: int) -> str:
    """An object's number as a reference to it."""
    return f"{number} 0 R"
