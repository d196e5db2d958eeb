"""Checks of the ownership view: what must hold, findings, and what-ifs switched on."""

from tco.lines import *

SECTION = "proofs"


@line("Facility, rented", "USD")
def colo_total(colo_spend):
    """Colocation over the horizon."""
    return total(colo_spend)


@line("Facility, one's own", "USD")
def facility_total(facility_cost, dc_spend):
    """What is paid for it in year 0, and its upkeep."""
    return facility_cost + total(dc_spend)


@check("The facility is counted once")
def facility_counted_once(facility_basis, colo_total, facility_total):
    """Colocation and a facility of one's own exclude each other."""
    return both(beyond(colo_total, 0), beyond(facility_total, 0)), text(
        "colocation of {} and a facility of {} are both in the cost, the basis is {}",
        shown(colo_total, "#,##0"),
        shown(facility_total, "#,##0"),
        facility_basis,
    )


@check("The share of a run has a run", guards="facility_basis")
def facility_share_known(facility_basis, facility_share_cost):
    """A fleet without a run has no data-centre share."""
    return both(picked(facility_basis, "share"), missing(facility_share_cost)), text(
        "facility_basis is {}, but a fleet without a run has no data-centre share", facility_basis
    )


@check("Instalments are within capex")
def instalments_within_capex(acceptance_cost):
    """Deposit and delivery leave something, or nothing, for acceptance."""
    return below(acceptance_cost, 0), text(
        "deposit and delivery are {} more than capex", shown(-acceptance_cost, "#,##0")
    )


@check("The verdict follows the NPV")
def verdict_follows_npv(verdict_found, deciding_advantage, verdict_case):
    """Own only where the deciding advantage is positive, rent only where it is not."""
    against = either(
        both(picked(verdict_found, "own"), below(deciding_advantage, 0)),
        both(picked(verdict_found, "rent"), below(0, deciding_advantage)),
    )
    return both(picked(verdict_case, 3), against), text(
        "the verdict is {}, the advantage of owning {}",
        verdict_found,
        shown(deciding_advantage, "#,##0"),
    )


@check("The bridge closes")
def bridge_closes(bridge_gap, exit_gap):
    """From the fair share to the cash of the run, step by step, nothing is left over."""
    return unless(both(picked(bridge_gap, 0), picked(exit_gap, 0))), text(
        "the bridge is off by {} and {} of the purchase",
        shown(bridge_gap, "0.0000%"),
        shown(exit_gap, "0.0000%"),
    )


@line("Hours of the fleet during the run", "GPU-h")
def run_fleet_hours(fleet_gpus, job_days):
    """Every GPU for as long as the run lasts."""
    return fleet_gpus * job_days * 24


@line("Hours of the run", "GPU-h")
def run_hours(gpu_hours):
    """0 where there is no run."""
    return where(defined(gpu_hours), gpu_hours, 0)


@check("The fleet serves the run")
def fleet_serves_run(run_hours, run_fleet_hours, fleet_gpus):
    """The run takes no more hours than the fleet has while it lasts."""
    return below(run_fleet_hours, run_hours), text(
        "the run takes {} GPU-hours, {} GPUs have {} while it lasts",
        shown(run_hours, "#,##0"),
        shown(fleet_gpus, "#,##0"),
        shown(run_fleet_hours, "#,##0"),
    )


# ---- findings -----------------------------------------------------------------------------------


@check("The residual is of the horizon", kind=ALERT)
def residual_of_horizon(residual_share, residual_share_given, residual_years, horizon_years):
    """A residual that is given belongs to an age; that of used prices moves with the horizon."""
    off = both(picked(residual_share_given, 1), unless(same(residual_years, horizon_years)))
    return off, text(
        "a residual of {} is of year {}, the horizon is year {}: give residual_share of that year, "
        "and residual_years",
        shown(residual_share, "0.0%"),
        residual_years,
        horizon_years,
    )


@line("Residual that the rent path implies", "share")
def implied_residual(rent_growth, horizon_years, economic_life_years):
    """What rent will be at the horizon, for the part of the economic life that is left."""
    left = maximum(1 - horizon_years / economic_life_years, 0)
    return power(1 + rent_growth, horizon_years) * left


