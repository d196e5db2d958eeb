"""Demand of measured runs: devices times price times hours, on demand and preemptible."""

from tco.lines import *
from tco.model.board import MONEY, OnBoard
from tco.model.published.law import NONE, printed_beside

SECTION = "workload"
PAGE = Page(
    "What each run costs: devices, price and hours",
    totals=("runs_total",),
    tabular=True,
    title="Demand",
    inputs="Workload",
    place=10,
)
BOARD = OnBoard(
    decision="runs_asked_words",
    answer="runs_answer",
    leads=("runs_beside_words",),
    amount="dearest_run_cost",
    tiles=(
        ("runs_count", "Runs", "0"),
        ("cheapest_run_cost", "The cheapest run", MONEY),
        ("dearest_run_cost", "The dearest run", MONEY),
        ("runs_total", "All rows together", MONEY),
        ("runs_cheapest_total", "Preemptible if offered", MONEY),
        ("run_cost_rows_off", "Published, do not follow", "0"),
    ),
)
FRONT = Front(
    tiles=(
        ("runs_count", "Runs"),
        ("cheapest_run_cost", "The cheapest run"),
        ("dearest_run_cost", "The dearest run"),
        ("runs_total", "All rows, alternatives too"),
        ("runs_cheapest_total", "Preemptible where offered"),
        ("run_cost_rows_off", "Published costs that do not follow"),
    ),
    excerpts=(
        Excerpt(
            "runs",
            "Runs",
            (
                ("run_cost", "Cost"),
                ("hours", "Hours"),
                ("published_cost", "Published"),
                ("run_cost_gap", "Computed over published"),
                ("run_price_of_an_hour", "Price of an hour"),
            ),
            total="runs_total",
            chart="What each run costs to rent",
        ),
    ),
    also_resting_on=("currency",),
    left_out={
        "Fleet": "the hours were measured: no FLOP to size a fleet from",
        "Buy": "the devices are rented, of several kinds, and have no purchase price here",
        "Rent": "each run has a price of its own: the rent stands on Demand, row by row",
        "Energy": "the power of these devices is not given",
    },
)

units = GivenRows("Units", "How a pod, a device, a chip and a core convert; prices are per device.")
unit = Given("Unit", "text", "What devices are counted in.", along="units")
devices_per_unit = Given(
    "Priced devices per unit", "ratio", "What the price is for, in one unit.", above=0,
    along="units",
)  # fmt: skip
chips_per_unit = Given(
    "Chips per unit", "ratio", "Packages.", above=0, required=False, along="units"
)
cores_per_unit = Given("Cores per unit", "ratio", "Cores.", above=0, required=False, along="units")
devices_per_pod = Given(
    "Priced devices per pod", "ratio", "How many are wired together.", above=0, required=False,
    along="units",
)  # fmt: skip

runs = GivenRows("Runs", "What ran, on how many devices, at what price, for how long.")
run = Given("Run", "text", "Name of the run.", along="runs")
devices = Given("Devices", "device", "As the source counts them, in its unit.", above=0,
                along="runs")  # fmt: skip
counted_in = Given(
    "Counted in", "text", "A row of the table of units.", along="runs", names="units"
)
price = Given("Price", "USD/device/h", "Of one priced device, on demand.", least=0, along="runs")
hours = Given("Hours", "h", "From start to end, as measured.", above=0, along="runs")
preemptible_price = Given(
    "Preemptible price", "USD/device/h", "Of a device that can be taken away.", least=0,
    required=False, along="runs",
)  # fmt: skip
against = Given(
    "Compared with", "text", "Another run of the same job.", required=False, along="runs",
    names="runs",
)  # fmt: skip
published_cost = Given(
    "Published cost", "USD", "As the source prints it.", above=0, required=False, along="runs",
    exact=True,
)  # fmt: skip

_all = Heading("All runs")


@line("All rows, on demand", "USD", exact=True)
def runs_total(run_cost):
    """The on-demand cost of every row; rows that are alternatives of one run count each."""
    return total(run_cost)


@line("All runs, preemptible where offered", "USD", exact=True)
def runs_cheapest_total(run_cheapest_cost, run_preemptible_cost):
    """Each run on the cheaper of its two prices; time lost to preemption is left out."""
    return where(
        below(0, counted(run_preemptible_cost)),
        total(run_cheapest_cost),
        undefined("none offered"),
    )


@line("Runs counted", "count")
def runs_count(run_cost):
    """How many runs there are."""
    return counted(run_cost)


@line("All device-hours", "device*h")
def runs_device_hours(run_device_hours):
    """Priced devices times hours, over every run."""
    return total(run_device_hours)


@line("Cost of the cheapest run", "USD", exact=True)
def cheapest_run_cost(run_cost):
    """The lowest of the costs."""
    return lowest(run_cost)


@line("Cost of the dearest run", "USD", exact=True)
def dearest_run_cost(run_cost):
    """The highest of the costs."""
    return highest(run_cost)


@line("Dearest run", "text")
def dearest_run(dearest_run_cost, run_cost, runs):
    """The run that costs most."""
    return lookup(dearest_run_cost, run_cost, runs)


_cost = Heading("Run by run: devices x price x hours")


