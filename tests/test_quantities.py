"""Quantities as people write them: read with the right factor, or refused with what to type.

The factors here are written by hand, in the units that people use; nothing of them comes from the
code. Every suggestion that a message makes is typed, and must be read as what was meant.
"""

from __future__ import annotations

import itertools
import random
import re
import string

import pytest

from tco.lines import Choice
from tco.model import KINDS, model_for
from tco.quantities import NotAQuantity, dates_meant, is_date, percent_meant, read
from tco.quantities.forms import form, known_units
from tco.read.values import typed

DAY, WEEK, MONTH, YEAR = 24, 168, 730, 8760

# What may stand behind a number, by the unit of the line, and what it makes of the number.
SPELLED: dict[str, dict[str, float]] = {
    "USD/kWh": {
        "": 1, "USD/kWh": 1, "$/kWh": 1, "USD/MWh": 1e-3, "$/MWh": 1e-3, "USD per MWh": 1e-3,
        "ct/kWh": 0.01, "cents/kWh": 0.01, "¢/kWh": 0.01, "USD/GWh": 1e-6, "usd/kwh": 1,
        "dollars per kilowatt-hour": 1, "USD/kW-h": 1, "$/(MWh)": 1e-3, "k USD/GWh": 1e-3,
    },
    "USD/GPU-h": {
        "USD/GPU-h": 1, "$/GPU-h": 1, "USD/GPU-day": 1 / DAY, "USD/GPU/day": 1 / DAY,
        "$/h": 1, "USD/hour": 1, "USD per GPU per hour": 1, "USD/GPU-month": 1 / MONTH,
        "USD/GPU-year": 1 / YEAR, "ct/GPU-h": 0.01, "USD": 1, "$": 1, "cents": 0.01,
        "USD an hour": 1, "USD/GPU hour": 1, "USD/card-hr": 1, "USD/week": 1 / WEEK,
        "USD/TPU-h": 1, "USD/GPUh": 1, "dollars": 1, "US$": 1,
    },
    "USD/kW": {"USD/kW": 1, "M USD/MW": 1e3, "USD/MW": 1e-3, "USD/W": 1e3, "MUSD/MW": 1e3},
    "USD/kW/month": {
        "USD/kW-month": 1, "USD/kW/month": 1, "USD/MW-month": 1e-3, "USD/kW-year": 1 / 12,
        "$/kW/mo": 1, "USD per kW per month": 1,
    },
    "USD/ktoken": {
        "USD/ktoken": 1, "USD/Mtoken": 1e-3, "USD/1k tokens": 1, "USD/1M tokens": 1e-3,
        "USD per million tokens": 1e-3, "$/1_000 tokens": 1, "USD/token": 1e3,
        "USD/M tokens": 1e-3,
    },
    "USD/GB": {"USD/GB": 1, "USD/TB": 1e-3, "ct/GB": 0.01, "USD/MB": 1e3,
               "USD/GiB": 1 / 1.073741824},
    "USD/GB/month": {"USD/GB-month": 1, "USD/TB/month": 1e-3, "USD/GB/year": 1 / 12},
    "USD/FTE/year": {"": 1, "USD": 1, "k USD": 1e3, "USD/year": 1, "USD/month": 12, "k$": 1e3},
    "USD/GPU": {"USD": 1, "USD/GPU": 1, "k USD": 1e3, "k": 1e3, "USD/card": 1, "$/GPU": 1},
    "USD": {
        "USD": 1, "M USD": 1e6, "million USD": 1e6, "bn USD": 1e9, "B USD": 1e9, "k$": 1e3,
        "M": 1e6, "M$": 1e6, "mio USD": 1e6, "crore USD": 1e7, "lakh USD": 1e5,
        "thousand dollars": 1e3,
    },
    "USD/year": {"USD/year": 1, "M USD": 1e6, "USD/month": 12, "USD/quarter": 0},
    "USD/device/h": {"USD/device-h": 1, "USD/h": 1, "USD/device-day": 1 / DAY},
    "g/kWh": {
        "g/kWh": 1, "kg/kWh": 1e3, "kg/MWh": 1, "t/MWh": 1e3, "t/GWh": 1, "g CO2e/kWh": 1,
        "gCO2/kWh": 1, "kg CO2e/kWh": 1e3, "kgCO2eq/MWh": 1, "gCO2-eq/kWh": 1, "g CO₂/kWh": 1,
        "tCO2e/MWh": 1e3, "lb CO2/MWh": 0.45359237, "lbs/MWh": 0.45359237, "grams per kWh": 1,
    },
    "day": {
        "": 1, "d": 1, "day": 1, "days": 1, "h": 1 / DAY, "hours": 1 / DAY, "hrs": 1 / DAY,
        "week": 7, "weeks": 7, "wk": 7, "months": MONTH / DAY, "mo": MONTH / DAY, "years": 365,
        "min": 1 / 1440, "minutes": 1 / 1440, "s": 1 / 86400, "DAYS": 1, "Hours": 1 / DAY,
    },
    "h": {"h": 1, "hr": 1, "minutes": 1 / 60, "min": 1 / 60, "days": DAY, "d": DAY, "years": YEAR},
    "year": {"years": 1, "yrs": 1, "y": 1, "months": 1 / 12, "days": 1 / 365},
    "years": {"years": 1, "yr": 1, "months": 1 / 12},
    "month": {"months": 1, "years": 12, "year": 12},
    "h/year": {"h": 1, "h/year": 1, "hours": 1, "days": 24},
    "day/month": {"days": 1},
    "1/day": {"/day": 1, "per day": 1, "/week": 1 / 7, "a day": 1, "/h": 24},
    "GPU-h": {
        "GPU-h": 1, "M GPU-h": 1e6, "GPU-days": DAY, "GPU hours": 1, "k GPU-h": 1e3, "gpu-hours": 1,
        "million GPU-hours": 1e6, "GPU-years": YEAR, "M": 1e6, "GPUh": 1,
    },
    "GPU": {"": 1, "k": 1e3, "K": 1e3, "M": 1e6, "GPUs": 1, "k GPUs": 1e3, "gpus": 1, "cards": 1},
    "parameter": {"B": 1e9, "billion": 1e9, "bn": 1e9, "M": 1e6, "T": 1e12, "B parameters": 1e9,
                  "billion params": 1e9, "k": 1e3},
    "token": {"T": 1e12, "T tokens": 1e12, "trillion tokens": 1e12, "Mtoken": 1e6, "B": 1e9,
              "billion": 1e9, "tokens": 1, "ktokens": 1e3},
    "token/year": {"B": 1e9, "tokens": 1, "tokens/year": 1, "M tokens/day": 365e6},
    "byte": {
        "": 1, "B": 1, "bytes": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
        "PB": 1e15, "KiB": 1024, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "petabytes": 1e15,
        "terabytes": 1e12, "Gigabytes": 1e9, "GBytes": 1e9, "Mbyte": 1e6,
    },
    "byte/parameter": {"": 1, "bytes": 1, "bytes/parameter": 1, "B": 1},
    "byte/token": {"bytes/token": 1, "B/token": 1, "kB/token": 1e3},
    "GB/GPU": {"GB": 1, "TB": 1e3, "GB/GPU": 1, "GiB": 1.073741824, "MB": 1e-3},
    "GB/s/GPU": {"GB/s": 1, "TB/s": 1e3, "MB/s": 1e-3, "GB/s/GPU": 1, "GB/sec": 1,
                 "TB/second": 1e3},
    "GB/year": {"GB": 1, "TB": 1e3, "TB/month": 12e3, "PB/year": 1e6},
    "W/GPU": {"W": 1, "kW": 1e3, "watts": 1, "W/GPU": 1, "kilowatts": 1e3},
    "kW": {"kW": 1, "W": 1e-3, "MW": 1e3, "GW": 1e6, "megawatts": 1e3, "KW": 1, "kw": 1},
    "kW/server": {"kW": 1, "W": 1e-3, "kW/server": 1, "kW per node": 1},
    "kWh": {"kWh": 1, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9, "Wh": 1e-3, "kilowatt-hours": 1,
            "KWH": 1},
    "kWh/year": {"kWh": 1, "GWh": 1e6, "GWh/year": 1e6, "MWh/month": 12e3, "GWh a year": 1e6},
    "TFLOP/s/GPU": {
        "TFLOP/s": 1, "PFLOP/s": 1e3, "TFLOPS": 1, "TFLOPs": 1, "GFLOPS": 1e-3, "TFLOP/s/GPU": 1,
        "teraflops": 1, "petaflop/s": 1e3, "PFLOPS": 1e3, "Tflop/s": 1, "TFLOP/sec": 1,
    },
    "FLOP": {
        "FLOP": 1, "FLOPs": 1, "PFLOP": 1e15, "ZFLOP": 1e21, "EFLOP": 1e18, "YFLOP": 1e24,
        "PFLOP/s-days": 1e15 * 86400, "PFLOP/s-day": 1e15 * 86400, "petaflop/s-days": 1e15 * 86400,
        "EFLOP/s-days": 1e18 * 86400, "PFLOPS-days": 1e15 * 86400,
    },
    "kg/server": {"kg": 1, "t": 1e3, "g": 1e-3, "kg/server": 1, "kg CO2e": 1, "tonnes": 1e3,
                  "Kg": 1},
    "t": {"t": 1, "kg": 1e-3, "tonnes": 1, "metric tons": 1, "t CO2e": 1, "kt": 1e3, "tCO2": 1},
    "share": {"": 1, "%": 0.01, "percent": 0.01, "pct": 0.01, "% p.a.": 0.01, "%/year": 0.01},
    "share/year": {"%": 0.01, "%/year": 0.01, "% per year": 0.01},
    "ratio": {"": 1, "%": 0.01},
    "server": {"": 1, "servers": 1, "nodes": 1, "k": 1e3},
    "item": {"k": 1e3, "k items": 1e3, "million items": 1e6},
    "USD/item": {"USD": 1, "USD/item": 1, "USD per item": 1, "USD/k items": 1e-3},
    "count": {"": 1, "k": 1e3, "thousand": 1e3},
    "link/switch": {"ports": 1, "links": 1},
    "link/GPU": {"links": 1, "links/GPU": 1},
    "FTE": {"FTE": 1, "FTEs": 1},
    "nat": {"nats": 1},
}  # fmt: skip
SPELLED["USD/year"].pop("USD/quarter")
CASES = [(unit, said, factor) for unit, table in SPELLED.items() for said, factor in table.items()]


