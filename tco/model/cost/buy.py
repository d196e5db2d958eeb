"""Buy: what it costs to own the fleet for one run."""

from tco.lines import *

SECTION = "buy"
PAGE = Page("What it costs to own the fleet for this run", totals=("buy_total",), place=30)
FRONT = Front(
    also_resting_on=("gpu_price",),
    assumptions=(
        "gpu_price", "other_hardware_share", "datacenter_share", "host_share", "network_share",
        "colo_price",
    ),
    only_where={
        "other_hardware_share": ("overhead_basis", "shares"),
        "datacenter_share": ("overhead_basis", "shares"),
        "host_share": ("overhead_basis", "items"),
        "network_share": ("overhead_basis", "items"),
        "colo_price": ("overhead_basis", "items"),
    },
)  # fmt: skip

gpu_price = Given(
    "Price of one GPU",
    "USD/GPU",
    above=0,
    money=True,
    catalogue=("chips", "price"),
    follows=("chip",),
    note="Price paid per GPU.",
)
catalogue_gpu_price = Given(
    "Catalogue price of one GPU",
    "USD/GPU",
    above=0,
    money=True,
    required=False,
    catalogue=("chips", "price"),
    follows=("chip",),
    note="For comparison with the price that is used.",
)
price_mismatch_factor = Given(
    "GPU price finding beyond",
    "ratio",
    least=1,
    note="A GPU price off the catalogue's by more than this factor is a finding.",
)
price_basis = Choice(
    "The GPU price is for",
    "choice",
    options=(("chip", "the bare GPU"), ("server_share", "a share of a server, host included")),
    catalogue=("chips", "price_basis"),
    follows=("chip",),
    note="A price that is a share of a server already holds its host.",
)
overhead_basis = Choice(
    "Overheads are taken from",
    "choice",
    options=(
        ("shares", "two shares of GPU cost"),
        ("items", "itemised: host, network, storage, colocation, electricity"),
    ),
    note="Whether other hardware and data centre are flat shares or built up from items.",
)
other_hardware_share = Given(
    "Other hardware share",
    "share",
    least=0,
    most=10,
    note="CPU, memory, storage and network over GPU cost.",
)
datacenter_share = Given(
    "Data-centre share",
    "share",
    least=0,
    most=10,
    note="Building, cooling, maintenance and electricity of one run, over GPU cost.",
)
datacenter_includes_energy = Choice(
    "Data-centre cost includes electricity",
    "flag",
    options=((0, "no"), (1, "yes")),
    note="1: the energy lines are part of the data-centre line and are never added to it.",
)
host_share = Given(
    "Host share",
    "share",
    least=0,
    most=10,
    note="Chassis, CPU, memory and local disks, over GPU cost.",
)
network_share = Given(
    "Network share",
    "share",
    least=0,
    most=10,
    note="Network between servers, over GPU and host cost.",
)
storage_cost = Given(
    "Storage", "USD", least=0, money=True, note="Shared storage for data and checkpoints."
)
colo_price = Given(
    "Colocation price",
    "USD/kW/month",
    least=0,
    money=True,
    note="Space, power delivery and cooling per kW contracted; electricity is beside it.",
)
staff_cost = Given(
    "Staff",
    "USD",
    least=0,
    money=True,
    note="Research and engineering staff for the run.",
    parts=(
        Part("buy_total", "staff_cost", "staff_of_total", note="In buying and in renting."),
        Part("rent_total", "staff_cost"),
    ),
)
published_buy_total = Given(
    "Published: total to buy",
    "USD",
    above=0,
    required=False,
    prints="buy_total",
    note="The total the source prints.",
)


buy_total = total_of_parts(
    "buy_total", "Total to buy", "USD",
    "GPUs, other hardware, data centre and staff. Electricity is inside the data centre.",
)  # fmt: skip


_inside = Heading("Inside the data-centre line")


@line("of which electricity", "USD", inside=True)
def datacenter_energy_cost(datacenter_includes_energy, energy_cost):
    """The electricity inside the data-centre line; 0 where the line leaves it out."""
    return where(picked(datacenter_includes_energy, 1), energy_cost, 0)


@line("of which building, cooling, maintenance", "USD", inside=True)
def datacenter_other_cost(datacenter_cost, datacenter_energy_cost):
    """The data-centre line without its electricity."""
    return difference(datacenter_cost, datacenter_energy_cost)


_per = Heading("Per unit")


@line("Total to buy, per GPU", "USD/GPU")
def buy_cost_per_gpu(buy_total, gpus):
    """The whole bill over the GPUs bought."""
    return buy_total / gpus


@line("Total to buy, per FLOP", "USD/FLOP")
def buy_cost_per_flop(buy_total, flop):
    """The whole bill over the training compute."""
    return buy_total / flop


_parts = Heading("Parts of the total")


buy_shares = shares_of("buy_total", "the total to buy")


_published = Heading("Published against computed")


@line("Computed total over the published one", "share")
def published_buy_total_gap(buy_total, published_buy_total):
    """How far the computed total lies from the published one."""
    return where(
        defined(published_buy_total),
        rounded(buy_total / published_buy_total - 1),
        undefined("no published total"),
    )


@check("Electricity fits inside the data-centre cost")
def energy_within_datacenter(datacenter_includes_energy, energy_cost, datacenter_cost):
    """Electricity is part of the data-centre line, so it cannot be more than the line."""
    return both(picked(datacenter_includes_energy, 1), below(datacenter_cost, energy_cost)), text(
        "electricity costs {}, the whole data centre {}: the share is too small",
        shown(energy_cost, "#,##0"),
        shown(datacenter_cost, "#,##0"),
    )


total_adds_up = adds_up(
    "buy_total", "total_adds_up", "Nothing is in the total twice",
    "The total is its parts and no more; electricity is not added a second time.",
)  # fmt: skip


@check("GPU price against the catalogue", kind="alert")
def price_as_catalogued(chip, gpu_price, catalogue_gpu_price, price_mismatch_factor):
    """The price paid and the catalogue's price of the same accelerator are within the factor."""
    return both(
        defined(catalogue_gpu_price),
        either(
            beyond(catalogue_gpu_price, gpu_price * price_mismatch_factor),
            beyond(gpu_price, catalogue_gpu_price * price_mismatch_factor),
        ),
    ), text(
        "a GPU at {}, while the catalogue has {} for {}",
        shown(gpu_price, "#,##0"),
        shown(catalogue_gpu_price, "#,##0"),
        chip,
    )


@check("Electricity is in the total", kind="alert")
def electricity_included(datacenter_includes_energy, energy_cost):
    """The data-centre line is said to hold the electricity, so that the total holds it."""
    return picked(datacenter_includes_energy, 0), text(
        "the data-centre line leaves electricity out: {} is in no line of the total",
        shown(energy_cost, "#,##0"),
    )


@check("Total against the published one", kind="alert")
def total_as_published(published_buy_total, buy_total):
    """The published total is the one computed here, to the unit."""
    agrees = picked(published_buy_total, rounded(buy_total))
    return both(defined(published_buy_total), unless(agrees)), text(
        "published {}, computed {}",
        shown(published_buy_total, "#,##0"),
        shown(buy_total, "#,##0"),
    )
