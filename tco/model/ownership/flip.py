"""Flip: what each driver is worth in the verdict, and the value at which the verdict turns."""

from typing import Any

from tco.lines import (
    YEARS,
    Heading,
    Line,
    Page,
    Rows,
    at_most,
    below,
    beyond,
    both,
    chosen,
    defined,
    dot,
    each,
    either,
    line,
    maximum,
    picked,
    previous,
    shown,
    text,
    total,
    undefined,
    unless,
    where,
    worth_at,
)
from tco.lines.model import called

SECTION = "flip"
PAGE = Page(
    "One driver at a time: how much of the advantage it carries, and where the verdict turns"
)
NO_TIE = "no value turns it"
# Steps of Newton's method on a logarithm: enough for any growth and rate that a path may have.
GROWTH_STEPS, RATE_STEPS = 12, 8

_basis = Heading("The factors that decide")


@line("Deciding factor of running flows", "ratio", along=YEARS, exact=True)
def deciding_factor(decided_after_tax, discount_factor_after_tax, discount_factor):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), discount_factor_after_tax, discount_factor)


@line("Deciding factor at the year's end", "ratio", along=YEARS, exact=True)
def deciding_factor_at_end(decided_after_tax, factor_at_end_after_tax, factor_at_end):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), factor_at_end_after_tax, factor_at_end)


@line("Deciding discount rate", "share")
def deciding_rate(decided_after_tax, discount_rate_after_tax, discount_rate):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), discount_rate_after_tax, discount_rate)


@line("Kept after tax", "share")
def kept_share(tax_rate):
    """Of a cost or an income, what is left once it is taxed."""
    return 1 - tax_rate


@line("Exit, deciding factor", "ratio", exact=True)
def exit_factor(at_end, deciding_factor_at_end):
    """Of the last operating year's end."""
    return dot(at_end, deciding_factor_at_end)


_rent = Heading("The price part of the best rent")


@line("Price of the best rent", "USD/GPU-h")
def best_rent_price(best_rent_option, reserved_price, on_demand_price, spot_price, block_price):
    """The list price of the option that the verdict is measured against."""
    return chosen(
        best_rent_option, reserved=reserved_price, on_demand=on_demand_price, spot=spot_price,
        block=block_price, hybrid=reserved_price, none=0,
    )  # fmt: skip


@line("Best rent: hours used at that price", "USD", along=YEARS)
def best_rent_due(
    best_rent_option, reserved_share, prepay_share, stepped_hours, reserved_rate, utilization,
    drifting_hours, on_demand_rate, spot_rate, hybrid_base,
):  # fmt: skip
    """Paid during the year; bursts and overage have another price."""
    return chosen(
        best_rent_option,
        reserved=reserved_share * (1 - prepay_share) * stepped_hours * reserved_rate,
        on_demand=utilization * drifting_hours * on_demand_rate,
        spot=utilization * drifting_hours * spot_rate,
        block=0,
        hybrid=hybrid_base * stepped_hours * reserved_rate,
        none=0,
    )


@line("Best rent: hours paid ahead at that price", "USD", along=YEARS)
def best_rent_ahead(best_rent_option, reserved_ahead, block_ahead, rent_setup_spend):
    """Prepayments and blocks."""
    return chosen(
        best_rent_option, reserved=reserved_ahead - rent_setup_spend, on_demand=0, spot=0,
        block=block_ahead - rent_setup_spend, hybrid=0, none=0,
    )  # fmt: skip


_server = Heading("What follows from the price of a server")


@line("Network that follows server cost", "USD")
def scaled_network_cost(network_basis, network_by_share):
    """Where it is a share; counted switches have prices of their own."""
    return chosen(network_basis, share=network_by_share, counts=0)


@line("Capex that follows server cost", "USD")
def scaled_capex(
    server_cost, scaled_network_cost, rack_cost, integration_share, freight_share, duty_rate,
    spares_kit_cost, contingency_share,
):  # fmt: skip
    """Without storage and what is on it."""
    hardware = server_cost + scaled_network_cost + rack_cost
    landed = hardware * (1 + integration_share + freight_share + duty_rate)
    return (landed + spares_kit_cost) * (1 + contingency_share)


@line("Yearly costs that follow server cost", "USD/year")
def scaled_running(
    server_cost, scaled_network_cost, support_share, scaled_capex, insurance_share,
    property_tax_share,
):  # fmt: skip
    """Support, insurance and property tax."""
    supported = (server_cost + scaled_network_cost) * support_share
    return supported + scaled_capex * (insurance_share + property_tax_share)


