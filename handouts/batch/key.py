"""By what a row is known again: a hash with a secret key over everything that decides the bytes of its file."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path

from handouts import __version__
from handouts.errors import ContentError, Finding
from handouts.files import PRIVATE
from handouts.library import Library
from handouts.request import Request
from handouts.resources import folder as shipped

NAME = ".handouts-key"
_LENGTH = 32  # bytes
_READ = (".yaml", ".json", ".svg", ".png", ".otf", ".ttf")  # what of a folder can come to be printed


def secret(folder: Path) -> tuple[bytes, bool]:
    """The folder's key, and whether it is new: made once, for its owner alone. Raises ContentError."""
    path = folder / NAME
    try:
        if path.is_file() and len(found := path.read_bytes()) == _LENGTH:
            path.chmod(PRIVATE)
            return found, False
        path.unlink(missing_ok=True)
        return _made(path), True
    except OSError as problem:
        raise ContentError(Finding(f"cannot be used: {problem.strerror}.", str(path))) from None


def _made(path: Path) -> bytes:
    key = secrets.token_bytes(_LENGTH)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def row_key(key: bytes, request: Request, fingerprint: str, password: str) -> str:
    """The keyed hash of a row: without the key nobody can try names against it."""
    told = json.dumps([asdict(request), fingerprint, password], sort_keys=True)
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def fingerprint(library: Library) -> str:
    """A hash over the content of ours and of the clinic, the fonts, and the programs that write the file."""
    digest = hashlib.sha256(repr(_programs()).encode())
    for label, root in (*((home.label, home.root) for home in library.folders), ("fonts", shipped("fonts"))):
        try:
            for name, data in _contents(root):
                digest.update(f"{name}\0{len(data)}\0".encode())
                digest.update(data)
        except OSError as problem:
            raise ContentError(Finding(f"cannot be read: {problem.strerror}.", label)) from None
    return digest.hexdigest()


@cache
def _programs() -> tuple[str, ...]:
    """Versions that decide bytes."""
    return (__version__, *map(version, ("reportlab", "rl_accel", "uharfbuzz", "pillow", "deflate")))


def _contents(root: Traversable, within: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file that can be read from a folder of content, in order. Not what a batch put into a folder in it."""
    items = sorted(root.iterdir(), key=lambda item: item.name)
    if within and any(item.name == NAME for item in items):
        return
    for item in items:
        if item.name.startswith("."):
            continue
        if item.is_file() and item.name.endswith(_READ):
            yield f"{within}{item.name}", item.read_bytes()
        elif item.is_dir() and not (isinstance(item, Path) and item.is_symlink()):
            yield from _contents(item, f"{within}{item.name}/")
