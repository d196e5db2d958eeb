"""Inputs: every assumption once, with its override, its catalogue value, range and source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tco.catalogue.shipped import MISSING, range_columns, source_columns
from tco.facts import NO_SOURCE, OF_CASE, OWN_LIST, TYPED, Fact, supplied
from tco.lines import Choice, Given, Undefined
from tco.lines.expression import excel_number
from tco.model.general import FIRST_DAY, LAST_DAY
from tco.scenario import Scenario
from tco.workbook.catalogues import catalogue_lookup
from tco.workbook.cells import Rule, Sheet, address, height
from tco.workbook.converted import typed_formula
from tco.workbook.grid import (
    AS_BUILT,
    BASE,
    BUILT_DATE,
    DATE,
    FIRST_ROW,
    GIVEN,
    HEAD_ROW,
    HIGH,
    KEY,
    LABEL,
    LIVE,
    LOW,
    MADE,
    NOTE,
    OVERRIDE,
    SHIPPED,
    SOURCE,
    UNIT,
    VALUE,
    Layout,
)
from tco.workbook.inputorder import input_blocks
from tco.workbook.places import Places
from tco.workbook.sheets import CASES, INPUT_HEADINGS, purpose


def place_inputs(scenario: Scenario) -> Places:
    """A row for every input, below the heading of its block."""
    rows: list[tuple[int, str, str]] = []
    givens = scenario.model.givens
    for block in input_blocks(scenario):
        for key, said in (("", block.heading), *((key, "") for key in block.keys)):
            rows.append((FIRST_ROW + len(rows), key, said))
    home: dict[str, tuple[str, int, int]] = {}
    for row, key, _ in rows:
        if key:
            home |= {key: ("Inputs", row, LIVE), f"{key}_source": ("Inputs", row, SOURCE),
                     f"{key}_date": ("Inputs", row, DATE)}  # fmt: skip
            asked = {f"{key}_low": LOW, f"{key}_high": HIGH, f"{key}_given": GIVEN}
            home |= {one: ("Inputs", row, at) for one, at in asked.items()
                     if one in givens and givens[one].of}  # fmt: skip
    return Places(home=home, input_rows=tuple(rows))


def draw_inputs(layout: Layout) -> Sheet:
    """Every input with its override, its catalogue value, range, source, date and note."""
    sheet = Sheet("Inputs")
    layout.head(sheet, purpose("Inputs", layout.model),
              INPUT_HEADINGS, wide=SOURCE)  # fmt: skip
    for column in (LIVE, OVERRIDE, SHIPPED, LOW, BASE, HIGH):
        sheet.put(HEAD_ROW, column, INPUT_HEADINGS[column - 1], "headnum")
    sheet.widths = {KEY: 24, LABEL: 34, UNIT: 19, LIVE: 21, OVERRIDE: 21, SHIPPED: 21, LOW: 13,
                    BASE: 21, HIGH: 13, SOURCE: 56, DATE: 11, NOTE: 56, GIVEN: 7}  # fmt: skip
    sheet.freeze = "C5"
    folded = {key for block in input_blocks(layout.scenario) for key in block.folded}
    for row, key, heading in layout.input_rows:
        if key in folded:
            sheet.group(row, row)
        if heading:
            layout.section(sheet, row, heading, GIVEN)
        else:
            _fill_input(layout, sheet, row, layout.model.givens[key])
    last = layout.input_rows[-1][0]
    sheet.flags.append((f"D{FIRST_ROW}:D{last}", "error"))
    sheet.flags.append((f"E{FIRST_ROW}:E{last}", "override"))
    return sheet


def _fill_input(layout: Layout, sheet: Sheet, row: int, given: Given) -> None:
    fact = layout.scenario.facts[given.key]
    look = given.form
    sheet.put(row, KEY, given.key, "key")
    sheet.put(row, LABEL, given.label, "labelwrap")
    sheet.put(row, UNIT, layout.unit(given.unit), "unit")
    under = fact.under_case
    own = under.origin not in ("catalogue", "none")
    base = under.value if own else None
    sheet.put(row, OVERRIDE, None, f"input:{look}")
    typed = typed_formula(layout, base, sheet.title)
    sheet.put(row, BASE, base, f"{'calc' if typed else 'input'}:{look}", typed)
    shipped, formula = _shipped(layout, given, row)
    here = isinstance(given, Choice) or given.as_other  # made of cells of this sheet
    sheet.put(row, SHIPPED, shipped, f"{'calc' if here else 'link'}:{look}", formula)
    sheet.put(row, LIVE, layout.shown(given.key), f"calc:{look}",
              _live(layout, given, row))  # fmt: skip
    _fill_range(layout, sheet, row, given, under, own)
    _fill_source(layout, sheet, row, given, fact, own)
    sheet.put(row, GIVEN, float(layout.scenario.is_given(given.key)), "calc:flag",
              _given(layout, given, row))  # fmt: skip
    note = " ".join(part for part in (given.note, _sentence(fact.note)) if part)
    sheet.put(row, NOTE, note, "note")
    source = layout.scenario.evidence_of(given.key, "source")
    sheet.heights[row] = height((note, sheet.widths[NOTE]), (source, sheet.widths[SOURCE]),
                                (given.label, sheet.widths[LABEL]))  # fmt: skip
    validate(layout, sheet, f"E{row} H{row}", given)


def _given(layout: Layout, given: Given, row: int) -> str:
    """1 where somebody gives it: typed, of an own list, or in a row that is chosen by name."""
    fact = layout.scenario.facts[given.key].under_case
    shipped = fact.origin == "default"  # it stands where what the file gives would
    typed = f"ISBLANK($E{row})" if shipped else f"ISBLANK($E{row})*ISBLANK($H{row})"
    if given.key in layout.changed_by_own:
        typed += f"*ISTEXT({layout.own_case_cell(given.key)})"
    if fact.origin != "catalogue":
        return f"1-{typed}"
    listed = f'(LEFT({address(row, SOURCE, fixed="c")},{len(OWN_LIST)})="{OWN_LIST}")'
    choice = layout.model.givens[given.follows[0]] if given.follows else None
    if not isinstance(choice, Choice) or not choice.vouches:
        return f"1-{typed}*(1-{listed})"
    chosen = address(layout.home[choice.key][1], GIVEN, fixed="rc")
    return f"1-{typed}*(1-{listed})*(1-{chosen})"


def _fill_range(
    layout: Layout, sheet: Sheet, row: int, given: Given, fact: Fact, own: bool
) -> None:
    for column, bound, index in ((LOW, fact.low, 0), (HIGH, fact.high, 1)):
        formula = ""
        if given.as_line and not own:
            end = _of_line(layout, f"{given.as_line}_{'low' if column == LOW else 'high'}")
            formula = f'IF(ISNUMBER({end}),{end},"{MISSING}")'
        elif given.catalogue and not own:
            names = range_columns(layout.scenario.catalogue[given.catalogue[0]], given.catalogue[1])
            if names is not None:
                formula = _lookup(layout, given, names[index])
        if formula:
            shown = MISSING if bound is None else bound
            sheet.put(row, column, shown, f"link:{given.unit}", formula)
        else:
            typed = typed_formula(layout, bound, sheet.title)
            sheet.put(row, column, bound, f"{'calc' if typed else 'input'}:{given.unit}", typed)


def _fill_source(
    layout: Layout, sheet: Sheet, row: int, given: Given, fact: Fact, own: bool
) -> None:
    """Source and date, live: they follow the choice, and a value typed over has neither."""
    blank = f"ISBLANK($E{row})" if own else f"ISBLANK($E{row})*ISBLANK($H{row})"
    if given.catalogue and not own:
        names = source_columns(*given.catalogue)
        source, date = (_lookup(layout, given, name, plain=True) for name in names)
        if not given.required and not given.is_text:  # what is not there has no source
            there = f'CHOOSE(1+ISTEXT($F{row}),{{}},"{MISSING}")'
            source, date = there.format(source), there.format(date)
    elif given.key in layout.source_rows and fact.origin != "none":
        behind = layout.source_rows[given.key]
        source, date = (
            f"Sources!{address(behind, one, fixed='rc')}" for one in (AS_BUILT, BUILT_DATE)
        )
    else:
        source, date = f'"{NO_SOURCE}"', f'"{MISSING}"'
    evidence = layout.scenario.evidence_of
    said = f'IF({blank},{source},"{TYPED}")'
    day = f'IF({blank},{date},"{MISSING}")'
    if given.key in layout.changed_by_own:
        there = f"ISNUMBER({layout.own_case_cell(given.key)})"
        chosen = address(layout.home["case"][1], LIVE, fixed="rc")
        said = _of_case(row, there, blank, source, f'"{OF_CASE}"&{chosen}')
        day = _of_case(row, there, blank, date, f'"{MISSING}"', f'"{MISSING}"')
    sheet.put(row, SOURCE, evidence(given.key, "source"), "linktext", said)
    if day == f'IF({blank},"{MISSING}","{MISSING}")':  # it has none in any case
        day = ""
    sheet.put(row, DATE, evidence(given.key, "date"), "link:date", day)


def _of_case(
    row: int, there: str, blank: str, as_given: str, of_case: str, typed: str = f'"{TYPED}"'
) -> str:
    """What stands behind an input that a case changes: typed over, of the case, or as it is."""
    return f"CHOOSE(1+ISBLANK($E{row})*{there}+2*(1-{there})*{blank},{typed},{of_case},{as_given})"


def _shipped(layout: Layout, given: Given, row: int) -> tuple[Any, str]:
    """The Catalogue cell: the catalogue's value, or for a choice the option as made."""
    typed, base = f"$E${row}", f"$H${row}"
    if isinstance(given, Choice):
        made = layout.scenario.facts[given.key].value
        if isinstance(made, Undefined):
            made = MISSING
        behind = _default_option(layout, given)
        if behind:
            return made, f"CHOOSE(1+ISBLANK({typed})+ISBLANK({typed})*ISBLANK({base})," \
                         f"{typed},{base},{behind})"  # fmt: skip
        return made, f"IF(ISBLANK({typed}),{base},{typed})"
    if given.as_other:
        return layout.shown(given.as_other), _live_of(layout, given.as_other)
    if given.as_line:
        return layout.shown(given.as_line), _of_line(layout, given.as_line)
    if not given.catalogue:
        return MISSING, ""
    value = supplied(layout.scenario.catalogue, given, layout.scenario.facts).value
    found = _lookup(layout, given, given.catalogue[1])
    if given.required and not given.is_text:
        found = f"IF(ISNUMBER({found}),{found},NA())"
        return ("#N/A" if isinstance(value, Undefined) else value), found
    return (MISSING if isinstance(value, Undefined) else value), found


