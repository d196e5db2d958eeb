"""The law of 2020: one GPU's speed, a family of Transformer-XL models, and their frontier.

The Hugging Face calculator measured how fast five GPUs train such models on Wikitext-103 and how
low the loss gets for a given compute. The functions here are used by the lines of other modules.
"""

from typing import Any

from tco.lines import *
from tco.model.published.law import NONE

SECTION = "workload"

width_per_layer = Given(
    "Width per layer", "count", "Hidden units for each layer: width over depth of the family.",
    above=0,
)  # fmt: skip
attention_matrices = Given(
    "Attention: parameters per width squared", "parameter/count", "Square matrices of a layer.",
    above=0,
)  # fmt: skip
feedforward_matrices = Given(
    "Feed-forward: parameters per width and inner width", "parameter/count",
    "Matrices between width and inner width in a layer.", above=0,
)  # fmt: skip
width_vectors = Given(
    "Biases and norms: parameters per width", "parameter/count", "Vectors of a layer.", least=0
)
inner_vectors = Given(
    "Biases: parameters per inner width", "parameter/count", "Inner vectors of a layer.", least=0
)
head_vectors = Given(
    "Clusters of rare words", "parameter/count", "A vector and a bias each, once a model.", least=0
)
frontier_flop = Given(
    "Frontier: compute that counts as 1", "FLOP", "Compute is divided by this.", above=0
)
frontier_loss_scale = Given(
    "Frontier: loss above the floor at 1", "nat", "Falls by the exponent below.", above=0
)
frontier_loss_exponent = Given(
    "Frontier: exponent of the loss", "ratio", "How fast the loss falls with compute.", above=0,
    most=1, exact=True,
)  # fmt: skip
frontier_loss_floor = Given(
    "Frontier: floor of the loss", "nat", "What no compute gets below.", least=0
)
frontier_size_scale = Given(
    "Frontier: size at 1", "parameter/count", "Grows by the exponent below.", above=0
)
frontier_size_exponent = Given(
    "Frontier: exponent of the size", "ratio", "How fast the best size grows with compute.",
    above=0, most=1, exact=True,
)  # fmt: skip
frontier_size_offset = Given(
    "Frontier: taken off the size", "parameter/count", "A constant of the fit.", least=0
)
frontier_most_parameters = Given(
    "Frontier: largest model fitted", "parameter", "A larger model is extrapolated.", above=0,
    exact=True,
)  # fmt: skip
article_size_exponent = Given(
    "Article: exponent of the size", "ratio", "10 to this is its factor for 10 times the compute.",
    above=0, most=1, exact=True,
)  # fmt: skip
article_steps_exponent = Given(
    "Article: exponent of the steps", "ratio", "10 to this is its factor for 10 times the compute.",
    least=0, most=1, exact=True,
)  # fmt: skip
example_gpu = Given("Example: GPU", "text", "A row of the table of speeds, in mode O1.")
example_width = Given("Example: width", "count", "Of the article's own model.", above=0)
example_depth = Given("Example: layers", "count", "Of the article's own model.", above=0)
example_inner = Given("Example: inner width", "count", "Of the article's own model.", above=0)
example_batch = Given("Example: batch", "count", "Sequences per step.", least=1)
example_cost = Given(
    "Example: what it cost", "US$", "US dollars of a rented GPU.", above=0
)  # fmt: skip

speeds = GivenRows(
    "Speeds",
    "What one GPU does: k x mode x width^a x depth/(depth + b) x ln(batch + 1)^c FLOP/s.",
    prefix="speed_",
)
speed_gpu = Given("Name of the GPU", "text", "As it is chosen.", along="speeds")
speed_k = Given("Scale k", "FLOP/s", "Scale of the speed.", above=0, along="speeds")
speed_a = Given(
    "Exponent a, of width", "ratio", "Of the speed.", above=0, most=2, along="speeds",
    exact=True, why="Above 2 a wide layer would take less time than a narrow one.",
)  # fmt: skip
speed_b = Given("Overhead b, in layers", "ratio", "Time outside the layers.", least=0,
                along="speeds", exact=True)  # fmt: skip
