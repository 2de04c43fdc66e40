"""Locks of the operating system on open files: they end with the process that holds them, however it ends."""

from __future__ import annotations

import sys
import time

_TICK = 0.02  # seconds

if sys.platform == "win32":
    import msvcrt

    def locked(handle: int, *, shared: bool = False) -> bool:
        """Lock an open file if nobody else holds it; a shared lock is none here, as nothing outlives the run."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 0 if shared else 1)
        except OSError:
            return False
        return True

    def unlock(handle: int) -> None:
        """Give the lock back."""
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def locked(handle: int, *, shared: bool = False) -> bool:
        """Lock an open file for oneself, or with others, if nobody is in the way."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(handle: int) -> None:
        """Give the lock back."""
        fcntl.flock(handle, fcntl.LOCK_UN)


def locked_within(handle: int, seconds: float, *, shared: bool = False) -> bool:
    """Lock an open file, waiting at most so long."""
    end = time.monotonic() + seconds
    while not (done := locked(handle, shared=shared)) and time.monotonic() < end:
        time.sleep(_TICK)
    return done
