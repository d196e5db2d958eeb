"""What one GPU does."""

from tco.model.run import accelerator
from tests.lines.worked import worked

case = worked(accelerator)

case("achieved_tflops", peak_tflops=310, mfu=0.3, hours_calibration=1.5, gives=62)

case("hours_calibration", calibrate="published", class_calibration=1.3, gives=1.3)
case("hours_calibration", calibrate="none", class_calibration=1.3, gives=1)
case("hours_calibration", calibrate="published", class_calibration=None, gives=1)
case("hours_calibrated", calibrate="published", hours_calibration_given=0, gives=1)
case("hours_calibrated", calibrate="published", hours_calibration_given=1, gives=0)
case("hours_calibrated", calibrate="none", hours_calibration_given=0, gives=0)
calibration = {"hours_calibration": 1.3}
case("calibrated_by_default", hours_calibrated=1, mfu=0.4, class_mfu=0.3, **calibration, gives=1)
case("calibrated_by_default", hours_calibrated=1, mfu=0.3, class_mfu=0.3, **calibration, gives=0)
case("calibrated_by_default", hours_calibrated=0, mfu=0.4, class_mfu=0.3, **calibration, gives=0)
case("calibrated_by_default", hours_calibrated=1, mfu=0.4, class_mfu=None, **calibration, gives=0)

case("peak_over_catalogue", peak_tflops=6, catalogue_peak_tflops=4, gives=1.5)
case("peak_over_catalogue", peak_tflops=6, catalogue_peak_tflops=None, gives=1)
case("peak_is_dense", peak_over_catalogue=2, peak_mismatch_factor=1.25, gives=1)
case("peak_is_dense", peak_over_catalogue=0.7, peak_mismatch_factor=1.25, gives=1)
case("peak_is_dense", peak_over_catalogue=1.2, peak_mismatch_factor=1.25, gives=0)
case("peak_is_dense", peak_over_catalogue=0.9, peak_mismatch_factor=1.25, gives=0)

case("precision_offered", chip="a100", precision="fp8", peak_tflops=None, gives=1)
case("precision_offered", chip="a100", precision="bf16", peak_tflops=312, gives=0)
case("precision_offered", chip=None, precision="fp8", peak_tflops=None, gives=0)  # said elsewhere

case("mfu_reached", mfu=0.61, mfu_ceiling=0.6, gives=1)
case("mfu_reached", mfu=0.6, mfu_ceiling=0.6, gives=0)

# Of an 8-bit or 4-bit peak, twice as high or more, the class reaches half its share.
case("mfu_of_precision", precision="fp8", mfu=0.2, class_mfu=0.38, gives=1)
case("mfu_of_precision", precision="fp4", mfu=0.2, class_mfu=0.38, gives=1)
case("mfu_of_precision", precision="fp8", mfu=0.19, class_mfu=0.38, gives=0)
case("mfu_of_precision", precision="bf16", mfu=0.2, class_mfu=0.38, gives=0)
case("mfu_of_precision", precision="fp8", mfu=0.2, class_mfu=None, gives=0)
