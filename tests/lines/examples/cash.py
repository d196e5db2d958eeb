"""When each option pays, what it binds one to, and what it emits."""

from tco.model.own import cash
from tests.lines.worked import worked

case = worked(cash)
RIVALS = ("reserved", "on_demand", "spot", "block", "hybrid")

# 10 is paid, then 5, 3 come back, 2 are paid: the deepest is 15, the whole 14.
for name in ("own", *RIVALS):
    case(f"{name}_cumulative", **{f"{name}_flow": [-10, -5, 3, -2]}, gives=[-10, -15, -12, -14])
    case(f"{name}_discounted", **{f"{name}_present_value": [-10, -4, 2, -1]},
         gives=[-10, -14, -12, -13])  # fmt: skip
    flow, start = {f"{name}_flow": [-10, -5, 3, -2]}, {"at_start": [1, 0, 0, 0]}
    sums, none = {f"{name}_cumulative": [-10, -15, -12, -14]}, {f"{name}_cumulative": [0, 3, 2]}
    offered = {} if name == "own" else {f"{name}_available": 1}
    case(f"{name}_day1_cash", **flow, **start, **offered, gives=10)
    case(f"{name}_total_cash", **flow, **offered, gives=14)
    case(f"{name}_peak_cash", **sums, **offered, gives=15)
    case(f"{name}_peak_cash", **none, **offered, gives=0)
    if offered:
        offered = {f"{name}_available": 0}
        case(f"{name}_day1_cash", **flow, **start, **offered, undefined="–")
        case(f"{name}_total_cash", **flow, **offered, undefined="–")
        case(f"{name}_peak_cash", **sums, **offered, undefined="–")

# Three years, a tenth more each: 1 + 1.1 + 1.21.
case("colo_term_factor", colo_term_years=3, colo_growth=0.1, gives=3.31)
case("colo_term_factor", colo_term_years=3, colo_growth=0, gives=3)
case("colo_obligation", colo_spend=[2, 7, 11, 13], first_year=[0, 1, 0, 0], colo_term_factor=3,
     gives=21)  # fmt: skip
case("obligation_at_signing", upfront_cost=7, colo_obligation=3, gives=10)
case("reserved_obligation", reserved_share=0.5, fleet_gpus=4, reserved_term_hours=7,
     reserved_rate=3, gives=42)  # fmt: skip
case("hybrid_obligation", hybrid_base=0.5, fleet_gpus=4, reserved_term_hours=7, reserved_rate=3,
     gives=42)  # fmt: skip
case("reserved_obligation", reserved_share=0.5, fleet_gpus=4, reserved_term_hours=7,
     reserved_rate=None, undefined="not given")  # fmt: skip
case("hybrid_obligation", hybrid_base=0.5, fleet_gpus=4, reserved_term_hours=7, reserved_rate=None,
     undefined="not given")  # fmt: skip

case("annual_co2_tonnes", annual_kwh=70_000, grid_intensity=300, gives=21)
case("embodied_tonnes_purchase", servers=7, embodied_kg_per_server=3_000, gives=21)
case("own_co2_tonnes", annual_co2_tonnes=21, operating_years=[0, 0.5, 1, 0], gives=31.5)
case("capacity_hours_total", capacity_hours=[0, 3, 7, 11], gives=21)
# 30 t over 100 h; 21 t made for 7 GPUs that live 3 years of 10 h: 0.1 t an hour.
case("rented_tonnes_per_hour", own_co2_tonnes=30, capacity_hours_total=100,
     embodied_tonnes_purchase=21, fleet_gpus=7, server_life_years=3, hours_per_year=10,
     gives=0.4)  # fmt: skip
