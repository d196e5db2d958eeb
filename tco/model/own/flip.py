"""Flip: what each driver is worth in the verdict, and the value at which the verdict turns."""

from typing import Any

from tco.lines import *
from tco.lines.items import called

SECTION, INPUTS = "flip", "own"
PAGE = Page(
    "One driver at a time: how much of the advantage it carries, and where the verdict turns",
    tabular=True,
    place=140,
)
NO_TIE = "it does not enter"
NOT_SOLVED = "not worked out"
NO_PRICE = "no price on demand"
NO_VALUE = "at no value"
NO_BOUND = 1e12  # of a driver that may be as large as it will

curve_first_share = Given(
    "Utilisation curve begins after", "share", least=0, most=1, note="Costs rise without end at 0."
)

curve_step_share = Given(
    "Step of the utilisation curve", "share", above=0, most=1, note="Of the cost curves; ten steps."
)

grid_first_share = Given(
    "Least utilisation of the grid", "share", above=0, most=1, note="Its first column."
)

grid_step_share = Given(
    "Step of the grid", "share", above=0, most=1, note="Of utilisation and price around the plan."
)

# (driver, what it is called, the input it moves, its unit, digits shown, its most, its slope)
LINEAR: tuple[tuple[Any, ...], ...] = (
    ("rent_price", "Rent price of the best option", "best_rent_price", "USD/GPU-h", "0.000"),
    ("server_price", "Price of a server, and what follows", "server_price", "USD/server", "#,##0"),
    ("colo_price", "Colocation price", "colo_price", "USD/kW/month", "#,##0.00"),
    ("power_price", "Electricity price", "power_price", "USD/kWh", "0.000", NO_BOUND,
     "slope_power_price"),
    ("owned_fte", "Staff if owned", "owned_fte", "FTE", "#,##0.0"),
    ("support_share", "Support of hardware", "support_share", "share/year", "0.0%"),
    ("residual_share", "Residual value", "residual_share", "share", "0.0%", 1,
     "slope_residual_share"),
    ("utilization", "Utilisation", "utilization", "share", "0.0%", 1, "slope_utilization"),
)  # fmt: skip


def _by_ratio(name: str, key: str) -> tuple[Any, tuple[str, ...], Any, tuple[str, ...]]:
    """The change and the tie of a driver whose worth falls to nothing with it."""

    def moved(worth: Any, advantage: Any, case: Any) -> Any:
        turns = both(picked(case, 3), unless(picked(worth, 0)))
        return where(turns, -1 * advantage / worth, undefined(NO_TIE))

    def at(change: Any, base: Any) -> Any:
        return where(defined(change), base * (1 + change), undefined(NO_TIE))

    needs = (f"worth_{name}", "deciding_advantage", "verdict_case")
    return moved, needs, at, (f"change_{name}", key)


def _by_slope(name: str, key: str, slope: str) -> tuple[Any, tuple[str, ...], Any, tuple[str, ...]]:
    """The same by what one unit is worth, for a driver that may be 0 in the plan."""

    def moved(tie: Any, base: Any) -> Any:
        return where(both(defined(tie), beyond(base, 0)), tie / base - 1, undefined("–"))

    def at(slope: Any, advantage: Any, case: Any, base: Any) -> Any:
        turns = both(picked(case, 3), unless(picked(slope, 0)))
        return where(turns, base - advantage / slope, undefined(NO_TIE))

    needs = (slope, "deciding_advantage", "verdict_case", key)
    return moved, (f"tie_{name}", key), at, needs


def _tie(
    name: str, label: str, key: str, unit: str, form: str, most: float = NO_BOUND, slope: str = ""
) -> dict[str, Line]:
    """The value of a driver at which owning and the best rent are worth the same.

    The advantage is linear in it: the change is minus the advantage over the driver's worth.
    """
    change, tie, possible = f"change_{name}", f"tie_{name}", f"possible_{name}"
    moved, moved_needs, at, at_needs = (
        _by_slope(name, key, slope) if slope else _by_ratio(name, key)
    )

    def can_be(tie: Any) -> Any:
        within = both(defined(tie), unless(short_of(tie, 0)), unless(beyond(tie, most)))
        return where(within, 1, 0)

    def said(possible: Any, base: Any, tie: Any) -> Any:
        return where(
            picked(possible, 1), text("{} to {}", shown(base, form), shown(tie, form)), NO_VALUE
        )

    made = (
        (change, f"Change that ties: {label.lower()}", "share", moved, moved_needs,
         "Over the plan's value, all else equal."),
        (tie, f"Ties at: {label.lower()}", unit, at, at_needs,
         "Owning and the best rent are worth the same there."),
        (possible, f"Can be: {label.lower()}", "flag", can_be, (tie,),
         "1 where the input may have that value."),
        (f"{tie}_words", f"From plan to tie: {label.lower()}", "text", said, (possible, key, tie),
         "The plan's value and the one at which it ties."),
    )  # fmt: skip
    return {
        key: line(said, unit)(called(rule, key, note, *needs))
        for key, said, unit, rule, needs, note in made
    }


