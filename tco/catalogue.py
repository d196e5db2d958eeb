"""The catalogue: chips, offers, grids and past runs from `data/*.csv`, each fact with its source.

Adding a chip, an offer or a region is adding a row: dropdowns, lookups and errors follow.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

DATA = Path(__file__).parent / "data"
MISSING = "–"
CATALOGUE_DATE = "2026-11-21"


Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Column:
    """One column of a catalogue sheet: its name in the file, heading and unit."""

    name: str
    heading: str
    unit: str = "text"


@dataclass(frozen=True)
class Table:
    """One catalogue table: rows by id, cells as text from the file."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str], ...]
    places: tuple[int, ...] = ()  # where the rows of an axis stand in the whole table, from 0

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows, in the order of the file."""
        return tuple(row["id"] for row in self.rows)

    def row(self, key: str) -> Mapping[str, str]:
        """The row with that id; `KeyError` if there is none."""
        for row in self.rows:
            if row["id"] == key:
                return row
        raise KeyError(key)

    def column(self, name: str) -> Column:
        """The column of that name; `KeyError` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def cell(self, row: Mapping[str, str], name: str) -> float | str:
        """A cell as number or text; a missing one is a dash, never 0."""
        text = row.get(name, "").strip()
        if not text:
            return MISSING
        return text if self.column(name).unit in ("text", "date") else float(text)


def _columns(*spec: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in spec)


_SHAPES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "chips": (
        "Accelerators",
        _columns(
            ("id", "Accelerator", "text"),
            ("name", "Name", "text"),
            ("vendor", "Vendor", "text"),
            ("fp64_tflops", "fp64", "TFLOP/s/GPU"),
            ("fp32_tflops", "fp32", "TFLOP/s/GPU"),
            ("tf32_tflops", "tf32", "TFLOP/s/GPU"),
            ("bf16_tflops", "bf16", "TFLOP/s/GPU"),
            ("fp16_tflops", "fp16", "TFLOP/s/GPU"),
            ("fp8_tflops", "fp8", "TFLOP/s/GPU"),
            ("fp4_tflops", "fp4", "TFLOP/s/GPU"),
            ("memory_gb", "Memory", "GB/GPU"),
            ("gpus_per_server", "GPUs per server", "GPU/server"),
            ("server_name", "Server", "text"),
            ("server_power_kw", "Server power", "kW/server"),
            ("price_low", "Price, low", "US$/GPU"),
            ("price", "Price, base", "US$/GPU"),
            ("price_high", "Price, high", "US$/GPU"),
            ("price_basis", "Price is for", "text"),
            ("price_date", "Price date", "date"),
            ("price_source", "Price source", "text"),
            ("embodied_kg_per_server", "Embodied carbon", "kg/server"),
            ("embodied_source", "Embodied source", "text"),
            ("source", "Source", "text"),
            ("date", "Read", "date"),
            ("note", "Note", "text"),
        ),
    ),
    "offers": (
        "Rental offers",
        _columns(
            ("id", "Offer", "text"),
            ("provider", "Provider", "text"),
            ("instance", "Instance", "text"),
            ("chip", "Accelerator", "text"),
            ("gpus_per_instance", "GPUs per instance", "GPU"),
            ("region", "Region", "text"),
            ("on_demand_price", "On demand", "US$/GPU-h"),
            ("spot_price", "Spot", "US$/GPU-h"),
            ("reserved_1y_price", "Reserved, 1 year", "US$/GPU-h"),
            ("reserved_3y_price", "Reserved, 3 years", "US$/GPU-h"),
            ("reserved_kind", "Kind of reservation", "text"),
            ("cheapest_offer", "Cheapest for it", "text"),
            ("cheapest_price", "at", "US$/GPU-h"),
            ("source", "Source", "text"),
            ("date", "Date", "date"),
            ("note", "Note", "text"),
        ),
    ),
    "grids": (
        "Grid regions",
        _columns(
            ("id", "Region", "text"),
            ("location", "Location", "text"),
            ("grid_intensity", "Carbon intensity", "g/kWh"),
            ("intensity_basis", "Basis", "text"),
            ("intensity_year", "Year", "text"),
            ("power_price", "Electricity price", "US$/kWh"),
            ("power_price_basis", "Price basis", "text"),
            ("source", "Source", "text"),
            ("price_source", "Price source", "text"),
            ("price_date", "Price date", "date"),
            ("date", "Date", "date"),
            ("note", "Note", "text"),
        ),
    ),
    "runs": (
        "Published runs",
        _columns(
            ("id", "Run", "text"),
            ("model", "Model", "text"),
            ("chip", "Accelerator", "text"),
            ("chips", "Chips", "GPU"),
            ("days", "Days", "day"),
            ("energy_mwh", "Energy", "MWh"),
            ("co2_tonnes", "CO2e, own report", "t"),
            ("article_co2_tonnes", "CO2e, article", "t"),
            ("source", "Source", "text"),
            ("date", "Date", "date"),
            ("note", "Note", "text"),
        ),
    ),
}

