"""Every ReportLab name this project uses below the canvas, in one place.

Not in ReportLab's user guide, and why each is needed:

- `pdfdoc.PDFDocument`: numbers the objects and holds them. Its `format` is overridden, since it cannot write
  object streams and a cross-reference stream.
- `PDFObject`: an object that is ready as bytes is any subclass with `format(document)`.
- `PDFDictionary`, `PDFArray`, `PDFName`, `PDFString`: the object syntax.

A test fails on the day ReportLab changes one of them.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFString,
)

__all__ = ["PDFDocument", "PDFObject", "Raw", "Stream", "array", "dictionary", "inline", "name", "string"]

name = PDFName


def dictionary(**entries: Any) -> PDFDictionary:
    """A dictionary without the keys whose value is None."""
    return PDFDictionary({key: value for key, value in entries.items() if value is not None})


def inline(**entries: str | int | bytes | None) -> bytes:
    """A dictionary of values that are in PDF syntax already, as bytes; without the keys whose value is None.

    For the objects of which a file has many: about a quarter of the time of `dictionary`.
    """
    parts = (
        b"/%b %b" % (key.encode("ascii"), value if isinstance(value, bytes) else str(value).encode("ascii"))
        for key, value in entries.items()
        if value is not None
    )
    return b"<<%b>>" % b"".join(parts)


def array(values: Iterable[Any]) -> PDFArray:
    """An array."""
    return PDFArray(values)


def string(text: str) -> PDFString:
    """A text string: ASCII, or UTF-16 with its mark, so that no text is taken for the other."""
    if text.isascii():
        return PDFString(text)
    return PDFString(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), enc="raw")


class Raw(PDFObject):  # type: ignore[misc]
    """An object that is ready as bytes; `data` may be filled in after its number is known."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def format(self, document: PDFDocument) -> bytes:
        """The bytes as they are."""
        return self.data


class Stream(PDFObject):  # type: ignore[misc]
    """A stream that ends as PDF/A-2 (6.1.7.1) asks, with a line end before `endstream`."""

    def __init__(self, data: bytes, entries: Mapping[str, Any] | None = None, *, deflate: bool = True) -> None:
        self.data = zlib.compress(data, 6) if deflate else data
        self.entries = dict(entries or {}, Length=len(self.data))
        if deflate:
            self.entries["Filter"] = PDFName("FlateDecode")

    def format(self, document: PDFDocument) -> bytes:
        """Dictionary and data."""
        head: bytes = PDFDictionary(self.entries).format(document)
        # CR LF: after a lone LF, data that happens to end in CR would seem a byte too long.
        return head + b"\nstream\n" + self.data + b"\r\nendstream"
