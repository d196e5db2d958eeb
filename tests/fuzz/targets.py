"""What reads strangers' bytes, each as one function of bytes: it reads them or refuses by name.

A target raises where a user would see a traceback, and where what was read is not what was written.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tco.carried import Carried
from tco.catalogue.csvfile import read_csv
from tco.catalogue.entries import read_list
from tco.catalogue.foreign import Wanted
from tco.catalogue.importing import add
from tco.catalogue.pricelists import Laying
from tco.errors import Mistakes
from tco.read.document import read_document
from tco.read.keys import is_key
from tco.read.loading import load, load_carried
from tco.read.textfile import as_text
from tco.tender.asked import Request, request_of
from tco.tender.columns import BUY, SIDES
from tco.tender.csvanswers import csv_answer, csv_of, side_of_csv
from tco.tender.filled import filled_cells
from tco.tender.quotesfile import quotes_file
from tco.tender.workbookanswers import side_of, workbook_answer
from tco.unpacking import Package
from tco.verify.contents import contents_of
from tco.verify.original import original_in
from tco.verify.reading import stored_in
from tco.verify.tree import UnknownError, tree

Target = Callable[[bytes], None]
ASKING = "own-1024-h100"  # whose request is answered
MOST_SAID = 200_000  # characters that a refusal may have
PART = re.compile(rb"^@@ ([^\r\n]{1,80})\n", re.MULTILINE)  # how parts of a package are told apart


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """A refusal is as it should be: one that can be printed, by a name."""
    try:
        yield
    except Mistakes as error:
        said = str(error)
        assert said and len(said) < MOST_SAID, f"a refusal of {len(said):,} characters"
        said.encode()


@cache
def folder() -> Path:
    """Where this process puts what a target reads from a disk."""
    return Path(tempfile.mkdtemp(prefix="tco-fuzz-"))


def put(name: str, content: bytes) -> Path:
    """A file of these bytes."""
    path = folder() / name
    path.write_bytes(content)
    return path


def packed(data: bytes) -> bytes:
    """A package of the parts that stand one below the other, each below `@@ NAME`."""
    out = io.BytesIO()
    marks = [*PART.finditer(data)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for at, mark in enumerate(marks):
            end = marks[at + 1].start() if at + 1 < len(marks) else len(data)
            name = mark[1].decode("latin-1").replace("\0", "")
            if name and name not in archive.NameToInfo:
                archive.writestr(zipfile.ZipInfo(name), data[mark.end() : end])
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """The parts of a package one below the other."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(b"@@ %s\n%s" % (one.encode(), archive.read(one) + b"\n")
                        for one in archive.namelist())  # fmt: skip


# ---- scenarios -----------------------------------------------------------------------------------


def scenario(data: bytes) -> None:
    """The text of a scenario, and behind a NUL settings, a line each."""
    said, _, rest = data.partition(b"\0")
    with refusing():
        text = as_text("a.yaml", said)
        settings = rest.decode("utf-8", "surrogateescape").split("\n")[:20] if rest else ()
        tables = (("q.csv", _QUOTES),)
        found = load_carried(Carried("a.yaml", text, tuple(settings), tables), "a.yaml")
        assert found.carried is not None and found.carried.text == text


def document(data: bytes) -> None:
    """The text of a scenario as YAML: words in blocks, with their places."""
    with refusing():
        text = as_text("a.yaml", data)
        found = read_document("a.yaml", text, is_key)
        for path in [*found.values, *found.keys][:200]:
            place = found.place(path)
            assert place.line <= len(found.lines) and place.column <= len(place.excerpt) + 2


_QUOTES = b"vendor,item,price,currency,valid_until\nA,gpu,1,USD,2027-01-01\n"


# ---- workbooks -----------------------------------------------------------------------------------


def workbook(data: bytes) -> None:
    """The parts of a workbook: what `verify` reads, and the scenario that a book carries."""
    _read_book(put("book.xlsx", packed(data)))


def archive(data: bytes) -> None:
    """A file that may be a package."""
    path = put("book.xlsx", data)
    with contextlib.suppress(Mistakes), path.open("rb") as file, _unreadable():
        Package(file)
    _read_book(path)


def _read_book(path: Path) -> None:
    for read in (stored_in, contents_of, original_in):
        with refusing():
            read(path)  # type: ignore[operator]


