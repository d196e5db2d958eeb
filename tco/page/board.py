"""What stands on the board's page of a scenario: one page, the same for every reader of it.

What is shown is decided here and follows from the model; where it stands and how it looks is
decided by whoever draws it: the first sheet, a deck, slides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tco import __version__
from tco.lettering import millimetres
from tco.lines import Excerpt, Undefined
from tco.model.board import board_lines, tiles
from tco.model.cost.way import Way
from tco.model.own.driver import Outcome
from tco.model.state import TOLD
from tco.page.charts import deadline_curve
from tco.page.content import OF_WHICH, TOTAL, Cell, Chart, Column, Phrase, Ref, Row, Table, Tile
from tco.page.first import COST, cost_table, excerpt_table
from tco.page.values import printed
from tco.page.years import cash
from tco.scenario import Scenario

# What the amounts of the page begin with.
AMOUNTS = (
    "ranked_", "buy_total", "rent_total", "on_demand_total", "reserved_total", "spot_total",
    "runs_total", "run_cost", "programme_cost", "pipeline_cost", "stage_cost", "case_cost",
)  # fmt: skip
MOST_ROWS = 8  # of a table, for which a page has room
KINDS = 9  # of evidence
FEW_ROWS = 5  # of one below the others
UNIT, PADDING, POINTS = 11.0, 2.0, 9.0  # mm of a unit of the page, mm beside a text, its points
HALF, NAME_WIDE, BARS_WIDE = 12, 4, 2  # units of the larger half, of a name, of bars
IN_TIME = Phrase("Buying costs {}, renting {}", ("run_bought_words", "run_rented_words"))
APPROVALS = ("Finance", "Technology", "Procurement")


@dataclass(frozen=True)
class Bars:
    """Bars beside the rows of a table: the keys along it whose numbers they are.

    Of two the first is what speaks against, the second what speaks for it. Without any they are of
    the table's first column of numbers.
    """

    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """An outcome over two quantities: values down and across, the plan in the middle."""

    down: str
    across: str
    size: int


@dataclass(frozen=True)
class Exhibit:
    """One thing on the page: a heading that says what it is, and a table, chart or grid below.

    `wide` are the widths of the columns of a table, in units of a page of 24; bars stand in the
    column `bars_at`, counted from 0, before what would stand there.
    """

    title: Ref | Phrase | str
    block: Table | Chart | Grid
    wide: tuple[int, ...] = ()
    bars: Bars | None = None
    bars_at: int = 2


@dataclass(frozen=True)
class BoardPage:
    """The page: what is asked, the answer, what it hangs on, figures, exhibits, who approves.

    The exhibits stand in bands, from above.
    """

    sentences: tuple[Ref, ...]
    tiles: tuple[Tile, ...]
    bands: tuple[tuple[Exhibit, ...], ...]
    approvals: tuple[str, ...]
    foot: str

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its sentences and figures."""
        return frozenset({one.key for one in self.sentences} | {one.key for one in self.tiles})

    @property
    def exhibits(self) -> Iterator[Exhibit]:
        """All of them, as they are read."""
        return (one for band in self.bands for one in band)


def board_page(scenario: Scenario) -> BoardPage | None:
    """The board's page of a scenario; None where its kind has none."""
    model = scenario.model
    sentences = board_lines(model)
    if not sentences:
        return None
    return BoardPage(
        sentences=tuple(map(Ref, sentences)),
        tiles=tuple(Tile(key, label) for key, label in tiles(model)),
        bands=tuple(band for band in map(_filled, _bands(scenario)) if band),
        approvals=APPROVALS,
        foot=f"{scenario.name}; tco {__version__}; inputs {scenario.sha256[:12]}; "
        f"as of {scenario.as_of}",
    )


