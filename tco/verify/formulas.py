"""What a formula may ask of an engine: its length, its depth, the cells it reads, a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# A spreadsheet program's own limits; engines with fewer guards crash or recurse beyond them.
MOST_CHARACTERS = 8_192
MOST_LEVELS = 64
MOST_ARGUMENTS = 255
# Beyond use, within 8,192 characters, and enough to overflow an engine's stack.
MOST_SIGNS = 64  # in a row: ----1
MOST_OPERATORS = 2_000
# An engine that does not cut a range to the cells in use takes a microsecond and 100 bytes a cell:
# SUM over a whole sheet would take five hours. The largest bundled book reads 76,000 in all.
MOST_READ = 1 << 24  # by one formula: sixteen whole columns
MOST_READ_IN_ALL = 1 << 27  # minutes
ROWS, COLUMNS = 1_048_576, 16_384
_FEW = 1_000  # cells: what a name may stand for before it is looked for in every formula

_QUOTED = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
_SHEET = r"(?:[\w.]+!|\"\"!)?"
_AREA = re.compile(
    rf"\$?([A-Z]{{1,3}})\$?([0-9]{{1,7}})\s*:\s*{_SHEET}\$?([A-Z]{{1,3}})\$?([0-9]{{1,7}})"
    r"|\$?\b([A-Z]{1,3})\s*:\s*\$?([A-Z]{1,3})\b"
    r"|\$?\b([0-9]{1,7})\s*:\s*\$?([0-9]{1,7})\b"
)
_CLOCK = re.compile(r"\b(NOW|TODAY|RANDBETWEEN|RANDARRAY|RAND)\s*\(")
_SIGNS = re.compile(rf"(?:[-+]\s*){{{MOST_SIGNS + 1},}}|(?:%\s*){{{MOST_SIGNS + 1},}}")
_OPERATOR = re.compile(r"[-+*/^&=<>%]")
_ONE_CELL = re.compile(r"(?:\w{1,31}|'[^'!:]{1,31}')!\$[A-Z]{1,3}\$[0-9]{1,7}")
_WORD = re.compile(r"(?:[^\W\d]|\\)[\w.\\]*")


class BeyondError(Exception):
    """What of a formula is beyond a spreadsheet program's limits, after its place."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"has a formula {what}; a spreadsheet program takes {most:,}")


class Formulas:
    """Looks at the formulas of one workbook, which may use its defined names.

    Args:
        names: defined names, each with what it stands for.

    Raises `BeyondError`, as `look` does.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, list[str]] = {}  # a name may stand for something on each sheet
        for name, text in names:
            if not name.startswith("_xlnm."):  # areas to print: no formula uses them
                self._names.setdefault(name.upper(), []).append(text)
        self._asks: dict[str, tuple[int, str]] = {}
        for name in self._names:
            self._ask(name, 0)
        # Most books have thousands of names for a cell or a row: only the others are looked for.
        self._telling = {
            name: asked for name, asked in self._asks.items() if asked[0] > _FEW or asked[1]
        }

    def look(self, formula: str) -> tuple[int, str]:
        """How many cells a formula reads; and which of its functions gives another value each time.

        Raises `BeyondError` beyond a spreadsheet program's limits.
        """
        return _look(_within_limits(formula), self._telling)

    def _ask(self, name: str, depth: int) -> tuple[int, str]:
        """What a name asks, with the names it uses; one that uses itself asks nothing more."""
        if name in self._asks:
            return self._asks[name]
        if depth > MOST_LEVELS:
            raise BeyondError(f"with names more than {MOST_LEVELS} deep", MOST_LEVELS)
        self._asks[name] = (0, "")
        texts = [
            _within_limits(text) for text in self._names[name] if not _ONE_CELL.fullmatch(text)
        ]
        for word in set(_WORD.findall(" ".join(texts))) & self._names.keys():
            self._ask(word, depth + 1)
        found = [_look(text, self._asks) for text in texts]
        if found:
            self._asks[name] = max(read for read, _ in found), max(clock for _, clock in found)
        return self._asks[name]


def _look(text: str, asks: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
    read, clock = area(text) if ":" in text else 0, ""
    if "NOW" in text or "RAND" in text or "TODAY" in text:
        found = _CLOCK.search(text)
        clock = found[1] if found else ""
    if asks:
        for word in _WORD.findall(text):
            more, other = asks.get(word, (0, ""))
            read, clock = read + more, clock or other
    return read, clock


def _within_limits(formula: str) -> str:
    """The formula without texts, where a spreadsheet program takes it."""
    length = len(formula)
    if length > MOST_CHARACTERS:
        raise BeyondError(f"of {length:,} characters", MOST_CHARACTERS)
    text = plain(formula)
    if length <= MOST_SIGNS:  # too short for any of the rest
        return text
    if text.count("(") + text.count("{") > MOST_LEVELS or text.count(",") >= MOST_ARGUMENTS:
        _refuse_nested(text)
    if text.count("-") + text.count("+") + text.count("%") > MOST_SIGNS and _SIGNS.search(text):
        raise BeyondError(f"with more than {MOST_SIGNS} signs in a row", MOST_SIGNS)
    if length > MOST_OPERATORS and len(_OPERATOR.findall(text)) > MOST_OPERATORS:
        raise BeyondError(f"with more than {MOST_OPERATORS:,} operators", MOST_OPERATORS)
    return text


def plain(formula: str) -> str:
    """A formula without the texts and sheet names in it, in capitals."""
    if '"' in formula or "'" in formula:
        formula = _QUOTED.sub('""', formula)
    return formula.upper()


def _refuse_nested(text: str) -> None:
    commas = [0]
    for sign in re.findall(r"[(){},]", text):
        if sign in "({":
            commas.append(0)
        elif sign != ",":
            commas = commas[:-1] or [0]
        else:
            commas[-1] += 1
        if len(commas) - 1 > MOST_LEVELS:
            raise BeyondError(f"with more than {MOST_LEVELS} levels of brackets", MOST_LEVELS)
        if commas[-1] >= MOST_ARGUMENTS:
            raise BeyondError(f"with more than {MOST_ARGUMENTS} arguments", MOST_ARGUMENTS)


def area(text: str) -> int:
    """How many cells the ranges of a formula hold, in all."""
    total = 0
    for left, top, right, bottom, first, last, above, below in _AREA.findall(text):
        if top:
            total += (abs(column(right) - column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
        elif first:
            total += (abs(column(last) - column(first)) + 1) * ROWS
        else:
            total += (abs(int(below) - int(above)) + 1) * COLUMNS
    return total


def column(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number
