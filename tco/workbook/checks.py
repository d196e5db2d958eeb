"""Checks and Limits: what must hold, whether it holds, and in words what does not."""

from __future__ import annotations

from tco.lines import Check, excel
from tco.workbook.cells import Sheet, address, height, span
from tco.workbook.grid import (
    CHECK,
    FIRST_ROW,
    GRID,
    HOW,
    KEY,
    LABEL,
    STATE_ROW,
    TOTAL,
    UNIT,
    VALUE,
    WIDTHS,
    Layout,
    value_of,
)


def place_checks(layout: Layout) -> None:
    """Rows of the Checks and Limits sheets, known before the inputs refer to them."""
    main = [one for one in layout.model.checks if not one.limit]
    layout.main_checks = sorted(main, key=lambda one: (one.guards is None, one.kind == "alert"))
    layout.limit_checks = [one for one in layout.model.checks if one.limit]
    layout.check_links = _check_links(layout)
    # The master check, a blank row, each group of links below its heading, the heading of checks.
    row = STATE_ROW + 2 + len(_link_groups(layout)) + len(layout.check_links) + 1
    for one in layout.main_checks:
        layout.home[one.flag.key] = ("Checks", row, VALUE)
        layout.home[one.says.key] = ("Checks", row, HOW)
        row += 1
    for row, one in enumerate(layout.limit_checks, FIRST_ROW):
        layout.home[one.flag.key] = ("Limits", row, CHECK)
        layout.home[one.says.key] = ("Limits", row, HOW)


def _check_links(layout: Layout) -> list[tuple[str, bool]]:
    """(key, as made) of everything the main checks read."""
    made = {
        (need, True) for one in layout.main_checks for need in one.flag.needs if need == one.guards
    }
    live = {
        (need, False)
        for one in layout.main_checks
        for need in one.flag.needs
        if need != one.guards and need in layout.model
    }
    order = {key: i for i, key in enumerate([*layout.model.givens, *layout.model.lines])}
    return sorted(made | live, key=lambda pair: (order[pair[0]], pair[1]))