def _default_option(layout: Layout, choice: Choice) -> str:
    if choice.default_class:
        by, table, column, size = choice.default_class
        family = catalogue_lookup(
            layout.scenario.catalogue,
            replace(choice, catalogue=(table, column)),
            [_live_of(layout, by)],
        )
        steps = "".join(
            f"+({_live_of(layout, size)}>={excel_number(least)})" for least, _ in choice.bands[1:]
        )
        names = ",".join(f'"/{name}"' for _, name in choice.bands)
        return f"{family}&CHOOSE(1{steps},{names})"
    if choice.catalogue:
        return _lookup(layout, choice, choice.catalogue[1])
    return ""


def _live_of(layout: Layout, key: str, *, made: bool = False) -> str:
    """The cell of an input on Inputs: live, or a choice as made."""
    row = layout.home[key][1]
    return address(row, MADE if made else LIVE, fixed="rc")


def _of_line(layout: Layout, key: str) -> str:
    """The cell of a line on its sheet."""
    owner, row, column = layout.home[key]
    return f"{owner}!{address(row, column, fixed='rc')}"


def _lookup(layout: Layout, given: Given, column: str, *, plain: bool = False) -> str:
    """The catalogue's cell for an input, in the row of the choice it follows."""
    guarded = _guard_reads(layout, given.key)
    picks = [_live_of(layout, pick, made=pick in guarded) for pick in given.follows]
    formula = catalogue_lookup(layout.scenario.catalogue, given, picks, column)
    if not all(layout.model.givens[pick].required for pick in given.follows):  # of no row at all
        formula = f'CHOOSE(1+({picks[0]}="{MISSING}"),{formula},"{MISSING}")'
    if given.money and not plain and layout.scenario.currency != "USD":
        rated = f"{formula}*{_live_of(layout, 'usd_rate')}"
        gap = not given.required or column != (given.catalogue or ("", ""))[1]  # or a bound of it
        return f'IF(ISTEXT({formula}),"{MISSING}",{rated})' if gap else rated
    return formula


