"""Runs under a Python that has LibreOffice's `uno` module; answers one request a line.

usage: PYTHON server.py SOFFICE LOCALE. Requests and answers are JSON: {"do": NAME, ...}. Only the
standard library and `uno` may be imported here.
"""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import TableSortField

# 0: recalculate on load, whatever values a file carries.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""
ERRORS = {
    32767: "#N/A",
    532: "#DIV/0!",
    502: "#VALUE!",
    519: "#VALUE!",
    503: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
}
FORMULA_ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR
FORMULAS = 16  # com.sun.star.sheet.CellFlags.FORMULA
CONTENTS = 1 | 2 | 4 | FORMULAS  # numbers, dates, texts too
SCRATCH = "Scratch of the tests"  # a sheet of no book
WAIT = 240  # quarters of a second for the program to start


def named(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def letters(column):
    """A column's letters, counted from 0."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


class Program:
    """The running LibreOffice, the book that is open in it, and what its cells came to."""

    def __init__(self, soffice, locale):
        self.profile = tempfile.mkdtemp()
        user = pathlib.Path(self.profile, "user")
        user.mkdir()
        user.joinpath("registrymodifications.xcu").write_text(SETTINGS.format(locale=locale))
        pipe = f"tco{os.getpid()}"
        self.process = subprocess.Popen(
            [
                soffice,
                f"-env:UserInstallation=file://{self.profile}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", here
        )
        address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
        for _ in range(WAIT):
            try:
                there = resolver.resolve(address)
                break
            except NoConnectException:
                time.sleep(0.25)
        else:
            raise RuntimeError("LibreOffice did not start")
        self.desktop = there.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", there
        )
        self.book, self.base, self.used = None, {}, None

    def open(self, path):
        self.shut()
        url = uno.systemPathToFileUrl(path)
        self.book = self.desktop.loadComponentFromURL(
            url, "_blank", 0, (named("Hidden", True), named("FilterName", "Calc MS Excel 2007 XML"))
        )
        self.book.calculateAll()
        self.base = self.values(everywhere=True)
        return self.base

    def shut(self):
        if self.book is not None:
            self.book.close(True)
            self.book, self.used = None, None

    def areas(self):
        """What is in use of each sheet, and whether a formula is among it: found once."""
        if self.used is None:
            self.used = {}
            for sheet in self.book.Sheets:
                if sheet.Name == SCRATCH:
                    continue
                cursor = sheet.createCursor()
                cursor.gotoEndOfUsedArea(False)
                end = cursor.RangeAddress
                area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
                self.used[sheet.Name] = area, area.queryContentCells(FORMULAS).Count > 0
        return self.used

    def values(self, everywhere=False, of=None):
        """Every cell in use, by sheet: rows of numbers and texts, errors by their names.

        Sheets without a formula are left out unless all are wanted, or those of a list.
        """
        found = {}
        for name, (area, computes) in self.areas().items():
            if of is not None and name not in of:
                continue
            if of is None and not everywhere and not computes:
                continue
            rows = [list(row) for row in area.getDataArray()]
            for (row, column), code in self.errors(name, area):
                rows[row][column] = ERRORS.get(code, f"Err:{code}")
            found[name] = rows
        return found

    def errors(self, name, area):
        """The cells that show an error, each with its code: one by one they would take a second."""
        wrong = [
            (row, column)
            for part in area.queryFormulaCells(FORMULA_ERRORS).RangeAddresses
            for row in range(part.StartRow, part.EndRow + 1)
            for column in range(part.StartColumn, part.EndColumn + 1)
        ]
        if not wrong:
            return []
        sheets = self.book.Sheets
        if not sheets.hasByName(SCRATCH):
            sheets.insertNewByName(SCRATCH, sheets.Count)
        beside = sheets.getByName(SCRATCH).getCellRangeByPosition(0, 0, 0, len(wrong) - 1)
        sheet = area.AbsoluteName.rpartition(".")[0]
        beside.setFormulaArray(
            [(f"=ERRORTYPE({sheet}.{letters(column)}{row + 1})",) for row, column in wrong]
        )
        codes = [int(code) for (code,) in beside.getDataArray()]
        beside.clearContents(FORMULAS)
        return zip(wrong, codes, strict=True)

    def cell(self, sheet, row, column):
        return self.book.Sheets.getByName(sheet).getCellByPosition(column - 1, row - 1)

    def edit(self, cells):
        """Fill cells, calculate, say which cells changed, and take the edits back."""
        self.fill(cells)
        found = changes(self.base, self.values())
        for sheet, row, column, _ in cells:
            self.cell(sheet, row, column).clearContents(CONTENTS)
        self.book.calculate()
        left = changes(self.base, self.values(of={one[0] for one in found}))
        if left:
            raise RuntimeError(f"the book is not as it was after an edit: {left[:3]}")
        return found

    def break_cell(self, sheet, row, column, formula):
        """Put another formula into a cell, say which cells changed, and take it back."""
        place = self.cell(sheet, row, column)
        was = place.Formula
        place.Formula = formula
        self.book.calculate()
        found = changes(self.base, self.values())
        place.Formula = was
        self.book.calculate()
        if changes(self.base, self.values(of={one[0] for one in found})):
            raise RuntimeError(f"the book is not as it was after {sheet} row {row} was broken")
        return found

    def fill(self, cells):
        for sheet, row, column, value in cells:
            place = self.cell(sheet, row, column)
            if not place.String == "":
                raise RuntimeError(f"{sheet} row {row} column {column} is not empty")
            if isinstance(value, str):
                place.FormulaLocal = value  # as somebody types it
            else:
                place.Value = value
        self.book.calculate()

    def now(self):
        """The values as they are now, after `fill` and changes of structure."""
        self.used = None
        self.base = self.values(everywhere=True)
        return self.base

    def put(self, cells):
        """Type into cells, whatever stands in them; None clears one."""
        for sheet, row, column, value in cells:
            place = self.cell(sheet, row, column)
            if value is None:
                place.clearContents(CONTENTS)
            elif isinstance(value, str):
                place.FormulaLocal = value
            else:
                place.Value = value

    def move_row(self, sheet, row, to):
        """Cut a row out and put it in the place of another, which moves down."""
        there = self.book.Sheets.getByName(sheet)
        self.insert_rows(sheet, to, 1)
        source = there.Rows.getByIndex(row - 1 + (to <= row)).RangeAddress
        there.moveRange(there.getCellByPosition(0, to - 1).CellAddress, source)

    def insert_rows(self, sheet, row, count):
        self.book.Sheets.getByName(sheet).Rows.insertByIndex(row - 1, count)
        self.book.calculateAll()

    def insert_columns(self, sheet, column, count):
        self.book.Sheets.getByName(sheet).Columns.insertByIndex(column - 1, count)
        self.book.calculateAll()

    def sheets(self):
        return [sheet.Name for sheet in self.book.Sheets]

    def rename(self, sheet, name):
        self.book.Sheets.getByName(sheet).Name = name
        self.book.calculateAll()

    def sort(self, sheet, area, column, ascending):
        """Sort the rows of an area by one of its columns, counted from 1."""
        field = TableSortField()
        field.Field, field.IsAscending = column - 1, ascending
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        cells = self.book.Sheets.getByName(sheet).getCellRangeByName(area)
        cells.sort((named("SortFields", fields), named("ContainsHeader", False)))
        self.book.calculateAll()

    def save(self, path):
        url = uno.systemPathToFileUrl(path)
        self.book.storeToURL(url, (named("FilterName", "Calc MS Excel 2007 XML"),))

    def stop(self):
        self.shut()
        with contextlib.suppress(Exception):  # it is gone before it answers
            self.desktop.terminate()
        self.process.wait(30)
        shutil.rmtree(self.profile, ignore_errors=True)


def changes(base, values):
    """The cells that differ: [sheet, row, column, value], counted from 1."""
    found = []
    for sheet, rows in values.items():
        before = base[sheet]
        if rows == before:
            continue
        for row, (old, new) in enumerate(zip(before, rows, strict=True), 1):
            pairs = enumerate(zip(old, new, strict=True), 1)
            found += [[sheet, row, column, value] for column, (was, value) in pairs if was != value]
    return found


def main():
    program = Program(*sys.argv[1:3])
    for line in sys.stdin:
        request = json.loads(line)
        do = request.pop("do")
        try:
            answer = {"answer": getattr(program, do)(**request)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
        if do == "stop":
            break


main()
