"""What was there and what is, in words: values with their units, rows with what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.facts import NO_SOURCE, TYPED, Fact, RowFact
from tco.lines import Given, Undefined
from tco.quantities import money, show
from tco.scenario import Scenario

MOST = 80  # characters of a text that is told
_UNSAID = {"text": "", "choice": "", "date": "", "share": "", "ratio": "", "flag": "", "1": "",
           "count": ""}  # fmt: skip
_COLUMNS = 4  # of a row that came or went
NOT_GIVEN = "not given"


def amount(value: Any, form: str, unit: str, currency: str) -> str:
    """A value with its unit."""
    if isinstance(value, Undefined):
        return NOT_GIVEN
    if isinstance(value, str):
        return shortened(value)
    if unit == "flag":
        return "yes" if value else "no"
    said, shown = _UNSAID.get(unit, money(unit, currency)), show(value, form)
    return shown if shown.endswith("B") else f"{shown} {said}".strip()  # bytes say theirs


def shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST else f"{plain[: MOST - 1]}…"


def fact_words(scenario: Scenario, key: str, fact: Fact, *, given: bool) -> str:
    """An input's value; one that nobody gives, as what is usual."""
    item = scenario.model.items.get(key)
    if item is None or isinstance(fact.value, Undefined):
        return NOT_GIVEN
    said = amount(fact.value, item.form, item.unit, scenario.currency)
    if given:
        return said
    usual = {"default": "the default", "catalogue": "the catalogue's"}.get(fact.origin, "")
    return f"{said}, {usual}" if usual else said


def range_words(scenario: Scenario, key: str, fact: Fact) -> str:
    """An input's range, behind its value."""
    item = scenario.model.items[key]
    ends = [MISSING if end is None else amount(end, item.form, item.unit, scenario.currency)
            for end in (fact.low, fact.high)]  # fmt: skip
    return f", {ends[0]} to {ends[1]}" if ends != [MISSING, MISSING] else ", no range"


def raw_words(raw: Any) -> str:
    """What is written where it is no input: a formula, a case."""
    if raw is None:
        return "none"
    if not isinstance(raw, dict):
        return shortened(str(raw))
    shown = raw.get("formula") or raw.get("value")
    if shown is not None:
        return shortened(f"{shown} {raw.get('unit') or ''}".strip())
    return shortened(", ".join(f"{key} {raw_words(one)}" for key, one in raw.items()))


def source_of(found: Fact | RowFact | None) -> str:
    """What a value rests on, "" where nobody says more than that it is stated."""
    source = found.source if found else ""
    if source in (TYPED, NO_SOURCE, MISSING) or source.startswith("stated: "):
        return ""
    return shortened(source)


def row_words(
    scenario: Scenario, given: Sequence[Given], was: RowFact | None, now: RowFact | None
) -> tuple[str, str]:
    """What was and what is of a row: the columns that differ, or the first ones of a new row."""
    if was and now:
        keys = [one for one in given if repr(was.values.get(one.key)) != repr(now.values[one.key])]
        return _columns(scenario, keys, was), _columns(scenario, keys, now)
    row = now or was
    assert row is not None
    keys = [one for one in given[1:] if _is_there(row.values[one.key])][:_COLUMNS]
    said = _columns(scenario, keys, row)
    return ("no such row", said) if now else (said, "no such row")


def _is_there(value: Any) -> bool:
    return not isinstance(value, Undefined) and value != MISSING


def _columns(scenario: Scenario, given: Sequence[Given], row: RowFact) -> str:
    told = (
        f"{one.label.lower()} {amount(row.values[one.key], one.form, one.unit, scenario.currency)}"
        for one in given if one.key in row.values
    )  # fmt: skip
    return ", ".join(told)
