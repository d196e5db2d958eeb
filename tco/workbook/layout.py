"""The order of placing: everything gets its cell first, then its formula."""

from __future__ import annotations

from tco import __version__
from tco.page.first import page
from tco.scenario import Scenario
from tco.workbook.catalogues import catalogue_sheets
from tco.workbook.cells import Book
from tco.workbook.checks import checks_sheet, limits_sheet, place_checks
from tco.workbook.deadline import deadline_sheet
from tco.workbook.grid import Layout
from tco.workbook.inputs import fill_inputs, place_inputs
from tco.workbook.log import log_sheet
from tco.workbook.ownership import grid
from tco.workbook.pictures import deadline_charts
from tco.workbook.sheets import CATALOGUE_SHEETS, TABLES, working
from tco.workbook.sources import fill_sources, place_sources
from tco.workbook.summary import summary_places, summary_sheet
from tco.workbook.tables import fill_tables, place_tables
from tco.workbook.working import fill_working, place_working


def lay_out(scenario: Scenario) -> Book:
    """The book of a scenario."""
    layout = Layout(scenario)
    catalogue_sheets(layout)
    place_inputs(layout)
    place_tables(layout)
    place_sources(layout)
    place_checks(layout)
    plans = working(scenario.model)
    for plan in plans:
        place_working(layout, plan)
    fill_inputs(layout)
    fill_tables(layout)
    for plan in plans:
        fill_working(layout, plan)
    if "grid_hours" in scenario.model:
        grid(layout)
    if scenario.trades_time:
        deadline_sheet(layout)
    limits_sheet(layout)
    checks_sheet(layout)
    fill_sources(layout)
    layout.home |= summary_places(scenario.model)
    if scenario.trades_time:
        deadline_charts(layout)
    summary_sheet(layout, page(scenario))
    log_sheet(layout)
    for sheet in layout.sheets.values():
        sheet.colour = _tab_colour(sheet.title)
    return Book(
        title=scenario.title,
        subject="Training cost: buy or rent",
        sheets=list(layout.sheets.values()),
        names=layout.names(),
        properties={
            "tco_version": __version__,
            "scenario": scenario.path,
            "scenario_sha256": scenario.sha256,
        },
    )


def _tab_colour(title: str) -> str:
    if title == "Summary":
        return "1F3A5F"
    if title in ("Inputs", TABLES):
        return "E3A857"
    if title in ("Checks", "Limits", "Sources", "Log"):
        return "6B7785"
    if title in (*CATALOGUE_SHEETS.values(), "Choices"):
        return "A9B8C9"
    return "5B8DB8"
