"""What may be typed: every input of a kind, its unit, default, range, and where that comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace

from tco.catalogue.csvfile import csv_text
from tco.catalogue.shipped import Default, defaults, shipped
from tco.errors import mistake
from tco.facts import options, plain
from tco.lines import Choice, Given, Model
from tco.model import KINDS, OWNABLE, OWNED, inputs_of
from tco.quantities import show
from tco.read.kinds import kind_meant, kinds_said, nearest_kind
from tco.read.schema import GENERAL, TOP_TABLES, WORKLOAD, blocks, spelled, typed_in
from tco.read.values import named
from tco.tables import Answer, PrintedRow, PrintedTable, Words

Place = tuple[str, str, str]
MARGIN = ""  # stands for no block: the key is at the left margin
# What a file has at its margin until it says otherwise, and why.
_GENERAL = {
    "currency": ("USD", "definition: the currency of the catalogue"),
    "as_of": ("looked up", "catalogue: the day of its newest entry"),
}
GIVE, NONE = "to be given", "none"
# What a file may have, so that it has other inputs: each is a model of its own.
_YEARS, _QUOTES, _ITEMS = "block own", "quotes", "items"
_ASKED: dict[str, dict[str, bool]] = {
    "": {},
    _YEARS: {"owned": True},
    _QUOTES: {"owned": True, "quoted": True, "rent_quoted": True, "awarded": True},
    _ITEMS: {"owned": True, "quoted": True, "rent_quoted": True, "awarded": True, "listed": True},
}


@dataclass(frozen=True)
class Typed:
    """One input as a file has it.

    `block` is where its key stands, "" at the left margin; with a `table` the key is of its rows.
    `default` is in `unit`, or says whence the value comes; `low` and `high` are its range. `where`
    says what else a file has, or has not, that has it.
    """

    block: str
    table: str
    key: str
    also: str
    label: str
    unit: str
    default: str
    low: str
    high: str
    allowed: str
    source: str
    date: str
    note: str
    kinds: tuple[str, ...]
    where: str = ""

    @property
    def place(self) -> Place:
        """Its block, its table and its key."""
        return self.block, self.table, self.key


def every_input(kinds: Sequence[str]) -> list[Typed]:
    """Every input of these kinds, block by block, each once with the kinds that have it."""
    found: dict[Place, Typed] = {}
    for kind in kinds:
        for one in _of_kind(kind):
            known = found.setdefault(one.place, one)
            if kind not in known.kinds:
                found[one.place] = replace(known, kinds=(*known.kinds, kind))
    order = list(dict.fromkeys((block, table) for block, table, _ in found))
    return sorted(found.values(), key=lambda one: order.index((one.block, one.table)))


def _of_kind(kind: str) -> Iterator[Typed]:
    """The inputs of one kind, each with what a file must have, or not have, for it to be one."""
    tried = [name for name in _ASKED
             if not name or kind in OWNABLE or (kind == OWNED and name != _YEARS)]  # fmt: skip
    found: dict[Place, Typed] = {}
    seen: dict[Place, list[str]] = {}
    for name in tried:
        for one in _of_model(kind, inputs_of(kind, **_ASKED[name])):
            found.setdefault(one.place, one)
            seen.setdefault(one.place, []).append(name)
    for place, one in found.items():
        yield replace(one, where=_where(seen[place], tried))


def _where(seen: Sequence[str], tried: Sequence[str]) -> str:
    first = tried.index(seen[0])
    gone = next((name for name in tried[first:] if name not in seen), "")
    said = [f"with {seen[0]}"] if first else []
    return ", ".join([*said, *([f"without {gone}"] if gone else [])])


def _of_model(kind: str, model: Model) -> Iterator[Typed]:
    for item in model.givens.values():
        if item.section == "general" and item.key in GENERAL:
            yield _typed(kind, MARGIN, item)
    for block, items in blocks(model).items():
        yield from (_typed(kind, block, one) for one in items.values() if isinstance(one, Given))
    yield from _of_tables(kind, model)


def _of_tables(kind: str, model: Model) -> Iterator[Typed]:
    for key, table in model.tables.items():
        block = MARGIN if key in TOP_TABLES else table.section
        for one in typed_in(model, key):
            yield replace(_typed(kind, block, one), table=key, key=table.spelled(one.key), also="")


def _typed(kind: str, block: str, item: Given) -> Typed:
    known = defaults().get(item.key, Default("", "", "", "", "", ""))
    default, source = _default(item, known)
    also = "" if spelled(item.key) == item.key or block != WORKLOAD else spelled(item.key)
    return Typed(
        block, "", item.key, also, item.label, "" if item.is_text else item.unit, default,
        known.low, known.high, _allowed(item), source, known.date,
        " ".join(part for part in (item.note, known.note) if part), (kind,),
    )  # fmt: skip


def _default(item: Given, known: Default) -> tuple[str, str]:
    """What an input is until somebody gives it, and where that comes from."""
    if item.key in _GENERAL:
        return _GENERAL[item.key]
    if isinstance(item, Choice) and item.default_class:
        return "looked up", f"catalogue: {item.table}, by {item.default_class[0]} and size"
    if item.catalogue:
        return "looked up", f"catalogue: {item.catalogue[0]}, by {' and '.join(item.follows)}"
    if item.as_other:
        return f"as {item.as_other}", "derived"
    if item.as_line:
        return "computed", f"derived: {item.as_line}"
    if known.value:
        return known.value, known.source
    return (GIVE if item.required else NONE), ""


def _allowed(item: Given) -> str:
    """What may be typed: the options of a choice, else the bounds of a number."""
    if isinstance(item, Choice):
        if item.table:
            return f"an id of: tco catalogue {item.table}"
        ids = [str(plain(one)) for one, _ in options(shipped(), item)]
        return named(item, ids) if ids else (f"a row of {item.names}" if item.names else "")
    if item.is_text:
        return "year-month-day" if item.unit == "date" else "text"
    if item.least is not None and item.least == item.most:
        return f"exactly {_bound(item.least, item.unit)}"
    ends = [_bound(one, item.unit) for one in (item.above, item.least, item.most)]
    words = ("above {}", "at least {}", "at most {}")
    said = [word.format(end) for word, end in zip(words, ends, strict=True) if end]
    return " and ".join(said)


def _bound(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value * 100:g} %" if unit.partition("/")[0] == "share" else f"{value:,g}"


# ---- as answers ---------------------------------------------------------------------------------


def asked(word: str) -> list[Typed]:
    """The inputs of a kind, or of all kinds where none is named; `Mistakes` where there is none."""
    kind = kind_meant(word)
    if word and not kind:
        remedy = f"{nearest_kind(word)}It is one of: {kinds_said()}. All of them: tco inputs"
        raise mistake("tco inputs", f"“{word}” is not a kind of scenario", remedy)
    return every_input([kind] if kind else [*KINDS])


def as_csv(inputs: Iterable[Typed]) -> str:
    """Inputs as CSV, a row each."""
    names = [one.name for one in fields(Typed)]
    rows = ([*asdict(one).values()] for one in inputs)
    return csv_text([names, *([" ".join(cell) if isinstance(cell, tuple) else str(cell)
                               for cell in row] for row in rows)])  # fmt: skip


def as_json(inputs: Iterable[Typed]) -> str:
    """Inputs as a JSON list."""
    return json.dumps([asdict(one) for one in inputs], indent=1, ensure_ascii=False)


def answer(inputs: Sequence[Typed], word: str = "") -> Answer:
    """Inputs block by block; whoever asked for no kind is told in which each is."""
    kind = kind_meant(word)
    head = f"{len(inputs):,} inputs of kind {kind}" if kind else f"{len(inputs):,} inputs"
    out, tables = [head], []
    for title, below in _groups(inputs):
        rows = [_row(one, all_kinds=not kind) for one in below]
        wide = [max(len(row[place]) for row in rows) for place in (0, 1)]
        out += ["", title, *(f"  {key:{wide[0]}}  {value:>{wide[1]}}  {said}"
                             for key, value, said in rows)]  # fmt: skip
        tables.append(PrintedTable(title, ("Key", "Default", "What it is, and what it may be"),
                                   (False, True, False), tuple(map(PrintedRow, rows))))  # fmt: skip
    return Answer("\n".join([*out, "", _FOOT]), (Words(head, strong=True), *tables, Words(_FOOT)))


_FOOT = (
    "Beside these: kind below workload; title, deadlines, catalogue, published, cases, and inputs\n"
    "and lines of your own at the left margin.\n"
    "A line may be given in place of what it comes to; tco show SCENARIO lists all of them.\n"
    "What a default means and where it comes from: tco explain SCENARIO KEY"
)


def _groups(inputs: Sequence[Typed]) -> Iterator[tuple[str, list[Typed]]]:
    for block, table in dict.fromkeys((one.block, one.table) for one in inputs):
        below = [one for one in inputs if (one.block, one.table) == (block, table)]
        where = f"{block}:" if block else "at the left margin"
        if table:
            where = f"{block}: {table}: rows of it" if block else f"{table}: rows of it"
        yield where, below


def _row(one: Typed, *, all_kinds: bool) -> tuple[str, str, str]:
    """Key, default and everything else of an input, in words."""
    name = f"{one.key} or {one.also}" if one.also else one.key
    unit = f" ({one.unit})" if one.unit and one.unit not in ("1", "flag") else ""
    said = [f"{one.label}{unit}.", one.note]
    said += [f"Allowed: {one.allowed}."] if one.allowed else []
    said += [f"From: {', '.join(part for part in (one.source, one.date) if part)}."] \
        if one.source else []  # fmt: skip
    said += [f"Only {one.where}."] if one.where else []
    if all_kinds:
        every = len(one.kinds) == len(KINDS)
        said.append(f"Kinds: {'all' if every else ', '.join(one.kinds)}.")
    return name, _shown(one), " ".join(part for part in said if part)


def _shown(one: Typed) -> str:
    """A default as tables print it."""
    try:
        return show(float(one.default), one.unit) if one.unit else one.default
    except ValueError:
        return one.default