def _bands(scenario: Scenario) -> Iterator[tuple[Exhibit, ...]]:
    model = scenario.model
    if "ranked_name" in model:
        yield _options(scenario), _charted(cash(scenario))
        yield (*_turning(scenario), *_grid(scenario), *_evidence(scenario))
    else:
        yield tuple(_answered(scenario))
        yield (*_turning(scenario), *_ways(scenario), *_evidence(scenario))
    yield (*_assumed(scenario), _findings())


def _filled(band: tuple[Exhibit, ...]) -> tuple[Exhibit, ...]:
    """The exhibits that have something to show."""
    return tuple(one for one in band if not isinstance(one.block, Table) or one.block.rows)


def _charted(chart: Chart) -> Exhibit:
    return Exhibit(chart.title, chart)


# ---- what is chosen from ------------------------------------------------------------------------


def _columns(scenario: Scenario, *heads: tuple[str, str]) -> tuple[Column, ...]:
    """The heading and the key of each column; the first one's names the rows."""
    return tuple(Column(title, words=scenario.model[key].is_text) for title, key in heads)


def _along(scenario: Scenario, title: str, *heads: tuple[str, str], most: int = MOST_ROWS,
           places: Sequence[int] | None = None, counts: str = "") -> Table:  # fmt: skip
    """A table of keys along one axis, a row each."""
    keys = [key for _, key in heads]
    count = len(scenario.row_ids(scenario.model[keys[0]].along))
    shown = list(range(count) if places is None else places)[:most]
    rows = tuple(Row(tuple(_ref(scenario, key, number) for key in keys)) for number in shown)
    return Table(title, _columns(scenario, *heads), rows, counts=counts)


def _ref(scenario: Scenario, key: str, row: int | None) -> Ref:
    """A value in the scale of the page where it is an amount, and with few digits."""
    item = scenario.model.items.get(key)
    return Ref(key, row, form=_form(scenario, item.form) if item else "")


def amount_form(scenario: Scenario) -> str:
    """The form of every amount of the page: in one scale, that of its first figure.

    Without decimals where some amount has four digits before them.
    """
    scale = int(float(scenario.numbers["board_scale"]))
    sizes = (_size(scenario, key) for key in scenario.model.items if key.startswith(AMOUNTS))
    largest = max(sizes, default=0.0)
    if not scale and largest >= 1e5:
        return "board0 k"
    return f"board{scale}{' whole' * (largest >= 1000 * (1, 1e6, 1e9)[scale])}"


def _size(scenario: Scenario, key: str) -> float:
    """The largest of a key's amounts; 0 for what is no money."""
    if scenario.model[key].unit != "USD":
        return 0.0
    found = scenario.numbers[key]
    many = found if isinstance(found, np.ndarray) and found.ndim else [found]
    sizes = [abs(float(one)) for one in many if not isinstance(one, (str, Undefined))]
    return max((one for one in sizes if one == one), default=0.0)


def _form(scenario: Scenario, form: str) -> str:
    if form in ("USD", "USD exact"):
        return amount_form(scenario)
    return {"USD/GPU-h": "board rate", "t": "board kilo", "share": "board share"}.get(form, "")


def _scaled(scenario: Scenario, table: Table) -> Table:
    """A table of the page with its amounts in the scale of the page."""
    rows = [
        replace(row, cells=tuple(
            _ref(scenario, one.key, one.row) if isinstance(one, Ref) else one for one in row.cells
        ))
        for row in table.rows
    ]  # fmt: skip
    return replace(table, rows=tuple(rows))


def _options(scenario: Scenario) -> Exhibit:
    table = _along(
        scenario, "Options",
        ("Option", "ranked_name"), ("NPV", "ranked_npv"), ("Year 0", "ranked_day1_cash"),
        ("Peak", "ranked_peak_cash"), ("Bound", "ranked_obligation"),
        ("GPU-h", "ranked_hour_cost"), ("kt CO2e", "ranked_co2_tonnes"),
        ("In time?", "ranked_timing"),
        counts="ranked_eligible",
    )  # fmt: skip
    unit = scenario.numbers["board_unit"]
    title = f"Options for the same useful GPU-hours, {unit}; a GPU-h in {scenario.currency}"
    return Exhibit(title, table, (4, 1, 1, 1, 1, 1, 2, 1))


