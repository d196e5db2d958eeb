"""No verdict and no headline beside an error, in file, deck and JSON: the error comes first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from tco.cli import app
from tco.errors import Mistakes
from tco.lines import Check, ModelError, Undefined, check
from tco.lines.items import called
from tco.model import KINDS, model_for
from tco.model.state import WITHHELD, headlines, without_circle
from tco.page.first import page
from tco.page.printed import board, sentences
from tco.workbook.layout import lay_out
from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import Live, laid_out

# Scenarios that are built although an error stands, and the words of that error.
STANDING: dict[str, tuple[str, list[str], str]] = {
    "energy over the data centre": ("llm-100b-10d", ["power_price=6"], "electricity costs"),
    "too few GPUs": (
        "llm-100b-engineered", ["gpus_working=100", "whole_servers=no"], "the fleet needs",
    ),
    "a total of one's own": ("llm-100b-10d", ["evidence_total=1 M"], "of the total rests on"),
    "no MACRS": ("own-1024-h100", ["macrs_1=0.5"], "the MACRS rates and 100% are"),
    "an NPV of one's own": ("own-1024-h100", ["npv_own=-1 M"], "the two NPVs of owning are"),
    "energy over the data centre, owned": ("buy-or-rent-100b", ["power_price=6"], "electricity"),
}  # fmt: skip


@pytest.mark.parametrize("case", STANDING)
def test_an_error_takes_the_place_of_every_headline(case: str) -> None:
    name, settings, words = STANDING[case]
    scenario = load(name, settings)
    first = str(scenario.numbers["error_sentence"])
    assert first.startswith("ERROR, so no answer: ") and words in first
    assert {str(scenario.numbers[key]) for key in headlines(scenario.model)} == {WITHHELD}
    assert sentences(scenario, page(scenario)) == (first,)
    if "verdict" in scenario.model:
        assert isinstance(scenario.numbers["verdict"], Undefined)
        assert words in scenario.numbers["verdict"].why


@pytest.mark.parametrize("case", STANDING)
def test_the_deck_shows_the_error_and_no_figure(case: str) -> None:
    name, settings, words = STANDING[case]
    scenario = load(name, settings)
    (found,) = board(scenario, page(scenario)).tables
    assert found.title == "Findings"
    assert found.rows[0].cells[1] == "error" and words in found.rows[0].cells[2]


@pytest.mark.parametrize("case", STANDING)
def test_the_first_page_shows_the_error_and_no_figure(case: str) -> None:
    name, settings, words = STANDING[case]
    sheet = lay_out(load(name, settings))["Summary"]
    assert words in str(sheet.cells[4, 2].value)
    assert ("B4", "broken:$A$4") in sheet.flags, "it is red"
    assert sheet.cells[5, 2].value == WITHHELD
    tiles = [cell.value for cell in sheet.cells.values() if cell.look.startswith("tilelink")]
    assert tiles and set(tiles) == {WITHHELD}


def test_json_says_that_there_is_no_verdict_and_why() -> None:
    done = CliRunner().invoke(app, ["show", "own-1024-h100", "--json", "--set", "macrs_1=0.5"])
    lines = json.loads(done.stdout)["lines"]
    assert lines["verdict"]["value"] is None and "MACRS" in lines["verdict"]["why"]
    assert lines["errors"]["value"] == 1 and "MACRS" in lines["first_finding"]["value"]
    lines = json.loads(CliRunner().invoke(app, ["show", "own-1024-h100", "--json"]).stdout)["lines"]
    assert lines["verdict"]["value"] == "too close to call" and lines["errors"]["value"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_no_check_reads_what_waits_for_the_checks(kind: str) -> None:
    """Such a check would wait for itself: a circle in the workbook."""
    model = model_for(kind)
    held = model.downstream(headlines(model))
    assert not [one.flag.key for one in model.checks if one.flag.key in held]

    def rule(sentence: Any) -> Any:
        return sentence, sentence

    circular: Check = check("A circle")(called(rule, "a_circle", "Bad.", headlines(model)[0]))
    with pytest.raises(ModelError, match="a_circle reads a headline"):
        without_circle(model.with_lines(circular))


# ---- typed into the file ------------------------------------------------------------------------

# What is typed into Override cells, and what the first finding must then say.
TYPED: dict[str, tuple[dict[str, Any], str]] = {
    "a percentage as a number": ({"utilization": 80}, "utilization is 80: it must be at least 0"),
    "a rate as a number": ({"discount_rate": 9}, "discount_rate is 9: it must be at least 0"),
    "a rate below nothing": ({"discount_rate": -0.05}, "discount_rate is -0.05: it must be"),
    "a price with its currency": ({"on_demand_price": "5.50 USD"}, "5.50 USD is text; type 5.5"),
    "a price in words": ({"on_demand_price": "cheap"}, "cheap is text; type a number"),
    "another currency": ({"reserved_price": "1.95 EUR"}, "1.95 EUR is text; type a number"),
    "a unit behind a share": ({"residual_share": "30 of 100"}, "30 of 100 is text; type a number"),
    "a server in words": ({"server_price": "240k USD"}, "240k USD is text; type a number"),
    "a negative server": ({"server_price": -420_000}, "server_price is -420000: it must be above"),
    "power per MWh": ({"power_price": 85}, "power_price is 85: usual is 0.02 to 0.5; did you mean "
                      "0.085?"),
    "carbon in milligrams": ({"grid_intensity": 370_000}, "grid_intensity is 370000: usual is 1 to "
                             "1,400; did you mean 370?"),
    "PUE 12": ({"pue": 12}, "pue is 12: it must be at least 1 and at most 10"),
    "growth of 300 %": ({"rent_growth": 3}, "rent_growth is 3: it must be above -1 and at most 1"),
    "half years": ({"period_years": 0.5}, "period_years is 0.5: it must be exactly 1"),
    "more hours than a year has": ({"hours_per_year": 19_898}, "hours_per_year is 19898: it must"),
}  # fmt: skip
NAME = "own-1024-h100"


def _tiles(live: Live, got: Any) -> list[Any]:
    cells = live.layout["Summary"].cells.items()
    return [got(("Summary", *place)) for place, cell in cells if cell.look.startswith("tilelink")]


@needs_libreoffice
@pytest.mark.xdist_group(NAME)
@pytest.mark.parametrize("case", TYPED)
def test_a_typed_mistake_stands_first_and_alone(case: str, opened: Opened) -> None:
    overrides, words = TYPED[case]
    live = opened(NAME)
    got = live.after(overrides)
    assert str(got(("Summary", 4, 2))).startswith(f"ERROR, so no answer: {words}")
    assert got(("Summary", 5, 2)) == got(("Summary", 6, 2)) == WITHHELD
    assert set(_tiles(live, got)) == {WITHHELD}
    assert str(got(live.named("verdict"))).startswith(words)
    assert str(got(("Summary", 1, 7))).startswith("FAIL")
    for number in overrides.values():
        if not isinstance(number, str):  # a rebuild says the same
            with pytest.raises(Mistakes) as refused:
                load(NAME, [f"{key}={value}" for key, value in overrides.items()])
            assert refused.value.mistakes[0].wrong.startswith(words)


def test_the_page_without_an_error_is_as_it_was() -> None:
    sheet = laid_out(NAME)["Summary"]
    assert str(sheet.cells[5, 2].value).startswith("Own or rent over 4 years: too close to call.")
    tiles = [cell.value for cell in sheet.cells.values() if cell.look.startswith("tilelink")]
    assert WITHHELD not in tiles
