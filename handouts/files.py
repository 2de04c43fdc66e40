"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from handouts.errors import ContentError, Finding, unwritable

PRIVATE = 0o600  # the permissions of what may hold a name


def write_whole(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Write through a temporary file in the same folder, fsync, rename. Raises ContentError.

    `mode`: the permissions it gets, whatever stood there had; without it, it keeps those, or the umask decides.

    Whatever happens, `path` holds what it held before or all of `data`. A link stays a link; a device or a
    pipe, which holds nothing to keep, gets the bytes as they are.
    """
    try:
        if path.is_dir():
            raise ContentError(Finding("is a folder.", str(path), "Give a file name, such as handout.pdf."))
        if not path.parent.is_dir():
            raise ContentError(Finding(f"the folder {path.parent} does not exist.", str(path), "Make it first."))
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _write(Path(os.path.realpath(path)), data, mode)
    except (OSError, ValueError) as problem:  # ValueError: a zero byte in the name
        raise unwritable(problem, path) from None


def _write(path: Path, data: bytes, mode: int | None) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".handouts-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path, mode))
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path, new: int | None) -> int:
    """The permissions that are asked for, the file's own, or what a new one gets."""
    if new is not None:
        return new
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def digest_of(path: Path) -> str:
    """The SHA-256 of a plain file, in hexadecimal; "" where there is none that can be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
