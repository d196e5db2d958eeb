"""Every key that a scenario file may have, and which is meant by one in other letters."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tco.errors import MOST_TOLD
from tco.lines import Given, GivenRows, Line
from tco.model import KINDS, OWNED, modules_of
from tco.read.document import Document
from tco.read.schema import ALIASES, CASES, FORMER, GENERAL, LEAF, OF_OWN, OWN

_PLAIN = re.compile("[a-z][a-z0-9_]*")
_OTHERWISE = re.compile(r"\w[\w .-]*", re.ASCII)
_RULE = "Keys are in small letters, with _ between their words."

Tell = Callable[[tuple[Any, ...], str], None]  # of a path that is no key, and what to type


@functools.cache
def _known() -> Mapping[str, str]:
    """Every key by its letters alone, of blocks, inputs, lines, rows and what stands beside them.

    Names are read off the modules: a model of each kind would take seconds to make.
    """
    found = [*GENERAL, *LEAF, *OF_OWN, *ALIASES, *FORMER, "kind", "general"]
    for kind in KINDS:
        asked = modules_of(kind, owned=True, quoted=True, rent_quoted=True, awarded=True)
        for module in (*asked, *modules_of(kind, owned=True, quoted=True, listed=True)):
            names = vars(module)
            prefixes = {name: one.prefix for name, one in names.items()
                        if isinstance(one, GivenRows)}  # fmt: skip
            found.append(getattr(module, "SECTION", OWNED))
            for name, item in names.items():
                if isinstance(item, Given | Line | GivenRows):
                    found.append(name)
                if isinstance(item, Given) and item.along in prefixes:
                    found.append(name.removeprefix(prefixes[item.along]))
    return {_letters(name): name for name in found}


def every_key() -> frozenset[str]:
    """Every key of any kind of scenario."""
    return frozenset(_known().values())


def _letters(word: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", word)).casefold()


def is_key(word: str, near: bool = False) -> bool:
    """Whether a word is a key, perhaps in other letters, or `near` to one."""
    letters = _letters(word)
    if len(letters) < 2:  # a drive, for one
        return False
    return letters in _known() or (near and bool(difflib.get_close_matches(letters, _known(), 1)))


def nearest(word: str, among: Iterable[str]) -> str:
    """The key that a word is in other letters, or nearly; "" where there is none."""
    known = {_letters(key): key for key in among}
    near = difflib.get_close_matches(_letters(word), known, 1)
    if near and near[0] in OWN and not difflib.get_close_matches(_letters(word), near, 1, 0.8):
        return ""  # "deadlines" are no lines
    return known[near[0]] if near else ""


def respell(tree: dict[str, Any], document: Document, tell: Tell) -> int:
    """Tell of each key in other letters which one is meant, and write it so in the tree.

    Returns how many there are beyond those that are told.
    """
    if all(map(_PLAIN.fullmatch, _keys_in(tree))):
        return 0
    respelling = _Respelling(document, tell)
    respelling.block(tree, ())
    return max(0, respelling.found - MOST_TOLD)


def _keys_in(tree: Any) -> Iterator[str]:
    below = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    yield from tree if isinstance(tree, dict) else ()
    for one in below:
        yield from _keys_in(one)


class _Respelling:
    def __init__(self, document: Document, tell: Tell) -> None:
        self.document, self.tell, self.found = document, tell, 0

    def block(self, block: dict[str, Any], path: tuple[Any, ...]) -> None:
        """The keys of one block, and what is below those that are known."""
        pairs, there = list(block.items()), set(block)
        block.clear()
        for key, value in pairs:
            written = self._key(key, path, there)
            if written is not None:
                there.add(written)
                block[written] = value
                if path or is_key(written):  # what is below no key of ours may be named freely
                    self._below(value, (*path, written))

    def _below(self, value: Any, path: tuple[Any, ...]) -> None:
        if isinstance(value, dict):
            self.block(value, path)
        elif isinstance(value, list):
            for number, row in enumerate(value):
                self._below(row, (*path, number))

    def _key(self, key: str, path: tuple[Any, ...], others: set[str]) -> str | None:
        """The key as it is meant, None for one that is there in its own letters too."""
        if (
            path in ((one,) for one in (*OWN, CASES))
            or _PLAIN.fullmatch(key)
            or not _OTHERWISE.fullmatch(key)
        ):
            return key
        meant = _known().get(_letters(key))
        if meant is None or meant == key:
            return key
        rule = "" if self.found else f" {_RULE}"
        self.found += 1
        if self.found > MOST_TOLD:
            return key
        if meant in others:
            self.tell((*path, key), f"{meant} is there too: keep one of the two.{rule}")
            return None
        self.tell((*path, key), f"Did you mean {meant}?{rule}")
        self.document.rename((*path, key), (*path, meant))
        return meant
