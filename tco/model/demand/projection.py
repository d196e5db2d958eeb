"""Demand of a projection: a published model scaled to its successor, and what that would take.

Long, because a kind is read whole: its inputs, tables, lines and checks, in the order of its sheet.
"""

from tco.lines import *
from tco.model.board import MONEY, OnBoard
from tco.model.demand import train
from tco.model.findings import apart, lacks_input
from tco.model.own.driver import Outcome
from tco.model.published.law import NONE, flop_by_law
from tco.model.run.memory import held_by_each, held_gb

SECTION = "workload"
PAGE = Page(
    "The next model, scaled from the last one: compute, tokens, cost and memory",
    totals=("projected_flop", "projected_cost", "projected_cost_next_chip", "flop"),
    tabular=True,
    title="Demand",
    inputs="Workload",
    place=10,
)
OUTCOME = Outcome("buy_total", "Total to buy")
BOARD = OnBoard(
    decision="projection_asked_words",
    answer="projection_answer",
    leads=("contradiction_sentence", "corpora_sentence", "sized_sentence"),
    amount="projected_cost_next_chip",
    tiles=(
        ("projected_cost_next_chip", "On the next generation", MONEY),
        ("projected_cost", "On the source's own chips", MONEY),
        ("buy_total", "Bought, as sized here", MONEY),
        ("rent_total", "Rented, as sized here", MONEY),
        ("projected_quarters", "Quarters of sales", "0.0"),
        ("corpora_share", "Tokens in the corpora", "0%"),
    ),
    place=1,
)
FRONT = Front(
    tiles=(
        ("projected_cost", "On the source's own chips"),
        ("projected_cost_next_chip", "On the next generation"),
        ("projected_quarters", "Quarters of supply"),
        ("corpora_share", "Of the tokens needed, in the corpora"),
        ("gpus", "GPUs bought"),
        ("buy_total", "Total to buy, as sized here"),
    ),
    excerpts=(
        Excerpt(
            "chip_cases",
            "The next model on two chip generations",
            (
                ("case_cost", "Cost"),
                ("case_speedup", "Speed-up"),
                ("case_quarters", "Quarters of the supplier's revenue"),
            ),
            chart="What the next model costs, by chip generation",
        ),
        Excerpt(
            "zero_stages",
            "Memory on each GPU, by what ZeRO spreads",
            (
                ("zero_example_gb", "ZeRO paper's example"),
                ("zero_paper_gb", "As the paper prints it"),
                ("zero_projected_gb", "The next model"),
                ("zero_projected_fits", "Fits the accelerator"),
            ),
            chart="ZeRO paper's example: memory of a device",
        ),
        Excerpt(
            "corpora",
            "Text there is, of the tokens needed",
            (("corpus_size", "Size"), ("corpus_share", "Of the need")),
            total="corpora_tokens",
            chart="Tokens in each corpus",
        ),
    ),
    resting_on=("from_flop", "to_flop", "from_cost", "next_chip_speedup", "projection_basis"),
)

_FIRST = "The model projected from, which is published."

