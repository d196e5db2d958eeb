"""Demand of a research programme: a table of experiments, each the sum of its terms."""

from tco.lines import (
    Choice,
    Excerpt,
    Front,
    Given,
    GivenRows,
    Heading,
    Page,
    at_most,
    below,
    both,
    check,
    chosen,
    counted,
    defined,
    highest,
    line,
    listed,
    lookup,
    picked,
    previous,
    same,
    shown,
    text,
    times_listed,
    total,
    total_through,
    total_where,
    undefined,
    unless,
    where,
)
from tco.model.published import beside

SECTION = "workload"
PAGE = Page(
    "What each experiment costs, and which fit the budget",
    totals=("programme_flop", "programme_cost", "programme_node_months"),
    tabular=True,
)
FRONT = Front(
    tiles=(
        ("programme_cost", "The whole programme"),
        ("programme_flop", "FLOP"),
        ("programme_node_months", "Node-months"),
        ("fitting_experiments", "Experiments that fit"),
        ("fitting_cost", "What those cost"),
    ),
    excerpts=(
        Excerpt(
            "experiments",
            "Experiments",
            (
                ("experiment_cost", "Cost"),
                ("experiment_node_hours", "Node-hours"),
                ("experiment_cumulative_cost", "By priority, cumulative"),
                ("experiment_cumulative_days", "By priority, done after"),
                ("experiment_verdict", "Within budget and deadline"),
            ),
            total="programme_cost",
            chart="What each experiment costs",
        ),
    ),
    resting_on=(
        "learning_rates", "tokens_per_experiment", "on_demand_price", "achieved_tflops",
        "gpus_at_hand", "programme_budget", "deadline_days", "flop_of_comparison",
    ),
)  # fmt: skip

flop_per_parameter_token = Given(
    "FLOP per parameter and token",
    "FLOP/parameter/token",
    above=0,
    note="Forward pass 2, backward pass 4; recomputation is not counted.",
)
layers = Given("Layers", "count", above=0, note="Depth, the same for every width.")
sequence_length = Given(
    "Sequence length", "token", above=0, exact=True, note="Tokens of one sequence."
)
vocabulary = Given("Vocabulary", "weight", above=0, note="Rows of the embedding; a weight each.")
layer_weights = Given(
    "Weights of a layer per width squared", "weight", above=0,
    note="Attention 4, feed-forward layer 8: each is width times width.",
)  # fmt: skip
weights_per_position = Given(
    "Attention per position, as weights", "weight/token", least=0,
    note="Scores and values over the positions before: each costs what one weight costs.",
)  # fmt: skip
embedding_tables = Given(
    "Embedding tables", "ratio", least=0, note="One going in, one coming out: not shared."
)
training_steps = Given("Training steps", "count", above=0, note="Of one experiment's run.")
batch_sequences = Given("Sequences per step", "count", above=0, note="Batch size.")
learning_rates = Given(
    "Learning rates per line", "count", above=0,
    note="How often a swept run is repeated, once for each learning rate.",
)  # fmt: skip
tokens_per_parameter = Given(
    "Tokens per parameter", "token/parameter", above=0,
    note="For terms whose tokens follow the model's size.",
)  # fmt: skip
days_per_month = Given(
    "Days per month", "day/month", above=0, note="Of the month that node-months are counted in."
)
available_gpus = Given(
    "GPUs available", "GPU", above=0, required=False,
    note="How many work on the programme at the same time; the fleet sized here if not given.",
)  # fmt: skip
programme_budget = Given(
    "Budget of the programme", "USD", least=0, required=False,
    note="What may be spent on GPU-hours; no limit where none is given.",
)  # fmt: skip
deadline_days = Given(
    "Deadline", "day", above=0, note="Days from the first run to the last result."
)
class_parameters = Given(
    "Size of the models, for defaults", "parameter", above=0,
    note="Picks the class of default MFU, availability and load factor; sizes nothing.",
)  # fmt: skip
comparison_flop = Given(
    "Compared with: compute",
    "FLOP",
    above=0,
    required=False,
    note="Pre-training of one large model.",
)
comparison_gpus = Given(
    "Compared with: GPUs", "GPU", above=0, required=False, note="A large cluster."
)

