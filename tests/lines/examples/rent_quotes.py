"""Rent quotes: each brought to what a useful GPU-hour costs over the years."""

from tco.model.own import rent_quotes
from tests.lines.worked import worked

case = worked(rent_quotes)
WAYS = ["on_demand", "reserved", "block"]

case("factor_at_begin", factor_at_end=[1, 0.9, 0.8], gives=[0, 1, 0.9])
case("hours_worth", capacity_hours=[0, 7, 11], discount_factor=[0, 0.9, 0.8], gives=[0, 6.3, 8.8])
case("hours_worth_ahead", capacity_hours=[0, 7, 11], factor_at_begin=[0, 1, 0.9],
     gives=[0, 7, 9.9])  # fmt: skip
case("contract_years_present", contract_years=[0, 1, 1], discount_factor=[1, 0.9, 0.8], gives=1.7)
case("first_year_factor", first_year=[0, 1, 0], discount_factor=[1, 0.9, 0.8], gives=0.9)

case("rent_quote_rate", rental_currency=["EUR", "USD"], currencies=["USD", "EUR"],
     exchange_rate=[1, 1.1], gives=[1.1, 1])  # fmt: skip
case("rent_quote_rate", rental_currency=["EUR", "EUR"], currencies=["USD", "EUR"],
     exchange_rate=[1, 1.1], gives=[1.1, 1.1])  # fmt: skip
case("rent_quote_price", rental_price=[3, 5], rent_quote_rate=[2, 7], gives=[6, 35])
case("rent_quote_growth", rental_price_growth=[0.2, None], rent_growth=-0.05, gives=[0.2, -0.05])
case("rent_quote_said_years", rental_term_months=[18, None], reserved_term_hours=6_000,
     hours_per_year=2_000, gives=[1.5, 3])  # fmt: skip
case("rent_quote_term_years", rental_commitment=WAYS, rent_quote_said_years=[2, 3, 5],
     gives=[0, 3, 5])  # fmt: skip
# Whole columns of a year and a half: 4 years are 3 of them; the others follow the year.
case("rent_quote_step_years", rental_commitment=[*WAYS, "reserved"],
     rent_quote_term_years=[0, 4, 5, 0.5], period_years=1.5, gives=[1, 3, 1, 1])  # fmt: skip
case("rent_quote_useful_share", rental_goodput=[0.6, 0.9, None], availability=0.8,
     gives=[0.75, 1, 1])  # fmt: skip

# At 10 % a year: 7 + 11 x 1.1 + 13 x 1.21 year by year, 7 + 11 + 13 x 1.21 in steps of two.
for key, hours in (("rent_quote_due_hours", "hours_worth"),
                   ("rent_quote_ahead_hours", "hours_worth_ahead")):  # fmt: skip
    case(key, **{hours: [0, 7, 11, 13]}, year=[0, 1, 2, 3], rent_quote_growth=[0.1, 0.1, 0],
         rent_quote_step_years=[1, 2, 1], gives=[34.83, 33.73, 31])  # fmt: skip
# Steps of one reach the seventh year: 1 + 2 + 4 + 8 + 16 + 32 + 64.
case("rent_quote_due_hours", hours_worth=[0, 1, 1, 1, 1, 1, 1, 1], year=[0, 1, 2, 3, 4, 5, 6, 7],
     rent_quote_growth=[1], rent_quote_step_years=[1], gives=[127])  # fmt: skip
case("rent_quote_path_hours", rental_commitment=WAYS, rent_quote_ahead_hours=[3, 5, 7],
     rent_quote_due_hours=[11, 13, 17], gives=[11, 13, 7])  # fmt: skip
# Half of half a year; half of three tenths of a column of two years, where the year ends before.
case("rent_quote_ramp_years", rental_commitment=["reserved", "reserved", "block"],
     rental_ramp_months=[6, 9, 6], go_live_fraction=0.3, period_years=2,
     gives=[0.25, 0.3, 0])  # fmt: skip
case("rent_quote_hours", rental_commitment=WAYS, utilization=0.3,
     rent_quote_path_hours=[1_000, 2_000, 3_000], fleet_gpus=7, hours_per_year=110,
     rent_quote_ramp_years=[0, 0.5, 0], first_year_factor=0.9,
     gives=[300, 1_653.5, 900])  # fmt: skip

case("rent_quote_hours_cost", rent_quote_price=[3, 5], rent_quote_hours=[7, 11], gives=[21, 55])
one = {"rental_support_share": [None, 0.1, None, None],
       "rental_storage_price": [None, None, 0.2, None],
       "rental_egress_price": [None, None, None, 0.3]}  # fmt: skip
