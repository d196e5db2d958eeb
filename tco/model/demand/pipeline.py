"""Demand of a staged pipeline: pre-training, fine-tuning, reward model, reinforcement learning."""

from tco.lines import (
    Choice,
    Excerpt,
    Front,
    Given,
    GivenRows,
    Heading,
    Page,
    below,
    both,
    check,
    chosen,
    counted,
    defined,
    either,
    highest,
    line,
    lookup,
    missing,
    picked,
    previous,
    shown,
    text,
    total,
    where,
)
from tco.model.published import beside

SECTION = "workload"
PAGE = Page(
    "What each stage computes, labels, takes and costs",
    totals=("pipeline_cost", "flop"),
    tabular=True,
)
FRONT = Front(
    tiles=(
        ("pipeline_cost", "All stages, rented"),
        ("pipeline_labelling_cost", "of which labelling"),
        ("pipeline_gpu_hours", "GPU-hours"),
        ("largest_stage_gpus", "GPUs of the largest stage"),
        ("pipeline_end_day", "Days, one after the other"),
    ),
    excerpts=(
        Excerpt(
            "stages",
            "Stages",
            (
                ("stage_cost", "Cost, rented"),
                ("stage_labelling_cost", "of which labelling"),
                ("stage_gpus", "GPUs"),
                ("stage_run_days", "Days"),
                ("stage_gpu_hours", "GPU-hours"),
            ),
            total="pipeline_cost",
            chart="What each stage costs",
        ),
    ),
    resting_on=(
        "on_demand_price", "achieved_tflops", "fleet_busy_share", "deadline_days",
        "api_tokens_per_year", "api_years_low", "api_years_high",
    ),
)  # fmt: skip

flop_per_parameter_token = Given(
    "FLOP per parameter and token",
    "FLOP/parameter/token",
    above=0,
    note="Forward pass 2, backward pass 4; recomputation is not counted.",
)
deadline_days = Given(
    "Deadline", "day", above=0, note="Days from the first stage's start to the last one's end."
)
class_parameters = Given(
    "Size of the models, for defaults", "parameter", above=0,
    note="Picks the class of default MFU, availability and load factor; sizes nothing.",
)  # fmt: skip
busy_share_floor = Given(
    "Fleet busy at least", "share", least=0, most=1,
    note="A bought fleet that works less than this of the pipeline's time is a finding.",
)  # fmt: skip
api_price_low = Given(
    "Price by the token, low", "USD/ktoken", above=0, money=True,
    note="What a provider asks for a thousand tokens of a small model.",
)  # fmt: skip
api_price_high = Given(
    "Price by the token, high", "USD/ktoken", above=0, money=True,
    note="What a provider asks for a thousand tokens of a large model.",
)  # fmt: skip
api_tokens_per_year = Given(
    "Tokens used a year", "token/year", above=0,
    note="What the organisation would have answered by the model.",
)  # fmt: skip

stages = GivenRows("Stages", "One after the other, each with a fleet of its own.", prefix="stage_")
stage = Given("Stage", "text", "Name of the stage.", along="stages")
stage_basis = Choice(
    "Compute from",
    "choice",
    "Which of the columns the stage's compute is taken from.",
    options=(
        ("flop", "the FLOP as stated"),
        ("tokens", "parameters and tokens: 6 P D"),
        ("gpu_days", "GPUs and days"),
    ),
    along="stages",
)
stage_stated_flop = Given("Stated compute", "FLOP", "For the basis flop.", above=0, required=False,
                          along="stages")  # fmt: skip
stage_parameters = Given("Parameters", "parameter", "For the basis tokens.", above=0,
                         required=False, along="stages")  # fmt: skip
stage_tokens = Given("Tokens", "token", "For the basis tokens.", above=0, required=False,
                     along="stages")  # fmt: skip
stage_gpus = Given("GPUs", "GPU", "That work on the stage.", above=0, along="stages")
stage_days = Given("Days stated", "day", "For the basis gpu_days.", above=0, required=False,
                   along="stages")  # fmt: skip