@line("Tax saved per unit of capex", "share")
def shield_per_capex(depreciation_share, deciding_factor, remaining_share, exit_factor, tax_rate):
    """Deductions, discounted, times the tax rate."""
    return (dot(depreciation_share, deciding_factor) + remaining_share * exit_factor) * tax_rate


_worth = Heading("What each driver is worth in the advantage")


@line("In the advantage: rent price", "USD")
def worth_rent_price(
    best_rent_due, deciding_factor, best_rent_ahead, deciding_factor_at_end, kept_share
):
    """Saved by owning."""
    paid = dot(best_rent_due, deciding_factor) + dot(best_rent_ahead, deciding_factor_at_end)
    return paid * kept_share


@line("In the advantage: server price", "USD")
def worth_server_price(
    scaled_capex, shield_per_capex, scaled_running, contract_years, deciding_factor, salvage,
    exit_factor, kept_share,
):  # fmt: skip
    """Servers and all that follows them, net of what they fetch."""
    running = scaled_running * dot(contract_years, deciding_factor) * kept_share
    return salvage * exit_factor * kept_share - scaled_capex * (1 - shield_per_capex) - running


def _running(key: str, label: str, row: str) -> Line:
    """The worth of a yearly cost of owning: negative."""

    def rule(row: Any, factor: Any, kept: Any) -> Any:
        return -1 * dot(row, factor) * kept

    note = "Paid by owning."
    return line(f"In the advantage: {label}", "USD")(
        called(rule, key, note, row, "deciding_factor", "kept_share")
    )


worth_colo_price = _running("worth_colo_price", "colocation", "colo_spend")
worth_power_price = _running("worth_power_price", "electricity", "power_spend")
worth_owned_fte = _running("worth_owned_fte", "staff, owned", "owned_staff_spend")
worth_support_share = _running("worth_support_share", "support", "support_spend")


@line("In the advantage: residual", "USD")
def worth_residual_share(salvage, exit_factor, kept_share):
    """Fetched at the exit."""
    return salvage * exit_factor * kept_share


@line("In the advantage: utilisation", "USD")
def worth_utilization(best_rent_option, worth_rent_price):
    """Of a rent that is paid by the hour used; nothing where hours are paid used or not."""
    return chosen(
        best_rent_option, reserved=0, on_demand=worth_rent_price, spot=worth_rent_price,
        block=worth_rent_price, hybrid=0, none=0,
    )  # fmt: skip


# (driver, what it is called, the input it moves, its unit, digits shown)
LINEAR = (
    ("rent_price", "Rent price of the best option", "best_rent_price", "USD/GPU-h", "0.000"),
    ("server_price", "Price of a server, and what follows", "server_price", "USD/server", "#,##0"),
    ("colo_price", "Colocation price", "colo_price", "USD/kW/month", "#,##0.00"),
    ("power_price", "Electricity price", "power_price", "USD/kWh", "0.000"),
    ("owned_fte", "Staff if owned", "owned_fte", "FTE", "#,##0.0"),
    ("support_share", "Support of hardware", "support_share", "share/year", "0.0%"),
    ("residual_share", "Residual value", "residual_share", "share", "0.0%"),
    ("utilization", "Utilisation", "utilization", "share", "0.0%"),
)


def _tie(name: str, label: str, key: str, unit: str, form: str) -> dict[str, Line]:
    """The value of a driver at which owning and the best rent are worth the same.

    The advantage is linear in it: the change is minus the advantage over the driver's worth.
    """
    worth, change, tie = f"worth_{name}", f"change_{name}", f"tie_{name}"

    def moved(worth: Any, advantage: Any, case: Any) -> Any:
        turns = both(picked(case, 3), unless(picked(worth, 0)))
        return where(turns, -1 * advantage / worth, undefined(NO_TIE))

    def at(change: Any, base: Any) -> Any:
        return where(defined(change), base * (1 + change), undefined(NO_TIE))

    def said(change: Any, base: Any, tie: Any) -> Any:
        return where(defined(change), text("{} to {}", shown(base, form), shown(tie, form)), NO_TIE)

    made = (
        (change, f"Change that ties: {label.lower()}", "share", moved,
         (worth, "deciding_advantage", "verdict_case"), "Over the plan's value, all else equal."),
        (tie, f"Ties at: {label.lower()}", unit, at, (change, key),
         "Owning and the best rent are worth the same there."),
        (f"{tie}_words", f"From plan to tie: {label.lower()}", "text", said, (change, key, tie),
         "The plan's value and the one at which it ties."),
    )  # fmt: skip
    return {
        key: line(said, unit)(called(rule, key, note, *needs))
        for key, said, unit, rule, needs, note in made
    }


