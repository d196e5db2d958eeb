"""Second stage, gathering: every key below its own block, in its own spelling, settings laid over.

What a file may hold follows from its kind, and from the inputs and lines that it adds itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tco.catalogue.pricelists import (
    Named,
    folder_lists,
    laid_over,
    laid_over_as_carried,
    named_lists,
)
from tco.catalogue.shipped import SHIPPED, Catalogue, shipped
from tco.errors import MOST_TOLD, Mistakes
from tco.lines import Model
from tco.model import ASKED_OF_VENDORS, BILL, BILL_INPUTS, ITEMS, KINDS, OWNABLE, OWNED, model_for
from tco.read.collector import Collector
from tco.read.document import Document
from tco.read.giventables import complete
from tco.read.keys import respell
from tco.read.margin import add_own_currency, gather_tables, read_tables, refuse_idle
from tco.read.ownlines import OwnLines, own_lines
from tco.read.schema import (
    ALIASES,
    CATALOGUE_EXAMPLE,
    FORMER,
    INDENT,
    WORKLOAD,
    shape_of,
    shared_with_owned,
)
from tco.read.settings import Laid, all_known, lay_over
from tco.read.unknown import say_unknown

DEFAULT_KIND = "train"
QUOTES, RENT_QUOTES, AWARDS = "quotes", "rent_quotes", "awards"
THREE_LINES = "parameters: 70B, tokens: 2T and deadline: 60 days, each on a line of its own"


@dataclass(frozen=True)
class Gathered:
    """A file as its blocks, and what they are read with.

    `model` has the lines and inputs that the file may give, those of its `own` among them; `laid`
    is what settings gave. A `blockless` file has no block of its own for its workload. Where not
    `lists_hold`, an own price list is mistaken or missing, and the catalogue is only good for
    reading on.
    """

    path: Path
    tree: Mapping[str, Any]
    kind: str
    owned: bool
    model: Model
    own: OwnLines
    catalogue: Catalogue
    lists_hold: bool
    laid: Laid
    blockless: bool
    settings: tuple[str, ...] = ()

    @property
    def currency(self) -> str:
        """The code that money is read in."""
        return str(self.tree.get("currency") or "USD").strip()


def gather(
    document: Document, path: Path, sets: Sequence[str], mistakes: Collector,
    prices: Sequence[tuple[str, bytes]] | None = None,
) -> Gathered:  # fmt: skip
    """Settle the kind of a file, and put everything of it where it belongs.

    `prices` are own lists that hold instead of those that the file or the folder has.

    Raises `Mistakes` where nothing more can be said of the file.
    """
    tree = _tree(document, mistakes)
    blockless = _gather_workload(document, mistakes)
    kind = _kind(document, mistakes)
    _unalias(document, mistakes)
    gather_tables(document)
    if kind in (*OWNABLE, OWNED):
        _gather_items(document, mistakes)
    own = own_lines(document, _model(tree, kind), mistakes)
    model = _model(tree, kind, own)
    read_tables(document, model, path.parent, mistakes)
    complete(tree, model)
    settable = model if all_known(model, sets) else _model(tree, kind, own, asked=True)
    laid = lay_over(document, sets, settable, mistakes)
    _unalias(document, mistakes)  # the file's spelling may stand beside a setting's
    model = _model(tree, kind, own)  # a setting may have asked for years, or for a bill
    complete(tree, model)
    read_tables(document, model, path.parent, mistakes)  # of such years, for one
    refuse_idle(document, model, mistakes)
    add_own_currency(document, model)
    owned = _is_owned(tree, kind)
    _gather_owned(document, model, mistakes)
    catalogue, hold = _catalogue(document, path, mistakes, prices)
    return Gathered(path, tree, kind, owned, model, own, catalogue, hold, laid, blockless,
                    tuple(sets))  # fmt: skip


def _tree(document: Document, mistakes: Collector) -> dict[str, Any]:
    """The blocks of a file, their keys in small letters."""
    tree = document.tree
    if not isinstance(tree, dict):
        mistakes.say((), "a scenario is made of keys, each followed by a colon",
                     "Start with a working one: tco new NAME")  # fmt: skip
        raise mistakes.all()
    mistakes.untold += respell(tree, document, lambda *said: say_unknown(mistakes, *said))
    if mistakes.untold:
        raise mistakes.all()
    return tree


# ---- the workload --------------------------------------------------------------------------------


def _gather_workload(document: Document, mistakes: Collector) -> bool:
    """Read a file without blocks as its workload: three lines are a scenario.

    Returns whether the file is one.
    """
    tree = document.tree
    if WORKLOAD in tree:
        return False
    model = model_for(DEFAULT_KIND)
    keys = [key for key, item in model.items.items() if item.section == WORKLOAD]
    keys += ["kind", *ALIASES]
    found = [key for key in tree if key in keys]
    if not found:
        found = _nearly_workload(document, keys, mistakes)
    if not found:
        return False
    for key in found:
        document.move((key,), (WORKLOAD, key))
    return True


def _nearly_workload(document: Document, keys: Sequence[str], mistakes: Collector) -> list[str]:
    """Misspelt keys of a workload; or none, with the misspelt block of them put right."""
    tree = document.tree
    known = [*keys, WORKLOAD, *shape_of(model_for(DEFAULT_KIND)).top]
    meant = {key: difflib.get_close_matches(key, known, 1) for key in [*tree][:MOST_TOLD]}
    for key, near in meant.items():
        if near == [WORKLOAD] and isinstance(tree[key], dict):
            say_unknown(mistakes, (key,), f"Did you mean {WORKLOAD}?")
            document.move((key,), (WORKLOAD,))
            return []
    return [key for key, near in meant.items() if set(keys).intersection(near)]


def _kind(document: Document, mistakes: Collector) -> str:
    """The kind, or the one that was meant, so that the rest of the file is read too."""
    workload, spot = document.tree.get(WORKLOAD), (WORKLOAD, "kind")
    kind = workload.get("kind") if isinstance(workload, dict) else None
    listed = f"It is one of: {', '.join(KINDS)}."
    if isinstance(kind, str) and kind in KINDS:
        return kind
    if isinstance(kind, str):
        near = difflib.get_close_matches(kind, KINDS, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        mistakes.say(spot, f"“{kind}” is not a kind of workload", hint + listed)
        if near:
            return near[0]
    elif kind is not None:
        mistakes.say(spot, "kind is one word, not a list or a block", listed)
    elif document.has(spot):
        mistakes.say(spot, "kind has no value", listed, key=True)
    elif WORKLOAD not in document.tree:
        mistakes.say((), "there is no workload", "Add for example: " + THREE_LINES)
    elif isinstance(workload, dict | None):
        return DEFAULT_KIND
    else:
        mistakes.say(spot[:1], "workload is a block of keys, not a value", INDENT)
    raise mistakes.all()


def _unalias(document: Document, mistakes: Collector) -> None:
    """Give keys with a short or a former spelling their own."""
    for home, spellings in ((WORKLOAD, ALIASES), ("buy", FORMER), (OWNED, FORMER)):
        block = document.tree.get(home)
        for other, full in spellings.items() if isinstance(block, dict) else ():
            if other in block and full in block:
                later = max(other, full, key=lambda key: document.place((home, key), key=True).line)
                mistakes.say((home, later), f"{full} and {other} are the same key",
                             "Keep one of the two.", key=True)  # fmt: skip
                block.pop(other)
            elif other in block:
                document.move((home, other), (home, full))


# ---- years of ownership, and a bill of materials -------------------------------------------------


def _model(
    tree: Mapping[str, Any], kind: str, own: OwnLines | None = None, *, asked: bool = False
) -> Model:
    """The lines and inputs of a kind, as the blocks of its file ask for them.

    `asked`: with the years of ownership, which a setting may ask for.
    """
    billed = BILL in tree or not BILL_INPUTS.isdisjoint(_block(tree, "buy"))
    listed, awarded = ITEMS in _block(tree, BILL), AWARDS in _block(tree, QUOTES)
    tables = (QUOTES in tree, RENT_QUOTES in tree, listed, awarded)
    owned, extra = asked or _is_owned(tree, kind), own.items if own else ()
    if QUOTES not in tree:
        extra += tuple(one for key, one in ASKED_OF_VENDORS.items() if key in _block(tree, "buy"))
    return model_for(kind, owned, extra, billed, *tables)


def _gather_items(document: Document, mistakes: Collector) -> None:
    """Put the items of the bill into its block: they stand at the left margin, below buy or own.

    Beside them one amount for storage is what stands in where no item is storage.
    """
    tree = document.tree
    margin: list[tuple[str, ...]] = [()] if ITEMS in tree else []
    homes = margin + [(one,) for one in ("buy", OWNED) if ITEMS in _block(tree, one)]
    for (home,) in homes[1:]:
        wrong = f"{ITEMS} stands below {home} too"
        mistakes.say((home, ITEMS), wrong, "Keep one of the two.", key=True)
        tree[home].pop(ITEMS)
    if not homes or not isinstance(tree.get(BILL), dict | None):
        return
    document.move((*homes[0], ITEMS), (BILL, ITEMS))
    for home in ("buy", OWNED):
        if "storage_cost" in _block(tree, home):
            document.move((home, "storage_cost"), ("buy", "storage_estimate"))


def _block(tree: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What stands in a block; nothing where there is none."""
    block = tree.get(name)
    return block if isinstance(block, dict) else {}


