"""Worked examples of what is made for every input: its limits, its options, its rows.

What they must give is read from the bounds and options of the input, by comparing plain numbers.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from typing import Any

from tco.catalogue.shipped import DATA
from tco.lines import Choice, Given, Model
from tco.lines.model import options_key
from tests.lines.worked import Example, value_of


def examples_of(model: Model) -> Iterator[Example]:
    """Examples of every flag and count that a model makes for its inputs."""
    for key, given in model.givens.items():
        if given.along is not None:
            continue
        if given.bounded:
            money = {"currency": "USD"} if "currency" in model.lines[f"{key}_limits"].needs else {}
            for value, flag in tried(given):
                yield _example(model, f"{key}_limits", flag, {key: value, **money})
        if isinstance(given, Choice):
            yield from _known(model, given)
        if f"{key}_supplied" in model.lines:
            yield from _supplied(model, given)
    for axis in model.tables:
        yield from _rows(model, axis)
    if "bands" in model.axes:
        yield from _bands(model)


def tried(given: Given) -> list[tuple[float | None, int]]:
    """Numbers at the bounds, on both sides of them and far off, each with 1 where it is refused."""
    found: list[tuple[float | None, int]] = [(None, int(given.required))]
    if given.above is not None:
        bound = given.above
        found += [(bound, 1), (bound - 1, 1), (math.nextafter(bound, math.inf), 0)]
    if given.least is not None:
        bound = given.least
        found += [(bound, 0), (math.nextafter(bound, -math.inf), 1), (bound - 1, 1)]
    if given.most is not None:
        bound = given.most
        found += [(bound, 0), (math.nextafter(bound, math.inf), 1), (bound + 1, 1)]
    return found


def _example(model: Model, key: str, gives: Any, inputs: dict[str, Any]) -> Example:
    line = model.lines[key]
    assert set(inputs) == set(line.needs), f"{key} reads {line.needs}"
    return Example(line, {name: value_of(one) for name, one in inputs.items()}, gives, place=key)


def _known(model: Model, choice: Choice) -> Iterator[Example]:
    """One of the options is known, another is not; a gap is said by the choice it follows."""
    options = [option for option, _ in choice.options] or ["first", "second"]
    strange = "neither" if isinstance(options[0], str) else 99
    follows = bool(choice.follows or choice.default_class)
    for picked, flag in ((options[0], 0), (options[-1], 0), (strange, 1), (None, int(not follows))):
        inputs = {choice.key: picked, options_key(choice.key): options}
        yield _example(model, f"{choice.key}_known", flag, inputs)


def _supplied(model: Model, given: Given) -> Iterator[Example]:
    """Said where the choice is one of the options and what goes with it is lacking."""
    choice, options, key = model.lines[f"{given.key}_supplied"].needs
    value = "something" if isinstance(given, Choice) else 7
    for picked, found, flag in (("second", None, 1), ("second", value, 0), ("neither", None, 0),
                                ("neither", value, 0)):  # fmt: skip
        inputs = {choice: picked, options: ["first", "second"], key: found}
        yield _example(model, f"{given.key}_supplied", flag, inputs)


def _rows(model: Model, axis: str) -> Iterator[Example]:
    """A flag a value, a flag a row, and how many rows are wrong."""
    table, columns = model.tables[axis], model.along(axis)
    tested = [one for one in columns if f"{one.key}_beyond" in model.lines]
    if not tested:
        return
    for given in tested:
        key = f"{given.key}_beyond"
        if given is columns[0] and not table.numbered:
            names = {given.key: ["a", "b", "c"], axis: ["a", "b", "b"]}
            yield _example(model, key, [0, 1, 0], names)
        elif isinstance(given, Choice):
            options = [option for option, _ in given.options]
            strange = "neither" if isinstance(options[0], str) else 99
            beside = {given.beside: ["a", "b"]} if given.beside else {}
            picked = [options[0], strange, "b" if beside else options[-1]]
            yield _example(model, key, [0, 1, 0], {given.key: picked, **beside})
        elif given.names:
            flags = [0, 1, int(given.required)]
            numbered = model.tables[given.names].numbered
            column = model.along(given.names)[0].key if numbered else given.names
            names = {given.key: ["b", "z", "–"], column: ["a", "b"]}
            yield _example(model, key, flags, names)
        else:
            values, flags = zip(*tried(given), strict=True)
            yield _example(model, key, list(flags), {given.key: list(values)})
    flags = [f"{one.key}_beyond" for one in tested]
    rows = {flag: [0, *(int(flag == other) for other in flags), 1] for flag in flags}
    yield _example(model, f"{axis}_row_beyond", [0, *[1] * (len(flags) + 1)], rows)
    yield _example(model, f"{axis}_beyond", 2, {f"{axis}_row_beyond": [0, 1, 1]})
    for count, flag in ((0, 0), (1, 1)):
        inputs = {f"{axis}_beyond": count, f"{axis}_first_beyond": "a"}
        yield _example(model, f"{axis}_limits", flag, inputs)


def _bands(model: Model) -> Iterator[Example]:
    """The columns beside the inputs: values in their order, and what is known of each."""
    keys = model.axes["bands"].ids
    stated = {row["key"]: row for row in file_of("bands.csv")}
    defaults = {row["key"]: row for row in file_of("defaults.csv")}
    rents = [key in ("on_demand_price", "reserved_price", "spot_price") for key in keys]
    shares = [model.givens[key].unit in ("share", "share/year") for key in keys]
    hourly = [model.givens[key].unit == "USD/GPU-h" for key in keys]
    places = {key: number for number, key in enumerate(keys, 2)}
    yield _example(model, "band_value", list(places.values()), dict(places))
    for end, half in (("low", 0.5), ("high", 2)):
        known = [0.0 if rent else float(stated[key][end]) if key in stated
                 else float(defaults[key][end]) * (2 if defaults[key][end][:1] == "-" else half)
                 for key, rent in zip(keys, rents, strict=True)]  # fmt: skip
        yield _example(model, f"band_known_{end}", known, {})
        listed = {f"usual_rent_{end}": 7} if any(rents) else {}
        yield _example(model, f"band_rent_{end}", [7 if any(rents) else 0] * len(keys), listed)
    money = [int(model.givens[key].money) for key in keys]
    for name, column in (
        ("band_is_rent", list(map(int, rents))),
        ("band_is_money", money),
        (
            "band_slip_low",
            [
                100 if share else 1 if hour else 1000
                for share, hour in zip(shares, hourly, strict=True)
            ],
        ),
        (
            "band_slip_high",
            [100 if share or hour else 1000 for share, hour in zip(shares, hourly, strict=True)],
        ),
        ("band_typed", [100 if share else 1 for share in shares]),
    ):
        yield _example(model, name, column, {})
    yield _example(model, "band_rate", [3] * len(keys), {"usd_rate": 3})


def file_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of facts, as they stand in it."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
