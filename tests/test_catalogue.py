"""Own price lists over the shipped catalogue, and the catalogue as commands show it."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tco.catalogue.csvfile import cell_text
from tco.catalogue.entries import file_columns
from tco.catalogue.medians import without
from tco.catalogue.shipped import OwnList, file_rows, shipped
from tco.scenario import Scenario
from tests.errors.conftest import GOOD, Answer, contents, run_in
from tests.loaded import load

A100 = "a100-sxm4-80gb"
THREE_LINES = "parameters: 70B\ntokens: 2T\ndeadline: 60 days\n"
SHIPPED_A100 = shipped()["chips"].row(A100)
CRUSOE = shipped()["offers"].row("crusoe-a100-80")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with one scenario that works."""
    (tmp_path / "good.yaml").write_text(GOOD)
    return tmp_path


@pytest.fixture
def tco(desk: Path) -> Callable[..., Answer]:
    """The command, run in the folder."""
    return lambda *arguments: run_in(desk, *map(str, arguments))


@pytest.fixture
def laid(desk: Path) -> Callable[..., Scenario]:
    """The good scenario with lists laid over it, from their texts by file name."""

    def run(**texts: str | bytes) -> Scenario:
        (desk / "lists").mkdir(exist_ok=True)
        for name, text in texts.items():
            raw = text if isinstance(text, bytes) else text.encode()
            (desk / f"lists/{name}.csv").write_bytes(raw)
        (desk / "scenario.yaml").write_text(f"catalogue: lists\n{GOOD}")
        return load(str(desk / "scenario.yaml"))

    return run


Laid = Callable[..., Scenario]
Command = Callable[..., Answer]


# ---- known rows ---------------------------------------------------------------------------------


def test_a_known_row_keeps_what_is_not_filled(laid: Laid) -> None:
    found = laid(own=f"price_date,price,id,price_source\n2026-10-01,9000,{A100},quote 17\n")
    row = found.catalogue["chips"].row(A100)
    assert (row["price"], row["price_source"], row["price_date"]) == (
        "9000", "own: quote 17", "2026-10-01",
    )  # fmt: skip
    assert row["memory_gb"] == SHIPPED_A100["memory_gb"]
    assert (row["source"], row["date"]) == (SHIPPED_A100["source"], SHIPPED_A100["date"])
    fact = found.facts["gpu_price"]
    assert (fact.value, fact.source, fact.date) == (9000, "own: quote 17", "2026-10-01")


def test_a_shipped_range_does_not_stand_around_an_own_price(laid: Laid) -> None:
    assert SHIPPED_A100["price_high"]
    bare = laid(own=f"id,price,date\n{A100},90000,2026-10-01\n")
    assert (bare.facts["gpu_price"].low, bare.facts["gpu_price"].high) == (None, None)
    ranged = laid(own=f"id,price,price_low,price_high,date\n{A100},9,8,10,2026-10-01\n")
    assert (ranged.facts["gpu_price"].low, ranged.facts["gpu_price"].high) == (8, 10)


def test_a_source_that_is_not_given_is_the_file_and_its_row(laid: Laid) -> None:
    found = laid(own=f"id,price,date\n\n{A100},9000,2026-10-01\n")
    assert found.facts["gpu_price"].source == "own: own.csv, row 3"
    assert found.facts["gpu_price"].date == "2026-10-01"


@pytest.mark.parametrize("source", ["quote 17", "own: quote 17"])
def test_the_mark_of_an_own_source_stands_once(source: str, laid: Laid) -> None:
    found = laid(own=f"id,price,date,source\n{A100},9000,2026-10-01,{source}\n")
    assert found.facts["gpu_price"].source == "own: quote 17"
    assert found.catalogue["chips"].row(A100)["source"] == SHIPPED_A100["source"]


def test_what_stays_shipped_beside_an_own_value_keeps_its_source(laid: Laid) -> None:
    found = laid(own="id,spot_price,date\ncrusoe-a100-80,1.1,2026-11-02\n")
    row = found.catalogue["offers"].row("crusoe-a100-80")
    assert row["on_demand_price"] == CRUSOE["on_demand_price"]
    assert (row["source"], row["date"]) == (CRUSOE["source"], CRUSOE["date"])
    assert (row["spot_source"], row["spot_date"]) == ("own: own.csv, row 2", "2026-11-02")


def test_an_own_spot_price_makes_no_other_price_own(laid: Laid) -> None:
    """The roll-up calls own what is own: the on-demand rent stays a provider's list price."""
    found = laid(own="id,spot_price,date\nazure-nd96amsr-a100-v4,0.4,2026-11-02\n")
    assert found.numbers["rent_option"] == "on demand"
    rows = dict(zip(found.row_ids("evidence_kinds"), found.numbers["kind_rent"], strict=True))
    assert rows["own"] == 0 and rows["list price"] > 0


def test_the_note_of_a_shipped_price_is_not_that_of_an_own_one(laid: Laid) -> None:
    found = laid(own=f"id,price,price_basis,date\n{A100},9000,chip,2026-11-02\n")
    note = found.catalogue["chips"].row(A100)["note"]
    assert note.startswith("Of the shipped row: ")


def test_an_own_tdp_is_what_a_guessed_server_power_follows(laid: Laid) -> None:
    guessed = next(
        row for row in shipped()["chips"].rows if row["server_power_source"].startswith("guess")
    )
    watts = float(guessed["tdp_w"]) * 2
    found = laid(own=f"id,tdp_w,date\n{guessed['id']},{watts},2026-10-01\n")
    doubled = float(found.catalogue["chips"].row(guessed["id"])["server_power_kw"])
    assert doubled == pytest.approx(2 * float(guessed["server_power_kw"]), rel=1e-4)


# ---- new rows -----------------------------------------------------------------------------------


