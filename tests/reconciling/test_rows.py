"""Rows of tables that were typed below the others or emptied go into the file, however it is like.

The first half changes a book as people do, the second gives what was typed by hand and builds none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tco.reconciling.pulling import pulled
from tco.reconciling.returned import Returned
from tco.reconciling.rows import GoneRow, NewRow
from tco.verify.original import Original
from tco.workbook.tables import TablePlace, placed_tables
from tests.errors.conftest import run_in
from tests.loaded import load
from tests.reconciling.editing import Desk
from tests.reconciling.test_file import copied, written

pytestmark = pytest.mark.usefixtures("built_once")

# ---- in a book -----------------------------------------------------------------------------------

ADDED = {"run": "GPT-9", "devices": 128, "counted_in": "TPU v3 chip", "price": 7.5, "hours": 10}


def change(at: Desk, how: Callable[[Any, TablePlace], object], table: str = "runs") -> None:
    """Change the sheet of tables."""
    place = next(one for one in placed_tables(load(str(at.file))) if one.table.key == table)
    at.edit(lambda book: how(book["Tables"], place))


def column(place: TablePlace, block: str, key: str) -> int:
    model = {one.key: index for index, one in enumerate(place.given)}
    return place.column(block, next(index for one, index in model.items()
                                    if place.table.spelled(one) == key))  # fmt: skip


def row(sheet: Any, place: TablePlace, below: int, cells: Mapping[str, Any], block: str) -> None:
    """Type a row, so many below the last one."""
    for key, value in cells.items():
        sheet.cell(place.last + below, column(place, block, key)).value = value


def empty(sheet: Any, place: TablePlace, number: int) -> None:
    """Clear what the scenario gave in a row, counted from 1."""
    for index in range(len(place.given)):
        sheet.cell(place.first + number - 1, place.column("Base", index)).value = None


@pytest.mark.parametrize("block", ["Live", "Override", "Base"])
def test_a_row_typed_below_the_others_is_added(block: str, at: Desk) -> None:
    change(at, lambda sheet, place: row(sheet, place, 1, ADDED, block))
    done = at.pull()
    assert done.code == 0, done.err
    assert (
        "runs: a row was added: run GPT-9, devices 128, counted_in TPU v3 chip, price 7.5, "
        "hours 10  (Tables, row 27); the workbook computes nothing with it, the next one does"
    ) in done.out
    text = at.file.read_text(encoding="utf-8")
    assert text.split("      note: 8 V100 for a week\n")[1].startswith(
        "    - run: GPT-9\n      devices: 128\n      counted_in: TPU v3 chip\n      price: 7.5\n"
    )
    assert "the file has this already" in at.pull().out
    assert at.file.read_text(encoding="utf-8") == text
    rows = load(str(at.file)).tables["runs"]
    assert [one.name for one in rows[-2:]] == ["StyleGAN", "GPT-9"] and len(rows) == 8


def test_a_row_copied_down_is_what_was_changed_in_the_copy(at: Desk) -> None:
    def copy(sheet: Any, place: TablePlace) -> None:
        for number in range(1, place.aside + 3):
            sheet.cell(place.last + 1, number).value = sheet.cell(place.last, number).value
        row(sheet, place, 1, {"run": "StyleGAN 2"}, "Base")
        row(sheet, place, 1, {"hours": 200}, "Override")
        sheet.cell(place.last + 1, place.aside + 2).value = "told by mail"

    change(at, copy)
    assert at.pull().code == 0
    made = load(str(at.file)).tables["runs"][-1]
    assert (made.name, made.note) == ("StyleGAN 2", "told by mail")
    was = load(str(at.file)).tables["runs"][-2].values
    apart = {value for key, value in made.values.items() if str(was[key]) != str(value)}
    assert apart == {"StyleGAN 2", 200.0}


def test_two_rows_with_source_and_day_beside_other_changes(at: Desk) -> None:
    def both(sheet: Any, place: TablePlace) -> None:
        row(sheet, place, 1, ADDED, "Base")
        row(sheet, place, 2, {**ADDED, "run": "GPT-10"}, "Base")
        sheet.cell(place.last + 2, place.aside).value = "a letter"
        sheet.cell(place.last + 2, place.aside + 1).value = "2026-11-01"
        empty(sheet, place, 6)

    change(at, both)
    at.type({"runs.7.price": 2.5})
    done = at.pull()
    assert done.code == 0, done.err
    assert "runs: row 6 was emptied, and is taken out  (Tables, row 25)" in done.out
    rows = load(str(at.file)).tables["runs"]
    assert [one.name for one in rows[-3:]] == ["StyleGAN", "GPT-9", "GPT-10"]
    assert (rows[-1].source, rows[-1].date) == ("a letter", "2026-11-01")
    assert 2.5 in rows[-3].values.values()
    at.build()
    assert at.pull().out.endswith("nothing was changed since it was built\n")


def test_a_build_over_it_names_the_rows(at: Desk) -> None:
    change(at, lambda sheet, place: (row(sheet, place, 1, ADDED, "Base"), empty(sheet, place, 7)))
    done = run_in(at.folder, "build", at.file.name, "--out", ".")
    assert done.code == 2
    assert "Tables, row 27 (a row of runs)" in done.err and "Tables, row 26" in done.err


def _far(sheet: Any, place: TablePlace) -> None:
    row(sheet, place, 4, ADDED, "Base")


def _two_values(sheet: Any, place: TablePlace) -> None:
    row(sheet, place, 1, ADDED, "Base")
    row(sheet, place, 1, {"hours": 11}, "Live")


def _formula(sheet: Any, place: TablePlace) -> None:
    row(sheet, place, 1, {**ADDED, "hours": "=24*7"}, "Base")


def _words(sheet: Any, place: TablePlace) -> None:
    row(sheet, place, 1, {**ADDED, "hours": "a week"}, "Base")


def _no_day(sheet: Any, place: TablePlace) -> None:
    row(sheet, place, 1, ADDED, "Base")
    sheet.cell(place.last + 1, place.aside + 1).value = "last May"


def _deleted(sheet: Any, place: TablePlace) -> None:
    sheet.delete_rows(place.last)


def _meant_by_others(sheet: Any, place: TablePlace) -> None:
    empty(sheet, place, 1)


def _lacking(sheet: Any, place: TablePlace) -> None:
    row(sheet, place, 1, {"run": "GPT-9", "hours": 10}, "Base")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (_far, "A row of a table is typed directly below its last one"),
        (_two_values, "it says 10 and in Live 11"),
        (_formula, "hours: a formula is typed: =24.0*7.0"),
        (_words, "“a week” is a text, not a number"),
        (_no_day, "last May is no day"),
        (_deleted, "row 7 of runs was deleted, and what reads it is broken"),
        (_meant_by_others, "BERT-large is no row of runs"),
        (_lacking, "not given in this row"),
    ],
)
def test_what_cannot_be_told_is_refused(
    how: Callable[[Any, TablePlace], None], said: str, at: Desk
) -> None:
    before = at.file.read_bytes()
    change(at, how)
    done = at.pull()
    assert done.code == 2 and said in done.err, done.err
    assert at.file.read_bytes() == before


# ---- in files of every manner --------------------------------------------------------------------

HEAD = """\
workload:
  kind: runs
