"""What is stored is read as a spreadsheet program reads it, or not at all."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tco.verify import formula_values, verify
from tests.verify.making import F, one_sheet, parts, save, worksheet


def cell(inside: str, about: str = "") -> str:
    """A sheet with one cell at A1."""
    return worksheet(f'<row r="1"><c r="A1"{about}>{inside}</c></row>')


VALUES: dict[str, tuple[str, Any]] = {
    "a number": (cell("<f>1</f><v>2.5</v>"), 2.5),
    "a number with an exponent": (cell("<f>1</f><v>-1.5E-300</v>"), -1.5e-300),
    "a text": (cell("<f>1</f><v>ab &amp; c</v>", ' t="str"'), "ab & c"),
    "an empty text": (cell("<f>1</f><v></v>", ' t="str"'), ""),
    "spaces": (cell("<f>1</f><v> a </v>", ' t="str"'), " a "),
    "a text that looks like a number": (cell("<f>1</f><v>5</v>", ' t="str"'), "5"),
    "an error": (cell("<f>1</f><v>#N/A</v>", ' t="e"'), "#N/A"),
    "true": (cell("<f>1</f><v>1</v>", ' t="b"'), 1.0),
    "false in a word": (cell("<f>1</f><v>false</v>", ' t="b"'), 0.0),
    "a date": (cell("<f>1</f><v>2026-11-21T12:00:00</v>", ' t="d"'), 46347.5),
    "a text in the cell": (cell("<f>1</f><is><t>ab</t></is>", ' t="inlineStr"'), "ab"),
    "a text in runs": (cell("<f>1</f><is><r><t>a</t></r><r><t>b</t></r></is>", ' t="inlineStr"'),
                       "ab"),
    "how to say it": (cell('<f>1</f><is><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh></is>',
                           ' t="inlineStr"'), "漢"),
    "an escape": (cell("<f>1</f><v>a_x0041_b_x005F_x</v>", ' t="str"'), "aAb_x"),
    "a comment inside": (cell("<f>1</f><v>2<!-- 9 -->5</v>"), 25.0),
    "quoted markup": (cell("<f>1</f><v><![CDATA[<3]]></v>", ' t="str"'), "<3"),
    "a number by code": (cell("<f>1</f><v>&#50;5</v>"), 25.0),
    "no place": (worksheet("<row><c><f>1</f><v>7</v></c></row>"), 7.0),
    "no place in a row": (worksheet('<row r="1"><c><f>1</f><v>7</v></c></row>'), 7.0),
    "a formula without text": (cell("<f/><v>7</v>"), 7.0),
    "a prefix": (worksheet('<row r="1"><c r="A1"><f>1</f><v>7</v></c></row>').replace("<", "<x:")
                 .replace("<x:/", "</x:").replace("xmlns", "xmlns:x"), 7.0),
}  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
def test_a_stored_value(kind: str, tmp_path: Path) -> None:
    text, want = VALUES[kind]
    other = [[F("1", 1)]]  # so that a book has a value
    path = save(tmp_path / "book.xlsx", parts({"S": text, "T": other}))
    assert formula_values(path)["S", 1, 1] == want


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "us-ascii"])
def test_any_encoding_of_xml(encoding: str, tmp_path: Path) -> None:
    text = "x" if encoding == "us-ascii" else "ä"
    made = f"<?xml version='1.0' encoding='{encoding}'?>" + cell(
        f"<f>1</f><v>{text}</v>", ' t="str"'
    )
    content: dict[str, str | bytes] = {**parts({"S": []})}
    content["xl/worksheets/sheet1.xml"] = made.encode(encoding)
    assert formula_values(save(tmp_path / "book.xlsx", content)) == {("S", 1, 1): text}


def test_texts_that_cells_share(tmp_path: Path) -> None:
    sheet = worksheet(
        '<row r="1"><c r="A1" t="s"><f>1</f><v>1</v></c><c r="B1" t="s"><v>0</v></c>'
        '<c r="C1" t="s"><f>1</f><v>0</v></c></row>'
    )
    path = one_sheet(tmp_path / "book.xlsx", sheet, texts=["first", "second _x0041_"])
    assert formula_values(path) == {("S", 1, 1): "second A", ("S", 1, 3): "first"}


def test_values_far_apart_and_on_several_sheets(tmp_path: Path) -> None:
    sheet = worksheet(
        '<row r="3"><c r="C3"><v>9</v></c><c r="XFD3"><f>1</f><v>1</v></c></row>'
        '<row r="1048576"><c r="A1048576"><f>1</f><v>2</v></c></row>'
    )
    path = save(tmp_path / "book.xlsx", parts({"A & B": sheet, "ü": [[F("1", 3)]]}))
    assert formula_values(path) == {
        ("A & B", 3, 16384): 1.0, ("A & B", 1048576, 1): 2.0, ("ü", 1, 1): 3.0,
    }  # fmt: skip


BAD = {
    "a word for a number": cell("<f>1</f><v>many</v>"),
    "nan": cell("<f>1</f><v>NaN</v>"),
    "inf": cell("<f>1</f><v>1e999</v>"),
    "digits in groups": cell("<f>1</f><v>1_000</v>"),
    "a date that is none": cell("<f>1</f><v>2026-13-01</v>", ' t="d"'),
    "a text that is not there": cell("<f>1</f><v>7</v>", ' t="s"'),
    "a text without a number": cell("<f>1</f><v>x</v>", ' t="s"'),
    "a text by a negative number": cell("<f>1</f><v>-1</v>", ' t="s"'),
    "two values": cell("<f>1</f><v>1</v><v>2</v>"),
    "two formulas": cell("<f>1</f><f>2</f><v>1</v>"),
    "the value first": cell("<v>1</v><f>1</f>"),
    "a cell in a cell": cell('<c r="B1"><f>1</f><v>1</v></c><f>2</f><v>1</v>'),
    "twice": worksheet('<row r="1"><c r="A1"><f>1</f><v>1</v></c><c r="A1"><v>9</v></c></row>'),
    "out of order": worksheet('<row r="1"><c r="B1"><f>1</f><v>1</v></c><c r="A1"/></row>'),
    "a row twice": worksheet('<row r="1"><c r="A1"><f>1</f><v>1</v></c></row><row r="1"/>'),
    "a row out of order": worksheet('<row r="2"/><row r="1"><c r="A1"><f>1</f><v>1</v></c></row>'),
    "another row": worksheet('<row r="1"><c r="A7"><f>1</f><v>1</v></c></row>'),
    "column ZZZ": worksheet('<row r="1"><c r="ZZZ1"><f>1</f><v>1</v></c></row>'),
    "row 0": worksheet('<row r="0"><c r="A0"><f>1</f><v>1</v></c></row>'),
    "a row beyond the last": worksheet('<row r="1048577"><c><f>1</f><v>1</v></c></row>'),
    "a long row": worksheet(f'<row r="{"9" * 5_000}"><c><f>1</f><v>1</v></c></row>'),
    "a place in words": worksheet('<row r="1"><c r="first"><f>1</f><v>1</v></c></row>'),
    "a place in dollars": worksheet('<row r="1"><c r="$A$1"><f>1</f><v>1</v></c></row>'),
    "other digits": worksheet('<row r="1"><c r="A١"><f>1</f><v>1</v></c></row>'),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_programs_would_read_in_different_ways_is_refused(
    kind: str, tmp_path: Path, no_engine: None
) -> None:
    path = save(tmp_path / "book.xlsx", parts({"S": BAD[kind], "T": [[F("1", 1)]]}))
    with pytest.raises(Mistakes) as caught:
        verify(path)
    said = str(caught.value).removeprefix(f"{path}: ")
    assert said.startswith(("its sheet S has ", "its text number 7 is missing"))
    assert len(said) < 300


def test_a_constant_that_is_no_number_forgives_nothing(tmp_path: Path) -> None:
    """Engines may read it as anything; here what reads it is never noise."""
    sheet = worksheet(
        '<row r="1"><c r="A1"><v>1_0</v></c><c r="B1"><f>A1-10</f><v>1e-17</v></c>'
        '<c r="C1"><f>1</f><v>1</v></c></row>'
    )
    path = one_sheet(tmp_path / "book.xlsx", sheet)
    try:
        assert all("S!B1" in [one.cell for one in found.differences] for found in verify(path))
    except Mistakes as error:
        assert "cannot read it" in str(error)


def test_sheets_without_cells_are_passed_over(tmp_path: Path) -> None:
    made = parts({"S": [[F("1+1", 2)]], "Chart": []})
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        '/worksheet" Target="worksheets/sheet2.xml"', '/chartsheet" Target="chartsheets/sheet1.xml"'
    )
    assert formula_values(save(tmp_path / "book.xlsx", made)) == {("S", 1, 1): 2.0}


def test_an_old_macro_sheet_is_not_passed_over(tmp_path: Path) -> None:
    made = parts({"S": [[F("1+1", 2)]], "Macro": []})
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        '/worksheet" Target="worksheets/sheet2.xml"', '/xlMacrosheet" Target="macros/sheet1.xml"'
    )
    with pytest.raises(Mistakes, match="its sheet 'Macro' holds no cells that can be read"):
        verify(save(tmp_path / "book.xlsx", made))


WHERE: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
    "from the root": lambda made: made | {
        "xl/_rels/workbook.xml.rels": made["xl/_rels/workbook.xml.rels"].replace(
            'Target="w', 'Target="/xl/w')},
    "by a detour": lambda made: made | {
        "xl/_rels/workbook.xml.rels": made["xl/_rels/workbook.xml.rels"].replace(
            'Target="w', 'Target="../xl/./w')},
    "in capitals": lambda made: {
        name.replace("sheet1", "Sheet1"): text for name, text in made.items()},
}  # fmt: skip


@pytest.mark.parametrize("how", WHERE)
def test_a_sheet_is_found_where_its_link_says(how: str, tmp_path: Path) -> None:
    made = WHERE[how](parts({"S": [[F("1+1", 2)]]}))
    assert formula_values(save(tmp_path / "book.xlsx", made)) == {("S", 1, 1): 2.0}


@pytest.mark.parametrize("name", ["book.xlsm", "book.XLSX", "book", "book.xltx", "Bücher & mehr.x"])
def test_a_workbook_is_known_by_what_it_holds(name: str, tmp_path: Path) -> None:
    made: dict[str, str | bytes] = {**parts({"S": [[F("1+1", 2)]]})}
    made["[Content_Types].xml"] = str(made["[Content_Types].xml"]).replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    made["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    for verdict in verify(save(tmp_path / name, made)):
        assert verdict.confirmed


def test_as_it_was_before(built: dict[str, Path]) -> None:
    """Another reader, openpyxl, finds the same values in a whole book."""
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import to_excel

    path = built["resnet50-tpu-or-gpu"]
    found = formula_values(path)
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    want = {
        (sheet.title, one.row, one.column): values[sheet.title].cell(one.row, one.column).value
        for sheet in formulas
        for row in sheet.iter_rows()
        for one in row
        if one.data_type == "f"
    }
    assert found.keys() == want.keys()
    for key, value in want.items():
        value = to_excel(value) if isinstance(value, datetime.datetime) else value
        assert found[key] == ("" if value is None else value), key
        assert not isinstance(found[key], float) or math.isfinite(found[key])
