"""Split, by item: shares of servers and of other items, each added up by item."""

from tco.model.own import quoted_split
from tests.lines.worked import worked

case = worked(quoted_split)
BOTH = ["server", "server", "switch", "switch"]
BASES = {"item_bases": ["server", "gpu"], "base_number": [64, 512], "items": ["optic", "switch"],
         "item_quantity": [7, 16]}  # fmt: skip

case("awarded_of_servers", awarded_item=["server", "switch"], gives=[1, 0])
case("awarded_servers", awarded_share=[0.5], awarded_of_servers=[1], awarded_item=["server"],
     **BASES | {"item_bases": ["gpu", "server"], "base_number": [512, 64]}, gives=[32])  # fmt: skip
case("awarded_servers", awarded_share=[0.25, 0.75, 0.5], awarded_of_servers=[1, 1, 0],
     awarded_item=["server", "server", "switch"], **BASES, gives=[16, 48, 8])  # fmt: skip
case("awarded_item_share", awarded_share=[0.25, 0.75, 0.5], awarded_item=["server", "server", "x"],
     gives=[1, 1, 0.5])  # fmt: skip
case("award_uneven", awarded_item_share=[1, 0.9, 1.1], gives=[0, 1, 1])
case("awards_uneven", award_uneven=[1, 0, 1], gives=2)
case("item_awards_add_up", awards_uneven=1, gives=1)
case("item_awards_add_up", awards_uneven=0, gives=0)
case("awards_total_share", awarded_share=[0.25, 0.7, 0.5], awarded_of_servers=[1, 1, 0], gives=0.95)
case("single_award_cost", quote_alone_ordered=[0, 7, 16], quote_compared_price=[8, 5, 2], gives=67)
case("split_award_cost", quote_split_ordered=[3, 0, 4], quote_compared_price=[8, 5, 12], gives=72)
case("split_premium", split_award_cost=72, single_award_cost=67, gives=5)
for basis, share, found, gives in (
    ("split", 0.4, 1, 2), ("split", 0, 1, 1), ("split", 0, 0, 0), ("single", 0.4, 1, 1),
    ("single", 0.4, 0, 0), ("split", 0.4, 0, 2),
):  # fmt: skip
    case("servers_awarded", award_basis=basis, awards_total_share=share, quotes_chosen=found,
         gives=gives)  # fmt: skip
case("quote_item_awarded", awarded_share=[0, 0.75], awarded_item=["switch", "server"],
     offered_item=["server", "switch"], gives=[1, 0])  # fmt: skip
case("quote_item_awarded", awarded_share=[0.25, 0.75], awarded_item=["switch", "switch"],
     offered_item=BOTH, gives=[0, 0, 1, 1])  # fmt: skip
case("quote_item_awarded", awarded_share=[0.25, 0.75], awarded_item=["server", "switch"],
     offered_item=["server", "optic"], gives=[1, 0])  # fmt: skip
case("quote_split_reached", quote_open=[1, 1, 1, 0], offered_min_quantity=[1, 16, 17, 1],
     quote_split_share=[0.25, 0.25, 0.25, 0.75], quote_quantity=[64, 64, 64, 16],
     gives=[1, 16, 0, 0])  # fmt: skip
case("quote_alone_weight", quote_chosen=[1, 1, 1, 0], offered_item=BOTH, gives=[0.5, 0.5, 1, 0])
case("quote_split_ordered", quote_split_weight=[0.25, 0.75], quote_quantity=[64, 16],
     gives=[16, 12])  # fmt: skip
case("quote_alone_ordered", quote_item_awarded=[1, 0, 1], quote_alone_weight=[0.5, 1, 0],
     quote_quantity=[64, 16, 7], gives=[32, 0, 0])  # fmt: skip
case("quote_shared_weight", quote_item_awarded=[1, 0], quote_split_weight=[0.4, 0.6],
     quote_alone_weight=[1, 0.7], gives=[0.4, 0.7])  # fmt: skip
case("quote_weight", award_basis="split", quote_shared_weight=[0.4, 0.6],
     quote_alone_weight=[1, 0], gives=[0.4, 0.6])  # fmt: skip
case("quote_weight", award_basis="single", quote_shared_weight=[0.4, 0.6],
     quote_alone_weight=[1, 0], gives=[1, 0])  # fmt: skip
