"""Scenarios side by side: every column is its scenario, live, and what differs adds up."""

from __future__ import annotations

import functools
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tco.files import bundled
from tco.lines import Undefined
from tco.lines.sentences import day_of
from tco.model.state import WITHHELD
from tco.page.sideboard import side_board
from tco.page.sides import Comparison, Side, number
from tco.page.sidewords import sentences
from tco.quantities import is_date, show
from tco.verify import agree, verify
from tco.workbook.cells import Book, Sheet, address
from tco.workbook.joining import moving
from tco.workbook.package import to_bytes
from tco.workbook.sidegrid import ALL_INPUTS, ALL_LINES, COMPARE, FIRST, KEY, LABEL
from tco.workbook.sidesbook import lay_out_sides
from tests.errors.conftest import contents, run_in
from tests.loaded import SCENARIOS, load
from tests.office import Office, needs_libreoffice
from tests.office.live import stored
from tests.sampling import BY_NIGHT

TWO = ("llm-100b-10d", "llm-100b-engineered")
SMALL = ("published-2019", "llm-four-stages", "resnet50-tpu-or-gpu", "llm-100b-engineered")
# One of most kinds, and one that owns a fleet; by night a dozen, of every kind.
MIXED = ("llm-100b-engineered", "own-1024-h100", "published-2019", "wikitext-103-for-30-dollars",
         "llm-four-stages", "resnet50-tpu-or-gpu")  # fmt: skip
DOZEN = tuple(one for one in SCENARIOS if one != "published-runs")[:12]


def side_by_side(*names: str, sets: Mapping[int, tuple[str, ...]] | None = None) -> Comparison:
    """A comparison of bundled scenarios, some with settings by their place."""
    found = (load(name, (sets or {}).get(at, ())) for at, name in enumerate(names))
    return Comparison("variants", tuple(Side(chr(65 + at), one) for at, one in enumerate(found)))


@functools.cache
def book(names: tuple[str, ...]) -> tuple[Comparison, Book]:
    """A comparison and its book."""
    comparison = side_by_side(*names)
    return comparison, lay_out_sides(comparison)


@functools.cache
def written(names: tuple[str, ...], folder: Path) -> Path:
    """The file of a book."""
    folder.mkdir(exist_ok=True)
    path = folder / "variants.xlsx"
    path.write_bytes(to_bytes(book(names)[1]))
    return path


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of mixed kinds, an error in the last: four small ones by day, a dozen by night."""
    names = (*(DOZEN if BY_NIGHT else SMALL), "llm-100b-10d")
    last = len(names) - 1
    path = tmp_path_factory.mktemp("mixed") / "variants.xlsx"
    comparison = side_by_side(*names, sets={last: ("power_price=6",)})
    assert [side.stands for side in comparison.sides] == [True] * last + [False]
    path.write_bytes(to_bytes(lay_out_sides(comparison)))
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of two runs."""
    return written(TWO, tmp_path_factory.mktemp("two"))


def values(sheet: Sheet, label: str, first: int = 0) -> list[Any]:
    """The values beside a label, from the first row on that has it."""
    row = min(at for (at, column), cell in sheet.cells.items()
              if column == LABEL and cell.value == label and at >= first)  # fmt: skip
    return [sheet.cells[row, column].value for column in range(FIRST, max(sheet.cells)[1] + 1)
            if (row, column) in sheet.cells]  # fmt: skip


def heading(sheet: Sheet, words: str) -> int:
    """The row of the section that begins with these words."""
    return next(row for row in sheet.sections if str(sheet.cells[row, KEY].value).startswith(words))


# ---- the columns --------------------------------------------------------------------------------


def test_every_column_is_its_scenario() -> None:
    """All scalar inputs and lines by key, against each scenario evaluated by itself."""
    comparison, found = book(MIXED)
    seen = 0
    for title, rows in ((ALL_INPUTS, comparison.inputs), (ALL_LINES, comparison.lines)):
        sheet = found[title]
        for at, one in enumerate(rows, 6):
            for column, name in enumerate(MIXED, FIRST):
                key, cell = one.keys[column - FIRST], sheet.cells[at, column]
                if key is None:
                    assert cell.value == WITHHELD and not cell.formula
                    continue
                value = load(name).numbers[key]
                assert cell.formula and _same(cell.value, value), (title, key, name)
                seen += 1
    assert seen > 1500


def _same(shown: Any, value: Any) -> bool:
    if isinstance(value, Undefined):
        return shown in (value.why, WITHHELD)
    if isinstance(value, str):
        return bool(shown == (day_of(value) if is_date(value) else value))
    return bool(agree(float(shown), float(value)))