from_parameters = Given(
    "Last model: parameters", "parameter", above=0, note=f"{_FIRST} All its weights."
)
earlier_parameters = Given(
    "Model before the last: parameters",
    "parameter",
    above=0,
    note="The step from it to the last model is the step that is taken again.",
)
from_tokens = Given(
    "Last model: training tokens", "token", above=0, note="Tokens it was trained on."
)
from_flop = Given(
    "Last model: compute, as the source has it",
    "FLOP",
    above=0,
    note="What the source of the projection takes it for, right or wrong.",
)
paper_flop = Given(
    "Last model: compute, as its own paper has it", "FLOP", above=0, note="To judge the former by."
)
from_cost = Given(
    "Last model: cost of its compute",
    "USD",
    above=0,
    money=True,
    note="What one training run of it cost, on the chips of its time.",
)
to_parameters = Given(
    "Next model: parameters, as stated", "parameter", above=0, note="As the source rounds them."
)
to_flop = Given(
    "Next model: compute, as stated",
    "FLOP",
    above=0,
    note="An input of the source, not a finding: the power law is drawn through it.",
)
stated_tokens = Given(
    "Next model: tokens, as stated",
    "token",
    above=0,
    required=False,
    note="Tokens the source says it needs; if not given, what 6 P D spends the compute on.",
)
data_bytes = Given(
    "Next model: data volume, as stated",
    "byte",
    above=0,
    required=False,
    note="Stored text that the source says those tokens are.",
)
parameters_basis = Choice(
    "Parameters are taken from",
    "choice",
    options=(
        ("stated", "the number as stated"),
        ("scale", "the last step, taken once more"),
    ),
    note="How large the next model is.",
)
projection_basis = Choice(
    "Compute is projected from",
    "choice",
    options=(
        ("stated", "the compute as stated"),
        ("tokens", "parameters and stated tokens: 6 P D"),
        ("law", "the power law through the two stated points"),
    ),
    note="Which compute is priced and sized; cost scales from the last model's on the same basis.",
)
flop_per_parameter_token = train.flop_per_parameter_token
deadline_days = train.deadline_days
compute_mismatch_factor = Given(
    "Compute finding beyond",
    "ratio",
    least=1,
    note="Two counts of one compute that differ by more than this factor are a finding.",
)
source_chip_speedup = Given(
    "Speed-up on the source's own chips", "ratio", above=0, note="1: what all others are over."
)
next_chip_speedup = Given(
    "Speed-up of the next generation",
    "ratio",
    above=0,
    note="Compute per unit of money on it, over that on the chips of the last model.",
)
next_chip_speedup_low = Given(
    "Speed-up of the next generation, low", "ratio", above=0, note="The low end of what is stated."
)
next_chip_speedup_high = Given(
    "Speed-up of the next generation, high",
    "ratio",
    above=0,
    note="The high end of what is stated.",
)
supplier_quarter_revenue = Given(
    "Supplier's data-centre revenue in a quarter",
    "USD",
    above=0,
    money=True,
    note="All that the supplier of the chips sells to data centres in three months.",
)
sample_bytes = Given(
    "Sample of text: bytes", "byte", above=0, note="A filtered crawl, to count bytes per token by."
)
sample_tokens = Given("Sample of text: tokens", "token", above=0, note="The same crawl, in tokens.")
data_parallel_gpus = Given(
    "GPUs the model state is spread over",
    "GPU",
    least=1,
    required=False,
    note="For the memory table; the working fleet if not given.",
)
zero_example_parameters = Given(
    "ZeRO paper's example: parameters", "parameter", above=0, note="Of its Figure 1."
)
zero_example_replicas = Given(
    "ZeRO paper's example: devices", "count", least=1, note="Its degree of data parallelism."
)
zero_paper_0_gb = Given(
    "ZeRO paper: nothing spread", "GB", above=0, note="Memory of one device, as it prints it."
)
zero_paper_1_gb = Given(
    "ZeRO paper: optimizer state spread", "GB", above=0, note="As it prints it."
)
zero_paper_2_gb = Given("ZeRO paper: gradients too", "GB", above=0, note="As it prints it.")
zero_paper_3_gb = Given("ZeRO paper: weights too", "GB", above=0, note="As it prints it.")
zero_print_step_gb = Given(
    "ZeRO paper: last digit", "GB", above=0, note="Half of it is what rounding may hide."
)
zero_device_gb = Given(
    "ZeRO paper: memory of a device", "GB", above=0, note="What its largest models must fit in."
)
zero_replicas = Given(
    "ZeRO paper: devices of its largest model",
    "count",
    least=1,
    note="Its degree of data parallelism, without model parallelism.",
)

corpora = GivenRows(
    "Corpora",
    "Text there is: its tokens, or books, their pages and the tokens of a page.",
    prefix="corpus_",
)
corpus = Given("Corpus", "text", "Name of the corpus.", along="corpora")
corpus_tokens = Given(
    "Tokens", "token", "As counted; if not given, books x pages x tokens.", least=0,
    required=False, along="corpora",
)  # fmt: skip
corpus_books = Given(
    "Books", "book", "How many there are.", least=0, required=False, along="corpora"
)
corpus_pages = Given(
    "Pages of a book", "page/book", "On average.", least=0, required=False, along="corpora"
)
corpus_tokens_per_page = Given(
    "Tokens of a page", "token/page", "On average.", least=0, required=False, along="corpora"
)