def _link_groups(layout: Layout) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The links in two groups, so that a page can end between them."""
    given = [pair for pair in layout.check_links if pair[0] in layout.model.givens]
    computed = [pair for pair in layout.check_links if pair[0] not in layout.model.givens]
    groups = [("From Inputs", given), ("From the workings", computed)]
    return [group for group in groups if group[1]]


def limits_sheet(layout: Layout) -> None:
    """Every bounded input, linked and tested in one row."""
    sheet = layout.sheets["Limits"]
    layout.head(sheet, "every bounded input within its limits", GRID)
    sheet.widths = dict(WIDTHS)
    for row, one in enumerate(layout.limit_checks, FIRST_ROW):
        key = one.flag.needs[0]
        layout.link_row(sheet, row, key)
        local = {key: address(row, VALUE, fixed="rc"),
                 one.flag.key: address(row, CHECK, fixed="rc")}  # fmt: skip
        cells = layout.cells(local)
        sheet.put(row, KEY, one.flag.key, "key")
        sheet.put(row, CHECK, 0, "check:flag", excel(one.flag.tree, cells))
        sheet.put(row, HOW, layout.shown(one.says.key), "sentence", excel(one.says.tree, cells))
    last = FIRST_ROW + len(layout.limit_checks) - 1
    sheet.flags.append((f"F{FIRST_ROW}:F{last}", "fires"))
    layout.limit_area = (f"Limits!$F${FIRST_ROW}:$F${last}", f"Limits!$G${FIRST_ROW}:$G${last}")


def checks_sheet(layout: Layout) -> None:
    """The master check, then every check with its finding in words."""
    sheet = layout.sheets["Checks"]
    layout.head(sheet, "0 passes, 1 fires; errors stop a decision, alerts qualify it",
              ("Key", "Check", "Kind", "Flag", "Fires", "State", "Finding"))  # fmt: skip
    sheet.widths = {**WIDTHS, VALUE: 26, HOW: 96}
    local: dict[tuple[str, bool], str] = {}
    row = STATE_ROW + 2
    for heading, links in _link_groups(layout):
        layout.section(sheet, row, heading)
        for key, made in links:
            row += 1
            layout.link_row(sheet, row, key, made=made)
            local[key, made] = address(row, VALUE, fixed="rc")
        row += 1
    layout.section(sheet, row, "Checks")
    first = row + 1
    for one in layout.main_checks:
        row += 1
        _check_row(layout, sheet, row, one, local)
    for key, label, formula, sentence in _book_checks(layout):
        row += 1
        layout.home[key] = ("Checks", row, VALUE)
        _finish_check(layout, sheet, row, key, label, "error", 0, formula)
        sheet.put(row, HOW, "OK", "sentence",
                  f'IF({address(row, VALUE, fixed="rc")}=0,"OK",{sentence})')  # fmt: skip
    _master(layout, sheet, first, row)
    sheet.flags.append((f"F{first}:F{row}", "state"))
    sheet.flags.append((f"E{first}:E{row}", "fires"))


def _check_row(
    layout: Layout, sheet: Sheet, row: int, one: Check, local: dict[tuple[str, bool], str]
) -> None:
    assert layout.home[one.flag.key][1] == row
    found = {
        need: local[need, need == one.guards] for need in one.flag.needs if need in layout.model
    }
    found[one.flag.key] = address(row, VALUE, fixed="rc")
    cells = layout.cells(found)
    flag = value_of(layout.numbers[one.flag.key])
    _finish_check(
        layout,
        sheet,
        row,
        one.flag.key,
        one.flag.label,
        one.kind,
        flag,
        excel(one.flag.tree, cells),
    )
    says = layout.shown(one.says.key)
    sheet.put(row, HOW, says, "sentence", excel(one.says.tree, cells))
    sheet.heights[row] = height((says, sheet.widths[HOW]))


def _finish_check(
    layout: Layout,
    sheet: Sheet,
    row: int,
    key: str,
    label: str,
    kind: str,
    flag: float,
    formula: str,
) -> None:
    value = address(row, VALUE, fixed="rc")
    fires = address(row, TOTAL, fixed="rc")
    sheet.put(row, KEY, key, "key")
    sheet.put(row, LABEL, label, "labelwrap")
    sheet.put(row, UNIT, kind, "unit")
    sheet.put(row, VALUE, flag, "check:flag", formula)
    sheet.put(row, TOTAL, flag, "check:flag", f"IF(ISNUMBER({value}),{value},1)")
    word = "FAIL" if kind == "error" else "ALERT"
    sheet.put(row, CHECK, word if flag else "OK", "check", f'IF({fires}=0,"OK","{word}")')


def _book_checks(layout: Layout) -> list[tuple[str, str, str, str]]:
    """Checks of the workbook itself: key, label, flag formula, the words when it fires."""
    flags, says = layout.limit_area
    found = [
        ("inputs_within_limits", "Every input is within its limits",
         f"IF(SUM({flags})=0,0,1)", f"INDEX({says},MATCH(1,{flags},0))"),
    ]  # fmt: skip
    for title, area in layout.errors:
        key = f"{title.lower()}_without_errors"
        label = f"No error value on {title}"
        said = f'"a cell of {title} shows an error"'
        if title == "Deadline":
            label = "The deadline table repeats the model"
            said = '"the live deadline\'s column differs from the model"'
        found.append((key, label, f"IF(SUM({title}!{area})=0,0,1)", said))
    return found


def _master(layout: Layout, sheet: Sheet, first: int, last: int) -> None:
    kinds, fires = span(UNIT, first, last), span(TOTAL, first, last)
    rows = (
        (STATE_ROW - 2, "errors", "Errors", layout.fired("error"),
         f'SUMIF({kinds},"error",{fires})'),
        (STATE_ROW - 1, "alerts", "Alerts", layout.fired("alert"),
         f'SUMIF({kinds},"alert",{fires})'),
    )  # fmt: skip
    for row, key, label, value, formula in rows:
        sheet.put(row, KEY, key, "key")
        sheet.put(row, LABEL, label, "label")
        sheet.put(row, UNIT, "count", "unit")
        sheet.put(row, VALUE, value, "check:flag", formula)
    errors, alerts = f"$D${STATE_ROW - 2}", f"$D${STATE_ROW - 1}"
    sheet.put(STATE_ROW, KEY, "state", "key")
    sheet.put(STATE_ROW, LABEL, "All checks", "label")
    sheet.put(STATE_ROW, UNIT, "text", "unit")
    sheet.put(
        STATE_ROW, VALUE, layout.state_words(), "check",
        f'IF({errors}=0,"OK: no errors","FAIL: "&{errors}&" errors")&", "&{alerts}&" alerts"',
    )  # fmt: skip
    sheet.flags.append((address(STATE_ROW, VALUE), "state"))
    for row in (STATE_ROW - 2, STATE_ROW - 1, STATE_ROW):
        sheet.put(row, TOTAL, None, "blank")
