"""What is wrong with one value of a file."""

from __future__ import annotations


class Wrong(ValueError):
    """A value that cannot be, with what is wrong and what to type instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy
