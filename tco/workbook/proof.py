"""The sheet Proof: what this file can show of itself, and what was shown of its release."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tco.catalogue.shipped import data_hash
from tco.lines import YEAR_COUNT, YEARS
from tco.model.board import on_board
from tco.model.cases import favours
from tco.page.proof import figures
from tco.scenario import Scenario
from tco.workbook.casetable import case_number
from tco.workbook.cells import Sheet, address, height, letters, span
from tco.workbook.grid import (
    FIRST,
    FIRST_ROW,
    HEAD_ROW,
    KEY,
    LABEL,
    OVERRIDDEN,
    STATE_ROW,
    UNIT,
    Layout,
)
from tco.workbook.ownership import grid_sum
from tco.workbook.sheets import PROOF, purpose

BUILT, NOW, PLANNED, MOVES, DIFFERS, REMARK = range(UNIT + 1, UNIT + 7)
HEADINGS = ("Key", "What", "Unit", "As built", "Now", "As planned", "Moved", "Differs", "Remark")
WIDTHS = {KEY: 28, LABEL: 42, UNIT: 14, BUILT: 19, NOW: 19, PLANNED: 19, MOVES: 9, DIFFERS: 9,
          REMARK: 56}  # fmt: skip
# The checks, and the rows whose flags they read.
MOVED, PLAN_TIES = "moved_without_override", "plan_ties"
# The rows of this file: a heading, then one each.
(HASH_ROW, CATALOGUE_ROW, FORMULAS_ROW, VERIFIED_ROW, OVERRIDES_ROW, CASE_ROW, MOVED_ROW,
 TIES_ROW) = range(FIRST_ROW + 1, FIRST_ROW + 9)  # fmt: skip
OVERRIDES, CASE = (address(row, NOW, fixed="rc") for row in (OVERRIDES_ROW, CASE_ROW))
FIGURES_ROW = TIES_ROW + 2  # their heading
FIRST_FIGURE = FIGURES_ROW + 1
NEARLY = "1E-9"  # of a figure: what engines round apart


def flags_of_figures(scenario: Scenario) -> dict[str, str]:
    """The cell whose flag each check of the figures reads, by the check's key."""
    model = scenario.model
    if not on_board(model.members):
        return {}
    found = {MOVED: f"{PROOF}!{address(MOVED_ROW, MOVES, fixed='rc')}"}
    if favours(model):  # else there is no model as planned
        found[PLAN_TIES] = f"{PROOF}!{address(TIES_ROW, DIFFERS, fixed='rc')}"
    return found


def draw_proof(layout: Layout) -> Sheet:
    """This file, the figures of its first page as built and now, and the proof of the release."""
    sheet = Sheet(PROOF)
    layout.head(sheet, purpose(PROOF, layout.model), HEADINGS, wide=REMARK)
    for column in (BUILT, NOW, PLANNED):
        sheet.put(HEAD_ROW, column, HEADINGS[column - 1], "headnum")
    sheet.widths = dict(WIDTHS)
    last = _figures(layout, sheet)
    _this_file(layout, sheet, last)
    row = _proofs(
        layout, sheet, (last or VERIFIED_ROW) + 2, "What was shown of this release", "shown"
    )
    _proofs(layout, sheet, row + 1, "What was not", "not")
    return sheet


