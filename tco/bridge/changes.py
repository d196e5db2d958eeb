"""What differs between two scenarios as they are written, change by change.

A change is what somebody would call one: a value, a choice, a row of a table, a price list. What
it brings with it (the prices of another accelerator) follows by itself where it is laid over.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tco.bridge.ends import End
from tco.bridge.said import fact_words, range_words, raw_words, row_words, shortened, source_of
from tco.facts import Fact, RowFact
from tco.lines import Given, Line
from tco.read.document import Path_
from tco.read.giventables import row_name
from tco.read.schema import ASIDE, typed_in

# What decides nothing, what is told as one change, and blocks that make another model.
_SILENT = ("title", "catalogue", "currency")
_AS_ONE = {"published": "What sources print", "deadlines": "Points of the deadline table"}
_OF_ONE_PIECE = ("own", "bill", "quotes", "rent_quotes")
_BLOCKS = {"own": "Years of ownership", "bill": "Bill of materials", "quotes": "Quotes",
           "rent_quotes": "Quotes of rent"}  # fmt: skip
_NAMED = 2  # of what a change needs, where it needs much
WORDS = "Sources, dates and notes"


@dataclass(frozen=True)
class Leaf:
    """What stands at a path of one scenario or of both."""

    path: Path_


@dataclass(frozen=True)
class InTable:
    """A row of a table: its number in the first scenario and in the second, None where it is not.

    `of` is how many rows of the table differ.
    """

    path: Path_
    first: int | None
    second: int | None
    of: int


@dataclass(frozen=True)
class PriceList:
    """An own price list, by its name."""

    name: str


Part = Leaf | InTable | PriceList


@dataclass(frozen=True)
class Change:
    """One change: what it is called, what was there and what is, what the new one rests on.

    `parts` are the places that it lays over.
    """

    label: str
    was: str
    now: str
    source: str
    parts: tuple[Part, ...]

    @property
    def is_beside(self) -> bool:
        """Whether it is of what stands beside the figures: published ones, points of a table."""
        return all(isinstance(one, Leaf) and one.path[0] in _AS_ONE for one in self.parts)


def changes(first: End, second: End) -> list[Change]:
    """Everything that somebody changed between two scenarios, in the order of their files.

    What is written in another way and comes to the same is none. Sources, dates and notes of
    values that stay are one change together.
    """
    found = _Finding(first, second)
    every = [*found.tree(), *found.lists()]
    if found.words:
        count = len(found.words)
        label = f"{WORDS} ({count} of them)" if count > 1 else WORDS
        named = dict.fromkeys(map(found.named, found.words))
        said = shortened(f"of {', '.join(named)}")
        every.append(Change(label, "", said, "", tuple(found.words)))
    return told_apart(every)


@dataclass
class _Finding:
    first: End
    second: End

    def __post_init__(self) -> None:
        self.words: list[Part] = []  # what differs in words alone

    def tree(self) -> Iterator[Change]:
        """What the files say, block by block."""
        was, now = self.first.written.tree, self.second.written.tree
        for key in _keys(was, now):
            before, after = was.get(key), now.get(key)
            if key in _SILENT or before == after:
                continue
            if key in _AS_ONE:
                yield Change(_AS_ONE[key], _count(before), _count(after), "", (Leaf((key,)),))
            elif key in _OF_ONE_PIECE and (before is None or after is None):
                yield Change(_BLOCKS[key], _count(before), _count(after), "", (Leaf((key,)),))
            elif isinstance(before, dict | None) and isinstance(after, dict | None):
                yield from self.block((key,), before or {}, after or {})
            else:
                yield from self.leaf((key,), before, after)

    def block(
        self, path: Path_, was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> Iterator[Change]:
        """The keys of a block: values, and tables."""
        for key in _keys(was, now):
            before, after = was.get(key), now.get(key)
            if before == after:
                continue
            if isinstance(before, list) and isinstance(after, list):
                yield from self.table((*path, key), before, after)
            elif isinstance(before, list) or isinstance(after, list):
                label = self.table_title(key)
                said = _count(before), _count(after)
                yield Change(label, *said, "", (Leaf((*path, key)),))
            else:
                yield from self.leaf((*path, key), before, after)

    def named(self, part: Part) -> str:
        """What a part of the scenario is called where only words of it differ."""
        path = getattr(part, "path", ("",))
        return self.table_title(path[-1]) if isinstance(part, InTable) else self.label(path)

    # ---- values --------------------------------------------------------------------------------

    def leaf(self, path: Path_, before: Any, after: Any) -> Iterator[Change]:
        """One value; nothing where it comes to the same."""
        part, key = Leaf(path), str(path[-1])
        facts = self.fact(self.first, path), self.fact(self.second, path)
        if before is not None and after is not None:
            alike = _alike(*facts) if None not in facts else _bare(before) == _bare(after)
            if alike:
                if _aside(facts[0], before) != _aside(facts[1], after):
                    self.words.append(part)
                return
        ends = zip((self.first, self.second), facts, (before, after), strict=True)
        was, now = (
            fact_words(end.scenario, key, fact, given=raw is not None)
            if fact is not None else raw_words(raw)
            for end, fact, raw in ends
        )  # fmt: skip
        if was == now and None not in facts:  # what is usual is given, or no longer
            was, now = (f"{said}{range_words(end.scenario, key, fact)}" for end, said, fact in
                        zip((self.first, self.second), (was, now), facts, strict=True)
                        if fact)  # fmt: skip
        source = self.second.typed.get(key) or (source_of(facts[1]) if after is not None else "")
        yield Change(self.label(path), was, now, source, (part,))

    def fact(self, end: End, path: Path_) -> Fact | None:
        """What stands behind a value of a block; None where it is no input."""
        if path[0] in ("inputs", "lines", "cases") or path[-1] == "kind":
            return None
        found = end.scenario.facts.get(str(path[-1]))
        return found.under_case if found else None

    def label(self, path: Path_) -> str:
        """What a value is called."""
        key = str(path[-1])
        if path[0] == "cases":
            return f"Case {key}"
        if key == "kind":
            return "Kind of scenario"
        item = self.item(key)
        return item.label if item else key

    def item(self, key: str) -> Given | Line | None:
        """The input or line of a key, in whichever scenario has it."""
        models = (self.second.scenario.model, self.first.scenario.model)
        return next((one.items[key] for one in models if key in one.items), None)

    # ---- rows ----------------------------------------------------------------------------------

    def table_title(self, key: str) -> str:
        """What a table is called."""
        models = (self.second.written.model, self.first.written.model)
        return next((one.tables[key].title for one in models if key in one.tables), key)

    def table(self, path: Path_, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        """The rows of a table that both have."""
        axis = str(path[-1])
        pairs = [(one, two) for one, two in self.pairs(axis, before, after)
                 if one is None or two is None or before[one] != after[two]]  # fmt: skip
        rows = [(self.row(self.first, axis, one), self.row(self.second, axis, two))
                for one, two in pairs]  # fmt: skip
        count = len(pairs)
        for (one, two), (was, now) in zip(pairs, rows, strict=True):
            part = InTable(path, one, two, count)
            if was and now and _values(was) == _values(now):
                if _behind(was) != _behind(now):
                    self.words.append(part)
                continue
            yield self.of_row(axis, was, now, part)

    def of_row(self, axis: str, was: RowFact | None, now: RowFact | None, part: InTable) -> Change:
        """The change of one row, in words."""
        end, row = (self.second, now) if now else (self.first, was)
        table, scenario = end.scenario.model.tables.get(axis), end.scenario
        title = self.table_title(axis)
        if table is None or row is None:
            return Change(title, "", "", "", (part,))
        given = typed_in(scenario.model, axis)
        name = f"{row.values[given[0].key]}, row {row.name}" if table.numbered else row.name
        said = row_words(scenario, given, was, now)
        source = source_of(now) if now else ""
        return Change(f"{title}: {name}", *said, source, (part,))

    def row(self, end: End, axis: str, place: int | None) -> RowFact | None:
        """A row of a table as it is read, by its place in the file."""
        rows = end.scenario.tables.get(axis, ())
        return next((one for one in rows if one.place == place), None)

    def pairs(
        self, axis: str, before: Sequence[Any], after: Sequence[Any]
    ) -> list[tuple[int | None, int | None]]:
        """Which row is which: by its name, or by what is alike where rows are numbered."""
        table = self.second.written.model.tables.get(axis)
        names = [_names(end, axis, rows) for end, rows in
                 ((self.first, before), (self.second, after))]  # fmt: skip
        if table is None or table.numbered or any(len({*one}) < len(one) for one in names):
            return _aligned(before, after, *names)
        places = {name: at for at, name in enumerate(names[1])}
        found: list[tuple[int | None, int | None]] = [
            (at, places.get(name)) for at, name in enumerate(names[0])
        ]
        return [*found, *((None, at) for at, name in enumerate(names[1]) if name not in names[0])]

    # ---- price lists ---------------------------------------------------------------------------

    def lists(self) -> Iterator[Change]:
        """Own price lists that came, went or have other contents."""
        was, now = dict(self.first.written.prices), dict(self.second.written.prices)
        for name in _keys(was, now):
            if was.get(name) == now.get(name):
                continue
            said = ("none" if one is None else f"{len(one.splitlines())} lines"
                    for one in (was.get(name), now.get(name)))  # fmt: skip
            before, after = said
            yield Change(f"Price list {name}", before, after, "", (PriceList(name),))


def _keys(*blocks: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(key for block in blocks for key in block))


def _count(said: Any) -> str:
    """How much a block or a table holds, in words."""
    if said is None:
        return "none"
    if isinstance(said, dict):
        rows = [len(one) for one in said.values() if isinstance(one, list)]
        return _counted(sum(rows), "row") if rows else _counted(len(said), "value")
    return _counted(len(said), "row") if isinstance(said, list) else raw_words(said)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _alike(was: Fact | None, now: Fact | None) -> bool:
    """Whether two inputs are of the same value and range."""
    assert was is not None and now is not None
    return (was.value, was.low, was.high, was.spread) == (now.value, now.low, now.high, now.spread)


def _bare(raw: Any) -> Any:
    """A value as it is written, less what stands behind it."""
    if not isinstance(raw, dict):
        return {"value": raw}
    return {key: one for key, one in raw.items() if key not in ASIDE}


def _aside(fact: Fact | None, raw: Any) -> tuple[Any, ...]:
    """What stands behind a value; where nothing is given, the name of its file is none."""
    if isinstance(raw, dict):
        return tuple(raw.get(key) for key in ASIDE)
    return (None,) * len(ASIDE)


def _behind(row: RowFact) -> tuple[str, str, str]:
    """What stands behind a row, less that it is the row of some number in some file."""
    return ("" if row.source.startswith("stated: ") else row.source), row.date, row.note


def _values(row: RowFact) -> list[str]:
    return [repr(one) for one in row.values.values()]


def _names(end: End, axis: str, rows: Sequence[Any]) -> list[str]:
    model = end.written.model
    if axis not in model.tables:
        return [str(at) for at in range(len(rows))]
    first = model.tables[axis].spelled(typed_in(model, axis)[0].key)
    return [row_name(row, first, at).casefold() for at, row in enumerate(rows, 1)]


def _aligned(
    before: Sequence[Any], after: Sequence[Any], names: Sequence[str], others: Sequence[str]
) -> list[tuple[int | None, int | None]]:
    """Rows that are alike side by side; between them those of one name, in their order."""
    found: list[tuple[int | None, int | None]] = []
    texts = [[repr(row) for row in rows] for rows in (before, after)]
    matcher = difflib.SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for kind, one, last, two, end in matcher.get_opcodes():
        if kind == "equal":
            found += zip(range(one, last), range(two, end), strict=True)
            continue
        left = list(range(two, end))
        for at in range(one, last):
            same = next((place for place in left if others[place] == names[at]), None)
            found.append((at, same))
            if same is not None:
                left.remove(same)
        found += ((None, place) for place in left)
    return found


def joined(parts: Sequence[Change]) -> Change:
    """Several changes as one, named by the first and by what it needs."""
    first, *others = parts
    names = list(dict.fromkeys(one.label for one in others))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    named = ", ".join(names[:_NAMED]) + more if more else " and ".join(names)
    every = tuple(part for one in parts for part in one.parts)
    return Change(f"{first.label}, with {named}", "", "", "", every)


def told_apart(found: Sequence[Change]) -> list[Change]:
    """The same changes, each under a name of its own."""
    counts = Counter(one.label for one in found)
    return [
        replace(one, label=f"{one.label} ({_key_of(one.parts[0])}, {number})")
        if counts[one.label] > 1 else one
        for number, one in enumerate(found, 1)
    ]  # fmt: skip


def _key_of(part: Part) -> str:
    return part.name if isinstance(part, PriceList) else str(part.path[-1])
