"""Cases of a scenario: a name each, and below it inputs with other numbers."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from tco.lines import Choice, Given, Line
from tco.lines.model import given_instead
from tco.model.cases import BASE
from tco.model.state import SAID
from tco.read.blocks import Blocks
from tco.read.keys import nearest
from tco.read.schema import ALIASES, CASES, FORMER, INDENT
from tco.read.unknown import say_unknown
from tco.read.values import read_quantity

Cases = Mapping[str, Mapping[str, float]]  # numbers by the name of a case and the key of an input
_EXAMPLE = f"Type for example: {CASES}: {{glut: {{rent_growth: -25 %}}}}"
_NUMBERS = "Inputs with their numbers, for example: glut: {rent_growth: -25 %}"
_APART = ("general", "deadlines", "published", *SAID)  # sections of what no case has
_SPELLED: dict[str, str] = {**ALIASES, **FORMER}
MOST_LETTERS = 30  # of a name, which stands in the head of every sheet
MOST = 12


def read_cases(blocks: Blocks, given: Collection[str]) -> Cases:
    """The cases of a file without those parts that are mistaken, each of which is said.

    Args:
        given: what the file gives, a line among it is an input.
    """
    said = blocks.gathered.tree.get(CASES)
    if not isinstance(said, dict | None):
        blocks.mistakes.say((CASES,), f"{CASES} is a block of names, each with inputs", _EXAMPLE)
        return {}
    if len(said or {}) > MOST:
        blocks.mistakes.say((CASES,), f"there are {len(said or {})} cases", f"Keep {MOST} of them.")
        return {}
    reader = _Reader(blocks, given)
    return {name: reader.case(name, numbers) for name, numbers in (said or {}).items()
            if reader.is_name(name)}  # fmt: skip


def chosen_case(blocks: Blocks, said: str, cases: Cases) -> str:
    """The case that a file asks for, the base where it asks for none or for none there is."""
    choice = blocks.gathered.model.givens["case"]
    assert isinstance(choice, Choice)
    names = [*(str(key) for key, _ in choice.options), *cases]
    if not said or said in names:
        return said or BASE
    written = {_letters(one): one for one in reversed(names)}
    if _letters(said) in written:  # favours_owning
        return written[_letters(said)]
    near = difflib.get_close_matches(said.casefold(), [one.casefold() for one in names], 1)
    meant = next((one for one in names if near and one.casefold() == near[0]), "")
    hint = f"Did you mean {meant}? " if meant else ""
    blocks.mistakes.say(("case",), f"“{said}” is no case", f"{hint}It is one of: "
                        f"{', '.join(names)}.")  # fmt: skip
    return BASE


def _letters(name: str) -> str:
    """A name without what people write otherwise: capitals, and marks between its words."""
    return name.casefold().replace("_", " ").replace("-", " ").strip()


class _Reader:
    def __init__(self, blocks: Blocks, given: Collection[str]) -> None:
        self.blocks, self.mistakes = blocks, blocks.mistakes
        model = blocks.gathered.model
        self.items: dict[str, Given | Line] = {**model.givens}
        self.items |= {key: given_instead(model.lines[key]) for key in given if key in model.lines}
        self.lines = model.lines
        choice = model.givens["case"]
        assert isinstance(choice, Choice)
        self.taken = {str(key) for key, _ in choice.options}

    def is_name(self, name: str) -> bool:
        """Whether a case may be called that."""
        wrong = ""
        if name in self.taken:
            wrong = f"{name} is a case of every book"
        elif not name.strip() or len(name) > MOST_LETTERS:
            wrong = f"the name of a case has 1 to {MOST_LETTERS} letters"
        if wrong:
            self.mistakes.say((CASES, name), wrong, "Type another name.", key=True)
        return not wrong

    def case(self, name: str, said: object) -> dict[str, float]:
        """The numbers of one case."""
        path = (CASES, name)
        if not isinstance(said, dict) or not said:
            self.mistakes.say(path, f"the case {name} has no inputs", f"{_NUMBERS} {INDENT}",
                              key=True)  # fmt: skip
            return {}
        found: dict[str, float] = {}
        for written, text in said.items():
            key: str = _SPELLED.get(written) or str(written)
            if item := self._item((*path, written), key):
                number = self.blocks.one((*path, written), read_quantity, item, text,
                                         self.blocks.rates)  # fmt: skip
                if number is not None:
                    found[key] = number
        return found

    def _item(self, path: tuple[str, ...], key: str) -> Given | Line | None:
        item = self.items.get(key)
        if item is not None and _is_number(item):
            return item
        say = self.mistakes.say
        if item is not None:
            what = "a choice" if isinstance(item, Choice) else "none of its numbers"
            say(path, f"{key} is {what}: a case changes numbers alone", _NUMBERS, key=True)
        elif key in self.lines:
            say(path, f"{key} is computed: a case changes inputs", _NUMBERS, key=True)
        else:
            near = nearest(key, [one for one, known in self.items.items() if _is_number(known)])
            say_unknown(self.mistakes, path, f"Did you mean {near}?" if near else _NUMBERS)
        return None


def _is_number(item: Given | Line) -> bool:
    """Whether an input is one number that a file may give."""
    if not isinstance(item, Given) or item.is_text or isinstance(item, Choice):
        return False
    apart = item.along or item.of or item.counted or item.prints
    return not apart and item.section not in _APART
