"""Own: what the fleet costs to buy, to house and to run, what it fetches, and its present value."""

from tco.lines import *

SECTION = "own"
PAGE = Page(
    "What owning the fleet costs over the years; costs are positive, cash flows negative when paid",
    totals=("capex", "npv_own", "npv_own_after_tax"),
)

_servers = Heading("Bill of materials")


@line("Servers of the fleet", "server")
def servers(fleet_gpus, gpus_per_server):
    """The chassis that hold its GPUs."""
    return ceil(fleet_gpus / gpus_per_server)


@line("Servers", "USD")
def server_cost(servers, server_price):
    """Every server at its price, GPUs included."""
    return servers * server_price


_network = Heading("Network, two ways")


@line("Tiers of switches", "count")
def network_tiers(fleet_gpus, two_tier_gpus):
    """Two serve up to ports squared over 2; a larger fleet takes three."""
    return where(at_most(fleet_gpus, two_tier_gpus), 2, 3)


@line("Switches, counted", "switch")
def network_switches(fleet_gpus, network_tiers, switch_gpus):
    """Non-blocking: every tier but the top one uses half its ports downwards."""
    return ceil(fleet_gpus * (2 * network_tiers - 1) / switch_gpus)


@line("Links, counted", "link")
def network_links(fleet_gpus, links_per_gpu, network_tiers):
    """One per GPU and tier."""
    return fleet_gpus * links_per_gpu * network_tiers


@line("Network, counted", "USD")
def network_counted_cost(network_switches, switch_price, network_links, link_price):
    """Switches and links at their prices."""
    return network_switches * switch_price + network_links * link_price


@line("Network", "USD")
def network_cost(network_basis, network_by_share, network_counted_cost):
    """By the basis chosen."""
    return chosen(network_basis, share=network_by_share, counts=network_counted_cost)


_capex = Heading("Capex")


@line("Hardware", "USD")
def hardware_cost(server_cost, network_cost, fleet_storage_cost, rack_cost):
    """Servers, network, storage and racks."""
    return server_cost + network_cost + fleet_storage_cost + rack_cost


@line("Integration", "USD")
def integration_cost(hardware_cost, integration_share):
    """Cabling, integration and burn-in, over hardware."""
    return hardware_cost * integration_share


@line("Spares kit", "USD")
def spares_kit_cost(server_cost, spares_cost_share):
    """Parts kept on site, over servers."""
    return server_cost * spares_cost_share


@line("Freight", "USD")
def freight_cost(hardware_cost, freight_share):
    """Transport and its insurance, over hardware."""
    return hardware_cost * freight_share


@line("Duty, paid", "USD")
def duty_cost(hardware_cost, duty_rate):
    """On hardware, not on spares."""
    return hardware_cost * duty_rate


@line("Contingency", "USD")
def contingency_cost(
    hardware_cost, integration_cost, spares_kit_cost, freight_cost, duty_cost, contingency_share
):
    """Over everything before it; it counts as spent."""
    before = hardware_cost + integration_cost + spares_kit_cost + freight_cost + duty_cost
    return before * contingency_share


@line("Capex", "USD")
def capex(
    hardware_cost, integration_cost, spares_kit_cost, freight_cost, duty_cost, contingency_cost
):
    """What the fleet costs before it stands anywhere."""
    landed = hardware_cost + integration_cost + spares_kit_cost + freight_cost + duty_cost
    return landed + contingency_cost


@line("Capex per GPU", "USD/GPU")
def capex_per_gpu(capex, fleet_gpus):
    """Over every GPU of the fleet."""
    return capex / fleet_gpus


@line("of which deposit with the order", "USD")
def deposit_cost(capex, deposit_share):
    """Paid at signing."""
    return capex * deposit_share


@line("of which due on delivery", "USD")
def delivery_cost(capex, delivery_share):
    """Paid when the servers arrive."""
    return capex * delivery_share


@line("of which due on acceptance", "USD")
def acceptance_cost(capex, deposit_cost, delivery_cost):
    """What is left, paid when they work."""
    return rounded(capex - deposit_cost - delivery_cost)


