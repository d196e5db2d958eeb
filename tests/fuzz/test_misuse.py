"""What cannot be written out is refused, with a hint at what can."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tco.lines import (
    YEARS,
    Cells,
    Given,
    Model,
    ModelError,
    Reference,
    excel,
    line,
    previous,
    text,
    where,
)

A, B = Reference("a"), Reference("b")
FLAT = Cells(at=str, before=str, range=str)

TRUTH = r"where\(test, a, b\) instead of if, both\(\) and either\(\) instead of and/or"
COMPARE = r"compare with at_most\(a, b\), below\(a, b\) or same\(a, b\)"


@pytest.mark.parametrize(
    ("misuse", "hint"),
    [
        (lambda: bool(A), TRUTH),
        (lambda: 1 if A else 2, TRUTH),
        (lambda: A and B, TRUTH),
        (lambda: A or B, TRUTH),
        (lambda: not A, TRUTH),
        (lambda: A == B, COMPARE),
        (lambda: A != 1, COMPARE),
        (lambda: A < B, COMPARE),
        (lambda: 1 < A < 3, COMPARE),
        (lambda: A <= B, COMPARE),
        (lambda: A > 0, COMPARE),
        (lambda: A >= 0, COMPARE),
        (lambda: max(A, B), COMPARE),
        (lambda: A in (1, 2), COMPARE),
        (lambda: A + None, "numbers, text and other lines can"),
        (lambda: A * True, "a test of fixed numbers is always the same"),
        (lambda: where(True, A, B), "a test of fixed numbers is always the same"),
        (lambda: excel(previous(A + B), FLAT), "give it a line of its own"),
    ],
)  # fmt: skip
def test_misuse_is_refused(misuse: Callable[[], Any], hint: str) -> None:
    with pytest.raises(TypeError, match=hint):
        misuse()


def test_good_use_is_not() -> None:
    assert excel(where(A, text("{} of {}", A, B), "none"), FLAT) == 'IF(a,a&" of "&b,"none")'


# ---- models -------------------------------------------------------------------------------------


def module(**items: Any) -> SimpleNamespace:
    """A module of lines and inputs."""
    return SimpleNamespace(**items)


def amount() -> Given:
    """An input."""
    return Given("Amount", "USD")


def test_a_sound_model_is_accepted() -> None:
    @line("Twice", "USD")
    def twice(amount):
        """The amount, twice."""
        return 2 * amount

    model = Model.of(module(amount=amount(), twice=twice))
    assert model.evaluate({"amount": 3.0})["twice"] == 6.0


def test_an_unknown_need_gets_the_nearest_name() -> None:
    @line("Twice", "USD")
    def twice(amuont):
        """Asks for a name that is none."""
        return 2 * amuont

    with pytest.raises(ModelError, match=r"twice asks for 'amuont'.*Did you mean 'amount'\?"):
        Model.of(module(amount=amount(), twice=twice))


def test_an_unknown_need_without_a_neighbour_gets_no_hint() -> None:
    @line("Twice", "USD")
    def twice(zzz):
        """Asks for a name like no other."""
        return 2 * zzz

    with pytest.raises(ModelError, match="neither an input nor a line") as caught:
        Model.of(module(amount=amount(), twice=twice))
    assert "Did you mean" not in str(caught.value)


@line("First", "USD")
def first(second):
    """Waits for the second."""
    return second + 1


@line("Second", "USD")
def second(first):
    """Waits for the first."""
    return first + 1


def test_lines_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(ModelError, match=r"wait for each other: .*first.*; use previous\(\)"):
        Model.of(module(first=first, second=second))


def test_a_scalar_line_has_no_step_before() -> None:
    """previous() opens a loop only along an axis."""

    @line("Alone", "USD")
    def alone(alone):
        """Reads itself where there is no axis."""
        return previous(alone) + 1

    with pytest.raises(ModelError, match="wait for each other: alone"):
        Model.of(module(alone=alone))


def test_a_loop_must_close_over_previous_only() -> None:
    """Reading a line now and one step back is still reading it now."""

    @line("Mixed", "USD", along=YEARS)
    def mixed(mixed):
        """Reads itself twice."""
        return previous(mixed) + mixed

    with pytest.raises(ModelError, match="wait for each other: mixed"):
        Model.of(module(mixed=mixed))


def test_two_lines_of_one_key_are_refused() -> None:
    @line("Amount", "USD")
    def again(amount):
        """Has the key of another."""
        return amount

    with pytest.raises(ModelError, match="'again' is defined twice"):
        Model.of(module(amount=amount(), again=again), module(other=again))
    with pytest.raises(ModelError, match="'again' is defined twice"):
        Model.of(module(amount=amount(), again=again)).with_lines(again)


def test_a_line_of_an_inputs_key_is_refused() -> None:
    with pytest.raises(ModelError, match="'first' is defined twice"):
        Model.of(module(first=amount()), module(other=first))
