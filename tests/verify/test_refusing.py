"""What is no workbook is refused by its own name, at once, and before an engine is started."""

from __future__ import annotations

import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tco.errors import Mistakes
from tco.verify import formula_values, verify
from tests.errors.conftest import Answer
from tests.verify.making import F, Parts, one_sheet, parts, save

pytestmark = pytest.mark.usefixtures("no_engine")
Command = Callable[..., Answer]

posix = pytest.mark.skipif(os.name != "posix", reason="a kind of file of Unix")
OWN = "Name an .xlsx that tco wrote."
SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx."
UNPACK = "Unpack it and name the .xlsx in it."
GOOD = parts({"S": [[F("1+1", 2)]]})


def ole(*streams: str) -> bytes:
    """The start of an old container with these streams in its directory."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[30:32], head[48:52] = (9).to_bytes(2, "little"), (1).to_bytes(4, "little")
    entries = b"".join(
        f"{name}\0".encode("utf-16-le").ljust(64, b"\0") + bytes(64)
        for name in ("Root Entry", *streams)
    )
    return bytes(head) + bytes(512) + entries


BYTES = {
    "empty": (b"", "the file is empty", "Write it again: tco build"),
    "password": (ole("EncryptionInfo", "EncryptedPackage"), "the workbook is behind a password",
                 "Open it with the password, take the password off, and save it."),
    "xls": (ole("Workbook"), "this is an old Excel workbook (.xls)", SAVE_AS),
    "xls of 95": (ole("Book"), "this is an old Excel workbook (.xls)", SAVE_AS),
    "xls without container": (b"\x09\x08\x10\0\0\x06\x05\0", "this is an old Excel workbook (.xls)",
                              SAVE_AS),
    "doc": (ole("1Table", "WordDocument"), "this is an old Word document, not a workbook", OWN),
    "msg": (ole("__nameid"), "this is an old Office file, or one behind a password", SAVE_AS),
    "ole, cut": (ole("Workbook")[:600], "this is an old Office file, or one behind a password",
                 SAVE_AS),
    "ole, cut at once": (ole()[:8], "this is an old Office file, or one behind a password",
                         SAVE_AS),
    "pdf": (b"%PDF-1.7\n", "this is a PDF, not a workbook", OWN),
    "gzip": (b"\x1f\x8b\x08\0", "this is a gzip archive, not a workbook", UNPACK),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "this is a 7-Zip archive, not a workbook", UNPACK),
    "png": (b"\x89PNG\r\n\x1a\n", "this is a picture, not a workbook", OWN),
    "csv": (b"item,price\nnode,3\n",
            "this is a table in text, with commas: it has values and no formulas", OWN),
    "csv of Excel": ("\ufeffitem;price\r\nnode;3\r\n".encode(),
                     "this is a table in text, with semicolons: it has values and no formulas",
                     OWN),
    "tsv in UTF-16": ("item\tprice\nnode\t3\n".encode("utf-16"),
                      "this is a table in text, with tabs: it has values and no formulas", OWN),
    "letter": ("Liebe Grüße\n".encode("latin-1"), "this is a text, not a workbook",
               f"{OWN} A scenario becomes one by: tco build"),
    "scenario": (b"workload:\n  kind: train\n", "this is a text, not a workbook",
                 f"{OWN} A scenario becomes one by: tco build"),
    "web page": (b"\n<!DOCTYPE html><html><table>", "this is a web page, not a workbook", SAVE_AS),
    "xls that is a page": (b"<table><tr><td>1</td></tr></table>",
                           "this is a web page, not a workbook", SAVE_AS),
    "Excel 2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
                   b'spreadsheet">', "this is an XML spreadsheet of Excel 2003", SAVE_AS),
    "fods": (b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument'
             b':xmlns:office:1.0">', "this is a flat OpenDocument file (.fods)", SAVE_AS),
    "web page with a mark": ("\ufeff<HTML>".encode(), "this is a web page, not a workbook",
                             SAVE_AS),
    "web page in UTF-16": ("<html>".encode("utf-16"), "this is a web page, not a workbook",
                           SAVE_AS),
    "xml": (b"<?xml version='1.0'?><a/>", "this is an XML file, not a workbook", OWN),
    "noise": (bytes(range(256)), "this is neither a workbook nor a text", OWN),
    "zeros": (bytes(5_000), "this is neither a workbook nor a text", OWN),
    "empty zip": (b"PK\5\6" + bytes(18), "this is an empty zip archive", OWN),
    "cut zip": (b"PK\3\4" + bytes(90), "the zip archive is cut off or damaged",
                "Fetch the file again, or write it again: tco build"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BYTES)
def test_a_file_that_is_no_archive(kind: str, tmp_path: Path, tco: Command) -> None:
    content, wrong, remedy = BYTES[kind]
    (tmp_path / "book.xlsx").write_bytes(content)
    assert tco("verify", "book.xlsx") == Answer(2, "", f"book.xlsx: {wrong}\n{remedy}\n")


def without(name: str) -> Parts:
    """The good workbook without one of its parts."""
    return {key: text for key, text in GOOD.items() if key != name}


ARCHIVES = {
    "ods": ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            "this is an OpenDocument workbook (.ods)", SAVE_AS),
    "odt": ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
            "this is an OpenDocument file or an e-book, not a workbook", OWN),
    "epub": ({"mimetype": "application/epub+zip"},
             "this is an OpenDocument file or an e-book, not a workbook", OWN),
    "xlsb": ({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "\0"},
             "this is a binary workbook (.xlsb)", SAVE_AS),
    "docx": ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"},
             "this is a Word document, not a workbook", OWN),
    "pptx": ({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"},
             "this is a presentation, not a workbook", OWN),
    "numbers": ({"Index/Document.iwa": "\0"},
                "this is a document of Apple Numbers, Pages or Keynote",
                "Open it in Numbers and export it as .xlsx."),
    "zip": ({"report.txt": "hello"}, "this is a zip archive that holds no workbook", OWN),
    "other package": ({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"},
                      "this is a package that holds no workbook", OWN),
    "no sheet": ({**GOOD, "xl/workbook.xml": "<workbook><sheets/></workbook>"},
                 "the workbook has no sheet", SAVE_AS),
    "a sheet without its part": (without("xl/worksheets/sheet1.xml"),
                                 "its sheet 'S' holds no cells that can be read", SAVE_AS),
    "no links": (without("xl/_rels/workbook.xml.rels"),
                 "its sheet 'S' holds no cells that can be read", SAVE_AS),
    "two sheets of one name": (parts({"S": [], "T": []}) | {
        "xl/workbook.xml": parts({"S": [], "T": []})["xl/workbook.xml"].replace('"T"', '"S"')},
        "its sheet 'S' stands twice", SAVE_AS),
    "strict": ({name: text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                   "http://purl.oclc.org/ooxml/spreadsheetml/main")
                for name, text in GOOD.items()},
               "this is a Strict Open XML workbook, which the engines do not read",
               'Save it as "Excel Workbook (.xlsx)", not "Strict Open XML".'),
    "days from 1904": ({**GOOD, "xl/workbook.xml": GOOD["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>')},
        "it counts days from 1904, which the engines do not",
        "Switch off the 1904 date system in the program's options and save it."),
}  # fmt: skip


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_that_is_no_workbook(kind: str, tmp_path: Path, tco: Command) -> None:
    content, wrong, remedy = ARCHIVES[kind]
    save(tmp_path / "book.xlsx", content)
    assert tco("verify", "book.xlsx") == Answer(2, "", f"book.xlsx: {wrong}\n{remedy}\n")


@pytest.mark.parametrize("name", [name for name in GOOD if name.endswith(("xml", "rels"))])
@pytest.mark.parametrize("text", ["", "<a>", "<a/><b/>", "no XML", "<a b='1' b='2'/>"])
def test_a_damaged_part_is_named(name: str, text: str, tmp_path: Path) -> None:
    save(tmp_path / "book.xlsx", {**GOOD, name: text})
    with pytest.raises(Mistakes, match=r"damaged|holds no"):
        verify(tmp_path / "book.xlsx")


@pytest.mark.parametrize("step", range(3))
def test_a_damaged_archive_is_never_a_traceback(step: int, tmp_path: Path) -> None:
    """Whatever byte is flipped and wherever it is cut: read as it was, or refused."""
    whole = one_sheet(tmp_path / "good.xlsx", [[F("1+1", 2), "text", 3.5]]).read_bytes()
    spoilt = tmp_path / "spoilt.xlsx"
    for at in range(step, len(whole), 23):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]):
            spoilt.write_bytes(content)
            try:
                assert set(formula_values(spoilt).values()) == {2.0}
            except Mistakes as error:
                assert str(spoilt) in str(error)


# ---- what is no file ----------------------------------------------------------------------------


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (lambda path: path.mkdir(), "this is a folder, not a workbook"),
    "pipe": (lambda path: os.mkfifo(path), "this is a pipe, not a workbook"),
    "socket": (_socket, "this is a socket, not a workbook"),
    "zero": (lambda path: path.symlink_to("/dev/zero"), "this is a device, not a workbook"),
    "urandom": (lambda path: path.symlink_to("/dev/urandom"), "this is a device, not a workbook"),
    "null": (lambda path: path.symlink_to("/dev/null"), "this is a device, not a workbook"),
    "folder by a link": (lambda path: path.symlink_to("/"), "this is a folder, not a workbook"),
    "dangling": (lambda path: path.symlink_to("nowhere"), "there is no such file"),
    "circle": (lambda path: path.symlink_to(path), "it cannot be read: "),
    "of the system": (lambda path: path.symlink_to("/proc/self/mem"), "the file is empty"),
}


@posix
@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_refused_unread(
    kind: str, tmp_path: Path, tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make, wrong = NO_FILES[kind]
    make(Path("book.xlsx"))
    answer = tco("verify", "book.xlsx")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"book.xlsx: {wrong}")


def test_a_name_that_no_file_can_have(tco: Command) -> None:
    assert "x: it cannot be read: file name too long" in tco("verify", "x" * 5_000).err
    with pytest.raises(Mistakes, match="cannot be read"):
        verify(Path("a\0b"))


@posix
def test_a_name_that_is_no_text_is_refused_by_name(tmp_path: Path, tco: Command) -> None:
    name = os.fsdecode(b"gr\xfcn.xlsx")
    one_sheet(tmp_path / name, [[F("1+1", 2)]])
    answer = tco("verify", name)
    assert answer.code == 2 and "its name is not in UTF-8" in answer.err


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also as root, whom no permission binds."""
    path = one_sheet(tmp_path / "book.xlsx", [[F("1+1", 2)]])

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Mistakes, match="it cannot be read: permission denied"):
        verify(path)