stage_mfu = Given("MFU of the stage", "share", "Where it is not the one of the fleet.", above=0,
                  most=1, required=False, along="stages")  # fmt: skip
stage_wait_days = Given("Wait before", "day", "Between the stage before and this one.", least=0,
                        along="stages")  # fmt: skip
stage_items = Given("Items labelled", "count", "Answers written or compared by people.", above=0,
                    required=False, along="stages")  # fmt: skip
stage_item_price = Given("Price of an item", "USD", "Paid for one.", least=0, required=False,
                         exact=True, along="stages")  # fmt: skip
stage_published_days = Given("Published days", "day", "As the source prints them.", above=0,
                             required=False, along="stages")  # fmt: skip

_all = Heading("All stages")


@line("Cost of the pipeline, rented", "USD")
def pipeline_cost(stage_cost):
    """Every stage: its GPU-hours on demand and its labelling; research staff not included."""
    return total(stage_cost)


@line("Compute of the pipeline, rented", "USD")
def pipeline_compute_cost(stage_compute_cost):
    """The GPU-hours of every stage at the on-demand price."""
    return total(stage_compute_cost)


@line("Labelling of the pipeline", "USD")
def pipeline_labelling_cost(stage_labelling_cost):
    """What people are paid for labels in every stage."""
    return total(stage_labelling_cost)


@line("Labelling of the cost", "share")
def labelling_of_cost(pipeline_labelling_cost, pipeline_cost):
    """Part of the cost that is people's work on the data."""
    return pipeline_labelling_cost / pipeline_cost


@line("GPU-hours of all stages", "GPU-h")
def pipeline_gpu_hours(stage_gpu_hours):
    """What is billed for every stage."""
    return total(stage_gpu_hours)


@line("GPUs of the largest stage", "GPU")
def largest_stage_gpus(stage_gpus):
    """The most that work at the same time."""
    return highest(stage_gpus)


@line("The last stage ends on day", "day")
def pipeline_end_day(stage_end_day):
    """One stage after the other, with the waits between them."""
    return highest(stage_end_day)


@line("Training compute", "FLOP")
def flop(stage_flop):
    """The compute of every stage."""
    return total(stage_flop)


@line("Number of stages", "count")
def stage_count(stage_cost):
    """How many there are."""
    return counted(stage_cost)


@line("Cost of the dearest stage", "USD")
def dearest_stage_cost(stage_cost):
    """The highest of the costs."""
    return highest(stage_cost)


@line("Dearest stage", "text")
def dearest_stage(dearest_stage_cost, stage_cost, stages):
    """The stage that costs most."""
    return lookup(dearest_stage_cost, stage_cost, stages)


_api = Heading("Renting a model by the token instead")


@line("By the token, a year at the low price", "USD/year")
def api_cost_low(api_tokens_per_year, api_price_low):
    """The tokens used a year at the low price."""
    return api_tokens_per_year / 1000 * api_price_low


@line("By the token, a year at the high price", "USD/year")
def api_cost_high(api_tokens_per_year, api_price_high):
    """The tokens used a year at the high price."""
    return api_tokens_per_year / 1000 * api_price_high


@line("Tokens for the pipeline's cost, at the high price", "token")
def api_tokens_high(pipeline_cost, api_price_high):
    """How many tokens the same money buys."""
    return pipeline_cost / api_price_high * 1000


@line("Tokens for the pipeline's cost, at the low price", "token")
def api_tokens_low(pipeline_cost, api_price_low):
    """How many tokens the same money buys."""
    return pipeline_cost / api_price_low * 1000


@line("Years of use that equal it, at the high price", "year")
def api_years_high(pipeline_cost, api_cost_high):
    """From then on a model of one's own is cheaper; serving it, which costs too, is not in it."""
    return pipeline_cost / api_cost_high


@line("Years of use that equal it, at the low price", "year")
def api_years_low(pipeline_cost, api_cost_low):
    """From then on a model of one's own is cheaper; serving it, which costs too, is not in it."""
    return pipeline_cost / api_cost_low


