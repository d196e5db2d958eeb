"""Demand of a pipeline: stages one after the other, each with compute, GPUs, days and labelling.

Long, because a kind is read whole: its inputs, tables, lines and checks, in the order of its sheet.
"""

from tco.lines import *
from tco.model.board import MONEY, OnBoard
from tco.model.demand import train
from tco.model.findings import lacks_input, not_one
from tco.model.own.driver import Outcome
from tco.model.published.law import NONE, flop_by_law
from tco.model.run.memory import gpus_that_hold, held_gb
from tco.model.run.rate import UNCALIBRATED, flop_per_day, flop_per_hour

SECTION = "workload"
REQUIRED = ("offer", "on_demand_price")  # its costs are those of hired hours
PAGE = Page(
    "What each stage takes and costs, and what a model rented by the token would cost",
    totals=("pipeline_cost",),
    tabular=True,
    title="Demand",
    inputs="Workload",
    place=10,
)
OUTCOME = Outcome("pipeline_cost", "All stages")
BOARD = OnBoard(
    decision="pipeline_asked_words",
    answer="pipeline_answer",
    leads=("parts_sentence", "api_sentence", "influence_words"),
    amount="pipeline_cost",
    tiles=(
        ("pipeline_cost", "All stages, with labelling", MONEY),
        ("labelling_cost", "of which labelling", MONEY),
        ("days_needed", "Days, first to last", "#,##0.0"),
        ("gpus_working", "GPUs of the largest stage", "#,##0"),
        ("fleet_busy_share", "Busy, if bought", "0%"),
        ("buy_total", "To buy that fleet", MONEY),
    ),
    place=1,
)
FRONT = Front(
    tiles=(
        ("pipeline_cost", "All stages, rented, with labelling"),
        ("labelling_cost", "of which labelling"),
        ("days_needed", "Days, first to last"),
        ("gpus_working", "GPUs of the largest stage"),
        ("fleet_busy_share", "Busy, if that fleet is bought"),
        ("breakeven_api_price", "Break-even price per 1,000 tokens"),
    ),
    excerpts=(
        Excerpt(
            "stages",
            "Stages",
            (
                ("stage_cost", "Cost"),
                ("stage_gpu_hours", "Billed"),
                ("stage_fleet", "Fleet"),
                ("stage_duration", "Time"),
                ("stage_labelling_cost", "of which labelling"),
            ),
            total="pipeline_cost",
            chart="What each stage costs",
        ),
    ),
    resting_on=(
        "parameters", "api_price_low", "api_price_high", "api_tokens_per_year", "api_years",
    ),
)  # fmt: skip

parameters, active_parameters = train.parameters, train.active_parameters
flop_per_parameter_token = train.flop_per_parameter_token
deadline_days = train.deadline_days
busy_share_least = Given(
    "Idle fleet finding below",
    "share",
    least=0,
    most=1,
    note="A fleet bought for its largest stage and busy less than this is a finding.",
)
api_price_low = Given(
    "Rented model: low price",
    "USD/ktoken",
    above=0,
    money=True,
    note="Of a model rented by the token: the cheap end, for 1,000 tokens.",
)
api_price_high = Given(
    "Rented model: high price",
    "USD/ktoken",
    above=0,
    money=True,
    note="Of a model rented by the token: the dear end, for 1,000 tokens.",
)
api_tokens_per_year = Given(
    "Tokens used in a year",
    "token/year",
    above=0,
    note="What the organisation would send and receive, prompts and answers.",
)
api_years = Given(
    "Years of use", "year", above=0, note="How long the model serves before a better one is due."
)

