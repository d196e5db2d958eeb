"""Cash: when each option pays, what it binds one to, and what it emits."""

from typing import Any

from tco.lines import *
from tco.lines.items import Line, called
from tco.model.own.contracts import RIVALS

SECTION = "cash"
PAGE = Page("When each option pays, what it binds one to, and what it emits")
NONE = "–"

_upto = Heading("Cumulative cash, and discounted")


def _cumulative(name: str, label: str) -> dict[str, Line]:
    """The running sums of an option's cash flow and of its present value."""
    made = {}
    for kind, said, source in (
        ("cumulative", "cumulative cash", "flow"),
        ("discounted", "cumulative discounted cash", "present_value"),
    ):
        key = f"{name}_{kind}"

        def rule(before: Any, flow: Any) -> Any:
            return previous(before) + flow

        note = (
            f"The sum of {label.lower()}'s {'cash' if kind == 'cumulative' else 'values'} so far."
        )
        make = line(f"{label}: {said}", "USD", along=YEARS, stock=True)
        made[key] = make(called(rule, key, note, key, f"{name}_{source}"))
    return made


for _name, _label in (("own", "Own"), *RIVALS):
    globals().update(_cumulative(_name, _label))


_cash = Heading("What each option pays, and when")


def _paid(name: str, label: str) -> dict[str, Line]:
    """Cash of year 0, of all years, and at its deepest: of an option that is offered."""
    figures = (
        ("day1_cash", "cash in year 0", (f"{name}_flow", "at_start"),
         lambda flow, start: -dot(flow, start), "Paid before the first hour of work."),
        ("total_cash", "total cash", (f"{name}_flow",), lambda flow: -total(flow),
         "Paid over the horizon less what comes back, undiscounted."),
        ("peak_cash", "peak cash", (f"{name}_cumulative",),
         lambda cumulative: maximum(-lowest(cumulative), 0),
         "The deepest that cumulative cash falls."),
    )  # fmt: skip
    made = {}
    for ending, said, rows, figure, note in figures:

        def rule(*parts: Any, figure: Any = figure) -> Any:
            if name == "own":
                return figure(*parts)
            *rows, offered = parts
            return where(beyond(offered, 0), figure(*rows), undefined(NONE))

        key = f"{name}_{ending}"
        needs = rows if name == "own" else (*rows, f"{name}_available")
        made[key] = line(f"{label}: {said}", "USD")(called(rule, key, note, *needs))
    return made


for _name, _label in (("own", "Own"), *RIVALS):
    globals().update(_paid(_name, _label))


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


@line("Obligation at signing, reserved", "USD")
def reserved_obligation(reserved_share, fleet_gpus, reserved_term_hours, reserved_rate):
    """The committed hours of the first term with add-ons."""
    return reserved_share * fleet_gpus * reserved_term_hours * reserved_rate


@line("Obligation at signing, hybrid", "USD")
def hybrid_obligation(hybrid_base, fleet_gpus, reserved_term_hours, reserved_rate):
    """The committed hours of the base's first term with add-ons."""
    return hybrid_base * fleet_gpus * reserved_term_hours * reserved_rate


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
