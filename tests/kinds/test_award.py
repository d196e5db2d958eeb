"""Which quote is chosen, and what of it reaches the rest, whatever the order of the rows."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tco.scenario import Scenario
from tco.tender.tabulation import as_text
from tco.verify import verify
from tco.workbook.build import workbook
from tests.kinds.test_quotes import GOLDEN, drawn, scenario, straight, written
from tests.loaded import load
from tests.sampling import sampled

BASE = GOLDEN["quotes"][0] | {"lead_weeks": 10, "deposit_share": 0, "delivery_share": 1}


def chosen(made: Scenario) -> dict[str, Any]:
    """What the scenario says of its choice, without the number of its row."""
    keys = ("chosen_vendor", "best_compared_price", "quoted_server_price", "quoted_freight",
            "quoted_duty", "quoted_warranty", "capex")  # fmt: skip
    return {key: made.numbers[key] for key in keys}


def choice_by_hand(inputs: dict[str, Any], quotes: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The lowest compared price that counts; level ones by the price, then by the name."""
    rows = [one | two for one, two in zip(quotes, straight(inputs, quotes), strict=True)]
    known = [one for one in rows if one["quote_counts"]]
    order = sorted(known, key=lambda one: (
        round(one["quote_compared_price"], 6), round(one["quote_price"], 6), one["vendor"],
        one.get("alternate", ""),
    ))  # fmt: skip
    return order[0] if order else None


@pytest.mark.parametrize("seed", sampled(range(40), every=4))
def test_the_choice_is_the_definitions(seed: int, tmp_path) -> None:
    inputs, quotes = drawn(random.Random(seed))
    wanted = choice_by_hand(inputs, quotes)
    got = scenario(tmp_path, inputs, quotes).numbers
    if wanted is None:
        assert got["chosen_vendor"] == "none"
        return
    assert got["chosen_vendor"] == wanted["vendor"]
    assert got["quoted_server_price"] == pytest.approx(wanted["quote_price"], rel=1e-12)
    assert got["quoted_duty"] == pytest.approx(wanted["quote_duty"], rel=1e-9, abs=1e-9)


TIES = {
    "the lower price before freight": (
        [BASE | {"vendor": "B", "incoterm": "DDP", "price": 412_000 * 1.015 * 1.02 + 24_720 * 0,
                 "warranty_years": 4},
         BASE | {"vendor": "C", "incoterm": "EXW", "price": 412_000, "warranty_years": 4}], "C"),
    "then the name": (
        [BASE | {"vendor": "beta"}, BASE | {"vendor": "Alpha"}, BASE | {"vendor": "Gamma"}],
        "Alpha"),
}  # fmt: skip


@pytest.mark.parametrize("case", TIES)
def test_ties_are_settled_by_the_rows_alone(case: str, tmp_path) -> None:
    quotes, wanted = TIES[case]
    inputs = GOLDEN["inputs"] | {"discount_rate": 0}
    prices = [one["quote_compared_price"] for one in straight(inputs, quotes)]
    assert max(prices) - min(prices) < 1e-6  # else it is no tie
    found = [chosen(scenario(tmp_path, inputs, list(one))) for one in
             itertools.permutations(quotes)]  # fmt: skip
    assert {one["chosen_vendor"] for one in found} == {wanted}
    assert all(one == found[0] for one in found)
    path = tmp_path / "tied.xlsx"
    path.write_bytes(workbook(scenario(tmp_path, inputs, quotes)))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_sorting_the_rows_changes_nothing(tmp_path) -> None:
    quotes = GOLDEN["quotes"]
    base = chosen(scenario(tmp_path, GOLDEN["inputs"], quotes))
    for key in ("price", "vendor", "lead_weeks", "valid_until"):
        rows = sorted(quotes, key=lambda one, key=key: one[key])
        assert chosen(scenario(tmp_path, GOLDEN["inputs"], rows)) == base
    assert base["chosen_vendor"] == "C" and base["quoted_server_price"] == 405_000


def test_a_vendor_by_name_is_chosen_whatever_is_lower(tmp_path) -> None:
    made = scenario(tmp_path, GOLDEN["inputs"] | {"server_vendor": "a"}, GOLDEN["quotes"])
    assert chosen(made)["chosen_vendor"] == "A"
    assert chosen(made)["quoted_server_price"] == 412_000


