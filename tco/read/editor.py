"""The JSON Schema of scenario files: what editors and other tools offer, and what they mark.

Parts that kinds share stand once below `$defs`. It is a little stricter than `tco`: an option has
to be spelled as it is listed, and a currency needs no rate.
"""

from __future__ import annotations

import collections
import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tco.catalogue.shipped import shipped
from tco.draws.spreads import KINDS as SPREADS
from tco.facts import options, plain
from tco.lines import Choice, Given, GivenRows, Line, Model
from tco.model import ITEMS, KINDS, OWNABLE, OWNED, model_for, trades_time
from tco.read.ownlines import UNITS
from tco.read.schema import (
    ALIASES,
    ASIDE,
    CASES,
    FORMER,
    TOP_TABLES,
    blocks,
    publishable,
    shared_with_owned,
)

Schema = dict[str, Any]

_AT = "#/$defs/"
MOST_EXAMPLES = 50  # of a long table: the others are found with tco catalogue
_PLAIN = ["string", "number", "boolean"]  # YAML takes some texts for something else
_NUMBER = r"^\s*[+-]?(\d|\.\d)"
# Money may have its currency before the number too: EUR 371_000, $2.35/h.
_MONEY = r"^\s*[+-]?\s*([A-Za-z]{2,3}|[A-Za-z]{0,3}[$€£¥₹₩₽₺₪₴₫฿₱₦元円])?\s*[+-]?(\d|\.\d)"
_PARTS: dict[str, Schema] = {
    "text": {"type": [*_PLAIN, "null"]},
    "date": {"type": ["string", "null"], "pattern": r"^(\d{4}-\d{2}-\d{2})?$"},
    "quantity": {"type": ["number", "string"], "pattern": _NUMBER},
    "quantity_or_nothing": {"type": ["number", "string", "null"], "pattern": _NUMBER},
    "money": {"type": ["number", "string"], "pattern": _MONEY},
    "money_or_nothing": {"type": ["number", "string", "null"], "pattern": _MONEY},
}
_ASIDE = {key: {"$ref": "#/$defs/text"} for key in ASIDE} | {"date": {"$ref": "#/$defs/date"}}
_SPREAD: Schema = {"enum": [*SPREADS, None]}
_CODE: Schema = {"type": "string", "pattern": "^[A-Z]{3}$"}
_RATES: Schema = {
    "description": "What one of each other currency costs in the currency, on which day.",
    "type": ["array", "null", "string"],
    "items": {
        "type": "object",
        "properties": {"currency": _CODE, "rate": {"$ref": "#/$defs/quantity"}, **_ASIDE},
        "required": ["currency", "rate"], "additionalProperties": False,
    },
}  # fmt: skip
_DEFAULT = next(iter(KINDS))


def schema() -> Schema:
    """The schema of the files of every kind, in JSON Schema of 2020-12."""
    return _Parts().schema()


def as_text(made: Mapping[str, Any]) -> str:
    """A schema as JSON, a part a line."""
    parts = ",\n".join(f"  {json.dumps(key)}: {json.dumps(part)}" for key, part in
                       made["$defs"].items())  # fmt: skip
    rest = (f" {json.dumps(key)}: {json.dumps(part)},\n" for key, part in made.items()
            if key != "$defs")  # fmt: skip
    return f'{{\n{"".join(rest)} "$defs": {{\n{parts}\n }}\n}}'


