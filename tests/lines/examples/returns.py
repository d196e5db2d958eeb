"""What owning earns over renting, as a rate and as a time; years 0 to 3."""

from tco.model.own import returns
from tests.lines.worked import worked

case = worked(returns)
year = {"year": [0, 1, 2, 3]}
NO_RATE, NEVER = "the increment has no one rate", "never"

# ---- the best rent -------------------------------------------------------------------------------

RIVALS = ("reserved", "on_demand", "spot", "block", "hybrid")
for part in ("due", "ahead"):
    rows = {f"{name}_{part}": [size, 2 * size]
            for name, size in zip(RIVALS, (3, 5, 7, 11, 13), strict=True)}  # fmt: skip
    for name in RIVALS:
        case(f"best_{part}", best_rent_option=name, **rows, gives=rows[f"{name}_{part}"])
    case(f"best_{part}", best_rent_option="none", **rows, undefined="–")
case("best_flow", best_due=[0, 20, 30], best_ahead=[10, 5, 0], gives=[-10, -25, -30])
case("best_present_value", best_due=[0, 20, 30], discount_factor=[0, 0.8, 0.64],
     best_ahead=[10, 5, 0], factor_at_end=[1, 0.9, 0.7], gives=[-10, -20.5, -19.2])  # fmt: skip

# ---- against the best rent, a reservation, and on demand alike -----------------------------------

for name, worth, why in (("best", "best_rent_npv", "no rent counts"),
                         ("reserved", "npv_reserved", "not offered"),
                         ("on_demand", "npv_on_demand", "not offered")):  # fmt: skip
    base = f"increment_vs_{name}"
    known, gone = {worth: -7}, {worth: None}
    for at, gives in ((known, [-90, 30, 70]), (gone, [None, None, None])):
        case(base, own_flow=[-100, -20, 30], **{f"{name}_flow": [-10, -50, -40]}, **at, gives=gives)
        case(f"{base}_present", own_present_value=[-100, -20, 30],
             **{f"{name}_present_value": [-10, -50, -40]}, **at, gives=gives)  # fmt: skip
    for sums, flows in ((f"{base}_sum", base), (f"{base}_present_sum", f"{base}_present")):
        case(sums, **{flows: [-90, 30, 70]}, gives=[-90, -60, 10])
    # A year without a flow keeps the sign before it; before any flow there is none.
    case(f"{base}_sign", **{base: [-0.5, 0, 0.3, 0, -2]}, gives=[-1, -1, 1, 1, -1])
    case(f"{base}_sign", **{base: [0, 3, -2]}, gives=[0, 1, -1])
    case(f"{base}_change", **{f"{base}_sign": [-1, -1, 1, 1, -1]}, gives=[0, 0, 1, 0, 1])
    case(f"{base}_change", **{f"{base}_sign": [0, 1, -1]}, gives=[0, 0, 1])
    for behind, sums in ((f"{base}_behind", f"{base}_sum"),
                         (f"{base}_behind_discounted", f"{base}_present_sum")):  # fmt: skip
        case(behind, **{sums: [-5, -2, 1, -1]}, **year, horizon_years=3, gives=[1, 2, 0, 4])
        case(behind, **{sums: [-5, -2, 0, -1]}, **year, horizon_years=2, gives=[1, 2, 0, 0])
    case(f"{base}_gain", **{base: [-5, 3, 0, 7]}, gives=[0, 3, 0, 7])
    case(f"{base}_loss", **{base: [-5, 3, 0, 7]}, gives=[5, 0, 0, 0])
    case(f"{base}_gain_years", **{f"{base}_gain": [2, 3, 5, 7]}, **year, gives=[0, 3, 10, 21])
    case(f"{base}_loss_years", **{f"{base}_loss": [2, 3, 5, 7]}, **year, gives=[0, 3, 10, 21])

    case(f"{base}_changes", **{f"{base}_change": [0, 1, 0, 1]}, **known, gives=2)
    case(f"{base}_changes", **{f"{base}_change": [0, 1, 0, 1]}, **gone, undefined=why)
    for changes, first, flag in ((1, -1, 1), (2, -1, 0), (0, -1, 0), (1, 1, 0), (1, 0, 0)):
        case(f"{base}_has_rate", **{f"{base}_changes": changes, f"{base}_sign": [first, 1, 1, 1]},
             **year, gives=flag)  # fmt: skip

    # Gains of 40 at 90/40 years, losses of 80 at 60/80: 1.5 years apart. At a quarter, 0.8 a year:
    # 24.32 at 53.76/24.32, 68 at 48/68.
    flows = {f"{base}_gain": [0, 0, 30, 10], f"{base}_loss": [20, 60, 0, 0]}
    mean = {f"{base}_gain_years": [0, 0, 60, 30], f"{base}_loss_years": [0, 60, 0, 0]}
    one, none = {f"{base}_has_rate": 1}, {f"{base}_has_rate": 0}
    case(f"{base}_apart_1", **one, **flows, **mean, **year, gives=1.5)
    case(f"{base}_apart_1", **none, **flows, **mean, **year, gives=1)
    # 90 over 40 in 2 years: a half a year. At a quarter: 72 over 8 in 2 years, so 1.25 x 3.
    early = {f"{base}_gain": [0, 50, 40, 0], f"{base}_loss": [30, 10, 0, 0]}
    late = {f"{base}_gain": [0, 0, 112.5, 0], f"{base}_loss": [0, 10, 0, 0]}
    case(f"{base}_guess_1", **one, **early, **{f"{base}_apart_1": 2}, **year, gives=0.5)
    case(f"{base}_guess_1", **none, **early, **{f"{base}_apart_1": 1}, **year, gives=0)
    for step in (2, 3):
        rate, span = {f"{base}_guess_{step - 1}": 0.25}, f"{base}_apart_{step}"
        case(span, **one, **flows, **mean, **year, **rate, gives=53.76 / 24.32 - 48 / 68)
        case(span, **none, **flows, **mean, **year, **rate, gives=1)
        case(f"{base}_guess_{step}", **one, **late, **{span: 2}, **year, **rate, gives=2.75)
        case(f"{base}_guess_{step}", **none, **late, **{span: 1}, **year, **rate, gives=0)
    # 100 come back as 121 after two years; 4 as 9; 100 as 60 and 72, a fifth a year.
    for paid, back, rate in ((100, (0, 121), 0.1), (4, (0, 9), 0.5), (100, (60, 72), 0.2)):
        back = {base: [-paid, *back, 0], f"{base}_guess_3": 0.3}
        case(f"irr_vs_{name}", **one, **back, **known, gives=rate)
        case(f"irr_vs_{name}", **one, **back, **gone, undefined=why)
    twice = {base: [-4, 9, -3, 0], f"{base}_guess_3": 0}
    case(f"irr_vs_{name}", **none, **twice, **known, undefined=NO_RATE)

    for kind, behind, sums, flows in (
        ("payback", f"{base}_behind", f"{base}_sum", base),
        ("discounted_payback", f"{base}_behind_discounted", f"{base}_present_sum",
         f"{base}_present"),
    ):  # fmt: skip
        first, left = f"{kind}_year_vs_{name}", f"{kind}_left_vs_{name}"
        case(first, **{behind: [1, 2, 0, 0]}, horizon_years=3, **known, gives=2)
        case(first, **{behind: [1, 0, 3, 0]}, horizon_years=3, **known, gives=3)
        case(first, **{behind: [0, 0, 0, 0]}, horizon_years=3, **known, gives=0)
        case(first, **{behind: [1, 2, 3, 4]}, horizon_years=3, **known, undefined=NEVER)
        case(first, **{behind: [1, 2, 0, 0]}, horizon_years=3, **gone, undefined=why)
        # 2 short at the end of year 1, 8 come in year 2: a quarter of it.
        at, lost = {**year, **known}, {**year, **gone}
        case(left, **{first: 2, sums: [-5, -2, 6, 7]}, **at, gives=2)
        case(left, **{first: 0, sums: [5, 2, 6, 7]}, **at, gives=-5)
        case(left, **{first: None, sums: [-5, -2, -6, -7]}, **at, undefined=NEVER)
        case(left, **{first: 2, sums: [-5, -2, 6, 7]}, **lost, undefined=why)
        key = f"{kind}_vs_{name}"
        case(key, **{first: 2, left: 2, flows: [-5, 3, 8, 1]}, **at, gives=1.25)
        # 9 short where 8 come: of one year at most.
        case(key, **{first: 2, left: 9, flows: [-5, 3, 8, 1]}, **at, gives=2)
        case(key, **{first: 0, left: -5, flows: [5, 3, 8, 1]}, **at, gives=0)
        case(key, **{first: 1, left: 2, flows: [-2, 5, 8, 1]}, **at, gives=0.4)
        case(key, **{first: None, left: None, flows: [-5, 3, 8, 1]}, **at, undefined=NEVER)
        case(key, **{first: 2, left: 2, flows: [-5, 3, 8, 1]}, **lost, undefined=why)