stages = GivenRows(
    "Stages", "What is trained, one after the other, and what is labelled for it.", prefix="stage_"
)
stage = Given("Stage", "text", "Name of the stage.", along="stages")
stage_basis = Choice(
    "Compute is known from",
    "choice",
    options=(
        ("flop", "the FLOP as stated; GPUs or days beside it"),
        ("tokens", "parameters and tokens: 6 P D; GPUs or days beside it"),
        ("gpu_days", "GPUs and days, both given"),
    ),
    note="What the stage's compute is taken from.",
    along="stages",
)
stage_flop = Given(
    "Stated FLOP", "FLOP", "As a source has it.", above=0, required=False, along="stages"
)
stage_tokens = Given(
    "Tokens", "token", "Read in this stage, repeats included.", above=0, required=False,
    along="stages",
)  # fmt: skip
stage_parameters = Given(
    "Own parameters",
    "parameter",
    "Where the stage trains a model of another size, as a reward model may be.",
    above=0,
    required=False,
    along="stages",
)
stage_flop_per_parameter_token = Given(
    "Own factor",
    "FLOP/parameter/token",
    "More than 6 where a token is generated and judged before it is learnt from.",
    above=0,
    required=False,
    along="stages",
)
stage_gpus = Given(
    "GPUs given", "GPU", "Where given, the days follow.", least=1, required=False, along="stages"
)
stage_days = Given(
    "Days given", "day", "Where only these are given, the GPUs follow, rounded up.", above=0,
    required=False, along="stages",
)  # fmt: skip
stage_wait_days = Given(
    "Days of waiting before it", "day", "For labels, for one.", least=0, along="stages"
)
stage_mfu = Given(
    "Own MFU", "share", "Where the stage reaches another MFU.", above=0, most=1,
    required=False, along="stages",
)  # fmt: skip
stage_items = Given(
    "Items labelled", "item", "Answers written, or comparisons made, by people.", least=0,
    required=False, along="stages",
)  # fmt: skip
stage_item_price = Given(
    "Price of an item", "USD/item", "What one label costs.", least=0, required=False,
    along="stages",
)  # fmt: skip

_all = Heading("All stages, one after the other")


@line("Cost of all stages", "USD")
def pipeline_cost(stage_cost):
    """GPU-hours rented on demand, with add-ons, and labelling; no staff, no failed attempts."""
    return total(stage_cost)


@line("GPU-hours of all stages, rented", "USD")
def stages_compute_cost(stage_compute_cost):
    """The part of the cost that is rented GPU-hours."""
    return total(stage_compute_cost)


@line("Labelling of all stages", "USD")
def labelling_cost(stage_labelling_cost):
    """The part of the cost that is paid to people who label; the same if GPUs are bought."""
    return total(stage_labelling_cost)


@line("Labelling, of the cost", "share")
def labelling_of_cost(labelling_cost, pipeline_cost):
    """Labelling over the cost of all stages."""
    return where(beyond(pipeline_cost, 0), labelling_cost / pipeline_cost, undefined("no cost"))


@line("The largest stage", "text")
def largest_stage(largest_gpu_hours, stage_gpu_hours, stages):
    """The stage of most GPU-hours."""
    return lookup(largest_gpu_hours, stage_gpu_hours, stages)


@line("Largest stage: GPU-hours", "GPU-h")
def largest_gpu_hours(stage_gpu_hours):
    """The most GPU-hours of one stage."""
    return highest(stage_gpu_hours)


@line("Largest stage: days", "day")
def largest_stage_days(largest_gpu_hours, stage_gpu_hours, stage_duration):
    """How long the largest stage takes."""
    return lookup(largest_gpu_hours, stage_gpu_hours, stage_duration)


@line("Largest stage: GPU-hours, of all", "share")
def largest_of_hours(largest_gpu_hours, gpu_hours):
    """The largest stage's GPU-hours over those of all stages."""
    return largest_gpu_hours / gpu_hours


@line("Largest stage: GPU-hours, of the cost", "share")
def largest_of_cost(largest_of_hours, stages_compute_cost, pipeline_cost):
    """What the largest stage's GPU-hours cost, over the cost of all stages."""
    return where(
        beyond(pipeline_cost, 0),
        largest_of_hours * stages_compute_cost / pipeline_cost,
        undefined("no cost"),
    )


@line("Stages counted", "count")
def stages_count(stage_gpu_hours):
    """How many stages there are."""
    return counted(stage_gpu_hours)


_sum = Heading("Compute, GPUs and days of all stages")