_compute = Heading("Stage by stage: compute and schedule")


@line("Achieved rate of one GPU in it", "TFLOP/s/GPU", along="stages")
def stage_rate(peak_tflops, mfu, stage_mfu):
    """Peak times the stage's MFU, or the fleet's where it has none of its own."""
    return peak_tflops * where(defined(stage_mfu), stage_mfu, mfu)


@line("Compute of the stage", "FLOP", along="stages")
def stage_flop(
    stage_basis, stage_stated_flop, flop_per_parameter_token, stage_parameters, stage_tokens,
    stage_gpus, stage_days, seconds_per_day, stage_rate, availability,
):  # fmt: skip
    """By its basis: as stated, 6 P D, or what the GPUs do in the days."""
    return chosen(
        stage_basis,
        flop=stage_stated_flop,
        tokens=flop_per_parameter_token * stage_parameters * stage_tokens,
        gpu_days=stage_gpus * stage_days * seconds_per_day * stage_rate * 1e12 * availability,
    )


@line("Days of the stage", "day", along="stages")
def stage_run_days(
    stage_basis, stage_days, stage_flop, stage_gpus, stage_rate, availability, seconds_per_day
):
    """As stated for GPUs and days, else the compute over what the GPUs do in a day."""
    rate = stage_gpus * stage_rate * 1e12 * availability * seconds_per_day
    return where(picked(stage_basis, "gpu_days"), stage_days, stage_flop / rate)


@line("GPU-hours of the stage", "GPU-h", along="stages")
def stage_gpu_hours(stage_gpus, stage_run_days):
    """Its GPUs for its days."""
    return stage_gpus * stage_run_days * 24


@line("Starts on day", "day", along="stages")
def stage_start_day(stage_end_day, stage_wait_days):
    """After the stage before, and the wait."""
    return previous(stage_end_day) + stage_wait_days


@line("Ends on day", "day", along="stages")
def stage_end_day(stage_start_day, stage_run_days):
    """Its start and its days."""
    return stage_start_day + stage_run_days


_costs = Heading("Stage by stage: cost")


@line("Compute, rented", "USD", along="stages")
def stage_compute_cost(stage_gpu_hours, on_demand_price, rent_addon_share):
    """GPU-hours at the on-demand price, add-ons included."""
    return stage_gpu_hours * on_demand_price * (1 + rent_addon_share)


@line("Labelling", "USD", along="stages")
def stage_labelling_cost(stage_items, stage_item_price):
    """Items at their price; nothing where nothing is labelled."""
    return where(
        both(defined(stage_items), defined(stage_item_price)), stage_items * stage_item_price, 0
    )


@line("Cost of the stage", "USD", along="stages")
def stage_cost(stage_compute_cost, stage_labelling_cost):
    """Compute and labelling."""
    return stage_compute_cost + stage_labelling_cost


@line("Part of the pipeline", "share", along="stages")
def stage_cost_share(stage_cost, pipeline_cost):
    """The stage's cost over all stages'."""
    return stage_cost / pipeline_cost


@line("Basis without its input", "flag", along="stages")
def stage_without_input(stage_basis, stage_stated_flop, stage_parameters, stage_tokens, stage_days):
    """1 where the quantity that the basis starts from is not given."""
    return where(
        either(
            both(picked(stage_basis, "flop"), missing(stage_stated_flop)),
            both(picked(stage_basis, "tokens"), missing(stage_parameters)),
            both(picked(stage_basis, "tokens"), missing(stage_tokens)),
            both(picked(stage_basis, "gpu_days"), missing(stage_days)),
        ),
        1,
        0,
    )


@line("Items or their price alone", "flag", along="stages")
def stage_half_labelled(stage_items, stage_item_price):
    """1 where one of the two is given and the other is not."""
    return where(
        either(
            both(missing(stage_items), defined(stage_item_price)),
            both(defined(stage_items), missing(stage_item_price)),
        ),
        1,
        0,
    )