@pytest.mark.parametrize("unit", SPELLED)
def test_units_of_one_dimension_are_read_with_their_factor(unit: str) -> None:
    for said, factor in SPELLED[unit].items():
        for digits, number in (("85", 85), ("0.37", 0.37), ("11_700", 11_700), ("1.5e3", 1500)):
            for gap in (" ", "") if said[:1].isalpha() or said[:1] in "$%" else (" ",):
                got = read(f"{digits}{gap}{said}", unit)
                assert got == pytest.approx(number * factor, rel=1e-13), f"{digits}{gap}{said}"


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("$2.35/GPU-h", "USD/GPU-h", 2.35), ("$85/MWh", "USD/kWh", 0.085),
        ("$ 2.35 per GPU-hour", "USD/GPU-h", 2.35), ("US$ 2.35 an hour", "USD/GPU-h", 2.35),
        ("USD 30_000", "USD/GPU", 30_000), ("$30k", "USD/GPU", 30_000), ("$2.4M", "USD", 2.4e6),
        ("$11.7M/MW", "USD/kW", 11_700), ("$ 2 million", "USD", 2e6), ("-$5", "USD", -5),
        ("$15 per million tokens", "USD/ktoken", 0.015), ("$5 USD/GPU", "USD/GPU", 5),
        ("２．５ USD/kWh", "USD/kWh", 2.5), ("85\u00a0USD/MWh", "USD/kWh", 0.085),
        ("98.65 %", "share", 0.9865), ("0.1 %", "share", 0.001), ("6 months", "year", 0.5),
    ],
)  # fmt: skip
def test_money_before_the_number_and_other_ways_to_write(
    text: str, unit: str, value: float
) -> None:
    assert read(text, unit) == value  # to the last digit: the factors are exact


