"""Rent ranking: by cost, then price, then name, then what is signed."""

from tco.model.own import rent_ranking
from tests.lines.worked import worked

case = worked(rent_ranking)
KINDS = ["block", "block", "reserved", "–", "block"]

case("rent_quote_compared_cost", rent_quote_cost=[30, 7], rent_quote_useful_share=[0.5, 1],
     gives=[60, 7])  # fmt: skip
case("rent_quote_lowest_cost", rent_quote_compared_cost=[7, 5, 3, 2, 11], rent_quote_kind=KINDS,
     gives=[5, 5, 3, 2, 5])  # fmt: skip
case("rent_quote_lowest_price", rent_quote_price=[7, 5, 3, 2, 11], rent_quote_cheapest=KINDS,
     gives=[5, 5, 3, 2, 5])  # fmt: skip
case("rent_quote_name_place", rental_provider=["B", "a", "B", "C"], gives=[1, 0, 1, 3])
case("rent_quote_first_place", rent_quote_name_place=[7, 5, 3, 2, 11], rent_quote_lower=KINDS,
     gives=[5, 5, 3, 2, 5])  # fmt: skip
case("rent_quote_least_signed", rent_quote_obligation=[7, 5, 3, 2, 11], rent_quote_first=KINDS,
     gives=[5, 5, 3, 2, 5])  # fmt: skip
case("rent_quote_best", rent_quote_obligation=[7, 5, 3, 2, 11],
     rent_quote_least_signed=[5, 5, 3, 2, 5], rent_quote_first=KINDS,
     gives=[0, 1, 1, 0, 0])  # fmt: skip
case("rent_quote_addon", rent_quote_support_share=[0.2, 0.1], rent_quote_useful_share=[0.8, 1],
     gives=[0.5, 0.1])  # fmt: skip

kinds = ["block", "block", "reserved"]
case("rent_quote_kind_counts", rent_quote_counts=[1, 0, 0], rental_commitment=kinds,
     gives=[1, 1, 0])  # fmt: skip
case("rent_quote_idle", rent_quote_kind_counts=[1, 0, 0], gives=[0, 1, 1])
for key, price, size in (
    ("rent_quote_unstored", "rental_storage_price", "rent_storage_gb"),
    ("rent_quote_unmoved", "rental_egress_price", "rent_egress_gb"),
):
    case(key, **{price: [0.3, None, 0]}, **{size: 0}, gives=[1, 0, 1])
    case(key, **{price: [0.3, None, 0]}, **{size: 0.5}, gives=[0, 0, 0])
for count, flag, check in (
    ("rent_quotes_idle", "rent_quote_idle", "rent_quotes_lead"),
    ("rent_quotes_unstored", "rent_quote_unstored", "rent_storage_known"),
    ("rent_quotes_unmoved", "rent_quote_unmoved", "rent_egress_known"),
):
    case(count, **{flag: [1, 0, 1]}, gives=2)
    case(check, **{count: 1}, gives=1)
    case(check, **{count: 0}, gives=0)
