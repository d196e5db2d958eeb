"""Award: which quote is chosen, and what follows."""

from tco.model.own import award
from tests.lines.worked import worked

case = worked(award)
NONE = "no quote counts"

case("quote_choosable", quote_counts=[1, 1, 0], offered_vendor=["A", "B", "A"],
     server_vendor="lowest", gives=[1, 1, 0])  # fmt: skip
case("quote_choosable", quote_counts=[1, 1, 0], offered_vendor=["A", "B", "A"],
     server_vendor="A", gives=[1, 0, 0])  # fmt: skip
case("quote_choice_price", quote_choosable=[1, 0], quote_compared_price=[700, 500],
     gives=[700, None])  # fmt: skip
case("quote_level", quote_choosable=[1, 1, 0, 1], quote_compared_price=[700, 700, 700, 800],
     quote_choice_price=[700, 700, None, 800], gives=[1, 1, 0, 0])  # fmt: skip
case("quote_level_price", quote_level=[1, 0], quote_price=[600, 500], gives=[600, None])
case("quote_cheapest", quote_level=[1, 1, 0], quote_price=[600, 650, 600],
     quote_level_price=[600, 650, None], gives=[1, 0, 0])  # fmt: skip
case("quote_place", quote_cheapest=[1, 0, 0, 1], offered_price=[9, 8, 7, 9],
     offered_vendor=["b", "A", "Ç", "b"], quote_alternate_name=["0", "x", "0", "y"],
     gives=[4, 2, 12, 7])  # fmt: skip
case("quote_place", quote_cheapest=[1, 0, 0], offered_price=[9, 8, 7],
     offered_vendor=["b", "A", "C"], quote_alternate_name=["0", "x", "0"],
     gives=[0, 0, 0])  # fmt: skip
case("quote_level_place", quote_cheapest=[1, 0], quote_place=[12, 3], gives=[12, None])
case("quote_chosen", quote_cheapest=[1, 1, 0], quote_place=[12, 2, 2],
     quote_level_place=[12, 2, None], gives=[0, 1, 0])  # fmt: skip
case("best_compared_price", quote_choice_price=[700, None, 600], gives=600)
case("best_compared_price", quote_choice_price=[None, None], undefined=NONE)
case("quote_level", quote_choosable=[1, 0], quote_compared_price=[700, 500],
     quote_choice_price=[700, None], gives=[1, 0])  # fmt: skip
case("quote_cheapest", quote_level=[1, 0], quote_price=[600, 500],
     quote_level_price=[600, None], gives=[1, 0])  # fmt: skip
case("quote_chosen", quote_cheapest=[1, 0], quote_place=[2, 1], quote_level_place=[2, None],
     gives=[1, 0])  # fmt: skip
case("best_compared_price", quote_choice_price=[700, None], gives=700)
case("quotes_chosen", quote_chosen=[0, 1, 0], gives=1)
case("quotes_chosen", quote_chosen=[0, 1, 1], gives=1)
case("quotes_chosen", quote_chosen=[0, 0], gives=0)

case("quote_awarded", quote_weight=[0, 0.4, 1], gives=[0, 1, 1])
case("quote_deposit", quote_price=[500], offered_deposit_share=[0.3], gives=[150])
case("quote_delivery", quote_price=[500], offered_delivery_share=[0.6], gives=[300])
case("quote_awarded_days", quote_awarded=[0, 1], quote_lead_days=[98, 70], gives=[0, 70])
case("award_stands", quote_weight=[0.4, 0, 0.6], gives=1)
case("award_stands", quote_weight=[0.4, 0], gives=0)
case("quoted_lead_days", award_stands=1, quote_awarded_days=[70, 0, 98], gives=98)
case("quoted_lead_days", award_stands=0, quote_awarded_days=[0, 70], undefined=NONE)

for key, column in (
    ("quoted_server_price", "quote_price"), ("quoted_freight", "quote_freight"),
    ("quoted_duty", "quote_duty"), ("quoted_warranty", "quote_warranty"),
    ("quoted_deposit", "quote_deposit"), ("quoted_delivery", "quote_delivery"),
    ("chosen_warranty_years", "offered_warranty_years"),
    ("chosen_useful_price", "quote_useful_price"),
):  # fmt: skip
    case(key, award_stands=1, quote_weight=[0.25, 0.75], **{column: [8, 12]}, gives=11)
    case(key, award_stands=0, quote_weight=[0, 0.4], **{column: [5, 7]}, undefined=NONE)

case("choice_premium", quote_more=[30, -20, None], gives=20)
case("choice_premium", quote_more=[30, 0, None], gives=0)
case("choice_premium", quote_more=[30, None], gives=0)
case("known_server_price", quoted_server_price=7, server_price=5, gives=7)
case("known_server_price", quoted_server_price=None, server_price=5, gives=5)
case("freight_cost", hardware_cost=1000, server_cost=700, freight_share=0.01, servers=7,
     quoted_server_price=100, quoted_freight=2, gives=17)  # fmt: skip