capex_parts = Rows(
    tuple(
        (key, label, note)
        for key, label, note in (
            ("servers", "Servers", "With their GPUs."),
            ("network", "Network", "By the basis chosen."),
            ("storage", "Storage", "Shared."),
            ("racks", "Racks", "With power distribution."),
            ("integration", "Integration", "With burn-in."),
            ("spares", "Spares", "A kit on site."),
            ("freight", "Freight", "With its insurance."),
            ("duty", "Duty", "On hardware."),
            ("contingency", "Contingency", "Over all of it."),
        )
    )
)

_parts = Heading("How capex builds up")


@line("Part of capex", "USD", along="capex_parts")
def capex_part(
    server_cost, network_cost, fleet_storage_cost, rack_cost, integration_cost, spares_kit_cost,
    freight_cost, duty_cost, contingency_cost,
):  # fmt: skip
    """One step of the build-up."""
    return each(
        server_cost, network_cost, fleet_storage_cost, rack_cost, integration_cost,
        spares_kit_cost, freight_cost, duty_cost, contingency_cost,
    )  # fmt: skip


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


_facility = Heading("Power and facility")


@line("IT power of the fleet", "kW")
def it_power_kw(servers, server_power_kw, ancillary_power_share):
    """Nameplate power of all servers, with network and storage."""
    return servers * server_power_kw * (1 + ancillary_power_share)


@line("Energy in a full year", "kWh/year")
def annual_kwh(it_power_kw, load_factor, hours_per_year, pue):
    """At the meter, idle hours included by the load factor; not multiplied by utilisation."""
    return it_power_kw * load_factor * hours_per_year * pue


@line("Data centre, if built", "USD")
def dc_cost(it_power_kw, dc_price_per_kw, dc_premium_share):
    """For the IT load, with the premium for dense racks."""
    return it_power_kw * dc_price_per_kw * (1 + dc_premium_share)


@line("Facility, paid in year 0", "USD")
def facility_cost(facility_basis, dc_cost, facility_share_cost):
    """Nothing for colocation, which is rented."""
    return chosen(facility_basis, colo=0, own_dc=dc_cost, share=facility_share_cost)


@line("Day-1 cash", "USD")
def upfront_cost(capex, facility_cost):
    """Capex and facility: everything that year 0 pays."""
    return capex + facility_cost


_running = Heading("Running costs")


@line("Hours in a contracted year", "h", along=YEARS)
def operating_hours(operating_years, hours_per_year):
    """The hours of the year that the fleet is in operation."""
    return operating_years * hours_per_year


@line("Colocation", "USD", along=YEARS)
def colo_spend(facility_basis, it_power_kw, colo_price, colo_index, contract_years):
    """By the kW and month from the contract's date; nothing where the facility is one's own."""
    rent = it_power_kw * colo_price * 12 * contract_years * colo_index
    return chosen(facility_basis, colo=rent, own_dc=0, share=0)


@line("Upkeep, paid", "USD", along=YEARS)
def dc_spend(facility_basis, dc_cost, dc_upkeep_share, contract_years):
    """Of a data centre of one's own."""
    return chosen(
        facility_basis, colo=0, own_dc=dc_cost * dc_upkeep_share * contract_years, share=0
    )


@line("Electricity, at the tariff of year 1", "kWh", along=YEARS)
def power_weighted(annual_kwh, power_index, operating_years):
    """For the hours in operation, each kWh weighted by what the tariff has risen to."""
    return annual_kwh * power_index * operating_years


@line("Electricity over the years", "USD", along=YEARS)
def power_spend(power_weighted, power_price):
    """Beside the facility, whichever it is."""
    return power_weighted * power_price


@line("Staff, owned", "USD", along=YEARS)
def owned_staff_spend(owned_fte, salary, salary_loading, wage_index, contract_years):
    """Everybody who runs the owned cluster."""
    return owned_fte * salary * salary_loading * wage_index * contract_years