chip_cases = Rows(
    (
        ("source's own chips", "What the last model's cost is for", "as stated"),
        ("next generation", "At the speed-up taken", "as taken"),
        ("next generation, low", "At the low end of the stated range", "dearest"),
        ("next generation, high", "At the high end of the stated range", "cheapest"),
    )
)
compute_counts = Rows(
    (
        ("last model: source", "As the source of the projection has it", "input"),
        ("last model: its paper", "As the model's own paper has it", "input"),
        ("last model: 6 P D", "Its parameters and tokens", "computed"),
        ("next model: source", "As the source states it", "input"),
        ("next model: 6 P D", "Its stated parameters and tokens", "computed"),
        ("next model: power law", "Through the source's two points", "computed"),
    )
)
zero_stages = Rows(
    (
        ("nothing spread", "ZeRO stage 0", "Every GPU holds all: 16 bytes per parameter."),
        ("optimizer state", "ZeRO stage 1", "4 bytes per parameter on every GPU, 12 spread."),
        ("gradients too", "ZeRO stage 2", "2 bytes per parameter on every GPU, 14 spread."),
        ("weights too", "ZeRO stage 3", "All 16 bytes per parameter spread."),
    )
)


_size = Heading("The step in size")


@line("Growth of the last step", "ratio")
def last_step(from_parameters, earlier_parameters):
    """How many times the parameters of the model before it the last model has."""
    return from_parameters / earlier_parameters


@line("Growth as stated", "ratio")
def stated_step(to_parameters, from_parameters):
    """How many times the last model's parameters the source projects."""
    return to_parameters / from_parameters


@line("Next model: parameters", "parameter")
def projected_parameters(parameters_basis, to_parameters, from_parameters, last_step):
    """The number as stated, or the last step taken once more."""
    return chosen(parameters_basis, stated=to_parameters, scale=from_parameters * last_step)


@line("Parameters", "parameter")
def parameters(projected_parameters):
    """The parameters that the fleet must hold."""
    return projected_parameters


_compute = Heading("Its compute, three ways")


@line("Exponent of the power law", "exponent")
def law_exponent(to_parameters, from_parameters, to_flop, from_flop):
    """Parameters grow as compute to this power, through the two points as stated."""
    return where(
        both(beyond(to_parameters, from_parameters), beyond(to_flop, from_flop)),
        log(to_parameters / from_parameters) / log(to_flop / from_flop),
        undefined(NONE),
    )


@line("Next model: compute by the power law", "FLOP", guarded=True)
def law_flop(law_exponent, from_flop, projected_parameters, from_parameters):
    """The compute at which the power law has the next model's parameters."""
    return from_flop * power(projected_parameters / from_parameters, 1 / law_exponent)


@line("Next model: compute by 6 P D", "FLOP")
def projected_law_flop(stated_tokens, flop_per_parameter_token, projected_parameters):
    """Its parameters and stated tokens, six FLOP each."""
    return where(
        defined(stated_tokens),
        flop_by_law(flop_per_parameter_token, projected_parameters, stated_tokens),
        undefined(NONE),
    )


@line("Last model: compute by 6 P D", "FLOP")
def from_law_flop(flop_per_parameter_token, from_parameters, from_tokens):
    """Its parameters and tokens, six FLOP each."""
    return flop_by_law(flop_per_parameter_token, from_parameters, from_tokens)


@line("Next model: compute", "FLOP")
def projected_flop(projection_basis, to_flop, projected_law_flop, law_flop):
    """As stated, by 6 P D, or by the power law: by the basis chosen."""
    return chosen(projection_basis, stated=to_flop, tokens=projected_law_flop, law=law_flop)


@line("Last model: compute on the same basis", "FLOP")
def base_flop(projection_basis, from_flop, from_law_flop):
    """What the next model's compute is compared with: like with like."""
    return chosen(projection_basis, stated=from_flop, tokens=from_law_flop, law=from_flop)


@line("Growth in compute", "ratio")
def compute_step(projected_flop, base_flop):
    """How many times the last model's compute the next one takes."""
    return projected_flop / base_flop


@line("Training compute", "FLOP")
def flop(projected_flop):
    """The compute that the fleet is sized for."""
    return projected_flop


@line("Source's compute over the paper's", "ratio")
def from_flop_over_paper(from_flop, paper_flop):
    """1 where the source of the projection has it right."""
    return from_flop / paper_flop


@line("Last model's compute in words", "text")
def from_flop_words(from_flop, seconds_per_day, paper_flop, from_law_flop):
    """The three counts in days of a PFLOP a second, spelled out for the finding."""

    def days(compute):
        return shown(compute / (1e15 * seconds_per_day), "#,##0")

    return text(
        "{} in the source, {} in the paper, {} by 6 P D",
        days(from_flop),
        days(paper_flop),
        days(from_law_flop),
    )


