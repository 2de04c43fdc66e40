"""Files that open with a password alone (extra `encrypt`)."""

from __future__ import annotations

import io
import secrets
from pathlib import Path
from typing import Any

from handouts.errors import ContentError, Finding, RequestError

_LONGEST = 127  # bytes (ISO 32000-2, 7.6.4.3.3)
_CLAIM = ("pdfaid:part", "pdfaid:conformance")


def password_in(path: Path) -> str:
    """The password that stands in a file's first line. Raises HandoutError; never shows it."""
    try:
        word = path.read_text("utf-8-sig").partition("\n")[0].rstrip("\r")
    except OSError as problem:
        raise ContentError(Finding(f"cannot be read: {problem.strerror}.", str(path))) from None
    except UnicodeDecodeError:
        raise ContentError(Finding("is not text in UTF-8.", str(path), "Save it as UTF-8.")) from None
    if not 0 < len(word.encode()) <= _LONGEST:
        hint = f"Write the password on the first line of the file, {_LONGEST} bytes at most."
        raise ContentError(Finding("holds no password that fits.", str(path), hint))
    _pikepdf()
    return word


def encrypted(data: bytes, password: str) -> bytes:
    """The same file under a password (AES-256, revision 6). Reading aloud, copying and printing stay allowed.

    PDF/A forbids encryption (ISO 19005-2, 6.1.3): the file no longer claims it.
    """
    pikepdf = _pikepdf()
    allowed = pikepdf.Permissions(
        accessibility=True,
        extract=True,  # some readers need it to read aloud
        print_lowres=True,
        print_highres=True,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
    )
    lock = pikepdf.Encryption(user=password, owner=secrets.token_hex(), R=6, allow=allowed)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            for claim in _CLAIM:
                meta.pop(claim, None)
        file.save(out, encryption=lock)
    return out.getvalue()


def _pikepdf() -> Any:
    """The library. Raises RequestError, with what to install, when it is not there."""
    try:
        import pikepdf
    except ImportError:
        hint = 'Install it: pip install "handouts[encrypt]".'
        raise RequestError(Finding("needs pikepdf, which is not installed.", "--encrypt", hint)) from None
    return pikepdf
