"""Curves: cost over utilisation, the grid of utilisation and price, and the lowest list price."""

from typing import Any

from tco.lines import *
from tco.model.own.reserving import left_over

SECTION, INPUTS = "flip", "own"
NO_PRICE = "no price on demand"

curve_first_share = Given(
    "Utilisation curve begins after", "share", least=0, most=1, note="Costs rise without end at 0."
)

curve_step_share = Given(
    "Step of the utilisation curve", "share", above=0, most=1, note="Of the cost curves; ten steps."
)

grid_step_share = Given(
    "Step of the grid", "share", above=0, most=1, note="Of utilisation and price around the plan."
)

curve_points = Rows(
    tuple((f"point {number}", "", f"Step {number} of ten.") for number in range(1, 11))
)  # the curves of cost over utilisation

_curve = Heading("Cost of a delivered GPU-hour over utilisation")


@line("Point", "count", along="curve_points")
def curve_points_so_far(curve_points_so_far):
    """1, 2, 3 and so on."""
    return previous(curve_points_so_far) + 1


@line("Utilisation of the point", "share", along="curve_points")
def point_utilization(curve_points_so_far, curve_first_share, curve_step_share):
    """A step more than the point before."""
    return curve_first_share + curve_points_so_far * curve_step_share


@line("Point: own", "USD/GPU-h", along="curve_points")
def point_own(own_cost_per_gpu_hour, point_utilization):
    """The capacity rate over utilisation."""
    return own_cost_per_gpu_hour / point_utilization


@line("Point: on demand", "USD/GPU-h", along="curve_points")
def point_on_demand(
    on_demand_full_present, rent_fixed_present, capacity_hours_present, point_utilization
):
    """Hours by use, and staff over them."""
    fixed = rent_fixed_present / point_utilization
    return where(
        defined(on_demand_full_present),
        (on_demand_full_present + fixed) / capacity_hours_present,
        undefined("–"),
    )


@line("Point: overage", "share", along="curve_points")
def point_overage(demand_shape, reserved_share, point_utilization):
    """Hours beyond the reservation, over capacity."""
    return left_over(demand_shape, point_utilization, reserved_share)


@line("Point: overage, worth today", "USD", along="curve_points")
def point_overage_present(point_overage, on_demand_full_present):
    """On demand; 0 where the reservation leaves nothing over."""
    return where(beyond(point_overage, 0), point_overage * on_demand_full_present, 0)


@line("Point: reserved", "USD/GPU-h", along="curve_points")
def point_reserved(
    reserved_hours_present, reserved_rate, point_overage_present, rent_fixed_present,
    capacity_hours_present, point_utilization,
):  # fmt: skip
    """The commitment, overage and staff over the hours used."""
    paid = reserved_hours_present * reserved_rate + point_overage_present + rent_fixed_present
    return where(
        both(defined(reserved_rate), defined(point_overage_present)),
        paid / (capacity_hours_present * point_utilization),
        undefined("–"),
    )


_crossing = Heading("Where the curves of owning and on-demand rent cross")


@line("Crossing: utilisation", "share")
def crossing_utilization(breakeven_utilization):
    """The break-even utilisation where there is one between 0 and 1."""
    return where(defined(breakeven_utilization), breakeven_utilization, 0)


@line("Crossing: cost of a delivered GPU-hour", "USD/GPU-h")
def crossing_cost(crossing_utilization, own_cost_per_gpu_hour):
    """Of both; 0 where they do not cross between 0 and 1."""
    between = both(beyond(crossing_utilization, 0), at_most(crossing_utilization, 1))
    return where(between, own_cost_per_gpu_hour / crossing_utilization, 0)


@line("Owning against on-demand rent by use, in words", "text")
def crossing_words(crossing_cost, crossing_utilization):
    """From which use on owning an hour costs less."""
    return where(
        beyond(crossing_cost, 0),
        text("Above {} use, owning an hour costs less than on-demand rent",
             shown(crossing_utilization, "0%")),
        "At no use do owning and on-demand rent cost the same",
    )  # fmt: skip


_grid = Heading("For the grid of utilisation and price")


@line("Grid: hours at full use, worth today", "GPU-h", section="returns")
def grid_hours(drifting_hours, deciding_factor, kept_share, rent_addon_applied):
    """On the price path, add-ons and tax in."""
    return dot(drifting_hours, deciding_factor) * kept_share * (1 + rent_addon_applied)


@line("Grid: owning over rented staff", "USD", section="returns")
def grid_fixed(own_deciding_npv, rent_fixed_spend, deciding_factor, rent_setup_cost, kept_share):
    """The advantage if hours cost nothing."""
    fixed = dot(rent_fixed_spend, deciding_factor) + rent_setup_cost
    return own_deciding_npv + fixed * kept_share


