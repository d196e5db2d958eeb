"""Memory: what training takes of it per parameter, and how much one GPU has."""

from typing import Any

from tco.lines import *

SECTION = "fleet"

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


def held_gb(parameters: Any, bytes_per_parameter: Any) -> Any:
    """GB of a model's state, from the bytes that training holds of each parameter."""
    return parameters * bytes_per_parameter / 1e9


def gpus_that_hold(sharded_gb: Any, free_gb: Any, model_parallel_gpus: Any) -> Any:
    """The smallest fleet in whose free memory the sharded state fits, one replica at least."""
    return maximum(ceil(sharded_gb / free_gb), model_parallel_gpus)


def held_by_each(stage: Any, weights: Any, gradients: Any, optimizer: Any) -> Any:
    """Bytes per parameter that a ZeRO stage, 0 to 3, leaves on every GPU."""
    return (
        where(below(stage, 3), weights, 0)
        + where(below(stage, 2), gradients, 0)
        + where(below(stage, 1), optimizer, 0)
    )


_memory = Heading("Memory, per parameter")


@line("Held by every replica", "byte/parameter")
def resident_bytes(zero_stage, weight_bytes, gradient_bytes, optimizer_bytes):
    """Bytes per parameter that the ZeRO stage does not spread over the fleet."""
    return held_by_each(zero_stage, weight_bytes, gradient_bytes, optimizer_bytes)


@line("Spread over the fleet", "byte/parameter")
def sharded_bytes(weight_bytes, gradient_bytes, optimizer_bytes, resident_bytes):
    """Bytes per parameter of which each GPU holds its share."""
    return weight_bytes + gradient_bytes + optimizer_bytes - resident_bytes


@check("The model fits the fleet", guards="zero_stage")
def model_fits(
    chip, zero_stage, memory_gb, parameters, weight_bytes, gradient_bytes, optimizer_bytes,
    model_parallel_gpus,
):  # fmt: skip
    """What the ZeRO stage leaves on every GPU is less than its memory."""

    def held(bytes_per_parameter):
        return held_gb(parameters, bytes_per_parameter) / model_parallel_gpus

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
