"""CONTRIBUTING's table, carried out: each row adds one thing to a copy of the product, as it says.

What follows is asked of the copy by another interpreter, and which files were touched is compared
with the row. A way that needs another edit is a mistake of ours, not of the reader's.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parents[1]
TABLE = {
    first: (do, follows)
    for first, do, follows in re.findall(
        r"^\| ((?:a|an) [^|]+?) \| ([^|]+?) \| ([^|]+?) \|$",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        re.M,
    )
}
# What only the suite itself can show: it goes through every scenario, bad input and edit there is.
BY_THE_SUITE = ("a starter", "a scenario", "a bad input", "an edit of a workbook")


class Copy:
    """The product in a folder of its own, and what was touched there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in ("tco", "templates", "scenarios"):
            shutil.copytree(ROOT / name, folder / name)  # bytecode too

    def append(self, path: str, text: str) -> None:
        """Write at the end of a file, or a new one."""
        self.touched.add(path)
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def put(self, path: str, before: str, text: str) -> None:
        """Write before the first place where some text stands."""
        whole = (self.folder / path).read_text(encoding="utf-8")
        assert before in whole, f"{path} has no {before!r}"
        self.touched.add(path)
        (self.folder / path).write_text(whole.replace(before, text + before, 1), encoding="utf-8")

    def row(self, path: str, like: str = "", **cells: str) -> None:
        """A row of a CSV file: as another one, but for some cells; or of these cells alone."""
        with (self.folder / path).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        first = next((row for row in rows if row[0] == like), [""] * len(head))
        made = dict(zip(head, first, strict=True)) | cells
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow([made[name] for name in head])
        self.append(path, text.getvalue())

    def ask(self, question: str) -> Any:
        """What the copy answers: Python whose `answer` comes back."""
        code = f"import json\n{question}\nprint(json.dumps(answer))"
        path = {**os.environ, "PYTHONPATH": str(self.folder)}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=self.folder, env=path, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr[-2000:]
        return json.loads(run.stdout.splitlines()[-1])


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


# What stands in a book, by sheet: each row as the texts and numbers of its cells.
LOADED = """
from tco.read.loading import load
from tco.workbook.layout import lay_out
def seen(scenario, *titles):
    book = lay_out(scenario)
    return {one.title: [str(cell.value) for cell in one.cells.values()]
            for one in book.sheets if one.title in titles}
def deck(scenario):
    from tco.page.deck import render
    return render(scenario, ["md"])["md"]
"""


def says(row: str, copy: Copy) -> None:
    """The row names every file that was touched, or the folder that it stands in."""
    do, _ = TABLE[row]
    named = re.findall(r"`([\w./*]+)`", do)
    folders = tuple(one for one in named if one.endswith("/"))
    for path in copy.touched:
        rows = f"{path.rpartition('/')[0]}/*.csv"
        there = path in named or rows in named or path.startswith(folders)
        assert there, f"{row}: {path} is touched, and not named"


def test_every_row_of_the_table_is_carried_out() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    carried = set(re.findall(r'says\("([^"]+)"', source))
    assert carried | set(BY_THE_SUITE) == set(TABLE)


def test_a_line(copy: Copy) -> None:
    copy.append("tco/model/cost/buy.py", '''

@line("Price of the GPUs of a server", "USD/server")
def gpu_price_per_server(gpu_price, gpus_per_server):
    """What the accelerators of one chassis cost, without their host."""
    return gpu_price * gpus_per_server
''')  # fmt: skip
    found = copy.ask(LOADED + """
from tco.page.report import as_json, explain
one = load("llm-100b-10d")
answer = [as_json(one)["lines"]["gpu_price_per_server"], explain(one, "gpu_price_per_server"),
          seen(one, "Buy")["Buy"]]
""")  # fmt: skip
    assert found[0]["value"] == 80_000 and found[0]["unit"] == "USD/server"
    assert "Price of one GPU × GPUs per server" in found[1]
    assert "Price of the GPUs of a server" in found[2] and "80000.0" in found[2]
    assert copy.touched == {"tco/model/cost/buy.py"}
    says("a line", copy)