@pytest.mark.parametrize(
    ("text", "unit", "currency", "value"),
    [
        ("85 €/MWh", "USD/kWh", "EUR", 0.085), ("8.5 ct/kWh", "USD/kWh", "EUR", 0.085),
        ("28 p/kWh", "USD/kWh", "GBP", 0.28), ("¥300", "USD/GPU", "JPY", 300),
        ("¥300", "USD/GPU", "CNY", 300), ("300 RMB", "USD/GPU", "CNY", 300),
        ("$2", "USD/GPU", "CAD", 2), ("2 dollars", "USD/GPU", "AUD", 2),
        ("C$3.20/h", "USD/GPU-h", "CAD", 3.2), ("0.92 EUR/USD", "USD/US$", "EUR", 0.92),
        ("5 kr/kWh", "USD/kWh", "SEK", 5), ("$5", "US$", "EUR", 5), ("9 zł", "USD", "PLN", 9),
    ],
)  # fmt: skip
def test_the_scenarios_own_currency_is_read(
    text: str, unit: str, currency: str, value: float
) -> None:
    assert read(text, unit, currency) == value


@pytest.mark.parametrize(
    ("text", "currency", "sign"),
    [
        ("€4.10", "USD", "€"), ("4.10 EUR", "USD", "EUR"), ("C$3.20", "USD", "C$"),
        ("R$12", "USD", "R$"), ("RMB 17", "USD", "RMB"), ("9 zl", "USD", "zl"),
        ("A$3", "USD", "A$"), ("¥300", "USD", "¥"), ("£2/h", "USD", "£"), ("$2", "EUR", "$"),
        ("2 USD", "EUR", "USD"), ("5 CHF/GPU-h", "USD", "CHF"),
        ("3 k€", "USD", "k€"), ("250 US cents", "EUR", "UScents"),
        ("5 rupees", "USD", "rupees"),
    ],
)  # fmt: skip
def test_other_money_is_refused_by_name(text: str, currency: str, sign: str) -> None:
    with pytest.raises(NotAQuantity) as error:
        read(text, "USD/GPU-h", currency)
    assert error.value.wrong == f"“{sign}” is not {currency}, the currency of this quantity"
    assert error.value.remedy.startswith(f"Convert it to {currency}. ")


