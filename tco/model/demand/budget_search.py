"""The width that a budget trains, found in ordinary cells: the least hours first, then the root.

The hours that the frontier's model of a width takes are known outright: the compute for which its
size is best, over the speed at that width. In the logarithm of the width they are convex. So
halving finds where their slope turns, which is the least that any budget must pay; and Newton's
steps from the right of it fall to the width for the hours at hand, never past it.
"""

from tco.lines import *
from tco.model.demand.budget_family import (
    family_growth,
    family_size,
    frontier_compute,
    slope,
    speed_at,
)

SECTION = "workload"
STEPS = 32
LAST = str(STEPS)

solver_steps = Rows(tuple((str(step), "", "–") for step in range(1, STEPS + 1)))

_found = Heading("What the search below finds")


@line("Least hours for any model of the family", "h", exact=True)
def least_hours(low_hours):
    """The lowest hours of the first search: smaller models are too slow, larger ones too big."""
    return lowest(low_hours)


@line("Width at the least hours", "count", exact=True)
def least_width(solver_steps, low_width):
    """The width at the last step of the first search."""
    return lookup(LAST, solver_steps, low_width)


@line("Hours above the least", "ratio", exact=True)
def budget_margin(hours, least_hours):
    """The logarithm of the hours at hand over the least; 0 and below is too small."""
    return log(hours / least_hours)


@line("Hours searched for", "h", exact=True)
def target_hours(budget_margin, hours, least_hours):
    """The hours at hand; twice the least where they are too few, so that the search still ends."""
    return where(below(0, budget_margin), hours, 2 * least_hours)


@line("Width found", "count", exact=True)
def solved_width(solver_steps, root_width):
    """The width at the last step of the second search."""
    return lookup(LAST, solver_steps, root_width)


@line("Hours at the width found", "h", exact=True)
def solved_hours(solver_steps, root_hours):
    """The hours at the last step of the second search; those searched for, if it ended."""
    return lookup(LAST, solver_steps, root_hours)


_low = Heading("First search: the least hours, by halving on the sign of their slope")


@line("Step", "count", along="solver_steps")
def step_number(step_number):
    """How many steps were taken."""
    return previous(step_number) + 1


@line("Logarithm of the width", "ratio", along="solver_steps", exact=True)
def low_log_width(low_log_width, low_direction, step_number):
    """From 0 up or down, by 5 first and then by half of the last step."""
    return previous(low_log_width) + previous(low_direction) * (10 / power(2, step_number - 1))


@line("Width tried", "count", along="solver_steps", exact=True)
def low_width(width_per_layer, low_log_width):
    """One layer's width times e to that."""
    return width_per_layer * exp(low_log_width)


@line("Layers tried", "count", along="solver_steps", exact=True)
def low_depth(low_width, width_per_layer):
    """Width over the width per layer."""
    return low_width / width_per_layer


@line("Its parameters", "parameter", along="solver_steps", exact=True)
def low_size(low_width, low_depth, layer_matrices, layer_vectors, head_vectors):
    """Parameters of the family's model of that width."""
    return family_size(low_width, low_depth, layer_matrices, layer_vectors, head_vectors)


@line("Growth of its parameters", "parameter", along="solver_steps", exact=True)
def low_growth(low_width, low_depth, layer_matrices, layer_vectors, head_vectors):
    """Width times the derivative by it."""
    return family_growth(low_width, low_depth, layer_matrices, layer_vectors, head_vectors)


@line("Slope of the hours", "ratio", along="solver_steps", exact=True)
def low_slope(
    low_growth, low_size, frontier_size_offset, frontier_size_exponent, gpu_a, gpu_b, low_depth
):
    """Below 0 a wider model trains in less time, above 0 in more; to 12 digits."""
    found = slope(
        low_growth, low_size, frontier_size_offset, frontier_size_exponent, gpu_a, gpu_b, low_depth
    )
    return rounded(found * 10**6) / 10**6