def test_an_input(copy: Copy) -> None:
    copy.append("tco/model/cost/buy.py", '''

notary_cost = Given("Notary", "USD", least=0, money=True, note="Fees for signing the contract.")
''')  # fmt: skip
    copy.row("tco/data/defaults.csv", key="notary_cost", value="1200", source="guess: one day")
    found = copy.ask(LOADED + """
from tco.errors import Mistakes
one = load("llm-100b-10d", ["notary_cost=1500"])
try:
    load("llm-100b-10d", ["notary_cost=-1"])
except Mistakes as refused:
    said = str(refused)
answer = [one.numbers["notary_cost"], load("llm-100b-10d").numbers["notary_cost"], said,
          seen(one, "Inputs", "Limits")]
""")  # fmt: skip
    assert found[0] == 1500 and found[1] == 1200 and "at least 0" in found[2]
    assert "Notary" in found[3]["Inputs"] and "notary_cost_limits" in found[3]["Limits"]
    says("an input", copy)


def test_a_part_of_a_total(copy: Copy) -> None:
    copy.append("tco/model/cost/buy.py", '''

run_freight_share = Given("Freight share", "share", least=0, most=1, note="Over GPU cost.")


@part(of="buy_total", rests_on="run_freight_share")
@line("Carriage of the GPUs", "USD")
def run_freight_cost(gpu_cost, run_freight_share):
    """Carriage and its insurance from the seller's door, as a share of GPU cost."""
    return gpu_cost * run_freight_share
''')  # fmt: skip
    copy.row("tco/data/defaults.csv", key="run_freight_share", value="0.02", source="guess: none")
    found = copy.ask(LOADED + """
from tco.page.first import page
from tco.page.terminal import as_text
answer = {}
for name in ("llm-100b-10d", "buy-or-rent-100b"):
    one = load(name)
    n = one.numbers
    rests = list(one.model.axes["prices"].ids).index("run_freight_share")
    row = list(n["drivers"]).index("run_freight_share") if name == "llm-100b-10d" else 0
    swing = float(n["driver_swing"][row])
    answer[name] = [swing, float(n["buy_total"]), float(n["gpu_cost"]),
                    float(n["run_freight_cost"]),
                    float(n["run_freight_cost_of_total"]), float(n["price_buy"][rests]),
                    float(n["total_adds_up"]), float(n["evidence_adds_up"]), float(n["errors"]),
                    seen(one, "Summary")["Summary"], deck(one), as_text(one, page(one))]
""")  # fmt: skip
    swing = found["llm-100b-10d"][0]  # a guess, by 40 % either side
    assert abs(swing - 0.8 * found["llm-100b-10d"][3]) < 1e-3
    for _, total, gpus, freight, share, rests, *checks, summary, deck, text in found.values():
        assert freight == 0.02 * gpus == rests and share == freight / total
        assert checks == [0, 0, 0]
        for shown in (" ".join(summary), deck, text):
            assert "Carriage of the GPUs" in shown
    before = 142_790_000
    assert found["llm-100b-10d"][1] == before + found["llm-100b-10d"][3]
    says("a part of a total", copy)
    says("a driver", copy)


RIVAL = '''"""Lease: whole years of the fleet at one monthly rate, paid whatever is used."""

from tco.lines import *
from tco.model.own.rival import Rival

SECTION, INPUTS = "contracts", "own"
RIVAL = Rival(
    key="lease", label="Lease", place=6, name="Lease the fleet", note="Paid every month.",
    words="a lease", lead="reserved_lead_days", billed="lease_available", price="lease_price",
)
lease_price = Given("Price of the lease", "USD/GPU-h", above=0, money=True, required=False,
                    note="Over every hour of the month.")


@line("Lease is offered", "flag")
def lease_available(lease_price):
    """1 where there is a price."""
    return where(defined(lease_price), 1, 0)


@line("Lease: due", "USD", along=YEARS)
def lease_due(lease_price, capacity_hours, rent_fixed_spend):
    """Every hour of the fleet, staff and items."""
    return where(defined(lease_price), capacity_hours * lease_price, 0) + rent_fixed_spend


@line("Lease: paid ahead", "USD", along=YEARS)
def lease_ahead(rent_setup_spend):
    """Setting up alone."""
    return rent_setup_spend
'''