working_parameters = train.working_parameters


@line("Training compute", "FLOP")
def flop(stage_compute):
    """The compute of all stages, each by its own basis."""
    return total(stage_compute)


@line("GPU-hours billed", "GPU-h")
def gpu_hours(stage_gpu_hours):
    """The GPU-hours of all stages, each on a fleet of its own."""
    return total(stage_gpu_hours)


@line("GPU-hours that are calibrated", "GPU-h")
def gpu_hours_by_compute(stage_gpu_hours_by_compute):
    """Those that follow from compute at the common MFU; given hours and own MFUs stay."""
    return total(stage_gpu_hours_by_compute)


@line("GPU-hours, low end of the range", "GPU-h")
def gpu_hours_low(hours_calibrated, gpu_hours, gpu_hours_by_compute, calibration_range_factor):
    """Below it, or above the high end, ended one in five of the published runs tried.

    Comparable runs, each left out of its own calibration: see Backtest. Hours that are given, and
    those at a stage's own MFU, have no range.
    """
    less = gpu_hours_by_compute - gpu_hours_by_compute / calibration_range_factor
    return where(picked(hours_calibrated, 1), gpu_hours - less, undefined(UNCALIBRATED))


@line("GPU-hours, high end of the range", "GPU-h")
def gpu_hours_high(hours_calibrated, gpu_hours, gpu_hours_by_compute, calibration_range_factor):
    """The calibrated hours as many times larger as they are smaller at the low end."""
    more = gpu_hours_by_compute * (calibration_range_factor - 1)
    return where(picked(hours_calibrated, 1), gpu_hours + more, undefined(UNCALIBRATED))


@line("Compute that these hours do", "FLOP")
def stages_work(stage_gpu_hours, stage_tflops, availability, seconds_per_day):
    """Useful hours of each stage at its rate, for the check."""
    useful = dot(stage_gpu_hours, stage_tflops)  # TFLOP/s times hours
    return flop_per_hour(seconds_per_day, useful, availability)


@line("GPUs of the largest fleet", "GPU")
def largest_fleet(stage_fleet):
    """The most GPUs that one stage works on."""
    return highest(stage_fleet)


@line("Days of work", "day")
def work_days(stage_duration):
    """The days of all stages, without waiting."""
    return total(stage_duration)


@line("Days of waiting", "day")
def wait_days(stage_wait_days):
    """The days between stages."""
    return total(stage_wait_days)


@line("Days needed", "day")
def days_needed(stage_end_day):
    """The day on which the last stage ends, counted from 0."""
    return highest(stage_end_day)


_api = Heading("Or rent a model by the token; serving one's own costs too and is not in here")


@line("Tokens used in those years", "token")
def api_tokens(api_tokens_per_year, api_years):
    """The tokens of a year, times the years."""
    return api_tokens_per_year * api_years


@line("Bill for them at the low price", "USD")
def api_cost_low(api_tokens, api_price_low):
    """What renting the tokens costs at the cheap end."""
    return api_tokens / 1000 * api_price_low


@line("Bill for them at the high price", "USD")
def api_cost_high(api_tokens, api_price_high):
    """What renting the tokens costs at the dear end."""
    return api_tokens / 1000 * api_price_high


@line("Tokens for the same money, low price", "token")
def breakeven_tokens_low(pipeline_cost, api_price_low):
    """As many tokens rented cost as much as the pipeline: the break-even at the cheap end."""
    return pipeline_cost / api_price_low * 1000


@line("Tokens for the same money, high price", "token")
def breakeven_tokens_high(pipeline_cost, api_price_high):
    """As many tokens rented cost as much as the pipeline: the break-even at the dear end."""
    return pipeline_cost / api_price_high * 1000


@line("Years that they last, low price", "year")
def breakeven_years_low(breakeven_tokens_low, api_tokens_per_year):
    """How long those tokens last; one's own model would have to serve longer, for nothing."""
    return breakeven_tokens_low / api_tokens_per_year


