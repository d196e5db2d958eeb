"""Wrong results are seen in every line; the run itself sees what is weak; no reason is idle."""

from __future__ import annotations

import functools

import numpy as np

from tco.lines import below, chosen, line, maximum, where
from tests.lines.covered import EXEMPT, examples, numeric
from tests.lines.variants import EVERY_MODEL, VARIANTS, Variant
from tests.lines.worked import Example
from tests.mutation import mutants, run, wider
from tests.mutation.mutants import parts, results, seen


@functools.cache
def unseen(at: Variant) -> frozenset[tuple[str, str]]:
    """Wrong results of a kind's lines that no example sees."""
    worked = examples(at)
    return frozenset(
        (run.keyed(one, worked[one.key]), mutant.change)
        for one in numeric(at)
        if one.key not in EXEMPT
        for mutant in results(one)
        if not seen(mutant, worked[one.key])
    )


@EVERY_MODEL
def test_a_hundredth_or_a_turned_sign_is_seen_in_every_line(at: Variant) -> None:
    assert unseen(at) <= set(run.reasons())
    assert len(unseen(at)) <= 0.05 * len(numeric(at))


def test_no_reason_is_idle() -> None:
    """What a reason is given for is still unseen: else it has an example, and needs none."""
    found = [(one, examples(at)[one.key]) for at in VARIANTS for one in numeric(at)]
    lines = {run.keyed(*one): one for one in found}
    for key, change in run.reasons():
        assert (key, change) in run.judged(*lines[key]).survivors, (key, change)


def test_the_page_names_what_is_left_unseen() -> None:
    page = (wider.ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    for (key, change), reason in run.reasons().items():
        assert f"| `{key}` | {change} | {reason} |" in page


def test_a_part_changed_is_seen_in_a_small_kind() -> None:
    found = run.findings([Variant("runs")])
    (row,) = run.counts([Variant("runs")], found)
    assert row.lines == row.seen == len(found) > 40
    assert row.parts > 200 and row.parts - row.parts_seen <= 0.02 * row.parts
    assert "| runs | " in run.table([row]) and "| 100.0% |" in run.table([row])


# ---- the run can tell ----------------------------------------------------------------------------


@line("Rent", "USD")
def rent(way, gpus, price, least):
    """By the way chosen, but not below the least where there are GPUs."""
    paid = chosen(way, used=gpus * price, flat=price + 2)
    return where(below(0, gpus), maximum(paid, least), 0)


def example(gives: float, **inputs: object) -> Example:
    return Example(rent, {key: one if isinstance(one, str) else np.float64(one)
                          for key, one in inputs.items()}, gives)  # fmt: skip


WEAK = [example(9, way="used", gpus=3, price=3, least=1)]
GOOD = [
    *WEAK,
    example(35, way="used", gpus=5, price=7, least=1),
    example(5, way="flat", gpus=5, price=3, least=1),
    example(40, way="used", gpus=5, price=7, least=40),
    example(0, way="used", gpus=0, price=7, least=40),
    example(3.5, way="used", gpus=0.5, price=7, least=1),
]


def left(worked: list[Example]) -> set[str]:
    """Changes that these examples do not see, and that are no other way to write the same."""
    found = [one for one in (*results(rent), *parts(rent, worked)) if not seen(one, worked)]
    return {one.change for one in found if mutants.differs(one, rent, GOOD)}


def test_a_weak_example_leaves_changes_unseen() -> None:
    assert left(GOOD) == set()
    assert left(WEAK) == {
        "at_most for below", "1 for 0", "way always used", "gpus and price swapped",
        "- for +", "4 for 2", "least always 0", "least always 1",
    }  # fmt: skip


def test_the_formula_computes_what_the_rule_does() -> None:
    """Parts are changed in the formula: unchanged, it must give what the examples say."""
    for at in VARIANTS:
        for one in numeric(at):
            same = mutants.Mutant("nothing", mutants.by_formula(one, one.tree))
            assert not seen(same, examples(at)[one.key]), one.key


def test_the_tests_beside_the_examples_can_be_asked() -> None:
    assert wider.sees("runs", "run_cost", mutants.RESULTS[0])
    assert len(wider.lines_of(examples(Variant("own"))["spot_lost_share"][0].line.rule)) == 2
