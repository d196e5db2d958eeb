"""Units as people write them: "85 USD/MWh", "2 $/GPU-day", "0.37 kg CO2e/kWh", "30k", "8.5 ct/kWh".

A unit is an exact factor and powers of base names, so a unit of the same dimension is read with
the right factor, and one of another dimension is none. A word that two people would read as two
things (Mb, mW, ton) is never sure: it has parts, each with the number and unit to type for it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tco.quantities.currencies import amounts

Powers = tuple[tuple[str, int], ...]
ONE = Fraction(1)
HOURS_PER_YEAR = 8760  # as the model has it; a month is a twelfth, 730 h
MOST_WORDS = 10  # in a unit
MOST_MEANINGS = 64


@dataclass(frozen=True)
class Measure:
    """A factor times powers of base names: hours, watts, grams, bytes, money of a currency."""

    factor: Fraction = ONE
    powers: Powers = ()

    def times(self, other: Measure, sign: int = 1) -> Measure:
        """The product with another, or the quotient with sign -1."""
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        kept = tuple(sorted((name, power) for name, power in powers.items() if power))
        factor = other.factor if sign > 0 else 1 / other.factor
        return Measure(self.factor * factor, kept)

    def scaled(self, factor: Fraction | int) -> Measure:
        """So many of it."""
        return Measure(self.factor * factor, self.powers)


PURE = Measure()


def of(name: str, factor: Fraction | int = 1) -> Measure:
    """So many of one base."""
    return Measure(Fraction(factor), ((name, 1),))


def money_of(code: str) -> Measure:
    """One unit of a currency, named by its code."""
    return of(f"money {code}")


HOUR, WATT, BYTE, FLOP, GRAM = of("hour"), of("watt"), of("byte"), of("FLOP"), of("gram")
SECOND = HOUR.scaled(Fraction(1, 3600))
YEAR = HOUR.scaled(HOURS_PER_YEAR)
MONTH = YEAR.scaled(Fraction(1, 12))
PERCENT = of("%")
_WATT_HOUR, _RATE = WATT.times(HOUR), FLOP.times(SECOND, -1)
_TONNE, _POUND = GRAM.scaled(10**6), GRAM.scaled(Fraction("453.59237"))
_SHORT_TON = 2000 * _POUND.factor / _TONNE.factor  # in tonnes

# ---- words ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """What one word of a unit can be.

    `spelling` is what to type for it and `times` what the number before it is then multiplied
    with; `sure` is whether every reader takes it so; a `scale` is a number, not a unit; `said`
    names it where it is one of several.
    """

    measure: Measure
    spelling: str
    sure: bool = True
    times: Fraction = ONE
    said: str = ""
    scale: bool = False


_POWERS = {"k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24}
_PREFIXES = {one: Fraction(10**power) for one, power in _POWERS.items()}
_NAMES = ("kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta")
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_SAID = {"": "", **dict(zip(_PREFIXES, _NAMES, strict=True))} | {
    "Ki": "kibi", "Mi": "mebi", "Gi": "gibi", "Ti": "tebi", "Pi": "pebi", "Ei": "exbi",
}  # fmt: skip

# Numbers behind a number, as letters and as words.
_LETTERS = {one: Fraction(10**n) for one, n in (("k", 3), ("K", 3), ("M", 6), ("B", 9), ("T", 12))}
_NUMERALS = {
    word: Fraction(10**power)
    for words, power in (
        ("thousand thousands", 3), ("lakh lakhs", 5), ("million millions mn mio mio.", 6),
        ("crore crores", 7), ("billion billions bn mrd mrd.", 9), ("trillion trillions tn", 12),
    )
    for word in words.split()
}  # fmt: skip

# Words are read in any letters; those of one letter, and symbols, in their own only.
_WORDS: dict[str, Measure] = {
    word: measure
    for words, measure in (
        ("s sec secs second seconds", SECOND),
        ("min mins minute minutes", HOUR.scaled(Fraction(1, 60))),
        ("h hr hrs hour hours", HOUR),
        ("d day days", HOUR.scaled(24)),
        ("wk wks week weeks", HOUR.scaled(168)),
        ("mo mos mth mths month months", MONTH),
        ("y yr yrs year years annum", YEAR),
        ("gpu gpus tpu tpus accelerator accelerators card cards chip chips", of("GPU")),
        ("gpuh gpuhr gpuhrs gpuhour gpuhours", of("GPU").times(HOUR)),
        ("server servers node nodes", of("server")),
        ("fte ftes", of("FTE")),
        ("device devices", of("device")),
        ("item items", of("item")),
        ("book books", of("book")),
        ("page pages", of("page")),
        ("switch switches", of("switch")),
        ("link links", of("link")),
        ("tok toks token tokens", of("token")),
        ("param params parameter parameters weight weights", of("parameter")),
        ("nat nats", of("nat")),
        ("t tonne tonnes", _TONNE),
        ("kgs", GRAM.scaled(1000)),
        ("lb lbs", _POUND),
        ("% percent pct", PERCENT),
    )
    for word in words.split()
}
_LONG = {
    "watt": WATT, "watts": WATT, "watthour": _WATT_HOUR, "watthours": _WATT_HOUR, "byte": BYTE,
    "bytes": BYTE, "gram": GRAM, "grams": GRAM, "flop": FLOP, "flops": FLOP,
}  # fmt: skip
_WORDS |= _LONG | {
    f"{name}{word}": measure.scaled(factor)
    for word, measure in _LONG.items()
    for name, factor in zip(_NAMES, _PREFIXES.values(), strict=True)
}
_SYMBOLS: dict[str, Measure] = {
    f"{prefix}{symbol}": measure.scaled(_PREFIXES.get(prefix, ONE))
    for symbol, measure, prefixes in (
        ("W", WATT, "kMGT"),
        ("Wh", _WATT_HOUR, "kMGT"),
        ("B", BYTE, "kMGTPEZY"),
        ("FLOP", FLOP, "kMGTPEZY"),
        ("FLOPS", _RATE, "kMGTPEZY"),
        ("g", GRAM, "k"),
        ("t", _TONNE, "k"),
        ("token", of("token"), "kM"),
        ("tokens", of("token"), "kM"),
        ("byte", BYTE, "kMGTPE"),
        ("bytes", BYTE, "kMGTPE"),
    )
    for prefix in ("", *prefixes)
}
_SYMBOLS |= {f"{prefix}B": BYTE.scaled(2**power) for prefix, power in _BINARY.items()}
_IN_ANY_LETTERS = {symbol.casefold(): symbol for symbol in _SYMBOLS}

_BITS = re.compile(r"([kKmMgGtTpPeE]i?)?(b|bits?|bps)")
_FLOPS = re.compile(r"([kKMGTPEZYgtpezy]?)(?:FLOPs|Flops|flops)")
_MILLI = {"W": "watts", "Wh": "watt-hours"}  # of what a thousandth can be meant


def _parts(word: str, currency: str, *, guess: bool) -> tuple[Part, ...]:
    """What a word of a unit can be: what is sure, else what may have been meant, else nothing.

    With `guess` a letter that is sure can be the other size too, where nothing else fits.
    """
    sure = (*_numerals(word), *_units(word), *_money(word, currency))
    if not sure:
        return tuple(_guesses(word))
    return (*sure, *_in_other_letters(word)) if guess and len(word) == 1 else sure


def is_numeral(word: str) -> bool:
    """Whether a word is a number behind a number: k, M, million."""
    return word in _LETTERS or word.casefold() in _NUMERALS


def _numerals(word: str) -> Iterator[Part]:
    if is_numeral(word):
        factor = _LETTERS.get(word) or _NUMERALS[word.casefold()]
        yield Part(Measure(factor), word, scale=True)


def _money(word: str, currency: str) -> Iterator[Part]:
    for code, amount in amounts(word, currency):
        yield Part(money_of(code).scaled(Fraction(str(amount))), word)


def _units(word: str) -> Iterator[Part]:
    folded = word.casefold()
    if word in _SYMBOLS:
        yield Part(_SYMBOLS[word], word)
    elif found := _FLOPS.fullmatch(word):  # so many operations, or so many a second
        prefix = "k" if found[1] in ("k", "K") else found[1].upper()
        yield from (Part(_SYMBOLS[one], one) for one in (f"{prefix}FLOP", f"{prefix}FLOPS"))
    elif word in _WORDS or (folded in _WORDS and len(word) > 1):
        yield Part(_WORDS[folded], word)
        if folded.endswith(("flop", "flops")):
            yield Part(_WORDS[folded].times(SECOND, -1), word)
    elif (symbol := _IN_ANY_LETTERS.get(folded)) and len(word) > 1 and not _BITS.fullmatch(word):
        prefixed = symbol[0] in _PREFIXES and symbol[1:] in _SYMBOLS
        if word[0] == symbol[0] or word[0] in "kK" or not prefixed:
            yield Part(_SYMBOLS[symbol], symbol)


def _guesses(word: str) -> Iterator[Part]:
    """What may have been meant by a word that is not sure."""
    if found := _BITS.fullmatch(word):
        yield from _bits(found[1] or "", found[2])
    if word == "m":
        yield Part(_WORDS["min"], "min", False, said="minutes")
        yield Part(_WORDS["months"], "months", False, said="months")
    if word.casefold() in ("ton", "tons"):
        yield Part(_TONNE, "t", False, said="tonnes of 1,000 kg")
        yield Part(_TONNE, "t", False, _SHORT_TON, "tons of 2,000 lb")
    elif len(word) == 1:
        yield from _in_other_letters(word)
    elif _BITS.fullmatch(word):
        return
    elif symbol := _IN_ANY_LETTERS.get(word.casefold()):
        yield from _other_prefix(word, symbol)
    else:
        yield from _misspelt(word.casefold())


def _bits(prefix: str, tail: str) -> Iterator[Part]:
    upper = "k" if prefix in ("k", "K") else prefix[:1].upper() + prefix[1:]
    measure, spelling, rate = _SYMBOLS.get(f"{upper}B", BYTE), f"{upper}B", ""
    if tail == "bps":
        measure, spelling, rate = measure.times(SECOND, -1), f"{upper}B/s", " a second"
    yield Part(measure, spelling, False, said=f"{_SAID[upper]}bytes{rate}")
    yield Part(measure, spelling, False, Fraction(1, 8), f"{_SAID[upper]}bits{rate}")


def _other_prefix(word: str, symbol: str) -> Iterator[Part]:
    """A prefix of the other size: of a small m a million is meant, or a thousandth if it can be."""
    bare = symbol[1:]
    name = _MILLI.get(bare, "") if word[0] == "m" else ""
    yield Part(_SYMBOLS[symbol], symbol, False, said=f"mega{name}" if name else "")
    if name:
        yield Part(_SYMBOLS[bare], bare, False, Fraction(1, 1000), f"milli{name}")


def _in_other_letters(word: str) -> Iterator[Part]:
    other = word.swapcase()
    if other in _LETTERS:
        yield Part(Measure(_LETTERS[other]), other, False, scale=True)
    if other in _SYMBOLS and word != "b":
        yield Part(_SYMBOLS[other], other, False)
    elif other in _WORDS:
        yield Part(_WORDS[other], other, False)


def _misspelt(folded: str) -> Iterator[Part]:
    """The words of one other letter, more or fewer, where all of them are the same measure."""
    near = [one for one in _spelled_out() if _one_apart(folded, one)] if len(folded) > 3 else []
    if len({_spelled_out()[one] for one in near}) == 1:
        word = next((one for one in near if one[-1] == folded[-1]), near[0])
        measure, scale = _spelled_out()[word]
        yield Part(measure, word, False, scale=scale)


# Too short to be recognised with a wrong letter, or like itself with a prefix: tkokens.
_NOT_GUESSED = frozenset(
    re.findall(r"\S+", "secs mins mths toks ftes gpuh gpuhr gpuhrs mio. flop flops token tokens "
               "byte bytes watt watts gram grams")
)  # fmt: skip


@functools.cache
def _spelled_out() -> dict[str, tuple[Measure, bool]]:
    """Words that one wrong letter leaves recognisable: what each is, and whether a numeral."""
    words = {word: (measure, False) for word, measure in _WORDS.items()}
    words |= {word: (Measure(factor), True) for word, factor in _NUMERALS.items()}
    return {word: one for word, one in words.items() if len(word) > 3 and word not in _NOT_GUESSED}


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter changed, missing, added, or two neighbours swapped make them the same.

    The first letter stays, and is not one too many, because it can be a prefix: Btokens, koken.
    """
    if one == other or abs(len(one) - len(other)) > 1 or one[0] != other[0] or one[1:] == other:
        return False
    both = zip(one, other, strict=False)
    start = next((at for at, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right or left == right[1:]


# ---- whole units ---------------------------------------------------------------------------------

_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0xA0: " ", 0x202F: " ", 0x2007: " ", 0x2009: " ", ord("₂"): "2", 0x2010: "-",
    0x2011: "-", 0xB7: "*", 0x22C5: "*", 0xD7: "*",
}  # fmt: skip
_CO2 = re.compile(
    r"(?<![a-z])(k?g|kgs|k?t|lbs?|(?:kilo)?grams?|tonnes?)[ -]?(?:of )?"
    r"co2(?:[ -]?eq?(?:uiv(?:alents?)?)?)?(?![a-z0-9])",
    re.IGNORECASE,
)
_ONE_FORM = (
    (_CO2, r"\1"),
    (re.compile(r"(?<![a-z])p\. ?a\.?(?![a-z])", re.IGNORECASE), "/year"),
    (re.compile(r"\b(us|euro)[ -]?(?:cents?|ct|¢)(?![a-z])", re.IGNORECASE), r"\1cents"),
    (re.compile(r"\bu\.?s\.?[ -]?(?:dollars?(?![a-z])|\$)", re.IGNORECASE), "USD"),
    (re.compile(r"\bmetric tons?(?![a-z])", re.IGNORECASE), "t"),
    (re.compile(r"(?:(?<=[^\s/]) |^)(?:per|an?|each|every) (?=[^\s/])", re.IGNORECASE), "/"),
    (re.compile(r"/ ?\(([^()/]*)\)"), r"/\1"),
    (re.compile(r"(flop)s? ?/ ?(?:s|sec|second)(?![a-z])", re.IGNORECASE), "FLOPS"),
)
_ILL_FORMED = re.compile(r"/[\s*-]*/|[/*-]\s*$|^\s*[*-]|[*-]\s*[*/-]|[()]")
_WORD = re.compile(r"[/%]|[^\s/*()%-]+")
_NUMBER = re.compile(r"(\d+(?:_\d+)*(?:\.\d+)?)([kKMBT]?)", re.ASCII)


def plain_text(text: str) -> str:
    """A text with wide forms and odd spaces as plain ones, and single spaces."""
    return " ".join(text.translate(_PLAIN).split())


@dataclass(frozen=True)
class Meaning:
    """What a written unit can mean.

    `typed` is the same unit in words that are read, behind `times` the number; `sure` is whether
    it was written so; `bare` is a number or numeral alone, without a unit; `said` names it.
    """

    measure: Measure
    typed: str
    sure: bool = True
    times: Fraction = ONE
    bare: bool = False
    said: str = ""


@dataclass(frozen=True)
class _Word:
    """One word of a unit: where it stands, and behind how many strokes."""

    text: str
    start: int
    end: int
    strokes: int


def meanings(written: str, currency: str, *, guess: bool = False) -> tuple[Meaning, ...]:
    """What a unit behind a number can mean; nothing where one of its words is unknown.

    Args:
        written: what stands behind the number, from `plain_text`.
        currency: the code of the money at hand, which cents are the hundredth of.
        guess: whether letters may stand for those of the other size, as t for T.
    """
    unit = in_one_form(written)
    words = _words(unit)
    if len(words) > MOST_WORDS or (unit and not words) or _ILL_FORMED.search(unit):
        return ()
    options = [_options(words, at, currency, guess) for at in range(len(words))]
    every = itertools.islice(itertools.product(*options), MOST_MEANINGS)
    return tuple(dict.fromkeys(_meaning(unit, words, parts) for parts in every))


def in_one_form(written: str) -> str:
    """A unit with its "per" as strokes, and without what its mass is of."""
    for pattern, plain in _ONE_FORM:
        written = pattern.sub(plain, written)
    return written


def _words(unit: str) -> list[_Word]:
    words, strokes = [], 0
    for found in _WORD.finditer(unit):
        if found[0] == "/":
            strokes += 1
        else:
            words.append(_Word(found[0], *found.span(), strokes))
    return words


def _options(words: Sequence[_Word], at: int, currency: str, guess: bool) -> tuple[Part, ...]:
    """What a word can be where it stands: a number or a numeral stands before what it counts."""
    word = words[at]
    first = at == 0 or words[at - 1].strokes != word.strokes
    last = at + 1 == len(words) or words[at + 1].strokes != word.strokes
    if found := _NUMBER.fullmatch(word.text):  # "per 1k tokens", and never a sum to work out
        factor = Fraction(found[1].replace("_", "")) * _LETTERS.get(found[2], 1)
        fits = word.strokes and first and not last and factor
        return (Part(Measure(factor), word.text, scale=True),) if fits else ()
    leads = first or _NUMBER.fullmatch(words[at - 1].text) is not None
    alone = first and last and not word.strokes  # behind the number itself
    parts = _parts(word.text, currency, guess=guess)
    return tuple(one for one in parts if not one.scale or alone or (leads and not last))


def _meaning(unit: str, words: Sequence[_Word], parts: Sequence[Part]) -> Meaning:
    measure, times, typed, end = PURE, ONE, "", 0
    for part, word in zip(parts, words, strict=True):
        sign = -1 if word.strokes else 1
        measure = measure.times(part.measure, sign)
        times = times * part.times if sign > 0 else times / part.times
        typed += unit[end : word.start] + part.spelling
        end = word.end
    return Meaning(
        measure,
        typed.replace("FLOPS", "FLOP/s"),
        all(part.sure for part in parts),
        times,
        all(part.scale for part in parts),
        ", ".join(part.said for part in parts if part.said),
    )


def why_unsure(written: str) -> str:
    """Why a unit can be read in two ways, "" where that is not what is wrong with it."""
    for word in (one.text for one in _words(in_one_form(written))):
        if word.casefold() in ("ton", "tons"):
            return "a ton is 1,000 kg to some and 2,000 lb to others"
        if word == "m":
            return "m is minutes to some and months to others"
        if _BITS.fullmatch(word):
            return "a small b is a bit, and 8 bits are a byte"
        if word.startswith("m") and _MILLI.get(_IN_ANY_LETTERS.get(word.casefold(), "")[1:]):
            return "a small m is a thousandth, a large M a million"
    return ""
