"""Powered: a kW over the years."""

from tco.model.own import powered
from tests.lines.worked import worked

case = worked(powered)

case("power_years", power_index=[1, 1, 1.1], operating_years=[0, 1, 0.5], gives=[0, 1, 0.55])
case("colo_years", colo_index=[1, 1, 1.1], contract_years=[0, 1, 0.5], gives=[0, 1, 0.55])
# 1.1 x 0.8 x 1.25 x 1000 h = 1100 kWh, at 0.2: 220; 1 x 0.9 + 1.5 x 0.8 = 2.1
case("kw_energy_cost", ancillary_power_share=0.1, load_factor=0.8, pue=1.25, hours_per_year=1000,
     power_price=0.2, power_years=[0, 1, 1.5], discount_factor=[1, 0.9, 0.8],
     gives=462)  # fmt: skip
# 1.1 x 50 x 12 = 660
SPACE = {"ancillary_power_share": 0.1, "colo_price": 50, "colo_years": [0, 1, 1.5],
         "discount_factor": [1, 0.9, 0.8]}  # fmt: skip
case("kw_space_cost", facility_basis="colo", **SPACE, gives=1386)
case("kw_space_cost", facility_basis="own_dc", **SPACE, gives=0)
case("kw_space_cost", facility_basis="share", **SPACE, gives=0)