def test_an_own_offer_is_the_default_and_the_cheapest_follows(laid: Laid) -> None:
    found = laid(own=f"id,chip,on_demand_price,date\nmine,{A100},0.01,2026-11-01\n")
    offers = found.catalogue["offers"]
    assert offers.ids == ("mine", *shipped()["offers"].ids)
    assert found.facts["offer"].value == "mine" and found.facts["on_demand_price"].value == 0.01
    assert offers.row("crusoe-a100-80")["cheapest_offer"] == "mine"
    dear = laid(own=f"id,chip,on_demand_price,date\nmine,{A100},99,2026-11-01\n")
    assert dear.facts["cheapest_offer"].value == CRUSOE["cheapest_offer"]


def test_an_own_accelerator_needs_no_name_and_its_offer_may_stand_in_another_list(
    laid: Laid, desk: Path
) -> None:
    laid(
        a_offers="id,chip,on_demand_price,date\nmine,our-asic,3,2026-11-01\n",
        chips="id,bf16_tflops,memory_gb,gpus_per_server,server_power_kw,price,price_basis,"
        "embodied_kg_per_server,date\nour-asic,1000,192,8,10,20000,chip,6000,2026-11-01\n",
    )
    (desk / "scenario.yaml").write_text(
        f"catalogue: lists\n{GOOD.replace(A100, 'our-asic')}", encoding="utf-8"
    )
    found = load(str(desk / "scenario.yaml"))
    assert found.catalogue["chips"].row("our-asic")["name"] == "our-asic"
    assert found.catalogue["chips"].ids == (*shipped()["chips"].ids, "our-asic")
    assert found.facts["peak_tflops"].value == 1000 and found.facts["offer"].value == "mine"


def test_regions_and_classes_may_be_own(laid: Laid) -> None:
    found = laid(
        grids="id,power_price,date\nour-plant,0.04,2026-11-01\n",
        classes="id,mfu,date\nampere/large,0.5,2026-11-01\n",
    )
    assert found.catalogue["grids"].row("our-plant")["location"] == "our-plant"
    row = found.catalogue["classes"].row("ampere/large")
    assert (row["mfu"], row["mfu_low"]) == ("0.5", "")
    assert row["availability"] == shipped()["classes"].row("ampere/large")["availability"]


# ---- how files are written ----------------------------------------------------------------------

PLAIN = f"id,chip,on_demand_price,date,note\nmine,{A100},1.5,2026-11-01,ok\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
        PLAIN.replace("id,chip", "ID,Chip").replace("on_demand", "On demand").encode(),
        PLAIN.replace(",", " , ").encode(),
        PLAIN.replace("note\n", "note,,\n").replace("ok\n", "ok,,\n").encode(),
        f"\n{PLAIN}\n,,,,\n".encode(),
    ],
)
def test_every_way_to_save_a_csv_is_read_alike(content: bytes, laid: Laid) -> None:
    row = laid(own=content).catalogue["offers"].rows[0]
    assert (row["id"], row["chip"], row["on_demand_price"]) == ("mine", A100, "1.5")
    assert (row["date"], row["note"]) == ("2026-11-01", "ok")


def test_a_line_break_in_quotes_is_part_of_its_text(laid: Laid) -> None:
    found = laid(own=PLAIN.replace("ok", '"two\nlines, and ""quotes"""'))
    assert found.catalogue["offers"].rows[0]["note"] == 'two\nlines, and "quotes"'


FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "=1+1")


def test_a_text_that_looks_like_a_formula_stays_text(laid: Laid, desk: Path, tco: Command) -> None:
    import openpyxl

    rows = "".join(f'm{i},{A100},2,2026-11-01,"{text}"\n' for i, text in enumerate(FORMULAS))
    laid(own=f"id,chip,on_demand_price,date,note\n{rows}")
    assert tco("build", "scenario.yaml", "--out", "out").code == 0
    sheet = openpyxl.load_workbook(desk / "out/scenario.xlsx")["Offers"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in FORMULAS]
    assert sorted(cell.value for cell in cells) == sorted(FORMULAS)
    assert all(cell.data_type == "s" for cell in cells)


# ---- which lists are laid over -------------------------------------------------------------------


def test_the_lists_and_what_they_held_are_kept(laid: Laid, desk: Path) -> None:
    found = laid(b=PLAIN, a=f"id,price,date\n{A100},9000,2026-10-01\n")
    sums = {one: hashlib.sha256((desk / f"lists/{one}.csv").read_bytes()) for one in "ab"}
    assert found.catalogue.own_lists == (
        OwnList("lists/a.csv", 1, sums["a"].hexdigest()),
        OwnList("lists/b.csv", 1, sums["b"].hexdigest()),
    )


def test_the_hash_knows_the_lists_and_no_list_changes_nothing(laid: Laid, desk: Path) -> None:
    bare = load(str(desk / "good.yaml")).sha256
    (desk / "off.yaml").write_text(f"catalogue: shipped\n{GOOD}")
    assert load(str(desk / "off.yaml")).facts.keys() == load(str(desk / "good.yaml")).facts.keys()
    one = laid(own=PLAIN).sha256
    two = laid(own=PLAIN.replace("ok", "of another row's note")).sha256
    assert len({bare, one, two}) == 3
    assert laid(own=PLAIN).sha256 == one


def test_a_folder_beside_you_is_laid_over_unless_the_scenario_says_otherwise(
    desk: Path, tco: Command
) -> None:
    (desk / "catalogue").mkdir()
    (desk / "catalogue/offers.csv").write_text(PLAIN)
    said = "own prices: catalogue/offers.csv (1 row)\n"
    for command in (["build", "good.yaml", "--out", "out"], ["show", "good.yaml", "--json"]):
        answer = tco(*command)
        assert (answer.code, answer.err) == (0, said) and said not in answer.out
    assert tco("show", "good.yaml", "--set", "catalogue=shipped").err == ""
    (desk / "off.yaml").write_text(f"catalogue: shipped\n{GOOD}")
    assert tco("show", "off.yaml").err == ""
    assert "mine" in tco("explain", "good.yaml", "rent_on_demand_cost").out
    assert "mine" not in tco("explain", "off.yaml", "rent_on_demand_cost").out


