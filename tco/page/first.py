"""What stands on the first page of a scenario, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from tco import __version__
from tco.lines import Excerpt, Given, Line, Model, Undefined
from tco.lines.parts import share_of
from tco.model.cost.way import Way
from tco.model.published.backtest import GROUPS
from tco.model.state import headlines, is_link, ranked
from tco.page.charts import deadline_curve, table_bars, tornado
from tco.page.content import (
    DECK,
    EVERYWHERE,
    LEFT,
    OF_WHICH,
    ON_PAPER,
    OVERRIDDEN,
    PLAIN,
    RIGHT,
    SHEET,
    TERMINAL,
    TOTAL,
    Chart,
    Column,
    Finding,
    Findings,
    Gap,
    Page,
    Phrase,
    Ref,
    Row,
    Table,
    Tile,
)
from tco.page.years import years_charts
from tco.quantities import money
from tco.scenario import Scenario

UNSAID = ("flag", "ratio", "share", "1", "count")  # units that a heading need not say
COST, RENT = "What it costs to buy", "Buy or rent this run"  # titles of tables
ON_DECKS = tuple(one for one in ON_PAPER if one != SHEET)


def page(scenario: Scenario) -> Page:
    """The first page of a scenario: what every reader of it sees, by the keys of its model."""
    tables = [*answers(scenario), *_behind_them(scenario)]
    tiles = _tiles(scenario.model)
    before = {ref.key for ref in _on_sheet(tables)} | {one.key for row in tiles for one in row}
    return Page(
        title=scenario.title,
        head=f"tco {__version__}; as of {scenario.as_of}; "
        f"money in {scenario.currency}{_bare(scenario)}; "
        f"scenario {scenario.path}, {scenario.sha256[:12]}",
        sentences=tuple(Ref(key) for key in ("error_sentence", *headlines(scenario.model))),
        tiles=tiles,
        blocks=(
            *tables,
            _resting_on(scenario, before),
            *_assumptions(scenario),
            findings(scenario),
            *([accuracy()] if "backtest_all_median" in scenario.model else []),
            *_charts(scenario, tables),
        ),
        foot=f"Scenario {scenario.path}, as of {scenario.as_of}; tco {__version__}; "
        f"inputs {scenario.sha256[:12]}. {_basis(scenario.model)}",
    )


def _basis(model: Model) -> str:
    """On what the figures of the tables stand."""
    if "npv_own" not in model:
        return "Costs of one run: undiscounted, before tax, no resale."
    years = "Over the years: nominal cash flows, discounted; the lenses as their captions say."
    run = "What it costs to buy or rent this run: undiscounted, before tax, no resale."
    return f"{years} {run}" if "buy_total" in model else years


def _tiles(model: Model) -> tuple[tuple[Tile, ...], ...]:
    rows = (model.front.tiles, model.front.second_tiles)
    found = (tuple(Tile(key, label) for key, label in row if key in model) for row in rows)
    return tuple(row for row in found if row)


def _on_sheet(tables: list[Table]) -> Iterator[Ref]:
    """The single values that tables show on the first sheet."""
    for one in tables:
        places = one.columns_on(SHEET)
        for row in one.rows_on(SHEET):
            cells = [cell for place, cell in enumerate(row.cells) if place in places]
            yield from (cell for cell in cells if isinstance(cell, Ref) and cell.row is None)


# ---- the answer ---------------------------------------------------------------------------------


def answers(scenario: Scenario) -> list[Table]:
    """What was asked: the tables of the kind, what buying costs, and buying against renting."""
    excerpts = scenario.model.front.excerpts
    tables = [excerpt_table(scenario, one) for one in excerpts if not one.last]
    if "buy_total" in scenario.model:
        tables.append(cost_table(scenario))
    if "rent_cost" in scenario.model:
        tables.append(_rent_table(scenario))
    return tables + [excerpt_table(scenario, one) for one in excerpts if one.last]


def excerpt_table(scenario: Scenario, excerpt: Excerpt) -> Table:
    """Columns of a table, a row each, and the total of the first column."""
    model, count = scenario.model, len(scenario.row_ids(excerpt.axis))
    shown = [(key, heading) for key, heading in excerpt.columns if key in model]
    rows = [
        Row((Ref(excerpt.names or excerpt.axis, number), *(Ref(key, number) for key, _ in shown)))
        for number in range(min(count, excerpt.most or count))
    ]
    if excerpt.total:
        rows.append(Row((model[excerpt.total].label, Ref(excerpt.total)), TOTAL))
    columns = [
        Column(_heading(scenario, heading, model[key]), words=model[key].is_text)
        for key, heading in shown
    ]
    return Table(
        excerpt.title,
        (Column("", words=True), *columns),
        tuple(rows),
        on=EVERYWHERE,
        counts=excerpt.counts,
    )


def _heading(scenario: Scenario, words: str, item: Given | Line) -> str:
    """A heading, and the unit below it where it needs saying."""
    if item.is_text or item.unit in UNSAID:
        return words
    return f"{words}, {money(item.unit, scenario.currency)}"


def cost_rows(model: Model) -> list[tuple[str, str]]:
    """The parts of what buying costs, each with its share of the total."""
    return [(one.key, share_of(one, "buy_total")) for one in model.members.of("buy_total")]


def cost_table(scenario: Scenario) -> Table:
    """What buying costs, line by line."""
    model = scenario.model
    rows = [Row((model[key].label, Ref(key), Ref(share))) for key, share in cost_rows(model)]
    energy = "datacenter_energy_cost"
    return Table(
        COST,
        (Column("Item", words=True), Column(scenario.currency), Column("of total")),
        (
            *rows,
            Row((model["buy_total"].label, Ref("buy_total"), "100.00%"), TOTAL),
            Row((f"{model[energy].label}, inside data centre", Ref(energy), ""), OF_WHICH),
            Row((Phrase("for {} GPUs, each", ("gpus",)), Ref("buy_cost_per_gpu"), ""), OF_WHICH),
        ),
        on=EVERYWHERE,
        side=LEFT,
    )


def _rent_table(scenario: Scenario) -> Table:
    """Buying against the ways of renting, the same staff in each."""
    model = scenario.model
    ways = [
        Row((one.name, Ref(one.total), Ref(one.cost), Ref(one.timing)))
        for one in model.members.all(Way)
    ]  # fmt: skip
    best = Phrase("Cheapest rent in time: {}", ("rent_option",))
    breakeven = "Runs at which buying breaks even (undiscounted, no resale)"
    return Table(
        RENT,
        (
            Column("Option", words=True),
            Column(f"{scenario.currency}, staff in"),
            Column("of which rent", on=(DECK, TERMINAL)),
            Column("Timing", words=True),
        ),
        (
            Row(("Buy", Ref("buy_total"), "–", "in time once delivered")),
            *ways,
            Row((best, Ref("rent_total"), Ref("rent_cost"), ""), TOTAL),
            Row(("of which paid but idle, if reserved", Ref("rent_reserved_idle_cost"), "", ""),
                OF_WHICH),
            Row((model["gpu_hours"].label, Ref("gpu_hours"), "", "")),
            Row((breakeven, Ref("breakeven_runs"), "", "against on demand")),
        ),
        on=EVERYWHERE,
        side=RIGHT,
    )  # fmt: skip


# ---- what it stands on --------------------------------------------------------------------------


def _bare(scenario: Scenario) -> str:
    """What a price without a currency was read as, where somebody may have meant dollars."""
    return f", bare prices are read as {scenario.currency}" if scenario.currency != "USD" else ""


def _behind_them(scenario: Scenario) -> list[Table]:
    """Beside the answer: what a source prints, and what the prices are worth."""
    tables = [published_table(scenario)]
    if "evidence_kinds" in scenario.model.axes:
        tables.append(_evidence_table(scenario))
    return [one for one in tables if one.rows]


def published_figures(model: Model) -> list[Given]:
    """The inputs that hold what a source prints of a line of the model."""
    return [one for one in model.givens.values() if one.prints in model and not one.along]


def published_table(scenario: Scenario) -> Table:
    """Published figures beside the computed ones.

    Those that no source prints are left out; a sheet without tables of the kind shows them with
    a dash, to be filled in.
    """
    model, rows = scenario.model, []
    for one in published_figures(model):
        fact = scenario.facts[one.key]
        unknown = isinstance(fact.value, Undefined)
        if unknown and model.front.excerpts:
            continue
        on = (SHEET,) if unknown else ON_PAPER
        ours = model[one.prints]
        pair = Ref(one.key, form=ours.form), Ref(one.prints)
        gap = Gap(one.key, one.prints)
        rows.append(Row((ours.label, *pair, gap, fact.note), on=on))
        rows += [
            Row((label, "", Ref(key)), OF_WHICH, on=on)
            for key, label in one.because
            if key in model
        ]
    return Table(
        "Published against computed",
        (
            Column("Figure", words=True),
            Column("published"),
            Column("computed"),
            Column("published over computed", on=ON_DECKS),
            Column("remark", words=True, on=ON_DECKS),
        ),
        tuple(rows),
        side=LEFT,
    )


def _evidence_table(scenario: Scenario) -> Table:
    """What the totals rest on, kind by kind."""
    rows = [
        Row((
            label,
            Ref("kind_buy_share", number), Ref("kind_buy_age", number, "count"),
            Ref("kind_rent_share", number), Ref("kind_rent_age", number, "count"),
            note,
        ))
        for number, (_, label, note) in enumerate(scenario.rows_of("evidence_kinds"))
    ]  # fmt: skip
    ages = Ref("buy_age_days", form="count"), "", Ref("rent_age_days", form="count")
    return Table(
        "Evidence for the prices behind the totals",
        (
            Column("Evidence", words=True),
            Column("of buying"),
            Column("age, days", on=ON_DECKS),
            Column("of renting"),
            Column("age, days", on=ON_DECKS),
            Column("meaning", words=True, on=ON_DECKS),
        ),
        (*rows, Row(("Mean age of their prices, days", *ages), OF_WHICH)),
        side=LEFT,
    )


def _resting_on(scenario: Scenario, before: set[str]) -> Table:
    """What matters most, as it stands; `before` is what the sheet shows above.

    Whatever else a sentence says stands here too, so that no figure in words stands alone.
    """
    model, front = scenario.model, scenario.model.front
    keys = _known(model, (*front.resting_on, *front.also_resting_on))
    composed = [model.lines[key] for key in headlines(model)]
    said = {need for one in composed for need in one.needs if not is_link(one)}
    keys += [key for key in model.items if key in said - {"errors"} - before - set(keys)]
    rows = [Row((model[key].label, Ref(key), _unit(scenario, key))) for key in keys]
    return Table(
        "What this rests on",
        (Column("Assumption", words=True), Column("Value"), Column("Unit", words=True)),
        (*rows, Row(("Inputs overridden in this file", Ref(OVERRIDDEN), ""))),
        on=(SHEET,),
        side=RIGHT,
    )


def _known(model: Model, keys: tuple[str, ...]) -> list[str]:
    """Those of the keys that the model has, each once."""
    return [key for key in dict.fromkeys(keys) if key in model]


def _unit(scenario: Scenario, key: str) -> str:
    item = scenario.model[key]
    if item.is_text or item.unit in ("share", "ratio"):
        return ""
    return money(item.unit, scenario.currency)


def _assumptions(scenario: Scenario) -> list[Table]:
    """What decks say the numbers rest on, each with its source."""
    model, front = scenario.model, scenario.model.front
    rows = [
        Row((model[key].label, Ref(key), _unit(scenario, key), _source(scenario, key)))
        for key in _known(model, (*front.resting_on, *front.assumptions))
        if _counts(scenario, key)
    ]
    heads = ("Assumption", True), ("Value", False), ("Unit", True), ("Source", True)
    columns = tuple(Column(title, words) for title, words in heads)
    return [Table("What this rests on", columns, tuple(rows), on=ON_DECKS)] if rows else []


def _counts(scenario: Scenario, key: str) -> bool:
    """Whether an assumption moves anything: not, where another option is chosen than it is of."""
    choice, option = scenario.model.front.only_where.get(key, ("", ""))
    return not choice or str(scenario.numbers[choice]) == option


def _source(scenario: Scenario, key: str) -> str:
    fact = scenario.facts.get(key)
    if fact is None:
        return str(scenario.numbers.get(f"{key}_source", "computed"))
    return ", ".join(part for part in (fact.source, fact.date) if part) or "not given"


def findings(scenario: Scenario) -> Findings:
    """The checks but for those of limits: errors first."""
    return Findings(
        "Findings",
        tuple(
            Finding(one.flag.label, one.kind, one.flag.key, one.says.key)
            for one in ranked(scenario.model)
        ),
    )


def accuracy() -> Table:
    """How far the defaults' GPU-hours lie from the published ones, by group."""
    names = ("runs", "lowest", "lower", "median", "upper", "highest")
    heads = ("Runs", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest")
    return Table(
        "Back-test: GPU-hours by default over those published",
        (Column("Group", words=True), *map(Column, heads)),
        tuple(
            Row((words, *(Ref(f"backtest_{group}_{name}") for name in names)),
                TOTAL if group == "comparable" else PLAIN)
            for group, words, _ in GROUPS
        ),
        on=ON_DECKS,
    )  # fmt: skip


# ---- charts -------------------------------------------------------------------------------------


def _charts(scenario: Scenario, tables: list[Table]) -> list[Chart]:
    """The charts in the order in which the tables stand, then those over years and deadlines."""
    model, currency = scenario.model, scenario.currency
    titles: dict[str, Ref | Phrase | str] = {one.title: one.chart for one in model.front.excerpts}
    titles[COST] = Phrase(f"Buying costs {{}} {currency}, which is {{}} a GPU",
                          ("buy_total", "buy_cost_per_gpu"))  # fmt: skip
    titles[RENT] = Phrase(f"Buying costs {{}} {currency}, the cheapest rent in time {{}}",
                          ("buy_total", "rent_total"))  # fmt: skip
    about = {COST: "What buying is made of", RENT: "Buy or rent this run, staff in all"}
    charts = [
        table_bars(scenario, one, titles[one.title], about.get(one.title, ""),
                   apart=one.title == RENT)
        for one in tables
        if titles.get(one.title)
    ]  # fmt: skip
    charts += tornado(scenario) if "tornado_gain" in model else []
    charts += years_charts(scenario)
    return [*charts, *deadline_curve(scenario)]
