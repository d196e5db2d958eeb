"""Fourth stage, resolving: what a file gives, else the catalogue's, else a default: a scenario."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from tco import __version__
from tco.carried import Carried
from tco.catalogue.shipped import Catalogue, as_seen, defaults
from tco.errors import sorted_by_place
from tco.facts import OF_CASE, TYPED, Fact, of_lines, supplied
from tco.lines import Choice, Model
from tco.model.of_scenario import of_scenario, published_keys
from tco.model.own_figures import KEY as OWN_FIGURES
from tco.model.rates import rate_code
from tco.quantities import is_date
from tco.read.collector import Collector
from tco.read.document import Document
from tco.read.gathering import Gathered
from tco.read.ownlines import OwnLines, refuse_undefined_parts
from tco.read.refusals import Refusals
from tco.read.shaping import Shaped
from tco.scenario import Scenario


def resolve(shaped: Shaped, mistakes: Collector) -> Scenario:
    """The scenario of a file: its model, and a fact for each input.

    Raises:
        Mistakes: whatever any stage found, and what the scenario cannot be.
    """
    gathered = shaped.gathered
    if not gathered.lists_hold:  # what a list lacks would be said twice
        raise mistakes.all()
    shaped = replace(shaped, gathered=replace(gathered, catalogue=_as_seen(shaped)))
    gathered = shaped.gathered
    model = _model(shaped)
    facts: dict[str, Fact] = _facts(model, shaped)
    if not mistakes.found:  # nothing can be computed of what is broken
        for key, fact in of_lines(gathered.catalogue, model, facts, shaped.tables).items():
            facts[key] = fact
    refusals = Refusals(
        mistakes.document, mistakes.say, gathered.catalogue, mistakes.broken, gathered.blockless
    )
    if mistakes.found and model.tables:  # nothing can be said of what rests on a broken table
        refusals.missing(model, facts)
    else:
        refusals.refuse(model, facts, shaped.tables)
    facts = {key: facts[key] for key in model.givens if key in facts}
    refusals.thinkable(model, facts)
    mistakes.stop()
    made = _scenario(shaped, model, facts, mistakes)
    refuse_undefined_parts(gathered.own, made, mistakes)
    mistakes.stop()
    refusals.finite(made)
    refusals.drawable(made)
    mistakes.stop()
    return made


def _as_seen(shaped: Shaped) -> Catalogue:
    """The catalogue as of the scenario's day: which offers are young enough to count."""
    catalogue, given = shaped.gathered.catalogue, shaped.given
    limit = given.get("price_age_limit_days")
    days = limit.value if limit else float(defaults()["price_age_limit_days"].value)
    as_of = str(given["as_of"].value)
    if not is_date(as_of) or not isinstance(days, float):  # refused where it is checked
        return catalogue
    return as_seen(catalogue, as_of, days)


def _model(shaped: Shaped) -> Model:
    """The lines and inputs of the scenario: those of its kind, as what is given changes them."""
    base, catalogue = shaped.gathered.model, shaped.gathered.catalogue
    printed = published_keys(base)
    published = tuple(
        (key, shaped.given[printed[key]].note)
        for key in shaped.published
        if printed[key] not in base
    )
    taken = tuple(key for key in shaped.given if key in base.lines)
    far = next((one.said for one in catalogue.findings), "")
    rates = tuple(key for key in shaped.given if rate_code(key))
    cases = tuple(shaped.cases)
    return of_scenario(base, taken, published, len(shaped.deadlines), far, rates, cases)


def _facts(model: Model, shaped: Shaped) -> dict[str, Fact]:
    """A fact for each input that is one value."""
    catalogue = shaped.gathered.catalogue
    facts = _Facts(_case(shaped), shaped.given)
    if "usd_rate" not in facts:
        known = defaults()["usd_rate"]
        facts["usd_rate"] = Fact(float(known.value), source=known.source, origin="default")
    for item in model.givens.values():  # the size that classes of defaults go by comes first
        size = item.default_class[3] if isinstance(item, Choice) and item.default_class else ""
        if size and size not in facts:
            facts[size] = supplied(catalogue, model.givens[size], facts)
    for key, item in model.givens.items():
        if isinstance(item, Choice) and not item.along and key not in shaped.given:
            facts[key] = supplied(catalogue, item, facts)
    points = iter(shaped.deadlines)
    for key, item in model.givens.items():
        if key in facts or item.along or item.of or item.counted:
            continue
        if key == OWN_FIGURES:
            facts[key] = _far_figures(catalogue)
        elif item.section == "deadlines":
            facts[key] = _point(next(points), typed=key in shaped.gathered.laid.keys)
        else:
            facts[key] = supplied(catalogue, item, facts)
    for key, item in model.givens.items():
        if isinstance(item, Choice) and item.where_given and key not in shaped.given:
            facts[key] = _where_given(*item.where_given, facts) or facts[key]
    return facts


