"""Files written beside their places: whole on the disk before they take one, known if left over.

Whoever is killed, or loses power, leaves the old file or the new one, and beside it at most a part
that begins with `.tco-` and ends with `.part`; the next run that writes there takes it away.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

from tco.locks import is_still, try_to_lock

PREFIX, SUFFIX = ".tco-", ".part"
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EROFS, errno.ENOSYS}  # of a disk that has none


class Part:
    """The content of a file on its way to its place: locked, so that no other run takes it away.

    Raises `OSError`, as its methods do.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        while True:
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=PREFIX, suffix=SUFFIX)
            self.path, self.file = Path(name), os.fdopen(handle, "wb")
            with contextlib.suppress(OSError):  # a disk without locks
                try_to_lock(self.file)
            if is_still(self.file, self.path):
                return
            self.file.close()  # somebody who clears up was quicker than the lock

    def write(self, content: bytes) -> None:
        """Write it down to the disk, with the rights that the file in its place has."""
        if sys.platform == "win32":
            self.file.seek(0)
        self.file.write(content)
        self.file.flush()
        self.path.chmod(_rights(self.place))
        try:
            os.fsync(self.file.fileno())
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise

    def put(self) -> None:
        """Take the place, at once."""
        if sys.platform == "win32":  # there no open file can be renamed
            self.file.close()
        self.path.replace(self.place)

    def drop(self) -> None:
        """Let go of it; what did not take its place is gone."""
        with contextlib.suppress(OSError):
            self.file.close()
        self.path.unlink(missing_ok=True)


def _rights(place: Path) -> int:
    try:
        return stat.S_IMODE(place.stat().st_mode) & 0o777
    except OSError:  # nothing there yet
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync(folder: Path) -> None:
    """Write down to the disk what a folder holds, where the system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear(folder: Path) -> None:
    """Take away what runs that were killed left of files in a folder; nobody holds their locks."""
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):
            flags = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(path, flags), "r+b") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    continue
                try_to_lock(file)
                if sys.platform != "win32":
                    path.unlink()
            if sys.platform == "win32":
                path.unlink()