REMEDIES = {
    ("98,65 %", "share"): "Type 98.65 %.",
    ("0,085", "USD/kWh"): "Type 0.085.",
    ("8,5 ct/kWh", "USD/kWh"): "Type 8.5 ct/kWh.",
    ("1,234", "USD"): "Type 1234, or 1.234 if that is meant.",
    ("1,234 USD", "USD"): "Type 1234 USD, or 1.234 USD if that is meant.",
    ("-1,5 %", "share"): "Type -1.5 %.",
    ("1.234,50", "USD"): "Type 1234.50.",
    ("1,234.50", "USD"): "Type 1234.50.",
    ("12,34,567", "USD"): "Type 1_234_567.",
    ("1 234 567,8", "USD"): "Type 1234567.8.",
    ("1\u202f234,5 USD", "USD"): "Type 1234.5 USD.",
    ("10 000", "USD/GPU"): "Type 10_000.",
    ("12'345.67", "USD/GPU"): "Type 12345.67.",
    ("2.000.000", "USD"): "Type 2_000_000.",
    ("500 Mb", "byte"): "Type 500 MB for megabytes, or 62.5 MB for megabits. ",
    ("500 Mbit", "byte"): "Type 500 MB for megabytes, or 62.5 MB for megabits. ",
    ("80 gb", "GB/GPU"): "Type 80 GB for gigabytes, or 10 GB for gigabits. ",
    ("400 Gbps", "GB/s/GPU"):
        "Type 400 GB/s for gigabytes a second, or 50 GB/s for gigabits a second. ",
    ("16 bits", "byte/parameter"): "Type 16 B for bytes, or 2 B for bits. ",
    ("5 mW", "kW"): "Type 5 MW for megawatts, or 0.005 W for milliwatts. ",
    ("85 USD/mWh", "USD/kWh"):
        "Type 85 USD/MWh for megawatt-hours, or 85000 USD/Wh for milliwatt-hours. ",
    ("5 m", "day"): "Type 5 min for minutes, or 5 months for months. ",
    ("500 tons", "t"): "Type 500 t for tonnes of 1,000 kg, or 453.59237 t for tons of 2,000 lb. ",
    ("125m", "parameter"): "Did you mean 125M? ",
    ("70b", "parameter"): "Did you mean 70B? ",
    ("15t", "token"): "Did you mean 15T? ",
    ("$2m", "USD"): "Did you mean 2 M $? ",
    ("500 T", "t"): "Did you mean 500 t? ",
    ("10 Dyas", "day"): "Did you mean 10 days? ",
    ("15 trilion tokens", "token"): "Did you mean 15 trillion tokens? ",
    ("3 mB", "byte"): "Did you mean 3 MB? ",
}  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), REMEDIES)
def test_what_to_type_instead(text: str, unit: str) -> None:
    with pytest.raises(NotAQuantity) as error:
        read(text, unit)
    remedy = REMEDIES[text, unit]
    assert error.value.remedy.startswith(remedy)
    assert remedy.endswith(" ") or error.value.remedy == remedy
    for one in suggested(error.value.remedy):
        read(one, unit)


