"""SkyPilot and gpuhunt catalogues as offers per GPU-hour.

What an accelerator is called there and here stands in `data/aliases.csv`; a row that could be two
variants is dropped, with its reason, not guessed.
"""

from __future__ import annotations

import csv
import fnmatch
import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tco.catalogue import DATA
from tco.csvfile import Csv, Row
from tco.errors import Mistake, Mistakes, Place
from tco.pricelists import OWN

_MOST_REASONS = 15
_MISSING_PRICE = 700.0  # what SkyPilot's catalogues write where they know no price
# Folders of SkyPilot's catalogue and files of gpuhunt's: only these are taken for a provider.
_PROVIDERS = frozenset(
    re.findall(
        r"\w+",
        "aws azure cloudrift crusoe cudo daytona datacrunch digitalocean do fluidstack gcp "
        "hotaisle hyperbolic hyperstack ibm jarvislabs lambda lambdalabs lium mithril nebius oci "
        "ovhcloud paperspace primeintellect runpod scaleway scp seeweb shadeform simplepod spheron "
        "tensordock vast vastai verda vultr yotta",
    )
)
Cells = Mapping[str, str]
UNASKED = "not asked for with --chip or --region"


@dataclass(frozen=True)
class Wanted:
    """What a user asks of the files: whose they are, of which day, and which rows."""

    provider: str = ""
    date: str = ""
    chips: Sequence[str] = ()
    regions: Sequence[str] = ()
    known: frozenset[str] = frozenset()  # accelerators there are

    def takes(self, chip: str, region: str) -> bool:
        """Whether a row of that accelerator and region is asked for."""
        there = any(one.lower() in region.lower() for one in self.regions) or not self.regions
        return there and (not self.chips or chip in self.chips)


@dataclass
class Taken:
    """What became of one file: its rows for a table, and what was left out and why."""

    name: str
    kind: str
    table: str
    read: int
    rows: list[dict[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, int, Sequence[str]]] = field(default_factory=list)
    head: Sequence[str] = ()
    spots: int = 0

    def report(self) -> str:
        """How many rows were read, kept and left out, which adds up."""
        used = self.read - len(self.dropped)
        lines = [(used, f"kept, as {_count(len(self.rows), 'row')} of {self.table}")]
        reasons = Counter(reason for reason, _, _ in self.dropped).most_common()
        lines += [(count, f"dropped: {reason}") for reason, count in reasons[:_MOST_REASONS]]
        if rest := sum(count for _, count in reasons[_MOST_REASONS:]):
            lines.append((rest, "dropped for other reasons: --dropped FILE writes them all"))
        out = [f"{self.name} ({self.kind}): read {_count(self.read, 'row')}"]
        out += [f"  {count:>9,} {what}" for count, what in lines]
        if self.spots:
            spots = _count(self.spots, "spot price")
            out.append(f"  and left out {spots} not below the price on demand")
        return "\n".join(out)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Quote:
    """One price of an exported row: who rents what where, for how much an hour and instance."""

    row: Row
    instance: str
    name: str
    hint: str
    memory_gb: float | None
    count: str
    region: str
    zone: str
    on_demand: str
    spot: str
    provider: str


class _Dropped(Exception):
    """A row that becomes no offer, with its reason."""


def skypilot_offers(sheet: Csv, wanted: Wanted) -> Taken:
    """A SkyPilot catalogue as offers; `Mistakes` where provider or day are nowhere said."""
    provider = wanted.provider or _known_provider(Path(sheet.name).parent.name)
    _demand(sheet.name, provider, wanted.date)
    quotes = []
    for row, cell in _cells(sheet):
        info = cell.get("GpuInfo", "")
        size = re.search(r"'SizeInMiB': ([\d.]+)", info)
        named = " ".join(re.findall(r"'Name': '([^']*)'", info))
        quotes.append(
            Quote(row, cell["InstanceType"], cell["AcceleratorName"],
                  f"{cell['InstanceType']} {named}", _gigabytes(size), cell["AcceleratorCount"],
                  cell.get("Region", ""), cell.get("AvailabilityZone", ""), cell["Price"],
                  cell.get("SpotPrice", ""), provider)
        )  # fmt: skip
    return _offers(sheet, "SkyPilot catalogue", quotes, wanted)


def gpuhunt_offers(sheet: Csv, wanted: Wanted) -> Taken:
    """A gpuhunt catalogue as offers; `Mistakes` where provider or day are nowhere said."""
    whose = wanted.provider or _known_provider(Path(sheet.name).stem)
    inside = "provider" in [cell.strip() for cell in sheet.head.cells]
    _demand(sheet.name, whose or inside, wanted.date)
    quotes = []
    for row, cell in _cells(sheet):
        provider = cell.get("provider") or whose
        zone = cell.get("location", "")
        # Google's locations are zones there; every other provider's are regions.
        region = re.sub(r"-[a-z]$", "", zone) if provider == "gcp" else zone
        spot = cell["spot"].lower() == "true"
        quotes.append(
            Quote(row, cell["instance_name"], cell["gpu_name"], cell["instance_name"],
                  _amount(cell.get("gpu_memory", "")), cell["gpu_count"], region, zone,
                  "" if spot else cell["price"],
                  cell["price"] if spot else "", provider)
        )  # fmt: skip
    return _offers(sheet, "gpuhunt", quotes, wanted)


def _known_provider(said: str) -> str:
    return said if said.lower() in _PROVIDERS else ""


def _demand(name: str, provider: object, date: str) -> None:
    """The file does not say whose prices these are, nor of which day."""
    mistakes = []
    if not provider:
        mistakes.append(Mistake(Place(name), "this file does not say who rents these out",
                                "Add for example: --provider aws"))  # fmt: skip
    if not date:
        remedy = "Add the day it was fetched, for example: --date 2026-11-21"
        mistakes.append(Mistake(Place(name), "this file does not say when its prices held", remedy))
    if mistakes:
        raise Mistakes(mistakes)


