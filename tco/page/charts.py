"""Charts of the first page: bars of its tables, and what another deadline costs."""

from __future__ import annotations

from tco.page.content import BARS, LINES, TOTAL, Along, Chart, Ref, Series, Table
from tco.page.values import points
from tco.quantities import money
from tco.quantities.forms import form
from tco.scenario import Scenario

MILLIONS = '#,##0.0,,"  M"'
WHOLE_MILLIONS = '#,##0,,"  M"'


def table_bars(scenario: Scenario, table: Table, title: str, *, apart: bool = False) -> Chart:
    """The first column of a table as bars, down to its first total.

    Args:
        apart: whether the first bar is of another kind than the rest.
    """
    ends = [number for number, row in enumerate(table.rows) if row.reads == TOTAL]
    rows = table.rows[: ends[0]] if ends else table.rows
    values = tuple(row.cells[1] for row in rows)
    first = values[0]
    assert isinstance(first, Ref)
    item = scenario.model[first.key]
    numbers = [one for one in points(scenario, values) if isinstance(one, float)]
    return Chart(
        BARS,
        title,
        across=tuple(row.cells[0] for row in rows),
        series=(Series(money(item.unit, scenario.currency), values),),
        unit=money(item.unit, scenario.currency),
        form=_axis_form(item.form, item.unit, max(numbers, default=0.0)),
        apart=apart,
        table=table.title,
    )


def _axis_form(own: str, unit: str, highest: float) -> str:
    """The number format of a chart's labels: as its cells, or in millions or thousands."""
    if unit != "USD":
        return form(own).cell
    if highest >= 1e6:
        return MILLIONS
    return "#,##0.00" if highest < 1000 else "#,##0"


def deadline_curve(scenario: Scenario) -> list[Chart]:
    """Buying and renting by days allowed; none where given totals leave no curve to draw."""
    names = {"buy_total": "Buy", "rent_total": "Rent, cheapest in time"}
    total = float(scenario.numbers.get("buy_total", 0.0))
    money_form = WHOLE_MILLIONS if total >= 1e6 else "#,##0"
    title = f"Buying and renting by deadline, {scenario.currency}"
    return _by_deadline(scenario, names, title, scenario.currency, money_form)


def deadline_counts(scenario: Scenario) -> list[Chart]:
    """GPUs by days allowed; none where their count is given."""
    return _by_deadline(scenario, {"gpus": "GPUs bought"}, "GPUs by deadline", "GPUs", "#,##0")


def _by_deadline(
    scenario: Scenario, names: dict[str, str], title: str, unit: str, unit_form: str
) -> list[Chart]:
    drawn = [Series(name, Along(key)) for key, name in names.items()
             if scenario.trades_time and key in scenario.deadline_targets]  # fmt: skip
    chart = Chart(
        LINES, title, Along("deadline_days"), tuple(drawn), unit, unit_form,
        across_unit="days to the deadline", across_form="0",
    )  # fmt: skip
    return [chart] if drawn else []