def test_independent_engines_confirm_every_formula(mixed: Path) -> None:
    for verdict in verify(mixed):
        assert verdict.confirmed and verdict.formulas > 12_000, verdict.differences[:5]


@needs_libreoffice
def test_libreoffice_confirms_the_comparison(two: Path, office: Office) -> None:
    """Of two by day; by night of a dozen of every kind."""
    _, found = book(DOZEN if BY_NIGHT else TWO)
    opened = office.open(written(DOZEN, two.parent / "dozen") if BY_NIGHT else two)
    seen = 0
    for title in (COMPARE, ALL_INPUTS, ALL_LINES):
        for (row, column), cell in found[title].cells.items():
            if cell.formula:
                got = opened[title, row, column]
                assert agree(stored(cell.value), got), (title, row, column, cell, got)
                seen += 1
    assert seen > 700


@needs_libreoffice
@pytest.mark.parametrize(
    ("letter", "key", "value"),
    [("B", "gpu_price", 12_500), ("B", "mfu", 0.31), ("B", "chip", "h100-sxm5-80gb"),
     ("A", "staff_cost", 3_000_000), ("A", "power_price", 6)],
)  # fmt: skip
def test_an_override_moves_its_own_column_alone(
    letter: str, key: str, value: Any, two: Path, office: Office
) -> None:
    """And the comparison is then that of the scenario built anew with that setting.

    At 6 USD a kWh an error stands in A: nothing is compared with it.
    """
    comparison, before = book(TWO)
    rebuilt = side_by_side(*TWO, sets={"AB".index(letter): (f"{key}={value}",)})
    after = lay_out_sides(rebuilt)
    sheet, _, cell = before.names[f"{letter}_{key}"].rpartition("!")
    assert sheet == f"'{letter} Inputs'"
    opened = office.open(two)
    changed = opened.edited([(f"{letter} Inputs", int(cell.rpartition("$")[2]), 5, value)])
    other = "B" if letter == "A" else "A"
    assert changed and not [at for at in changed if at[0].startswith(f"{other} ")]
    compared = 0
    for title in (COMPARE, ALL_LINES):
        rows, wanted = named_rows(before[title]), named_rows(after[title])
        for name in rows.keys() & wanted.keys():
            for column in (LABEL, FIRST, FIRST + 1):
                cell_of = after[title].cells.get((wanted[name], column))
                if cell_of is not None and cell_of.formula:
                    at = (title, rows[name], column)
                    got = changed.get(at, opened[at])
                    assert agree(stored(cell_of.value), got), (name, column, got, cell_of.value)
                    compared += 1
    assert compared > 350
    (told,) = sentences(rebuilt)
    assert told in {cell.value for cell in after[COMPARE].cells.values()}
    assert told != sentences(comparison)[0]


def named_rows(sheet: Sheet) -> dict[tuple[str, str, str], int]:
    """The rows of a sheet by their section, key and label; a sentence is named by its place.

    Less those that tell of the file itself, what is overridden in it for one.
    """
    found: dict[tuple[str, str, str], int] = {}
    section = ""
    for row in range(6, max(sheet.cells)[0] + 1):
        name, label = (sheet.cells.get((row, column)) for column in (KEY, LABEL))
        if name is not None and name.look == "section":
            section = str(name.value)
        elif label is not None:
            words = "sentence" if label.formula else str(label.value)
            if section.partition(" ")[0] not in ("What", "Inputs") or "made of" in section:
                found[section, str(name.value) if name else "", words] = row
    return found


# ---- what differs -------------------------------------------------------------------------------


def test_what_differs_adds_up_to_the_difference_of_the_total() -> None:
    """Each total by its parts, though one bills shares and the other servers."""
    comparison = side_by_side("llm-100b-10d", "buy-or-rent-100b", "llm-100b-engineered")
    assert [one.row.key for one in comparison.totals] == ["buy_total", "rent_total"]
    for total in comparison.totals:
        for at, whole in enumerate(comparison.changes(total.row)):
            parts = [comparison.part_changes(total, one)[at] for one in total.parts]
            assert agree(sum(parts) + comparison.other_changes(total)[at], whole)


