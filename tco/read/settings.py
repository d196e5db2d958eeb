"""Settings: KEY=VALUE of the command line, each laid over the file where its key belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tco.errors import Place, unwritable
from tco.lines import Given, Model
from tco.model import OWNED, trades_time
from tco.model.of_scenario import published_keys
from tco.model.state import SAID
from tco.read.collector import Collector
from tco.read.document import Document, Path_
from tco.read.giventables import set_value
from tco.read.keys import nearest
from tco.read.rates import CURRENCIES, set_rate
from tco.read.schema import ALIASES, DEADLINES, FORMER, shared_with_owned
from tco.read.wrong import Wrong

_AT_THE_MARGIN = ("title", "currency", "as_of", "usd_rate", "catalogue", "case")


@dataclass(frozen=True)
class Setting:
    """One KEY=VALUE: `below` is the block before the key's dot, "" for none.

    `place` marks what stands before the equals sign, `value_place` what stands behind it.
    """

    name: str
    below: str
    key: str
    value: str
    place: Place
    value_place: Place


def _setting(text: str) -> Setting:
    name, _, value = text.partition("=")
    below, _, key = name.strip().rpartition(".")
    place = Place("--set", 0, 1, text, len(name) or 1)
    value_place = Place("--set", 0, len(name) + 2, text, len(value) or 1)
    key = ALIASES.get(key, FORMER.get(key, key))
    return Setting(name.strip(), below, key, value.strip(), place, value_place)


@dataclass
class Laid:
    """What was set: inputs and lines by their keys, and rows of tables by table and number."""

    keys: set[str] = field(default_factory=set)
    rows: set[tuple[str, int]] = field(default_factory=set)


def all_known(model: Model, sets: Sequence[str]) -> bool:
    """Whether a model has whatever is set, or a setting may be what asks for another."""
    settings = map(_setting, sets)
    return all(one.key in model or one.name.partition(".")[0] in model.tables for one in settings)


def lay_over(document: Document, sets: Sequence[str], model: Model, mistakes: Collector) -> Laid:
    """Put each setting where its key belongs in the file; a mistake where it belongs nowhere."""
    laid = Laid()
    for setting in map(_setting, sets):
        if found := unwritable(setting.value):
            mistakes.say_at(setting.value_place, *found)
            continue
        try:
            _lay(document, setting, model, laid)
        except Wrong as error:
            mistakes.say_at(setting.place, error.wrong, error.remedy)
    return laid


def _lay(document: Document, setting: Setting, model: Model, laid: Laid) -> None:
    key, axis = setting.key, setting.name.partition(".")[0]
    if found := unwritable(setting.name):
        raise Wrong(*found)
    if "=" not in setting.place.excerpt:
        raise Wrong("a setting is a key, an equals sign and a value",
                    "Type for example: --set mfu=0.4")  # fmt: skip
    if (point := re.fullmatch(r"deadline_point_(\d+)", key)) and trades_time(model):
        _set_point(document, int(point[1]), setting)
        laid.keys.add(key)
    elif axis in model.tables:
        path = set_value(document.tree, model, setting.name, setting.value)
        document.remember(path, setting.place)
        laid.rows.add((axis, path[2]))
    elif rate := set_rate(document.tree, setting.name, setting.value):
        document.remember(rate, setting.value_place)
        laid.rows.add((CURRENCIES, rate[1]))
    else:
        path = _home(setting, model)
        block = document.block(path[:-1])
        if block is None:  # a value stands in its place, which is said of the file
            return
        for short in (one for one, full in {**ALIASES, **FORMER}.items() if full == key):
            block.pop(short, None)
        if path[0] != OWNED and isinstance(document.tree.get(OWNED), dict):
            document.tree[OWNED].pop(path[-1], None)  # where the file may have it too
        block[path[-1]] = setting.value
        document.remember(path, setting.value_place)
        laid.keys.add(key)


def _set_point(document: Document, number: int, setting: Setting) -> None:
    """Set one point of the deadline table; the points stand in a list of their own."""
    points = document.tree.setdefault("deadlines", [f"{days} days" for days in DEADLINES])
    if not isinstance(points, list) or not 1 <= number <= len(points):
        raise Wrong(f"the deadline table has no point {number}",
                    "Give the points as a list: deadlines: [5 days, 10 days]")  # fmt: skip
    points[number - 1] = setting.value
    document.remember(("deadlines", number - 1), setting.place)


def _home(setting: Setting, model: Model) -> Path_:
    """Where the key of a setting belongs in the file; `Wrong` where it belongs nowhere."""
    key = setting.key
    if key in model and (axis := model[key].along):
        given = axis in model.tables and isinstance(model[key], Given)
        remedy = f"Set one row: --set {axis}.ROW.KEY=VALUE" if given else "Set its inputs."
        raise Wrong(f"{key} is a column along {axis.replace('_', ' ')}", remedy)
    published = {name: line for line, name in published_keys(model).items()}
    if key in _AT_THE_MARGIN:
        path: Path_ = (key,)
    elif key in published:
        path = ("published", published[key])
    elif key in model and model[key].section not in (*SAID, ""):
        path = (model[key].section, key)
    else:
        keys = (one for one in (*model.givens, *model.lines) if model[one].section not in SAID)
        near = nearest(key, [*keys, *ALIASES])
        hint = f"Did you mean {near}? " if near else ""
        raise Wrong(f"{setting.name} is neither an input nor a line",
                    f"{hint}See every key with: tco show SCENARIO")  # fmt: skip
    elsewhere = (OWNED,) if key in shared_with_owned(model) else ()
    if setting.below not in ("", path[0], *elsewhere):
        remedy = f"Type for example: --set {key}={setting.value}"
        raise Wrong(f"{key} is not below {setting.below}", remedy)
    return path
