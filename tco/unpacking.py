"""Unpacking a stranger's package: what is not checked is not believed, and nothing is unbounded.

An .xlsx is a zip archive. Its directory is the sender's word: it may say a few bytes of a part that
unpacks to gigabytes. Every part is unpacked piece by piece, and its true size is what counts.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import BinaryIO

# The largest bundled workbook has 55 parts, 0.5 MB packed and 3 MB unpacked at 7:1; a book with a
# million formula cells would have some 50 MB packed and 320 MB unpacked.
MOST_PACKED = 256 << 20
MOST_UNPACKED = 512 << 20
MOST_PARTS = 5_000
MOST_RATIO = 100  # a part of cells packs 7:1 to 40:1; a bomb comes near 1,000:1
SMALL = 1 << 20  # a part below this is harmless at any ratio
# Cells have one tag or less for each packed byte; tags that say nothing come near 250.
FEW_TAGS, MOST_TAGS_A_BYTE = 500_000, 3
PIECE = 1 << 16
_MOST_AT_ONCE = 1 << 20  # 5,000 entries of a directory, with long names

# What zipfile raises where an archive is damaged or made to deceive.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, RuntimeError,
)  # fmt: skip  # RuntimeError: also packed in a way zipfile does not know


class UnreadableError(Exception):
    """Why a file cannot be read, and what to do instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


_OWN = "Name an .xlsx that tco wrote."
_DAMAGED = "Fetch the file again, or write it again: tco build"


class _Sips:
    """A file that gives no more than a bound at once: no directory can ask for all memory."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        asked = _MOST_AT_ONCE + 1 if size is None or size < 0 else size
        content = self.file.read(min(asked, _MOST_AT_ONCE + 1))
        if len(content) > _MOST_AT_ONCE:
            raise UnreadableError(f"it has more than {MOST_PARTS:,} parts", _OWN)
        return content


class Package:
    """A zip archive that is read part by part, within bounds.

    Opening checks what the directory says; `pieces` checks what is true. Both raise
    `UnreadableError`.
    """

    def __init__(self, file: BinaryIO) -> None:
        size = os.fstat(file.fileno()).st_size
        if size > MOST_PACKED:
            raise UnreadableError(
                f"it is {_megabytes(size)} in size; the most is {_megabytes(MOST_PACKED)}", _OWN
            )
        try:
            self._archive = zipfile.ZipFile(_Sips(file))
        except BROKEN:
            raise UnreadableError("the zip archive is cut off or damaged", _DAMAGED) from None
        self.sizes: dict[str, int] = {}
        self.packed: dict[str, int] = {}
        for part in self._archive.infolist():
            self._add(part)
        if len(self.sizes) > MOST_PARTS:
            raise UnreadableError(
                f"it has {len(self.sizes):,} parts; the most is {MOST_PARTS:,}", _OWN
            )
        if sum(self.sizes.values()) > MOST_UNPACKED:
            raise _too_large()

    def _add(self, part: zipfile.ZipInfo) -> None:
        name, size = part.filename, part.file_size
        if name in self.sizes:
            raise UnreadableError(f"two of its parts have the name {_short(name)}", _DAMAGED)
        if part.flag_bits & 1:
            raise UnreadableError(
                "the zip archive is behind a password", "Unpack it and pack it again without one."
            )
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError(
                f"its part {_short(name)} is packed in a way no spreadsheet program reads",
                "Open it in a spreadsheet program and save it as .xlsx.",
            )
        if size > SMALL and size > MOST_RATIO * part.compress_size:
            raise UnreadableError(
                f"its part {_short(name)} unpacks to {size // max(1, part.compress_size)} times "
                f"its size; the most is {MOST_RATIO}",
                _OWN,
            )
        self.sizes[name], self.packed[name] = size, part.compress_size
        part.file_size = MOST_UNPACKED + 1  # zipfile stops at what is said here, however much comes

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece; its size and checksum must be the ones it claims."""
        said, came = self.sizes[name], 0
        try:
            with self._archive.open(name) as part:
                while piece := part.read(PIECE):
                    came += len(piece)
                    if came > said:
                        break
                    yield piece
        except (*BROKEN, OSError):
            raise UnreadableError(f"its part {_short(name)} is damaged", _DAMAGED) from None
        if came != said:
            raise UnreadableError(
                f"its part {_short(name)} claims {said:,} bytes and has "
                f"{'more' if came > said else f'{came:,}'}",
                _DAMAGED,
            )

    def read(self, name: str) -> bytes:
        """A small part, whole."""
        return b"".join(self.pieces(name))


def count_tags(package: Package, names: Iterable[str], most: int) -> None:
    """Unpack parts once and keep nothing: true sizes, checksums, and how many tags.

    Raises `UnreadableError` for more tags than `most`, or than so few bytes hold in earnest: each
    takes time, and may take memory, whatever it says.
    """
    in_all = 0
    for name in names:
        here, few = 0, FEW_TAGS + MOST_TAGS_A_BYTE * package.packed[name]
        is_xml = name.lower().endswith((".xml", ".rels"))
        for piece in package.pieces(name):
            here += piece.count(b"<") if is_xml else 0
            if in_all + here > most:
                raise UnreadableError(f"it has more than {most:,} tags", _OWN)
            if here > few:
                packed = f"{package.packed[name]:,} bytes"
                wrong = f"its part {_short(name)} has more than {few:,} tags in {packed}"
                raise UnreadableError(wrong, _OWN)
        in_all += here


def _too_large() -> UnreadableError:
    return UnreadableError(f"it unpacks to more than {_megabytes(MOST_UNPACKED)}", _OWN)


def _megabytes(size: int) -> str:
    return f"{size >> 20:,} MB"


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59]}…"