speed_c = Given("Exponent c, of batch", "ratio", "Exponent of the batch's logarithm.", least=0,
                along="speeds", exact=True)  # fmt: skip
speed_o1 = Given("Mode O1", "ratio", "Speed in mixed precision O1 over single precision.", above=0,
                 along="speeds", exact=True)  # fmt: skip
speed_o2 = Given("Mode O2", "ratio", "Speed in mixed precision O2 over single precision.", above=0,
                 along="speeds", exact=True)  # fmt: skip
speed_price = Given("Price", "US$/h", "US dollars for an hour of one GPU.", least=0,
                    along="speeds")  # fmt: skip
speed_kw = Given("Energy per hour", "kW", "kWh that one GPU draws in an hour.", above=0,
                 along="speeds", exact=True)  # fmt: skip
speed_peak = Given("Peak of the GPU", "TFLOP/s", "What its datasheet promises at best.", above=0,
                   required=False, along="speeds")  # fmt: skip
speed_batch = Given("Best batch", "count", "Beyond it the speed does not rise.", least=1,
                    along="speeds")  # fmt: skip


def layer_size(width: Any, inner: Any, matrices: Any, inner_matrices: Any, vectors: Any,
               inner_vectors: Any) -> Any:  # fmt: skip
    """Parameters of one layer, embeddings apart."""
    return (matrices * width + inner_matrices * inner + vectors) * width + inner_vectors * inner


def family_size(width: Any, depth: Any, matrices: Any, vectors: Any, head: Any) -> Any:
    """Parameters of a model of the family, whose inner width is its width."""
    return (depth * (matrices * width + vectors) + head) * width + head


def family_growth(width: Any, depth: Any, matrices: Any, vectors: Any, head: Any) -> Any:
    """Width times the derivative of the size by width, the depth growing along."""
    return (depth * (3 * (matrices * width) + 2 * vectors) + head) * width


def speed_at(rate: Any, width: Any, a: Any, depth: Any, b: Any) -> Any:
    """How fast a GPU trains a model of that shape, from its speed before width and depth."""
    return rate * power(width, a) * (depth / (depth + b))


def frontier_compute(size: Any, offset: Any, scale: Any, exponent: Any, unit: Any) -> Any:
    """The compute for which a size is the best one."""
    return unit * power((size + offset) / scale, 1 / exponent)


def frontier_size(compute: Any, offset: Any, scale: Any, exponent: Any, unit: Any) -> Any:
    """The best size for a compute."""
    return scale * power(compute / unit, exponent) - offset


def frontier_loss(compute: Any, scale: Any, exponent: Any, floor: Any, unit: Any) -> Any:
    """The lowest loss for a compute."""
    return scale / power(compute / unit, exponent) + floor


def slope(growth: Any, size: Any, offset: Any, exponent: Any, a: Any, b: Any, depth: Any) -> Any:
    """How much faster than the width the hours grow: d ln(hours) / d ln(width)."""
    return growth / (size + offset) / exponent - a - b / (depth + b)


_family = Heading("A layer of the family, as wide inside as outside")


@line("Parameters of a layer per width squared", "parameter/count")
def layer_matrices(attention_matrices, feedforward_matrices):
    """Square matrices of a layer, those of its feed-forward part among them."""
    return attention_matrices + feedforward_matrices


@line("Parameters of a layer per width", "parameter/count")
def layer_vectors(width_vectors, inner_vectors):
    """Biases and norms of a layer, its inner ones among them."""
    return width_vectors + inner_vectors


_example = Heading("The article's example, whatever the budget")


@line("Example: parameters", "parameter", exact=True)
def example_parameters(
    example_width, example_depth, example_inner, attention_matrices, feedforward_matrices,
    width_vectors, inner_vectors, head_vectors,
):  # fmt: skip
    """The article's model, embeddings apart: its layers and the clusters of rare words."""
    layer = layer_size(example_width, example_inner, attention_matrices, feedforward_matrices,
                       width_vectors, inner_vectors)  # fmt: skip
    return example_depth * layer + head_vectors * (example_width + 1)


