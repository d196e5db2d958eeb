"""For each rule a small workbook in which it fires, where, and one like it in which it does not."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.audit.making import Made, added, column, copied, row, swapped

MAIN, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Case:
    """Where a rule fires ("" for the book), in what, and what is like it and right."""

    rule: str
    where: str
    wrong: Made
    right: Made


def named(name: str, meaning: str, sheet: str = "", hidden: bool = False):
    def change(book: Workbook) -> None:
        one = DefinedName(name, attr_text=meaning, hidden=hidden or None)
        (book[sheet] if sheet else book).defined_names[name] = one

    return change


def all_of(*changes):
    return lambda book: [change(book) for change in changes]


def formatted(form: str, *places: str):
    def change(book: Workbook) -> None:
        for place in places:
            book.active[place].number_format = form

    return change


def chart(areas: str):
    def change(book: Workbook) -> None:
        made = BarChart()
        made.add_data(Reference(book.active, range_string=areas), titles_from_data=False)
        book.active.add_chart(made, "H2")

    return change


def filled(book: Workbook, **looks) -> None:
    for place, (ink, paper) in looks.items():
        book.active[place].font = Font(color=ink)
        if paper:
            book.active[place].fill = PatternFill("solid", fgColor=paper)


def validated(area: str, **rule):
    def change(book: Workbook) -> None:
        made = DataValidation(**rule)
        made.add(area)
        book.active.add_data_validation(made)

    return change


def protected(*unlocked: str, password: str = "", sheet: str = "Model"):
    def change(book: Workbook) -> None:
        book[sheet].protection.sheet = True
        if password:
            book[sheet].protection.password = password
        for place in unlocked:
            book[sheet][place].protection = Protection(locked=False)

    return change


NUMBERS = column("A", 1, [3, 4, 5, 6, 7, 8])
DOUBLED = copied("=A#*2", "B", range(1, 7))
SUMMED = {**column("B", 2, [10, 20, 30, 40]), "B6": "=SUM(B2:B5)"}
TABLE = {**column("A", 1, ["b", "a", "d", "c"]), **column("B", 1, [1, 2, 3, 4]), "D1": "a"}
RATES = row(3, "ABCDEF", ["Growth", 0.02, 0.03, 0.02, 0.04, 0.03])
YEARS = row(1, "BCDEFG", [2024, 2025, 2026, 2027, 2028, 2029])
LONG = "=" + "+".join(f"A{at}" for at in range(1, 7)) + "+SUM(A1:A6)" * 30

CASES = (
    # ---- package
    Case("macros", "", Made(edit=added("xl/vbaProject.bin")), Made(NUMBERS)),
    Case("external-link", "B1", Made({"B1": "=[1]Budget!A1*2"}), Made({"B1": "=A1*2", "A1": 1})),
    Case(
        "idle-link",
        "",
        Made(NUMBERS, edit=added("xl/externalLinks/externalLink1.xml")),
        Made(NUMBERS),
    ),
    Case("connection", "", Made(edit=added("xl/connections.xml")), Made(NUMBERS)),
    Case("dde", "B1", Made({"B1": "=cmd|'/c calc'!A0"}), Made({"B1": '="a|b"&A1', "A1": 1})),
    Case(
        "fetching-function",
        "B1",
        Made({"B1": '=_xlfn.WEBSERVICE("http://a")'}),
        Made({"B1": '="http://a"'}),
    ),
    Case("embedded-object", "", Made(edit=added("xl/embeddings/a.bin")), Made(NUMBERS)),
    Case(
        "local-path",
        "",
        Made(edit=swapped(MAIN, "<sheets>", '<absPath url="C:\\Users\\jo\\a\\"/><sheets>')),
        Made(NUMBERS),
    ),
    Case(
        "person-named",
        "",
        Made(change=lambda b: setattr(b.properties, "creator", "a@b.org")),
        Made(change=lambda b: setattr(b.properties, "creator", "A firm")),
    ),
    Case(
        "dates-from-1904",
        "",
        Made(NUMBERS, edit=swapped(MAIN, "<workbookPr", '<workbookPr date1904="1"')),
        Made(NUMBERS),
    ),
    # ---- caches
    Case("no-value", "B1", Made({"A1": 1, "B1": "=A1"}), Made({"A1": 1, "B1": "=A1"}, {"B1": 1})),
    Case(
        "all-zero",
        "B1",
        Made({**NUMBERS, **DOUBLED}, {f"B{at}": 0 for at in range(1, 7)}),
        Made({**NUMBERS, **DOUBLED}, {f"B{at}": at * 2 for at in range(1, 7)}),
    ),
    Case(
        "error-value",
        "B1",
        Made({"B1": "=A1/A2", "B2": "=B1"}, {"B1": "#DIV/0!", "B2": "#DIV/0!"}),
        Made({"B1": "=A1/A2"}, {"B1": 3}),
    ),
    Case("broken-reference", "B1", Made({"B1": "=#REF!+1"}), Made({"B1": '="#REF!"'})),
    Case("broken-reference", "B1", Made({"B1": "=Gone!A1"}), Made({"B1": "=Model!A1", "A1": 1})),
    Case("stale-value", "B6", Made(SUMMED, {"B6": 90}), Made(SUMMED, {"B6": 100})),
    Case(
        "stale-value",
        "C1",
        Made({"A1": 2, "B1": 3, "C1": "=A1*B1-1"}, {"C1": 6}),
        Made({"A1": 2, "B1": 3, "C1": "=A1*B1-1"}, {"C1": 5}),
    ),
    Case(
        "manual-calculation",
        "",
        Made(change=lambda b: setattr(b.calculation, "calcMode", "manual")),
        Made(NUMBERS),
    ),
    Case(
        "rounds-as-shown",
        "",
        Made(change=lambda b: setattr(b.calculation, "fullPrecision", False)),
        Made(NUMBERS),
    ),
    Case(
        "iteration",
        "",
        Made(change=lambda b: setattr(b.calculation, "iterate", True)),
        Made(NUMBERS),
    ),
    # ---- structure
    Case(
        "hidden-sheet",
        "Other",
        Made({"Other!A1": 1}, change=lambda b: setattr(b["Other"], "sheet_state", "veryHidden")),
        Made({"Other!A1": 1}),
    ),
    Case(
        "hidden-cells",
        "A2",
        Made(
            {**NUMBERS, **DOUBLED},
            change=lambda b: setattr(b.active.row_dimensions[2], "hidden", True),
        ),
        Made(NUMBERS, change=lambda b: setattr(b.active.row_dimensions[2], "hidden", True)),
    ),
    Case(
        "hidden-cells",
        "A2",
        Made(
            {**NUMBERS, **DOUBLED},
            change=lambda b: setattr(b.active.column_dimensions["A"], "hidden", True),
        ),
        Made(
            {**NUMBERS, **DOUBLED},
            change=lambda b: setattr(b.active.column_dimensions["D"], "hidden", True),
        ),
    ),
    Case(
        "filtered-total",
        "Model",
        Made(
            NUMBERS,
            change=lambda b: (
                setattr(b.active.auto_filter, "ref", "A1:A6"),
                b.active.auto_filter.add_filter_column(0, ["3"]),
                setattr(b.active.row_dimensions[3], "hidden", True),
            ),
        ),
        Made(NUMBERS, change=lambda b: setattr(b.active.auto_filter, "ref", "A1:A6")),
    ),
    Case(
        "unseen-content",
        "A1",
        Made({"A1": 5}, change=lambda b: filled(b, A1=("FFFFFFFF", ""))),
        Made({"A1": 5}, change=lambda b: filled(b, A1=("FFFFFFFF", "FF003366"))),
    ),
    Case(
        "unseen-content",
        "A1",
        Made({"A1": 5}, change=formatted(";;;", "A1")),
        Made({"A1": 5}, change=formatted("0;-0;;@", "A1")),
    ),
    Case(
        "merged-cells",
        "B2",
        Made({**SUMMED, "D1": "=SUM(B2:C5)"}, change=lambda b: b.active.merge_cells("B2:C2")),
        Made({**SUMMED, "A1": "A heading"}, change=lambda b: b.active.merge_cells("A1:C1")),
    ),
    Case(
        "broken-name",
        "",
        Made(change=named("rate", "Model!#REF!")),
        Made({"A1": 1}, change=named("rate", "Model!$A$1")),
    ),
    Case(
        "name-twice",
        "Model",
        Made(
            {"A1": 1},
            change=all_of(named("rate", "Model!$A$1"), named("rate", "Model!$A$2", "Model")),
        ),
        Made({"A1": 1}, change=named("rate", "Model!$A$1")),
    ),
    Case(
        "name-like-cell",
        "",
        Made({"A1": 1}, change=named("TAX24", "Model!$A$1")),
        Made({"A1": 1}, change=named("TAX_24", "Model!$A$1")),
    ),
    Case(
        "hidden-name",
        "",
        Made({"A1": 1}, change=named("rate", "Model!$A$1", hidden=True)),
        Made({"A1": 1}, change=named("rate", "Model!$A$1")),
    ),
    Case(
        "link-on-link",
        "D1",
        Made({"A1": 1, "B1": "=A1", "C1": "=B1", "D1": "=C1"}),
        Made({"A1": 1, "B1": "=A1", "C1": "=A1", "D1": "=A1"}),
    ),
    Case(
        "reads-backwards",
        "",
        Made({"A1": 1, "Middle!A1": "=Model!A1+Last!A1", "Last!A1": 2}),
        Made({"A1": 1, "Middle!A1": "=Model!A1", "Last!A1": "=Middle!A1"}),
    ),
    Case(
        "default-sheet-name",
        "Sheet2",
        Made({"A1": 1, "Sheet2!A1": 1}),
        Made({"A1": 1, "Costs!A1": 1}),
    ),
    Case(
        "unused-input",
        "B4",
        Made(
            {**column("A", 1, list("pqrs")), **column("B", 1, [4, 5, 6, 7]), "C1": "=B1+B2+B3"},
            first="Inputs",
        ),
        Made(
            {**column("A", 1, list("pqrs")), **column("B", 1, [4, 5, 6, 7]), "C1": "=SUM(B1:B4)"},
            first="Inputs",
        ),
    ),
    # ---- formulas
    Case(
        "odd-formula",
        "B4",
        Made({**NUMBERS, **DOUBLED, "B4": "=A3*2"}),
        Made({**NUMBERS, **DOUBLED}),
    ),
    Case(
        "odd-formula",
        "B4",
        Made({**NUMBERS, **DOUBLED, "B4": "=A4*2+1"}),
        Made({**NUMBERS, **DOUBLED, "B4": "=SUM(B1:B3)"}),
    ),
    Case(
        "typed-over",
        "B3",
        Made({**NUMBERS, **DOUBLED, "B3": 10}),
        Made({**NUMBERS, **DOUBLED, "B7": 10}),
    ),
    Case("total-misses", "B6", Made({**SUMMED, "B6": "=SUM(B2:B4)"}), Made(SUMMED)),
    Case(
        "double-count",
        "B9",
        Made({**SUMMED, "B7": 5, "B8": 6, "B9": "=SUM(B2:B8)"}),
        Made({**SUMMED, "B7": 5, "B8": 6, "B9": "=B6+B7+B8"}),
    ),
    Case(
        "adds-a-heading",
        "B6",
        Made({"B1": 2025, "C1": 2026, **SUMMED, "B6": "=SUM(B1:B5)"}),
        Made({"B1": 2025, "C1": 2026, **SUMMED}),
    ),
    Case(
        "plug",
        "B6",
        Made({**SUMMED, "B6": "=SUM(B2:B5)+250"}),
        Made({**SUMMED, "B6": "=SUM(B2:B5)+B1"}),
    ),
    Case(
        "typed-total",
        "B6",
        Made({**SUMMED, "A6": "Total", "B6": 100, "C1": "=B6"}),
        Made({**SUMMED, "A6": "Total"}),
    ),
    Case(
        "sizes-differ",
        "D1",
        Made({**TABLE, "D1": '=SUMIF(A1:A4,"a",B1:B3)'}),
        Made({**TABLE, "D1": '=SUMIF(A1:A4,"a",B1:B4)'}),
    ),
    Case(
        "sum-of-one",
        "B1",
        Made({"A1": 1, "A2": 2, "B1": "=SUM(A1+A2)"}),
        Made({"A1": 1, "A2": 2, "B1": "=SUM(A1:A2)"}),
    ),
    Case(
        "unsorted-lookup",
        "E1",
        Made({**TABLE, "E1": "=VLOOKUP(D1,A1:B4,2)"}),
        Made({**TABLE, "E1": "=VLOOKUP(D1,A1:B4,2,FALSE)"}),
    ),
    Case(
        "nearest-match",
        "E1",
        Made({**column("A", 1, [1, 2, 3, 4]), "E1": "=MATCH(3,A1:A4)"}),
        Made({**column("A", 1, [1, 2, 3, 4]), "E1": "=MATCH(3,A1:A4,0)"}),
    ),
    Case(
        "column-beyond",
        "E1",
        Made({**TABLE, "E1": "=VLOOKUP(D1,A1:B4,3,0)"}),
        Made({**TABLE, "E1": "=VLOOKUP(D1,A1:B4,2,0)"}),
    ),
    Case(
        "sliding-table",
        "E2",
        Made(
            {
                **TABLE,
                **copied("=VLOOKUP(D#,A#:B9,2,0)", "E", range(1, 4)),
                **{f"E{at}": f"=VLOOKUP(D{at},A{at}:B{at + 3},2,0)" for at in range(1, 4)},
            }
        ),
        Made({**TABLE, **copied("=VLOOKUP(D#,$A$1:$B$4,2,0)", "E", range(1, 4))}),
    ),
    Case(
        "key-twice",
        "A3",
        Made({**TABLE, "A3": "a", "E1": "=MATCH(D1,A1:A4,0)"}),
        Made({**TABLE, "E1": "=MATCH(D1,A1:A4,0)"}),
    ),
    Case(
        "padded-key",
        "A2",
        Made({**TABLE, "A2": "a ", "E1": "=MATCH(D1,A1:A4,0)"}),
        Made({**TABLE, "A2": "a ", "E1": '="to "&A2'}),
    ),
    Case(
        "number-in-formula",
        "B1",
        Made({"A1": 1, "B1": "=A1*1.075"}),
        Made({"A1": 1, "B1": "=ROUND(A1*12,3)"}),
    ),
    Case("volatile", "B1", Made({"B1": "=TODAY()-A1"}), Made({"B1": '="TODAY()"'})),
    Case(
        "nested-if",
        "B1",
        Made({"B1": "=IF(A1=1,1,IF(A1=2,2,IF(A1=3,3,IF(A1=4,4,5))))"}),
        Made({"B1": "=IF(A1=1,1,0)+IF(A1=2,2,0)+IF(A1=3,3,0)+IF(A1=4,4,0)"}),
    ),
    Case("long-formula", "B1", Made({"B1": LONG}), Made({"B1": "=SUM(A1:A6)"})),
    Case("whole-column", "B1", Made({"B1": "=SUM(A:A)"}), Made({"B1": "=SUM(A1:A9)"})),
    Case(
        "error-hidden", "B1", Made({"B1": "=IFERROR(A1/A2,0)"}), Made({"B1": "=IF(A2=0,0,A1/A2)"})
    ),
    Case(
        "error-hidden",
        "B1",
        Made({"B1": "=IF(ISERROR(A1/A2),0,A1/A2)"}),
        Made({"B1": "=IF(ISERROR(A1/A2),1,0)"}),
    ),
    Case("reads-blank", "B3", Made({**NUMBERS, "B3": "=A1*A9"}), Made({**NUMBERS, "B3": "=A1*A2"})),
    Case(
        "reads-text",
        "B3",
        Made({**NUMBERS, "A2": "two", "B3": "=A1*A2"}),
        Made({**NUMBERS, "A2": "two", "B3": '=A1&" "&A2'}),
    ),
    Case(
        "zero-divisor",
        "B3",
        Made({"A1": 5, "A2": 0, "B3": "=A1/A2"}),
        Made({"A1": 5, "A2": 0, "B3": "=IF(A2=0,0,A1/A2)"}),
    ),
    Case(
        "npv-first-flow",
        "B9",
        Made({**row(2, "BCDE", [-100, 40, 50, 60]), "B9": "=NPV(0.1,B2:E2)"}),
        Made({**row(2, "BCDE", [-100, 40, 50, 60]), "B9": "=B2+NPV(0.1,C2:E2)"}),
    ),
    Case(
        "no-prefix",
        "B1",
        Made({"B1": "=IFS(A1>0,1,TRUE,2)"}),
        Made({"B1": "=_xlfn.IFS(A1>0,1,TRUE,2)"}),
    ),
    Case("unknown-function", "B1", Made({"B1": "=BUDGETRATE(A1)"}), Made({"B1": "=SUM(A1)"})),
    Case("same-branches", "B1", Made({"B1": "=IF(A1>0,A2,A2)"}), Made({"B1": "=IF(A1>0,A2,A3)"})),
    Case(
        "number-in-quotes", "B1", Made({"B1": '=IF(A1>0,"1",0)'}), Made({"B1": '=IF(A1>0,"yes",0)'})
    ),
    Case(
        "circular",
        "A1",
        Made({"A1": "=B1+1", "B1": "=SUM(A1:A3)"}),
        Made({"A1": "=C1+1", "B1": "=SUM(A1:A3)"}),
    ),
    Case("circular", "B6", Made({**SUMMED, "B6": "=SUM(B2:B6)"}), Made(SUMMED)),
    # ---- units
    Case("text-number", "B3", Made({**SUMMED, "B3": "20"}), Made({"B3": "20", "B4": 3})),
    Case("text-among-numbers", "A3", Made({**NUMBERS, "A3": "5"}), Made({**NUMBERS, "A3": "five"})),
    Case(
        "text-date",
        "A2",
        Made(
            column("A", 1, ["x", "31.12.2025", 46000, 46031, 46060]),
            change=formatted("yyyy-mm-dd", "A3", "A4"),
        ),
        Made({"A1": "31.12.2025", "A2": "a remark"}),
    ),
    Case(
        "mixed-units",
        "B6",
        Made({"C1": "Unit", **SUMMED, **column("C", 2, ["USD", "USD", "EUR", "USD"])}),
        Made({"C1": "Unit", **SUMMED, **column("C", 2, ["USD"] * 4)}),
    ),
    Case(
        "no-unit",
        "C4",
        Made(
            {
                "C1": "Unit",
                **column("A", 2, list("pqrstu")),
                **column("B", 2, [1, 2, 3, 4, 5, 6]),
                **column("C", 2, ["h", "h", None, "h", "kg", "m"]),
            }
        ),
        Made(
            {
                "C1": "Unit",
                **column("A", 2, list("pqrstu")),
                **column("B", 2, [1, 2, 3, 4, 5, 6]),
                **column("C", 2, ["h"] * 6),
            }
        ),
    ),
    Case(
        "percent-slip",
        "D3",
        Made({**RATES, "D3": 2}, change=formatted("0%", *[f"{c}3" for c in "BCDEF"])),
        Made(RATES, change=formatted("0%", *[f"{c}3" for c in "BCDEF"])),
    ),
    Case("period-gap", "E1", Made({**YEARS, "E1": 2028, "F1": 2029, "G1": 2030}), Made(YEARS)),
    # ---- presentation
    Case(
        "general-format",
        "B1",
        Made({**NUMBERS, **DOUBLED}, {f"B{at}": at / 7 for at in range(1, 7)}),
        Made({**NUMBERS, **DOUBLED}, {f"B{at}": at / 2 for at in range(1, 7)}),
    ),
    Case(
        "format-differs",
        "B3",
        Made(
            {**NUMBERS, **DOUBLED},
            {f"B{at}": at / 7 for at in range(1, 7)},
            change=all_of(formatted("0.0", "B1", "B2", "B4", "B5", "B6"), formatted("0%", "B3")),
        ),
        Made(
            {**NUMBERS, **DOUBLED},
            {f"B{at}": at / 7 for at in range(1, 7)},
            change=formatted("0.0", *[f"B{at}" for at in range(1, 7)]),
        ),
    ),
    Case(
        "too-narrow",
        "A1",
        Made(
            {"A1": 123456789012},
            change=all_of(
                formatted("#,##0", "A1"),
                lambda b: setattr(b.active.column_dimensions["A"], "width", 6),
            ),
        ),
        Made(
            {"A1": 123456789012},
            change=all_of(
                formatted("#,##0", "A1"),
                lambda b: setattr(b.active.column_dimensions["A"], "width", 20),
            ),
        ),
    ),
    Case(
        "no-page-setup",
        "",
        Made(column("A", 1, [1.5] * 250)),
        Made(
            column("A", 1, [1.5] * 250),
            change=lambda b: setattr(b.active.page_setup, "orientation", "landscape"),
        ),
    ),
    Case(
        "beyond-print-area",
        "A6",
        Made({**NUMBERS, "B1": "=A6"}, change=lambda b: setattr(b.active, "print_area", "A1:B3")),
        Made({**NUMBERS, "B1": "=A3"}, change=lambda b: setattr(b.active, "print_area", "A1:B3")),
    ),
    Case(
        "many-fonts",
        "",
        Made(
            NUMBERS,
            change=lambda b: [
                setattr(b.active[f"A{at}"], "font", Font(name=name))
                for at, name in enumerate(("Arial", "Courier", "Times", "Georgia"), 1)
            ],
        ),
        Made(NUMBERS),
    ),
    Case(
        "broken-chart",
        "Model",
        Made(
            NUMBERS,
            change=chart("Model!$A$1:$A$6"),
            edit=swapped("xl/charts/chart1.xml", "'Model'!$A$1:$A$6", "Model!#REF!"),
        ),
        Made(NUMBERS, change=chart("Model!$A$1:$A$6")),
    ),
    Case(
        "blank-chart",
        "Model",
        Made(NUMBERS, change=chart("Model!$D$1:$D$6")),
        Made(NUMBERS, change=chart("Model!$A$1:$A$6")),
    ),
    Case(
        "stale-chart",
        "Model",
        Made(
            NUMBERS,
            change=chart("Model!$A$1:$A$6"),
            edit=swapped(
                "xl/charts/chart1.xml", "</f>", '</f><numCache><pt idx="1"><v>9</v></pt></numCache>'
            ),
        ),
        Made(
            NUMBERS,
            change=chart("Model!$A$1:$A$6"),
            edit=swapped(
                "xl/charts/chart1.xml", "</f>", '</f><numCache><pt idx="1"><v>4</v></pt></numCache>'
            ),
        ),
    ),
    Case(
        "formula-as-input",
        "B6",
        Made(
            {**NUMBERS, **DOUBLED},
            {f"B{at}": 2 * at for at in range(1, 7)},
            change=lambda b: filled(
                b, **{f"A{at}": ("FF0000FF", "") for at in range(1, 7)}, B6=("FF0000FF", "")
            ),
        ),
        Made(
            {**NUMBERS, **DOUBLED},
            {f"B{at}": 2 * at for at in range(1, 7)},
            change=lambda b: filled(b, **{f"A{at}": ("FF0000FF", "") for at in range(1, 7)}),
        ),
    ),
    # ---- controls
    Case(
        "check-fires",
        "B1",
        Made({"A1": "Balance check", "B1": "=C1-D1"}, {"B1": 5}),
        Made({"A1": "Balance check", "B1": "=C1-D1"}, {"B1": 0}),
    ),
    Case(
        "invalid-value",
        "A2",
        Made(
            {"A2": 7},
            change=validated("A2", type="decimal", operator="between", formula1="0", formula2="1"),
        ),
        Made(
            {"A2": 0.5},
            change=validated("A2", type="decimal", operator="between", formula1="0", formula2="1"),
        ),
    ),
    Case(
        "invalid-value",
        "A2",
        Made({"A2": "z"}, change=validated("A2", type="list", formula1='"x,y"')),
        Made({"A2": "y"}, change=validated("A2", type="list", formula1='"x,y"')),
    ),
    Case(
        "lost-rule",
        "A2",
        Made({"A2": 7}, change=validated("A2", type="list", formula1="#REF!")),
        Made({"A2": 7}, change=validated("A2", type="list", formula1="$A$2:$A$3")),
    ),
    Case(
        "input-unchecked",
        "A6",
        Made(
            {**NUMBERS, "C1": "=SUM(A1:A6)"},
            change=validated("A1:A5", type="decimal", operator="greaterThan", formula1="0"),
        ),
        Made(
            {**NUMBERS, "C1": "=SUM(A1:A6)"},
            change=validated("A1:A6", type="decimal", operator="greaterThan", formula1="0"),
        ),
    ),
    Case(
        "password",
        "",
        Made(NUMBERS, change=protected(password="x")),
        Made(NUMBERS, change=protected()),
    ),
    Case(
        "formula-unlocked",
        "B2",
        Made({**NUMBERS, **DOUBLED}, change=protected("B2")),
        Made({**NUMBERS, **DOUBLED}, change=protected("A2")),
    ),
    Case(
        "inputs-locked",
        "Inputs",
        Made(NUMBERS, change=protected(sheet="Inputs"), first="Inputs"),
        Made(NUMBERS, change=protected("A1", sheet="Inputs"), first="Inputs"),
    ),
)
