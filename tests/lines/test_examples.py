"""Every line gives what its examples say, every number has one, and none asks the model."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from tco.lines import line, where
from tco.model import model_for
from tco.model.cost import energy
from tco.model.of_scenario import published_lines
from tco.model.own.curves import grid_advantage
from tests.lines import examples as folder
from tests.lines.covered import EXEMPT, examples, numeric
from tests.lines.examples import WORKED
from tests.lines.limits import examples_of
from tests.lines.variants import EVERY_MODEL, VARIANTS, Variant
from tests.lines.worked import Example, worked

TABLES = sorted(Path(folder.__path__[0]).glob("[a-z]*.py"))


def _by_line() -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for case in WORKED:
        for one in case.examples:
            name = case.module.__name__.rpartition(".")[2]
            found.setdefault(f"{name}.{one.line.key}", []).append(one)
    return found


BY_LINE = _by_line()


@pytest.mark.parametrize("key", BY_LINE)
def test_a_line_gives_what_is_worked_out_by_hand(key: str) -> None:
    assert not [said for one in BY_LINE[key] if (said := one.wrong())]


@EVERY_MODEL
def test_limits_options_and_rows_are_flagged_as_their_bounds_say(at: Variant) -> None:
    found = list(examples_of(at.model))
    assert len(found) >= 25
    assert not [said for one in found if (said := one.wrong())]


@EVERY_MODEL
def test_every_number_has_a_worked_example(at: Variant) -> None:
    """A line that is new here needs one: a case in tests/lines/examples, in its module's table."""
    lacking = {key for key, found in examples(at).items() if not found}
    assert len(numeric(at)) > 40
    assert lacking - set(EXEMPT) == set()


def test_no_exemption_is_idle() -> None:
    found = {key: one for at in VARIANTS for key, one in examples(at).items()}
    assert not [key for key in EXEMPT if key not in found or found[key]]


@EVERY_MODEL
def test_every_check_is_shown_firing_and_passing(at: Variant) -> None:
    for one in at.model.checks:
        flags = {example.gives for example in examples(at)[one.flag.key]}
        assert flags == {0, 1}, one.flag.key


def test_a_new_line_without_an_example_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    @line("Energy of two runs", "kWh")
    def energy_of_two(energy_kwh):
        """Twice as much."""
        return energy_kwh * 2

    monkeypatch.setattr(energy, "energy_of_two", energy_of_two, raising=False)
    model_for.cache_clear()
    examples.cache_clear()
    try:
        assert [key for key, found in examples(Variant("train")).items() if not found] == [
            "energy_of_two"
        ]
    finally:
        monkeypatch.undo()
        model_for.cache_clear()
        examples.cache_clear()


def test_examples_stand_in_the_file_of_their_module() -> None:
    assert {case.module.__name__.rpartition(".")[2] for case in WORKED} == {
        path.stem for path in TABLES
    }


# ---- the examples share nothing with the rules ---------------------------------------------------


def asks_the_model(source: str) -> list[str]:
    """Where a table of examples uses the package for more than naming the module it is of."""
    tree = ast.parse(source)
    imported: list[tuple[str, str]] = []  # (module, name)
    allowed: list[
        ast.AST
    ] = []  # the module's name in worked(buy), case in case = ... and case(...)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            imported += [(str(node.module), one.asname or one.name) for one in node.names]
        elif isinstance(node, ast.Import):
            imported += [(one.name, one.name) for one in node.names]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            allowed += {"worked": node.args, "case": [node.func]}.get(node.func.id, [])
        elif isinstance(node, ast.Assign):
            allowed += node.targets
    ours = {name for module, name in imported if module.startswith("tco")} | {"case"}
    apart = ("math", "tests.lines.worked")
    return [
        *(f"imports {module}" for module, _ in imported
          if module not in apart and not module.startswith("tco.model")),
        *(f"{node.id}, line {node.lineno}" for node in ast.walk(tree)
          if isinstance(node, ast.Name) and node.id in ours and node not in allowed),
    ]  # fmt: skip


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_example_asks_the_model_for_its_result(path: Path) -> None:
    assert not asks_the_model(path.read_text(encoding="utf-8"))


def test_an_example_that_asks_would_be_seen() -> None:
    start = "from tco.model import buy\nfrom tests.lines.worked import worked\ncase = worked(buy)\n"
    assert not asks_the_model(start + "case('gpu_cost', gpus=3, gpu_price=7, gives=21)")
    for planted in (
        "case('gpu_cost', gpus=3, gpu_price=7, gives=buy.gpu_cost(3, 7))",
        "case('gpu_cost', gpus=3, gpu_price=7, gives=case.line('gpu_cost')(3, 7))",
        "from tco.model.cost.buy import gpu_cost\ncase('gpu_cost', gpus=3, gives=gpu_cost(3, 7))",
        "from tco.read.loading import load",
        "import tco",
        "import numpy",
    ):
        assert asks_the_model(start + planted), planted


# ---- an example can fail -------------------------------------------------------------------------


def test_an_example_sees_a_wrong_rule() -> None:
    @line("Cost", "USD")
    def cost(devices, price):
        """Devices at a price, if there is one."""
        return where(devices > 3, devices * price, np.nan)

    def example(gives: object, **inputs: object) -> Example:
        return Example(cost, inputs, gives)

    assert not example(35, devices=5, price=7).wrong()
    assert example(35.0001, devices=5, price=7).wrong()
    assert example(-35, devices=5, price=7).wrong()
    assert example(None, devices=5, price=7).wrong()
    assert not example(None, devices=3, price=7).wrong()
    assert example(0, devices=3, price=7).wrong()
    rows = {"devices": np.array([5.0, 3.0]), "price": 7}
    assert not example([35, None], **rows).wrong()
    for other in ([35, 21], [35], [35, None, None], 35, None):
        assert example(other, **rows).wrong(), other
    undefined = Example(cost, {"devices": 3, "price": 7}, why="too few")
    assert "not" in undefined.wrong()
    assert example(35, devices=5, price=7).wrong(lambda devices, price: devices * price * 1.01)


def test_an_example_that_does_not_fit_its_line_is_refused() -> None:
    case = worked(energy)
    with pytest.raises(LookupError):
        case("energy_kwhs", energy_kwh=7, gives=7)
    with pytest.raises(TypeError, match="reads energy_kwh, power_price"):
        case("energy_cost", energy_kwh=7, gives=7)
    with pytest.raises(TypeError, match="reads energy_kwh, power_price"):
        case("energy_cost", energy_kwh=7, power_price=3, pue=1, gives=21)
    with pytest.raises(TypeError, match="either gives"):
        case("energy_cost", energy_kwh=7, power_price=3)
    with pytest.raises(TypeError, match="either gives"):
        case("energy_cost", energy_kwh=7, power_price=3, gives=21, undefined="never")


# ---- rules that are no lines of a kind -----------------------------------------------------------


def test_the_grid_of_the_workbook_by_hand() -> None:
    """-72 and 30 hours, half used, at 4."""
    assert grid_advantage(-72, 30, 0.5, 4) == -12


def test_a_published_figure_lies_beside_ours() -> None:
    *_, gap = published_lines(model_for("train"), "gpus", "")
    for ours, printed, found in ((103, 100, 0.03), (97, 100, -0.03), (7, 7, 0)):
        assert gap.rule(np.float64(ours), np.float64(printed)) == pytest.approx(found, abs=1e-12)
    assert np.isnan(gap.rule(np.float64(7), np.float64("nan")))
    assert np.isnan(gap.rule(np.float64("nan"), np.float64(7)))
