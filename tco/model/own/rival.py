"""A rival of owning: one way to rent the same delivered hours over the years."""

from dataclasses import dataclass

from tco.lines import Members

OWN = "own"


@dataclass(frozen=True)
class Rival:
    """What a way to rent is called, and the lines and inputs that say what it costs and when.

    The module that has it defines three lines by its key: KEY_available (1 where it is offered),
    KEY_due (USD a year, paid during it) and KEY_ahead (USD, paid at the end of the year before).
    Cash flow, present value, NPV before and after tax, its row among the options, its proof and
    its part in the verdict follow. The other fields are keys of lines or inputs, or plain numbers.
    """

    key: str
    label: str
    place: int  # among the options
    name: str
    note: str
    words: str  # in a sentence: "a reservation"
    lead: str  # days from the decision to working
    billed: str  # hours billed, over capacity
    price: str  # the list price that its hours are paid at
    job_days: str = "job_days"  # how long a run takes on it
    bound: str | float = 0  # USD that cannot be cancelled once signed
    assured: str | float = 1  # 1 where it can be had for years


def option_labels(members: Members) -> tuple[tuple[str, str], ...]:
    """The key and the label of every option: owning, and each way to rent."""
    return ((OWN, "Own"), *((one.key, one.label) for one in members.all(Rival)))
