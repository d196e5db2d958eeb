"""What is no workbook, said by its own name, with what to do instead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tco.errors import mistake
from tco.files import NotAFileError, open_file
from tco.unpacking import Package, UnreadableError

OWN = "Name an .xlsx that tco wrote."
SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"%PDF", "this is a PDF, not a workbook", OWN),
    (b"\x1f\x8b", "this is a gzip archive, not a workbook", "Unpack it and name the .xlsx in it."),
    (b"BZh", "this is a bzip2 archive, not a workbook", "Unpack it and name the .xlsx in it."),
    (b"\xfd7zXZ\0", "this is an xz archive, not a workbook", "Unpack it and name the .xlsx in it."),
    (b"7z\xbc\xaf\x27\x1c", "this is a 7-Zip archive, not a workbook",
     "Unpack it and name the .xlsx in it."),
    (b"Rar!", "this is a RAR archive, not a workbook", "Unpack it and name the .xlsx in it."),
    (b"\x89PNG", "this is a picture, not a workbook", OWN),
    (b"\xff\xd8\xff", "this is a picture, not a workbook", OWN),
    (b"GIF8", "this is a picture, not a workbook", OWN),
    (b"PAR1", "this is a Parquet file, not a workbook", OWN),
    (b"SQLite format 3", "this is a database, not a workbook", OWN),
    (b"\x09\x02", "this is an old Excel workbook (.xls)", SAVE_AS),
    (b"\x09\x04", "this is an old Excel workbook (.xls)", SAVE_AS),
    (b"\x09\x08", "this is an old Excel workbook (.xls)", SAVE_AS),
    (b"{\\rtf", "this is a text document (RTF), not a workbook", OWN),
)  # fmt: skip
_MARKUP = (
    (
        "urn:schemas-microsoft-com:office:spreadsheet",
        "this is an XML spreadsheet of Excel 2003",
        SAVE_AS,
    ),
    ("opendocument", "this is a flat OpenDocument file (.fods)", SAVE_AS),
    ("<html", "this is a web page, not a workbook", SAVE_AS),
    ("<!doctype html", "this is a web page, not a workbook", SAVE_AS),
    ("<table", "this is a web page, not a workbook", SAVE_AS),
    ("<?xml", "this is an XML file, not a workbook", OWN),
)
# A stream of the old container: its name in the directory, in UTF-16.
_STREAMS = (
    ("EncryptedPackage", "the workbook is behind a password",
     "Open it with the password, take the password off, and save it."),
    ("Workbook", "this is an old Excel workbook (.xls)", SAVE_AS),
    ("Book", "this is an old Excel workbook (.xls)", SAVE_AS),
    ("WordDocument", "this is an old Word document, not a workbook", OWN),
    ("PowerPoint Document", "this is an old presentation, not a workbook", OWN),
)  # fmt: skip
_HOLDS = (
    ("xl/workbook.bin", "this is a binary workbook (.xlsb)", SAVE_AS),
    ("word/document.xml", "this is a Word document, not a workbook", OWN),
    ("ppt/presentation.xml", "this is a presentation, not a workbook", OWN),
    ("Index/Document.iwa", "this is a document of Apple Numbers, Pages or Keynote",
     "Open it in Numbers and export it as .xlsx."),
    ("Index.zip", "this is a document of Apple Numbers, Pages or Keynote",
     "Open it in Numbers and export it as .xlsx."),
)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package of a workbook; whatever is no such thing is refused by its own name.

    Raises `Mistakes`, also for an `UnreadableError` raised while the package is in use.
    """
    try:
        str(path).encode()
        with open_file(path) as file:
            _refuse_by_start(file)
            with Package(file) as package:
                _refuse_by_parts(package)
                yield package
    except FileNotFoundError:
        raise mistake(str(path), "there is no such file", "Write it first: tco build") from None
    except NotAFileError as error:
        raise mistake(str(path), f"this is a {error.kind}, not a workbook", OWN) from None
    except UnreadableError as error:
        raise mistake(str(path), error.wrong, error.remedy) from None
    except UnicodeEncodeError:
        wrong = "its name is not in UTF-8, and the engines need it so"
        raise mistake(str(path), wrong, "Rename the file.") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        said = getattr(error, "strerror", None) or str(error)
        raise mistake(str(path), f"it cannot be read: {said.lower()}", "Check the path.") from None


def _refuse_by_start(file: BinaryIO) -> None:
    # A file of the system may say that it is empty and keep a reader waiting.
    start = file.read(4096) if os.fstat(file.fileno()).st_size else b""
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        return
    raise UnreadableError(*_named_by_start(file, start))


def _named_by_start(file: BinaryIO, start: bytes) -> tuple[str, str]:
    if not start:
        return "the file is empty", "Write it again: tco build"
    if start.startswith(_OLE):
        return _named_by_streams(file, start)
    if start.startswith(b"PK\x05\x06"):
        return "this is an empty zip archive", OWN
    for sign, wrong, remedy in _STARTS:
        if start.startswith(sign):
            return wrong, remedy
    return _named_as_text(start)


def _named_by_streams(file: BinaryIO, start: bytes) -> tuple[str, str]:
    """What an OLE container holds: the first entries of its directory say so."""
    size = 1 << min(int.from_bytes(start[30:32], "little"), 12)
    file.seek((int.from_bytes(start[48:52], "little") + 1) * size)
    directory = file.read(4096)
    for name, wrong, remedy in _STREAMS:
        if f"{name}\0".encode("utf-16-le") in directory:
            return wrong, remedy
    return "this is an old Office file, or one behind a password", SAVE_AS


def _named_as_text(start: bytes) -> tuple[str, str]:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start.decode("utf-16", errors="replace")
    elif b"\0" in start or sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in start):
        return "this is neither a workbook nor a text", OWN
    else:
        text = start.decode("latin-1")
    if text.lstrip("\ufeffï»¿ \t\r\n").startswith("<"):  # the mark of UTF-16, or of UTF-8
        for sign, wrong, remedy in _MARKUP:
            if sign in text.lower():
                return wrong, remedy
    lines = [line for line in text.splitlines() if line.strip()]
    for separator, name in ((",", "commas"), (";", "semicolons"), ("\t", "tabs")):
        if len(lines) > 1 and all(separator in line for line in lines[:2]):
            return f"this is a table in text, with {name}: it has values and no formulas", OWN
    return "this is a text, not a workbook", OWN + " A scenario becomes one by: tco build"


def _refuse_by_parts(package: Package) -> None:
    for name, wrong, remedy in _HOLDS:
        if name in package:
            raise UnreadableError(wrong, remedy)
    if "mimetype" in package:
        kind = next(package.pieces("mimetype"), b"")[:100]
        if b"opendocument.spreadsheet" in kind:
            raise UnreadableError("this is an OpenDocument workbook (.ods)", SAVE_AS)
        raise UnreadableError("this is an OpenDocument file or an e-book, not a workbook", OWN)
    if not {"[Content_Types].xml", "xl/workbook.xml"} & set(package.sizes):
        raise UnreadableError("this is a zip archive that holds no workbook", OWN)