def _is_owned(tree: Mapping[str, Any], kind: str) -> bool:
    """Whether the fleet of a run is owned over years too."""
    return kind in OWNABLE and OWNED in tree


def _gather_owned(document: Document, model: Model, mistakes: Collector) -> None:
    """Let block own hold what ownership shares with the run: each goes to its own block."""
    tree = document.tree
    block = tree.get(OWNED)
    if not isinstance(block, dict):
        return
    shared = shared_with_owned(model)
    for key in [one for one in block if one in shared]:
        home = shared[key].section
        there = tree.get(home)
        if isinstance(there, dict) and key in there:
            wrong = f"{key} stands below {home} too"
            mistakes.say((OWNED, key), wrong, "Keep one of the two.", key=True)
            block.pop(key)
        elif isinstance(there, dict | None):
            document.move((OWNED, key), (home, key))


# ---- price lists of one's own --------------------------------------------------------------------


def _catalogue(
    document: Document, path: Path, mistakes: Collector,
    prices: Sequence[tuple[str, bytes]] | None,
) -> tuple[Catalogue, bool]:  # fmt: skip
    """The catalogue under the company's own lists, those named, else the folder's.

    With it whether each list could be found and read.
    """
    tree = document.tree
    if prices is not None:
        if not prices:
            return shipped(), True
        catalogue, mistakes.in_lists = laid_over_as_carried(prices)
        return catalogue, not mistakes.in_lists
    if "catalogue" not in tree:
        lists, hold = folder_lists(), True
    elif tree["catalogue"] == SHIPPED:
        return shipped(), True
    else:
        lists, hold = _named_lists(document, path.parent, mistakes)
    if not lists:
        return shipped(), hold
    catalogue, mistakes.in_lists = laid_over(lists)
    return catalogue, hold and not mistakes.in_lists


def _named_lists(document: Document, folder: Path, mistakes: Collector) -> tuple[list[Named], bool]:
    """The files that the catalogue key names, and whether each is one; a mistake where not."""
    said = document.tree["catalogue"]
    lists: list[Named] = []
    several, hold = isinstance(said, list), True
    for index, one in enumerate(said if several else [said]):
        path = ("catalogue", index) if several else ("catalogue",)
        place = document.place(path)
        if not isinstance(one, str) or not one.strip():
            wrong = "a price list is named by its path"
            mistakes.say(path, wrong, CATALOGUE_EXAMPLE, key=one is None)
            hold = False
            continue
        base = Path() if place.name == "--set" else folder
        try:
            lists += named_lists(one.strip(), base, place)
        except Mistakes as error:
            mistakes.take(error.mistakes)
            hold = False
    return lists, hold
