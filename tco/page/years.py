"""Charts of owning over years: the cash of each option, utilisation, capex, running costs."""

from __future__ import annotations

import numpy as np

from tco.lines import YEAR_COUNT
from tco.page.charts import MILLIONS
from tco.page.content import LINES, STACKS, STEPS, Along, Chart, Ref, Series
from tco.scenario import Scenario


def years_charts(scenario: Scenario) -> list[Chart]:
    """How a bill builds up, where there is one; between the charts of a fleet owned over years."""
    bill = [_capex(scenario)] if "capex_part" in scenario.model else []
    if "npv_own" not in scenario.model:
        return bill
    return [cash_chart(scenario), _utilisation(scenario), *bill, _running_costs(scenario)]


def cash_chart(scenario: Scenario) -> Chart:
    """Own, the two plain ways to rent, and the best one where it is neither."""
    best = str(scenario.numbers["best_rent_option"])
    shown = [("own", "Own"), ("reserved", "Reserved"), ("on_demand", "On demand")]
    if best not in ("reserved", "on_demand", "none"):
        shown.append((best, best.capitalize()))
    series = tuple(
        Series(name, Along(f"{key}_discounted"))
        for key, name in shown
        if key == "own" or float(scenario.numbers[f"{key}_available"])
    )
    return Chart(
        LINES, f"Cumulative discounted cash by option, {scenario.currency}", Along("year"), series,
        scenario.currency, MILLIONS, across_unit="year; level beyond the horizon",
        across_form="0", across_most=YEAR_COUNT - 1, across_step=1, signed=True,
    )  # fmt: skip


def _utilisation(scenario: Scenario) -> Chart:
    """A curve for what is offered, and the point where two of them cross, if they do."""
    curves = (("own", "Own"), ("on_demand", "On demand"), ("reserved", "Reserved"))
    series = tuple(
        Series(name, Along(f"point_{key}"))
        for key, name in curves
        if np.all(np.isfinite(scenario.numbers[f"point_{key}"]))
    )
    crossing = ("break-even", Ref("crossing_utilization"), Ref("crossing_cost"))
    return Chart(
        LINES, "A delivered GPU-hour over utilisation", Along("point_utilization"), series,
        f"{scenario.currency} per GPU-h delivered", "0.00", across_unit="utilisation",
        across_form="0%", across_most=1,
        mark=crossing if float(scenario.numbers["crossing_cost"]) else None,
    )  # fmt: skip


def _capex(scenario: Scenario) -> Chart:
    unsaid = float(scenario.numbers["capex"]) / 10  # a smaller step has no room for its number
    return Chart(
        STEPS, f"How capex builds up, {scenario.currency}",
        tuple(label for _, label, _ in scenario.rows_of("capex_parts")),
        (Series("before", Along("capex_before")), Series(scenario.currency, Along("capex_part"))),
        scenario.currency, MILLIONS, label_form=f"[>={unsaid:.0f}]{MILLIONS};;",
    )  # fmt: skip


def _running_costs(scenario: Scenario) -> Chart:
    """The parts that cost something, from year 1: nothing runs in the year of the purchase."""
    stack = tuple(
        Series(said.label or one.label, Along(one.key, start=1))
        for one, said in scenario.model.members.leaves("opex")
        if np.any(scenario.numbers[one.key])
    )
    return Chart(
        STACKS, f"Running costs of owning by year, {scenario.currency}", Along("year", start=1),
        stack, scenario.currency, MILLIONS, across_unit="year", across_form="0",
    )  # fmt: skip
