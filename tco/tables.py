"""What a command answers: plain text for files and pipes, words and tables for a terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PrintedRow:
    """One row of a table: cells as printed; a strong one is a total."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """A table: its title, headings, which columns are numbers, and its rows."""

    title: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class Words:
    """Sentences, a line each; strong ones are what is read first."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Answer:
    """The same answer twice: `plain` as one text, `blocks` as `tco.console` draws them."""

    plain: str
    blocks: tuple[Words | PrintedTable, ...] = ()