@line("Direction", "count", along="solver_steps")
def low_direction(low_slope):
    """1 where the least lies at a larger width, else -1."""
    return where(short_of(low_slope, 0), 1, -1)


@line("Hours it takes", "h", along="solver_steps", exact=True)
def low_hours(
    low_size, low_width, low_depth, frontier_size_offset, frontier_size_scale,
    frontier_size_exponent, frontier_flop, gpu_rate, gpu_a, gpu_b, seconds_per_day,
):  # fmt: skip
    """The compute for which the size is best, over the speed at that width."""
    compute = frontier_compute(
        low_size, frontier_size_offset, frontier_size_scale, frontier_size_exponent, frontier_flop
    )
    speed = speed_at(gpu_rate, low_width, gpu_a, low_depth, gpu_b)
    return compute / speed / (seconds_per_day / 24)


_root = Heading("Second search: the width for the hours at hand, by Newton's steps from the right")


@line("Logarithm of the width over the first", "ratio", along="solver_steps", exact=True)
def root_log_width(root_log_width, root_move):
    """From 0 by the step that the row before found."""
    return previous(root_log_width) - previous(root_move)


@line("Width", "count", along="solver_steps", exact=True)
def root_width(least_width, root_log_width):
    """The width at the least hours, times e, times e to that."""
    return least_width * exp(1 + root_log_width)


@line("Layers", "count", along="solver_steps", exact=True)
def root_depth(root_width, width_per_layer):
    """Width over the width per layer."""
    return root_width / width_per_layer


@line("Parameters of that width", "parameter", along="solver_steps", exact=True)
def root_size(root_width, root_depth, layer_matrices, layer_vectors, head_vectors):
    """Parameters of the family's model of that width."""
    return family_size(root_width, root_depth, layer_matrices, layer_vectors, head_vectors)


@line("Growth of the parameters", "parameter", along="solver_steps", exact=True)
def root_growth(root_width, root_depth, layer_matrices, layer_vectors, head_vectors):
    """Width times the derivative by it."""
    return family_growth(root_width, root_depth, layer_matrices, layer_vectors, head_vectors)


@line("Slope there", "ratio", along="solver_steps", exact=True)
def root_slope(
    root_growth, root_size, frontier_size_offset, frontier_size_exponent, gpu_a, gpu_b, root_depth
):
    """By which power of the width the hours grow there."""
    return slope(
        root_growth,
        root_size,
        frontier_size_offset,
        frontier_size_exponent,
        gpu_a,
        gpu_b,
        root_depth,
    )


@line("Hours of that width", "h", along="solver_steps", exact=True)
def root_hours(
    root_size, root_width, root_depth, frontier_size_offset, frontier_size_scale,
    frontier_size_exponent, frontier_flop, gpu_rate, gpu_a, gpu_b, seconds_per_day,
):  # fmt: skip
    """The compute for which the size is best, over the speed at that width."""
    compute = frontier_compute(
        root_size, frontier_size_offset, frontier_size_scale, frontier_size_exponent, frontier_flop
    )
    speed = speed_at(gpu_rate, root_width, gpu_a, root_depth, gpu_b)
    return compute / speed / (seconds_per_day / 24)


@line("Next step", "ratio", along="solver_steps", exact=True)
def root_move(root_hours, target_hours, root_slope):
    """How far the hours are off, over their slope, both in logarithms; to 12 digits."""
    return rounded(log(root_hours / target_hours) / root_slope * 10**6) / 10**6


@check("The width takes the hours searched for")
def width_found(solved_hours, target_hours):
    """The second search ended: the hours at its last width are those it was to find."""
    return unless(same(solved_hours / target_hours, 1)), text(
        "the search ended at {} h, not at {} h: the speeds and the frontier give it no end",
        shown(solved_hours, "#,##0.000"),
        shown(target_hours, "#,##0.000"),
    )
