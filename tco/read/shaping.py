"""Third stage, shaping: what a file gives as facts, each in its own unit with its source."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tco.facts import TYPED, Converted, Fact, Tables, options
from tco.lines import Choice
from tco.lines.limits import option_words
from tco.model.of_scenario import published_keys
from tco.read.blocks import Blocks
from tco.read.cases import Cases, chosen_case, read_cases
from tco.read.collector import Collector
from tco.read.document import Path_
from tco.read.gathering import Gathered
from tco.read.leaves import General, Leaf
from tco.read.ownlines import refuse_options
from tco.read.rates import USD_RATE, Rates, with_typed
from tco.read.rows import row_facts
from tco.read.schema import shape_of

_RATE = "usd_rate: {value: 0.92, date: 2026-11-20, source: your treasury}"


@dataclass(frozen=True)
class Shaped:
    """What a file gives, read: a fact for each input and line, rows for each table.

    `title` is "" where the file has none, `published` are the lines of which it gives a published
    figure, `deadlines` the days of the deadline table, none for a kind without it, `cases` the
    numbers of its own cases.
    """

    gathered: Gathered
    title: str
    given: Mapping[str, Fact]
    published: tuple[str, ...]
    tables: Tables
    deadlines: tuple[float, ...]
    cases: Cases


def shape(gathered: Gathered, mistakes: Collector) -> Shaped:
    """Read what a file gives; a mistake is said of each value that cannot be.

    Raises `Mistakes` where there are more of them than are told.
    """
    blocks = Blocks(gathered, shape_of(gathered.model), mistakes)
    general, rate, deadlines = blocks.general(), blocks.rate(), blocks.deadlines()
    leaves = {name: blocks.leaves(name) for name in blocks.shape.blocks}
    published = blocks.leaves("published")
    cases = read_cases(blocks, {key for found in leaves.values() for key in found})
    case = chosen_case(blocks, general.case, cases)
    blocks.refuse_others()
    if mistakes.untold:
        raise mistakes.all()
    fact = functools.partial(_fact, gathered, mistakes)
    given = _general_facts(gathered, general, case)
    if rate is not None:
        given["usd_rate"] = fact("usd_rate", rate, ("usd_rate",))
    for name in sorted(leaves):
        given |= {key: fact(key, leaf, (name, key)) for key, leaf in leaves[name].items()}
    printed = published_keys(gathered.model)
    for key, leaf in published.items():
        given[printed[key]] = fact(printed[key], leaf, ("published", key))
    tables = row_facts(gathered, blocks.listed, mistakes)
    given = _naming_rows(gathered, given, tables, mistakes)
    given |= _rates_in_use(blocks.rates, given, tables, cases)
    refuse_options(gathered.own, gathered.model, gathered.catalogue, tables, mistakes)
    _check_rate(gathered.currency, rate, mistakes)
    return Shaped(gathered, general.title, given, tuple(published), tables, deadlines, cases)


def _general_facts(gathered: Gathered, general: General, case: str) -> dict[str, Fact]:
    stated = f"stated: {gathered.path.name}"
    typed = gathered.laid.keys
    code = general.currency or "USD"
    bare = f"A bare price is read as {code}; one of another currency is converted at its dated rate"
    return {
        "currency": Fact(code, source=stated, note=bare if code != "USD" else ""),
        "as_of": Fact(general.as_of, source=TYPED if "as_of" in typed else stated),
        **({"case": Fact(case, source=TYPED if "case" in typed else stated,
                         origin="set" if "case" in typed else "scenario")} if general.case else {}),
    }  # fmt: skip


def _fact(gathered: Gathered, mistakes: Collector, key: str, leaf: Leaf, path: Path_) -> Fact:
    """A leaf with its source; a mistake where its range does not hold its value."""
    low, high = leaf.low, leaf.high
    if isinstance(leaf.value, float):
        remedy = "Swap them, or correct one."
        if low is not None and low > leaf.value:
            mistakes.say((*path, "low"), f"{key}: low is above the value", remedy)
        if high is not None and high < leaf.value:
            mistakes.say((*path, "high"), f"{key}: high is below the value", remedy)
    typed = key in gathered.laid.keys
    source = leaf.source or (TYPED if typed else f"stated: {gathered.path.name}")
    origin = "set" if typed else "scenario"
    note = with_typed(leaf.note, {"": leaf.value, "low": low, "high": high})
    return Fact(leaf.value, low, high, source, leaf.date, note, origin, leaf.spread)


def _rates_in_use(
    rates: Rates, given: Mapping[str, Fact], tables: Tables, cases: Cases
) -> dict[str, Fact]:
    """The rates that are inputs of their own: those by which money was converted."""
    leaves = (part for one in given.values() for part in (one.value, one.low, one.high))
    cells = (part for rows in tables.values() for row in rows for part in row.values.values())
    numbers = (number for case in cases.values() for number in case.values())
    codes = {one.code for one in (*leaves, *cells, *numbers) if isinstance(one, Converted)}
    used = {rates.known[code].key: rates.known[code].fact for code in sorted(codes)}
    return {key: fact for key, fact in used.items() if key not in ("", USD_RATE)}


def _naming_rows(
    gathered: Gathered, given: Mapping[str, Fact], tables: Tables, mistakes: Collector
) -> dict[str, Fact]:
    """Choices among given rows, spelled as the rows are; a mistake where there is none."""
    found = dict(given)
    for key, fact in given.items():
        item = gathered.model.givens.get(key)
        if not isinstance(item, Choice) or not (item.names or item.beside):
            continue
        said = str(fact.value)
        names = [str(one) for one, _ in options(gathered.catalogue, item, tables)]
        rows = {one.casefold(): one for one in names}
        if len(rows) <= len(item.options):  # of a table that is mistaken
            continue
        if said.casefold() in rows:
            found[key] = replace(fact, value=rows[said.casefold()])
            continue
        near = difflib.get_close_matches(said.casefold(), rows, 1)
        hint = f"Did you mean {rows[near[0]]}? " if near else ""
        listed = f"{hint}It is one of: {'; '.join(dict.fromkeys(rows.values()))}."
        mistakes.say((item.section, key), str(option_words(item, said)), listed)
        mistakes.broken.add(key)
    return found


def _check_rate(currency: str, rate: Leaf | None, mistakes: Collector) -> None:
    """A currency other than the US dollar needs a dated exchange rate."""
    if currency == "USD":
        if rate is not None and rate.value != 1:
            mistakes.say(
                ("usd_rate",),
                f"usd_rate is {rate.value:g}, but the currency is the US dollar",
                "Delete usd_rate, or name the currency, for example: currency: EUR",
            )
    elif not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
        mistakes.say(("currency",), f"“{currency}” is not a currency code",
                     "Type three capital letters, for example: currency: EUR")  # fmt: skip
    elif rate is None and "usd_rate" not in mistakes.broken:
        wrong = f"{currency} needs usd_rate: what one US dollar costs in {currency}, with its date"
        mistakes.say(("currency",), wrong, f"Add for example: {_RATE}")
    elif rate is not None and not rate.date:
        mistakes.say(("usd_rate",), "usd_rate has no date", f"Type for example: {_RATE}")