def suggested(remedy: str) -> list[str]:
    """What a message would have typed, its general example left aside."""
    if found := re.match(r"Did you mean (.*?)\? ", remedy):
        return found[1].split(" or ")
    if found := re.match(r"Type (?!for example)(.*?)\.(?: |$)", remedy):
        parts = re.split(r", or ", found[1].replace(" if that is meant", ""))
        return [part.partition(" for ")[0] for part in parts]
    return []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.085 USD/kW", "USD/kWh"), ("370 g", "g/kWh"), ("10 km", "day"), ("5 GB", "GB/s/GPU"),
        ("2 kWh", "kW"), ("5 kW", "kWh"), ("2 USD/kWh", "USD/GPU-h"), ("1e23 FLOPS", "FLOP"),
        ("3 PFLOP", "TFLOP/s/GPU"), ("40 %", "USD"), ("5 %/month", "share"), ("5 %h/year", "share"),
        ("5 k%", "ratio"), ("20 h/day", "share"), ("30k", "h"),
        ("2 USD/GPU-h", "USD/kWh"), ("10 GPU-h", "GPU"), ("10 M", "day"), ("6 mon", "day"),
        ("250k/8", "USD/GPU"), ("$18.80 (8 GPUs)", "USD/GPU-h"), ("1.08 USD/EUR", "USD/US$"),
        ("5 m2", "kW"), ("10²", "day"), ("½", "share"), ("10-20", "GPU"), ("~5", "GPU"),
        ("5 USD//kWh", "USD/kWh"), ("5 /", "day"), ("5 kg CO2e", "kWh"), ("2 books", "token"),
        ("5 USD/1k/day", "USD/day"), ("5 zillion", "token"), ("1 T", "byte"), ("USD", "USD"),
        ("5 koken", "token"), ("5 tkokens", "token"), ("5 Btokens", "token"), ("85 FYLOP", "FLOP"),
        ("3 tbyte", "GPU"), ("5 kours", "h"), ("3 kwatts", "day"), ("5 zours", "h"),
    ],
)  # fmt: skip
def test_another_dimension_is_refused_and_nothing_is_suggested(text: str, unit: str) -> None:
    with pytest.raises(NotAQuantity) as error:
        read(text, unit)
    assert suggested(error.value.remedy) == []


