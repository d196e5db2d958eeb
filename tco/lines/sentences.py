"""Words that make sentences of live parts, and what stands where there is no number."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from string import Formatter
from typing import Any

import numpy as np

from tco.lines.expression import (
    RANK,
    Call,
    Cells,
    Expression,
    Literal,
    excel,
    excel_text,
    lift,
    words,
)
from tco.lines.word import Undefined, Word, many, word, writing


class _Undefined(Word):
    """undefined("why"): there is no such number; the cell says why."""

    def __call__(self, *parts: Any, **options: Any) -> Any:
        if any(isinstance(part, Expression) for part in parts) or writing().depth:
            return Call(self, tuple(lift(part) for part in parts))
        return self.compute(*parts)

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        return excel(parts[0], cells), 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        (why,) = parts
        said = why.value if isinstance(why, Literal) else words(why, label)
        return f"undefined ({said})"


def _undefined(why: str) -> Undefined:
    return Undefined(str(why))


undefined = _Undefined(_undefined, template="{0}", says="({0})", unit="nothing", takes='"why"')


def show_number(x: float, form: str) -> str:
    """A number as a spreadsheet's FIXED shows it in English, for the forms a sentence needs.

    Forms: 0, 0.0, #,##0, #,##0.00, 0%, 0.0% and the like; rounding is half away from zero.
    """
    if isinstance(x, str):
        return x
    if not np.isfinite(x):
        return "#NUM!"  # seen by nobody: the branch that is not taken
    return _written(float(x), form)


@functools.lru_cache(maxsize=1 << 16)
def _written(x: float, form: str) -> str:
    percent = form.endswith("%")
    body = form.rstrip("%")
    digits = len(body.partition(".")[2])
    with localcontext(prec=400):
        exact = Decimal(repr(float(f"{x * (100 if percent else 1):.15g}")))
        number = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    number = number if number else number.copy_abs()  # -0 is shown as 0
    return f"{number:{',' if ',' in body else ''}.{digits}f}" + ("%" if percent else "")


def _one_by_one(compute: Callable[..., Any], dtype: Any) -> Callable[..., Any]:
    """A function of single numbers and texts, for any arrays of them that broadcast too."""

    @functools.wraps(compute)
    def either_way(*parts: Any) -> Any:
        if not any(map(many, parts)):
            return compute(*parts)
        arrays = np.broadcast_arrays(*(np.asarray(part, dtype=object) for part in parts))
        found = [compute(*one) for one in zip(*(array.flat for array in arrays), strict=True)]
        return np.array(found, dtype=dtype).reshape(arrays[0].shape)

    return either_way


def _shown(x: Any, form: str) -> str:
    return str(x.why) if isinstance(x, Undefined) else show_number(x, form)


class _Shown(Word):
    """shown(x, form): a number in a sentence, with the marks of the reader's own locale.

    Not TEXT: its form is read in the reader's locale, where 0.000 may mean thousands. FIXED takes
    a count of decimals. What it shows is rounded before, for engines differ at halves, and + 0
    takes the sign from a rounded -0.
    """

    by_case = True

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        number, form = parts
        assert isinstance(form, Literal) and isinstance(form.value, str)
        percent, body = form.value.endswith("%"), form.value.rstrip("%")
        digits, plain = len(body.partition(".")[2]), "" if "," in body else ",TRUE"
        rounded = f"ROUND({excel(number, cells)},{digits + 2 * percent})"
        size = f"100*{rounded}" if percent else rounded
        written = self.template.format(size, digits=digits, plain=plain)
        return (f'{written}&"%"', RANK["&"]) if percent else (written, 9)


shown = _Shown(
    _one_by_one(_shown, object), template="FIXED({0}+0,{digits}{plain})", says="{0}", unit="text"
)


class _Text(Word):
    """text("{} GPUs at {}", a, b): a sentence with live parts."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        pattern, *rest = parts
        assert isinstance(pattern, Literal)
        live = iter(rest)
        pieces: list[str] = []
        for fixed, field, _, _ in Formatter().parse(str(pattern.value)):
            if fixed:
                pieces.append(excel_text(fixed))
            if field is not None:
                pieces.append(excel(next(live), cells))
        if len(pieces) == 1:
            pieces.insert(0, '""')  # a number alone becomes text, as it is in Python
        return "&".join(pieces), 2

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        pattern, *rest = parts
        assert isinstance(pattern, Literal)
        return (
            "the sentence “"
            + str(pattern.value).format(*(f"[{words(part, label)}]" for part in rest))
            + "”"
        )


