"""Tests and sentences that checks of several kinds share."""

from typing import Any

from tco.lines import *


def apart(ratio: Any, factor: Any) -> Any:
    """Whether a ratio is off 1 by more than a factor, up or down; one undefined is not."""
    return either(beyond(ratio, factor), short_of(ratio, 1 / factor))


def not_one(ratio: Any, sentence: str) -> tuple[Any, Any]:
    """A check that a ratio is 1: whether it fires, and the sentence with the ratio in it."""
    return unless(same(ratio, 1)), text(sentence, shown(ratio, "0.000"))


def lacks_input(basis: Any, **inputs: Any) -> Any:
    """Whether the basis chosen has nothing to start from: each option with what it needs."""
    return either(*(both(picked(basis, name), missing(one)) for name, one in inputs.items()))