# ---- every suggestion means what was meant -------------------------------------------------------

# A second reader, of the test's own: words in their exact letters, their dimension and size.
ATOMS: dict[str, tuple[str, float]] = {
    word: (dimension, size)
    for dimension, table in {
        "money": {"USD": 1, "usd": 1, "$": 1, "US$": 1, "dollars": 1, "dollar": 1, "ct": 0.01,
                  "cents": 0.01, "cent": 0.01, "¢": 0.01, "c": 0.01, "cts": 0.01, "k$": 1e3,
                  "M$": 1e6, "K$": 1e3, "MUSD": 1e6, "kUSD": 1e3},
        "time": {"h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, "Hours": 1, "min": 1 / 60,
                 "minutes": 1 / 60, "minute": 1 / 60, "mins": 1 / 60, "s": 1 / 3600,
                 "sec": 1 / 3600, "second": 1 / 3600, "seconds": 1 / 3600, "d": 24, "day": 24,
                 "days": 24, "DAYS": 24, "week": 168, "weeks": 168, "wk": 168, "wks": 168,
                 "month": 730, "months": 730, "mo": 730, "mos": 730, "mth": 730, "mths": 730,
                 "year": 8760, "years": 8760, "yr": 8760, "yrs": 8760, "y": 8760},
        "energy": {"Wh": 1e-3, "kWh": 1, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9, "kwh": 1, "KWH": 1},
        "power": {"W": 1e-3, "kW": 1, "MW": 1e3, "GW": 1e6, "TW": 1e9, "kw": 1, "KW": 1,
                  "watts": 1e-3, "watt": 1e-3, "kilowatts": 1, "kilowatt": 1, "megawatts": 1e3,
                  "gigawatts": 1e6},
        "mass": {"g": 1e-3, "kg": 1, "Kg": 1, "kgs": 1, "t": 1e3, "kt": 1e6, "grams": 1e-3,
                 "gram": 1e-3, "tonnes": 1e3, "tonne": 1e3, "lb": 0.45359237, "lbs": 0.45359237},
        "byte": {"B": 1, "bytes": 1, "byte": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9,
                 "TB": 1e12, "PB": 1e15, "EB": 1e18, "ZB": 1e21, "YB": 1e24, "KiB": 2**10,
                 "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "PiB": 2**50, "EiB": 2**60,
                 "petabytes": 1e15, "terabytes": 1e12, "Gigabytes": 1e9,
                 "GBytes": 1e9, "GByte": 1e9, "MBytes": 1e6, "MByte": 1e6, "TBytes": 1e12,
                 "Mbyte": 1e6, "Gbyte": 1e9, "Tbyte": 1e12, "kbyte": 1e3, "Pbyte": 1e15,
                 "Ebyte": 1e18, "TByte": 1e12, "KBytes": 1e3, "PBytes": 1e15, "EBytes": 1e18},
        "gpu": {"GPU": 1, "GPUs": 1, "gpu": 1, "gpus": 1, "TPU": 1, "TPUs": 1, "card": 1,
                "cards": 1, "chip": 1, "chips": 1},
        "token": {"token": 1, "tokens": 1, "tok": 1, "toks": 1, "ktoken": 1e3, "ktokens": 1e3,
                  "Mtoken": 1e6, "Mtokens": 1e6},
        "parameter": {"parameter": 1, "parameters": 1, "param": 1, "params": 1},
        "server": {"server": 1, "servers": 1, "node": 1, "nodes": 1},
        "item": {"item": 1, "items": 1}, "device": {"device": 1, "devices": 1},
        "fte": {"FTE": 1, "FTEs": 1}, "nat": {"nat": 1, "nats": 1}, "link": {"link": 1, "links": 1},
        "": {"%": 0.01, "percent": 0.01, "pct": 0.01, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9,
             "T": 1e12, "bn": 1e9, "mn": 1e6, "tn": 1e12, "mio": 1e6, "thousand": 1e3,
             "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
             "lakhs": 1e5, "crores": 1e7},
    }.items()
    for word, size in table.items()
}  # fmt: skip