def _cells(sheet: Csv) -> Iterator[tuple[Row, dict[str, str]]]:
    head = [cell.strip() for cell in sheet.head.cells]
    for row in sheet.rows:
        cells = [*row.cells, *[""] * (len(head) - len(row.cells))]
        yield row, {name: cell.strip() for name, cell in zip(head, cells, strict=False)}


def _gigabytes(size: re.Match[str] | None) -> float | None:
    """Memory in GB; some of these catalogues write GB where they say MiB."""
    number = _amount(size[1]) if size else None
    return number / 1024 if number and number >= 1024 else number


def _amount(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def _price(text: str) -> float | None:
    number = _amount(text)
    return None if number == _MISSING_PRICE else number


@dataclass
class _Group:
    """What an instance in a region costs, over its zones."""

    first: Quote
    chip: str
    on_demand: float | None = None
    spot: float | None = None
    zones: set[str] = field(default_factory=set)


def _offers(sheet: Csv, kind: str, quotes: Sequence[Quote], wanted: Wanted) -> Taken:
    """One offer for each instance and region, per GPU-hour."""
    taken = Taken(sheet.name, kind, "offers", len(sheet.rows), head=sheet.head.cells)
    groups: dict[tuple[str, ...], _Group] = {}
    for one in quotes:
        try:
            chip, count = _what(one, wanted.known)
            if not wanted.takes(chip, one.region):
                raise _Dropped(UNASKED)
            prices = _price(one.on_demand), _price(one.spot)
            if prices == (None, None):
                raise _Dropped("no price: blank, 0, or the 700.0 that marks a missing one")
        except _Dropped as reason:
            taken.dropped.append((str(reason), one.row.number, one.row.cells))
            continue
        key = (one.provider, one.instance, chip, str(count), one.region)
        group = groups.setdefault(key, _Group(one, chip))
        on_demand, spot = (price / count if price else None for price in prices)
        group.on_demand = min(filter(None, (group.on_demand, on_demand)), default=None)
        group.spot = min(filter(None, (group.spot, spot)), default=None)
        if one.zone and spot:
            group.zones.add(one.zone)
    for (_, _, _, count_said, _), group in groups.items():
        if group.spot and group.on_demand and group.spot >= group.on_demand:
            group.spot = None
            taken.spots += 1
        taken.rows.append(_offer(kind, sheet.name, group, count_said, wanted.date))
    _tell_apart(taken.rows)
    return taken


def _what(quote: Quote, known: frozenset[str]) -> tuple[str, int]:
    """The accelerator and how many; `_Dropped` where the row does not say."""
    if not quote.name or _amount(quote.count) is None:
        raise _Dropped("no accelerator in the row: CPU only, or its GPU is priced apart")
    if not quote.instance:
        raise _Dropped("the accelerator alone, without its machine")
    number = float(quote.count)
    if number != int(number):
        raise _Dropped("a fraction of a GPU")
    chips = chips_called(quote.name, quote.hint, quote.memory_gb)
    if not chips:
        raise _Dropped(f"unknown accelerator {quote.name}")
    if len(chips) > 1:
        raise _Dropped(f"{quote.name} could be {' or '.join(sorted(chips))}")
    (chip,) = chips
    if chip not in known:
        raise _Dropped(f"{chip} is not in the catalogue of chips")
    return chip, int(number)


@functools.cache
def _aliases() -> Mapping[str, tuple[Cells, ...]]:
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        found: dict[str, tuple[Cells, ...]] = {}
        for row in csv.DictReader(file):
            key = _bare(row["name"])
            found[key] = (*found.get(key, ()), row)
        return found


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def chips_called(name: str, hint: str, memory_gb: float | None) -> set[str]:
    """The accelerators that a name may stand for, by its memory and by what else a row says.

    More than one: the row does not tell the variants apart.
    """
    rows = [
        row for row in _aliases().get(_bare(name), ())
        if not row["memory_gb"] or memory_gb is None
        or abs(float(row["memory_gb"]) / memory_gb - 1) < 0.08
    ]  # fmt: skip
    said = hint.lower()
    told = [row for row in rows if row["instance"] and fnmatch.fnmatchcase(said, _pattern(row))]
    return {row["chip"] for row in (told or [row for row in rows if not row["instance"]])}


def _pattern(row: Cells) -> str:
    return f"{row['instance']}*" if not row["instance"].endswith("*") else row["instance"]


def _offer(kind: str, file: str, group: _Group, count: str, date: str) -> dict[str, str]:
    quote = group.first
    zones = len(group.zones)
    return {
        "id": _slug(f"{quote.provider}-{quote.instance}-{quote.region}"),
        "provider": quote.provider,
        "instance": quote.instance,
        "chip": group.chip,
        "gpus_per_instance": count,
        "region": quote.region,
        "on_demand_price": f"{group.on_demand:.6g}" if group.on_demand else "",
        "spot_price": f"{group.spot:.6g}" if group.spot else "",
        "source": f"{OWN}{kind}, {Path(file).name}",
        "date": date,
        "note": f"Spot is the lowest of {zones} zones." if group.spot and zones > 1 else "",
    }


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def _tell_apart(rows: Sequence[dict[str, str]]) -> None:
    """Rows of one name get their accelerator and count behind it."""
    names = Counter(row["id"] for row in rows)
    for row in rows:
        if names[row["id"]] > 1:
            row["id"] = f"{row['id']}-{row['gpus_per_instance']}x-{row['chip']}"
