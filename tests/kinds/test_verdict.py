"""The verdict is earned: what nobody gave is asked for where the answer hangs on it.

Corners are compared with the scenario loaded anew at each of them, the live book with a rebuild.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tco.cli import app
from tco.lines import Undefined
from tco.scenario import Scenario
from tco.verify import verify
from tco.workbook.build import workbook
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import Live
from tests.office.program import Office
from tests.sampling import sampled

CHIP = "b200-sxm-180gb"
RUN = f"as_of: 2026-11-21\nworkload: {{parameters: 70B, tokens: 2T, deadline: 60 days}}\n" \
      f"fleet: {{chip: {CHIP}, calibrate: none}}\n"  # fmt: skip
SERVER, RENT = "buy: {gpu_price: 33_000}\n", "rent: {on_demand_price: 9, reserved_price: 9}\n"
FLEET = "as_of: 2026-11-21\nworkload: {kind: own}\nfleet: {chip: h100-sxm5-80gb}\n"
OWN = "own: {fleet_gpus: 1024, server_price: 240_000"


def made(tmp_path: Path, text: str, *sets: str) -> Scenario:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return load(str(file), sets)


def written(*, server: bool, rent: bool, runs: int = 12) -> str:
    """A run of which the prices are given, or not."""
    own = f"own: {{runs_over_horizon: {runs}}}\n"
    return RUN + (SERVER if server else "") + (RENT if rent else "") + own


ASKED = [
    (False, False, "not decided", "prices of servers and renting"),
    (True, False, "not decided", "a price of renting"),
    (False, True, "not decided", "a price of servers"),
    (True, True, "too close to call", ""),
]


@pytest.mark.parametrize(("server", "rent", "verdict", "missing"), ASKED)
def test_a_verdict_rests_on_prices_that_somebody_gave(
    server: bool, rent: bool, verdict: str, missing: str, tmp_path: Path
) -> None:
    found = made(tmp_path, written(server=server, rent=rent)).numbers
    sentence = found["verdict_sentence"]
    assert found["verdict"] == verdict
    assert f"Own or rent over 4 years: {verdict}. " in sentence
    assert (f"Nobody has given {missing}. Between the ends" in sentence) == bool(missing)
    assert "Nobody has given" in sentence or not missing


def test_the_verdict_stands_in_json_on_the_first_page_and_in_the_deck(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(written(server=False, rent=True))
    run = CliRunner()
    said = json.loads(run.invoke(app, ["show", str(file), "--json"]).stdout)
    sentence = said["lines"]["verdict_sentence"]["value"]
    assert said["lines"]["verdict"]["value"] == "not decided"
    assert "Nobody has given a price of servers. Between" in sentence
    assert sentence in run.invoke(app, ["show", str(file)]).stdout
    out = tmp_path / "deck"
    assert run.invoke(app, ["deck", str(file), "--out", str(out)]).exit_code == 0
    assert "Nobody has given a price of servers." in next(out.glob("*.md")).read_text()


def test_what_is_missing_and_cannot_matter_is_named_and_decides_nothing(tmp_path: Path) -> None:
    """One run in four years: renting is cheaper at the ends of every range."""
    found = made(tmp_path, written(server=False, rent=False, runs=1)).numbers
    assert found["verdict"] == "rent" and found["questions_open"] == 2
    assert (
        "Own or rent over 4 years: rent, at any listed price. Owning "
        in (found["verdict_sentence"])
    )


@pytest.mark.parametrize("given", ["{}=33_000", "own list"])
def test_a_setting_and_an_own_list_give_a_price(given: str, tmp_path: Path) -> None:
    text = written(server=False, rent=True)
    if given == "own list":
        rows = f"id,price,price_source,price_date\n{CHIP},33000,a quote,2026-11-01\n"
        (tmp_path / "chips.csv").write_text(rows)
        found = made(tmp_path, "catalogue: chips.csv\n" + text)
    else:
        found = made(tmp_path, text, given.format("gpu_price"))
    assert found.numbers["servers_missing"] == 0 and found.numbers["verdict"] == "too close to call"


def test_capex_that_is_given_needs_no_price_of_servers(tmp_path: Path) -> None:
    found = made(tmp_path, written(server=False, rent=True), "capex=12_000_000")
    assert found.numbers["servers_missing"] == 0


@pytest.mark.parametrize("key", ["capex", "hardware_cost", "buy_total"])
def test_a_total_that_is_given_is_no_error(key: str, tmp_path: Path) -> None:
    """Any line may be given, and then it is not the sum of its parts."""
    found = made(tmp_path, written(server=True, rent=True), f"{key}=12_000_000").numbers
    assert found["errors"] == 0 and found["verdict"] in ("own", "rent", "too close to call")


def test_a_fleet_without_a_price_of_servers_is_one_that_is_asked(tmp_path: Path) -> None:
    """Its GPUs make one, with their host; a given price or capex answers the question."""
    rent = "rent: {on_demand_price: 4, reserved_price: 4}\n"
    text = FLEET + "own: {fleet_gpus: 1024, utilization: 75 %}\n" + rent
    found = made(tmp_path, text).numbers
    by_gpu = 8 * found["gpu_price"] * (1 + found["host_share"])
    assert found["server_unit_price"] == pytest.approx(by_gpu, rel=1e-12)
    assert found["verdict"] == "not decided"
    assert "Nobody has given a price of servers. Between" in found["verdict_sentence"]
    for given in ("server_price=240_000", "gpu_price=23_000", "capex=40_000_000"):
        answered = made(tmp_path, text, given).numbers
        assert answered["servers_missing"] == answered["errors"] == 0, given
        assert answered["verdict"] != "not decided", given


def test_the_host_in_the_price_of_a_gpu_is_not_added_again(tmp_path: Path) -> None:
    text = FLEET.replace("h100-sxm5-80gb", "gh200-96gb") + "own: {fleet_gpus: 1024}\n"
    found = made(tmp_path, text).numbers
    assert found["price_basis"] == "server_share" and found["host_share"] > 0
    assert found["server_unit_price"] == found["gpus_per_server"] * found["gpu_price"]


def test_a_host_that_is_counted_twice_is_an_error(tmp_path: Path) -> None:
    twice = ["price_basis=server_share"]
    found = made(tmp_path, written(server=True, rent=True), *twice).numbers
    assert found["host_counted_once"] == 1 and found["errors"] == 1
    assert "other hardware counts the host again" in found["verdict"].why
    once = made(
        tmp_path, written(server=True, rent=True), *twice, "other_hardware_share=0", "host_share=0"
    )
    assert once.numbers["errors"] == 0


def test_both_ends_are_said_with_their_verdicts(tmp_path: Path) -> None:
    """Ends that agree in sign may differ in what they decide."""
    found = made(tmp_path, written(server=False, rent=False)).numbers
    for end in ("least", "largest"):
        place = list(found["corner_advantage"]).index(found[f"{end}_advantage"])
        assert found[f"{end}_verdict"] == found["corner_verdict"][place]
        said = f"{found[f'{end}_advantage'] / 1e6:,.2f} ({found[f'{end}_verdict']})"
        assert said in found["verdict_sentence"]


def test_where_nothing_is_open_no_sentence_asks(tmp_path: Path) -> None:
    found = made(tmp_path, written(server=True, rent=True)).numbers
    assert found["open_reason"] == found["unlisted_reason"] == "Nothing that decides is left open."


def test_an_offer_that_is_chosen_by_name_is_a_price(tmp_path: Path) -> None:
    offer = next(row["id"] for row in load("own-1024-h100").catalogue["offers"].rows
                 if row["chip"] == CHIP and row["on_demand_price"]
                 and not row["id"].startswith("median"))  # fmt: skip
    text = written(server=True, rent=False) + f"rent: {{offer: {offer}}}\n"
    found = made(tmp_path, text).numbers
    assert found["rents_missing"] == 0 and found["verdict"] != "not decided"


def test_a_fleet_without_a_run_is_asked_how_much_it_is_used(tmp_path: Path) -> None:
    rent = "rent: {on_demand_price: 2.95, reserved_price: 2.35}\n"
    found = made(tmp_path, FLEET + OWN + "}\n" + rent).numbers
    assert found["utilization"] == 0.75 and found["verdict"] == "not decided"
    assert "Nobody has given the use. " in found["verdict_sentence"]
    given = made(tmp_path, FLEET + OWN + ", utilization: 90 %}\n" + rent).numbers
    assert given["use_missing"] == 0 and given["verdict"] == "own"
    of_run = made(tmp_path, FLEET + OWN + "}\n" + rent, "days_needed=200 days").numbers
    assert of_run["utilization"] == pytest.approx(200 * 24 / (8760 * 4))
    assert of_run["use_missing"] == 0


def test_the_use_is_that_of_the_runs(tmp_path: Path) -> None:
    """12 runs, by hand; a given use wins, and where it is more than the runs need that is said."""
    found = made(tmp_path, written(server=True, rent=True)).numbers
    hours = 12 * found["gpu_hours"] / (found["fleet_gpus"] * 8760 * 4)
    assert found["utilization"] == found["use_by_runs"] == pytest.approx(hours, rel=1e-12)
    assert found["rented_staff_share"] == pytest.approx(12 * found["days_needed"] / (365 * 4))
    assert found["use_has_work"] == 0
    given = made(tmp_path, written(server=True, rent=True), "utilization=90 %").numbers
    assert given["utilization"] == 0.9 and given["rented_staff_share"] == 1
    assert given["use_has_work"] == 1
    most = made(tmp_path, written(server=True, rent=True, runs=9_000)).numbers
    assert most["utilization"] == most["rented_staff_share"] == 1


@pytest.mark.parametrize("chip", ["h20-sxm-96gb", "mi325x", "mi350x", "gaudi3", "trainium2"])
def test_without_any_rent_nothing_is_decided(chip: str, tmp_path: Path) -> None:
    """Accelerators that nobody offers: owning alone is compared with nothing."""
    text = FLEET.replace("h100-sxm5-80gb", chip) + OWN + ", utilization: 75 %}\n"
    found = made(tmp_path, text).numbers
    assert found["rents_priced"] == 0 and found["verdict"] == "not decided"
    assert "and none is listed." in found["verdict_sentence"]


def test_late_rents_are_no_missing_price() -> None:
    found = load("own-1024-h100", ["result_needed_days=300"]).numbers
    assert found["rents_missing"] == 0 and "not decided" not in found["verdict_sentence"]


def test_a_corner_is_the_scenario_at_those_ends(tmp_path: Path) -> None:
    """Every corner, loaded anew with the ends of the ranges as prices of the file."""
    found = made(tmp_path, written(server=False, rent=False))
    keys = ("gpu_price", "on_demand_price", "reserved_price", "spot_price")
    ends = {key: (found.facts[key].low, found.facts[key].high) for key in keys}
    assert all(low < high for low, high in ends.values())
    for number, (servers, rents) in enumerate(itertools.product((0, 1), repeat=2), 1):
        sets = [f"{key}={ends[key][rents if key != 'gpu_price' else servers]!r}" for key in keys]
        anew = made(tmp_path, written(server=False, rent=False), *sets).numbers
        here = float(found.numbers[f"advantage_corner_{number}"])
        assert here == pytest.approx(float(anew["deciding_advantage"]), rel=1e-9)
        assert found.numbers[f"verdict_corner_{number}"] == anew["verdict"]
    advantages = [float(found.numbers[f"advantage_corner_{number}"]) for number in range(1, 5)]
    assert found.numbers["least_advantage"] == min(advantages) < 0 < max(advantages)


def test_a_price_without_a_range_has_one_of_a_quarter(tmp_path: Path) -> None:
    found = made(tmp_path, written(server=False, rent=False)).numbers
    assert isinstance(found["least_block_price"], Undefined)
    none = made(tmp_path, FLEET + OWN + "}\n").numbers
    assert none["least_utilization"] == 0.5 and none["most_utilization"] == 0.9


def test_the_bundled_scenarios_have_the_verdicts_that_follow() -> None:
    assert load("own-1024-h100").numbers["verdict"] == "too close to call"
    found = load("buy-or-rent-100b").numbers
    assert found["verdict"] == "rent"
    assert found["utilization"] == pytest.approx(0.00684, abs=1e-5)


@pytest.mark.parametrize(("server", "rent"), [(False, False), (True, False)])
def test_the_engines_agree_on_the_corners(server: bool, rent: bool, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(workbook(made(tmp_path, written(server=server, rent=rent))))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


@needs_libreoffice
@pytest.mark.parametrize(
    "edit",
    sampled([{"gpu_price": 33_000, "on_demand_price": 9}, {"gpu_price": 33_000},
             {"on_demand_price": 9, "reserved_price": 9}, {"runs_over_horizon": 1},
             {"unlisted_range_share": 0.5}], every=3),
    ids=str,
)  # fmt: skip
def test_a_price_typed_over_answers_the_question(
    edit: dict[str, Any], tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "mine.xlsx"
    before = made(tmp_path, written(server=False, rent=False))
    path.write_bytes(workbook(before))
    live = Live(office, str(tmp_path / "mine.yaml"), path)
    got = live.after(edit)
    after = made(
        tmp_path, written(server=False, rent=False), *(f"{k}={v}" for k, v in edit.items())
    )
    assert live.differences(got, after) == []
    assert got(live.named("verdict")) == after.numbers["verdict"]
