"""The years 0 to 4: flags, price paths, discount factors and deductions, of a horizon of 3."""

from tco.model.own import calendar
from tests.lines.worked import worked

case = worked(calendar)
year = {"year": [0, 1, 2, 3, 4]}

# ---- terms and flags -----------------------------------------------------------------------------

# 7 of 5 hours a year are two years.
case("reserved_term_years", reserved_term_hours=7, hours_per_year=5, period_years=1, gives=2)
case("reserved_term_years", reserved_term_hours=30, hours_per_year=5, period_years=2, gives=3)
case("reserved_term_years", reserved_term_hours=0, hours_per_year=5, period_years=1, gives=1)
case("timing_shift_years", discount_timing="end", gives=0)
case("timing_shift_years", discount_timing="mid", gives=0.5)

case("at_start", **year, gives=[1, 0, 0, 0, 0])
case("operating", **year, horizon_years=3, gives=[0, 1, 1, 1, 0])
case("at_end", **year, horizon_years=3, gives=[0, 0, 0, 1, 0])
case("first_year", **year, gives=[0, 1, 0, 0, 0])
case("year_ahead", **year, horizon_years=3, gives=[1, 1, 1, 0, 0])
case("contract_years", operating=[0, 1, 1], period_years=2, gives=[0, 2, 2])
case("operating_years", contract_years=[0, 2, 2], first_year=[0, 1, 0], go_live_fraction=0.7,
     gives=[0, 1.4, 2])  # fmt: skip
# Terms of two years: 1 and 2, 3 and 4; they begin when years 0 and 2 end.
case("reserved_term", **year, reserved_term_years=2, gives=[0, 1, 1, 2, 2])
case("reserved_term", **year, reserved_term_years=1, gives=[0, 1, 2, 3, 4])
case("reserved_term_begins", **year, reserved_term_years=2, year_ahead=[1, 1, 1, 0, 0],
     gives=[1, 0, 1, 0, 0])  # fmt: skip
case("reserved_term_begins", **year, reserved_term_years=3, year_ahead=[1, 1, 1, 1, 0],
     gives=[1, 0, 0, 1, 0])  # fmt: skip

# ---- price paths: a tenth more, or a fifth less, every year --------------------------------------

for index, growth in (("rent_index", "rent_growth"), ("wage_index", "wage_growth"),
                      ("colo_index", "colo_growth"), ("power_index", "power_growth")):  # fmt: skip
    case(index, **{growth: 0.1}, **year, gives=[1 / 1.1, 1, 1.1, 1.21, 1.331])
    case(index, **{growth: -0.2}, **year, gives=[1.25, 1, 0.8, 0.64, 0.512])
# A term of two years holds its price: two drifts at once.
case("reserved_index", rent_growth=0.1, reserved_term_years=2, reserved_term=[1, 1, 2, 2, 3],
     gives=[1, 1, 1.21, 1.21, 1.4641])  # fmt: skip

# ---- discount factors at a quarter: 0.8 a year ---------------------------------------------------

for end, running, rate in (
    ("factor_at_end", "discount_factor", "discount_rate"),
    ("factor_at_end_after_tax", "discount_factor_after_tax", "discount_rate_after_tax"),
):
    case(end, **{rate: 0.25}, **year, gives=[1, 0.8, 0.64, 0.512, 0.4096])
    flows = {"operating": [0, 1, 1, 1, 0], **year}
    case(running, **{rate: 0.25}, **flows, timing_shift_years=0, gives=[0, 0.8, 0.64, 0.512, 0])
    # Half a year ahead, at 44 %: 1.2 the half year.
    case(running, **{rate: 0.44}, **flows, timing_shift_years=0.5,
         gives=[0, 1 / 1.2, 1 / 1.728, 1 / 1.2**5, 0])  # fmt: skip
case("annuity", discount_factor=[0, 0.8, 0.64, 0.512, 0], gives=1.952)

# ---- deductions ----------------------------------------------------------------------------------

table = {f"macrs_{number}": share
         for number, share in enumerate((0.2, 0.32, 0.192, 0.11, 0.12, 0.058), 1)}  # fmt: skip
case("macrs_share", year=[0, 1, 2, 3, 4, 5, 6, 7], **table,
     gives=[0, 0.2, 0.32, 0.192, 0.11, 0.12, 0.058, 0])  # fmt: skip
# 2.5 years: two fifths a year, and the last fifth.
case("straight_through", **year, tax_life_years=2.5, gives=[0, 0.4, 0.8, 1, 1])
case("facility_deducted", **year, dc_tax_life_years=2.5, gives=[0, 0.4, 0.8, 1, 1])
case("straight_before", straight_through=[0, 0.4, 0.8, 1, 1], gives=[0, 0, 0.4, 0.8, 1])
case("facility_deducted_before", facility_deducted=[0, 0.4, 0.8, 1, 1], gives=[0, 0, 0.4, 0.8, 1])
case("straight_share", straight_through=[0, 0.4, 0.8, 1], straight_before=[0, 0, 0.4, 0.8],
     gives=[0, 0.4, 0.4, 0.2])  # fmt: skip
ways = {"macrs_share": [0, 0.2, 0.32, 0.192], "straight_share": [0, 0.4, 0.4, 0.2],
        "first_year": [0, 1, 0, 0], "operating": [0, 1, 1, 0]}  # fmt: skip
for method, deducted in (("macrs", [0, 0.2, 0.32, 0]), ("straight", [0, 0.4, 0.4, 0]),
                         ("bonus", [0, 1, 0, 0])):  # fmt: skip
    case("depreciation_share", tax_depreciation=method, **ways, gives=deducted)
for method, deducted in (("macrs", [0, 0.2, 0.32, 0]), ("bonus", [0, 1, 0, 0])):
    case("other_depreciation_share", operating=[0, 1, 1, 0], other_depreciation=method,
         macrs_share=[0, 0.2, 0.32, 0.192], first_year=[0, 1, 0, 0], gives=deducted)  # fmt: skip
case("other_remaining_share", other_depreciation_share=[0, 0.2, 0.32], gives=0.48)
case("other_remaining_share", other_depreciation_share=[0, 0.4, 0.4, 0.2000000001], gives=0)
case("facility_depreciation_share", operating=[0, 1, 1, 0], facility_deducted=[0, 0.4, 0.8, 1],
     facility_deducted_before=[0, 0, 0.4, 0.8], gives=[0, 0.4, 0.4, 0])  # fmt: skip
for left, rows in (("remaining_share", "depreciation_share"),
                   ("facility_remaining_share", "facility_depreciation_share")):  # fmt: skip
    case(left, **{rows: [0, 0.2, 0.32]}, gives=0.48)
    case(left, **{rows: [0, 0.4, 0.4, 0.2000000001]}, gives=0)  # noise leaves nothing
case("charted_year", year=[0, 1, 2, 3, 4], horizon_years=3, gives=[0, 1, 2, 3, 3])
