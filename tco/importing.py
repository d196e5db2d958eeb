"""Adding price lists to a folder of one's own: own CSV files, SkyPilot and gpuhunt catalogues.

Exported catalogues become offers per GPU-hour. What an accelerator is called there and here stands
in `data/aliases.csv`; a row that could be two variants is dropped, with its reason, not guessed.
"""

from __future__ import annotations

import csv
import difflib
import fnmatch
import functools
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tco.catalogue import CATALOGUE_DATE, DATA, shipped
from tco.csvfile import Csv, Row, content_of, harmless, read_csv
from tco.errors import Mistake, Mistakes, Place, mistake
from tco.files import write_all
from tco.pricelists import (
    FOLDER,
    OWN,
    Entry,
    Laying,
    bad_date,
    entries_of,
    export_of,
    file_columns,
    first_of,
    lists_in,
    table_of,
)

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


# ---- the command ---------------------------------------------------------------------------------


def add(
    files: Sequence[str], to: Path, wanted: Wanted, *, force: bool = False, dropped: str = ""
) -> str:
    """Add files to a folder of own lists, all or none; what was done, in words.

    Raises `Mistakes` for everything that is wrong, and leaves the folder as it was.
    """
    there = lists_in(to) if to.is_dir() else []
    wanted = replace(wanted, known=frozenset(_chips_in([*there, *map(Path, files)])))
    mistakes = list(_wrong_options(wanted))
    if mistakes:  # the files are read all the same, as if these options had not been given
        chips = [one for one in wanted.chips if one in wanted.known]
        wanted = replace(wanted, chips=chips, date=CATALOGUE_DATE)
    taken: list[Taken] = []
    sheets: list[Csv] = []
    for name in files:
        try:
            one, sheet = _take(name, wanted)
        except Mistakes as error:
            mistakes += error.mistakes
            continue
        taken.append(one)
        sheets.append(sheet)
    merged = _merge(taken, to, force=force, mistakes=mistakes)
    mistakes += _laid(sheets, there, {path for path, _ in merged},
                      {row["id"] for one in taken for row in one.rows})  # fmt: skip
    contents = {path: _written(table, rows) for (path, table), rows in merged.items()}
    if dropped:
        contents[Path(dropped)] = _left_out(taken)
        if Path(dropped).parent.resolve() == to.resolve():
            remedy = "Name another folder."
            wrong = "what is dropped would be read as a list of this folder"
            mistakes.append(Mistake(Place(dropped), wrong, remedy))
        elif Path(dropped).exists() and not force:
            remedy = "Choose another name, or replace it with --force."
            mistakes.append(Mistake(Place(dropped), "this file is there already", remedy))
    if mistakes:
        raise Mistakes(first_of(list(dict.fromkeys(mistakes))))
    write_all(contents)
    return _said(taken, [path for path, _ in merged], to)


