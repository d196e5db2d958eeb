"""Back-test: published training runs, as the engine's defaults have them and as they were."""

from typing import Any

from tco.lines import *
from tco.lines.items import called
from tco.model.published.law import NONE, flop_by_law
from tco.model.run.rate import flop_per_hour

SECTION = "backtest"
PAGE = Page(
    "The engine's defaults beside published runs",
    totals=("backtest_all_median", "backtest_comparable_median"),
    tabular=True,
    inputs="Back-test",
    place=190,
)
FRONT = Front(
    also_resting_on=(
        "backtest_comparable_runs", "backtest_comparable_median", "backtest_comparable_lower",
        "backtest_comparable_upper",
    ),
)  # fmt: skip
RUNS = "tested_runs"
# The groups whose errors are stated, each with the accelerators' family it is confined to.
GROUPS = (
    ("all", "every run with hours", ""),
    ("comparable", "comparable runs", ""),
    ("ampere", "comparable runs on A100", "ampere"),
    ("hopper", "comparable runs on H100, H800 and GH200", "hopper"),
    ("tpu", "comparable runs on TPU v3 and v4", "tpu"),
)


def _published(label: str, unit: str, note: str = "As published.") -> Given:
    return Given(f"Run: {label}, published", unit, note, required=False, along=RUNS)


run_model = Given("Published run", "text", "Name of the model.", along=RUNS)
run_chip = Given("Run: accelerator", "text", "What it ran on.", along=RUNS)
run_precision = Given("Run: precision", "text", "Whose dense peak counts.", along=RUNS)
run_performance_class = Given("Run: default class", "text", "Family and size.", along=RUNS)
run_difference = Given("Run: class of the difference", "text", "Why they differ.", along=RUNS)
run_comparable = Given("Run: comparable", "flag", "1 where the law applies.", along=RUNS)
run_active_parameters = _published("active parameters", "parameter")
run_tokens = _published("tokens", "token")
run_gpus = _published("GPUs", "GPU")
run_gpu_hours = _published("GPU-hours", "GPU-h")
run_days = _published("days", "day")
run_watts_per_gpu = _published("power of one GPU", "W/GPU")
run_pue = _published("PUE", "ratio")
run_energy_mwh = _published("energy", "MWh")
run_grid_intensity = _published("carbon intensity", "g/kWh")
run_co2_tonnes = _published("CO2e", "t")
run_price_per_gpu_hour = _published("price of a GPU-hour", "US$/GPU-h")
run_cost = _published("cost", "US$")
run_family = Given(
    "Run: family", "text", "The accelerator's family.", along=RUNS,
    catalogue=("chips", "family"), follows=("run_chip",),
)  # fmt: skip
run_peak_tflops = Given(
    "Run: peak rate", "TFLOP/s/GPU", "Dense peak at that precision.", along=RUNS,
    catalogue=("chips", "{}_tflops"), follows=("run_chip", "run_precision"),
)  # fmt: skip
run_default_mfu = Given(
    "Run: default MFU", "share", "The class's own, not the run's.", along=RUNS,
    catalogue=("classes", "mfu"), follows=("run_performance_class",),
)  # fmt: skip
run_default_availability = Given(
    "Run: default availability", "share", "The class's own, not the run's.", along=RUNS,
    catalogue=("classes", "availability"), follows=("run_performance_class",),
)  # fmt: skip
run_default_load_factor = Given(
    "Run: default load factor",
    "share",
    "The class's own: average draw over nameplate.",
    along=RUNS,
    catalogue=("classes", "load_factor"),
    follows=("run_performance_class",),
)
run_server_power_kw = Given(
    "Run: server power", "kW/server", "Nameplate.", along=RUNS,
    catalogue=("chips", "server_power_kw"), follows=("run_chip",),
)  # fmt: skip
run_gpus_per_server = Given(
    "Run: GPUs per server", "GPU/server", "GPUs in one chassis.", along=RUNS,
    catalogue=("chips", "gpus_per_server"), follows=("run_chip",),
)  # fmt: skip