def test_a_folder_beside_you_without_lists_is_none_of_ours(desk: Path, tco: Command) -> None:
    (desk / "catalogue").mkdir()
    (desk / "catalogue/readme.md").write_text("a shop's catalogue")
    assert tco("show", "good.yaml").err == ""


def test_a_path_is_seen_from_the_scenario_and_a_setting_from_you(desk: Path, tco: Command) -> None:
    (desk / "sub").mkdir()
    (desk / "sub/own.csv").write_text(PLAIN)
    (desk / "sub/scenario.yaml").write_text(f"catalogue: own.csv\n{GOOD}")
    assert tco("show", "sub/scenario.yaml").err == "own prices: own.csv (1 row)\n"
    answer = tco("show", "sub/scenario.yaml", "--set", "catalogue=sub/own.csv")
    assert answer.err == "own prices: sub/own.csv (1 row)\n"


def test_no_home_directory_enters_a_workbook(desk: Path) -> None:
    (desk / "own.csv").write_text(PLAIN)
    found = load(str(desk / "good.yaml"), [f"catalogue={desk / 'own.csv'}"])
    assert [one.name for one in found.catalogue.own_lists] == ["own.csv"]


# ---- three lines are a scenario ------------------------------------------------------------------


def test_three_lines_build(desk: Path, tco: Command) -> None:
    (desk / "three.yaml").write_text(THREE_LINES)
    answer = tco("build", "three.yaml", "--out", "out")
    assert (answer.code, answer.err) == (0, "")
    assert (desk / "out/three.xlsx").exists()


def test_three_lines_are_the_workload_they_stand_for(desk: Path) -> None:
    (desk / "a.yaml").write_text(f"title: x\n{THREE_LINES}fleet:\n  mfu: 30 %\n")
    block = "".join(f"  {line}\n" for line in THREE_LINES.splitlines())
    (desk / "b.yaml").write_text(f"title: x\nworkload:\n{block}fleet:\n  mfu: 30 %\n")
    (desk / "c.yaml").write_text(
        f"title: x\nworkload:\n  kind: train\n{block}fleet: {{mfu: 0.3}}\n"
    )
    values = [
        {key: repr(fact.value) for key, fact in load(str(desk / name)).facts.items()}
        for name in ("a.yaml", "b.yaml", "c.yaml")
    ]
    assert values[0] == values[1] == values[2] and values[0]["mfu"] == "0.3"


def test_a_setting_reaches_a_file_without_blocks(desk: Path) -> None:
    (desk / "three.yaml").write_text(THREE_LINES)
    found = load(str(desk / "three.yaml"), ["deadline=30 days", "workload.tokens=1T"])
    assert (found.facts["deadline_days"].value, found.facts["tokens"].value) == (30, 1e12)


# ---- the catalogue in the terminal ---------------------------------------------------------------


@pytest.mark.parametrize("name", shipped().tables)
def test_a_table_fits_the_terminal_with_source_and_date(name: str, tco: Command) -> None:
    table, answer = shipped()[name], tco("catalogue", name)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert max(len(line) for line in lines) <= 120
    body = lines[next(i for i, line in enumerate(lines) if line.startswith("---")) + 1 :]
    for row, line in zip(without(table.rows), body, strict=False):
        assert line.startswith(row["id"]) and row["date"] in line
        shown = line[line.index(row["date"]) + 10 :].strip().removesuffix("…")
        assert shown and row["source"].startswith(shown[:20])


def test_a_few_rows_are_shown_whole(tco: Command) -> None:
    said = tco("catalogue", "offers", "--where", "id=crusoe-a100-80").out
    for column in ("provider", "instance", "source", "date"):
        assert f"  {column}: {CRUSOE[column]}" in said
    assert "on demand price 2.3000 US$/GPU-h" in said
    assert said.startswith("Rental offers: 1 of ")
    assert len(tco("catalogue", "chips", "--full").out.splitlines()) > 300


def listed(answer: Answer) -> list[dict[str, str]]:
    assert (answer.code, answer.err) == (0, "")
    return list(csv.DictReader(io.StringIO(answer.out)))


def test_rows_are_found_filtered_and_sorted(tco: Command) -> None:
    offers = file_rows("offers")
    cheap = listed(tco("catalogue", "offers", "--csv", "--where", "on_demand_price<2",
                       "--where", f"chip={A100.upper()}", "--sort", "on_demand_price"))  # fmt: skip
    prices = [float(row["on_demand_price"]) for row in cheap]
    wanted = [one for one in offers if one["chip"] == A100 and one["on_demand_price"]
              and float(one["on_demand_price"]) < 2]  # fmt: skip
    assert len(cheap) == len(wanted) > 1 and prices == sorted(prices)
    dear = listed(tco("catalogue", "chips", "--csv", "--sort", "-price", "--where", "price>0"))
    assert float(dear[0]["price"]) > 10_000 > 9_000 > float(dear[-1]["price"])
    down = listed(tco("catalogue", "offers", "--csv", "--sort", "-spot_price"))
    known = [float(row["spot_price"]) for row in down if row["spot_price"]]
    assert known == sorted(known, reverse=True)
    assert not any(row["spot_price"] for row in down[len(known) :]) and len(down) == len(offers)
    found = listed(tco("catalogue", "offers", "--csv", "--find", "h100-S"))
    assert "h100-sxm5-80gb" in {row["chip"] for row in found} and len(found) < len(offers)
    bare = listed(tco("catalogue", "offers", "--csv", "--where", "on_demand_price="))
    assert {row["id"] for row in bare} == {r["id"] for r in offers if not r["on_demand_price"]}