# 20 are earned, of which the exit is 20 or 30.
for proceeds, earned in ((20, 0), (30, -10)):
    case("earned_by_use", increment_vs_best=[-100, 60, 60], exit_proceeds=proceeds,
         best_rent_npv=-7, gives=earned)  # fmt: skip
case("earned_by_use", increment_vs_best=[-100, 60, 60], exit_proceeds=20, best_rent_npv=None,
     undefined="no rent counts")  # fmt: skip
for payback, earned, flag in ((2, -10, 1), (2, 0, 0), (None, -10, 0), (2, -0.5, 1), (2, 0.5, 0)):
    case("payback_needs_resale", payback_vs_best=payback, earned_by_use=earned, gives=flag)

# ---- how far owning is ahead, on the basis that decides ------------------------------------------

sofar = {f"{name}_so_far": [-size, -2 * size]
         for name, size in zip(RIVALS, (3, 5, 7, 11, 13), strict=True)}  # fmt: skip
for name in RIVALS:
    case("best_so_far", best_rent_option=name, **sofar, gives=sofar[f"{name}_so_far"])
case("best_so_far", best_rent_option="none", **sofar, undefined="–")
case("lead_so_far", own_so_far=[-20, -23, -25], best_so_far=[0, -15, -30], gives=[-20, -8, 5])
case("lead_so_far", own_so_far=[-20, -23, -25], best_so_far=[None] * 3, gives=[None] * 3)
case("lead_behind", lead_so_far=[-20, -8, 5, -1], **year, horizon_years=3, gives=[1, 2, 0, 4])
case("lead_behind", lead_so_far=[-20, -8, 0, -1], **year, horizon_years=2, gives=[1, 2, 0, 0])
case("lead_from", lead_behind=[1, 2, 0, 0], gives=2)
case("lead_from", lead_behind=[1, 0, 3, 0], gives=3)