@line("Next model: compute over 6 P D", "ratio", guarded=True)
def projected_over_law(projected_law_flop, projected_flop):
    """1 where the compute, the parameters and the tokens agree with each other."""
    return projected_flop / projected_law_flop


_tokens = Heading("Its tokens, and their bytes")


@line("Tokens this compute implies", "token")
def implied_tokens(flop, flop_per_parameter_token, projected_parameters):
    """How many tokens 6 P D spends the compute on."""
    return flop / (flop_per_parameter_token * projected_parameters)


@line("Next model: tokens", "token")
def projected_tokens(stated_tokens, implied_tokens):
    """The tokens as stated; those that the compute implies where none are."""
    return known_or(stated_tokens, implied_tokens)


@line("Bytes per token of the sample", "byte/token", exact=True)
def sample_bytes_per_token(sample_bytes, sample_tokens):
    """A filtered crawl: its bytes over its tokens."""
    return sample_bytes / sample_tokens


@line("Next model: data volume", "byte")
def projected_bytes(projected_tokens, sample_bytes_per_token):
    """Its tokens, at the bytes per token of the sample."""
    return projected_tokens * sample_bytes_per_token


@line("Bytes per token of the stated volume", "byte/token", exact=True)
def stated_bytes_per_token(data_bytes, projected_tokens):
    """The stated volume over the tokens: near the sample's where the source is consistent."""
    return where(
        defined(data_bytes), data_bytes / projected_tokens, undefined("no data volume given")
    )


@line("Tokens in the corpora", "token")
def corpora_tokens(corpus_counted):
    """All that are listed; they overlap, so there is at most so much."""
    return total(corpus_counted)


@line("Corpora over the need", "share")
def corpora_share(corpora_tokens, projected_tokens):
    """The part of the tokens needed that the corpora hold together, seen once."""
    return corpora_tokens / projected_tokens


@line("Corpora without a size", "count")
def corpora_unsized(corpus_counted, corpus_size):
    """How many have neither tokens nor all of books, pages and tokens of a page."""
    return counted(corpus_counted) - counted(corpus_size)


_cost = Heading("Its cost")


@line("Cost on the source's own chips", "USD")
def projected_cost(from_cost, compute_step):
    """The last model's cost, in proportion to the compute."""
    return from_cost * compute_step


@line("Cost on the next generation of chips", "USD")
def projected_cost_next_chip(projected_cost, next_chip_speedup):
    """The same compute on chips that do more of it for the money."""
    return projected_cost / next_chip_speedup


@line("Quarters of the supplier's revenue", "ratio")
def projected_quarters(projected_cost_next_chip, supplier_quarter_revenue):
    """How many quarters of all its data-centre chips the next model takes."""
    return projected_cost_next_chip / supplier_quarter_revenue


@line("Cost with both models by 6 P D", "USD", guarded=True)
def projected_cost_by_law(projected_law_flop, from_cost, from_law_flop):
    """The last model's cost, in proportion to parameters times tokens: like with like."""
    return from_cost * (projected_law_flop / from_law_flop)


_memory = Heading("Its memory")


@line("GPUs that share the model state", "GPU")
def zero_gpus(data_parallel_gpus, gpus_working):
    """Those given, else the working fleet."""
    return known_or(data_parallel_gpus, gpus_working)


@line("Memory of the next model on each GPU", "GB/GPU")
def zero_gb_per_gpu(resident_gb, sharded_gb, zero_gpus):
    """Weights, gradients and optimizer state at the ZeRO stage chosen; no activations."""
    return resident_gb + sharded_gb / zero_gpus


@line("The same, from the table of stages", "GB/GPU")
def zero_stage_gb(zero_stage, zero_number, zero_projected_gb):
    """The row of the stage chosen."""
    return lookup(zero_stage, zero_number, zero_projected_gb)


@line("Largest model on one device", "parameter")
def largest_alone(zero_device_gb, weight_bytes, gradient_bytes, optimizer_bytes):
    """Nothing spread, on the device of the ZeRO paper; activations taken for nothing."""
    return zero_device_gb * 1e9 / (weight_bytes + gradient_bytes + optimizer_bytes)


