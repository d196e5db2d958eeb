"""Rent awards: what of the best quote each way to rent goes by, and what it is without one."""

from tco.model.own import rent_awards
from tests.lines.worked import worked

case = worked(rent_awards)
WAYS = ("on_demand", "reserved", "block")
COLUMNS = {
    "price": "rent_quote_price", "growth": "rental_price_growth", "addon": "rent_quote_addon",
    "setup": "rent_quote_setup_cost", "items": "rent_quote_items_yearly",
}  # fmt: skip
GIVEN = {"growth": "rent_growth", "addon": "rent_addon_applied", "setup": "rent_setup_cost"}
ROWS = ["–", "block", "on_demand", "reserved"]


def quoted(key: str, way: str, column: str) -> None:
    """The row of its own kind, a gap there, and no row of it."""
    row = ROWS.index(way)
    case(key, rent_quote_best_of=ROWS, **{column: [2, 3, 5, 7]}, gives=[2, 3, 5, 7][row])
    gap = [None if place == row else 7 for place in range(4)]
    case(key, rent_quote_best_of=ROWS, **{column: gap}, undefined="–")
    none = ["–" if one == way else one for one in ROWS]
    case(key, rent_quote_best_of=none, **{column: [2, 3, 5, 7]}, undefined="no rent quote counts")


for way in WAYS:
    for what, column in COLUMNS.items():
        quoted(f"quoted_{way}_{what}", way, column)
    for what, given in {"price": f"{way}_price", **GIVEN}.items():
        key, offer = f"known_{way}_{what}", f"quoted_{way}_{what}"
        case(key, **{offer: 3, given: 7}, gives=3)
        case(key, **{offer: None, given: 7}, gives=7)
        case(key, **{offer: 3, given: None}, gives=3)
        case(key, **{offer: None, given: None}, undefined="nobody offers it")
    years = {"rented_staff_spend": [0, 3, 5], "contract_years": [0, 1, 0.5],
             "rent_fixed_spend": [11, 13, 17]}  # fmt: skip
    case(f"{way}_fixed_spend", **{f"quoted_{way}_items": 70}, **years, gives=[0, 73, 40])
    case(f"{way}_fixed_spend", **{f"quoted_{way}_items": None}, **years, gives=[11, 13, 17])
    case(f"{way}_setup_spend", **{f"known_{way}_setup": 7}, at_start=[1, 0, 0], gives=[7, 0, 0])

quoted("quoted_reserved_term_months", "reserved", "rental_term_months")
case("known_reserved_term_hours", quoted_reserved_term_months=18, hours_per_year=1_000,
     reserved_term_hours=700, gives=1_500)  # fmt: skip
case("known_reserved_term_hours", quoted_reserved_term_months=None, hours_per_year=1_000,
     reserved_term_hours=700, gives=700)  # fmt: skip
for way in ("on_demand", "reserved"):
    case(f"{way}_fixed_present", **{f"{way}_fixed_spend": [0, 3, 5], f"known_{way}_setup": 7},
         discount_factor=[0, 0.9, 0.8], gives=13.7)  # fmt: skip
case("market_hours", capacity_hours=[0, 7, 11], rent_growth=0.1, year=[0, 1, 2],
     gives=[0, 7, 12.1])  # fmt: skip

for way in ("on_demand", "reserved", "block"):
    key, price, given = f"known_{way}_price_given", f"quoted_{way}_price", f"{way}_price_given"
    for quoted, typed, flag in ((3, 0, 1), (3, 1, 1), (None, 1, 1), (None, 0, 0)):
        case(key, **{price: quoted, given: typed}, gives=flag)
    for end, value in (("low", 2), ("high", 7)):
        key, given = f"known_{way}_price_{end}", f"{way}_price_{end}"
        case(key, **{price: None, given: value}, gives=value)
        case(key, **{price: 3, given: value}, undefined="no range")
        case(key, **{price: None, given: None}, undefined="no range")