def _fill(pattern: str, *parts: Any) -> str:
    return pattern.format(*(show_plain(part) for part in parts))


def show_plain(part: Any) -> str:
    """A number inside a sentence as `&` shows it in a spreadsheet: 8, 0.25, no thousands mark."""
    if isinstance(part, Undefined):
        return part.why
    if isinstance(part, str):
        return part
    return str(int(part)) if float(part).is_integer() else repr(float(part))


text = _Text(_one_by_one(_fill, object), template="", says="", unit="text")


@word(excel='CHOOSE(1+ISERROR({0}),{0},"not in the catalogue")', says="{0}", unit="text")
def named(x: Any) -> Any:
    """An option as a sentence names it, where there may be none."""
    return "not in the catalogue" if isinstance(x, Undefined) else show_plain(x)


# A scenario's numbers are numbers: only in a cell can somebody type a text where one belongs.


@word(excel='AND(ISTEXT({0}),{0}<>"–")', says="{0} is text", unit="test_any")
def worded(x: Any) -> Any:
    """True where a text stands in place of a number; the dash is nobody's."""
    return np.zeros(np.shape(x), dtype=bool) if many(x) else False


@word(
    excel='CHOOSE(1+ISTEXT({0}),{1},{0}&" is text; type a number")',
    says="{1}, or that {0} is text", unit="text",
)  # fmt: skip
def unworded(x: Any, sentence: Any) -> Any:
    """A sentence about a number; about a text that stands in its place, that it is one."""
    return sentence


@word(
    excel='CHOOSE(1+ISTEXT({0}),{1},{0}&" is text; type "&'
    'IFERROR(VALUE(SUBSTITUTE({0}," "&{2},"")),"a number"))',
    says="{1}, or that {0} is text", unit="text",
)  # fmt: skip
def unpriced(x: Any, sentence: Any, currency: Any) -> Any:
    """The same of money, which people type with the currency behind it: type it without."""
    return sentence


def _before_colon(x: str) -> str:
    """The first words of a source: what kind of evidence it is."""
    return x.partition(":")[0]


first_words = Word(
    _one_by_one(_before_colon, object),
    template='LEFT({0},FIND(":",{0}&":")-1)',
    says="the words of {0} before its colon",
    unit="text",
)


_BRIEF = 36  # letters of a text where there is room for one line


def _cut(x: str) -> str:
    return x if len(x) <= _BRIEF else f"{x[:_BRIEF]}…"


brief = Word(
    _one_by_one(_cut, object),
    template='LEFT({0},24+12)&LEFT("…",1*(LEFT({0},24+12)<>{0}))',
    says="the beginning of {0}",
    unit="text",
)


def _less(x: str, kind: str) -> str:
    return x.replace(f"{kind}: ", "")


said_of = Word(
    _one_by_one(_less, object),
    template='SUBSTITUTE({0},{1}&": ","")',
    says="{0} without its {1}",
    unit="text",
)


# A day is a text in Python, 2026-11-21, and a number in a cell, which shows it as that.


def day_of(x: str) -> float:
    """The day's serial number, as a spreadsheet counts days; NaN for what is no day."""
    try:
        return float((datetime.date.fromisoformat(x) - datetime.date(1899, 12, 30)).days)
    except ValueError:
        return float("nan")


def _is_dated(x: str) -> bool:
    """Whether a text is a date: year-month-day."""
    return bool(np.isfinite(day_of(x)))


dated = Word(
    _one_by_one(_is_dated, bool), template="ISNUMBER({0})", says="{0} is a date", unit="test_any"
)


day_number = Word(_one_by_one(day_of, float), template="{0}", says="the day of {0}", unit="day")


WAITING = "waits for an input"


@word(
    excel=f'IF(ISNUMBER({{0}}),CHOOSE({{0}}+1,"OK",{{1}}),"{WAITING}")',
    says="OK while {0} is 0, else {1}",
    unit="text",
)
def verdict(flag: Any, sentence: Any) -> Any:
    """What a check says: OK, or its sentence once it fires."""
    return sentence if flag else "OK"
