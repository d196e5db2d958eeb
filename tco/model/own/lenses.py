"""Lenses: the same run, counted five ways, and the bridge from the least to the most."""

from typing import Any

from tco.lines import *
from tco.lines.items import called
from tco.model.own.exit import lost_by

SECTION = "lenses"
PAGE = Page(
    "The same run, counted five ways: each figure answers another question, and none of them "
    "is compared with an NPV",
    tabular=True,
    totals=("run_owned_share", "run_on_demand", "run_take_or_pay", "run_buy_train_sell",
            "run_cash_to_deadline"), place=120)  # fmt: skip
NO_RUN = "no run is given"

lenses = Rows(
    (
        ("run_owned_share", "Fair share of an owned cluster",
         "What should this run be charged for the hours it takes?"),
        ("run_on_demand", "Rent on demand", "What if we just rent the hours?"),
        ("run_take_or_pay", "Rent, take-or-pay", "What does a reservation of the fleet oblige?"),
        ("run_buy_train_sell", "Buy, train, sell", "What if this is the only run?"),
        ("run_cash_to_deadline", "Cash to the deadline",
         "What do we pay before the model exists?"),
    )
)  # fmt: skip
steps = Rows(
    (
        ("owned_capacity", "Owned, at the capacity rate", "As if no owned hour were ever idle."),
        ("owned_idle", "+ idle hours of the cluster", "Each delivered hour carries idle ones."),
        ("owned_share", "= fair share of an owned cluster", "The first lens."),
        ("market", "+ what the market asks over that", "Rent on demand and its staff."),
        ("on_demand", "= rent on demand", "The second lens."),
        ("cheaper", "- the cheaper reserved rate", "The same hours at the reserved price."),
        ("idle", "+ hours paid but idle", "The rest of the term, and GPUs without work."),
        ("take_or_pay", "= rent, take-or-pay", "The third lens."),
        ("exit", "- from there to buying and selling", "Owned instead of rented, sold at once."),
        ("sell", "= buy, train, sell", "The fourth lens: fair share plus the early exit."),
        ("resale", "+ the resale", "The cheque is written before anything is sold."),
        ("cash", "= cash to the deadline", "The fifth lens."),
    )
)  # fmt: skip

_run = Heading("The run within a year")


@line("Run, as a part of a year", "share")
def run_year_share(job_days, hours_per_year, period_years):
    """Days of 24 hours over the hours of a year."""
    return job_days * 24 / (hours_per_year * period_years)


@line("Staff for the run, rented", "USD")
def run_rented_staff(first_year_rented_staff, run_year_share):
    """For as long as the run lasts."""
    return first_year_rented_staff * run_year_share


@line("Hours of a take-or-pay contract", "GPU-h")
def run_contract_hours(fleet_gpus, reserved_term_hours, job_days):
    """The whole fleet for the term, or for the run where that is longer."""
    return fleet_gpus * maximum(reserved_term_hours, job_days * 24)


_figures = Heading("Five figures")


@line("Run: fair share of an owned cluster", "USD")
def run_owned_share(gpu_hours, own_cost_per_gpu_hour_delivered):
    """The run's GPU-hours at what an owned hour that does paid work costs over the years."""
    return where(
        both(defined(gpu_hours), defined(own_cost_per_gpu_hour_delivered)),
        gpu_hours * own_cost_per_gpu_hour_delivered,
        undefined("no run or no hour used"),
    )


@line("Run: rent on demand", "USD")
def run_on_demand(gpu_hours, on_demand_price, rent_addon_share, run_rented_staff):
    """The run's GPU-hours on demand with add-ons, and staff while it lasts."""
    return where(
        both(defined(gpu_hours), defined(on_demand_price)),
        gpu_hours * on_demand_price * (1 + rent_addon_share) + run_rented_staff,
        undefined("no run or no price"),
    )


