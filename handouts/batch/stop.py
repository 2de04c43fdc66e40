"""Ctrl-C and SIGTERM as something to look at, not as an exception in the middle of a line."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe, resource_tracker
from types import FrameType, TracebackType
from typing import Any, Self


class Stop:
    """Says whether somebody asked to stop; `heard` has something to read then. A second Ctrl-C is not waited for.

    `heard` is a connection and no plain pipe: on Windows nobody can wait for that.
    """

    def __init__(self) -> None:
        self.signal = 0
        self.heard, self._say = Pipe(duplex=False)
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self.heard.close()
        self._say.close()

    @property
    def asked(self) -> bool:
        """Did somebody ask?"""
        return bool(self.signal)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.signal:
            raise KeyboardInterrupt
        self.signal = number
        self._say.send_bytes(b"x")


@contextmanager
def held_back() -> Iterator[None]:
    """Both signals wait meanwhile. A process that is started here never gets them: its work ends by our word."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # when it is started later, it lets both signals through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
