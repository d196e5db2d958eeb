"""Charts of the first page: bars of its tables, what moves it most, and other deadlines."""

from __future__ import annotations

from dataclasses import replace

from tco.model.own.driver import Outcome
from tco.page.content import (
    BARS,
    LINES,
    TORNADO,
    TOTAL,
    Along,
    Chart,
    Phrase,
    Ref,
    Series,
    Table,
)
from tco.page.scales import places_of_ends, scale_of, steps_between, without_zero
from tco.page.values import points
from tco.quantities import money
from tco.quantities.forms import form
from tco.scenario import Scenario

MILLIONS = '#,##0.0,,"  M"'
MOST_DRIVERS = 10
SMALL = ("USD", "parameter", "token")  # units whose numbers have a scale


def table_bars(
    scenario: Scenario, table: Table, title: Ref | Phrase | str, about: str = "", *,
    apart: bool = False,
) -> Chart:  # fmt: skip
    """The first column of a table as bars, down to its first total.

    Rows at its end that come to nothing are not drawn.

    Args:
        about: what it shows, where its title is a sentence.
        apart: whether the first bar is of another kind than the rest.
    """
    ends = [number for number, row in enumerate(table.rows) if row.reads == TOTAL]
    rows = list(table.rows[: ends[0]] if ends else table.rows)
    while len(rows) > 1 and not points(scenario, (rows[-1].cells[1],))[0]:
        rows.pop()
    values = tuple(row.cells[1] for row in rows)
    first = values[0]
    assert isinstance(first, Ref)
    item = scenario.model[first.key]
    unit = money(item.unit, scenario.currency)
    scale = scale_of(points(scenario, values))
    scaled = item.unit in SMALL
    said = scale.of(_counted(scenario, item.unit)) if scaled else unit
    return Chart(
        BARS,
        title,
        across=tuple(row.cells[0] for row in rows),
        series=(Series(unit, values),),
        unit=said,
        form=scale.form if scaled else form(item.form).cell,
        apart=apart,
        table=table.title,
        basis=f"{about}, {said}" if about else said,
    )


def tornado(scenario: Scenario) -> list[Chart]:
    """What moves the outcome most: a bar for each driver to both sides of the plan."""
    swings = points(scenario, Along("tornado_swing"))
    drawn = sum(bool(one) for one in swings if isinstance(one, float))
    stop = min(drawn, MOST_DRIVERS)
    outcome = scenario.model.members.all(Outcome)[-1]
    shown = (("tornado_loss", "less"), ("tornado_gain", "more"), ("tornado_room", "room"))
    sides = tuple(Series(name, Along(key, stop=stop)) for key, name in shown)
    if not stop:
        return []
    scale = scale_of(one for side in sides for one in _sizable(points(scenario, side.values)))
    unit = scale.of(_counted(scenario, outcome.unit))
    label = outcome.label[:1].lower() + outcome.label[1:]
    said = f"Change of {label} from the plan, {unit}: dark more, orange less"
    return [
        Chart(TORNADO, Ref("tornado_words"), Along("tornado_label", stop=stop), sides, unit,
              scale.form, label_form=without_zero(scale.form), signed=True, basis=said)
    ]  # fmt: skip


def _counted(scenario: Scenario, unit: str) -> str:
    """A unit behind a number: money, or how many of something."""
    return scenario.currency if unit == "USD" else f"{unit}s"


def _sizable(values: list[float | str | None]) -> list[float]:
    """The numbers without those that are small beside the largest: they choose no scale."""
    sizes = [one for one in values if isinstance(one, float)]
    most = max(map(abs, sizes), default=0.0)
    return [one for one in sizes if abs(one) * 100 >= most]


def deadline_curve(scenario: Scenario) -> list[Chart]:
    """Buying and renting by days allowed; none where given totals leave no curve to draw."""
    names = {"buy_total": "Buy", "rent_total": "Rent"}
    said = f"Buying in time costs {{}} {scenario.currency}, renting {{}}"
    title = Phrase(said, ("buy_total", "rent_total"))
    return _by_deadline(scenario, names, title, "Buying and cheapest rent in time",
                        scenario.currency)  # fmt: skip


def deadline_counts(scenario: Scenario) -> list[Chart]:
    """GPUs by days allowed; none where their count is given."""
    title = Phrase("To be in time takes {} GPUs", ("gpus",))
    return _by_deadline(scenario, {"gpus": "GPUs"}, title, "GPUs bought", "")


def _by_deadline(
    scenario: Scenario, names: dict[str, str], title: Phrase, about: str, unit: str
) -> list[Chart]:
    drawn = [Series(name, Along(key)) for key, name in names.items()
             if scenario.trades_time and key in scenario.deadline_targets]  # fmt: skip
    if not drawn:
        return []
    days = [float(one) for one in scenario.deadlines]
    named = ended(scenario, tuple(drawn), floor=0.0)
    if not named:
        return []
    scale = scale_of(_sizable([one for line in named for one in points(scenario, line.values)]))
    whole = len(drawn) == len(names)  # else the sentence would say what is not there
    chart = Chart(
        LINES, title if whole else about, Along("deadline_days"), named, scale.of(unit), scale.axis,
        across_unit="days to the deadline", across_form="#,##0",
        basis=", ".join(one for one in (f"{about}, by days allowed", scale.of(unit)) if one),
    )  # fmt: skip
    return [spanning(chart, days)]


def spanning(chart: Chart, across: list[float]) -> Chart:
    """A chart whose axis begins and ends where its values do, as they stand."""
    least, most = min(across), max(across)
    return replace(chart, across_least=least, across_most=most,
                   across_step=steps_between(least, most, len(across)))  # fmt: skip


def ended(
    scenario: Scenario, series: tuple[Series, ...], floor: float | None = None
) -> tuple[Series, ...]:
    """Lines with the places of the names at their ends; those without a number are not drawn."""
    known = [(line, [one for one in points(scenario, line.values) if isinstance(one, float)])
             for line in series]  # fmt: skip
    series = tuple(line for line, found in known if found)
    values = [found for _, found in known if found]
    every = [one for line in values for one in line] + ([] if floor is None else [floor])
    places = places_of_ends([line[-1] for line in values], max(every) - min(every))
    return tuple(replace(one, end=place) for one, place in zip(series, places, strict=True))