def test_a_vendor_without_a_quote_that_counts_says_so(tmp_path) -> None:
    made = scenario(tmp_path, GOLDEN["inputs"] | {"server_vendor": "D"}, GOLDEN["quotes"])
    assert made.numbers["chosen_vendor"] == "none"
    assert "no quote counts (server_vendor: D)" in made.numbers["choice_counts_note"]
    assert made.numbers["server_cost"] == 64 * 400_000  # the price that is given


def test_where_no_quote_counts_and_nothing_is_given_the_quotes_are_still_shown(tmp_path) -> None:
    """The price of its GPUs stands in, and the verdict waits for one."""
    expired = [one | {"valid_until": "2026-01-01"} for one in GOLDEN["quotes"]]
    file = tmp_path / "expired.yaml"
    text = written(GOLDEN["inputs"], expired).replace("  server_price: 400_000\n", "")
    file.write_text(text, encoding="utf-8")
    made = load(str(file))
    assert made.numbers["servers_missing"] == 1 and made.numbers["errors"] == 0
    assert made.numbers["server_unit_price"] == made.numbers["server_price_by_gpu"]
    assert "servers" in str(made.numbers["missing_words"])
    assert "expired 324 days ago" in as_text(made) and "chosen" not in as_text(made)


def test_a_quote_that_asks_for_more_than_its_price_is_refused(tmp_path) -> None:
    over = [one | {"deposit_share": 0.5, "delivery_share": 0.6} for one in GOLDEN["quotes"][:1]]
    with pytest.raises(Mistakes) as told:
        scenario(tmp_path, GOLDEN["inputs"], over)
    assert "deposit_share and delivery_share add to more than 100 % in 1 quotes" in str(told.value)


@pytest.mark.parametrize(("price", "off"), [(120, 1), (41_200, 1), (412_000, 0), (4_120_000, 1)])
def test_a_quote_far_from_any_list_is_pointed_at(price: float, off: int, tmp_path) -> None:
    made = scenario(tmp_path, GOLDEN["inputs"], [GOLDEN["quotes"][0] | {"price": price}])
    assert made.numbers["quotes_near_catalogue"] == off and made.numbers["errors"] == 0


def test_an_alternate_that_a_later_round_leaves_out_is_withdrawn(tmp_path) -> None:
    first = GOLDEN["quotes"][0]
    rows = [first, first | {"alternate": "liquid cooled", "price": 300_000},
            first | {"price": 400_000, "round": 2}]  # fmt: skip
    made = scenario(tmp_path, GOLDEN["inputs"], rows)
    assert list(made.numbers["quote_superseded"]) == [1, 1, 0]
    assert made.numbers["quoted_server_price"] == 400_000


def test_a_vendor_that_quotes_nothing_is_refused(tmp_path) -> None:
    with pytest.raises(Mistakes) as told:
        scenario(tmp_path, GOLDEN["inputs"] | {"server_vendor": "Z"}, GOLDEN["quotes"])
    assert "Z is not an option of server_vendor" in str(told.value)
    assert "It is one of: lowest; A; B; C" in str(told.value)


def test_what_does_not_comply_never_counts(tmp_path) -> None:
    quotes = [one | {"complies": "no", "deviation": "air cooled"} if one["vendor"] == "C" else one
              for one in GOLDEN["quotes"]]  # fmt: skip
    made = scenario(tmp_path, GOLDEN["inputs"], quotes)
    assert chosen(made)["chosen_vendor"] == "A"
    assert list(made.numbers["quote_standing"])[2:5] == ["does not comply: air cooled"] * 3


def test_a_later_round_supersedes_the_earlier_which_stays(tmp_path) -> None:
    later = GOLDEN["quotes"][3] | {"round": 2, "price": 500_000}
    made = scenario(tmp_path, GOLDEN["inputs"], [*GOLDEN["quotes"], later])
    assert chosen(made)["chosen_vendor"] == "A"
    said = list(made.numbers["quote_standing"])
    assert said[2:5] == ["superseded by round 2"] * 3 and said[-1] == "counts"
    expired = [*GOLDEN["quotes"], later | {"price": 1, "valid_until": "2026-01-01"}]
    made = scenario(tmp_path, GOLDEN["inputs"], expired)  # a last answer may be none any more
    assert chosen(made)["chosen_vendor"] == "A"


