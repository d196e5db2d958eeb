"""What an audit says, and how it ends; no file makes it fail with a traceback."""

from __future__ import annotations

import json
import random
import re
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from tco.audit import RULES, audit
from tco.audit.circles import circles
from tco.audit.formula import Shapes
from tco.audit.printed import answer, as_sarif
from tco.audit.reading import read_book
from tco.audit.registry import areas
from tests.audit.making import Made, column, copied, swapped
from tests.errors.conftest import run_in

WRONG = Made({**column("A", 1, [3, 4, 5, 6]), **copied("=A#*2", "B", range(1, 5))})
FINE = Made({"A1": 3, "B1": "=A1*2"}, {"B1": 6})


def test_it_ends_with_1_on_errors_and_with_0_on_none(tmp_path: Path) -> None:
    WRONG.write(tmp_path / "wrong.xlsx")
    FINE.write(tmp_path / "fine.xlsx")
    assert run_in(tmp_path, "audit", "fine.xlsx").code == 0
    answered = run_in(tmp_path, "audit", "fine.xlsx", "wrong.xlsx")
    assert answered.code == 1
    assert "wrong.xlsx: 8 cells, 4 formulas: 1 error, 0 warnings, 0 notes" in answered.out
    assert "Model!B1:B4: 4 of 4 formulas store no value" in answered.out


def test_what_cannot_be_read_is_told_of_all_files(tmp_path: Path) -> None:
    WRONG.write(tmp_path / "wrong.xlsx")
    (tmp_path / "a.xlsx").write_text("a,b\n1,2\n")
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.7")
    answered = run_in(tmp_path, "audit", "a.xlsx", "wrong.xlsx", "b.xlsx", "gone.xlsx")
    assert answered.code == 2
    assert "store no value" in answered.out
    for said in ("a.xlsx: this is a table", "b.xlsx: this is a PDF", "gone.xlsx: there is no such"):
        assert said in answered.err
    assert "tco wrote" not in answered.err  # any workbook will do


@pytest.mark.parametrize("words", ["", "--json --sarif x.xlsx"])
def test_a_wrong_call_is_answered(words: str, tmp_path: Path) -> None:
    assert run_in(tmp_path, "audit", *words.split()).code == 2


def test_rules_are_listed(tmp_path: Path) -> None:
    said = run_in(tmp_path, "audit", "--rules")
    assert said.code == 0
    assert len(said.out.splitlines()) == len(RULES)


def test_json_has_every_finding(tmp_path: Path) -> None:
    WRONG.write(tmp_path / "wrong.xlsx")
    answered = run_in(tmp_path, "audit", "wrong.xlsx", "--json")
    [book] = json.loads(answered.out)["workbooks"]
    assert (answered.code, book["errors"], book["path"]) == (1, 1, "wrong.xlsx")
    [finding] = [one for one in book["findings"] if one["severity"] == "error"]
    assert finding["rule"] == "no-value" and finding["places"] == ["B1:B4"]
    assert finding["cells"] == 4 and finding["why"] and finding["mend"]


# What of the schema of SARIF 2.1.0 a run like ours has to keep to.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
URI = {"type": "object", "required": ["uri"], "properties": {
    "uri": {"type": "string"}, "index": {"type": "integer", "minimum": 0}}}  # fmt: skip
SARIF = {
    "type": "object", "required": ["version", "runs", "$schema"], "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["tool", "results"], "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "artifacts": {"type": "array", "items": {
                    "additionalProperties": False, "properties": {"location": URI}}},
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                    "type": "object", "required": ["name"], "additionalProperties": False,
                    "properties": {
                        "name": {"type": "string"}, "semanticVersion": {"type": "string"},
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            "required": ["id"], "additionalProperties": False, "properties": {
                                "id": {"type": "string"}, "shortDescription": TEXT,
                                "fullDescription": TEXT, "help": TEXT,
                                "defaultConfiguration": {"properties": {"level": LEVEL}},
                                "properties": {"properties": {"tags": {
                                    "type": "array", "uniqueItems": True}}}}}}}}}},
                "results": {"type": "array", "items": {
                    "required": ["message"], "additionalProperties": False, "properties": {
                        "ruleId": {"type": "string"},
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "level": LEVEL, "message": TEXT,
                        "locations": {"type": "array", "items": {
                            "additionalProperties": False, "properties": {
                                "physicalLocation": {
                                    "additionalProperties": False,
                                    "required": ["artifactLocation"],
                                    "properties": {"artifactLocation": URI}},
                                "logicalLocations": {"type": "array", "items": {
                                    "additionalProperties": False, "properties": {
                                        "fullyQualifiedName": {"type": "string"},
                                        "kind": {"type": "string"}}}}}}}}}}}}},
    },
}  # fmt: skip


