"""Log: what made this file, what to know of it, and what was changed from the defaults."""

from __future__ import annotations

from typing import Any

from tco import __version__
from tco.catalogue.shipped import CATALOGUE_DATE, MISSING
from tco.facts import supplied
from tco.lines import Given, Undefined
from tco.quantities import is_date, show
from tco.workbook.cells import Sheet, height
from tco.workbook.grid import Layout
from tco.workbook.sheets import purpose


def draw_log(layout: Layout) -> Sheet:
    """What made this file, what to know of it, and what was changed from the defaults."""
    sheet, scenario = Sheet("Log"), layout.scenario
    layout.head(sheet, purpose("Log", layout.model), ("What", "Value", "Remark"),
                wide=3)  # fmt: skip
    sheet.widths = {1: 34, 2: 46, 3: 96, 4: 14}
    row = 4
    for what, value, remark in (*_made_by(layout), *_to_know(layout)):
        row += 1
        if not value and not remark:
            for column in (1, 2, 3):
                sheet.put(row, column, what if column == 1 else None, "section")
            continue
        sheet.put(row, 1, what, "labelwrap")
        sheet.put(row, 2, value, "plain:date" if is_date(value) else "plain")
        sheet.put(row, 3, remark, "note")
        sheet.heights[row] = height((remark, sheet.widths[3]), (value, sheet.widths[2]))
    row += 1
    for column, text in enumerate(
        ("Inputs given by the scenario", "used", "default or catalogue"), 1
    ):
        sheet.put(row, column, text, "section")
    for key, fact in scenario.facts.items():
        if fact.origin in ("scenario", "set") and key not in ("currency", "as_of"):
            row += 1
            item = layout.model[key]
            sheet.put(row, 1, key, "key")
            sheet.put(row, 2, _shown(fact.value, item.unit), "plain")
            sheet.put(row, 3, _instead(layout, key), "note")
    return sheet


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, str):
        return value
    return show(value, unit)


def _instead(layout: Layout, key: str) -> str:
    """What the input would have been."""
    item = layout.model[key]
    if not isinstance(item, Given):
        return MISSING
    other = supplied(layout.scenario.catalogue, item, layout.scenario.facts)
    return MISSING if isinstance(other.value, Undefined) else _shown(other.value, item.unit)


def _made_by(layout: Layout) -> list[tuple[str, str, str]]:
    scenario = layout.scenario
    return [
        ("What made it", "", ""),
        ("Program", f"tco {__version__}", "The same scenario and version give the same bytes."),
        ("Scenario", scenario.path, scenario.title),
        ("Hash of the inputs", scenario.sha256,
         "Of every input, its range and its source; the footer of each page carries its start."),
        ("As of", scenario.as_of, "Ages are counted from this day; no clock enters the file."),
        ("Catalogue", CATALOGUE_DATE, "The day its rows were read."),
        *(
            ("Own prices laid over it", str(one), f"sha256 {one.sha256}")
            for one in scenario.catalogue.own_lists
        ),
        ("Sheets", str(len(layout.order)), ", ".join(layout.order)),
    ]  # fmt: skip


def _scope(layout: Layout) -> tuple[str, str, str]:
    """What the costs leave out: of one run, or of years of ownership."""
    if "npv_own" in layout.model:
        said = ("Owning is paid in cash: no lease, no loan, no value of what is trained. "
                "Tax is one rate, losses are used at once.")  # fmt: skip
        return "Leases, loans, legal advice", "not in this view", said
    said = "Costs are those of one run; a block own: in the scenario adds owning for years."
    return "Discounting, tax, resale", "not in this view", said


def _ranges(layout: Layout) -> tuple[str, str, str]:
    """What becomes of the lows and highs: the sheets of ranges read them, where there are any."""
    if "Ranges" in layout.order:
        said = (
            "Without a range of its own an input has one by its kind of evidence: a guess of ours."
        )
        return "Low and high", "ranges, not forecasts", said
    said = "Recorded beside each input with its source; no formula of this book reads them."
    return "Low and high", "not used", said


def _to_know(layout: Layout) -> list[tuple[str, str, str]]:
    return [
        ("What to know", "", ""),
        _ranges(layout),
        ("Overrides", "not in the hash",
         "The hash is that of the file as built; Checks and Proof count inputs overridden since."),
        ("Prices", "not quotes", "Catalogue prices are dated observations; ask for a quote."),
        _scope(layout),
        ("Known limits", "currency", "Changing the currency's name in this file converts nothing: "
         "build again with currency and usd_rate."),
        ("Opening", "values are stored", "The file asks to be recalculated on opening, so that "
         "sentences have the reader's decimal mark: Excel asks on closing whether to save."),
    ]  # fmt: skip