for _name, *_rest in LINEAR:
    globals()[f"_heading_{_name}"] = Heading(f"Where it turns: {_rest[0].lower()}")
    globals().update(_tie(_name, *_rest))

_rates = Heading("Where it turns: growth and discount rate")


@line("Ties at: rent growth", "share")
def tie_rent_growth(growth_turns, growth_step_12):
    """The yearly drift at which owning and the best rent are worth the same."""
    return where(picked(growth_turns, 1), growth_step_12, undefined(NOT_SOLVED))


@line("From plan to tie: rent growth", "text")
def tie_rent_growth_words(growth_turns, rent_growth, growth_step_12):
    """The plan's value and the one at which it ties."""
    return where(
        picked(growth_turns, 1),
        text("{} to {}", shown(rent_growth, "0.0%"), shown(growth_step_12, "0.0%")),
        NOT_SOLVED,
    )


@line("Ties at: discount rate", "share")
def tie_discount_rate(rate_turns, rate_step_8):
    """The rate that decides at which owning and the best rent are worth the same."""
    return where(picked(rate_turns, 1), rate_step_8, undefined(NOT_SOLVED))


@line("From plan to tie: discount rate", "text")
def tie_discount_rate_words(rate_turns, deciding_rate, rate_step_8):
    """The plan's value and the one at which it ties."""
    return where(
        picked(rate_turns, 1),
        text("{} to {}", shown(deciding_rate, "0.0%"), shown(rate_step_8, "0.0%")),
        NOT_SOLVED,
    )


drivers = Rows(
    (
        *((name, label, "Of the option that the verdict is measured against."
           if name == "rent_price" else "All else equal.")
          for name, label, *_ in LINEAR),
        ("rent_growth", "Rent growth", "Yearly drift of the best rent."),
        ("discount_rate", "Discount rate", "The one that decides."),
    )
)  # fmt: skip

_drivers = Heading("What would flip it, one driver at a time")


@line("Worth in the advantage", "USD", along="drivers")
def driver_worth(
    worth_rent_price, worth_server_price, worth_colo_price, worth_power_price, worth_owned_fte,
    worth_support_share, worth_residual_share, worth_utilization,
):  # fmt: skip
    """What the driver carries: positive speaks for owning; growth and rate carry none alone."""
    return each(
        worth_rent_price, worth_server_price, worth_colo_price, worth_power_price,
        worth_owned_fte, worth_support_share, worth_residual_share, worth_utilization, 0, 0,
    )  # fmt: skip


@line("From plan to tie", "text", along="drivers")
def driver_tie(
    tie_rent_price_words, tie_server_price_words, tie_colo_price_words, tie_power_price_words,
    tie_owned_fte_words, tie_support_share_words, tie_residual_share_words,
    tie_utilization_words, tie_rent_growth_words, tie_discount_rate_words,
):  # fmt: skip
    """The plan's value and the one at which owning and the best rent are worth the same."""
    return each(
        tie_rent_price_words, tie_server_price_words, tie_colo_price_words,
        tie_power_price_words, tie_owned_fte_words, tie_support_share_words,
        tie_residual_share_words, tie_utilization_words, tie_rent_growth_words,
        tie_discount_rate_words,
    )  # fmt: skip


@line("Change that ties", "share", along="drivers")
def driver_change(
    change_rent_price, change_server_price, change_colo_price, change_power_price,
    change_owned_fte, change_support_share, change_residual_share, change_utilization,
    change_rent_growth, change_discount_rate,
):  # fmt: skip
    """Over the plan's value; below -100% no value of the input does it."""
    return each(
        change_rent_price, change_server_price, change_colo_price, change_power_price,
        change_owned_fte, change_support_share, change_residual_share, change_utilization,
        change_rent_growth, change_discount_rate,
    )  # fmt: skip