"""
NEW = {"run": "C", "devices": 3.0, "hours": 1.5, "price": 2.0}
A, B = "{run: A, devices: 8, hours: 2, price: 1}", "{run: B, devices: 4, hours: 3 h, price: 2}"
MANNERS = {
    "flow rows": f"  runs:\n    - {A}  # first\n    - {B}\n",
    "a flow list": f"  runs: [{A}, {B}]  # both\n",
    "blocks": "  runs:\n  -   run: A\n      devices: 8\n      hours: 2\n      price: 1\n\n"
              "  # the second\n  -   run: B\n      devices: 4\n      hours: 3 h\n      price: 2\n",
    "no end of line": f"  runs:\n    - {A}\n    - {B}",
    "JSON": '{"workload": {"kind": "runs", "runs": [{"run": "A", "devices": 8, "hours": 2, '
            '"price": 1}, {"run": "B", "devices": 4, "hours": "3 h", "price": 2}]}}',
}  # fmt: skip


def pull_rows(
    path: Path, added: Mapping[int, Mapping[str, Any]], gone: tuple[int, ...] = (),
    table: str = "runs",
) -> str:  # fmt: skip
    """The file once a book was pulled into it with rows more, by the one above them, and fewer."""
    scenario = load(str(path))
    assert scenario.carried
    back = Returned(Path("b.xlsx"), Original("", "", scenario.carried), scenario)
    given = {scenario.model.tables[table].spelled(one.key): one.key
             for one in scenario.model.along(table)}  # fmt: skip
    back.added = [
        NewRow(table, f"below {after}", after, {given[key]: one for key, one in row.items()}, {})
        for after, row in added.items()
    ]
    back.emptied = [GoneRow(table, f"row {number}", number, number) for number in gone]
    pulled(back, path)
    return path.read_text(encoding="utf-8")


def names(path: Path, table: str = "runs") -> list[str]:
    return [one.name for one in load(str(path)).tables[table]]


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize(
    ("added", "gone", "left"),
    [
        ((1,), (), "ABC"), ((0,), (), "ACB"), ((-1,), (), "CAB"), ((), (0,), "B"), ((), (1,), "A"),
        ((1,), (1,), "AC"), ((0,), (0,), "CB"), ((-1,), (1,), "CA"), ((1,), (0,), "BC"),
    ],
)  # fmt: skip
def test_rows_are_added_and_taken_out(
    manner: str, added: tuple[int, ...], gone: tuple[int, ...], left: str, tmp_path: Path
) -> None:
    text = MANNERS[manner]
    path = written(tmp_path, text if manner == "JSON" else HEAD + text)
    made = pull_rows(path, added=dict.fromkeys(added, NEW), gone=gone)
    assert "".join(names(path)) == left
    told = {one for one in ("# first", "# both", "# the second") if one in text}
    assert {one for one in told if one in made} == told - ({"# first"} if 0 in gone else set())
    if "C" in left:
        values = load(str(path)).tables["runs"][left.index("C")].values
        assert {3.0, 1.5, 2.0} <= set(values.values())
    assert pull_rows(path, {}) == made


def test_a_text_that_others_refer_to_stays_with_them(tmp_path: Path) -> None:
    rows = ("  runs:\n    - {run: A, devices: 8, hours: 2, price: 1, note: &n told}\n"
            "    - {run: B, devices: 4, hours: 3, price: 2, note: *n}\n")  # fmt: skip
    path = written(tmp_path, HEAD + rows)
    assert pull_rows(path, {}, (0,)).endswith(
        "  runs:\n    - {run: B, devices: 4, hours: 3, price: 2, note: &n told}\n"
    )


def test_the_last_row_of_a_table_stays(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}  runs:\n    - {A}\n    - {B}\n")
    with pytest.raises(Mistakes, match="the last row of its table"):
        pull_rows(path, {}, (0, 1))


def test_rows_of_a_table_beside_the_file(tmp_path: Path) -> None:
    path = copied("rfq-512-b200", tmp_path)
    before = (tmp_path / "rfq-512-b200.quotes.csv").read_text(encoding="utf-8").splitlines()
    new = {"vendor": "Vendor Z", "item": "server", "price": 377_000.0, "currency": "EUR",
           "min_quantity": 64.0, "incoterm": "CIP", "valid_until": "2027-02-28",
           "lead_weeks": 16.0, "warranty_years": 3.0, "deposit_share": 0.3, "delivery_share": 0.6,
           "power_kw": 14.3, "complies": "yes"}  # fmt: skip
    pull_rows(path, table="quotes", added={4: new}, gone=(2,))
    after = (tmp_path / "rfq-512-b200.quotes.csv").read_text(encoding="utf-8").splitlines()
    assert after[:3] == before[:3] and after[3:-1] == before[4:]
    assert after[-1].startswith("Vendor Z,server,,377000,EUR,64,CIP,2027-02-28,16,3,0.3,0.6,,,14.3")


def test_rows_that_the_product_knows_are_written_whole(tmp_path: Path) -> None:
    path = copied("own-1024-h100", tmp_path)
    was = load(str(path)).tables["price_history"]
    new = {"index": "H100 list index", "observed": "2026-11-01", "price": 4.01}
    made = pull_rows(path, table="price_history", added={len(was) - 1: new}, gone=(0,))
    now = load(str(path)).tables["price_history"]
    assert len(now) == len(was) and "\nhistory:\n  price_history:\n    - {index: " in made
    assert [one.values for one in now[:-1]] == [one.values for one in was[1:]]
    assert [one.source for one in now[:-1]] == [one.source for one in was[1:]]


def test_a_row_that_the_file_has_changed_since_is_not_taken_out(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}  runs:\n    - {A}\n    - {B}\n")
    scenario = load(str(path))
    assert scenario.carried
    back = Returned(Path("b.xlsx"), Original("", "", scenario.carried), scenario)
    back.emptied = [GoneRow("runs", "row 1", 0, 1)]
    path.write_text(path.read_text(encoding="utf-8").replace("devices: 8", "devices: 9"))
    with pytest.raises(Mistakes, match="row 1 of runs was emptied, and it was changed in the file"):
        pulled(back, path)
