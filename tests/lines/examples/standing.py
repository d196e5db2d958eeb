"""Standing: which quotes count."""

from tco.model.own import standing
from tests.lines.worked import worked

case = worked(standing)

A, B = "A: server", "B: server"
case("quote_latest_round", offered_round=[1, 2, 1], quote_vendor_item=[A, A, B], gives=[2, 2, 1])
case("quote_superseded", offered_round=[1, 2, 1], quote_latest_round=[2, 2, 1], gives=[1, 0, 0])
case("quote_days_left", offered_valid_until=["2026-11-21", "2026-11-20"], as_of_day=46347,
     gives=[0, -1])  # fmt: skip
case("quote_days_late", lead_limit_days=100, quote_lead_days=[98, 105], gives=[-2, 5])
case("quote_days_late", lead_limit_days=None, quote_lead_days=[98, 105], gives=[0, 0])
case("quote_open", quote_superseded=[0, 1, 0, 0, 0, 0],
     offered_complies=["yes", "yes", "yes", "yes", "yes", "no"],
     quote_days_left=[0, 9, -1, 9, 5, 5], quote_days_late=[0, -9, -9, 1, -3, -3],
     gives=[1, 0, 0, 0, 1, 0])  # fmt: skip
case("quote_reached", quote_open=[1, 1, 0], offered_min_quantity=[64, 65, 32], servers=64,
     gives=[64, 0, 0])  # fmt: skip
case("quote_break", quote_reached=[1, 32, 8], quote_series=[A, A, B], gives=[32, 32, 8])
# chosen, counts, another break, few, late, expired, unfit, superseded: the later ones are more
case("quote_state", quote_superseded=[0, 0, 0, 0, 0, 0, 0, 1],
     offered_complies=["yes", "yes", "yes", "yes", "yes", "yes", "no", "no"],
     quote_days_left=[9, 0, 9, 9, 9, -1, -1, -1], quote_days_late=[-9, 0, -9, -9, 1, 1, 1, 1],
     offered_min_quantity=[1, 64, 1, 65, 65, 65, 65, 65], servers=64,
     quote_counts=[1, 1, 0, 0, 0, 0, 0, 0], quote_awarded=[1, 0, 0, 0, 0, 0, 0, 0],
     gives=[0, 1, 2, 3, 4, 5, 6, 7])  # fmt: skip
case("quote_stands", quote_counts=[1, 0, 0], quote_awarded=[0, 1, 0], gives=[1, 1, 0])
case("quote_twice", quote_offer=["A, 1", "B, 1", "A, 1"], gives=[1, 0, 1])
case("quotes_twice", quote_twice=[1, 0, 1], gives=2)
case("quotes_once", quotes_twice=1, gives=1)
case("quotes_once", quotes_twice=0, gives=0)
case("quote_by_sea", offered_incoterm=["EXW", "FCA", "FAS", "FOB", "CFR", "CPT", "CIF", "CIP"],
     gives=[0, 0, 1, 1, 1, 0, 1, 0])  # fmt: skip
case("sea_terms", quote_by_sea=[1, 0, 1], gives=2)
case("terms_fit_the_way", sea_terms=1, gives=1)
case("terms_fit_the_way", sea_terms=0, gives=0)

case("quote_overdue", offered_deposit_share=[0.5, 0.4, 0.3], offered_delivery_share=[0.6, 0.6, 0.1],
     gives=[1, 0, 0])  # fmt: skip
case("quotes_overdue", quote_overdue=[1, 0, 1], gives=2)
case("instalments_fit", quotes_overdue=1, gives=1)
case("instalments_fit", quotes_overdue=0, gives=0)
case("listed_server_price", server_price_by_gpu=7, gives=7)
case("listed_server_price", server_price_by_gpu=None, gives=0)
case("quote_listed_price", offered_item=["server", "switch"], listed_server_price=7, gives=[7, 0])
case("quote_far_off", quote_price=[0.2, 50, 150], quote_listed_price=[0.7, 150, 50],
     quote_mismatch_factor=3, gives=[1, 0, 0])  # fmt: skip
case("quote_far_off", quote_price=[301, 300, 100, 33, 34, 5], quote_listed_price=[100] * 5 + [0],
     quote_mismatch_factor=3, gives=[1, 0, 0, 1, 0, 0])  # fmt: skip
case("quotes_far_off", quote_far_off=[1, 0, 1], gives=2)
case("quotes_near_catalogue", quotes_far_off=1, gives=1)
case("quotes_near_catalogue", quotes_far_off=0, gives=0)
