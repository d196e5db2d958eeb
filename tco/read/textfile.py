"""The text of a scenario file or of standard input: bounded, and named where it is no such text."""

from __future__ import annotations

import os
import re
import sys
import urllib.parse
from pathlib import Path

from tco.errors import Mistake, Mistakes, Place, mistake
from tco.files import kind_of

STDIN = "-"  # how a command names standard input
STDIN_NAME = "<stdin>"  # how messages name it
MOST_BYTES = 1_000_000
BREAKS = re.compile("\r\n|[\n\r]")  # where YAML 1.2 ends a line
_HANDED_OVER = ("/dev/", "/proc/")  # where a shell puts what it opened for us
SUFFIXES = (".yaml", ".yml", ".json")
_SAVE = "Save it as UTF-8, which editors offer where a file is saved."
# How files that are no text begin.
_BEGINNINGS = (
    (b"PK\x03\x04", "a workbook or another archive", "Name the .yaml file that it was made from."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Name a .yaml file."),
    (b"%PDF-", "a PDF", "Name a .yaml file."),
    (b"\x89PNG", "a picture", "Name a .yaml file."),
    (b"\xff\xd8\xff", "a picture", "Name a .yaml file."),
    (b"GIF8", "a picture", "Name a .yaml file."),
    (b"\x1f\x8b", "a compressed file", "Unpack it, and name the .yaml file in it."),
)
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WIDE = (  # a mark at the start, and where it is not there, which bytes are empty
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


def elsewhere(name: str) -> tuple[str, str] | None:
    """What a name that is no file here may be instead, and what to type."""
    if name.lower().startswith("file://"):
        path = urllib.parse.unquote(urllib.parse.urlsplit(name).path)
        return "this is the address of a file, not its path", f"Did you mean {path}?"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name):
        remedy = "Save what is there as a file, and name that."
        return "this is an address on the net, not a file here", remedy
    if "\\" in name and os.sep == "/":
        turned = re.sub(r"^([A-Za-z]):", lambda drive: f"/mnt/{drive[1].lower()}", name)
        turned = turned.replace("\\", "/")
        meant = f"Did you mean {turned}?" if Path(turned).exists() else "Type / between folders."
        return "this is a path as Windows writes it, and there is no such file here", meant
    home = Path(name).expanduser() if name.startswith("~/") else Path(name)
    if str(home) != str(Path(name)) and home.exists():
        return "the ~ of this path stands for itself", f"Did you mean {home}?"
    return None


def read_text(path: Path) -> str:
    """The text of a file that is one: in UTF-8 and of a scenario's size, else `Mistakes`."""
    name = str(path)
    if path.suffix.lower() in (".csv", ".tsv"):
        raise mistake(name, "this is a table by its name, not a scenario file",
                      "Take a price list in with: tco catalogue add FILE")  # fmt: skip
    if path.is_dir():
        raise mistake(name, "this is a folder, not a scenario file", "Name a .yaml file in it.")
    try:
        kind = kind_of(path)
        if kind in ("pipe", "socket") and not name.startswith(_HANDED_OVER):
            raise mistake(name, f"this is a {kind}, and nobody may ever write into it",
                          "Send the scenario in: tco build - < PIPE")  # fmt: skip
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _large(name, f"{size:,}")
        with path.open("rb") as file:  # bounded: a device can be longer than it says
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        wrong = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise mistake(name, wrong, "Check the path and its permissions.") from None
    return as_text(name, content)


def read_stdin() -> str:
    """The text that comes in on standard input; `Mistakes` where it is none, or is not there."""
    if sys.stdin is None:
        content = b""
    else:
        if sys.stdin.isatty():
            print("Type a scenario, then Ctrl-D (on Windows Ctrl-Z, Enter).", file=sys.stderr)
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if not content.strip():
        remedy = "Send a scenario in, for example: tco build - < my-model.yaml"
        raise mistake(STDIN_NAME, "standard input is empty", remedy)
    return as_text(STDIN_NAME, content)


def as_text(name: str, content: bytes) -> str:
    """Bytes as text; `Mistakes` where they are too many, or in another encoding than UTF-8."""
    if len(content) > MOST_BYTES:
        raise _large(name, f"more than {MOST_BYTES:,}")
    for start, what, remedy in _BEGINNINGS:
        if content.startswith(start):
            raise mistake(name, f"this is {what}, not a scenario file", remedy)
    if wide := _wide(content):
        first = BREAKS.split(content.decode(wide, "replace"), 1)[0].lstrip("\ufeff")
        said = wide.partition("-l")[0].partition("-b")[0].upper()
        raise Mistakes([Mistake(Place(name, 1, 1, first), f"this text is in {said}, not in UTF-8",
                                _SAVE)])  # fmt: skip
    if b"\0" in content:
        raise mistake(name, "this is not text, so it is no scenario file", "Name a .yaml file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Mistakes([_not_utf8(name, content, error.start)]) from None


def _large(name: str, size: str) -> Mistakes:
    return mistake(name, f"the file has {size} bytes; a scenario has a few thousand",
                   "Name the scenario file; data does not belong in it.")  # fmt: skip


def _wide(content: bytes) -> str:
    """The encoding of two or four bytes a character that a text is in, "" for none."""
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            return encoding
    even, odd = content[0:400:2], content[1:400:2]
    if len(odd) > 4 and even.count(0) < len(even) / 10 < len(even) * 0.8 < odd.count(0):
        return "utf-16-le"
    if len(odd) > 4 and odd.count(0) < len(odd) / 10 < len(odd) * 0.8 < even.count(0):
        return "utf-16-be"
    return ""


def _not_utf8(name: str, content: bytes, position: int) -> Mistake:
    """The first character that is not in UTF-8, and in what the text probably is.

    In Western texts of one byte a character such bytes are one or two, beside ASCII letters.
    """
    before = BREAKS.split(content[:position].decode("utf-8-sig"))
    text = BREAKS.split(content.decode("utf-8-sig", "surrogateescape"))[len(before) - 1]
    runs = re.findall(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?", content[max(0, position - 1) :])
    western = [run for run in runs if (count := len(run.strip(_LETTERS))) < 2 or
               (count == 2 and run.strip(_LETTERS) != run)]  # fmt: skip
    probably = ""
    if len(western) > len(runs) / 2:
        windows = any(0x80 <= byte < 0xA0 for byte in b"".join(western))
        probably = f"; the file is probably in {'Windows-1252' if windows else 'Latin-1'}"
        text = re.sub("[\udc80-\udcff]", lambda one: _western(one[0]), text)
    place = Place(name, len(before), len(before[-1]) + 1, text)
    return Mistake(place, f"this character is not in UTF-8{probably}", _SAVE)


def _western(escaped: str) -> str:
    return bytes([ord(escaped) - 0xDC00]).decode("cp1252", "replace")
