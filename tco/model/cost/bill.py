"""Bill: what a fleet costs before it stands anywhere, part by part; once, whoever asks for it."""

from typing import Any

from tco.lines import *

SECTION, INPUTS = "bill", "buy"
PAGE = Page(
    "What the fleet costs before it stands anywhere, each part in one line and once in capex",
    totals=("capex",),
    place=35,
)

server_price = Given(
    "Price of a server",
    "USD/server",
    above=0,
    money=True,
    required=False,
    note="With its GPUs, as delivered; not given: it follows from the price of a GPU.",
)


rack_share = Given(
    "Racks share",
    "share",
    least=0,
    most=1,
    note="Racks, power distribution and management, over servers.",
)


integration_share = Given(
    "Integration share",
    "share",
    least=0,
    most=1,
    note="Cabling, integration, burn-in, over hardware.",
)


spares_cost_share = Given(
    "Spares kit share",
    "share",
    least=0,
    most=1,
    note="Parts kept on site, over servers; they bear no duty.",
)


freight_share = Given(
    "Freight share", "share", least=0, most=1, note="Transport and its insurance."
)


duty_rate = Given("Duty", "share", least=0, most=2, note="Customs duty on hardware; not on spares.")


sales_tax_rate = Given(
    "Sales tax that stays",
    "share",
    least=0,
    most=1,
    note="On hardware, where it cannot be recovered; value-added tax mostly can.",
)


software_cost = Given(
    "Software, bought",
    "USD",
    least=0,
    money=True,
    note="With the fleet, once; what is paid by the year is a running cost.",
    parts=(Part("capex", row="software", label="Software", note="Bought with the fleet."),),
)


other_item_cost = Given(
    "Other items",
    "USD",
    least=0,
    money=True,
    note="Bought with the fleet, once, and in no other line: prepaid support, for one.",
    parts=(Part("capex", row="other", label="Other items", note="In no other line."),),
)


contingency_share = Given(
    "Contingency share", "share", least=0, most=1, note="Counts as spent, insured and depreciated."
)


_bill_of_materials = Heading("Bill of materials")


@line("Servers of the fleet", "server")
def servers(fleet_gpus, gpus_per_server):
    """The chassis that hold its GPUs."""
    return ceil(fleet_gpus / gpus_per_server)


@part(
    of="hardware_cost",
    rests_on="server_price",
    row="servers",
    label="Servers",
    note="With their GPUs.",
)
@line("Servers", "USD")
def server_cost(servers, server_unit_price):
    """Every server at its price, GPUs included."""
    return servers * server_unit_price


@part(of="hardware_cost", row="network", label="Network", note="By the basis chosen.")
@line("Network", "USD")
def network_cost(network_basis, network_by_share, network_counted_cost):
    """By the basis chosen."""
    return chosen(network_basis, share=network_by_share, counts=network_counted_cost)


_capex = Heading("Capex")


hardware_cost = total_of_parts(
    "hardware_cost", "Hardware", "USD", "Servers, network, storage and racks.", Part("capex"),
)  # fmt: skip


@part(of="capex", row="integration", label="Integration", note="With burn-in.")
@line("Integration", "USD")
def integration_cost(hardware_cost, integration_share):
    """Cabling, integration and burn-in, over hardware."""
    return hardware_cost * integration_share


@part(of="capex", row="spares", label="Spares", note="A kit on site.")
@line("Spares kit", "USD")
def spares_kit_cost(server_cost, spares_cost_share):
    """Parts kept on site, over servers."""
    return server_cost * spares_cost_share


@part(of="capex", row="sales_tax", label="Sales tax", note="What stays.")
@line("Sales tax", "USD")
def sales_tax_cost(hardware_cost, sales_tax_rate):
    """On hardware, as far as it cannot be recovered."""
    return hardware_cost * sales_tax_rate


@gathered
def contingency(members):
    """What is put by for surprises."""
    before = tuple(one.key for one in members.of("capex") if one.key != "contingency_cost")

    def rule(share: Any, *parts: Any) -> Any:
        return sum_of(parts) * share

    note = "Over everything before it; it counts as spent."
    needs = ("contingency_share", *before)
    made = Line("contingency_cost", "Contingency", "USD", rule, note, needs)
    yield part(of="capex", row="contingency", label="Contingency", note="Over all of it.", place=9)(
        made
    )


capex = total_of_parts("capex", "Capex", "USD", "What the fleet costs before it stands anywhere.")


@line("Lines of the bill over capex", "ratio", exact=True)
def bill_over_capex(
    capex, server_cost, network_cost, fleet_storage_cost, rack_cost, software_cost, other_item_cost,
    freight_cost, duty_cost, sales_tax_cost, warranty_cost, integration_cost, spares_kit_cost,
    contingency_cost,
):  # fmt: skip
    """1: each of them is in it once, and nothing else is."""
    hardware = server_cost + network_cost + fleet_storage_cost + rack_cost
    beside = software_cost + other_item_cost + integration_cost + spares_kit_cost
    landed = freight_cost + duty_cost + sales_tax_cost + warranty_cost + contingency_cost
    return where(beyond(capex, 0), (hardware + beside + landed) / capex, 1)


@check("Each line of the bill is in capex once")
def bill_stands_once(bill_over_capex, capex_given, hardware_cost_given):
    """Thirteen lines, no more and none twice, unless their total is given."""
    summed = same(capex_given + hardware_cost_given, 0)
    return both(summed, unless(same(bill_over_capex, 1))), text(
        "the lines of the bill are {} of capex", shown(bill_over_capex, "0.0000%")
    )


@line("Capex per GPU", "USD/GPU")
def capex_per_gpu(capex, fleet_gpus):
    """Over every GPU of the fleet."""
    return capex / fleet_gpus


capex_parts = rows_of_parts("capex_parts", "capex")


_how_capex_builds_up = Heading("How capex builds up")


capex_part = amounts_of_parts(
    "capex_parts", "capex", "capex_part", "Part of capex", "USD", "One step of the build-up."
)


@line("Capex so far", "USD", along="capex_parts")
def capex_so_far(capex_so_far, capex_part):
    """The running sum, which ends at capex."""
    return previous(capex_so_far) + capex_part


@line("Capex before this part", "USD", along="capex_parts")
def capex_before(capex_so_far, capex_part):
    """Where the step begins."""
    return difference(capex_so_far, capex_part)


@line("Share of capex", "share", along="capex_parts")
def capex_part_share(capex_part, capex):
    """Over all of it."""
    return capex_part / capex
