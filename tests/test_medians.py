"""Rent without a quote: the median of what is listed, its extremes, and what is no part of it."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tco.catalogue import shipped as catalogue
from tco.catalogue.medians import COMMITMENTS, PREFIX, Window, of_offers, without
from tco.catalogue.shipped import as_seen, shipped
from tco.errors import Mistakes
from tests.errors.conftest import GOOD
from tests.loaded import load

CHIP = "h100-sxm5-80gb"
NAMES = tuple(catalogue.file_rows("offers")[0])
DAY = Window(datetime.date(2026, 11, 21), 365)


def offer(provider: str, price: float, date: str, **said: Any) -> dict[str, str]:
    """An offer on demand for one accelerator, as a row of the file."""
    row = {"id": f"{provider}-{price}-{date}", "provider": provider, "chip": CHIP}
    row |= {"on_demand_price": f"{price}", "source": f"list price: {provider}", "date": date}
    return dict.fromkeys(NAMES, "") | row | said


def found(*rows: dict[str, str]) -> dict[str, str]:
    """The row of medians of some offers."""
    (row,) = of_offers(rows, DAY)
    return dict(row)


def prices(row: dict[str, str], name: str = "on_demand_price") -> list[float]:
    """Low, base and high of a price."""
    return [float(row[key]) for key in (f"{name}_low", name, f"{name}_high")]


ONE, TWO, THREE = (offer(*said) for said in (
    ("a", 2, "2026-10-10"), ("b", 5, "2026-01-01"), ("c", 3, "2026-09-23"),
))  # fmt: skip


def test_the_median_is_over_providers_with_their_extremes() -> None:
    row = found(ONE, TWO, THREE)
    assert prices(row) == [2, 3, 5]
    assert row["source"] == "catalogue: median of 3 offers, 2026-01-01 to 2026-10-10"
    assert row["date"] == "2026-10-10"
    assert row["provider"] == "Median of 3 providers"
    assert prices(found(ONE, TWO)) == [2, 3.5, 5]
    assert found(ONE)["source"] == "catalogue: median of 1 offer, 2026-10-10"


def test_a_provider_counts_once_its_latest_and_there_its_lowest() -> None:
    again = [
        offer("a", 9, "2026-10-10"),
        offer("a", 1, "2026-10-09"),
        offer("a", 1.5, "2024-01-01"),
    ]
    assert prices(found(ONE, TWO, THREE, *again)) == [2, 3, 5]


def test_what_is_too_old_counts_only_where_nothing_is_young() -> None:
    old = offer("d", 99, "2025-11-20")  # 366 days
    assert prices(found(ONE, old)) == [2, 2, 2]
    assert prices(found(ONE, offer("d", 99, "2025-11-21")))[2] == 99
    row = found(old, offer("e", 97, "2022-01-01"))
    assert prices(row) == [97, 98, 99]
    assert row["source"].endswith("2022-01-01 to 2025-11-20, none within 365 days of 2026-11-21")


@pytest.mark.parametrize("source", [
    "catalogue: marketplace Vast.ai", "catalogue: broker Shadeform", "guess: ours", "own: list",
    "catalogue: capacity block; survey",
])  # fmt: skip
def test_what_no_provider_asks_of_everybody_is_no_part_of_it(source: str) -> None:
    assert prices(found(ONE, TWO, THREE, offer("d", 0.5, "2026-11-01", source=source))) == [2, 3, 5]
    assert of_offers((offer("d", 0.5, "2026-11-01", source=source),), DAY) == ()


def test_a_survey_of_what_providers_ask_is() -> None:
    seen = offer("d", 1, "2026-05-25", source="catalogue: GPU price survey of 2026-05-25")
    assert prices(found(ONE, TWO, THREE, seen)) == [1, 2.5, 5]


def test_each_commitment_is_its_own_median_with_its_own_source() -> None:
    spot = {"spot_price": "1", "spot_source": "list price: a", "spot_date": "2026-10-01"}
    row = found(ONE | spot, TWO)
    assert (prices(row), prices(row, "spot_price")) == ([2, 3.5, 5], [1, 1, 1])
    assert row["spot_source"] == "catalogue: median of 1 offer, 2026-10-01"
    assert not row["reserved_1y_price"] and not row["reserved_source"]


def test_the_order_of_the_rows_decides_nothing() -> None:
    """Shuffled, the file gives the same medians, defaults and ranges."""
    table = shipped()["offers"]
    rows = list(catalogue.file_rows("offers"))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        made = catalogue.completed("offers", tuple(rows))
        assert sorted(made, key=lambda one: one["id"]) == sorted(
            table.rows, key=lambda one: one["id"]
        )
        tables = catalogue.linked({**shipped().tables, "offers": replace(table, rows=made)})
        assert tables["chips"].rows == shipped()["chips"].rows


def test_a_scenario_without_a_quote_takes_the_median_and_its_range() -> None:
    facts = load("published-runs").facts
    row = shipped()["offers"].row(PREFIX + CHIP)
    for key, name in (("on_demand_price", "on_demand_price"), ("spot_price", "spot_price"),
                      ("reserved_price", "reserved_1y_price")):  # fmt: skip
        fact = facts[key]
        assert [fact.low, fact.value, fact.high] == prices(dict(row), name)
        assert (fact.origin, fact.source) == ("catalogue", row[COMMITMENTS[name][0]])
    assert facts["on_demand_price"].low < facts["on_demand_price"].value


def test_an_offer_by_name_is_that_offer_without_a_range() -> None:
    facts = load("published-runs", ["offer=nebius-h100-sxm"]).facts
    row = shipped()["offers"].row("nebius-h100-sxm")
    fact = facts["on_demand_price"]
    assert (fact.value, fact.low, fact.high) == (float(row["on_demand_price"]), None, None)
    assert (fact.source, fact.date) == (row["source"], row["date"])
    assert facts["reserved_price"].origin == "none"  # it lists none, so there is none


def test_the_median_is_of_the_day_and_the_limit_of_the_scenario() -> None:
    def source(*sets: str) -> str:
        return str(load("published-runs", sets).facts["on_demand_price"].source)

    assert source() == "catalogue: median of 14 offers, 2026-01-01 to 2026-10-10"
    assert "of 11 offers, 2026-09-23 to" in source("price_age_limit_days=90")
    assert source("as_of=2024-02-14", "price_age_limit_days=20").startswith(
        "catalogue: median of 1 offer, 2024-02-14"
    )
    assert "none within 1 days of 2030-01-01" in source(
        "as_of=2030-01-01", "price_age_limit_days=1"
    )


def test_no_young_price_raises_the_alert_of_old_prices() -> None:
    scenario = load("published-runs", ["as_of=2028-06-01"])
    assert "none within" in str(scenario.facts["on_demand_price"].source)
    ages = dict(zip(scenario.row_ids("prices"), scenario.numbers["price_old"], strict=True))
    assert ages["on_demand_price"] == 1


def test_the_catalogue_of_the_day_it_is_shipped_for_is_the_shipped_one() -> None:
    assert as_seen(shipped(), catalogue.CATALOGUE_DATE, 365) is shipped()
    assert as_seen(shipped(), "2026-11-20", 365)["offers"].ids == shipped()["offers"].ids


def test_ones_own_list_leads(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "id,chip,on_demand_price,date\nmine,a100-sxm4-80gb,77,2026-11-01\n"
    )
    (tmp_path / "one.yaml").write_text(f"catalogue: own.csv\n{GOOD}")
    facts = load(str(tmp_path / "one.yaml")).facts
    assert (facts["offer"].value, facts["on_demand_price"].value) == ("mine", 77)
    assert facts["on_demand_price"].low is None


def test_an_own_row_cannot_pass_for_a_median(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "id,chip,on_demand_price,date\nMedian-x,a100-sxm4-80gb,77,2026-11-01\n"
    )
    (tmp_path / "one.yaml").write_text(f"catalogue: own.csv\n{GOOD}")
    with pytest.raises(Mistakes) as caught:
        load(str(tmp_path / "one.yaml"))
    assert "ids that begin with median- are those of medians" in caught.value.mistakes[0].wrong


# ---- the shipped offers --------------------------------------------------------------------------

# What is still sold: of most of its offers the price was seen within 90 days of the catalogue's.
SOLD = (
    "a100-sxm4-40gb", "a100-sxm4-80gb", "a100-pcie-80gb", "l40s", "h100-pcie-80gb", CHIP,
    "h100-nvl-94gb", "h200-sxm-141gb", "b200-sxm-180gb", "b300-sxm-288gb", "mi300x",
)  # fmt: skip


def _age(date: str) -> int:
    return (DAY.as_of - datetime.date.fromisoformat(date)).days


@pytest.mark.parametrize("chip", SOLD)
def test_the_offers_of_what_is_sold_are_young(chip: str) -> None:
    ages = sorted(_age(row["date"]) for row in catalogue.file_rows("offers") if row["chip"] == chip)
    assert ages[len(ages) // 2] < 90


@pytest.mark.parametrize("chip", SOLD)
def test_a_price_seen_again_is_no_longer_carried_as_it_was(chip: str) -> None:
    """Of one provider and kind there is no second day; a block paid in advance is another kind."""
    days: dict[str, set[str]] = {}
    for row in catalogue.file_rows("offers"):
        if row["chip"] == chip and row["on_demand_price"] and "capacity block" not in row["source"]:
            days.setdefault(row["provider"], set()).add(row["date"])
    assert days and all(len(one) == 1 for one in days.values()), days


def test_no_offer_has_the_day_of_a_program_for_its_own() -> None:
    """gpuhunt's table of Crusoe stands in its program: its commit says nothing of the price."""
    for row in without(shipped()["offers"].rows):
        for source, _ in COMMITMENTS.values():
            assert "gpuhunt@3584151 providers/" not in row[source], row["id"]
