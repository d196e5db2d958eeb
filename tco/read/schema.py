"""What a scenario file of one kind may hold: its blocks, their keys, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tco.lines import Given, GivenRows, Line, Model
from tco.lines.model import given_instead
from tco.model import BILL, OWNED, OWNED_SECTIONS, trades_time
from tco.model.of_scenario import PUBLISHED
from tco.model.own.drivers import AIM
from tco.model.state import SAID

ALIASES = {"data": "data_bytes", "deadline": "deadline_days"}
# Spellings of earlier versions, below buy and own.
FORMER = {"owned_server_price": "server_price", "switch_gpus": "switch_links"}
OWN = ("inputs", "lines")  # blocks whose keys the scenario names itself
CASES = "cases"  # below it names of the scenario's own too, and below these inputs
GENERAL = (
    "title", "currency", "as_of", "usd_rate", "currencies", "deadlines", "catalogue", "published",
    "case", CASES, *OWN,
)  # fmt: skip
# Tables that stand at the left margin, as rows or as the name of a CSV beside the file.
TOP_TABLES = ("quotes", "rent_quotes", "currencies", "awards", "items")
ASIDE = ("source", "date", "note")  # what stands behind a value, or a row as a whole
LEAF = ("value", "low", "high", "spread", *ASIDE)
OF_OWN = ("unit", "label", "of", "formula")  # beside those of a leaf, below inputs and lines
WORKLOAD = "workload"
DEADLINES = (5, 7, 10, 14, 20, 30, 45, 60, 90, 120, 150, 180)  # days, where a file names none
DEADLINES_EXAMPLE = "Type for example: deadlines: [5 days, 10 days, 30 days]"
CATALOGUE_EXAMPLE = "Type for example: catalogue: prices/offers.csv"
INDENT = "Put its keys below it, each on a line of its own, indented by two spaces."


def spelled(key: str) -> str:
    """The short spelling of a key, where it has one."""
    return next((short for short, full in ALIASES.items() if full == key), key)


def blocks(model: Model) -> dict[str, dict[str, Given | Line]]:
    """What may stand in each block of a file: its inputs, and its lines, which may be given too."""
    found: dict[str, dict[str, Given | Line]] = {}
    for key, item in model.items.items():
        if item.along or item.section in ("general", *SAID):
            continue
        if isinstance(item, Line) and (item.is_text or key.startswith(PUBLISHED)):
            continue  # words, or how far a published figure lies from ours
        if key == AIM.line and isinstance(item, Line):
            continue  # what drivers are tried against: given, it would follow none of them
        if isinstance(item, Given) and (item.of or item.counted or item.prints):
            continue
        if isinstance(item, Line) and item.taken:  # read as what it is where it is given
            item = given_instead(item)
        found.setdefault(item.section, {})[key] = item
    return found


def publishable(model: Model) -> dict[str, Line]:
    """The lines whose published figure a file may hold."""
    return {
        key: item for key, item in model.lines.items()
        if not item.along and not item.is_text and item.section != "checks"
    }  # fmt: skip


def shared_with_owned(model: Model) -> dict[str, Given | Line]:
    """What of other blocks the years of ownership read: block own may hold it too.

    These are inputs, and the lines of the bill of materials, which stand in a block of their own.
    """
    read = {need for one in model.lines.values() if one.section in OWNED_SECTIONS
            for need in one.needs}  # fmt: skip
    inputs = {
        key: item for key, item in model.givens.items()
        if key in read and not (item.along or item.of or item.counted)
        and item.section not in (OWNED, "general")
    }  # fmt: skip
    return {**inputs, **blocks(model).get(BILL, {})}


@dataclass(frozen=True)
class Shape:
    """The keys that a file may have, place by place, in the order in which they are told.

    `items` are the inputs and lines of each block, `tables` the tables below them by their key,
    `rows` the keys of a row of each.
    """

    items: Mapping[str, Mapping[str, Given | Line]]
    tables: Mapping[str, GivenRows]
    rows: Mapping[str, tuple[str, ...]]
    published: Mapping[str, Line]
    top: tuple[str, ...]

    @property
    def blocks(self) -> tuple[str, ...]:
        """The names of the blocks of inputs."""
        homes = {one.section for one in self.tables.values()}  # of rates, where it is a table
        return tuple(one for one in self.top if one not in GENERAL or one in homes)

    def below(self, block: str) -> list[str]:
        """The keys that a block may hold in their own spelling."""
        kind = ["kind"] if block == WORKLOAD else []
        return [*self.items_of(block), *kind, *self.tables_of(block)]

    def items_of(self, block: str) -> Mapping[str, Given | Line]:
        """The inputs and lines that a block may hold, by key."""
        return self.published if block == "published" else self.items.get(block, {})

    def tables_of(self, block: str) -> dict[str, GivenRows]:
        """The tables that a block may hold, by key."""
        return {key: one for key, one in self.tables.items() if one.section == block}

    def keys(self, *path: object) -> list[str]:
        """The keys that may stand below a path of the file, aliases included."""
        if not path:
            return list(self.top)
        block = str(path[0])
        if block == "usd_rate":
            return list(LEAF)
        if block not in (*self.blocks, "published"):
            return []
        if len(path) > 2 and str(path[1]) in self.rows:
            return list(self.rows[str(path[1])])
        if len(path) > 1:
            return list(LEAF)
        here = self.below(block)
        short = [one for one, full in ALIASES.items() if full in here and block == WORKLOAD]
        return [*here, *short]


def shape_of(model: Model) -> Shape:
    """What a file may hold whose lines and inputs are those of `model`."""
    items = blocks(model)
    sections = [one.section for one in model.tables.values()]
    margin = [key for key in TOP_TABLES if key in model.tables]
    homes = dict.fromkeys([*items, WORKLOAD, *sections, *margin])
    general = [one for one in GENERAL
               if one not in homes and (one != "deadlines" or trades_time(model))]  # fmt: skip
    rows = {
        key: tuple(
            dict.fromkeys((*(one.spelled(given.key) for given in typed_in(model, key)), *ASIDE))
        )
        for key, one in model.tables.items()
    }
    return Shape(items, model.tables, rows, publishable(model), (*homes, *general))


def typed_in(model: Model, axis: str) -> list[Given]:
    """The inputs along a table that its rows hold; the others are looked up."""
    return [one for one in model.along(axis) if not one.catalogue]
