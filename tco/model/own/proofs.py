"""Proofs of the ownership view: two ways to each figure, which must not lie apart."""

import inspect
from collections.abc import Callable
from typing import Any

from tco.lines import *
from tco.model.own.rival import Rival

SECTION = "proofs"
PAGE = Page("Two ways to each figure: what must hold, and by how much it does not", place=150)


def identity(label: str, words: str) -> Callable[[Callable[..., Any]], tuple[Line, Check]]:
    """Make a function that says how far two ways to a figure lie apart a proof that they agree.

    Args:
        label: the check.
        words: what is apart when it fires: "capex and its instalments".
    """

    def wrap(rule: Callable[..., Any]) -> tuple[Line, Check]:
        needs, note = tuple(inspect.signature(rule).parameters), inspect.getdoc(rule) or ""
        return identity_of(rule.__name__, label, words, rule, needs, note)

    return wrap


def identity_of(
    key: str, label: str, words: str, rule: Callable[..., Any], needs: tuple[str, ...], note: str
) -> tuple[Line, Check]:
    """The gap between two ways to a figure, and the error check that there is none."""

    def gap_of(*parts: Any) -> Any:
        return rounded(rule(*parts))

    def tied(gap: Any) -> Any:
        return unless(same(gap, 0)), text(f"{words} are {{}} apart", shown(gap, "0.000000%"))

    gap = Line(f"{key}_gap", f"{label}: gap", "share", gap_of, note, needs)
    return gap, check_of(key, label, tied, (gap.key,), note)


def apart(one: Any, other: Any, scale: Any) -> Any:
    """The difference of two amounts over the purchase: free of float noise, whatever their size."""
    return (one - other) / scale


@gathered
def capex_adds_up(members):
    """Capex against everything that it comes down to, unless a sum of them is given."""
    parts = tuple(one.key for one, _ in members.leaves("capex"))

    def rule(cost: Any, capex: Any, whole: Any, hardware: Any, *parts: Any) -> Any:
        return where(same(whole + hardware, 0), apart(capex, sum_of(parts), cost), 0)

    yield from identity_of(
        "capex_adds_up", "Capex is its parts", "capex and its parts", rule,
        ("upfront_cost", "capex", "capex_given", "hardware_cost_given", *parts),
        "Capex is hardware and what is paid to have it stand there, once each.",
    )  # fmt: skip


@identity("Capex is paid whole", "capex and its instalments")
def capex_paid_whole(upfront_cost, capex, deposit_cost, delivery_cost, acceptance_cost):
    """The three instalments come to capex."""
    return apart(capex, deposit_cost + delivery_cost + acceptance_cost, upfront_cost)


@gathered
def opex_adds_up(members):
    """Running costs over the horizon against those of each kind."""
    needs = ("upfront_cost", "opex_total", *(one.key for one, _ in members.leaves("opex")))
    yield from identity_of(
        "opex_adds_up", "Running costs are their parts", "running costs and their parts",
        lambda cost, opex, *rows: apart(opex, sum_of(total(one) for one in rows), cost), needs,
        "No running cost is counted twice.",
    )  # fmt: skip


@identity("NPV of owning, two ways", "the two NPVs of owning")
def npv_own_ties(upfront_cost, npv_own, own_present_value):
    """By factors, and as the sum of yearly present values."""
    return apart(npv_own, total(own_present_value), upfront_cost)


@of_each(Rival)
def npv_ties(rival):
    """The NPV of a way to rent, two ways, where it is offered."""

    def rule(cost: Any, npv: Any, rows: Any) -> Any:
        return where(defined(npv), apart(npv, total(rows), cost), 0)

    yield from identity_of(
        f"npv_{rival.key}_ties", f"NPV {rival.label.lower()}, two ways",
        f"the two NPVs {rival.label.lower()}", rule,
        ("upfront_cost", f"npv_{rival.key}", f"{rival.key}_present_value"),
        "By factors, and as the sum of yearly present values.",
    )  # fmt: skip


@line("Deducted from profit", "USD", along=YEARS)
def deducted(capex, depreciation_share, facility_cost, facility_depreciation_share):
    """Tax depreciation of servers and facility, before it is taxed."""
    return capex * depreciation_share + facility_cost * facility_depreciation_share


@line("Profit that is taxed", "USD", along=YEARS)
def taxed_profit(opex, deducted):
    """Running costs and deductions, negative: a loss, used at once; the exit is apart."""
    return -1 * (opex + deducted)


@line("Gain taxed at the exit", "USD")
def taxed_gain(exit_proceeds, upfront_cost, deducted):
    """Proceeds over what no year has deducted; negative for a loss."""
    return exit_proceeds - upfront_cost + total(deducted)


@identity("NPV of owning after tax, two ways", "the two NPVs of owning after tax")
def npv_own_after_tax_ties(
    upfront_cost, npv_own_after_tax, opex, exit_proceeds, discount_factor_after_tax, exit_factor,
    taxed_profit, taxed_gain, tax_rate,
):  # fmt: skip
    """Of flows that are taxed, and of flows before tax less tax on profit, at the same rate."""
    untaxed = exit_proceeds * exit_factor - upfront_cost - dot(opex, discount_factor_after_tax)
    tax = (dot(taxed_profit, discount_factor_after_tax) + taxed_gain * exit_factor) * tax_rate
    return apart(npv_own_after_tax, untaxed - tax, upfront_cost)


