"""Per token: what buying comes to for a trillion tokens, where the compute is spent on tokens."""

from tco.lines import *

SECTION = "buy"


@line("Total to buy, per trillion tokens", "USD/Ttoken")
def buy_cost_per_trillion_tokens(buy_total, implied_tokens):
    """The whole bill over the tokens the compute pays for."""
    return buy_total / (implied_tokens / 1e12)