def sized(said: str) -> tuple[dict[str, int], float] | None:
    """The dimension and size of a unit of plain words and strokes; None for any other."""
    said = re.sub(r" ?-?CO[2₂](?:-?eq?)?(?![a-z])", "", said).replace(" per ", " / ")
    powers, size, sign = dict[str, int](), 1.0, 1
    for word in re.findall(r"/|[^\s/-]+", said):
        if word == "/":
            sign = -1
            continue
        if word not in ATOMS:
            return None
        dimension, one = ATOMS[word]
        size *= one**sign
        powers[dimension] = powers.get(dimension, 0) + sign
    if powers.get("energy"):  # watts times hours
        for name in ("power", "time"):
            powers[name] = powers.get(name, 0) + powers["energy"]
        powers["energy"] = 0
    return {name: power for name, power in powers.items() if name and power}, size


def misspelt(said: str, draw: random.Random) -> str:
    """One slip of the fingers: a letter lost, doubled, swapped, wrong, or of the other size."""
    at = draw.randrange(len(said))
    before, one, after = said[:at], said[at], said[at + 1 :]
    return draw.choice([
        before + after,
        before + one + one + after,
        before + after[:1] + one + after[1:],
        before + draw.choice(string.ascii_letters) + after,
        before + one + draw.choice("smkMGTBbht") + after,
        before + one.swapcase() + after,
        said.lower(), said.upper(), said.swapcase(),
    ])  # fmt: skip


FOLDED = {word.casefold(): one for word, one in reversed(ATOMS.items())}


def another(slip: str, said: str) -> bool:
    """Whether a slip says another thing: another number, first letter, or size of a letter."""
    numbers = r"[\d_]+[kKMBT]?"
    if not slip or re.findall(numbers, slip) != re.findall(numbers, said):
        return True
    words = zip(*(re.findall(r"[^\s/()-]+", one) for one in (slip, said)), strict=False)
    return any(
        one[0].casefold() != other[0].casefold()
        or (one not in ATOMS and FOLDED.get(one.casefold(), ATOMS.get(other)) != ATOMS.get(other))
        for one, other in words
        if one != other
    )


def test_every_suggestion_is_read_and_means_what_was_meant() -> None:
    draw = random.Random(20261121)
    wanted = [case for case in CASES if case[1]]
    suggestions = taken = 0
    for unit, said, factor in itertools.islice(itertools.cycle(wanted), 9_000):
        slip = misspelt(said, draw).strip()
        digits, number = draw.choice([("85", 85.0), ("0.37", 0.37), ("11_700", 11_700.0)])
        if slip[:1] in ("e", "E", "_", ".", ",") or another(slip, said):
            continue
        text = f"{digits} {slip}"
        try:
            got = read(text, unit)
        except NotAQuantity as error:
            values = [read(one, unit) for one in suggested(error.remedy)]
            suggestions += len(values)
            if values and "? " in error.remedy:
                assert values == pytest.approx([number * factor] * len(values), rel=1e-9), (
                    f"{text} for {said}: {error.remedy}"
                )
            elif values and "minutes" not in error.remedy:  # named, and one of them was meant
                assert any(one == pytest.approx(number * factor) for one in values), text
            continue
        taken += 1
        own, whole = sized(slip), sized(said)
        if own is not None and whole is not None and (own != whole) and own[0] == whole[0]:
            # The slip is another unit of the same dimension, and read as what it says.
            assert got == pytest.approx(number * factor * own[1] / whole[1], rel=1e-9), text
        elif own is not None and whole is not None and own[0] != whole[0]:
            continue  # another dimension that the line takes too, as USD for USD/GPU-h
        else:
            assert got == pytest.approx(number * factor, rel=1e-9), f"{text} for {said}"
    assert suggestions > 300 and taken > 1_000


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("500 Mb", "byte", {"megabytes": 500e6, "megabits": 62.5e6}),
        ("3 Kib", "byte", {"kibibytes": 3072, "kibibits": 384}),
        ("8 tb", "GB/GPU", {"terabytes": 8000, "terabits": 1000}),
        ("7 mw", "kW", {"megawatts": 7000, "milliwatts": 7e-6}),
        ("7 mWh", "kWh", {"megawatt-hours": 7000, "milliwatt-hours": 7e-6}),
        ("2 USD/mWh", "USD/kWh", {"megawatt-hours": 0.002, "milliwatt-hours": 2e6}),
        ("10 tons", "t", {"tonnes of 1,000 kg": 10, "tons of 2,000 lb": 9.0718474}),
        ("3 m", "h", {"minutes": 0.05, "months": 2190}),
        ("64 gbps", "GB/s/GPU", {"gigabytes a second": 64, "gigabits a second": 8}),
    ],
)
def test_both_readings_are_named_and_typed_right(
    text: str, unit: str, values: dict[str, float]
) -> None:
    with pytest.raises(NotAQuantity) as error:
        read(text, unit)
    said = error.value.remedy.partition(". Type for example")[0].removeprefix("Type ")
    pairs = dict(reversed(part.split(" for ", 1)) for part in said.split(", or "))
    assert {name: read(one, unit) for name, one in pairs.items()} == pytest.approx(values)


