"""A driver of the verdict: an input, or what follows from one, whose value may turn it."""

from dataclasses import dataclass

from tco.lines.roots import MULTIPLES, Search

# How the value at which the verdict turns is found: the nearest among many points; by the straight
# line through both ends of the range; by steps along secants from there; or not at all.
NEAREST, BY_LINE, BY_STEPS, UNSOUGHT = "nearest", "line", "steps", ""


@dataclass(frozen=True)
class Outcome:
    """The line that says what a driver moves: the advantage of owning, or what a kind comes to."""

    key: str
    label: str  # of it, in the heads of columns
    unit: str = "USD"
    place: int = 0  # the last one is meant
    # The cases that put every driver at the end with more of it, and with less; more of what.
    favours: tuple[str, str] = ("costs most", "costs least")
    favoured: str = "cost"

    @property
    def costs(self) -> bool:
        """Whether more of it is worse."""
        return self.favoured == "cost"


@dataclass(frozen=True)
class Driver:
    """What a driver is called, how its numbers are shown, and between what its values lie.

    It stands in the module of what it moves. Its row among the drivers, the value at which the
    verdict turns, the change to there and what it carries follow.
    """

    key: str  # what it moves: an input, or a line that is one in other kinds
    label: str
    place: int  # among the drivers
    unit: str
    form: str  # the digits shown in words
    note: str = "All else equal."
    places: tuple[float, ...] = MULTIPLES  # where its values are tried, see `Search`
    least: float = 0
    most: float | None = None
    open_below: bool = False  # whether it may only come near to its least
    tried: float = 1  # as much as is tried where it stands at 0 and has no end
    base: str = ""  # the line that has its value, if not the key itself
    moves: tuple[str, ...] = ()  # what takes the values tried, if not the key alone
    rate: bool = False  # changes in points, and carries no amount of its own
    evidence: str = ""  # what its source and range are of, if not of the key
    sought: str = NEAREST  # how the value is found at which the verdict turns

    @property
    def behind(self) -> str:
        """The input or line whose source and range say how far off it may be."""
        return self.evidence or self.key

    @property
    def search(self) -> Search:
        """Where its switching value is looked for."""
        moves = self.moves or (self.key,)
        return Search(
            self.value, moves, self.places, self.least, self.most, self.tried, not self.rate,
            self.open_below,
        )  # fmt: skip

    @property
    def ends(self) -> tuple[str, str]:
        """The keys of the least and the most that it probably is."""
        return f"low_{self.key}", f"high_{self.key}"

    @property
    def results(self) -> tuple[str, ...]:
        """What is found by evaluating the model at other values, as inputs that nobody gives."""
        found = {NEAREST: ("tie", "worth"), BY_STEPS: ("tie",)}.get(self.sought, ())
        return tuple(f"{what}_{self.key}" for what in (*found, "at_low", "at_high"))

    @property
    def value(self) -> str:
        """The key of its value as it stands."""
        return self.base or self.key
