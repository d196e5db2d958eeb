"""Published over default hours, by class; rows without a figure or of no comparable run count 0.

e^0.3 is 1.3498588075760032, e^0.5 1.6487212707001282, e^-0.2 0.8187307530779818.
"""

from tco.model.published import calibration
from tests.lines.worked import worked

case = worked(calibration)

case("run_calibrates", run_ratio_comparable=[2, None, 0.5], gives=[1, 0, 1])
# ln 2 either way: half the hours are ln 2 too few, twice as many ln 2 too many.
case("run_hours_log", run_ratio_comparable=[0.5, None, 2],
     gives=[0.6931471805599453, 0, -0.6931471805599453])  # fmt: skip
case("calibration_runs", run_calibrates=[1, 0, 1, 1], gives=3)
case("calibration_mean", run_hours_log=[0.3, 0, -0.1, 0.7], calibration_runs=3, gives=0.3)
case("calibration_mean", run_hours_log=[0.3, 0], calibration_runs=1, gives=0.3)
case("calibration_mean", run_hours_log=[0.3, 0], calibration_runs=0, gives=0)

own = {"run_performance_class": ["b", "a", "b", "a"], "calibrated_id": ["a", "b", "c"]}
case("calibrated_runs", run_calibrates=[1, 0, 1, 1], **own, gives=[1, 2, 0])
case("calibrated_log_total", run_hours_log=[0.3, 0, -0.1, 0.7], **own, gives=[0.7, 0.2, 0])
case("calibrated_mean", calibrated_runs=[2, 0, 1], calibrated_log_total=[0.6, 0.2, 0.5],
     gives=[1.3498588075760032, None, 1.6487212707001282])  # fmt: skip
# (2.3 + 5 x 0.14) / (1 + 5) is 0.5; without a run of its own, the mean of all.
case("calibrated_factor", calibrated_log_total=[2.3, 0], calibration_prior_runs=5,
     calibration_mean=0.14, calibrated_runs=[1, 0],
     gives=[1.6487212707001282, 1.1502737988572274])  # fmt: skip
case("calibrated_low", calibrated_factor=[3, 6], calibration_range_factor=1.5, gives=[2, 4])
case("calibrated_high", calibrated_factor=[3, 6], calibration_range_factor=1.5, gives=[4.5, 9])

case("class_calibration", performance_class="b", calibrated_id=["a", "b"],
     calibrated_factor=[1.3, 1.7], gives=1.7)  # fmt: skip
case("class_calibration", performance_class="c", calibrated_id=["a", "b"],
     calibrated_factor=[1.3, 1.7], undefined="no class")  # fmt: skip

named = {"run_performance_class": ["b", "a", "b"]}
case("run_class_runs", run_calibrates=[1, 0, 1], **named, gives=[2, 0, 2])
case("run_class_log_total", run_hours_log=[0.3, 0, -0.1], **named, gives=[0.2, 0, 0.2])
# Four runs of mean 0.3 without one of 0.6: 0.6 over the other three.
others = {"calibration_mean": 0.3, "run_hours_log": [0.6, 0]}
case("run_others_mean", run_calibrates=[1, 0], calibration_runs=4, **others, gives=[0.2, None])
case("run_others_mean", run_calibrates=[1, 0], calibration_runs=1, **others, gives=[None, None])
case("run_others_mean", run_calibrates=[1, 0], calibration_runs=2, **others, gives=[0, None])
# (1.1 - 0.3 + 5 x 0.44) / (2 - 1 + 5) is 0.5.
case("run_left_out_factor", run_class_log_total=[1.1, 0], run_hours_log=[0.3, 0],
     calibration_prior_runs=5, run_others_mean=[0.44, None], run_class_runs=[2, 0],
     gives=[1.6487212707001282, None])  # fmt: skip
case("run_calibrated_gpu_hours", run_engine_gpu_hours=[700, None, 7],
     run_left_out_factor=[1.5, 2, None], gives=[1_050, None, None])  # fmt: skip
case("run_calibrated_ratio", run_calibrated_gpu_hours=[21, None, 5], run_gpu_hours=[7, 7, None],
     gives=[3, None, None])  # fmt: skip
case("run_error", run_calibrates=[1, 1, 0], run_hours_log=[0.3, -0.7, 0], gives=[0.3, 0.7, None])
case("run_left_out_error", run_calibrated_ratio=[1.6487212707001282, 0.8187307530779818, None],
     gives=[0.5, 0.2, None])  # fmt: skip

errors = [0.5, 0.2, None, 0.2, 0.9]
case("run_error_rank", run_calibrates=[1, 1, 0, 1, 1], run_left_out_error=errors,
     gives=[3, 2, None, 2, 4])  # fmt: skip
case("run_error_rank", run_calibrates=[1, 0, 1], run_left_out_error=[0.5, 0.2, 0.9],
     gives=[1, 0, 2])  # fmt: skip
# Three quarters of four runs are three: the third error holds as many, the second does not.
case("run_error_covering", run_error_rank=[3, 2, None, 2, 4], calibration_range_share=0.75,
     calibration_runs=4, run_left_out_error=errors, gives=[0.5, None, None, None, 0.9])  # fmt: skip
case("calibration_range_log", run_error_covering=[0.5, None, 0.9], gives=0.5)
case("calibration_range_factor", calibration_range_log=0.5, gives=1.6487212707001282)
case("run_inside", run_left_out_error=errors, calibration_range_log=0.5,
     gives=[1, 1, None, 1, None])  # fmt: skip
case("calibration_runs_inside", run_inside=[1, 1, None, 1, None], gives=3)

for family in ("ampere", "hopper", "tpu"):
    for key in ("run_error", "run_left_out_error"):
        case(f"{key}_{family}", **{key: [0.3, 0.7, None], f"run_ratio_{family}": [2, None, 3]},
             gives=[0.3, None, None])  # fmt: skip
for group in ("comparable", "ampere", "hopper", "tpu"):
    tail = "" if group == "comparable" else f"_{group}"
    for name, key in (("before", "run_error"), ("after", "run_left_out_error")):
        runs = f"backtest_{group}_runs"
        errors_of = f"{key}{tail}"
        for over, found in (("", 0.3), ("_mean", 0.4)):
            line = f"calibration_{group}{over}_{name}"
            case(line, **{errors_of: [0.7, None, 0.2, 0.3], runs: 3}, gives=found)
            case(line, **{errors_of: [0.7, None], runs: 1}, gives=0.7)
            case(line, **{errors_of: [0.7, None], runs: 0}, undefined="no run")
