"""Calibration of hours, straight from the catalogue's files: no line of the model is used."""

from __future__ import annotations

import csv
import functools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "tco" / "data"
HELD_BACK = Path(__file__).parent / "held_back.csv"
WHOLE = 5  # runs that the mean of all counts for


@dataclass(frozen=True)
class Run:
    """A published run and ln of its hours over those by default."""

    name: str
    kind: str  # the class of defaults: family and size
    log: float

    @property
    def family(self) -> str:
        return self.kind.partition("/")[0]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_of(row: dict[str, str]) -> Run:
    """Published over default hours of a row, by 6 P D and the class's MFU and availability."""
    chips = {one["id"]: one for one in rows_of(DATA / "chips.csv")}
    classes = {one["id"]: one for one in rows_of(DATA / "classes.csv")}
    chip, size = chips[row["chip"]], float(row["parameters"])
    kind = f"{chip['family']}/{'small' if size < 1e10 else 'medium' if size < 1e11 else 'large'}"
    share = float(classes[kind]["mfu"]) * float(classes[kind]["availability"])
    rate = float(chip[f"{row['precision']}_tflops"]) * 1e12 * share
    hours = 6 * float(row["active_parameters"]) * float(row["tokens"]) / rate / 3600
    return Run(row["id"], kind, math.log(float(row["gpu_hours"]) / hours))


@functools.cache
def comparable() -> tuple[Run, ...]:
    needed = ("chip", "active_parameters", "tokens", "gpu_hours")
    return tuple(
        run_of(row) for row in rows_of(DATA / "runs.csv")
        if row["comparable"] == "1" and all(row[key] for key in needed)
    )  # fmt: skip


def log_factor(runs: Sequence[Run], kind: str) -> float:
    """ln of the calibration of a class: its mean, drawn to that of all."""
    own = [one.log for one in runs if one.kind == kind]
    weight = len(own) / (len(own) + WHOLE)
    mean = statistics.fmean(own) if own else 0.0
    return weight * mean + (1 - weight) * statistics.fmean(one.log for one in runs)


def factor(kind: str) -> float:
    """The calibration of a class by the catalogue's comparable runs."""
    return math.exp(log_factor(comparable(), kind))


def held_back() -> list[tuple[Run, float, float]]:
    """Dense runs that are not in the catalogue: |ln| by default, and by the catalogue's runs."""
    found = [run_of(row) for row in rows_of(HELD_BACK)]
    return [(one, abs(one.log), abs(one.log - log_factor(comparable(), one.kind))) for one in found]


def errors() -> list[tuple[Run, float, float]]:
    """Each run with |ln| of its hours by default, and calibrated by all the others."""
    every = comparable()
    return [
        (one, abs(one.log),
         abs(one.log - log_factor([other for other in every if other != one], one.kind)))
        for one in every
    ]  # fmt: skip
