"""Placing: every input and line gets a cell, every formula its references and cached value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from tco import __version__
from tco.catalogue import MISSING, range_columns, source_columns, tables
from tco.lines import (
    YEAR_COUNT,
    YEARS,
    Cells,
    Check,
    Choice,
    Given,
    Line,
    Undefined,
    excel,
    undefined,
    words,
)
from tco.lines.expression import Call, walk
from tco.quantities import money
from tco.scenario import Fact, Scenario, options, supplied
from tco.sheets import (
    CATALOGUE_SHEETS,
    INPUT_HEADINGS,
    INPUT_SECTIONS,
    ORDER,
    WORKING,
    WorkingSheet,
)
from tco.workbook.cells import Book, Rule, Sheet, address, height, letters, span

# The grid of every working sheet.
KEY, LABEL, UNIT, VALUE, TOTAL, CHECK, HOW, GAP, FIRST = range(1, 10)
HEAD_ROW, FIRST_ROW = 4, 5
GRID = ("Key", "Label", "Unit", "Value", "Total", "Check", "How it is computed")
_WIDTHS = {KEY: 27, LABEL: 42, UNIT: 18, VALUE: 24, TOTAL: 8, CHECK: 7, HOW: 92, GAP: 2}
# Inputs
LIVE, OVERRIDE, SHIPPED, LOW, BASE, HIGH, SOURCE, DATE, NOTE = range(4, 13)
MADE = SHIPPED  # a choice as it was made stands where an input's catalogue value stands
CATALOGUE_FIRST = 6
KEYS = (("input", "keyinput"), ("link", "keylink"), ("calculation", "keycalc"),
        ("check", "keycheck"))  # fmt: skip


def value_of(number: Any) -> Any:
    """What a cell shows: undefined numbers as their words, everything else as it is."""
    if isinstance(number, Undefined):
        return number.why
    if isinstance(number, (np.str_, str)):
        return str(number)
    if isinstance(number, (bool, np.bool_)):
        return float(number)
    number = float(number)
    return MISSING if np.isnan(number) else number


class Layout:
    """A scenario laid out as a book. `book()` gives the finished thing."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.model = scenario.model
        self.numbers = scenario.numbers
        self.sheets = {title: Sheet(title) for title in ORDER}
        self.home: dict[str, tuple[str, int, int]] = {}  # key -> sheet, row, column
        self.ranges: dict[str, tuple[str, str]] = {}  # key along an axis -> sheet, fixed range
        self.errors: list[tuple[str, str]] = []  # sheets with an error column, and its range

    # ---- the whole --------------------------------------------------------------------------

    def book(self) -> Book:
        from tco.workbook.front import front_sheets

        s = self.scenario
        self.catalogue_sheets()
        self.place_inputs()
        self.place_checks()
        for plan in WORKING:
            self.place_working(plan)
        self.fill_inputs()
        for plan in WORKING:
            self.fill_working(plan)
        self.deadline_sheet()
        self.limits_sheet()
        self.checks_sheet()
        front_sheets(self)
        for sheet in self.sheets.values():
            sheet.colour = _tab_colour(sheet.title)
        return Book(
            title=s.title,
            subject="Training cost: buy or rent",
            sheets=[self.sheets[title] for title in ORDER],
            names=self.names(),
            properties={
                "tco_version": __version__,
                "scenario": s.path,
                "scenario_sha256": s.sha256,
            },
        )

    def names(self) -> dict[str, str]:
        """Defined names: each input's Live cell, each line's cell or range."""
        found = {
            key: f"{sheet}!{address(row, column, fixed='rc')}"
            for key, (sheet, row, column) in self.home.items()
        }
        found |= {
            key: f"{sheet}!{area}"
            for key, (sheet, area) in self.ranges.items()
            if key in self.model
        }
        return dict(sorted(found.items()))

    def head(self, sheet: Sheet, purpose: str, headings: Sequence[str], *, wide: int = HOW) -> None:
        """Title, purpose, the state of the checks, the key of cells, and the headings."""
        sheet.put(1, 1, sheet.title, "title")
        sheet.put(2, 1, f"{self.scenario.title}: {purpose}", "subtitle")
        self.state(sheet, 1, wide)
        for column, (name, look) in enumerate(KEYS, 1):
            sheet.put(3, column, name, look)
        for column, heading in enumerate(headings, 1):
            sheet.put(HEAD_ROW, column, heading, "head")
        sheet.heights[HEAD_ROW] = 26
        sheet.freeze = f"A{FIRST_ROW}"

    def state(self, sheet: Sheet, row: int, column: int) -> None:
        """The master check, in the frozen head of every sheet."""
        if sheet.title == "Checks":
            sheet.put(row, column, self.state_words(), "state", f"$D${STATE_ROW}")
        else:
            sheet.put(row, column, self.state_words(), "state", f"Checks!$D${STATE_ROW}")
        sheet.flags.append((address(row, column), "state"))

    def state_words(self) -> str:
        errors, alerts = self.fired("error"), self.fired("alert")
        return ("OK: no errors" if not errors else f"FAIL: {errors} errors") + f", {alerts} alerts"

    def fired(self, kind: str) -> int:
        return int(
            sum(
                float(self.numbers[one.flag.key])
                for one in self.model.checks
                if one.kind == kind and not one.flag.key.endswith("_limits")
            )
        )

    def unit(self, unit: str) -> str:
        names = {"text": "text", "choice": "choice", "date": "date", "flag": "0 or 1", "1": "level"}
        return names.get(unit, money(unit, self.scenario.currency))

    # ---- catalogue sheets -------------------------------------------------------------------

    def catalogue_sheets(self) -> None:
        for name, title in CATALOGUE_SHEETS.items():
            self._catalogue_sheet(name, self.sheets[title])
        self._choices_sheet(self.sheets["Choices"])

    def _catalogue_sheet(self, name: str, sheet: Sheet) -> None:
        table = tables()[name]
        self.head(sheet, f"{table.title}, each row with its source; adding a row is adding a choice",
                  [column.heading for column in table.columns], wide=7)  # fmt: skip
        sheet.title_rows = "1:5"
        sheet.freeze = "B6"
        for number, column in enumerate(table.columns, 1):
            text = column.unit in ("text", "date")
            shown = "" if text else column.unit
            sheet.put(HEAD_ROW, number, column.heading, "head" if text else "headnum")
            sheet.put(HEAD_ROW + 1, number, shown, "unit")
            cells = [table.cell(row, column.name) for row in table.rows]
            longest = max(len(str(cell)) for cell in cells)
            sheet.widths[number] = min(34, max(len(column.heading) + 2, len(column.unit) + 1,
                                               longest + 2, 9))  # fmt: skip
            for row, cell in enumerate(cells, CATALOGUE_FIRST):
                look = "factnote" if text and longest > 34 else f"fact:{column.unit}"
                sheet.put(row, number, cell, look)
        for number, column in enumerate(range(1, 5), 1):
            sheet.widths[number] = max(sheet.widths[column], 13)
        for row in range(CATALOGUE_FIRST, CATALOGUE_FIRST + len(table.rows)):
            sheet.heights[row] = height(*((sheet.cells[row, number].value, sheet.widths[number])
                                          for number in range(1, len(table.columns) + 1)))  # fmt: skip
        sheet.heights[HEAD_ROW] = 30

    def column_range(self, table: str, column: str, *, last: str = "") -> str:
        """The fixed range of a catalogue column, or of a block of columns."""
        found = tables()[table]
        names = [one.name for one in found.columns]
        first_column = letters(names.index(column) + 1)
        last_column = letters(names.index(last or column) + 1)
        end = CATALOGUE_FIRST + len(found.rows) - 1
        return f"{CATALOGUE_SHEETS[table]}!${first_column}${CATALOGUE_FIRST}:${last_column}${end}"

    def _choices_sheet(self, sheet: Sheet) -> None:
        self.head(sheet, "What the dropdowns without a catalogue of their own offer",
                  ("Choice", "Option", "Meaning"), wide=4)  # fmt: skip
        sheet.widths = {1: 30, 2: 18, 3: 70, 4: 30}
        row = FIRST_ROW
        for key, choice in self._choices():
            listed = options(choice)
            if choice.table:
                area = self.column_range(choice.table, "id")
            else:
                for number, (option, meaning) in enumerate(listed):
                    sheet.put(row + number, 1, key, "key")
                    look = "fact:text" if isinstance(option, str) else "fact:1"
                    sheet.put(row + number, 2, option, look)
                    sheet.put(row + number, 3, meaning, "plain")
                area = f"Choices!{span(2, row, row + len(listed) - 1)}"
                row += len(listed)
            sheet_name, _, cells = area.partition("!")
            self.ranges[f"{key}_options"] = (sheet_name, cells)

    def _choices(self) -> Iterable[tuple[str, Choice]]:
        return ((key, one) for key, one in self.model.givens.items() if isinstance(one, Choice))

    # ---- inputs -----------------------------------------------------------------------------

    def place_inputs(self) -> None:
        self.input_rows: list[tuple[int, str, str]] = []  # row, key, "" or a heading
        row = FIRST_ROW
        for section, heading in INPUT_SECTIONS:
            keys = [
                key for key, one in self.model.givens.items()
                if one.section == section and not one.along
            ]  # fmt: skip
            if not keys:
                continue
            self.input_rows.append((row, "", heading))
            row += 1
            for key in keys:
                self._place_input(row, key)
                row += 1
                if key == "deadline_days":  # its points follow it, so that one range holds both
                    for point in self.points:
                        self._place_input(row, point)
                        row += 1

    def _place_input(self, row: int, key: str) -> None:
        self.input_rows.append((row, key, ""))
        self.home[key] = ("Inputs", row, LIVE)

    @property
    def points(self) -> list[str]:
        return [key for key, one in self.model.givens.items() if one.section == "deadlines"]

    def fill_inputs(self) -> None:
        sheet = self.sheets["Inputs"]
        self.head(sheet, "every assumption once; an Override wins over everything, 0 too",
                  INPUT_HEADINGS, wide=SOURCE)  # fmt: skip
        for column in (LIVE, OVERRIDE, SHIPPED, LOW, BASE, HIGH):
            sheet.put(HEAD_ROW, column, INPUT_HEADINGS[column - 1], "headnum")
        sheet.widths = {KEY: 24, LABEL: 34, UNIT: 18, LIVE: 21, OVERRIDE: 21, SHIPPED: 21, LOW: 13,
                        BASE: 21, HIGH: 13, SOURCE: 56, DATE: 11, NOTE: 56}  # fmt: skip
        sheet.freeze = "C5"
        for row, key, heading in self.input_rows:
            if heading:
                self._section(sheet, row, heading, NOTE)
            else:
                self._fill_input(sheet, row, self.model.givens[key])
        last = self.input_rows[-1][0]
        sheet.flags.append((f"D{FIRST_ROW}:D{last}", "error"))
        sheet.flags.append((f"E{FIRST_ROW}:E{last}", "override"))

    def _fill_input(self, sheet: Sheet, row: int, given: Given) -> None:
        fact = self.scenario.facts[given.key]
        look = given.unit
        sheet.put(row, KEY, given.key, "key")
        sheet.put(row, LABEL, given.label, "labelwrap")
        sheet.put(row, UNIT, self.unit(given.unit), "unit")
        own = fact.origin not in ("catalogue", "none")
        base = fact.value if own else None
        sheet.put(row, OVERRIDE, None, f"input:{look}")
        sheet.put(row, BASE, base, f"input:{look}")
        shipped, formula = self._shipped(given, row)
        sheet.put(row, SHIPPED, shipped, f"{'calc' if isinstance(given, Choice) else 'link'}:{look}",
                  formula)  # fmt: skip
        live = value_of(fact.value)
        sheet.put(row, LIVE, MISSING if fact.origin == "none" else live, f"calc:{look}",
                  self._live(given, row))  # fmt: skip
        self._fill_range(sheet, row, given, fact, own)
        self._fill_source(sheet, row, given, fact, own)
        note = " ".join(part for part in (given.note, _sentence(fact.note)) if part)
        sheet.put(row, NOTE, note, "note")
        source = sheet.cells[row, SOURCE].value
        sheet.heights[row] = height((note, sheet.widths[NOTE]), (source, sheet.widths[SOURCE]),
                                    (given.label, sheet.widths[LABEL]))  # fmt: skip
        self._validate(sheet, row, given)

    def _fill_range(self, sheet: Sheet, row: int, given: Given, fact: Fact, own: bool) -> None:
        for column, bound, index in ((LOW, fact.low, 0), (HIGH, fact.high, 1)):
            formula = ""
            if given.catalogue and not own:
                names = range_columns(tables()[given.catalogue[0]], given.catalogue[1])
                if names is not None:
                    formula = self._lookup(given, names[index])
            if formula:
                shown = MISSING if bound is None else bound
                sheet.put(row, column, shown, f"link:{given.unit}", formula)
            else:
                sheet.put(row, column, bound, f"input:{given.unit}")

    def _fill_source(self, sheet: Sheet, row: int, given: Given, fact: Fact, own: bool) -> None:
        if given.catalogue and not own and given.catalogue[0] in tables():
            source, date = source_columns(*given.catalogue)
            sheet.put(row, SOURCE, fact.source, "linktext", self._lookup(given, source, plain=True))
            sheet.put(row, DATE, fact.date, "linktext", self._lookup(given, date, plain=True))
        else:
            sheet.put(row, SOURCE, fact.source or "not given", "note")
            sheet.put(row, DATE, fact.date or MISSING, "note")

    def _shipped(self, given: Given, row: int) -> tuple[Any, str]:
        """The Catalogue cell: the catalogue's value, or for a choice the option as made."""
        typed, base = f"$E${row}", f"$H${row}"
        if isinstance(given, Choice):
            made = self.scenario.facts[given.key].value
            behind = self._default_option(given)
            if behind:
                return made, f"CHOOSE(1+ISBLANK({typed})+ISBLANK({typed})*ISBLANK({base})," \
                             f"{typed},{base},{behind})"  # fmt: skip
            return made, f"IF(ISBLANK({typed}),{base},{typed})"
        if not given.catalogue:
            return MISSING, ""
        value = supplied(given, self.scenario.facts).value
        found = self._lookup(given, given.catalogue[1])
        if given.required and not given.is_text:
            found = f"IF(ISNUMBER({found}),{found},NA())"
            return ("#N/A" if isinstance(value, Undefined) else value), found
        return (MISSING if isinstance(value, Undefined) else value), found

    def _default_option(self, choice: Choice) -> str:
        if choice.default_by:
            by, column = choice.default_by
            ids = self.column_range(choice.table, "id")
            return f"INDEX({ids},MATCH({self._live_of(by)},{self.column_range(choice.table, column)},0))"
        if choice.catalogue:
            return self._lookup(choice, choice.catalogue[1])
        return ""

    def _live_of(self, key: str, *, made: bool = False) -> str:
        """The cell of an input on Inputs: live, or a choice as made."""
        row = self.home[key][1]
        return address(row, MADE if made else LIVE, fixed="rc")

    def _lookup(self, given: Given, column: str, *, plain: bool = False) -> str:
        """INDEX of a catalogue column by exact MATCH of the choice it follows."""
        assert given.catalogue is not None
        table = given.catalogue[0]
        pick, *across = given.follows
        guarded = self._guard_reads(given.key)
        ids = self.column_range(table, "id")
        found = f"MATCH({self._live_of(pick, made=pick in guarded)},{ids},0)"
        if across and not plain:
            block, head = self._block(table, column)
            second = self._live_of(across[0], made=across[0] in guarded)
            formula = f"INDEX({block},{found},MATCH({second},{head},0))"
        else:
            formula = f"INDEX({self.column_range(table, column)},{found})"
        if given.money and not plain and self.scenario.currency != "USD":
            formula += f"*{self._live_of('usd_rate')}"
        return formula

    def _guard_reads(self, key: str) -> set[str]:
        """Choices whose refusal is decided by this input: it must look at them as made."""
        return {one.guards for one in self.model.checks if one.guards and key in one.flag.needs} - {
            key
        }

    def _block(self, table: str, pattern: str) -> tuple[str, str]:
        names = [one.name for one in tables()[table].columns]
        suffix = pattern.replace("{}", "")
        matching = [name for name in names if name.endswith(suffix)]
        block = self.column_range(table, matching[0], last=matching[-1])
        sheet, _, cells = block.partition("!")
        first, last = (re.sub(r"[$\d]", "", part) for part in cells.split(":"))
        return block, f"{sheet}!${first}${HEAD_ROW}:${last}${HEAD_ROW}"

    def _live(self, given: Given, row: int) -> str:
        typed, shipped, base = f"$E${row}", f"$F${row}", f"$H${row}"
        if isinstance(given, Choice):
            flags = [one.flag.key for one in self.model.checks if one.guards == given.key]
            refused = "+".join(
                f"Checks!{address(self.home[f][1], VALUE, fixed='rc')}" for f in flags
            )
            return f"IF({refused}=0,{shipped},NA())"
        return (
            f"CHOOSE(1+ISBLANK({typed})+ISBLANK({typed})*ISBLANK({base}),{typed},{base},{shipped})"
        )

    def _validate(self, sheet: Sheet, row: int, given: Given) -> None:
        where = f"E{row} H{row}"
        if isinstance(given, Choice):
            owner, cells = self.ranges[f"{given.key}_options"]
            sheet.rules.append(
                Rule(where, "list", f"{owner}!{cells}", title=given.label,
                     prompt=given.note, error=f"Choose one of the list for {given.key}.")
            )  # fmt: skip
        elif given.unit == "text":
            sheet.rules.append(
                Rule(
                    where,
                    "textLength",
                    "1",
                    "200",
                    title=given.label,
                    prompt=given.note,
                    error="Type a text of up to 200 characters.",
                )
            )
        elif given.unit == "date":
            sheet.rules.append(
                Rule(
                    where,
                    "textLength",
                    "10",
                    operator="equal",
                    title=given.label,
                    prompt="year-month-day, as text",
                    error="Type 2026-11-21.",
                )
            )
        else:
            sheet.rules.append(_decimal(where, given))

    # ---- working sheets ---------------------------------------------------------------------

    def lines_of(self, plan: WorkingSheet) -> list[Line]:
        return [
            one for one in self.model.lines.values()
            if one.section in plan.sections
        ]  # fmt: skip

    def links_for(self, lines: Iterable[Line], own: set[str]) -> list[str]:
        """What lines need from elsewhere, in the model's order."""
        wanted = {need for one in lines for need in one.needs} - own
        order = [*self.model.givens, *self.model.lines]
        return [key for key in order if key in wanted and not self._along(key)]

    def _along(self, key: str) -> str | None:
        return self.model[key].along if key in self.model else None

    def place_working(self, plan: WorkingSheet) -> None:
        lines = self.lines_of(plan)
        own = {one.key for one in lines}
        scalars = [one for one in lines if one.along is None or one.along == YEARS]
        row = FIRST_ROW + 1 + len(self.links_for(lines, own))
        for one in scalars:
            row += 1 if one.key in self.model.headings else 0
            if one.along == YEARS:
                self.ranges[one.key] = (
                    plan.title,
                    f"${letters(FIRST)}${row}:${letters(FIRST + YEAR_COUNT - 1)}${row}",
                )
                self.home_of_year(one.key, plan.title, row)
            else:
                self.home[one.key] = (plan.title, row, VALUE)
            row += 1

    def home_of_year(self, key: str, sheet: str, row: int) -> None:
        """Where a yearly line's first year stands; its name is the whole range."""
        self.year_rows = {**getattr(self, "year_rows", {}), key: (sheet, row)}

    def fill_working(self, plan: WorkingSheet) -> None:
        sheet = self.sheets[plan.title]
        self.head(sheet, plan.purpose, GRID)
        sheet.widths = dict(_WIDTHS)
        lines = self.lines_of(plan)
        if any(one.along for one in lines):
            sheet.widths[HOW] = 62  # a table stands beside it
        own = {one.key for one in lines}
        local: dict[str, str] = {}
        row = self.link_block(sheet, self.links_for(lines, own), local)
        yearly = [one for one in lines if one.along == YEARS]
        for one in lines:
            if one.key in self.home:
                local[one.key] = address(self.home[one.key][1], VALUE, fixed="rc")
        for one in lines:
            if one.along is not None and one.along != YEARS:
                continue
            heading = self.model.headings.get(one.key)
            if heading:
                self._section(sheet, row, heading)
                row += 1
            if one.along == YEARS:
                self._year_row(sheet, row, one, local)
            else:
                strong = one.key in plan.emphasised
                self.line_row(sheet, row, one, self.cells(local), strong=strong)
            row += 1
        if yearly:
            for year in range(YEAR_COUNT):
                sheet.put(HEAD_ROW, FIRST + year, year, "headnum")
                sheet.widths[FIRST + year] = 14
        self.errors.append((plan.title, f"$F${FIRST_ROW}:$F${row - 1}"))
        self._row_tables(
            sheet, [one for one in lines if one.along not in (None, YEARS)], row, local
        )

    def _section(self, sheet: Sheet, row: int, heading: str, last: int = HOW) -> None:
        sheet.sections.append(row)
        for column in range(1, last + 1):
            sheet.put(row, column, heading if column == 1 else None, "section")

    def link_block(self, sheet: Sheet, keys: Sequence[str], local: dict[str, str]) -> int:
        """The links a sheet begins with; returns the next free row."""
        row = FIRST_ROW
        self._section(sheet, row, "From other sheets")
        for key in keys:
            row += 1
            self.link_row(sheet, row, key)
            local[key] = address(row, VALUE, fixed="rc")
        return row + 1

    def link_row(self, sheet: Sheet, row: int, key: str, *, made: bool = False) -> None:
        """One green row: the key, and one reference to where it stands."""
        item = self.model[key]
        owner, home_row, column = self.home[key]
        column = MADE if made else column
        sheet.put(row, KEY, key, "key")
        sheet.put(row, LABEL, item.label + (", as chosen" if made else ""), "label")
        sheet.put(row, UNIT, self.unit(item.unit), "unit")
        sheet.put(row, VALUE, self.shown(key), f"link:{item.form}",
                  f"{owner}!{address(home_row, column, fixed='rc')}")  # fmt: skip
        sheet.put(row, TOTAL, None, "blank")
        sheet.put(
            row, CHECK, 0, "check:flag", f"IF(ISERROR({address(row, VALUE, fixed='rc')}),1,0)"
        )
        sheet.put(row, HOW, f"from {owner}", "note")
        sheet.heights.setdefault(row, height((self.shown(key), sheet.widths[VALUE])))

    def shown(self, key: str) -> Any:
        """The cached value of a scalar key."""
        number = self.numbers[key]
        if key in self.model.givens and isinstance(number, Undefined):
            return MISSING
        return value_of(number)

    def cells(self, local: dict[str, str], row_cells: dict[str, str] | None = None) -> Cells:
        """References for a formula on one sheet: fixed scalars, row or column cells beside it."""
        found = {**local, **(row_cells or {})}

        def area(key: str) -> str:
            sheet, cells = self.ranges[key]
            return f"{sheet}!{cells}" if key.endswith("_options") else cells

        return Cells(at=found.__getitem__, before=found.__getitem__, range=area)

    def line_row(
        self, sheet: Sheet, row: int, one: Line, cells: Cells, *, strong: bool = False
    ) -> None:
        """One computed row of the grid."""
        of_which = one.label.startswith("of which")
        label = "totallabel" if strong else "of" if of_which else "labelwrap"
        sheet.put(row, KEY, one.key, "key")
        sheet.put(row, LABEL, one.label, label)
        sheet.put(row, UNIT, self.unit(one.unit), "unit")
        look = "sentence" if one.is_text else f"{'total' if strong else 'calc'}:{one.form}"
        sheet.put(row, VALUE, self.shown(one.key), look, excel(one.tree, cells))
        sheet.put(row, TOTAL, None, "blank")
        sheet.put(
            row, CHECK, 0, "check:flag", f"IF(ISERROR({address(row, VALUE, fixed='rc')}),1,0)"
        )
        said = self.explain(one)
        sheet.put(row, HOW, said, "note")
        value = self.shown(one.key)
        sheet.heights[row] = height(
            (said, sheet.widths[HOW]), (value if isinstance(value, str) else "", _WIDTHS[VALUE])
        )

    def explain(self, one: Line) -> str:
        """How a line is computed, in words, and why."""
        said = words(one.tree, lambda key: self.label(key))
        return f"{one.note} = {said}" if one.note else f"= {said}"

    def label(self, key: str) -> str:
        return self.model[key].label if key in self.model else key.replace("_", " ")

    def _year_row(self, sheet: Sheet, row: int, one: Line, local: dict[str, str]) -> None:
        """A yearly line: one formula, copied across the years."""
        sheet.put(row, KEY, one.key, "key")
        sheet.put(row, LABEL, one.label, "labelwrap")
        sheet.put(row, UNIT, self.unit(one.unit), "unit")
        sheet.put(row, HOW, self.explain(one), "note")
        years = np.broadcast_to(self.numbers[one.key], (YEAR_COUNT,))
        for year in range(YEAR_COUNT):
            column = FIRST + year

            def at(key: str, column: int = column) -> str:
                if key in getattr(self, "year_rows", {}):
                    return f"{letters(column)}${self.year_rows[key][1]}"
                return local[key]

            def before(key: str, column: int = column) -> str:
                return f"{letters(column - 1)}${self.year_rows[key][1]}"

            cells = Cells(at=at, before=before, range=lambda key: self.ranges[key][1])
            sheet.put(
                row, column, value_of(years[year]), f"calc:{one.form}", excel(one.tree, cells)
            )

    def _row_tables(self, sheet: Sheet, lines: list[Line], row: int, local: dict[str, str]) -> None:
        """Lines along a table: one formula each, copied down its rows."""
        for table in dict.fromkeys(str(one.along) for one in lines):
            inputs = [one for one in self.model.givens.values() if one.along == table]
            columns = [*inputs, *(one for one in lines if one.along == table)]
            self._section(sheet, row, self.model.headings.get(columns[len(inputs)].key, table),
                          FIRST + len(columns) - 2)  # fmt: skip
            row += 1
            places = {}
            for index, item in enumerate(columns):
                place = LABEL if index == 0 else FIRST + index - 1
                places[item.key] = place
                look = "head" if item.is_text else "headnum"
                sheet.put(row, place, f"{item.label}, {self.unit(item.unit)}"
                          if not item.is_text else item.label, look)  # fmt: skip
                if place >= FIRST:
                    sheet.widths[place] = 14
            for place in range(1, FIRST):
                if (row, place) not in sheet.cells:
                    sheet.put(row, place, None, "head")
            sheet.heights[row] = 54
            first = row + 1
            count = len(tables()[table].rows)
            for item in columns:
                area = span(places[item.key], first, first + count - 1)
                self.ranges[item.key] = (sheet.title, area)
            for number in range(count):
                self._table_row(sheet, first + number, number, table, columns, places, local)
            row = first + count

    def _table_row(
        self, sheet: Sheet, row: int, number: int, table: str, columns: Sequence[Any],
        places: dict[str, int], local: dict[str, str],
    ) -> None:  # fmt: skip
        beside = {key: f"${letters(place)}{row}" for key, place in places.items()}
        names = [one.name for one in tables()[table].columns]
        sheet.put(row, KEY, tables()[table].ids[number], "key")
        for item in columns:
            value = value_of(self.numbers[item.key][number])
            if isinstance(item, Given):
                column = letters(names.index(item.key.partition("_")[2]) + 1)
                formula = f"{CATALOGUE_SHEETS[table]}!{column}{CATALOGUE_FIRST + number}"
                look = "linktext" if item.is_text else f"link:{item.form}"
            else:
                formula = excel(item.tree, self.cells(local, beside))
                look = f"calc:{item.form}"
            sheet.put(row, places[item.key], value, look, formula)

    # ---- the deadline as a price ------------------------------------------------------------

    def deadline_sheet(self) -> None:
        """The model's own lines over many deadlines: one formula a row, copied across."""
        sheet = self.sheets["Deadline"]
        self.head(sheet, "what another deadline costs", GRID)
        sheet.widths = {**_WIDTHS, KEY: 22, LABEL: 33, UNIT: 10, VALUE: 16, TOTAL: 6, HOW: 40}
        key = "deadline_days"
        points = [float(self.numbers[key]), *self.scenario.deadlines]
        cases = self.scenario.cases(key, points)
        inner = self.model.upstream(self.scenario.deadline_targets) & self.model.downstream([key])
        lines = [one for k, one in self.model.lines.items() if k in inner and one.along is None]
        own = {one.key for one in lines} | {key}
        local: dict[str, str] = {}
        row = self.link_block(sheet, self.links_for(lines, own), local)
        for index in range(len(points)):
            column = FIRST + index
            sheet.put(HEAD_ROW, column, index + 1, "headnum:1")
            sheet.widths[column] = 12.5
        sheet.put(3, FIRST, "The first column is the live deadline; the points stand on Inputs.",
                  "subtitle")  # fmt: skip
        sheet.breaks.append(row - 1)
        self._section(sheet, row, "One column a deadline", FIRST + len(points) - 1)
        rows = {key: row + 1} | {one.key: row + 2 + i for i, one in enumerate(lines)}
        self._deadline_row(sheet, rows[key], points)
        for one in lines:
            self._case_row(sheet, one, rows, local, cases, len(points))
        self.case_rows = rows
        last = max(rows.values())
        self.errors.append(("Deadline", f"$F${FIRST_ROW}:$F${last}"))
        sheet.freeze = f"C{FIRST_ROW}"

    def _deadline_row(self, sheet: Sheet, row: int, points: Sequence[float]) -> None:
        self.link_row(sheet, row, "deadline_days")
        first = self.home["deadline_days"][1]
        area = f"Inputs!{span(LIVE, first, first + len(points) - 1)}"
        for index, days in enumerate(points):
            column = FIRST + index
            sheet.put(row, column, days, "link:day", f"INDEX({area},{letters(column)}${HEAD_ROW})")

    def _case_row(
        self, sheet: Sheet, one: Line, rows: dict[str, int], local: dict[str, str],
        cases: dict[str, Any], count: int,
    ) -> None:  # fmt: skip
        row = rows[one.key]
        self.link_row(sheet, row, one.key)
        value, first = address(row, VALUE, fixed="rc"), address(row, FIRST, fixed="rc")
        sheet.put(row, CHECK, 0, "check:flag", f"IF({value}={first},0,1)")
        sheet.put(row, HOW, one.note, "note")
        undefinable = any(
            isinstance(part, Call) and part.word is undefined for part in walk(one.tree)
        )
        sheet.heights[row] = max(
            height((one.note, sheet.widths[HOW])), 28 if undefinable or one.is_text else 14
        )
        values = np.broadcast_to(cases[one.key], (count,))
        pattern = excel(
            one.tree,
            Cells(
                at=lambda key: f"\0${rows[key]}" if key in rows else local[key],
                before=lambda key: local[key],
                range=lambda key: self.ranges[key][1],
            ),
        )
        look = f"calc:{one.form}"
        for index in range(count):
            column = FIRST + index
            shown = value_of(values[index])
            if shown == MISSING:
                shown = self._undefined_at(one, cases, index)
            sheet.put(row, column, shown, look, pattern.replace("\0", letters(column)))

    def _undefined_at(self, one: Line, cases: dict[str, Any], index: int) -> Any:
        """The words of an undefined case: the rule called again with that case's numbers."""
        values = []
        for need in one.needs:
            value = cases[need]
            many = isinstance(value, np.ndarray) and value.ndim
            values.append(value[index] if many else value)
        with np.errstate(all="ignore"):
            return value_of(one.rule(*values))

    # ---- checks -----------------------------------------------------------------------------

    def place_checks(self) -> None:
        """Rows of the Checks and Limits sheets, known before the inputs refer to them."""
        main = [one for one in self.model.checks if not one.flag.key.endswith("_limits")]
        self.main_checks = sorted(main, key=lambda one: (one.guards is None, one.kind == "alert"))
        self.limit_checks = [one for one in self.model.checks if one.flag.key.endswith("_limits")]
        self.check_links = self._check_links()
        row = STATE_ROW + 3 + len(self.check_links)
        row += 1
        for one in self.main_checks:
            self.home[one.flag.key] = ("Checks", row, VALUE)
            self.home[one.says.key] = ("Checks", row, HOW)
            row += 1
        self.after_checks = row
        for row, one in enumerate(self.limit_checks, FIRST_ROW):
            self.home[one.flag.key] = ("Limits", row, CHECK)
            self.home[one.says.key] = ("Limits", row, HOW)

    def _check_links(self) -> list[tuple[str, bool]]:
        """(key, as made) of everything the main checks read."""
        made = {
            (need, True)
            for one in self.main_checks
            for need in one.flag.needs
            if need == one.guards
        }
        live = {
            (need, False)
            for one in self.main_checks
            for need in one.flag.needs
            if need != one.guards and need in self.model
        }
        order = {key: i for i, key in enumerate([*self.model.givens, *self.model.lines])}
        return sorted(made | live, key=lambda pair: (order[pair[0]], pair[1]))

    def limits_sheet(self) -> None:
        sheet = self.sheets["Limits"]
        self.head(sheet, "every bounded input within its limits", GRID)
        sheet.widths = dict(_WIDTHS)
        for row, one in enumerate(self.limit_checks, FIRST_ROW):
            key = one.flag.needs[0]
            self.link_row(sheet, row, key)
            local = {key: address(row, VALUE, fixed="rc"),
                     one.flag.key: address(row, CHECK, fixed="rc")}  # fmt: skip
            cells = self.cells(local)
            sheet.put(row, KEY, one.flag.key, "key")
            sheet.put(row, CHECK, 0, "check:flag", excel(one.flag.tree, cells))
            sheet.put(row, HOW, self.shown(one.says.key), "sentence", excel(one.says.tree, cells))
        last = FIRST_ROW + len(self.limit_checks) - 1
        sheet.flags.append((f"F{FIRST_ROW}:F{last}", "fires"))
        self.limit_area = (f"Limits!$F${FIRST_ROW}:$F${last}", f"Limits!$G${FIRST_ROW}:$G${last}")

    def checks_sheet(self) -> None:
        sheet = self.sheets["Checks"]
        self.head(sheet, "0 passes, 1 fires; errors stop a decision, alerts qualify it",
                  ("Key", "Check", "Kind", "Flag", "Fires", "State", "Finding"))  # fmt: skip
        sheet.widths = {**_WIDTHS, VALUE: 26, HOW: 96}
        local: dict[tuple[str, bool], str] = {}
        row = STATE_ROW + 2
        self._section(sheet, row, "From other sheets")
        for key, made in self.check_links:
            row += 1
            self.link_row(sheet, row, key, made=made)
            local[key, made] = address(row, VALUE, fixed="rc")
        row += 1
        sheet.breaks.append(row - 1)
        self._section(sheet, row, "Checks")
        first = row + 1
        for one in self.main_checks:
            row += 1
            self._check_row(sheet, row, one, local)
        for key, label, formula, sentence in self._book_checks():
            row += 1
            self.home[key] = ("Checks", row, VALUE)
            self._finish_check(sheet, row, key, label, "error", 0, formula)
            sheet.put(row, HOW, "OK", "sentence",
                      f'IF({address(row, VALUE, fixed="rc")}=0,"OK",{sentence})')  # fmt: skip
        self._master(sheet, first, row)
        sheet.flags.append((f"F{first}:F{row}", "state"))
        sheet.flags.append((f"E{first}:E{row}", "fires"))

    def _check_row(
        self, sheet: Sheet, row: int, one: Check, local: dict[tuple[str, bool], str]
    ) -> None:
        assert self.home[one.flag.key][1] == row
        found = {
            need: local[need, need == one.guards] for need in one.flag.needs if need in self.model
        }
        found[one.flag.key] = address(row, VALUE, fixed="rc")
        cells = self.cells(found)
        flag = value_of(self.numbers[one.flag.key])
        self._finish_check(
            sheet, row, one.flag.key, one.flag.label, one.kind, flag, excel(one.flag.tree, cells)
        )
        says = self.shown(one.says.key)
        sheet.put(row, HOW, says, "sentence", excel(one.says.tree, cells))
        sheet.heights[row] = height((says, sheet.widths[HOW]))

    def _finish_check(
        self, sheet: Sheet, row: int, key: str, label: str, kind: str, flag: float, formula: str
    ) -> None:
        value = address(row, VALUE, fixed="rc")
        fires = address(row, TOTAL, fixed="rc")
        sheet.put(row, KEY, key, "key")
        sheet.put(row, LABEL, label, "labelwrap")
        sheet.put(row, UNIT, kind, "unit")
        sheet.put(row, VALUE, flag, "check:flag", formula)
        sheet.put(row, TOTAL, flag, "check:flag", f"IF(ISNUMBER({value}),{value},1)")
        word = "FAIL" if kind == "error" else "ALERT"
        sheet.put(row, CHECK, word if flag else "OK", "check", f'IF({fires}=0,"OK","{word}")')

    def _book_checks(self) -> list[tuple[str, str, str, str]]:
        """Checks of the workbook itself: key, label, flag formula, the words when it fires."""
        flags, says = self.limit_area
        found = [
            ("inputs_within_limits", "Every input is within its limits",
             f"IF(SUM({flags})=0,0,1)", f"INDEX({says},MATCH(1,{flags},0))"),
        ]  # fmt: skip
        for title, area in self.errors:
            key = f"{title.lower()}_without_errors"
            label = f"No error value on {title}"
            said = f'"a cell of {title} shows an error"'
            if title == "Deadline":
                label = "The deadline table repeats the model"
                said = '"the live deadline\'s column differs from the model"'
            found.append((key, label, f"IF(SUM({title}!{area})=0,0,1)", said))
        return found

    def _master(self, sheet: Sheet, first: int, last: int) -> None:
        kinds, fires = span(UNIT, first, last), span(TOTAL, first, last)
        rows = (
            (STATE_ROW - 2, "errors", "Errors", self.fired("error"),
             f'SUMIF({kinds},"error",{fires})'),
            (STATE_ROW - 1, "alerts", "Alerts", self.fired("alert"),
             f'SUMIF({kinds},"alert",{fires})'),
        )  # fmt: skip
        for row, key, label, value, formula in rows:
            sheet.put(row, KEY, key, "key")
            sheet.put(row, LABEL, label, "label")
            sheet.put(row, UNIT, "count", "unit")
            sheet.put(row, VALUE, value, "check:flag", formula)
        errors, alerts = f"$D${STATE_ROW - 2}", f"$D${STATE_ROW - 1}"
        sheet.put(STATE_ROW, KEY, "state", "key")
        sheet.put(STATE_ROW, LABEL, "All checks", "label")
        sheet.put(STATE_ROW, UNIT, "text", "unit")
        sheet.put(
            STATE_ROW, VALUE, self.state_words(), "check",
            f'IF({errors}=0,"OK: no errors","FAIL: "&{errors}&" errors")&", "&{alerts}&" alerts"',
        )  # fmt: skip
        sheet.flags.append((address(STATE_ROW, VALUE), "state"))
        for row in (STATE_ROW - 2, STATE_ROW - 1, STATE_ROW):
            sheet.put(row, TOTAL, None, "blank")


STATE_ROW = FIRST_ROW + 2


def _decimal(where: str, given: Given) -> Rule:
    """The decimal validation of a bounded number."""
    text = f"{given.why or given.label + ' must be ' + given.bounds + '.'}" if given.bounded else ""
    common = {"title": given.label, "prompt": given.note, "error": text or "Type a number."}
    low = given.least if given.least is not None else given.above
    if low is not None and given.most is not None:
        least = low if given.least is not None else 1e-12
        return Rule(where, "decimal", f"{least:g}", f"{given.most:g}", "between", **common)
    if given.least is not None:
        return Rule(where, "decimal", f"{given.least:g}", "", "greaterThanOrEqual", **common)
    if given.above is not None:
        return Rule(where, "decimal", f"{given.above:g}", "", "greaterThan", **common)
    return Rule(where, "decimal", "-1E+300", "1E+300", "between", **common)


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _tab_colour(title: str) -> str:
    if title == "Summary":
        return "1F3A5F"
    if title == "Inputs":
        return "E3A857"
    if title in ("Checks", "Limits", "Sources", "Log"):
        return "6B7785"
    if title in (*CATALOGUE_SHEETS.values(), "Choices"):
        return "A9B8C9"
    return "5B8DB8"
