"""Which models there are: every kind, alone and with what a scenario file may ask for beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tco.lines import Model
from tco.model import KINDS, OWNABLE, OWNED, model_for

CALLED = {
    "owned": "`own:`", "billed": "a bill", "listed": "items", "quoted": "quotes",
    "awarded": "awards", "rent_quoted": "quotes of rent",
}  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """A kind of scenario, and which of the optional parts its model has."""

    kind: str
    has: tuple[str, ...] = ()  # what `model_for` calls them

    @property
    def model(self) -> Model:
        """Its lines and inputs."""
        return model_for(self.kind, **dict.fromkeys(self.has, True))

    @property
    def title(self) -> str:
        """As a table of kinds has it."""
        beside = " and ".join(CALLED[one] for one in self.has)
        return f"{self.kind}, with {beside}" if beside else self.kind

    def __str__(self) -> str:
        return "-".join((self.kind, *self.has))


PLAIN = [
    *(Variant(kind) for kind in KINDS),
    *(Variant(kind, ("owned",)) for kind in OWNABLE),
]
_RUNS = [
    *(Variant("train", has) for has in (("billed",), ("billed", "listed"))),
    *(Variant(kind, ("owned", "listed", "quoted", "rent_quoted")) for kind in OWNABLE),
]
_FLEET = [
    Variant(OWNED, has)
    for has in (
        ("listed",), ("quoted",), ("quoted", "awarded"), ("rent_quoted",), ("listed", "quoted"),
        ("listed", "quoted", "awarded", "rent_quoted"),
    )
]  # fmt: skip
VARIANTS = [*PLAIN, *_FLEET, *_RUNS]
# A test of each, all on one worker: to put the models together takes longer than to test them.
EVERY_MODEL = pytest.mark.parametrize(
    "at",
    [pytest.param(one, marks=pytest.mark.xdist_group("models"), id=str(one)) for one in VARIANTS],
)
