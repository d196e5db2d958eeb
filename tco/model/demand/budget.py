"""Demand of a budget: hours, money, energy or carbon turned round into the model they train.

Twice: by the law of 2020 for one GPU and Transformer-XL on Wikitext-103, and by today's: the
compute-optimal model that the same money trains on rented accelerators.

Long, because a kind is read whole: its inputs, tables, lines and checks, in the order of its sheet.
"""

from typing import Any

from tco.lines import *
from tco.model.board import MONEY, WORDS, OnBoard
from tco.model.demand import train
from tco.model.demand.budget_family import (
    family_size,
    frontier_compute,
    frontier_loss,
    frontier_size,
    speed_at,
)
from tco.model.demand.class_size import optimal_parameters, steps_of_size
from tco.model.findings import lacks_input, not_one
from tco.model.own.driver import Outcome
from tco.model.run.rate import flop_per_hour

SECTION = "workload"
REQUIRED = ("offer", "on_demand_price")  # its costs are those of hired hours
PAGE = Page(
    "What the budget buys: hours, energy, carbon, and the largest model, by two laws",
    totals=("model_parameters", "loss", "flop", "parameters"),
    tabular=True,
    title="Demand",
    inputs="Workload",
    place=10,
)
OUTCOME = Outcome(
    "parameters", "Parameters", "parameter", favours=("reaches most", "reaches least"),
    favoured="parameters",
)  # fmt: skip
FRONT = Front(
    tiles=(
        ("hours", "Hours of one GPU, 2020"),
        ("model_parameters", "Parameters, 2020"),
        ("loss", "Loss, 2020"),
        ("parameters", "Parameters, rented today"),
        ("tokens", "Tokens, rented today"),
        ("best_parameters", "Most on any accelerator"),
    ),
    excerpts=(
        Excerpt(
            "places",
            "The same money, by accelerator",
            (
                ("place_parameters", "Model size"),
                ("place_tokens", "Trained on"),
                ("place_hours", "Rented"),
                ("place_price", "List price"),
                ("place_mfu", "Default MFU"),
            ),
            chart="Parameters that the budget trains",
            names="place_chip",
        ),
    ),
    resting_on=(
        "budget_basis", "cost", "gpu", "amp_mode", "kwh", "co2_kg", "model_width", "model_depth",
        "tokens_per_parameter", "class_parameters",
    ),
)  # fmt: skip

BOARD = OnBoard(
    decision="budget_asked_words",
    answer="budget_answer",
    leads=("today_sentence", "best_chip_sentence", "influence_words"),
    amount="cost",
    tiles=(
        ("cost", "The budget", MONEY),
        ("parameters_words", "Parameters, rented today", WORDS),
        ("tokens_words", "Tokens, rented today", WORDS),
        ("rented_hours", "GPU-hours rented", "#,##0.0"),
        ("rent_total", "Rent in time, with staff", MONEY),
        ("buy_total", "Total to buy instead", MONEY),
    ),
    place=1,
)

budget_basis = Choice(
    "The budget is given in",
    "choice",
    options=(
        ("hours", "hours of one GPU"),
        ("cost", "money"),
        ("kwh", "energy, kWh"),
        ("co2_kg", "carbon, kg CO2e"),
    ),
    note="Which of the four budgets below is the one; the other three follow.",
)
budget_hours = Given(
    "Budget: hours",
    "h",
    "Hours of one GPU.",
    above=0,
    required=False,
    exact=True,
    off_by="nothing",
)
budget_cost = Given(
    "Budget: money",
    "USD",
    "What may be spent on GPU-hours.",
    above=0,
    required=False,
    exact=True,
    off_by="nothing",
)
budget_kwh = Given("Budget: energy", "kWh", "Energy that one GPU may draw.", above=0,
                   required=False, exact=True)  # fmt: skip
budget_co2_kg = Given("Budget: carbon", "kg", "Operational, at the grid's intensity.", above=0,
                      required=False)  # fmt: skip
