"""What nobody gives, between what it lies, and the answers there."""

from tco.model.own import corners
from tests.lines.worked import worked

case = worked(corners)

for planned, given, flag in ((0, 0, 1), (0, 1, 0), (0.3, 0, 0), (0.3, 1, 0)):
    case("use_missing", planned_use=planned, utilization_given=given, gives=flag)
case("questions_open", servers_missing=1, rents_missing=1, use_missing=1, gives=3)
case("questions_open", servers_missing=1, rents_missing=0, use_missing=0, gives=1)
case("questions_open", servers_missing=0, rents_missing=1, use_missing=0, gives=1)
case("questions_open", servers_missing=0, rents_missing=0, use_missing=1, gives=1)
for servers, rents, used, number in ((0, 0, 0, 0), (1, 0, 0, 1), (0, 1, 0, 2), (1, 1, 0, 3),
                                     (0, 0, 1, 4), (1, 1, 1, 7)):  # fmt: skip
    case("missing_case", servers_missing=servers, rents_missing=rents, use_missing=used,
         gives=number)  # fmt: skip

ASKED = {"gpu_price": "servers", "on_demand_price": "rents", "reserved_price": "rents",
         "spot_price": "rents", "block_price": "rents"}  # fmt: skip


for key, asked in ASKED.items():
    for missing, given, unsure in ((1, 0, 1), (1, 1, 0), (0, 0, 0), (0, 1, 0)):
        case(f"unsure_{key}", **{f"{asked}_missing": missing, f"{key}_given": given},
             gives=unsure)  # fmt: skip
    for end, bound, there, wide in (("least", "low", 3, 7.5), ("most", "high", 13, 12.5)):
        for listed, unsure, found in ((there, 1, there), (None, 1, wide), (there, 0, 10)):
            case(f"{end}_{key}", **{key: 10, f"{key}_{bound}": listed, f"unsure_{key}": unsure},
                 unlisted_range_share=0.25, gives=found)  # fmt: skip
        case(f"{end}_{key}", **{key: None, f"{key}_{bound}": there, f"unsure_{key}": 1},
             unlisted_range_share=0.25, undefined="nothing is listed")  # fmt: skip
    for least, found in ((3, [3, 7]), (None, [None, None])):
        case(f"corner_{key}", **{f"least_{key}": least, f"most_{key}": 7,
                                 f"corner_{asked}_end": [0, 1]}, gives=found)  # fmt: skip
case("corner_servers_end", gives=[0, 0, 1, 1])
case("corner_rents_end", gives=[0, 1, 0, 1])

four = [2, 3, 5, 7]
case("corner_advantage", **{f"advantage_corner_{number}": one
                            for number, one in enumerate(four, 1)}, gives=four)  # fmt: skip
case("corner_agrees", corner_verdict=["own", "rent"], verdict_standing="rent", gives=[0, 1])
case("least_advantage", corner_advantage=[3, -7, 5], gives=-7)
case("largest_advantage", corner_advantage=[3, -7, 5], gives=5)
case("corners_agree", corner_agrees=[1, 0, 1], gives=0)
case("corners_agree", corner_agrees=[1, 1], gives=1)
for asked, agree, missing, unknown, flag in (
    (0, 0, 0, 0, 0), (1, 0, 1, 0, 1), (1, 1, 1, 0, 0), (1, 1, 1, 1, 1), (2, 0, 0, 0, 1),
    (0, 1, 0, 0, 0), (0, 1, 0, 1, 0), (0, 0, 1, 0, 0),
):  # fmt: skip
    case("undecided", questions_open=asked, corners_agree=agree, rents_missing=missing,
         rents_unknown=unknown, gives=flag)  # fmt: skip
