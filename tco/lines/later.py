"""Numbers of which some are worked out when one of them is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set

from tco.lines.items import Value


class Later(Mapping[str, Value]):
    """Numbers by key: those that are there, and those that wait until one of them is read."""

    def __init__(
        self,
        now: Mapping[str, Value],
        waiting: Set[str],
        work_out: Callable[[], Mapping[str, Value]],
    ) -> None:
        """Args:

        now: the numbers that are there, and something for each that waits.
        waiting: the keys of these.
        work_out: makes them, once.
        """
        self._found = dict(now)
        self._waiting = waiting
        self._work_out = work_out

    def __getitem__(self, key: str) -> Value:
        if key in self._waiting:
            found, self._waiting = self._work_out(), frozenset()
            self._found |= found
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._found  # without working anything out

    def __or__(self, other: Mapping[str, Value]) -> dict[str, Value]:
        return {**self, **other}
