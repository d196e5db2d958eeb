"""What owning costs. Years 0 to 3, of which 1 and 2 operate; factors 0.8 and 0.64, at a quarter."""

from tco.model.own import capex
from tests.lines.worked import worked

case = worked(capex)
start, end, first = {"at_start": [1, 0, 0, 0]}, {"at_end": [0, 0, 1, 0]}, [0, 1, 0, 0]
factor, at_end = [0, 0.8, 0.64, 0], [1, 0.8, 0.64, 0.512]
contract = {"contract_years": [0, 1, 2, 0]}

# ---- when it is paid -----------------------------------------------------------------------------

case("deposit_cost", capex=700, known_deposit_share=0.3, gives=210)
case("delivery_cost", capex=700, known_delivery_share=0.5, gives=350)
case("acceptance_cost", capex=700, deposit_cost=210, delivery_cost=350, gives=140)

# ---- power and facility --------------------------------------------------------------------------

case("it_power_kw", servers=128, server_power_kw=10.2, ancillary_power_share=0.1,
     gives=1_436.16)  # fmt: skip  # the reference case
case("annual_kwh", it_power_kw=7, load_factor=0.5, hours_per_year=100, pue=1.2, gives=420)
case("dc_cost", it_power_kw=7, dc_price_per_kw=100, dc_premium_share=0.1, gives=770)
bases = {"dc_cost": 7, "facility_share_cost": 11}
for basis, cost in (("colo", 0), ("own_dc", 7), ("share", 11)):
    case("facility_cost", facility_basis=basis, **bases, gives=cost)
# A fleet without a run has no share, and needs none.
case("facility_cost", facility_basis="colo", dc_cost=7, facility_share_cost=None, gives=0)
case("upfront_cost", capex=7, facility_cost=3, gives=10)

# ---- running costs -------------------------------------------------------------------------------

case("operating_hours", operating_years=[0, 0.7, 1, 0], hours_per_year=10, gives=[0, 7, 10, 0])
# 5 kW at 7 a month are 420 a year; the second column is two years, a tenth dearer.
colo = {"it_power_kw": 5, "colo_price": 7, "colo_index": [0.9, 1, 1.1, 1.2], **contract}
case("colo_spend", facility_basis="colo", **colo, gives=[0, 420, 924, 0])
case("colo_spend", facility_basis="own_dc", **colo, gives=[0, 0, 0, 0])
case("colo_spend", facility_basis="share", **colo, gives=[0, 0, 0, 0])
upkeep = {"dc_cost": 700, "dc_upkeep_share": 0.03, **contract}
case("dc_spend", facility_basis="own_dc", **upkeep, gives=[0, 21, 42, 0])
case("dc_spend", facility_basis="colo", **upkeep, gives=[0, 0, 0, 0])
case("dc_spend", facility_basis="share", **upkeep, gives=[0, 0, 0, 0])
case("power_weighted", annual_kwh=70, power_index=[0.9, 1, 1.1], operating_years=[0, 0.5, 1],
     gives=[0, 35, 77])  # fmt: skip
case("power_spend", power_weighted=[0, 35, 77], power_price=0.1, gives=[0, 3.5, 7.7])
case("owned_staff_spend", owned_fte=3, salary=50, salary_loading=1.4, wage_index=[0.9, 1, 1.1, 1.2],
     **contract, gives=[0, 210, 462, 0])  # fmt: skip
case("support_spend", server_cost=600, network_cost=100, support_share=0.03, **contract,
     gives=[0, 21, 42, 0])  # fmt: skip
case("software_spend", fleet_gpus=7, software_price=3, **contract, gives=[0, 21, 42, 0])
case("insurance_spend", capex=700, insurance_share=0.03, **contract, gives=[0, 21, 42, 0])
case("property_tax_spend", capex=700, property_tax_share=0.01, **contract, gives=[0, 7, 14, 0])
case("opex", colo_spend=[2, 1], dc_spend=[3, 0], power_spend=[5, 0], owned_staff_spend=[7, 0],
     support_spend=[11, 0], software_spend=[13, 0], insurance_spend=[17, 0],
     property_tax_spend=[19, 1], gives=[77, 2])  # fmt: skip
