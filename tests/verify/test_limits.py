"""Hostile and huge files are refused by name, in little memory, before an engine is started."""

from __future__ import annotations

import base64
import random
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from tco import unpacking
from tco.errors import Mistakes
from tco.loading import load
from tco.verify import formulas, parts, reading, verify
from tco.verify.formulas import BeyondError, Formulas, area
from tests.verify import making
from tests.verify.making import MAIN, F, one_sheet, save, sheet, worksheet

pytestmark = pytest.mark.usefixtures("no_engine")

LITTLE = 48 << 20  # bytes that Python may have at once while it refuses


def refused(path: Path) -> str:
    """What is said of a book; it takes little memory to say it."""
    tracemalloc.start()
    with pytest.raises(Mistakes) as caught:
        verify(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < LITTLE, f"{peak >> 20} MB"
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


# ---- the archive --------------------------------------------------------------------------------


def bomb(path: Path, unit: bytes, count: int, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """A good book with one part blown up by a repeated text, never held in memory whole."""
    start, end = worksheet("*").encode().split(b"*")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in making.parts({"S": []}).items():
            if name != part:
                archive.writestr(name, text)
        with archive.open(part, "w", force_zip64=True) as file:
            file.write(start)
            for _ in range(count // 1_000):
                file.write(unit * 1_000)
            file.write(end)
    return path


BOMBS = {
    "tiny elements": b"<a/>",
    "cells": b"<c/>",
    "formulas": b'<c r="A1"><f>1</f><v>1</v></c>',
    "spaces": b"        ",
    "comments": b"<!-- -->",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_unpacks_to_many_times_its_size(kind: str, tmp_path: Path) -> None:
    path = bomb(tmp_path / "book.xlsx", BOMBS[kind], 2_000_000)
    assert path.stat().st_size < 1 << 20
    assert "times its size; the most is 100" in refused(path)


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/workbook.xml", "xl/media/image1.png", "extra", "_rels/.rels"]
)
def test_whatever_part_it_is(part: str, tmp_path: Path) -> None:
    assert "times its size" in refused(bomb(tmp_path / "book.xlsx", b"<a/>", 2_000_000, part))


def lying(path: Path, said: int, crc: int | None = None, text: str = "") -> Path:
    """A book whose sheet of 60 kB claims another size, and the checksum that fits if it is less."""
    one_sheet(path, text or [[F("1+1", 2)] for _ in range(1_500)])
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        whole = archive.read(info)
        at = archive.start_dir
    content = bytearray(path.read_bytes())
    entry = content.find(b"xl/worksheets/sheet1.xml", at) - 46
    crc = zlib.crc32(whole[:said]) if crc is None else crc
    for start in (entry + 16, info.header_offset + 14):
        content[start : start + 4] = struct.pack("<I", crc)
    for start in (entry + 24, info.header_offset + 22):
        content[start : start + 4] = struct.pack("<I", said)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("said", [0, 1, 100, 30_000, 59_000])
def test_a_part_that_has_more_than_it_claims(said: int, tmp_path: Path) -> None:
    """Its checksum fits what it claims, so that a trusting reader sees nothing wrong."""
    said_of_it = refused(lying(tmp_path / "book.xlsx", said))
    assert "sheet1.xml is damaged" in said_of_it or "and has more" in said_of_it


def test_a_part_that_is_whole_where_it_claims_to_end(tmp_path: Path) -> None:
    """What comes behind is another book for a reader that goes on."""
    whole = sheet([[F("1+1", 2)]])
    path = lying(tmp_path / "book.xlsx", len(whole), text=whole + " " * 50_000)
    assert "sheet1.xml is damaged" in refused(path)


@pytest.mark.parametrize("said", [200_000, 1_000_000])
def test_a_part_that_has_less_than_it_claims(said: int, tmp_path: Path) -> None:
    path = lying(tmp_path / "book.xlsx", said)
    assert f"claims {said:,} bytes and has " in refused(path)


def test_a_wrong_checksum(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    one_sheet(path, [[F("1+1", 2)] for _ in range(1_500)])
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    assert "sheet1.xml is damaged" in refused(lying(path, size, crc=7))


def test_too_many_parts(tmp_path: Path) -> None:
    extra = {f"xl/media/{number}": "" for number in range(unpacking.MOST_PARTS)}
    path = save(tmp_path / "book.xlsx", {**making.parts({"S": [[F("1", 1)]]}), **extra})
    assert "it has 5,006 parts; the most is 5,000" in refused(path)


def test_far_too_many_parts_are_not_even_listed(tmp_path: Path) -> None:
    """A directory of 60 MB: it alone would take ten times as much."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", *[20] * 2, *[0] * 4, 0, 0, 0, 1, *[0] * 6) + b"a"
    count, size = 60_000, len(entry) * 60_000
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, size, 4, 0)
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\3\4" + entry * count + end)
    assert "it has more than 5,000 parts" in refused(path)


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\3\4")
        file.truncate(1 << 40)  # a file with a hole: it takes no room
    assert refused(path).startswith("it is 1,048,576 MB in size; the most is 256 MB")


def test_too_much_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 3 << 20)
    noise = bytes(range(256)) * 4_000
    extra = {f"xl/media/{number}": noise for number in range(4)}
    path = save(
        tmp_path / "book.xlsx", {**making.parts({"S": [[F("1", 1)]]}), **extra}, packed=False
    )
    assert "it unpacks to more than 3 MB" in refused(path)


# ---- XML ----------------------------------------------------------------------------------------

DOCTYPES = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "address": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "nothing": "<!DOCTYPE x>",
    "behind a comment": "<?xml version='1.0'?><!-- x --><!DOCTYPE x>",
}
PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml",
         "_rels/.rels"]  # fmt: skip


@pytest.mark.parametrize("kind", DOCTYPES)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type(kind: str, part: str, encoding: str, tmp_path: Path) -> None:
    found: dict[str, str | bytes] = {**making.parts({"S": [[F("1", 1)]]})}
    found[part] = (DOCTYPES[kind] + str(found[part])).encode(encoding)
    path = save(tmp_path / "book.xlsx", found)
    assert refused(path).startswith("it declares a document type or entities")


@pytest.mark.parametrize("part", [*PARTS, "xl/theme/theme1.xml"])
def test_an_element_with_too_many_attributes(part: str, tmp_path: Path) -> None:
    many = " ".join(f'a{number}=""' for number in range(300))
    found = making.parts({"S": [[F("1", 1)]]})
    text = found.get(part, "<a></a>")
    found[part] = text[: text.rindex("</")] + f"<b {many}/>" + text[text.rindex("</") :]
    path = save(tmp_path / "book.xlsx", found)
    assert "it has an element with 300 attributes; the most is 256" in refused(path)


@pytest.mark.parametrize("count", [200_000, 1_000_000])
def test_an_element_with_absurdly_many_attributes(count: int, tmp_path: Path) -> None:
    many = " ".join(f'a{number:x}=""' for number in range(count))
    path = one_sheet(tmp_path / "book.xlsx", worksheet("", after=f"<b {many}/>"))
    del many
    said = refused(path)
    assert "attributes; the most is 256" in said or "has a tag without end" in said


@pytest.mark.parametrize("part", [*PARTS, "xl/theme/theme1.xml"])
@pytest.mark.parametrize("kind", ["deep", "elements", "attributes"])
def test_elements_deep_in_each_other_or_of_too_many_kinds(
    kind: str, part: str, tmp_path: Path
) -> None:
    """A parser remembers every element that is open, and every name it has met."""
    made, wrong = {
        "deep": ("<a>" * 300 + "</a>" * 300, "it has elements more than 256 deep"),
        "elements": ("".join(f"<a{number}/>" for number in range(11_000)), "10,000 kinds of"),
        "attributes": ("".join(f'<a b{number}=""/>' for number in range(11_000)),
                       "10,000 kinds of"),
    }[kind]  # fmt: skip
    found = making.parts({"S": [[F("1", 1)]]})
    text = found.get(part, "<a></a>")
    found[part] = text[: text.rindex("</")] + made + text[text.rindex("</") :]
    assert wrong in refused(save(tmp_path / "book.xlsx", found))


def test_cells_in_each_other(tmp_path: Path) -> None:
    for tag in ("v", "f", "row", "is", "t"):
        row = f'<row r="1"><c r="A1"><f>1</f>{f"<{tag}>" * 300}{f"</{tag}>" * 300}</c></row>'
        assert refused(one_sheet(tmp_path / "book.xlsx", worksheet(row)))


def test_names_that_stand_for_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_MEANING", 1_000)
    names = {f"n{number}": '"' + "x" * 300 + '"' for number in range(9)}
    path = one_sheet(tmp_path / "book.xlsx", [[F("1", 1)]], names=names)
    assert "it has more than 3 names" in refused(path)


def test_too_many_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_TAGS", 1_000)
    path = one_sheet(tmp_path / "book.xlsx", worksheet("", after="<a/>" * 1_000))
    assert "it has more than 1,000 tags" in refused(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/x.xml",
                                  "xl/_rels/workbook.xml.rels"])  # fmt: skip
def test_tags_that_say_nothing(part: str, tmp_path: Path) -> None:
    """Kilobytes of them come to minutes and gigabytes; noise beside them hides their ratio."""
    found = making.parts({"Scenario": [[F("1", 1)]]})
    noise = base64.b64encode(random.Random(1).randbytes(60_000)).decode()
    root = found.get(part, "<a></a>")
    end = root.rindex("</")
    found[part] = f"{root[:end]}<!--{noise}-->{'<a/>' * 1_200_000}{root[end:]}"
    path = save(tmp_path / "book.xlsx", found)
    assert path.stat().st_size < 100_000
    said = refused(path)
    assert said.startswith(f"its part {part} has more than") and " tags in " in said
    if part != "docProps/x.xml":
        with pytest.raises(Mistakes, match="tags in"):
            load(str(path))


@pytest.mark.parametrize("tag", ["f", "v", "is><t"])
def test_a_text_too_long(tag: str, tmp_path: Path) -> None:
    end = "".join(f"</{one}>" for one in reversed(tag.split("><")))
    kind = "inlineStr" if "t" in tag else "str"
    before = "" if tag == "f" else "<f>1</f>"
    text = "x" * (parts.MOST_TEXT + 1)
    row = f'<row r="1"><c r="A1" t="{kind}">{before}<{tag}>{text}{end}</c></row>'
    path = one_sheet(tmp_path / "book.xlsx", worksheet(row))
    assert "it has a text of more than 229,369 characters" in refused(path)


def test_too_many_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FORMULAS", 100)
    path = one_sheet(tmp_path / "book.xlsx", [[F("1", 1)] * 10 for _ in range(11)])
    assert "it has more than 100 formula cells" in refused(path)


def test_too_many_sheets_and_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_SHEETS", 3)
    monkeypatch.setattr(parts, "MOST_NAMES", 3)
    rows = [[F("1", 1)]]
    path = save(tmp_path / "book.xlsx", making.parts(dict.fromkeys("ABCD", rows)))
    assert "it has more than 3 sheets" in refused(path)
    path = one_sheet(tmp_path / "book.xlsx", rows, names=dict.fromkeys("WXYZ", "S!$A$1"))
    assert "it has more than 3 names" in refused(path)


# ---- formulas -----------------------------------------------------------------------------------

BEYOND = {
    "8,193 characters": ("1+" * 4_096 + "1", "of 8,193 characters; a spreadsheet program takes"),
    "a long text": ('"' + "x" * 9_000 + '"', "of 9,002 characters"),
    "4,000 brackets": ("(" * 4_000 + "1" + ")" * 4_000, "with more than 64 levels of brackets"),
    "65 brackets": ("(" * 65 + "1" + ")" * 65, "with more than 64 levels of brackets"),
    "1,300 IF": ("IF(1," * 1_300 + "1" + ")" * 1_300, "with more than 64 levels"),
    "65 functions": ("ABS(" * 65 + "1" + ")" * 65, "with more than 64 levels"),
    "brackets that never close": ("(" * 65, "with more than 64 levels"),
    "nested arrays": ("{" * 65 + "1" + "}" * 65, "with more than 64 levels"),
    "256 arguments": (f"SUM({','.join('1' * 256)})", "with more than 255 arguments"),
    "4,000 arguments": (f"SUM({','.join('1' * 4_000)})", "with more than 255 arguments"),
    "arguments deep inside": (f"ABS(MAX(1,{','.join('1' * 300)}))", "with more than 255 arguments"),
    "minus": ("-" * 8_000 + "1", "with more than 64 signs in a row"),
    "plus and minus": ("+-" * 40 + "1", "with more than 64 signs in a row"),
    "minus, spaced": ("- " * 70 + "1", "with more than 64 signs in a row"),
    "per cent": ("1" + "%" * 70, "with more than 64 signs in a row"),
    "&": ("1" + "&1" * 2_100, "with more than 2,000 operators"),
    "^": ("1" + "^1" * 4_000, "with more than 2,000 operators"),
    "=": ("1" + "=1" * 2_001, "with more than 2,000 operators"),
}


@pytest.mark.parametrize("kind", BEYOND)
def test_a_formula_beyond_a_spreadsheet_program(kind: str, tmp_path: Path) -> None:
    formula, wrong = BEYOND[kind]
    path = one_sheet(tmp_path / "book.xlsx", [[1, 2], [None, F(formula, 1)]])
    assert refused(path).startswith(f"its cell S!B2 has a formula {wrong}")


@pytest.mark.parametrize("kind", ["4,000 brackets", "minus", "8,193 characters"])
@pytest.mark.parametrize(
    "rule",
    ["<conditionalFormatting><cfRule><formula>{}</formula></cfRule></conditionalFormatting>",
     "<dataValidations><dataValidation><formula1>{}</formula1></dataValidation></dataValidations>"],
)  # fmt: skip
def test_a_rule_beside_the_cells(kind: str, rule: str, tmp_path: Path) -> None:
    text = sheet([[F("1", 1)]], after=rule.format(BEYOND[kind][0]))
    assert refused(one_sheet(tmp_path / "book.xlsx", text)).startswith("a rule on its sheet S has")


@pytest.mark.parametrize("kind", ["4,000 brackets", "minus", "8,193 characters"])
def test_a_name_beyond(kind: str, tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "book.xlsx", [[F("1", 1)]], names={"deep": BEYOND[kind][0]})
    assert refused(path).startswith("a defined name has a formula ")


WITHIN = [
    "1+" * 1_900 + "1", "(" * 64 + "1" + ")" * 64, f"SUM({','.join('1' * 255)})",
    "-" * 64 + "1", '"' + "-" * 500 + '"', '"' + "(" * 500 + '"', "'((((" + "-" * 70 + "'!A1",
    ",".join(f"SUM({','.join('1' * 200)})" for _ in range(3)), '"' + "a,b" * 300 + '"',
    "IF(A1=1,-1,--1)" + "+(1)" * 100,
]  # fmt: skip


@pytest.mark.parametrize("formula", WITHIN)
def test_a_formula_within_the_limits(formula: str) -> None:
    assert Formulas([]).look(formula) == (0, "")


AREAS = {
    "A1:B3": 6, "$A$1:$B$3": 6, "B3:A1": 6, "A:A": 1_048_576, "$B:$D": 3 * 1_048_576,
    "1:1": 16_384, "$2:$3": 2 * 16_384, "A1:XFD1048576": 1 << 34, "S!A1:A3": 3,
    "S!A1:S!A3": 3, "A1": 0, "SUM(A1,B1:B2,C1:C3)": 5, "a1 : b2": 4, "A1:INDEX(B:B,3)": 1_048_576,
}  # fmt: skip


@pytest.mark.parametrize("text", AREAS)
def test_how_many_cells_are_read(text: str) -> None:
    assert area(text.upper()) == AREAS[text]


@pytest.mark.parametrize("text", ['"A1:XFD9999"', "'A:A'!B2", 'IF(A1="1:9",\'X:Y\'!A1,"")'])
def test_a_text_reads_nothing(text: str) -> None:
    assert Formulas([]).look(text) == (0, "")


GREEDY = ["SUM(A1:XFC4999)", "SUM(A:Q)", "SUMPRODUCT((A:I>0)*(J:R<5))", "MAX(1:2000)",
          "SUM(S!$A$1:$XFD$1048576)"]  # fmt: skip


@pytest.mark.parametrize("formula", GREEDY)
def test_a_formula_that_reads_absurdly_many_cells(formula: str, tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "book.xlsx", [[None, F(formula, 1)]])
    said = refused(path)
    assert said.startswith("its cell S!B1 reads ") and "cells; the most is 16,777,216" in said
    assert "Name cells in use (A1:A99), not whole columns or sheets." in said


def test_an_array_for_absurdly_many_cells(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><f t="array" ref="A1:XFD9999">1</f><v>1</v></c></row>'
    assert "its cell S!A1 reads " in refused(one_sheet(tmp_path / "book.xlsx", worksheet(row)))


def test_names_for_whole_sheets(tmp_path: Path) -> None:
    names = {"all": "S!$A:$Z", "sum": "SUM(all)+1", "Größe": "S!$A:$Z"}
    for formula in ("COUNT(all)", "1+Sum", "GRÖSSE+größe"):
        path = one_sheet(tmp_path / "book.xlsx", [[F(formula, 1)]], names=names)
        assert "its cell S!A1 reads " in refused(path)


def test_names_that_multiply(tmp_path: Path) -> None:
    """Each is twice the one before: fifty of them are 2^50 cells."""
    names = {"n0": "S!$A$1:$A$9"} | {f"n{i}": f"n{i - 1}+n{i - 1}" for i in range(1, 51)}
    path = one_sheet(tmp_path / "book.xlsx", [[F("n50", 1)]], names=names)
    assert "its cell S!A1 reads 10,133,099,161,583,616 cells" in refused(path)


def test_names_in_a_circle_or_too_deep() -> None:
    assert Formulas([("a", "b+1"), ("b", "a+A1:A2000")]).look("a")[0] in (2_000, 4_000)
    chain = [(f"n{i}", f"n{i - 1}") for i in range(200, 0, -1)]
    with pytest.raises(BeyondError, match="names more than 64 deep"):
        Formulas(chain)


def test_many_formulas_that_read_much(tmp_path: Path) -> None:
    rows = [[F("SUM(B:C)", 1)] for _ in range(65)]
    path = one_sheet(tmp_path / "book.xlsx", rows)
    assert "its formulas read more than 134,217,728 cells in all" in refused(path)


def test_formulas_that_share_one_text_are_counted_each(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"{first}</f><v>1</v></c></row>'
        for row in range(1, 66)
        for first in ['ref="A1:A65">SUM(B:C)' if row == 1 else ">"]
    ).replace('"0"ref', '"0" ref')
    path = one_sheet(tmp_path / "book.xlsx", worksheet(rows))
    assert "its formulas read more than 134,217,728 cells in all" in refused(path)


def test_what_tco_itself_writes_is_far_within(built: dict[str, Path]) -> None:
    """The largest bundled book keeps a factor of ten from every limit."""
    path = built["buy-or-rent-100b"]
    stored = reading.stored_in(path)
    assert 10_000 < len(stored.values) < reading.MOST_FORMULAS / 10
    assert stored.read < formulas.MOST_READ_IN_ALL / 10
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        tags = sum(archive.read(one).count(b"<") for one in infos if one.filename.endswith("xml"))
    assert max(one.file_size for one in infos) < unpacking.MOST_UNPACKED / 10
    assert len(infos) < unpacking.MOST_PARTS / 10 and tags < parts.MOST_TAGS / 10


def test_a_default_part_is_read_whatever_its_prefix(tmp_path: Path) -> None:
    text = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/><x:a b="1"/></x:worksheet>'
    assert "there is no formula to verify" in refused(one_sheet(tmp_path / "book.xlsx", text))
