"""Tornado: how far each driver moves the outcome over its range, the farthest first."""

import tco.model.evidence as evidence  # the module: its rows would be of this one too
from tco.lines import *
from tco.lines.roots import NOT_GIVEN
from tco.model.own.driver import Driver, Outcome
from tco.model.own.placing import by_place
from tco.model.own.ranges import WIDTHS

SECTION = "tornado"
PAGE = Page(
    "One input at a time over its range: how far each moves the outcome, the farthest first",
    tabular=True,
    place=118,
    planned=True,
)
FRONT = Front(
    excerpts=(
        Excerpt(
            "tornado",
            "What moves it most, one input at a time",
            (
                ("tornado_swing", "Swing"),
                ("tornado_range", "Between"),
                ("tornado_advantage_low", "At the least"),
                ("tornado_advantage_high", "At the most"),
                ("tornado_tie", "From plan to tie"),
            ),
            names="tornado_name",
            most=10,
            last=True,
        ),
    ),
)


@of_each(Driver)
def between(driver):
    """From the least to the most, in words."""

    def said(low, high):
        words = text("{} to {}", shown(low, driver.form), shown(high, driver.form))
        return where_known(words, low, NOT_GIVEN)

    yield Line(f"range_{driver.key}_words", f"From the least to the most: {driver.label.lower()}",
               "text", said, "What it probably is.",
               driver.ends, section="ranges")  # fmt: skip


@gathered
def drivers(members):
    """A row for each driver, and one for each place among them."""
    found = members.all(Driver)
    yield Rows(tuple((one.key, one.label, one.note) for one in found), "drivers")
    places = range(1, len(found) + 1)
    rows = tuple((f"place {place}", "", "–") for place in places)
    yield Rows(rows, "tornado", prefix="tornado_", kept_by="tornado_swing")


def _of_each(key: str, label: str, unit: str, note: str, pattern: str) -> Gathered:
    """A column of the drivers whose entries are one line or input of each, by its key."""

    @gathered
    def column(members):
        entries = (pattern.format(one.key) for one in members.all(Driver))
        yield column_of("drivers", key, label, unit, note, entries)

    return column


def _of_unlike(key: str, label: str, note: str, end: int) -> Gathered:
    """A column of numbers in the unit of each driver."""

    @gathered
    def column(members):
        entries = [(one.value, *one.ends)[end] for one in members.all(Driver)]
        needs = tuple(dict.fromkeys(entries))

        def rule(*parts):
            at = dict(zip(needs, parts, strict=True))
            return beside(*(at[key] for key in entries))

        yield Line(key, label, "", rule, note, needs, "drivers", unlike=True)

    return column


def _of_outcome(key: str, end: str) -> Gathered:
    """A column of the outcome at one end of each range."""

    @gathered
    def column(members):
        outcome = members.all(Outcome)[-1]
        entries = (f"at_{end}_{one.key}" for one in members.all(Driver))
        said = {"low": "least", "high": "most"}[end]
        yield column_of("drivers", key, f"{outcome.label} at the {said}", outcome.unit,
                        "All else equal.", entries)  # fmt: skip

    return column


_sorted = Heading("The farthest first")


@line("Place in the tornado", "count", along="tornado")
def tornado_place(tornado_place):
    """1, 2, 3 and so on."""
    return previous(tornado_place) + 1


sorted_by_place = by_place("tornado_place", "driver_place", "tornado")  # in the order of swing
tornado_driver = sorted_by_place(
    "tornado_driver", "Key", "text", "Of the input, or of the line that is one elsewhere.",
    "drivers",
)  # fmt: skip
tornado_name = sorted_by_place(
    "tornado_name", "Driver, by place", "text", "What it is called.", "driver_name"
)
tornado_range = sorted_by_place(
    "tornado_range",
    "Between, by place",
    "text",
    "Its own range, else by what it rests on.",
    "driver_range",
)
tornado_kind = sorted_by_place(
    "tornado_kind",
    "Rests on, by place",
    "text",
    "The kind of evidence of its value.",
    "driver_kind",
)


@gathered
def tornado_amounts(members):
    """The outcome at both ends, and the swing, in the order of the latter."""
    outcome = members.all(Outcome)[-1]
    for key, label, of in (
        ("tornado_advantage_low", f"{outcome.label} at the least, by place", "driver_low"),
        ("tornado_advantage_high", f"{outcome.label} at the most, by place", "driver_high"),
        ("tornado_swing", "Swing, by place", "driver_swing"),
    ):
        yield sorted_by_place(key, label, outcome.unit, "All else equal.", of)

    def change(at, standing):
        return where(defined(at), difference(at, standing), undefined("–"))

    for end, said in (("low", "least"), ("high", "most")):
        yield Line(f"tornado_{end}_change", f"Change at the {said}, by place", outcome.unit,
                   change, "From the outcome as it stands.",
                   (f"tornado_advantage_{end}", outcome.key), "tornado")  # fmt: skip


