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

from tco.catalogue.cells import NUMBER
from tco.catalogue.csvfile import Csv, Row
from tco.catalogue.merging import OWN
from tco.catalogue.shipped import DATA
from tco.errors import Mistake, Mistakes, Place
from tco.quantities.dialects import FALSE, TRUE, Dialect, doubtful, with_commas

_MOST_REASONS = 15
_MISSING_PRICE = 700.0  # what SkyPilot's catalogues write where they know no price
_NO_PRICE = "no price: blank, 0, or the 700.0 that marks a missing one"
# Reported memory is less than the name says (22 of an L4's 24, error correction and GiB for GB), or
# a little more (144 of 141); the next variant is further away than that.
_MEMORY_TOLERANCE = 0.1
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
OWN_LIST = "own list"
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
    dialect: Dialect = Dialect.POINTS
    rows: list[dict[str, str]] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    head: Sequence[str] = ()
    spots: int = 0
    prices: list[Reason] = field(default_factory=list)  # left out of rows that have another one

    @property
    def is_export(self) -> bool:
        """Whether its rows were made from those of the file, and are not the file's own."""
        return self.kind != OWN_LIST

    def reasons(self) -> list[tuple[str, int]]:
        """Why rows were dropped and how many, the most first, each with an example."""
        return _counted([one.reason for one in self.dropped])

    def report(self) -> str:
        """How many rows were read, kept and left out, which adds up."""
        used = self.read - len(self.dropped)
        lines = [(used, f"kept, as {_count(len(self.rows), 'row')} of {self.table}")]
        reasons = self.reasons()
        lines += [(count, f"dropped: {reason}") for reason, count in reasons[:_MOST_REASONS]]
        if rest := sum(count for _, count in reasons[_MOST_REASONS:]):
            lines.append((rest, "dropped for other reasons: --dropped FILE writes them all"))
        how = f", {self.dialect.value}" if self.dialect.value else ""
        out = [f"{self.name} ({self.kind}{how}): read {_count(self.read, 'row')}"]
        out += [f"  {count:>9,} {what}" for count, what in lines]
        if self.spots:
            spots = _count(self.spots, "spot price")
            out.append(f"  and left out {spots} not below the price on demand")
        for reason, count in _counted(self.prices):
            out.append(f"  and left out {_count(count, 'price')}: {reason}")
        return "\n".join(out)


@dataclass(frozen=True)
class Reason:
    """Why a row or a price is left out, and the text that shows it, where one does."""

    why: str
    seen: str = ""

    def __str__(self) -> str:
        return f"{self.why}: {self.seen}" if self.seen else self.why


@dataclass(frozen=True)
class Dropped:
    """A row that was left out."""

    reason: Reason
    number: int
    cells: Sequence[str]


def _counted(reasons: Sequence[Reason]) -> list[tuple[str, int]]:
    """Each reason with its first example and how often it is, the most frequent first."""
    first = {one.why: one.seen for one in reversed(reasons)}
    counts = Counter(one.why for one in reasons).most_common()
    return [
        (f"{why}, for example {first[why]}" if first[why] else why, count) for why, count in counts
    ]


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
    unclear: str = ""  # what says neither that the price is a spot price nor that it is none