gpu = Choice("GPU of 2020", "choice", names="speeds", note="A row of the table of speeds.")
amp_mode = Choice(
    "Mixed precision",
    "choice",
    options=(
        ("O0", "single precision throughout"),
        ("O1", "half precision where it is safe"),
        ("O2", "half precision almost everywhere"),
    ),
    note="The mode of automatic mixed precision; O0 is the speed without.",
)
tokens_per_parameter = Given(
    "Tokens per parameter", "token/parameter", "Compute-optimal: both grow alike.", above=0
)
flop_per_parameter_token = train.flop_per_parameter_token
deadline_days = train.deadline_days


_gpu = Heading("One GPU of 2020")


@line("Speed before width and depth", "FLOP/s")
def gpu_rate(gpu, speeds, speed_k, gpu_mode_factor, gpu_batch, speed_c):
    """Scale times the mode's factor times the logarithm of batch + 1, to its exponent."""
    c = lookup(gpu, speeds, speed_c)
    return lookup(gpu, speeds, speed_k) * gpu_mode_factor * power(log(gpu_batch + 1), c)


@line("Mode over single precision", "ratio", exact=True)
def gpu_mode_factor(amp_mode, gpu, speeds, speed_o1, speed_o2):
    """1 without mixed precision, else from the table of speeds."""
    return chosen(
        amp_mode, O0=1, O1=lookup(gpu, speeds, speed_o1), O2=lookup(gpu, speeds, speed_o2)
    )


@line("Exponent of the width", "ratio", exact=True)
def gpu_a(gpu, speeds, speed_a):
    """By which power of the width the GPU is faster, from the table of speeds."""
    return lookup(gpu, speeds, speed_a)


@line("Time outside the layers, in layers", "ratio", exact=True)
def gpu_b(gpu, speeds, speed_b):
    """What a step spends outside the layers, as so many layers, from the table of speeds."""
    return lookup(gpu, speeds, speed_b)


@line("Batch", "count")
def gpu_batch(gpu, speeds, speed_batch):
    """The GPU's best batch."""
    return lookup(gpu, speeds, speed_batch)


@line("Peak", "TFLOP/s")
def gpu_peak(gpu, speeds, speed_peak):
    """From the table of speeds, where it is given."""
    return lookup(gpu, speeds, speed_peak)


@line("Price of an hour", "USD/h")
def gpu_hour_price(gpu, speeds, speed_price, usd_rate):
    """The table's US dollars, converted."""
    return lookup(gpu, speeds, speed_price) * usd_rate


@line("Energy of an hour", "kW", exact=True)
def gpu_kw(gpu, speeds, speed_kw):
    """kWh per hour, from the table of speeds."""
    return lookup(gpu, speeds, speed_kw)


_currencies = Heading("The budget in four currencies")


@line("Hours for the money", "h", exact=True)
def hours_for_cost(budget_cost, gpu_hour_price):
    """The budget over the price of an hour."""
    return where(
        both(defined(budget_cost), beyond(gpu_hour_price, 0)),
        budget_cost / gpu_hour_price,
        undefined("no budget in money"),
    )


@line("Hours for the energy", "h", exact=True)
def hours_for_kwh(budget_kwh, gpu_kw):
    """The budget over the energy of an hour."""
    return where(defined(budget_kwh), budget_kwh / gpu_kw, undefined("no budget in energy"))


@line("Hours for the carbon", "h", exact=True)
def hours_for_co2(budget_co2_kg, gpu_kw, grid_intensity):
    """The budget over the carbon of an hour."""
    return where(
        both(defined(budget_co2_kg), beyond(grid_intensity, 0)),
        budget_co2_kg * 1000 / (gpu_kw * grid_intensity),
        undefined("no budget in carbon"),
    )


@line("Hours", "h", exact=True)
def hours(budget_basis, budget_hours, hours_for_cost, hours_for_kwh, hours_for_co2):
    """Hours of one GPU, by the basis chosen."""
    return chosen(
        budget_basis, hours=budget_hours, cost=hours_for_cost, kwh=hours_for_kwh,
        co2_kg=hours_for_co2,
    )  # fmt: skip