def test_a_way_to_rent_over_years(copy: Copy) -> None:
    copy.append("tco/model/own/rivals/lease.py", RIVAL)
    found = copy.ask(LOADED + """
one = load("own-1024-h100", ["lease_price=0.6"])
n = one.numbers
answer = [list(one.model.axes["options"].ids), str(n["best_rent_option"]), float(n["npv_lease"]),
          float(n["npv_lease_ties"]), str(n["verdict"]), str(n["verdict_sentence"]),
          seen(one, "Summary", "Compare"), deck(one), float(n["errors"]),
          str(load("own-1024-h100").numbers["best_rent_option"])]
""")  # fmt: skip
    options, best, worth, ties, verdict, sentence, sheets, shown, errors, without = found
    assert options[-1] == best == "lease" and worth < 0 and ties == errors == 0
    assert verdict == "rent" and "a lease" in sentence
    assert all("Lease the fleet" in cells for cells in sheets.values())
    assert "Lease the fleet" in shown and without == "on_demand"
    assert copy.touched == {"tco/model/own/rivals/lease.py"}
    says("a way to rent over years", copy)


def test_a_way_to_rent_one_run(copy: Copy) -> None:
    copy.put("tco/model/cost/rent.py", '    Way("on_demand", "Rent on demand"', """    Way(
        "weekly", "Rent by the week", "by the week", "weekly_price", "Rented by the week",
        "Whole weeks and the staff.", "weekly_or_other",
    ),
""")  # fmt: skip
    copy.append("tco/model/cost/rent.py", '''

weekly_price = Given("Price by the week", "USD/GPU-h", least=0, money=True, required=False,
                     note="Whole weeks are paid.")


@line("Rent by the week", "USD")
def rent_weekly_cost(gpus_working, days_needed, weekly_price, rent_addon_share):
    """Every GPU for as long as the run lasts, add-ons included."""
    return where(
        defined(weekly_price),
        gpus_working * days_needed * 24 * weekly_price * (1 + rent_addon_share),
        undefined("not offered"),
    )


@line("By the week, if in time", "USD", guarded=True)
def weekly_in_time(rent_weekly_cost):
    """It is as fast as capacity on demand."""
    return rent_weekly_cost


@line("By the week: timing", "text")
def weekly_timing(weekly_price, run_timing):
    """Whether it is offered and meets the deadline."""
    return where(defined(weekly_price), run_timing, "not offered")
''')  # fmt: skip
    found = copy.ask(LOADED + """
one = load("llm-100b-10d", ["weekly_price=0.001"])
n = one.numbers
kinds = list(one.model.axes["prices"].ids)
answer = [str(n["rent_option"]), float(n["rent_cost"]), float(n["rent_weekly_cost"]),
          float(n["weekly_total"]), float(n["staff_cost"]),
          float(n["price_rent"][kinds.index("weekly_price")]), seen(one, "Summary")["Summary"]]
""")  # fmt: skip
    option, cost, weekly, total, staff, rests, summary = found
    assert option == "by the week" and cost == weekly and total == weekly + staff and rests > 0
    assert "Rent by the week" in summary
    says("a way to rent one run", copy)


def test_a_check(copy: Copy) -> None:
    copy.append("tco/model/cost/buy.py", '''

@check("A fleet is not a hall", kind=ALERT)
def fleet_within_hall(gpus):
    """No single hall takes a hundred thousand accelerators."""
    return beyond(gpus, 1e5), text("{} GPUs fill more than a hall", shown(gpus, "#,##0"))
''')  # fmt: skip
    found = copy.ask(LOADED + """
small, large = load("llm-100b-10d"), load("llm-100b-10d", ["mfu=5 %"])
answer = [float(small.numbers["fleet_within_hall"]), float(large.numbers["fleet_within_hall"]),
          seen(large, "Checks")["Checks"]]
""")  # fmt: skip
    assert found[:2] == [0, 1] and "A fleet is not a hall" in found[2]
    assert any(one.endswith("GPUs fill more than a hall") for one in found[2])
    says("a check", copy)