globals().update(beside("stages", "stage_run_days", "stage_published_days", "duration"))


@line("Stages without their input", "count")
def stages_without_input(stage_without_input):
    """How many stages lack what their basis starts from."""
    return total(stage_without_input)


@line("First stage without its input", "text")
def first_without_input(stage_without_input, stages, stages_without_input):
    """The first of them."""
    return where(below(0, stages_without_input), lookup(1, stage_without_input, stages), "none")


@line("Stages half labelled", "count")
def stages_half_labelled(stage_half_labelled):
    """How many stages have items without a price, or a price without items."""
    return total(stage_half_labelled)


@line("First stage half labelled", "text")
def first_half_labelled(stage_half_labelled, stages, stages_half_labelled):
    """The first of them."""
    return where(below(0, stages_half_labelled), lookup(1, stage_half_labelled, stages), "none")


_fleet = Heading("The fleet of the largest stage serves all")


@line("GPUs needed", "GPU", section="fleet")
def gpus_needed(largest_stage_gpus):
    """The stages run one after the other, so the largest decides."""
    return largest_stage_gpus


@line("GPUs needed, exactly", "GPU", exact=True, section="fleet")
def gpus_exact(gpus_needed):
    """The same: the count is given, not computed."""
    return gpus_needed


@line("Days needed", "day", section="fleet")
def days_needed(pipeline_end_day):
    """When the last stage ends."""
    return pipeline_end_day


@line("GPU-hours billed", "GPU-h", section="fleet")
def gpu_hours(pipeline_gpu_hours):
    """The stages' own hours; GPUs that wait are not billed when rented."""
    return pipeline_gpu_hours


@line("Fleet busy", "share", section="fleet")
def fleet_busy_share(gpu_hours, gpus_working, days_needed):
    """The stages' hours over those of the whole fleet; a bought fleet idles for the rest."""
    return gpu_hours / (gpus_working * days_needed * 24)


@check("Each stage has what its basis starts from", guards="stages")
def stages_complete(stages_without_input, first_without_input):
    """A basis can be chosen only when the quantity it starts from is given."""
    return below(0, stages_without_input), text(
        "stage {} lacks what its basis starts from: stated_flop, parameters and tokens, or days",
        first_without_input,
    )


@check("Items and their price go together", guards="stages")
def labelling_complete(stages_half_labelled, first_half_labelled):
    """Items without a price would cost nothing."""
    return below(0, stages_half_labelled), text(
        "stage {} has items or item_price, not both", first_half_labelled
    )


@check("A bought fleet is busy", kind="alert")
def fleet_busy(fleet_busy_share, busy_share_floor):
    """The largest stage's fleet is at work for enough of the pipeline's time."""
    return below(fleet_busy_share, busy_share_floor), text(
        "bought for its largest stage, the fleet works {} of the time, less than {}",
        shown(fleet_busy_share, "0%"),
        shown(busy_share_floor, "0%"),
    )


@line("The pipeline, in words", "text", section="summary")
def pipeline_sentence(
    stage_count, pipeline_cost, currency, labelling_of_cost, pipeline_end_day, dearest_stage
):
    """What all stages cost on rented GPUs, how much of it is labelling, and when they end."""
    return text(
        "{} stages cost {} M {} on rented GPUs, {} of it labelling, and end on day {}; {} most.",
        shown(stage_count, "0"),
        shown(pipeline_cost / 1e6, "#,##0.00"),
        currency,
        shown(labelling_of_cost, "0%"),
        shown(pipeline_end_day, "#,##0"),
        dearest_stage,
    )


@line("By the token, in words", "text", section="summary")
def api_sentence(api_years_low, api_years_high):
    """How many years of renting a model by the token the pipeline's cost equals."""
    return text(
        "Renting a model by the token costs as much in {} to {} years; serving one's own is extra.",
        shown(api_years_high, "#,##0.0"),
        shown(api_years_low, "#,##0.0"),
    )