def test_only_the_columns_that_are_asked_for(tco: Command) -> None:
    rows = listed(tco("catalogue", "chips", "--csv", "--columns", "price,vendor"))
    assert list(rows[0]) == ["id", "price", "vendor"]
    head = tco("catalogue", "chips", "--columns", "price,vendor").out.splitlines()[2]
    assert head.split() == ["id", "price", "vendor"]


COLUMNS = ", ".join(dict.fromkeys([one.name for one in shipped()["grids"].columns]))
WRONG = {
    ("--where", "powr_price<1"): (
        "--where: powr_price is not a column of grids\n"
        f"Did you mean power_price? It has: {COLUMNS}."
    ),
    ("--sort", "-zebra"): f"--sort: zebra is not a column of grids\nIt has: {COLUMNS}.",
    ("--columns", "id,zebra"): f"--columns: zebra is not a column of grids\nIt has: {COLUMNS}.",
    ("--where", "power_price<cheap"): (
        "--where: “cheap” is not a number\n  > | power_price<cheap\n    | ^^^^^^^^^^^^^^^^^\n"
        'Type for example: --where "power_price<2"'
    ),
    ("--where", "cheap"): (
        "--where: a test is a column, a sign and a value\n  > | cheap\n    | ^^^^^\n"
        'Type for example: --where chip=h100-sxm5-80gb --where "on_demand_price<3"'
    ),
}


@pytest.mark.parametrize("option", WRONG)
def test_a_question_that_cannot_be(option: tuple[str, str], tco: Command) -> None:
    answer = tco("catalogue", "grids", *option)
    assert (answer.code, answer.out, answer.err) == (2, "", f"{WRONG[option]}\n")


def test_all_that_is_wrong_with_a_question_is_told_at_once(tco: Command) -> None:
    every = [part for option in WRONG for part in option if option[0] != "--sort"]
    assert tco("catalogue", "grids", *every).err.count("\n\n") == len(WRONG) - 2


def test_own_lists_are_listed_with_their_source(desk: Path, tco: Command) -> None:
    (desk / "catalogue").mkdir()
    (desk / "catalogue/offers.csv").write_text(PLAIN)
    answer = tco("catalogue", "offers", "--find", "own:")
    assert answer.err == "own prices: catalogue/offers.csv (1 row)\n"
    assert "source: own: offers.csv, row 2" in answer.out
    (desk / "catalogue/offers.csv").write_text(PLAIN.replace("1.5", "x"))
    assert tco("catalogue", "offers").code == 2


@pytest.mark.parametrize("name", ["chips", "offers", "grids", "classes"])
def test_what_is_printed_may_be_given_back(name: str, laid: Laid, tco: Command) -> None:
    """Unchanged it changes nothing: no shipped fact becomes an own one."""
    printed = tco("catalogue", name, "--csv").out
    assert printed.splitlines()[0] == ",".join(file_columns(name))
    assert laid(own=printed).catalogue[name].rows == shipped()[name].rows


def test_an_edited_print_makes_own_what_was_edited(laid: Laid, tco: Command) -> None:
    printed = tco("catalogue", "chips", "--csv").out
    price = f",{SHIPPED_A100['price']},"
    before = next(line for line in printed.splitlines() if line.startswith(A100))
    rows = laid(own=printed.replace(before, before.replace(price, ",12345,"))).catalogue["chips"]
    row = rows.row(A100)
    number = printed.splitlines().index(before) + 1
    assert (row["price"], row["price_source"]) == ("12345", f"own: own.csv, row {number}")
    assert row["price_high"] == SHIPPED_A100["price_high"]
    assert [one for one in rows.rows if one["price_source"].startswith("own")] == [row]


def test_a_printed_formula_is_text_for_a_spreadsheet_and_comes_back(
    desk: Path, tco: Command
) -> None:
    (desk / "catalogue").mkdir()
    rows = "".join(f'm{i},{A100},2,2026-11-01,"{text}"\n' for i, text in enumerate(FORMULAS))
    (desk / "catalogue/offers.csv").write_text(f"id,chip,on_demand_price,date,note\n{rows}")
    printed = tco("catalogue", "offers", "--csv", "--find", "own:").out
    notes = [row["note"] for row in csv.DictReader(io.StringIO(printed))]
    assert notes == [f"'{text}" for text in FORMULAS]
    assert [cell_text(one) for one in notes] == list(FORMULAS)


# ---- adding lists --------------------------------------------------------------------------------

SKY = (
    "InstanceType,AcceleratorName,AcceleratorCount,GpuInfo,Price,SpotPrice,Region,"
    "AvailabilityZone\n"
)
GPUHUNT = "instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,disk_size\n"
DAY = ("--date", "2026-11-01")


def info(name: str, mib: float) -> str:
    return f"\"{{'Gpus': [{{'Name': '{name}', 'MemoryInfo': {{'SizeInMiB': {mib}}}}}]}}\""


