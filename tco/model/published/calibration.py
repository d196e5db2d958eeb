"""Calibration: what published runs took over the engine's defaults, by family and size."""

from collections.abc import Callable
from typing import Any

from tco.lines import *
from tco.lines.items import called
from tco.model.published.backtest import GROUPS, RUNS
from tco.model.published.law import NONE

SECTION = "backtest"
CLASSES = "calibrated_classes"
# The groups whose errors are stated before and after, each run left out in its turn.
CALIBRATED = GROUPS[1:]

calibration_prior_runs = Given(
    "Runs that the whole counts for",
    "count",
    above=0,
    note="In each class the mean of all comparable runs weighs as much as so many of its own.",
)
calibration_range_share = Given(
    "Share of left-out runs that the range holds",
    "share",
    above=0,
    most=1,
    note="The range around calibrated hours is the narrowest that holds so many of the runs.",
)
calibrated_id = Given("Class of defaults", "text", "Family and size.", along=CLASSES)


_whole = Heading("Calibration: published hours over the engine's, comparable runs")


@line("Calibration: runs", "count")
def calibration_runs(run_calibrates):
    """Comparable runs with published hours, of all families and sizes."""
    return total(run_calibrates)


@line("Calibration: ln of published over default hours, mean of all", "ratio")
def calibration_mean(run_hours_log, calibration_runs):
    """What a class without runs is calibrated by; 0, no calibration, where there are none."""
    return where(below(0, calibration_runs), total(run_hours_log) / calibration_runs, 0)


@line("Calibration of the scenario's class", "ratio")
def class_calibration(performance_class, calibrated_id, calibrated_factor):
    """Published over default hours in the row of the accelerator's family and model's size."""
    return where(
        listed(performance_class, calibrated_id),
        lookup(performance_class, calibrated_id, calibrated_factor),
        undefined("no class"),
    )


@line("Calibrated hours: error that the range allows", "ratio")
def calibration_range_log(run_error_covering):
    """The smallest |ln| of calibrated over published hours that enough left-out runs keep to."""
    return lowest(run_error_covering)


@line("Calibrated hours: the range is a factor of", "ratio")
def calibration_range_factor(calibration_range_log):
    """Hours divided by it, and times it, hold the share of left-out runs; one for all classes.

    The classes have too few runs for a range of their own. A class without any is less sure than
    the range says.
    """
    return exp(calibration_range_log)


@line("Calibrated hours: left-out runs inside the range", "count")
def calibration_runs_inside(run_inside):
    """How many comparable runs lie in the range around what the others say of them."""
    return counted(run_inside)


_classes = Heading("Calibration by class: accelerator family and size of model")


@line("Runs", "count", along=CLASSES)
def calibrated_runs(run_calibrates, run_performance_class, calibrated_id):
    """Comparable runs of the class with published hours."""
    return total_where(run_calibrates, run_performance_class, calibrated_id)


@line("Sum of ln", "ratio", along=CLASSES)
def calibrated_log_total(run_hours_log, run_performance_class, calibrated_id):
    """ln of published over default hours, added up over the runs of the class."""
    return total_where(run_hours_log, run_performance_class, calibrated_id)


@line("Published over default hours, mean", "ratio", along=CLASSES)
def calibrated_mean(calibrated_runs, calibrated_log_total):
    """The geometric mean of the class's own runs, as they are."""
    return where(
        below(0, calibrated_runs), exp(calibrated_log_total / calibrated_runs), undefined(NONE)
    )


@line("Calibration", "ratio", along=CLASSES)
def calibrated_factor(
    calibrated_log_total, calibration_prior_runs, calibration_mean, calibrated_runs
):
    """The class's mean, drawn to that of all runs the more, the fewer runs it has."""
    drawn = calibrated_log_total + calibration_prior_runs * calibration_mean
    return exp(drawn / (calibrated_runs + calibration_prior_runs))


@line("Low end", "ratio", along=CLASSES)
def calibrated_low(calibrated_factor, calibration_range_factor):
    """The calibration divided by the range's factor."""
    return calibrated_factor / calibration_range_factor


@line("High end", "ratio", along=CLASSES)
def calibrated_high(calibrated_factor, calibration_range_factor):
    """The calibration times the range's factor."""
    return calibrated_factor * calibration_range_factor


_left_out = Heading("Calibration tried: each run left out, its hours by what the others say")


@line("Calibrates", "flag", along=RUNS)
def run_calibrates(run_ratio_comparable):
    """1 for a comparable run with published hours; its ratio is not looked at."""
    return where(defined(run_ratio_comparable), 1, 0)


@line("ln of published over default hours", "ratio", along=RUNS)
def run_hours_log(run_ratio_comparable):
    """Above 0 the run took more than the defaults; 0 where it does not count."""
    return where(defined(run_ratio_comparable), log(1 / run_ratio_comparable), 0)


@line("Runs of its class", "count", along=RUNS)
def run_class_runs(run_calibrates, run_performance_class):
    """Comparable runs of the same family and size, itself included."""
    return total_where(run_calibrates, run_performance_class, run_performance_class)