@line("Cost", "USD", exact=True)
def cost(hours, gpu_hour_price):
    """The hours at the price of one."""
    return hours * gpu_hour_price


@line("Energy of the GPU", "kWh", exact=True)
def kwh(hours, gpu_kw):
    """The hours at the energy of one: the GPU's own, without its server."""
    return hours * gpu_kw


@line("Carbon of the GPU", "kg")
def co2_kg(kwh, grid_intensity):
    """That energy at the grid's intensity, operational."""
    return kwh * grid_intensity / 1000


_least = Heading("The least that any model of the family takes")


def _up(amount: Any) -> Any:
    """An amount rounded up to three digits, so that typing it is enough."""
    return ceil(amount * 1000) / 1000


@line("Least hours, rounded up", "h", exact=True)
def least_hours_up(least_hours):
    """The fewest hours that train a model."""
    return _up(least_hours)


@line("Least cost, rounded up", "USD", exact=True)
def least_cost(least_hours, gpu_hour_price):
    """The least hours at the price of one."""
    return _up(least_hours * gpu_hour_price)


@line("Least energy, rounded up", "kWh", exact=True)
def least_kwh(least_hours, gpu_kw):
    """The least hours at the energy of one."""
    return _up(least_hours * gpu_kw)


@line("Least carbon, rounded up", "kg")
def least_co2_kg(least_hours, gpu_kw, grid_intensity):
    """The least hours' energy at the grid's intensity."""
    return _up(least_hours * gpu_kw * grid_intensity / 1000)


@line("The least, in the budget's unit", "text")
def least_words(budget_basis, least_hours_up, least_cost, currency, least_kwh, least_co2_kg):
    """The smallest budget that trains a model."""
    return chosen(
        budget_basis,
        hours=text("{} h", shown(least_hours_up, "#,##0.000")),
        cost=text("{} {}", shown(least_cost, "#,##0.000"), currency),
        kwh=text("{} kWh", shown(least_kwh, "#,##0.000")),
        co2_kg=text("{} kg CO2e", shown(least_co2_kg, "#,##0.000")),
    )


@line("Why there is no model, if there is none", "text")
def too_small(least_hours_up, least_cost, currency):
    """The words that stand where a budget is below the least."""
    return text(
        "too small: the least is {} h ({} {})",
        shown(least_hours_up, "#,##0.000"),
        shown(least_cost, "#,##0.000"),
        currency,
    )


_model = Heading("The largest model of 2020: Transformer-XL on Wikitext-103, one GPU")


@line("Model width", "count", exact=True)
def model_width(budget_margin, solved_width, too_small):
    """The width whose best compute is what the hours give at its own speed."""
    return where(below(0, budget_margin), solved_width, undefined(too_small))


@line("Model depth", "count", exact=True, guarded=True)
def model_depth(model_width, width_per_layer):
    """Width over the width per layer."""
    return model_width / width_per_layer


@line("Model parameters", "parameter", exact=True, guarded=True)
def model_parameters(model_width, model_depth, layer_matrices, layer_vectors, head_vectors):
    """Parameters of the largest model of 2020, embeddings apart."""
    return family_size(model_width, model_depth, layer_matrices, layer_vectors, head_vectors)


@line("Model speed", "FLOP/s", guarded=True)
def model_speed(gpu_rate, model_width, gpu_a, model_depth, gpu_b):
    """How fast the GPU trains it."""
    return speed_at(gpu_rate, model_width, gpu_a, model_depth, gpu_b)


@line("Model compute", "FLOP", guarded=True)
def model_flop(model_speed, hours, seconds_per_day):
    """What the GPU computes for it in the hours, embeddings apart."""
    return model_speed * hours * (seconds_per_day / 24)