@check("The residual and the rent path agree", kind=ALERT)
def residual_fits_rent(residual_share, implied_residual, residual_mismatch_factor):
    """High resale beside falling rent, or low resale beside rising rent, contradict each other."""
    return either(
        beyond(residual_share, implied_residual * residual_mismatch_factor),
        beyond(implied_residual, residual_share * residual_mismatch_factor),
    ), text(
        "a residual of {}, while the rent path and the years left imply {}",
        shown(residual_share, "0.0%"),
        shown(implied_residual, "0.0%"),
    )


@check("The network, two ways", kind=ALERT)
def network_ways_agree(network_by_share, network_counted_cost, network_tolerance_share):
    """Switches and links counted, and the share of server cost, are within the tolerance."""
    most = network_counted_cost * network_tolerance_share
    return both(
        beyond(network_by_share, 0),
        either(
            beyond(network_by_share - network_counted_cost, most),
            beyond(network_counted_cost - network_by_share, most),
        ),
    ), text(
        "by share {}, by switches and links {}",
        shown(network_by_share, "#,##0"),
        shown(network_counted_cost, "#,##0"),
    )


@check("Rates before and after tax differ", kind=ALERT)
def rates_differ(tax_rate, discount_rate, discount_rate_after_tax):
    """A nominal WACC after tax is below the one before tax."""
    return both(beyond(tax_rate, 0), same(discount_rate, discount_rate_after_tax)), text(
        "flows before and after tax are both discounted at {}", shown(discount_rate, "0.0%")
    )


@line("Saved by the right commitment", "USD")
def commitment_gain(npv_reserved_right, best_rent_npv):
    """What reserving the right share costs less than the best rent compared."""
    return where(
        both(defined(npv_reserved_right), defined(best_rent_npv)),
        difference(npv_reserved_right, best_rent_npv),
        undefined("nothing to compare"),
    )


@line("Band of the verdict", "USD")
def verdict_band(smaller_npv, verdict_band_share):
    """Below it an advantage decides nothing."""
    return smaller_npv * verdict_band_share


@check("The commitment is the right size", kind=ALERT)
def commitment_right_size(commitment_gain, verdict_band, right_reserved_share):
    """Owning is not compared with a reservation that nobody would sign."""
    worthwhile = both(beyond(commitment_gain, 0), beyond(commitment_gain, verdict_band))
    return both(defined(commitment_gain), worthwhile), text(
        "reserving {} of the fleet would cost {} less over the years than the best rent compared",
        shown(right_reserved_share, "0%"),
        shown(commitment_gain, "#,##0"),
    )


@check("The verdict holds at the market's price", kind=ALERT)
def verdict_at_market(verdict_found, market_advantage, market_price, market_offer):
    """Owning does not win because the offer compared is dear."""
    return both(picked(verdict_found, "own"), short_of(market_advantage, 0)), text(
        "at {}, the list price of {}, renting on demand would be worth {} more than owning",
        shown(market_price, "0.00"),
        market_offer,
        shown(-market_advantage, "#,##0"),
    )


@check("Staff are in proportion to the fleet", kind=ALERT)
def staff_for_fleet(servers, owned_fte, servers_per_fte_most):
    """No more servers for each of the staff than anybody reports."""
    return below(owned_fte * servers_per_fte_most, servers), text(
        "{} people for {} servers: published fleets have one for {} at most",
        shown(owned_fte, "0.0"),
        shown(servers, "#,##0"),
        shown(servers_per_fte_most, "0"),
    )


@check("Lead times are tested", kind=ALERT)
def lead_times_tested(result_needed_days, known_lead_days):
    """There is a day by which the result is needed."""
    return both(unless(defined(result_needed_days)), beyond(known_lead_days, 0)), text(
        "no result_needed_days is given: {} days until a purchase works rule nothing out",
        shown(known_lead_days, "0"),
    )