@line("Years that they last, high price", "year")
def breakeven_years_high(breakeven_tokens_high, api_tokens_per_year):
    """How long those tokens last; one's own model would have to serve longer, for nothing."""
    return breakeven_tokens_high / api_tokens_per_year


@line("Price at which both cost the same", "USD/ktoken")
def breakeven_api_price(pipeline_cost, api_tokens):
    """Above this price for 1,000 tokens the rented ones cost more than the pipeline."""
    return pipeline_cost / (api_tokens / 1000)


# ---- stage by stage -----------------------------------------------------------------------------

_compute = Heading("The compute of each stage, three ways, and the one chosen")


@line("Parameters at work", "parameter", along="stages")
def stage_working_parameters(stage_parameters, working_parameters):
    """Of the stage's own model where it has one, else of the model."""
    return known_or(stage_parameters, working_parameters)


@line("Factor taken", "FLOP/parameter/token", along="stages")
def stage_law(stage_flop_per_parameter_token, flop_per_parameter_token):
    """The stage's own where it has one, else the common one."""
    return known_or(stage_flop_per_parameter_token, flop_per_parameter_token)


@line("Achieved rate", "TFLOP/s/GPU", along="stages")
def stage_tflops(stage_mfu, peak_tflops, achieved_tflops):
    """The peak at the stage's own MFU where it has one, else at the common one, calibrated."""
    return where(defined(stage_mfu), peak_tflops * stage_mfu, achieved_tflops)


@line("Compute by tokens", "FLOP", along="stages", guarded=True)
def stage_flop_from_tokens(stage_tokens, stage_law, stage_working_parameters):
    """The factor times the stage's parameters at work and its tokens: 6 P D."""
    return flop_by_law(stage_law, stage_working_parameters, stage_tokens)


@line("Compute by GPU-days", "FLOP", along="stages", guarded=True)
def stage_flop_from_days(stage_gpus, stage_days, seconds_per_day, stage_tflops, availability):
    """What the GPUs do in the days given."""
    rate = flop_per_day(seconds_per_day, stage_tflops, availability)
    return stage_gpus * stage_days * rate


@line("Compute", "FLOP", along="stages")
def stage_compute(stage_basis, stage_flop, stage_flop_from_tokens, stage_flop_from_days):
    """The compute of the stage, by the basis chosen; an error where that is not given."""
    # Times 1: a dash becomes an error, where a total would pass over a text.
    return 1 * chosen(
        stage_basis,
        flop=stage_flop,
        tokens=stage_flop_from_tokens,
        gpu_days=stage_flop_from_days,
    )


_fleets = Heading("The fleet and the days of each stage")


@line("GPU-hours", "GPU-h", along="stages")
def stage_gpu_hours(
    stage_basis, stage_gpus, stage_days, stage_compute, stage_tflops, availability, seconds_per_day
):
    """GPUs times hours, lost time included: as given, or what the compute takes."""
    hours = stage_compute / flop_per_hour(seconds_per_day, stage_tflops, availability)
    return where(picked(stage_basis, "gpu_days"), stage_gpus * stage_days * 24, hours)


@line("GPU-hours by calibration", "GPU-h", along="stages")
def stage_gpu_hours_by_compute(stage_basis, stage_mfu, stage_gpu_hours):
    """The hours where they follow from compute at the common MFU, else 0."""
    own = either(picked(stage_basis, "gpu_days"), defined(stage_mfu))
    return where(own, 0, stage_gpu_hours)


@line("Parameters held", "parameter", along="stages")
def stage_held_parameters(stage_parameters, parameters):
    """Weights of the model that is trained, active or not."""
    return known_or(stage_parameters, parameters)


@line("Memory taken on each GPU", "GB/GPU", along="stages")
def stage_resident_gb(stage_held_parameters, resident_bytes, model_parallel_gpus):
    """What each GPU holds however large the fleet is."""
    return held_gb(stage_held_parameters, resident_bytes) / model_parallel_gpus


