"""Locks on files, which the system lets go of where their process has died."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def try_to_lock(file: IO[Any]) -> None:
    """Lock a file at once.

    Raises `BlockingIOError` where another process holds it, `OSError` where no lock can be had.
    """
    if sys.platform == "win32":
        file.seek(1 << 20)  # beyond its text, which others read
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_still(file: IO[Any], path: Path) -> bool:
    """Whether an open file is the one of that name, not one that was taken away."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False
