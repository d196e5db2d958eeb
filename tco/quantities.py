"""Quantities as people write them ("100B", "1 PB", "98.65 %") and as tables show them.

For each unit of the model this module says once which spellings a scenario may use, how a cell
formats the number, and how a table on paper prints it: the same digits everywhere.
"""

from __future__ import annotations

import datetime
import difflib
import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tco.lines.vocabulary import Undefined, show_number

_PREFIX = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "Z": 1e21, "Y": 1e24}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "Pi": 2**50, "Ei": 2**60}
_COUNT = {
    "": 1.0,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_TIME = {
    "minute": 1 / 60,
    "minutes": 1 / 60,
    "min": 1 / 60,
    "h": 1.0,
    "hour": 1.0,
    "hours": 1.0,
    "d": 24.0,
    "day": 24.0,
    "days": 24.0,
    "week": 168.0,
    "weeks": 168.0,
}


@dataclass(frozen=True)
class Form:
    """How one unit is read and shown.

    `spellings` maps what may follow the number to its factor; `example` is what to type;
    `cell` is the spreadsheet's number format; what is printed follows from it.
    """

    spellings: Mapping[str, float]
    example: str
    cell: str

    @functools.cached_property
    def paper(self) -> tuple[float, str, str]:
        """(divisor, form, suffix): the cell's format, read for printing.

        A comma behind the digits divides by a thousand, as in a spreadsheet.
        """
        found = re.fullmatch(
            r'([#,0.]*[0.%])(E\+00)?(,*)(?:"( *)(.*)")?', self.cell.partition(";")[0]
        )
        assert found, self.cell
        digits, power, commas, space, suffix = found.groups(default="")
        return float(1000 ** len(commas)), digits + power, f" {suffix}" if space else suffix


def _prefixed(unit: str) -> dict[str, float]:
    return {f"{prefix}{unit}": factor for prefix, factor in _PREFIX.items()} | {unit: 1.0}


def _counted(*names: str) -> dict[str, float]:
    spelled = dict(_COUNT)
    for name in names:
        for scale, factor in _COUNT.items():
            spelled[f"{scale} {name}".strip()] = factor
    return spelled


def _times(unit: float, *, bare: float = 1.0) -> dict[str, float]:
    return {"": bare} | {name: hours / unit for name, hours in _TIME.items()}


def _money(per: str = "", *aliases: str) -> dict[str, float]:
    spelled = {scale: factor for scale, factor in _COUNT.items() if not per or scale == ""}
    for scale in list(spelled):
        for name in (f"CUR{per}", *(f"CUR{alias}" for alias in aliases)):
            spelled[f"{scale} {name}".strip()] = spelled[scale]
    return spelled


_BYTES = (
    {"": 1.0, "bytes": 1.0, "byte": 1.0}
    | _prefixed("B")
    | {"KB": 1e3}
    | {f"{prefix}B": float(factor) for prefix, factor in _BINARY.items()}
)
_FLOP = {"": 1.0} | _prefixed("FLOP") | {"PFLOP/s-days": 1e15 * 86400, "PFLOP/s-day": 1e15 * 86400}
_RATE = {"": 1.0} | {
    f"{name}{tail}": factor / 1e12
    for name, factor in _prefixed("FLOP").items()
    for tail in ("/s", "S", "/s/GPU")
}
_SHARE = {"": 1.0, "%": 0.01}
_WHOLE = "#,##0;-#,##0;0"

_FORMS: dict[str, Form] = {
    "parameter": Form(_counted("parameters"), "100B", '#,##0.0,,,"  bn"'),
    "parameter exact": Form(_counted("parameters"), "100M", '#,##0.00,,"  M"'),
    "parameter/count": Form({"": 1.0}, "5", "#,##0.0000"),
    "token": Form(_counted("tokens"), "300B", '#,##0.0,,,"  bn"'),
    "byte": Form(_BYTES, "1 PB", '#,##0.00,,,,"  TB"'),
    "byte/token": Form({"": 1.0, "bytes/token": 1.0, "B/token": 1.0}, "3.29", "0.000"),
    "byte/token exact": Form({"": 1.0}, "1.4375", "0.0000"),
    "byte/parameter": Form({"": 1.0, "bytes": 1.0, "bytes/parameter": 1.0}, "2", "0.0"),
    "FLOP": Form(_FLOP, "1.8e23", "0.0000E+00"),
    "PFLOP/s*day": Form({"": 1.0}, "3640", "#,##0"),
    "TFLOP/s": Form({key: one for key, one in _RATE.items() if "GPU" not in key}, "125", "#,##0.0"),
    "FLOP/s": Form(
        {"": 1.0} | {f"{name}/s": factor for name, factor in _prefixed("FLOP").items()},
        "2.2e7",
        "0.000E+00",
    ),
    "FLOP/parameter/token": Form({"": 1.0}, "6", "0.0"),
    "TFLOP/s/GPU": Form(_RATE, "19.5 TFLOP/s", "#,##0.0"),
    "book": Form(_counted("books", "book"), "150M", "#,##0"),
    "page/book": Form({"": 1.0, "pages": 1.0}, "200", "#,##0"),
    "token/page": Form({"": 1.0, "tokens": 1.0}, "300", "#,##0"),
    "day": Form(_times(24), "10 days", "#,##0.00"),
    "h": Form(_times(1), "8760 h", "#,##0.00"),
    "month": Form({"": 1.0, "month": 1.0, "months": 1.0}, "2 months", "0.0"),
    "h exact": Form({"": 1.0}, "15", "#,##0.000"),
    "grid": Form({"": 1.0}, "1", '#,##0.00,,"  M"'),
    "year": Form({"": 1.0, "year": 1.0, "years": 1.0}, "4 years", "0.0"),
    "years": Form({"": 1.0, "year": 1.0, "years": 1.0}, "4 years", "0"),
    "years exact": Form({"": 1.0, "year": 1.0, "years": 1.0}, "5.5 years", "0.00"),
    "server/FTE": Form({"": 1.0}, "100", "#,##0"),
    "FTE": Form({"": 1.0, "FTE": 1.0}, "4 FTE", "#,##0.0"),
    "USD/FTE/year": Form(_money() | _money("/FTE/year", "/year"), "185_000", _WHOLE),
    "USD/GPU/year": Form(_money("/GPU/year", "/year"), "4_500", _WHOLE),
    "USD/kW": Form(_money("/kW"), "11_700", _WHOLE),
    "USD/server": Form(_money() | _money("/server"), "240_000", _WHOLE),
    "USD/switch": Form(_money("/switch"), "36_000", _WHOLE),
    "USD/link": Form(_money("/link"), "1_280", _WHOLE),
    "USD/GB": Form(_money("/GB"), "0.09", "0.0000"),
    "USD/GB/month": Form(_money("/GB/month", "/GB-month"), "0.023", "0.0000"),
    "GB/year": Form({"": 1.0, "GB": 1.0, "TB": 1e3, "PB": 1e6}, "100 TB", "#,##0"),
    "GPU/switch": Form({"": 1.0, "ports": 1.0}, "64", "0"),
    "link/GPU": Form({"": 1.0, "links": 1.0}, "1", "0.0"),
    "switch": Form({"": 1.0}, "48", "#,##0"),
    "link": Form({"": 1.0}, "2_048", "#,##0"),
    "t/year": Form({"": 1.0, "t": 1.0}, "5_000 t", "#,##0.0"),
    "t/GPU-h": Form({"": 1.0}, "0.0005", "0.000000"),
    "kWh/year": Form({"": 1.0, "kWh": 1.0, "MWh": 1e3, "GWh": 1e6}, "13 GWh", "#,##0"),
    "1/day": Form({"": 1.0, "/day": 1.0, "per day": 1.0}, "2 /day", "0.00"),
    "GPU": Form({"": 1.0, "GPU": 1.0, "GPUs": 1.0}, "10_830", "#,##0"),
    "device": Form(_counted("devices", "device"), "16", "#,##0"),
    "device exact": Form({"": 1.0}, "16", "#,##0.00"),
    "server*h": Form({"": 1.0}, "1_000", "#,##0"),
    "server*h exact": Form({"": 1.0}, "1_000", "#,##0.00"),
    "server*month exact": Form({"": 1.0}, "100", "#,##0.00"),
    "server*month": Form({"": 1.0}, "100", "#,##0"),
    "day/month": Form({"": 1.0, "days": 1.0}, "30", "0"),
    "USD/ktoken": Form(_money("/ktoken", "/1k tokens"), "0.002", "0.0000"),
    "item": Form(_counted("items", "item"), "100_000", "#,##0"),
    "USD/item": Form(_money("/item"), "2.50", "#,##0.00"),
    "USD/year": Form(_money(), "1_000_000", _WHOLE),
    "token/year": Form(_counted("tokens", "tokens/year"), "100B", '#,##0.0,,,"  bn"'),
    "weight": Form({"": 1.0}, "12", "#,##0"),
    "weight/token": Form({"": 1.0}, "1", "0.0"),
    "token exact": Form(_counted("tokens"), "512", "#,##0"),
    "token/parameter": Form({"": 1.0, "tokens/parameter": 1.0}, "20", "#,##0.0"),
    "FLOP/token": Form({"": 1.0}, "1e9", "0.0000E+00"),
    "FLOP*parameter/token": Form({"": 1.0}, "1e18", "0.0000E+00"),
    "device*h": Form({"": 1.0}, "1_000", "#,##0"),
    "GPU exact": Form({"": 1.0, "GPU": 1.0}, "10_830", "#,##0.00"),
    "server": Form({"": 1.0, "server": 1.0, "servers": 1.0}, "128", "#,##0"),
    "server exact": Form({"": 1.0}, "128", "#,##0.00"),
    "GPU/server": Form({"": 1.0, "GPUs/server": 1.0}, "8", "0"),
    "GB": Form(
        {"": 1.0} | {u: f / 1e9 for u, f in _BYTES.items() if u},
        "80 GB",
        "#,##0.0",
    ),
    "GB/GPU": Form(
        {"": 1.0} | {u: f / 1e9 for u, f in _BYTES.items() if u},
        "80 GB",
        "#,##0.0",
    ),
    "GB/s/GPU": Form({"": 1.0, "GB/s": 1.0, "TB/s": 1e3}, "2039 GB/s", "#,##0"),
    "W/GPU": Form({"": 1.0, "W": 1.0, "kW": 1e3}, "400 W", "#,##0"),
    "GPU-h": Form({"": 1.0, "GPU-h": 1.0}, "1_000_000", "#,##0"),
    "kW": Form({"": 1.0, "kW": 1.0, "W": 1e-3, "MW": 1e3}, "100 kW", "#,##0.0"),
    "kW exact": Form({"": 1.0}, "0.12", "0.00000"),
    "kW/server": Form({"": 1.0, "kW": 1.0, "W": 1e-3, "kW/server": 1.0}, "6.5 kW", "#,##0.00"),
    "kWh": Form({"": 1.0, "kWh": 1.0, "MWh": 1e3, "GWh": 1e6}, "100 MWh", "#,##0"),
    "kWh exact": Form({"": 1.0}, "1.8", "#,##0.000"),
    "MWh": Form({"": 1.0, "MWh": 1.0}, "100 MWh", "#,##0"),
    "MWh exact": Form({"": 1.0, "MWh": 1.0}, "103.5 MWh", "#,##0.0"),
    "g/kWh": Form(
        {"": 1.0, "g/kWh": 1.0, "kg/kWh": 1e3, "g CO2e/kWh": 1.0},
        "370 g/kWh",
        "#,##0.0",
    ),
    "kg/server": Form({"": 1.0, "kg": 1.0, "t": 1e3}, "6720 kg", "#,##0.0"),
    "kg": Form({"": 1.0, "kg": 1.0, "g": 1e-3, "t": 1e3}, "1 kg", "#,##0.000"),
    "t": Form({"": 1.0, "t": 1.0, "kg": 1e-3}, "500 t", "#,##0.0"),
    "s/day": Form({"": 1.0}, "86_400", "#,##0"),
    "h/year": Form({"": 1.0}, "8_760", "#,##0"),
    "share": Form(_SHARE, "40 %", "0.00%"),
    "share/year": Form(_SHARE, "5 %", "0.00%"),
    "ratio": Form({"": 1.0}, "1.25", "#,##0.00"),
    "ratio exact": Form({"": 1.0}, "0.125", "#,##0.000"),
    "1": Form({"": 1.0}, "3", "0"),
    "exponent": Form({"": 1.0}, "0.6288", "0.0000"),
    "flag": Form({"": 1.0}, "1", "0"),
    "": Form({"": 1.0}, "1", "#,##0.0000"),  # its unit stands beside it
    "count": Form({"": 1.0}, "3", "#,##0"),
    "count exact": Form({"": 1.0}, "3", "#,##0.0"),
    "nat": Form({"": 1.0, "nats": 1.0, "nat": 1.0}, "3.15", "0.0000"),
    "USD": Form(_money(), "2_000_000", _WHOLE),
    "USD exact": Form({"": 1.0}, "12.50", "#,##0.00"),
    "USD*day": Form({"": 1.0}, "1_000_000", _WHOLE),
    "USD/GPU": Form(_money("/GPU"), "10_000", _WHOLE),
    "USD/GPU-h": Form(_money("/GPU-h", "/h"), "2.35", "#,##0.0000"),
    "USD/device/h": Form(_money("/device-h", "/h"), "8.00", "#,##0.00"),
    "USD*h": Form({"": 1.0}, "1_000", "#,##0.00"),
    "USD/h": Form(_money("/h"), "8.00", "#,##0.00"),
    "USD/kWh": Form(_money("/kWh"), "0.085", "0.0000"),
    "USD/kW/month": Form(_money("/kW-month", "/kW/month"), "195.94", "#,##0.00"),
    "USD/FLOP": Form(_money("/FLOP"), "7.9e-16", "0.00E+00"),
    "USD/Ttoken": Form(_money(), "450_000_000", _WHOLE),
    "USD/US$": Form({"": 1.0}, "0.92", "0.0000"),
}


# The catalogue's prices are in US dollars, whatever the scenario's currency is.
_FORMS |= {"US$": _FORMS["USD"], "US$/GPU-h": _FORMS["USD/GPU-h"], "US$/h": _FORMS["USD/h"]}

_PLAIN = Form({"": 1.0}, "1", "#,##0.00")


def is_date(text: str) -> bool:
    """Whether a text is a day as year-month-day, of a year that spreadsheets count alike."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) or text < "1901":
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@functools.cache
def form(unit: str) -> Form:
    """The form of a unit; money is spelled USD whatever the scenario's currency is.

    A unit without one of its own is a plain number with two decimals.
    """
    return _FORMS.get(unit) or _FORMS.get(unit.replace("US$", "USD")) or _PLAIN


def known_units() -> frozenset[str]:
    """Every unit that has a form of its own."""
    return frozenset(_FORMS)


class NotAQuantity(ValueError):
    """The text is no quantity of that unit; `wrong` and `remedy` say what and what instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.remedy = remedy


_NUMBER = re.compile(r"\s*([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$", re.DOTALL)


def read(text: str, unit: str, currency: str = "USD") -> float:
    """The number a text means in a unit.

    Args:
        text: what stands in the scenario: "100B", "1 PB", "98.65 %", "10_000".
        unit: the unit of the line, one of `known_units()`.
        currency: what money may be followed by.

    Returns:
        The value in `unit`, finite.

    Raises:
        NotAQuantity: with what is wrong and what to type instead.
    """
    found = form(unit)
    currency = "USD" if unit.startswith("US$") else currency
    type_this = f"Type for example: {found.example}"
    match = _NUMBER.match(text)
    if not match:
        if text.strip().lower().lstrip("+-.") in ("nan", "inf", "infinity"):
            raise NotAQuantity(f"{text.strip()} is not a finite number", type_this)
        raise NotAQuantity(f"“{_short(text)}” is not a number", type_this)
    digits, tail = match.groups()
    spellings = {name.replace("CUR", currency): f for name, f in found.spellings.items()}
    tail = " ".join(tail.split())
    factor = spellings.get(tail)
    if factor is None:
        if digits == "0" and re.match(r"[xXoObB][0-9a-fA-F]", tail):
            raise NotAQuantity(f"“{_short(text)}” is not a decimal number", type_this)
        if re.match(r"\.[\d.]|\.$|[\d_]", tail):
            raise NotAQuantity(
                f"“{_short(text)}” is not one number",
                f"Write digits with _ or nothing between them. {type_this}",
            )
        if re.match(r",\d", tail):
            raise NotAQuantity(
                f"“{_short(text)}” has a comma, which is a decimal mark to some and not to others",
                f"Write digits with _ or nothing between them. {type_this}",
            )
        near = _near_unit(tail, spellings)
        hint = f"Did you mean {digits} {near}? " if near else ""
        raise NotAQuantity(
            f"“{_short(tail)}” is not a unit of this quantity", hint + _accepted(found, currency)
        )
    number = float(digits.replace("_", "")) * factor
    if factor == 0.01:
        number = float(digits.replace("_", "")) / 100  # 98.65 / 100 is exact where x 0.01 is not
    if not math.isfinite(number):
        raise NotAQuantity(f"{_short(text.strip())} is too large to be a number here", type_this)
    return number


def _near_unit(tail: str, spellings: Mapping[str, float]) -> str:
    """The spelling that was meant: the same letters in another case, or nearly the same."""
    folded = {name.casefold(): name for name in spellings if name}
    near = difflib.get_close_matches(tail.casefold(), folded, 1, cutoff=0.75)
    return folded[near[0]] if near else ""


def _accepted(found: Form, currency: str) -> str:
    names = [name.replace("CUR", currency) for name in found.spellings if name]
    if len(names) > 12:
        names = [name for name in names if " " not in name]
    some = ", ".join(names[:12]) + (" and others" if len(names) > 12 else "")
    listed = f"It may be followed by: {some}. " if names else "It stands alone. "
    return f"{listed}Type for example: {found.example}"


def _short(text: str, most: int = 40) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= most else clean[:most] + "…"


def show(value: object, unit: str) -> str:
    """A value as a table on paper prints it, with the same digits as its cell."""
    if isinstance(value, Undefined):
        return value.why
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]  # a number by now
    if math.isnan(number):
        return "–"
    divisor, paper, suffix = form(unit).paper
    if paper.endswith("E+00"):
        return f"{number:.{len(paper.partition('.')[2]) - 4}E}"
    return show_number(number / divisor, paper) + suffix


def money(unit: str, currency: str) -> str:
    """The unit's name in the scenario's currency."""
    return unit.replace("USD", currency) if currency != "USD" else unit
