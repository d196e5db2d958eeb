"""Comparators: well-known published runs, and this job as a multiple of each."""

from dataclasses import replace

from tco.lines import *
from tco.model.published.law import NONE, flop_by_law
from tco.model.run.rate import flop_per_day

SECTION = "comparators"
PAGE = Page(
    "Published runs, what follows from them, and this job over each", tabular=True, place=170
)
RUNS = "past_runs"

comparator_mfu = Given(
    "Utilisation of the comparison",
    "share",
    above=0,
    most=1,
    note="Of the dense peak; the days of every published run are recomputed with it.",
)


def _reported(label: str, unit: str) -> Given:
    return Given(f"Reported: {label}", unit, "By those who ran it.", required=False, along=RUNS)


def _printed(label: str, unit: str) -> Given:
    return Given(f"Article: {label}", unit, "As the article has it.", required=False, along=RUNS)


past_model = Given("Model", "text", along=RUNS, note="Name of the published run.")
past_stated_flop = _reported("compute", "FLOP")
past_active_parameters = _reported("active parameters", "parameter")
past_tokens = _reported("tokens", "token")
past_article_flop = _printed("compute", "FLOP")
past_chip = _reported("accelerator", "text")
past_peak_tflops = _reported("peak of one", "TFLOP/s/GPU")
past_gpus = _reported("accelerators", "GPU")
past_article_chip = _printed("accelerator", "text")
past_article_peak_tflops = _printed("peak of one", "TFLOP/s/GPU")
past_article_gpus = _printed("GPUs", "GPU")
past_days = _reported("days", "day")
past_article_months = _printed("months", "month")
past_energy_mwh = Given("Published energy", "MWh", along=RUNS, required=False, exact=True)
past_article_energy_mwh = replace(_printed("energy", "MWh"), exact=True)
past_co2_tonnes = Given("Published CO2e, own report", "t", along=RUNS, required=False)
past_article_co2_tonnes = Given("Published CO2e, article", "t", along=RUNS, required=False)
past_article_cost = _printed("cost of one run", "US$")


_fleet = Heading("Published runs: what they ran on, and how long")


@line("Accelerator taken", "text", along=RUNS)
def past_ran_on(past_article_chip, past_chip):
    """The article's, where it names one, else as reported."""
    return where(picked(past_article_chip, NONE), past_chip, past_article_chip)


@line("Accelerators taken", "GPU", along=RUNS)
def past_used_gpus(past_article_gpus, past_gpus):
    """The article's, where it names how many, else as reported."""
    return known_or(past_article_gpus, past_gpus)


@line("Article: days", "day", along=RUNS, guarded=True)
def past_article_days(past_article_months, hours_per_year):
    """Its months, of a twelfth of a year."""
    return past_article_months * hours_per_year / 24 / 12


@line("Days taken", "day", along=RUNS)
def past_used_days(past_article_days, past_days):
    """The article's, where it says how long, else as reported."""
    return known_or(past_article_days, past_days)


_ratios = Heading("This job over each of them")


@line("This job's GPUs over it", "ratio", along=RUNS, guarded=True)
def past_gpus_ratio(gpus_working, past_used_gpus):
    """How many times its GPUs this job keeps at work."""
    return gpus_working / past_used_gpus


@line("This job's days over it", "ratio", along=RUNS, guarded=True)
def past_days_ratio(days_needed, past_used_days):
    """How many times its days this job takes."""
    return days_needed / past_used_days


@line("This job's energy over it", "ratio", along=RUNS, guarded=True)
def past_energy_ratio(energy_kwh, past_known_energy_mwh):
    """How many times the published energy this job uses."""
    return energy_kwh / (past_known_energy_mwh * 1000)


@line("This job's CO2e over it", "ratio", along=RUNS, guarded=True)
def past_co2_ratio(co2_tonnes, past_known_co2_tonnes):
    """How many times the published emissions this job has."""
    return co2_tonnes / past_known_co2_tonnes


@line("Cost of one run, article", "USD", along=RUNS, guarded=True)
def past_cost(past_article_cost, usd_rate):
    """What the article prints, in the scenario's currency."""
    return past_article_cost * usd_rate


@line("This job's rent over its cost", "ratio", along=RUNS)
def past_cost_ratio(rent_cost, past_cost):
    """How many times its cost the cheapest rent in time is, staff left out."""
    return where(
        both(defined(rent_cost), defined(past_cost)), rent_cost / past_cost, undefined(NONE)
    )


_compute = Heading("Published runs: the compute")


@line("Compute by 6 P D, published run", "FLOP", along=RUNS, guarded=True)
def past_law_flop(flop_per_parameter_token, past_active_parameters, past_tokens):
    """Active parameters times tokens times 6."""
    return flop_by_law(flop_per_parameter_token, past_active_parameters, past_tokens)


@line("Compute taken", "FLOP", along=RUNS)
def past_flop(past_stated_flop, past_law_flop):
    """As reported; by 6 P D where nothing is reported."""
    return known_or(past_stated_flop, past_law_flop)


@line("Article's compute over it", "ratio", along=RUNS, guarded=True)
def past_article_flop_ratio(past_flop, past_article_flop):
    """1 where the article has the compute that was reported."""
    return past_article_flop / past_flop


_days = Heading("Published runs: the days recomputed")


@line("Peak taken", "TFLOP/s/GPU", along=RUNS)
def past_used_tflops(past_article_peak_tflops, past_peak_tflops):
    """Of the article's accelerator, where it names one, else of the reported one."""
    return known_or(past_article_peak_tflops, past_peak_tflops)


@line("Days recomputed", "day", along=RUNS, guarded=True)
def past_recomputed_days(
    past_flop, past_used_gpus, past_used_tflops, comparator_mfu, seconds_per_day
):
    """The compute over those GPUs at their dense peak and the utilisation of the comparison."""
    rate = flop_per_day(seconds_per_day, past_used_tflops, comparator_mfu)
    return past_flop / (past_used_gpus * rate)


@line("Days taken over those recomputed", "ratio", along=RUNS, guarded=True)
def past_days_over(past_used_days, past_recomputed_days):
    """1 where the days follow; above it the run was slower than that utilisation."""
    return past_used_days / past_recomputed_days


_energy = Heading("Published runs: energy and carbon")


@line("Energy taken", "MWh", along=RUNS, exact=True)
def past_known_energy_mwh(past_energy_mwh, past_article_energy_mwh):
    """As reported; the article's where nothing is."""
    return known_or(past_energy_mwh, past_article_energy_mwh)


@line("CO2e taken", "t", along=RUNS)
def past_known_co2_tonnes(past_co2_tonnes, past_article_co2_tonnes):
    """As reported; the article's where nothing is."""
    return known_or(past_co2_tonnes, past_article_co2_tonnes)


@line("CO2e per energy, as published", "g/kWh", along=RUNS, guarded=True)
def past_intensity(past_co2_tonnes, past_energy_mwh):
    """What the reported tonnes and MWh imply of the grid."""
    return past_co2_tonnes * 1e6 / (past_energy_mwh * 1000)


@line("CO2e per energy, article", "g/kWh", along=RUNS, guarded=True)
def past_article_intensity(past_article_co2_tonnes, past_known_energy_mwh):
    """What the article's tonnes imply of the grid."""
    return past_article_co2_tonnes * 1e6 / (past_known_energy_mwh * 1000)
