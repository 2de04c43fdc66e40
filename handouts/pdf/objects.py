"""The syntax of objects: dictionaries, texts, references."""

from __future__ import annotations

import codecs
from functools import lru_cache

from reportlab.lib.rl_accel import escapePDF


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
    coded = text.encode("ascii") if text.isascii() else codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return b"(%b)" % escapePDF(coded).encode("ascii")


def reference(number: int) -> str:
    """An object's number as a reference to it."""
    return f"{number} 0 R"
