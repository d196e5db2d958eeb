"""Keys as names: what a spreadsheet would take for something else, and what the model makes itself.

Every key of a scalar is a defined name of the workbook, those that a scenario adds too.
"""

from __future__ import annotations

import re

from tco.lines.formula import WORDS

LONGEST = 255  # characters of a name
_NAME = re.compile(r"[^\W\d][\w.]*|\\[\w.]*")
_CELL = re.compile(r"[A-Za-z]{1,3}\d{1,7}")
_ROW_AND_COLUMN = re.compile(r"[Rr]\d*[Cc]\d*|[Rr]\d+|[Cc]\d+|[RrCc]")
_TAKEN = frozenset({"TRUE", "FALSE"})


def unusable(name: str) -> str:
    """Why a name cannot be a defined name; an empty text where it can."""
    if len(name) > LONGEST:
        return f"it has {len(name)} characters, and a name has at most {LONGEST}"
    if _CELL.fullmatch(name) or _ROW_AND_COLUMN.fullmatch(name):
        return "a spreadsheet reads it as a cell"
    if name.upper() in _TAKEN:
        return "a spreadsheet reads it as a truth value"
    if not _NAME.fullmatch(name):
        return "a name is letters, digits, underscores and points, and does not begin with a digit"
    return ""


MOST_CHARACTERS = 50  # of a key that a scenario adds
_KEY = re.compile(r"[a-z][a-z0-9_]*")
# The keys that the model makes of other keys begin and end like this.
_MADE_STARTS = ("published_", "deadline_point_")
_MADE_ENDS = (
    "_source", "_date", "_given", "_low", "_high", "_options", "_of_total",
)  # fmt: skip


def unfit(key: str) -> tuple[str, str]:
    """What is wrong with a key that a scenario adds, and a remedy; two empty texts if nothing."""
    plain = re.sub(r"[^a-z0-9]+", "_", key.lower()).strip("_")
    meant = f"Write for example: {plain}" if _KEY.fullmatch(plain) else "Choose another."
    if not _KEY.fullmatch(key):
        return f"“{key}” is no key: keys are small letters, digits and _, a letter first", meant
    if len(key) > MOST_CHARACTERS:
        return f"this key has {len(key)} characters; the most is {MOST_CHARACTERS}", "Shorten it."
    if key in WORDS:
        return f"{key} is a word of formulas", f"Choose another, for example: {key}_own"
    if why := unusable(key):
        return f"{key} cannot name a cell: {why}", f"Choose another, for example: {key}_own"
    for end in _MADE_ENDS:
        if key.endswith(end):
            wrong = f"keys that end in {end} are made of other keys"
            return wrong, f"Choose another, for example: {key.removesuffix(end)}_own"
    for start in _MADE_STARTS:
        if key.startswith(start):
            wrong = f"keys that begin with {start} are made of other keys"
            return wrong, f"Choose another, for example: own_{key.removeprefix(start)}"
    return "", ""