for _name, *_rest in LINEAR:
    globals()[f"_heading_{_name}"] = Heading(f"Where it turns: {_rest[0].lower()}")
    globals().update(_tie(_name, *_rest))

_drift = Heading("Where it turns: rent growth")


@line("Best rent: years of drift", "years", along=YEARS)
def drift_exponent(best_rent_option, year, reserved_term_years, reserved_term, operating):
    """How often growth has been applied to what is due in the year."""
    stepped = reserved_term_years * (reserved_term - 1)
    return operating * chosen(
        best_rent_option, reserved=stepped, on_demand=year - 1, spot=year - 1, block=0,
        hybrid=stepped, none=0,
    )  # fmt: skip


@line("Best rent: due without drift, worth today", "USD", along=YEARS)
def undrifted_due(best_rent_due, deciding_factor, kept_share, rent_growth, drift_exponent):
    """At the prices of year 1."""
    return best_rent_due * deciding_factor * kept_share / (1 + rent_growth) ** drift_exponent


@line("Best rent: years of drift, the other way", "years", along=YEARS)
def drift_power(drift_exponent):
    """Growth as a rate of discount that is negative."""
    return 0 - drift_exponent


@line("Best rent: due, times its years of drift", "USD", along=YEARS)
def undrifted_due_years(undrifted_due, drift_exponent):
    """For the mean number of drifts."""
    return undrifted_due * drift_exponent


@line("Best rent: what no drift reaches", "USD", along=YEARS)
def driftless_due(undrifted_due, drift_exponent):
    """Due at the price of year 1 whatever growth is."""
    return where(beyond(drift_exponent, 0), 0, undrifted_due)


@line("Rent that would tie", "USD")
def rent_that_ties(worth_rent_price, deciding_advantage):
    """The price part at which the advantage is gone."""
    return worth_rent_price - deciding_advantage


@line("Growth can tie", "flag")
def growth_turns(
    best_rent_option, verdict_case, rent_that_ties, driftless_due, undrifted_due_years,
    prepay_share, overage_share,
):  # fmt: skip
    """1 where some drift makes rent cost what ties; not for what is paid ahead, nor two prices."""
    reaches = both(
        below(total(driftless_due), rent_that_ties), beyond(total(undrifted_due_years), 0)
    )
    alone = both(picked(prepay_share, 0), picked(overage_share, 0))
    drifts = either(
        picked(best_rent_option, "on_demand"), picked(best_rent_option, "spot"),
        both(picked(best_rent_option, "reserved"), alone),
    )  # fmt: skip
    return where(both(picked(verdict_case, 3), reaches, drifts), 1, 0)


def _growth_step(number: int) -> Line:
    """One step of Newton's method on the logarithm of the rent, over that of 1 + growth.

    The first starts from a rent that does not drift: from there the steps never run away.
    """
    key = f"growth_step_{number}"

    def step(turns: Any, due: Any, years: Any, power: Any, target: Any, before: Any = 0) -> Any:
        found = worth_at(due, power, before)
        apart = found / worth_at(years, power, before)
        return where(picked(turns, 1), (1 + before) * (target / found) ** apart - 1, 0)

    before = (f"growth_step_{number - 1}",) if number > 1 else ()
    needs = ("growth_turns", "undrifted_due", "undrifted_due_years", "drift_power",
             "rent_that_ties", *before)  # fmt: skip
    made = called(step, key, "Rent at the growth before, brought to what ties.", *needs)
    return line(f"Rent growth that ties, step {number}", "share")(made)


for _number in range(1, GROWTH_STEPS + 1):
    globals()[f"growth_step_{_number}"] = _growth_step(_number)


@line("Ties at: rent growth", "share")
def tie_rent_growth(growth_turns, growth_step_12):
    """The yearly drift at which owning and the best rent are worth the same."""
    return where(picked(growth_turns, 1), growth_step_12, undefined(NO_TIE))


@line("From plan to tie: rent growth", "text")
def tie_rent_growth_words(growth_turns, rent_growth, growth_step_12):
    """The plan's value and the one at which it ties."""
    return where(
        picked(growth_turns, 1),
        text("{} to {}", shown(rent_growth, "0.0%"), shown(growth_step_12, "0.0%")),
        NO_TIE,
    )


_rate = Heading("Where it turns: discount rate")