@line("Loss", "nat", guarded=True)
def loss(
    model_flop, frontier_loss_scale, frontier_loss_exponent, frontier_loss_floor, frontier_flop
):
    """The lowest validation loss that this compute reaches, in nats per word."""
    return frontier_loss(
        model_flop, frontier_loss_scale, frontier_loss_exponent, frontier_loss_floor, frontier_flop
    )


@line("What the law covers", "text")
def model_scope(model_parameters, frontier_most_parameters):
    """Whether the model is among the sizes that the law of 2020 was fitted on."""
    return where(
        both(defined(model_parameters), beyond(model_parameters, frontier_most_parameters)),
        "far outside the law of 2020",
        "by the law of 2020",
    )


@line("Speed over the GPU's peak", "share")
def model_peak_share(model_speed, gpu_peak):
    """The power law of the speed knows no ceiling; the GPU does."""
    return where(
        both(defined(model_speed), defined(gpu_peak)),
        model_speed / (gpu_peak * 1e12),
        undefined("not known"),
    )


@line("Parameters by the article's law", "parameter", exact=True, guarded=True)
def article_parameters(model_flop, example_flop, example_parameters, article_size_exponent):
    """The article's own example, grown with compute by its own exponent."""
    return example_parameters * power(model_flop / example_flop, article_size_exponent)


_build = Heading("The nearest model that can be built")


@line("Layers to build", "count", guarded=True)
def build_depth(model_depth):
    """The depth to the nearest whole layer, one at least."""
    return maximum(ceil((2 * model_depth - 1) / 2), 1)


@line("Width to build", "count", guarded=True)
def build_width(build_depth, width_per_layer):
    """That many layers' width: a multiple that GPUs like."""
    return build_depth * width_per_layer


@line("Parameters to build", "parameter", exact=True, guarded=True)
def build_parameters(build_width, build_depth, layer_matrices, layer_vectors, head_vectors):
    """Parameters of the model with whole layers, embeddings apart."""
    return family_size(build_width, build_depth, layer_matrices, layer_vectors, head_vectors)


@line("Its compute", "FLOP", guarded=True)
def build_flop(
    build_parameters, frontier_size_offset, frontier_size_scale, frontier_size_exponent,
    frontier_flop,
):  # fmt: skip
    """The compute for which that size is best."""
    return frontier_compute(
        build_parameters,
        frontier_size_offset,
        frontier_size_scale,
        frontier_size_exponent,
        frontier_flop,
    )


@line("Its hours", "h", exact=True, guarded=True)
def build_hours(build_flop, gpu_rate, build_width, gpu_a, build_depth, gpu_b, seconds_per_day):
    """That compute over the speed at its shape."""
    speed = speed_at(gpu_rate, build_width, gpu_a, build_depth, gpu_b)
    return build_flop / speed / (seconds_per_day / 24)


@line("Its cost", "USD", exact=True, guarded=True)
def build_cost(build_hours, gpu_hour_price):
    """Those hours at the price of one; a little off the budget, as the shape is rounded."""
    return build_hours * gpu_hour_price


_today = Heading("The same money today: the compute-optimal model on the accelerator chosen")


@line("GPU-hours the money rents", "GPU-h")
def rented_hours(cost, on_demand_price, rent_addon_share):
    """The cost above over the on-demand price with its add-ons."""
    return cost / (on_demand_price * (1 + rent_addon_share))


@line("Training compute", "FLOP")
def flop(rented_hours, achieved_tflops, availability, seconds_per_day):
    """Those hours at the achieved rate, less the time lost."""
    return rented_hours * flop_per_hour(seconds_per_day, achieved_tflops, availability)


@line("Parameters, compute-optimal", "parameter", exact=True)
def parameters(flop, flop_per_parameter_token, tokens_per_parameter):
    """The size at which the compute pays for that many tokens per parameter."""
    return optimal_parameters(flop, flop_per_parameter_token, tokens_per_parameter)


@line("Steps of size, as computed", "count")
def parameters_level(parameters):
    """0 for a small model, 1 for a medium one, 2 for a large one."""
    return steps_of_size(parameters)


