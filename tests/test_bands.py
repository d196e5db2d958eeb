"""What is far from usual is asked about; what cannot be is refused; what is usual passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tco.errors import Mistakes
from tests.conftest import SCENARIOS
from tests.loaded import load

OWN = "own-1024-h100"
# Beyond what is usual, yet possible: the words of the alert.
ASKED = {
    "on_demand_price=0.3": "on_demand_price is 0.3: usual is 0.40075 to 24.58.",
    "on_demand_price=250": "on_demand_price is 250: usual is 0.40075 to 24.58; did you mean 2.5?",
    "server_price=240": "server_price is 240: usual is 5,000 to 10,000,000; did you mean 240000?",
    "salary=185": "salary is 185: usual is 15,000 to 1,000,000; did you mean 185000?",
    "pue=9": "pue is 9: usual is 1.02 to 2.2.",
    "power_price=6": "power_price is 6: usual is 0.02 to 0.5.",
    "discount_rate=60 %": "discount_rate is 0.6: usual is ",
    "rent_growth=90 %": "rent_growth is 0.9: usual is ",
}
# Beyond what can be.
REFUSED = {
    "power_price=85": "power_price is 85: usual is 0.02 to 0.5; did you mean 0.085?",
    "grid_intensity=370 kg/kWh": "grid_intensity is 370000: usual is 1 to 1,400; did you mean 370?",
    "server_price=1": "server_price is 1: usual is 5,000 to 10,000,000.",
    "on_demand_price=3000": "on_demand_price is 3000: usual is 0.40075 to 24.58.",
    "discount_rate=900 %": "discount_rate is 9: it must be at least 0 and at most 1",
    "discount_rate=-5 %": "discount_rate is -0.05: it must be at least 0 and at most 1",
    "pue=12": "pue is 12: it must be at least 1 and at most 10",
    "hours_per_year=19898": "hours_per_year is 19898: it must be above 0 and at most 10000",
    "server_price=-420000": "server_price is -420000: it must be above 0",
}
USUAL = ("on_demand_price=0.5", "server_price=420000", "pue=1.6", "power_price=85 USD/MWh",
         "discount_rate=12 %", "salary=30000", "grid_intensity=12 g/kWh")  # fmt: skip
PERIODS = ("0.5", "2", "12", "1 month", "0", "-1")


@pytest.mark.parametrize("setting", ASKED)
def test_what_is_far_from_usual_is_asked_about(setting: str) -> None:
    numbers = load(OWN, [setting]).numbers
    assert numbers["inputs_usual"] == 1 and numbers["inputs_thinkable"] == 0
    assert str(numbers["inputs_usual_note"]).startswith(ASKED[setting])


@pytest.mark.parametrize("setting", REFUSED)
def test_what_cannot_be_is_refused(setting: str) -> None:
    with pytest.raises(Mistakes) as refused:
        load(OWN, [setting])
    assert [one.wrong for one in refused.value.mistakes] == [REFUSED[setting]]


@pytest.mark.parametrize("setting", USUAL)
def test_what_is_usual_passes(setting: str) -> None:
    assert load(OWN, [setting]).numbers["inputs_usual"] == 0


def test_a_band_of_money_follows_the_currency(tmp_path: Path) -> None:
    """Half a euro a kWh is 0.55 dollars where a dollar is 0.9: beyond; 0.44 is not."""
    own = tmp_path / "euro.yaml"
    rate = "usd_rate: {value: 0.9, date: 2026-11-20, source: treasury}"
    own.write_text(f"currency: EUR\n{rate}\nparameters: 70B\ntokens: 2T\ndeadline: 60 days\n")
    beyond = load(str(own), ["power_price=0.46 EUR/kWh"])
    assert "power_price is 0.46: usual is 0.018 to 0.45" in str(beyond.numbers["inputs_usual_note"])
    within = load(str(own), ["power_price=0.44 EUR/kWh"])
    assert "power_price" not in str(within.numbers["inputs_usual_note"])


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_other_than_a_year_is_refused(period: str) -> None:
    with pytest.raises(Mistakes, match="period_years"):
        load(OWN, [f"period_years={period}"])


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_bundled_scenario_has_an_error(name: str) -> None:
    found = load(name)
    fired = [one.flag.key for one in found.model.checks
             if one.kind == "error" and float(found.numbers[one.flag.key])]  # fmt: skip
    assert fired == [] and found.numbers.get("errors", 0) == 0
