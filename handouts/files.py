"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from handouts.errors import ContentError, Finding


def write_whole(path: Path, data: bytes) -> None:
    """Write through a temporary file in the same folder, fsync, rename. Raises ContentError.

    Whatever happens, `path` holds what it held before or all of `data`.
    """
    if path.is_dir():
        raise ContentError(Finding("is a folder.", str(path), "Give a file name, such as handout.pdf."))
    if not path.parent.is_dir():
        raise ContentError(Finding(f"the folder {path.parent} does not exist.", str(path), "Make it first."))
    try:
        _write(path, data)
    except OSError as problem:
        hint = "Free some space." if problem.errno == 28 else ""  # ENOSPC
        why = problem.strerror or str(problem)
        raise ContentError(Finding(f"cannot be written: {why}.", str(path), hint)) from None


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".handouts-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path) -> int:
    """The file's own permissions, or what the umask gives a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
