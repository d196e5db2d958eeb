"""From a scenario to its book: where everything stands, then sheet by sheet what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tco import __version__
from tco.scenario import Scenario
from tco.workbook import corners, drivers, pairs, ranges, risk, secants, used
from tco.workbook.board import draw_board, place_board
from tco.workbook.casetable import draw_cases, has_cases, place_cases
from tco.workbook.catalogues import draw_catalogue, draw_choices, place_choices
from tco.workbook.cells import Book, Sheet
from tco.workbook.checks import draw_checks, draw_limits, place_checks
from tco.workbook.contents import draw_contents
from tco.workbook.deadline import draw_deadline, place_deadline
from tco.workbook.fitting import fitted
from tco.workbook.grid import Layout
from tco.workbook.inputs import draw_inputs, place_inputs
from tco.workbook.jumping import with_jumps
from tco.workbook.log import draw_log
from tco.workbook.original import draw_original
from tco.workbook.ownership import draw_flip
from tco.workbook.places import Places, together
from tco.workbook.proof import counted, draw_proof
from tco.workbook.sheets import (
    BOARD,
    CASES,
    CATALOGUE_SHEETS,
    CONTENTS,
    DEADLINE,
    ORIGINAL,
    PROOF,
    TABLES,
    working,
)
from tco.workbook.sources import draw_sources, place_sources
from tco.workbook.summary import draw_summary, place_summary
from tco.workbook.tables import draw_tables, place_tables
from tco.workbook.working import draw_working, place_working

Drawer = Callable[[Layout], Sheet]

_DRAWERS: dict[str, Drawer] = {
    BOARD: draw_board,
    "Summary": draw_summary,
    "Inputs": draw_inputs,
    TABLES: draw_tables,
    CASES: draw_cases,
    DEADLINE: draw_deadline,
    "Checks": draw_checks,
    "Limits": draw_limits,
    "Sources": draw_sources,
    "Choices": draw_choices,
    PROOF: draw_proof,
    "Log": draw_log,
    ORIGINAL: draw_original,
}
# Sheets of workings that hold more than their lines and tables.
_DRAWERS_OF_OWN = {
    "Flip": draw_flip,
    corners.TITLE: corners.draw_corners,
    drivers.TITLE: drivers.draw_drivers,
    pairs.TITLE: pairs.draw_pairs,
    ranges.TITLE: ranges.draw_ranges,
    secants.TITLE: secants.draw_secants,
    used.TITLE: used.draw_used,
    risk.TITLE: risk.draw_risk,
}
_PLACERS_OF_OWN = {
    corners.TITLE: corners.place_corners,
    drivers.TITLE: drivers.place_drivers,
    pairs.TITLE: pairs.place_pairs,
    ranges.TITLE: ranges.place_ranges,
    secants.TITLE: secants.place_secants,
    risk.TITLE: risk.place_risk,
}


def lay_out(scenario: Scenario) -> Book:
    """The book of a scenario."""
    layout = places(scenario)
    return Book(
        title=scenario.title,
        subject="Training cost: buy or rent",
        sheets=counted(fitted(draw(layout)) for draw in drawers(layout).values()),
        names=layout.names(),
        properties={
            "tco_version": __version__,
            "scenario": scenario.path,
            "scenario_sha256": scenario.sha256,
        },
    )


def places(scenario: Scenario) -> Layout:
    """Where everything of a scenario's book stands."""
    return Layout(**vars(together(_parts(scenario))), scenario=scenario)


def _parts(scenario: Scenario) -> Iterator[Places]:
    yield place_board(scenario)
    yield place_summary(scenario)
    yield place_inputs(scenario)
    yield place_tables(scenario)
    if has_cases(scenario):
        yield place_cases(scenario)
    for plan in working(scenario.model):
        yield place_working(scenario, plan)
        if plan.title in _PLACERS_OF_OWN:
            yield _PLACERS_OF_OWN[plan.title](scenario, plan)
    if scenario.trades_time:
        yield place_deadline(scenario)
    yield place_checks(scenario)
    yield place_sources(scenario)
    yield place_choices(scenario)


def _around_plan(draw: Drawer, layout: Layout) -> Sheet:
    return draw(layout.planned)


def drawers(layout: Layout) -> dict[str, Drawer]:
    """What draws each sheet, by its title; they may be called in any order."""
    found = dict(_DRAWERS)
    for plan in working(layout.model):
        draw = partial(_DRAWERS_OF_OWN.get(plan.title, draw_working), plan=plan)
        found[plan.title] = partial(_around_plan, draw) if plan.page.planned else draw
    for name, title in CATALOGUE_SHEETS.items():
        found[title] = partial(draw_catalogue, name=name)
    found[CONTENTS] = draw_contents
    return {title: partial(_jumping, found[title]) for title in layout.order}


def _jumping(draw: Drawer, layout: Layout) -> Sheet:
    return with_jumps(layout, draw(layout))
