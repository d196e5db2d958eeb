"""A scenario as it is written, each key below its own block: two of them can be mixed, and loaded.

What is here is what somebody gives, before anything is looked up or computed: what a file says,
with its settings laid over it and its tables read.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tco.carried import Carried
from tco.catalogue.shipped import default_rows
from tco.errors import mistake
from tco.lines import Model
from tco.read.collector import Collector
from tco.read.document import Document, read_document
from tco.read.gathering import gather
from tco.read.keys import is_key
from tco.read.loading import beside_files
from tco.read.margin import CURRENCIES, OWN_CURRENCY
from tco.read.resolving import resolve
from tco.read.schema import LEAF, OWN
from tco.read.shaping import shape
from tco.read.syntax import DEEP_WORDS
from tco.scenario import Scenario


@dataclass(frozen=True)
class Written:
    """What is written: blocks of keys, their texts and rows; and the own price lists, in order.

    `model` has the inputs and lines that it may give.
    """

    name: str
    tree: Mapping[str, Any]
    prices: tuple[tuple[str, bytes], ...]
    model: Model


def written(carried: Carried, shown: str) -> Written:
    """What a scenario says, from what it was read from; `shown` is how messages name it.

    Raises:
        Mistakes: what is wrong with it, as of a file.
    """
    with beside_files(carried, shown) as folder:
        try:
            document = read_document(shown, carried.text, is_key)
            mistakes, path = Collector(document), folder / Path(carried.path).name
            own = {key: copy.deepcopy(document.tree.get(key)) for key in OWN}
            found = gather(document, path, carried.settings, mistakes, carried.prices)
        except RecursionError:
            raise mistake(shown, *DEEP_WORDS) from None
    mistakes.stop()
    tree = copy.deepcopy(dict(found.tree))
    rows = tree.get(CURRENCIES)
    if isinstance(rows, dict) and isinstance(rows.get(CURRENCIES), list):  # it follows by itself
        rows[CURRENCIES] = [one for one in rows[CURRENCIES] if not _is_own_currency(one)]
    _put_back(tree, own, found.model)
    return Written(path.name, tree, carried.prices, found.model)


def _put_back(tree: dict[str, Any], own: Mapping[str, Any], model: Model) -> None:
    """Put the inputs and lines of the scenario's own where the file has them."""
    inputs, lines = (own[key] if isinstance(own[key], dict) else {} for key in OWN)
    for key, block in inputs.items():
        section = model.givens[key].section
        leaf = tree[section].pop(key)
        if not tree[section]:
            tree.pop(section)
        said = {one: value for one, value in block.items() if one not in LEAF}
        inputs[key] = said | (leaf if isinstance(leaf, dict) else {"value": leaf})
    tree |= {key: block for key, block in zip(OWN, (inputs, lines), strict=True) if block}


def _is_own_currency(row: Any) -> bool:
    return isinstance(row, dict) and row.get("source") == OWN_CURRENCY


def without_known(found: Written, other: Model) -> Written:
    """The same without the rows that the product knows and the file leaves out, of tables that
    another model has not: they follow by themselves where the model has the table.
    """
    tree = copy.deepcopy(dict(found.tree))
    for key, table in found.model.tables.items():
        block = tree.get(table.section)
        known = [dict(row) for row in default_rows(key)]
        if key not in other.tables and isinstance(block, dict) and known == block.get(key):
            block.pop(key)
            if not block:
                tree.pop(table.section)
    return replace(found, tree=tree)


def load_written(found: Written) -> Scenario:
    """The scenario of what is written.

    Raises:
        Mistakes: what is wrong with it, without places.
    """
    document = Document(found.name, copy.deepcopy(dict(found.tree)))
    mistakes = Collector(document)
    gathered = gather(document, Path(found.name), (), mistakes, found.prices)
    return resolve(shape(gathered, mistakes), mistakes)
