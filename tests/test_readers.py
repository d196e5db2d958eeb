"""Files that programs other than the usual ones read: prefixes, plain functions, wide letters.

exceljs and gnumeric themselves read every bundled workbook in `.ci/nightly`.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tco.lines.along import _is_row
from tco.widths import units_of
from tco.workbook.cells import Book, Sheet, height
from tco.workbook.layout import lay_out
from tco.workbook.sheets import working
from tco.workbook.style import look_of
from tests.conftest import SCENARIOS
from tests.loaded import load
from tests.office.live import laid_out

CHINESE = "供应商报价单，编号四七一一，含运费、保险、关税与三年质保，" * 2
TEXTS = ("アクセラレータの見積書、番号四千七百十一、保守費用を含む",
         "엔비디아 서버 견적서 사천칠백십일호 운임 보험 관세 삼년 보증 포함",
         "ＦＵＬＬ　ＷＩＤＴＨ　ＱＵＯＴＥ　ＮＯ．　４７１１",
         "混合 mixed 文本 with 数字 4711 和 Latin 字母", "🙂" * 40)  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_drawings_carry_the_usual_prefix(name: str, built: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(built[name]) as archive:
        parts = [one for one in archive.namelist()
                 if re.fullmatch(r"xl/drawings/drawing\d+\.xml", one)]  # fmt: skip
        assert bool(parts) == any(sheet.charts for sheet in laid_out(name).sheets)
        for part in parts:
            text = archive.read(part).decode()
            assert text.lstrip().startswith("<xdr:wsDr ") and text.endswith("</xdr:wsDr>")
            assert not re.search(r"</?\w+[ />]", text), "an element without a prefix"
            anchors = text.count("<xdr:oneCellAnchor>") + text.count("<xdr:twoCellAnchor>")
            assert anchors == text.count("<c:chart ")


def _formulas(book: Book) -> list[str]:
    return [cell.formula for sheet in book.sheets for cell in sheet.cells.values() if cell.formula]


def _indices(formula: str) -> list[tuple[str, int]]:
    """The range and the number of indices of every INDEX in a formula."""
    found = []
    for start in re.finditer(r"\bINDEX\(", formula):
        depth, parts, part = 1, [], ""
        for char in formula[start.end() :]:
            depth += {"(": 1, ")": -1}.get(char, 0)
            if not depth:
                break
            if char == "," and depth == 1:
                parts.append(part)
                part = ""
            else:
                part += char
        found.append((parts[0] if parts else part, len(parts)))
    return found


@pytest.mark.parametrize("name", SCENARIOS)
def test_index_across_a_row_has_two_indices(name: str) -> None:
    """With one, gnumeric counts rows: #REF! where others find the column."""
    indexed = [pair for formula in _formulas(laid_out(name)) for pair in _indices(formula)]
    wrong = [area for area, count in indexed if _is_row(area) and count < 2
             and len(set(re.findall(r"[A-Z]+", area.rpartition("!")[2]))) > 1]  # fmt: skip
    assert not wrong
    if name == "own-1024-h100":
        assert any(_is_row(area) and count == 2 for area, count in indexed)


@pytest.mark.parametrize(
    ("area", "row"),
    [("$I$5:$P$5", True), ("Time!$I$5:$P$5", True), ("$B$7:$B$9", False), ("A1:B2", False),
     ("Offers!$A$6:$A$204", False), ("D5", False)],
)  # fmt: skip
def test_a_row_is_told_from_a_column(area: str, row: bool) -> None:
    assert _is_row(area) is row


@pytest.mark.parametrize("text", [CHINESE, *TEXTS])
def test_wide_letters_take_two_places(text: str) -> None:
    """A row shows as many lines as the text has at the width it is drawn with."""
    units = sum(2.0 if east_asian_width(char) in "WF" else 0.8 for char in text)
    assert height((text, units + 1)) == 14.0
    assert height((text, units / 2 + 1)) == 12.5 * 2 + 3
    assert height((text, units / 5 + 1)) >= 12.5 * 4 + 3


def test_a_chinese_source_is_shown_whole(tmp_path: Path) -> None:
    file = tmp_path / "cjk.yaml"
    given = f"{{value: 2T, source: '{CHINESE}', note: '{CHINESE}'}}"
    file.write_text(f"parameters: 70B\ntokens: {given}\ndeadline: 60 days\n", encoding="utf-8")
    book = lay_out(load(str(file)))
    for title in ("Sources", "Inputs"):
        sheet = book[title]
        places = [place for place, cell in sheet.cells.items() if CHINESE in str(cell.value)]
        assert places
        for row, column in places:
            lines = len(CHINESE) * 2 / sheet.widths[column]
            assert lines > 1 and sheet.heights[row] >= 12.5 * lines


# ---- words end before paper or the next cell does ------------------------------------------------


def _filled(sheet: Sheet, row: int, column: int) -> bool:
    return (row, column) in sheet.cells and sheet.cells[row, column].value is not None


def _cut(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Texts that the next filled cell, the end of the page or the row's height cuts off."""
    _, right = sheet.extent
    for (row, column), cell in sheet.cells.items():
        if row <= 4 or not isinstance(cell.value, str):
            continue
        look = look_of(cell.look)
        size = re.search(r'sz val="([\d.]+)"', look.font)
        assert size
        points = float(size[1])
        wide, room = units_of(cell.value) * points / 10, sheet.widths.get(column, 9.0)
        if "wrapText" in look.alignment:
            lines, tall = math.ceil(wide / room), sheet.heights.get(row)
            if lines > 1 and tall and tall < 1.15 * points * lines:
                yield row, column, cell.value
            continue
        if "horizontal" not in look.alignment or 'horizontal="left"' in look.alignment:
            beyond = column + 1
            while beyond <= right and not _filled(sheet, row, beyond):
                room += sheet.widths.get(beyond, 9.0)
                beyond += 1
        if wide > room:
            yield row, column, cell.value


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_words_of_a_working_sheet_are_cut(name: str) -> None:
    book = laid_out(name)
    titles = {*(plan.title for plan in working(load(name).model)), "Cases", "Deadline", "Limits"}
    found = {sheet.title: cut for sheet in book.sheets if sheet.title in titles
             if (cut := list(_cut(sheet)))}  # fmt: skip
    assert not found


def test_words_that_are_cut_would_be_seen() -> None:
    sheet = Sheet("Any", widths={1: 10, 2: 10, 3: 10})
    sheet.put(5, 1, "word " * 4, "noteflow")
    sheet.put(6, 1, "word " * 8, "note")
    sheet.put(7, 1, "word " * 8, "noteflow")
    sheet.put(7, 3, "end", "key")
    sheet.heights[6] = 14.0
    assert [row for row, _, _ in _cut(sheet)] == [6, 7]
