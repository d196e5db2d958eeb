"""The catalogue: chips, offers, grids and past runs from `data/*.csv`, each fact with its source.

Adding a chip, an offer or a region is adding a row: dropdowns, lookups and errors follow.
"""

from __future__ import annotations

import csv
import datetime
import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tco.catalogue import medians
from tco.catalogue.columns import SHAPES, SOURCES, Column
from tco.catalogue.medians import Window

DATA = Path(__file__).parents[1] / "data"
MISSING = "–"
SHIPPED = "shipped"  # the word for no own lists
CATALOGUE_DATE = "2026-11-21"


Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, eq=False)
class Table:
    """One catalogue table: rows by id, cells as text from the file; told apart by identity."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Rows

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

    def value(self, key: str, name: str) -> float | str:
        """A cell by its row's id; a dash where there is no such row or nothing in it."""
        try:
            return self.cell(self.row(key), name)
        except KeyError:
            return MISSING

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


def source_columns(table: str, column: str) -> tuple[str, str]:
    """The columns that hold a value's source and date."""
    return SOURCES.get((table, column), ("source", "date"))


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
    content: bytes = field(default=b"", repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.name} ({self.rows} {'row' if self.rows == 1 else 'rows'})"


@dataclass(frozen=True)
class Finding:
    """Something remarkable about an own row: its list, its row there (0: unknown), in words."""

    name: str
    row: int
    said: str

    def __str__(self) -> str:
        return f"{self.name}{f', row {self.row}' if self.row else ''}: {self.said}"


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The tables that choices, lookups and comparisons read; compared by identity.

    `findings` are figures of own lists that are far from the shipped ones.
    """

    tables: Mapping[str, Table]
    own_lists: tuple[OwnList, ...] = ()
    findings: tuple[Finding, ...] = ()
    _axes: dict[str, Table] = field(default_factory=dict)  # of what was asked for before

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def axis(self, axis: str | None) -> Table | None:
        """The rows that an axis of lines runs along, None for another axis or a scalar."""
        if axis is None or axis not in AXES:
            return None
        if axis not in self._axes:
            table = self.tables[AXES[axis].table]
            rows = tuple(row for row in table.rows if AXES[axis].belongs(row))
            self._axes[axis] = replace(table, rows=rows)
        return self._axes[axis]


@dataclass(frozen=True)
class Axis:
    """Rows of the catalogue that lines run along, and how the inputs along it are called.

    The input `prefix` + COLUMN has the values of that column.
    """

    table: str
    prefix: str
    belongs: Callable[[Mapping[str, str]], bool]

    def column(self, key: str) -> str:
        """The column of an input along it."""
        return key.removeprefix(self.prefix)


AXES: Mapping[str, Axis] = {
    "past_runs": Axis("runs", "past_", lambda row: row["comparator"] == "1"),
    "tested_runs": Axis("runs", "run_", lambda row: _testable(row)),
    "default_offers": Axis("offers", "deal_", lambda row: row["default"] == "1"),
    "size_classes": Axis("classes", "family_", lambda row: True),
    "calibrated_classes": Axis("classes", "calibrated_", lambda row: True),
}
# Sizes of a model by its parameters: from how many on, and what the size is called.
SIZES = ((0.0, "small"), (1e10, "medium"), (1e11, "large"))
# Server power over the TDP of its accelerators, where no nameplate is known, by family: the fact.
_POWER_OVER_TDP = {"tpu": "server_power-17", "": "server_power-09"}


@functools.cache
def data_hash() -> str:
    """The hash of all figures that the product ships, whatever the machine."""
    digest = hashlib.sha256()
    for path in sorted(DATA.rglob("*.csv"), key=lambda one: one.relative_to(DATA).as_posix()):
        digest.update(path.relative_to(DATA).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


@functools.cache
def shipped() -> Catalogue:
    """The catalogue as shipped."""
    return Catalogue(
        linked({name: _read(name, title, columns) for name, (title, columns) in SHAPES.items()})
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
    complete = _FOLLOWING.get(name)
    return complete(rows) if complete else rows


def size_of(parameters: float) -> str:
    """What a model of that many parameters counts as: small, medium or large."""
    return max((one for one in SIZES if parameters >= one[0]), default=SIZES[0])[1]


def _testable(row: Mapping[str, str]) -> bool:
    """Whether the engine can compute a run and something published stands beside it."""
    known = all(row[key] for key in ("chip", "active_parameters", "tokens"))
    return known and any(row[key] for key in ("gpu_hours", "energy_mwh", "co2_tonnes", "cost"))


def _with_power(rows: Rows) -> Rows:
    """Chips whose server's power is not published: TDP times a factor, marked a guess."""
    facts = {row["id"]: float(row["base"] or 0) for row in file_rows("infrastructure")}
    found = []
    for row in rows:
        row = {**row, "family": row["family"] or "other"}
        if not row["server_power_kw"] and row["tdp_w"] and row["gpus_per_server"]:
            factor = facts[_POWER_OVER_TDP.get(row["family"], _POWER_OVER_TDP[""])]
            watts = float(row["tdp_w"]) * float(row["gpus_per_server"]) * factor
            said = f"guess: TDP x GPUs x {factor:g}, Epoch AI's server over chip power"
            row = {**row, "server_power_kw": f"{watts / 1000:.6g}", "server_power_source": said}
        found.append(row)
    return tuple(found)