def _case(shaped: Shaped) -> dict[str, Fact]:
    """What the case that is chosen puts in the place of what is given."""
    name = str(shaped.given["case"].value) if "case" in shaped.given else ""
    said = f"{OF_CASE}{name}"
    return {key: Fact(number, source=said) for key, number in shaped.cases.get(name, {}).items()}


class _Facts(dict[str, Fact]):
    """Facts by key, over which those of a case stand."""

    def __init__(self, case: Mapping[str, Fact], given: Mapping[str, Fact]) -> None:
        super().__init__()
        self.case = case
        for key, fact in given.items():
            self[key] = fact

    def __setitem__(self, key: str, fact: Fact) -> None:
        over = self.case.get(key)
        super().__setitem__(key, replace(over, base=fact, spread=fact.spread) if over else fact)


def _where_given(other: str, option: str, facts: Mapping[str, Fact]) -> Fact | None:
    """The option of a choice that rests on a default, where somebody gives something else.

    It is taken here, of the file: an override of the workbook or a case does not take it anew.
    """
    if other not in facts or not facts[other].under_case.is_given:
        return None
    return Fact(option, source=f"definition: the scenario gives {other} itself", origin="default")


def _far_figures(catalogue: Catalogue) -> Fact:
    said = "definition: counted in the own lists when this file was built"
    return Fact(float(len(catalogue.findings)), source=said, origin="default")


def _point(days: float, *, typed: bool) -> Fact:
    """A point of the deadline table."""
    source = TYPED if typed else "definition: points of the table"
    return Fact(days, source=source, origin="set" if typed else "default")


def _scenario(
    shaped: Shaped, model: Model, facts: Mapping[str, Fact], mistakes: Collector
) -> Scenario:
    gathered = shaped.gathered
    return Scenario(
        name=gathered.path.stem,
        title=shaped.title or gathered.path.stem,
        path=gathered.path.name,
        kind=gathered.kind,
        currency=gathered.currency,
        as_of=str(shaped.given["as_of"].value),
        catalogue=gathered.catalogue,
        model=model,
        facts=facts,
        tables=shaped.tables,
        deadlines=shaped.deadlines,
        own_cases=shaped.cases,
        sha256=_hash(facts, shaped, gathered.catalogue, gathered.own),
        owned=gathered.owned,
        carried=_carried(gathered, mistakes.document),
        warnings=tuple(sorted_by_place(mistakes.document.warnings)),
    )


def _carried(gathered: Gathered, document: Document) -> Carried:
    """What went into it, as it was written."""
    prices = tuple((one.name, one.content) for one in gathered.catalogue.own_lists)
    return Carried(gathered.path.name, document.text, gathered.settings,
                   tuple(document.beside.items()), prices)  # fmt: skip


def _hash(facts: Mapping[str, Fact], shaped: Shaped, catalogue: Catalogue, own: OwnLines) -> str:
    """The hash of everything that decides the numbers: all inputs, own lines and the version."""
    content = {
        key: [repr(one.value), one.low, one.high, one.source, one.date, one.note,
              *([one.spread] if one.spread else [])]
        for key, one in facts.items()
    }  # fmt: skip
    lists = [[one.name, one.rows, one.sha256] for one in catalogue.own_lists]
    rows = {
        axis: [
            [one.name, [repr(v) for v in one.values.values()], one.source, one.date, one.note]
            for one in table
        ]
        for axis, table in shaped.tables.items()
    }
    cases = {name: {key: repr(one) for key, one in numbers.items()}
             for name, numbers in shaped.cases.items()}  # fmt: skip
    parts = [__version__, content, *(one for one in (lists, rows, own.said, cases) if one)]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
