"""The grid that every sheet shares: head, links, lines; and where everything stands."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.lines import (
    YEAR_COUNT,
    YEARS,
    Cells,
    Check,
    Given,
    Line,
    Model,
    NotGiven,
    Reference,
    Undefined,
    excel,
    is_row_by_row,
    words,
)
from tco.lines.expression import Call
from tco.lines.guards import undefinable
from tco.model.state import ranked
from tco.quantities import money
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, height, letters, position, span
from tco.workbook.names import legal, sheet_name, source_name
from tco.workbook.places import Places, axis_of
from tco.workbook.sheets import CASES, TABLES, order

# The grid of every working sheet.
KEY, LABEL, UNIT, VALUE, TOTAL, CHECK, HOW, GAP, FIRST = range(1, 10)
HEAD_ROW, FIRST_ROW = 4, 5
ERRORS_ROW = 3  # where a working sheet counts its cells that show an error
GRID = ("Key", "Label", "Unit", "Value", "Total", "Check", "How it is computed")
WIDTHS = {KEY: 30, LABEL: 42, UNIT: 19, VALUE: 24, TOTAL: 8, CHECK: 7, HOW: 87, GAP: 2}
# The columns of Inputs, after key, label and unit.
LIVE, OVERRIDE, SHIPPED, LOW, BASE, HIGH, SOURCE, DATE, NOTE, GIVEN = range(4, 14)
MADE = SHIPPED  # a choice as it was made stands where an input's catalogue value stands
AS_BUILT, BUILT_DATE = 6, 7  # of Sources: what Inputs reads of a source that is stated
CATALOGUE_FIRST = 6  # the first row of a catalogue sheet's data
OVERRIDDEN = "Inputs overridden in this file"
STATE_ROW = FIRST_ROW + 2  # where Checks says in words how all checks stand
CASE_ROW = FIRST_ROW + 1  # where Cases says in words which case it is
CASE_CELL = f"$D${CASE_ROW}"
MOST_FLOWING = 150  # characters of an explanation beside which a table stands
KEYS = (
    ("input", "keyinput"),
    ("link", "keylink"),
    ("calculation", "keycalc"),
    ("check", "keycheck"),
)


def value_of(number: Any) -> Any:
    """What a cell shows: undefined numbers as their words, everything else as it is."""
    if isinstance(number, Undefined):
        return MISSING if isinstance(number, NotGiven) else number.why
    if isinstance(number, str):
        return str(number)
    number = float(number)
    return number if number == number else MISSING  # not-a-number is unlike itself


def look_of(one: Given | Line) -> str:
    """The look of a computed cell: words, or a number in its form; a day is a number."""
    return "notecalc" if one.is_text and one.unit != "date" else f"calc:{one.form}"


def errors_in(top: int, left: int, bottom: int, right: int) -> str:
    """1 where any cell of an area shows an error: a comparison passes texts over, no error."""
    area = f"{address(top, left, fixed='rc')}:{address(bottom, right, fixed='rc')}"
    return f"IF(ISERROR(SUMPRODUCT(({area}=0)*1)),1,0)"


def count_errors(sheet: Sheet, last: int, right: int, checks: str = "") -> None:
    """Count the cells that show an error, from the first row to the last, in the sheet's head.

    Args:
        sheet: the sheet, whose cells are drawn.
        last: its last row.
        right: its last column.
        checks: cells that hold checks of their own, which are added up.
    """
    errors = errors_in(FIRST_ROW, KEY, last, right)
    formula = f"SUM({checks})+{errors}" if checks else errors
    sheet.put(ERRORS_ROW, TOTAL, "Errors", "unitright")
    sheet.put(ERRORS_ROW, CHECK, 0, "check:flag", formula)


@dataclass(frozen=True)
class Layout(Places):
    """A scenario and where everything of it stands: all that a sheet is drawn from."""

    scenario: Scenario = field(kw_only=True)
    live: Layout | None = field(default=None, kw_only=True)  # of a layout around the plan

    @functools.cached_property
    def model(self) -> Model:
        """The model of the scenario."""
        return self.scenario.model

    @functools.cached_property
    def numbers(self) -> Mapping[str, Any]:
        """The value of every input and line."""
        return self.scenario.numbers

    @functools.cached_property
    def undefinable(self) -> Set[str]:
        """The inputs and lines that may be undefined."""
        return undefinable(self.model.items, self.model.lines)

    @functools.cached_property
    def order(self) -> tuple[str, ...]:
        """The titles of the sheets, as a reader needs them."""
        return order(self.model, deadline=self.scenario.trades_time, cases=bool(self.changed))

    @functools.cached_property
    def planned(self) -> Layout:
        """The layout of what is computed around the plan: it links to that, not to the case."""
        down = {key: (sheet, span(FIRST, row, row + self._steps(key) - 1))
                for key, (sheet, row) in self.around_down.items()}  # fmt: skip
        columns = {key: (FIRST, row) for key, (_, row) in self.around_down.items()}
        return replace(
            self, scenario=self.scenario.plan, live=self, home={**self.home, **self.around},
            ranges={**self.ranges, **down}, columns={**self.columns, **columns},
        )  # fmt: skip

    def _steps(self, key: str) -> int:
        along = self.along(key)
        return YEAR_COUNT if along == YEARS else len(self.scenario.row_ids(along))

    def year_cell(self, key: str, year: int) -> tuple[str, str]:
        """The sheet and the cell of a yearly line in a year."""
        if self.live is not None and key in self.around_down:
            sheet, row = self.around_down[key]
            return sheet, f"${letters(FIRST)}${row + year}"
        sheet, row = self.year_rows.get(key, (self.year_owner, HEAD_ROW))
        return sheet, f"{letters(FIRST + year)}${row}"

    @functools.cached_property
    def main_checks(self) -> list[Check]:
        """The checks that are no limits of an input, as the sheet has them."""
        return ranked(self.model)

    @functools.cached_property
    def named(self) -> Mapping[str, str]:
        """The defined name of each cell that has one."""
        return {place: name for name, place in self.names().items() if ":" not in place}

    @functools.cached_property
    def named_areas(self) -> Mapping[tuple[str, int], list[tuple[int, int, str]]]:
        """The defined names of areas down a column: by sheet and column, first row and last."""
        found: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
        for name, place in self.names().items():
            title, _, area = place.partition("!")
            first, _, last = area.replace("$", "").partition(":")
            if last and position(first)[1] == position(last)[1]:
                column = position(first)[1]
                found.setdefault((title, column), []).append(
                    (position(first)[0], position(last)[0], name)
                )
        return found

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
        for key, (column, first) in self.given_columns.items():
            rows = len(self.scenario.row_ids(self.along(key)))
            found[key] = f"{TABLES}!{span(column, first, first + rows - 1)}"
        found |= {sheet_name(title): f"{title}!$A$1" for title in self.order}
        found |= {source_name(key): f"Sources!{address(row, 2, fixed='rc')}"
                  for key, row in self.source_rows.items() if key in self.model}  # fmt: skip
        return legal(dict(sorted(found.items())))

    def head(self, sheet: Sheet, purpose: str, headings: Sequence[str], *, wide: int = HOW) -> None:
        """Title, purpose, the state of the checks, the key of cells, and the headings."""
        sheet.put(1, 1, sheet.title, "title")
        sheet.put(2, 1, f"{purpose[:1].upper()}{purpose[1:]}", "subtitle")
        self.state(sheet, 1, wide)
        for column, (name, look) in enumerate(KEYS, 1):
            sheet.put(3, column, name, look)
        for column, heading in enumerate(headings, 1):
            right = headings == GRID and heading in ("Value", "Total")
            sheet.put(HEAD_ROW, column, heading, "headnum" if right else "head")
        sheet.heights[HEAD_ROW] = 26
        sheet.freeze = f"A{FIRST_ROW}"

    def state(self, sheet: Sheet, row: int, column: int) -> None:
        """The master check, in the frozen head of every sheet, and below it the case."""
        if self.changed:
            here = CASE_CELL if sheet.title == CASES else f"{CASES}!{CASE_CELL}"
            sheet.put(row + 1, column, self.case_words(), "incase", here)
            sheet.flags.append((address(row + 1, column), "incase"))
        if sheet.title == "Checks":
            sheet.put(row, column, self.state_words(), "state", f"$D${STATE_ROW}")
        else:
            sheet.put(row, column, self.state_words(), "state", f"Checks!$D${STATE_ROW}")
        sheet.flags.append((address(row, column), "state"))

    def case_words(self) -> str:
        """The case that all is computed with, in words."""
        return (self.live or self).scenario.case_words

    def state_words(self) -> str:
        """How all checks stand, in words."""
        if self.live is not None:
            return self.live.state_words()
        errors, alerts, whatifs = map(self.fired, ("error", "alert", "sensitivity"))
        said = f"ALERT: {alerts} finding(s)" if alerts else "OK: no findings"
        if errors:
            said = f"FAIL: {errors} error(s), {alerts} alert(s)"
        return f"{said}; {whatifs} what-if(s)" if whatifs else said

    def fired(self, kind: str) -> int:
        """How many checks of a kind fire; a scenario that is built breaks no limit."""
        return int(
            sum(
                float(self.numbers[one.flag.key])
                for one in self.model.checks
                if one.kind == kind and not one.limit
            )
        )

    def unit(self, unit: str) -> str:
        """A unit as the Unit column shows it, in the scenario's currency."""
        names = {"text": "text", "choice": "choice", "date": "date", "flag": "0 or 1", "1": "level"}
        return names.get(unit, money(unit, self.scenario.currency))

    def along(self, key: str) -> str | None:
        """The axis a key runs along, None for a scalar."""
        return axis_of(self.model, key)

    def section(self, sheet: Sheet, row: int, heading: str, last: int = HOW) -> None:
        """A heading across the columns; a page may end before it."""
        sheet.sections.append(row)
        for column in range(1, last + 1):
            sheet.put(row, column, heading if column == 1 else None, "section")

    @property
    def year_owner(self) -> str:
        """The sheet whose head has the years as numbers: that of the calendar."""
        return self.year_rows.get("at_start", self.year_heads)[0]

    def link_row(self, sheet: Sheet, row: int, key: str, *, made: bool = False) -> None:
        """One green row: the key, and one reference to where it stands."""
        item = self.model[key]
        owner, home_row, column = self.home[key]
        column = MADE if made else column
        found = f"{owner}!{address(home_row, column, fixed='rc')}"
        ends = isinstance(item, Given) and item.of and item.of[1] in ("low", "high")
        if ends and owner == "Inputs":
            # Often there is none, and what is typed over has none, or what a case puts there.
            free = f"ISBLANK({owner}!{address(home_row, OVERRIDE, fixed='rc')})"
            if item.of[0] in self.changed_by_own:  # type: ignore[union-attr,index]
                free += f"*ISTEXT({self.own_case_cell(item.of[0])})"  # type: ignore[union-attr,index]
            found = f'IF({free}*(1-ISBLANK({found})),{found},"{MISSING}")'
        sheet.put(row, KEY, key, "key")
        label = item.label + (", as chosen" if made else "")
        sheet.put(row, LABEL, label, "labelwrap")
        sheet.put(row, UNIT, self.unit(item.unit), "unit")
        sheet.put(row, VALUE, self.shown(key), f"link:{item.form}", found)
        for column in (TOTAL, CHECK):
            sheet.put(row, column, None, "blank")
        sheet.put(row, HOW, f"from {owner}", "note")
        sizes = (self.shown(key), sheet.widths[VALUE]), (label, sheet.widths[LABEL])
        sheet.heights.setdefault(row, height(*sizes))

    def own_case_cell(self, key: str) -> str:
        """The cell of what a case of the scenario's own puts in the place of an input."""
        return f"{CASES}!{address(self.changed_by_own[key], TOTAL, fixed='rc')}"

    def shown(self, key: str) -> Any:
        """The cached value of a scalar key."""
        number = self.numbers[key]
        given = self.model.givens.get(key)
        if given and not given.counted and isinstance(number, Undefined):
            return MISSING
        return value_of(number)

    def shown_rows(self, key: str) -> list[Any]:
        """The cached values of a line along a table, row by row."""
        item = self.model[key]
        tree = item.tree if isinstance(item, Line) else None
        found = [value_of(one) for one in self.numbers[key]]
        if is_row_by_row(tree):
            assert isinstance(tree, Call)
            for number, part in enumerate(tree.parts[: len(found)]):
                if isinstance(part, Reference) and not self.along(part.key):
                    found[number] = self.shown(part.key)  # words of a number that does not exist
        return found

    def shown_row(self, key: str, number: int) -> Any:
        """The cached value of one row of a line along a table."""
        return self.shown_rows(key)[number]

    def cells(
        self, on: str, found: dict[str, str], *, areas: dict[str, str] | None = None
    ) -> Cells:
        """References for a formula `on` a sheet; `areas` are the rows of years that stand on it."""
        areas = areas or {}

        def area(key: str) -> str:
            if key in areas:
                return areas[key]
            sheet, cells = self.ranges[key]
            return cells if sheet == on else f"{sheet}!{cells}"

        return Cells(at=found.__getitem__, before=found.__getitem__, range=area)

    def result_row(self, sheet: Sheet, row: int, key: str, found: str) -> None:
        """What a sheet comes to: a reference to the line further down on it."""
        one = self.model.lines[key]
        sheet.put(row, KEY, key, "key")
        sheet.put(row, LABEL, one.label, "totallabel")
        sheet.put(row, UNIT, self.unit(one.unit), "unit")
        words_ = one.is_text and one.unit != "date"
        sheet.put(row, VALUE, self.shown(key), "sentence" if words_ else f"total:{one.form}", found)
        for column in (TOTAL, CHECK):
            sheet.put(row, column, None, "blank")
        flows = sheet.widths[HOW] < sheet.widths[LABEL]  # over the empty cells beside it
        sheet.put(row, HOW, one.note, "noteflow" if flows else "note")
        value = self.shown(key)
        sheet.heights[row] = height(
            ("" if flows else one.note, sheet.widths[HOW]),
            (value if words_ else "", sheet.widths[VALUE]),
        )

    def line_row(
        self, sheet: Sheet, row: int, one: Line, cells: Cells, *, strong: bool = False
    ) -> None:
        """One computed row of the grid."""
        of_which = one.inside
        label = "totallabel" if strong else "of" if of_which else "labelwrap"
        sheet.put(row, KEY, one.key, "key")
        sheet.put(row, LABEL, one.label, label)
        sheet.put(row, UNIT, self.unit(one.unit), "unit")
        is_words = one.is_text and one.unit != "date"
        formula = excel(one.tree, cells)
        look = "sentence" if is_words else f"{'total' if strong else 'calc'}:{one.form}"
        if "!" in formula:  # it finds a row in a table of another sheet
            look = "linktext" if is_words else f"link:{one.form}"
        sheet.put(row, VALUE, self.shown(one.key), look, formula)
        for column in (TOTAL, CHECK):
            sheet.put(row, column, None, "blank")
        said = self.explain(one)
        flows = sheet.widths[HOW] < sheet.widths[LABEL]  # over the empty cells beside it
        brief = sheet.title in self.year_heads and len(said) > 2.5 * sheet.widths[HOW]
        if brief or (flows and len(said) > MOST_FLOWING):
            said = one.note  # the formula is in the cell; words must end before the page does
        sheet.put(row, HOW, said, "noteflow" if flows else "note")
        value = self.shown(one.key)
        sheet.heights[row] = height(
            ("" if flows else said, sheet.widths[HOW]),
            (one.label, sheet.widths[LABEL] * 0.8),
            (value if isinstance(value, str) else "", sheet.widths[VALUE]),
        )

    def explain(self, one: Line) -> str:
        """How a line is computed, in words, and why."""
        said = words(one.tree, lambda key: self.label(key))
        return f"{one.note} = {said}" if one.note else f"= {said}"

    def label(self, key: str) -> str:
        """What a key is called."""
        return self.model[key].label if key in self.model else key.replace("_", " ")
