"""A question to the reader: a figure that the verdict rests on, and that somebody has to give."""

from __future__ import annotations

from dataclasses import dataclass

from tco.lines import Members
from tco.model.own.rival import Rival

SERVERS, RENTS, USE = "servers", "rents", "use"


@dataclass(frozen=True)
class Question:
    """A figure that takes the ends of its range while nobody gives it.

    It stands in the module of what it moves. `of` is what is asked, one of those above: figures of
    one question move together, as the price of every rent does.
    """

    key: str  # what it moves: an input, or a line that is one where it is given
    label: str
    unit: str
    of: str
    range_of: str = ""  # the input whose range it has, if not its own


def questions(members: Members) -> tuple[Question, ...]:
    """Every question, and the price of each way to rent, once."""
    prices = {one.price: one.label.lower() for one in reversed(members.all(Rival))}
    rents = (
        Question(key, f"Price of renting: {said}", "USD/GPU-h", RENTS)
        for key, said in reversed(prices.items())
    )
    return (*members.all(Question), *rents)