_runs = Heading("Published runs: the engine's defaults beside what was published")


@line("Compute (6 P D)", "FLOP", along=RUNS, guarded=True)
def run_flop(flop_per_parameter_token, run_active_parameters, run_tokens):
    """Active parameters times tokens times 6."""
    return flop_by_law(flop_per_parameter_token, run_active_parameters, run_tokens)


@line("Engine: GPU-hours", "GPU-h", along=RUNS, guarded=True)
def run_engine_gpu_hours(
    run_flop, run_peak_tflops, run_default_mfu, run_default_availability, seconds_per_day
):
    """The hours billed at the class's default MFU and availability."""
    rate = flop_per_hour(
        seconds_per_day, run_peak_tflops, run_default_mfu, run_default_availability
    )
    return run_flop / rate


@line("GPU-hours: engine over published", "ratio", along=RUNS, guarded=True)
def run_hours_ratio(run_engine_gpu_hours, run_gpu_hours):
    """Above 1 the engine asks for more hours than the run took."""
    return run_engine_gpu_hours / run_gpu_hours


@line("MFU x availability that the published hours imply", "share", along=RUNS, guarded=True)
def run_effective_mfu(run_flop, run_gpu_hours, run_peak_tflops, seconds_per_day):
    """Compute over published hours at the peak rate."""
    return run_flop / (run_gpu_hours * flop_per_hour(seconds_per_day, run_peak_tflops))


_days = Heading("The same in days and in power")


@line("Engine: days", "day", along=RUNS, guarded=True)
def run_engine_days(run_engine_gpu_hours, run_gpus):
    """The engine's hours over the published count of GPUs."""
    return run_engine_gpu_hours / run_gpus / 24


@line("Days: engine over published", "ratio", along=RUNS, guarded=True)
def run_days_ratio(run_engine_days, run_days):
    """The engine's days over the published ones."""
    return run_engine_days / run_days


@line("Engine: power of one GPU", "W/GPU", along=RUNS)
def run_engine_watts(
    run_server_power_kw, run_gpus_per_server, ancillary_power_share, run_default_load_factor
):
    """A GPU's part of its server and network, at the average load; without PUE."""
    nameplate = run_server_power_kw / run_gpus_per_server * 1000
    return nameplate * (1 + ancillary_power_share) * run_default_load_factor


@line("Power: engine over published", "ratio", along=RUNS, guarded=True)
def run_watts_ratio(run_engine_watts, run_watts_per_gpu):
    """Published watts are mostly of the bare chip; the engine counts its server too."""
    return run_engine_watts / run_watts_per_gpu


_energy = Heading("The same in energy, carbon and cost")


@line("PUE taken", "ratio", along=RUNS)
def run_pue_taken(run_pue, pue):
    """The published PUE, else the one on Inputs."""
    return known_or(run_pue, pue)


@line("Engine: energy", "MWh", along=RUNS, guarded=True)
def run_engine_energy_mwh(run_engine_gpu_hours, run_engine_watts, run_pue_taken):
    """The engine's hours at its power and that PUE."""
    return run_engine_gpu_hours * run_engine_watts * run_pue_taken / 1e6


@line("Energy: engine over published", "ratio", along=RUNS, guarded=True)
def run_energy_ratio(run_engine_energy_mwh, run_energy_mwh):
    """Differences in hours and in power multiply."""
    return run_engine_energy_mwh / run_energy_mwh


@line("Carbon intensity taken", "g/kWh", along=RUNS)
def run_intensity_taken(run_grid_intensity, grid_intensity):
    """The published carbon intensity, else the one on Inputs."""
    return known_or(run_grid_intensity, grid_intensity)