@line("GPUs that hold its model", "GPU", along="stages")
def stage_gpus_for_memory(
    stage_resident_gb, memory_gb, stage_held_parameters, sharded_bytes, model_parallel_gpus
):
    """The smallest fleet that holds the model trained whole; one replica where none does."""
    sharded_gb = held_gb(stage_held_parameters, sharded_bytes)
    count = gpus_that_hold(sharded_gb, memory_gb - stage_resident_gb, model_parallel_gpus)
    return where(below(stage_resident_gb, memory_gb), count, model_parallel_gpus)


@line("GPUs", "GPU", along="stages")
def stage_fleet(stage_gpus, stage_gpu_hours, stage_days, stage_gpus_for_memory):
    """As given; else as many as end in the days given and hold the model, rounded up."""
    in_time = ceil(stage_gpu_hours / 24 / stage_days)
    return known_or(stage_gpus, maximum(in_time, stage_gpus_for_memory))


@line("Days", "day", along="stages")
def stage_duration(stage_gpu_hours, stage_fleet):
    """How long the stage takes on its GPUs."""
    return stage_gpu_hours / stage_fleet / 24


@line("Starts on day", "day", along="stages")
def stage_start_day(stage_end_day, stage_wait_days):
    """When the stage before it has ended and the waiting is over; the first day is 0."""
    return previous(stage_end_day) + stage_wait_days


@line("Ends on day", "day", along="stages")
def stage_end_day(stage_start_day, stage_duration):
    """The day it starts and the days it takes."""
    return stage_start_day + stage_duration


_costs = Heading("The cost of each stage: GPU-hours rented on demand, and labelling")


@line("Cost of the GPU-hours", "USD", along="stages")
def stage_compute_cost(stage_gpu_hours, on_demand_price, rent_addon_share):
    """GPU-hours at the on-demand price, add-ons included."""
    return stage_gpu_hours * on_demand_price * (1 + rent_addon_share)


@line("Cost of labelling", "USD", along="stages")
def stage_labelling_cost(stage_items, stage_item_price):
    """Items times the price of one; 0 where the stage has no labelling at all."""
    return where(
        either(defined(stage_items), defined(stage_item_price)), stage_items * stage_item_price, 0
    )


@line("Cost", "USD", along="stages")
def stage_cost(stage_compute_cost, stage_labelling_cost):
    """The stage's GPU-hours rented on demand, and its labelling."""
    return stage_compute_cost + stage_labelling_cost


@line("Of all stages", "share", along="stages")
def stage_cost_share(stage_cost, pipeline_cost):
    """The stage's part of the cost."""
    return where(beyond(pipeline_cost, 0), stage_cost / pipeline_cost, undefined(NONE))


_gaps = Heading("What a stage lacks, does not use, or cannot hold")


@line("No compute", "flag", along="stages")
def stage_without_compute(stage_basis, stage_flop, stage_tokens):
    """1 where the basis is flop or tokens, and that is not given."""
    return where(lacks_input(stage_basis, flop=stage_flop, tokens=stage_tokens), 1, 0)


@line("No GPUs or days", "flag", along="stages")
def stage_without_fleet(stage_basis, stage_gpus, stage_days):
    """1 where neither is given, or by GPU-days not both."""
    neither = both(missing(stage_gpus), missing(stage_days))
    not_both = either(missing(stage_gpus), missing(stage_days))
    return where(either(neither, both(picked(stage_basis, "gpu_days"), not_both)), 1, 0)


@line("Labelling half given", "flag", along="stages")
def stage_half_labelled(stage_items, stage_item_price):
    """1 where there are items without a price, or a price without items."""
    unpriced = both(missing(stage_item_price), unless(missing(stage_items)))
    uncounted = both(missing(stage_items), unless(missing(stage_item_price)))
    return where(either(unpriced, uncounted), 1, 0)


@line("Lacking", "text", along="stages")
def stage_lacking(
    stage_incomplete, stage_basis, stage_without_compute, stage_without_fleet, stage_half_labelled
):
    """What the stage lacks, as the file has its keys."""
    fleetless, by_days = picked(stage_without_fleet, 1), picked(stage_basis, "gpu_days")
    return chosen(
        stage_incomplete,
        0,
        NONE,
        1,
        text(
            "lacks{}{}{}{}",
            where(picked(stage_without_compute, 1), text(" [{}]", stage_basis), ""),
            where(both(fleetless, by_days), " [gpus and days]", ""),
            where(both(fleetless, unless(by_days)), " [gpus or days]", ""),
            where(picked(stage_half_labelled, 1), " [items or item_price]", ""),
        ),
    )