def _with_class(rows: Rows) -> Rows:
    """Runs with the class whose default MFU and availability the engine would take."""
    families = {row["id"]: row["family"] for row in file_rows("chips")}
    return tuple(
        {**row, "performance_class": f"{families[row['chip']]}/{size_of(float(row['parameters']))}"}
        if row["chip"] and row["parameters"]
        else {**row, "performance_class": ""}
        for row in rows
    )


def _with_peaks(rows: Rows) -> Rows:
    """Runs with the dense peaks of what they ran on: the run's own, and the article's in 16 bits.

    Columns of their own, because the accelerator of some runs is not known and is looked up by
    none.
    """
    chips = {row["id"]: row for row in file_rows("chips")}

    def peak(chip: str, precision: str) -> str:
        return chips[chip].get(f"{precision}_tflops", "") if chip else ""

    return tuple(
        {
            **row,
            "peak_tflops": peak(row["chip"], row["precision"]),
            "article_peak_tflops": peak(row["article_chip"], "bf16"),
        }
        for row in rows
    )


def _beside_cheapest(rows: Rows) -> Rows:
    """Each offer with the cheapest that somebody lists on demand for the same accelerator.

    What a marketplace, a broker or a survey saw is no rival: it may be one machine for one day.
    """
    best: dict[str, Mapping[str, str]] = {}
    for row in rows:
        if row["on_demand_price"] and row["source"].startswith(_LISTED):
            rival = best.get(row["chip"], row)
            best[row["chip"]] = min(rival, row, key=_by_price)
    none = {"id": "", "on_demand_price": "", "source": "", "date": ""}
    names = {"offer": "id", "price": "on_demand_price", "source": "source", "date": "date"}
    beside = [best.get(row["chip"], none) for row in rows]
    return tuple(
        {**row, **{f"cheapest_{name}": one[column] for name, column in names.items()}}
        for row, one in zip(rows, beside, strict=True)
    )


def _by_price(offer: Mapping[str, str]) -> tuple[float, str]:
    """What offers are told apart by, wherever they stand: the price on demand, then the id."""
    return float(offer["on_demand_price"] or "inf"), offer["id"]


def _of_offers(rows: Rows, window: Window | None = None) -> Rows:
    """Each offer beside the cheapest, the medians below them, and which of all is the default."""
    made = tuple({**dict.fromkeys(_BOUNDS, ""), **row} for row in rows)
    known = _beside_cheapest((*made, *medians.of_offers(made, window or _as_shipped())))
    best = {row["id"] for row in _default_offers(known).values()}
    return tuple({**row, "default": "1" if row["id"] in best else ""} for row in known)


def _default_offers(rows: Rows) -> dict[str, Mapping[str, str]]:
    """The offer of each accelerator that counts until one is chosen, wherever its row stands.

    One's own lists lead: the offer they mark as default, else the cheapest of theirs on demand.
    Without one it is the median of what is listed.
    """

    def rank(row: Mapping[str, str]) -> tuple[bool, bool, float, str]:
        return not _is_own(row), row["default"] != "1", *_by_price(row)

    found: dict[str, Mapping[str, str]] = {}
    for row in sorted(rows, key=rank):
        if _is_own(row) or row["id"].startswith(medians.PREFIX):
            found.setdefault(row["chip"], row)
    return found


def _is_own(offer: Mapping[str, str]) -> bool:
    """Whether an own list gives some price of it."""
    return any(offer[source].startswith(_OWN) for source, _ in medians.COMMITMENTS.values())