def test_the_units_a_message_names_are_read() -> None:
    for unit in known_units():
        if unit.startswith("board"):  # how the first sheet shows what it does not read
            continue
        asked = unit.removesuffix(" exact").replace("US$", "USD") if unit != "USD/US$" else unit
        for name in form(unit).words:
            currency = "EUR" if unit == "USD/US$" else "USD"
            said = name.replace("CUR", currency)
            assert read(f"2 {said}", asked, currency) > 0, (unit, name)
        assert read(form(unit).example, asked) > 0, unit


def test_what_a_message_has_typed_for_an_input_is_within_its_bounds() -> None:
    for kind in KINDS:
        for given in model_for(kind).givens.values():
            if not given.is_text and not isinstance(given, Choice):
                assert given.within(read(typed(given), given.unit)), given.key


# ---- marks, shares, dates ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("40", "40 %"),
        ("98.65", "98.65 %"),
        ("-5", "-5 %"),
        ("140 %", ""),
        ("high", ""),
        ("4,5", ""),
    ],
)
def test_a_bare_number_may_be_a_percentage(text: str, percent: str) -> None:
    assert percent_meant(text, "share") == percent
    assert percent_meant(text, "ratio") == percent_meant(text, "USD") == ""
    if percent:
        assert read(percent, "share") == pytest.approx(float(text) / 100)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("21.11.2026", ["2026-11-21"]), ("1.12.2026", ["2026-12-01"]),
        ("3/4/2026", ["2026-04-03", "2026-03-04"]), ("21/11/2026", ["2026-11-21"]),
        ("11/21/2026", ["2026-11-21"]), ("4-4-2026", ["2026-04-04"]), ("20261121", ["2026-11-21"]),
        ("2026/1/5", ["2026-01-05"]), ("21 Nov 2026", ["2026-11-21"]),
        ("November 21, 2026", ["2026-11-21"]), ("2026-11-21 00:00:00", ["2026-11-21"]),
        ("31.2.2026", []), ("3/4/26", []), ("2026-13-01", []), ("soon", []), ("202611", []),
    ],
)  # fmt: skip
def test_days_in_other_forms(text: str, days: list[str]) -> None:
    assert list(dates_meant(text)) == days
    assert all(is_date(day) for day in days)
    if text != "11/21/2026":
        assert dates_meant(text, day_first=True) == tuple(days[:1])


def test_a_text_that_is_no_quantity_is_short_work() -> None:
    for text in ("9" * 500_000, "1" + " " * 100_000 + "x", "5 " + "kWh/" * 50_000, "," * 100_000):
        with pytest.raises(NotAQuantity):
            read(text, "USD")