def counted(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets, with how many formula cells they have written on the sheet that says so."""
    found = list(sheets)
    for sheet in found:
        if sheet.title == PROOF:
            count = sum(bool(cell.formula) for one in found for cell in one.cells.values())
            sheet.put(FORMULAS_ROW, BUILT, float(count), "factnum:count")
    return found


def _this_file(layout: Layout, sheet: Sheet, last: int) -> None:
    """What it was made of, that nobody verified it yet, and whether its figures moved."""
    layout.section(sheet, FIRST_ROW, "This file", REMARK)
    scenario, name = layout.scenario, layout.scenario.name
    rows: list[tuple[int, str, Any, str]] = [
        (HASH_ROW, "Inputs it was built from, hash", scenario.sha256[:12], scenario.sha256),
        (CATALOGUE_ROW, "Prices and figures it knew, hash", data_hash()[:12], data_hash()),
        (FORMULAS_ROW, "Formula cells", 0.0, "In all sheets, when it was built."),
        (VERIFIED_ROW, "Verified", "unverified",
         f"Until you run: tco verify {name}.xlsx - it recalculates every formula with two other "
         "engines, and lays every cell beside this scenario built anew."),
    ]  # fmt: skip
    for row, label, value, remark in rows:
        number = isinstance(value, float)
        _row(sheet, row, "", label, "count" if number else "text", remark)
        sheet.put(row, BUILT, value, "factnum:count" if number else "factnum")
    _row(sheet, OVERRIDES_ROW, "", OVERRIDDEN, "count",
         "They are what the file is for: Inputs, Tables and Cases mark each one.")  # fmt: skip
    sheet.put(OVERRIDES_ROW, BUILT, 0.0, "factnum:count")
    sheet.put(OVERRIDES_ROW, NOW, 0, "link:count", f"Checks!$D${STATE_ROW + 2}")
    if not last:
        return
    moved, ties = (f"SUM({span(one, FIRST_FIGURE, last)})" for one in (MOVES, DIFFERS))
    _row(sheet, MOVED_ROW, MOVED, "Figures moved though no Override is typed", "count",
         "Then a base value, a range, a price or a formula is other than it was.")  # fmt: skip
    sheet.put(MOVED_ROW, MOVES, 0, "check:flag", f"IF({moved}=0,0,1)")
    sheet.flags.append((f"{letters(MOVES)}{MOVED_ROW}:{letters(DIFFERS)}{last}", "fires"))
    if PLAN_TIES in flags_of_figures(scenario):
        _plan(layout, sheet, ties)


def _plan(layout: Layout, sheet: Sheet, ties: str) -> None:
    """Whether the model as planned is compared, and whether it ties."""
    number, place = case_number(layout.scenario)
    _row(sheet, CASE_ROW, "", "Case, 0 for the base", "count",
         "In a favouring case the model as planned is another.")  # fmt: skip
    sheet.put(CASE_ROW, NOW, number, "link:count", place)
    _row(sheet, TIES_ROW, PLAN_TIES, "Figures that differ from the plan", "count",
         "The same model stands on Cases once more: in the base case both agree.")  # fmt: skip
    sheet.put(TIES_ROW, DIFFERS, 0, "check:flag", f"IF({ties}=0,0,1)")


def _figures(layout: Layout, sheet: Sheet) -> int:
    """A row for each: as built, now, and whether they lie apart; the last row, 0 for none."""
    found = figures(layout.scenario)
    if not found:
        return 0
    layout.section(sheet, FIGURES_ROW, "Figures behind the first page, as built and now", REMARK)
    for row, key in enumerate(found, FIRST_FIGURE):
        item = layout.model.lines[key]
        many = (" (sum by place)" if _places(layout, key) else " (sum)") if item.along else ""
        _row(sheet, row, key, item.label + many, layout.unit(item.unit), "")
        value, formula = _now(layout, key)
        form = item.form if isinstance(value, float) else "text"
        sheet.put(row, BUILT, value, f"fact:{form}" if form == "text" else f"factnum:{form}")
        sheet.put(row, NOW, value, f"link:{form}", formula)
        sheet.put(row, MOVES, 0, "check:flag", _moved(row, value))
        if key in layout.around or key in layout.around_down:
            value, formula = _now(layout.planned, key)
            sheet.put(row, PLANNED, value, f"link:{form}", formula)
            sheet.put(row, DIFFERS, 0, "check:flag", _differs(row))
    last = FIRST_FIGURE + len(found) - 1
    if "grid_hours" not in layout.model:
        return last
    _row(sheet, last + 1, "", "Advantage by use and price (sum)", layout.unit("USD"),
         "Sheet Flip; as planned, all of it by one formula.")  # fmt: skip
    value, formula, otherwise = grid_sum(layout)
    sheet.put(last + 1, BUILT, value, "factnum:USD")
    sheet.put(last + 1, NOW, value, "link:USD", formula)
    sheet.put(last + 1, MOVES, 0, "check:flag", _moved(last + 1, value))
    sheet.put(last + 1, PLANNED, value, "link:USD", otherwise)
    sheet.put(last + 1, DIFFERS, 0, "check:flag", _differs(last + 1))
    return last + 1


def _now(layout: Layout, key: str) -> tuple[Any, str]:
    """What a line comes to, the sum of one along an axis, and its formula."""
    axis = layout.along(key)
    if axis is None:
        sheet, row, column = layout.home[key]
        return layout.shown(key), f"{sheet}!{address(row, column, fixed='rc')}"
    if axis == YEARS and layout.live is None:
        sheet, row = layout.year_rows[key]
        area = f"{sheet}!${letters(FIRST)}${row}:${letters(FIRST + YEAR_COUNT - 1)}${row}"
    else:
        area = "!".join(layout.ranges[key])
    shown = layout.numbers[key] if axis == YEARS else layout.shown_rows(key)
    places = _places(layout, key)
    if not places:
        return _sum(list(shown)), f"SUM({area})"
    by = "!".join(layout.ranges[places])
    return _sum(list(shown), list(layout.shown_rows(places))), f"SUMPRODUCT({area},{by})"


def _places(layout: Layout, key: str) -> str:
    """The line that numbers the rows beside a line, for a sum alone is the same in any order."""
    axis = layout.along(key)
    found = (one.key for one in layout.model.lines.values()
             if one.along == axis and one.needs == (one.key,))  # fmt: skip
    places = next(found, "")
    return "" if places == key else places


def _sum(values: Sequence[Any], by: Sequence[Any] = ()) -> float:
    """The sum of the numbers among values; a spreadsheet leaves words out of its own too."""
    total = 0.0
    for one, times in zip(values, by or [1.0] * len(values), strict=True):
        if isinstance(one, (int, float)) or hasattr(one, "dtype"):
            total += float(one) * float(times) if float(one) == float(one) else 0.0
    return total


def _moved(row: int, built: Any) -> str:
    """1 where a figure is not as it was built though nothing is overridden."""
    was, now = address(row, BUILT, fixed="c"), address(row, NOW, fixed="c")
    if not isinstance(built, float):
        moved = f"ISNUMBER({now})"
    else:
        size = f"{NEARLY}*ABS({was})" if built else NEARLY
        moved = f"IF(ISNUMBER({now}),ABS({now}-{was})>{size},TRUE)"
    return f"IF(AND({OVERRIDES}=0,{moved}),1,0)"


def _differs(row: int) -> str:
    """1 where a figure is not that of the model as planned, in the base case."""
    now, plan = address(row, NOW, fixed="c"), address(row, PLANNED, fixed="c")
    apart = f"ABS({now}-{plan})>{NEARLY}*(ABS({now})+ABS({plan}))"
    both = f"AND(ISNUMBER({now}),ISNUMBER({plan}))"
    words = f"CHOOSE(1+ISNUMBER({now})+ISNUMBER({plan}),FALSE,TRUE,FALSE)"
    return f"IF(AND({CASE}=0,IF({both},{apart},{words})),1,0)"


def _row(sheet: Sheet, row: int, key: str, label: str, unit: str, remark: str) -> None:
    sheet.put(row, KEY, key or None, "key" if key else "blank")
    sheet.put(row, LABEL, label, "labelwrap")
    sheet.put(row, UNIT, unit or None, "unit")
    for column in (BUILT, NOW, PLANNED, MOVES, DIFFERS):
        sheet.put(row, column, None, "blank")
    sheet.put(row, REMARK, remark or None, "note")
    sheet.heights[row] = height((remark, WIDTHS[REMARK]), (label, WIDTHS[LABEL] * 0.9))


# ---- what was shown of the release ---------------------------------------------------------------


@cache
def _evidence() -> tuple[dict[str, str], ...]:
    """The rows of shown.csv: what was tested, what came out, when, and with what."""
    with Path(__file__).with_name("shown.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _proofs(layout: Layout, sheet: Sheet, row: int, heading: str, kind: str) -> int:
    """The rows of a kind below their heading; the row after the last."""
    layout.section(sheet, row, heading, REMARK)
    for one in _evidence():
        if one["kind"] != kind:
            continue
        row += 1
        _row(sheet, row, "", one["what"], "", one["remark"])
        sheet.put(row, UNIT, one["date"], "unit:date")
        sheet.put(row, BUILT, one["found"], "fact:text")
        sheet.heights[row] = max(sheet.heights[row], height((one["found"], WIDTHS[BUILT])))
    return row + 1
