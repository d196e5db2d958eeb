"""Leaves: a value with its range and what stands behind it, as the pydantic models of every file.

They are made once: what differs from key to key, its unit or its options, comes in as the reader
of its values. The keys of blocks are looked up in `schema.Shape`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from tco.catalogue.shipped import CATALOGUE_DATE
from tco.draws.spreads import KINDS
from tco.read.values import read_day, read_words
from tco.read.wrong import Wrong

Reader = Callable[[Any], Any]  # of one value: what it is, or `Wrong`
# One mistake inside a leaf: which part of it, what is wrong, what to type.
Part = tuple[str, str, str]
MISTAKE = "mistake"  # the type of pydantic's error that holds such parts


def _mistake(*parts: Part) -> PydanticCustomError:
    return PydanticCustomError(MISTAKE, "{wrong}", {"wrong": parts[0][1], "parts": parts})


def _validator(read_one: Reader) -> BeforeValidator:
    def validate(value: Any) -> Any:
        try:
            return read_one(value)
        except Wrong as error:
            raise _mistake(("", error.wrong, error.remedy)) from None

    return BeforeValidator(validate)


def read_spread(text: Any) -> str:
    """How a value is spread over its range, "" for none said; else `Wrong`."""
    written = read_words(text).strip().lower()
    if written and written not in KINDS:
        kinds = "; ".join(KINDS)
        raise Wrong(f"“{text}” is no way to be spread over a range", f"It is one of: {kinds}.")
    return written


Words = Annotated[str, _validator(read_words)]
Day = Annotated[str, _validator(read_day)]
SpreadWord = Annotated[str, _validator(read_spread)]


class Closed(BaseModel):
    """A block that holds its own keys and no others."""

    model_config = ConfigDict(extra="forbid")


class Aside(Closed):
    """What stands behind a value, or behind a row of a table as a whole."""

    source: Words = ""
    date: Day = ""
    note: Words = ""


class Leaf(Aside):
    """One value of a scenario, with its range and what stands behind it.

    Validate it with the reader of its key's values as `context`.
    """

    value: Any
    low: Any = None
    high: Any = None
    spread: SpreadWord = ""

    @model_validator(mode="after")
    def _read(self, info: ValidationInfo) -> Self:
        """Read the value and the ends of its range; all that is wrong with them is said at once."""
        read_one: Any = info.context
        wrong: list[Part] = []
        for part in ("value", "low", "high"):
            text = getattr(self, part)
            try:
                if part == "value" or text is not None:
                    setattr(self, part, read_one(text))
            except Wrong as error:
                wrong.append((part, error.wrong, error.remedy))
        if wrong:
            raise _mistake(*wrong)
        return self


class General(Closed):
    """What a file says of itself at the left margin."""

    title: Words = ""
    currency: Words = "USD"
    as_of: Day = CATALOGUE_DATE
    case: Words = ""
