"""Fleet: how many GPUs meet the deadline, how many hold the model, and how long they take."""

from tco.catalogue import SIZES
from tco.lines import (
    Choice,
    Given,
    Heading,
    at_most,
    below,
    beyond,
    both,
    ceil,
    check,
    defined,
    difference,
    either,
    lacking,
    line,
    maximum,
    missing,
    picked,
    same,
    shown,
    text,
    undefined,
    unless,
    where,
)

SECTION = "fleet"

chip = Choice("Accelerator", "choice", table="chips", note="A row of the Chips sheet.")
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
performance_class = Choice(
    "Defaults of the class",
    "choice",
    table="classes",
    default_class=("chip", "chips", "family", "parameters"),
    bands=SIZES,
    note="A row of the Classes sheet: the accelerator's family and the model's size.",
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
gpus_per_server = Given(
    "GPUs per server",
    "GPU/server",
    least=1,
    catalogue=("chips", "gpus_per_server"),
    follows=("chip",),
    note="GPUs in one chassis.",
)
whole_servers = Choice(
    "Buy whole servers",
    "flag",
    options=((0, "no: the exact count"), (1, "yes: rounded up to full servers")),
    note="1 rounds the fleet up to full servers.",
)
spares_share = Given(
    "Spares",
    "share",
    least=0,
    most=1,
    note="GPUs bought beyond the working fleet; they do no work.",
)
memory_gb = Given(
    "Memory of one GPU",
    "GB/GPU",
    above=0,
    catalogue=("chips", "memory_gb"),
    follows=("chip",),
    note="High-bandwidth memory on the package.",
)
zero_stage = Choice(
    "ZeRO stage",
    "1",
    options=(
        (0, "every GPU holds everything"),
        (1, "optimizer state sharded"),
        (2, "optimizer state and gradients sharded"),
        (3, "optimizer state, gradients and weights sharded"),
    ),
    note="What is spread over the fleet instead of held by every GPU.",
)
model_parallel_gpus = Given(
    "GPUs that share one replica",
    "GPU",
    least=1,
    note="Tensor times pipeline parallelism; 1 when every GPU holds what is not sharded.",
)
weight_bytes = Given("Weights", "byte/parameter", above=0, note="Bytes per parameter for weights.")
gradient_bytes = Given(
    "Gradients", "byte/parameter", least=0, note="Bytes per parameter for gradients."
)
optimizer_bytes = Given(
    "Optimizer state",
    "byte/parameter",
    least=0,
    note="Bytes per parameter for Adam in mixed precision: master weights and two moments.",
)
seconds_per_day = Given("Seconds per day", "s/day", above=0, note="24 hours of 3,600 seconds.")
published_gpus = Given(
    "Published: GPUs",
    "GPU",
    above=0,
    required=False,
    note="The count the source prints.",
)


_compute = Heading("For the compute")


@line("GPUs needed, exactly", "GPU", exact=True)
def gpus_exact(flop, peak_tflops, mfu, availability, deadline_days, seconds_per_day):
    """The count whose useful output over the deadline is the compute."""
    return flop / (peak_tflops * 1e12 * mfu * availability * deadline_days * seconds_per_day)


@line("GPUs for the compute", "GPU")
def gpus_for_compute(gpus_exact):
    """The exact count, rounded up."""
    return ceil(gpus_exact)


@line("GPUs at availability 1", "GPU")
def gpus_ideal(flop, peak_tflops, mfu, deadline_days, seconds_per_day):
    """The count if no time were ever lost."""
    return ceil(flop / (peak_tflops * 1e12 * mfu * deadline_days * seconds_per_day))


_memory = Heading("To hold the model")


@line("Held by every replica", "byte/parameter")
def resident_bytes(zero_stage, weight_bytes, gradient_bytes, optimizer_bytes):
    """Bytes per parameter that the ZeRO stage does not spread over the fleet."""
    return (
        where(below(zero_stage, 3), weight_bytes, 0)
        + where(below(zero_stage, 2), gradient_bytes, 0)
        + where(below(zero_stage, 1), optimizer_bytes, 0)
    )


@line("Spread over the fleet", "byte/parameter")
def sharded_bytes(weight_bytes, gradient_bytes, optimizer_bytes, resident_bytes):
    """Bytes per parameter of which each GPU holds its share."""
    return weight_bytes + gradient_bytes + optimizer_bytes - resident_bytes


@line("Memory taken on every GPU", "GB/GPU")
def resident_gb(parameters, resident_bytes, model_parallel_gpus):
    """What each GPU holds however large the fleet is."""
    return parameters * resident_bytes / 1e9 / model_parallel_gpus


@line("Memory spread over the fleet", "GB")
def sharded_gb(parameters, sharded_bytes):
    """What the fleet holds together."""
    return parameters * sharded_bytes / 1e9


@line("GPUs to hold the model", "GPU")
def gpus_for_memory(resident_gb, memory_gb, sharded_gb, model_parallel_gpus):
    """The smallest fleet whose memory holds weights, gradients and optimizer state."""
    return where(
        below(resident_gb, memory_gb),
        maximum(ceil(sharded_gb / (memory_gb - resident_gb)), model_parallel_gpus),
        undefined("does not fit any fleet"),
    )


_count = Heading("The fleet")


@line("GPUs needed", "GPU")
def gpus_needed(gpus_for_compute, gpus_for_memory):
    """The larger of the two counts wins."""
    return maximum(gpus_for_compute, gpus_for_memory)


@line("What sets the count", "text")
def gpus_bound(gpus_for_compute, gpus_for_memory):
    """Which of the two counts is the larger."""
    return where(
        below(gpus_for_compute, gpus_for_memory),
        "memory: the model must fit",
        "compute: the deadline must be met",
    )


@line("Working GPUs", "GPU")
def gpus_working(whole_servers, gpus_needed, gpus_per_server):
    """The GPUs that train, in full servers if so chosen."""
    return where(
        picked(whole_servers, 1),
        ceil(gpus_needed / gpus_per_server) * gpus_per_server,
        gpus_needed,
    )


@line("Spare GPUs", "GPU")
def spare_gpus(whole_servers, gpus_working, spares_share, gpus_per_server):
    """GPUs bought to replace failing ones, in full servers if so chosen."""
    return where(
        picked(whole_servers, 1),
        ceil(ceil(gpus_working * spares_share) / gpus_per_server) * gpus_per_server,
        ceil(gpus_working * spares_share),
    )


@line("GPUs bought", "GPU")
def gpus(gpus_working, spare_gpus):
    """Working GPUs and spares."""
    return gpus_working + spare_gpus


@line("Servers bought", "server")
def servers(gpus, gpus_per_server):
    """The chassis that hold them."""
    return ceil(gpus / gpus_per_server)


@line("Servers at work", "server", exact=True)
def servers_working(gpus_working, gpus_per_server):
    """Working GPUs as servers; a part of a server counts as a part."""
    return gpus_working / gpus_per_server


_time = Heading("What it takes")


@line("Days needed", "day")
def days_needed(flop, peak_tflops, mfu, availability, gpus_working, seconds_per_day):
    """How long the whole, rounded fleet takes."""
    return flop / (peak_tflops * 1e12 * mfu * availability * gpus_working * seconds_per_day)


@line("GPU-hours billed", "GPU-h")
def gpu_hours(gpus_working, days_needed):
    """Working GPUs times the hours they are held."""
    return gpus_working * days_needed * 24


@line("GPU-hours that advance training", "GPU-h")
def gpu_hours_useful(gpu_hours, availability):
    """Billed hours less time lost to failures and restarts."""
    return gpu_hours * availability


_published = Heading("Published against computed")


@line("Published count over the ideal count", "share")
def published_gpus_excess(published_gpus, gpus_ideal):
    """How far the published count lies above the count that the same inputs give."""
    return where(
        defined(published_gpus),
        published_gpus / gpus_ideal - 1,
        undefined("no published count"),
    )


@line("Availability the published count implies", "share")
def implied_availability(published_gpus, gpus_exact, availability):
    """The availability at which the exact count would be the published one.

    Above 1 there is none: the published count belongs to other inputs.
    """
    return where(
        both(defined(published_gpus), beyond(published_gpus, gpus_exact * availability)),
        gpus_exact * availability / published_gpus,
        undefined("not comparable"),
    )


@line("Published count in words", "text")
def published_words(gpus_ideal, implied_availability):
    """What the published count says of lost time, for the finding."""
    return where(
        defined(implied_availability),
        text(
            "{} at availability 1; the published count implies {}",
            shown(gpus_ideal, "#,##0"),
            shown(implied_availability, "0.00%"),
        ),
        "not comparable, for other inputs",
    )


@check("The accelerator has that precision", guards="precision")
def precision_offered(chip, precision, peak_tflops):
    """The catalogue has a dense peak for the accelerator at the precision, or one is given."""
    return both(unless(lacking(chip)), missing(peak_tflops)), text(
        "{} has no {} peak in the catalogue: choose another precision or give peak_tflops",
        chip,
        precision,
    )


@check("The model fits the fleet", guards="zero_stage")
def model_fits(
    chip, zero_stage, memory_gb, parameters, weight_bytes, gradient_bytes, optimizer_bytes,
    model_parallel_gpus,
):  # fmt: skip
    """What the ZeRO stage leaves on every GPU is less than its memory."""

    def held(bytes_per_parameter):
        return parameters * bytes_per_parameter / 1e9 / model_parallel_gpus

    first = weight_bytes + gradient_bytes
    fires = either(
        both(picked(zero_stage, 0), at_most(memory_gb, held(first + optimizer_bytes))),
        both(picked(zero_stage, 1), at_most(memory_gb, held(first))),
        both(picked(zero_stage, 2), at_most(memory_gb, held(weight_bytes))),
    )
    return fires, text(
        "{} at zero_stage {}: no fleet holds the model, each GPU has only {} GB",
        chip,
        zero_stage,
        shown(memory_gb, "#,##0"),
    )


@check("The fleet meets the deadline")
def deadline_met(days_needed, deadline_days):
    """The rounded fleet finishes by the deadline."""
    return below(deadline_days, days_needed), text(
        "the fleet needs {} days, the deadline is {}",
        shown(days_needed, "#,##0.00"),
        shown(deadline_days, "#,##0.00"),
    )


@check("The fleet holds the model")
def memory_met(gpus_working, gpus_for_memory):
    """The working fleet is not smaller than the memory test asks for."""
    return below(gpus_working, gpus_for_memory), text(
        "{} working GPUs do not hold the model; {} would",
        shown(gpus_working, "#,##0"),
        shown(gpus_for_memory, "#,##0"),
    )


@check("Hours times rate give the compute")
def work_adds_up(gpu_hours_useful, seconds_per_day, peak_tflops, mfu, flop):
    """Useful GPU-hours at the achieved rate come to the compute asked for."""
    done = gpu_hours_useful * (seconds_per_day / 24) * peak_tflops * 1e12 * mfu
    return unless(same(done / flop, 1)), text(
        "useful hours times the achieved rate are {} times the compute",
        shown(done / flop, "0.000"),
    )


@check("Whole servers are whole")
def servers_whole(whole_servers, servers, gpus_per_server, gpus):
    """If whole servers are bought, the GPUs fill them."""
    unfilled = whole_servers * difference(servers * gpus_per_server, gpus)
    return below(0, unfilled), text(
        "{} GPUs do not fill {} servers", shown(gpus, "#,##0"), shown(servers, "#,##0")
    )


@check("MFU against the best published", kind="alert")
def mfu_reached(mfu, mfu_ceiling):
    """The MFU assumed is no better than the best published for a large run."""
    return below(mfu_ceiling, mfu), text(
        "MFU of {} is above the {} of the best published runs: the GPU count is a floor",
        shown(mfu, "0%"),
        shown(mfu_ceiling, "0%"),
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


@check("GPUs against the published count", kind="alert")
def gpus_as_published(published_gpus, gpus, gpus_ideal, published_words):
    """The published count is the one computed at an availability of 1."""
    return both(defined(published_gpus), unless(picked(published_gpus, gpus_ideal))), text(
        "published {}, computed {}, {}",
        shown(published_gpus, "#,##0"),
        shown(gpus, "#,##0"),
        published_words,
    )
