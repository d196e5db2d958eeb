"""Sources: where every input comes from, guesses first; Inputs reads them from here."""

from __future__ import annotations

from tco.catalogue.shipped import MISSING
from tco.facts import Fact
from tco.lines import Cells, Reference, excel
from tco.model.evidence import evidence_kind, evidence_kinds, kind_of
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, height, span
from tco.workbook.grid import AS_BUILT, BUILT_DATE, FIRST_ROW, HEAD_ROW, Layout
from tco.workbook.places import Places
from tco.workbook.sheets import TABLES, purpose
from tco.workbook.tables import source_key

HERE = "\x01"  # in a formula written once for all rows; no text of a workbook can hold it
NUMBER, SOURCE, KIND, DATE, KEYS = range(1, 6)
KINDS = 9
_KINDS_AREA = span(KINDS, FIRST_ROW, FIRST_ROW + len(evidence_kinds.ids) - 1)
HEADINGS = ("No.", "Source in use", "Kind", "Date", "Input", "As built", "Its date")


def place_sources(scenario: Scenario) -> Places:
    """One row an input, guesses first; what is stated stands here and Inputs reads it."""
    facts = {key: fact.under_case for key, fact in scenario.facts.items()}
    known = [key for key, fact in facts.items() if fact.source and fact.origin != "none"]
    ranked = sorted(known, key=lambda key: evidence_kind(facts[key].source) != "guess")
    rows = [source_key(axis, number) for axis, found in scenario.tables.items()
            for number in range(len(found))]  # fmt: skip
    kinds = {} if _has_kinds(scenario) else {"evidence_kinds": ("Sources", _KINDS_AREA)}
    placed = {key: row for row, key in enumerate([*ranked, *rows], FIRST_ROW)}
    return Places(source_rows=placed, ranges=kinds)


def _has_kinds(scenario: Scenario) -> bool:
    """Whether a sheet of evidence lists its kinds."""
    return any(one.along == "evidence_kinds" for one in scenario.model.lines.values())


def draw_sources(layout: Layout) -> Sheet:
    """The source in use of every input follows choices and overrides."""
    sheet = Sheet("Sources")
    layout.head(sheet, purpose("Sources", layout.model),
                HEADINGS, wide=AS_BUILT)  # fmt: skip
    sheet.widths = {
        NUMBER: 8,
        SOURCE: 64,
        KIND: 14,
        DATE: 14,
        KEYS: 30,
        AS_BUILT: 62,
        BUILT_DATE: 14,
    }
    if layout.ranges["evidence_kinds"][0] == sheet.title:
        _list_kinds(sheet)
    kind = _kind(layout)
    given = {source_key(axis, number): row for axis, rows in layout.scenario.tables.items()
             for number, row in enumerate(rows)}  # fmt: skip
    for key, row in layout.source_rows.items():
        fact = given.get(key) or layout.scenario.facts[key].under_case
        looked_up = isinstance(fact, Fact) and _looked_up(layout, key, fact)
        built = "looked up in the catalogue" if looked_up else fact.source
        date = MISSING if looked_up else fact.date or MISSING
        said, day = built, date
        if looked_up or key in layout.changed_by_own:
            said, day = (layout.scenario.evidence_of(key, part) for part in ("source", "date"))
        sheet.put(row, NUMBER, row - FIRST_ROW + 1, "fact:1")
        for column, part, value in ((SOURCE, "source", said), (DATE, "date", day)):
            look = "link:date" if part == "date" else "linktext"
            sheet.put(row, column, value, look, _evidence(layout, key, part))
        sheet.put(row, KIND, evidence_kind(said), "notecalc",
                  kind.replace(HERE, address(row, SOURCE, fixed="c")))  # fmt: skip
        sheet.put(row, KEYS, key, "key")
        sheet.put(row, AS_BUILT, built, "note")
        sheet.put(row, BUILT_DATE, date, "unit:date")
        sheet.heights[row] = height((said, sheet.widths[SOURCE]), (built, sheet.widths[AS_BUILT]))
    return sheet


def _evidence(layout: Layout, key: str, part: str) -> str:
    """The cell where the source or the date in use of an input, or of a given row, stands."""
    if key in layout.row_evidence:
        at, column = layout.row_evidence[key]
        return f"{TABLES}!{address(at, column + (part == 'date'), fixed='rc')}"
    owner, at, column = layout.home[f"{key}_{part}"]
    return f"{owner}!{address(at, column, fixed='rc')}"


def _list_kinds(sheet: Sheet) -> None:
    """The kinds of evidence, beside the sources where no sheet of evidence has them."""
    sheet.put(HEAD_ROW, KINDS, "Kinds of evidence", "head")
    sheet.widths |= {KINDS - 1: 2, KINDS: 18}
    for row, kind in enumerate(evidence_kinds.ids, FIRST_ROW):
        sheet.put(row, KINDS, kind, "fact:text")


def _kind(layout: Layout) -> str:
    """The formula of the kind of evidence, as Evidence has it; `HERE` is the cell of a source."""
    cells = Cells(at=lambda key: HERE, before=str, range=lambda key: "!".join(layout.ranges[key]))
    return excel(kind_of(Reference("source"), Reference("evidence_kinds")), cells)


def _looked_up(layout: Layout, key: str, fact: Fact) -> bool:
    """Whether Inputs looks an input's source up, so that it follows the choice."""
    return bool(layout.model.givens[key].catalogue) and fact.origin == "catalogue"