def _answered(scenario: Scenario) -> Iterator[Exhibit]:
    """What was asked, as its kind answers it, and a chart or a table beside it."""
    excerpts = [one for one in scenario.model.front.excerpts if not one.last]
    if excerpts:
        yield _excerpt(scenario, excerpts[0])
    if "buy_total" in scenario.model:
        curve = [replace(one, title=IN_TIME) for one in deadline_curve(scenario)]
        if curve and excerpts:
            yield _charted(curve[0])
        elif excerpts:
            yield Exhibit(_costing(scenario), _costs(scenario), (5, 1, 2))
        else:
            yield Exhibit(_costing(scenario), _costs(scenario), (4, 1, 5, 2), Bars())
            yield from map(_charted, curve[:1])


def _costing(scenario: Scenario) -> str:
    return f"{COST}, {scenario.numbers['board_unit']}"


def _costs(scenario: Scenario) -> Table:
    """What buying is made of, its total and no more."""
    table = cost_table(scenario)
    rows = [row for row in table.rows if row.reads != OF_WHICH]
    rows = [replace(row, cells=row.cells[:2]) if row.reads == TOTAL else row for row in rows]
    columns = (*table.columns[:1], Column(str(scenario.numbers["board_unit"])), *table.columns[2:])
    return _scaled(scenario, replace(table, columns=columns, rows=tuple(rows)))


def _excerpt(scenario: Scenario, excerpt: Excerpt) -> Exhibit:
    """The first columns and rows of a table of the kind, as many as there is room for."""
    table = excerpt_table(scenario, excerpt)
    keys = [(key, head) for key, head in excerpt.columns if key in scenario.model]
    plain = [row for row in table.rows if row.reads != TOTAL][:MOST_ROWS]
    forms = [_brief(scenario, key, len(plain)) for key, _ in keys]
    rows = [
        Row((row.cells[0], *_formed(row.cells[1:], forms)), row.reads)
        for row in (*plain, *(row for row in table.rows if row.reads == TOTAL))
    ]
    wide = [NAME_WIDE, *(_units(scenario, head, rows, place)
                         for place, (_, head) in enumerate(keys, 1))]  # fmt: skip
    count = max(place for place in range(1, len(wide)) if _takes(wide[: place + 1]) <= HALF)
    columns = [Column(head, words=scenario.model[key].is_text) for key, head in keys[:count]]
    shown = Table(
        table.title, (table.columns[0], *columns),
        tuple(Row(row.cells[: count + 1], row.reads) for row in rows), counts=table.counts,
    )  # fmt: skip
    money = scenario.model[keys[0][0]].unit == "USD"
    title = f"{table.title}, {scenario.numbers['board_unit']}" if money else table.title
    if (count_all := len(scenario.row_ids(excerpt.axis))) > len(plain):
        title = f"{title}: {len(plain)} of {count_all}"
    return Exhibit(title, shown, (*wide[:2], BARS_WIDE, *wide[2 : count + 1]), Bars())


def _takes(wide: Sequence[int]) -> int:
    return sum(wide) + BARS_WIDE


def _formed(cells: Sequence[Cell], forms: Sequence[str]) -> list[Cell]:
    """Cells in forms of their own."""
    return [replace(one, form=form) if isinstance(one, Ref) else one
            for one, form in zip(cells, forms, strict=False)]  # fmt: skip


# From what size on numbers of a column are shown in thousands, millions or billions.
_BRIEF = (
    (1e12, "board T"), (1e11, "board whole bn"), (1e9, "board bn"), (1e8, "board whole M"),
    (1e6, "board M"), (1e5, "board k"), (100, "board whole"),
)  # fmt: skip
_AS_THEY_ARE = ("share", "flag", "1", "date", "USD/GPU-h", "ratio", "USD")


