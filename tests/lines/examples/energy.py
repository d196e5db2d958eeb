"""Energy and carbon of one run: 1,200 GPU-hours are 150 hours of a server of 8."""

from tco.model.cost import energy
from tests.lines.worked import worked

case = worked(energy)

case("power_kw", servers_working=3, server_power_kw=7, ancillary_power_share=0.1, gives=23.1)
# 150 h x 7 kW = 1,050 kWh, a tenth beside it, at half load: 577.5; x 1.2 at the meter.
case("energy_kwh", gpu_hours=1_200, gpus_per_server=8, server_power_kw=7,
     ancillary_power_share=0.1, load_factor=0.5, pue=1.2, gives=693)  # fmt: skip
case("energy_cost", energy_kwh=700, power_price=0.11, gives=77)
case("co2_tonnes", energy_kwh=7_000, grid_intensity=300, gives=2.1)
# 150 h of 3 years of 1,000 h are a twentieth of a server's life, of 4 t each.
case("embodied_tonnes", gpu_hours=1_200, gpus_per_server=8, embodied_kg_per_server=4_000,
     server_life_years=3, hours_per_year=1_000, gives=0.2)  # fmt: skip
case("co2_total_tonnes", co2_tonnes=2.1, embodied_tonnes=0.2, gives=2.3)
