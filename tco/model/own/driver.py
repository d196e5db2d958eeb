"""A driver of the verdict: an input, or what follows from one, whose value may turn it."""

from dataclasses import dataclass

from tco.lines.roots import MULTIPLES, Search


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
    tried: float = 1  # as much as is tried where it stands at 0 and has no end
    base: str = ""  # the line that has its value, if not the key itself
    moves: tuple[str, ...] = ()  # what takes the values tried, if not the key alone
    rate: bool = False  # changes in points, and carries no amount of its own
    evidence: str = ""  # what its source and range are of, if not of the key

    @property
    def behind(self) -> str:
        """The input or line whose source and range say how far off it may be."""
        return self.evidence or self.key

    @property
    def search(self) -> Search:
        """Where its switching value is looked for."""
        moves = self.moves or (self.key,)
        ends = (f"low_{self.key}", f"high_{self.key}")
        return Search(
            self.value, moves, self.places, self.least, self.most, self.tried, not self.rate, ends
        )

    @property
    def value(self) -> str:
        """The key of its value as it stands."""
        return self.base or self.key
