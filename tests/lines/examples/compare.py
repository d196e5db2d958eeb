"""Every option over the same hours, which count, and the verdict."""

from tco.model.own import compare
from tests.lines.worked import worked

case = worked(compare)
OPTIONS = ("own", "reserved", "on_demand", "spot", "block", "hybrid")

# ---- when it can work ----------------------------------------------------------------------------

case("job_days", days_needed=7, gives=7)
case("job_days", days_needed=None, gives=0)
case("spot_job_days", job_days=9, spot_lost_share=0.25, gives=12)
case("spot_job_days", job_days=9, spot_lost_share=1, gives=0)
case("hybrid_lead_days", reserved_lead_days=3, on_demand_lead_days=7, gives=7)
case("hybrid_lead_days", reserved_lead_days=11, on_demand_lead_days=7, gives=11)
case("reserved_billed_share", reserved_share=0.6, overage_share=0.28, gives=0.88)
case("spot_billed_share", utilization=0.6, spot_lost_share=0.25, gives=0.8)
case("spot_billed_share", utilization=0.6, spot_lost_share=1, gives=0)
case("hybrid_billed_share", hybrid_base=0.6, burst_share=0.1, gives=0.7)

# ---- one row an option ---------------------------------------------------------------------------

six = [2, 3, 5, 7, 11, 13]
for column, source in (("option_day1_cash", "{}_day1_cash"), ("option_peak_cash", "{}_peak_cash"),
                       ("option_total_cash", "{}_total_cash"), ("option_npv", "npv_{}"),
                       ("option_npv_after_tax", "npv_{}_after_tax"),
                       ("option_deciding_npv", "{}_deciding_npv")):  # fmt: skip
    rows = {source.format(name): value for name, value in zip(OPTIONS, six, strict=True)}
    case(column, **rows, gives=six)
lead_times = [f"{name}_lead_days" for name in ("known", *OPTIONS[1:])]
case("option_lead_days", **dict(zip(lead_times, six, strict=True)), gives=six)
rents = {f"{name}_deciding_npv": value for name, value in zip(OPTIONS[1:], six, strict=False)}
case("rent_deciding_npv", **rents, gives=[0, 2, 3, 5, 7, 11])
for offered in ((1, 0, 1, 0, 1), (0, 1, 1, 0, 0), (0, 0, 0, 1, 1)):
    flags = dict(zip((f"{name}_available" for name in OPTIONS[1:]), offered, strict=True))
    case("option_available", **flags, gives=[1, *offered])
case("option_eac", option_npv=[-21, None], annuity=7, gives=[3, None])
case("option_cost_capacity", option_npv=[-21, None], capacity_hours_present=7, gives=[3, None])
case("option_cost_delivered", option_cost_capacity=[3, None], utilization=0.75, gives=[4, None])
case("option_cost_delivered", option_cost_capacity=[3, 5], utilization=0, gives=[None, None])
case("option_bound", obligation_at_signing=2, reserved_obligation=3, hybrid_obligation=5,
     gives=[2, 3, 0, 0, 0, 5])  # fmt: skip
case("option_obligation", option_npv=[-1, None], option_bound=[3, 5], gives=[3, None])

case("option_job_days", job_days=7, spot_job_days=11, gives=[7, 7, 7, 11, 7, 7])
case("option_job_slack", deadline_days=10, option_job_days=[7, 11], gives=[3, -1])
case("option_job_slack", deadline_days=None, option_job_days=[7, 11], gives=[0, 0])
days = {"option_lead_days": [5, 11], "option_job_days": [7, 13]}
case("option_slack", result_needed_days=20, **days, gives=[8, -4])
case("option_slack", result_needed_days=None, **days, gives=[0, 0])
case("option_assured", spot_assured=0, gives=[1, 1, 1, 0, 1, 1])
case("option_assured", spot_assured=1, gives=[1, 1, 1, 1, 1, 1])
for words in ("in time", "not tested"):
    case("option_eligible", option_timing=[words, "too late", "not assured", "not offered"],
         not_late_words=words, gives=[1, 0, 0, 0])  # fmt: skip
prices = ("reserved", "on_demand", "spot", "block")
flags = {f"{name}_price_given": one for name, one in zip(prices, (1, 0, 0, 1), strict=True)}
case("option_price_given", **flags, gives=[1, 1, 0, 0, 1, 1])
flags = {f"{name}_price_given": one for name, one in zip(prices, (0, 1, 1, 0), strict=True)}
case("option_price_given", **flags, gives=[1, 0, 1, 1, 0, 0])
flags = {f"{name}_price_given": one for name, one in zip(prices, (1, 1, 0, 0), strict=True)}
case("option_price_given", **flags, gives=[1, 1, 1, 0, 0, 1])
case("option_billed_share", utilization=0.7, reserved_billed_share=0.88, spot_billed_share=0.9,
     hybrid_billed_share=0.8, gives=[1, 0.88, 0.7, 0.9, 0.7, 0.8])  # fmt: skip
# Owned 30 and 21 t; rented 70 % of 100 h at 0.4 t.
case("option_emissions", options=["own", "spot"], own_co2_tonnes=30, embodied_tonnes_purchase=21,
     option_billed_share=[1, 0.7], capacity_hours_total=100, rented_tonnes_per_hour=0.4,
     gives=[51, 28])  # fmt: skip
case("option_co2_tonnes", option_npv=[-1, None], option_emissions=[3, 5], gives=[3, None])

# ---- which count, and their order ----------------------------------------------------------------