@identity(
    "The running sum of owning ends at the NPV", "the sum of owning so far and the NPV that decides"
)
def own_so_far_ties(upfront_cost, own_so_far, at_end, own_deciding_npv):
    """The last running sum, on the basis that decides."""
    return apart(dot(own_so_far, at_end), own_deciding_npv, upfront_cost)


@of_each(Rival)
def deciding_ties(rival):
    """The NPV that decides of a way to rent, against two others, where it is offered."""
    name, words = rival.key, rival.words
    decides = f"{name}_deciding_npv"

    def as_summed(cost: Any, decides: Any, so_far: Any, at_end: Any) -> Any:
        return where(defined(decides), apart(dot(so_far, at_end), decides, cost), 0)

    def of_basis(cost: Any, decides: Any, taxed: Any, after: Any, before: Any) -> Any:
        found = taxed * after + (1 - taxed) * before
        return where(defined(decides), apart(found, decides, cost), 0)

    yield from identity_of(
        f"{name}_so_far_ties", f"The running sum of {words} ends at the NPV",
        f"the sum of {words} so far and the NPV that decides", as_summed,
        ("upfront_cost", decides, f"{name}_so_far", "at_end"),
        "The last running sum, on the basis that decides.",
    )  # fmt: skip
    yield from identity_of(
        f"{name}_basis_ties", f"The NPV that decides is of its basis: {words}",
        f"the NPV of {words} that decides and that of its basis", of_basis,
        ("upfront_cost", decides, "decided_after_tax", f"npv_{name}_after_tax", f"npv_{name}"),
        "After tax where there is a tax, else before it: each is computed apart.",
    )  # fmt: skip


@identity("Cumulative cash ends at the total", "the two totals of owning")
def cash_ties(upfront_cost, own_cumulative, at_end, own_flow):
    """The last running sum is the sum of the cash flow."""
    return apart(dot(own_cumulative, at_end), total(own_flow), upfront_cost)


@identity("The increment is own less rent", "the increment and its two sides")
def increment_ties(upfront_cost, increment_vs_best, own_flow, best_flow, best_rent_npv):
    """Over all years, against the best rent."""
    gap = apart(total(increment_vs_best), total(own_flow) - total(best_flow), upfront_cost)
    return where(defined(best_rent_npv), gap, 0)


@identity("Annual cost times annuity is the NPV", "annual cost times annuity, and the NPV,")
def eac_ties(upfront_cost, eac_own, annuity, npv_own):
    """A level payment is worth the NPV."""
    return apart(eac_own * annuity, -npv_own, upfront_cost)


@identity("Hourly cost times hours is the NPV", "hourly cost times hours, and the NPV,")
def hourly_cost_ties(upfront_cost, own_cost_per_gpu_hour, capacity_hours_present, npv_own):
    """Levelised cost over discounted hours of capacity."""
    return apart(own_cost_per_gpu_hour * capacity_hours_present, -npv_own, upfront_cost)


@identity("At break-even use the NPVs are equal", "owning and renting at break-even use")
def utilization_ties(
    upfront_cost, breakeven_utilization, on_demand_full_present, rent_fixed_present, npv_own
):
    """On-demand rent recomputed at that utilisation costs what owning does."""
    rent = breakeven_utilization * on_demand_full_present + rent_fixed_present
    return where(defined(breakeven_utilization), apart(rent, -npv_own, upfront_cost), 0)


@identity(
    "At the break-even price the NPVs are equal", "owning and reserving at the break-even price"
)
def reserved_price_ties(
    upfront_cost, breakeven_reserved_price, reserved_hours_present, rent_addon_applied,
    reserved_spare,
):  # fmt: skip
    """A reservation recomputed at that price costs what owning does."""
    paid = breakeven_reserved_price * (1 + rent_addon_applied) * reserved_hours_present
    return where(defined(breakeven_reserved_price), apart(paid, reserved_spare, upfront_cost), 0)


@identity("At the IRR the increment is worth nothing", "the increment at its IRR and 0")
def rate_ties(irr_vs_best, increment_vs_best, year, upfront_cost):
    """Its present value at that rate, over the purchase."""
    worth = worth_at(increment_vs_best, year, irr_vs_best)
    return where(defined(irr_vs_best), worth / upfront_cost, 0)


@identity("Tax deductions are the purchase", "deductions and the purchase")
def tax_basis_ties(tax_shield, remaining_basis, tax_rate, upfront_cost):
    """What the years and the exit deduct comes to capex and facility."""
    deducted = total(tax_shield) + remaining_basis * tax_rate
    return apart(deducted, upfront_cost * tax_rate, upfront_cost)


@identity("The MACRS table deducts everything", "the MACRS rates and 100%")
def macrs_whole(macrs_1, macrs_2, macrs_3, macrs_4, macrs_5, macrs_6):
    """Its six rates come to 100%."""
    return macrs_1 + macrs_2 + macrs_3 + macrs_4 + macrs_5 + macrs_6 - 1


@identity("A reservation delivers the hours", "hours billed less idle, and utilisation,")
def hours_tie(reserved_billed_share, reserved_idle_share, utilization):
    """Billed less idle is the utilisation: the same hours in every option."""
    return reserved_billed_share - reserved_idle_share - utilization


@line("Factor, from the one before", "ratio", along=YEARS, exact=True)
def factor_chain(factor_chain, at_start, discount_rate):
    """1 in year 0, then the year before over 1 + the rate."""
    return previous(factor_chain) / (1 + discount_rate) + at_start


@identity("Discount factors follow from each other", "the factors of two ways")
def factors_tie(factor_at_end, factor_chain):
    """Each is the one before over 1 + the rate."""
    return total(factor_at_end) - total(factor_chain)
