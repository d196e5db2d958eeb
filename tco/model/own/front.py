"""What the first page shows of the ownership view."""

from tco.lines import *

FRONT = Front(
    second_tiles=(
        ("advantage_found", "Advantage of owning that decides"),
        ("breakeven_utilization", "Use level with on demand, before tax"),
        ("breakeven_reserved_price", "Break-even reservation, before tax"),
        ("own_cost_per_gpu_hour_delivered", "Own, per GPU-h delivered, before tax"),
        ("payback_vs_best", "Payback, before tax, years"),
        ("own_peak_cash", "Peak cash if owned"),
    ),
    excerpts=(
        Excerpt(
            "options",
            "Over the years: own or rent?",
            (
                ("option_deciding_npv", "NPV that decides"),
                ("option_day1_cash", "Cash in year 0"),
                ("option_cost_delivered", "Before tax, per GPU-h delivered"),
                ("option_obligation", "Obligation at signing"),
                ("option_timing", "In time?"),
            ),
            names="option_name",
            counts="option_eligible",
        ),
        Excerpt(
            "lenses",
            "One run: what does it cost?",
            (
                ("lens_cost", "By this lens"),
                ("lens_hours", "Basis of hours"),
                ("lens_question", "The question it answers"),
                ("lens_staff", "Staff"),
                ("lens_discounting", "Discounting"),
            ),
            names="lens_name",
        ),
        Excerpt(
            "grades",
            "What the verdict rests on",
            (
                ("grade_swing_share", "Of what may move it"),
                ("grade_swing", "Swing of the advantage"),
                ("grade_share", "Range without one of its own, ±"),
            ),
            names="grade_name",
        ),
    ),
    resting_on=(
        "fleet_gpus", "server_unit_price", "horizon_years", "utilization", "residual_share",
        "discount_rate", "tax_rate", "reserved_price", "on_demand_price", "rent_growth",
        "colo_price", "power_price",
    ),
)  # fmt: skip
