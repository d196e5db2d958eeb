"""Numbers of which some are worked out when one of them is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set

from tco.lines.items import Value


class Later(Mapping[str, Value]):
    """Numbers by key: those that are there, and groups that wait until one of them is read."""

    def __init__(
        self,
        now: Mapping[str, Value],
        *waiting: tuple[Set[str], Callable[[], Mapping[str, Value]]],
    ) -> None:
        """Args:

        now: the numbers that are there, and something for each that waits.
        waiting: groups of keys that have none in common, each with what makes them, once.
        """
        self._found = dict(now)
        self._waiting = list(waiting)

    def __getitem__(self, key: str) -> Value:
        for group in self._waiting:
            keys, work_out = group
            if key in keys:
                self._waiting.remove(group)
                made = work_out()
                self._found |= {one: made[one] for one in keys if one in made}
                break
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._found  # without working anything out

    def __or__(self, other: Mapping[str, Value]) -> dict[str, Value]:
        return {**self, **other}