SKY_ROWS = (
    f"p5.48xlarge,H100,8.0,{info('H100', 81920)},55.04,24.0,us-east-1,use1-az1",
    f"p5.48xlarge,H100,8.0,{info('H100', 81920)},55.04,20.0,us-east-1,use1-az2",
    f"p5.48xlarge,H100,8.0,{info('H100', 81920)},55.04,55.04,us-west-2,usw2-az1",
    f"p5e.48xlarge,H200,8.0,{info('H200', 144384)},700.0,20.0,us-west-2,usw2-az1",
)
SKY_DROPPED = {
    "a1.2xlarge,,,,0.2568,0.1,us-east-1,use1-az1":
        "no accelerator in the row: CPU only, or its GPU is priced apart",
    "cpu-d3,,0,,0.1,,us-east-1,": "no accelerator in the row: CPU only, or its GPU is priced apart",
    ",H100,8,,88.0,44.0,us-central1,us-central1-a": "the accelerator alone, without its machine",
    f"g6f.large,L4,0.125,{info('L4', 2861)},0.2,,us-east-1,use1-az1": "a fraction of a GPU",
    f"x.large,A100,1,{info('A100', 40960)},1.1,,us-east-1,use1-az1":
        "A100 could be a100-pcie-40gb or a100-sxm4-40gb",
    "x.large,H100,1,,2.1,,us-east-1,use1-az1": "H100 could be h100-pcie-80gb or h100-sxm5-80gb",
    "y.large,Zebra,1,,1.1,,us-east-1,use1-az1": "unknown accelerator Zebra",
    f"h200nvl,H200,8,{info('H200 NVL', 144384)},9,,us-east-1,":
        "h200-nvl-141gb is not in the catalogue of chips",
    "p4d.24xlarge,A100,8,,0.0,,us-east-1,use1-az1":
        "no price: blank, 0, or the 700.0 that marks a missing one",
    "p4d.24xlarge,A100,8,,,,us-east-1,use1-az1":
        "no price: blank, 0, or the 700.0 that marks a missing one",
    "p4d.24xlarge,A100,8,,nan,x,us-east-1,use1-az1":
        "the price is not a number, for example “nan”",
    'p4d.24xlarge,A100,8,,"19,60",,us-east-1,use1-az1':
        "the price is not a number, for example “19,60”",
    "p4d.24xlarge,A100,8,,$20,,us-east-1,use1-az1":
        "the price is not a number, for example “$20”",
    "p4d.24xlarge,A100,8,,1_0,,us-east-1,use1-az1":
        "the price is not a number, for example “1_0”",
    "p4d.24xlarge,A100,8,,-1,,us-east-1,use1-az1": "the price is below 0, for example -1",
    "p4d.24xlarge,A100,8,,1e400,,us-east-1,use1-az1":
        "the price is beyond all numbers, for example 1e400",
    "p4d.24xlarge,A100,-8,,10,,us-east-1,use1-az1":
        "the count of accelerators is no number above 0, for example “-8”",
    "p4d.24xlarge,A100,x8,,10,,us-east-1,use1-az1":
        "the count of accelerators is no number above 0, for example “x8”",
    f"g6.large,L4,1,{info('L4', 12288)},0.8,,us-east-1,use1-az1": "memory 12 GB fits no L4",
    f"x.large,H100,1,{info('H100', 49152)},2,,us-east-1,use1-az1": "memory 48 GB fits no H100",
    f"x.large,A100,1,{info('A100', 61440)},2,,us-east-1,use1-az1": "memory 60 GB fits no A100",
    f"x.large,H100,1,{info('H100', 96256)},2,,us-east-1,use1-az1":
        "H100 could be a variant that the row does not name",
    "p4d.24xlarge,A100,8,,700.0,,us-east-1,use1-az1":
        "no price: blank, 0, or the 700.0 that marks a missing one",
}  # fmt: skip


def sky(desk: Path, *rows: str) -> str:
    (desk / "aws").mkdir(exist_ok=True)
    (desk / "aws/vms.csv").write_text(SKY + "".join(f"{row}\n" for row in rows))
    return "aws/vms.csv"