_moves = Heading("Changes of the two rates, in points")


@line("Change that ties: rent growth", "share")
def change_rent_growth(tie_rent_growth, rent_growth):
    """In points, not over the plan's value."""
    return where(defined(tie_rent_growth), tie_rent_growth - rent_growth, undefined(NOT_SOLVED))


@line("Change that ties: discount rate", "share")
def change_discount_rate(tie_discount_rate, deciding_rate):
    """In points, not over the plan's value."""
    return where(
        defined(tie_discount_rate), tie_discount_rate - deciding_rate, undefined(NOT_SOLVED)
    )


@line("What would turn the verdict", "text")
def flip_words(
    verdict_case, best_rent_words, tie_rent_price_words, tie_server_price_words,
    tie_utilization_words,
):  # fmt: skip
    """Three drivers, each alone, from the plan to where owning and that rent are level."""
    return where(
        picked(verdict_case, 3),
        text(
            "Level with {}, by one change alone: an hour {}; a server {}; utilisation {}.",
            best_rent_words,
            tie_rent_price_words,
            tie_server_price_words,
            tie_utilization_words,
        ),
        "Time decides, not money: see when each option can work on sheet Compare.",
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
    return (on_demand_full_present + fixed) / capacity_hours_present


@line("Point: reserved", "USD/GPU-h", along="curve_points")
def point_reserved(
    reserved_hours_present, reserved_rate, point_overage, on_demand_full_present,
    rent_fixed_present, capacity_hours_present, point_utilization,
):  # fmt: skip
    """The commitment, overage and staff over the hours used."""
    paid = reserved_hours_present * reserved_rate + point_overage * on_demand_full_present
    return (paid + rent_fixed_present) / (capacity_hours_present * point_utilization)


@line("Point: overage", "share", along="curve_points")
def point_overage(demand_shape, reserved_share, point_utilization):
    """Hours beyond the reservation, over capacity."""
    return chosen(
        demand_shape,
        whole_fleet=(1 - reserved_share) * point_utilization,
        level=maximum(point_utilization - reserved_share, 0),
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


_grid = Heading("For the grid of utilisation and price")


_grid = Heading("Utilisation against price")


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
    """What an hour would cost less there; 0 where the plan has no price on demand."""
    return where(defined(on_demand_price), on_demand_price - market_price, 0)


@line("Whose list price that is", "text")
def market_offer(cheapest_price, cheapest_offer, offer):
    """The offer of the catalogue."""
    return where(defined(cheapest_price), cheapest_offer, offer)


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
    return where(short_of(market_advantage, 0), "less", "more")


@line("Size of that advantage", "USD")
def market_advantage_size(market_advantage):
    """Whoever it favours."""
    return where(defined(market_advantage), maximum(market_advantage, -market_advantage), 0)


@line("What owning is worth at that price", "text")
def market_figures(market_advantage_size, currency, market_more):
    """The advantage in words."""
    return text("{} M {} {}", shown(market_advantage_size / 1e6, "#,##0.00"), currency, market_more)


@line("At the lowest list price, in words", "text")
def market_words(market_price, market_saving, market_offer, market_figures):
    """What the verdict would rest on if the cheapest listed offer could be had."""
    return where(
        below(0, market_saving),
        text(
            "At {} an hour, the list price of {}, owning is worth {} than on-demand rent.",
            shown(market_price, "0.00"),
            market_offer,
            market_figures,
        ),
        "No provider of the catalogue lists the accelerator for less.",
    )


GRID_SIZE = 7
grid_steps = Rows(tuple((f"place {number}", "", "–") for number in range(1, GRID_SIZE + 1)))

_axes = Heading("The axes of the grid")


@line("Place on the axis", "count", along="grid_steps")
def grid_place(grid_place):
    """1 for the first column and the first row, and so on."""
    return previous(grid_place) + 1


@line("Utilisation that heads a column", "share", along="grid_steps")
def grid_use(grid_first_share, grid_step_share, grid_place):
    """A step beyond the one before."""
    return grid_first_share + grid_step_share * (grid_place - 1)


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
