"""Rent quotes, which a model has where a file asks: their lines, and what others read instead."""

from __future__ import annotations

from typing import Any

import pytest

from tco.lines import ModelError
from tco.lines.vocabulary import rising
from tco.model import OWNABLE, OWNED, model_for
from tco.model.instead import reading_instead
from tco.model.own import rent_awards
from tests.lines.covered import examples_written_for
from tests.lines.limits import examples_of
from tests.mutation import mutants

OURS = ("rent_quotes", "rent_terms")
KINDS = [(OWNED, False), *((kind, True) for kind in OWNABLE)]


def quoted(kind: str = OWNED, owned: bool = False) -> Any:
    return model_for(kind, owned, rent_quoted=True)


def _ours() -> list[Any]:
    """The lines that come with rent quotes, but for what every table has."""
    before = set(model_for(OWNED).lines)
    made = {one.line.key for one in examples_of(quoted())}
    return [one for key, one in quoted().lines.items()
            if key not in before | made and not one.is_text
            and not key.startswith("exchange_") and "rate" not in key.split("_")[-1]]  # fmt: skip


def test_every_number_has_a_worked_example() -> None:
    lines = [one for one in _ours() if one.section in (*OURS, "contracts")]
    assert len(lines) > 70
    assert not [one.key for one in lines if not examples_written_for(one)]


@pytest.mark.parametrize("line", _ours(), ids=lambda one: one.key)
def test_a_wrong_result_is_seen(line: Any) -> None:
    """A hundredth more, and the sign turned: an example gives something else."""
    found = examples_written_for(line)
    assert found or line.section not in (*OURS, "contracts")
    for mutant in mutants.results(line) if found else ():
        assert any(one.wrong(mutant.rule) for one in found), (line.key, mutant.change)


@pytest.mark.parametrize(("kind", "owned"), KINDS)
def test_nothing_but_the_terms_reads_what_is_given(kind: str, owned: bool) -> None:
    """A price of a scenario is read by the one line that knows better, and by its own limits."""
    model = quoted(kind, owned)
    for key in rent_awards.INSTEAD:
        readers = [one.key for one in model.lines.values()
                   if key in one.needs and one.section not in OURS]  # fmt: skip
        apart = ("_limits", "_supplied", "_band", "band_")
        assert not [one for one in readers
                    if not any(part in one for part in apart)], key  # fmt: skip


def test_a_line_that_is_renamed_is_missed() -> None:
    model = model_for(OWNED)
    for of_lines in ({"no_such_line": {"rent_growth": "rent_index"}},
                     {"rent_index": {"power_growth": "rent_growth"}}):  # fmt: skip
        with pytest.raises(ModelError, match="could stand for"):
            reading_instead(model, {}, of_lines, ())


def test_steps_are_the_same_in_a_column_and_alone() -> None:
    import numpy as np

    hours, years = np.arange(8.0), np.arange(8.0)
    growths, steps = np.array([0.1, -0.2, 0.0]), np.array([1.0, 3.0, 7.0])
    for number, found in enumerate(rising(hours, years, growths, steps)):
        growth, step = growths[number], int(steps[number])
        wanted = sum(t * (1 + growth) ** (step * ((t - 1) // step)) for t in range(1, 8))
        assert found == pytest.approx(wanted)