def test_a_locked_archive(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "book.xlsx", [[F("1+1", 2)]])
    content = bytearray(path.read_bytes())
    for sign, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        content[content.find(sign) + at] |= 1
    path.write_bytes(content)
    with pytest.raises(Mistakes, match="behind a password"):
        verify(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_no_program_reads(method: int, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in GOOD.items():
            archive.writestr(name, text)
    with pytest.raises(Mistakes, match="packed in a way no spreadsheet program reads"):
        verify(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(tmp_path: Path) -> None:
    """An engine might read the other one."""
    path = save(tmp_path / "book.xlsx", GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", GOOD["xl/worksheets/sheet1.xml"])
    with pytest.raises(Mistakes, match="two of its parts have the name"):
        verify(path)


# ---- a verify that could not fail ---------------------------------------------------------------

NOTHING = {
    "values": [[1, 2.5], ["text", True]],
    "no cell": [],
    "empty cells": [[None], ["", None]],
    "a formula's text": [["=1+1", "'=SUM(A1)"]],
    "an error": [["#N/A"]],
}


@pytest.mark.parametrize("kind", NOTHING)
def test_a_book_without_a_formula(kind: str, tmp_path: Path, tco: Command) -> None:
    one_sheet(tmp_path / "book.xlsx", NOTHING[kind])
    assert tco("verify", "book.xlsx") == Answer(
        2,
        "",
        "book.xlsx: there is no formula to verify: it holds values only\n"
        "Name the workbook as tco wrote it, not a copy of its values.\n",
    )


VALUELESS = {
    "one": [[F("1+1")]],
    "several": [[F("1+1"), F("A1")], [F('"a"')]],
    "beside values": [[1, F("A1*2"), "text"]],
    "empty value": "<row r='1'><c r='A1'><f>1</f><v></v></c></row>",
    "a text without one": "<row r='1'><c r='A1' t='str'><f>1</f></c></row>",
    "a shared text without one": "<row r='1'><c r='A1' t='s'><f>1</f></c></row>",
}


@pytest.mark.parametrize("kind", VALUELESS)
def test_a_book_with_no_value_for_any_formula(kind: str, tmp_path: Path, tco: Command) -> None:
    from tests.verify.making import worksheet

    rows = VALUELESS[kind]
    one_sheet(tmp_path / "book.xlsx", worksheet(rows) if isinstance(rows, str) else rows)
    assert tco("verify", "book.xlsx") == Answer(
        2,
        "",
        "book.xlsx: no formula carries a value\nOpen it in a spreadsheet program and save it.\n",
    )
