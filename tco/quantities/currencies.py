"""Money as people write it: codes, signs and words, and what currency each may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODES = frozenset(
    re.findall(
        r"\w+",
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN "
        "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD "
        "FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY "
        "KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP "
        "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
        "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND "
        "TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG",
    )
)
# A sign of several currencies is the scenario's own if it can be, and else none of them for sure.
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD")
_SIGNS: dict[str, tuple[str, ...]] = {
    "$": _DOLLARS, "US$": ("USD",), "U$": ("USD",), "$US": ("USD",), "C$": ("CAD",),
    "CA$": ("CAD",), "CAD$": ("CAD",), "A$": ("AUD",), "AU$": ("AUD",), "NZ$": ("NZD",),
    "HK$": ("HKD",), "S$": ("SGD",), "SG$": ("SGD",), "NT$": ("TWD",), "R$": ("BRL",),
    "MX$": ("MXN",), "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "CN¥": ("CNY",),
    "JP¥": ("JPY",), "元": ("CNY",), "円": ("JPY",), "₹": ("INR",), "₩": ("KRW",), "₽": ("RUB",),
    "₺": ("TRY",), "₪": ("ILS",), "₴": ("UAH",), "₫": ("VND",), "฿": ("THB",), "₱": ("PHP",),
    "₦": ("NGN",), "zł": ("PLN",), "zl": ("PLN",), "Kč": ("CZK",), "kr": ("SEK", "NOK", "DKK"),
    "Ft": ("HUF",), "Fr": ("CHF",), "SFr": ("CHF",), "Rs": ("INR", "PKR"), "RMB": ("CNY",),
    "CNH": ("CNY",), "NIS": ("ILS",), "yuan": ("CNY",), "renminbi": ("CNY",), "yen": ("JPY",),
    "won": ("KRW",), "rupee": ("INR",), "rupees": ("INR",), "euro": ("EUR",), "euros": ("EUR",),
    "dollar": _DOLLARS, "dollars": _DOLLARS, "pence": ("GBP",), "sterling": ("GBP",),
}  # fmt: skip
_FOLDED = {sign.casefold(): codes for sign, codes in _SIGNS.items() if len(sign) > 2}
_IN_SMALL_LETTERS = frozenset(
    re.findall(r"\w+", "usd eur gbp chf jpy cny inr cad aud sek nok dkk pln")
)
# Currencies whose hundredth is called a cent.
_WITH_CENTS = frozenset({"USD", "EUR", "CAD", "AUD", "NZD", "SGD", "HKD", "ZAR"})
_CENTS = frozenset({"ct", "cts", "cent", "cents", "¢", "c"})
_NAMED_CENTS = {"uscents": "USD", "eurocents": "EUR"}
_PREFIXES = {"k": 10**3, "K": 10**3, "M": 10**6, "mn": 10**6, "bn": 10**9}
_PREFIXED = re.compile(r"(k|K|mn|M|bn)(\D+)")
_WORD = re.compile(r"[^\W\d_]*[$€£¥₹₩₽₺₪₴₫฿₱₦元円]|[^\W\d_]+")


def is_code(word: str) -> bool:
    """Whether a word is the code of a currency."""
    return word in _CODES


def codes_of(word: str, currency: str) -> tuple[str, ...]:
    """The currencies that a sign, code or word may stand for, none where it is no money."""
    if len(word) == 3 and word.upper() == currency:
        return (currency,)
    if word in _SIGNS:
        return _SIGNS[word]
    if word in _CODES or word in _IN_SMALL_LETTERS:
        return (word.upper(),)
    return _FOLDED.get(word.casefold(), ())


def amounts(word: str, currency: str) -> Iterator[tuple[str, float]]:
    """What a word is of a currency: (code, how much), as ("USD", 1e6) for M$, 0.01 for a cent."""
    folded = word.casefold()
    if folded in _NAMED_CENTS:
        yield _NAMED_CENTS[folded], 0.01
    elif (folded in _CENTS and currency in _WITH_CENTS) or (
        currency == "GBP" and word in ("p", "pence")
    ):
        yield currency, 0.01
    elif codes := codes_of(word, currency):
        yield from ((code, 1.0) for code in codes)
    elif found := _PREFIXED.fullmatch(word):
        yield from ((code, float(_PREFIXES[found[1]])) for code in codes_of(found[2], currency))


def other_money(text: str, currency: str) -> str:
    """The first word of a text that is money, but not of this currency; "" for none."""
    for found in _WORD.finditer(text):
        codes = {code for code, _ in amounts(found[0], currency)}
        if codes and currency not in codes:
            return found[0]
    return ""