@line("Support of hardware", "USD", along=YEARS)
def support_spend(server_cost, network_cost, support_share, contract_years):
    """Over servers and network; flat."""
    return (server_cost + network_cost) * support_share * contract_years


@line("Software licences", "USD", along=YEARS)
def software_spend(fleet_gpus, software_price, contract_years):
    """Per GPU and year."""
    return fleet_gpus * software_price * contract_years


@line("Insurance premiums", "USD", along=YEARS)
def insurance_spend(capex, insurance_share, contract_years):
    """On original capex; flat."""
    return capex * insurance_share * contract_years


@line("Property tax, paid", "USD", along=YEARS)
def property_tax_spend(capex, property_tax_share, contract_years):
    """On original capex; flat."""
    return capex * property_tax_share * contract_years


@line("Running costs, owned", "USD", along=YEARS)
def opex(
    colo_spend, dc_spend, power_spend, owned_staff_spend, support_spend, software_spend,
    insurance_spend, property_tax_spend,
):  # fmt: skip
    """Facility, electricity, staff, support, software, insurance and property tax."""
    housed = colo_spend + dc_spend + power_spend
    return (
        housed
        + owned_staff_spend
        + support_spend
        + software_spend
        + insurance_spend
        + property_tax_spend
    )


@line("Running costs over the horizon", "USD")
def opex_total(opex):
    """The sum over the years, undiscounted."""
    return total(opex)


@line("Running costs of a year, owned", "USD")
def first_year_opex(opex, first_year):
    """Of year 1."""
    return dot(opex, first_year)


_exit = Heading("Exit")


@line("Salvage", "USD")
def salvage(server_cost, residual_share, disposal_share):
    """What the servers fetch at the horizon, less the cost of disposing of them."""
    return server_cost * residual_share * (1 - disposal_share)


@line("Building, value left", "USD")
def facility_salvage(facility_basis, dc_cost, horizon_years, dc_life_years):
    """A data centre of one's own loses its value evenly; the other two leave none."""
    left = maximum(1 - horizon_years / dc_life_years, 0)
    return chosen(facility_basis, colo=0, own_dc=dc_cost * left, share=0)


@line("Exit proceeds", "USD")
def exit_proceeds(salvage, facility_salvage, decommissioning_cost):
    """Salvage and building, less decommissioning."""
    return salvage + facility_salvage - decommissioning_cost


_cash = Heading("Cash flow before tax, received +, paid -")


@line("Own: cash flow", "USD", along=YEARS)
def own_flow(upfront_cost, at_start, opex, exit_proceeds, at_end):
    """The purchase in year 0, running costs, and the exit."""
    return exit_proceeds * at_end - upfront_cost * at_start - opex


@line("Own: present value", "USD", along=YEARS)
def own_present_value(
    upfront_cost, at_start, opex, exit_proceeds, at_end, discount_factor, factor_at_end
):
    """Running costs at their own moment; the purchase and the exit at the year's end."""
    held = (exit_proceeds * at_end - upfront_cost * at_start) * factor_at_end
    return held - opex * discount_factor


@line("Own: exit, worth today", "USD")
def exit_present_value(exit_proceeds, at_end, factor_at_end):
    """Discounted from the end of the horizon."""
    return exit_proceeds * dot(at_end, factor_at_end)


@line("NPV of owning", "USD")
def npv_own(upfront_cost, opex, discount_factor, exit_present_value):
    """Before tax: the purchase, the running costs at their factors, and the exit."""
    return exit_present_value - upfront_cost - dot(opex, discount_factor)


@line("Equivalent annual cost of owning", "USD")
def eac_own(npv_own, annuity):
    """The level yearly payment that is worth as much."""
    return -npv_own / annuity


_hours = Heading("Per GPU-hour")


@line("Capacity", "GPU-h", along=YEARS)
def capacity_hours(fleet_gpus, operating_hours):
    """Every GPU, every hour in operation."""
    return fleet_gpus * operating_hours