def _wrong_options(wanted: Wanted) -> Iterator[Mistake]:
    for chip in wanted.chips:
        if chip not in wanted.known:
            near = difflib.get_close_matches(chip.lower(), sorted(wanted.known), 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            yield Mistake(Place("--chip"), f"there is no accelerator {chip}",
                          f"{hint}See them with: tco catalogue chips")  # fmt: skip
    if wrong := wanted.date and bad_date(wanted.date):
        yield Mistake(Place("--date"), *wrong)


def _chips_in(paths: Iterable[Path]) -> set[str]:
    """The accelerators there are, own ones too; what is wrong with a list is told elsewhere."""
    found = set(shipped()["chips"].ids)
    for path in paths:
        try:
            sheet = read_csv(str(path), content_of(path))
            if not export_of(sheet) and table_of(sheet) == "chips":
                found |= {one.id for one in entries_of(sheet, "chips")[0]}
        except Mistakes:
            continue
    return found


def _take(name: str, wanted: Wanted) -> tuple[Taken, Csv]:
    """The rows of one file for a table of the catalogue, and the list they make."""
    path = Path(name)
    if path.is_dir():
        raise mistake(name, "this is a folder", "Name the .csv files in it.")
    sheet = read_csv(name, content_of(path))
    kind = export_of(sheet)
    if not kind:
        return _take_own(sheet, wanted)
    taken = (_skypilot if kind.startswith("SkyPilot") else _gpuhunt)(sheet, wanted)
    if not taken.rows:
        reasons = Counter(reason for reason, _, _ in taken.dropped).most_common(5)
        why = "; ".join(f"{count:,} {reason}" for reason, count in reasons)
        remedy = "Ask for more, or add its accelerators with an own list of chips."
        raise mistake(name, f"none of its {taken.read:,} rows became an offer: {why}", remedy)
    return taken, read_csv(name, _written("offers", taken.rows))


def _take_own(sheet: Csv, wanted: Wanted) -> tuple[Taken, Csv]:
    table = table_of(sheet)
    asked = _narrowed(sheet, table, wanted)
    if not asked.rows:
        wrong = f"none of its {len(sheet.rows):,} rows is asked for"
        raise mistake(sheet.name, wrong, "Change --chip or --region.")
    entries, _ = entries_of(asked, table)  # what is wrong is told when they are laid over
    taken = Taken(sheet.name, "own list", table, len(sheet.rows), head=sheet.head.cells)
    kept = {row.number for row in asked.rows}
    taken.rows = [_own_row(one) for one in entries]
    taken.dropped = [
        (_UNASKED, row.number, row.cells) for row in sheet.rows if row.number not in kept
    ]
    return taken, asked


_UNASKED = "not asked for with --chip or --region"


def _narrowed(sheet: Csv, table: str, wanted: Wanted) -> Csv:
    """A list with only the rows that are asked for, before anything is said of the others."""
    head = [cell.strip().lower() for cell in sheet.head.cells]
    chip = "id" if table == "chips" else "chip"
    asked = replace(
        wanted,
        chips=wanted.chips if chip in head else (),
        regions=wanted.regions if "region" in head else (),
    )

    def cell(row: Row, name: str) -> str:
        index = head.index(name) if name in head else len(row.cells)
        return row.cells[index].strip() if index < len(row.cells) else ""

    rows = tuple(row for row in sheet.rows if asked.takes(cell(row, chip), cell(row, "region")))
    return replace(sheet, rows=rows)


def _own_row(entry: Entry) -> dict[str, str]:
    """A row of an own list as it is kept: with the file it came from."""
    name = Path(entry.sheet.name).name
    return {"source": f"{OWN}{name}, row {entry.row.number}", **entry.given}


# ---- into the folder -----------------------------------------------------------------------------


def _merge(
    taken: Sequence[Taken], to: Path, *, force: bool, mistakes: list[Mistake]
) -> dict[tuple[Path, str], list[dict[str, str]]]:
    """The rows of every file to write: what is there, and what is new."""
    merged: dict[tuple[Path, str], list[dict[str, str]]] = {}
    for name in dict.fromkeys(one.table for one in taken):
        path = to / f"{name}.csv"
        before = _there(path, name, mistakes)
        new = {row["id"]: row for one in taken if one.table == name for row in one.rows}
        again = [key for key in new if key in before]
        if again and not force:
            more = f" and {len(again) - 5} more" if len(again) > 5 else ""
            wrong = f"has these rows already: {', '.join(again[:5])}{more}"
            remedy = "Replace them with --force, or give the new rows other ids."
            mistakes.append(Mistake(Place(str(path)), wrong, remedy))
        merged[path, name] = list((before | new).values())
    return merged


def _there(path: Path, name: str, mistakes: list[Mistake]) -> dict[str, dict[str, str]]:
    """The rows a list of the folder holds, by id."""
    if not path.exists():
        return {}
    try:
        sheet = read_csv(str(path), content_of(path))
        if (found := table_of(sheet)) != name:
            raise mistake(str(path), f"this is a list of {found}", "Rename it, then add again.")
        entries, wrong = entries_of(sheet, name)
        mistakes += wrong
        return {one.id: dict(one.given) for one in entries}
    except Mistakes as error:
        mistakes += error.mistakes
        return {}


def _laid(
    sheets: Iterable[Csv], there: Iterable[Path], written: set[Path], new: set[str]
) -> list[Mistake]:
    """What is wrong with new lists, laid over the catalogue with those of the folder.

    Rows of the files that are written give way to new ones; those of other files stay.
    """
    laying = Laying()
    for path in there:
        try:
            sheet = read_csv(str(path), content_of(path))
            laying.add(_without(sheet, new) if path in written else sheet)
        except Mistakes as error:
            laying.mistakes += error.mistakes
    for sheet in sheets:
        laying.add(sheet)
    laying.tables()
    return laying.mistakes


def _without(sheet: Csv, ids: set[str]) -> Csv:
    """A list without the rows of some ids: they are about to be replaced."""
    head = [cell.strip().lower() for cell in sheet.head.cells]
    place = head.index("id") if "id" in head else len(head)
    rows = tuple(
        row for row in sheet.rows if not {cell.strip() for cell in row.cells[place:][:1]} & ids
    )
    return replace(sheet, rows=rows)


def _written(table: str, rows: Sequence[Cells]) -> bytes:
    """Rows as a list of the folder: the columns that any of them fills."""
    names = [one for one in file_columns(table) if any(row.get(one) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([harmless(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue().encode()


def _left_out(taken: Sequence[Taken]) -> bytes:
    """The rows that were dropped, each with its reason."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for one in taken:
        writer.writerow(["reason", "file", "row", *one.head])
        for reason, number, cells in one.dropped:
            writer.writerow([reason, one.name, number, *map(harmless, cells)])
    return out.getvalue().encode()


def _said(taken: Sequence[Taken], paths: Sequence[Path], to: Path) -> str:
    out = [*(one.report() for one in taken), *map(str, paths)]
    if to == Path(FOLDER):
        out.append(f"Look at them: tco catalogue {taken[0].table} --find own:")
        out.append("A scenario built in this folder takes them: tco build SCENARIO")
    else:
        out.append(f"Name them in a scenario: catalogue: {to}")
    return "\n".join(out)


# ---- exported catalogues -------------------------------------------------------------------------


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


def _skypilot(sheet: Csv, wanted: Wanted) -> Taken:
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


def _gpuhunt(sheet: Csv, wanted: Wanted) -> Taken:
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
                raise _Dropped(_UNASKED)
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
