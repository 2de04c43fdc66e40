"""The `ref` of a row: opaque, unique, and safe as the name of a file on every system."""

from __future__ import annotations

import re
from hashlib import blake2b

from handouts.errors import Finding, RequestError

MOST = 64  # signs
_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])", re.IGNORECASE)  # Windows keeps these for devices
_HINT = f"Use up to {MOST} letters from A to Z, digits, hyphens and underscores, such as P-0001. No names."


class Refs:
    """The refs that have been met, as short digests: a hundred thousand take little room."""

    def __init__(self) -> None:
        self._rows: dict[bytes, int] = {}

    def take(self, ref: str, row: int) -> None:
        """Take the ref of a row. Raises RequestError; a ref that is refused for its signs may be a name."""
        if fault := _fault(ref):
            raise RequestError(Finding(fault, "ref", _HINT))
        # Capitals do not tell two files apart on Windows and macOS.
        first = self._rows.setdefault(blake2b(ref.lower().encode(), digest_size=16).digest(), row)
        if first != row:
            hint = "Give each row one of its own; capitals make no difference."
            raise RequestError(Finding(f"“{ref}” stands in row {first} too.", "ref", hint))


def is_safe(ref: str) -> bool:
    """Can it name a file?"""
    return not _fault(ref)


def _fault(ref: str) -> str:
    """What is wrong with a ref by itself, or ""; its text is not shown."""
    if not ref:
        return "is empty."
    if len(ref) > MOST:
        return f"is {len(ref)} signs long; at most {MOST} fit."
    if not _SAFE.fullmatch(ref):
        return "holds a sign that no file name should, or begins with a hyphen."
    return "is a name that Windows keeps for itself." if _RESERVED.fullmatch(ref) else ""