def _brief(scenario: Scenario, key: str, rows: int) -> str:
    """The form of a column with few digits, by its largest number."""
    item = scenario.model[key]
    if item.is_text or item.unit in _AS_THEY_ARE:
        return _form(scenario, item.form)
    sizes = [abs(float(one)) for one in scenario.numbers[key][:rows]
             if not isinstance(one, str)]  # fmt: skip
    largest = max((one for one in sizes if one == one), default=0.0)
    return next((form for size, form in _BRIEF if largest >= size), "")


def _units(scenario: Scenario, head: str, rows: Sequence[Row], place: int) -> int:
    """How many units of the page a column needs."""
    texts = [printed(scenario, row.cells[place]) for row in rows if place < len(row.cells)]
    most = max(millimetres(one, POINTS) for one in (head, *texts))
    return max(1, math.ceil((most + PADDING) / UNIT))


def _ways(scenario: Scenario) -> Iterator[Exhibit]:
    """Buying against each way to rent, for kinds of one run."""
    if "rent_cost" not in scenario.model:
        return
    ways = [
        ("Buy", "buy_total"),
        *((one.name, one.total) for one in scenario.model.members.all(Way)),
    ]
    rows = [Row((name, _ref(scenario, key, None))) for name, key in ways]
    unit = str(scenario.numbers["board_unit"])
    columns = (Column("Way", words=True), Column(unit))
    yield Exhibit("This run, staff in all", Table("Ways", columns, tuple(rows)), (4, 1, 1))


# ---- what would turn it, and what it rests on ---------------------------------------------------


def _turning(scenario: Scenario) -> Iterator[Exhibit]:
    if "assumption_name" not in scenario.model:
        return
    tied = "assumption_turn" in scenario.model
    last = [("Turns at", "assumption_turn")] if tied else [("As planned", "assumption_plan")]
    table = _along(
        scenario, "What would change it", ("Driver, alone", "assumption_name"),
        ("Between", "assumption_range"), *last,
    )  # fmt: skip
    found = ("tornado_loss", "tornado_gain")
    costs = scenario.model.members.all(Outcome)[-1].costs
    bars = Bars(found[::-1] if costs else found)
    yield Exhibit("What would change the answer", table, (5, 3, 2, 2), bars)


def _grid(scenario: Scenario) -> Iterator[Exhibit]:
    if "grid_hours" in scenario.model:
        title = f"Owning over on-demand rent, {scenario.numbers['board_unit']}"
        yield Exhibit(title, Grid(down="grid_price", across="grid_use", size=5))


def _evidence(scenario: Scenario) -> Iterator[Exhibit]:
    if "grade_name" not in scenario.model:
        return
    table = _along(
        scenario, "What it rests on", ("Evidence", "grade_name"),
        ("Share", "grade_swing_share"), most=KINDS,
    )  # fmt: skip
    yield Exhibit("Uncertainty, by source", table, (2, 1, 2), Bars())


def _findings() -> Exhibit:
    """The first checks that fire, by name."""
    columns = (Column("Do not hold, see sheet Checks:", words=True),)
    rows = tuple(Row((Ref(key),)) for key in TOLD[:FEW_ROWS])
    return Exhibit("Is anything wrong with this book?", Table("Checks", columns, rows), (5,))


def _assumed(scenario: Scenario) -> Iterator[Exhibit]:
    if "assumption_name" not in scenario.model:
        return
    table = _along(
        scenario, "Assumptions", ("Assumption", "assumption_name"), ("Plan", "assumption_plan"),
        ("Rests on", "assumption_kind"), ("Date", "assumption_date"), ("From", "assumption_from"),
        most=FEW_ROWS,
    )  # fmt: skip
    yield Exhibit("The assumptions that matter most", table, (5, 2, 4, 1, 5))
