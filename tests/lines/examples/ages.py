"""How old the prices behind a given fleet are."""

from tco.model.own import ages
from tests.lines.worked import worked

case = worked(ages)

case("as_of_day", as_of="2000-01-01", gives=36_526)
case("own_price_age", own_price_date=["2000-01-01", "–", "1999-12-25"], as_of_day=36_533,
     gives=[7, None, 14])  # fmt: skip
case("own_oldest_days", own_price_age=[7, None, 14], gives=14)
case("own_oldest_days", own_price_age=[None, 7], gives=7)
case("own_oldest_days", own_price_age=[None, None], undefined="none is dated")

case("own_prices_recent", own_oldest_days=31, price_age_limit_days=30, gives=1)
case("own_prices_recent", own_oldest_days=30, price_age_limit_days=30, gives=0)
case("own_prices_recent", own_oldest_days=None, price_age_limit_days=30, gives=0)