case("option_is_rival", options=["own", "spot", "block"], option_eligible=[1, 1, 0],
     gives=[0, 1, 0])  # fmt: skip
for rival, source in (("rival_deciding_npv", "rent_deciding_npv"), ("rival_npv", "option_npv"),
                      ("rival_npv_after_tax", "option_npv_after_tax")):  # fmt: skip
    case(rival, option_is_rival=[0, 1, 1], **{source: [3, 5, None]}, gives=[None, 5, None])
case("option_ranking_cost", option_eligible=[1, 0, 1], option_deciding_npv=[-3, -5, -7],
     gives=[3, 0, 7])  # fmt: skip
# Costs 3, 7, 5 and 5 count: first, fourth, and third twice.
case("option_place", option_eligible=[1, 0, 1, 1, 1], option_ranking_cost=[3, 0, 7, 5, 5],
     gives=[1, 0, 4, 3, 3])  # fmt: skip
case("option_rank", option_eligible=[1, 0, 1], option_place=[1, 0, 2], gives=[1, None, 2])
case("rivals_eligible", option_is_rival=[0, 1, 1, 1], gives=3)
case("own_eligible", option_eligible=[1, 0], options=["own", "spot"], gives=1)
case("own_eligible", option_eligible=[1, 0], options=["spot", "own"], gives=0)

for best, rows in (("best_rent_deciding_npv", "rival_deciding_npv"), ("best_rent_npv", "rival_npv"),
                   ("best_rent_npv_after_tax", "rival_npv_after_tax")):  # fmt: skip
    case(best, rivals_eligible=2, **{rows: [None, -7, -3]}, gives=-3)
    case(best, rivals_eligible=1, **{rows: [None, -7]}, gives=-7)
    case(best, rivals_eligible=0, **{rows: [None, None]}, undefined="none counts")
for after in ("", "_after_tax"):
    key, own, rent = f"npv_advantage{after}", f"npv_own{after}", f"best_rent_npv{after}"
    case(key, **{own: -3, rent: -10}, gives=7)
    case(key, **{own: -3, rent: None}, undefined="no rented option counts")
# The reference case: 59,401,176 against 64,301,372 on demand.
case("npv_advantage", npv_own=-59_401_175.97, best_rent_npv=-64_301_371.53, gives=4_900_195.56)
for value, found in ((7, 7), (-7, -7), (None, 0)):
    case("advantage_before_tax", npv_advantage=value, gives=found)
    case("advantage_after_tax", npv_advantage_after_tax=value, gives=found)
for decided, found in ((1, 3), (0, 7)):
    case("own_deciding_npv", decided_after_tax=decided, npv_own_after_tax=3, npv_own=7, gives=found)
for rent, found in ((-10, 7), (-2, -1), (None, 0)):
    case("deciding_advantage", own_deciding_npv=-3, best_rent_deciding_npv=rent, gives=found)
case("deciding_advantage_size", deciding_advantage=-7, gives=7)
case("deciding_advantage_size", deciding_advantage=7, gives=7)
for own, rent, smaller in ((-3, -7, 3), (-7, -3, 3), (-7, 3, 3), (7, -11, 7), (-7, None, 0)):
    case("smaller_npv", own_deciding_npv=own, best_rent_deciding_npv=rent, gives=smaller)
case("advantage_share", deciding_advantage_size=0.3, smaller_npv=0.5, gives=0.6)
case("advantage_share", deciding_advantage_size=3, smaller_npv=0, gives=0)

for before, after, flag in ((0.7, -0.3, 1), (-0.7, 0.3, 1), (7, 3, 0), (-7, -3, 0), (0, -3, 0),
                            (7, 0, 0), (-7, 0, 0), (0, 3, 0)):  # fmt: skip
    case("bases_disagree", advantage_before_tax=before, advantage_after_tax=after, gives=flag)
for size, disagree, flag in ((4.9, 0, 1), (5, 0, 0), (5, 1, 1)):
    case("too_close", deciding_advantage_size=size, smaller_npv=100, verdict_band_share=0.05,
         bases_disagree=disagree, gives=flag)  # fmt: skip
for own, rivals, which in ((0, 0, 0), (1, 0, 1), (0, 3, 2), (1, 3, 3), (1, 1, 3)):
    case("verdict_case", own_eligible=own, rivals_eligible=rivals, gives=which)
case("advantage_found", best_rent_deciding_npv=-9, deciding_advantage=7, gives=7)
case("advantage_found", best_rent_deciding_npv=None, deciding_advantage=0,
     undefined="no rent counts")  # fmt: skip

# ---- whether somebody gives the price of the best rent -------------------------------------------

case("rents_priced", option_available=[1, 1, 0, 1], option_assured=[1, 1, 1, 0], gives=1)
for priced, flag in ((0, 1), (1, 0), (3, 0)):
    case("rents_unknown", rents_priced=priced, gives=flag)
for best, flag in (("spot", 0), ("block", 1), ("none", 1)):
    case("best_rent_given", best_rent_option=best, options=["own", "spot", "block"],
         option_price_given=[1, 0, 1], gives=flag)  # fmt: skip
for given, unknown, flag in ((1, 0, 0), (0, 0, 1), (1, 1, 1)):
    case("rents_missing", best_rent_given=given, rents_unknown=unknown, gives=flag)

case("npv_advantage_other", npv_own_after_tax_other=-3, best_rent_npv_after_tax=-10, gives=7)
case("npv_advantage_other", npv_own_after_tax_other=-3, best_rent_npv_after_tax=None,
     undefined="no rented option counts")  # fmt: skip