def kept(desk: Path, name: str = "offers") -> dict[str, dict[str, str]]:
    with (desk / f"catalogue/{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_a_skypilot_catalogue_becomes_offers_per_gpu(desk: Path, tco: Command) -> None:
    answer = tco("catalogue", "add", sky(desk, *SKY_ROWS), *DAY)
    assert (answer.code, answer.err) == (0, "")
    offers = kept(desk)
    assert list(offers) == [
        "aws-p5.48xlarge-us-east-1", "aws-p5.48xlarge-us-west-2", "aws-p5e.48xlarge-us-west-2",
    ]  # fmt: skip
    assert offers["aws-p5.48xlarge-us-east-1"] == {
        "id": "aws-p5.48xlarge-us-east-1", "provider": "aws", "instance": "p5.48xlarge",
        "chip": "h100-sxm5-80gb", "gpus_per_instance": "8", "region": "us-east-1",
        "on_demand_price": "6.88", "spot_price": "2.5",
        "source": "own: SkyPilot catalogue, vms.csv", "date": "2026-11-01",
        "note": "Spot is the lowest of 2 zones.",
    }  # fmt: skip
    assert offers["aws-p5.48xlarge-us-west-2"]["spot_price"] == ""
    h200 = offers["aws-p5e.48xlarge-us-west-2"]
    assert (h200["chip"], h200["on_demand_price"], h200["spot_price"]) == (
        "h200-sxm-141gb", "", "2.5",
    )  # fmt: skip
    assert "left out 1 spot price not below the price on demand" in answer.out
    listed = tco("catalogue", "offers", "--where", "id=aws-p5.48xlarge-us-east-1")
    assert "source: own: SkyPilot catalogue, vms.csv\n" in listed.out


@pytest.mark.parametrize("row", SKY_DROPPED)
def test_a_row_that_becomes_no_offer_says_why(row: str, desk: Path, tco: Command) -> None:
    file = sky(desk, SKY_ROWS[0], row)
    answer = tco("catalogue", "add", file, *DAY, "--dropped", "left.csv")
    assert answer.out.splitlines()[:3] == [
        "aws/vms.csv (SkyPilot catalogue): read 2 rows",
        "          1 kept, as 1 row of offers",
        f"          1 dropped: {SKY_DROPPED[row]}",
    ]
    (left,) = csv.DictReader((desk / "left.csv").open(encoding="utf-8", newline=""))
    reason = SKY_DROPPED[row].replace(", for example", ":")
    assert (left["reason"], left["row"]) == (reason, "3")
    assert left["InstanceType"] == row.partition(",")[0]


def test_a_bad_price_beside_a_good_one_is_left_out_and_told(desk: Path, tco: Command) -> None:
    rows = (f"p5.48xlarge,H100,8.0,{info('H100', 81920)},{price},24.0,us-east-{at},z"
            for at, price in enumerate(("-1", "n/a", "55.04", "")))  # fmt: skip
    answer = tco("catalogue", "add", sky(desk, *rows), *DAY)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[1:4] == [
        "          4 kept, as 4 rows of offers",
        "  and left out 1 price: the price is below 0, for example -1",
        "  and left out 1 price: the price is not a number, for example “n/a”",
    ]
    prices = [(row["on_demand_price"], row["spot_price"]) for row in kept(desk).values()]
    assert prices == [("", "3"), ("", "3"), ("6.88", "3"), ("", "3")]


def test_memory_as_clouds_report_it(desk: Path, tco: Command) -> None:
    """An L4 of 22 GB and an A10G of 22, an L40S of 44: error correction, and GiB for GB."""
    (desk / "aws.csv").write_text(
        f"{GPUHUNT}g6.xlarge,us-east-2,0.8048,4,16,1,L4,22.0,False,\n"
        "g5.xlarge,us-east-2,1.006,4,16,1,A10G,22.0,False,\n"
        "g6e.xlarge,us-east-2,1.861,4,32,1,L40S,44.0,False,\n"
        "p5e.48xlarge,us-east-2,40,4,32,8,H200,144.0,False,\n"
        "g4dn.xlarge,us-east-2,0.526,4,16,1,T4,15.0,False,\n"
    )
    assert tco("catalogue", "add", "aws.csv", *DAY).code == 0
    assert [row["chip"] for row in kept(desk).values()] == [
        "l4", "a10g", "l40s", "h200-sxm-141gb", "t4",
    ]  # fmt: skip


def test_names_of_other_catalogues_are_known(desk: Path, tco: Command) -> None:
    names = {
        "H100-80GB-HBM3": "h100-sxm5-80gb", "A100-80GB-SXM4": "a100-sxm4-80gb",
        "H100-PCIe": "h100-pcie-80gb", "H100-NVL": "h100-nvl-94gb", "A100-80GB": "a100-pcie-80gb",
        "V100-16GB-SXM2": "v100-sxm2-16gb", "L40S": "l40s", "NVIDIA A100-SXM4-80GB": A100,
        "Tesla V100-PCIE-16GB": "v100-pcie-16gb", "NVIDIA H100 80GB HBM3": "h100-sxm5-80gb",
        "AMD Instinct MI300X OAM": "mi300x", "NVIDIA H100 NVL": "h100-nvl-94gb",
        "A100-40GB": "a100-pcie-40gb", "A100-PCIE-40GB": "a100-pcie-40gb",
    }  # fmt: skip
    rows = "".join(f"1x_{name}_SECURE,4.0,80.0,{name},1.0,US,1.84,\n" for name in names)
    (desk / "vms.csv").write_text(
        f"InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,Region,Price,SpotPrice\n{rows}"
    )
    assert tco("catalogue", "add", "vms.csv", "--provider", "runpod", *DAY).code == 0
    assert [row["chip"] for row in kept(desk).values()] == list(names.values())


def test_what_was_read_is_kept_or_dropped(desk: Path, tco: Command) -> None:
    import re

    many = [f"z.large,Beast{i},1,,1,,us-east-1,a" for i in range(30)]
    said = tco("catalogue", "add", sky(desk, *SKY_ROWS, *SKY_DROPPED, *many), *DAY).out
    counts = [int(one) for one in re.findall(r"^ +(\d+) (?:kept|dropped)", said, re.MULTILINE)]
    assert sum(counts) == len(SKY_ROWS) + len(SKY_DROPPED) + len(many)
    assert len(counts) == 17 and "for other reasons: --dropped FILE" in said


def test_columns_may_be_missing_or_stand_elsewhere(desk: Path, tco: Command) -> None:
    (desk / "prices.csv").write_text(
        "Region,Price,AcceleratorCount,AcceleratorName,InstanceType\n"
        "CA,2.38,2,H100-SXM,2x_H100\nCA,1.19,1.0,A100-80GB,1x_A100_PCIe\n"
    )
    half = tco("catalogue", "add", "prices.csv", "--provider", "mine\udcd7", *DAY)
    assert half.code == 2 and "--provider: this text holds a character that no" in half.err
    assert tco("catalogue", "add", "prices.csv", "--provider", "mine", *DAY).code == 0
    assert [(row["chip"], row["on_demand_price"]) for row in kept(desk).values()] == [
        ("h100-sxm5-80gb", "1.19"), ("a100-pcie-80gb", "1.19"),
    ]  # fmt: skip


def test_a_gpuhunt_catalogue_becomes_offers(desk: Path, tco: Command) -> None:
    (desk / "gcp.csv").write_text(
        f"{GPUHUNT}a3-highgpu-8g,us-central1-a,88.0,1,1,8,H100,80.0,False,\n"
        "a3-highgpu-8g,us-central1-a,24.0,1,1,8,H100,80.0,True,\n"
        "a3-highgpu-8g,us-central1-c,16.0,1,1,8,H100,80.0,True,\n"
        "a2,us-central1-c,16.0,1,1,8,A100,40.0,True,\n"
        "e2,us-central1-c,0.1,1,1,0,,,False,\n"
    )
    answer = tco("catalogue", "add", "gcp.csv", *DAY)
    assert answer.out.startswith(
        "gcp.csv (gpuhunt): read 5 rows\n          3 kept, as 1 row of offers\n"
    )
    (row,) = kept(desk).values()
    assert (row["provider"], row["region"], row["chip"]) == ("gcp", "us-central1", "h100-sxm5-80gb")
    assert (row["on_demand_price"], row["spot_price"]) == ("11", "2")
    assert row["source"] == "own: gpuhunt, gcp.csv"


def test_gpuhunt_rows_may_name_their_provider(desk: Path, tco: Command) -> None:
    (desk / "export.csv").write_text(
        f"provider,{GPUHUNT}nebius,gpu-h100-sxm,eu-north1,2.95,1,1,1,H100,80,False,\n"
    )
    assert tco("catalogue", "add", "export.csv", *DAY).code == 0
    assert kept(desk)["nebius-gpu-h100-sxm-eu-north1"]["provider"] == "nebius"


def test_only_what_is_asked_for(desk: Path, tco: Command) -> None:
    file = sky(desk, *SKY_ROWS)
    assert (
        tco("catalogue", "add", file, *DAY, "--chip", "h100-sxm5-80gb", "--region", "WEST").code
        == 0
    )
    assert list(kept(desk)) == ["aws-p5.48xlarge-us-west-2"]


def test_a_large_own_list_is_narrowed(desk: Path, tco: Command) -> None:
    rows = "".join(f"m{i},{A100},2,2026-11-01,place-{i % 1000}\n" for i in range(50_000))
    (desk / "big.csv").write_text(f"id,chip,on_demand_price,date,region\n{rows}")
    answer = tco("catalogue", "add", "big.csv", "--region", "place-77", "--chip", A100)
    assert (answer.code, answer.err) == (0, "")
    assert len(kept(desk)) == 550 and "49,450 dropped: not asked for" in answer.out


def test_own_lists_are_merged_and_replaced_only_with_force(desk: Path, tco: Command) -> None:
    (desk / "one.csv").write_text(PLAIN)
    (desk / "two.csv").write_text(
        f"id,on_demand_price,chip,date,source\nmine,9,{A100},2026-11-02,quote 2\n"
        f"more,3,{A100},2026-11-02,quote 2\n"
    )
    assert tco("catalogue", "add", "one.csv").code == 0
    before = contents(desk)
    answer = tco("catalogue", "add", "two.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"{Path('catalogue/offers.csv')}: has these rows already: mine\n"
        "Replace them with --force, or give the new rows other ids.\n"
    )
    assert contents(desk) == before
    assert tco("catalogue", "add", "two.csv", "--force").code == 0
    assert [(row["id"], row["on_demand_price"], row["source"]) for row in kept(desk).values()] == [
        ("mine", "9", "quote 2"), ("more", "3", "quote 2"),
    ]  # fmt: skip
    assert load_here(desk).facts["on_demand_price"].source == "own: quote 2"


def load_here(desk: Path) -> Scenario:
    with contextlib.chdir(desk):
        return load("good.yaml")


def test_the_file_a_row_came_from_is_its_source(desk: Path, tco: Command) -> None:
    (desk / "one.csv").write_text(PLAIN)
    assert tco("catalogue", "add", "one.csv").code == 0
    assert load_here(desk).facts["on_demand_price"].source == "own: one.csv, row 2"


def test_an_accelerator_and_its_offer_are_added_together(desk: Path, tco: Command) -> None:
    (desk / "o.csv").write_text("id,chip,on_demand_price,date\nmine,our-asic,3,2026-11-01\n")
    (desk / "c.csv").write_text("id,bf16_tflops,date\nour-asic,900,2026-11-01\n")
    assert "there is no accelerator our-asic" in tco("catalogue", "add", "o.csv").err
    assert tco("catalogue", "add", "o.csv", "c.csv").code == 0
    assert "our-asic" in kept(desk, "chips") and "mine" in kept(desk)


def test_another_folder_is_named_in_the_scenario(desk: Path, tco: Command) -> None:
    (desk / "one.csv").write_text(PLAIN)
    said = tco("catalogue", "add", "one.csv", "--to", "prices").out
    assert said.endswith("Name them in a scenario: catalogue: prices\n")
    assert tco("show", "good.yaml", "--set", "catalogue=prices").code == 0


ADD = {
    ("aws/vms.csv",): (
        "aws/vms.csv: this file does not say when its prices held\n"
        "Add the day it was fetched, for example: --date 2026-11-21"
    ),
    ("vms.csv", *DAY): (
        "vms.csv: this file does not say who rents these out\nAdd for example: --provider aws"
    ),
    ("aws/vms.csv", "--date", "1.11.2026"): (
        "--date: “1.11.2026” is not a date\nWrite 2026-11-01."
    ),
    ("aws/vms.csv", *DAY, "--chip", "h100-sxm5"): (
        "--chip: there is no accelerator h100-sxm5\n"
        "Did you mean h100-sxm5-80gb? See them with: tco catalogue chips"
    ),
    ("aws/vms.csv", *DAY, "--region", "moon"): (
        "aws/vms.csv: none of its 4 rows became an offer: "
        "4 not asked for with --chip or --region\n"
        "Ask for more, or add its accelerators with an own list of chips."
    ),
    ("aws/vms.csv", *DAY, "--dropped", "vms.csv"): (
        "vms.csv: this file is there already\nChoose another name, or replace it with --force."
    ),
    ("nowhere.csv",): (
        "nowhere.csv: cannot be read: no such file or directory\n"
        "Check the path and its permissions."
    ),
    ("aws",): "aws: this is a folder\nName the .csv files in it.",
    ("bad.csv",): (
        "bad.csv:2:25: row 2, on_demand_price: “x” is not a number\n"
        f"  2 | mine-bad,{A100},x,2026-11-01\n    |                         ^\n"
        "Write digits, with a point before decimals, for example: 12345.67"
    ),
}


@pytest.mark.parametrize("arguments", ADD)
def test_what_cannot_be_added(arguments: tuple[str, ...], desk: Path, tco: Command) -> None:
    sky(desk, *SKY_ROWS)
    (desk / "vms.csv").write_text((desk / "aws/vms.csv").read_text())
    (desk / "bad.csv").write_text(f"id,chip,on_demand_price,date\nmine-bad,{A100},x,2026-11-01\n")
    before = contents(desk)
    answer = tco("catalogue", "add", *arguments)
    assert (answer.code, answer.out, answer.err) == (2, "", f"{ADD[arguments]}\n")
    assert contents(desk) == before


def test_one_bad_file_stops_the_good_one_and_all_is_told(desk: Path, tco: Command) -> None:
    (desk / "one.csv").write_text(PLAIN)
    (desk / "bad.csv").write_text(f"id,chip,on_demand_price,date\nb,{A100},x,2026-11-01\n")
    answer = tco("catalogue", "add", "one.csv", "bad.csv", "nowhere.csv")
    assert answer.code == 2 and answer.err.count("\n\n") == 1
    assert not (desk / "catalogue").exists()


def test_every_alias_has_a_source_and_tells_variants_apart() -> None:
    from tco.catalogue.foreign import chips_called
    from tco.catalogue.shipped import DATA

    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    families = {row["id"].partition("-")[0] for row in shipped()["chips"].rows}
    for row in rows:
        assert row["source"] and row["chip"].partition("-")[0] in families, row
        if "offers.csv" in row["source"]:
            named = row["source"].rpartition("see ")[2].partition(" in ")[0]
            assert shipped()["offers"].row(named)["chip"] == row["chip"], row
    assert chips_called("H100", "p5.48xlarge", 80) == {"h100-sxm5-80gb"}
    assert chips_called("H100", "gpu_1x_h100_pcie", None) == {"h100-pcie-80gb"}
    assert chips_called("a100-80GB", "somewhere", 80) == {"a100-pcie-80gb", "a100-sxm4-80gb"}
    assert chips_called("A100", "x", 60) == set()


def test_adding_tells_every_kind_of_mistake_in_one_run(tmp_path: Path) -> None:
    """A bad number, a row that stands twice and an accelerator that is none, all at once."""
    (tmp_path / "list.csv").write_text(
        "id,chip,on_demand_price,date\n"
        "x,h100,2,2026-01-01\n"
        "x,h100-sxm5-80gb,3,2026-01-01\n"
        "y,h100-sxm5-80gb,cheap,2026-01-01\n"
    )
    answer = run_in(tmp_path, "catalogue", "add", "list.csv")
    assert answer.code == 2
    for said in ("there is no accelerator h100", "x stands twice", "“cheap” is not a number"):
        assert said in answer.err
    assert not (tmp_path / "catalogue").exists()


def test_two_names_that_a_spreadsheet_takes_for_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "id,chip,on_demand_price,date\n"
        "acme,h100-sxm5-80gb,2,2026-01-01\nACME,h100-sxm5-80gb,3,2026-01-01\n"
    )
    answer = run_in(tmp_path, "catalogue", "add", "list.csv")
    assert answer.code == 2 and "ACME stands twice" in answer.err