# Which column says where a value comes from and of which day it is, where it is not the row's own.
_SOURCES = {
    ("chips", "price"): ("price_source", "price_date"),
    ("chips", "price_basis"): ("price_source", "price_date"),
    ("chips", "embodied_kg_per_server"): ("embodied_source", "date"),
    ("grids", "power_price"): ("price_source", "price_date"),
}


def source_columns(table: str, column: str) -> tuple[str, str]:
    """The columns that hold a value's source and date."""
    return _SOURCES.get((table, column), ("source", "date"))


def range_columns(table: Table, column: str) -> tuple[str, str] | None:
    """The columns that hold a value's low and high, if the table has them."""
    names = {one.name for one in table.columns}
    low, high = f"{column}_low", f"{column}_high"
    return (low, high) if low in names and high in names else None


@dataclass(frozen=True)
class OwnList:
    """A company's own list that lies over the catalogue, and what its content was."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The tables that choices, lookups and comparisons read; compared by identity."""

    tables: Mapping[str, Table]
    own_lists: tuple[OwnList, ...] = ()

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def axis(self, axis: str | None) -> Table | None:
        """The rows that an axis of lines runs along, None for another axis or a scalar."""
        if axis is None or axis not in AXES:
            return None
        name, belongs = AXES[axis]
        table = self.tables[name]
        places = [place for place, row in enumerate(table.rows) if belongs(row)]
        return replace(table, rows=tuple(table.rows[one] for one in places), places=tuple(places))


# Rows of the catalogue that lines run along: the axis, its table, and which rows belong to it.
AXES: Mapping[str, tuple[str, Callable[[Mapping[str, str]], bool]]] = {
    "past_runs": ("runs", lambda row: row["comparator"] == "1"),
}


@functools.cache
def shipped() -> Catalogue:
    """The catalogue as shipped."""
    return Catalogue(
        {name: _read(name, title, columns) for name, (title, columns) in _SHAPES.items()}
    )


def _read(name: str, title: str, columns: tuple[Column, ...]) -> Table:
    return Table(name, title, columns, completed(name, file_rows(name)))


@functools.cache
def file_rows(name: str) -> Rows:
    """The rows of a shipped file as they stand in it, without what follows from them."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def completed(name: str, rows: Rows) -> Rows:
    """The rows of a table with the columns that follow from the others."""
    return _beside_cheapest(rows) if name == "offers" else rows


def _beside_cheapest(rows: Rows) -> Rows:
    """Each offer with the cheapest on-demand offer for the same accelerator."""
    best: dict[str, Mapping[str, str]] = {}
    for row in rows:
        if row["on_demand_price"]:
            rival = best.setdefault(row["chip"], row)
            if float(row["on_demand_price"]) < float(rival["on_demand_price"]):
                best[row["chip"]] = row
    none = {"id": "", "on_demand_price": ""}
    beside = [best.get(row["chip"], none) for row in rows]
    return tuple(
        {**row, "cheapest_offer": one["id"], "cheapest_price": one["on_demand_price"]}
        for row, one in zip(rows, beside, strict=True)
    )


@dataclass(frozen=True)
class Default:
    """A value used until somebody gives a better one, and where it comes from."""

    value: str
    low: str
    high: str
    source: str
    date: str
    note: str


@functools.cache
def defaults() -> Mapping[str, Default]:
    """Default values by key, from `data/defaults.csv`."""
    with (DATA / "defaults.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("key"): Default(**row) for row in csv.DictReader(file)}