case("opex_total", opex=[0, 3, 7, 11], gives=21)
case("first_year_opex", opex=[2, 3, 5, 7], first_year=first, gives=3)

# ---- exit ----------------------------------------------------------------------------------------

# The reference case: 27.5 % of 30.72 M, a twentieth for disposal.
case("salvage", server_cost=30_720_000, residual_share=0.275, successor_loss_share=0,
     disposal_share=0.05, gives=8_025_600)  # fmt: skip
# A quarter of the residual is lost to the next generation, and a tenth of the rest to disposal.
case("salvage", server_cost=1_000, residual_share=0.4, successor_loss_share=0.25,
     disposal_share=0.1, gives=270)  # fmt: skip
for arrives, lost in ((0, 0), (0.5, 0.3), (3, 0.3), (3.5, 0)):
    case("successor_loss_share", horizon_years=3, successor_year=arrives,
         successor_drop_share=0.3, gives=lost)  # fmt: skip
left = {"dc_cost": 700, "horizon_years": 3, "dc_life_years": 10}
case("facility_salvage", facility_basis="own_dc", **left, gives=490)
case("facility_salvage", facility_basis="own_dc", dc_cost=700, horizon_years=4, dc_life_years=3,
     gives=0)  # fmt: skip
case("facility_salvage", facility_basis="colo", **left, gives=0)
case("facility_salvage", facility_basis="share", **left, gives=0)
case("exit_proceeds", salvage=7, facility_salvage=5, decommissioning_cost=2, gives=10)

# ---- before tax: 100 at the start, 20 and 30 to run, 50 at the exit ------------------------------

flows = {"upfront_cost": 100, "opex": [0, 20, 30, 0]}
case("own_flow", **flows, **start, exit_proceeds=50, **end, gives=[-100, -20, 20, 0])
# 50 x 0.64 = 32 at the year's end; running costs at factors of their own.
case("own_present_value", **flows, **start, exit_proceeds=50, **end,
     discount_factor=[0, 0.9, 0.7, 0], factor_at_end=at_end, gives=[-100, -18, 11, 0])  # fmt: skip
case("exit_present_value", exit_proceeds=50, **end, factor_at_end=at_end, gives=32)
case("npv_own", **flows, discount_factor=factor, exit_present_value=32, gives=-103.2)
case("eac_own", npv_own=-77, annuity=7, gives=11)
case("capacity_hours", fleet_gpus=7, operating_hours=[0, 3, 5], gives=[0, 21, 35])
case("capacity_hours_present", capacity_hours=[0, 20, 30, 0], discount_factor=factor, gives=35.2)
case("own_cost_per_gpu_hour", npv_own=-77, capacity_hours_present=7, gives=11)
case("own_cost_per_gpu_hour_delivered", own_cost_per_gpu_hour=3, utilization=0.75, gives=4)
case("own_cost_per_gpu_hour_delivered", own_cost_per_gpu_hour=3, utilization=0,
     undefined="no hour is used")  # fmt: skip

# ---- after tax -----------------------------------------------------------------------------------

# (100 x 0.2 + 40 x 0.05) x 30 %.
case("tax_shield", capex=100, depreciation_share=[0, 0.2, 0.5], facility_cost=40,
     facility_depreciation_share=[0, 0.05, 0], tax_rate=0.3, gives=[0, 6.6, 15])  # fmt: skip
case("remaining_basis", capex=100, remaining_share=0.3, facility_cost=40,
     facility_remaining_share=0.9, gives=66)  # fmt: skip
