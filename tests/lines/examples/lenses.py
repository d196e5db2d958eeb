"""The same run, counted five ways, and the bridge between them."""

from tco.model.own import lenses
from tests.lines.worked import worked

case = worked(lenses)
NO_RUN = "no run is given"

# 73 of 365 days are a fifth of a year.
case("run_year_share", job_days=73, hours_per_year=8_760, period_years=1, gives=0.2)
case("run_year_share", job_days=73, hours_per_year=8_760, period_years=2, gives=0.1)
case("run_rented_staff", first_year_rented_staff=70, run_year_share=0.2, gives=14)
case("run_contract_hours", fleet_gpus=7, reserved_term_hours=100, job_days=3, gives=700)
case("run_contract_hours", fleet_gpus=7, reserved_term_hours=70, job_days=3, gives=504)

# ---- five figures --------------------------------------------------------------------------------

gone = "no run or no hour used"
case("run_owned_share", gpu_hours=7, own_cost_per_gpu_hour_delivered=3, gives=21)
case("run_owned_share", gpu_hours=None, own_cost_per_gpu_hour_delivered=3, undefined=gone)
case("run_owned_share", gpu_hours=7, own_cost_per_gpu_hour_delivered=None, undefined=gone)
market = {"on_demand_price": 3, "rent_addon_share": 0.1, "run_rented_staff": 5}
case("run_on_demand", gpu_hours=70, **market, gives=236)
gone = "no run or no price"
case("run_on_demand", gpu_hours=None, **market, undefined=gone)
case("run_on_demand", gpu_hours=70, **{**market, "on_demand_price": None}, undefined=gone)
gone = "no run or no price"
contract = {"run_contract_hours": 70, "rent_addon_share": 0.1, "run_rented_staff": 5}
case("run_take_or_pay", gpu_hours=60, reserved_price=3, **contract, gives=236)
case("run_take_or_pay", gpu_hours=60, reserved_price=None, **contract, undefined=gone)
case("run_take_or_pay", gpu_hours=None, reserved_price=3, **contract, undefined=gone)
cash = {"upfront_cost": 100, "first_year_opex": 70, "run_year_share": 0.2}
case("run_cash_to_deadline", gpu_hours=60, **cash, gives=114)
case("run_cash_to_deadline", gpu_hours=None, **cash, undefined=NO_RUN)
# To 16 % in 2 years, so to 40 % in one; half in a hurry, a tenth for disposal.
sale = {"server_cost": 1_000, "residual_share": 0.16, "horizon_years": 2,
        "liquidation_factor": 0.5, "disposal_share": 0.1, "run_successor_loss": 0}  # fmt: skip
case("run_resale", **sale, run_year_share=1, gives=180)
case("run_resale", **{**sale, "horizon_years": 1}, run_year_share=0.5, gives=180)
case("run_resale", **sale, run_year_share=0, gives=450)
case("run_resale", **{**sale, "run_successor_loss": 0.2}, run_year_share=1, gives=144)
for arrives, lost in ((0, 0), (0.3, 0.2), (0.5, 0.2), (0.7, 0)):
    case("run_successor_loss", run_year_share=0.5, successor_year=arrives,
         successor_drop_share=0.2, gives=lost)  # fmt: skip
case("run_buy_train_sell", run_cash_to_deadline=114, run_resale=14, gives=100)
case("run_buy_train_sell", run_cash_to_deadline=None, run_resale=14, undefined=NO_RUN)

# ---- the parts of the bridge ---------------------------------------------------------------------

case("run_owned_capacity", gpu_hours=7, own_cost_per_gpu_hour=3, gives=21)
case("run_owned_capacity", gpu_hours=None, own_cost_per_gpu_hour=3, undefined=NO_RUN)
for part, more, less in (
    ("run_owned_idle", "run_owned_share", "run_owned_capacity"),
    ("run_market", "run_on_demand", "run_owned_share"),
    ("run_early_exit", "run_buy_train_sell", "run_owned_share"),
    ("run_from_rent", "run_buy_train_sell", "run_take_or_pay"),
):
    case(part, **{more: 10, less: 3}, gives=7)
    case(part, **{more: None, less: 3}, undefined="–")
    case(part, **{more: 10, less: None}, undefined="–")
# 70 hours 0.60 cheaper, with a tenth on it; and 30 more hours that are paid.
prices = {"on_demand_price": 3, "rent_addon_share": 0.1}
case("run_cheaper_rate", gpu_hours=70, reserved_price=2.4, **prices, gives=-46.2)
case("run_cheaper_rate", gpu_hours=None, reserved_price=2.4, **prices, undefined="–")
case("run_cheaper_rate", gpu_hours=70, reserved_price=None, **prices, undefined="–")
paid = {"run_contract_hours": 100, "rent_addon_share": 0.1}
case("run_paid_idle", gpu_hours=70, reserved_price=2.4, **paid, gives=79.2)
case("run_paid_idle", gpu_hours=None, reserved_price=2.4, **paid, undefined="–")
case("run_paid_idle", gpu_hours=70, reserved_price=None, **paid, undefined="–")

case("lens_cost", run_owned_share=2, run_on_demand=3, run_take_or_pay=5, run_buy_train_sell=7,
     run_cash_to_deadline=11, gives=[2, 3, 5, 7, 11])  # fmt: skip
parts = {"run_owned_capacity": 2, "run_owned_idle": 3, "run_market": 5, "run_cheaper_rate": -7,
         "run_paid_idle": 11, "run_from_rent": 13, "run_resale": 17}  # fmt: skip
case("step_amount", **parts, gives=[2, 3, 0, 5, 0, -7, 11, 0, 13, 0, 17, 0])
case("step_known", step_amount=[2, None, 0], gives=[2, 0, 0])
case("step_sum", step_known=[2, 3, 0, 5, -7], gives=[2, 5, 5, 10, 3])
case("step_so_far", step_sum=[2, 5, 10], lens_missing=0, gives=[2, 5, 10])
case("step_so_far", step_sum=[2, 5, 10], lens_missing=1, gives=[None, None, None])

# ---- whether it closes: 44 in all, 50 that were paid, over a purchase of 100 ---------------------

end = {"upfront_cost": 100}
case("bridge_gap", **parts, run_cash_to_deadline=44, lens_missing=0, **end, gives=0)
case("bridge_gap", **parts, run_cash_to_deadline=50, lens_missing=0, **end, gives=-0.06)
case("bridge_gap", **parts, run_cash_to_deadline=50, lens_missing=1, **end, gives=0)
exits = {"run_owned_share": 3, "run_early_exit": 7}
case("exit_gap", **exits, run_buy_train_sell=10, lens_missing=0, **end, gives=0)
case("exit_gap", **exits, run_buy_train_sell=5, lens_missing=0, **end, gives=0.05)
case("exit_gap", **exits, run_buy_train_sell=5, lens_missing=1, **end, gives=0)
for share, demand, contract, flag in ((3, 5, 7, 0), (None, 5, 7, 1), (3, None, 7, 1),
                                      (3, 5, None, 1), (None, None, None, 1)):  # fmt: skip
    case("lens_missing", run_owned_share=share, run_on_demand=demand, run_take_or_pay=contract,
         gives=flag)  # fmt: skip
