"""Published runs beside the engine's defaults; the last rows lack a figure."""

from tco.model.published import backtest
from tests.lines.worked import worked

case = worked(backtest)

case("run_flop", flop_per_parameter_token=6, run_active_parameters=[5, None, 7],
     run_tokens=[11, 11, None], gives=[330, None, None])  # fmt: skip
# 100 TFLOP/s at 40 % of which 90 % count: 36 TFLOP/s; 5 s an hour.
case("run_engine_gpu_hours", run_flop=[1_260e12, None], run_peak_tflops=[100, 100],
     run_default_mfu=[0.4, 0.4], run_default_availability=[0.9, 0.9], seconds_per_day=120,
     gives=[7, None])  # fmt: skip
# 1,260 TFLOP in 21 hours of 5 s are 12 TFLOP/s, of 100.
case("run_effective_mfu", run_flop=[1_260e12, None, 1_260e12], run_gpu_hours=[21, 21, None],
     run_peak_tflops=[100, 100, 100], seconds_per_day=120, gives=[0.12, None, None])  # fmt: skip

for ratio, engine, published in (
    ("run_hours_ratio", "run_engine_gpu_hours", "run_gpu_hours"),
    ("run_days_ratio", "run_engine_days", "run_days"),
    ("run_energy_ratio", "run_engine_energy_mwh", "run_energy_mwh"),
    ("run_cost_ratio", "run_engine_cost", "run_cost"),
    ("run_co2_ratio", "run_engine_co2_tonnes", "run_co2_tonnes"),
):
    case(ratio, **{engine: [21, None, 21], published: [7, 7, None]}, gives=[3, None, None])
case("run_co2_ratio", run_engine_co2_tonnes=[21, 1.5], run_co2_tonnes=[0, 0.5], gives=[None, 3])
case("run_watts_ratio", run_engine_watts=[21, 21], run_watts_per_gpu=[7, None], gives=[3, None])

case("run_engine_days", run_engine_gpu_hours=[840, None, 840], run_gpus=[7, 7, None],
     gives=[5, None, None])  # fmt: skip
# 5.6 kW of 8 are 700 W, a tenth beside it, at half load.
case("run_engine_watts", run_server_power_kw=[5.6, 2.8], run_gpus_per_server=[8, 4],
     ancillary_power_share=0.1, run_default_load_factor=[0.5, 1], gives=[385, 770])  # fmt: skip
case("run_pue_taken", run_pue=[1.3, None], pue=1.7, gives=[1.3, 1.7])
case("run_intensity_taken", run_grid_intensity=[300, None], grid_intensity=500, gives=[300, 500])
# 5,000 h at 700 W are 3.5 MWh; x 1.2 at the meter.
case("run_engine_energy_mwh", run_engine_gpu_hours=[5_000, None], run_engine_watts=[700, 700],
     run_pue_taken=[1.2, 1.2], gives=[4.2, None])  # fmt: skip
case("run_engine_co2_tonnes", run_engine_energy_mwh=[7, None], run_intensity_taken=[300, 300],
     gives=[2.1, None])  # fmt: skip
case("run_engine_cost", run_engine_gpu_hours=[7, None, 7], run_price_per_gpu_hour=[3, 3, None],
     gives=[21, None, None])  # fmt: skip

ratios = {"run_hours_ratio": [2, 3, None, 5, 7]}
case("run_ratio_all", **ratios, gives=[2, 3, None, 5, 7])
comparable = {**ratios, "run_comparable": [1, 0, 1, 1, 1]}
case("run_ratio_comparable", **comparable, gives=[2, None, None, 5, 7])
for family, kept in (("ampere", 2), ("hopper", 5), ("tpu", 7)):
    rows = [kept if kept == one else None for one in (2, 3, None, 5, 7)]
    case(f"run_ratio_{family}", **comparable,
         run_family=["ampere", family, family, "hopper", "tpu"], gives=rows)  # fmt: skip

# In order 2, 3, 5, 7, 13: the quarters fall on the second and fourth, the middle on the third.
for group in ("all", "comparable", "ampere", "hopper", "tpu"):
    five = {f"run_ratio_{group}": [7, 2, None, 13, 3, 5]}
    none = {f"run_ratio_{group}": [None, None]}
    case(f"backtest_{group}_runs", **five, gives=5)
    case(f"backtest_{group}_runs", **none, gives=0)
    for name, found in (("median", 5), ("lower", 3), ("upper", 7), ("lowest", 2), ("highest", 13)):
        key, count = f"backtest_{group}_{name}", f"backtest_{group}_runs"
        case(key, **five, **{count: 5}, gives=found)
        case(key, **{f"run_ratio_{group}": [None, 7]}, **{count: 1}, gives=7)
        case(key, **none, **{count: 0}, undefined="no run")
    # Of four, 2 3 5 13: the middle lies between two, the quarters a part of the way.
    four = {f"run_ratio_{group}": [5, 2, 13, 3], f"backtest_{group}_runs": 4}
    case(f"backtest_{group}_median", **four, gives=4)
    case(f"backtest_{group}_lower", **four, gives=2.75)
    case(f"backtest_{group}_upper", **four, gives=7)

case("backtest_energy_runs", run_energy_ratio=[7, None, 2, 3], gives=3)
case("backtest_energy_median", run_energy_ratio=[7, None, 2, 3], backtest_energy_runs=3, gives=3)
case("backtest_energy_median", run_energy_ratio=[None, 7], backtest_energy_runs=1, gives=7)
case("backtest_energy_median", run_energy_ratio=[None], backtest_energy_runs=0, undefined="no run")