case("freight_cost", hardware_cost=1000, server_cost=700, freight_share=0.01, servers=7,
     quoted_server_price=None, quoted_freight=None, gives=10)  # fmt: skip
case("duty_cost", hardware_cost=1000, server_cost=700, duty_rate=0.01, servers=7,
     quoted_server_price=100, quoted_duty=2, gives=17)  # fmt: skip
case("duty_cost", hardware_cost=1000, server_cost=700, duty_rate=0.01, servers=7,
     quoted_server_price=None, quoted_duty=None, gives=10)  # fmt: skip
case("warranty_cost", servers=7, quoted_server_price=100, quoted_warranty=3, gives=21)
case("warranty_cost", servers=7, quoted_server_price=None, quoted_warranty=None, gives=0)
case("known_lead_days", quoted_lead_days=98, own_lead_days=180, gives=98)
case("known_lead_days", quoted_lead_days=None, own_lead_days=180, gives=180)
# 7 x 30 + 300 x 0.1 = 240 of 1000
FLEET = {"server_cost": 700, "servers": 7, "capex": 1000}
for key, one, own in (("known_deposit_share", "quoted_deposit", "deposit_share"),
                      ("known_delivery_share", "quoted_delivery", "delivery_share")):  # fmt: skip
    case(key, quoted_server_price=100, **FLEET, **{one: 30, own: 0.1}, gives=0.24)
    case(key, quoted_server_price=None, **FLEET, **{one: None, own: 0.1}, gives=0.1)
case("choice_counts", award_stands=0, gives=1)
case("choice_counts", award_stands=1, gives=0)
case("choice_explained", choice_premium=0.5, award_reason=None, gives=1)
case("choice_explained", choice_premium=5, award_reason="proven", gives=0)
case("choice_explained", choice_premium=0, award_reason=None, gives=0)
for price, best, more in ((600, 500, 100), (600, 600, 0), (None, 0, 0), (None, 500, 0)):
    case("useful_premium", chosen_useful_price=price, best_useful_price=best, gives=more)
case("useful_beside_unit", useful_premium=0.5, gives=1)
case("useful_beside_unit", useful_premium=0, gives=0)
for years, required, covered in ((0.5, 0, 0.5), (0, 3, 3), (5, 3, 5), (None, 3, 0)):
    case("covered_years", chosen_warranty_years=years, warranty_required_years=required,
         gives=covered)  # fmt: skip
for covered, share, flag in ((3, 0.04, 1), (0.5, 0.04, 1), (0, 0.04, 0), (3, 0, 0)):
    case("support_beside_warranty", support_share=share, covered_years=covered, gives=flag)

# ---- the bill with a warranty of its own ---------------------------------------------------------

PARTS = {"hardware_cost": 20, "integration_cost": 3, "spares_kit_cost": 5, "freight_cost": 7,
         "duty_cost": 13, "warranty_cost": 2, "sales_tax_cost": 4, "software_cost": 6,
         "other_item_cost": 10}  # fmt: skip
case("contingency_cost", **PARTS, contingency_share=0.1, gives=7)
case("capex", **PARTS, contingency_cost=11, gives=81)
ROWS = {"server_cost": 2, "network_cost": 3, "fleet_storage_cost": 5, "rack_cost": 7,
        "integration_cost": 11, "spares_kit_cost": 13, "sales_tax_cost": 31, "freight_cost": 17,
        "duty_cost": 19, "warranty_cost": 29, "software_cost": 37, "other_item_cost": 41,
        "contingency_cost": 23}  # fmt: skip
case("capex_part", **ROWS, gives=[2, 3, 5, 7, 11, 13, 31, 17, 19, 29, 37, 41, 23])
SUMMED = {"capex_given": 0, "hardware_cost_given": 0}
case("capex_adds_up_gap", **SUMMED, upfront_cost=100, capex=243, **ROWS, gives=0.05)
case("capex_adds_up_gap", **SUMMED, upfront_cost=100, capex=238, **ROWS, gives=0)
for key in SUMMED:
    case("capex_adds_up_gap", **{**SUMMED, key: 1}, upfront_cost=100, capex=243, **ROWS, gives=0)

# ---- what the price of a server rests on ---------------------------------------------------------

for end in ("low", "high"):
    key, own = f"known_server_{end}", f"server_price_{end}"
    case(key, quoted_server_price=None, **{own: 7}, gives=7)
    case(key, quoted_server_price=3, **{own: 7}, undefined="no range")
    case(key, quoted_server_price=None, **{own: None}, undefined="no range")
