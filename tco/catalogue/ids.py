"""Ids of own rows: a spreadsheet must find each, and no other, by what a reader sees of it."""

from __future__ import annotations

import re
import unicodedata

from tco.catalogue.medians import PREFIX

MOST_CHARACTERS = 255  # that a spreadsheet looks up
NO_VALUE = {"-", "–", "—", "n/a", "na", "none", "null", "tbd", "?", "nan", "inf"}
_ROWS = {"chips": "chip", "offers": "offer", "grids": "grid", "classes": "class"}
_LETTERS = "Type one: letters, digits, hyphens."
# Seen by nobody, though Unicode counts them among letters, marks and symbols.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180F)))
)
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|"
    "august|september|october|november|december|mär|mai|okt|dez|janv|févr|mars|avr|juin|juil|août|"
    "déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|mrt|mei"
)
_AS_NUMBER = re.compile(
    r"[($€£¥+-]*[\d.,'’ ]*\d[\d.,'’ ]*(?:e[+-]?\d+)?[)%$€£¥]*|\d+(?: \d+)?/\d+", re.IGNORECASE
)
_AS_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:[t ]\d.*)?|\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m?)?|"
    rf"(?:{_MONTHS})[-/. ]*\d{{1,4}}(?:,? ?\d{{4}})?|"
    rf"\d{{1,4}}[-/. ]*(?:{_MONTHS})(?:[-/. ]*\d{{1,4}})?",
    re.IGNORECASE,
)
_AS_TRUTH = frozenset(
    re.findall(
        r"\w+",
        "true false wahr falsch vrai faux verdadero verdadeiro falso vero waar onwaar sant falskt "
        "sand falsk sann usann tosi epätosi prawda fałsz pravda nepravda igaz hamis doğru yanlış "
        "истина ложь",
    )
)


def bad_id(text: str, table: str) -> tuple[str, str] | None:
    """What is wrong with an id of a table's row, and the remedy; None where it is one."""
    if re.search("[\r\n]", text):
        return "an id is one line", "Delete the line break."
    if found := re.search(r"[*?~]", text):
        wrong = f"an id has no {found[0]}: a spreadsheet would read it as any letters"
        return wrong, "Leave it out."
    if unseen := next((char for char in text if _unseen(char)), ""):
        name = unicodedata.name(unseen, "a character without a name")
        wrong = f"an id has no character that is not seen: {name} (U+{ord(unseen):04X})"
        space = unicodedata.category(unseen) == "Zs"
        return (
            wrong,
            "Type a plain space or hyphen." if space else "Delete it, or type the id anew.",
        )
    if len(text) > MOST_CHARACTERS:
        wrong = f"this id has {len(text):,} characters; a spreadsheet finds {MOST_CHARACTERS}"
        return wrong, "Shorten it."
    if text.lower() in NO_VALUE:
        return f"“{text}” is no name", _LETTERS
    if table == "offers" and text.casefold().startswith(PREFIX):
        return f"ids that begin with {PREFIX} are those of medians, which are worked out", (
            "Type the provider's name in front."
        )
    if what := taken_for(text):
        rest = re.sub(r"^\W+", "", text)
        better = f"{_ROWS.get(table, 'row')}-{rest}"
        usable = rest and not text.startswith("#") and bad_id(better, table) is None
        remedy = f"Type letters in front, for example: {better}" if usable else _LETTERS
        return f"a spreadsheet would take “{text}” for {what}", remedy
    return None


def _unseen(char: str) -> bool:
    category = unicodedata.category(char)
    return char in _BLANK or category in ("Cf", "Cc", "Zl", "Zp") or (
        category == "Zs" and char != " "
    )  # fmt: skip


def taken_for(text: str) -> str:
    """What a spreadsheet takes a text for when it is typed or opened, "" where it stays text."""
    if text.startswith("#"):
        return "an error"
    if _AS_NUMBER.fullmatch(text):
        return "a number"
    if text.startswith(("=", "+", "-", "@")):
        return "a formula"
    if _AS_DATE.fullmatch(text):
        return "a date or a time"
    return "a truth value" if text.casefold() in _AS_TRUTH else ""
