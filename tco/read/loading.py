"""Loading: a scenario file read with positions, validated, and turned into a scenario.

Every mistake of a file is found in one run and names its line, its excerpt and what to type.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from tco import __version__
from tco.catalogue.pricelists import SHIPPED, Named, folder_lists, laid_over, named_lists
from tco.catalogue.shipped import Catalogue, defaults, shipped
from tco.errors import MOST_TOLD, Mistake, Mistakes, Place, mistake, sorted_by_place
from tco.facts import TYPED, Fact, Tables, supplied
from tco.files import bundled
from tco.lines import (
    Choice,
    Given,
    Line,
    Model,
    both,
    defined,
    line,
    rounded,
    undefined,
    where,
)
from tco.lines.items import called
from tco.lines.limits import option_words
from tco.model import KINDS, OWNABLE, OWNED, model_for, trades_time
from tco.model.own_figures import KEY as OWN_FIGURES
from tco.model.own_figures import own_figures
from tco.model.state import SAID
from tco.read.document import Document, read_document
from tco.read.giventables import GivenTables
from tco.read.keys import every_key, is_key, nearest, respell
from tco.read.ownlines import OwnLines, lacking_parts, own_lines, wrong_options
from tco.read.refusals import Refusals
from tco.read.schema import (
    ALIASES,
    CATALOGUE_EXAMPLE,
    DEADLINES_EXAMPLE,
    UNWRITABLE,
    file_model,
    keys_at,
    shared_with_owned,
)
from tco.read.syntax import DEEP_WORDS
from tco.read.textfile import STDIN, STDIN_NAME, SUFFIXES, elsewhere, read_stdin, read_text
from tco.scenario import Scenario

DEADLINES = (5, 7, 10, 14, 20, 30, 45, 60, 90, 120, 150, 180)
DEFAULT_KIND = "train"
THREE_LINES = "parameters: 70B, tokens: 2T and deadline: 60 days, each on a line of its own"
_GENERAL = ("currency", "as_of", "usd_rate")


def locate(name: str) -> Path:
    """The file a command names: a path, or the name of a bundled scenario.

    Raises `Mistakes` with the nearest name where there is neither.
    """
    path = Path(name)
    if path.exists():
        return path
    known = {one.stem: one for one in sorted(bundled("scenarios").glob("*.yaml"))}
    if name in known:
        return known[name]
    listed = f"Type a path, or one of: {', '.join(known)}. Start one of your own with: tco new NAME"
    wrong, remedy = elsewhere(name) or (
        "there is no such file, and no bundled scenario of that name",
        f"{_file_meant(path, known)}{listed}",
    )
    raise mistake(name, wrong, remedy)


def _file_meant(path: Path, bundled_names: Iterable[str]) -> str:
    """A guess at the file that is meant: one beside it, else a bundled scenario."""
    with contextlib.suppress(OSError):
        beside = [one.name for one in path.parent.iterdir() if one.suffix in SUFFIXES]
        names = {name.rpartition(".")[0]: name for name in beside}
        if path.stem in names:
            return f"Did you mean {path.parent / names[path.stem]}? "
        if near := difflib.get_close_matches(path.name, beside, 1):
            return f"Did you mean {path.parent / near[0]}? "
    near = difflib.get_close_matches(path.stem, bundled_names, 1)
    return f"Did you mean {near[0]}? " if near else ""


def load(name: str, sets: Iterable[str] = ()) -> Scenario:
    """Read a scenario file, a bundled one, or - for standard input; lay `KEY=VALUE` settings over.

    Raises:
        Mistakes: everything that is wrong with the file and the settings, in one go.
    """
    if name == STDIN:
        path, shown, text = Path("stdin"), STDIN_NAME, read_stdin()
    else:
        path = locate(name)
        if UNWRITABLE.search(path.name):
            raise mistake(name, "the name of this file is not text in UTF-8", "Rename the file.")
        shown, text = str(path), read_text(path)
    try:
        document = read_document(shown, text, is_key)
        return _Reader(document, tuple(sets), path).scenario()
    except RecursionError:
        raise mistake(shown, *DEEP_WORDS) from None


# ---- from file to facts -----------------------------------------------------------------------


class _Reader:
    """Turns one document into a scenario, collecting every mistake on the way."""

    def __init__(self, document: Document, sets: tuple[str, ...], path: Path) -> None:
        self.document = document
        self.sets = sets
        self.path = path
        self.mistakes: list[Mistake] = list(document.mistakes)
        self.untold = 0  # mistakes beyond those that are told
        self.set_keys: set[str] = set()
        self.broken: set[str] = set()  # keys that a mistake was said of
        self.catalogue: Catalogue = shipped()
        self.in_lists: tuple[Mistake, ...] = ()  # what is wrong with own price lists
        self.kind = DEFAULT_KIND
        self.owned = False  # the fleet of a run is owned over years too
        self.without_lists = False  # one that is named could not be found
        self.own = OwnLines()
        self.refusals = Refusals(document, self._say, self.catalogue, self.broken)
        self.tables = GivenTables(document, self._say, path.name, self.broken)

    def scenario(self) -> Scenario:
        tree = self._tree()
        kind = self._kind(tree)
        self.kind = kind
        base = model_for(kind, owned=OWNED in tree)
        own = self._gather_own(base)
        base = model_for(kind, OWNED in tree, own.items)
        self.tables.complete(tree, base)
        self._lay_over(tree, self._settable(kind, base))
        self.owned = kind in OWNABLE and OWNED in tree
        base = model_for(kind, self.owned, own.items)
        self._unalias(tree)
        self._gather_owned(tree, base)
        self._take_lists(tree)
        currency = str(tree.get("currency") or "USD").strip()
        parsed = self._validate(tree, kind, currency)
        given = self._given(parsed, base)
        tables = self.tables.read(parsed, base)
        given = self._naming_rows(base, given, tables)
        self.mistakes += wrong_options(own, self.document, base, self.catalogue, tables)
        self._rate(parsed, currency)
        deadlines = ()
        if trades_time(base):
            deadlines = tuple(parsed.deadlines or DEADLINES)
        published = tuple((key.removeprefix("published_"), given[key].note) for key in given
                          if key.startswith("published_") and key not in base)  # fmt: skip
        taken = tuple(key for key in given if key in base.lines)
        far = [one.said for one in self.catalogue.findings]
        model = _model_of(base, taken, published, len(deadlines), far[0] if far else "")
        if self.in_lists or self.without_lists:  # what a list lacks would be said twice
            raise self._all()
        facts = self._resolve(model, given, parsed, deadlines, tables)
        self.refusals.thinkable(model, facts)
        self._stop()
        made = Scenario(
            name=self.path.stem,
            title=parsed.title or self.path.stem,
            path=self.path.name,
            kind=kind,
            currency=currency,
            as_of=parsed.as_of,
            catalogue=self.catalogue,
            model=model,
            facts=facts,
            tables=tables,
            deadlines=deadlines,
            sha256=self._hash(facts, tables),
            owned=self.owned,
            warnings=tuple(sorted_by_place(self.document.warnings)),
        )
        self.mistakes += lacking_parts(own, self.document, made)
        self._stop()
        self.refusals.finite(made)
        self._stop()
        return made

    def _gather_own(self, model: Model) -> OwnLines:
        """The inputs and lines that the file adds to the model, taken out of the tree."""
        self.own = own_lines(self.document, model, {*every_key(), *self.catalogue.tables})
        self.mistakes += self.own.mistakes
        self.broken |= self.own.broken
        return self.own

    def _stop(self) -> None:
        if self.mistakes:
            raise self._all()

    def _all(self) -> Mistakes:
        order = sorted_by_place([*self.mistakes, *self.document.warnings])
        return Mistakes([*order, *self.in_lists], self.untold)

    def _say(self, path: tuple[Any, ...], wrong: str, remedy: str, *, key: bool = False) -> None:
        place = self.document.place(path, key=key)
        if place.name == "--set":  # there one value follows an equals sign, no block
            remedy = re.sub(
                r"(?:Type|Add) for example: (\w+: \{.+)", r"Write in the file: \1", remedy
            )
            remedy = re.sub(r"(Type for example): (\w+): (.+)", r'\1: --set "\2=\3"', remedy)
        self.mistakes.append(Mistake(place, wrong, remedy))

    def _tree(self) -> dict[str, Any]:
        tree = self.document.tree
        if not isinstance(tree, dict):
            self._say(
                (), "a scenario is made of keys, each followed by a colon",
                "Start with a working one: tco new NAME",
            )  # fmt: skip
            raise self._all()
        self.untold += respell(tree, self.document, self._say_unknown)
        if self.untold:
            raise self._all()
        self._gather_workload(tree)
        return tree

    def _gather_workload(self, tree: dict[str, Any]) -> None:
        """Read a file without blocks as its workload: three lines are a scenario."""
        model = model_for(DEFAULT_KIND)
        keys = {key for key, item in model.items.items() if item.section == "workload"}
        keys |= {"kind", *ALIASES}
        found = [key for key in tree if key in keys]
        if "workload" not in tree and not found:
            found = self._nearly_workload(tree, keys)
        if "workload" in tree or not found:
            return
        tree["workload"] = {key: tree.pop(key) for key in found}
        for key in found:
            self.document.rename((key,), ("workload", key))
        self.refusals.blockless = True

    def _nearly_workload(self, tree: dict[str, Any], keys: set[str]) -> list[str]:
        """Misspelt keys of a workload; or none, with the misspelt block of them put right."""
        known = [*keys, "workload", *keys_at(file_model(DEFAULT_KIND, "USD", shipped()), ())]
        meant = {key: difflib.get_close_matches(key, known, 1) for key in [*tree][:MOST_TOLD]}
        for key, near in meant.items():
            if near == ["workload"] and isinstance(tree[key], dict):
                self._say_unknown((key,), "Did you mean workload?")
                tree["workload"] = tree.pop(key)
                self.document.rename((key,), ("workload",))
                return []
        return [key for key, near in meant.items() if keys.intersection(near)]

    def _kind(self, tree: dict[str, Any]) -> str:
        """The kind, or the one that was meant, so that the rest of the file is read too."""
        workload, spot = tree.get("workload"), ("workload", "kind")
        kind = workload.get("kind") if isinstance(workload, dict) else None
        listed = f"It is one of: {', '.join(KINDS)}."
        if isinstance(kind, str) and kind in KINDS:
            return kind
        if isinstance(kind, str):
            near = difflib.get_close_matches(kind, KINDS, 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            self._say(spot, f"“{kind}” is not a kind of workload", hint + listed)
            if near:
                return near[0]
        elif kind is not None:
            self._say(spot, "kind is one word, not a list or a block", listed)
        elif self.document.has(spot):
            self._say(spot, "kind has no value", listed, key=True)
        elif "workload" not in tree:
            self._say((), "there is no workload", "Add for example: " + THREE_LINES)
        elif isinstance(workload, dict | None):
            return DEFAULT_KIND
        else:
            self._say(spot[:1], "workload is a block of keys, not a value", _INDENT)
        raise self._all()

    def _lay_over(self, tree: dict[str, Any], model: Model) -> None:
        """Put --set KEY=VALUE where the key belongs in the file."""
        for setting in self.sets:
            name, equals, value = setting.partition("=")
            section_said, _, key = name.strip().rpartition(".")
            key = ALIASES.get(key, key)
            place = Place("--set", 0, 1, setting, len(name) or 1)
            if not equals:
                self.mistakes.append(
                    Mistake(place, "a setting is a key, an equals sign and a value",
                            "Type for example: --set mfu=0.4")
                )  # fmt: skip
                continue
            if self._point(tree, key, value.strip(), place, model):
                continue
            if name.strip().partition(".")[0] in model.tables:
                self.tables.set_value(tree, model, name.strip(), value.strip(), place)
                continue
            published = key.removeprefix("published_")
            if key in model and (axis := model[key].along):
                wrong = f"{key} is a column along {axis.replace('_', ' ')}"
                given = axis in model.tables and isinstance(model[key], Given)
                remedy = f"Set one row: --set {axis}.ROW.KEY=VALUE" if given else "Set its inputs."
                self.mistakes.append(Mistake(place, wrong, remedy))
                continue
            if key in (*_GENERAL, "title", "catalogue"):
                path: tuple[str, ...] = (key,)
            elif published != key and published in model.lines:
                path = ("published", published)
            elif key in model and (section := model[key].section) not in (*SAID, ""):
                path = (section, key)
            else:
                settable = [
                    k
                    for k in (*model.givens, *model.lines, *ALIASES)
                    if k in ALIASES or model[k].section not in SAID
                ]
                near = nearest(key, settable)
                hint = f"Did you mean {near}? " if near else ""
                self.mistakes.append(
                    Mistake(
                        place,
                        f"{name.strip()} is neither an input nor a line",
                        f"{hint}See every key with: tco show SCENARIO",
                    )
                )
                continue
            if section_said not in ("", path[0]):
                remedy = f"Type for example: --set {key}={value}"
                self.mistakes.append(Mistake(place, f"{key} is not below {section_said}", remedy))
                continue
            spot: Any = tree
            for step in path[:-1]:
                if spot.get(step) is None:
                    spot[step] = {}
                spot = spot[step]
                if not isinstance(spot, dict):
                    break
            else:
                for short, full in ALIASES.items():
                    if full == key:
                        spot.pop(short, None)
                spot[path[-1]] = value.strip()
                self.set_keys.add(key)
                start = len(name) + 2
                self.document.remember(path, Place("--set", 0, start, setting, len(value) or 1))

    def _point(
        self, tree: dict[str, Any], key: str, value: str, place: Place, model: Model
    ) -> bool:
        """Set one point of the deadline table; the points stand in a list of their own."""
        found = re.fullmatch(r"deadline_point_(\d+)", key)
        if not found or not trades_time(model):
            return False
        points = tree.setdefault("deadlines", [f"{days} days" for days in DEADLINES])
        number = int(found[1])
        if isinstance(points, list) and 1 <= number <= len(points):
            points[number - 1] = value
            self.set_keys.add(key)
            self.document.remember(("deadlines", number - 1), place)
        else:
            self.mistakes.append(
                Mistake(
                    place,
                    f"the deadline table has no point {number}",
                    "Give the points as a list: deadlines: [5 days, 10 days]",
                )
            )
        return True

    def _unalias(self, tree: dict[str, Any]) -> None:
        workload = tree.get("workload")
        if not isinstance(workload, dict):
            return
        for short, full in ALIASES.items():
            if short in workload and full in workload:
                later = max(short, full, key=lambda k: self.document.keys[("workload", k)].line)
                self._say(
                    ("workload", later), f"{full} and {short} are the same key",
                    "Keep one of the two.", key=True,
                )  # fmt: skip
                workload.pop(short)
            elif short in workload:
                workload[full] = workload.pop(short)
                self.document.rename(("workload", short), ("workload", full))

    def _settable(self, kind: str, base: Model) -> Model:
        """The model whose keys may be set: a setting may be what asks for ownership."""
        keys = (setting.partition("=")[0].strip().rpartition(".")[2] for setting in self.sets)
        return base if all(ALIASES.get(key, key) in base for key in keys) else (
            model_for(kind, True, self.own.items)
        )  # fmt: skip

    def _gather_owned(self, tree: dict[str, Any], model: Model) -> None:
        """Let block own hold what ownership shares with the run: each goes to its own block."""
        block = tree.get(OWNED)
        if not isinstance(block, dict):
            return
        shared = shared_with_owned(model)
        for key in list(block):
            if key not in shared:
                continue
            home = shared[key].section
            there = tree.get(home)
            if isinstance(there, dict) and key in there:
                wrong = f"{key} stands below {home} too"
                self._say((OWNED, key), wrong, "Keep one of the two.", key=True)
                block.pop(key)
            elif there is None or isinstance(there, dict):
                tree[home] = {**(there or {}), key: block.pop(key)}
                self.document.rename((OWNED, key), (home, key))

    def _take_lists(self, tree: dict[str, Any]) -> None:
        """Lay the company's own price lists over the catalogue: those named, else the folder's."""
        if "catalogue" not in tree:
            lists = folder_lists()
        elif tree["catalogue"] == SHIPPED:
            return
        else:
            lists = self._named_lists(tree["catalogue"])
        if lists:
            self.catalogue, self.in_lists = laid_over(lists)
            self.refusals.catalogue = self.catalogue

    def _named_lists(self, said: Any) -> list[Named]:
        """The files that the catalogue key names; a mistake for each that is none."""
        lists: list[Named] = []
        several = isinstance(said, list)
        for index, one in enumerate(said if several else [said]):
            path = ("catalogue", index) if several else ("catalogue",)
            place = self.document.place(path)
            if not isinstance(one, str) or not one.strip():
                wrong = "a price list is named by its path"
                self._say(path, wrong, CATALOGUE_EXAMPLE, key=one is None)
                self.without_lists = True
                continue
            base = Path() if place.name == "--set" else self.path.parent
            try:
                lists += named_lists(one.strip(), base, place)
            except Mistakes as error:
                self.mistakes += error.mistakes
                self.without_lists = True
        return lists

    def _validate(self, tree: dict[str, Any], kind: str, currency: str) -> Any:
        """The file as its model, less what is mistaken: that is said and dropped."""
        published = "published" in tree
        shape = file_model(kind, currency, self.catalogue, self.owned, published=published,
                           extra=self.own.items)  # fmt: skip
        for _ in range(4):  # a block without its unknown key shows what is wrong with its value
            try:
                return shape.model_validate(tree)
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    if len(self.mistakes) >= MOST_TOLD:
                        self.untold += 1
                        continue
                    inner = ("function-", "lax-or-")
                    path = tuple(step for step in one["loc"] if not str(step).startswith(inner))
                    self._explain(one, path, shape)
                    aside = path[2:] in (("source",), ("date",), ("note",))
                    in_row = len(path) > 3  # what else its row lacks is not said too
                    whole = in_row or (not aside and one["type"] != "extra_forbidden")
                    self._drop(tree, path, shape, whole=whole)
                if self.untold:
                    break
        raise self._all()

    def _drop(
        self, tree: dict[str, Any], path: tuple[Any, ...], shape: type[BaseModel], *, whole: bool
    ) -> None:
        """Take a mistaken part out of the tree: the leaf, or just the key that is none."""
        if whole and self.tables.drop_row(tree, path):
            return
        top = str(path[0])
        section = bool(keys_at(shape, (top,))) and top != "usd_rate"
        if whole:
            path = path[: 2 if section else 1]
        if section and len(path) == 1:
            self.broken |= set(keys_at(shape, (top,)))
        elif len(path) < 3:
            self.broken.add(ALIASES.get(str(path[-1]), str(path[-1])))
        spot: Any = tree
        for step in path[:-1]:
            if isinstance(spot, list) and isinstance(step, int) and step < len(spot):
                spot = spot[step]
            else:
                spot = spot.get(step) if isinstance(spot, dict) else None
        if isinstance(spot, dict):
            spot.pop(path[-1], None)

    def _explain(self, error: Any, path: tuple[Any, ...], shape: type[BaseModel]) -> None:
        kind, context = error["type"], error.get("ctx", {})
        if kind == "mistake":
            for part, wrong, remedy in context["parts"]:
                self._say((*path, part) if part else path, wrong, remedy)
        elif kind == "extra_forbidden":
            *above, key = path
            self._say_unknown(path, self._key_meant(str(key), above, shape))
        elif kind == "missing":
            remedy = "Add value: and what it is; low, high, source, date and note go beside it."
            self._say(path[:-1], f"{path[-2]} has no value", remedy, key=True)
        elif kind in ("model_type", "model_attributes_type", "dict_type"):
            self._say(path, f"{path[-1]} is a block of keys, not a value", _INDENT)
        elif kind == "list_type":
            remedy = DEADLINES_EXAMPLE if path[-1] == "deadlines" else _ROWS
            self._say(path, f"{path[-1]} is a list", remedy)
        else:
            self._say(path, str(error["msg"]).lower(), "See the bundled scenarios: tco scenarios")

    def _say_unknown(self, path: tuple[Any, ...], remedy: str) -> None:
        *above, key = path
        said = str(key).strip() or "an empty word"
        there = [] if self.refusals.blockless and above == ["workload"] else above
        self._say(path, f"{said} is not a key{_below(there)}", remedy, key=True)

    def _key_meant(self, key: str, above: Sequence[Any], shape: type[BaseModel]) -> str:
        """What to do about a key that is none: the nearest one, where it belongs, or the list."""
        known = keys_at(shape, tuple(above))
        if self.refusals.blockless and not above:
            known = [*keys_at(shape, ("workload",)), *known]
        if key != key.strip():
            return "It begins or ends with a special space: delete that, and type plain spaces."
        if key == "<<":
            return "Write the keys themselves: blocks are not merged here."
        if near := nearest(key, known):
            self.broken.add(ALIASES.get(near, near))
            return f"Did you mean {near}?"
        blocks = [one for one in shape.model_fields if one not in ("published", "usd_rate")]
        if home := [one for one in blocks if key in keys_at(shape, (one,))]:
            return f"{key} belongs below {home[0]}:"
        whole = model_for(self.kind, owned=True)
        if key in whole and whole[key].section == OWNED:
            return f"{key} belongs below {OWNED}:"
        if above and key in shape.model_fields:
            return f"{key}: starts at the left margin: delete the spaces before it."
        remedy = f"Known here: {', '.join(known[:12])}" + (", ..." if known[12:] else ".")
        if others := [kind for kind in KINDS if _has_key(model_for(kind, True), str(key), above)]:
            remedy = f"It is a key of kind {', '.join(others)}. {remedy}"
        place = self.document.place((*above, key), key=True)
        if len(above) > 1 and "," in place.excerpt[: place.column]:
            remedy += " A text with a comma in it needs quotation marks."
        return remedy

    def _given(self, parsed: Any, model: Model) -> dict[str, Fact]:
        """What the file gives, by key."""
        given: dict[str, Fact] = {}
        for section in sorted({item.section for item in model.givens.values()}):
            block = getattr(parsed, section, None)
            if block is None or section == "general":
                continue
            for key, leaf in block:
                if isinstance(leaf, BaseModel):
                    given[key] = self._fact(key, leaf, (section, key))
        if parsed.published is not None:
            for key, leaf in parsed.published:
                if leaf is not None:
                    name = f"published_{key}"
                    given[name] = self._fact(name, leaf, ("published", key))
        return given

    def _fact(self, key: str, leaf: Any, path: tuple[str, ...]) -> Fact:
        low, high = leaf.low, leaf.high
        numbers = isinstance(leaf.value, float)
        if numbers and low is not None and low > leaf.value:
            self._say(
                (*path, "low"), f"{key}: low is above the value", "Swap them, or correct one."
            )
        if numbers and high is not None and high < leaf.value:
            self._say(
                (*path, "high"), f"{key}: high is below the value", "Swap them, or correct one."
            )
        set_here = key in self.set_keys
        source = leaf.source or (TYPED if set_here else f"stated: {self.path.name}")
        return Fact(
            leaf.value, low, high, source, leaf.date, leaf.note, "set" if set_here else "scenario"
        )

    def _naming_rows(self, model: Model, given: dict[str, Fact], tables: Tables) -> dict[str, Fact]:
        """Choices among given rows, spelled as the rows are; a mistake where there is none."""
        found = dict(given)
        for key, fact in given.items():
            item = model.givens.get(key)
            if not isinstance(item, Choice) or not item.names or not tables[item.names]:
                continue
            said, rows = str(fact.value), {one.name.casefold(): one.name
                                           for one in tables[item.names]}  # fmt: skip
            if said.casefold() in rows:
                found[key] = replace(fact, value=rows[said.casefold()])
                continue
            near = difflib.get_close_matches(said.casefold(), rows, 1)
            hint = f"Did you mean {rows[near[0]]}? " if near else ""
            self._say(
                (item.section, key), str(option_words(item, said)),
                f"{hint}It is one of: {'; '.join(rows.values())}.",
            )  # fmt: skip
            self.broken.add(key)
        return found

    def _rate(self, parsed: Any, currency: str) -> None:
        """A currency other than the US dollar needs a dated exchange rate."""
        if currency == "USD":
            if parsed.usd_rate is not None and parsed.usd_rate.value != 1:
                self._say(
                    ("usd_rate",),
                    f"usd_rate is {parsed.usd_rate.value:g}, but the currency is the US dollar",
                    "Delete usd_rate, or name the currency, for example: currency: EUR",
                )
            return
        if not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
            self._say(("currency",), f"“{currency}” is not a currency code",
                      "Type three capital letters, for example: currency: EUR")  # fmt: skip
            return
        typed = "usd_rate: {value: 0.92, date: 2026-11-20, source: your treasury}"
        if parsed.usd_rate is None:
            if "usd_rate" in self.broken:
                return
            self._say(
                ("currency",),
                f"{currency} needs usd_rate: what one US dollar costs in {currency}, with its date",
                f"Add for example: {typed}",
            )
        elif not parsed.usd_rate.date:
            self._say(("usd_rate",), "usd_rate has no date", f"Type for example: {typed}")

    # ---- resolving: given, else catalogue, else default -----------------------------------

    def _resolve(
        self, model: Model, given: dict[str, Fact], parsed: Any, deadlines: Sequence[float],
        tables: Tables,
    ) -> dict[str, Fact]:  # fmt: skip
        facts = self._general(parsed) | given
        for item in model.givens.values():  # the size that classes of defaults go by comes first
            size = item.default_class[3] if isinstance(item, Choice) and item.default_class else ""
            if size and size not in facts:
                facts[size] = supplied(self.catalogue, model.givens[size], facts)
        for key, item in model.givens.items():
            if isinstance(item, Choice) and not item.along and key not in given:
                facts[key] = supplied(self.catalogue, item, facts)
        points = iter(deadlines)
        for key, item in model.givens.items():
            if key in facts or item.along or item.of or item.counted:
                continue
            if key == OWN_FIGURES:
                said = "definition: counted in the own lists when this file was built"
                facts[key] = Fact(
                    float(len(self.catalogue.findings)), source=said, origin="default"
                )
            elif item.section == "deadlines":
                said = "definition: points of the table"
                typed = key in self.set_keys
                facts[key] = Fact(next(points), source=TYPED if typed else said,
                                  origin="set" if typed else "default")  # fmt: skip
            else:
                facts[key] = supplied(self.catalogue, item, facts)
        if self.mistakes and model.tables:  # nothing can be said of what rests on a broken table
            self.refusals.missing(model, facts)
        else:
            self.refusals.refuse(model, facts, tables)
        return {key: facts[key] for key in model.givens if key in facts}

    def _general(self, parsed: Any) -> dict[str, Fact]:
        if parsed.usd_rate is None:
            known = defaults()["usd_rate"]
            rate = Fact(float(known.value), source=known.source, origin="default")
        else:
            rate = self._fact("usd_rate", parsed.usd_rate, ("usd_rate",))
        stated = f"stated: {self.path.name}"
        return {
            "currency": Fact(parsed.currency or "USD", source=stated),
            "as_of": Fact(parsed.as_of, source=TYPED if "as_of" in self.set_keys else stated),
            "usd_rate": rate,
        }

    def _hash(self, facts: Mapping[str, Fact], tables: Tables) -> str:
        """The hash of everything that decides the numbers: all inputs and the version."""
        content = {
            key: [repr(f.value), f.low, f.high, f.source, f.date, f.note]
            for key, f in facts.items()
        }
        lists = [[one.name, one.rows, one.sha256] for one in self.catalogue.own_lists]
        rows = {
            axis: [
                [one.name, [repr(v) for v in one.values.values()], one.source, one.date, one.note]
                for one in table
            ]
            for axis, table in tables.items()
        }
        parts: list[Any] = [__version__, content]
        parts += [one for one in (lists, rows, self.own.said) if one]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


_ROWS = "Give a row each, below it, beginning with a dash: - {KEY: VALUE, KEY: VALUE}"
_INDENT = "Put its keys below it, each on a line of its own, indented by two spaces."


def _has_key(model: Model, key: str, above: Sequence[Any]) -> bool:
    """Whether a kind has a key, a block or a table at that place of its file."""
    key = ALIASES.get(key, key)
    if not above:
        return key in {one.section for one in model.givens.values()}
    there = key in model and model[key].section == above[-1] and not model[key].along
    return there or key in model.tables


def _below(above: Sequence[Any]) -> str:
    if above and isinstance(above[-1], int):
        return f" of row {above[-1] + 1} of {above[-2]}"
    return f" below {above[-1]}" if above else " of a scenario"


@functools.lru_cache(maxsize=64)
def _model_of(
    base: Model, given: tuple[str, ...], published: tuple[tuple[str, str], ...], deadlines: int,
    far: str,
) -> Model:  # fmt: skip
    """The lines and inputs of one scenario: some lines are given, some have a published figure.

    `given` are the lines that are inputs here, `published` keys with their reasons, `deadlines`
    the points of the deadline table, `far` what is said of the first own figure that is far off.
    """
    extra = [one for key, reason in published for one in _published_lines(base, key, reason)]
    width = max(2, len(str(deadlines)))
    points = [
        Given(f"Deadline, point {point}", "day", "A point of the deadline table and chart.",
              above=0, key=f"deadline_point_{point:0{width}d}", section="deadlines")
        for point in range(1, deadlines + 1)
    ]  # fmt: skip
    own = own_figures(far) if far else ()
    return base.given(given).with_lines(*extra, *points, *own)


def _published_lines(model: Model, key: str, reason: str) -> list[Given | Line]:
    """A published figure as an input, and how far ours lies from it."""
    ours = model[key]
    name = f"published_{key}"

    def gap(computed: Any, published: Any) -> Any:
        known = both(defined(computed), defined(published))
        return where(known, rounded(computed / published - 1), undefined("not comparable"))

    said = f"{reason[0].upper()}{reason[1:].rstrip('.')}. " if reason else ""
    note = f"{said}How far the computed figure lies from the published one."
    rule = called(gap, f"{name}_gap", note, key, name)
    made = line(f"{ours.label}: computed over published", "share")(rule)
    return [
        Given(f"Published: {ours.label}", ours.unit, "As the source prints it.", required=False,
              key=name, section="published"),
        replace(made, section="published"),
    ]  # fmt: skip
