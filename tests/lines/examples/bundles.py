"""Bundles: all that a vendor offers, beside the award."""

from tco.model.own import bundles
from tests.lines.worked import worked

case = worked(bundles)
BOTH = ["server", "server", "switch", "switch"]
OFFERS = ["A: server, any", "B: server, any", "B: switch, any", "B: switch, any"]

case("quote_counting_price", quote_counts=[1, 0, 1], quote_compared_price=[700, 500, 900],
     gives=[700, 900, 900])  # fmt: skip
case("quote_item_lowest", quote_counting_price=[700, 600, 50, 60], offered_item=BOTH,
     gives=[600, 600, 50, 50])  # fmt: skip
case("quote_vendor_lowest", quote_counting_price=[700, 600, 50, 60], quote_vendor_item=OFFERS,
     gives=[700, 600, 50, 50])  # fmt: skip
case("quote_lowest_cost", quote_counts=[1, 1, 1, 0], quote_quantity=[4, 4, 3, 3],
     quote_item_lowest=[600, 600, 50, 50], offered_item=BOTH,
     gives=[1200, 1200, 150, 0])  # fmt: skip
case("quote_bundle_more", quote_counts=[1, 0, 1, 1], quote_quantity=[4, 4, 6, 6],
     quote_vendor_lowest=[700, 900, 57, 57], quote_item_lowest=[600, 600, 50, 50],
     quote_vendor_item=OFFERS, gives=[400, 0, 21, 21])  # fmt: skip
case("quote_ordered", quote_weight=[0.25, 0, 1], quote_quantity=[64, 64, 16], gives=[16, 0, 16])
case("lowest_award_cost", quote_lowest_cost=[1200, 0, 150], gives=1350)
case("award_cost", quote_ordered=[3, 0, 5], quote_compared_price=[7, 11, 13], gives=86)
case("quote_bundle_cost", quote_counts=[1, 0, 1, 0], offered_vendor=["A", "B", "B", "C"],
     lowest_award_cost=1000, quote_bundle_more=[40, 5, 21, 0],
     gives=[1040, 1026, 1026, None])  # fmt: skip
case("quote_bundle_premium", quote_bundle_cost=[1040, None, 980], award_cost=1000,
     gives=[40, None, -20])  # fmt: skip
case("best_bundle_cost", quote_bundle_cost=[1040, None, 980], gives=980)
case("choice_premium", award_cost=1040, lowest_award_cost=1000, gives=40)
case("choice_premium", award_cost=990, lowest_award_cost=1000, gives=0)
case("choice_explained", choice_premium=40, award_reason=None, gives=1)
case("choice_explained", choice_premium=40, award_reason="proven", gives=0)
case("choice_explained", choice_premium=0, award_reason=None, gives=0)
case("best_bundle_premium", best_bundle_vendor="A", best_bundle_cost=980, award_cost=1000,
     gives=-20)  # fmt: skip
case("best_bundle_premium", best_bundle_vendor="none", best_bundle_cost=0, award_cost=1000,
     undefined="no quote counts")  # fmt: skip
