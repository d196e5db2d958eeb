"""The texts that are kept: what makes each, by the name of its file."""

from __future__ import annotations

import functools
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from tco import __version__
from tco.quantities import show
from tco.quantities.forms import known_units
from tco.workbook.cells import Cell, in_rows
from tests.errors.conftest import run_in
from tests.office.live import laid_out

TEXTS = Path(__file__).parent / "texts"
BUNDLED = Path(__file__).parents[2] / "scenarios"
SCENARIOS = sorted(path.stem for path in BUNDLED.glob("*.yaml"))
FOLDER = "FOLDER"  # stands for the folder that a command ran in
# Commands whose whole answer is kept, by the name of the file.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "help": ("--help",),
    "help-build": ("build", "--help"),
    "version": ("--version",),
    "scenarios": ("scenarios",),
    "inputs": ("inputs", "runs"),
    "inputs-nothing": ("inputs", "run-s"),
    "new-kinds": ("new", "--help"),
    "show-train": ("show", "llm-100b-10d"),
    "show-own": ("show", "own-1024-h100"),
    "show-runs": ("show", "published-2019"),
    "explain-line": ("explain", "llm-100b-10d", "gpu_cost"),
    "explain-input": ("explain", "llm-100b-engineered", "mfu"),
    "explain-rows": ("explain", "icml-2024-programme", "experiment_cost"),
    "explain-years": ("explain", "own-1024-h100", "own_flow"),
    "explain-nothing": ("explain", "own-1024-h100", "prise"),
    "new": ("new", "mine", "--from", "programme"),
    "catalogue-chips": ("catalogue", "chips", "--find", "h100"),
    "catalogue-offers": ("catalogue", "offers", "--where", "chip=h200-sxm-141gb"),
    "catalogue-one": ("catalogue", "chips", "--find", "b200-sxm-180gb", "--full"),
    "catalogue-csv": ("catalogue", "grids", "--find", "France", "--csv"),
    "verify-nothing": ("verify", "nothing.xlsx"),
    "build-nothing": ("build", "llm-100b-1d"),
    "build-refused": ("build", "own-1024-h100", "--set", "power_price=85", "--set", "pue=0.9"),
    "build-error": ("build", "llm-100b-10d", "--set", "power_price=6"),
}


def texts() -> dict[str, Callable[[], str]]:
    """What makes each text, by the name of its file."""
    found: dict[str, Callable[[], str]] = {
        f"command-{name}": _answering(*arguments) for name, arguments in COMMANDS.items()
    }
    for name in SCENARIOS:
        found[f"build-{name}"] = _answering("build", name)
        found[f"deck-{name}"] = _deck(name)
        found[f"summary-{name}"] = _first_page(name)
    return {name: functools.partial(_lasting, make) for name, make in found.items()}


def _lasting(make: Callable[[], str]) -> str:
    """A text without what changes with every release: its version, and hashes of the inputs."""
    said = re.sub(r"\b[0-9a-f]{12}\b", "HASH", make())
    return re.sub(rf"\btco {re.escape(__version__)}", "tco VERSION", said)


def _answering(*arguments: str) -> Callable[[], str]:
    def answer() -> str:
        width = {"COLUMNS": "100"}
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, width):
            found = run_in(Path(folder), *arguments)
        said = f"$ tco {' '.join(arguments)}\n{found.out}"
        said += f"--- on standard error\n{found.err}" if found.err else ""
        return f"{said}--- exit code {found.code}\n".replace(os.path.realpath(folder), FOLDER)

    return answer


def _deck(name: str) -> Callable[[], str]:
    def deck() -> str:
        with tempfile.TemporaryDirectory() as folder:
            assert run_in(Path(folder), "deck", name, "--format", "md").code == 0
            return Path(folder, "output", f"{name}.md").read_text(encoding="utf-8")

    return deck


# ---- the first page -----------------------------------------------------------------------------


def _first_page(name: str) -> Callable[[], str]:
    return lambda: "\n".join(_lines(name)) + "\n"


def _lines(name: str) -> Iterator[str]:
    """The rows of Summary as they are read, cells behind each other; charts by their words."""
    sheet = laid_out(name)["Summary"]
    for row, cells in in_rows(sheet.cells):
        shown = [text for _, cell in cells if (text := _shown(cell))]
        if shown:
            yield f"{row:3}  " + "  |  ".join(shown)
    for chart, place in sheet.charts:
        yield f"{place}: {_title(chart)}"


def _shown(cell: Cell) -> str:
    """A cell as it is read: a number in its form; what is written in white is not read."""
    if cell.value is None or cell.look == "unseen":
        return ""
    if isinstance(cell.value, str):
        return cell.value
    unit = cell.look.partition(":")[2]
    return show(float(cell.value), unit if unit in known_units() else "count")


def _title(chart: Any) -> str:
    return str(chart.described)
