"""Fleet: how many GPUs meet the deadline, how many hold the model, and how long they take."""

from tco.lines import *
from tco.model.run.memory import gpus_that_hold, held_gb
from tco.model.run.rate import flop_per_day

SECTION = "fleet"
published_gpus = Given(
    "Published: GPUs",
    "GPU",
    above=0,
    required=False,
    prints="gpus",
    because=(
        ("gpus_ideal", "GPUs that its inputs give at availability 1"),
        ("published_gpus_excess", "Published count above that"),
        ("implied_availability", "Availability that explains it"),
    ),
    note="The count the source prints.",
)


_compute = Heading("For the compute")


@line("GPUs needed, exactly", "GPU", exact=True)
def gpus_exact(flop, achieved_tflops, availability, deadline_days, seconds_per_day):
    """The count whose useful output over the deadline is the compute."""
    return flop / (flop_per_day(seconds_per_day, achieved_tflops, availability) * deadline_days)


@line("GPUs for the compute", "GPU")
def gpus_for_compute(gpus_exact):
    """The exact count of GPUs, rounded up to whole ones."""
    return ceil(gpus_exact)


@line("GPUs at availability 1", "GPU")
def gpus_ideal(flop, achieved_tflops, deadline_days, seconds_per_day):
    """The count if no time were ever lost."""
    return ceil(flop / (flop_per_day(seconds_per_day, achieved_tflops) * deadline_days))


_memory = Heading("To hold the model")


@line("Memory taken on every GPU", "GB/GPU")
def resident_gb(parameters, resident_bytes, model_parallel_gpus):
    """What each GPU holds however large the fleet is."""
    return held_gb(parameters, resident_bytes) / model_parallel_gpus


@line("Memory spread over the fleet", "GB")
def sharded_gb(parameters, sharded_bytes):
    """GB of weights, gradients and optimizer state that the fleet holds together."""
    return held_gb(parameters, sharded_bytes)


@line("GPUs to hold the model", "GPU")
def gpus_for_memory(resident_gb, memory_gb, sharded_gb, model_parallel_gpus):
    """The smallest fleet whose memory holds weights, gradients and optimizer state."""
    count = gpus_that_hold(sharded_gb, memory_gb - resident_gb, model_parallel_gpus)
    return where(below(resident_gb, memory_gb), count, undefined("does not fit any fleet"))


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


@check("The fleet holds the model")
def memory_met(gpus_working, gpus_for_memory):
    """The working fleet is not smaller than the memory test asks for."""
    return below(gpus_working, gpus_for_memory), text(
        "{} working GPUs do not hold the model; {} would",
        shown(gpus_working, "#,##0"),
        shown(gpus_for_memory, "#,##0"),
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