class _Parts:
    """The parts of the schema, each once: equal ones share a name."""

    def __init__(self) -> None:
        self.parts: dict[str, Schema] = dict(_PARTS)
        self.keys: set[str] = set()  # the parts that are keys

    def schema(self) -> Schema:
        files = {kind: self._file(kind) for kind in KINDS}
        flat = self._ref("three_lines", self._three_lines(files[_DEFAULT]))
        branch: Schema = {"if": {"required": ["workload"]}, "then": files[_DEFAULT], "else": flat}
        for kind in reversed([*KINDS][1:]):
            named = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
            workload = {"type": "object", **named}
            branch = {
                "if": {"properties": {"workload": workload}, "required": ["workload"]},
                "then": files[kind],
                "else": branch,
            }
        counts = collections.Counter(_references([branch, *self.parts.values()]))
        shared = {name: part for name, part in self.parts.items()
                  if counts[name] > 1 or name not in self.keys}  # fmt: skip
        put = functools.partial(_put_in, parts=self.parts, shared=shared)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A scenario of tco",
            "type": "object",
            **put(branch),
            "$defs": {name: put(part) for name, part in shared.items()},
        }

    def _ref(self, name: str, part: Schema) -> Schema:
        """A reference to a part, which is kept under a name of its own."""
        number, free = 1, name
        while self.parts.setdefault(free, part) != part:
            number += 1
            free = f"{name}.{number}"
        return {"$ref": f"{_AT}{free}"}

    # ---- a file and its blocks ----

    def _file(self, kind: str) -> Schema:
        """The file of one kind."""
        model = model_for(kind, kind in OWNABLE, quoted=True, rent_quoted=True, awarded=True)
        keys = {block: self._keys(found) for block, found in blocks(model).items()
                if block not in TOP_TABLES}  # fmt: skip
        keys["workload"]["kind"] = {"enum": [*KINDS]}
        for short, full in ALIASES.items():
            if full in keys["workload"]:
                keys["workload"][short] = keys["workload"][full]
        for key, table in model.tables.items():
            if key not in TOP_TABLES:
                keys.setdefault(table.section, {})[key] = self._table(table, model)
        items = self._items(kind, model, keys)
        if OWNED in keys:
            keys[OWNED] |= self._keys(shared_with_owned(model))
            keys[OWNED] |= {old: keys[OWNED][full] for old, full in FORMER.items()}
        found = {block: self._ref(block, _block(below)) for block, below in keys.items()}
        found |= items | self._general(model)
        found |= self._at_the_margin(kind, model)
        found["published"] = {
            "type": ["object", "null"],
            "description": "What the source prints; shown beside what is computed.",
            "propertyNames": {"anyOf": self._names(model)},
            "additionalProperties": self._leaf("price", {"$ref": "#/$defs/money"}),
        }
        return self._ref(f"{kind}_file", _block(found, empty=False))

    def _table(self, table: GivenRows, model: Model) -> Schema:
        rows = {"type": ["array", "null"], "items": self._row(table, model)}
        return {"description": table.title, **rows}

    def _at_the_margin(self, kind: str, model: Model) -> Schema:
        """The tables that a file holds as rows, or as the name of a CSV beside it."""
        found = {}
        listed = model_for(kind, kind in OWNABLE, quoted=True, listed=True)
        for key in [one for one in TOP_TABLES if one in model.tables and one != "currencies"]:
            rows = self._table(model.tables[key], listed if key in listed.tables else model)
            rows["type"] = ["array", "null", "string"]
            found[key] = self._ref(f"table_{key}", rows)
        return found

    def _items(self, kind: str, model: Model, keys: dict[str, Schema]) -> Schema:
        """The items of a bill, which stand at the left margin, below buy or own; and their keys."""
        listed = model_for(kind, kind in OWNABLE, quoted=True, listed=True)
        if ITEMS not in listed.tables:
            return {}
        for key, one in listed.givens.items():
            if key not in model and one.section == "buy" and not (one.along or one.of):
                keys["buy"][key] = self._key(one)
        rows = self._table(listed.tables[ITEMS], listed)
        rows["type"] = ["array", "null", "string"]
        made = {ITEMS: self._ref(ITEMS, rows)}
        for block in {"buy", OWNED} & keys.keys():
            keys[block] |= made
        return made

    def _names(self, model: Model) -> list[Schema]:
        """The names of the lines, block by block: kinds share most blocks."""
        names: dict[str, list[str]] = {}
        for key, item in publishable(model).items():
            names.setdefault(item.section, []).append(key)
        return [self._ref(f"lines_in_{block}", {"enum": keys}) for block, keys in names.items()]

    def _three_lines(self, file: Schema) -> Schema:
        """A file without blocks: its keys are those of the workload."""
        found = self.parts[file["$ref"].removeprefix(_AT)]["properties"]
        workload = self.parts[found["workload"]["$ref"].removeprefix(_AT)]["properties"]
        return _block(workload | {"kind": {"const": _DEFAULT}} | found, empty=False)

    def _general(self, model: Model) -> Schema:
        text, path = {"$ref": "#/$defs/text"}, {"type": "string"}
        found: Schema = {
            "title": text,
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "as_of": {"$ref": "#/$defs/date"},
            "usd_rate": self._key(model.givens["usd_rate"]),
            "currencies": self._ref("currencies", _RATES),
            "catalogue": self._ref("catalogue", {
                "description": "Own price lists: a path, several, or “shipped” for none.",
                "anyOf": [path, {"type": "array", "items": path}],
            }),
        }  # fmt: skip
        found |= self._cases()
        found |= self._own()
        if trades_time(model):
            points = {"type": ["array", "null"], "items": {"$ref": "#/$defs/quantity"}}
            points = {"description": "The points of the deadline table.", **points}
            found["deadlines"] = self._ref("deadlines", points)
        return found

    def _cases(self) -> Schema:
        """The case that is chosen, and those that the scenario names itself."""
        case = {"type": "object", "minProperties": 1,
                "additionalProperties": {"$ref": f"{_AT}money"}}  # fmt: skip
        return {
            "case": self._ref("case", {"description": "Which case is used.", "type": "string"}),
            CASES: self._ref(CASES, {
                "description": "Cases of your own: inputs with other numbers, below a name each.",
                "type": ["object", "null"], "additionalProperties": case,
            }),
        }  # fmt: skip

    def _own(self) -> Schema:
        """The blocks whose keys the scenario names itself: its own inputs and lines."""
        text, unit = {"$ref": "#/$defs/text"}, {"enum": UNITS}
        number, end = ({"$ref": f"{_AT}money{rest}"} for rest in ("", "_or_nothing"))
        below = {
            "inputs": {"unit": unit, "value": number, "low": end, "high": end, "label": text,
                       **_ASIDE},
            "lines": {"label": text, "unit": unit, "of": {"type": "string"},
                      "formula": {"type": "string"}, "note": text},
        }  # fmt: skip
        wanted = {"inputs": ["unit", "value"], "lines": ["unit", "formula"]}
        said = {
            "inputs": "Inputs of your own, which formulas of lines read.",
            "lines": "Lines of your own: formulas over the keys of the model and of your inputs.",
        }
        found = {}
        for block, keys in below.items():
            one = _block(keys, empty=False) | {"required": wanted[block]}
            found[block] = self._ref(block, {
                "description": said[block], "type": ["object", "null"],
                "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"}, "additionalProperties": one,
            })  # fmt: skip
        return found

    # ---- keys ----

    def _keys(self, items: Mapping[str, Given | Line]) -> Schema:
        return {key: self._key(item) for key, item in items.items()}

    def _key(self, item: Given | Line) -> Schema:
        """One key: what it is, and a plain value or a block of value and source."""
        leaf = self._leaf(*self._value(item))
        made = self._ref(item.key, {"description": f"{item.label}. {item.note}", **leaf})
        self.keys.add(made["$ref"].removeprefix(_AT))
        return made

    def _leaf(self, name: str, value: Schema) -> Schema:
        """A value, or a block of it with its range and what stands behind it."""
        ends = (
            {"$ref": f"{value['$ref']}_or_nothing"}
            if name in ("number", "price")
            else {"anyOf": [value, _NOTHING]}
        )
        block = {"value": value, "low": ends, "high": ends, **_ASIDE}
        if name in ("number", "price"):
            block["spread"] = _SPREAD
        closed = {"properties": block, "required": ["value"], "additionalProperties": False}
        return self._ref(name, {
            "if": {"type": "object"}, "then": closed, "else": {"anyOf": [value, _NOTHING]},
        })  # fmt: skip

    def _value(self, item: Given | Line) -> tuple[str, Schema]:
        """The name and the form of a value: a number, a text, or an option."""
        if isinstance(item, Choice) and not (item.names or item.beside):
            return f"option_of_{item.table or item.key}", self._option(item)
        if item.is_text:
            return "words", {"type": _PLAIN}
        if "USD" in item.unit and item.unit != "USD/US$":
            return "price", {"$ref": "#/$defs/money"}
        return "number", {"$ref": "#/$defs/quantity"}

    def _option(self, choice: Choice) -> Schema:
        """The options of a choice; of a table examples, since own lists may add to it."""
        if choice.by_kind:
            return {"type": "string"}
        known = [plain(key) for key, _ in options(shipped(), choice)]
        if choice.table:
            return {"type": "string", "examples": known[:MOST_EXAMPLES]}
        if choice.unit == "flag":
            return {"enum": [True, False, "true", "false", "yes", "no", 0, 1, "0", "1"]}
        if all(isinstance(one, int) for one in known):
            written = {"type": "string", "pattern": rf"^({'|'.join(map(str, known))})( .*)?$"}
            return {"anyOf": [{"enum": known}, written]}
        return {"enum": known}

    def _row(self, table: GivenRows, model: Model) -> Schema:
        """A row of a table: a block of its values, or the first value alone."""
        given = [one for one in model.along(table.key) if not one.catalogue]
        keys: Schema = {}
        for one in given:
            _, value = self._value(one)
            described = {"description": f"{one.label}. {one.note}", "anyOf": [value, _NOTHING]}
            keys[table.spelled(one.key)] = described
        first = self._value(given[0])[1]
        row = {"if": {"type": "object"}, "then": _block(keys | _ASIDE, empty=False), "else": first}
        return self._ref(f"row_of_{table.key}", row)


_NOTHING = {"type": "null"}


def _references(part: Any) -> Iterator[str]:
    """The names of the parts that a part refers to."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix(_AT)
        for below in part.values():
            yield from _references(below)
    elif isinstance(part, list):
        for one in part:
            yield from _references(one)


def _put_in(part: Any, parts: Mapping[str, Schema], shared: Mapping[str, Schema]) -> Any:
    """A part with those in it that nothing else refers to."""
    if isinstance(part, list):
        return [_put_in(one, parts, shared) for one in part]
    if not isinstance(part, dict):
        return part
    name = part["$ref"].removeprefix(_AT) if isinstance(part.get("$ref"), str) else None
    if name is not None and name not in shared:
        rest = {key: below for key, below in part.items() if key != "$ref"}
        return _put_in(rest | parts[name], parts, shared)
    return {key: _put_in(below, parts, shared) for key, below in part.items()}


def _block(keys: Schema, *, empty: bool = True) -> Schema:
    """A block of keys, and no others; it may stand there `empty`."""
    kind = ["object", "null"] if empty else "object"
    return {"type": kind, "properties": keys, "additionalProperties": False}