def test_an_id_of_another_list_of_the_folder_is_not_added_again(tmp_path: Path) -> None:
    row = "id,chip,on_demand_price,date\nacme,h100-sxm5-80gb,2,2026-01-01\n"
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "mine.csv").write_text(row)
    (tmp_path / "new.csv").write_text(row)
    for more in ((), ("--force",)):
        answer = run_in(tmp_path, "catalogue", "add", "new.csv", *more)
        assert answer.code == 2 and "acme stands twice" in answer.err
    assert [one.name for one in (tmp_path / "catalogue").iterdir()] == ["mine.csv"]


def test_what_is_dropped_is_not_written_among_the_lists(tmp_path: Path) -> None:
    row = "id,chip,on_demand_price,date\nacme,h100-sxm5-80gb,2,2026-01-01\n"
    (tmp_path / "new.csv").write_text(row)
    run_in(tmp_path, "catalogue", "add", "new.csv")
    before = (tmp_path / "catalogue" / "offers.csv").read_text()
    answer = run_in(tmp_path, "catalogue", "add", "new.csv", "--force", "--dropped",
                    "catalogue/offers.csv")  # fmt: skip
    assert answer.code == 2 and "would be read as a list of this folder" in answer.err
    assert (tmp_path / "catalogue" / "offers.csv").read_text() == before