@line("Priced devices", "device", along="runs", exact=True)
def run_devices(devices, counted_in, units, devices_per_unit):
    """The devices counted, in the unit that the price is for."""
    return devices * lookup(counted_in, units, devices_per_unit)


@line("Device-hours", "device*h", along="runs")
def run_device_hours(run_devices, hours):
    """Priced devices times hours."""
    return run_devices * hours


@line("Cost on demand", "USD", along="runs", exact=True)
def run_cost(run_device_hours, price):
    """Device-hours at the on-demand price."""
    return run_device_hours * price


@line("Cost on preemptible devices", "USD", along="runs", exact=True, guarded=True)
def run_preemptible_cost(run_device_hours, preemptible_price):
    """The same device-hours at the preemptible price; time lost to preemption is not in it."""
    return run_device_hours * preemptible_price


@line("Cost at the cheaper price", "USD", along="runs", exact=True)
def run_cheapest_cost(run_cost, run_preemptible_cost):
    """The preemptible cost where it is offered and lower, else the on-demand cost."""
    return where(defined(run_preemptible_cost), minimum(run_cost, run_preemptible_cost), run_cost)


_time = Heading("Time is a cost too")


@line("Days", "day", along="runs")
def run_days(hours):
    """The hours of the run, over 24."""
    return hours / 24


@line("Cost above the run compared with", "USD", along="runs", exact=True)
def run_cost_above(run_cost, against, runs):
    """What this run costs more than the other one of the same job."""
    other = lookup(against, runs, run_cost)
    return where(picked(against, NONE), undefined(NONE), difference(run_cost, other))


@line("Hours saved against it", "h", along="runs")
def run_hours_saved(hours, against, runs):
    """How much earlier this run is done than the other one."""
    other = lookup(against, runs, hours)
    return where(picked(against, NONE), undefined(NONE), difference(other, hours))


@line("Cost above x hours saved", "USD*h", along="runs", guarded=True)
def run_trade(run_cost_above, run_hours_saved):
    """Above 0 where time is bought, or sold; below 0 where one run is better in both."""
    return run_cost_above * run_hours_saved


@line("Price of an hour", "USD/h", along="runs")
def run_price_of_an_hour(run_trade, run_cost_above, run_hours_saved):
    """What each hour gained costs, or each hour lost saves; compare with an hour of waiting."""
    return where(
        both(defined(run_trade), beyond(run_trade, 0)),
        run_cost_above / run_hours_saved,
        undefined(NONE),
    )


_ladder = Heading("The same devices in other units")


@line("Chips per unit counted", "ratio", along="runs")
def run_unit_chips(counted_in, units, chips_per_unit):
    """Chips in one of what the devices are counted in, from the table of units."""
    return lookup(counted_in, units, chips_per_unit)


@line("Cores per unit counted", "ratio", along="runs")
def run_unit_cores(counted_in, units, cores_per_unit):
    """Cores in one of what the devices are counted in, from the table of units."""
    return lookup(counted_in, units, cores_per_unit)


@line("Devices per pod", "ratio", along="runs")
def run_unit_pod(counted_in, units, devices_per_pod):
    """Priced devices that make a pod, from the table of units."""
    return lookup(counted_in, units, devices_per_pod)


@line("As chips", "device", along="runs", guarded=True)
def run_chips(devices, run_unit_chips):
    """How many packages the devices are."""
    return devices * run_unit_chips


@line("As cores", "device", along="runs", guarded=True)
def run_cores(devices, run_unit_cores):
    """How many cores the devices are."""
    return devices * run_unit_cores


@line("As pods", "device", along="runs", exact=True, guarded=True)
def run_pods(run_devices, run_unit_pod):
    """The part of a pod, or how many pods, that the devices are."""
    return run_devices / run_unit_pod


_published = printed_beside("runs", "run_cost", "published_cost", "cost")


@line("What is asked of the runs", "text")
def runs_asked_words(runs_count, currency):
    """What a measured run costs to rent."""
    return text("Decision: which of {} measured runs to rent, in {}", shown(runs_count, "0"),
                currency)  # fmt: skip


@line("Answer for the runs", "text")
def runs_answer(cheapest_run_cost, dearest_run_cost, currency):
    """From what to what a run costs."""
    return text(
        "A run costs {} to {} {} on demand",
        shown(cheapest_run_cost, "#,##0.00"),
        shown(dearest_run_cost, "#,##0.00"),
        currency,
    )


@line("Which run is the dearest, in words", "text")
def runs_beside_words(dearest_run, run_cost_rows_off):
    """And how many published costs do not follow from their own inputs."""
    return text(
        "The dearest is {}. Published costs that do not follow from their own inputs: {}.",
        dearest_run,
        shown(run_cost_rows_off, "0"),
    )


@line("What the runs cost, in words", "text", section="summary")
def runs_sentence(runs_count, cheapest_run_cost, dearest_run_cost, currency, dearest_run):
    """From what to what a run costs, and which costs most."""
    return text(
        "A run of these {} costs {} to {} {} on demand; the dearest is {}.",
        shown(runs_count, "0"),
        shown(cheapest_run_cost, "#,##0.00"),
        shown(dearest_run_cost, "#,##0.00"),
        currency,
        dearest_run,
    )