widths = GivenRows("Widths", "The widths that models are trained at, smallest first.",
                   numbered=True)  # fmt: skip
width = Given("Width", "count", "Model dimension.", above=0, along="widths")

experiments = GivenRows("Experiments", "What is to be found out, in order of priority.")
experiment = Given("Experiment", "text", "Name of the experiment.", along="experiments")
priority = Given(
    "Priority", "count", "1 is first; what fits is decided in this order.", above=0,
    along="experiments",
)  # fmt: skip
published_cost = Given(
    "Published cost", "USD", "As the source prints it.", above=0, required=False, exact=True,
    along="experiments",
)  # fmt: skip

terms = GivenRows(
    "Terms",
    "Each experiment is the sum of these: how often, over which widths, by which law.",
    prefix="term_",
    numbered=True,
)
term_experiment = Given(
    "Part of experiment", "text", "A row of the experiments.", along="terms", names="experiments"
)
term_multiplicity = Given(
    "Multiplicity", "count", "How many runs at each width, without learning rates.", above=0,
    along="terms",
)  # fmt: skip
term_per_learning_rate = Choice(
    "Swept over learning rates",
    "flag",
    "1 where each run is repeated for every learning rate.",
    options=((0, "no"), (1, "yes")),
    along="terms",
)
term_first_width = Given("First width", "count", "A row of the widths.", above=0, along="terms")
term_last_width = Given("Last width", "count", "A row of the widths.", above=0, along="terms")
term_law = Choice(
    "Law",
    "choice",
    "What is summed over the widths.",
    options=(
        ("M", "the same tokens at every width: M"),
        ("PM", "tokens in proportion to the parameters: P x M"),
    ),
    along="terms",
)

_all = Heading("The whole programme")


@line("Tokens per run", "token")
def tokens_per_experiment(training_steps, batch_sequences, sequence_length):
    """Steps times sequences times their length."""
    return training_steps * batch_sequences * sequence_length


@line("Compute of the programme", "FLOP")
def programme_flop(experiment_flop):
    """The compute of every experiment."""
    return total(experiment_flop)


@line("GPU-hours of the programme", "GPU-h")
def programme_gpu_hours(experiment_gpu_hours):
    """The GPU-hours of every experiment."""
    return total(experiment_gpu_hours)


@line("Cost of the programme", "USD")
def programme_cost(experiment_cost):
    """The GPU-hours of every experiment at the on-demand price."""
    return total(experiment_cost)


@line("Node-months of the programme", "server*month", exact=True)
def programme_node_months(experiment_node_hours, days_per_month):
    """Hours of a full server, in months."""
    return total(experiment_node_hours) / 24 / days_per_month


@line("Compute", "FLOP")
def flop(programme_flop):
    """What the fleet has to do: the whole programme."""
    return programme_flop


@line("Parameters of the largest model", "parameter")
def parameters(width_parameters):
    """The model that has to fit the fleet."""
    return highest(width_parameters)


_ratios = Heading("Beside one large model")


@line("Compute over the model compared with", "share")
def flop_of_comparison(programme_flop, comparison_flop):
    """The programme as a part of that pre-training run."""
    return where(
        defined(comparison_flop), programme_flop / comparison_flop, undefined("nothing is named")
    )


@line("Days on the cluster compared with", "day")
def days_on_comparison(programme_gpu_hours, comparison_gpus):
    """How long that many GPUs would take."""
    return where(
        defined(comparison_gpus),
        programme_gpu_hours / comparison_gpus / 24,
        undefined("nothing is named"),
    )