@line("Largest model by ZeRO-100B", "parameter")
def largest_spread(zero_device_gb, weight_bytes, gradient_bytes, optimizer_bytes, zero_replicas):
    """Optimizer state and gradients spread over its devices; activations taken for nothing."""
    spread = (gradient_bytes + optimizer_bytes) / zero_replicas
    return zero_device_gb * 1e9 / (weight_bytes + spread)


_cases = Heading("Chip by chip: what the next model costs")


@line("Speed-up", "ratio", along="chip_cases")
def case_speedup(
    source_chip_speedup, next_chip_speedup, next_chip_speedup_low, next_chip_speedup_high
):
    """Compute for the money, over that on the source's own chips."""
    return each(
        source_chip_speedup, next_chip_speedup, next_chip_speedup_low, next_chip_speedup_high
    )


@line("Cost at that speed-up", "USD", along="chip_cases")
def case_cost(projected_cost, case_speedup):
    """The cost on the source's own chips over the speed-up."""
    return projected_cost / case_speedup


@line("Quarters of revenue", "ratio", along="chip_cases")
def case_quarters(case_cost, supplier_quarter_revenue):
    """That cost over what the supplier sells to data centres in a quarter."""
    return case_cost / supplier_quarter_revenue


_counts = Heading("Count by count: the compute of both models")


@line("Compute", "FLOP", along="compute_counts")
def count_flop(from_flop, paper_flop, from_law_flop, to_flop, projected_law_flop, law_flop):
    """From the line or input that holds it."""
    return each(from_flop, paper_flop, from_law_flop, to_flop, projected_law_flop, law_flop)


@line("The same in days", "PFLOP/s*day", along="compute_counts", guarded=True)
def count_pflops_days(count_flop, seconds_per_day):
    """The days that it takes at one PFLOP a second."""
    return count_flop / (1e15 * seconds_per_day)


@line("The same model by 6 P D", "FLOP", along="compute_counts")
def count_law_flop(from_law_flop, projected_law_flop):
    """6 P D of the model that the count is of, which the count is compared with."""
    last, following = (from_law_flop,) * 3, (projected_law_flop,) * 3
    return each(*last, *following)


@line("Count over 6 P D", "ratio", along="compute_counts", guarded=True)
def count_over_law(count_flop, count_law_flop):
    """1 where the count agrees with parameters and tokens."""
    return count_flop / count_law_flop


_zero = Heading("Stage by stage: memory on each GPU")


@line("Number of the stage", "1", along="zero_stages")
def zero_number():
    """What the stage is called in the ZeRO paper, and chosen by."""
    return each(0, 1, 2, 3)


@line("On every GPU", "byte/parameter", along="zero_stages")
def zero_resident(zero_number, weight_bytes, gradient_bytes, optimizer_bytes):
    """Bytes per parameter that each GPU holds in full."""
    return held_by_each(zero_number, weight_bytes, gradient_bytes, optimizer_bytes)


@line("Spread over the GPUs", "byte/parameter", along="zero_stages")
def zero_spread(weight_bytes, gradient_bytes, optimizer_bytes, zero_resident):
    """Bytes per parameter of which each GPU holds its share."""
    return weight_bytes + gradient_bytes + optimizer_bytes - zero_resident


@line("ZeRO paper's example, computed", "GB", along="zero_stages")
def zero_example_gb(zero_example_parameters, zero_resident, zero_spread, zero_example_replicas):
    """Its parameters times what each device holds of one."""
    held = zero_resident + zero_spread / zero_example_replicas
    return held_gb(zero_example_parameters, held)


@line("ZeRO paper's example, as printed", "GB", along="zero_stages")
def zero_paper_gb(zero_paper_0_gb, zero_paper_1_gb, zero_paper_2_gb, zero_paper_3_gb):
    """What Figure 1 of the ZeRO paper prints for each stage."""
    return each(zero_paper_0_gb, zero_paper_1_gb, zero_paper_2_gb, zero_paper_3_gb)


@line("ZeRO example: computed over printed", "share", along="zero_stages")
def zero_example_gap(zero_example_gb, zero_paper_gb):
    """How far the computed figure lies from the printed one."""
    return zero_example_gb / zero_paper_gb - 1