def test_a_check_of_the_rows_of_a_table(copy: Copy) -> None:
    copy.append("tco/model/demand/runs.py", '''

@row_check(
    "Runs longer than a month", along="runs",
    count=("long_runs", "Runs longer than a month"), first=("first_long_run", "The first of them"),
    check=("runs_short", "Runs are short"), note="No run takes longer than a month.",
    says="{count} runs take longer than a month, first {first}", kind="alert",
)
def run_long(hours):
    """1 where the run takes longer than a month of 24-hour days."""
    return beyond(hours, 24 * 3 * 10)
''')  # fmt: skip
    found = copy.ask(LOADED + """
one = load("published-2019")
answer = [float(one.numbers["long_runs"]), float(sum(one.numbers["run_long"])),
          float(one.numbers["runs_short"]), seen(one, "Checks")["Checks"]]
""")  # fmt: skip
    assert found[0] == found[1] and found[2] == float(found[0] > 0)
    assert "Runs are short" in found[3]
    says("a check of rows", copy)


def test_a_chip_without_an_offer_can_be_bought(copy: Copy) -> None:
    copy.row("tco/data/chips.csv", "h100-sxm5-80gb", id="z100", name="Z100 of tomorrow",
             vendor="Z")  # fmt: skip
    found = copy.ask(LOADED + """
one = load("llm-100b-10d", ["chip=z100", "precision=bf16"])
answer = [float(one.numbers["gpus"]), float(one.numbers["buy_total"]), one.numbers["rent_cost"].why,
          float(one.numbers["errors"]), float(one.numbers["rent_compared"]),
          seen(one, "Chips")["Chips"], str(one.numbers["rent_sentence"])]
""")  # fmt: skip
    gpus, total, why, errors, alert, chips, sentence = found
    assert gpus > 0 and total > 0 and why == "none is in time" and errors == 0 and alert == 1
    assert "Z100 of tomorrow" in chips
    assert sentence == "Renting is not compared: of the terms to rent on, none is offered."
    assert copy.touched == {"tco/data/chips.csv"}
    says("a chip, offer, region, run, class", copy)


def test_an_offer_and_a_region(copy: Copy) -> None:
    copy.row("tco/data/offers.csv", id="acme", provider="Acme", chip="a100-sxm4-80gb",
             gpus_per_instance="8", on_demand_price="1.11", source="list price: acme.example",
             date="2026-11-01")  # fmt: skip
    copy.row("tco/data/grids.csv", "country:USA", id="moon", location="The Moon")
    found = copy.ask(LOADED + """
one = load("llm-100b-10d", ["offer=acme", "region=moon"])
answer = [float(one.numbers["on_demand_price"]), str(one.facts["on_demand_price"].source),
          seen(one, "Offers", "Grids")]
""")  # fmt: skip
    assert found[0] == 1.11 and found[1] == "list price: acme.example"
    assert "Acme" in found[2]["Offers"] and "The Moon" in found[2]["Grids"]
    says("a chip, offer, region, run, class", copy)


def test_a_unit(copy: Copy) -> None:
    copy.put("tco/quantities/forms.py", '    "book": Form(',
             '    "USD/switch/year": Form("90", "#,##0", ("CUR/switch/year",)),\n')  # fmt: skip
    copy.append("tco/model/cost/buy.py", '''

switch_support = Given("Support of a switch", "USD/switch/year", least=0, money=True,
                       required=False, note="A year of it.")
''')  # fmt: skip
    found = copy.ask(LOADED + """
one = load("llm-100b-10d", ["switch_support=7.5 USD/switch/month"])
answer = [float(one.numbers["switch_support"]), seen(one, "Inputs")["Inputs"]]
""")  # fmt: skip
    assert found[0] == 90 and "USD/switch/year" in found[1]
    copy.touched.discard("tco/model/cost/buy.py")  # an input that has it: not part of the row
    says("a unit", copy)