@line("Own over the best rent: running", "USD", along=YEARS)
def deciding_running(own_running_after_tax, best_due, kept_share):
    """Running flows at their own moment, after tax where there is one."""
    return own_running_after_tax + best_due * kept_share


@line("Best rent: due", "USD", along=YEARS)
def best_due(best_rent_option, reserved_due, on_demand_due, spot_due, block_due, hybrid_due):
    """Everything that the best rent pays during the year."""
    return chosen(
        best_rent_option, reserved=reserved_due, on_demand=on_demand_due, spot=spot_due,
        block=block_due, hybrid=hybrid_due, none=0,
    )  # fmt: skip


@line("Best rent: paid ahead", "USD", along=YEARS)
def best_ahead(
    best_rent_option, reserved_ahead, on_demand_ahead, spot_ahead, block_ahead, hybrid_ahead
):
    """Everything that the best rent pays ahead."""
    return chosen(
        best_rent_option, reserved=reserved_ahead, on_demand=on_demand_ahead, spot=spot_ahead,
        block=block_ahead, hybrid=hybrid_ahead, none=0,
    )  # fmt: skip


@line("Own over the best rent: held", "USD", along=YEARS)
def deciding_held(exit_after_tax, at_end, upfront_cost, at_start, best_ahead, kept_share):
    """The purchase, the exit and what rent pays ahead, at the year's end."""
    return exit_after_tax * at_end - upfront_cost * at_start + best_ahead * kept_share


@line("Moment of running flows", "years", along=YEARS, exact=True)
def running_moment(year, timing_shift_years):
    """The year's end, or its middle."""
    return year - timing_shift_years


@line("Running gains", "USD", along=YEARS)
def running_gain(deciding_running):
    """Where owning is ahead."""
    return maximum(deciding_running, 0)


@line("Running losses", "USD", along=YEARS)
def running_loss(deciding_running):
    """Where owning is behind, positive."""
    return maximum(-deciding_running, 0)


@line("Held gains", "USD", along=YEARS)
def held_gain(deciding_held):
    """Where owning is ahead."""
    return maximum(deciding_held, 0)


@line("Held losses", "USD", along=YEARS)
def held_loss(deciding_held):
    """Where owning is behind, positive."""
    return maximum(-deciding_held, 0)


@line("Running gains x moment", "USD", along=YEARS)
def running_gain_moment(running_gain, running_moment):
    """For their mean time."""
    return running_gain * running_moment


@line("Running losses x moment", "USD", along=YEARS)
def running_loss_moment(running_loss, running_moment):
    """For their mean time."""
    return running_loss * running_moment


@line("Held gains x year", "USD", along=YEARS)
def held_gain_moment(held_gain, year):
    """For their mean time."""
    return held_gain * year


@line("Held losses x year", "USD", along=YEARS)
def held_loss_moment(held_loss, year):
    """For their mean time."""
    return held_loss * year


@line("Deciding flow: sign of the year", "1", along=YEARS)
def deciding_sign(deciding_sign, deciding_running, deciding_held):
    """1 gained, -1 paid, running and held together; a year without either keeps the sign."""
    up = where(below(0, deciding_running + deciding_held), 1, 0)
    down = where(below(deciding_running + deciding_held, 0), 1, 0)
    return up - down + (1 - up - down) * previous(deciding_sign)


@line("Deciding flow: change of sign", "flag", along=YEARS)
def deciding_change(deciding_sign):
    """1 where the sign turns."""
    return where(below(deciding_sign * previous(deciding_sign), 0), 1, 0)


@line("Own over the best rent: paid at first", "USD")
def deciding_first(deciding_held, at_start):
    """The flow of year 0."""
    return dot(deciding_held, at_start)


@line("The rate can tie", "flag")
def rate_turns(verdict_case, deciding_change, deciding_first):
    """1 where the first flow is paid and the sign turns exactly once."""
    once = both(picked(total(deciding_change), 1), below(deciding_first, 0))
    return where(both(picked(verdict_case, 3), once), 1, 0)