_next = Heading("With the GPUs, the budget and the time there are")


@line("GPUs at hand", "GPU")
def gpus_at_hand(available_gpus, gpus_working):
    """Those available, else the fleet that meets the deadline."""
    return where(defined(available_gpus), available_gpus, gpus_working)


@line("Days on the GPUs at hand", "day")
def programme_days(programme_gpu_hours, gpus_at_hand):
    """How long the whole programme takes them."""
    return programme_gpu_hours / gpus_at_hand / 24


@line("Experiments that fit", "count")
def fitting_experiments(experiment_fits):
    """How many are within budget and deadline, in order of priority."""
    return total(experiment_fits)


@line("Experiments in all", "count")
def experiment_count(experiment_fits):
    """How many there are."""
    return counted(experiment_fits)


@line("Cost of those that fit", "USD")
def fitting_cost(fitting_part):
    """What is spent on them."""
    return total(fitting_part)


@line("First experiment that does not fit", "text")
def first_unfit(experiment_fits, experiments, fitting_experiments, experiment_count):
    """The first row that does not fit."""
    return where(
        below(fitting_experiments, experiment_count),
        lookup(0, experiment_fits, experiments),
        "none",
    )


@line("Budget that counts", "USD")
def budget_limit(programme_budget, programme_cost):
    """The budget, or the whole cost where none is given."""
    return where(defined(programme_budget), programme_budget, programme_cost)


_widths = Heading("Width by width: size of the model, FLOP per token")


@line("Parameters (P)", "parameter", along="widths", exact=True)
def width_parameters(width, layer_weights, layers, embedding_tables, vocabulary):
    """Layers of weights, and the embeddings."""
    return width * (layer_weights * layers * width + embedding_tables * vocabulary)


@line("FLOP per token (M)", "FLOP/token", along="widths")
def flop_per_token(
    flop_per_parameter_token, width, layers, layer_weights, weights_per_position,
    sequence_length, vocabulary,
):  # fmt: skip
    """Every weight at work on a token, the attention over its sequence and the last layer."""
    attention = weights_per_position * sequence_length
    return (
        flop_per_parameter_token
        * width
        * (layers * (layer_weights * width + attention) + vocabulary)
    )


@line("M over 6 P", "share", along="widths")
def flop_over_law(flop_per_token, flop_per_parameter_token, width_parameters):
    """How much of the common law's 6 P the architecture really does."""
    return flop_per_token / (flop_per_parameter_token * width_parameters)


@line("P x M", "FLOP*parameter/token", along="widths")
def parameter_flop(width_parameters, flop_per_token):
    """For terms whose tokens follow the parameters."""
    return width_parameters * flop_per_token


@line("Running total of M", "FLOP/token", along="widths")
def flop_through(flop_through, flop_per_token):
    """Up to and with this width; a slice is the difference of two of these."""
    return previous(flop_through) + flop_per_token


@line("Running total of P x M", "FLOP*parameter/token", along="widths")
def parameter_flop_through(parameter_flop_through, parameter_flop):
    """Up to and with this width."""
    return previous(parameter_flop_through) + parameter_flop


_terms = Heading("Term by term: multiplicity x tokens x a slice of the widths")


@line("Runs at each width", "count", along="terms")
def term_runs(term_multiplicity, term_per_learning_rate, learning_rates):
    """The multiplicity, times the learning rates where they are swept."""
    return term_multiplicity * where(picked(term_per_learning_rate, 1), learning_rates, 1)


@line("Sum of M over the slice", "FLOP/token", along="terms")
def term_flop_per_token(term_first_width, term_last_width, width, flop_through, flop_per_token):
    """The running total at the last width, less the one before the first."""
    upto = lookup(term_last_width, width, flop_through)
    before = lookup(term_first_width, width, flop_through)
    return upto - before + lookup(term_first_width, width, flop_per_token)


