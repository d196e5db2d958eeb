"""Files: where bundled ones are; opening what is a file indeed; writing beside and renaming."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO

from tco.beside import Part, clear, sync
from tco.errors import Mistake, Mistakes, Place, mistake
from tco.locks import is_still as _is_still
from tco.locks import try_to_lock as _try_to_lock

_PACKAGE = Path(__file__).parent
PATIENCE_S = 20.0  # for another run that writes into the same folder
_LOCK = ".tco-lock"


def bundled(folder: str) -> Path:
    """The folder of bundled `scenarios` or `templates`: in the wheel, else beside the package."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def starters() -> dict[str, Path]:
    """The files that a new scenario is started from, by the kind that each is of."""
    return {path.stem: path for path in sorted((bundled("templates") / "starters").glob("*.yaml"))}


class NotAFileError(OSError):
    """What has the name of a file is a folder, a pipe, a socket or a device; `kind` says which."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(errno.EINVAL, f"this is a {kind}, not a file", name)
        self.kind = kind


def kind_of(path: Path) -> str:
    """What has this name: "file", "folder", "pipe", "socket" or "device"; "" for nothing."""
    return _kind(path.stat().st_mode) if path.exists() else ""


def _kind(mode: int) -> str:
    kinds = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFIFO: "pipe",
             stat.S_IFSOCK: "socket"}  # fmt: skip
    return kinds.get(stat.S_IFMT(mode), "device")


def open_file(path: Path) -> BinaryIO:
    """Open an ordinary file for reading, at once: a pipe or a device is never waited for.

    Raises `NotAFileError` for anything else, and `OSError` as `open` does.
    """
    kind = _kind(path.stat().st_mode)
    if kind != "file":  # a device is not even opened
        raise NotAFileError(kind, str(path))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags), "rb")
    kind = _kind(os.fstat(file.fileno()).st_mode)
    if kind != "file":  # it was exchanged meanwhile
        file.close()
        raise NotAFileError(kind, str(path))
    return file


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file or none: each is whole on the disk beside its place before any is renamed.

    A link stays one: what it names is written. What is there and no file, or protected from
    writing, is left alone.

    Raises `Mistakes` where a file cannot be written.
    """
    ready: list[tuple[Path, Part]] = []
    cleared: set[Path] = set()
    try:
        for path, content in contents.items():
            with _said_of(path):
                place = _place_of(path)
                place.parent.mkdir(parents=True, exist_ok=True)
                if place.parent not in cleared:
                    clear(place.parent)
                    cleared.add(place.parent)
                part = Part(place)
                ready.append((path, part))
                part.write(content)
        for path, part in ready:
            with _said_of(path):
                part.put()
        for folder in cleared:
            sync(folder)
    finally:
        for _, part in ready:
            part.drop()


@contextlib.contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Whatever the system refuses is a mistake of that file."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to each other
        said = (
            error if isinstance(error, OSError) else OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        )
        raise unwritable(path, said) from None


def _place_of(path: Path) -> Path:
    """Where a file is to be, behind all links. Raises `Mistakes` where it may not be replaced."""
    place = path.resolve()
    kind = kind_of(place)
    if kind == "folder":
        raise a_folder(path)
    if kind not in ("", "file"):
        raise mistake(str(path), f"this is a {kind}, not a file", "Name another folder.")
    if kind and not place.stat().st_mode & 0o222:  # which holds for an administrator too
        raise mistake(str(path), "this file is protected from writing",
                      "Take its protection off, or name another folder.")  # fmt: skip
    return place


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder against other runs that would write into it; wait for one that does.

    The system lets go of a lock whose process died, so that what it leaves behind stops nobody.
    A folder that is not there is made, and taken away again if it stays empty. Where it cannot be
    made or locked at all nothing is held: writing into it tells why.

    Raises `Mistakes` where another run holds it for longer than `PATIENCE_S`.
    """
    made = _make(folder)
    try:
        held = _locked(folder / _LOCK) if folder.is_dir() else None
        try:
            yield
        finally:
            if held:
                _let_go(held, folder / _LOCK)
    finally:
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; those that were not there, the deepest first."""
    absent = [one for one in (folder, *folder.parents) if not one.exists()]
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return absent


def _locked(path: Path) -> IO[str] | None:
    """The file that is the lock, held; None where the disk knows no locks."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            # Never through a link: what it names would be emptied.
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            file = os.fdopen(os.open(path, flags, 0o666), "r+", encoding="utf-8")
        except OSError:
            return None
        try:
            _try_to_lock(file)
        except BlockingIOError:
            holder = _holder(file)
            file.close()
            if time.monotonic() > until:
                remedy = "Wait until it is done, then add again."
                wrong = f"another run of tco is adding to this folder{holder}"
                raise Mistakes([Mistake(Place(str(path.parent)), wrong, remedy)]) from None
            time.sleep(0.05)
            continue
        except OSError:
            file.close()
            return None
        if _is_still(file, path):
            import socket  # which no other command needs

            file.seek(0)
            file.truncate()
            file.write(f"process {os.getpid()} on {socket.gethostname()}\n")
            file.flush()
            return file
        file.close()  # its last holder took the file away: another one is the lock now


def _holder(file: IO[str]) -> str:
    """Who wrote its name into a lock, in words."""
    try:
        file.seek(0)
        said = file.read(200).strip()
    except (OSError, ValueError):
        return ""
    return f": {said}" if said else ""


def _let_go(file: IO[str], path: Path) -> None:
    """Take the lock away, then release it: whoever waits for it looks for a new one."""
    with contextlib.suppress(OSError):
        path.unlink()
    file.close()
    if sys.platform == "win32":  # there no open file can be taken away
        with contextlib.suppress(OSError):
            path.unlink()


def a_folder(path: Path) -> Mistakes:
    """The mistake of an output in whose place a folder is."""
    return unwritable(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))


def unwritable(path: Path, error: OSError) -> Mistakes:
    """The mistake of an output that cannot be written."""
    return Mistakes(
        [
            Mistake(
                Place(str(path)),
                f"cannot be written: {(error.strerror or str(error)).lower()}",
                "Name another folder, or make this one writable.",
            )
        ]
    )
