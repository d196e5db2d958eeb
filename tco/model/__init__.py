"""The model of each kind of scenario: which modules of lines it is made of."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from tco.lines import (
    Choice,
    Given,
    Model,
    both,
    lacking,
    limits,
    listed,
    named,
    row_limits,
    text,
    unless,
)
from tco.lines.items import Check, Line, check_of
from tco.lines.limits import option_words
from tco.lines.model import options_key
from tco.model import board, cases, evidence, general, state, summary
from tco.model.bands import asked_for as asked_for_bands
from tco.model.bands import banded
from tco.model.cost import (
    asked,
    bill,
    bill_alone,
    bill_of_run,
    bought,
    building,
    buy,
    buy_bill,
    buy_shares,
    currencies,
    energy,
    fabric,
    itemised,
    offers,
    per_token,
    power,
    priced_bill,
    priced_items,
    priced_shares,
    rent,
    unquoted,
)
from tco.model.demand import (
    budget,
    budget_chips,
    budget_family,
    budget_search,
    class_size,
    given_fleet,
    pipeline,
    programme,
    projection,
    runs,
    train,
)
from tco.model.instead import reading_instead
from tco.model.own import (
    ages,
    approval,
    assumptions,
    award,
    bare,
    breakeven,
    bundles,
    calendar,
    capex,
    cash,
    checks,
    compare,
    corners,
    curves,
    draws,
    drivers,
    exit,
    flip,
    flows,
    front,
    items_asked,
    lenses,
    notes,
    of_run,
    opex,
    pairs,
    powered,
    price_history,
    proofs,
    quoted_bill,
    quoted_items,
    quoted_single,
    quoted_split,
    quotes,
    ranges,
    ranking,
    rent_awards,
    rent_quotes,
    rent_quotes_bare,
    rent_ranking,
    rents,
    returns,
    risk,
    single,
    split,
    standing,
    steps,
    tax,
    tendering,
    tornado,
    turning,
    unawarded,
    use,
    used_prices,
    verdict,
    worth,
)
from tco.model.own.rivals import rivals
from tco.model.published import backtest, calibration, comparators
from tco.model.ranged import ranged
from tco.model.run import accelerator, duration, fleet, hardware, hours, memory, servers
from tco.model.state import withholding

# What every kind has.
_SHARED = (general, cases, board, state)
# What follows from a fleet and its hours, whatever the kind of scenario they come from.
_COSTS = (buy_shares, buy, offers, rent, asked, power, energy, comparators)
_CHIP = (hardware, accelerator)
_SERVERS = (servers, bought)
# Sized by compute and deadline.
_FLEET = (*_CHIP, memory, fleet, *_SERVERS, duration, hours)
_EVIDENCE = (priced_shares, evidence, backtest, calibration)
# How far off inputs may be, and what that does to what the kind comes to.
_RANGES = (ranges, tornado, assumptions, pairs)
# Owning a fleet over years: beside any run that buys one, or of a fleet that is given.
_YEARS = (
    calendar, capex, opex, exit, use, worth, tax, rents, *rivals(), price_history, used_prices,
    flows, breakeven, cash, compare, ranking, corners, verdict, approval, returns, lenses, drivers,
    steps, flip, turning, draws, curves, proofs, checks, notes, front,
)  # fmt: skip
# What vendors offer, side by side, where there are years to compare it over.
_QUOTED = (currencies, powered, tendering, quotes, risk, standing, award)
# A new kind is one module of demand, and here the shared modules that its lines feed.
KINDS = {
    "train": (train, *_FLEET, *_COSTS, per_token, *_EVIDENCE, *_RANGES, summary),
    "runs": (runs,),
    "programme": (
        programme, class_size, *_FLEET, *_COSTS, *_EVIDENCE, *_RANGES, summary,
    ),
    "pipeline": (
        *_CHIP, pipeline, memory, *_SERVERS, hours, *_COSTS, *_EVIDENCE,
        *_RANGES, summary,
    ),
    "projection": (
        projection, class_size, *_FLEET, *_COSTS, per_token, *_EVIDENCE, *_RANGES,
        summary,
    ),
    "budget": (
        budget, budget_chips, budget_family, budget_search, class_size, *_FLEET,
        *_COSTS, per_token, *_EVIDENCE, *_RANGES,
    ),
    "own": (
        given_fleet, class_size, hardware, offers, power, bare, bill, building, fabric,
        *_RANGES, *_YEARS, ages,
    ),
}  # fmt: skip
# The kinds whose file may have a block own: their run's fleet is then owned over years too.
OWNABLE = ("train", "programme", "pipeline", "projection")
OWNED = "own"
OWNED_SECTIONS = frozenset(getattr(module, "SECTION", OWNED) for module in (bill, quotes, *_YEARS))
BILL, ITEMS = "bill", "items"
# What asks for a bill of materials where it stands in block buy: a price of a server, for one.
BILL_INPUTS = frozenset(
    name for module in (bill, bill_of_run, fabric, unquoted) for name, one in vars(module).items()
    if isinstance(one, Given)
)  # fmt: skip
# What vendors are asked for, which a file may say before any has answered.
ASKED_OF_VENDORS = {
    name: replace(one, key=name, section=tendering.INPUTS)
    for name, one in vars(tendering).items()
    if isinstance(one, Given) and not (isinstance(one, Choice) and one.beside)
}
# What a run has instead where its fleet is bought by a bill of materials.
_BY_BILL = {buy_shares: (buy_bill,), priced_shares: (priced_bill,), bought: (bill_alone,)}
# What stands in the place of lines of the same keys where the bill is a table of items.
_BY_ITEMS = (itemised, priced_items, items_asked)
# And where its rows may be quoted.
_BY_QUOTED_ITEMS = (quoted_items, quoted_bill, quoted_single, quoted_split, bundles)
_BESIDE = {
    priced_items: priced_bill,
    items_asked: corners,
    quoted_items: quotes,
    quoted_bill: quotes,
    quoted_single: single,
    quoted_split: split,
    bundles: quotes,
}  # and beside what alone


def modules_of(
    kind: str,
    *,
    owned: bool = False,
    billed: bool = False,
    quoted: bool = False,
    rent_quoted: bool = False,
    listed: bool = False,
    awarded: bool = False,
) -> tuple[ModuleType, ...]:
    """The modules of lines of a kind.

    Args:
        owned: with the years of ownership, whose fleet has a bill of materials.
        billed: with a bill of materials though nothing is owned beyond the run.
        quoted: with quotes laid side by side, where there are years to compare them over.
        rent_quoted: with quotes of rent, likewise.
        listed: with a table of the items that are bought, where there is a bill of materials.
        awarded: with a table of who gets which share of the order.
    """
    if listed and (kind == OWNED or (kind in OWNABLE and (owned or billed))):
        plain = modules_of(
            kind, owned=owned, billed=billed, quoted=quoted, rent_quoted=rent_quoted,
            awarded=awarded,
        )  # fmt: skip
        listing = [one for one in _BY_ITEMS if _BESIDE.get(one, itemised) in (itemised, *plain)]
        quoting = [one for one in _BY_QUOTED_ITEMS if _BESIDE[one] in plain]
        beside = [*(_without(one, quoting) for one in listing), *quoting]
        return (*(_without(one, [*listing, *quoting]) for one in plain), *beside)
    years = owned or kind == OWNED
    tendered: tuple[ModuleType, ...] = (unquoted, unawarded) if years else (unquoted,)
    if quoted and years:
        tendered = (*_QUOTED, split if awarded else single)
    rented = (currencies, rent_quotes, rent_ranking, rent_awards) if rent_quoted and years else ()
    offered = (*tendered, *(one for one in rented if one not in tendered))
    if kind not in OWNABLE or not (owned or billed):
        goodput = (rent_quotes_bare,) if rented else ()
        return (*_of_kind(kind), *((*offered, *goodput) if kind == OWNED else ()))
    instead = {**_BY_BILL, **({bought: (of_run,)} if owned else {})}
    run = [one for module in _of_kind(kind) for one in instead.get(module, (module,))]
    return (*run, bill_of_run, bill, building, fabric, *(_YEARS if owned else ()), *offered)


def _of_kind(kind: str) -> tuple[ModuleType, ...]:
    """What every kind has, and what is of this one."""
    return tuple(dict.fromkeys((*_SHARED, *KINDS[kind])))


def _without(module: ModuleType, instead: Sequence[ModuleType]) -> ModuleType:
    """A module less the items that others have in their place."""
    taken = {name for other in instead for name, one in vars(other).items() if _is_written(one)}
    taken.update(*(getattr(other, "LESS", ()) for other in instead))
    names = vars(module)
    if taken.isdisjoint(names):
        return module
    less = ModuleType(module.__name__)
    vars(less).update({name: one for name, one in names.items() if name not in taken})
    return less


def _is_written(bound: object) -> bool:
    """Whether a name of a module stands for an item of the model."""
    return isinstance(bound, Given | Line | Check)


@functools.lru_cache(maxsize=64)
def model_for(
    kind: str,
    owned: bool = False,
    extra: tuple[Given | Line, ...] = (),
    billed: bool = False,
    quoted: bool = False,
    rent_quoted: bool = False,
    listed: bool = False,
    awarded: bool = False,
) -> Model:
    """The lines and inputs of one kind of scenario, with a check for each bounded input.

    `owned` adds the years of ownership to a kind that buys a fleet for a run, `billed` its bill
    of materials alone; `quoted` its quotes, `awarded` shares of them, `rent_quoted` those of rent,
    `listed` the items of the bill; `extra` are inputs and lines of a scenario's own.
    """
    modules = modules_of(
        kind, owned=owned, billed=billed, quoted=quoted, rent_quoted=rent_quoted, listed=listed,
        awarded=awarded,
    )  # fmt: skip
    model = Model.draft(*modules, extra=extra)
    if drivers := ranged(model):
        model = Model.draft(*modules, drivers, extra=extra)
    if rent_awards in modules:
        apart = (rent_quotes.SECTION, rent_awards.SECTION)
        model = reading_instead(model, rent_awards.INSTEAD, rent_awards.INSTEAD_IN, apart)
    model = cases.with_cases(_sized(_asking(model, modules)))
    choices = [one for one in model.givens.values() if isinstance(one, Choice)]
    known = [_known(one) for one in choices if one.along is None]
    bounded = [limits(one) for one in model.givens.values() if one.bounded and one.along is None]
    supplied = [_supplied(one) for one in model.givens.values() if _from_a_row(one)]
    naming = {key: model.along(key)[0].key for key, one in model.tables.items() if one.numbered}
    rows = [
        item for key, one in model.tables.items()
        for item in row_limits(one, model.along(key), naming)
    ]  # fmt: skip
    return withholding(banded(model.with_lines(*known, *supplied, *bounded, *rows)))


def inputs_of(kind: str, **asked: bool) -> Model:
    """The inputs of a kind, with its lines as they are written: a tenth of the time of `model_for`.

    What may be asked for is that of `modules_of`. Ranges, cases and checks are not made, but the
    inputs that they ask for are there.
    """
    modules = modules_of(kind, **asked)
    model = _asking(Model.draft(*modules), modules)
    beside = {one.key: one for one in (*asked_for_bands(model), *draws.asked_for(model))}
    return replace(model, givens={**model.givens, **beside})


def _asking(model: Model, modules: tuple[ModuleType, ...]) -> Model:
    """The model with the inputs that its kind cannot do without, as other kinds can: REQUIRED."""
    asked = [key for module in modules for key in getattr(module, "REQUIRED", ())]
    givens = {key: replace(model.givens[key], required=True) for key in asked}
    return replace(model, givens={**model.givens, **givens})


def _sized(model: Model) -> Model:
    """The model with its classes of defaults by the size that is given, where one is computed.

    Defaults are looked up before anything is computed, so a kind whose parameters are a result
    asks for the size as an input of its own.
    """
    if "class_parameters" not in model.givens:
        return model
    givens = dict(model.givens)
    for key, one in givens.items():
        if isinstance(one, Choice) and one.default_class:
            givens[key] = replace(one, default_class=(*one.default_class[:3], "class_parameters"))
    return replace(model, givens=givens)


def trades_time(model: Model) -> bool:
    """Whether another deadline means another fleet, so that a table of deadlines says something."""
    return "gpus" in model.downstream(["deadline_days"])


def _from_a_row(given: Given) -> bool:
    """Whether an input must be in the row of another choice, or be given."""
    if given.along is not None or not given.required:
        return False
    if isinstance(given, Choice):
        return bool(given.catalogue)
    return given.catalogue is not None and len(given.follows) == 1 and not given.is_text


def _supplied(given: Given) -> Check:
    """The check that the option chosen has what is needed, or that it is given."""
    choice = given.follows[0]

    def rule(picked, options, value):
        gone = lacking(value)  # a text in its place is told as that
        said = f"{{}} has no {given.key} in the catalogue: give it, or choose another {choice}"
        return both(listed(picked, options), gone), text(said, picked)

    note = f"The catalogue has it for the {choice}, or it is given: {given.label}."
    needs = (choice, options_key(choice), given.key)
    label = f"{given.label}: in the catalogue or given"
    made = check_of(f"{given.key}_supplied", label, rule, needs, note)
    return replace(made, guards=choice, supplies=given.key)


def _known(choice: Choice) -> Check:
    """The check that a choice is one of its options, in the words the reader of files uses."""

    follows = bool(choice.follows or choice.default_class)

    def rule(picked, options):
        # Where a choice that follows another has no option, the other one's check says so.
        unknown = unless(listed(picked, options))
        fires = both(unless(lacking(picked)), unknown) if follows else unknown
        return fires, option_words(choice, named(picked))

    note = "The choice is one of the options in its list."
    needs = (choice.key, options_key(choice.key))
    made = check_of(f"{choice.key}_known", f"{choice.label}: a known option", rule, needs, note)
    return replace(made, guards=choice.key, of_options=True)