@line("Run: rent, take-or-pay", "USD")
def run_take_or_pay(
    gpu_hours, reserved_price, run_contract_hours, rent_addon_share, run_rented_staff
):
    """Every committed hour, used or not, with add-ons, and staff while the run lasts."""
    return where(
        both(defined(gpu_hours), defined(reserved_price)),
        run_contract_hours * reserved_price * (1 + rent_addon_share) + run_rented_staff,
        undefined("no run or no price"),
    )


@line("Run: cash to the deadline", "USD")
def run_cash_to_deadline(gpu_hours, upfront_cost, first_year_opex, run_year_share):
    """The purchase, and running costs while the run lasts; nothing is sold yet."""
    return where(
        defined(gpu_hours), upfront_cost + first_year_opex * run_year_share, undefined(NO_RUN)
    )


@line("Run: resale when it ends", "USD")
def run_resale(
    server_cost, residual_share, run_year_share, horizon_years, liquidation_factor,
    disposal_share, run_successor_loss,
):  # fmt: skip
    """Servers lose value by the same part every year, down to the residual at the horizon."""
    left = where(
        beyond(run_year_share, 0), power(residual_share, run_year_share / horizon_years), 1
    )
    kept = (1 - run_successor_loss) * (1 - disposal_share)
    return server_cost * left * liquidation_factor * kept


@line("Run: lost to the next generation", "share")
def run_successor_loss(run_year_share, successor_year, successor_drop_share):
    """Where it arrives before the run has ended."""
    return lost_by(run_year_share, successor_year, successor_drop_share)


@line("Run: buy, train, sell", "USD")
def run_buy_train_sell(run_cash_to_deadline, run_resale):
    """Cash to the deadline less the resale."""
    return where(
        defined(run_cash_to_deadline), run_cash_to_deadline - run_resale, undefined(NO_RUN)
    )


_bridge = Heading("The parts of the bridge")


@line("Run: owned, at the capacity rate", "USD")
def run_owned_capacity(gpu_hours, own_cost_per_gpu_hour):
    """The run's hours as if no owned hour were ever idle."""
    return where(defined(gpu_hours), gpu_hours * own_cost_per_gpu_hour, undefined(NO_RUN))


def _less(key: str, label: str, note: str, more: str, less: str) -> Line:
    """What lies between two figures that may not be there."""

    def rule(more: Any, less: Any) -> Any:
        return where(both(defined(more), defined(less)), more - less, undefined("–"))

    return line(label, "USD")(called(rule, key, note, more, less))


run_owned_idle = _less("run_owned_idle", "Bridge: idle hours of the cluster",
                       "What utilisation adds to each hour.",
                       "run_owned_share", "run_owned_capacity")  # fmt: skip
run_market = _less("run_market", "Bridge: what the market asks over owning",
                   "On demand and its staff, over the fair share.",
                   "run_on_demand", "run_owned_share")  # fmt: skip


@line("Bridge: the cheaper reserved rate", "USD")
def run_cheaper_rate(gpu_hours, reserved_price, on_demand_price, rent_addon_share):
    """The run's hours at the reserved price, over the same on demand; negative where cheaper."""
    return where(
        both(defined(gpu_hours), defined(reserved_price), defined(on_demand_price)),
        gpu_hours * (reserved_price - on_demand_price) * (1 + rent_addon_share),
        undefined("–"),
    )


@line("Bridge: hours paid but idle", "USD")
def run_paid_idle(gpu_hours, reserved_price, run_contract_hours, rent_addon_share):
    """Committed hours that the run does not use, at the reserved price."""
    return where(
        both(defined(gpu_hours), defined(reserved_price)),
        (run_contract_hours - gpu_hours) * reserved_price * (1 + rent_addon_share),
        undefined("–"),
    )


run_early_exit = _less("run_early_exit", "Bridge: early exit",
                       "Buying for this run alone, over the fair share.",
                       "run_buy_train_sell", "run_owned_share")  # fmt: skip
run_from_rent = _less("run_from_rent", "Bridge: buying and selling over take-or-pay",
                      "Owned for the run and sold, over the reservation.",
                      "run_buy_train_sell", "run_take_or_pay")  # fmt: skip


_lenses = Heading("Five lenses, each with what it counts")


