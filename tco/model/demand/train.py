"""Demand of one training run: four ways to the FLOP, side by side, and the one chosen."""

from tco.lines import *
from tco.model.findings import apart, lacks_input
from tco.model.own.driver import Outcome
from tco.model.published.law import flop_by_law

SECTION = "workload"
PAGE = Page(
    "How much compute the model takes, four ways side by side",
    totals=("flop",),
    title="Demand",
    inputs="Workload",
    place=10,
)
OUTCOME = Outcome("buy_total", "Total to buy")
FRONT = Front(
    tiles=(
        ("gpus", "GPUs bought"),
        ("buy_total", "Total to buy"),
        ("rent_total", "Total to rent, same staff"),
        ("breakeven_runs", "Runs to break even"),
        ("days_needed", "Days needed"),
        ("co2_tonnes", "t CO2e, operational"),
    ),
)

parameters = Given(
    "Parameters", "parameter", above=0, note="All weights of the model, active or not."
)
active_parameters = Given(
    "Active parameters",
    "parameter",
    above=0,
    required=False,
    note="Weights that work on each token, for a mixture of experts; all of them if not given.",
)
tokens = Given(
    "Training tokens",
    "token",
    above=0,
    required=False,
    note="Tokens the model is trained on, repeats included.",
)
data_bytes = Given(
    "Data volume", "byte", above=0, required=False, note="Stored text, before it is repeated."
)
bytes_per_token = Given("Bytes per token", "byte/token", above=0, note="Stored bytes per token.")
epochs = Given(
    "Epochs",
    "ratio",
    above=0,
    note="How often the stored data is seen.",
    off_by="nothing",
)
deadline_days = Given(
    "Deadline",
    "day",
    above=0,
    note="Days from the first training step to the finished model.",
    off_by="nothing",
)
compute_basis = Choice(
    "Compute is taken from",
    "choice",
    options=(
        ("stated", "the FLOP as stated"),
        ("tokens", "parameters and tokens: 6 P D"),
        ("scaled", "a reference model, scaled by parameters"),
        ("data", "the data volume, by bytes per token"),
    ),
    note="Which of the four counts of FLOP below is used.",
)
stated_flop = Given(
    "Stated compute", "FLOP", above=0, required=False, note="Training compute, as a source has it."
)
flop_per_parameter_token = Given(
    "FLOP per parameter and token",
    "FLOP/parameter/token",
    above=0,
    note="Forward pass 2, backward pass 4; recomputation is not counted.",
)
reference_parameters = Given(
    "Reference model: parameters", "parameter", above=0, note="Size of the model scaled from."
)
reference_flop = Given(
    "Reference model: compute", "FLOP", above=0, note="Training compute of the model scaled from."
)
data_mismatch_factor = Given(
    "Data finding beyond",
    "ratio",
    least=1,
    note="A stated data volume off the implied one by more than this factor is a finding.",
)


_bases = Heading("Four ways to the compute")


@line("Parameters at work on each token", "parameter")
def working_parameters(active_parameters, parameters):
    """The active parameters where they are given, else all of them."""
    return known_or(active_parameters, parameters)


@line("Compute from tokens (6 P D)", "FLOP")
def flop_from_tokens(working_parameters, tokens, flop_per_parameter_token):
    """Parameters times tokens times 6, the common law of training compute."""
    return where(
        defined(tokens),
        flop_by_law(flop_per_parameter_token, working_parameters, tokens),
        undefined("no tokens given"),
    )


@line("Compute scaled from a reference model", "FLOP")
def flop_scaled(reference_flop, working_parameters, reference_parameters):
    """The reference model's compute, in proportion to the parameters."""
    return reference_flop * (working_parameters / reference_parameters)


@line("Tokens in the data volume", "token")
def tokens_in_data(data_bytes, bytes_per_token, epochs):
    """Stored bytes over bytes per token, times the epochs."""
    return where(
        defined(data_bytes),
        data_bytes / bytes_per_token * epochs,
        undefined("no data volume given"),
    )


@line("Compute from the data volume", "FLOP", guarded=True)
def flop_from_data(working_parameters, tokens_in_data, flop_per_parameter_token):
    """6 P D, with the tokens that the stored data holds."""
    return flop_by_law(flop_per_parameter_token, working_parameters, tokens_in_data)


_chosen = Heading("The compute chosen")


@line("Training compute", "FLOP")
def flop(compute_basis, stated_flop, flop_from_tokens, flop_scaled, flop_from_data):
    """The compute of the run, by the basis chosen."""
    return chosen(
        compute_basis,
        stated=stated_flop,
        tokens=flop_from_tokens,
        scaled=flop_scaled,
        data=flop_from_data,
    )


_implied = Heading("What it implies")


@line("Tokens this compute implies", "token")
def implied_tokens(flop, flop_per_parameter_token, working_parameters):
    """How many tokens 6 P D spends the compute on."""
    return flop / (flop_per_parameter_token * working_parameters)


@line("Stored data this compute implies", "byte")
def implied_bytes(implied_tokens, bytes_per_token, epochs):
    """The implied tokens as stored bytes."""
    return implied_tokens * bytes_per_token / epochs


@line("Stated data over implied data", "ratio")
def data_ratio(data_bytes, implied_bytes):
    """How many times the data that the compute can use is stated; 1 would be consistent."""
    return where(defined(data_bytes), data_bytes / implied_bytes, undefined("no data volume given"))


@line("Data volume in words", "text")
def data_words(implied_tokens, implied_bytes, data_bytes):
    """The two volumes, spelled out for the finding."""
    return text(
        "the compute implies {} billion tokens, {} TB of text, while {} TB are stated",
        shown(implied_tokens / 1e9, "#,##0"),
        shown(implied_bytes / 1e12, "#,##0.00"),
        where(defined(data_bytes), shown(data_bytes / 1e12, "#,##0.00"), "no"),
    )


@check("The compute basis has its input", guards="compute_basis")
def compute_basis_given(compute_basis, stated_flop, flop_from_tokens, flop_scaled, flop_from_data):
    """A basis can be chosen only when the quantity it starts from is given."""
    key = chosen(
        compute_basis, stated="stated_flop", tokens="tokens", scaled="reference_flop", data="data"
    )
    given = {"stated": stated_flop, "tokens": flop_from_tokens, "scaled": flop_scaled}
    lacking = lacks_input(compute_basis, **given, data=flop_from_data)
    return lacking, text("compute_basis is {}, but {} is not given", compute_basis, key)


@check("Stated data against the compute", kind="alert")
def data_agrees(data_ratio, data_mismatch_factor, data_words):
    """The stated data volume and the one the compute implies are within the factor."""
    return both(defined(data_ratio), apart(data_ratio, data_mismatch_factor)), data_words