class _NoOffer(Exception):
    """A row that becomes no offer, with its reason."""

    def __init__(self, why: str, seen: str = "") -> None:
        super().__init__(why)
        self.reason = Reason(why, seen)


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
        zone, said = cell.get("location", ""), cell["spot"].casefold()
        # Google's locations are zones there; every other provider's are regions.
        region = re.sub(r"-[a-z]$", "", zone) if provider == "gcp" else zone
        unclear = "" if said in TRUE | FALSE or not cell["gpu_name"] else cell["spot"] or "blank"
        spot = said in TRUE
        quotes.append(
            Quote(row, cell["instance_name"], cell["gpu_name"], cell["instance_name"],
                  _amount(cell.get("gpu_memory", "")), cell["gpu_count"], region, zone,
                  "" if spot else cell["price"],
                  cell["price"] if spot else "", provider, unclear)
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


# Columns whose numbers are in the file's own dialect.
_NUMBERS = frozenset(
    re.findall(r"\w+", "AcceleratorCount Price SpotPrice price gpu_count gpu_memory")
)


def _cells(sheet: Csv) -> Iterator[tuple[Row, dict[str, str]]]:
    """Every row by column; numbers with decimal commas as they are with points."""
    head = [cell.strip() for cell in sheet.head.cells]
    commas = sheet.dialect is Dialect.COMMAS
    for row in sheet.rows:
        cells = [*row.cells, *[""] * (len(head) - len(row.cells))]
        found = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        if commas:
            found |= {
                name: with_commas(found[name], "US$") or found[name]
                for name in _NUMBERS & found.keys()
            }
        yield row, found


def _gigabytes(size: re.Match[str] | None) -> float | None:
    """Memory in GB; some of these catalogues write GB where they say MiB."""
    number = _amount(size[1]) if size else None
    return number / 1024 if number and number >= 1024 else number


def _amount(text: str) -> float | None:
    """A finite number above 0, None for any other text."""
    number = float(text) if NUMBER.fullmatch(text) else 0.0
    return number if math.isfinite(number) and number > 0 else None


def _price(text: str, dialect: Dialect) -> tuple[float | None, Reason | None]:
    """A price, or why it is none; neither where nothing is said of one."""
    if not text:
        return None, None
    if not NUMBER.fullmatch(text):
        return None, Reason("the price is not a number", f"“{text}”")
    if dialect is Dialect.UNCLEAR and doubtful(text):
        return None, Reason("the file does not say if a price is in thousands", f"“{text}”")
    number = float(text)
    if number < 0:
        return None, Reason("the price is below 0", text)
    if not math.isfinite(number):
        return None, Reason("the price is beyond all numbers", text)
    return (number, None) if number and number != _MISSING_PRICE else (None, None)


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
    taken = Taken(sheet.name, kind, "offers", len(sheet.rows), sheet.dialect, head=sheet.head.cells)
    groups: dict[tuple[str, ...], _Group] = {}
    for one in quotes:
        try:
            chip, count = _what(one, wanted.known)
            if not wanted.takes(chip, one.region):
                raise _NoOffer(UNASKED)
            prices = _prices(one, taken)
        except _NoOffer as error:
            taken.dropped.append(Dropped(error.reason, one.row.number, one.row.cells))
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


def _prices(quote: Quote, taken: Taken) -> tuple[float | None, float | None]:
    """The prices on demand and spot; `_NoOffer` where a row has neither, with the reason."""
    if quote.unclear:
        raise _NoOffer("spot is neither true nor false", f"“{quote.unclear}”")
    found = [_price(text, taken.dialect) for text in (quote.on_demand, quote.spot)]
    reasons = [reason for _, reason in found if reason]
    (on_demand, _), (spot, _) = found
    if on_demand is None and spot is None:
        raise _NoOffer(reasons[0].why, reasons[0].seen) if reasons else _NoOffer(_NO_PRICE)
    taken.prices += reasons
    return on_demand, spot


def _what(quote: Quote, known: frozenset[str]) -> tuple[str, int]:
    """The accelerator and how many; `_NoOffer` where the row does not say."""
    nothing = not quote.count or (NUMBER.fullmatch(quote.count) and not float(quote.count))
    if not quote.name or nothing:
        raise _NoOffer("no accelerator in the row: CPU only, or its GPU is priced apart")
    if _amount(quote.count) is None:
        raise _NoOffer("the count of accelerators is no number above 0", f"“{quote.count}”")
    if not quote.instance:
        raise _NoOffer("the accelerator alone, without its machine")
    number = float(quote.count)
    if number != int(number):
        raise _NoOffer("a fraction of a GPU")
    chips = chips_called(quote.name, quote.hint, quote.memory_gb)
    if not chips:
        raise _NoOffer(_why_none(quote))
    if len(chips) > 1:
        raise _NoOffer(f"{quote.name} could be {' or '.join(sorted(chips))}")
    (chip,) = chips
    if chip not in known:
        raise _NoOffer(f"{chip} is not in the catalogue of chips")
    return chip, int(number)


def _why_none(quote: Quote) -> str:
    """Why a row is of no accelerator of the catalogue."""
    if not _named(quote.name, None):
        return f"unknown accelerator {quote.name}"
    if not _named(quote.name, quote.memory_gb):
        return f"memory {quote.memory_gb:g} GB fits no {quote.name}"
    return f"{quote.name} could be a variant that the row does not name"


@functools.cache
def _aliases() -> Mapping[str, tuple[Cells, ...]]:
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        found: dict[str, tuple[Cells, ...]] = {}
        for row in csv.DictReader(file):
            key = _bare(row["name"])
            found[key] = (*found.get(key, ()), row)
        return found


def _bare(name: str) -> str:
    """A name without its maker's, in letters and digits."""
    plain = re.sub(r"^(?:(?:nvidia|tesla|amd|instinct)\W+)+", "", name.lower().strip())
    return re.sub(r"[^a-z0-9]", "", plain)


def _named(name: str, memory_gb: float | None) -> list[Cells]:
    """What a name of that memory may stand for; any of its name where no memory is given."""
    return [
        row for row in _aliases().get(_bare(name), ())
        if not row["memory_gb"] or memory_gb is None
        or abs(memory_gb / float(row["memory_gb"]) - 1) < _MEMORY_TOLERANCE
    ]  # fmt: skip


def chips_called(name: str, hint: str, memory_gb: float | None) -> set[str]:
    """The accelerators that a name may stand for, by its memory and by what else a row says.

    More than one: the row does not tell the variants apart.
    """
    rows = _named(name, memory_gb)
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
