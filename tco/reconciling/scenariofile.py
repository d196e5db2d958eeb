"""The file of a scenario: where in it each input stands, and another value in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from tco.carried import Carried
from tco.catalogue.shipped import defaults
from tco.errors import Place
from tco.facts import TYPED, plain
from tco.lines import Choice, Given
from tco.model.of_scenario import published_keys
from tco.model.rates import rate_code
from tco.read.loading import gathered_of
from tco.read.rates import CURRENCIES, RATE, code_in
from tco.read.schema import (
    ALIASES,
    CASES,
    DEADLINES,
    FORMER,
    WORKLOAD,
    Shape,
    shape_of,
    spelled,
    typed_in,
)
from tco.reconciling.csvtext import CsvText
from tco.reconciling.knownrows import KnownRows
from tco.reconciling.spelling import spelled_number
from tco.reconciling.spots import GIVEN, OVERRIDDEN, Spot
from tco.reconciling.yamltext import Item, Pair, Unwritable, YamlText, lines_of

Path_ = tuple[Any, ...]
Value = float | str | None  # None takes a key out
Values = Mapping[str, float | str]
_MARGIN = ("as_of", "case", "usd_rate", "title")
_POINT = "deadline_point_"
_BESIDE = ("source", "date")  # what told of the value that was exchanged
_IN_FILE = "Write it into the scenario's file."


class ScenarioFile:
    """A scenario's file with the tables beside it, as they are and as they are to be.

    `shown` is how messages name it; `settings` are those it is built with. Raises `Mistakes` where
    it cannot be read.
    """

    def __init__(self, carried: Carried, shown: str, settings: Sequence[str] = ()) -> None:
        self.carried, self.shown = carried, shown
        gathered, mistakes = gathered_of(carried, shown, ())  # places are those of the file alone
        mistakes.stop()
        self.gathered, self.document = gathered, mistakes.document
        asked = gathered_of(carried, shown, settings)[0] if settings else gathered
        self.shape: Shape = shape_of(asked.model)
        self.model = asked.model
        self.currency = asked.currency
        self.yaml = YamlText(carried.text)
        self.csvs = {name: CsvText(name, content) for name, content in carried.tables}
        self._known: dict[str, KnownRows] = {}  # tables that the file does not have
        self._days: list[str] = []  # of the deadline table, the same

    # ---- where ----

    def path(self, spot: Spot) -> Path_:
        """Where in the blocks of a file a thing stands. Raises `Unwritable` for what is in none."""
        key = spot.given.key
        if spot.case:
            said = self._said(CASES, spot.case)
            written = {full: one for one, full in {**ALIASES, **FORMER}.items()}
            short = written.get(key, key)
            return (CASES, spot.case, short if isinstance(said, dict) and short in said else key)
        if spot.table:
            table = self.model.tables[spot.table]
            return (table.section, spot.table, spot.row, table.spelled(key))
        if code := rate_code(key):
            return (CURRENCIES, self._row_of(code), RATE)
        if key.startswith(_POINT):
            return ("deadlines", int(key.removeprefix(_POINT)) - 1)
        published = {name: line for line, name in published_keys(self.model).items()}
        if key in published:
            return ("published", published[key])
        if key in _MARGIN:
            return (key,)
        for block, items in self.shape.items.items():
            if key in items:
                return (block, key)
        raise Unwritable(f"{key} is no key of a scenario file", _elsewhere(key))

    def _row_of(self, code: str) -> int:
        rows = self._said(CURRENCIES)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and code_in(row).casefold() == code.casefold():
                return number
        raise Unwritable(f"the file has no rate of {code}", _IN_FILE)

    def _said(self, *path: Any) -> Any:
        found = self.document.tree
        for step in path:
            if isinstance(found, list):
                found = found[step] if step < len(found) else None
            else:
                found = found.get(step) if isinstance(found, dict) else None
        return found

    def said(self, spot: Spot) -> Any:
        """What the file has of a thing, as it is written: a text, a block of texts, or None."""
        path = self.path(spot)
        found = self._said(*path[:3]) if spot.table else self._said(*path)
        if spot.table and not isinstance(found, dict):
            found = {self._first(spot.table): found}
        return found.get(path[3]) if spot.table else found

    def rows(self, table: str) -> list[Any]:
        """The rows of a table, as the file or what it names has them."""
        found = self._said(self.model.tables[table].section, table)
        return found if isinstance(found, list) else []

    def _first(self, table: str) -> str:
        """The column that a row may be written as alone."""
        return self.model.tables[table].spelled(typed_in(self.model, table)[0].key)

    def _csv(self, place: Place) -> CsvText | None:
        """The table beside the file in which something stands."""
        if place.name == self.shown:
            return None
        named = place.name.replace("\\", "/")
        return next((one for name, one in self.csvs.items() if named.endswith(name)), None)

    # ---- another value ----

    def exchange(self, spot: Spot, parts: Mapping[str, Value]) -> None:
        """Put other values in the place of a thing's own: its value, its low, its high.

        What stood beside a value that is overridden told of that one: its source becomes that of a
        number typed over another, as the workbook shows it, and its date goes. Raises `Unwritable`.
        """
        path = self.path(spot)
        if spot.table:
            self._exchange_cell(spot, path, parts["value"])
        elif path[0] == "deadlines":
            self._exchange_point(spot, path[1], parts["value"])
        elif path[0] == CURRENCIES:
            self._exchange_in_row(spot, self._pair(path), parts)
        else:
            self._exchange_leaf(spot, path, parts)

    def text(self, spot: Spot, value: float | str, old: str) -> str:
        """A value as the file writes it."""
        if isinstance(value, str):
            return value
        if isinstance(spot.given, Choice):
            if spot.given.unit == "flag" and value in (0.0, 1.0):
                return "yes" if value else "no"
            return str(plain(value))
        return spelled_number(spot.given, value, old, self.currency)

    def _scalar(self, spot: Spot, value: float | str, old: Any, *, flow: bool = False) -> str:
        text = self.text(spot, value, str(old or ""))
        return self.yaml.scalar(text, flow=flow)

    def _pair(self, path: Path_) -> Pair:
        place = self.document.keys[path]
        if place.name != self.shown:
            raise Unwritable(f"{path[-1]} is not in the file", _IN_FILE)
        return self.yaml.pair(place)

    def _is_there(self, path: Path_) -> bool:
        return path in self.document.keys and self.document.keys[path].name == self.shown

    def _exchange_leaf(self, spot: Spot, path: Path_, parts: Mapping[str, Value]) -> None:
        if not self._is_there(path):
            self._add_leaf(spot, path, parts)
            return
        pair = self._pair(path)
        if parts.get("value", "") is None:
            if _ends(parts):
                raise Unwritable("its value is cleared and its range is not",
                                 "Clear Low and High too, or type a value.")  # fmt: skip
            self.yaml.remove(pair)
        elif isinstance(pair.value, MappingNode):
            self._exchange_in_block(spot, pair.value, parts)
        else:
            self._exchange_plain(spot, pair, parts)

    def _exchange_plain(self, spot: Spot, pair: Pair, parts: Mapping[str, Value]) -> None:
        """A value without a block: it stays one, unless it gets a range."""
        old = str(pair.value.value)
        value, ends = parts.get("value"), _ends(parts)
        if not ends:
            assert value is not None
            new = self._scalar(spot, value, old, flow=bool(pair.within.flow_style))
            if self.text(spot, value, old) != old:
                self.yaml.exchange(pair, new)
            return
        written = self.yaml.said(pair)
        if value is not None:
            written = self._scalar(spot, value, old, flow=True)
        said = [f"{self.yaml.key('value')}: {written}"]
        said += [f"{self.yaml.key(end)}: {self._scalar(spot, one, old, flow=True)}"
                 for end, one in ends.items()]  # fmt: skip
        self.yaml.exchange(pair, "{" + ", ".join(said) + "}")

    def _exchange_in_block(
        self, spot: Spot, block: MappingNode, parts: Mapping[str, Value]
    ) -> None:
        inner, flow = self.yaml.inner(block), bool(block.flow_style)
        unit = str(inner["value"].value.value)
        last = inner["value"]
        for part in ("value", "low", "high"):
            last = inner.get(part, last)
            if part not in parts:
                continue
            new = parts[part]
            old = str(inner[part].value.value) if part in inner else unit
            if new is None and part in inner:
                self.yaml.remove(inner[part])
            elif new is not None and part in inner:
                if self.text(spot, new, old) != old:
                    self.yaml.exchange(inner[part], self._scalar(spot, new, old, flow=flow))
            elif new is not None:
                self.yaml.add(block, {part: self._scalar(spot, new, old, flow=flow)}, last)
        if spot.part == OVERRIDDEN:
            self._forget(inner, block)

    def _exchange_in_row(self, spot: Spot, pair: Pair, parts: Mapping[str, Value]) -> None:
        value, old = parts.get("value"), str(pair.value.value)
        if value is None:
            raise Unwritable("a rate cannot be cleared", _IN_FILE)
        new = self._scalar(spot, value, old, flow=bool(pair.within.flow_style))
        self.yaml.exchange(pair, new)
        if spot.part == OVERRIDDEN:
            self._forget(self.yaml.inner(pair.within), pair.within)

    def _forget(self, inner: Mapping[str, Pair], block: MappingNode) -> None:
        """Take what stood behind the value that was exchanged away."""
        if "source" in inner and str(inner["source"].value.value) != TYPED:
            said = self.yaml.scalar(TYPED, flow=bool(block.flow_style))
            self.yaml.exchange(inner["source"], said)
        if "date" in inner:
            self.yaml.remove(inner["date"])

    def _add_leaf(self, spot: Spot, path: Path_, parts: Mapping[str, Value]) -> None:
        """A key that the file does not have yet."""
        value, ends = parts.get("value"), _ends(parts)
        if value is None:
            raise Unwritable(
                "the file does not give it, so there is nothing to clear or to put a range beside",
                "Type its value into Override, if only the same, and pull again.",
            )  # fmt: skip
        said = self._scalar(spot, value, "", flow=bool(ends))
        if ends:
            said = f"{{{self.yaml.key('value')}: {said}" + "".join(
                f", {self.yaml.key(end)}: {self._scalar(spot, one, '', flow=True)}"
                for end, one in ends.items()
            ) + "}"  # fmt: skip
        key = spelled(path[-1]) if path[0] == WORKLOAD else path[-1]
        if len(path) == 1 or (path[0] == WORKLOAD and self.gathered.blockless):
            self.yaml.add(_block(self.yaml.root), {key: said})
        elif path[0] == CASES:
            self.yaml.add(_block(self._pair(path[:2]).value), {key: said})
        else:
            self.yaml.add_below(path[0], key, said)

    def _exchange_point(self, spot: Spot, number: int, value: Value) -> None:
        if value is None:
            raise Unwritable("a point of the deadline table cannot be cleared", _IN_FILE)
        old = self._said("deadlines", number)
        item = self._item(("deadlines", number)) if old is not None else None
        if item is not None:
            self.yaml.exchange(item, self._scalar(spot, value, old, flow=True))
            return
        if self._is_there(("deadlines",)):
            raise Unwritable("an alias stands for this point", _IN_FILE)
        self._days = self._days or [f"{days} days" for days in DEADLINES]
        self._days[number] = self.text(spot, value, self._days[number])

    def _item(self, path: Path_) -> Item | None:
        place = self.document.values.get(path)
        return self.yaml.item(place) if place and place.name == self.shown else None

    # ---- rows ----

    def _exchange_cell(self, spot: Spot, path: Path_, value: Value) -> None:
        row, column = path[:3], path[3]
        place = self.document.values.get(row)
        if place is None:
            self._exchange_default(spot, path, value)
        elif text := self._csv(place):
            self._exchange_in_csv(spot, text, path, value)
        else:
            self._exchange_in_item(spot, self._row_item(spot.table, spot.row), column, value)

    def _exchange_in_item(self, spot: Spot, item: Item, column: str, value: Value) -> None:
        if isinstance(item.value, ScalarNode):
            first, old = self._first(spot.table), str(item.value.value)
            if value is None:
                raise Unwritable("it is all that its row says", _IN_FILE)
            if column == first:
                self.yaml.exchange(item, self._scalar(spot, value, old))
                return
            said = self._scalar(spot, value, "", flow=True)
            written = f"{{{self.yaml.key(first)}: {self.yaml.said(item)}, "
            self.yaml.exchange(item, f"{written}{self.yaml.key(column)}: {said}}}")
            return
        block = _block(item.value)
        inner, flow = self.yaml.inner(block), bool(block.flow_style)
        if column in inner and value is None:
            self.yaml.remove(inner[column])
        elif column in inner:
            assert value is not None
            old = str(inner[column].value.value)
            self.yaml.exchange(inner[column], self._scalar(spot, value, old, flow=flow))
        elif value is not None:
            self.yaml.add(block, {column: self._scalar(spot, value, "", flow=flow)})

    def forget_row(self, table: str, row: int) -> None:
        """Take what stood behind a row's values away, once it was typed over."""
        path = (self.model.tables[table].section, table, row)
        place = self.document.values.get(path)
        columns = {self.model.tables[table].spelled(one.key) for one in typed_in(self.model, table)}
        if place is not None and (text := self._csv(place)):
            for column, said in zip(_BESIDE, (TYPED, ""), strict=True):
                if column not in columns and text.has(column) and text.said(row, column):
                    text.exchange(row, column, said)
        elif (item := self._item(path)) and isinstance(item.value, MappingNode):
            inner = {key: one for key, one in self.yaml.inner(item.value).items()
                     if key not in columns}  # fmt: skip
            self._forget(inner, item.value)

    def _exchange_in_csv(self, spot: Spot, text: CsvText, path: Path_, value: Value) -> None:
        row, column = path[2], path[3]
        old = text.said(row, column)
        if value is None:
            text.exchange(row, column, "")
            return
        text.exchange(row, column, self._in_csv(spot, text, value, old))

    def _in_csv(self, spot: Spot, text: CsvText, value: float | str, old: str) -> str:
        """A value as the table beside the file writes it."""
        numbers = {self.model.tables[spot.table].spelled(one.key)
                   for one in typed_in(self.model, spot.table) if not one.is_text}  # fmt: skip
        commas = text.commas(numbers) and isinstance(value, float)
        said = self.text(spot, value, old.replace(",", ".") if commas else old)
        plainly = said.replace("_", "") if isinstance(value, float) else said
        return plainly.replace(".", ",") if commas else plainly

    def _exchange_default(self, spot: Spot, path: Path_, value: Value) -> None:
        """A row that the product knows."""
        _, table, row, column = path
        cells = self._of_product(table).rows[row]
        if value is None:
            cells.pop(column, None)
        else:
            cells[column] = self.text(spot, value, cells.get(column, ""))
        if spot.part == OVERRIDDEN:
            cells.pop("date", None)
            cells["source"] = TYPED

    def _of_product(self, table: str) -> KnownRows:
        if table not in self._known:
            if self._is_there((self.model.tables[table].section, table)) or table == CURRENCIES:
                raise Unwritable("its row is not in the file", _IN_FILE)
            self._known[table] = KnownRows.of(self.rows(table))
        return self._known[table]

    def add_row(
        self, table: str, after: int, values: Values, aside: Mapping[str, str]
    ) -> dict[str, str]:
        """Add a row behind another one of the file, counted from 0; behind -1 it is the first.

        `values` are by key of their column, `aside` its source, date and note. What the file would
        have anyway and the other row does not say is not written. Returns the row as the file has
        it. Raises `Unwritable`.
        """
        beside, rows = max(after, 0), self.rows(table)
        place = self.document.values.get(self._row(table, beside))
        csv = self._csv(place) if place else None
        there = rows[beside] if rows and isinstance(rows[beside], dict) else {}
        cells: dict[str, str] = {}
        for given in typed_in(self.model, table):
            if given.key in values:
                column, spot = self.model.tables[table].spelled(given.key), _spot(given, table)
                old = csv.said(beside, column) if csv else str(there.get(column) or "")
                if not old and _is_known(given, values[given.key]):
                    continue
                made = self._in_csv(spot, csv, values[given.key], old) if csv else (
                    self.text(spot, values[given.key], old)
                )  # fmt: skip
                cells[column] = made
        cells |= {name: said for name, said in aside.items() if name not in cells}
        if place is None:
            self._of_product(table).add(after, cells)
        elif csv:
            csv.add(after, cells)
        else:
            self.yaml.add_item(self._row_item(table, beside), cells, before=after < 0)
        return cells

    def remove_row(self, table: str, row: int) -> None:
        """Take a row out of the file. Raises `Unwritable`."""
        place = self.document.values.get(self._row(table, row))
        if place is None:
            self._of_product(table).remove(row)
        elif csv := self._csv(place):
            csv.remove(row)
        else:
            self.yaml.remove_item(self._row_item(table, row))

    def _row(self, table: str, row: int) -> Path_:
        return (self.model.tables[table].section, table, row)

    def _row_item(self, table: str, row: int) -> Item:
        item = self._item(self._row(table, row))
        if item is None:
            raise Unwritable("an alias stands for its row", _IN_FILE)
        return item

    def result(self) -> Carried:
        """The file and its tables with everything exchanged."""
        for table, known in self._known.items():
            section, rows = self.model.tables[table].section, map(self.yaml.row, known.result())
            said = "".join(lines_of([*rows], 4, self.yaml.newline))
            self.yaml.add_below(section, table, said.removeprefix(" "))
        if self._days:
            days = ", ".join(self.yaml.scalar(one, flow=True) for one in self._days)
            self.yaml.add(_block(self.yaml.root), {"deadlines": f"[{days}]"})
        self._known, self._days = {}, []
        tables = tuple((name, self.csvs[name].result()) for name, _ in self.carried.tables)
        return replace(self.carried, text=self.yaml.result(), tables=tables)


def _is_known(given: Given, value: float | str) -> bool:
    """Whether a row that does not give it has that value."""
    known = defaults().get(given.key)
    if known is None:
        return False
    return value == known.value if given.is_text else value == float(known.value)


def _spot(given: Given, table: str) -> Spot:
    return Spot(("", 0, 0), GIVEN, given, table)


def _ends(parts: Mapping[str, Value]) -> dict[str, float | str]:
    """The ends of a range that are given."""
    return {end: one for end in ("low", "high") if (one := parts.get(end)) is not None}


def _block(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise Unwritable("no block of keys stands there", _IN_FILE)
    return node


def _elsewhere(key: str) -> str:
    if key == "currency":
        return "Its numbers would stay as they are: name the currency in the scenario's file."
    return "It only shows something in the workbook: clear its Override."
