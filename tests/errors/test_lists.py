"""Mistakes of own price lists: the whole texts, all of them in one run, and nothing written."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.errors.conftest import GOOD, Answer

Refused = Callable[..., str]
Command = Callable[..., Answer]

SAVE = "In Excel, save it as “CSV UTF-8 (Comma delimited)”."
EMPTY = "Leave the cell empty where there is no value."
DIGITS = "Write digits, with a point before decimals, for example: 12345.67"
CONVERT = "The catalogue is in US dollars: convert it, and write the number alone."
OFFERS = "id,chip,on_demand_price,spot_price,gpus_per_instance,date\n"
CHIPS = "id,bf16_tflops,price_low,price,price_high,price_basis,price_date,date\n"


@pytest.fixture
def told(desk: Path, refused: Refused) -> Callable[[str | bytes], str]:
    """What a list of that content is answered with; it is named by the scenario."""

    def run(content: str | bytes) -> str:
        raw = content if isinstance(content, bytes) else content.encode()
        (desk / "own.csv").write_bytes(raw)
        (desk / "scenario.yaml").write_text(f"catalogue: own.csv\n{GOOD}")
        return refused("build", "scenario.yaml", "--out", "out")

    return run


def at(line: int, column: int, wrong: str, excerpt: str, width: int, remedy: str) -> str:
    """A mistake as it is printed."""
    pad = " " * len(str(line))
    return (
        f"own.csv:{line}:{column}: {wrong}\n  {line} | {excerpt}\n"
        f"  {pad} | {' ' * (column - 1)}{'^' * width}\n{remedy}"
    )


# A cell of the price column, what is said of it, and the remedy.
PRICES = {
    '"12,345.67"': ("“12,345.67” is not a number", "Write 12345.67."),
    '"12.345,67"': ("“12.345,67” is not a number", "Write 12345.67."),
    '"4,10"': ("“4,10” is not a number", "Write 4.10."),
    '"1,234"': ("“1,234” is not a number", "Write 1234, or 1.234 if that is meant."),
    "12'345.67": ("“12'345.67” is not a number", "Write 12345.67."),
    "10_000": ("“10_000” is not a number", "Write 10000."),
    "$4.10": ("“$4.10” is not a number", "Write 4.10."),
    "4.10 USD/h": ("“4.10 USD/h” is not a number", "Write 4.10."),
    "€4.10": ("“€4.10” is not a number", CONVERT),
    "4.10 EUR": ("“4.10 EUR” is not a number", CONVERT),
    "40 %": ("“40 %” is not a number", DIGITS),
    "cheap": ("“cheap” is not a number", DIGITS),
    "0x10": ("“0x10” is not a number", DIGITS),
    "=1+1": ("“=1+1” is not a number", DIGITS),
    "n/a": ("“n/a” is not a number", EMPTY),
    "–": ("“–” is not a number", EMPTY),
    "nan": ("“nan” is not a number", EMPTY),
    "inf": ("“inf” is not a number", EMPTY),
    "٤": ("“٤” is not a number", "Write 4."),
    "2．35": ("“2．35” is not a number", "Write 2.35."),
    "$18.80 (8 GPUs)": ("“$18.80 (8 GPUs)” is not a number", DIGITS),
    "2.35 USD per H100": ("“2.35 USD per H100” is not a number", DIGITS),
    "250k/8": ("“250k/8” is not a number", DIGITS),
    "4.10-4.50": ("“4.10-4.50” is not a number", DIGITS),
    "250 cents": ("“250 cents” is not a number", "Write 2.5."),
    "2.35 USD per GPU-hour": ("“2.35 USD per GPU-hour” is not a number", "Write 2.35."),
    "$48/day": ("“$48/day” is not a number", "Write 2."),
    "1460 USD/GPU-month": ("“1460 USD/GPU-month” is not a number", "Write 2."),
    "30k": ("“30k” is not a number", "Write 30000."),
    "-$5": ("“-$5” is not a number", DIGITS),
    "2.35 USD/kWh": ("“2.35 USD/kWh” is not a number", DIGITS),
    "C$3.20": ("“C$3.20” is not a number", CONVERT),
    "R$12": ("“R$12” is not a number", CONVERT),
    "RMB 17": ("“RMB 17” is not a number", CONVERT),
    "9 zl": ("“9 zl” is not a number", CONVERT),
    "A$3": ("“A$3” is not a number", CONVERT),
    "3 CAD/h": ("“3 CAD/h” is not a number", CONVERT),
    "1e999": ("this number is larger than any computer's", "Write it in the column's unit."),
    "-1": ("-1 is not above 0", EMPTY),
    "0": ("0 is not above 0", EMPTY),
}


@pytest.mark.parametrize("cell", PRICES)
def test_a_price_that_is_none(cell: str, told: Callable[[str], str]) -> None:
    wrong, remedy = PRICES[cell]
    row = f"mine,a100-sxm4-80gb,{cell},,8,2026-11-01"
    said = told(f"{OFFERS}{row}\n")
    width = len(cell) + sum(unicodedata.east_asian_width(char) in "WF" for char in cell)
    assert said == at(2, 21, f"row 2, on_demand_price: {wrong}", row, width, remedy)


NEED = "See them with: tco catalogue chips. Your own go in a list of chips."
CELLS = {
    "an unknown accelerator": (
        OFFERS, "mine,a100-sxm4-8gb,2,,8,2026-11-01", "a100-sxm4-8gb",
        "row 2, chip: there is no accelerator a100-sxm4-8gb",
        f"Did you mean a100-sxm4-80gb? {NEED}",
    ),
    "no id": (
        OFFERS, ",a100-sxm4-80gb,2,,8,2026-11-01", "", "row 2, id: there is no id",
        "Type one: a known id changes that row, a new one adds a row. "
        "See them with: tco catalogue offers",
    ),
    "an id in other letters": (
        OFFERS, "CRUSOE-a100-80,a100-sxm4-80gb,2,,8,2026-11-01", "CRUSOE-a100-80",
        "row 2, id: CRUSOE-a100-80 is crusoe-a100-80 in other letters",
        "Type crusoe-a100-80, or another name.",
    ),
    "a price without a date": (
        OFFERS, "mine,a100-sxm4-80gb,2,,8,", "2", "row 2, on_demand_price: this price has no date",
        "Fill date in this row, for example: 2026-11-21",
    ),
    "a known row's price without a date": (
        CHIPS, "h100-sxm5-80gb,,,30000,,,,", "30000", "row 2, price: this price has no date",
        "Fill price_date or date in this row, for example: 2026-11-21",
    ),
    "a date by dots": (
        OFFERS, "mine,a100-sxm4-80gb,2,,8,1.11.2026", "1.11.2026",
        "row 2, date: “1.11.2026” is not a date", "Write 2026-11-01.",
    ),
    "an impossible date": (
        OFFERS, "mine,a100-sxm4-80gb,2,,8,2026-02-30", "2026-02-30",
        "row 2, date: “2026-02-30” is not a date",
        "Write year-month-day, for example: 2026-11-21",
    ),
    "no price at all": (
        OFFERS, "crusoe-a100,a100-sxm4-80gb,,,8,2026-11-01", "crusoe-a100",
        "row 2, id: crusoe-a100 is a new row of offers, which needs one of on_demand_price, "
        "spot_price, reserved_1y_price, reserved_3y_price",
        "Did you mean crusoe-a100-80? Fill it, or type a known id.",
    ),
    "no accelerator": (
        OFFERS, "mine,,2,,8,2026-11-01", "mine",
        "row 2, id: mine is a new row of offers, which needs chip",
        "Fill it, or type a known id.",
    ),
    "no peak": (
        CHIPS, "our-asic,,,30000,,chip,,2026-11-01", "our-asic",
        "row 2, id: our-asic is a new row of chips, which needs one of fp64_tflops, fp32_tflops, "
        "tf32_tflops, bf16_tflops, fp16_tflops, fp8_tflops, fp4_tflops",
        "Fill it, or type a known id.",
    ),
    "a price of a new accelerator without its basis": (
        CHIPS, "our-asic,900,,30000,,,,2026-11-01", "30000",
        "row 2, price: this price does not say what it is for",
        "Fill price_basis: chip for the GPU alone, server_share for its share of a whole server.",
    ),
    "no figure of a region": (
        "id,location,date\n", "our-plant,Ohio,2026-11-01", "our-plant",
        "row 2, id: our-plant is a new row of grids, which needs one of power_price, "
        "grid_intensity", "Fill it, or type a known id.",
    ),
    "half a GPU": (
        OFFERS, "mine,a100-sxm4-80gb,2,,0.5,2026-11-01", "0.5",
        "row 2, gpus_per_instance: 0.5 is not a count", "Write a whole number, 1 or more.",
    ),
    "a week for a date": (
        OFFERS, "mine,a100-sxm4-80gb,2,,8,2026-W10-1", "2026-W10-1",
        "row 2, date: “2026-W10-1” is not a date", "Write year-month-day, for example: 2026-11-21",
    ),
    "a name that matches others": (
        OFFERS, "mine*,a100-sxm4-80gb,2,,8,2026-11-01", "mine*",
        "row 2, id: an id has no *: a spreadsheet would read it as any letters", "Leave it out.",
    ),
    "a name that says there is none": (
        OFFERS, "–,a100-sxm4-80gb,2,,8,2026-11-01", "–",
        "row 2, id: “–” is no name", "Type one: letters, digits, hyphens.",
    ),
    "a price beyond all money": (
        OFFERS, "mine,a100-sxm4-80gb,1e300,,8,2026-11-01", "1e300",
        "row 2, on_demand_price: 1e+300 is of no plausible size", "Write it in the column's unit.",
    ),
    "a basis that is none": (
        CHIPS, "h100-sxm5-80gb,,,30000,,server,2026-11-01,", "server",
        "row 2, price_basis: “server” is none of its words",
        "Did you mean server_share? It is one of: chip, server_share.",
    ),
    "a low above the base": (
        CHIPS, "h100-sxm5-80gb,,40000,30000,50000,,2026-11-01,", "40000",
        "row 2, price_low: price_low 40000 is above price 30000",
        "Swap them, or correct one.",
    ),
    "a high below the base": (
        CHIPS, "h100-sxm5-80gb,,20000,30000,25000,,2026-11-01,", "30000",
        "row 2, price: price 30000 is above price_high 25000", "Swap them, or correct one.",
    ),
    "a share above the whole": (
        "id,mfu,date\n", "hopper/large,40,2026-11-01", "40",
        "row 2, mfu: 40 is more than the whole",
        "Write 0.4 for 40 %.",
    ),
    "a share to many digits": (
        "id,mfu,date\n", "hopper/large,98.6543219,2026-11-01", "98.6543219",
        "row 2, mfu: 98.6543219 is more than the whole", "Write 0.986543219 for 98.6543219 %.",
    ),
    "a share above all wholes": (
        "id,mfu,date\n", "hopper/large,250,2026-11-01", "250",
        "row 2, mfu: 250 is more than the whole", "Write 1 or less.",
    ),
    "a percentage": (
        "id,mfu,date\n", "hopper/large,38.5 %,2026-11-01", "38.5 %",
        "row 2, mfu: “38.5 %” is not a number", "Write 0.385: a share, not a percentage.",
    ),
    "a price of power by the megawatt-hour": (
        "id,power_price,date\n", "site,85 USD/MWh,2026-11-01", "85 USD/MWh",
        "row 2, power_price: “85 USD/MWh” is not a number", "Write 0.085.",
    ),
    "a carbon intensity with its unit": (
        "id,grid_intensity,date\n", "site,370 gCO2/kWh,2026-11-01", "370 gCO2/kWh",
        "row 2, grid_intensity: “370 gCO2/kWh” is not a number", "Write 370.",
    ),
    "a carbon intensity in pounds": (
        "id,grid_intensity,date\n", "site,820 lb/MWh,2026-11-01", "820 lb/MWh",
        "row 2, grid_intensity: “820 lb/MWh” is not a number", "Write 371.9457434.",
    ),
    "a bandwidth in terabytes": (
        "id,memory_gb_per_s,date\n", "h100-sxm5-80gb,3.35 TB/s,2026-11-01", "3.35 TB/s",
        "row 2, memory_gb_per_s: “3.35 TB/s” is not a number", "Write 3350.",
    ),
    "a bandwidth in bits": (
        "id,memory_gb_per_s,date\n", "h100-sxm5-80gb,26.8 Tb/s,2026-11-01", "26.8 Tb/s",
        "row 2, memory_gb_per_s: “26.8 Tb/s” is not a number",
        "Write 26800 for terabytes, or 3350 for terabits.",
    ),
    "a peak in petaflops": (
        "id,bf16_tflops,date\n", "h100-sxm5-80gb,0.9895 PFLOPS,2026-11-01", "0.9895 PFLOPS",
        "row 2, bf16_tflops: “0.9895 PFLOPS” is not a number", "Write 989.5.",
    ),
    "power in kilowatts": (
        "id,tdp_w,date\n", "h100-sxm5-80gb,0.7 kW,2026-11-01", "0.7 kW",
        "row 2, tdp_w: “0.7 kW” is not a number", "Write 700.",
    ),
    "a date by strokes": (
        OFFERS, "mine,a100-sxm4-80gb,2,,8,3/4/2026", "3/4/2026",
        "row 2, date: “3/4/2026” is not a date", "Write 2026-04-03 or 2026-03-04.",
    ),
    "a date in words": (
        OFFERS, "mine,a100-sxm4-80gb,2,,8,1 Nov 2026", "1 Nov 2026",
        "row 2, date: “1 Nov 2026” is not a date", "Write 2026-11-01.",
    ),
    "too few cells": (
        OFFERS, "mine,a100-sxm4-80gb,2", "2", "row 2 has 3 cells, fewer than the head, which has 6",
        "Fill it up with separators, or delete it.",
    ),
    "too many cells": (
        OFFERS, "mine,a100-sxm4-80gb,1,234,,8,2026-11-01", "2026-11-01",
        "row 2 has 7 cells, more than the head, which has 6",
        "A text with the separator in it needs quotation marks.",
    ),
    "a text longer than a cell": (
        "id,location,date\n", f"country:USA,{'x' * 30_001},2026-11-01", None,
        "row 2, location: this text has 30,001 characters; a cell takes 30,000", "Shorten it.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_row_with_a_mistake(case: str, told: Callable[[str], str]) -> None:
    head, row, cell, wrong, remedy = CELLS[case]
    said = told(f"{head}{row}\n")
    if cell is None:  # a long line is shown in part
        assert said.startswith(f"own.csv:2:13: {wrong}\n") and said.endswith(f"\n{remedy}")
        return
    column = row.index(cell) + 1
    assert said == at(2, column, wrong, row, max(1, len(cell)), remedy)


SEE = "See the columns with: tco catalogue offers --csv"
HEADS = {
    "id,chip,on_demand_prise,date": (
        9, "on_demand_prise is not a column of offers", f"Did you mean on_demand_price? {SEE}"
    ),
    "id,chip,on_demand_price,date,colour": (30, "colour is not a column of offers", SEE),
    "id,chip,on_demand_price,cheapest_offer": (
        25, "cheapest_offer is worked out from the other columns", "Delete this column."
    ),
    "id,name,price,int8_tflops": (
        15, "int8 is not a precision of the catalogue",
        "It is one of: fp64, fp32, tf32, bf16, fp16, fp8, fp4.",
    ),
    "id,chip,on_demand_price,chip": (25, "the column chip stands twice", "Keep one of the two."),
    "chip,on_demand_price,spot_price": (
        1, "there is no column id", "Add one: a known id changes that row, a new one adds a row. "
        "See them with: tco catalogue offers",
    ),
    "model,organization,tokens,chip": (
        1, "the table runs takes no own rows", "An own list is for chips, offers, grids or classes."
    ),
    "colour,taste": (
        1, "these columns fit no table of the catalogue",
        "An own list is for chips, offers, grids or classes; see the columns with: "
        "tco catalogue offers --csv. To build without own lists: catalogue: shipped",
    ),
    "InstanceType,AcceleratorName,AcceleratorCount,Price,Region": (
        1, "this is a SkyPilot catalogue, not an own list",
        "Turn it into one: tco catalogue add own.csv --provider NAME --date YYYY-MM-DD",
    ),
    "instance_name,location,price,gpu_count,gpu_name,spot": (
        1, "this is a gpuhunt catalogue, not an own list",
        "Turn it into one: tco catalogue add own.csv --provider NAME --date YYYY-MM-DD",
    ),
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_a_head_with_a_mistake(head: str, told: Callable[[str], str]) -> None:
    column, wrong, remedy = HEADS[head]
    said = told(f"{head}\n{',' * head.count(',')}x\n").split("\n\n")[0]
    width = len(head[column - 1 :].partition(",")[0])
    assert said == at(1, column, wrong, head, width, remedy)


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "own.csv: the file is empty\n"
              "Start with a head, for example: id,chip,on_demand_price,date"),
    "blank lines": (b"\n\r\n ,\n", "own.csv: the file is empty\n"
                    "Start with a head, for example: id,chip,on_demand_price,date"),
    "a head only": (OFFERS.encode(), "own.csv: the file has a head and no rows\n"
                    "Add a row, or delete the file."),
    "UTF-16": ((OFFERS + "a,b,1,,,\n").encode("utf-16"),
               f"own.csv: this text is in UTF-16, not in UTF-8\n{SAVE}"),
    "a workbook": (b"PK\x03\x04\x14\x00", f"own.csv: this is a workbook, not a CSV file\n{SAVE}"),
    "binary": (b"\x89PNG\r\n\x00", "own.csv: this is not text, so it is no price list\n"
               "Name a .csv file."),
    "Latin-1": ("id,location,date\ncountry:USA,Zürich,2026-11-01\n".encode("latin-1"),
                "own.csv:2:14: this character is not in UTF-8\n"
                "  2 | country:USA,Z�rich,2026-11-01\n    |              ^\n" + SAVE),
    "a control character": (b"id,location,date\ncountry:USA,\x1b[31m,2026-11-01\n",
                            "own.csv:2:13: a control character (code 27) stands here\n"
                            "  2 | country:USA,�[31m,2026-11-01\n    |             ^\nDelete it."),
    "an open quotation mark": (
        b'id,location,date\ncountry:USA,"Ohio,2026-11-01\ncountry:CAN,x,2026-11-01\n',
        "own.csv:2:13: a quotation mark is not closed, or text stands behind it\n"
        '  2 | country:USA,"Ohio,2026-11-01\n    |             ^\n'
        'Close it, and write "" for one inside a text.',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_list(case: str, told: Callable[[bytes], str]) -> None:
    content, said = FILES[case]
    assert told(content) == said


def test_an_id_twice_in_two_lists(desk: Path, refused: Refused) -> None:
    row = "mine,a100-sxm4-80gb,2,,8,2026-11-01\n"
    for name in ("a.csv", "b.csv"):
        (desk / name).write_text(OFFERS + row)
    (desk / "scenario.yaml").write_text(f"catalogue: [a.csv, b.csv]\n{GOOD}")
    assert refused("show", "scenario.yaml") == (
        "b.csv:2:1: row 2, id: mine stands twice, first in a.csv, row 2\n"
        "  2 | mine,a100-sxm4-80gb,2,,8,2026-11-01\n    | ^^^^\nKeep one of the two rows."
    )


def test_a_place_below_a_cell_of_two_lines(told: Callable[[str], str]) -> None:
    """The row is counted as a spreadsheet does, the line as an editor does."""
    said = told('id,location,date\ncountry:USA,"two\nlines",2026-13-01\ncountry:CAN,x,x\n')
    assert said.startswith("own.csv:3:8: row 2, date: “2026-13-01” is not a date\n  3 | lines")
    assert "own.csv:4:15: row 3, date: “x” is not a date" in said


def test_twenty_mistakes_are_shown_and_the_rest_counted(told: Callable[[str], str]) -> None:
    rows = [f"mine-{i},a100-sxm4-80gb,x,,8,2026-11-01\n" for i in range(33)]
    said = told(OFFERS + "".join(rows)).split("\n\n")
    assert len(said) == 21
    last = "own.csv: and 13 more mistakes\nCorrect the first ones; the rest is then told."
    assert said[-1] == last


def test_scenario_and_list_are_told_in_one_run(desk: Path, refused: Refused) -> None:
    (desk / "own.csv").write_text(f"{OFFERS}mine,a100-sxm4-80gb,x,,8,2026-11-01\n")
    scenario = GOOD.replace("10 days", "10 km") + "rent:\n  offer: mine\n"
    (desk / "scenario.yaml").write_text(f"catalogue: own.csv\n{scenario}")
    first, second = refused("build", "scenario.yaml").split("\n\n")
    assert first.startswith("scenario.yaml:6:13: deadline_days: ")
    assert second.startswith("own.csv:2:21: row 2, on_demand_price: “x” is not a number")


def test_200_000_rows_are_counted_and_refused(told: Callable[[str], str]) -> None:
    rows = "".join(f"mine-{i},a100-sxm4-80gb,2,,8,2026-11-01\n" for i in range(200_000))
    assert told(OFFERS + rows) == (
        "own.csv: this makes 200,000 rows; the table offers takes 5,000 in all\n"
        "Narrow it: tco catalogue add own.csv --chip ID --region TEXT"
    )


def test_shipped_rows_count_too(told: Callable[[str], str]) -> None:
    from tco.catalogue.shipped import file_rows

    rows = "".join(f"mine-{i},a100-sxm4-80gb,2,,8,2026-11-01\n" for i in range(5_000))
    count = 5_000 + len(file_rows("offers"))
    assert told(OFFERS + rows).startswith(f"own.csv: this makes {count:,} rows; the table offers")


def test_a_refusal_among_thousands_of_offers_is_short(desk: Path, refused: Refused) -> None:
    rows = "".join(f"mine-{i},a100-sxm4-80gb,2,,8,2026-11-01\n" for i in range(4_500))
    (desk / "own.csv").write_text(OFFERS + rows)
    scenario = f"catalogue: own.csv\n{GOOD}rent:\n  offer: aws-p5-48xlarge\n"
    (desk / "scenario.yaml").write_text(scenario)
    said = refused("build", "scenario.yaml")
    names = ", ".join(f"mine-{i}" for i in range(12))
    assert said.endswith(
        f"With the rest of this scenario offer can be: {names} and more (tco catalogue offers)."
    )


def test_a_setting_is_seen_from_the_folder_you_are_in(desk: Path, refused: Refused) -> None:
    (desk / "empty").mkdir()
    assert refused("show", "good.yaml", "--set", "catalogue=nowhere.csv") == (
        "--set: there is no file or folder nowhere.csv\n  > | catalogue=nowhere.csv\n"
        "    |           ^^^^^^^^^^^\n"
        "Type its path as seen from the folder you are in, or: catalogue: shipped"
    )
    assert refused("show", "good.yaml", "--set", "catalogue=empty") == (
        "--set: the folder empty has no .csv file\n  > | catalogue=empty\n"
        "    |           ^^^^^\nName a file, or another folder."
    )


def test_what_a_missing_list_may_hold_is_not_asked_for(desk: Path, refused: Refused) -> None:
    """The shipped catalogue has no price of a T4: the list that is not there may have one."""
    scenario = GOOD.replace("a100-sxm4-80gb", "t4\n  precision: fp16")
    (desk / "scenario.yaml").write_text(f"catalogue: nowhere.csv\n{scenario}")
    said = refused("build", "scenario.yaml")
    assert said.startswith("scenario.yaml:1:12: there is no file or folder nowhere.csv")
    assert "\n\n" not in said
    (desk / "scenario.yaml").write_text(scenario)
    assert "gpu_price" in refused("build", "scenario.yaml")


def test_a_list_that_cannot_be_read(
    desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What permissions do, on every account."""
    (desk / "own.csv").write_text(OFFERS)
    (desk / "scenario.yaml").write_text(f"catalogue: own.csv\n{GOOD}")
    opened = Path.open

    def fails(self: Path, *more: object, **named: object) -> object:
        if self.name == "own.csv":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(self, *more, **named)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Path, "open", fails)
    assert refused("build", "scenario.yaml") == (
        "own.csv: cannot be read: permission denied\nCheck the path and its permissions."
    )


@pytest.mark.skipif(os.name != "posix", reason="a device of Unix")
def test_an_endless_device_is_not_read_to_its_end(refused: Refused) -> None:
    said = refused("show", "good.yaml", "--set", "catalogue=/dev/zero")
    assert said == "/dev/zero: this is not a file\nName a .csv file."