@line("Sum of P x M over the slice", "FLOP*parameter/token", along="terms")
def term_parameter_flop(
    term_first_width, term_last_width, width, parameter_flop_through, parameter_flop
):
    """The running total at the last width, less the one before the first."""
    upto = lookup(term_last_width, width, parameter_flop_through)
    before = lookup(term_first_width, width, parameter_flop_through)
    return upto - before + lookup(term_first_width, width, parameter_flop)


@line("FLOP of one run at every width", "FLOP", along="terms")
def term_flop_once(
    term_law, tokens_per_experiment, term_flop_per_token, tokens_per_parameter, term_parameter_flop
):
    """The tokens, fixed or in proportion to the parameters, times the sum over the slice."""
    return chosen(
        term_law,
        M=tokens_per_experiment * term_flop_per_token,
        PM=tokens_per_parameter * term_parameter_flop,
    )


@line("FLOP of the term", "FLOP", along="terms")
def term_flop(term_runs, term_flop_once):
    """Runs times the FLOP of one."""
    return term_runs * term_flop_once


@line("Is a slice of the widths", "flag", along="terms")
def term_sliced(term_first_width, term_last_width, width):
    """1 where both are widths of the table and the first is not after the last."""
    known = both(listed(term_first_width, width), listed(term_last_width, width))
    return where(both(known, at_most(term_first_width, term_last_width)), 1, 0)


_experiments = Heading("Experiment by experiment")


@line("FLOP", "FLOP", along="experiments")
def experiment_flop(term_flop, term_experiment, experiments):
    """The sum of its terms."""
    return total_where(term_flop, term_experiment, experiments)


@line("GPU-hours", "GPU-h", along="experiments")
def experiment_gpu_hours(experiment_flop, achieved_tflops, availability, seconds_per_day):
    """The hours billed at the achieved rate, time lost included."""
    return experiment_flop / (achieved_tflops * 1e12 * availability * (seconds_per_day / 24))


@line("Node-hours", "server*h", along="experiments", exact=True)
def experiment_node_hours(experiment_gpu_hours, gpus_per_server):
    """Hours of a full server."""
    return experiment_gpu_hours / gpus_per_server


@line("Cost", "USD", along="experiments", exact=True)
def experiment_cost(experiment_gpu_hours, on_demand_price, rent_addon_share):
    """GPU-hours at the on-demand price, add-ons included."""
    return experiment_gpu_hours * on_demand_price * (1 + rent_addon_share)


@line("Terms of the experiment", "count", along="experiments")
def experiment_terms(experiments, term_experiment):
    """How many terms it is the sum of."""
    return times_listed(experiments, term_experiment)


_fits = Heading("In order of priority: what fits the budget and the time")


@line("Cumulative cost", "USD", along="experiments")
def experiment_cumulative_cost(experiment_cost, priority):
    """This experiment and all before it, by priority."""
    return total_through(experiment_cost, priority, priority)


@line("Cumulative days", "day", along="experiments")
def experiment_cumulative_days(experiment_gpu_hours, priority, gpus_at_hand):
    """When the GPUs at hand are done with it and all before it."""
    return total_through(experiment_gpu_hours, priority, priority) / gpus_at_hand / 24


@line("Within the budget", "flag", along="experiments")
def experiment_affordable(experiment_cumulative_cost, budget_limit):
    """1 where the cumulative cost is not above the budget."""
    return where(at_most(experiment_cumulative_cost, budget_limit), 1, 0)


@line("Within the deadline", "flag", along="experiments")
def experiment_timely(experiment_cumulative_days, deadline_days):
    """1 where it is done by the deadline."""
    return where(at_most(experiment_cumulative_days, deadline_days), 1, 0)


@line("Fits", "flag", along="experiments")
def experiment_fits(experiment_affordable, experiment_timely):
    """1 where it is within both."""
    return experiment_affordable * experiment_timely


