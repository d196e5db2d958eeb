"""Split: shares of the order."""

from tco.model.own import split
from tests.lines.worked import worked

case = worked(split)
A, B = "A: server", "B: server"

case("awarded_servers", awarded_share=[0.25, 0.75], servers=64, gives=[16, 48])
case("awarded_unmet", awarded_series=[A, B], quote_split_counts=[1, 0, 0],
     quote_series=[A, A, B], gives=[0, 1])  # fmt: skip
case("awarded_unmet", awarded_series=[A, B], quote_split_counts=[0, 0, 1],
     quote_series=[A, A, B], gives=[1, 0])  # fmt: skip
case("awards_unmet", awarded_unmet=[1, 0, 1], gives=2)
case("awards_met", awards_unmet=1, gives=1)
case("awards_met", awards_unmet=0, gives=0)
case("awards_total_share", awarded_share=[0.25, 0.7], gives=0.95)
case("awards_add_up", awards_total_share=0.95, gives=1)
case("awards_add_up", awards_total_share=1, gives=0)
case("single_award_cost", best_compared_price=5, servers=7, gives=35)
case("split_award_cost", quote_split_weight=[0.25, 0, 0.75], quote_compared_price=[8, 5, 12],
     servers=7, gives=77)  # fmt: skip
case("split_premium", split_award_cost=77, single_award_cost=70, gives=7)
case("quote_split_share", awarded_share=[0.25, 0.75], awarded_series=[A, B],
     quote_series=[B, A, A, "C: server"], gives=[0.75, 0.25, 0.25, 0])  # fmt: skip
case("quote_split_reached", quote_open=[1, 1, 1, 0], offered_min_quantity=[1, 16, 17, 1],
     quote_split_share=[0.25, 0.25, 0.25, 0.75], servers=64, gives=[1, 16, 0, 0])  # fmt: skip
case("quote_split_counts", quote_split_reached=[1, 16, 0, 8], quote_series=[A, A, A, B],
     gives=[0, 1, 0, 1])  # fmt: skip
case("quote_split_counts", quote_split_reached=[1, 0, 0], quote_series=[A, A, B],
     gives=[1, 0, 0])  # fmt: skip
case("quote_split_weight", quote_split_counts=[1, 0, 1, 1], quote_split_share=[0.4, 0.4, 0.6, 0.6],
     quote_series=[A, A, B, B], gives=[0.4, 0, 0.3, 0.3])  # fmt: skip
case("quote_weight", award_basis="split", quote_split_weight=[0.4, 0.6], quote_chosen=[1, 0],
     gives=[0.4, 0.6])  # fmt: skip
case("quote_weight", award_basis="single", quote_split_weight=[0.4, 0.6], quote_chosen=[1, 0],
     gives=[1, 0])  # fmt: skip
case("quote_weight", award_basis="single", quote_split_weight=[0.4, 0.6], quote_chosen=[1, 1],
     gives=[0.5, 0.5])  # fmt: skip
case("quote_weight", award_basis="single", quote_split_weight=[0.4, 0.6], quote_chosen=[0, 0],
     gives=[0, 0])  # fmt: skip
