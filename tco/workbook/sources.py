"""Sources: where every input comes from, guesses first; Inputs reads them from here."""

from __future__ import annotations

from tco.catalogue import MISSING
from tco.facts import Fact, evidence_kind
from tco.lines import Given
from tco.workbook.cells import address, height
from tco.workbook.grid import FIRST_ROW, Layout

NUMBER, SOURCE, KIND, DATE, KEYS = range(1, 6)


def place_sources(layout: Layout) -> None:
    """One row a source and date of what is given or a default; one an input of the catalogue."""
    stated: dict[tuple[str, str], list[str]] = {}
    for key, fact in layout.scenario.facts.items():
        if fact.source and fact.origin != "none" and not _from_catalogue(layout, key, fact):
            stated.setdefault((fact.source, fact.date), []).append(key)
    ranked = sorted(stated, key=lambda one: (evidence_kind(one[0]) != "guess", one[0].lower(), one))
    layout.stated = [(*one, stated[one]) for one in ranked]
    for row, one in enumerate(ranked, FIRST_ROW):
        layout.source_rows |= dict.fromkeys(stated[one], row)


def fill_sources(layout: Layout) -> None:
    """What is stated stands here; what the catalogue gives follows its choice on Inputs."""
    sheet = layout.sheets["Sources"]
    layout.head(sheet, "where every input comes from; guesses first",
                ("No.", "Source", "Kind", "Date", "Inputs that rest on it"), wide=KEYS)  # fmt: skip
    sheet.widths = {NUMBER: 12, SOURCE: 92, KIND: 14, DATE: 14, KEYS: 80}
    row = FIRST_ROW
    for source, date, keys in layout.stated:
        named = [key for key in keys if not key.startswith("deadline_point")]
        points = ["the points of the deadline table"] if len(named) < len(keys) else []
        listed = ", ".join([*named, *points])
        sheet.put(row, NUMBER, row - FIRST_ROW + 1, "fact:1")
        sheet.put(row, SOURCE, source, "plain")
        sheet.put(row, KIND, evidence_kind(source), "unit")
        sheet.put(row, DATE, date or MISSING, "unit")
        sheet.put(row, KEYS, listed, "note")
        sheet.heights[row] = height((source, sheet.widths[SOURCE]), (listed, sheet.widths[KEYS]))
        row += 1
    layout.section(sheet, row, "From the catalogue, as chosen on Inputs", KEYS)
    for key, fact in layout.scenario.facts.items():
        if _from_catalogue(layout, key, fact):
            row += 1
            _live_row(layout, row, key)


def _live_row(layout: Layout, row: int, key: str) -> None:
    sheet = layout.sheets["Sources"]
    sheet.put(row, NUMBER, row - FIRST_ROW, "fact:1")
    sheet.put(row, KIND, "catalogue", "unit")
    sheet.put(row, KEYS, key, "note")
    for column, part in ((SOURCE, "source"), (DATE, "date")):
        owner, home_row, home_column = layout.home[f"{key}_{part}"]
        said = layout.scenario.evidence_of(key, part)
        sheet.put(row, column, said, "linktext",
                  f"{owner}!{address(home_row, home_column, fixed='rc')}")  # fmt: skip
    source = layout.scenario.evidence_of(key, "source")
    sheet.heights[row] = height((source, sheet.widths[SOURCE]))


def _from_catalogue(layout: Layout, key: str, fact: Fact) -> bool:
    """Whether Inputs looks an input's source up, so that it follows the choice."""
    item = layout.model.givens.get(key)
    return isinstance(item, Given) and bool(item.catalogue) and fact.origin == "catalogue"