def _as_shipped() -> Window:
    """The days that count where no scenario says another."""
    days = float(defaults()["price_age_limit_days"].value)
    return Window(datetime.date.fromisoformat(CATALOGUE_DATE), days)


@functools.lru_cache(maxsize=8)
def as_seen(catalogue: Catalogue, as_of: str, days: float) -> Catalogue:
    """The catalogue with the medians of the offers that are young enough on a day."""
    window = Window(datetime.date.fromisoformat(as_of), days)
    if window == _as_shipped():
        return catalogue
    offers = catalogue["offers"]
    rows = _of_offers(medians.without(offers.rows), window)
    tables = linked({**catalogue.tables, "offers": replace(offers, rows=rows)})
    return Catalogue(tables, catalogue.own_lists, catalogue.findings)


def linked(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables, each accelerator with the default among its offers."""
    offers = {row["chip"]: row for row in tables["offers"].rows if row["default"] == "1"}
    rows = []
    for row in tables["chips"].rows:
        best = offers.get(row["id"])
        own = best is not None and _is_own(best)
        said = "derived: your own offer for it" if own else "derived: the median of what is listed"
        prices = [float(offer[name]) for offer in tables["offers"].rows for name in _RENTS
                  if offer["chip"] == row["id"] and offer[name]
                  and not offer["source"].startswith(_OWN)]  # fmt: skip
        rows.append({
            **row,
            "default_offer": best["id"] if best else "",
            "default_offer_source": said if best else "",
            "default_offer_date": best["date"] if best else "",
            "rent_low": f"{min(prices)}" if prices else "",
            "rent_high": f"{max(prices)}" if prices else "",
        })  # fmt: skip
    return {**tables, "chips": replace(tables["chips"], rows=tuple(rows))}


def _with_tax(rows: Rows) -> Rows:
    """Regions with the way that a purchase there is deducted until another is chosen."""
    law = next(one for one in file_rows("infrastructure") if one["id"] == "tax-01")
    american = {"tax_depreciation": "bonus", "tax_source": law["source"], "tax_date": law["date"]}
    other = {"tax_depreciation": "straight", "tax_source": _ELSEWHERE, "tax_date": CATALOGUE_DATE}
    return tuple({**row, **(american if row["country"] == "USA" else other)} for row in rows)


_ELSEWHERE = "guess: evenly where the law is not looked up; ask your tax adviser"
_OWN = "own:"
_RENTS = ("on_demand_price", "spot_price", "reserved_1y_price", "reserved_3y_price")
_BOUNDS = tuple(f"{name}_{end}" for name in medians.COMMITMENTS for end in ("low", "high"))
_LISTED = ("list price:", _OWN, "quote:")
_FOLLOWING: Mapping[str, Callable[[Rows], Rows]] = {
    "offers": _of_offers,
    "chips": _with_power,
    "grids": _with_tax,
    "runs": lambda rows: _with_peaks(_with_class(rows)),
}


@dataclass(frozen=True)
class Default:
    """A value used until somebody gives a better one, and where it comes from."""

    value: str
    low: str
    high: str
    source: str
    date: str
    note: str


@dataclass(frozen=True)
class Band:
    """Between which values an input usually lies, and where that comes from."""

    low: float
    high: float
    source: str


@functools.cache
def bands() -> Mapping[str, Band]:
    """The usual band of inputs by key, money in US dollars.

    That of `data/bands.csv`, else from half the low of the default's own range to twice its high.
    """
    found = {}
    for key, one in defaults().items():
        if one.low and one.high and float(one.high) > 0:
            low, high = float(one.low), float(one.high)
            widened = low / 2 if low > 0 else 2 * low
            said = "derived: from half the low to twice the high of the default's range"
            found[key] = Band(widened, 2 * high, said)
    with (DATA / "bands.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["key"]] = Band(float(row["low"]), float(row["high"]), row["source"])
    return found


@functools.cache
def default_rows(table: str) -> Rows:
    """The rows of a table that a scenario does not give, from `data/tables`; none for most."""
    path = DATA / "tables" / f"{table}.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            {key: text for key, text in row.items() if text} for row in csv.DictReader(file)
        )


@functools.cache
def defaults() -> Mapping[str, Default]:
    """Default values by key, from `data/defaults.csv`."""
    with (DATA / "defaults.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("key"): Default(**row) for row in csv.DictReader(file)}
