"""What can go wrong, in the user's words: where, what, and what would be right."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    CONTENT = 1  # files, content or disk
    USAGE = 2  # options, names, doses


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the place (file:line:column or option), the problem, a hint."""

    problem: str
    place: str = ""
    hint: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: {self.problem}" if self.place else self.problem
        text = f"{head} {self.hint}" if self.hint else head
        # A stranger's file name or key must not steer a terminal or look like a second finding.
        return "".join(char if char.isprintable() else "\ufffd" for char in text)


class HandoutError(Exception):
    """Nothing was made; `findings` holds everything that stands in the way."""

    code = Exit.CONTENT

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class ContentError(HandoutError):
    """Something is wrong in a file or on the disk (exit code 1)."""


class FullError(ContentError):
    """There is no room left to write: nothing else can be written there either."""


class RequestError(HandoutError):
    """Something is wrong in what was asked for: an option, a name, a dose (exit code 2)."""

    code = Exit.USAGE


def no_room(problem: BaseException) -> bool:
    """Is it the disk, a quota or a limit that is full?"""
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return isinstance(problem, OSError) and problem.errno in full


def unwritable(problem: OSError | ValueError, place: object, then: str = "") -> ContentError:
    """A place that cannot be written; `then` is what to do after room is made."""
    why = f"cannot be written: {getattr(problem, 'strerror', None) or problem}."
    if not no_room(problem):
        return ContentError(Finding(why, str(place)))
    limit = getattr(problem, "errno", 0) == errno.EFBIG  # more space does not make it wider
    return FullError(Finding(why, str(place), f"{'' if limit else 'Free some space.'} {then}".strip()))


def one_of(known: Iterable[str]) -> str:
    """A hint that lists what is known, as in “It can be a, b or c.”."""
    *first, last = known
    return f"It can be {', '.join(first)} or {last}." if first else f"It can be {last}."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or "" when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""