def test_a_sheet_of_workings(copy: Copy) -> None:
    copy.append("tco/model/cost/lunch.py", '''"""Lunch: what the staff eat while the run lasts."""

from tco.lines import *

SECTION = "lunch"
PAGE = Page("What the staff eat while the run lasts")


@line("Lunches of a run", "day")
def lunches(days_needed):
    """One a day, weekends included."""
    return days_needed
''')  # fmt: skip
    copy.put(
        "tco/model/__init__.py",
        "_CHIP = (",
        "from tco.model.cost import lunch\n\n_COSTS = (*_COSTS, lunch)\n",
    )
    found = copy.ask(LOADED + """
one = load("llm-100b-10d")
book = lay_out(one)
answer = [[sheet.title for sheet in book.sheets], seen(one, "Lunch", "Checks")]
""")  # fmt: skip
    titles, sheets = found
    assert titles.index("Energy") < titles.index("Lunch") < titles.index("Comparators")
    assert "Lunches of a run" in sheets["Lunch"]
    says("a sheet of workings", copy)


KIND = '''"""Rent only: a number of GPU-hours, wherever they come from."""

from tco.lines import *

SECTION = "workload"
PAGE = Page("How many GPU-hours are wanted", title="Demand", inputs="Workload", place=10)
FRONT = Front(tiles=(("wanted_gpu_hours", "GPU-hours"),))

wanted_gpu_hours = Given("GPU-hours wanted", "GPU-h", above=0, note="Of any accelerator.")


@line("Wanted in years of one GPU", "year")
def wanted_years(wanted_gpu_hours):
    """At 8,760 hours a year, which is written as 365 times 24."""
    return wanted_gpu_hours / (1000 * 12 - 3 * 1000 - 240)


@line("Wanted, in words", "text", section="summary")
def wanted_sentence(wanted_gpu_hours):
    """The demand in a sentence."""
    return text("{} GPU-hours are wanted.", shown(wanted_gpu_hours, "#,##0"))
'''


def test_a_kind_of_scenario(copy: Copy) -> None:
    copy.append("tco/model/demand/hours_only.py", KIND)
    copy.put("tco/model/__init__.py", "# The kinds whose file may have a block own",
             "from tco.model.demand import hours_only\n\n"
             'KINDS["hours"] = (general, state, hours_only)\n')  # fmt: skip
    (copy.folder / "mine.yaml").write_text(
        "title: Mine\nworkload:\n  kind: hours\n  wanted_gpu_hours: 5_000\n", encoding="utf-8"
    )
    found = copy.ask(LOADED + """
from tco.read.editor import schema
one = load("mine.yaml")
book = lay_out(one)
answer = [[sheet.title for sheet in book.sheets], seen(one, "Summary")["Summary"], deck(one),
          "wanted_gpu_hours" in json.dumps(schema())]
""")  # fmt: skip
    titles, summary, shown, in_schema = found
    assert titles[:4] == ["Summary", "Contents", "Inputs", "Demand"] and in_schema
    assert "5,000 GPU-hours are wanted." in summary and "5,000 GPU-hours" in shown
    says("a kind of scenario", copy)


def test_a_driver_that_is_declared(copy: Copy) -> None:
    copy.append("tco/model/own/opex.py", '''

PREMIUM = Driver("insurance_share", "Insurance", 20, "share/year", "0.00%", places=SHARES, most=1)
''')  # fmt: skip
    found = copy.ask(LOADED + """
one = load("own-1024-h100")
n = one.numbers
ids = list(one.model.axes["drivers"].ids)
tie = float(n["tie_insurance_share"])
there = load("own-1024-h100", [f"insurance_share={tie!r}"]).numbers
answer = [ids, str(n["driver_tie"][ids.index("insurance_share")]), tie,
          float(there["deciding_advantage"]), float(n["deciding_advantage"]),
          seen(one, "Drivers", "Tornado")]
""")  # fmt: skip
    ids, words, tie, left, before, sheets = found
    assert "insurance_share" in ids and words.startswith("0.") and 0 < tie < 1
    assert abs(left) < 1e-6 * abs(before)
    assert all(any("nsurance" in cell for cell in cells) for cells in sheets.values())
    says("a driver that is more than an input, or turns the verdict more than once", copy)