def test_an_alternate_that_does_more_is_pointed_at(tmp_path) -> None:
    more = GOLDEN["quotes"][0] | {"alternate": "next chip", "price": 700_000, "useful_share": 2}
    made = scenario(tmp_path, GOLDEN["inputs"], [*GOLDEN["quotes"], more])
    assert chosen(made)["chosen_vendor"] == "C"  # per unit
    assert made.numbers["best_useful_offer"] == "A: server, next chip"
    half = made.numbers["quote_compared_price"][-1] / 2
    assert made.numbers["best_useful_price"] == pytest.approx(half)
    assert "A: server, next chip costs" in made.numbers["useful_beside_unit_note"]


def test_a_dearer_choice_asks_for_its_reason(tmp_path) -> None:
    inputs = GOLDEN["inputs"] | {"server_vendor": "A"}
    made = scenario(tmp_path, inputs, GOLDEN["quotes"])
    assert "costs 36,808 more" in made.numbers["choice_explained_note"]
    made = scenario(tmp_path, inputs | {"award_reason": "proven"}, GOLDEN["quotes"])
    assert made.numbers["choice_explained"] == 0
    assert made.numbers["award"] == "A: proven; approved by nobody yet"


def test_lead_time_and_terms_of_the_choice_reach_the_rest(tmp_path) -> None:
    made = scenario(tmp_path, GOLDEN["inputs"], GOLDEN["quotes"])
    assert made.numbers["option_lead_days"][0] == 24 * 7
    numbers = made.numbers
    rest = numbers["capex"] - numbers["server_cost"]
    wanted = 0.2 * numbers["server_cost"] + float(numbers["deposit_share"]) * rest
    assert numbers["deposit_cost"] == pytest.approx(wanted, rel=1e-12)


# ---- split over several --------------------------------------------------------------------------


def split(folder: Path, shares: dict[str, float], **more: Any) -> Scenario:
    """The worked case with shares awarded to vendors."""
    rows = "".join(f"  - {{vendor: {name}, share: {share}}}\n" for name, share in shares.items())
    file = folder / "split.yaml"
    text = written(GOLDEN["inputs"] | more, GOLDEN["quotes"])
    file.write_text(f"{text}awards:\n{rows}", encoding="utf-8")
    return load(str(file))


def test_each_share_of_a_split_is_at_the_break_that_it_reaches(tmp_path) -> None:
    prices = {(one["vendor"], one["min_quantity"]): one for one in GOLDEN["rows"]}
    for share, least in ((0.25, 1), (0.5, 32), (0.75, 32)):  # of 64 servers
        made = split(tmp_path, {"a": 1 - share, "C": share})
        first, second = prices["A", 1], prices["C", least]
        for key, got in (("quote_price", made.numbers["quoted_server_price"]),
                         ("quote_duty", made.numbers["quoted_duty"])):  # fmt: skip
            wanted = (1 - share) * first[key] + share * second[key]
            assert got == pytest.approx(wanted, rel=1e-12), (share, key)
        key = "quote_compared_price"
        whole = 64 * ((1 - share) * first[key] + share * second[key])
        assert made.numbers["split_award_cost"] == pytest.approx(whole, rel=1e-9)
        assert made.numbers["single_award_cost"] == pytest.approx(64 * prices["C", 32][key])
        assert made.numbers["known_lead_days"] == 24 * 7  # the longer of both
        assert made.numbers["server_cost"] == 64 * made.numbers["quoted_server_price"]


def test_a_split_can_be_set_against_all_to_one(tmp_path) -> None:
    made = split(tmp_path, {"A": 0.5, "C": 0.5}, award_basis="single")
    assert made.numbers["quoted_server_price"] == 405_000
    assert made.numbers["chosen_vendor"] == "C"


@pytest.mark.parametrize(("shares", "check", "said"), [
    ({"A": 0.5, "C": 0.4}, "awards_add_up", "add to 90.00%, not to 1"),
    ({"A": 0.5, "D": 0.5}, "awards_met", "the first is D: server"),
])  # fmt: skip
def test_a_split_that_does_not_hold_says_so(
    shares: dict[str, float], check: str, said: str, tmp_path
) -> None:
    made = split(tmp_path, shares)
    assert made.numbers[check] == 1 and said in made.numbers[f"{check}_note"]


def test_engines_agree_on_a_split(tmp_path) -> None:
    path = tmp_path / "split.xlsx"
    path.write_bytes(workbook(split(tmp_path, {"A": 0.5, "C": 0.5})))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]
