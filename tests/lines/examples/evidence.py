"""What each part of the cost rests on, and how old it is."""

from tco.model import evidence
from tests.lines.worked import worked

case = worked(evidence)

case("rent_hours_part", rent_cost=77, rent_addon_share=0.1, gives=70)
case("rent_hours_part", rent_cost=None, rent_addon_share=0.1, gives=0)
case("rent_addon_part", rent_cost=77, rent_hours_part=70, gives=7)
case("rent_addon_part", rent_cost=None, rent_hours_part=0, gives=0)
terms = {"on_demand_part": "on demand", "reserved_part": "reserved, take-or-pay",
         "spot_part": "spot"}  # fmt: skip
for part, option in terms.items():
    for other in (*terms.values(), "none is in time"):
        case(part, rent_option=other, rent_hours_part=70, gives=70 if other == option else 0)

# The spreadsheet's day 1 is the first of 1900; 2000 began on day 36,526.
case("as_of_day", as_of="2000-01-01", gives=36_526)
case("as_of_day", as_of="2000-03-01", gives=36_526 + 31 + 29)
case("price_age", price_date=["2000-01-01", "–", "1999-12-25"], as_of_day=36_533,
     gives=[7, None, 14])  # fmt: skip

case("oldest_price_days", price_cost_age=[7, None, 14], gives=14)
case("oldest_price_days", price_cost_age=[None, 7], gives=7)
case("oldest_price_days", price_cost_age=[None, None], undefined="none is dated")
case("old_prices", price_old=[1, 0, 1, 1], gives=3)
# 3 USD of 7 days and 5 USD of 11: 76 USD x days over 8 USD.
case("buy_age_days", price_buy_days=[21, 0, 55], price_buy_dated=[3, 0, 5], gives=9.5)
case("buy_age_days", price_buy_days=[2.5, 3.5], price_buy_dated=[0.25, 0.25], gives=12)
case("buy_age_days", price_buy_days=[0, 0], price_buy_dated=[0, 0], undefined="no date")
case("rent_age_days", price_rent_days=[21, 0, 55], price_rent_dated=[3, 0, 5], gives=9.5)
case("rent_age_days", price_rent_days=[2.5, 3.5], price_rent_dated=[0.25, 0.25], gives=12)
case("rent_age_days", price_rent_days=[0, 0], price_rent_dated=[0, 0], undefined="no date")

case("price_cost_age", price_buy=[0.5, 0, 0, 3], price_rent=[0, 0.5, 0, 0],
     price_age=[7, 11, 13, None],     gives=[7, 11, None, None])  # fmt: skip
case("price_old", price_cost_age=[29, 30, 31, None], price_age_limit_days=30, gives=[0, 0, 1, 0])

for side in ("buy", "rent"):
    cost, age = {f"price_{side}": [3, 5, 7]}, {"price_age": [11, None, 13]}
    case(f"price_{side}_dated", **cost, **age, gives=[3, 0, 7])
    case(f"price_{side}_days", **cost, **age, gives=[33, 0, 91])
    # Two prices are guesses, one is a quote, none is cited.
    kinds = {"price_kind": ["guess", "quote", "guess"],
             "evidence_kinds": ["quote", "cited", "guess"]}  # fmt: skip
    for column, source in (("", ""), ("_dated", "_dated"), ("_days", "_days")):
        case(f"kind_{side}{column}", **{f"price_{side}{source}": [3, 5, 7]}, **kinds,
             gives=[5, 0, 10])  # fmt: skip
    days, dated = f"kind_{side}_days", f"kind_{side}_dated"
    case(f"kind_{side}_age", **{days: [33, 5, 6.5], dated: [3, 0, 0.5]}, gives=[11, None, 13])
case("kind_buy_share", kind_buy=[3, 5, 0], buy_total=10, gives=[0.3, 0.5, 0])
case("kind_rent_share", kind_rent=[3, 5, 0], rent_total=10, gives=[0.3, 0.5, 0])
case("kind_rent_share", kind_rent=[3, 5], rent_total=0, gives=[None, None])
case("kind_rent_share", kind_rent=[3, 5], rent_total=None, gives=[None, None])
case("evidence_total", kind_buy=[3, 5, 7], gives=15)

case("evidence_adds_up", evidence_total=15, buy_total=15, buy_total_given=0, gives=0)
case("evidence_adds_up", evidence_total=14.9, buy_total=15, buy_total_given=0, gives=1)
case("evidence_adds_up", evidence_total=14.9, buy_total=15, buy_total_given=1, gives=0)
case("prices_recent", old_prices=1, gives=1)
case("prices_recent", old_prices=0, gives=0)
