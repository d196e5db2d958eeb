"""Risk: delay and deposit in money."""

from tco.model.own import risk
from tests.lines.worked import worked

case = worked(risk)

# 3 x 7 x 24 = 504 h, half used, 8 GPUs at 2
case("bridge_cost", delay_weeks=3, days_per_week=7, gpus_per_server=8, utilization=0.5,
     on_demand_rate=2, gives=4032)  # fmt: skip
case("bridge_cost", delay_weeks=3, days_per_week=7, gpus_per_server=8, utilization=0.5,
     on_demand_rate=None, undefined="no price on demand")  # fmt: skip
case("quote_useful_price", quote_compared_price=[600, 600], offered_useful_share=[1, 1.5],
     gives=[600, 400])  # fmt: skip
case("quote_useful_counting", quote_counts=[1, 0], quote_useful_price=[600, 400],
     gives=[600, None])  # fmt: skip
case("best_useful_price", quote_useful_counting=[600, None, 500], gives=500)
case("quote_damages", quote_price=[1000, 1000], offered_damages_share=[0.01, 0.03], delay_weeks=4,
     offered_damages_cap=[0.05, 0.1], gives=[40, 100])  # fmt: skip
case("quote_delay_cost", bridge_cost=700, quote_damages=[40, 900, 0], gives=[660, 0, 700])
case("quote_delay_cost", bridge_cost=None, quote_damages=[40], gives=[None])
case("quote_deposit_at_risk", quote_price=[1000], offered_deposit_share=[0.3],
     offered_guaranteed_share=[0.6], gives=[120])  # fmt: skip
