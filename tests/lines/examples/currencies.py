"""Currencies: how old a rate is, and that one's own is 1."""

from tco.model.cost import currencies
from tests.lines.worked import worked

case = worked(currencies)

case("exchange_age", exchange_date=["2026-11-20", "–"], as_of_day=46347, gives=[1, None])
case("exchange_old", exchange_age=[90, 91, None], price_age_limit_days=90, gives=[0, 1, 0])
case("old_rates", exchange_old=[1, 0, 1], gives=2)
case("rates_recent", old_rates=1, gives=1)
case("rates_recent", old_rates=0, gives=0)
case("exchange_odd", exchange_currency=["USD", "EUR", "USD"], currency="USD",
     exchange_rate=[1, 1.1, 1.2], gives=[0, 0, 1])  # fmt: skip
case("odd_own_rates", exchange_odd=[1, 0, 1], gives=2)
case("own_rate_is_one", odd_own_rates=1, gives=1)
case("own_rate_is_one", odd_own_rates=0, gives=0)
