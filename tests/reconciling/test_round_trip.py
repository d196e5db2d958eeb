"""What is typed in LibreOffice goes into the file, and what that builds is what LibreOffice shows.

Wherever its rows, columns and sheets were moved, the same goes into the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tco.facts import TYPED
from tco.files import bundled
from tco.workbook.sheets import TABLES
from tco.workbook.tables import placed_tables
from tests.conftest import recalculate
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import Live
from tests.office.program import Key
from tests.reconciling.editing import Desk, desk, place_of

pytestmark = needs_libreoffice

OWN_CASES = """\
# A run with cases of its own.
workload:
  kind: train
  parameters: 8B
  tokens: 200B  # as planned
  deadline: 30 days
fleet:
  chip: h100-sxm5-80gb
buy:
  gpu_price: {value: 25_000, low: 20_000, high: 30_000, source: "guess: a round sum"}
case: glut
cases:
  glut:
    on_demand_price: 1.20
    mfu: 45 %
  late: {availability: 90 %}
"""
# By scenario: what is typed, by its cell as `place_of` has it.
TRIPS: dict[str, dict[str, Any]] = {
    "published-2019": {
        "runs.1.price": 7.5, "runs.3.counted_in": "TPU v3 chip", "=runs.4.devices": 63,
        "as_of": 46_143,
    },
    "llm-100b-10d": {
        "mfu": 0.41, "chip": "h100-sxm5-80gb", "staff_cost": 3_000_000, "whole_servers": 1,
        "deadline_days": 12.5, "=other_hardware_share": 0.25, "<gpu_price": 9_000,
    },
    "llm-four-stages": {
        "stages.1.flop": 1e24, "stages.2.days": 40, "=stages.3.item_price": 2.5,
        "pair_down": "mfu", "case": "costs most",
    },
    "wikitext-103-for-30-dollars": {"amp_mode": "O2", "budget_cost": 0.5},
    "gpt4-as-seen-in-2020": {"projection_basis": "law", "=to_parameters": 1e13},
    "icml-2024-programme": {"layers": 96, "terms.9.multiplicity": 30, "available_gpus": 50_000},
    "own-1024-h100": {
        "residual_share": 0.72, "horizon_years": 5, "tax_depreciation": "straight",
        "reserved_share": 0.6, "=server_price": 250_000, ">server_price": 310_000,
    },
    "rfq-512-b200": {
        "quotes.1.price": 400_000, "=quotes.2.delivery_share": 0.5, "rent_quotes.1.price": 3.25,
        "freight_share": 0.02, "=currencies.1.rate": 1.1,
    },
    "cases": {
        "glut:mfu": 0.5, "late:mfu": 0.3, "case": "late",
        "=tokens": 300e9,
    },
}  # fmt: skip
_STATED = re.compile(f"rebuilt .stated: .*, edited '{re.escape(TYPED)}'")


def at_desk(folder: Path, name: str) -> Desk:
    """The file and the book of a bundled scenario, or of the one with cases of its own."""
    return desk(
        folder, name, None if (bundled("scenarios") / f"{name}.yaml").exists() else OWN_CASES
    )


@pytest.mark.parametrize("name", TRIPS)
def test_what_is_typed_is_built_anew_from_the_file(
    name: str, tmp_path: Path, office: Office
) -> None:
    made, typed = at_desk(tmp_path, name), TRIPS[name]
    before = made.file.read_text(encoding="utf-8")
    as_sent = _copy(made, tmp_path / "as sent")
    live = Live(office, str(as_sent.file), made.book)
    live.book.changed = True  # it is not as it was afterwards
    office.ask("put", cells=[(*place_of(made.file, one), value) for one, value in typed.items()])
    shown = office.ask("now")
    office.ask("save", path=str(made.book))
    moved = _copy(made, tmp_path / "moved")
    _move(office, moved.book)

    done = made.pull()
    assert done.code == 0, done.err
    after = made.file.read_text(encoding="utf-8")
    assert _comments(before) == _comments(after)
    assert moved.pull().code == 0
    assert moved.file.read_text(encoding="utf-8") == after

    def got(key: Key) -> Any:
        rows = shown[key[0]]
        line = rows[key[1] - 1] if key[1] <= len(rows) else []
        return line[key[2] - 1] if key[2] <= len(line) else ""

    wrong = [one for one in live.differences(got, load(str(made.file))) if not _STATED.search(one)]
    assert not wrong, "\n".join(wrong[:12])


# By scenario: a table, what is typed in a row below it, and the row that is emptied.
ROWS: dict[str, tuple[str, dict[str, Any], int]] = {
    "llm-four-stages": (
        "stages", {"stage": "Distillation", "basis": "gpu_days", "gpus": 32, "days": 4}, 3,
    ),
    "rfq-512-b200": (
        "rent_quotes",
        {"provider": "Provider Z", "commitment": "on_demand", "price": 2.9, "currency": "USD",
         "valid_until": 46_400},
        2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_rows_that_are_typed_and_emptied_are_those_of_the_file(
    name: str, tmp_path: Path, office: Office
) -> None:
    made, (table, new, gone) = at_desk(tmp_path, name), ROWS[name]
    was = load(str(made.file))
    place = next(one for one in placed_tables(was) if one.table.key == table)
    columns = {place.table.spelled(one.key): place.column("Base", index)
               for index, one in enumerate(place.given)}  # fmt: skip
    cells = [(TABLES, place.last + 1, columns[key], value) for key, value in new.items()]
    cells += [(TABLES, place.first + gone - 1, column, "") for column in columns.values()]
    live = Live(office, str(made.file), made.book)
    live.book.changed = True
    office.ask("put", cells=cells)
    office.ask("save", path=str(made.book))
    moved = _copy(made, tmp_path / "moved")
    _move(office, moved.book)

    assert (done := made.pull()).code == 0, done.err
    assert moved.pull().code == 0
    assert moved.file.read_text(encoding="utf-8") == made.file.read_text(encoding="utf-8")
    before, after = ([one.values for one in load(str(at)).tables[table]]
                     for at in (_of_bundle(name), made.file))  # fmt: skip
    assert [*map(str, before[: gone - 1] + before[gone:])] == [*map(str, after[:-1])]
    typed = {"2027-01-13" if value == 46_400 else value for value in new.values()}
    assert typed <= set(after[-1].values())
    made.build()
    assert made.pull().out.endswith("nothing was changed since it was built\n")


def _of_bundle(name: str) -> Path:
    return bundled("scenarios") / f"{name}.yaml"


def _copy(made: Desk, folder: Path) -> Desk:
    """The same file and book in another folder."""
    folder.mkdir()
    for one in made.folder.glob(f"{made.name}.*"):
        (folder / one.name).write_bytes(one.read_bytes())
    return Desk(folder, made.name)


def _move(office: Office, path: Path) -> None:
    """Insert rows and a column, move a row, give sheets other names, and save."""
    office.ask("insert_rows", sheet="Inputs", row=1, count=2)
    office.ask("insert_rows", sheet="Inputs", row=12, count=1)
    office.ask("insert_columns", sheet="Inputs", column=5, count=1)
    office.ask("move_row", sheet="Inputs", row=15, to=11)
    names = {"Inputs": "All my inputs", "Scenario": "Source", "Cases": "It's a case"}
    for title in ("Tables", "Cases"):
        if title in office.ask("sheets"):
            office.ask("insert_rows", sheet=title, row=2, count=3)
            office.ask("insert_columns", sheet=title, column=2, count=1)
    for title, name in names.items():
        if title in office.ask("sheets"):
            office.ask("rename", sheet=title, name=name)
    office.ask("save", path=str(path))


def _comments(text: str) -> list[str]:
    return re.findall(r"(?m)(?:^|\s)#.*$", text)


@pytest.mark.parametrize("name", TRIPS)
def test_of_a_book_that_is_only_saved_again_nothing_is_pulled(name: str, tmp_path: Path) -> None:
    made = at_desk(tmp_path, name)
    recalculate([made.book], tmp_path / "out")[0].replace(made.book)
    done = made.pull()
    assert (done.code, done.out) == (
        0, f"{made.book.name}: nothing was changed since it was built\n"
    )  # fmt: skip
