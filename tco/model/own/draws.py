"""Draws: how probable it is that owning is better, where every driver is drawn from its range.

The draws go through the whole model, see `tco/model/own/drawn.py`; so what they come to are no
lines but inputs that nobody gives.
"""

from typing import Any

from tco.lines import *
from tco.model.own.correlation import Correlation, pairs
from tco.model.own.driver import Driver
from tco.model.own.flip import NOT_COMPARED
from tco.model.own.rival import option_labels

SECTION, INPUTS = "risk", "own"
PAGE = Page(
    "What owning is worth in thousands of draws of every driver from its range, all at once",
    tabular=True,
    place=145,
    planned=True,
)
UNDRAWN = "not drawn"  # until they are, and over cases
NOTHING_DRAWN = "nothing is compared"
NONE_DRAWN = "Nothing was drawn here."
QUANTILES = {"p5": 0.05, "p50": 0.5, "p95": 0.95}
BUILD_ANEW = "Inputs differ from those that were drawn with: build anew for their probability."

draws = Given(
    "Draws", "count", least=100, most=1e6, example="10_000",
    note="Each is a value of every driver from its range; more of them make figures steadier.",
)  # fmt: skip
seed = Given(
    "Seed of the draws", "count", least=0, most=1e9, example="1",
    note="The same seed draws the same numbers; another one shows how much is chance.",
)  # fmt: skip

_RENTS = ("on_demand_price", "reserved_price")
CORRELATIONS = (
    Correlation("rents_correlation", "on demand and reserved", _RENTS[0], _RENTS[1:]),
    Correlation("server_rents_correlation", "servers and renting", "server_price", _RENTS),
    Correlation(
        "growth_residual_correlation", "rent's growth and resale", "rent_growth",
        ("residual_share",),
    ),
    Correlation("mfu_availability_correlation", "MFU and availability", "mfu", ("availability",)),
)  # fmt: skip


@gathered
def correlations(members):
    """How closely drivers go together, where both of them are some."""
    for one in members.all(Correlation):
        if any(pairs(members, one)):
            yield _input(one)


def _input(one: Correlation) -> Given:
    return Given(
        f"Rank correlation: {one.label}", "ratio", least=-1, most=1, key=one.key, section="own",
        note="1: the highest together; 0: as chance has it.",
    )  # fmt: skip


def asked_for(model: Model) -> list[Given]:
    """The correlations of a model whose drivers are not made yet."""
    return [_input(one) for one in CORRELATIONS if "draws" in model.givens
            and one.key not in model.givens and one.one in model.givens
            and any(key in model.givens for key in one.others)]  # fmt: skip


@gathered
def results(members):
    """What the draws come to, as inputs: the verdict, each option, and what moves it."""
    yield Given("Probability that owning is better", "share", "Draws with an advantage above 0.",
                counted=True, key="probability_own_better")  # fmt: skip
    yield Given("Advantage drawn: mean", "USD", "Of all draws.", counted=True,
                key="advantage_mean")  # fmt: skip
    for name, share in QUANTILES.items():
        yield Given(f"Advantage drawn: {name.upper()}", "USD", f"{share:.0%} of draws are below.",
                    counted=True, key=f"advantage_{name}")  # fmt: skip
    for key, label in option_labels(members):
        for name, share in QUANTILES.items():
            yield Given(f"NPV drawn: {label.lower()}, {name.upper()}", "USD",
                        f"{share:.0%} of draws are below.", counted=True,
                        key=f"npv_{key}_{name}")  # fmt: skip


@of_each(Driver)
def influence(driver):
    """What of the variance of the advantage a driver makes."""
    label = driver.label.lower()
    yield Given(f"Sobol index, first order: {label}", "share", "Its own part of the variance.",
                counted=True, key=f"first_order_{driver.key}")  # fmt: skip
    yield Given(f"Sobol index, total: {label}", "share", "With others, too.", counted=True,
                key=f"total_order_{driver.key}")  # fmt: skip


draws_outdated = Given(
    "Inputs that are not as drawn", "count", "0: the draws are of the inputs as they stand.",
    counted=True,
)  # fmt: skip


@line("Advantage in the draws, in words", "text")
def draws_range_words(probability_own_better, advantage_p5, advantage_p95, currency):
    """From the value that one draw in twenty is below to the one that one in twenty is above."""
    said = text("{} to {} M {}", _millions(advantage_p5), _millions(advantage_p95), currency)
    return where(defined(probability_own_better), said, NONE_DRAWN)


def _millions(amount: Any) -> Any:
    return shown(amount / 1e6, "#,##0.0")


@line("Owning in the draws, in words", "text")
def draws_said(probability_own_better, draws, draws_range_words):
    """In how many of the draws owning is worth more than the best rent, and how much."""
    said = text(
        "Owning is better in {} of {} draws of all drivers; its advantage from P5 to P95: {}.",
        shown(probability_own_better, "0%"),
        shown(draws, "#,##0"),
        draws_range_words,
    )
    return where(defined(probability_own_better), said, NONE_DRAWN)


@line("What the draws say", "count")
def draws_case(ties_sought, draws_outdated):
    """0: nothing is compared; 1: the probability; 2: it is of other inputs than these."""
    return ties_sought * (1 + minimum(draws_outdated, 1))


@line("What the draws say, in words", "text")
def draws_words(draws_case, draws_said):
    """The probability, unless nothing is compared or an input was changed since it was drawn."""
    return numbered(draws_case, NOT_COMPARED, draws_said, BUILD_ANEW)


@check("The draws are of the inputs as they stand", kind=ALERT)
def draws_current(draws_outdated, ties_sought):
    """The draws are figures: whoever changes an input has to build the file anew."""
    return both(beyond(draws_outdated, 0), picked(ties_sought, 1)), text(
        "{} inputs or ends of ranges differ from those drawn with: build anew",
        shown(draws_outdated, "0"),
    )
