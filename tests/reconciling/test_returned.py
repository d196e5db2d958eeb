"""What came back is told cell by cell; of what cannot be told nothing is guessed or written."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tco.verify.tampering as tampering
from tco.files import bundled
from tests.errors.conftest import run_in
from tests.reconciling.editing import SMALL, Desk

PRICE = "runs.1.price"
pytestmark = pytest.mark.usefixtures("built_once")


def refused(at: Desk, *more: str) -> str:
    """What is said of a book that is refused; the file stays as it was."""
    before = at.file.read_bytes()
    done = at.pull(*more)
    assert done.code == 2 and not done.out, done
    assert at.file.read_bytes() == before
    assert sorted(one.name for one in at.folder.iterdir()) == [at.book.name, at.file.name]
    return done.err


def changed(at: Desk) -> tuple[list[str], list[str]]:
    """The lines that are gone from the file since it was built, and those that came."""
    text = (bundled("scenarios") / at.file.name).read_text(encoding="utf-8").splitlines()
    now = at.file.read_text(encoding="utf-8").splitlines()
    found = [one for one in difflib.ndiff(text, now) if one[0] in "-+"]
    return [one[2:] for one in found if one[0] == "-"], [one[2:] for one in found if one[0] == "+"]


# ---- what is pulled ------------------------------------------------------------------------------


def test_of_an_untouched_book_nothing_is_pulled(at: Desk) -> None:
    before = at.file.stat().st_mtime_ns
    done = at.pull()
    assert (done.code, done.out) == (
        0, f"{at.book.name}: nothing was changed since it was built\n"
    )  # fmt: skip
    at.edit(lambda book: None)  # saved by another program
    assert at.pull().out == done.out and at.file.stat().st_mtime_ns == before


def test_cells_of_rows_go_into_their_rows(at: Desk) -> None:
    at.type({PRICE: 7.5, "runs.3.counted_in": "TPU v3 chip", "=runs.4.devices": 63})
    done = at.pull()
    assert done.code == 0, done.err
    assert f"  {PRICE}: was 8.00, is 7.5  (Tables!" in done.out
    assert "-      price: 8.00\n+      price: 7.5\n" in done.out
    gone, came = changed(at)
    assert "      price: 7.5" in came and "      counted_in: TPU v3 chip" in came
    assert "      devices: 63" in came and "      devices: 64" in gone
    assert at.pull().code == 0  # the file has it already
    at.build()
    assert at.pull().out.endswith("nothing was changed since it was built\n")


def test_a_source_told_of_the_number_that_was_typed_over(at: Desk) -> None:
    at.type({PRICE: 7.5})
    at.pull()
    gone, came = changed(at)
    assert '      source: "stated: typed over, without a source"' in came
    assert any("&article" in one for one in gone)
    assert sum("&article article on what" in one or '&article "article on' in one
               for one in came) == 1  # fmt: skip


def test_the_rehearsal_writes_nothing(at: Desk) -> None:
    at.type({PRICE: 7.5})
    before = at.file.read_bytes()
    done = at.pull("--dry-run")
    assert done.code == 0 and "+      price: 7.5" in done.out
    assert "dry run: nothing was written" in done.out and at.file.read_bytes() == before


@pytest.mark.parametrize("typed", [datetime.date(2026, 5, 1), 46143, "2026-05-01"])
def test_a_day_is_pulled_as_one(at: Desk, typed: Any) -> None:
    at.type({"as_of": typed})
    assert at.pull().code == 0
    assert changed(at) == (["as_of: 2026-11-21"], ["as_of: 2026-05-01"])


def test_what_need_not_be_given_may_be_cleared(at: Desk) -> None:
    at.type({"=runs.1.preemptible_price": None})
    assert at.pull().code == 0
    assert "      preemptible_price: 2.40" in changed(at)[0]


def test_remarks_beside_the_inputs_stay_where_they_are(at: Desk) -> None:
    def change(book: Any) -> None:
        book["Summary"]["Z3"] = "asked the vendor"
        book.create_sheet("Mine")["A1"] = 1

    at.edit(change)
    at.type({PRICE: 7.5})
    done = at.pull()
    assert done.code == 0
    for said in ("sheet Mine: there", "Mine!A1: 1", "Summary!Z3: asked the vendor"):
        assert f"  {said}\n" in done.out.partition("in no scenario:\n")[2]


# ---- what is refused -----------------------------------------------------------------------------

FORMULA = "runs.1.price: a formula is typed: =4*2"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({PRICE: "=4*2"}, "a formula is typed: =4.0*2.0"),
        ({PRICE: "7,5"}, "“7,5” is a text, not a number"),
        ({PRICE: "#REF!"}, "an error stands there: #REF!"),
        ({PRICE: -1}, "-1"),
        ({"runs.1.counted_in": "abacus"}, "abacus is no row of units"),
        ({"runs.1.run": 5}, "5 is a number, and a text belongs here"),
        ({"as_of": "yesterday"}, "yesterday is no day"),
        ({"as_of": 0.5}, "0.5 is no day"),
        ({"currency": "EUR"}, "name the currency in the scenario's file"),
        ({"millions_from": 1e5}, "It only shows something in the workbook"),
        ({"=runs.1.hours": None}, "hours"),
        ({"usd_rate": 1.1}, "the currency is the US dollar"),
    ],
)
def test_what_is_none_of_it_is_refused_by_its_cell(
    at: Desk, typed: dict[str, Any], said: str
) -> None:
    at.type({**typed, "runs.2.price": 2.5})
    told = refused(at)
    assert said in told and re.search(r"(Tables|Inputs)![A-Z]+\d+", told), told


def test_all_that_is_wrong_is_said_at_once(at: Desk) -> None:
    at.type({PRICE: "=1", "runs.2.price": "x", "as_of": "y"})
    at.edit(lambda book: book["Inputs"].cell(4, 1, "Mine"))
    told = refused(at)
    for one in ("a formula", "“x” is a text", "y is no day", "Inputs!A4"):
        assert one in told, told


def a_formula_typed_over(book: Any) -> None:
    found = next(one for row in book["Demand"].iter_rows() for one in row
                 if isinstance(one.value, str) and one.value.startswith("="))  # fmt: skip
    found.value = 3


def a_heading_translated(book: Any) -> None:
    area = book["Tables"]
    for row in area.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("Override:"):
                cell.value = cell.value.replace("Override:", "Vorgabe:")


def no_names(book: Any) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def a_name_to_nowhere(book: Any) -> None:
    book.defined_names["as_of"].attr_text = "#REF!"


def a_row_copied_down(book: Any) -> None:
    area = book["Tables"]
    last = max(one for one in range(1, area.max_row + 1) if area.cell(one, 1).value)
    for column in range(1, area.max_column + 1):
        if str(area.cell(last, column).value or "").strip():
            area.cell(last + 1, column, area.cell(last, column).value)


def rows_sorted(book: Any) -> None:
    area = book["Inputs"]
    rows = [one for one in range(5, area.max_row + 1) if area.cell(one, 1).value in
            ("as_of", "usd_rate")]  # fmt: skip
    for column in (1, 2):
        one, other = (area.cell(row, column) for row in rows)
        one.value, other.value = other.value, one.value


def a_sheet_deleted(book: Any) -> None:
    del book["Tables"]


DAMAGE: dict[str, tuple[Callable[[Any], object], str]] = {
    "a formula typed over": (a_formula_typed_over, "1 place is not as built"),
    "a heading translated": (a_heading_translated, "it cannot be told what 9.25 is of"),
    "no names": (no_names, "name as_of: was Inputs!"),
    "a name to nowhere": (a_name_to_nowhere, "name as_of: was Inputs!"),
    "a row copied down and not changed": (a_row_copied_down, "StyleGAN is the name of row 7 too"),
    "rows sorted": (rows_sorted, "it cannot be told what"),
    "a sheet deleted": (a_sheet_deleted, "sheet Tables: was there, is gone"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_named_and_refused(at: Desk, kind: str) -> None:
    damage, said = DAMAGE[kind]
    at.type({PRICE: 9.25})
    at.edit(damage)
    told = refused(at)
    assert said in told and ("--partly" in told or "a row" in kind), told


def test_the_rest_may_be_taken_where_the_damage_is_elsewhere(at: Desk) -> None:
    at.type({PRICE: 9.25})
    at.edit(a_formula_typed_over)
    done = at.pull("--partly")
    assert done.code == 0 and "not taken, because it is not as built:" in done.out
    assert "      price: 9.25" in changed(at)[1]


@pytest.mark.parametrize("kind", ["a heading translated", "no names"])
def test_nothing_of_it_is_guessed_even_then(at: Desk, kind: str) -> None:
    at.type({PRICE: 9.25, "as_of": "2026-05-01"})
    at.edit(DAMAGE[kind][0])
    at.pull("--partly")
    text = at.file.read_text(encoding="utf-8")
    assert ("9.25" in text, "2026-05-01" in text) == (
        (False, True) if kind == "a heading translated" else (True, False)
    )


def test_a_book_without_its_scenario_is_refused(at: Desk) -> None:
    def change(book: Any) -> None:
        del book["Scenario"]

    at.edit(change)
    assert "does not carry its scenario" in refused(at)


def test_a_scenario_typed_over_is_refused(at: Desk) -> None:
    def change(book: Any) -> None:
        area = book["Scenario"]
        cell = next(one for row in area.iter_rows() for one in row if "kind: runs" in
                    str(one.value))  # fmt: skip
        area.cell(cell.row + 3, cell.column).value = "      devices: 17"

    at.edit(change)
    assert "scenario" in refused(at)


def test_what_is_no_book_of_ours_or_of_another_version_is_refused(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tampering, "__version__", "9.9.9")
    assert "it was built by tco" in refused(at)
    monkeypatch.undo()
    at.book.write_bytes(b"hello")
    assert str(at.book.name) in refused(at)
    at.book.unlink()
    done = at.pull()
    assert done.code == 2


def test_a_scenario_is_named_by_its_file(at: Desk, tmp_path: Path) -> None:
    done = run_in(tmp_path, "pull", at.book.name, SMALL)
    assert done.code == 2 and "no name of a scenario's file" in done.err


# ---- the folder where a book is built ------------------------------------------------------------


def test_a_build_over_an_edited_book_says_what_was_changed_and_three_ways(at: Desk) -> None:
    at.type({PRICE: 7.5, "runs.2.price": 2, "runs.3.price": 3, "runs.4.price": 4})
    done = run_in(at.folder, "build", at.file.name, "--out", ".")
    assert done.code == 2
    assert re.search(r"in 4 cells: Tables!\w+ \(\w+\), Tables!\w+ \(\w+\), Tables!\w+ \(\w+\), "
                     r"and 1 more\n", done.err), done.err  # fmt: skip
    assert f"tco pull {at.book.name} {at.file.name}." in done.err
    assert "--out" in done.err and "--force" in done.err
    assert at.pull().code == 0
    assert run_in(at.folder, "build", at.file.name, "--out", ".", "--force").code == 0
    assert run_in(at.folder, "build", at.file.name, "--out", ".").code == 0


def test_a_build_over_a_book_that_was_only_saved_says_so(at: Desk) -> None:
    at.edit(lambda book: None)
    done = run_in(at.folder, "build", at.file.name, "--out", ".")
    assert done.code == 2 and "nothing was changed in it" in done.err
