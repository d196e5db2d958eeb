"""Formulas that a scenario writes: what can be said, and each mistake with its place and remedy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from tco.lines import YEARS, Cells, Choice, Given, Line, Undefined, excel, words
from tco.lines.formula import (
    MOST_BRACKETS,
    MOST_CHARACTERS,
    MOST_EXPONENT,
    MOST_PARTS,
    WORDS,
    Fault,
    read_formula,
    usage,
)
from tco.lines.names import MOST_CHARACTERS as LONGEST_KEY
from tco.lines.names import unfit
from tco.lines.written import MOST_WRITTEN, Readable, unknown_options, unreadable, written_line

ITEMS: Mapping[str, Given | Line] = {
    one.key: one
    for one in (
        Given("Tokens", "token", key="tokens", required=False),
        Given("Licence price", "USD/token", key="licence_price"),
        Given("Fee", "USD", key="fee"),
        Given("GPUs", "GPU", key="gpus"),
        Given("Power", "kW", key="power_kw"),
        Given("Days", "day", key="days_needed"),
        Given("Growth", "share", key="growth"),
        Given("Year", "years", key="year", along=YEARS),
        Given("Salaries", "USD", key="salaries", along=YEARS),
        Given("Item price", "USD", key="item_price", along="items"),
        Given("Item hours", "h", key="item_hours", along="items", required=False),
        Given("Item count", "count", key="item_count", along="items"),
        Choice("Precision", "choice", key="precision", options=(("fp8", "FP8"), ("bf16", "BF16"))),
        Choice("ZeRO stage", "1", key="zero_stage", options=((0, "none"), (3, "all"))),
        Given("Place", "text", key="place"),
        Given("Verdict", "flag", key="said", section="summary"),
    )
}
READABLE = Readable(ITEMS, ("summary",))
AS_KEYS = Cells(lambda key: key, lambda key: f"before {key}", lambda key: f"{key}s")


def made(text: str, unit: str = "USD") -> Line:
    """The line of a formula."""
    formula = read_formula(text, ITEMS)
    for fault in unreadable(formula, READABLE):
        raise fault
    found = written_line("own_cost", "Own cost", unit, "Ours.", formula, READABLE)
    for fault in unknown_options(formula, ITEMS, lambda one: [key for key, _ in one.options]):
        raise fault
    return found


def told(text: str, unit: str = "USD") -> str:
    """What is said of a wrong formula: it, the caret, what is wrong, the remedy."""
    with pytest.raises(Fault) as caught:
        made(text, unit)
    start, end = caught.value.span
    caret = " " * start + "^" * (end - start)
    return "\n".join((text, caret, caught.value.wrong, caught.value.remedy))


def computed(text: str, unit: str = "USD", **values: Any) -> Any:
    one = made(text, unit)
    return one.rule(*(values[need] for need in one.needs))


# ---- what can be said ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "axis", "cell", "said"),
    [
        ("fee * 2", "USD", None, "fee*2", "Fee × 2"),
        ("fee - (fee - fee)", "USD", None, "fee-(fee-fee)", "Fee − (Fee − Fee)"),
        ("-fee", "USD", None, "-1*fee", "-1 × Fee"),
        ("-(fee + 0 * fee)", "USD", None, "-1*(fee+0*fee)", "-1 × (Fee + 0 × Fee)"),
        ("fee / -2", "USD", None, "fee/(-2)", "Fee ÷ -2"),
        ("(1 + growth) ^ 2", "ratio", None, "(1+growth)^2", "(1 + Growth) to the power 2"),
        ("gpus ** -1", "1/GPU", None, "gpus^(-1)", "GPUs to the power -1"),
        ("(-gpus) ** 2 / gpus", "GPU", None, "(-1*gpus)^2/gpus",
         "(-1 × GPUs) to the power 2 ÷ GPUs"),
        ("fee * power(1 + growth, year)", "USD", YEARS, "fee*(1+growth)^year",
         "Fee × (1 + Growth) to the power Year"),
        ("total(salaries)", "USD", None, "SUM(salariess)", "total of Salaries"),
        ("dot(item_price, item_count)", "USD", None, "SUMPRODUCT(item_prices,item_counts)",
         "sum of Item price × Item count"),
        ("item_price * item_count", "USD", "items", "item_price*item_count",
         "Item price × Item count"),
        ("power_kw * days_needed * 24", "kWh", None, "power_kw*days_needed*24",
         "Power × Days × 24"),
        ('where(picked(precision, "fp8"), fee, 0)', "USD", None, 'IF(precision="fp8",fee,0)',
         "Fee if Precision is “fp8”, else 0"),
        ("where(picked(zero_stage, 3), fee, 0)", "USD", None, "IF(zero_stage=3,fee,0)",
         "Fee if ZeRO stage is 3, else 0"),
        ("where(below(0, year), fee, undefined('not in year 0'))", "USD", YEARS,
         'IF(ROUND(0-year,6)<0,fee,"not in year 0")',
         "Fee if 0 is below Year, else undefined (not in year 0)"),
        ("tokens * licence_price", "USD", None,
         'CHOOSE(1+ISTEXT(tokens),tokens*licence_price,"tokens is not given")',
         "Tokens × Licence price"),
        ("where(defined(tokens), tokens * licence_price, 0)", "USD", None,
         "IF(NOT(ISTEXT(tokens)),tokens*licence_price,0)",
         "Tokens × Licence price if Tokens is known, else 0"),
    ],
)  # fmt: skip
def test_one_text_is_a_cell_words_an_axis_and_a_unit(
    text: str, unit: str, axis: str | None, cell: str, said: str
) -> None:
    one = made(text, unit)
    assert one.along == axis
    assert excel(one.tree, AS_KEYS) == cell
    assert words(one.tree, lambda key: ITEMS[key].label) == said


@pytest.mark.parametrize(
    ("text", "unit", "values", "expected"),
    [
        ("fee * 1_000 / 1e3", "USD", {"fee": 7.0}, 7.0),
        ("2 * fee - fee / 4 * 2", "USD", {"fee": 8.0}, 12.0),
        ("(1 + growth) ** 3", "ratio", {"growth": 1.0}, 8.0),
        ("ceil(gpus) + floor(gpus)", "GPU", {"gpus": 2.5}, 5.0),
        ("ceil(-gpus) - floor(-gpus)", "GPU", {"gpus": 2.5}, 0.0),  # both as a spreadsheet has them
        ("minimum(fee, -fee)", "USD", {"fee": 3.0}, -3.0),
        (
            "where(either(below(fee, fee), unless(same(fee, fee))), 0, fee)",
            "USD",
            {"fee": 3.0},
            3.0,
        ),
        ("root(gpus * gpus)", "GPU", {"gpus": 5.0}, 5.0),
        ("exp(log(growth))", "ratio", {"growth": 0.5}, 0.5),
        ("fee / (growth - growth)", "USD", {"fee": 3.0, "growth": 1.0}, math.inf),
    ],
)
def test_numbers(text: str, unit: str, values: dict[str, float], expected: float) -> None:
    with np.errstate(all="ignore"):
        numbers = {key: np.float64(value) for key, value in values.items()}
        assert computed(text, unit, **numbers) == pytest.approx(expected, rel=1e-12)


def test_years_and_rows_are_computed_one_by_one() -> None:
    years = computed("fee * year", fee=2.0, year=np.arange(3.0))
    assert list(years) == [0.0, 2.0, 4.0]
    assert computed("total(salaries)", salaries=np.array([1.0, 2.0])) == 3.0


def test_what_reads_an_undefined_number_passes_on_why() -> None:
    gone = Undefined("not given")
    found = computed("tokens * licence_price", tokens=gone, licence_price=2.0)
    assert isinstance(found, Undefined) and found.why == "tokens is not given"
    tested = "where(defined(tokens), tokens * licence_price, 0)"
    assert computed(tested, tokens=gone, licence_price=2.0) == 0


def test_every_word_says_how_it_is_written() -> None:
    assert {"where", "power", "total", "picked", "undefined", "defined"} <= WORDS.keys()
    assert not {"lookup", "chosen", "text", "shown", "irr", "previous", "each"} & WORDS.keys()
    assert usage("where") == "where(test, a, b)"


# ---- what cannot ---------------------------------------------------------------------------------

WRONG = (Path(__file__).parent / "wrong_formulas.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("expected", WRONG.rstrip("\n").split("\n\n"))
def test_each_mistake_has_its_place_and_a_remedy(expected: str) -> None:
    first, _, rest = expected.partition("\n")
    formula, _, unit = first.partition("  in ")
    assert told(formula, unit or "USD") == f"{formula}\n{rest}"


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_formula_is_told(text: str) -> None:
    with pytest.raises(Fault, match="the formula is empty"):
        read_formula(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fee + " * 200 + "fee", f"the most is {MOST_CHARACTERS}"),
        ("+".join(["fee"] * (MOST_PARTS // 2 + 1)), f"the most is {MOST_PARTS}"),
        ("(" * (MOST_BRACKETS + 1) + "fee" + ")" * (MOST_BRACKETS + 1), "stand in each other"),
        ("root(" * (MOST_BRACKETS + 1) + "gpus" + ")" * (MOST_BRACKETS + 1), "stand in each other"),
        (f"fee ^ {MOST_EXPONENT + 1}", "is beyond"),
        (f"power(fee, -{MOST_EXPONENT + 1})", "is beyond"),
        ("undefined('" + "x" * 101 + "')", "at most 100 characters"),
        ("+".join(["fee"] * 40), f"and {MOST_WRITTEN} fit"),
    ],
    ids=["length", "parts", "brackets", "words", "exponent", "power", "text", "cell"],
)
def test_a_formula_is_bounded(text: str, said: str) -> None:
    with pytest.raises(Fault, match=said) as caught:
        made(text)
    start, end = caught.value.span
    assert 0 <= start < end <= len(text) + 1 and caught.value.remedy


def test_what_fits_is_read() -> None:
    assert made("(" * MOST_BRACKETS + "fee" + ")" * MOST_BRACKETS).needs == ("fee",)
    assert made("+".join(["fee"] * 30)).unit == "USD"
    made(f"gpus ^ {MOST_EXPONENT} / gpus ^ {MOST_EXPONENT - 1}", "GPU")


PIECES = (
    "fee", "gpus", "year", "precision", "tokens", "x", "where", "total", "power", "undefined", "(",
    ")", ",", "+", "-", "*", "/", "^", "**", "2", "0", "1e9", ".5", "'a'", '"', "<", "=", ".", "[",
    "if", "and", "lambda", "__class__", "%", "\n", " ", "²", "é", "\x00", "🙂", ";", ":", "1_", "_",
)  # fmt: skip


def test_any_text_is_a_line_or_a_fault_with_its_place() -> None:
    random, lines = Random(7), 0
    for _ in range(4000):
        text = "".join(random.choice(PIECES) for _ in range(random.randint(1, 9)))
        try:
            one = made(text, random.choice(["USD", "GPU", "ratio"]))
        except Fault as fault:
            start, end = fault.span
            assert 0 <= start < end <= len(text) + 1, text
            assert fault.wrong and fault.remedy, text
        else:
            lines += 1
            assert set(one.needs) <= ITEMS.keys()
            assert len(excel(one.tree, AS_KEYS)) < MOST_WRITTEN
    assert lines > 5


# ---- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("h100", "a spreadsheet reads it as a cell"),
        ("tax2027", "a spreadsheet reads it as a cell"),
        ("r1c1", "a spreadsheet reads it as a cell"),
        ("c", "a spreadsheet reads it as a cell"),
        ("true", "a spreadsheet reads it as a truth value"),
        ("total", "total is a word of formulas"),
        ("fee_date", "keys that end in _date are made of other keys"),
        ("published_fee", "keys that begin with published_ are made of other keys"),
        ("Fee", "“Fee” is no key: keys are small letters, digits and _, a letter first"),
        ("1st", "“1st” is no key: keys are small letters, digits and _, a letter first"),
        ("a-b", "“a-b” is no key: keys are small letters, digits and _, a letter first"),
        ("größe", "“größe” is no key: keys are small letters, digits and _, a letter first"),
        ("", "“” is no key: keys are small letters, digits and _, a letter first"),
        ("x" * (LONGEST_KEY + 1), f"the most is {LONGEST_KEY}"),
    ],
)
def test_keys_that_nobody_can_have(key: str, said: str) -> None:
    wrong, remedy = unfit(key)
    assert said in wrong and remedy
    example = remedy.rpartition(": ")[2] if ": " in remedy else ""
    assert unfit(example or "own_key") == ("", ""), "what is proposed is a key"


@pytest.mark.parametrize("key", ["fee", "fee_2", "h100_price", "licence_cost", "x" * LONGEST_KEY])
def test_keys_that_anybody_can_have(key: str) -> None:
    assert unfit(key) == ("", "")
