"""State: whether an error stands. While one does, no verdict and no headline stands beside it.

Both are cells of the Checks sheet, after everything that the checks read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tco.lines import *
from tco.lines.expression import Call, Reference, walk
from tco.lines.items import ModelError, called
from tco.lines.word import many

SECTION = "state"
NOTHING = "nothing fires"
WITHHELD = "–"
ORDER = (ERROR, ALERT, SENSITIVITY)
# Sections whose lines nobody sets: what is said of the others.
SAID = ("checks", "summary", "board", "bands", "ranges", "tornado", "drivers", "steps", SECTION)

errors = Given("Errors that stand", "count", note="On the sheet Checks.", counted=True)
first_finding = Given("The first that fires", "text", note="Errors first.", counted=True)
# How a check that fires is called, and the first ones that do, for the first sheet.
FIRED = {ERROR: "FAIL", ALERT: "ALERT", SENSITIVITY: "WHAT-IF"}
LIMITS_HOLD = "Every input is within its limits"
MOST_TOLD = 12
TOLD = tuple(f"finding_{number}" for number in range(1, MOST_TOLD + 1))
TOLD_WORDS = tuple(f"{key}_words" for key in TOLD)
# Until the checks are computed.
UNCHECKED = {
    "errors": 0.0,
    "first_finding": NOTHING,
    **dict.fromkeys((*TOLD, *TOLD_WORDS), WITHHELD),
}


@gathered
def told(members):
    """The checks that fire, by name and in words: errors first, what-ifs left out."""
    for keys, of in ((TOLD, "not so"), (TOLD_WORDS, "in words")):
        for number, key in enumerate(keys, 1):
            yield Given(f"Finding {number}: {of}", "text", note="On the sheet Checks.",
                        counted=True, key=key)  # fmt: skip


def headlines(model: Model) -> list[str]:
    """The sentences of the first page."""
    return [key for key, one in model.lines.items() if one.section == "summary" and one.is_text]


def withholding(model: Model) -> Model:
    """The model whose headlines give way to the error while one stands."""
    lines = dict(model.lines)
    for key in headlines(model):
        lines[key] = _giving_way(lines[key])
    return without_circle(replace(model, lines=lines)).sound()


def without_circle(model: Model) -> Model:
    """The model, after making sure that no check reads what waits for all checks."""
    verdict = [key for key in ("verdict",) if key in model.lines]
    held = model.downstream([*headlines(model), *verdict, "error_sentence"])
    for one in model.checks:
        if one.flag.key in held or one.says.key in held:
            raise ModelError(f"{one.flag.key} reads a headline, which waits for all checks")
    return model


def _giving_way(one: Line) -> Line:
    """A sentence, or nothing while an error stands."""

    branches = any(isinstance(part, Call) and part.word is where for part in walk(one.tree))

    def rule(errors: Any, *parts: Any) -> Any:
        said = one.rule(*parts)
        if branches:  # no IF in IF
            return numbered(minimum(errors, 1), said, WITHHELD)
        return where(picked(errors, 0), said, WITHHELD)

    needs = ("errors", *one.needs)
    return replace(one, rule=called(rule, one.key, one.note, *needs), needs=needs)


@line("Error instead of an answer", "text")
def error_sentence(errors, first_finding):
    """What stands on the first page while an error does: the error, and nothing beside it."""
    return numbered(minimum(errors, 1), WITHHELD, text("ERROR, so no answer: {}", first_finding))


def is_link(one: Line) -> bool:
    """Whether a sentence is that of another sheet, as it stands there."""
    tree: Any = one.tree
    return isinstance(tree.parts[1], Reference)


def ranked(model: Model) -> list[Check]:
    """The checks as the sheet has them: what refuses a choice, other errors, alerts, what-ifs.

    Causes stand before consequences: unknown options, gaps, refused choices, then what is wrong
    with inputs themselves. A choice that follows another is without an option because of that one.
    """

    def rank(one: Check) -> tuple[bool, int, bool, int]:
        order = 1 if one.supplies else 2
        if one.of_options:
            choice = model.givens[one.guards or ""]
            assert isinstance(choice, Choice)
            order = 3 if choice.follows or choice.default_class else 0
        return one.guards is None, ORDER.index(one.kind), not one.of_inputs, order

    return sorted((one for one in model.checks if not one.limit), key=rank)


def findings(model: Model) -> list[Check]:
    """All checks, causes first: the limits of inputs, one error together, after refused choices."""
    checks = ranked(model)
    place = sum(one.guards is not None for one in checks)
    return [*checks[:place], *(one for one in model.checks if one.limit), *checks[place:]]


def found(model: Model, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """How many errors stand, and the words of the first finding: of each case, over cases."""
    errors: Any = 0.0
    beyond_limits: Any = 0.0
    first: Any = NOTHING
    for one in reversed(findings(model)):
        fires = numbers[one.flag.key] != 0  # what is no number fires too
        if one.limit:
            beyond_limits = maximum(beyond_limits, 1.0 * fires)
        elif one.kind == ERROR:
            errors = errors + 1.0 * fires
        if one.kind != SENSITIVITY:
            first = where(fires, numbers[one.says.key], first)
    return {"errors": errors + beyond_limits, "first_finding": first,
            **_told(model, numbers)}  # fmt: skip


def _told(model: Model, numbers: Mapping[str, Any]) -> dict[str, str]:
    """The first that fire, by name and in words; all limits are one. Of cases nothing is told."""
    fired: dict[str, str] = {}
    if any(many(numbers[one.flag.key]) for one in findings(model)):
        return {}
    for one in findings(model):
        if one.kind != SENSITIVITY and numbers[one.flag.key] != 0:
            name = LIMITS_HOLD if one.limit else one.flag.label
            fired.setdefault(name, str(numbers[one.says.key]))
    rest = (WITHHELD,) * MOST_TOLD
    return {
        **dict(zip(TOLD, [*fired, *rest], strict=False)),
        **dict(zip(TOLD_WORDS, [*fired.values(), *rest], strict=False)),
    }
