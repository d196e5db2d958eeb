"""The back-test as a page: the errors by group, then run by run."""

from __future__ import annotations

from tco.model.published.calibration import CALIBRATED
from tco.page.content import DECK, PLAIN, TOTAL, Column, Page, Phrase, Ref, Row, Table
from tco.page.first import accuracy
from tco.page.values import value
from tco.scenario import Scenario

_SAID = {
    group: tuple(f"backtest_{group}_{name}" for name in ("runs", "median", "lower", "upper"))
    for group in ("comparable", "all")
}
_SENTENCES = (
    Phrase(
        "On {} comparable runs the GPU-hours by default are {} times the published ones in "
        "the middle, {} to {} in the middle half.",
        _SAID["comparable"],
    ),
    Phrase(
        "On all {} rows with hours, projections, misprints and models the law does not fit "
        "included: {}, {} to {}.",
        _SAID["all"],
    ),
    Phrase(
        "Below 1 the engine is too hopeful. No default was fitted to a run: each belongs "
        "to a family of accelerators and a size of model and names its evidence, see the "
        "Classes sheet. Some of that evidence comes from runs in this table.",
    ),
    Phrase(
        "So hours are calibrated where the MFU is the default: they are multiplied by what "
        "comparable runs of the family and size took over the defaults, drawn to the mean "
        "of all {} the more, the fewer runs a class has. A run left out of its own "
        "calibration is off by {} in the middle (|ln| of engine over published hours; {} "
        "by default) and by {} on average ({}).",
        (
            "calibration_runs",
            "calibration_comparable_after",
            "calibration_comparable_before",
            "calibration_comparable_mean_after",
            "calibration_comparable_mean_before",
        ),
    ),
    Phrase(
        "Of these runs {} ended within a factor of {} of calibrated hours, either way: "
        "that is the range of gpu_hours_low and gpu_hours_high. It is one range for all "
        "classes, too narrow for one without runs, such as those of Blackwell.",
        ("calibration_runs_inside", "calibration_range_factor"),
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
)


def backtest(scenario: Scenario) -> Page:
    """The page of any scenario whose model holds the back-test."""
    return Page(
        title="Back-test: the defaults beside published training runs",
        head="",
        sentences=_SENTENCES,
        tiles=(),
        blocks=(
            accuracy(),
            _before_and_after(),
            _by_class(scenario),
            _hours_table(scenario),
            _power_table(scenario),
        ),
        foot="Days differ as the hours do: both rest on the published count of GPUs. Costs are the "
        "engine's hours at the published price of one, so they repeat that error. Published watts "
        "are mostly of the bare chip; the engine counts its server and network too. Where no PUE "
        "or carbon intensity is published, the scenario's own is taken; several published "
        "tonnes are net of purchased clean energy.",
    )


def _before_and_after() -> Table:
    """|ln| of the engine's hours over published ones, each run left out of its calibration."""
    statistics = ("before", "after", "mean_before", "mean_after")
    heads = ("Runs", "Median, by default", "calibrated", "Mean, by default", "calibrated")
    return Table(
        "Calibration tried on each run left out: |ln| of GPU-hours over those published",
        (Column("Group", words=True), *map(Column, heads)),
        tuple(
            Row(
                (
                    words, Ref(f"backtest_{group}_runs"),
                    *(Ref(f"calibration_{group}_{name}") for name in statistics),
                ),
                TOTAL if group == "comparable" else PLAIN,
            )
            for group, words, _ in CALIBRATED
        ),
        on=(DECK,),
    )  # fmt: skip


def _by_class(scenario: Scenario) -> Table:
    """What hours by default are multiplied by, in the classes that have runs."""
    columns = (
        ("calibrated_id", "Class"),
        ("calibrated_runs", "Runs"),
        ("calibrated_mean", "Published over default hours"),
        ("calibrated_factor", "calibration"),
        ("calibrated_low", "low end"),
        ("calibrated_high", "high end"),
    )
    return _along(scenario, "Calibration by class", columns, ("calibrated_mean",))


def _hours_table(scenario: Scenario) -> Table:
    columns = (
        ("run_model", "Run"),
        ("run_chip", "Accelerator"),
        ("run_gpu_hours", "GPU-hours published"),
        ("run_engine_gpu_hours", "by default"),
        ("run_hours_ratio", "ratio"),
        ("run_calibrated_ratio", "calibrated by the others"),
        ("run_effective_mfu", "MFU x availability implied"),
        ("run_days", "Days published"),
        ("run_engine_days", "by default"),
        ("run_difference", "class of the difference"),
    )
    return _along(scenario, "GPU-hours and days, run by run", columns)


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
    return _along(scenario, title, columns, stated)


def _along(
    scenario: Scenario, title: str, columns: tuple[tuple[str, str], ...],
    stated: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """A row a run or class; of `stated` figures it must have one."""
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