def test_the_sentence_is_what_the_article_and_a_calculator_say() -> None:
    """142.79 M of the article less 65,607,364, and 10,830 GPUs at 10,000 less 31,228,200."""
    (said,) = sentences(side_by_side(*TWO))
    assert said == ("B: Total to buy 77.18 M USD less than in A (54.1%); "
                    "largest difference: GPUs, 77.07 M USD less")  # fmt: skip


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        ((), "B: Total to buy as in A (0.0%), each part too"),
        (("staff_cost=2_012_345",), "B: Total to buy 12,345 USD more than in A (0.0%), "
                                    "all of it Staff"),
        (("staff_cost=14_000_000",), "B: Total to buy 12.00 M USD more than in A (8.4%), "
                                     "all of it Staff"),
        (("staff_cost=14_000_000", "other_hardware_share=25 %", "datacenter_share=5 %"),
         "B: Total to buy 12.00 M USD more than in A (8.4%); "
         "largest difference: Staff, 12.00 M USD more"),
        (("power_price=6",), "B: Total to buy not compared while an error stands"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_moves_the_total(sets: tuple[str, ...], words: str) -> None:
    comparison = side_by_side("llm-100b-10d", "llm-100b-10d", sets={1: sets})
    assert sentences(comparison) == [words]
    sheet = lay_out_sides(comparison)[COMPARE]
    assert any(cell.value == words and cell.formula for cell in sheet.cells.values())


def test_a_part_that_only_one_has_is_nought_of_the_total_of_the_other(tmp_path: Path) -> None:
    """140e9 tokens at 1e-5 USD are 1.4 M; its name has a mark that formulas escape."""
    plain = "workload: {parameters: 7B, tokens: 140B, deadline: 30 days}\n"
    own = (
        "inputs: {licence_price: {unit: USD/token, value: 1e-5}}\n"
        "lines: {licence: {label: 'The \"licence\"', unit: USD, of: buy_total, "
        "formula: tokens * licence_price}}\n"
    )
    sides = []
    for letter, text in (("A", plain + own), ("B", plain), ("C", plain + own)):
        path = tmp_path / f"{letter}.yaml"
        path.write_text(text, encoding="utf-8")
        sides.append(Side(letter, load(str(path))))
    comparison = Comparison("variants", tuple(sides))
    found = sentences(comparison)
    share = 1.4e6 / (1.4e6 + float(sides[1].value("buy_total")))
    assert found[0] == (
        f'B: Total to buy 1.40 M USD less than in A ({share:.1%}), all of it The "licence"'
    )
    assert found[1] == "C: Total to buy as in A (0.0%), each part too"
    path = tmp_path / "variants.xlsx"
    path.write_bytes(to_bytes(lay_out_sides(comparison)))
    assert all(verdict.confirmed for verdict in verify(path))


def test_while_an_error_stands_nothing_of_that_scenario_is_compared() -> None:
    comparison = side_by_side("llm-100b-10d", "llm-100b-10d", sets={1: ("power_price=6",)})
    sheet = lay_out_sides(comparison)[COMPARE]
    assert values(sheet, "Total to buy") == [142_790_000.0, WITHHELD]
    changes = heading(sheet, "Difference")
    assert values(sheet, "Total to buy", changes) == [0.0, WITHHELD]
    assert str(sheet.cells[1, FIRST].value) == "FAIL: 1 error(s)"
    (total, *_) = [one for one in comparison.totals if one.row.key == "buy_total"]
    assert all(one[1] == WITHHELD for one in map(comparison.shown, total.parts))


def test_the_inputs_that_differ_are_listed_and_the_others_counted() -> None:
    comparison, found = book(TWO)
    listed = {one.key for one in comparison.differing}
    one, other = (load(name) for name in TWO)
    for key, fact in one.facts.items():
        if key in other.facts and one.model[key].along is None:
            differs = str(fact.value) != str(other.facts[key].value)
            prints = getattr(one.model[key], "prints", "")
            assert (key in listed) == (differs and not prints), key
    sheet = found[COMPARE]
    (differ,) = values(sheet, "Inputs that differ now, published figures too")
    (alike,) = values(sheet, "Inputs alike in all that have them")
    flags = [cell.value for (row, column), cell in found[ALL_INPUTS].cells.items()
             if column == FIRST + 2 and row > 5 and cell.formula]  # fmt: skip
    assert (differ, alike) == (sum(flags), len(flags) - sum(flags)) and differ > len(listed) > 5


def test_kinds_are_compared_by_what_they_share() -> None:
    comparison, found = book(MIXED)
    assert all(one.count > 1 for one in comparison.results)
    assert all(one.count == 1 for one in comparison.alone)
    shared = {one.key: one.keys for one in comparison.results}
    assert shared["runs_total"] == (None, None, "runs_total", None, None, "runs_total")
    assert shared["buy_total"] == ("buy_total", None, None, "buy_total", "buy_total", None)
    row = next(one for one in comparison.results if one.key == "runs_total")
    assert comparison.changes(row)[:2] == [WITHHELD, WITHHELD]
    first, last = (comparison.shown(row)[at] for at in (2, 5))
    assert number(first) and comparison.changes(row)[5] == pytest.approx(last - first)
    assert sentences(comparison)[-1].startswith("B, C, F have no total in common")
    assert "GPU-hours billed; in B: GPU-hours of the run" in {
        cell.value for (_, column), cell in found[COMPARE].cells.items() if column == LABEL
    }


# ---- the book -----------------------------------------------------------------------------------


def test_formulas_and_names_stay_in_their_scenario() -> None:
    moved = moving("B", ["Inputs", "Buy", "Chips"], {"Chips"})
    assert moved.formula("Inputs!$D$5*Buy!A1") == "'B Inputs'!$D$5*'B Buy'!A1"
    assert moved.formula("INDEX(Chips!$A$6:$A$9,'Buy'!A1)") == "INDEX(Chips!$A$6:$A$9,'B Buy'!A1)"
    assert moved.formula('"see Inputs!"&Inputs!A1&"Buy!"') == '"see Inputs!"&\'B Inputs\'!A1&"Buy!"'
    _, found = book(MIXED)
    titles = {one.title for one in found.sheets}
    for sheet in found.sheets:
        letter = sheet.title[:2] if sheet.title[1:2] == " " else ""
        for place, cell in sheet.cells.items():
            others = set(moved_titles(cell.formula)) if letter and "!" in cell.formula else set()
            assert all(one[:2] == letter or one[1:2] != " " for one in others), (sheet.title, place)
            assert others <= titles and len(cell.formula) < 250


def moved_titles(formula: str) -> list[str]:
    """The quoted sheets that a formula names."""
    return [part.rpartition("'")[2] for part in formula.split("'!")[:-1]]


def test_each_scenario_has_its_names_and_each_row_one() -> None:
    _, found = book(TWO)
    assert found.names["B_gpus"].startswith("'B Fleet'!")
    for name, key in (("buy_total", "buy_total"), ("mfu", "mfu")):
        sheet, _, area = found.names[name].rpartition("!")
        row = int(area.rpartition("$")[2])
        cells = found[sheet.strip("'")].cells
        assert cells[row, KEY].value == key
        assert area == f"{address(row, FIRST, fixed='rc')}:{address(row, FIRST + 1, fixed='rc')}"
    assert found.names.keys() >= {"A_mfu", "B_mfu"} and "'A " in found.names["A_mfu"]


def test_the_catalogue_stands_once_where_it_is_the_same() -> None:
    _, found = book(TWO)
    titles = [one.title for one in found.sheets]
    assert titles[:3] == [COMPARE, ALL_INPUTS, ALL_LINES]
    assert titles.count("Chips") == 1 and "A Chips" not in titles and "B Inputs" in titles
    assert len(set(titles)) == len(titles) and max(map(len, titles)) <= 31


def test_twelve_print_on_a3_and_two_on_a4_with_their_heads_on_every_page(two: Path) -> None:
    dozen = lay_out_sides(side_by_side(*("published-2019", "resnet50-tpu-or-gpu") * 6))
    assert [dozen[title].paper for title in (COMPARE, ALL_INPUTS, ALL_LINES)] == ["A3"] * 3
    assert [chr(65 + at) for at in range(12)] == [
        dozen[COMPARE].cells[4, column].value for column in range(FIRST, FIRST + 12)
    ]
    with zipfile.ZipFile(two) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        workbook = package.read("xl/workbook.xml").decode()
    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet
    assert "'Compare'!$1:$5" in workbook
    assert """location="'A Summary'!A1\"""" in sheet


def test_same_scenarios_same_bytes(two: Path) -> None:
    assert to_bytes(lay_out_sides(side_by_side(*TWO))) == two.read_bytes()


def test_the_package_is_valid_open_xml(tmp_path: Path) -> None:
    audit = Path(sys.executable).with_name("openxml-audit")
    if not audit.exists():
        pytest.skip("openxml-audit is not installed: pip install '.[test]'")
    path = tmp_path / "variants.xlsx"
    path.write_bytes(to_bytes(lay_out_sides(side_by_side("published-2019", "resnet50-tpu-or-gpu"))))
    done = subprocess.run([str(audit), "--output", "json", str(path)], capture_output=True,
                          text=True, timeout=300)  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


# ---- the deck and the command -------------------------------------------------------------------


def test_the_deck_has_the_tables_of_the_sheet() -> None:
    comparison, found = book(TWO)
    tables = {one.title: one for one in side_board(comparison).tables}
    made_of = tables["Total to buy: what it is made of"]
    assert made_of.headings == ("", "Unit", "A", "B")
    assert made_of.rows[-1].cells == ("Total to buy", "USD", "142,790,000", "65,607,364")
    sheet, results = found[COMPARE], tables["Results that two or more of them have"].rows
    assert len(results) == len(comparison.results) == 9
    for one, row in zip(comparison.results, results, strict=True):
        shown = values(sheet, one.label)
        assert list(row.cells[2:]) == [
            value if isinstance(value, str) else show(value, one.form) for value in shown
        ]


def test_the_command_writes_one_book_and_says_what_differs(tmp_path: Path) -> None:
    done = run_in(tmp_path, "build", *TWO, "--compare", "variants", "--set", "staff_cost=0")
    assert done.code == 0, done.err
    assert [one.name for one in (tmp_path / "output").iterdir()] == ["variants.xlsx"]
    assert "B: Total to buy 75.18" not in done.out and "B: Total to buy 77.18 M USD" in done.out
    assert "140,790,000" in done.out and done.out.rstrip().endswith("variants.xlsx")
    deck = run_in(tmp_path, "deck", *TWO, "--compare", "variants", "--format", "md")
    assert deck.code == 0, deck.err
    text = (tmp_path / "output" / "variants.md").read_text(encoding="utf-8")
    assert "| **Total to buy** | **USD** | **142,790,000** | **65,607,364** |" in text


def test_without_it_each_scenario_has_a_book_of_its_own(tmp_path: Path) -> None:
    done = run_in(tmp_path, "build", "published-2019", "resnet50-tpu-or-gpu", "--out", "o")
    assert done.code == 0 and {one.name for one in (tmp_path / "o").iterdir()} == {
        "published-2019.xlsx", "resnet50-tpu-or-gpu.xlsx",
    }  # fmt: skip


REFUSED = {
    "a.yaml --compare v": "one scenario has nothing to be compared with",
    "a.yaml a.yaml --compare v": "this scenario is named twice",
    "a.yaml ./a.yaml --compare v": "this scenario is named twice",
    "a.yaml b/a.yaml --compare v": "two scenarios are called a",
    "a.yaml euro.yaml --compare v": "its money is EUR, that of a.yaml USD",
    "a.yaml c.yaml --compare a": "would write the workbook of this scenario itself",
    "a.yaml c.yaml --compare o/v": "Did you mean --compare v --out o?",
    "a.yaml c.yaml --compare v.xlsx": "Did you mean --compare v?",
    "a.yaml c.yaml --compare o/v.xlsx": "Did you mean --compare v --out o?",
    "a.yaml c.yaml --compare ?": "this is no name for a file",
    "a.yaml none.yaml --compare v": "there is no such file",
    "a.yaml c.yaml --compare v --set nothing=1": "holds for every scenario, and c.yaml cannot",
    "a.yaml c.yaml --compare edited": "this workbook was edited since tco wrote it",
    "a.yaml c.yaml --compare folder": "folder.xlsx: cannot be written",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some scenarios, and what stands in the way of others."""
    plain = (bundled("scenarios") / "resnet50-tpu-or-gpu.yaml").read_text(encoding="utf-8")
    for name in ("a", "c", "b/a"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.yaml").write_text(plain, encoding="utf-8")
    euro = "currency: EUR\nusd_rate: {value: 0.9, date: 2026-11-20}\n"
    train = "workload: {parameters: 7B, tokens: 140B, deadline: 30 days}\n"
    (tmp_path / "euro.yaml").write_text(euro + train, encoding="utf-8")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "edited.xlsx").write_bytes(b"mine")
    (tmp_path / "output" / "folder.xlsx").mkdir()
    return tmp_path


@pytest.mark.parametrize("words", REFUSED)
def test_a_mistake_is_told_and_nothing_is_written(words: str, folder: Path) -> None:
    before = contents(folder)
    done = run_in(folder, "build", *words.split())
    assert done.code == 2 and REFUSED[words] in done.err, done.err
    assert contents(folder) == before and not done.out


def test_an_edited_book_is_replaced_when_that_is_asked(folder: Path) -> None:
    done = run_in(folder, "build", "a.yaml", "c.yaml", "--compare", "edited", "--force")
    assert done.code == 0 and (folder / "output" / "edited.xlsx").read_bytes()[:2] == b"PK"


def test_a_deck_of_several_asks_for_a_name(folder: Path) -> None:
    done = run_in(folder, "deck", "a.yaml", "c.yaml")
    assert done.code == 2 and "Type --compare NAME" in done.err
