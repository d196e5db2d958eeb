"""The size of a model whose parameters are a result, for the defaults that go by it."""

from typing import Any

from tco.catalogue.shipped import SIZES
from tco.lines import *

SECTION = "workload"

class_parameters = Given(
    "Size that picks the class of defaults",
    "parameter",
    above=0,
    note="Default MFU, availability and load factor are those of a model of this size.",
)


def steps_of_size(parameters: Any) -> Any:
    """0 for a small model, 1 for a medium one, 2 for a large one, as classes of defaults go."""
    return sum(where(short_of(parameters, least), 0, 1) for least, _ in SIZES[1:])


def optimal_parameters(flop: Any, flop_per_parameter_token: Any, tokens_per_parameter: Any) -> Any:
    """The size at which the compute pays for that many tokens per parameter."""
    return root(flop / (flop_per_parameter_token * tokens_per_parameter))
