"""Bands: between which values each input usually lies, and a question where one does not.

Limits refuse what is wrong by definition. A price typed per MWh, a rate typed in per cent or a
salary in thousands breaks none of them: it is only far from anything that anybody has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tco.catalogue.shipped import Band, bands
from tco.lines import *
from tco.lines.items import called

SECTION, AXIS = "bands", "bands"
NONE = "–"
PAGE = Page(
    "Whether each input lies where such figures usually lie; beyond is a question, not a verdict",
    totals=("unusual_inputs", "unthinkable_inputs"),
    place=200,
)
_SHARES = ("share", "share/year")
# The money of a whole job is of no usual size; nor is what counts parameters, tokens or GPUs.
_OF_ANY_SIZE = ("USD", "US$", "GPU", "parameter", "token", "byte", "FLOP", "count", "h", "kWh",
                "kg", "token/year", "GB", "GB/year")  # fmt: skip
# By what a slip makes a value too small, and too large: nobody leaves out thousands by the hour.
_SLIPS = {"share": (100.0, 100.0), "share/year": (100.0, 100.0), "USD/GPU-h": (1.0, 100.0)}
_THOUSAND = (1000.0, 1000.0)
# Prices whose band is what others list for the accelerator chosen, live.
_LISTED = ("on_demand_price", "reserved_price", "spot_price")


def banded(model: Model) -> Model:
    """The model with a table of its inputs' bands, and the checks that read it."""
    known, found = bands(), _with_bands(model)
    if not found:
        return model
    rows = Rows(tuple((key, one.label, _source(model, key, known)) for key, one in found.items()))
    axes, pages = {**model.axes, AXIS: rows}, {**model.pages, SECTION: PAGE}
    rents = _RENTS if any(_listed(model, key) for key in found) else ()
    made = (*rents, *_columns(model, found, known), Heading("What is beyond"), *_FINDINGS)
    whole = replace(model, axes=axes, pages=pages)
    return whole.with_lines(farthest_factor, limits(farthest_factor), *made)


def asked_for(model: Model) -> tuple[Given, ...]:
    """The input that is added where inputs have bands."""
    return (farthest_factor,) if _with_bands(model) else ()


def _with_bands(model: Model) -> dict[str, Given]:
    known = bands()
    return {
        key: one for key, one in model.givens.items()
        if not isinstance(one, Choice) and one.along is None and not one.is_text
        if _listed(model, key) or (key in known and one.unit not in _OF_ANY_SIZE)
    }  # fmt: skip


def _listed(model: Model, key: str) -> bool:
    return key in _LISTED and "listed_rent_low" in model


def _source(model: Model, key: str, known: Mapping[str, Band]) -> str:
    if _listed(model, key):
        return "catalogue: from half of what anybody lists for the accelerator to twice"
    return str(known[key].source)


def _columns(
    model: Model, found: dict[str, Given], known: Mapping[str, Band]
) -> Iterator[Heading | Line]:
    """The tables: value, band and finding; whence the bands; what may have been meant."""
    listed = [_listed(model, key) for key in found]
    many = len(found)
    yield Heading("Inputs beside what is usual")
    yield _column("band_value", "Value in use", "As it is live on Inputs.", list(found), found)
    yield from (band_low, band_high, band_unusual, band_unthinkable, band_words)
    yield Heading("Where the bands come from")
    for end in ("low", "high"):
        label = "from" if end == "low" else "to"
        ends = [0.0 if rent else getattr(known[key], end)
                for key, rent in zip(found, listed, strict=True)]  # fmt: skip
        rents = [f"usual_rent_{end}" if any(listed) else 0.0] * many
        yield _column(f"band_known_{end}", f"Known {label}", "Money in US dollars.", ends)
        yield _column(f"band_rent_{end}", f"Rents {label}", "Of the accelerator, as listed.",
                      rents, (f"usual_rent_{end}",))  # fmt: skip
    yield _column("band_is_rent", "Is a rent", "1 where that is the band.",
                  [float(rent) for rent in listed])  # fmt: skip
    money = [float(one.money) for one in found.values()]
    yield _column("band_is_money", "Is money", "1 where the exchange rate applies.", money)
    rates = ["usd_rate"] * many
    yield _column("band_rate", "Exchange rate, of money", "As on Inputs.", rates, ("usd_rate",))
    yield from (band_least, band_from, band_to)
    yield Heading("What may have been meant")
    yield from _slips(found)
    yield from (band_undone, band_meant, band_question)