def _rate_step(number: int) -> dict[str, Line]:
    """Gains and losses at the rate before, their mean times, and the rate that evens them."""
    before = f"rate_step_{number - 1}" if number > 1 else "deciding_rate"

    def at_rate(running: Any, moment: Any, held: Any, year: Any, rate: Any) -> Any:
        return worth_at(running, moment, rate) + worth_at(held, year, rate)

    def step(turns: Any, gain: Any, loss: Any, gained: Any, lost: Any, rate: Any) -> Any:
        apart = gained / gain - lost / loss
        return where(picked(turns, 1), (1 + rate) * (gain / loss) ** (1 / apart) - 1, 0)

    made = {}
    sums = []
    for kind, words in (
        ("gain", "gains"), ("loss", "losses"), ("gain_moment", "gains x time"),
        ("loss_moment", "losses x time"),
    ):  # fmt: skip
        key = f"rate_{kind}_{number}"
        sums.append(key)
        needs = (f"running_{kind}", "running_moment", f"held_{kind}", "year", before)
        made[key] = line(f"Discount rate that ties, step {number}: {words}", "USD")(
            called(at_rate, key, "At the rate before.", *needs)
        )
    key = f"rate_step_{number}"
    made[key] = line(f"Discount rate that ties, step {number}", "share")(
        called(step, key, "The rate that evens them at their mean times.", "rate_turns", *sums,
               before)
    )  # fmt: skip
    return made


for _number in range(1, RATE_STEPS + 1):
    globals().update(_rate_step(_number))


@line("Ties at: discount rate", "share")
def tie_discount_rate(rate_turns, rate_step_8):
    """The rate that decides at which owning and the best rent are worth the same."""
    return where(picked(rate_turns, 1), rate_step_8, undefined(NO_TIE))


@line("From plan to tie: discount rate", "text")
def tie_discount_rate_words(rate_turns, deciding_rate, rate_step_8):
    """The plan's value and the one at which it ties."""
    return where(
        picked(rate_turns, 1),
        text("{} to {}", shown(deciding_rate, "0.0%"), shown(rate_step_8, "0.0%")),
        NO_TIE,
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
    return where(defined(tie_rent_growth), tie_rent_growth - rent_growth, undefined(NO_TIE))


@line("Change that ties: discount rate", "share")
def change_discount_rate(tie_discount_rate, deciding_rate):
    """In points, not over the plan's value."""
    return where(defined(tie_discount_rate), tie_discount_rate - deciding_rate, undefined(NO_TIE))


@line("What would turn the verdict", "text")
def flip_words(verdict_case, tie_rent_price_words, tie_server_price_words, tie_utilization_words):
    """Three drivers, each alone, from the plan to where owning and the best rent are level."""
    return where(
        picked(verdict_case, 3),
        text(
            "Level if an hour of rent goes from {}; or a server from {}; or utilisation: {}.",
            tie_rent_price_words,
            tie_server_price_words,
            tie_utilization_words,
        ),
        "There is nothing that could turn it.",
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


@line("Grid: hours at full use, worth today", "GPU-h")
def grid_hours(drifting_hours, deciding_factor, kept_share, rent_addon_applied):
    """On the price path, add-ons and tax in."""
    return dot(drifting_hours, deciding_factor) * kept_share * (1 + rent_addon_applied)


@line("Grid: owning over rented staff", "USD")
def grid_fixed(own_deciding_npv, rent_fixed_spend, deciding_factor, rent_setup_cost, kept_share):
    """The advantage if hours cost nothing."""
    fixed = dot(rent_fixed_spend, deciding_factor) + rent_setup_cost
    return own_deciding_npv + fixed * kept_share


GRID_SIZE = 7


def _grid_head(number: int) -> dict[str, Line]:
    """A utilisation and a price that head a column and a row, each a step beyond the one before."""

    def use(first: Any, step: Any = None) -> Any:
        return first if step is None else first + step

    def price(before: Any, step: Any, plan: Any = None) -> Any:
        if plan is None:  # the plan's own price stands in the middle
            return before * (1 - 3 * step)
        return before + plan * step

    use_key, price_key = f"grid_use_{number}", f"grid_price_{number}"
    first = number == 1
    uses = ("grid_first_share",) if first else (f"grid_use_{number - 1}", "grid_step_share")
    prices = ("on_demand_price", "grid_step_share") if first else (
        f"grid_price_{number - 1}", "grid_step_share", "on_demand_price"
    )  # fmt: skip
    return {
        use_key: line(f"Grid: utilisation {number}", "share")(
            called(use, use_key, "Heads a column.", *uses)
        ),
        price_key: line(f"Grid: price {number}", "USD/GPU-h")(
            called(price, price_key, "Heads a row.", *prices)
        ),
    }


for _number in range(1, GRID_SIZE + 1):
    globals().update(_grid_head(_number))


def grid_advantage(grid_fixed, grid_hours, grid_utilization, grid_price):
    """The NPV advantage of owning over hours at a price, used that much; one cell of the grid."""
    return grid_fixed + grid_hours * grid_utilization * grid_price