def _guard_reads(layout: Layout, key: str) -> set[str]:
    """Choices whose refusal is decided by this input: it must look at them as made."""
    deciding = (one.guards for one in layout.model.checks if key in one.flag.needs)
    return {guards for guards in deciding if guards} - {key}


def _live(layout: Layout, given: Given, row: int) -> str:
    typed, shipped, base = f"$E${row}", f"$F${row}", f"$H${row}"
    if isinstance(given, Choice):
        flags = [one.flag.key for one in layout.model.checks if one.guards == given.key]
        refused = "+".join(f"Checks!{address(layout.home[f][1], VALUE, fixed='rc')}" for f in flags)
        return f"IF({refused}=0,{shipped},NA())"
    if given.key in layout.changed:
        case = f"{CASES}!{address(layout.changed[given.key], VALUE, fixed='rc')}"
        steps = f"1+ISBLANK({typed})*(1+ISTEXT({case})*(1+ISBLANK({base})))"
        return f"CHOOSE({steps},{typed},{case},{base},{shipped})"
    return f"CHOOSE(1+ISBLANK({typed})+ISBLANK({typed})*ISBLANK({base}),{typed},{base},{shipped})"


def validate(layout: Layout, sheet: Sheet, where: str, given: Given) -> None:
    """Let a cell take what its input can be, and say what that is."""
    if isinstance(given, Choice):
        owner, cells = layout.ranges[f"{given.key}_options"]
        sheet.rules.append(
            Rule(where, "list", f"{owner}!{cells}", title=given.label,
                 prompt=given.note, error=f"Choose one of the list for {given.key}.")
        )  # fmt: skip
    elif given.unit == "text":
        sheet.rules.append(
            Rule(
                where,
                "textLength",
                "1",
                "200",
                title=given.label,
                prompt=given.note,
                error="Type a text of up to 200 characters.",
            )
        )
    elif given.unit == "date":
        sheet.rules.append(
            Rule(
                where,
                "date",
                excel_number(FIRST_DAY),
                excel_number(LAST_DAY),
                title=given.label,
                prompt=f"{given.note} Year-month-day, as in 2026-11-21.",
                error="Type a day as year-month-day, as in 2026-11-21.",
            )
        )
    else:
        sheet.rules.append(_decimal(where, given))


def _decimal(where: str, given: Given) -> Rule:
    """The decimal validation of a bounded number."""
    text = given.why or (f"It must be {given.bounds}." if given.bounded else "")
    if given.unit in ("share", "share/week", "share/year") and "%" not in text:
        text = f"{text} Per cent is typed with its sign: 9 is 900 %, 9 % is 9 %.".lstrip()
    # The points of the deadline table share one rule, however many there are.
    title = "Deadline, one point" if given.section == "deadlines" else given.label
    common = {"title": title, "prompt": given.note, "error": text or "Type a number."}
    low = given.least if given.least is not None else given.above
    if low is not None and given.most is not None:
        least = low if given.least is not None else low + 1e-12
        bounds = excel_number(least), excel_number(given.most)
        return Rule(where, "decimal", *bounds, "between", **common)
    if given.least is not None:
        return Rule(where, "decimal", excel_number(given.least), "", "greaterThanOrEqual", **common)
    if given.above is not None:
        return Rule(where, "decimal", excel_number(given.above), "", "greaterThan", **common)
    return Rule(where, "decimal", "-1E+300", "1E+300", "between", **common)


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