case("exit_after_tax", exit_proceeds=50, remaining_basis=30, tax_rate=0.3, gives=44)
case("exit_after_tax", exit_proceeds=50, remaining_basis=70, tax_rate=0.3, gives=56)  # a loss
case("own_running_after_tax", opex=[0, 20, 30], tax_rate=0.3, tax_shield=[0, 6.6, 15],
     gives=[0, -7.4, -6])  # fmt: skip
after = {"own_running_after_tax": [0, -7, 5, 0], "upfront_cost": 100, "exit_after_tax": 50, **end}
case("own_flow_after_tax", **after, **start, gives=[-100, -7, 55, 0])
# 50 x 0.64 - 100 - 7 x 0.8 + 5 x 0.5.
case("npv_own_after_tax", **after, discount_factor_after_tax=[0, 0.8, 0.5, 0],
     factor_at_end_after_tax=at_end, gives=-71.1)  # fmt: skip
# At once 0.8; as chosen 0.2 x 0.8 + 0.5 x 0.5; at the exit 0.4 x 0.64: 0.134 of 100, taxed.
case("npv_own_after_tax_bonus", npv_own_after_tax=-70, capex=100, tax_rate=0.3, first_year=first,
     discount_factor_after_tax=[0, 0.8, 0.5, 0], depreciation_share=[0, 0.2, 0.5, 0],
     remaining_share=0.4, **end, factor_at_end_after_tax=at_end, gives=-65.98)  # fmt: skip

case("exit_factor", at_end=[0, 0, 1], factor_at_end_after_tax=[1, 0.9, 0.7], gives=0.7)
# 0.2 x 0.8 + 0.5 x 0.5, and 0.3 at the exit.
factors = {"discount_factor_after_tax": [0, 0.8, 0.5], "exit_factor": 0.7}
case("deduction_worth", depreciation_share=[0, 0.2, 0.5], remaining_share=0.3, **factors,
     gives=0.62)  # fmt: skip
case("other_deduction_worth", other_depreciation_share=[0, 0.2, 0.5], other_remaining_share=0.3,
     **factors, gives=0.62)  # fmt: skip
case("npv_own_after_tax_other", npv_own_after_tax=-70, capex=100, tax_rate=0.3, deduction_worth=0.6,
     other_deduction_worth=0.8, gives=-64)  # fmt: skip

# ---- for the accounts: 100 down to 40 in 2.5 years, sold after 3 ---------------------------------

case("book_value", capex=100, salvage=40, year=[0, 1, 2, 3, 4], book_life_years=2.5,
     horizon_years=3, gives=[100, 76, 52, 40, 0])  # fmt: skip
case("book_gain", salvage=40, book_value=[100, 70, 47, 0], **end, gives=-7)

# ---- the basis that decides ----------------------------------------------------------------------

rows, rates = ([0, 0.8, 0.64], [0, 0.9, 0.81]), (0.25, 0.11)
for decided, which in ((0, 0), (1, 1)):
    basis = {"decided_after_tax": decided}
    case("deciding_factor", **basis, discount_factor=rows[0], discount_factor_after_tax=rows[1],
         gives=rows[which])  # fmt: skip
    case("deciding_factor_at_end", **basis, factor_at_end=rows[0], factor_at_end_after_tax=rows[1],
         gives=rows[which])  # fmt: skip
    case("deciding_rate", **basis, discount_rate=rates[0], discount_rate_after_tax=rates[1],
         gives=rates[which])  # fmt: skip
case("decided_after_tax", tax_rate=0.25, gives=1)
case("decided_after_tax", tax_rate=0, gives=0)
case("kept_share", tax_rate=0.3, gives=0.7)

# ---- so far --------------------------------------------------------------------------------------

# 20 is paid; 6 are earned, and 4 at a half with the 10 of the exit at a quarter.
case("own_so_far", own_running_after_tax=[0, 6, 4, 0], deciding_factor=[0, 1, 0.5, 0],
     exit_after_tax=10, **end, upfront_cost=20, **start, deciding_factor_at_end=[1, 0.5, 0.25, 0],
     gives=[-20, -14, -9.5, -9.5])  # fmt: skip
