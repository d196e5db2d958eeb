"""Charts of owning over years: the cash of each option, utilisation, capex, running costs."""

from __future__ import annotations

import numpy as np

from tco.lines import Model
from tco.model.own.rival import option_labels
from tco.page.charts import ended, spanning
from tco.page.content import LINES, STACKS, STEPS, YEARLY, Along, Chart, Phrase, Ref, Series
from tco.page.scales import scale_of, without_zero
from tco.page.values import points
from tco.scenario import Scenario


def years_charts(scenario: Scenario) -> list[Chart]:
    """How a bill builds up, where there is one; between the charts of a fleet owned over years."""
    bill = [_capex(scenario)] if "capex_part" in scenario.model else []
    if "npv_own" not in scenario.model:
        return bill
    return [cash(scenario), _utilisation(scenario), *bill, _running_costs(scenario)]


def cash(scenario: Scenario) -> Chart:
    """Own, the two plain ways to rent, and the best one where it is neither.

    On the basis that decides: each line ends at the NPV of its option in the table. Years beyond
    the horizon repeat the last one, so that a line ends where the horizon does.
    """
    best = str(scenario.numbers["best_rent_option"])
    shown = [("own", "Own"), ("on_demand", "On demand"), ("reserved", "Reserved")]
    if best not in ("reserved", "on_demand", "none"):
        shown.append((best, best.capitalize()))
    series = tuple(
        Series(name, Along(f"{key}_so_far"))
        for key, name in shown
        if key == "own" or float(scenario.numbers[f"{key}_available"])
    )
    named = ended(scenario, series)
    scale = scale_of(points(scenario, Along("own_so_far")))
    unit = scale.of(scenario.currency)
    said = f"Cash so far, discounted, {{}}, {unit}: it ends at the NPV that decides"
    return Chart(
        YEARLY, Ref("lead_words"), Along("charted_year"), named, unit, scale.axis,
        across_form='"year "0', across_step=1, signed=True,
        basis=Phrase(said, ("deciding_basis",)),
    )  # fmt: skip


def of_cash(model: Model) -> tuple[str, ...]:
    """Every line that the chart of cash may draw, whichever rent is best."""
    return tuple(f"{key}_so_far" for key, _ in option_labels(model.members))


def _utilisation(scenario: Scenario) -> Chart:
    """A curve for what is offered, and the point where two of them cross, if they do."""
    curves = (("own", "Own"), ("on_demand", "On demand"), ("reserved", "Reserved"))
    series = tuple(
        Series(name, Along(f"point_{key}"))
        for key, name in curves
        if np.all(np.isfinite(scenario.numbers[f"point_{key}"]))
    )
    crossing = ("break-even", Ref("crossing_utilization"), Ref("crossing_cost"))
    unit = f"{scenario.currency} per delivered GPU-hour"
    chart = Chart(
        LINES, Ref("crossing_words"), Along("point_utilization"),
        ended(scenario, series, floor=0.0), unit, scale_of(points(scenario, series[0].values)).axis,
        across_unit="utilisation", across_form="0%", basis=f"{unit}, before tax",
        mark=crossing if float(scenario.numbers["crossing_cost"]) else None,
    )  # fmt: skip
    return spanning(chart, [float(one) for one in scenario.numbers["point_utilization"]])


def _capex(scenario: Scenario) -> Chart:
    """The largest parts, what is left, and all of it: as many columns as there are steps.

    A part that an edit brings about stands among them by its size, and pushes another into what is
    left; only where fewer parts than that had a price, it takes the place of the total.
    """
    stop = int(float(scenario.numbers["capex_steps_shown"])) + 1
    scale = scale_of(points(scenario, Along("capex_step_amount", stop=stop)))
    unit = scale.of(scenario.currency)
    parts = (
        ("before", "foot"), ("part", "large"), ("small part", "small"), ("taken off", "off"),
        ("capex", "all"), ("of a small part", "small"), ("of what is taken off", "off"),
    )  # fmt: skip
    return Chart(
        STEPS, Ref("capex_words"), Along("capex_step_name", stop=stop),
        tuple(Series(name, Along(f"capex_step_{key}", stop=stop)) for name, key in parts),
        unit, scale.axis, label_form=without_zero(scale.form),
        basis=f"How capex builds up, {unit}",
    )  # fmt: skip


def _running_costs(scenario: Scenario) -> Chart:
    """The parts that cost something, from year 1: nothing runs in the year of the purchase."""
    years = int(float(scenario.numbers["horizon_years"]))
    stack = tuple(
        Series(said.label or one.label, Along(one.key, start=1, stop=years + 1))
        for one, said in scenario.model.members.leaves("opex")
        if np.any(scenario.numbers[one.key])
    )
    scale = scale_of([float(np.max(scenario.numbers["opex"]))])
    unit = scale.of(scenario.currency)
    said = f"Running the fleet costs {{}} {scenario.currency} in its first year"
    return Chart(
        STACKS, Phrase(said, ("first_year_opex",)), Along("year", start=1, stop=years + 1), stack,
        unit, scale.axis, across_form='"year "0',
        basis=f"Running costs of owning, before tax, {unit}, over the horizon as built",
    )  # fmt: skip