@row_check(
    "ZeRO example: differs",
    along="zero_stages",
    count=("zero_examples_off", "ZeRO figures that differ from the paper's"),
    first=("zero_first_off", "First ZeRO figure that differs"),
    check=("zero_as_published", "ZeRO's published memory follows"),
    note="The bytes per parameter give the four figures of the ZeRO paper, to its last digit.",
    says="{count} of the four figures differ, first: {first}",
    kind="alert",
)
def zero_example_off(zero_example_gb, zero_paper_gb, zero_print_step_gb):
    """1 where they differ by more than half of the last digit printed."""
    apart = maximum(zero_example_gb - zero_paper_gb, zero_paper_gb - zero_example_gb)
    return unless(at_most(2 * apart, zero_print_step_gb))


@line("Next model, on each GPU", "GB/GPU", along="zero_stages")
def zero_projected_gb(
    projected_parameters, zero_resident, model_parallel_gpus, zero_spread, zero_gpus
):
    """Its parameters times what each GPU holds of one; no activations."""
    held = zero_resident / model_parallel_gpus + zero_spread / zero_gpus
    return held_gb(projected_parameters, held)


@line("Next model: fits the accelerator", "flag", along="zero_stages")
def zero_projected_fits(zero_projected_gb, memory_gb):
    """1 where it is no more than the memory of the accelerator that the fleet is made of."""
    return where(at_most(zero_projected_gb, memory_gb), 1, 0)


_texts = Heading("Corpus by corpus: the text there is")


@line("Tokens, by books and pages", "token", along="corpora", guarded=True)
def corpus_from_books(corpus_books, corpus_pages, corpus_tokens_per_page):
    """Books times pages times tokens of a page, where all three are given."""
    return corpus_books * corpus_pages * corpus_tokens_per_page


@line("Size of the corpus", "token", along="corpora")
def corpus_size(corpus_tokens, corpus_from_books):
    """Its tokens as counted, else by books and pages."""
    return known_or(corpus_tokens, corpus_from_books)


@line("Size, 0 where unknown", "token", along="corpora")
def corpus_counted(corpus_size):
    """The corpus's size in the sum of all, 0 where it is unknown."""
    return known_or(corpus_size, 0)


@line("Of the tokens needed", "share", along="corpora", guarded=True)
def corpus_share(corpus_size, projected_tokens):
    """The part of the next model's tokens that this corpus alone would be."""
    return corpus_size / projected_tokens


# ---- sentences and findings ---------------------------------------------------------------------


@line("What the next model costs, in words", "text", section="summary")
def projection_sentence(projected_cost, currency, projected_cost_next_chip, projected_quarters):
    """The cost on two chip generations, and how much of the supply it takes."""
    return text(
        "The next model costs {} bn {} on the last one's chips, {} bn on newer ones: {} quarters "
        "of the supplier's sales.",
        shown(projected_cost / 1e9, "#,##0.0"),
        currency,
        shown(projected_cost_next_chip / 1e9, "#,##0.0"),
        shown(projected_quarters, "#,##0.0"),
    )


@line("What the projection asks", "text")
def projection_asked_words(projected_cost_next_chip, board_divisor, board_unit):
    """The next model, on the next generation of chips."""
    return text(
        "Decision: plan {} {} for the next model of this family, by the source's own prices",
        shown(projected_cost_next_chip / board_divisor, "#,##0.00"),
        board_unit,
    )


@line("Answer of the projection", "text")
def projection_answer(projected_cost_next_chip, projected_cost, board_divisor, board_unit):
    """The cost on two chip generations."""
    return text(
        "The next model costs {} {} on newer chips, {} on the last model's",
        shown(projected_cost_next_chip / board_divisor, "#,##0.00"),
        board_unit,
        shown(projected_cost / board_divisor, "#,##0.00"),
    )


@line("Where the source contradicts itself, in words", "text", section="summary")
def contradiction_sentence(from_flop_over_paper, projected_cost_by_law, currency):
    """How far the source's compute is off, and the cost with both models counted alike."""
    return text(
        "The source has {} times the compute of the last model's own paper{}",
        shown(from_flop_over_paper, "#,##0.0"),
        where(
            defined(projected_cost_by_law),
            text(
                "; both by 6 P D, the next one costs {} bn {}.",
                shown(projected_cost_by_law / 1e9, "#,##0.0"),
                currency,
            ),
            ".",
        ),
    )


@line("The text it needs, in words", "text", section="summary")
def corpora_sentence(projected_tokens, corpora_tokens, corpora_share):
    """The tokens needed and those that the corpora hold."""
    return text(
        "It needs {} trillion tokens; the corpora listed hold {} trillion, {} of that.",
        shown(projected_tokens / 1e12, "#,##0.0"),
        shown(corpora_tokens / 1e12, "#,##0.0"),
        shown(corpora_share, "0%"),
    )


