"""Drivers: what each is worth in the advantage, and the steps to the rates at which it is gone."""

from typing import Any

from tco.lines import *
from tco.lines.items import called
from tco.model.own.returns import sign_so_far, sign_turns

SECTION = "drivers"
PAGE = Page(
    "What each driver is worth in the advantage, and the steps to the rates that tie", place=130
)
# Steps of Newton's method on a logarithm: enough for any growth and rate that a path may have.
GROWTH_STEPS, RATE_STEPS = 12, 8


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


@line("Residual: per unit of it", "USD")
def slope_residual_share(server_cost, disposal_share, exit_factor, kept_share):
    """What a residual of the whole server cost would be worth."""
    return server_cost * (1 - disposal_share) * exit_factor * kept_share


@line("Electricity: per unit of its price", "kWh")
def slope_power_price(power_weighted, deciding_factor, kept_share):
    """The energy of all years, discounted: negative, for it is paid."""
    return -1 * dot(power_weighted, deciding_factor) * kept_share


@line("On demand and spot: per unit of use", "GPU-h")
def slope_hours(drifting_hours, deciding_factor, kept_share):
    """The hours of the whole fleet on the price path, discounted."""
    return dot(drifting_hours, deciding_factor) * kept_share


@line("Blocks: per unit of use", "USD")
def slope_block(utilization, worth_rent_price):
    """What full use would be worth; blocks are paid ahead."""
    return where(beyond(utilization, 0), worth_rent_price / utilization, 0)


@line("Utilisation: per unit of it", "USD")
def slope_utilization(best_rent_option, slope_hours, on_demand_rate, spot_rate, slope_block):
    """Of a rent that is paid by the hour used; none of a commitment is worked out."""
    return chosen(
        best_rent_option, reserved=0, on_demand=slope_hours * on_demand_rate,
        spot=slope_hours * spot_rate, block=slope_block, hybrid=0, none=0,
    )  # fmt: skip


@line("In the advantage: utilisation", "USD")
def worth_utilization(best_rent_option, worth_rent_price):
    """Of a rent that is paid by the hour used; nothing where hours are paid used or not."""
    return chosen(
        best_rent_option, reserved=0, on_demand=worth_rent_price, spot=worth_rent_price,
        block=worth_rent_price, hybrid=0, none=0,
    )  # fmt: skip


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
    return best_rent_due * deciding_factor * kept_share / power(1 + rent_growth, drift_exponent)


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

    def step(turns: Any, due: Any, years: Any, drift: Any, target: Any, before: Any = 0) -> Any:
        found = worth_at(due, drift, before)
        apart = found / worth_at(years, drift, before)
        return where(picked(turns, 1), (1 + before) * power(target / found, apart) - 1, 0)

    before = (f"growth_step_{number - 1}",) if number > 1 else ()
    needs = ("growth_turns", "undrifted_due", "undrifted_due_years", "drift_power",
             "rent_that_ties", *before)  # fmt: skip
    made = called(step, key, "Rent at the growth before, brought to what ties.", *needs)
    return line(f"Rent growth that ties, step {number}", "share")(made)


for _number in range(1, GROWTH_STEPS + 1):
    globals()[f"growth_step_{_number}"] = _growth_step(_number)


_rate = Heading("Where it turns: discount rate")


@line("Own over the best rent: running", "USD", along=YEARS)
def deciding_running(own_running_after_tax, best_due, kept_share):
    """Running flows at their own moment, after tax where there is one."""
    return own_running_after_tax + best_due * kept_share


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
    return sign_so_far(deciding_sign, deciding_running + deciding_held)


@line("Deciding flow: change of sign", "flag", along=YEARS)
def deciding_change(deciding_sign):
    """1 where the sign turns."""
    return sign_turns(deciding_sign)


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
        return where(picked(turns, 1), (1 + rate) * power(gain / loss, 1 / apart) - 1, 0)

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