@line("Tokens, compute-optimal", "token")
def tokens(parameters, tokens_per_parameter):
    """Parameters times the tokens per parameter."""
    return parameters * tokens_per_parameter


@line("Tokens this compute implies", "token")
def implied_tokens(flop, flop_per_parameter_token, parameters):
    """How many tokens 6 P D spends the compute on; the same, by another way."""
    return flop / (flop_per_parameter_token * parameters)


@line("By the frontier of 2020", "parameter", exact=True)
def frontier_parameters(
    flop, frontier_size_offset, frontier_size_scale, frontier_size_exponent, frontier_flop
):
    """What the 2020 fit would make of this compute; far outside what it was fitted on."""
    size = frontier_size(flop, frontier_size_offset, frontier_size_scale, frontier_size_exponent,
                         frontier_flop)  # fmt: skip
    return maximum(size, 0)


@line("By the article's law", "parameter", exact=True, guarded=True)
def article_parameters_today(flop, example_flop, example_parameters, article_size_exponent):
    """Its example, 7.41 times larger for each tenfold of compute."""
    return example_parameters * power(flop / example_flop, article_size_exponent)


@line("Steps over the example's, by the article's law", "ratio", guarded=True)
def article_steps_today(flop, example_flop, article_steps_exponent):
    """1.35 times more for each tenfold of compute."""
    return power(flop / example_flop, article_steps_exponent)


@line("What the budget is asked for", "text")
def budget_asked_words(cost, board_divisor, board_unit, chip):
    """The money, and what it is to be spent on."""
    return text("Decision: spend {} {} on one training run, rented on {}",
                shown(cost / board_divisor, "#,##0.00"), board_unit, chip)  # fmt: skip


@line("Parameters, in short", "text")
def parameters_words(parameters):
    """In millions."""
    return text("{} M", shown(parameters / 1e6, "#,##0"))


@line("Tokens, in short", "text")
def tokens_words(tokens):
    """In billions."""
    return text("{} bn", shown(tokens / 1e9, "#,##0.0"))


@line("What the budget trains, in a line", "text")
def budget_answer(cost, board_divisor, board_unit, parameters, tokens, chip):
    """The compute-optimal model for the money, on the accelerator chosen."""
    return text(
        "{} {} trains {} M parameters on {} bn tokens, rented on {}",
        shown(cost / board_divisor, "#,##0.00"),
        board_unit,
        shown(parameters / 1e6, "#,##0"),
        shown(tokens / 1e9, "#,##0.0"),
        chip,
    )


@line("The model of today, in words", "text", section="summary")
def today_sentence(chip, rented_hours, parameters, tokens):
    """The compute-optimal model for the same money on the accelerator chosen."""
    return text(
        "Today the same money rents {} GPU-hours of {}: {} M parameters on {} bn tokens.",
        shown(rented_hours, "#,##0.0"),
        chip,
        shown(parameters / 1e6, "#,##0"),
        shown(tokens / 1e9, "#,##0.0"),
    )


@line("Rent or buy, in words", "text", section="summary")
def rent_or_buy_sentence(rent_cost, rent_option, gpus, buy_total, currency):
    """What the cheapest rent in time and the purchase of the fleet cost."""
    return where(
        defined(rent_cost),
        text(
            "Rent in time ({}): {} {}; to buy {} GPU(s): {} {}.",
            rent_option,
            shown(rent_cost, "#,##0"),
            currency,
            shown(gpus, "#,##0"),
            shown(buy_total, "#,##0"),
            currency,
        ),
        "No terms meet the deadline.",
    )


@line("What the budget buys, in words", "text", section="summary")
def budget_sentence(cost, currency, hours, gpu, kwh, co2_kg):
    """The budget in four currencies."""
    return text(
        "{} {} buy {} h of one {}: {} kWh, {} kg CO2e.",
        shown(cost, "#,##0.00"),
        currency,
        shown(hours, "#,##0.0"),
        gpu,
        shown(kwh, "#,##0.00"),
        shown(co2_kg, "#,##0.00"),
    )


