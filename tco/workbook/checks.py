"""Checks and Limits: what must hold, whether it holds, and in words what does not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from tco.lines import Cells, Check, Choice, Model, excel
from tco.lines.sentences import WAITING
from tco.model.cases import moved
from tco.model.state import (
    FIRED,
    LIMITS_HOLD,
    NOTHING,
    TOLD,
    TOLD_WORDS,
    WITHHELD,
    ranked,
)
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, height, span
from tco.workbook.grid import (
    CHECK,
    FIRST_ROW,
    GAP,
    GRID,
    HOW,
    KEY,
    LABEL,
    OVERRIDDEN,
    OVERRIDE,
    STATE_ROW,
    TOTAL,
    UNIT,
    VALUE,
    WIDTHS,
    Layout,
    value_of,
)
from tco.workbook.places import Places
from tco.workbook.proof import MOVED, PLAN_TIES, flags_of_figures
from tco.workbook.sheets import DEADLINE_TIES, purpose, working

# Below the counts stand the state, the first finding, overrides, what-ifs, the verdict and a blank.
STATE = ("errors", "alerts", "state", "first_finding", "overrides", "whatifs", "verdict", *TOLD)
WORDED = ("first_finding", "verdict", *TOLD)
NUMBER = GAP  # how many have fired so far
HEADING_ROW = FIRST_ROW + len(STATE) + 1  # of the checks
BROKEN_ROW, CURRENCY_ROW = FIRST_ROW + 1, FIRST_ROW + 3  # people type it behind a price
FIRST_LIMIT = CURRENCY_ROW + 1
TIES = "deadline_table_ties"
LIMITS = "inputs_within_limits"
LIMIT_FLAGS, LIMIT_WORDS = "limit_flags", "limit_words"
NO_ERRORS = "sheets_without_errors"
SUMMED = 12  # sheets whose errors one formula adds up: more would be long to read


def place_checks(scenario: Scenario) -> Places:
    """Rows of Checks and of Limits: state, then checks in the order they are told."""
    model, checks = scenario.model, ranked(scenario.model)
    keys = {key: row for row, key in enumerate(STATE, FIRST_ROW)}
    if "verdict" not in model:
        del keys["verdict"]
    for row, key in enumerate(_rows(scenario, checks), HEADING_ROW + 1):
        keys[key] = row
    worded = {
        words: ("Checks", keys[key], HOW) for key, words in zip(TOLD, TOLD_WORDS, strict=True)
    }
    home = {key: ("Checks", row, VALUE) for key, row in keys.items()} | worded
    for one in checks:
        home[one.says.key] = ("Checks", keys[one.flag.key], HOW)
    limits = _limit_checks(model)
    for row, one in enumerate(limits, FIRST_LIMIT):
        home[one.flag.key] = ("Limits", row, CHECK)
        home[one.says.key] = ("Limits", row, HOW)
    last = FIRST_LIMIT + len(limits) - 1
    areas = {LIMIT_FLAGS: CHECK, LIMIT_WORDS: HOW}
    return Places(home=home, ranges={key: ("Limits", span(column, FIRST_LIMIT, last))
                                     for key, column in areas.items()})  # fmt: skip


def _rows(scenario: Scenario, checks: Sequence[Check]) -> list[str]:
    """The flags in the order of their rows, with those of the workbook itself among them.

    The limits, a cause of what comes after them, stand behind the refused choices; the other
    errors of the workbook before the alerts, so that the first to fire is an error.
    """
    refusals = [one.flag.key for one in checks if one.guards is not None]
    others = [one for one in checks if one.guards is None]
    errors = [one.flag.key for one in others if one.kind == "error"]
    rest = [one.flag.key for one in others if one.kind != "error"]
    return [*refusals, LIMITS, *errors, *_book_keys(scenario), *rest]


def _limit_checks(model: Model) -> list[Check]:
    return [one for one in model.checks if one.limit]


def _book_keys(scenario: Scenario) -> list[str]:
    """The checks of the workbook itself; without a table of deadlines nothing ties to it."""
    count = len(working(scenario.model)) + scenario.trades_time
    ties = [TIES] if scenario.trades_time else []
    figures = sorted(flags_of_figures(scenario), key=lambda key: key == MOVED)  # it is an alert
    return [*(_no_errors(first) for first in range(0, count, SUMMED)), *ties,
            "currency_as_built", *figures]  # fmt: skip


def _no_errors(first: int) -> str:
    """The check that no sheet from a place on shows an error, as many of them as one adds up."""
    return f"{NO_ERRORS}_{first + 1}" if first else NO_ERRORS


# How a check reads a key: as it stands, a choice as it was made, or as it is planned.
LIVELY, MADE, AROUND_PLAN = "", "made", "planned"
Read = tuple[str, str]  # the key, and how it is read


def _check_links(model: Model, checks: Sequence[Check]) -> list[Read]:
    """Everything that the main checks read, and how."""
    links = {
        (need, _how(model, one, need)) for one in checks for need in one.flag.needs if need in model
    }
    order = {key: i for i, key in enumerate([*model.givens, *model.lines])}
    return sorted(links, key=lambda pair: (order[pair[0]], pair[1]))


def _how(model: Model, one: Check, need: str) -> str:
    """How a check reads a key.

    A choice that it can refuse, or one that follows that, as it was made. What drivers move as it
    is planned, where it can refuse a choice: they are moved by what rests on it.
    """
    item = model[need]
    if need == one.guards or (isinstance(item, Choice) and one.guards in item.follows):
        return MADE
    return AROUND_PLAN if one.guards is not None and need in _followed(model) else LIVELY


@lru_cache(maxsize=64)  # asked for every check
def _followed(model: Model) -> frozenset[str]:
    """What drivers move, and what follows from that."""
    return model.downstream(moved(model))


def _link_groups(model: Model, links: Sequence[Read]) -> list[tuple[str, list[Read]]]:
    """The links in two groups, so that a page can end between them."""
    given = [pair for pair in links if pair[0] in model.givens]
    computed = [pair for pair in links if pair[0] not in model.givens]
    groups = [("From Inputs", given), ("From the workings", computed)]
    return [group for group in groups if group[1]]


def draw_limits(layout: Layout) -> Sheet:
    """Every bounded input, linked and tested in one row."""
    sheet, limits = Sheet("Limits"), _limit_checks(layout.model)
    layout.head(sheet, purpose("Limits", layout.model), GRID)
    sheet.widths = dict(WIDTHS)
    last = FIRST_LIMIT + len(limits) - 1
    _broken(layout, sheet, last)
    layout.section(sheet, CURRENCY_ROW - 1, "Every bounded input")
    layout.link_row(sheet, CURRENCY_ROW, "currency")
    sheet.group(CURRENCY_ROW, last)
    for row, one in enumerate(limits, FIRST_LIMIT):
        key = one.flag.needs[0]
        layout.link_row(sheet, row, key)
        local = {"currency": address(CURRENCY_ROW, VALUE, fixed="rc"),
                 key: address(row, VALUE, fixed="rc"),
                 one.flag.key: address(row, CHECK, fixed="rc")}  # fmt: skip
        cells = layout.cells(sheet.title, local)
        sheet.put(row, KEY, one.flag.key, "key")
        sheet.put(row, CHECK, 0, "check:flag", excel(one.flag.tree, cells))
        sheet.put(row, HOW, layout.shown(one.says.key), "sentence", excel(one.says.tree, cells))
    sheet.flags.append((f"F{FIRST_LIMIT}:F{last}", "fires"))
    return sheet


def _broken(layout: Layout, sheet: Sheet, last: int) -> None:
    """How many are beyond their limits, and the first of them: what a reader looks for."""
    layout.section(sheet, FIRST_ROW, "Results")
    flags, says = (span(column, FIRST_LIMIT, last) for column in (CHECK, HOW))
    count = address(BROKEN_ROW, VALUE, fixed="rc")
    sheet.put(BROKEN_ROW, KEY, LIMITS, "key")
    sheet.put(BROKEN_ROW, LABEL, "Beyond their limits, and the first of them", "label")
    sheet.put(BROKEN_ROW, UNIT, "count", "unit")
    sheet.put(BROKEN_ROW, VALUE, 0, "check:flag", f"SUM({flags})")
    for column in (TOTAL, CHECK):
        sheet.put(BROKEN_ROW, column, None, "blank")
    first = f'IF({count}=0,"OK",INDEX({says},MATCH(1,{flags},0)))'
    sheet.put(BROKEN_ROW, HOW, "OK", "sentence", first)


def draw_checks(layout: Layout) -> Sheet:
    """The master check, then every check with its finding in words."""
    sheet, model, checks = Sheet("Checks"), layout.model, layout.main_checks
    layout.head(sheet, purpose("Checks", layout.model),
              ("Key", "Check", "Kind", "Flag", "Fires", "State", "Finding"))  # fmt: skip
    sheet.widths = {**WIDTHS, VALUE: 29, HOW: 88}
    local: dict[Read, str] = {}
    first, last = HEADING_ROW + 1, HEADING_ROW + len(_rows(layout.scenario, checks))
    layout.section(sheet, HEADING_ROW, "Checks")
    row = last + 2  # what they read stands below them
    for heading, links in _link_groups(model, _check_links(model, checks)):
        layout.section(sheet, row, heading)
        for key, how in links:
            row += 1
            linking = layout.planned if how == AROUND_PLAN else layout
            linking.link_row(sheet, row, key, made=how == MADE)
            local[key, how] = address(row, VALUE, fixed="rc")
        sheet.group(row - len(links) + 1, row)
        row += 1
    for one in checks:
        _check_row(layout, sheet, one, local)
    for key, label, formula, sentence in _book_checks(layout):
        row = layout.home[key][1]
        kind = "alert" if key == MOVED else "error"
        _finish_check(sheet, row, key, label, kind, 0, formula)
        flag = address(row, VALUE, fixed="rc")
        sheet.put(row, HOW, "OK", "sentence",
                  f'IF(ISNUMBER({flag}),CHOOSE({flag}+1,"OK",{sentence}),"{WAITING}")')  # fmt: skip
    _number(sheet, first, last)
    _master(layout, sheet, first, last)
    _told(layout, sheet, first, last)
    sheet.flags.append((f"F{first}:F{last}", "state"))
    sheet.flags.append((f"E{first}:E{last}", "fires"))
    return sheet


def _check_row(layout: Layout, sheet: Sheet, one: Check, local: dict[Read, str]) -> None:
    row = layout.home[one.flag.key][1]
    found = {
        need: local[need, _how(layout.model, one, need)]
        for need in one.flag.needs
        if need in layout.model
    }
    found[one.flag.key] = address(row, VALUE, fixed="rc")
    cells = layout.cells(sheet.title, found)
    flag = value_of(layout.numbers[one.flag.key])
    formula = excel(one.flag.tree, cells)
    _finish_check(sheet, row, one.flag.key, one.flag.label, one.kind, flag, formula)
    says = layout.shown(one.says.key)
    sheet.put(row, HOW, says, "sentence", excel(one.says.tree, cells))
    sheet.heights[row] = height(
        (says, sheet.widths[HOW]), (one.flag.label, sheet.widths[LABEL] * 0.9)
    )


def _finish_check(
    sheet: Sheet, row: int, key: str, label: str, kind: str, flag: float, formula: str
) -> None:
    """One check: its flag, whether it fires (a check that waits does not), and its state."""
    value = address(row, VALUE, fixed="rc")
    word = FIRED[kind]
    sheet.put(row, KEY, key, "key")
    sheet.put(row, LABEL, label, "labelwrap")
    sheet.put(row, UNIT, kind, "unit")
    sheet.put(row, VALUE, flag, "check:flag", formula)
    sheet.put(row, TOTAL, flag, "check:flag", f"IF(ISNUMBER({value}),{value},0)")
    sheet.put(row, CHECK, word if flag else "OK", "check",
              f'IF(ISNUMBER({value}),CHOOSE({value}+1,"OK","{word}"),"waits")')  # fmt: skip


def _book_checks(layout: Layout) -> list[tuple[str, str, str, str]]:
    """Checks of the workbook itself: key, label, flag formula, the words when it fires."""
    flags, says = ("!".join(layout.ranges[key]) for key in (LIMIT_FLAGS, LIMIT_WORDS))
    first = f"INDEX({says},MATCH(1,{flags},0))"
    counts = [f"{title}!{cell}" for title, cell in layout.error_counts]
    ties = "!".join(layout.ranges.get(DEADLINE_TIES, ()))
    row, figures = layout.home["currency"][1], flags_of_figures(layout.scenario)
    found = {
        LIMITS: (LIMITS_HOLD, f"IF(SUM({flags})=0,0,1)",
         f'IF(ISERROR({first}),"an input is refused, see above",{first})'),
        **{
            _no_errors(first): (
                f"No error value on a {'later ' * bool(first)}working sheet",
                f"IFERROR(MIN({'+'.join(counts[first : first + SUMMED])},1),1)",
                '"a cell of a working sheet shows an error"',
            )
            for first in range(0, len(counts), SUMMED)
        },
        TIES: ("The deadline table repeats the model", f"IF(SUM({ties})=0,0,1)",
         '"the live deadline\'s column differs from the model"'),
        "currency_as_built": ("The currency is the one it was built in",
         f"IF(ISBLANK(Inputs!{address(row, OVERRIDE, fixed='rc')}),0,1)",
         '"only the name is changed: build again with currency and usd_rate"'),
        PLAN_TIES: ("The model as planned is the model", figures.get(PLAN_TIES, ""),
         '"two computations of one figure differ: sheet Proof names it"'),
        MOVED: ("No figure moves but by an Override", figures.get(MOVED, ""),
         '"a figure moved and no Override is typed: sheet Proof, then tco verify"'),
    }  # fmt: skip
    return [(key, *found[key]) for key in (LIMITS, *_book_keys(layout.scenario))]


def _master(layout: Layout, sheet: Sheet, first: int, last: int) -> None:
    """Counts, the state in words, the first finding, and how many inputs are overridden."""
    kinds, fires, says = span(UNIT, first, last), span(TOTAL, first, last), span(HOW, first, last)
    errors, alerts = f"$D${STATE_ROW - 2}", f"$D${STATE_ROW - 1}"
    whatifs = f"$D${STATE_ROW + 3}"
    inputs = [row for row, key, _ in layout.input_rows if key]
    typed = ",".join((f"Inputs!{span(OVERRIDE, inputs[0], inputs[-1])}", *layout.given_areas))
    rows = (
        ("Errors", layout.fired("error"), f'SUMIF({kinds},"error",{fires})'),
        ("Alerts", layout.fired("alert"), f'SUMIF({kinds},"alert",{fires})'),
        ("All checks", layout.state_words(),
         f'CHOOSE(1+MIN({alerts},1)*(1-MIN({errors},1))+2*MIN({errors},1),"OK: no findings",'
         f'"ALERT: "&{alerts}&" finding(s)",'
         f'"FAIL: "&{errors}&" error(s), "&{alerts}&" alert(s)")'
         f'&CHOOSE(1+MIN({whatifs},1),"","; "&{whatifs}&" what-if(s)")'),
        ("The first that fires", layout.shown("first_finding"),
         f'IF({errors}+{alerts}=0,"{NOTHING}",INDEX({says},MATCH(1,{fires},0)))'),
        (OVERRIDDEN, 0, f"COUNTA({typed})"),
        ("What-ifs switched on", layout.fired("sensitivity"),
         f'SUMIF({kinds},"sensitivity",{fires})'),
        *_verdict(layout),
    )  # fmt: skip
    for key, (label, value, formula) in zip(STATE, rows, strict=False):
        row, text = layout.home[key][1], isinstance(value, str)
        sheet.put(row, KEY, key, "key")
        sheet.put(row, LABEL, label, "label")
        sheet.put(row, UNIT, "text" if text else "count", "unit")
        look = "finding" if key in WORDED else "check" if text else "check:flag"
        sheet.put(row, VALUE, value, look, formula)
    sheet.flags.append((address(STATE_ROW, VALUE), "state"))


def _number(sheet: Sheet, first: int, last: int) -> None:
    """How many errors and alerts fire down to each row: by that the first ones are found."""
    so_far = 0.0
    for row in range(first, last + 1):
        told = sheet.cells[row, UNIT].value != "sensitivity"
        above = address(row - 1, NUMBER)
        so_far += float(sheet.cells[row, TOTAL].value) * told
        fired = f"+{address(row, TOTAL)}" if told else "+0"
        sheet.put(row, NUMBER, so_far, "some:flag", f"{above}{fired}")


def _told(layout: Layout, sheet: Sheet, first: int, last: int) -> None:
    """The names of the first that fire; how many that are stands beside each."""
    numbers = span(NUMBER, first, last)
    for number, (key, words) in enumerate(zip(TOLD, TOLD_WORDS, strict=True), 1):
        row = layout.home[key][1]
        place = address(row, TOTAL, fixed="rc")
        sheet.put(row, KEY, key, "key")
        sheet.put(row, LABEL, layout.model[key].label, "label")
        sheet.put(row, UNIT, "text", "unit")
        sheet.put(row, TOTAL, number, "some:flag", f"{address(row - 1, TOTAL)}+1")
        found = f"MATCH({place},{numbers},0)"
        for one, column, of in ((key, VALUE, LABEL), (words, HOW, HOW)):
            said = f"INDEX({span(of, first, last)},{found})"
            sheet.put(row, column, layout.shown(one), "finding",
                      f'IF(ISNUMBER({found}),{said},"{WITHHELD}")')  # fmt: skip


def _verdict(layout: Layout) -> list[tuple[str, Any, str]]:
    """The verdict over the years, which gives way to an error; none for a model without one."""
    if "verdict" not in layout.model:
        return []
    one = layout.model.lines["verdict"]
    at = {key: f"{sheet}!{address(row, column, fixed='rc')}" if sheet != "Checks"
          else address(row, column, fixed="rc")
          for key, (sheet, row, column) in layout.home.items() if key in one.needs}  # fmt: skip
    written = excel(one.tree, Cells(at=at.__getitem__, before=str, range=str))
    return [(one.label, layout.shown("verdict"), written)]