def _slips(found: Mapping[str, Given]) -> Iterator[Line]:
    """By what a value is multiplied or divided to see whether a slip explains it."""
    shares = [one.unit in _SHARES for one in found.values()]
    yield _column("band_slip_low", "Tried where too low", "One for per cent, or no thousand.",
                  [_SLIPS.get(one.unit, _THOUSAND)[0] for one in found.values()])  # fmt: skip
    yield _column("band_slip_high", "Tried where too high",
                  "Per cent for one, cents, or a thousand too many.",
                  [_SLIPS.get(one.unit, _THOUSAND)[1] for one in found.values()])  # fmt: skip
    signs = [" %" if share else "" for share in shares]
    yield _column("band_sign", "Typed with", "What stands behind the number.", signs, unit="text")
    typed = [100.0 if share else 1.0 for share in shares]
    yield _column("band_typed", "Typed times", "A share is typed in per cent.", typed)


def _column(
    key: str, label: str, note: str, parts: Sequence[Any], keys: Iterable[str] = (),
    *, unit: str = "",
) -> Line:  # fmt: skip
    """A column whose rows are fixed values, or other lines where one is a key."""
    needs = [one for one in dict.fromkeys(parts) if one in set(keys)]

    def rule(*values: Any) -> Any:
        named = dict(zip(needs, values, strict=True))
        return beside(*(named.get(one, one) for one in parts))

    made = line(label, unit, along=AXIS, section=SECTION)
    return made(called(rule, key, note, *needs))


# ---- what follows from the columns --------------------------------------------------------------


@line("Usual from", "", along=AXIS, section=SECTION)
def band_low(band_known_low, band_is_money, band_rate, band_is_rent, band_rent_low):
    """In the scenario's currency; of rents what is listed for the accelerator."""
    known = band_known_low * (1 + band_is_money * (band_rate - 1))
    return where(picked(band_is_rent, 1), band_rent_low, known)


@line("Usual to", "", along=AXIS, section=SECTION)
def band_high(band_known_high, band_is_money, band_rate, band_is_rent, band_rent_high):
    """In the scenario's currency; of rents what is listed for the accelerator."""
    known = band_known_high * (1 + band_is_money * (band_rate - 1))
    return where(picked(band_is_rent, 1), band_rent_high, known)


@line("Unusual", "flag", along=AXIS, section=SECTION)
def band_unusual(band_value, band_low, band_high):
    """1 where the value lies beyond its band; a band up to 0 is none."""
    return where(
        both(defined(band_value), beyond(band_high, 0),
             either(short_of(band_value, band_low), beyond(band_value, band_high))), 1, 0,
    )  # fmt: skip


@line("Least thinkable", "", along=AXIS, section=SECTION)
def band_least(band_low, band_high, farthest_factor):
    """The low over the factor; where the band has no low above 0, as far below it as above."""
    below_zero = (band_low - band_high) * farthest_factor
    return where(beyond(band_low, 0), band_low / farthest_factor, below_zero)


@line("Unthinkable", "flag", along=AXIS, section=SECTION)
def band_unthinkable(band_unusual, band_value, band_least, band_high, farthest_factor):
    """1 where it is farther off than any such figure can be; 0 is a what-if."""
    far = either(short_of(band_value, band_least), beyond(band_value, band_high * farthest_factor))
    return where(both(picked(band_unusual, 1), far, unless(picked(band_value, 0))), 1, 0)


@line("Slip undone", "", along=AXIS, section=SECTION)
def band_undone(band_value, band_low, band_slip_low, band_slip_high):
    """Times what the value would be without the slip: more where it is too low."""
    return where(short_of(band_value, band_low), band_slip_low, 1 / band_slip_high)


@line("Perhaps meant", "", along=AXIS, section=SECTION)
def band_meant(band_unusual, band_value, band_undone):
    """The value with the slip undone."""
    return where(picked(band_unusual, 1), rounded(band_value * band_undone), undefined(NONE))


