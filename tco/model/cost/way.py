"""A way to rent one run: the lines that say what it costs and whether it is in time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """What a way to rent a run is called, and the keys of its lines.

    The module that has it defines rent_KEY_cost (the bill), KEY_in_time (the bill where the run
    meets the deadline, else undefined) and KEY_timing (in words). What it costs with staff, its
    place among the cheapest, its evidence and its row on the first page follow.
    """

    key: str
    name: str
    words: str  # as the cheapest terms
    price: str  # the price that its hours are paid at
    evidence: str  # what that price pays for
    note: str  # of the bill with staff
    else_key: str = (
        ""  # the line that names the cheapest of it and those after it; none for the last
    )

    @property
    def cost(self) -> str:
        """The bill without staff."""
        return f"rent_{self.key}_cost"

    @property
    def in_time(self) -> str:
        """The bill where it counts."""
        return f"{self.key}_in_time"

    @property
    def total(self) -> str:
        """The bill with staff."""
        return f"{self.key}_total"

    @property
    def timing(self) -> str:
        """Whether it meets the deadline, in words."""
        return f"{self.key}_timing"