@line("The model of 2020, in words", "text", section="summary")
def model_sentence(model_width, model_parameters, loss, model_scope):
    """The largest model by the law of 2020."""
    return where(
        defined(model_width),
        text(
            "They train {} M parameters, {} wide, to loss {} {}.",
            shown(model_parameters / 1e6, "#,##0"),
            shown(model_width, "#,##0"),
            shown(loss, "0.00"),
            model_scope,
        ),
        "Too little for a model: see Checks.",
    )


@check("The budget basis has its budget", guards="budget_basis")
def budget_basis_given(budget_basis, budget_hours, hours_for_cost, hours_for_kwh, hours_for_co2):
    """A basis can be chosen only when its budget is given, and an hour takes some of it."""
    given = {"hours": budget_hours, "cost": hours_for_cost, "kwh": hours_for_kwh}
    return lacks_input(budget_basis, **given, co2_kg=hours_for_co2), text(
        "budget_basis is {}, but budget_{} is not given, or an hour takes none of it",
        budget_basis,
        budget_basis,
    )


@check("The rental has a price", guards="offer")
def offer_priced(offer, on_demand_price):
    """A budget over a price of 0 has no end."""
    return unless(beyond(on_demand_price, 0)), text(
        "offer {} costs nothing an hour: the budget would have no end", offer
    )


@check("The budget trains a model of the family")
def budget_enough(budget_margin, least_words):
    """The hours are more than the least that any model of the family takes."""
    return unless(below(0, budget_margin)), text(
        "the budget is too small for any model of 2020: the least is {}", least_words
    )


@check("The rent is the budget")
def rent_is_budget(rent_on_demand_cost, cost):
    """Renting on demand, sized and priced on other sheets, comes to the money there was."""
    return not_one(rent_on_demand_cost / cost, "renting costs {} times the budget")


@check("The defaults are of the model's size", kind="alert")
def class_fits(class_level, parameters_level, parameters):
    """The computed size is of the class that default MFU and availability were taken for."""
    return unless(picked(class_level, parameters_level)), text(
        "the model has {} M parameters: set class_parameters to that, for MFU of its size",
        shown(parameters / 1e6, "#,##0"),
    )


@check("The frontier covers the model", kind="alert")
def frontier_covers(model_parameters, frontier_most_parameters):
    """The largest model of 2020 is no larger than those its law was fitted on."""
    return both(
        defined(model_parameters), beyond(model_parameters, frontier_most_parameters)
    ), text(
        "the law of 2020 was fitted on models up to {} M parameters, not on {} M",
        shown(frontier_most_parameters / 1e6, "#,##0"),
        shown(model_parameters / 1e6, "#,##0"),
    )


@check("The GPU can be that fast", kind="alert")
def speed_possible(model_peak_share, gpu):
    """The fitted speed is no more than the GPU's peak."""
    return both(defined(model_peak_share), beyond(model_peak_share, 1)), text(
        "the fitted speed is {} times the peak of the {}: the model of 2020 is out of its reach",
        shown(model_peak_share, "#,##0"),
        gpu,
    )


@check("One GPU is done within a year", kind="alert")
def one_gpu_in_a_year(hours, hours_per_year, gpu):
    """The law of 2020 is of a single GPU, however many hours the budget buys."""
    return beyond(hours / hours_per_year, 1), text(
        "one {} would be busy for {} years: read the rented model instead",
        gpu,
        shown(hours / hours_per_year, "#,##0.0"),
    )


@check("Mixed precision speeds the GPU up", kind="alert")
def mixed_precision_pays(amp_mode, gpu_mode_factor, gpu):
    """The mode chosen is not slower than single precision."""
    return below(gpu_mode_factor, 1), text(
        "mode {} runs the {} at {} of its speed without: choose O0",
        amp_mode,
        gpu,
        shown(gpu_mode_factor, "0%"),
    )
