"""Formulas made wrong in a finished workbook, and what sees it: its own checks, and verify.

    python -m tests.nightly.mutants [SCENARIO...] [--sample 40] [--seed 0]

Each mutant is one formula cell with a sign turned, an operator for another, a reference to the
neighbour, a term dropped, a number changed, a range one row short, or the value typed in its place
a hundredth larger. formualizer recalculates the book. Where a number of Board moves, a check of the
book should fire: by any check, and by those alone that still work once an Override is typed (all
but the figures as built). Verify lays every formula beside the book rebuilt. Cells of Board, which
show, and of the sheets that check, are not made wrong.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from tco.verify import agree
from tco.verify.contents import plain
from tco.workbook.cells import Book, address, position
from tco.workbook.checks import HEADING_ROW
from tco.workbook.grid import KEY, TOTAL
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes
from tco.workbook.proof import MOVED
from tests.loaded import SCENARIOS, load

Key = tuple[str, int, int]
UNTOUCHED = {"Board", "Checks", "Limits", "Proof", "Log", "Scenario", "Contents"}
KINDS = ("sign", "operator", "neighbour", "dropped", "number", "range", "value")
_OTHER = {"+": "-", "-": "+", "*": "/", "/": "*", "<": ">", ">": "<", "<=": ">", ">=": "<",
          "=": "<>", "<>": "="}  # fmt: skip
_CELL = re.compile(r"^(?P<sheet>[^!]+!)?(?P<cell>\$?[A-Z]{1,3}\$?\d+)$")
_AREA = re.compile(r"^(?P<start>.*:\$?[A-Z]{1,3}\$?)(?P<last>\d+)$")


@dataclass(frozen=True)
class Mutant:
    """A cell with a wrong formula; of kind value with a number in its place."""

    key: Key
    kind: str
    formula: str


def main() -> int:
    """Measure what the command line names, and print a row each."""
    parser = argparse.ArgumentParser("tests.nightly.mutants", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("names", nargs="*", metavar="SCENARIO")
    parser.add_argument("--sample", type=int, default=40, metavar="N", help="mutants of each sheet")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--silent", action="store_true", help="name the cells that nothing sees")
    asked = parser.parse_args()
    rows = [measured(name, asked.sample, asked.seed, silent=asked.silent)
            for name in asked.names or SCENARIOS]  # fmt: skip
    whole: Counter[str] = sum(rows, Counter())
    print(said("all", whole))
    return 0 if whole["verified"] == whole["tried"] else 1


def measured(name: str, sample: int, seed: int, *, silent: bool = False) -> Counter[str]:
    """What becomes of a sample of the mutants of each sheet of a book."""
    book = lay_out(load(name))
    chance, chosen = random.Random(f"{seed} {name}"), []
    for _, group in itertools.groupby(mutants(book), key=lambda one: one.key[0]):
        found = list(group)
        chosen += chance.sample(found, min(sample, len(found)))
    running = _Running(book)
    counts: Counter[str] = Counter()
    for one in chosen:
        seen = running.seen(one)
        if not seen:
            continue
        counts.update({"tried": 1, **{key: int(value) for key, value in seen.items()}})
        if silent and seen["moves"] and not seen["standing"]:
            print(f"  {one.key[0]}!{address(*one.key[1:])}: {one.kind}: ={one.formula}"
                  f"{'' if seen['caught'] else '  SILENT'}", flush=True)  # fmt: skip
    print(said(name, counts), flush=True)
    return counts


def said(name: str, counts: Mapping[str, int]) -> str:
    """A row of the table."""
    moves = max(counts.get("moves", 0), 1)
    shares = (f"{counts.get(key, 0) / moves:6.1%}" for key in ("caught", "standing"))
    verified = counts.get("verified", 0) / max(counts.get("tried", 0), 1)
    return (f"{name:28} {counts.get('tried', 0):6,} mutants, {counts.get('moves', 0):5,} move "
            "Board: {} seen by checks, {} with an Override typed; ".format(*shares)
            + f"{verified:.1%} of all by verify")  # fmt: skip


class _Running:
    """A book in an engine, with what its first page and its checks said when it was right."""

    def __init__(self, book: Book) -> None:
        import formualizer

        self.engine = formualizer.load_workbook_bytes(to_bytes(book))
        self.engine.evaluate_all()
        self.built = {(sheet.title, *at): cell for sheet in book.sheets
                      for at, cell in sheet.cells.items()}  # fmt: skip
        self.board = [key for key, cell in self.built.items() if key[0] == "Board"
                      and cell.formula and isinstance(cell.value, (int, float))]  # fmt: skip
        self.flags = {key: str(self.built["Checks", key[1], KEY].value)
                      for key, cell in self.built.items()
                      if key[0] == "Checks" and key[2] == TOTAL and key[1] > HEADING_ROW
                      and cell.formula}  # fmt: skip
        self.was = self._values([*self.board, *self.flags])

    def _values(self, keys: list[Key]) -> dict[Key, Any]:
        return {key: self.engine.get_value(*key) for key in keys}

    def seen(self, one: Mutant) -> dict[str, bool]:
        """Whether a number of Board moves, a check fires, one that stands does, verify sees it."""
        right = self.built[one.key].formula
        try:
            self._put(one.key, one)
        except RuntimeError:  # no formula at all: a program would not take it either
            self._put(one.key, Mutant(one.key, "", right))
            return {}
        now = self._values([*self.board, *self.flags])
        self._put(one.key, Mutant(one.key, "", right))
        fired = {self.flags[key] for key in self.flags
                 if not _same(now[key], self.was[key])}  # fmt: skip
        return {
            "moves": (moves := any(not _same(now[key], self.was[key]) for key in self.board)),
            "caught": moves and bool(fired),
            "standing": moves and bool(fired - {MOVED}),
            "verified": one.kind == "value" or plain(one.formula) != plain(right),
        }

    def _put(self, key: Key, one: Mutant) -> None:
        if one.kind == "value":
            self.engine.set_value(*key, float(one.formula))
        else:
            self.engine.set_formula(*key, f"={one.formula}")
        self.engine.evaluate_all()


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return agree(float(one), float(other))
    return bool(one == other)


def mutants(book: Book) -> Iterator[Mutant]:
    """Every formula made wrong once in each way that it can be."""
    for sheet in book.sheets:
        if sheet.title in UNTOUCHED:
            continue
        for at, cell in sheet.cells.items():
            if cell.formula and cell.look.partition(":")[0] != "key":
                key = sheet.title, *at
                yield from (Mutant(key, kind, wrong) for kind, wrong in wrongs(cell.formula))
                if isinstance(cell.value, (int, float)) and cell.value:
                    yield Mutant(key, "value", repr(float(cell.value) * 1.01))


def wrongs(formula: str) -> Iterator[tuple[str, str]]:
    """A formula made wrong in every way, each part once."""
    tokens = Tokenizer(f"={formula}").items
    for place, token in enumerate(tokens):
        for kind, value in _of_token(token):
            parts = [one.value for one in tokens]
            parts[place] = value
            yield kind, "".join(parts)
    yield from ((("dropped"), wrong) for wrong in _dropped(tokens))
    yield "sign", f"-({formula})"


def _of_token(token: Token) -> Iterator[tuple[str, str]]:
    if token.type == Token.OP_IN and token.value in _OTHER:
        yield "operator", _OTHER[token.value]
    if token.type == Token.OPERAND and token.subtype == Token.RANGE:
        if found := _CELL.match(token.value):
            yield "neighbour", (found["sheet"] or "") + _below(found["cell"])
        if found := _AREA.match(token.value):
            yield "range", f"{found['start']}{int(found['last']) - 1}"
    if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
        yield "number", repr(float(token.value) + 1)


def _below(cell: str) -> str:
    row, column = position(cell.replace("$", ""))
    fixed = ("r" if "$" in cell[1:] else "") + ("c" if cell.startswith("$") else "")
    return address(row + 1, column, fixed=fixed)


def _dropped(tokens: list[Token]) -> Iterator[str]:
    """The formula without one of what is added, taken off or multiplied."""
    for place, token in enumerate(tokens[1:], 1):
        before = tokens[place - 1]
        if token.type == Token.OPERAND and before.type == Token.OP_IN and before.value in "+-*/":
            yield "".join(one.value for number, one in enumerate(tokens)
                          if number not in (place - 1, place))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