@contextlib.contextmanager
def _unreadable() -> Iterator[None]:
    from tco.unpacking import UnreadableError

    try:
        yield
    except UnreadableError as error:
        assert error.wrong and error.remedy


def formula(data: bytes) -> None:
    """A formula of a workbook, as it is looked at before an engine is, and taken apart."""
    from tco.verify.formulas import BeyondError, Formulas

    text = data.decode("utf-8", "replace")
    with contextlib.suppress(BeyondError):
        read, _ = Formulas([("A", "S!$A$1:$B$2"), ("B", text[:200])]).look(text)
        assert read >= 0
    with contextlib.suppress(UnknownError):
        tree(text, "S")


# ---- answers to requests -------------------------------------------------------------------------


@cache
def requested(side: str) -> Request:
    """The request that answers are read for."""
    return request_of(load(ASKING), side)


def request(data: bytes) -> None:
    """The parts of a filled request."""
    path = put("answer.xlsx", packed(data))
    with refusing():
        filled = filled_cells(path)
        if side := side_of(filled):
            workbook_answer(path, filled, requested(side), "")


def quotes(data: bytes) -> None:
    """A CSV of quotes: as an answer, and as the file beside a scenario; both are read back."""
    path = put("quotes.csv", data)
    with refusing():
        sheet = csv_of(path, data)
        if side := side_of_csv(sheet):
            csv_answer(path, sheet, requested(side), "")
    with refusing():
        there = quotes_file(path, SIDES[BUY])
        rows = [dict(one) for one in there.rows[:3]]
        there.add(SIDES[BUY], [{**one, "vendor": "Z", "round": ""} for one in rows])
        again = put("again.csv", there.text().encode())
        back = quotes_file(again, SIDES[BUY])
        assert back.text() == there.text(), "what was written is read otherwise"


# ---- price lists ---------------------------------------------------------------------------------


def prices(data: bytes) -> None:
    """A list of one's own, laid over the catalogue."""
    with refusing():
        laying = Laying()
        laying.add(read_list("own.csv", data))
        laying.tables()
        for one in laying.mistakes[:50]:
            assert str(one)


def adding(data: bytes) -> None:
    """A list added to a folder: whatever is written can be added to."""
    own, path = folder() / "own", put("list.csv", data)
    for one in own.glob("*") if own.is_dir() else ():
        one.unlink()
    with refusing():
        add([str(path)], own, Wanted("", "2026-11-01", (), ()))
        add([str(put("next.csv", _LIST))], own, Wanted("", "2026-11-01", (), ()), force=True)


_LIST = b"id,chip,on_demand_price,date\nnext-one,a100-sxm4-80gb,2,2026-11-01\n"


def table(data: bytes) -> None:
    """Any CSV: every cell has its place."""
    with refusing():
        sheet = read_csv("t.csv", data)
        for row in (sheet.head, *sheet.rows[:5]):
            for at in range(min(len(row.cells), 20)):
                assert str(sheet.place(row, at))


TARGETS: dict[str, Target] = {
    one.__name__: one
    for one in (document, scenario, workbook, archive, formula, request, quotes, prices, adding,
                table)
}  # fmt: skip


def warmed(name: str) -> Target:
    """A target that has made whatever is made once."""
    target = TARGETS[name]
    if name in ("request", "quotes"):
        for side in SIDES:
            requested(side)
    for seed in (b"", b"a"):
        target(seed)
    return target


def outcome(target: Target, data: bytes) -> tuple[str, Any]:
    """What is wrong with how bytes are read: its kind and place, "" for nothing; and the error."""
    try:
        target(data)
    except MemoryError as error:
        return "memory", error
    except Exception as error:
        return f"{type(error).__name__} at {_place_of(error)}", error
    except BaseException as error:  # a panic of something written in another language
        if type(error).__name__ == "PanicException":
            return f"panic at {_place_of(error)}", error
        raise
    return "", None


def _place_of(error: BaseException) -> str:
    """The innermost line of ours that an error passed."""
    found, step = "nowhere", error.__traceback__
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if "tco" in path.parts or path.name == "targets.py":
            found = f"{path.parent.name}/{path.name}:{step.tb_lineno}"
        step = step.tb_next
    return found
