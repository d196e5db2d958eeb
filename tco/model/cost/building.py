"""Building up: capex as steps for a chart, the largest first, what is small in one, then all."""

from tco.lines import *

SECTION = "bill"
STEPS = 6  # so many have room for their names

_sorted = Heading("The parts of capex, the largest first")


@gathered
def capex_part_name(members):
    """What each part is called."""
    names = (Fixed(said.label or one.label) for one, said in members.leaves("capex"))
    yield column_of("capex_parts", "capex_part_name", "Part of capex: name", "text",
                    "What it is called.", names)  # fmt: skip


@line("Part of capex: size", "USD", along="capex_parts")
def capex_part_size(capex_part):
    """Whatever its sign."""
    return maximum(capex_part, -capex_part)


@line("Part of capex: it is there", "flag", along="capex_parts")
def capex_part_there(capex_part_size):
    """1 for what costs or takes off something."""
    return where(beyond(capex_part_size, 0), 1, 0)


@line("Part of capex: order", "count", along="capex_parts")
def capex_part_order(capex_part_order):
    """1, 2, 3 and so on."""
    return previous(capex_part_order) + 1


@line("Part of capex: place by size", "count", along="capex_parts")
def capex_part_place(capex_part_size, capex_part_order):
    """Of equals the earlier one comes first."""
    return place_among(capex_part_size, capex_part_order, capex_part_size, capex_part_order) + 1


@line("Parts of capex that are there", "count")
def capex_parts_there(capex_part_there):
    """Those that cost or take off something."""
    return total(capex_part_there)


@line("Steps of capex", "count")
def capex_steps_shown(capex_parts_there):
    """A part each, the last one what is left; no more than have room."""
    return minimum(capex_parts_there, STEPS)


capex_steps = Rows(tuple((f"step {number}", "", "–") for number in range(1, STEPS + 2)))

_steps = Heading("The steps of the chart, and capex behind them")


@line("Step of capex: place", "count", along="capex_steps")
def capex_step_place(capex_step_place):
    """1, 2, 3 and so on."""
    return previous(capex_step_place) + 1


@line("Step of capex: which kind", "count", along="capex_steps")
def capex_step_kind(capex_step_place, capex_steps_shown):
    """0 a part, 1 what is left, 2 all of capex, 3 nothing."""
    return maximum(0, minimum(3, capex_step_place - capex_steps_shown + 1))


@line("Step of capex: part of that place", "USD", along="capex_steps")
def capex_step_part(capex_step_place, capex_part_place, capex_part):
    """By size."""
    return lookup(capex_step_place, capex_part_place, capex_part)


@line("Step of capex: name of that part", "text", along="capex_steps")
def capex_step_part_name(capex_step_place, capex_part_place, capex_part_name):
    """By size."""
    return lookup(capex_step_place, capex_part_place, capex_part_name)


@line("Step of capex: name of what is left", "text", along="capex_steps")
def capex_step_rest_name(capex_parts_there, capex_steps_shown, capex_step_part_name):
    """The last part itself, or how many are left."""
    left = capex_parts_there - capex_steps_shown + 1
    return where(
        same(capex_parts_there, capex_steps_shown), capex_step_part_name, text("{} others", left)
    )


@line("Step of capex: name", "text", along="capex_steps")
def capex_step_name(capex_step_kind, capex_step_part_name, capex_step_rest_name):
    """What stands below its column."""
    return numbered(capex_step_kind, capex_step_part_name, capex_step_rest_name, "Capex", "–")


@line("Step of capex: parts so far", "USD", along="capex_steps")
def capex_step_parts(capex_step_parts, capex_step_part):
    """The running sum, the largest first."""
    return previous(capex_step_parts) + capex_step_part


@line("Step of capex: before it", "USD", along="capex_steps")
def capex_step_before(capex_step_kind, capex_step_parts, capex_step_part):
    """Where it begins; all of capex stands on nothing."""
    before = difference(capex_step_parts, capex_step_part)
    return where(at_most(capex_step_kind, 1), before, 0)


@line("Step of capex: amount", "USD", along="capex_steps")
def capex_step_amount(capex_step_kind, capex_step_part, capex, capex_step_before):
    """A part, what is left, or all of capex."""
    return numbered(
        capex_step_kind, capex_step_part, difference(capex, capex_step_before), capex, 0
    )


@line("Step of capex: foot", "USD", along="capex_steps")
def capex_step_foot(capex_step_before, capex_step_amount):
    """What its column stands on: where it begins, or where it ends if it takes off."""
    return minimum(capex_step_before, capex_step_before + capex_step_amount)


@line("Step of capex: large", "USD", along="capex_steps")
def capex_step_large(capex_step_kind, capex_step_amount, capex):
    """With room for its number: a tenth of capex or more."""
    room = both(at_most(capex_step_kind, 1), at_most(capex / 10, capex_step_amount))
    return where(room, capex_step_amount, 0)


@line("Step of capex: small", "USD", along="capex_steps")
def capex_step_small(capex_step_kind, capex_step_amount, capex_step_large):
    """Without room; its number stands above it."""
    return where(at_most(capex_step_kind, 1), maximum(capex_step_amount - capex_step_large, 0), 0)


@line("Step of capex: taken off", "USD", along="capex_steps")
def capex_step_off(capex_step_amount):
    """0 for what costs something."""
    return maximum(-capex_step_amount, 0)


@line("Step of capex: all of it", "USD", along="capex_steps")
def capex_step_all(capex_step_kind, capex):
    """Capex as the last column."""
    return where(picked(capex_step_kind, 2), capex, 0)


@line("Capex and its largest part, in words", "text")
def capex_words(capex, currency, capex_part, capex_part_place, capex_part_name):
    """What it comes to, and how much of it one part is."""
    return text(
        "Capex is {} {}; its largest part, {}, is {}",
        shown(capex, "#,##0"),
        currency,
        lookup(1, capex_part_place, capex_part_name),
        shown(lookup(1, capex_part_place, capex_part), "#,##0"),
    )