_sides = (("gain", "Most gained", "ahead", maximum), ("loss", "Most lost", "behind", minimum))


@gathered
def tornado_sides(members):
    """The bars to both sides of the plan: the most that either end gains and loses."""
    outcome = members.all(Outcome)[-1]
    for end, said, side, furthest in _sides:

        def rule(low, high, furthest=furthest):
            known = both(defined(low), defined(high))
            return where(known, furthest(low, high, 0), 0)

        yield Line(f"tornado_{end}", f"{said} at an end, by place", outcome.unit, rule,
                   f"How far an end lies {side} of the plan; 0 where none does.",
                   ("tornado_low_change", "tornado_high_change"), "tornado")  # fmt: skip


@gathered
def tornado_space(members):
    """What a chart leaves free to the left of its bars."""

    def room(gains, losses):
        return lowest(losses) - (highest(gains) - lowest(losses)) / 6

    yield Line("tornado_room", "As far as the chart goes, by place", members.all(Outcome)[-1].unit,
               room, "Beyond the most lost, so that its number has room beside the names.",
               ("tornado_gain", "tornado_loss"), "tornado")  # fmt: skip


@line("Driver and its range, by place", "text", along="tornado")
def tornado_label(tornado_name, tornado_range):
    """What stands beside its bar."""
    return text("{}, {}", tornado_name, tornado_range)


@line("What moves it most, in words", "text")
def tornado_words(tornado_place, tornado_name, tornado_range):
    """The first driver, and between what it lies."""
    return text(
        "What moves it most: {}, from {}",
        lookup(1, tornado_place, tornado_name),
        lookup(1, tornado_place, tornado_range),
    )


def _end_by_place(key: str, label: str, of: str) -> Line:
    """An end of the range in the order of swing, a number in the unit of its row."""

    def rule(swing, place, places, values):
        return where(defined(swing), lookup(place, places, values), undefined("–"))

    needs = ("tornado_swing", "tornado_place", "driver_place", of)
    return Line(key, label, "", rule, "In the unit of its row.", needs, "tornado")


tornado_low = _end_by_place("tornado_low", "Least, by place", "driver_least")
tornado_high = _end_by_place("tornado_high", "Most, by place", "driver_most")


_drivers = Heading("One driver at a time, in the order of the inputs")


@gathered
def driver_name(members):
    """What each driver is called."""
    names = (Fixed(one.label) for one in members.all(Driver))
    yield column_of("drivers", "driver_name", "Driver", "text", "What it is called.", names)


driver_value = _of_unlike("driver_value", "Plan", "As it stands, in its unit.", 0)
driver_least = _of_unlike("driver_least", "Least", "Of its own range, else by evidence.", 1)
driver_most = _of_unlike("driver_most", "Most", "Of its own range, else by evidence.", 2)
driver_kind = _of_each(
    "driver_kind", "Value rests on", "text", "The kind of evidence of its value.", "kind_{}"
)
driver_range = _of_each(
    "driver_range", "Between", "text", "Its own range, else by what it rests on.", "range_{}_words"
)


@line("Span of the range", "", along="drivers")
def driver_span(driver_least, driver_most):
    """In the unit of its row; 0 for what nobody gives."""
    return where(defined(driver_least), driver_most - driver_least, 0)


driver_low = _of_outcome("driver_low", "low")
driver_high = _of_outcome("driver_high", "high")


@line("Range excludes the plan", "flag", along="drivers")
def driver_excluded(driver_value, driver_least, driver_most):
    """1 where what stands is below the least or above the most."""
    outside = either(beyond(driver_least, driver_value), beyond(driver_value, driver_most))
    return where(both(defined(driver_value), outside), 1, 0)


@line("Ranges that exclude the plan", "count")
def excluded_drivers(driver_excluded):
    """None where every range holds what it is of."""
    return total(driver_excluded)


@line("First range that excludes the plan", "text")
def first_excluded(excluded_drivers, driver_excluded, driver_name):
    """None where every range holds what it is of."""
    return where(beyond(excluded_drivers, 0), lookup(1, driver_excluded, driver_name), "none")