@line("Cost of the run", "USD", along="lenses")
def lens_cost(
    run_owned_share, run_on_demand, run_take_or_pay, run_buy_train_sell, run_cash_to_deadline
):
    """By this lens."""
    return each(
        run_owned_share, run_on_demand, run_take_or_pay, run_buy_train_sell, run_cash_to_deadline
    )


def _caption(key: str, label: str, *said: str) -> Line:
    return line(label, "text", along="lenses")(
        called(lambda: each(*said), key, f"{label} of each lens.")
    )


lens_name = _caption("lens_name", "Lens", *(label for _, label, _ in lenses.rows))
lens_question = _caption("lens_question", "Question", *(note for _, _, note in lenses.rows))
lens_horizon = _caption("lens_horizon", "Horizon of the lens", "the years of the horizon",
                        "the run", "the contract's term", "the run", "the run")  # fmt: skip
lens_hours = _caption("lens_hours", "Basis of hours", "billed, at the delivered rate",
                      "GPU-hours billed", "GPU-hours committed", "the whole fleet",
                      "the whole fleet")  # fmt: skip
lens_staff = _caption(
    "lens_staff", "Staff counted", "operations staff, per hour", *("operations staff, rented",) * 2,
    *("operations staff, owned",) * 2,
)  # fmt: skip
lens_tax = _caption("lens_tax", "Tax", *("before tax",) * 5)
lens_discounting = _caption("lens_discounting", "Discounting", "levelised at the discount rate",
                            *("none",) * 4)  # fmt: skip


_steps = Heading("The bridge from the least to the most")


@line("Step", "USD", along="steps")
def step_amount(
    run_owned_capacity, run_owned_idle, run_market, run_cheaper_rate, run_paid_idle,
    run_from_rent, run_resale,
):  # fmt: skip
    """What this step adds; the rows between repeat the lens they arrive at."""
    return each(
        run_owned_capacity, run_owned_idle, 0, run_market, 0, run_cheaper_rate, run_paid_idle, 0,
        run_from_rent, 0, run_resale, 0,
    )  # fmt: skip


@line("Running sum", "USD", along="steps", stock=True)
def step_sum(step_sum, step_known):
    """Of the steps that are there."""
    return previous(step_sum) + step_known


@line("So far", "USD", along="steps")
def step_so_far(step_sum, lens_missing):
    """A dash where a lens is missing: the steps around it are no bridge."""
    return where(picked(lens_missing, 0), step_sum, undefined("–"))


@line("Step, 0 where there is none", "USD", along="steps")
def step_known(step_amount):
    """For the running sum."""
    return where(defined(step_amount), step_amount, 0)


_closes = Heading("Whether the bridge closes")


@line("Bridge less cash to the deadline", "share")
def bridge_gap(
    run_owned_capacity, run_owned_idle, run_market, run_cheaper_rate, run_paid_idle,
    run_from_rent, run_resale, run_cash_to_deadline, lens_missing,
    upfront_cost,
):  # fmt: skip
    """0: the parts of the bridge come to its end; over the purchase."""
    rent = run_owned_capacity + run_owned_idle + run_market + run_cheaper_rate + run_paid_idle
    return where(
        picked(lens_missing, 0),
        rounded((rent + run_from_rent + run_resale - run_cash_to_deadline) / upfront_cost),
        0,
    )


@line("Early exit less its two ways", "share")
def exit_gap(run_owned_share, run_early_exit, run_buy_train_sell, lens_missing, upfront_cost):
    """0: the fair share and the early exit come to buying, training, selling; over the purchase."""
    left = run_owned_share + run_early_exit - run_buy_train_sell
    return where(picked(lens_missing, 0), rounded(left / upfront_cost), 0)


@line("Lenses that are missing", "flag")
def lens_missing(run_owned_share, run_on_demand, run_take_or_pay):
    """1 where there is no run, no hour used, or no price on demand or of a reservation."""
    known = both(defined(run_owned_share), defined(run_on_demand), defined(run_take_or_pay))
    return where(known, 0, 1)
