"""The back-test as a page: the errors by group, then run by run."""

from __future__ import annotations

from tco.page.content import DECK, Column, Page, Phrase, Ref, Row, Table
from tco.page.first import accuracy
from tco.page.values import value
from tco.scenario import Scenario


def backtest(scenario: Scenario) -> Page:
    """The page of any scenario whose model holds the back-test."""
    said = {
        group: tuple(f"backtest_{group}_{name}" for name in ("runs", "median", "lower", "upper"))
        for group in ("comparable", "all")
    }
    return Page(
        title="Back-test: the defaults beside published training runs",
        head="",
        sentences=(
            Phrase(
                "On {} comparable runs the GPU-hours by default are {} times the published ones in "
                "the middle, {} to {} in the middle half.",
                said["comparable"],
            ),
            Phrase(
                "On all {} rows with hours, projections, misprints and models the law does not fit "
                "included: {}, {} to {}.",
                said["all"],
            ),
            Phrase(
                "Below 1 the engine is too hopeful: divide its hours by the median to be as often "
                "under as over. No default was fitted to a run: each belongs to a family of "
                "accelerators and a size of model and names its evidence, see the Classes sheet. "
                "Some of that evidence comes from runs in this table.",
            ),
            Phrase(
                "Comparable runs are trained whole, on one kind of accelerator, as decoders; the "
                "others are here with the reason. Whether a run is comparable does not look at its "
                "ratio.",
            ),
            Phrase(
                "On the {} runs that publish it, energy comes out {} times as much in the middle: "
                "most papers count the chip alone, the engine its server, network and PUE.",
                ("backtest_energy_runs", "backtest_energy_median"),
            ),
        ),
        tiles=(),
        blocks=(accuracy(), _hours_table(scenario), _power_table(scenario)),
        foot="Days differ as the hours do: both rest on the published count of GPUs. Costs are the "
        "engine's hours at the published price of one, so they repeat that error. Published watts "
        "are mostly of the bare chip; the engine counts its server and network too. Where no PUE "
        "or carbon intensity is published, the scenario's own is taken; several published "
        "tonnes are net of purchased clean energy.",
    )


def _hours_table(scenario: Scenario) -> Table:
    columns = (
        ("run_model", "Run"),
        ("run_chip", "Accelerator"),
        ("run_gpu_hours", "GPU-hours published"),
        ("run_engine_gpu_hours", "by default"),
        ("run_hours_ratio", "ratio"),
        ("run_effective_mfu", "MFU x availability implied"),
        ("run_days", "Days published"),
        ("run_engine_days", "by default"),
        ("run_difference", "class of the difference"),
    )
    return _along_runs(scenario, "GPU-hours and days, run by run", columns)


def _power_table(scenario: Scenario) -> Table:
    columns = (
        ("run_model", "Run"),
        ("run_watts_per_gpu", "W per GPU published"),
        ("run_engine_watts", "engine"),
        ("run_energy_mwh", "MWh published"),
        ("run_engine_energy_mwh", "engine"),
        ("run_energy_ratio", "ratio"),
        ("run_co2_tonnes", "t CO2e published"),
        ("run_engine_co2_tonnes", "engine"),
        ("run_co2_ratio", "ratio"),
        ("run_cost", "US$ published"),
        ("run_engine_cost", "engine"),
        ("run_cost_ratio", "ratio"),
    )
    title = "Power, energy, carbon and cost, where something is published"
    stated = ("run_watts_per_gpu", "run_energy_mwh", "run_co2_tonnes", "run_cost")
    return _along_runs(scenario, title, columns, stated)


def _along_runs(
    scenario: Scenario, title: str, columns: tuple[tuple[str, str], ...],
    stated: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """A row a run; of `stated` figures a run must have one."""
    model = scenario.model
    count = len(scenario.numbers[columns[0][0]])
    refs = [tuple(Ref(key, number) for key, _ in columns) for number in range(count)]
    rows = [
        Row(cells)
        for number, cells in enumerate(refs)
        if not stated or any(_known(scenario, Ref(key, number)) for key in stated)
    ]
    heads = tuple(Column(heading, words=model[key].is_text) for key, heading in columns)
    return Table(title, heads, tuple(rows), on=(DECK,))


def _known(scenario: Scenario, ref: Ref) -> bool:
    found = value(scenario, ref)
    return isinstance(found, str) or found == found
