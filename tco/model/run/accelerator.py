"""Accelerator: what one GPU does, how much of it a training run gets, and how long it is up."""

from tco.lines import *

SECTION = "fleet"
FRONT = Front(
    also_resting_on=(
        "precision", "mfu", "availability", "hours_calibration", "gpu_hours_low", "gpu_hours_high",
        "deadline_days",
    ),
    assumptions=("precision", "peak_tflops", "mfu", "availability"),
)  # fmt: skip

precision = Choice(
    "Precision",
    "choice",
    options=(
        ("fp64", "64-bit floating point"),
        ("fp32", "32-bit floating point, outside the tensor cores"),
        ("tf32", "TensorFloat-32 on tensor cores"),
        ("bf16", "bfloat16 on tensor cores"),
        ("fp16", "16-bit floating point on tensor cores"),
        ("fp8", "8-bit floating point on tensor cores"),
        ("fp4", "4-bit floating point on tensor cores"),
    ),
    note="The number format whose dense peak counts; sparse peaks are not used.",
)
peak_tflops = Given(
    "Peak rate of one GPU",
    "TFLOP/s/GPU",
    above=0,
    catalogue=("chips", "{}_tflops"),
    follows=("chip", "precision"),
    note="Dense peak at the precision chosen.",
)
catalogue_peak_tflops = Given(
    "Dense peak in the catalogue",
    "TFLOP/s/GPU",
    required=False,
    catalogue=("chips", "{}_tflops"),
    follows=("chip", "precision"),
    note="For comparison with the peak that is used.",
)
peak_mismatch_factor = Given(
    "Peak finding beyond",
    "ratio",
    least=1,
    note="A peak off the catalogue's by more than this factor is a finding.",
)
mfu = Given(
    "Model FLOP utilisation (MFU)",
    "share",
    above=0,
    most=1,
    catalogue=("classes", "mfu"),
    follows=("performance_class",),
    why="MFU is useful model FLOP over peak FLOP while the job runs.",
    note="Useful model FLOP over peak FLOP while running; recomputation earns no credit.",
)
class_mfu = Given(
    "Default MFU of the class",
    "share",
    above=0,
    most=1,
    required=False,
    catalogue=("classes", "mfu"),
    follows=("performance_class",),
    note="For comparison with the MFU that is used; it is of the 16-bit peak.",
)
mfu_ceiling = Given(
    "Best published MFU", "share", above=0, most=1, note="An MFU above this raises an alert."
)
availability = Given(
    "Availability (goodput)",
    "share",
    above=0,
    most=1,
    catalogue=("classes", "availability"),
    follows=("performance_class",),
    why="Availability is the share of scheduled time that advances training.",
    note="Share of scheduled time that advances training, after failures and restarts.",
)
seconds_per_day = Given("Seconds per day", "s/day", above=0, note="24 hours of 3,600 seconds.")
calibrate = Choice(
    "Hours are calibrated",
    "choice",
    options=(
        ("published", "by what published runs took, family by family and size by size"),
        ("none", "not at all: as MFU and availability have it"),
    ),
    where_given=("mfu", "none"),
    note="Calibration is of the default MFU: none where the scenario gives one of its own.",
)


@line("Peak over the catalogue's", "ratio")
def peak_over_catalogue(peak_tflops, catalogue_peak_tflops):
    """The peak in use over the catalogue's dense one; 1 where the catalogue has none."""
    return where(defined(catalogue_peak_tflops), peak_tflops / catalogue_peak_tflops, 1)


@line(
    "Calibration of hours",
    "ratio",
    taken=Given(
        "Calibration of hours",
        "ratio",
        above=0,
        note="What hours are multiplied by for what MFU and availability leave out.",
        example="1.2",
        key="hours_calibration",
    ),
)
def hours_calibration(calibrate, class_calibration):
    """Published over default hours of the accelerator's family and model's size: see Backtest.
    It divides MFU x availability, so GPUs, days and cost follow; 1 where hours are not calibrated.
    """
    calibrated = both(picked(calibrate, "published"), defined(class_calibration))
    return where(calibrated, class_calibration, 1)


@line("Hours are calibrated by published runs", "flag")
def hours_calibrated(calibrate, hours_calibration_given):
    """1 where they are; 0 where none is wanted, or somebody gives the calibration itself."""
    return where(both(picked(calibrate, "published"), picked(hours_calibration_given, 0)), 1, 0)


@line("Achieved rate of one GPU", "TFLOP/s/GPU")
def achieved_tflops(peak_tflops, mfu, hours_calibration):
    """The model FLOP that one GPU does while it runs: peak times MFU, calibrated."""
    return peak_tflops * mfu / hours_calibration


@check("The accelerator has that precision", guards="precision")
def precision_offered(chip, precision, peak_tflops):
    """The catalogue has a dense peak for the accelerator at the precision, or one is given."""
    return both(unless(lacking(chip)), missing(peak_tflops)), text(
        "{} has no {} peak in the catalogue: choose another precision or give peak_tflops",
        chip,
        precision,
    )


@check("Peak against the catalogue's dense one", kind="alert")
def peak_is_dense(peak_tflops, peak_over_catalogue, peak_mismatch_factor):
    """The peak is the dense one: datasheets print one with sparsity, twice as high."""
    off = either(
        beyond(peak_over_catalogue, peak_mismatch_factor),
        beyond(1 / peak_over_catalogue, peak_mismatch_factor),
    )
    return off, text(
        "the peak of {} TFLOP/s is {} times the catalogue's dense one: with sparsity it is 2 times",
        shown(peak_tflops, "#,##0.0"),
        shown(peak_over_catalogue, "0.00"),
    )


@check("MFU against the best published", kind="alert")
def mfu_reached(mfu, mfu_ceiling):
    """The MFU assumed is no better than the best published for a large run."""
    return below(mfu_ceiling, mfu), text(
        "MFU of {} is above the {} of the best published runs: the GPU count is a floor",
        shown(mfu, "0%"),
        shown(mfu_ceiling, "0%"),
    )


@check("Calibration against the MFU", kind="alert")
def calibrated_by_default(hours_calibrated, mfu, class_mfu, hours_calibration):
    """Calibrated hours rest on the default MFU, for which published runs were computed."""
    own = both(picked(hours_calibrated, 1), defined(class_mfu), unless(same(mfu, class_mfu)))
    return own, text(
        "MFU is not the default of {}, and hours are still multiplied by {}: set calibrate to none",
        shown(class_mfu, "0.0%"),
        shown(hours_calibration, "0.00"),
    )


@check("MFU against the precision", kind="alert")
def mfu_of_precision(precision, mfu, class_mfu):
    """Published MFUs are of the 16-bit peak; of a peak twice as high they are half as much."""
    halved = either(picked(precision, "fp8"), picked(precision, "fp4"))
    return both(halved, defined(class_mfu), beyond(mfu, class_mfu / 2)), text(
        "MFU of {} is taken of the {} peak; of the 16-bit peak the class reaches {}",
        shown(mfu, "0%"),
        precision,
        shown(class_mfu, "0%"),
    )