@line("Verdict", "text", along="experiments")
def experiment_verdict(experiment_affordable, experiment_timely):
    """Whether it fits, in words."""
    return text(
        "{}, {}",
        where(picked(experiment_affordable, 1), "within budget", "over budget"),
        where(picked(experiment_timely, 1), "in time", "too late"),
    )


@line("Of the same priority", "count", along="experiments")
def experiment_rivals(priority):
    """How many experiments have this priority, itself among them."""
    return times_listed(priority, priority)


@line("Cost, if it fits", "USD", along="experiments")
def fitting_part(experiment_cost, experiment_fits):
    """What is spent on it."""
    return experiment_cost * experiment_fits


globals().update(beside("experiments", "experiment_cost", "published_cost", "cost"))


@line("Terms that are no slice of the widths", "count")
def terms_unsliced(term_sliced):
    """How many terms name a width that is none, or end before they begin."""
    return counted(term_sliced) - total(term_sliced)


@line("Experiments without a term", "count")
def experiments_without_terms(experiment_terms):
    """How many experiments would cost nothing because nothing is said of them."""
    return times_listed(0, experiment_terms)


@line("Experiments that share a priority", "count")
def priorities_shared(experiment_rivals):
    """How many experiments have a rival of the same priority; such rivals count together."""
    return counted(experiment_rivals) - times_listed(1, experiment_rivals)


@line("GPU-hours against the fleet's", "ratio")
def hours_against_fleet(programme_gpu_hours, gpu_hours):
    """The experiments' hours over the fleet's: 1, since both come from one rate."""
    return programme_gpu_hours / gpu_hours


@check("Each term is a slice of the widths", guards="terms")
def terms_are_slices(terms_unsliced):
    """First and last width are rows of the table of widths, the first not after the last."""
    return below(0, terms_unsliced), text(
        "{} terms name a width that is no row of widths, or end before they begin",
        shown(terms_unsliced, "0"),
    )


@check("Each experiment has a term", guards="experiments")
def experiments_have_terms(experiments_without_terms):
    """An experiment without a term would cost nothing."""
    return below(0, experiments_without_terms), text(
        "{} experiments have no term: they would cost nothing",
        shown(experiments_without_terms, "0"),
    )


@check("Priorities are distinct", kind="alert")
def priorities_distinct(priorities_shared):
    """Experiments of one priority are counted together, so both fit or neither."""
    return below(0, priorities_shared), text(
        "{} experiments share a priority and are counted together", shown(priorities_shared, "0")
    )


@check("The fleet does the programme")
def fleet_does_programme(hours_against_fleet):
    """The GPU-hours of the experiments are those that the fleet is billed for."""
    return unless(same(hours_against_fleet, 1)), text(
        "the experiments take {} times the hours of the fleet", shown(hours_against_fleet, "0.000")
    )


@line("The programme, in words", "text", section="summary")
def programme_sentence(
    experiment_count, programme_cost, currency, programme_flop, programme_node_months
):
    """What all experiments cost and how much compute they are."""
    return text(
        "The {} experiments cost {} M {} on rented GPUs: {} x 10^24 FLOP, {} node-months.",
        shown(experiment_count, "0"),
        shown(programme_cost / 1e6, "#,##0.00"),
        currency,
        shown(programme_flop / 1e24, "#,##0.00"),
        shown(programme_node_months, "#,##0"),
    )


@line("What fits, in words", "text", section="summary")
def fit_sentence(fitting_experiments, fitting_cost, gpus_at_hand, programme_days, first_unfit):
    """How many experiments fit, and how long all would take."""
    return text(
        "{} fit the budget and the deadline, for {} M; all take {} days on {} GPUs. Not in: {}.",
        shown(fitting_experiments, "0"),
        shown(fitting_cost / 1e6, "#,##0.00"),
        shown(programme_days, "#,##0"),
        shown(gpus_at_hand, "#,##0"),
        first_unfit,
    )