@line("Capacity, discounted", "GPU-h")
def capacity_hours_present(capacity_hours, discount_factor):
    """Hours are discounted as their costs are."""
    return dot(capacity_hours, discount_factor)


@line("Own, per GPU-hour of capacity", "USD/GPU-h")
def own_cost_per_gpu_hour(npv_own, capacity_hours_present):
    """Levelised: the discounted cost over the discounted hours, busy or idle."""
    return -npv_own / capacity_hours_present


@line("Own, per GPU-hour delivered", "USD/GPU-h")
def own_cost_per_gpu_hour_delivered(own_cost_per_gpu_hour, utilization):
    """Over the hours that do paid work."""
    return where(
        beyond(utilization, 0), own_cost_per_gpu_hour / utilization, undefined("no hour is used")
    )


_tax = Heading("After tax; losses are used at once")


@line("Tax saved by deducting the purchase", "USD", along=YEARS)
def tax_shield(capex, depreciation_share, facility_cost, facility_depreciation_share, tax_rate):
    """Tax depreciation of servers and facility, times the tax rate."""
    deducted = capex * depreciation_share + facility_cost * facility_depreciation_share
    return deducted * tax_rate


@line("Tax basis left at the exit", "USD")
def remaining_basis(capex, remaining_share, facility_cost, facility_remaining_share):
    """What no year has deducted, deducted when the fleet is sold."""
    return capex * remaining_share + facility_cost * facility_remaining_share


@line("Exit proceeds after tax", "USD")
def exit_after_tax(exit_proceeds, remaining_basis, tax_rate):
    """The proceeds less tax on the gain; a loss saves tax."""
    return exit_proceeds - (exit_proceeds - remaining_basis) * tax_rate


@line("Own: running flow after tax", "USD", along=YEARS)
def own_running_after_tax(opex, tax_rate, tax_shield):
    """Running costs less the tax they save, and the purchase's tax shield."""
    return tax_shield - opex * (1 - tax_rate)


@line("Own: cash flow after tax", "USD", along=YEARS)
def own_flow_after_tax(own_running_after_tax, upfront_cost, at_start, exit_after_tax, at_end):
    """The purchase, the running flow and the exit, all after tax."""
    return exit_after_tax * at_end - upfront_cost * at_start + own_running_after_tax


@line("NPV of owning, after tax", "USD")
def npv_own_after_tax(
    upfront_cost, own_running_after_tax, discount_factor_after_tax, exit_after_tax, at_end,
    factor_at_end_after_tax,
):  # fmt: skip
    """At the rate after tax."""
    sold = exit_after_tax * dot(at_end, factor_at_end_after_tax)
    return sold - upfront_cost + dot(own_running_after_tax, discount_factor_after_tax)


@line("NPV of owning, after tax, all capex deducted in year 1", "USD")
def npv_own_after_tax_bonus(
    npv_own_after_tax, capex, tax_rate, first_year, discount_factor_after_tax, depreciation_share,
    remaining_share, at_end, factor_at_end_after_tax,
):  # fmt: skip
    """The same with the purchase deducted at once: what the timing of the deduction is worth."""
    as_chosen = dot(depreciation_share, discount_factor_after_tax)
    at_exit = remaining_share * dot(at_end, factor_at_end_after_tax)
    at_once = dot(first_year, discount_factor_after_tax)
    return npv_own_after_tax + capex * tax_rate * (at_once - as_chosen - at_exit)


_book = Heading("For the accounts: not cash, in no NPV")


@line("Book value at the year's end", "USD", along=YEARS, stock=True)
def book_value(capex, salvage, year, book_life_years, horizon_years):
    """Capex written down evenly to salvage over the book life; nothing after the sale."""
    left = capex - (capex - salvage) * minimum(year / book_life_years, 1)
    return where(at_most(year, horizon_years), left, 0)


@line("Salvage over book value at the exit", "USD")
def book_gain(salvage, book_value, at_end):
    """A gain, or where negative a loss, in the year of the sale."""
    return difference(salvage, dot(book_value, at_end))
