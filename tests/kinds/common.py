"""What the tests of every kind share."""

from __future__ import annotations

import numpy as np

from tco.scenario import Scenario


def flag(scenario: Scenario, key: str) -> str:
    """What a check says, which must fire."""
    assert scenario.numbers[key] == 1, key
    return str(scenario.numbers[f"{key}_note"])


def changed(before: Scenario, after: Scenario) -> list[str]:
    """The lines, or names of rows, that an edit moved."""
    return [
        key
        for key in (*before.model.lines, *before.model.tables)
        if key in after.numbers
        and not np.array_equal(before.numbers[key], after.numbers[key])
        and str(before.numbers[key]) != str(after.numbers[key])
    ]
