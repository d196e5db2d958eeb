"""The model of each kind of scenario: which modules of lines it is made of."""

from __future__ import annotations

import functools

from tco.lines import (
    Choice,
    Given,
    Model,
    both,
    check,
    lacking,
    limits,
    listed,
    missing,
    named,
    text,
    unless,
)
from tco.lines.model import Check, called, option_words
from tco.model import backtest, buy, energy, evidence, fleet, general, rent, summary
from tco.model.demand import train

# How the keys of the checks end that are made for a choice, and for what a choice supplies.
KNOWN, SUPPLIED = "_known", "_supplied"
# A new kind is one module here and one table in `sheets.py`.
KINDS = {
    "train": (general, train, fleet, buy, rent, energy, evidence, backtest, summary),
}


@functools.cache
def model_for(kind: str) -> Model:
    """The lines and inputs of one kind of scenario, with a check for each bounded input."""
    modules = KINDS[kind]
    columns = {
        options_key(name): name
        for module in modules
        for name, item in vars(module).items()
        if isinstance(item, Choice)
    }
    model = Model.of(*modules, columns=columns)
    known = [_known(one) for one in model.givens.values() if isinstance(one, Choice)]
    bounded = [limits(one) for one in model.givens.values() if one.bounded and one.along is None]
    supplied = [_supplied(one) for one in model.givens.values() if _from_a_row(one)]
    return model.with_lines(*known, *supplied, *bounded)


def options_key(choice: str) -> str:
    """The key of the list of a choice's options."""
    return f"{choice}_options"


def _from_a_row(given: Given) -> bool:
    """Whether an input must be in the row of another choice, or be given."""
    if given.along is not None or not given.required:
        return False
    if isinstance(given, Choice):
        return bool(given.catalogue or given.default_by)
    return given.catalogue is not None and len(given.follows) == 1 and not given.is_text


def _supplied(given: Given) -> Check:
    """The check that the option chosen has what is needed, or that it is given."""
    by = given.default_by if isinstance(given, Choice) else None
    choice = by[0] if by else given.follows[0]

    def rule(picked, options, value):
        gone = lacking(value) if isinstance(given, Choice) else missing(value)
        said = f"{{}} has no {given.key} in the catalogue: give it, or choose another {choice}"
        return both(listed(picked, options), gone), text(said, picked)

    note = f"The catalogue has it for the {choice}, or it is given: {given.label}."
    needs = (choice, options_key(choice), given.key)
    made = called(rule, f"{given.key}{SUPPLIED}", note, *needs)
    return check(f"{given.label}: in the catalogue or given", guards=choice)(made)


def _known(choice: Choice) -> Check:
    """The check that a choice is one of its options, in the words the reader of files uses."""

    follows = bool(choice.follows or choice.default_by or choice.default_class)

    def rule(picked, options):
        # Where a choice that follows another has no option, the other one's check says so.
        unknown = unless(listed(picked, options))
        fires = both(unless(lacking(picked)), unknown) if follows else unknown
        return fires, option_words(choice, named(picked))

    note = "The choice is one of the options in its list."
    needs = (choice.key, options_key(choice.key))
    made = called(rule, f"{choice.key}{KNOWN}", note, *needs)
    return check(f"{choice.label}: a known option", guards=choice.key)(made)
