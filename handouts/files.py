"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from handouts.errors import ContentError, Finding, FullError, no_room


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
        why = getattr(problem, "strerror", None) or str(problem)
        if no_room(problem):
            limit = getattr(problem, "errno", 0) == errno.EFBIG  # more space does not make it wider
            hint = "" if limit else "Free some space."
            raise FullError(Finding(f"cannot be written: {why}.", str(path), hint)) from None
        raise ContentError(Finding(f"cannot be written: {why}.", str(path))) from None


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