@line("Example: speed", "FLOP/s")
def example_speed(example_gpu, speeds, example_row_speed):
    """How fast its GPU trains it in mode O1."""
    return where(
        listed(example_gpu, speeds),
        lookup(example_gpu, speeds, example_row_speed),
        undefined("its GPU is not among the speeds"),
    )


@line("Example: hours", "h", exact=True)
def example_hours(example_gpu, speeds, example_row_hours):
    """The hours of its GPU that its money buys."""
    return where(
        listed(example_gpu, speeds),
        lookup(example_gpu, speeds, example_row_hours),
        undefined("its GPU is not among the speeds"),
    )


@line("Example: compute", "FLOP", guarded=True)
def example_flop(example_speed, example_hours, seconds_per_day):
    """What it computes in those hours."""
    return example_speed * example_hours * (seconds_per_day / 24)


@line("Example: loss at the frontier", "nat", guarded=True)
def example_loss(
    example_flop, frontier_loss_scale, frontier_loss_exponent, frontier_loss_floor, frontier_flop
):
    """The lowest loss that its compute reaches."""
    return frontier_loss(
        example_flop,
        frontier_loss_scale,
        frontier_loss_exponent,
        frontier_loss_floor,
        frontier_flop,
    )


@line("Example: size at the frontier", "parameter", exact=True, guarded=True)
def example_best_parameters(
    example_flop, frontier_size_offset, frontier_size_scale, frontier_size_exponent, frontier_flop
):
    """The size that its compute would train best; flat around it."""
    return frontier_size(
        example_flop,
        frontier_size_offset,
        frontier_size_scale,
        frontier_size_exponent,
        frontier_flop,
    )


_tenfold = Heading("What ten times the compute is spent on")


@line("Frontier: size for 10 times the compute", "ratio")
def frontier_size_per_tenfold(frontier_size_exponent):
    """How many times larger the best model is."""
    return power(10, frontier_size_exponent)


@line("Frontier: steps for 10 times the compute", "ratio")
def frontier_steps_per_tenfold(frontier_size_per_tenfold):
    """What is left of the 10, at the same batch."""
    return 10 / frontier_size_per_tenfold


@line("Article: size for 10 times the compute", "ratio")
def article_size_per_tenfold(article_size_exponent):
    """How many times larger the best model is, by the article's fit."""
    return power(10, article_size_exponent)


@line("Article: steps for 10 times the compute", "ratio")
def article_steps_per_tenfold(article_steps_exponent):
    """How many times more steps it takes, by the article's fit."""
    return power(10, article_steps_exponent)


_rows = Heading("The article's example on each GPU, in mode O1")


@line("Speed on the example", "FLOP/s", along="speeds")
def example_row_speed(
    speed_k, speed_o1, example_width, speed_a, example_depth, speed_b, example_batch, speed_c
):
    """How fast the GPU trains the article's model."""
    return (
        speed_k * speed_o1 * power(example_width, speed_a)
        * (example_depth / (example_depth + speed_b)) * power(log(example_batch + 1), speed_c)
    )  # fmt: skip


@line("Hours for its money", "h", along="speeds", exact=True)
def example_row_hours(example_cost, speed_price):
    """The example's money over the price of an hour."""
    return where(beyond(speed_price, 0), example_cost / speed_price, undefined(NONE))


@line("Compute for its money", "FLOP", along="speeds", guarded=True)
def example_row_flop(example_row_speed, example_row_hours, seconds_per_day):
    """The GPU's speed on the example, times the hours its money buys."""
    return example_row_speed * example_row_hours * (seconds_per_day / 24)


@line("Loss for its money", "nat", along="speeds", guarded=True)
def example_row_loss(
    example_row_flop, frontier_loss_scale, frontier_loss_exponent, frontier_loss_floor,
    frontier_flop,
):  # fmt: skip
    """The lowest loss that this compute reaches."""
    return frontier_loss(
        example_row_flop,
        frontier_loss_scale,
        frontier_loss_exponent,
        frontier_loss_floor,
        frontier_flop,
    )
