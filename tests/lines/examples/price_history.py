"""What listed rents have done in a year: two indices, A observed three times and B once."""

from tco.model.own import price_history
from tests.lines.worked import worked

case = worked(price_history)

names = ["A", "B", "A", "A"]
case("history_day", history_observed=["2026-01-02"], gives=[46024])
case("history_last_day", history_day=[10, 70, 30, 20], history_index=names, gives=[30, 70, 30, 30])
case("history_years_left", history_last_day=[30, 70], history_day=[10, 70], hours_per_year=16,
     period_years=3, gives=[10, 0])  # fmt: skip
case("history_years", history_years_left=[2, 0, 0, 1], history_index=names, gives=[2, 0, 2, 2])
case("history_years_since", history_years=[2, 0, 2, 2], history_years_left=[2, 0, 0, 0.5],
     gives=[0, 0, 2, 1.5])  # fmt: skip
case("history_opening", history_price=[3, 5, 7, 11], history_years_since=[0, 0, 2, 1],
     gives=[3, 5, 0, 0])  # fmt: skip
case("history_closing", history_price=[3, 5, 7, 11], history_years_left=[2, 0, 0, 1],
     gives=[0, 5, 7, 0])  # fmt: skip
case("history_first_price", history_opening=[3, 5, 0, 0], history_index=names, gives=[3, 5, 3, 3])
case("history_last_price", history_closing=[0, 5, 7, 0], history_index=names, gives=[7, 5, 7, 7])
# From 4 to 9 in two years is half as much again in each; within half a year nothing is said.
case("history_growth_since", history_first_price=[4, 4, 4], history_price=[9, 9, 1],
     history_years_since=[2, 0.5, 1], gives=[0.5, None, -0.75])  # fmt: skip
case("history_growth_left", history_price=[4, 4, 4], history_last_price=[9, 9, 1],
     history_years_left=[2, 0.5, 1], gives=[0.5, None, -0.75])  # fmt: skip
case("listed_growth_least", history_growth_since=[0.5, None, 0.3], history_growth_left=[0.7, 0.4],
     gives=0.3)  # fmt: skip
case("listed_growth_least", history_growth_since=[0.5, None, 0.3], history_growth_left=[-0.7, 0.4],
     gives=-0.7)  # fmt: skip
case("listed_growth_most", history_growth_since=[0.5, None, 0.3], history_growth_left=[0.2, 0.4],
     gives=0.5)  # fmt: skip
case("listed_growth_most", history_growth_since=[0.5, None, 0.3], history_growth_left=[0.7, 0.4],
     gives=0.7)  # fmt: skip
for growth, flag in ((0.5, 1), (0.4, 0), (-0.3, 0), (-0.31, 1), (0, 0)):
    case("rent_growth_seen", rent_growth=growth, listed_growth_least=-0.3, listed_growth_most=0.4,
         gives=flag)  # fmt: skip
