"""A rate typed as a number of per cent is asked about, in the file and in the cell alike."""

from __future__ import annotations

import pytest

from tco.errors import Mistakes
from tco.lines import Choice
from tco.workbook.cells import Rule
from tests.conftest import SCENARIOS
from tests.loaded import load
from tests.office.live import laid_out

OWN = "own-1024-h100"
SHARES = ("share", "share/year")
# What is typed as so many per cent: refused, with the very words that are right.
REFUSED = {
    "discount_rate": 9, "discount_rate_after_tax": 7, "tax_rate": 25, "utilization": 75,
    "support_share": 5, "rent_growth": 3, "wage_growth": 3, "residual_share": 30,
    "insurance_share": 2, "contingency_share": 10,
}  # fmt: skip
# What may be above 1 by definition is asked about in an alert.
ASKED = {
    "property_tax_share": (1, "did you mean 1 %?"),
    "rent_addon_share": (5, "did you mean 5 %?"),
}

PROBES = (-9, -1, -0.999, -0.05, 0, 1e-6, 0.05, 0.999, 1, 1.001, 2, 5, 9, 10, 11, 100, 1e6)


@pytest.mark.parametrize("key", REFUSED)
def test_per_cent_typed_as_a_number_is_asked_about(key: str) -> None:
    with pytest.raises(Mistakes) as refused:
        load(OWN, [f"{key}={REFUSED[key]}"])
    (said,) = refused.value.mistakes
    assert said.wrong.startswith(f"{key} is {REFUSED[key]}: it must be ")
    assert said.remedy.startswith(f"Did you mean {REFUSED[key]} %? ")
    assert said.remedy.endswith(f'--set "{key}={REFUSED[key]} %"')
    assert load(OWN, [f"{key}={REFUSED[key]} %"]).numbers[key] == pytest.approx(REFUSED[key] / 100)


@pytest.mark.parametrize("key", ASKED)
def test_what_may_be_above_one_is_asked_about_in_an_alert(key: str) -> None:
    typed, said = ASKED[key]
    numbers = load(OWN, [f"{key}={typed}"]).numbers
    assert numbers["inputs_usual"] == 1
    assert said in str(numbers["inputs_usual_note"])


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_cell_takes_what_a_file_takes_and_asks_about_per_cent(name: str) -> None:
    """The validation of every number: its bounds are the input's own, its words say per cent."""
    model, layout = load(name).model, laid_out(name)
    rules = {rule.where.split()[0]: rule for rule in layout["Inputs"].rules}
    seen = 0
    for key, given in model.givens.items():
        sheet, _, place = layout.names.get(key, "").partition("!")
        rule = rules.get(f"E{place.rpartition('$')[2]}") if sheet == "Inputs" else None
        if rule is None or rule.kind != "decimal" or given.of or isinstance(given, Choice):
            continue
        seen += 1
        for number in PROBES:
            assert _takes(rule, number) == given.within(number), (key, number)
        if given.unit in SHARES:
            assert "%" in rule.error, key
            assert len(rule.error) <= 225  # what a spreadsheet shows
    assert seen


def _takes(rule: Rule, number: float) -> bool:
    """Whether a spreadsheet lets a number through."""
    first = float(rule.first)
    return {
        "between": lambda: first <= number <= float(rule.second),
        "greaterThanOrEqual": lambda: first <= number,
        "greaterThan": lambda: first < number,
    }[rule.operator]()
