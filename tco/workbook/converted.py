"""Money that was typed in another currency: what was typed, times the cell of its rate."""

from __future__ import annotations

from typing import Any

from tco.facts import Converted
from tco.lines.expression import excel_number
from tco.workbook.cells import address, span
from tco.workbook.grid import Layout
from tco.workbook.sheets import TABLES

_RATES = "currencies"  # the table of rates, where the workbook has one


def typed_formula(layout: Layout, value: Any, sheet: str) -> str:
    """The formula of an amount in another currency on a sheet, "" for any other value.

    Whoever types a rate over another moves every price that was typed in its currency.
    """
    if not isinstance(value, Converted):
        return ""
    return f"{excel_number(value.amount)}*{_rate(layout, value).removeprefix(f'{sheet}!')}"


def _rate(layout: Layout, value: Converted) -> str:
    """The cell of the rate; in a table, which may be sorted, that beside the currency's name."""
    if value.rate_key:
        owner, row, column = layout.home[value.rate_key]
        return f"{owner}!{address(row, column, fixed='rc')}"
    rows = len(layout.scenario.tables[_RATES])
    names, rates = (
        f"{TABLES}!{span(column, first, first + rows - 1)}"
        for column, first in (
            layout.given_columns[one.key] for one in layout.model.along(_RATES)[:2]
        )
    )
    return f'INDEX({rates},MATCH("{value.code}",{names},0))'