@line("Sum of ln of its class", "ratio", along=RUNS)
def run_class_log_total(run_hours_log, run_performance_class):
    """Added up over the runs of its class, itself included."""
    return total_where(run_hours_log, run_performance_class, run_performance_class)


@line("Mean ln of all others", "ratio", along=RUNS)
def run_others_mean(run_calibrates, calibration_runs, calibration_mean, run_hours_log):
    """The mean of all comparable runs without this one."""
    others = (calibration_mean * calibration_runs - run_hours_log) / (calibration_runs - 1)
    counts = both(picked(run_calibrates, 1), beyond(calibration_runs, 1))
    return where(counts, others, undefined(NONE))


@line("Calibration by the others", "ratio", along=RUNS, guarded=True)
def run_left_out_factor(
    run_class_log_total, run_hours_log, calibration_prior_runs, run_others_mean, run_class_runs
):
    """What its class would be calibrated by if this run had never been published."""
    drawn = run_class_log_total - run_hours_log + calibration_prior_runs * run_others_mean
    return exp(drawn / (run_class_runs - 1 + calibration_prior_runs))


@line("Engine: GPU-hours, calibrated by the others", "GPU-h", along=RUNS, guarded=True)
def run_calibrated_gpu_hours(run_engine_gpu_hours, run_left_out_factor):
    """The hours by default, times that calibration."""
    return run_engine_gpu_hours * run_left_out_factor


@line("Calibrated GPU-hours: engine over published", "ratio", along=RUNS, guarded=True)
def run_calibrated_ratio(run_calibrated_gpu_hours, run_gpu_hours):
    """Above 1 the calibrated engine asks for more hours than the run took."""
    return run_calibrated_gpu_hours / run_gpu_hours


@line("Error by default, ln", "ratio", along=RUNS, exact=True)
def run_error(run_calibrates, run_hours_log):
    """The distance of default from published hours, 0.1 being about a tenth, either way."""
    distance = maximum(run_hours_log, -run_hours_log)
    return where(picked(run_calibrates, 1), distance, undefined(NONE))


@line("Error calibrated, ln", "ratio", along=RUNS, exact=True, guarded=True)
def run_left_out_error(run_calibrated_ratio):
    """The distance of calibrated from published hours, the run itself unknown to them."""
    return maximum(log(run_calibrated_ratio), -log(run_calibrated_ratio))


@line("Runs with no larger error", "count", along=RUNS, guarded=True)
def run_error_rank(run_calibrates, run_left_out_error):
    """How many of the left-out runs are as near or nearer, itself included."""
    return total_through(run_calibrates, run_left_out_error, run_left_out_error)


@line("Error of a range that holds enough", "ratio", along=RUNS, guarded=True)
def run_error_covering(
    run_error_rank, calibration_range_share, calibration_runs, run_left_out_error
):
    """The error where a range as wide holds the share of runs asked for."""
    enough = at_most(calibration_range_share * calibration_runs, run_error_rank)
    return where(enough, run_left_out_error, undefined(NONE))


@line("Inside the range", "flag", along=RUNS, guarded=True)
def run_inside(run_left_out_error, calibration_range_log):
    """1 where the published hours lie in the range around the calibrated ones."""
    return where(at_most(run_left_out_error, calibration_range_log), 1, undefined(NONE))


def _errors(group: str, words: str) -> tuple[Line, ...]:
    """The errors of a group's runs before and after; those of all have columns already."""
    found = []
    for when, key in (("by default", "run_error"), ("calibrated", "run_left_out_error")):

        def rule(error: Any, ratio: Any) -> Any:
            return where(both(defined(error), defined(ratio)), error, undefined(NONE))

        note = f"The error {when}, {words} only."
        made = called(rule, f"{key}_{group}", note, key, f"run_ratio_{group}")
        found.append(line(f"Error {when}: {words}", "ratio", along=RUNS, exact=True)(made))
    return tuple(found)


_OVER_ROWS = (
    ("", "in the middle", "Median", median),
    ("_mean", "on average", "Mean", mean),
)


def _statistics(group: str, words: str) -> tuple[Line, ...]:
    """The error of a group before and after, in the middle and on average."""
    tail = "" if group == "comparable" else f"_{group}"
    found = []
    for name, said, kind, over in _OVER_ROWS:
        for when, before_or_after, key in (
            ("by default", "before", "run_error"),
            ("calibrated", "after", "run_left_out_error"),
        ):

            def rule(errors: Any, runs: Any, over: Callable[[Any], Any] = over) -> Any:
                return where(below(0, runs), over(errors), undefined("no run"))

            note = f"{kind} |ln| of hours {when} over published ones, each run left out: {words}."
            made = called(
                rule, f"calibration_{group}{name}_{before_or_after}", note,
                f"{key}{tail}", f"backtest_{group}_runs",
            )  # fmt: skip
            label = f"Error {when}, {said}: {words}"
            found.append(line(label, "ratio", exact=True)(made))
    return tuple(found)


_by_group = (
    Heading("Errors group by group, each run left out"),
    *(one for group, words, _ in CALIBRATED if group != "comparable"
      for one in _errors(group, words)),
    Heading("Hours by default and calibrated: |ln|, each run left out"),
    *(one for group, words, _ in CALIBRATED for one in _statistics(group, words)),
)  # fmt: skip