@line("The estimate against the fleet, in words", "text", section="summary")
def sized_sentence(rent_total, projected_cost_next_chip):
    """The rent of the fleet that is sized here, over the source's cost on the next generation."""
    return where(
        defined(rent_total),
        text(
            "Rented as sized here, this compute costs {} times what the source's prices give for "
            "the next generation.",
            shown(rent_total / projected_cost_next_chip, "#,##0.0"),
        ),
        "As sized here, no rental terms meet the deadline.",
    )


@check("The basis of the projection has its input", guards="projection_basis")
def projection_basis_given(projection_basis, projected_law_flop, law_flop):
    """A basis can be chosen only when the quantity it starts from is there."""
    why = chosen(
        projection_basis,
        stated="it is there",
        tokens="stated_tokens is not given",
        law="the two points do not grow",
    )
    lacking = lacks_input(projection_basis, tokens=projected_law_flop, law=law_flop)
    return lacking, text("projection_basis is {}, but {}", projection_basis, why)


@check("Source's compute of the last model", kind="alert")
def from_flop_as_in_paper(from_flop_over_paper, compute_mismatch_factor, from_flop_words):
    """The source of the projection and the model's own paper agree within the factor."""
    return apart(from_flop_over_paper, compute_mismatch_factor), text(
        "{} times the paper's PFLOP/s-days: {}",
        shown(from_flop_over_paper, "0.0"),
        from_flop_words,
    )


@check("The next model's figures agree", kind="alert")
def projection_agrees(projected_over_law, compute_mismatch_factor):
    """The compute projected is 6 P D of the parameters and tokens stated, within the factor."""
    off = apart(projected_over_law, compute_mismatch_factor)
    return both(defined(projected_over_law), off), text(
        "its compute is {} times what its stated parameters and tokens take by 6 P D",
        shown(projected_over_law, "0.00"),
    )


@check("The defaults are of its size", kind="alert")
def class_of_its_size(class_parameters, projected_parameters):
    """The size that picks the class of defaults is within a factor of ten of the model's."""
    return either(
        beyond(projected_parameters, 10 * class_parameters),
        beyond(class_parameters, 10 * projected_parameters),
    ), text(
        "defaults are those of {} bn parameters, the model has {} bn: give class_parameters",
        shown(class_parameters / 1e9, "#,##0.0"),
        shown(projected_parameters / 1e9, "#,##0.0"),
    )


@check("The text exists", kind="alert")
def corpora_suffice(corpora_tokens, projected_tokens, corpora_share):
    """The corpora listed hold the tokens needed, each seen once."""
    return short_of(corpora_tokens, projected_tokens), text(
        "{} bn tokens are needed, the corpora listed hold {} bn, {}",
        shown(projected_tokens / 1e9, "#,##0"),
        shown(corpora_tokens / 1e9, "#,##0"),
        shown(corpora_share, "0.0%"),
    )


@check("Every corpus has a size")
def corpora_sized(corpora_unsized):
    """Each has its tokens, or books, pages and the tokens of a page."""
    return beyond(corpora_unsized, 0), text(
        "{} of the corpora have neither tokens nor books, pages and tokens_per_page",
        shown(corpora_unsized, "0"),
    )


@check("Speed-up within what is stated", kind="alert")
def speedup_as_stated(next_chip_speedup, next_chip_speedup_low, next_chip_speedup_high):
    """The speed-up taken lies in the range that is stated for it."""
    return either(
        short_of(next_chip_speedup, next_chip_speedup_low),
        beyond(next_chip_speedup, next_chip_speedup_high),
    ), text(
        "{} times, while {} to {} times is stated",
        shown(next_chip_speedup, "0.00"),
        shown(next_chip_speedup_low, "0.00"),
        shown(next_chip_speedup_high, "0.00"),
    )


@check("The stages agree with the fleet")
def zero_stages_agree(zero_stage_gb, zero_gb_per_gpu):
    """The memory at the stage chosen is that stage's row of the table."""
    return unless(same(zero_stage_gb / zero_gb_per_gpu, 1)), text(
        "{} GB a GPU at the stage chosen, {} in its row of the table",
        shown(zero_gb_per_gpu, "#,##0.0"),
        shown(zero_stage_gb, "#,##0.0"),
    )