@row_check(
    "Incomplete",
    along="stages",
    count=("stages_incomplete", "Stages incomplete"),
    first=("first_incomplete", "First incomplete stage"),
    check=("stages_complete", "Every stage has its inputs"),
    note="Give flop or tokens by the basis, gpus or days (gpu_days: both), items with item_price.",
    says="stage {first}",
    guards="stages",
)
def stage_incomplete(
    stage_without_compute, stage_without_fleet, stage_half_labelled, stages, stage_lacking
):
    """1 where anything is lacking."""
    lacks = stage_without_compute + stage_without_fleet + stage_half_labelled
    return below(0, lacks), text("{} {}", stages, stage_lacking)


@row_check(
    "Days given that are not used",
    along="stages",
    count=("stages_days_unused", "Stages whose days are not used"),
    first=("first_days_unused", "First stage whose days are not used"),
    check=("stage_days_used", "Days beside GPUs"),
    note="No stage has days that are not used because its GPUs are given too.",
    says="{count} stages have gpus and days beside their compute, so the days are not used: "
    "first {first}",
    kind="alert",
)
def stage_days_unused(stage_basis, stage_gpus, stage_days):
    """1 where GPUs and days are given beside the compute: the GPUs count, the days follow."""
    return both(unless(picked(stage_basis, "gpu_days")), defined(stage_gpus), defined(stage_days))


@row_check(
    "Memory too small",
    along="stages",
    count=("stages_memory_short", "Stages of too little memory"),
    first=("first_memory_short", "First stage of too little memory"),
    check=("stages_hold", "Each stage's GPUs hold its model"),
    note="The model trained whole fits; adapters (LoRA and the like) would need less.",
    says="{count} stages have fewer GPUs than hold the model trained whole: first {first}",
    kind="alert",
)
def stage_memory_short(stage_resident_gb, memory_gb, stage_fleet, stage_gpus_for_memory, stages):
    """1 where the GPUs do not hold the model, trained whole."""
    fewer = below(stage_fleet, stage_gpus_for_memory)
    return either(unless(below(stage_resident_gb, memory_gb)), fewer), text(
        "{}, which takes {}", stages, shown(stage_gpus_for_memory, "#,##0")
    )


# ---- the fleet that would have to be bought -----------------------------------------------------

_fleet = Heading("The fleet of the largest stage")


@line("GPUs needed", "GPU", section="fleet")
def gpus_needed(largest_fleet):
    """The largest stage's GPUs: one fleet for all stages, which follow one another."""
    return largest_fleet


@line("GPUs of that stage that would just be in time", "GPU", exact=True, section="fleet")
def gpus_exact(wait_days, deadline_days, largest_fleet, work_days):
    """The count, with every stage's fleet scaled alike, at which the last stage ends in time."""
    return where(
        below(wait_days, deadline_days),
        largest_fleet * work_days / (deadline_days - wait_days),
        undefined("none: waiting takes longer"),
    )


@line("Busy share of the fleet", "share", section="fleet")
def fleet_busy_share(gpu_hours, gpus_working, days_needed):
    """GPU-hours of all stages over the hours of a fleet that is held from first to last day."""
    return gpu_hours / (gpus_working * days_needed * 24)


# ---- in words -----------------------------------------------------------------------------------


@line("What the stages cost, in words", "text", section="summary")
def pipeline_sentence(stages_count, days_needed, pipeline_cost, currency):
    """Days and cost of all stages."""
    return text(
        "The {} stages end on day {} and cost {} M {}, rented on demand, with labelling.",
        shown(stages_count, "0"),
        shown(days_needed, "#,##0.0"),
        shown(pipeline_cost / 1e6, "#,##0.00"),
        currency,
    )