@line("Engine: CO2e", "t", along=RUNS, guarded=True)
def run_engine_co2_tonnes(run_engine_energy_mwh, run_intensity_taken):
    """The engine's energy at that intensity."""
    return run_engine_energy_mwh * 1000 * run_intensity_taken / 1e6


@line("CO2e: engine over published", "ratio", along=RUNS, guarded=True)
def run_co2_ratio(run_engine_co2_tonnes, run_co2_tonnes):
    """The engine is location-based; several published figures are net of purchases."""
    ratio = run_engine_co2_tonnes / run_co2_tonnes
    return where(beyond(run_co2_tonnes, 0), ratio, undefined(NONE))


@line("Engine: cost", "US$", along=RUNS, guarded=True)
def run_engine_cost(run_engine_gpu_hours, run_price_per_gpu_hour):
    """The engine's hours at the published price of one; none where none is published."""
    return run_engine_gpu_hours * run_price_per_gpu_hour


@line("Cost: engine over published", "ratio", along=RUNS, guarded=True)
def run_cost_ratio(run_engine_cost, run_cost):
    """The price is the published one, so this repeats the error of the hours."""
    return run_engine_cost / run_cost


def _ratio(group: str, words: str, family: str) -> Line:
    """The ratio of the hours, in the rows that belong to a group."""

    def rule(ratio: Any, comparable: Any = None, of_family: Any = None) -> Any:
        tests = [defined(ratio)]
        if comparable is not None:
            tests.append(picked(comparable, 1))
        if of_family is not None:
            tests.append(picked(of_family, family))
        return where(both(*tests), ratio, undefined(NONE))

    needs = ["run_hours_ratio", "run_comparable", "run_family"]
    read = needs[: 1 if group == "all" else 3 if family else 2]
    note = f"The ratio of the hours, {words} only."
    return line(f"Ratio: {words}", "ratio", along=RUNS)(
        called(rule, f"run_ratio_{group}", note, *read)
    )


def _statistics(group: str, words: str) -> tuple[Heading | Line, ...]:
    """Count, median, quartiles and extremes of a group's ratios."""
    ratios, count = f"run_ratio_{group}", f"backtest_{group}_runs"
    kinds = (
        ("median", "median", median),
        ("lower", "lower quartile", lambda xs: quartile(xs, 1)),
        ("upper", "upper quartile", lambda xs: quartile(xs, 3)),
        ("lowest", "lowest", lowest),
        ("highest", "highest", highest),
    )

    def made(name: str, said: str, unit: str, note: str, rule: Any, *needs: str) -> Line:
        rule = called(rule, f"backtest_{group}_{name}", f"{note} {words}.", *needs)
        return line(f"Back-test, {words}: {said}", unit)(rule)

    def statistic(name: str, said: str, word: Any) -> Line:
        def rule(xs: Any, runs: Any) -> Any:
            return where(below(0, runs), word(xs), undefined("no run"))

        note = f"GPU-hours, engine over published: {said} over"
        return made(name, said, "ratio", note, rule, ratios, count)

    note = "How many ratios of the hours there are:"
    return (
        Heading(f"GPU-hours, engine over published: {words}"),
        made("runs", "runs", "count", note, lambda xs: counted(xs), ratios),
        *(statistic(*kind) for kind in kinds),
    )


_grouped = (
    Heading("GPU-hours, engine over published, group by group"),
    *(_ratio(*group) for group in GROUPS),
    *(item for group, words, _ in GROUPS for item in _statistics(group, words)),
)

_energy_over = Heading("Energy, engine over published")


@line("Back-test, energy: runs", "count")
def backtest_energy_runs(run_energy_ratio):
    """How many runs publish their energy."""
    return counted(run_energy_ratio)


@line("Back-test, energy: median", "ratio")
def backtest_energy_median(run_energy_ratio, backtest_energy_runs):
    """Energy, engine over published: most papers count the chip alone, the engine its server."""
    return where(below(0, backtest_energy_runs), median(run_energy_ratio), undefined("no run"))
