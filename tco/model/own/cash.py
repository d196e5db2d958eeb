"""Cash: when each option pays, what it binds one to, and what it emits."""

from typing import Any

from tco.lines import *
from tco.model.own.rival import OWN, option_labels

SECTION = "cash"
PAGE = Page("When each option pays, what it binds one to, and what it emits", place=90)
NONE = "–"

_upto = Heading("Cumulative cash, and discounted")


@gathered
def cumulative(members):
    """The running sums of each option's cash flow and of its present value."""

    def rule(before: Any, flow: Any) -> Any:
        return previous(before) + flow

    for name, label in option_labels(members):
        for kind, said, source, what in (
            ("cumulative", "cumulative cash", "flow", "cash"),
            ("discounted", "cumulative discounted cash", "present_value", "values"),
        ):
            key, note = f"{name}_{kind}", f"The sum of {label.lower()}'s {what} so far."
            yield Line(key, f"{label}: {said}", "USD", passing_on_any(rule), note,
                       (key, f"{name}_{source}"), YEARS, stock=True, guarded=True)  # fmt: skip


_cash = Heading("What each option pays, and when")
_FIGURES: tuple[tuple[str, str, tuple[str, ...], Any, str], ...] = (
    ("day1_cash", "cash in year 0", ("{}_flow", "at_start"),
     lambda flow, start: -dot(flow, start), "Paid before the first hour of work."),
    ("total_cash", "total cash", ("{}_flow",), lambda flow: -total(flow),
     "Paid over the horizon less what comes back, undiscounted."),
    ("peak_cash", "peak cash", ("{}_cumulative",),
     lambda cumulative: maximum(-lowest(cumulative), 0), "The deepest that cumulative cash falls."),
)  # fmt: skip


@gathered
def paid(members):
    """Cash of year 0, of all years, and at its deepest: of each option that is offered."""
    for name, label in option_labels(members):
        for ending, said, rows, figure, note in _FIGURES:
            needs = tuple(row.format(name) for row in rows)

            def offered(*parts: Any, figure: Any = figure) -> Any:
                *rows, available = parts
                return where(beyond(available, 0), figure(*rows), undefined(NONE))

            always = name == OWN
            yield Line(
                f"{name}_{ending}", f"{label}: {said}", "USD", figure if always else offered, note,
                needs if always else (*needs, f"{name}_available"),
            )  # fmt: skip


_signed = Heading("What each option binds one to when it is signed")


@line("Colocation: years of its first price", "years", exact=True)
def colo_term_factor(colo_term_years, colo_growth):
    """The term as years at the first year's price, the escalator included."""
    grown = (power(1 + colo_growth, colo_term_years) - 1) / colo_growth
    return where(same(colo_growth, 0), colo_term_years, grown)


@line("Colocation over its term", "USD")
def colo_obligation(colo_spend, first_year, colo_term_factor):
    """The contract binds for its term, beyond the horizon too."""
    return dot(colo_spend, first_year) * colo_term_factor


@line("Obligation at signing, owned", "USD")
def obligation_at_signing(upfront_cost, colo_obligation):
    """Capex, facility and the colocation term."""
    return upfront_cost + colo_obligation


_carbon = Heading("Carbon over the horizon")


@line("CO2e of a full year", "t/year")
def annual_co2_tonnes(annual_kwh, grid_intensity):
    """Operational, location-based, all hours."""
    return annual_kwh * grid_intensity / 1e6


@line("CO2e, embodied in the purchase", "t")
def embodied_tonnes_purchase(servers, embodied_kg_per_server):
    """In full in year 0, as the purchase of capital goods is reported."""
    return servers * embodied_kg_per_server / 1000


@line("CO2e, operational, owned", "t")
def own_co2_tonnes(annual_co2_tonnes, operating_years):
    """Over the hours in operation."""
    return annual_co2_tonnes * total(operating_years)


@line("Capacity over the horizon", "GPU-h")
def capacity_hours_total(capacity_hours):
    """Every hour of the fleet, busy or idle."""
    return total(capacity_hours)


@line("CO2e of a capacity hour, rented", "t/GPU-h")
def rented_tonnes_per_hour(
    own_co2_tonnes, capacity_hours_total, embodied_tonnes_purchase, fleet_gpus, server_life_years,
    hours_per_year,
):  # fmt: skip
    """The same servers' energy, and their making over their life, for one GPU-hour."""
    made = embodied_tonnes_purchase / (fleet_gpus * server_life_years * hours_per_year)
    return own_co2_tonnes / capacity_hours_total + made