@line("Perhaps meant, in words", "text", along=AXIS, section=SECTION)
def band_question(band_unusual, band_meant, band_low, band_high, band_typed, band_sign):
    """The question, where the value with the slip undone is usual; else the end of the words."""
    usual = both(picked(band_unusual, 1), unless(short_of(band_meant, band_low)),
                 touches(band_meant, band_high))  # fmt: skip
    said = text("; did you mean {}{}?", rounded(band_meant * band_typed), band_sign)
    return where(usual, said, ".")


@line("From, in words", "text", along=AXIS, section=SECTION)
def band_from(band_low):
    """Thousands are grouped, what is smaller keeps its decimals."""
    return where(short_of(band_low, 1000), text("{}", rounded(band_low)), shown(band_low, "#,##0"))


@line("To, in words", "text", along=AXIS, section=SECTION)
def band_to(band_high):
    """Thousands are grouped, what is smaller keeps its decimals."""
    return where(
        short_of(band_high, 1000), text("{}", rounded(band_high)), shown(band_high, "#,##0")
    )


@line("Finding", "text", along=AXIS, section=SECTION)
def band_words(band_unusual, bands, band_value, band_from, band_to, band_question):
    """The value, its band and the question."""
    said = text("{} is {}: usual is {} to {}{}", bands, band_value, band_from, band_to,
                band_question)  # fmt: skip
    return where(picked(band_unusual, 1), said, NONE)


farthest_factor = Given(
    "Unthinkable beyond", "ratio", least=1, key="farthest_factor", section="evidence",
    note="Times beyond its band: what no price, rate or share can be.",
)  # fmt: skip


def _scalar(label: str, unit: str) -> Any:
    return line(label, unit, section=SECTION)


@_scalar("Usual rent from", "USD/GPU-h")
def usual_rent_low(listed_rent_low):
    """Half the lowest that anybody lists for the accelerator; 0 where nobody does."""
    return where(defined(listed_rent_low), listed_rent_low / 2, 0)


@_scalar("Usual rent to", "USD/GPU-h")
def usual_rent_high(listed_rent_high):
    """Twice the highest that anybody lists for the accelerator; 0, no band, where nobody does."""
    return where(defined(listed_rent_high), 2 * listed_rent_high, 0)


_RENTS = (usual_rent_low, usual_rent_high)


@_scalar("Inputs beyond their band", "count")
def unusual_inputs(band_unusual):
    """How many inputs lie where such figures do not usually lie."""
    return total(band_unusual)


@_scalar("The first of them", "text")
def unusual_first(unusual_inputs, band_unusual, band_words):
    """Its words; the others stand in the table."""
    return where(beyond(unusual_inputs, 0), lookup(1, band_unusual, band_words), "none")


@_scalar("What is beyond, in words", "text")
def unusual_words(unusual_inputs, unusual_first):
    """The first, and how many more there are."""
    more = text("{} And {} more on the sheet Bands.", unusual_first, unusual_inputs - 1)
    return where(beyond(unusual_inputs, 1), more, unusual_first)


@_scalar("Inputs beyond what can be", "count")
def unthinkable_inputs(band_unthinkable):
    """How many inputs are farther off than any such figure can be."""
    return total(band_unthinkable)


@_scalar("The first of those", "text")
def unthinkable_first(unthinkable_inputs, band_unthinkable, band_words):
    """Its words."""
    return where(beyond(unthinkable_inputs, 0), lookup(1, band_unthinkable, band_words), "none")


@check("Every input is of a usual size", kind=ALERT)
def inputs_usual(unusual_inputs, unusual_words):
    """Far from what is listed or cited: a slip of a unit, or worth a source."""
    return below(0, unusual_inputs), unusual_words


@check("No input is beyond what can be", of_inputs=True)
def inputs_thinkable(unthinkable_inputs, unthinkable_first):
    """A hundred times beyond what anybody lists or cites decides nothing."""
    return below(0, unthinkable_inputs), unthinkable_first


_FINDINGS = (unusual_inputs, unusual_first, unusual_words, unthinkable_inputs, unthinkable_first,
             inputs_usual, inputs_thinkable)  # fmt: skip