case("rent_quote_itemised", rent_addon_basis="share", **one, gives=[0, 1, 1, 1])
case("rent_quote_itemised", rent_addon_basis="items", **one, gives=[1, 1, 1, 1])
case("rent_quote_support_share", rental_support_share=[0.3, None, None],
     rent_quote_itemised=[1, 1, 0], rent_support_share=0.07, rent_addon_share=0.05,
     gives=[0.3, 0.07, 0.05])  # fmt: skip
case("rent_quote_support_cost", rent_quote_hours_cost=[300, 500],
     rent_quote_support_share=[0.3, 0.07], gives=[90, 35])  # fmt: skip
case("rent_quote_storage_price", rental_storage_price=[0.3, None], rent_quote_rate=[2, 5],
     rent_storage_price=0.7, gives=[0.6, 0.7])  # fmt: skip
case("rent_quote_egress_price", rental_egress_price=[0.3, None], rent_quote_rate=[2, 5],
     rent_egress_price=0.7, gives=[0.6, 0.7])  # fmt: skip
case("rent_quote_items_yearly", rent_quote_itemised=[1, 0], rent_quote_storage_price=[0.5, 3],
     rent_storage_gb=11, rent_quote_egress_price=[7, 5], rent_egress_gb=13,
     gives=[157, 0])  # fmt: skip
case("rent_quote_items_cost", rent_quote_items_yearly=[3, 5], contract_years_present=1.7,
     gives=[5.1, 8.5])  # fmt: skip
case("rent_quote_setup_cost", rental_setup_cost=[300, None], rent_quote_rate=[2, 5],
     rent_setup_cost=70, gives=[600, 70])  # fmt: skip
case("rent_quote_cost", rent_quote_hours_cost=[2], rent_quote_support_cost=[3],
     rent_quote_items_cost=[5], rent_quote_setup_cost=[7], gives=[17])  # fmt: skip
case("rent_quote_useful_hours", capacity_hours_present=1_000, utilization=0.3,
     rent_quote_useful_share=[1, 0.7], gives=[300, 210])  # fmt: skip
case("rent_quote_useful_price", rent_quote_cost=[30, 30, 30], rent_quote_useful_hours=[5, 0, 0.5],
     gives=[6, None, 60])  # fmt: skip

case("rent_quote_yearly", rental_commitment=WAYS, utilization=0.3, rent_quote_price=[2, 3, 5],
     rent_quote_support_share=[0.1, 0.2, 0.3], fleet_gpus=7, hours_per_year=100,
     gives=[0, 2_520, 1_365])  # fmt: skip
case("rent_quote_obligation", rent_quote_yearly=[100, 100], rent_quote_term_years=[3, 0.1],
     rent_quote_ramp_years=[0.5, 0.3], rent_quote_setup_cost=[7, 11], gives=[257, 11])  # fmt: skip
case("rent_quote_exit_cost", rent_quote_yearly=[100, 100], rent_quote_term_years=[3, 1.2],
     period_years=1.5, rental_exit_fee_share=[0.7, 0.3], gives=[105, 0])  # fmt: skip

case("rent_quote_days_left", rental_valid_until=["2026-11-30", "2026-11-20"], as_of_day=46347,
     gives=[9, -1])  # fmt: skip
case("rent_quote_excess_gpus", rental_min_gpus=[3, 11], fleet_gpus=7, gives=[0, 4])
left, over = [0, -1, 5, -2, 0], [0, 0, 4, 3, 1]
case("rent_quote_counts", rent_quote_days_left=left, rent_quote_excess_gpus=over,
     rent_quote_superseded=[0, 0, 0, 0, 0], gives=[1, 0, 0, 0, 0])  # fmt: skip
case("rent_quote_counts", rent_quote_days_left=[3, 3], rent_quote_excess_gpus=[0, 0],
     rent_quote_superseded=[1, 0], gives=[0, 1])  # fmt: skip
case("rent_quote_counts", rent_quote_days_left=[3], rent_quote_excess_gpus=[-5],
     rent_quote_superseded=[0], gives=[1])  # fmt: skip
case("rent_quote_failing", rent_quote_days_left=left, rent_quote_excess_gpus=over,
     rent_quote_superseded=[0, 0, 0, 0, 0], gives=[0, 2, 1, 2, 1])  # fmt: skip
case("rent_quote_counts", rent_quote_days_left=[3], rent_quote_excess_gpus=[-5],
     rent_quote_superseded=[0], gives=[1])  # fmt: skip
case("rent_quote_failing", rent_quote_days_left=[0, -1, 0], rent_quote_excess_gpus=[0, 3, 3],
     rent_quote_superseded=[1, 1, 1], gives=[3, 3, 3])  # fmt: skip
A, B = "A: reserved", "B: reserved"
case("rent_quote_latest_round", rental_round=[1, 2, 1], rent_quote_series=[A, A, B],
     gives=[2, 2, 1])  # fmt: skip
case("rent_quote_superseded", rental_round=[1, 2, 1], rent_quote_latest_round=[2, 2, 1],
     gives=[1, 0, 0])  # fmt: skip
