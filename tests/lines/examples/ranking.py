"""The options in their order, those that do not count below."""

from tco.model.own import ranking
from tests.lines.worked import worked

case = worked(ranking)

case("option_sorted", option_eligible=[1, 0, 1, 1], own_eligible=1, rivals_eligible=2,
     option_place=[2, 3, 1, 3], gives=[2, 0, 3, 1])  # fmt: skip
case("option_order", gives=[1, 2, 3, 4, 5, 6])
case("option_shown_place", option_sorted=[2, 0, 3, 0], option_order=[1, 2, 3, 4],
     gives=[2, 3, 1, 4])  # fmt: skip
case("ranked_place", gives=[1, 2, 3, 4, 5, 6])
for key, of in (("ranked_npv", "option_deciding_npv"), ("ranked_day1_cash", "option_day1_cash"),
                ("ranked_peak_cash", "option_peak_cash"),
                ("ranked_hour_cost", "option_cost_delivered"),
                ("ranked_obligation", "option_obligation"),
                ("ranked_co2_tonnes", "option_co2_tonnes"),
                ("ranked_eligible", "option_eligible")):  # fmt: skip
    case(key, ranked_place=[1, 2, 3], option_shown_place=[2, 3, 1], **{of: [5, 7, 11]},
         gives=[11, 5, 7])  # fmt: skip
options = ["own", "reserved", "spot"]
case("best_rent_bound", best_rent_option="reserved", options=options, option_bound=[2, 3, 5],
     gives=3)  # fmt: skip
case("best_rent_bound", best_rent_option="none", options=options, option_bound=[2, 3, 5], gives=0)
case("best_rent_hour_cost", best_rent_option="spot", options=options,
     option_cost_delivered=[2, 3, 5], gives=5)  # fmt: skip
case("best_rent_hour_cost", best_rent_option="none", options=options,
     option_cost_delivered=[2, 3, 5], undefined="no rent counts")  # fmt: skip