@pytest.mark.parametrize("chip", ["h100-sxm5-80gb", "gb200-per-gpu", "v100-sxm2-16gb"])
def test_gaps_stay_gaps_in_another_currency(chip: str, tmp_path: Path) -> None:
    """A price that is missing is not multiplied by the exchange rate."""
    from tco.verify import verify
    from tco.workbook.build import workbook

    path = tmp_path / "euro.yaml"
    path.write_text(
        "parameters: 7B\ntokens: 1T\ndeadline: 60 days\ncurrency: EUR\n"
        "usd_rate: {value: 0.92, date: 2026-11-20, source: treasury}\n"
        f"fleet:\n  chip: {chip}\n  precision: fp16\n"
    )
    book = tmp_path / "euro.xlsx"
    book.write_bytes(workbook(load(str(path))))
    assert [one.differences for one in verify(book)] == [(), ()]


@pytest.mark.parametrize(
    "setting",
    ["rent_reserved_cost=5", "rent_total=0", "gpus_exact=1e9", "backtest_all_median=1"],
)
def test_a_computed_line_that_is_given_agrees_too(setting: str, tmp_path: Path) -> None:
    from tco.verify import verify
    from tco.workbook.build import workbook

    book = tmp_path / "given.xlsx"
    book.write_bytes(workbook(load("llm-100b-engineered", [setting])))
    assert [one.differences for one in verify(book)] == [(), ()]


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD)
    answer = run_in(tmp_path, "build", "good.yaml", "--set", "memory_gb=1e-9")
    assert answer.code == 2 and not (tmp_path / "output").exists()


def test_a_text_that_looks_escaped_is_verified_as_it_reads(tmp_path: Path) -> None:
    from tco.verify import verify
    from tco.workbook.build import workbook

    path = tmp_path / "own.yaml"
    path.write_text(f"{GOOD}catalogue: own.csv\n")
    (tmp_path / "own.csv").write_text(
        f"id,chip,on_demand_price,date,source\nmine,{A100},2,2026-01-01,a _x0041_ b\n"
    )
    book = tmp_path / "own.xlsx"
    book.write_bytes(workbook(load(str(path))))
    assert [one.differences for one in verify(book)] == [(), ()]