@line("What the stages ask for", "text")
def pipeline_asked_words(pipeline_cost, board_divisor, board_unit, stages_count):
    """All stages, rented, with labelling."""
    return text(
        "Decision: approve {} {} for {} stages of training, rented on demand",
        shown(pipeline_cost / board_divisor, "#,##0.00"),
        board_unit,
        shown(stages_count, "0"),
    )


@line("Answer for the stages", "text")
def pipeline_answer(stages_count, pipeline_cost, board_divisor, board_unit, days_needed):
    """What they cost and when they end."""
    return text(
        "{} stages cost {} {}, rented, with labelling, and end on day {}",
        shown(stages_count, "0"),
        shown(pipeline_cost / board_divisor, "#,##0.00"),
        board_unit,
        shown(days_needed, "#,##0.0"),
    )


@line("What that cost is, in words", "text", section="summary")
def parts_sentence(labelling_of_cost, largest_of_cost, largest_stage):
    """The largest stage against labelling."""
    return where(
        defined(labelling_of_cost),
        text(
            "Of that, the GPU-hours of {} are {}, and labelling is {}.",
            largest_stage,
            shown(largest_of_cost, "0%"),
            shown(labelling_of_cost, "0%"),
        ),
        "Nothing of it costs anything.",
    )


@line("Renting by the token, in words", "text", section="summary")
def api_sentence(breakeven_years_low, breakeven_years_high, api_tokens_per_year):
    """What the same money buys of a rented model."""
    return text(
        "That money rents a model for {} to {} years at {} bn tokens a year; serving is extra.",
        shown(breakeven_years_high, "#,##0.0"),
        shown(breakeven_years_low, "#,##0.0"),
        shown(api_tokens_per_year / 1e9, "#,##0.0"),
    )


@line("The bought fleet, in words", "text", section="summary")
def busy_sentence(gpus_working, fleet_busy_share, labelling_cost, currency):
    """What buying or renting below does not say: idle time and labelling."""
    return text(
        "Bought for the largest stage, {} GPUs would be busy {} of the time; both ways below leave "
        "labelling out, {} M {}.",
        shown(gpus_working, "#,##0"),
        shown(fleet_busy_share, "0%"),
        shown(labelling_cost / 1e6, "#,##0.00"),
        currency,
    )


# ---- checks -------------------------------------------------------------------------------------


@check("Hours times rate give the compute")
def work_adds_up(stages_work, flop):
    """Useful GPU-hours of each stage at its rate come to the compute of all."""
    return not_one(
        stages_work / flop, "useful hours times the achieved rates are {} times the compute"
    )


@check("Stages cost what their hours cost")
def stages_rent_adds_up(pipeline_cost, rent_on_demand_cost, labelling_cost):
    """The rent on demand of all GPU-hours, with labelling, comes to the cost of all stages."""
    left = pipeline_cost - rent_on_demand_cost - labelling_cost
    # By a millionth of the cost, not of a dollar: sums of large numbers carry noise.
    return either(beyond(left * 1e6, pipeline_cost), beyond(left * -1e6, pipeline_cost)), text(
        "the stages' cost is off their rent on demand and labelling by {}", shown(left, "#,##0")
    )


@check("The fleet is busy", kind="alert")
def fleet_busy(fleet_busy_share, busy_share_least, gpus_working, days_needed):
    """A fleet bought for the largest stage is not idle for most of the other stages."""
    return below(fleet_busy_share, busy_share_least), text(
        "{} GPUs bought for the largest stage are busy {} of the {} days",
        shown(gpus_working, "#,##0"),
        shown(fleet_busy_share, "0%"),
        shown(days_needed, "#,##0.0"),
    )


@check("Low price below high price", kind="alert")
def api_prices_ordered(api_price_low, api_price_high):
    """The cheap end of rented models is not above the dear end."""
    return beyond(api_price_low, api_price_high), text(
        "the low price of a rented model is {}, the high one {}",
        shown(api_price_low, "0.0000"),
        shown(api_price_high, "0.0000"),
    )