def test_a_question_that_a_verdict_waits_for(copy: Copy) -> None:
    """Network by share moves with the price of servers, at the ends of its range."""
    copy.put("tco/model/own/of_run.py", '''@line("Price of servers: not given"''', '''
NETWORK = Question("host_share", "Host by share", "share", SERVERS)


''')  # fmt: skip
    text = "parameters: 70B\ntokens: 2T\ndeadline: 60 days\nown:\nbuy: {overhead_basis: items}\n"
    (copy.folder / "asked.yaml").write_text(text, encoding="utf-8")
    found = copy.ask(LOADED + """
one = load("asked.yaml")
low, high = one.facts["host_share"].low, one.facts["host_share"].high
answer = [one.numbers["unsure_host_share"], list(one.numbers["corner_host_share"]), low, high,
          [one.numbers[f"advantage_corner_{n}"] for n in (1, 3)], seen(one, "Corners")]
""")  # fmt: skip
    unsure, ends, low, high, advantages, sheets = found
    assert unsure == 1 and low < high and ends == [low, low, high, high]
    assert advantages[0] > advantages[1]
    assert any("ost by share" in cell for cell in sheets["Corners"])
    says("a question that a verdict waits for", copy)


def test_a_table_of_a_kind(copy: Copy) -> None:
    copy.append("tco/model/demand/train.py", '''

meals = GivenRows("Meals", "What the staff eat.")
meal = Given("Meal", "text", along="meals", note="Its name.")
meal_cost = Given("Cost of a meal", "USD", along="meals", least=0, note="For everybody.")


@line("Meals in all", "USD")
def meals_total(meal_cost):
    """What all of them cost together."""
    return total(meal_cost)
''')  # fmt: skip
    path = copy.folder / "scenarios/llm-100b-10d.yaml"
    fed = path.read_text(encoding="utf-8").replace("fleet:\n", """  meals:
    - {meal: breakfast, meal_cost: 20}
    - {meal: dinner, meal_cost: 30}
fleet:
""", 1)  # fmt: skip
    (copy.folder / "fed.yaml").write_text(fed, encoding="utf-8")
    found = copy.ask(LOADED + """
from tco.page.report import as_json
one = load("fed.yaml")
answer = [float(one.numbers["meals_total"]), as_json(one)["tables"]["meals"],
          seen(one, "Tables", "Checks")]
""")  # fmt: skip
    assert found[0] == 50 and [row["meal_cost"] for row in found[1]] == [20, 30]
    assert "breakfast" in found[2]["Tables"]
    assert "Meals: values within limits" in found[2]["Checks"]
    says("a table of a kind", copy)


def test_a_figure_of_the_first_page(copy: Copy) -> None:
    copy.append("tco/model/cost/per_token.py", '''
FRONT = Front(resting_on=("checkpoint_hours",))
''')  # fmt: skip
    found = copy.ask(LOADED + """
one = load("llm-100b-10d")
answer = [seen(one, "Summary")["Summary"], deck(one)]
""")  # fmt: skip
    assert all("Checkpoint interval" in shown for shown in found)
    says("a figure of the first page", copy)


def test_a_rule_of_the_audit(copy: Copy) -> None:
    copy.append("tco/audit/rules/totals.py", '''

@rule(
    "thirteen", NOTE, FORMULAS,
    why="Some buildings have no such floor.", mend="Begin in another row.",
)
def in_row_thirteen(book: Book) -> Iterator[Found]:
    """A formula stands in row 13."""
    for group in book.groups:
        found = tuple(at for at in group.cells if at[0] == 13)
        if found:
            yield Found(group.sheet.name, found, "it stands in row 13")
''')  # fmt: skip
    made = Workbook()
    made.active["A1"], made.active["B13"] = 2, "=A1*3"
    made.save(copy.folder / "rows.xlsx")
    found = copy.ask("""
from pathlib import Path
from tco.audit import audit
from tco.audit.printed import as_json, as_sarif, rules_page
one = audit(Path("rows.xlsx"))
answer = [[(each.where, each.what) for each in one.findings if each.rule.id == "thirteen"],
          as_json([one]), as_sarif([one]), rules_page()]
""")
    assert found[0] == [["Sheet!B13", "it stands in row 13"]]
    assert all("thirteen" in one and "have no such floor." in one for one in found[1:])
    assert copy.touched == {"tco/audit/rules/totals.py"}
    says("a rule of the audit", copy)