def test_sarif_keeps_to_its_form(tmp_path: Path) -> None:
    found = [audit(WRONG.write(tmp_path / "a book.xlsx")), audit(FINE.write(tmp_path / "b.xlsx"))]
    said = json.loads(as_sarif(found))
    assert not list(Draft7Validator(SARIF).iter_errors(said))
    [run] = said["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    places = [place["logicalLocations"][0]["fullyQualifiedName"]
              for one in run["results"] for place in one["locations"]]  # fmt: skip
    assert "Model!B1:B4" in places
    location = run["artifacts"][0]["location"]["uri"]
    assert location.startswith("file:///") and location.endswith("/a%20book.xlsx")


def test_many_findings_of_a_rule_are_counted(tmp_path: Path) -> None:
    cells = {f"A{at}": f"=1/(A{at + 20}*{at}.5)+{at}" for at in range(1, 10)}
    said = answer(audit(Made(cells).write(tmp_path / "book.xlsx"))).plain
    assert "and 4 more like these; --json has all" in said


# ---- what it rests on ----------------------------------------------------------------------------


@pytest.mark.parametrize("formula", [
    "SUM(A1:B$3)+'My Sheet'!$C$4*1.05", 'IF(A1>="x""y",LOG10(B2),-3%)', "A:A+$B:C+2:$3",
    "[1]Sheet1!A1+'[b.xlsx]S t'!B2:C3", "SUMPRODUCT((A1:A3=\"a\")*{1,2;3,4})", "#REF!+Sheet1!#REF!",
    "_xlfn.XLOOKUP(A1,T:T,Table1[[#All],[x]])", "SUM(Sheet1:Sheet3!A1)", "Sheet1!B2:C3*1.5E+3",
    "IF('A''s'!$A1<>\"A1:B2\",TRUE,tax_rate)",
])  # fmt: skip
def test_a_formula_is_put_together_as_it_was(formula: str) -> None:
    shape = Shapes().of(formula, 7, 7)
    assert shape.text_at(7, 7) == f"={formula}"


def test_copies_have_one_shape() -> None:
    shapes = Shapes()
    first = shapes.of("SUM(A1:A3)*$C$1+B:B+'A1'!D4", 4, 1)
    assert shapes.of("SUM(B2:B4)*$C$1+C:C+'A1'!E5", 5, 2) is first
    assert shapes.of("SUM(B2:B4)*$C$2+C:C+'A1'!E5", 5, 2) is not first
    assert first.text_at(5, 2) == "=SUM(B2:B4)*$C$1+C:C+'A1'!E5"


@pytest.mark.parametrize(("cells", "said"), [
    ([(1, 1), (2, 1), (1, 2), (2, 2)], {"A1:B2"}),
    ([(1, 1), (1, 2), (2, 2)], {"A1", "B1:B2"}),
    ([(4, 1), (3, 3), (4, 1)], {"A4", "C3"}),
    ([(1, 1), (1, 2), (1, 4)], {"A1:B1", "D1"}),
])  # fmt: skip
def test_cells_become_areas(cells: list[tuple[int, int]], said: set[str]) -> None:
    assert set(areas(cells)) == said


@pytest.mark.parametrize(("operator", "refused"), [
    ("lessThan", [2, 3]), ("lessThanOrEqual", [3]), ("greaterThan", [1, 2]),
    ("greaterThanOrEqual", [1]), ("equal", [1, 3]), ("notEqual", [2]),
])  # fmt: skip
def test_a_validation_refuses_as_excel_does(
    operator: str, refused: list[int], tmp_path: Path
) -> None:
    def change(book: Workbook) -> None:
        rule = DataValidation(type="decimal", operator=operator, formula1="2")
        rule.add("A1:A3")
        book.active.add_data_validation(rule)

    path = Made(column("A", 1, [1, 2, 3]), change=change).write(tmp_path / "book.xlsx")
    found = [one for one in audit(path).findings if one.rule.id == "invalid-value"]
    wanted = areas((row, 1) for row in refused)
    assert [one.places for one in found] == [wanted]


