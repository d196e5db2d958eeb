"""Demand of a research programme: a table of experiments, each the sum of its terms.

Long, because a kind is read whole: its inputs, tables, lines and checks, in the order of its sheet.
"""

from typing import Any

from tco.lines import *
from tco.model.board import MONEY, OnBoard
from tco.model.demand import train
from tco.model.findings import not_one
from tco.model.own.driver import Outcome
from tco.model.published.law import printed_beside
from tco.model.run.rate import flop_per_hour

SECTION = "workload"
REQUIRED = ("offer", "on_demand_price")  # its costs are those of hired hours
PAGE = Page(
    "What each experiment costs, and which fit the budget",
    totals=("programme_flop", "programme_cost", "programme_node_months"),
    tabular=True,
    title="Demand",
    inputs="Workload",
    place=10,
)
OUTCOME = Outcome("programme_cost", "Programme")
BOARD = OnBoard(
    decision="programme_asked_words",
    answer="programme_answer",
    leads=("unfit_sentence", "run_answer", "influence_words"),
    amount="programme_cost",
    tiles=(
        ("programme_cost", "The whole programme", MONEY),
        ("fitting_cost", "What fits the budget", MONEY),
        ("fitting_experiments", "Experiments that fit", "0"),
        ("programme_days", "Days on GPUs at hand", "#,##0"),
        ("programme_node_months", "Node-months", "#,##0"),
        ("programme_trainings", "Training runs", "#,##0"),
    ),
    place=1,
)
FRONT = Front(
    tiles=(
        ("programme_cost", "The whole programme"),
        ("programme_trainings", "Training runs"),
        ("programme_node_months", "Node-months"),
        ("programme_days", "Days on the GPUs at hand"),
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

flop_per_parameter_token = train.flop_per_parameter_token
layers = Given("Layers", "count", above=0, note="Depth, the same for every width.", example="24")
sequence_length = Given(
    "Sequence length", "token", above=0, exact=True, note="Tokens of one sequence.", example="2048"
)
vocabulary = Given(
    "Vocabulary", "weight", above=0, note="Rows of the embedding; a weight each.", example="32_000"
)
layer_weights = Given(
    "Weights of a layer per width squared", "weight", above=0,
    note="Attention 4, feed-forward layer 8: each is width times width.",
)  # fmt: skip
weights_per_position = Given(
    "Attention per position, as weights", "weight/token", least=0,
    note="Scores and values over the positions before: each costs what one weight costs.",
)  # fmt: skip
embedding_tables = Given(
    "Embedding tables",
    "ratio",
    least=0,
    note="One going in, one coming out: not shared.",
    off_by="nothing",
)
training_steps = Given(
    "Training steps", "count", above=0, note="Of one experiment's run.", example="50_000"
)
batch_sequences = Given("Sequences per step", "count", above=0, note="Batch size.", example="256")
learning_rates = Given(
    "Learning rates per line", "count", above=0,
    note="How often a swept run is repeated, once for each learning rate.", example="10"
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
    note="How many work at the same time; the fleet sized here if not given.", example="512",
)  # fmt: skip
programme_budget = Given(
    "Budget of the programme", "USD", least=0, required=False,
    note="What may be spent on GPU-hours; no limit where none is given.",
)  # fmt: skip
deadline_days = Given(
    "Deadline",
    "day",
    above=0,
    note="Days from the first run to the last result.",
    off_by="nothing",
)
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
width = Given("Width", "count", "Model dimension.", above=0, along="widths", example="1024")

experiments = GivenRows("Experiments", "What is to be found out, in order of priority.")
experiment = Given("Experiment", "text", "Name of the experiment.", along="experiments")
priority = Given(
    "Priority", "count", "1 is first; of the same priority, the one that is listed first.",
    above=0, along="experiments", example="1"
)  # fmt: skip
published_cost = Given(
    "Published cost", "USD", "As the source prints it.", above=0, required=False, exact=True,
    along="experiments",
)  # fmt: skip
published_node_hours = Given(
    "Published node-hours", "server*h", "As the source prints them.", above=0, required=False,
    exact=True, along="experiments",
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
    "Multiplicity", "count", "Runs at each width, without learning rates; 0 leaves them out.",
    least=0, along="terms", example="4"
)  # fmt: skip
term_per_learning_rate = Choice(
    "Swept over learning rates",
    "flag",
    "1 where each run is repeated for every learning rate.",
    options=((0, "no"), (1, "yes")),
    along="terms",
)
term_first_width = Given(
    "First width", "count", "A row of the widths; the smallest if not given.", above=0,
    required=False, along="terms", example="1024"
)  # fmt: skip
term_last_width = Given(
    "Last width", "count", "A row of the widths; the largest if not given.", above=0,
    required=False, along="terms", example="1024"
)  # fmt: skip
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


@line("Training runs", "count")
def programme_trainings(experiment_trainings):
    """How many models are trained, over all experiments."""
    return total(experiment_trainings)


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
    return known_or(available_gpus, gpus_working)


@line("Days on the GPUs at hand", "day")
def programme_days(programme_gpu_hours, gpus_at_hand):
    """How long the whole programme takes them."""
    return programme_gpu_hours / gpus_at_hand / 24


@line("Experiments that fit", "count")
def fitting_experiments(experiment_fits):
    """How many are within budget and deadline, in order of priority."""
    return total(experiment_fits)


@line("Experiments in all", "count")
def experiment_count(experiment_number):
    """How many experiments the programme has, whether they fit or not."""
    return counted(experiment_number)


@line("Cost of those that fit", "USD")
def fitting_cost(fitting_part):
    """What is spent on the experiments that fit."""
    return total(fitting_part)


@line("Days of those that fit", "day")
def fitting_days(experiment_days, experiment_fits):
    """How long they take, one after the other."""
    return dot(experiment_days, experiment_fits)


@line("Budget left", "USD")
def budget_left(budget_limit, fitting_cost):
    """What the experiments that fit leave of the budget, or of the whole cost without one."""
    return difference(budget_limit, fitting_cost)


@line("Days left", "day")
def days_left(deadline_days, fitting_days):
    """What they leave of the time."""
    return difference(deadline_days, fitting_days)


@line("Left out, though each alone would fit in what is left", "count")
def unfit_affordable(experiment_fits_alone):
    """A change of priority would bring one of these in, at no cost to those that fit."""
    return total(experiment_fits_alone)


@line("First experiment that does not fit", "text")
def first_unfit(fitting_experiments, experiment_count, experiment_place, experiments):
    """The most urgent of those left out."""
    return where(
        below(fitting_experiments, experiment_count),
        lookup(fitting_experiments + 1, experiment_place, experiments),
        "none",
    )


@line("Why it does not", "text")
def first_unfit_why(fitting_experiments, experiment_count, experiment_place, experiment_verdict):
    """Whether it is over budget, too late, or both."""
    return where(
        below(fitting_experiments, experiment_count),
        lookup(fitting_experiments + 1, experiment_place, experiment_verdict),
        "everything fits",
    )


@line("Budget that counts", "USD")
def budget_limit(programme_budget, programme_cost):
    """The budget, or the whole cost where none is given."""
    return known_or(programme_budget, programme_cost)


_widths = Heading("Width by width: size of the model, FLOP per token")


@line("Number of the width", "count", along="widths")
def width_place(width_place):
    """1 for the smallest width, 2 for the next."""
    return previous(width_place) + 1


@row_check(
    "Not above the one before",
    along="widths",
    count=("widths_falling", "Widths that do not rise"),
    first=("first_width_falling", "First width that does not rise"),
    check=("widths_rise", "Widths rise"),
    note="The widths are listed from the smallest to the largest, each once.",
    says="width {first} is not larger than the one before it: list them from small to large",
    guards="widths",
)
def width_falls(width):
    """1 where the width is not larger than the one before: no slice could be told."""
    return touches(width, previous(width)), text("{}", width)


@line("Parameters (P)", "parameter", along="widths", exact=True)
def width_parameters(width, layer_weights, layers, embedding_tables, vocabulary):
    """Layers of weights, and the embeddings."""
    return width * (layer_weights * layers * width + embedding_tables * vocabulary)


@line("FLOP per token (M)", "FLOP/token", along="widths")
def flop_per_token(
    flop_per_parameter_token, width, layers, layer_weights, weights_per_position, sequence_length,
    vocabulary,
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


_running = Heading("Width by width: running totals, whose differences are the slices")


@line("Running total of M", "FLOP/token", along="widths")
def flop_through(flop_through, flop_per_token):
    """Up to and with this width; a slice is the difference of two of these."""
    return previous(flop_through) + flop_per_token


@line("M before it", "FLOP/token", along="widths")
def flop_before(flop_through):
    """The running total without this width."""
    return previous(flop_through)


@line("Running total of P x M", "FLOP*parameter/token", along="widths")
def parameter_flop_through(parameter_flop_through, parameter_flop):
    """Up to and with this width."""
    return previous(parameter_flop_through) + parameter_flop


@line("P x M before it", "FLOP*parameter/token", along="widths")
def parameter_flop_before(parameter_flop_through):
    """The running total without this width."""
    return previous(parameter_flop_through)


_slices = Heading("Term by term: the slice of the widths")


@line("From width", "count", along="terms")
def term_from(term_first_width, width):
    """The first width of the slice, the smallest of all if none is given."""
    return where(defined(term_first_width), term_first_width, lowest(width))


@line("To width", "count", along="terms")
def term_to(term_last_width, width):
    """The last width of the slice, the largest of all if none is given."""
    return where(defined(term_last_width), term_last_width, highest(width))


@line("Widths in the slice", "count", along="terms")
def term_widths(term_from, term_to, width, width_place):
    """From the first to the last, both included."""
    return lookup(term_to, width, width_place) - lookup(term_from, width, width_place) + 1


@row_check(
    "Is no slice of the widths",
    along="terms",
    count=("terms_unsliced", "Terms that are no slice of the widths"),
    first=("first_term_unsliced", "First term that is no slice"),
    check=("terms_are_slices", "Each term is a slice of the widths"),
    note="First and last width are rows of the table of widths, the first not after the last.",
    says="term {first} names a width that is no row of widths, or ends before it begins",
    guards="terms",
)
def term_unsliced(term_from, term_to, width, terms, term_words):
    """1 where the first or the last is no width of the table, or the first is after the last."""
    strange = either(unless(listed(term_from, width)), unless(listed(term_to, width)))
    return either(strange, beyond(term_from, term_to)), text("{} ({})", terms, term_words)


@line("Slice in words", "text", along="terms")
def term_words(term_experiment, term_from, term_to):
    """What the term asks for, for the checks."""
    return text("{}, widths {} to {}", term_experiment, term_from, term_to)


_terms = Heading("Term by term: multiplicity x tokens x a slice of the widths")


@line("Runs at each width", "count", along="terms")
def term_runs(term_multiplicity, term_per_learning_rate, learning_rates):
    """The multiplicity, times the learning rates where they are swept."""
    return term_multiplicity * where(picked(term_per_learning_rate, 1), learning_rates, 1)


def _over_slice(first: Any, last: Any, width: Any, through: Any, before: Any) -> Any:
    """What a slice of the widths sums to: the running total at its last, less that before it."""
    return lookup(last, width, through) - lookup(first, width, before)


@line("Sum of M over the slice", "FLOP/token", along="terms")
def term_flop_per_token(term_from, term_to, width, flop_through, flop_before):
    """The running total of M at the last width, less that before the first."""
    return _over_slice(term_from, term_to, width, flop_through, flop_before)


@line("Sum of P x M over the slice", "FLOP*parameter/token", along="terms")
def term_parameter_flop(term_from, term_to, width, parameter_flop_through, parameter_flop_before):
    """The running total of P x M at the last width, less that before the first."""
    return _over_slice(term_from, term_to, width, parameter_flop_through, parameter_flop_before)


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


_listed = Heading("Term by term: how many models it trains, and whether it is listed once")


@line("Training runs of the term", "count", along="terms")
def term_trainings(term_runs, term_widths):
    """Runs at each width, times the widths."""
    return term_runs * term_widths


@line("First term like it", "text", along="terms")
def term_alike(term_spelled, terms):
    """The number of the first term with the same values: its own where there is none before."""
    return lookup(term_spelled, term_spelled, terms)


@row_check(
    "Repeats another",
    along="terms",
    count=("terms_repeated", "Terms that repeat another"),
    first=("first_term_repeated", "First term that repeats another"),
    check=("terms_listed_once", "Terms are listed once"),
    note="No two terms have the same values: what is listed twice counts twice.",
    says="terms {first} are the same and both count; if that is meant, add their multiplicities",
    kind="alert",
)
def term_repeats(term_alike, terms):
    """1 where a term before it has the same values."""
    return unless(picked(term_alike, terms)), text("{} and {}", term_alike, terms)


@line("The term spelled out", "text", along="terms")
def term_spelled(term_words, term_multiplicity, term_per_learning_rate, term_law):
    """All of its values, to find terms that are alike."""
    return text(
        "{}; {} {} {}", term_words, shown(term_multiplicity, "0.000000"), term_per_learning_rate,
        term_law,
    )  # fmt: skip


_experiments = Heading("Experiment by experiment")


@line("FLOP", "FLOP", along="experiments")
def experiment_flop(term_flop, term_experiment, experiments):
    """The sum of the terms that are part of the experiment."""
    return total_where(term_flop, term_experiment, experiments)


@line("Part of the programme", "share", along="experiments")
def experiment_share(experiment_flop, programme_flop):
    """Its compute over that of the programme."""
    return experiment_flop / programme_flop


@line("GPU-hours", "GPU-h", along="experiments")
def experiment_gpu_hours(experiment_flop, achieved_tflops, availability, seconds_per_day):
    """The hours billed at the achieved rate, time lost included."""
    return experiment_flop / flop_per_hour(seconds_per_day, achieved_tflops, availability)


@line("Node-hours", "server*h", along="experiments", exact=True)
def experiment_node_hours(experiment_gpu_hours, gpus_per_server):
    """GPU-hours as hours of a full server."""
    return experiment_gpu_hours / gpus_per_server


@line("Cost", "USD", along="experiments", exact=True)
def experiment_cost(experiment_gpu_hours, on_demand_price, rent_addon_share):
    """GPU-hours at the on-demand price, add-ons included."""
    return experiment_gpu_hours * on_demand_price * (1 + rent_addon_share)


@line("Training runs of the experiment", "count", along="experiments")
def experiment_trainings(term_trainings, term_experiment, experiments):
    """How many models are trained for it."""
    return total_where(term_trainings, term_experiment, experiments)


@line("Terms of the experiment", "count", along="experiments")
def experiment_terms(experiments, term_experiment):
    """How many terms it is the sum of."""
    return times_listed(experiments, term_experiment)


@row_check(
    "Without a term",
    along="experiments",
    count=("experiments_without_terms", "Experiments without a term"),
    first=("first_without_terms", "First experiment without a term"),
    check=("experiments_have_terms", "Each experiment has a term"),
    note="An experiment without a term would cost nothing.",
    says="experiment {first} has no term: it would cost nothing",
    guards="experiments",
)
def experiment_empty(experiment_terms):
    """1 where nothing says what the experiment trains."""
    return below(experiment_terms, 1)


_order = Heading("Experiment by experiment: the order of priority")


@line("Number in the list", "count", along="experiments")
def experiment_number(experiment_number):
    """The row, which decides between equal priorities."""
    return previous(experiment_number) + 1


@line("One experiment", "count", along="experiments")
def experiment_one(experiment_number):
    """1 in each row, to be counted."""
    return experiment_number - previous(experiment_number)


@line("As urgent or more", "count", along="experiments")
def experiment_ahead(experiment_one, priority):
    """How many experiments have this priority or one before it, itself among them."""
    return total_through(experiment_one, priority, priority)


@line("Order", "count", along="experiments")
def experiment_order(experiment_ahead, experiment_count, experiment_number):
    """By priority, then by number: no two are equal."""
    return experiment_ahead * experiment_count + experiment_number


@line("Place in the order", "count", along="experiments")
def experiment_place(experiment_one, experiment_order):
    """1 for the first, 2 for the next."""
    return total_through(experiment_one, experiment_order, experiment_order)


_fits = Heading("In order of priority: what fits the budget and the time")


@line("Cumulative cost", "USD", along="experiments")
def experiment_cumulative_cost(experiment_cost, experiment_place):
    """This experiment and all before it, by priority."""
    return total_through(experiment_cost, experiment_place, experiment_place)


@line("Days", "day", along="experiments")
def experiment_days(experiment_gpu_hours, gpus_at_hand):
    """The experiment alone, on all the GPUs at hand."""
    return experiment_gpu_hours / gpus_at_hand / 24


@line("Cumulative days", "day", along="experiments")
def experiment_cumulative_days(experiment_days, experiment_place):
    """When the GPUs at hand are done with it and all before it."""
    return total_through(experiment_days, experiment_place, experiment_place)


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


@line("Fits in what is left", "flag", along="experiments")
def experiment_fits_alone(
    experiment_fits, experiment_cost, budget_left, experiment_days, days_left
):
    """1 where it is left out, but alone is within the budget and the days that remain."""
    remains = both(at_most(experiment_cost, budget_left), at_most(experiment_days, days_left))
    return where(both(picked(experiment_fits, 0), remains), 1, 0)


@line("Cost, if it fits", "USD", along="experiments")
def fitting_part(experiment_cost, experiment_fits):
    """The cost of the experiment if it fits, else 0."""
    return experiment_cost * experiment_fits


@line("Verdict", "text", along="experiments")
def experiment_verdict(experiment_affordable, experiment_timely, experiment_fits_alone):
    """Whether it fits, in words, and whether it would in what the others leave."""
    return text(
        "{}, {}{}",
        where(picked(experiment_affordable, 1), "within budget", "over budget"),
        where(picked(experiment_timely, 1), "in time", "too late"),
        where(picked(experiment_fits_alone, 1), "; alone it would fit", ""),
    )


_costs = printed_beside("experiments", "experiment_cost", "published_cost", "cost")
_node_hours = printed_beside(
    "experiments", "experiment_node_hours", "published_node_hours", "node-hour count"
)


@line("GPU-hours against the fleet's", "ratio")
def hours_against_fleet(programme_gpu_hours, gpu_hours):
    """The experiments' hours over the fleet's: 1, since both come from one rate."""
    return programme_gpu_hours / gpu_hours


@check("Something is trained", guards="terms")
def something_trained(programme_trainings):
    """Some term has a multiplicity above 0."""
    return at_most(programme_trainings, 0), text("every multiplicity is 0: nothing is trained")


@check("The programme fits budget and deadline", kind="alert")
def programme_fits(fitting_experiments, experiment_count, first_unfit, first_unfit_why):
    """Every experiment is within the budget and the deadline."""
    return below(fitting_experiments, experiment_count), text(
        "{} of {} experiments fit; the first left out is {}: {}",
        shown(fitting_experiments, "0"),
        shown(experiment_count, "0"),
        first_unfit,
        first_unfit_why,
    )


@check("The GPUs at hand hold the largest model")
def gpus_hold_largest(gpus_at_hand, gpus_for_memory):
    """The memory of the GPUs that the experiments run on is enough for the largest model."""
    return both(defined(gpus_for_memory), beyond(gpus_for_memory, gpus_at_hand)), text(
        "{} GPUs do not hold the largest model; {} would",
        shown(gpus_at_hand, "#,##0"),
        shown(gpus_for_memory, "#,##0"),
    )


@check("The fleet does the programme")
def fleet_does_programme(hours_against_fleet):
    """The GPU-hours of the experiments are those that the fleet is billed for."""
    return not_one(hours_against_fleet, "the experiments take {} times the hours of the fleet")


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


@line("What the programme asks for", "text")
def programme_asked_words(experiment_count, programme_cost, board_divisor, board_unit):
    """All experiments, rented."""
    return text(
        "Decision: approve {} {} to rent GPUs for {} experiments",
        shown(programme_cost / board_divisor, "#,##0.00"),
        board_unit,
        shown(experiment_count, "0"),
    )


@line("Answer for the programme", "text")
def programme_answer(
    fitting_experiments, experiment_count, fitting_cost, board_divisor, board_unit, fitting_days
):
    """How many experiments fit the budget and the days, by priority."""
    return text(
        "The first {} of {} experiments fit: {} {}, {} days",
        shown(fitting_experiments, "0"),
        shown(experiment_count, "0"),
        shown(fitting_cost / board_divisor, "#,##0.00"),
        board_unit,
        shown(fitting_days, "#,##0"),
    )


@line("What fits, in words", "text", section="summary")
def fit_sentence(
    gpus_at_hand, deadline_days, fitting_experiments, fitting_cost, currency, fitting_days
):
    """How many experiments fit, by priority, and what they take."""
    return text(
        "On {} GPUs in {} days the first {} fit the budget: {} M {}, {} days.",
        shown(gpus_at_hand, "#,##0"),
        shown(deadline_days, "#,##0"),
        shown(fitting_experiments, "0"),
        shown(fitting_cost / 1e6, "#,##0.00"),
        currency,
        shown(fitting_days, "#,##0"),
    )


@line("What does not fit, in words", "text", section="summary")
def unfit_sentence(first_unfit, first_unfit_why, programme_days):
    """The first that is left out and why, and how long all would take."""
    return where(
        picked(first_unfit, "none"),
        text("All are done in {} days.", shown(programme_days, "#,##0")),
        text(
            "First left out: {} ({}). All would take {} days.",
            first_unfit,
            first_unfit_why,
            shown(programme_days, "#,##0"),
        ),
    )