@check("Every range holds what it is of")
def ranges_hold(excluded_drivers, first_excluded):
    """The least is at most what stands, the most at least that."""
    return beyond(excluded_drivers, 0), text(
        "the range of {} excludes its own value: correct Low or High on Inputs", first_excluded
    )


@gathered
def driver_gain(members):
    """What the outcome gains from the least to the most."""
    unit = members.all(Outcome)[-1].unit

    def gain(span, low, high):
        ranges = both(defined(low), defined(high), beyond(span, 0))
        return where(ranges, difference(high, low), 0)

    yield Line("driver_gain", "Gain from end to end", unit, gain, "0 where there is no range.",
               ("driver_span", "driver_low", "driver_high"), "drivers")  # fmt: skip


@line("Which end has more", "1", along="drivers")
def driver_direction(driver_gain):
    """1 the most, -1 the least; 0 where both have as much."""
    return where(beyond(driver_gain, 0), 1, 0) - where(short_of(driver_gain, 0), 1, 0)


@line("At the end with more", "", along="drivers")
def driver_at_more(driver_direction, driver_least, driver_most):
    """What a case that favours more of the outcome puts there."""
    end = numbered((1 + driver_direction) / 2, driver_least, driver_most)
    return where(picked(driver_direction, 0), undefined("–"), end)


@line("At the end with less", "", along="drivers")
def driver_at_less(driver_direction, driver_least, driver_most):
    """What a case that favours less of the outcome puts there."""
    end = numbered((1 - driver_direction) / 2, driver_least, driver_most)
    return where(picked(driver_direction, 0), undefined("–"), end)


@gathered
def driver_swing(members):
    """How far each moves the outcome."""
    outcome = members.all(Outcome)[-1]

    def swing(span, low, high, standing):
        apart = difference(maximum(low, high, standing), minimum(low, high, standing))
        ranges = both(defined(low), defined(high), beyond(span, 0))
        return where(ranges, apart, undefined("–"))

    def known(swing):
        return where(defined(swing), swing, 0)

    needs = ("driver_span", "driver_low", "driver_high", outcome.key)
    yield Line("driver_swing", "Swing", outcome.unit, swing,
               "Largest less least of both ends and the plan.", needs, "drivers")  # fmt: skip
    yield Line("driver_moves", "Swing, 0 without a range", outcome.unit, known,
               "For totals and the order.", ("driver_swing",), "drivers")  # fmt: skip


@line("Order of the inputs", "count", along="drivers")
def driver_order(driver_order):
    """1, 2, 3 and so on."""
    return previous(driver_order) + 1


@line("Place by swing", "count", along="drivers")
def driver_place(driver_moves, driver_order):
    """Among all by swing; of equals the earlier input comes first."""
    return place_among(driver_moves, driver_order, driver_moves, driver_order) + 1


_influence = Heading("What it rests on: the swing of the outcome, by kind of evidence")


@gathered
def grades(members):
    """The kinds of evidence, and how wide each makes a range."""
    yield Rows(evidence.evidence_kinds.rows, "grades")


def _column(what: str, label: str, note: str) -> Gathered:
    @gathered
    def column(members):
        by_kind = {kind: key for key, (_, kinds) in WIDTHS.items() for kind in kinds}
        entries = (f"range_{by_kind[kind]}_{what}" for kind in evidence.evidence_kinds.ids)
        yield column_of("grades", f"grade_{what}", label, "share", note, entries)

    return column


@gathered
def grade_name(members):
    """What each kind is called."""
    names = (Fixed(label) for _, label, _ in evidence.evidence_kinds.rows)
    yield column_of("grades", "grade_name", "Kind of evidence", "text", "What it is called.", names)


grade_share = _column("share", "Width of a range", "Of what rests on it, either side.")
grade_points = _column("points", "In points", "Of rates that rest on it, either side.")


@gathered
def grade_swings(members):
    """What rests on each kind of evidence, and on all."""
    unit = members.all(Outcome)[-1].unit
    yield Line("grade_swing", "Swing of the outcome", unit, total_where,
               "Over the ranges of the drivers that rest on this kind of evidence.",
               ("driver_moves", "driver_kind", "grades"), "grades")  # fmt: skip
    yield Line("swing_total", "Swing of all drivers", unit, total, "Over every kind of evidence.",
               ("grade_swing",))  # fmt: skip


@line("Of the swing", "share", along="grades")
def grade_swing_share(grade_swing, swing_total):
    """How much of what may move the outcome rests on it."""
    return where(beyond(swing_total, 0), grade_swing / swing_total, undefined("–"))