def test_circles_are_those_of_a_plain_search(tmp_path: Path) -> None:
    """Trees over columns lead where the ranges themselves do."""
    draw = random.Random(4)
    for number in range(12):
        cells, edges = {}, {}
        for at in range(1, 13):
            top = draw.randint(1, 12)
            low = min(12, top + draw.randint(0, 3))
            cells[f"A{at}"] = f"=SUM(A{top}:A{low})"
            edges[at] = set(range(top, low + 1))
        reach = {at: set(edges[at]) for at in edges}
        for _ in edges:
            for at in edges:
                reach[at] |= {far for one in reach[at] for far in edges[one]}
        book = read_book(Made(cells).write(tmp_path / f"{number}.xlsx"))
        found = {at[0] for circle in circles(book) for _, at in circle}
        assert found == {at for at in edges if at in reach[at]}


def test_damaged_books_end_in_words(tmp_path: Path) -> None:
    """Bytes turned within the parts: read, or refused, and never a traceback."""
    path = WRONG.write(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    draw = random.Random(2)
    codes = set()
    for number in range(25):
        broken = dict(parts)
        name = draw.choice(
            [
                one
                for one in parts
                if "/worksheets/" in one
                or one.endswith(("styles.xml", "workbook.xml", "Types].xml"))
            ]
        )
        content = bytearray(parts[name])
        for _ in range(draw.randint(1, 3)):
            at = draw.randrange(len(content))
            content[at : at + draw.randint(0, 2)] = bytes([draw.randrange(32, 127)])
        broken[name] = bytes(content)
        with zipfile.ZipFile(tmp_path / f"{number}.xlsx", "w") as archive:
            for one, text in broken.items():
                archive.writestr(one, text)
        codes.add(run_in(tmp_path, "audit", f"{number}.xlsx").code)
    assert codes <= {0, 1, 2} and len(codes) > 1


SHEET = "xl/worksheets/sheet1.xml"
BLANKS = "".join(
    f'<row r="{at}"><c r="A{at}"><f t="shared" si="0"/></c></row>' for at in range(2, 9_000)
)
LONG = "+".join(["B1"] * 1_000)


def all_copies(parts: dict[str, str]) -> None:
    """Nine million signs in nine thousand copies of one formula."""
    first = f'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A9000">{LONG}</f></c></row>'
    cells = f"<sheetData>{first}{BLANKS}</sheetData>"
    parts[SHEET] = re.sub("<sheetData>.*</sheetData>", cells, parts[SHEET], flags=re.DOTALL)


HOSTILE = {
    "all cells merged": (swapped(SHEET, "</sheetData>", '</sheetData><mergeCells count="1">'
                                 '<mergeCell ref="A1:XFD1048576"/></mergeCells>'), 0),
    "a link over all cells": (swapped(SHEET, "</sheetData>", '</sheetData><hyperlinks>'
                                      '<hyperlink ref="A1:XFD1048576"/></hyperlinks>'), 0),
    "a formula too long": (swapped(SHEET, "<f>A1*2</f>", f"<f>{'A1+' * 3000}1</f>"), 2),
    "nothing but long copies": (all_copies, 2),
    "a style that is not there": (swapped(SHEET, '<c r="A1"', '<c s="99999" r="A1"'), 0),
    "numbers that are none": (swapped(SHEET, "<v>3</v>", "<v>3_000</v>"), 2),
    "rules without an end": (swapped(SHEET, "</sheetData>", '</sheetData><dataValidations>'
                                     '<dataValidation type="whole" sqref="A1:A9999999 Z"/>'
                                     "</dataValidations>"), 0),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_books_are_read_or_refused(name: str, tmp_path: Path) -> None:
    edit, code = HOSTILE[name]

    Made(FINE.cells, FINE.stored, edit=edit).write(tmp_path / "book.xlsx")
    assert run_in(tmp_path, "audit", "book.xlsx").code == code