@check("A hybrid can be reserved", kind=ALERT)
def hybrid_possible(hybrid_base_share, hybrid_available):
    """A base is named only where there is a price of it, and one on demand for its bursts."""
    return both(defined(hybrid_base_share), picked(hybrid_available, 0)), text(
        "hybrid_base_share is given, but no reserved price, or none on demand for what the base "
        "leaves over: the hybrid is not compared"
    )


@check("The best rent can be had", kind=ALERT)
def best_rent_assured(best_rent_option):
    """Spot capacity is taken away and is not promised for years."""
    return picked(best_rent_option, "spot"), text(
        "the best rent is {}: a fleet of this size on it is promised by nobody", best_rent_option
    )


@check("Something is in time", kind=ALERT)
def something_in_time(verdict_case, verdict_reason):
    """The purchase and at least one way to rent meet the deadline."""
    return below(verdict_case, 3), text("nothing is compared: {}", verdict_reason)


@check("The verdict is clear", kind=ALERT)
def verdict_clear(verdict_case, too_close, advantage_share, verdict_band_share, bases_words):
    """The advantage is beyond the band, and tax does not turn it."""
    return both(picked(verdict_case, 3), picked(too_close, 1)), text(
        "the advantage is {} of the smaller NPV, the band {}; before and after tax {}",
        shown(advantage_share, "0.0%"),
        shown(verdict_band_share, "0.0%"),
        bases_words,
    )


@check("The payback needs the resale", kind=ALERT)
def payback_by_use(payback_needs_resale, exit_proceeds):
    """Owning earns itself back by what it saves, not only by what it fetches."""
    return picked(payback_needs_resale, 1), text(
        "without the exit proceeds of {} it never does", shown(exit_proceeds, "#,##0")
    )


@check("Terms end with the horizon", kind=ALERT)
def terms_end_with_horizon(horizon_years, reserved_term_years, last_term_over):
    """The last reservation does not outlast the comparison."""
    return beyond(last_term_over, 0), text(
        "reservations of {} years do not fill {} years: the last is cut at the horizon",
        reserved_term_years,
        horizon_years,
    )


@line("Years that the last term is cut", "years")
def last_term_over(reserved_term, reserved_term_years, at_end, horizon_years):
    """The end of the last term less the horizon."""
    return difference(dot(reserved_term, at_end) * reserved_term_years, horizon_years)


# ---- what-ifs -----------------------------------------------------------------------------------


@check("What-if: mid-year discounting", kind=SENSITIVITY)
def timing_is_mid(discount_timing):
    """Flows are discounted from the year's end."""
    return picked(discount_timing, "mid"), text("flows are discounted from the {} of the year",
                                                discount_timing)  # fmt: skip


@check("What-if: a part of year 1", kind=SENSITIVITY)
def starts_late(go_live_fraction):
    """Year 1 operates from its first day."""
    return below(go_live_fraction, 1), text(
        "only {} of year 1 is in operation", shown(go_live_fraction, "0%")
    )


@check("What-if: a hurried sale", kind=SENSITIVITY)
def sale_is_hurried(liquidation_factor):
    """The run's resale is an orderly one."""
    return below(liquidation_factor, 1), text(
        "the resale of the run fetches {} of an orderly one", shown(liquidation_factor, "0%")
    )


@check("What-if: all deducted in year 1", kind=SENSITIVITY)
def deducted_at_once(tax_depreciation, region_depreciation):
    """The purchase is deducted over years, unless the law of the region lets all of it be."""
    return both(
        picked(tax_depreciation, "bonus"), unless(picked(region_depreciation, "bonus"))
    ), text("tax_depreciation is {}, in this region {} is usual", tax_depreciation,
            region_depreciation)  # fmt: skip


@check("What-if: prepayment", kind=SENSITIVITY)
def prepaid(prepay_share):
    """Reservations are paid as they are used."""
    return beyond(prepay_share, 0), text(
        "{} of each term is paid when it begins", shown(prepay_share, "0%")
    )


@check("What-if: power for nothing", kind=SENSITIVITY)
def power_is_free(power_price):
    """Electricity costs something."""
    return picked(power_price, 0), text("the electricity price is {}", power_price)
