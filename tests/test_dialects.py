"""Lists as spreadsheets of other countries save them: the same catalogue, or a refusal.

Never another number: 30.000 is thirty thousand where the file itself says so, thirty where it says
that, and neither where it does not say.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tco.catalogue.entries import entries_of, read_list, table_of
from tco.catalogue.pricelists import Laying
from tco.catalogue.shipped import shipped
from tco.quantities.dialects import Dialect, dialect_of, with_commas
from tests.errors.conftest import Answer

Command = Callable[..., Answer]
NARROW, NO_BREAK = "\u202f", "\u00a0"


@dataclass(frozen=True)
class Style:
    """How a spreadsheet of one country saves numbers, days and the cells of a file."""

    delimiter: str
    decimal: str
    thousands: str
    day: str
    indian: bool = False
    money: str = "{}"

    def number(self, plain: str, *, money: bool = False) -> str:
        whole, _, decimals = plain.partition(".")
        groups = re.findall(r"\d{1,3}", whole[::-1])
        if self.indian:
            groups = [whole[-3:][::-1], *re.findall(r"\d{1,2}", whole[:-3][::-1])]
        said = self.thousands.join(one[::-1] for one in reversed(groups))
        said += f"{self.decimal}{decimals}" if decimals else ""
        return self.money.format(said) if money else said


STYLES = {
    "de-DE": Style(";", ",", ".", "{d}.{m}.{y}"),
    "de-DE, dollars": Style(";", ",", ".", "{d}.{m}.{y}", money="{} $"),
    "de-AT": Style(";", ",", NO_BREAK, "{d}.{m}.{y}"),
    "de-CH": Style(";", ".", "’", "{d}.{m}.{y}"),
    "fr-FR": Style(";", ",", NARROW, "{d}/{m}/{y}"),
    "fr-FR, dollars": Style(";", ",", NO_BREAK, "{d}/{m}/{y}", money="{} $US"),
    "es-ES": Style(";", ",", ".", "{d}/{m}/{y}"),
    "it-IT, tabs": Style("\t", ",", ".", "{d}/{m}/{y}"),
    "pl-PL": Style(";", ",", NO_BREAK, "{y}-{m}-{d}"),
    "no groups": Style(";", ",", "", "{y}-{m}-{d}"),
    "en-US": Style(",", ".", ",", "{m}/{d}/{y}"),
    "en-US, dollars": Style(",", ".", ",", "{m}/{d}/{y}", money="${}"),
    "en-US, tabs": Style("\t", ".", ",", "{y}-{m}-{d}"),
    "en-IN": Style(",", ".", ",", "{d}-{m}-{y}", indian=True),
    "en-IN, semicolons": Style(";", ".", ",", "{y}-{m}-{d}", indian=True),
    "plain semicolons": Style(";", ".", "", "{y}-{m}-{d}"),
    "plain": Style(",", ".", "", "{y}-{m}-{d}"),
}
READ = {
    "plain semicolons",
    "de-DE",
    "de-AT",
    "fr-FR",
    "es-ES",
    "it-IT, tabs",
    "pl-PL",
    "no groups",
    "de-DE, dollars",
}


def saved(rows: Sequence[Mapping[str, str]], style: Style, table: str) -> bytes:
    """A list of plain cells as that spreadsheet saves it."""
    units = {one.name: one.unit for one in shipped()[table].columns}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=style.delimiter, lineterminator="\r\n")
    writer.writerow(rows[0])
    for row in rows:
        cells = []
        for name, text in row.items():
            unit = units[name]
            if unit == "date":
                year, month, day = text.split("-")
                text = style.day.format(y=year, m=month, d=day)
            elif unit != "text" and text:
                text = style.number(text, money=unit.startswith("US$"))
            cells.append(text)
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")


def laid(content: bytes, name: str = "own.csv") -> tuple[dict[str, dict[str, float | str]], bool]:
    """What a list gives, numbers as numbers, and whether anything of it was refused."""
    sheet = read_list(name, content)
    table = table_of(sheet)
    units = {one.name: one.unit for one in shipped()[table].columns}
    entries, mistakes = entries_of(sheet, table)
    found = {
        one.id: {
            column: text if units[column] in ("text", "date") else float(text)
            for column, text in one.given.items()
        }
        for one in entries
    }
    laying = Laying()
    laying.add(sheet)
    laying.tables()
    return found, bool(mistakes or laying.mistakes)


def some_lists(count: int) -> list[tuple[str, list[dict[str, str]]]]:
    """Lists of plain cells: prices of cents and of tens of thousands, dates, shares."""
    draw = random.Random(26)
    made = []
    for _ in range(count):

        def price(most: int) -> str:
            digits = draw.choice([0, 0, 1, 2, 3, 4])
            return f"{draw.uniform(0.5, most):.{digits}f}".replace("0", "1")

        day = f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        offers = [
            {"id": f"mine-{at}", "chip": "h100-sxm5-80gb", "on_demand_price": price(9),
             "spot_price": price(4), "gpus_per_instance": "8", "date": day}
            for at in range(draw.randint(1, 4))
        ]  # fmt: skip
        chips = [
            {"id": "h100-sxm5-80gb", "price": price(90_000), "price_date": day,
             "memory_gb_per_s": price(9_000), "tdp_w": price(2_000), "date": day},
            {"id": "b200-sxm-180gb", "price": price(90_000), "price_date": day,
             "memory_gb_per_s": price(9_000), "tdp_w": "", "date": day},
        ][: draw.randint(1, 2)]  # fmt: skip
        grids = [{"id": "site", "power_price": f"0.{draw.randint(1, 999):03}",
                  "grid_intensity": price(900), "date": day}]  # fmt: skip
        made += [("offers", offers), ("chips", chips), ("grids", grids)]
    return made


@pytest.mark.parametrize("name", STYLES)
def test_a_list_saved_elsewhere_gives_the_same_or_is_refused(name: str) -> None:
    """Whatever a style does to the cells, no number comes out that did not go in."""
    read = 0
    for table, rows in some_lists(12):
        meant, refused = laid(saved(rows, STYLES["plain"], table))
        assert not refused
        found, refused = laid(saved(rows, STYLES[name], table))
        for key, given in found.items():
            for column, value in given.items():
                assert value == meant[key][column], f"{name}: {column} {value}"
        if not refused:
            assert found == meant
            read += 1
    assert read == 36 if name == "plain" else read > 12 if name in READ else True


@pytest.mark.parametrize(
    ("cells", "dialect"),
    [
        (["4,10"], Dialect.COMMAS), (["30.000", "4,10"], Dialect.COMMAS),
        (["1.234,50"], Dialect.COMMAS), (["1\u202f234,5"], Dialect.COMMAS),
        (["1.234.567"], Dialect.COMMAS), (["0,125"], Dialect.COMMAS),
        (["12345,678"], Dialect.COMMAS), (["4.10"], Dialect.POINTS),
        (["30,000", "4.1"], Dialect.POINTS), (["0.085"], Dialect.POINTS),
        (["12'345.67"], Dialect.POINTS), (["1,23,456"], Dialect.POINTS),
        (["8", "30000"], Dialect.POINTS), (["30.000"], Dialect.UNCLEAR),
        (["30,000"], Dialect.UNCLEAR), (["30.000", "8"], Dialect.UNCLEAR),
        (["4,10", "4.10"], Dialect.UNCLEAR), (["1.234,5", "1,234.5"], Dialect.UNCLEAR),
        (["30 000"], Dialect.POINTS), (["4,10 $", "30.000 $"], Dialect.COMMAS),
        (["2.35 USD per H100"], Dialect.POINTS), ([], Dialect.POINTS), (["x", ""], Dialect.POINTS),
    ],
)  # fmt: skip
def test_the_file_says_how_it_is_written(cells: list[str], dialect: Dialect) -> None:
    assert dialect_of(";", cells) is dialect
    assert dialect_of("\t", reversed(cells)) is dialect
    assert dialect_of(",", cells) is Dialect.POINTS  # strict, as ever


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("4,10", "US$/GPU-h", "4.10"), ("30.000", "US$/GPU", "30000"), ("-1,5", "ratio", "-1.5"),
        ("1.234,50 $", "US$/GPU", "1234.50"), ("$ 4,10", "US$/GPU", "4.10"),
        ("4,10 USD", "US$/GPU", "4.10"), ("38,5 %", "share", "0.385"), ("1,5E3", "g/kWh", "1.5E3"),
        ("12\u202f345,6", "W/GPU", "12345.6"), ("8", "GPU", "8"),
        ("4.10", "US$/GPU", ""), ("4,10 €", "US$/GPU", ""), ("4,10 $", "W/GPU", ""),
        ("38,5 %", "US$/GPU", ""), ("1.23,4", "US$/GPU", ""), ("4,10 USD/h", "US$/GPU-h", ""),
        ("1.234.56", "US$/GPU", ""), ("", "US$/GPU", ""), ("$4,10 $", "US$/GPU", ""),
    ],
)  # fmt: skip
def test_a_cell_of_a_file_with_decimal_commas(text: str, unit: str, number: str) -> None:
    assert with_commas(text, unit) == number


# ---- as the command says it ----------------------------------------------------------------------

HEAD = "id;chip;on_demand_price;spot_price;date\r\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def tco(desk: Path) -> Command:
    from tests.errors.conftest import run_in

    return lambda *arguments: run_in(desk, *map(str, arguments))


def test_a_german_list_is_read_and_the_report_says_how(desk: Path, tco: Command) -> None:
    row = "mine;h100-sxm5-80gb;4,10;2,5;21.11.2026"
    (desk / "preise.csv").write_text(f"{HEAD}{row}\r\n")
    answer = tco("catalogue", "add", "preise.csv")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == (
        "preise.csv (own list, read with decimal commas): read 1 row"
    )
    assert (desk / "catalogue/offers.csv").read_text() == (
        "id,chip,on_demand_price,spot_price,source,date\n"
        'mine,h100-sxm5-80gb,4.10,2.5,"own: preise.csv, row 2",2026-11-21\n'
    )


def test_days_come_first_where_commas_are_for_decimals(desk: Path, tco: Command) -> None:
    for at, (price, day, read) in enumerate(
        (
            ("4,10", "03/04/2026", "2026-04-03"),
            ("4,10", "3.4.2026", "2026-04-03"),
            ("4", "03/04/2026", ""),
        )
    ):
        (desk / "own.csv").write_text(f"{HEAD}mine;h100-sxm5-80gb;{price};;{day}\r\n")
        answer = tco("catalogue", "add", "own.csv", "--to", f"out{at}")
        if not read:
            assert answer.err.rstrip().endswith("Write 2026-04-03 or 2026-03-04.")
            continue
        (row,) = csv.DictReader((desk / f"out{at}/offers.csv").open())
        assert row["date"] == read


UNCLEAR = {
    "30.000": ("“30.000” is 30.000 to some and 30000 to others; this file does not say",
               "Write 30, or 30000 if that is meant."),
    "2.125": ("“2.125” is 2.125 to some and 2125 to others; this file does not say",
              "Write 2.1250, or 2125 if that is meant."),
    "2,125": ("“2,125” is 2125 to some and 2.125 to others; this file does not say",
              "Write 2125, or 2.1250 if that is meant."),
}  # fmt: skip


@pytest.mark.parametrize("cell", UNCLEAR)
def test_what_the_file_does_not_say_is_asked(cell: str, desk: Path, tco: Command) -> None:
    wrong, remedy = UNCLEAR[cell]
    (desk / "own.csv").write_text(f"{HEAD}mine;h100-sxm5-80gb;{cell};;2026-11-21\r\n")
    answer = tco("catalogue", "add", "own.csv")
    assert (answer.code, answer.out) == (2, "")
    place, excerpt, _, said = answer.err.rstrip().split("\n")
    assert place == f"own.csv:2:21: row 2, on_demand_price: {wrong}"
    assert (excerpt, said) == (f"  2 | mine;h100-sxm5-80gb;{cell};;2026-11-21", remedy)
    for at, typed in enumerate(re.findall(r"\d[\d.,]*\d|\d", remedy)):
        (desk / "own.csv").write_text(f"{HEAD}mine{at};h100-sxm5-80gb;{typed};;2026-11-21\r\n")
        answer = tco("catalogue", "add", "own.csv", "--to", f"out{at}")
        assert answer.code == 0, answer.err
        kept = next(csv.DictReader((desk / f"out{at}/offers.csv").open()))["on_demand_price"]
        assert float(kept) == float(wrong.split(" is ")[1].split(" to some and ")[at].split()[0])


REMEDIES = {  # in a file of decimal commas the remedy is typed with one
    "2.35 USD": "Write digits, with a comma before decimals, for example: 12345,67",
    "$48/day": "Write 2.",
    "85,5 USD/GPU-day": "Write 3,5625.",
    "3 USD/GPU-day": "Write 0,1250.",
    "4,10 €": "The catalogue is in US dollars: convert it, and write the number alone.",
    "n/a": "Leave the cell empty where there is no value.",
}


@pytest.mark.parametrize("cell", REMEDIES)
def test_a_remedy_is_typed_as_the_file_is(cell: str, desk: Path, tco: Command) -> None:
    rows = "sure;h100-sxm5-80gb;4,10;;2026-11-21\r\n"
    (desk / "own.csv").write_text(f"{HEAD}{rows}mine;h100-sxm5-80gb;{cell};;2026-11-21\r\n")
    said = tco("catalogue", "add", "own.csv").err
    if cell == "2.35 USD":  # a second mark: the file does not say any more
        assert "“4,10” is not a number" in said and "“2.35 USD” is not a number" in said
        return
    assert said.rstrip().endswith(REMEDIES[cell])
    if found := re.search(r"Write ([\d,]*\d)\.$", said.rstrip()):
        (desk / "own.csv").write_text(f"{HEAD}{rows}mine;h100-sxm5-80gb;{found[1]};;2026-11-21\r\n")
        assert tco("catalogue", "add", "own.csv").code == 0


def test_a_gpuhunt_file_saved_in_german_is_read(desk: Path, tco: Command) -> None:
    (desk / "aws.csv").write_text(
        "instance_name;location;price;cpu;memory;gpu_count;gpu_name;gpu_memory;spot;disk_size\r\n"
        "p5.48xlarge;us-east-1;55,04;192;2048;8;H100;80,0;FALSCH;\r\n"
        "p5.48xlarge;us-east-1;1.020,16;192;2048;8;H100;80,0;WAHR;\r\n"
        "g6.xlarge;us-east-1;0,8048;4;16;1;L4;22,0;FALSCH;\r\n"
        "g6.2xlarge;us-east-1;0,9776;8;32;1;L4;22,0;VIELLEICHT;\r\n"
        "a1.large;us-east-1;0,1;2;4;0;;;FALSCH;\r\n"
    )
    answer = tco("catalogue", "add", "aws.csv", "--date", "2026-11-01")
    assert (answer.code, answer.out.splitlines()[:2]) == (
        0, ["aws.csv (gpuhunt, read with decimal commas): read 5 rows",
            "          3 kept, as 2 rows of offers"],
    )  # fmt: skip
    assert "1 dropped: spot is neither true nor false, for example “VIELLEICHT”" in answer.out
    rows = {row["instance"]: row for row in csv.DictReader((desk / "catalogue/offers.csv").open())}
    assert rows["p5.48xlarge"]["on_demand_price"] == "6.88"
    assert rows["g6.xlarge"]["on_demand_price"] == "0.8048"
    assert not rows["p5.48xlarge"].get("spot_price")  # 127.52 is above the price on demand


@pytest.mark.parametrize(
    ("true", "false"),
    [("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("SI", "NO"), ("VERDADERO", "FALSO"), ("True", "False"),
     ("ИСТИНА", "ЛОЖЬ"), ("1", "0"), ("Oui", "Non"), ("SÍ", "NO")],
)  # fmt: skip
def test_truth_in_other_words(true: str, false: str, desk: Path, tco: Command) -> None:
    (desk / "aws.csv").write_text(
        "instance_name;location;price;gpu_count;gpu_name;gpu_memory;spot\r\n"
        f"p5.48xlarge;us-east-1;55,04;8;H100;80;{false}\r\n"
        f"p5.48xlarge;us-east-1;24,8;8;H100;80;{true}\r\n",
        encoding="utf-8",
    )
    assert tco("catalogue", "add", "aws.csv", "--date", "2026-11-01").code == 0
    (row,) = csv.DictReader((desk / "catalogue/offers.csv").open())
    assert (row["on_demand_price"], row["spot_price"]) == ("6.88", "3.1")


def test_an_export_whose_thousands_are_unclear_is_dropped_with_that_reason(
    desk: Path, tco: Command
) -> None:
    (desk / "aws.csv").write_text(
        "instance_name;location;price;gpu_count;gpu_name;gpu_memory;spot\r\n"
        "p5.48xlarge;us-east-1;55.040;8;H100;80;False\r\n"
        "g6.xlarge;us-east-1;1;1;L4;22;False\r\n"
    )
    answer = tco("catalogue", "add", "aws.csv", "--date", "2026-11-01")
    assert (
        answer.code == 0
        and ("1 dropped: the file does not say if a price is in thousands, for example “55.040”")
        in answer.out
    )
