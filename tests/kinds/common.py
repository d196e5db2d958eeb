"""What the tests of every kind share."""

from __future__ import annotations

from tco.scenario import Scenario


def flag(scenario: Scenario, key: str) -> str:
    """What a check says, which must fire."""
    assert scenario.numbers[key] == 1, key
    return str(scenario.numbers[f"{key}_note"])
