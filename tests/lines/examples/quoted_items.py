"""Quoted items: which quote of each item is chosen."""

from tco.model.own import quoted_items
from tests.lines.worked import worked

case = worked(quoted_items)
A, B = "A: server", "B: switch"
BOTH = ["server", "server", "switch", "switch"]

case("quote_of_servers", offered_item=["server", "switch"], gives=[1, 0])
case("quote_quantity", quote_of_servers=[1, 0, 0], item_bases=["gpu", "server"],
     base_number=[512, 64], item_quantity=[16, 3], items=["switch", "rack"],
     offered_item=["server", "rack", "switch"], gives=[64, 3, 16])  # fmt: skip
case("quote_reached", quote_open=[1, 1, 0, 1], offered_min_quantity=[64, 17, 1, 16],
     quote_quantity=[64, 16, 16, 16], gives=[64, 0, 0, 16])  # fmt: skip
case("quote_break", quote_reached=[1, 32, 8], quote_series=[A, A, B], gives=[32, 32, 8])
# chosen, counts, another break, few, late, expired, unfit, superseded: the later ones are more
case("quote_state", quote_superseded=[0, 0, 0, 0, 0, 0, 0, 1],
     offered_complies=["yes", "yes", "yes", "yes", "yes", "yes", "no", "no"],
     quote_days_left=[9, 0, 9, 9, 9, -1, -1, -1], quote_days_late=[-9, 0, -9, -9, 1, 1, 1, 1],
     offered_min_quantity=[1, 64, 1, 17, 65, 65, 65, 65],
     quote_quantity=[64, 64, 16, 16, 64, 64, 64, 64],
     quote_counts=[1, 1, 0, 0, 0, 0, 0, 0], quote_awarded=[1, 0, 0, 0, 0, 0, 0, 0],
     gives=[0, 1, 2, 3, 4, 5, 6, 7])  # fmt: skip
case("quote_choosable", quote_counts=[1, 1, 0, 1], offered_vendor=["A", "B", "A", "B"],
     quote_wanted_vendor=["A", "A", "A", "lowest"], gives=[1, 0, 0, 1])  # fmt: skip
case("quote_choice_price", quote_choosable=[1, 0, 1], quote_compared_price=[700, 500, 900],
     gives=[700, 900, 900])  # fmt: skip
case("quote_item_price", quote_choice_price=[700, 600, 50, 900], offered_item=BOTH,
     gives=[600, 600, 50, 50])  # fmt: skip
case("quote_level", quote_choosable=[1, 1, 0, 1], quote_compared_price=[700, 600, 50, 50],
     quote_item_price=[600, 600, 50, 50], gives=[0, 1, 0, 1])  # fmt: skip
case("quote_level_price", quote_level=[1, 0, 0], quote_price=[600, 500, 650],
     gives=[600, 650, 650])  # fmt: skip
case("quote_cheapest", quote_level=[1, 1, 1, 0], quote_price=[600, 650, 40, 40],
     quote_level_price=[600, 650, 40, 650], offered_item=BOTH, gives=[1, 0, 1, 0])  # fmt: skip
case("quote_cheapest", quote_level=[1, 0], quote_price=[600, 500],
     quote_level_price=[600, 650], offered_item=["server", "server"], gives=[1, 0])  # fmt: skip
case("quote_place", quote_cheapest=[1, 1, 1, 0], offered_price=[9, 9, 8, 7], offered_item=BOTH,
     offered_vendor=["b", "A", "b", "c"], quote_alternate_name=["x", "0", "0", "y"],
     gives=[6, 0, 0, 0])  # fmt: skip
case("quote_level_place", quote_cheapest=[1, 0, 0], quote_place=[2, 1, 7], gives=[2, 7, 7])
case("quote_chosen", quote_cheapest=[1, 1, 1, 0], quote_place=[6, 2, 0, 0],
     quote_level_place=[6, 2, 0, 6], offered_item=BOTH, gives=[0, 1, 1, 0])  # fmt: skip
case("quote_chosen", quote_cheapest=[1, 0], quote_place=[2, 1], quote_level_place=[2, 7],
     offered_item=["server", "server"], gives=[1, 0])  # fmt: skip
case("quote_more", quote_counts=[1, 0], quote_chosen=[1, 0], offered_item=["server", "server"],
     quote_compared_price=[600, 500], quote_item_price=[600, 600], gives=[0, None])  # fmt: skip
case("quote_more", quote_counts=[1, 1, 1, 0], quote_chosen=[0, 1, 0, 0], offered_item=BOTH,
     quote_compared_price=[700, 600, 50, 40], quote_item_price=[600, 600, 50, 50],
     gives=[100, 0, None, None])  # fmt: skip
case("quote_useful_counting", quote_counts=[1, 0, 1], quote_of_servers=[1, 1, 0],
     quote_useful_price=[700, 500, 30], gives=[700, None, None])  # fmt: skip
case("quote_delay_cost", bridge_cost=90, quote_damages=[20, 95, 0], quote_of_servers=[1, 1, 0],
     gives=[70, 0, None])  # fmt: skip
case("quote_delay_cost", bridge_cost=None, quote_damages=[20], quote_of_servers=[1], gives=[None])
case("server_quotes", quote_of_servers=[1, 0, 1], gives=2)
case("quote_server_chosen", quote_chosen=[1, 1, 0], quote_of_servers=[1, 0, 1], gives=[1, 0, 0])
case("quote_server_weight", quote_weight=[0.4, 1, 0.6], quote_of_servers=[1, 0, 1],
     gives=[0.4, 0, 0.6])  # fmt: skip
case("best_compared_price", quotes_chosen=1, quote_server_chosen=[0, 0, 1],
     quote_compared_price=[30, 500, 700], gives=700)  # fmt: skip
case("best_compared_price", quotes_chosen=0, quote_server_chosen=[0, 0],
     quote_compared_price=[30, 500], undefined="no quote of a server counts")  # fmt: skip
case("quotes_chosen", quote_server_chosen=[0, 1], gives=1)
case("quotes_chosen", quote_server_chosen=[0, 0], gives=0)
case("award_stands", quote_server_weight=[0.4, 0, 0.6], gives=1)
case("award_stands", quote_server_weight=[0.4, 0, 0], gives=0)
case(
    "powerless_server",
    quote_category=["server", "server", "network", "server"],
    offered_power_kw=[14, 0, 0, 0.5],
    gives=[0, 1, 0, 0],
)
case("powerless_servers", powerless_server=[0, 1, 1], gives=2)
case("servers_draw_power", powerless_servers=1, gives=1)
case("servers_draw_power", powerless_servers=0, gives=0)
case("choice_counts", server_quotes=2, award_stands=0, gives=1)
case("choice_counts", server_quotes=1, award_stands=0, gives=1)
case("choice_counts", server_quotes=0, award_stands=0, gives=0)
case("choice_counts", server_quotes=2, award_stands=1, gives=0)