_against = Heading("Utilisation against price")


@line("Grid: the plan", "USD")
def grid_plan(grid_fixed, grid_hours, utilization, on_demand_price):
    """The advantage of owning over on-demand rent as planned: the grid has it around that."""
    return where(
        defined(on_demand_price),
        grid_fixed + grid_hours * utilization * on_demand_price,
        undefined(NO_PRICE),
    )


_market = Heading("At the lowest list price of the catalogue")


@line("Lowest list price", "USD/GPU-h")
def market_price(cheapest_price, on_demand_price):
    """Of the same accelerator on demand; the price compared where none is lower."""
    return where(
        either(defined(cheapest_price), defined(on_demand_price)),
        least_of(cheapest_price, on_demand_price),
        undefined(NO_PRICE),
    )


@line("Lower than the plan's own by", "USD/GPU-h")
def market_saving(market_price, on_demand_price):
    """What an hour would cost less there."""
    return where(defined(on_demand_price), on_demand_price - market_price, undefined(NO_PRICE))


@line("Whose list price that is", "text")
def market_offer(cheapest_price, cheapest_offer):
    """The offer of the catalogue."""
    return where(defined(cheapest_price), cheapest_offer, "none")


@line("Advantage of owning at that price", "USD")
def market_advantage(grid_fixed, grid_hours, utilization, market_price):
    """Over on-demand rent, on the basis that decides."""
    return where(
        defined(market_price),
        grid_fixed + grid_hours * utilization * market_price,
        undefined(NO_PRICE),
    )


@line("More or less at that price", "text")
def market_more(market_advantage):
    """Which way that advantage points."""
    return where_known(where(short_of(market_advantage, 0), "less", "more"), market_advantage, "–")


@line("Size of that advantage", "USD", guarded=True)
def market_advantage_size(market_advantage):
    """Whoever it favours."""
    return maximum(market_advantage, -market_advantage)


@line("What owning is worth at that price", "text")
def market_figures(market_advantage_size, currency, market_more):
    """The advantage in words."""
    size = shown(market_advantage_size / 1e6, "#,##0.00")
    return where_known(text("{} M {} {}", size, currency, market_more), market_advantage_size, "–")


@line("Owning against the lowest list price, in words", "text")
def market_said(market_price, market_offer, market_figures):
    """What owning is worth if that offer could be had."""
    return where(
        defined(market_price),
        text(
            "At {} an hour, the list price of {}, owning is worth {} than on-demand rent.",
            shown(market_price, "0.00"),
            market_offer,
            market_figures,
        ),
        "No provider of the catalogue lists the accelerator on demand.",
    )


@line("Against the plan's own price, in words", "text")
def market_said_below(market_saving, market_said):
    """Only a price below the plan's says something new."""
    said = where(
        below(0, market_saving),
        market_said,
        "No provider of the catalogue lists the accelerator for less.",
    )
    return where_known(said, market_saving, NO_PRICE)


@line("At the lowest list price, in words", "text")
def market_words(market_saving, market_said_below, market_said):
    """What the verdict would rest on if the cheapest listed offer could be had."""
    return where(defined(market_saving), market_said_below, market_said)


GRID_SIZE = 7
grid_steps = Rows(tuple((f"place {number}", "", "–") for number in range(1, GRID_SIZE + 1)))

_axes = Heading("The axes of the grid")


@line("Place on the axis", "count", along="grid_steps")
def grid_place(grid_place):
    """1 for the first column and the first row, and so on."""
    return previous(grid_place) + 1


@line("Utilisation that heads a column", "share", along="grid_steps")
def grid_use(utilization, grid_step_share, grid_place):
    """A step beyond the one before; the plan's own stands in the middle, none beyond 0 and 1."""
    beside = utilization + grid_step_share * (grid_place - 1 - 3)
    some = maximum(beside, utilization * minimum(grid_place / 2 / 2, 1))
    return minimum(some, 1)


@line("Price that heads a row", "USD/GPU-h", along="grid_steps")
def grid_price(on_demand_price, grid_step_share, grid_place):
    """A step of the plan's own price beyond the one before; the plan's stands in the middle."""
    return where(
        defined(on_demand_price),
        on_demand_price * (1 + grid_step_share * (grid_place - 1 - 3)),
        undefined("–"),
    )


def grid_advantage(grid_fixed: Any, grid_hours: Any, grid_utilization: Any, grid_price: Any) -> Any:
    """The NPV advantage of owning over hours at a price, used that much; one cell of the grid."""
    return where(
        defined(grid_price),
        grid_fixed + grid_hours * grid_utilization * grid_price,
        undefined("–"),
    )
