"""The scenario that a workbook carries: read back from its sheet Scenario, and loaded from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tco.carried import CATALOGUE, PROGRAM, Carried, NotCarriedError, Row, from_rows
from tco.errors import mistake
from tco.read.loading import load_carried
from tco.scenario import Scenario
from tco.verify.parts import Cell
from tco.verify.reading import look_up, number_of_text, value_of
from tco.workbook.grid import FIRST_ROW
from tco.workbook.original import NAME, NUMBER, TEXT, WHAT
from tco.workbook.sheets import ORIGINAL


@dataclass(frozen=True)
class Original:
    """What a workbook says it was built from: the program's version, its figures, the scenario."""

    version: str
    catalogue: str
    carried: Carried


def load_book(name: str, sets: Iterable[str] = ()) -> Scenario:
    """The scenario that a workbook carries, with settings laid over it.

    Raises:
        Mistakes: everything that is wrong with it, or that the workbook carries none.
    """
    found = original_in(Path(name))
    if found is None:
        raise mistake(
            name, "this workbook does not carry its scenario",
            "Name one that tco 0.10 or a later one built, or the scenario's file.",
        )  # fmt: skip
    return load_carried(found.carried, name, sets)


def original_in(path: Path) -> Original | None:
    """What a workbook was built from; None where it does not say.

    Raises `Mistakes` where it is no workbook, or what it carries is damaged.
    """
    cells: dict[tuple[int, int], str | int] = {}

    def visit(_: str, cell: Cell) -> None:
        if cell.row >= FIRST_ROW and cell.column <= TEXT:
            shared = cell.kind == "s" and cell.text is not None
            cells[cell.row, cell.column] = number_of_text(cell) if shared else _text(value_of(cell))

    texts = look_up(path, {ORIGINAL}, visit)
    if not cells:
        return None
    known = texts({one for one in cells.values() if isinstance(one, int)})
    said = {key: known[one] if isinstance(one, int) else one for key, one in cells.items()}
    rows = [_row(said, row) for row in range(FIRST_ROW, max(said)[0] + 1) if (row, WHAT) in said]
    return original_of(path, rows)


def original_of(path: Path, rows: Iterable[Row]) -> Original:
    """What a workbook was built from, as the rows of its sheet say it. Raises `Mistakes`."""
    rows = list(rows)
    about = {what: (name, text) for what, name, _, text in rows if what in (PROGRAM, CATALOGUE)}
    try:
        carried = from_rows(rows)
    except NotCarriedError as error:
        raise mistake(f"{path}, sheet {ORIGINAL}", f"the scenario cannot be read: {error}",
                      "Name the workbook as tco wrote it.") from None  # fmt: skip
    return Original(about.get(PROGRAM, ("", ""))[1], about.get(CATALOGUE, ("", ""))[1], carried)


def _row(said: dict[tuple[int, int], str], row: int) -> Row:
    number = said.get((row, NUMBER), "0")
    return (said.get((row, WHAT), ""), said.get((row, NAME), ""),
            int(float(number)) if number else 0, said.get((row, TEXT), ""))  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
