"""Forms: how each unit of the model is said, shown in a cell and printed on paper.

For each unit this module says once which spellings a scenario may use, how a cell formats the
number, and how a table on paper prints it: the same digits everywhere.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """How one unit is said and shown.

    `example` is what to type, `cell` the spreadsheet's number format, from which what is printed
    follows; `words` are units to name in a message, CUR for the currency. Any other unit of the
    same dimension is read too: see `tco.quantities.measures`.
    """

    example: str
    cell: str
    words: tuple[str, ...] = ()

    @property
    def bracketed(self) -> bool:
        """Whether what is below zero stands in brackets, without a sign."""
        return ";(" in self.cell

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

    def scaled(self, largest: float) -> tuple[float, str, str]:
        """What is printed where no number is larger: `paper`, by smaller thousands if need be."""
        divisor, digits, suffix = self.paper
        ladder = next((one for one in _LADDERS if suffix in one), ())
        for smaller in ladder[ladder.index(suffix) + 1 :] if ladder else ():
            if not 0 < largest < divisor:
                break
            divisor, suffix = divisor / 1000, smaller
        return divisor, digits, suffix


# Thousands by their suffixes, the largest first.
_LADDERS = ((" bn", " M", " k", ""), (" TB", " GB", " MB", " kB", " B"))
_NUMERALS = ("k", "M", "B", "T", "thousand", "million", "billion", "trillion")
_BYTES = ("bytes", "kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB")
_TIMES = ("minutes", "h", "hours", "d", "days", "weeks", "months", "years")
_RATE = ("GFLOP/s", "TFLOP/s", "PFLOP/s", "TFLOPS")
_MONEY = ("CUR", "k CUR", "M CUR", "B CUR")
_ENERGY = ("kWh", "MWh", "GWh")
_MASS = ("g", "kg", "t", "lb")
_YEARS = ("year", "years", "months")
_WHOLE = "#,##0;-#,##0;0"


_FORMS: dict[str, Form] = {
    "parameter": Form("100B", '#,##0.0,,,"  bn"', (*_NUMERALS, "parameters")),
    "parameter exact": Form("100M", '#,##0.00,,"  M"', (*_NUMERALS, "parameters")),
    "parameter/count": Form("5", "#,##0.0000"),
    "token": Form("300B", '#,##0.0,,,"  bn"', (*_NUMERALS, "tokens")),
    "byte": Form("1 PB", '#,##0.00,,,,"  TB"', _BYTES),
    "byte/token": Form("3.29", "0.000", ("bytes/token", "B/token")),
    "byte/token exact": Form("1.4375", "0.0000", ("bytes/token", "B/token")),
    "byte/parameter": Form("2", "0.0", ("bytes", "bytes/parameter")),
    "FLOP": Form("1.8e23", "0.0000E+00", ("PFLOP", "EFLOP", "ZFLOP", "YFLOP", "PFLOP/s-days")),
    "PFLOP/s*day": Form("3640", "#,##0", ("PFLOP/s-days",)),
    "TFLOP/s": Form("125", "#,##0.0", _RATE),
    "FLOP/s": Form("2.2e7", "0.000E+00", ("FLOP/s", *_RATE)),
    "FLOP/parameter/token": Form("6", "0.0"),
    "TFLOP/s/GPU": Form("19.5 TFLOP/s", "#,##0.0", (*_RATE, "TFLOP/s/GPU")),
    "book": Form("150M", "#,##0", (*_NUMERALS, "books")),
    "page/book": Form("200", "#,##0", ("pages", "pages/book")),
    "token/page": Form("300", "#,##0", ("tokens", "tokens/page")),
    "day": Form("10 days", "#,##0.00", _TIMES),
    "h": Form("8760 h", "#,##0.00", _TIMES),
    "week": Form("14 weeks", "0.0", _TIMES),
    "day/week": Form("7", "0"),
    "day/year": Form("365", "0"),
    "month": Form("2 months", "0.0", ("months", "years", "days")),
    "h exact": Form("15", "#,##0.000", _TIMES),
    "grid": Form("1", '#,##0.00,,"  M"'),
    # Of the board's page, in the scale of which all its amounts are: as they are, in millions, in
    # billions.
    "board0": Form("1", "#,##0.00;(#,##0.00);0.00"),
    "board0 k": Form("1", '#,##0.0,"k";(#,##0.0,"k");0'),
    "board0 whole": Form("1", "#,##0;(#,##0);0"),
    "board1 whole": Form("1", "#,##0,,;(#,##0,,);0"),
    "board2 whole": Form("1", "#,##0,,,;(#,##0,,,);0"),
    "board1": Form("1", "#,##0.0,,;(#,##0.0,,);0.0"),
    "board2": Form("1", "#,##0.00,,,;(#,##0.00,,,);0.00"),
    "board rate": Form("2.35", "#,##0.00"),
    "board share": Form("40 %", "0%"),
    "board kilo": Form("1", "#,##0.0,"),
    "board k": Form("1", '#,##0,"k"'),
    "board M": Form("1", '#,##0.0,,"M"'),
    "board whole M": Form("1", '#,##0,,"M"'),
    "board bn": Form("1", '#,##0.0,,,"bn"'),
    "board T": Form("1", '#,##0.0,,,,"T"'),
    "board whole bn": Form("1", '#,##0,,,"bn"'),
    "board fine share": Form("40 %", "0.0%"),
    "board whole": Form("1", "#,##0"),
    "year": Form("4 years", "0.0", _YEARS),
    "years": Form("4 years", "0", _YEARS),
    "years exact": Form("5.5 years", "0.00", _YEARS),
    "server/FTE": Form("100", "#,##0", ("servers", "servers/FTE")),
    "FTE": Form("4 FTE", "#,##0.0", ("FTE",)),
    "USD/FTE/year": Form("185_000", _WHOLE, ("CUR", "k CUR", "CUR/year", "CUR/FTE/year")),
    "USD/GPU/year": Form("4_500", _WHOLE, ("CUR", "CUR/year", "CUR/GPU/year")),
    "USD/kW": Form("11_700", _WHOLE, ("CUR/kW", "M CUR/MW", "CUR/W")),
    "USD/server": Form("240_000", _WHOLE, ("CUR", "k CUR", "CUR/server")),
    "USD/switch": Form("36_000", _WHOLE, ("CUR", "k CUR", "CUR/switch")),
    "USD/link": Form("1_280", _WHOLE, ("CUR", "CUR/link")),
    "USD/GB": Form("0.09", "0.0000", ("CUR/GB", "CUR/TB", "ct/GB")),
    "USD/GB/month": Form("0.023", "0.0000", ("CUR/GB-month", "CUR/TB-month", "CUR/GB-year")),
    "GB/year": Form("100 TB", "#,##0", ("GB", "TB", "PB", "TB/month", "TB/year")),
    "link/switch": Form("64", "#,##0", ("ports", "links")),
    "link/switch/switch": Form("2", "#,##0", ("links",)),
    "link/server": Form("8", "#,##0.0", ("links", "links/server")),
    "link/GPU": Form("1", "0.0", ("links", "links/GPU")),
    "switch": Form("48", "#,##0", ("switches",)),
    "rack": Form("16", "#,##0"),
    "server/rack": Form("4", "#,##0"),
    "link": Form("2_048", "#,##0", ("links",)),
    "t/year": Form("5_000 t", "#,##0.0", ("t", "t/year", "kg/year")),
    "t/GPU-h": Form("0.0005", "0.000000", ("t/GPU-h", "g/GPU-h")),
    "kWh/year": Form("13 GWh", "#,##0", (*_ENERGY, "MWh/month")),
    "1/GPU-h": Form("2.35", "#,##0.0000"),
    "1/GB/month": Form("0.023", "0.0000"),
    "1/GB": Form("0.09", "0.0000"),
    "1/day": Form("2 /day", "0.00", ("/day", "per day", "/week")),
    "GPU": Form("10_830", "#,##0", ("k", "M", "GPUs")),
    "device": Form("16", "#,##0", (*_NUMERALS, "devices")),
    "device exact": Form("16", "#,##0.00", (*_NUMERALS, "devices")),
    "server*h": Form("1_000", "#,##0", ("server-hours", "server-days")),
    "server*h exact": Form("1_000", "#,##0.00", ("server-hours", "server-days")),
    "server*month exact": Form("100", "#,##0.00", ("server-months",)),
    "server*month": Form("100", "#,##0", ("server-months",)),
    "day/month": Form("30", "0", ("days",)),
    "USD/ktoken": Form("0.002", "0.0000", ("CUR/1k tokens", "CUR/ktoken", "CUR/Mtoken")),
    "item": Form("100_000", "#,##0", (*_NUMERALS, "items")),
    "USD/item": Form("2.50", "#,##0.00", ("CUR", "CUR/item")),
    "USD/year": Form("1_000_000", _WHOLE, (*_MONEY, "CUR/year", "CUR/month")),
    "token/year": Form("100B", '#,##0.0,,,"  bn"', (*_NUMERALS, "tokens", "tokens/day")),
    "weight": Form("12", "#,##0", (*_NUMERALS, "weights")),
    "weight/token": Form("1", "0.0"),
    "token exact": Form("512", "#,##0", (*_NUMERALS, "tokens")),
    "token/parameter": Form("20", "#,##0.0", ("tokens", "tokens/parameter")),
    "FLOP/token": Form("1e9", "0.0000E+00", ("FLOP/token", "GFLOP/token")),
    "FLOP*parameter/token": Form("1e18", "0.0000E+00"),
    "device*h": Form("1_000", "#,##0", ("device-hours", "device-days")),
    "GPU exact": Form("10_830", "#,##0.00", ("k", "M", "GPUs")),
    "server": Form("128", "#,##0", ("servers",)),
    "server exact": Form("128", "#,##0.00", ("servers",)),
    "GPU/server": Form("8", "0", ("GPUs", "GPUs/server")),
    "GB": Form("80 GB", "#,##0.0", _BYTES),
    "GB/GPU": Form("80 GB", "#,##0.0", _BYTES),
    "GB/s/GPU": Form("2039 GB/s", "#,##0", ("GB/s", "TB/s", "GiB/s")),
    "W/GPU": Form("400 W", "#,##0", ("W", "kW")),
    "GPU-h": Form("1_000_000", "#,##0", ("GPU-h", "k GPU-h", "M GPU-h", "GPU-days", "GPU-years")),
    "kW": Form("100 kW", "#,##0.0", ("W", "kW", "MW", "GW")),
    "kW exact": Form("0.12", "0.00000", ("W", "kW", "MW")),
    "kW/server": Form("6.5 kW", "#,##0.00", ("W", "kW", "kW/server")),
    "kWh": Form("100 MWh", "#,##0", _ENERGY),
    "kWh exact": Form("1.8", "#,##0.000", _ENERGY),
    "MWh": Form("100 MWh", "#,##0", _ENERGY),
    "MWh exact": Form("103.5 MWh", "#,##0.0", _ENERGY),
    "g/kWh": Form("370 g/kWh", "#,##0.0", ("g/kWh", "kg/kWh", "kg/MWh", "t/MWh", "lb/MWh")),
    "kg/server": Form("6720 kg", "#,##0.0", _MASS),
    "kg": Form("1 kg", "#,##0.000", _MASS),
    "t": Form("500 t", "#,##0.0", _MASS),
    "s/day": Form("86_400", "#,##0", ("s",)),
    "h/year": Form("8_760", "#,##0", ("h", "h/year", "days")),
    "share": Form("40 %", "0.00%", ("%",)),
    "share/week": Form("0.5 %", "0.00%", ("%", "%/week")),
    "share/year": Form("5 %", "0.00%", ("%", "%/year")),
    "ratio": Form("1.25", "#,##0.00", ("%",)),
    "ratio exact": Form("0.125", "#,##0.000", ("%",)),
    "1": Form("3", "0"),
    "exponent": Form("0.6288", "0.0000"),
    "flag": Form("1", "0"),
    "": Form("1", "#,##0.0000"),  # its unit stands beside it
    "count": Form("3", "#,##0", ("k", "M", "B", "thousand", "million")),
    "count exact": Form("3", "#,##0.0", ("k", "M", "B", "thousand", "million")),
    "nat": Form("3.15", "0.0000", ("nats",)),
    "USD": Form("2_000_000", _WHOLE, _MONEY),
    "USD exact": Form("12.50", "#,##0.00", _MONEY),
    "USD*day": Form("1_000_000", _WHOLE),
    "USD/GPU": Form("10_000", _WHOLE, ("CUR", "k CUR", "CUR/GPU")),
    "USD/GPU-h": Form("2.35", "#,##0.0000", ("CUR/GPU-h", "CUR/GPU-day", "CUR/h", "ct/GPU-h")),
    "USD/device/h": Form("8.00", "#,##0.00", ("CUR/h", "CUR/device-h", "CUR/device-day")),
    "USD*h": Form("1_000", "#,##0.00"),
    "USD/h": Form("8.00", "#,##0.00", ("CUR/h", "CUR/day")),
    "USD/kWh": Form("0.085", "0.0000", ("CUR/kWh", "CUR/MWh", "ct/kWh")),
    "USD/kW/month": Form("195.94", "#,##0.00", ("CUR/kW-month", "CUR/MW-month", "CUR/kW-year")),
    "USD/FLOP": Form("7.9e-16", "0.00E+00", ("CUR/FLOP", "CUR/PFLOP")),
    "USD/token": Form("1e-8", "0.0000E+00", ("CUR/token", "CUR/Mtoken")),
    "USD/parameter": Form("1e-4", "0.0000E+00", ("CUR/parameter",)),
    "USD/byte": Form("1e-12", "0.0000E+00", ("CUR/GB", "CUR/TB")),
    "USD/book": Form("12", "#,##0.00", ("CUR", "CUR/book")),
    "USD/day": Form("1_000", "#,##0.00", ("CUR/day", "CUR/month")),
    "USD/month": Form("20_000", "#,##0.00", ("CUR", "CUR/month", "CUR/year")),
    "USD/FTE": Form("20_000", _WHOLE, ("CUR", "k CUR", "CUR/FTE")),
    "USD/server/year": Form("4_000", "#,##0.00", ("CUR", "CUR/year", "CUR/server/year")),
    "USD/kW/year": Form("2_400", "#,##0.00", ("CUR/kW-year", "CUR/kW-month")),
    "USD/t": Form("85", "#,##0.00", ("CUR/t", "CUR/kg")),
    "USD/Ttoken": Form("450_000_000", _WHOLE, ("CUR", "M CUR", "CUR/Mtoken")),
    "USD/US$": Form("0.92", "0.0000", ("CUR/USD",)),
}


# The catalogue's prices are in US dollars, whatever the scenario's currency is.
_FORMS |= {"US$": _FORMS["USD"], "US$/GPU-h": _FORMS["USD/GPU-h"], "US$/h": _FORMS["USD/h"]}


_PLAIN = Form("1", "#,##0.00")


@functools.cache
def form(unit: str) -> Form:
    """The form of a unit; money is spelled USD whatever the scenario's currency is.

    A unit without one of its own is a plain number with two decimals.
    """
    if re.fullmatch("USD/[A-Z]{3}", unit) and unit not in _FORMS:  # a rate of exchange
        return _FORMS["USD/US$"]
    return _FORMS.get(unit) or _FORMS.get(unit.replace("US$", "USD")) or _PLAIN


def known_units() -> frozenset[str]:
    """Every unit that has a form of its own."""
    return frozenset(_FORMS)
