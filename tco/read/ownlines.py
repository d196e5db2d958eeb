"""Inputs and lines that a scenario writes itself, in its blocks `inputs` and `lines`.

They become items of the model like those that are written in it. The value of an input then goes
below the section that the input stands in, so that it is read, set and resolved like any other.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tco.catalogue.shipped import Catalogue, shipped
from tco.errors import Place
from tco.facts import Tables
from tco.facts import options as options_of
from tco.lines import Choice, Given, Line, Model, Undefined, part
from tco.lines.expression import Reference, walk
from tco.lines.formula import Fault, Formula, read_formula
from tco.lines.names import unfit
from tco.lines.order import reach
from tco.lines.units import parse
from tco.lines.written import Readable, references, unknown_options, unreadable, written_line
from tco.model.added import homes_of, totals
from tco.model.rates import rate_code
from tco.model.state import SAID
from tco.quantities.forms import known_units
from tco.read.collector import Collector
from tco.read.document import Document
from tco.read.keys import every_key
from tco.read.schema import LEAF, OWN
from tco.read.values import MOST_CHARACTERS
from tco.scenario import Scenario

INPUTS, LINES = OWN
INPUT_KEYS = ("unit", *LEAF, "label")
LINE_KEYS = ("label", "unit", "of", "formula", "note")
MOST_ITEMS = 200
_LABEL_CHARACTERS = 60
_INPUT_EXAMPLE = "{unit: USD/token, value: 1e-8, source: offer 12}"
_LINE_EXAMPLE = "{label: Data licence, unit: USD, formula: tokens * licence_price}"
_EXAMPLES = {INPUTS: f"licence_price: {_INPUT_EXAMPLE}", LINES: f"licence_cost: {_LINE_EXAMPLE}"}
_IN_FACTS = ("value", "low", "high", "source", "date")  # what is said of an input by its fact
UNITS = sorted(
    unit for unit in known_units()
    if unit not in ("", "grid", "nat") and not unit.endswith(" exact") and "US$" not in unit
    and not unit.startswith("board")  # forms of the first sheet
)  # fmt: skip

Path_ = tuple[Any, ...]
Block = Mapping[str, dict[str, Any]]


@dataclass(frozen=True)
class OwnLines:
    """What a scenario adds to its model: `items` in the order of the file.

    `formulas` are those of lines without a mistake, `said` is all that decides their numbers.
    """

    items: tuple[Given | Line, ...] = ()
    said: Sequence[Any] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict)


def own_lines(document: Document, model: Model, mistakes: Collector) -> OwnLines:
    """Take the blocks `inputs` and `lines` out of the tree of a file.

    Args:
        document: the file; values of inputs are moved below their sections.
        model: the model of the scenario's kind, without them.
    """
    tree = document.tree
    if INPUTS not in tree and LINES not in tree:
        return OwnLines()
    return _Gathering(document, model, mistakes).found()


class _Gathering:
    """One pass over the two blocks, which collects every mistake."""

    def __init__(self, document: Document, model: Model, mistakes: Collector) -> None:
        self.document, self.model, self.mistakes = document, model, mistakes
        keys = {*every_key(), *shipped().tables}
        self.taken = keys | {*model.items, *model.columns, *model.axes, *model.tables}
        self.labels = {one.label.casefold(): key for key, one in model.items.items()}
        self.totals = totals(model)
        self.broken: set[str] = set()  # keys of which a mistake was said
        self.cut: set[str] = set()  # lines whose formula ended at a comma

    def found(self) -> OwnLines:
        inputs, lines = self._block(INPUTS, INPUT_KEYS), self._block(LINES, LINE_KEYS)
        for key in inputs.keys() & lines.keys():
            self._say((LINES, key), f"{key} is one of your inputs too", "Choose another key.")
            self.broken.add(key)
        givens = {key: self._given(key, inputs[key]) for key in inputs}
        formulas = self._formulas(lines, givens)
        made = self._lines(lines, givens, formulas)
        homes = homes_of(self.model, givens, made)
        for key in inputs.keys() - self.broken:
            self._move(key, inputs[key], homes[key])
        items: tuple[Given | Line, ...] = (
            *(
                replace(one, section=homes[key])
                for key, one in givens.items()
                if key not in self.broken
            ),
            *(replace(one, section=homes[key]) for key, one in made.items()),
        )
        said = [
            [key, {one: str(value) for one, value in block[key].items() if one not in _IN_FACTS}]
            for block in (inputs, lines)
            for key in block
        ]
        self.mistakes.broken |= self.broken
        formulas = {key: one for key, one in formulas.items() if key not in self.broken}
        return OwnLines(items, said, formulas)

    def _say(self, path: Path_, wrong: str, remedy: str, *, key: bool = True) -> None:
        self.mistakes.say(path, wrong, remedy, key=key)
        if len(path) > 1:
            self.broken.add(path[1])

    # ---- blocks ----

    def _block(self, name: str, known: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        """One of the two blocks: its keys that can be ones, each with a block of its own."""
        block = self.document.tree.pop(name, None)
        if block is None:
            return {}
        example = f"Write below it for example: {_EXAMPLES[name]}"
        if not isinstance(block, dict):
            self._say((name,), f"{name} is a block of keys, not a value", example)
            return {}
        if len(block) > MOST_ITEMS:
            wrong = f"{name} has {len(block):,} keys; the most is {MOST_ITEMS}"
            self._say((name,), wrong, "Put what belongs together into one.")
            return {}
        found = {}
        for key, value in block.items():
            if self._named(name, key) and self._is_block(name, key, value):
                found[key] = self._known_only(name, key, value, known)
        return found

    def _named(self, name: str, key: str) -> bool:
        wrong, remedy = unfit(key)
        if not wrong and (key in self.taken or rate_code(key)):
            wrong = f"{key} is a key already"
            remedy = f"Choose another, for example: {key}_own"
            if key in self.model:
                section = self.model[key].section
                remedy += f"; to give it a value, write it below {section}:"
        if wrong:
            self._say((name, key), wrong, remedy)
        return not wrong

    def _is_block(self, name: str, key: str, value: Any) -> bool:
        if isinstance(value, dict):
            return True
        lacking = "unit" if name == INPUTS else "formula" if value is None else "unit"
        example = _INPUT_EXAMPLE if name == INPUTS else _LINE_EXAMPLE
        self._say((name, key), f"{key} has no {lacking}", f"Write for example: {key}: {example}")
        return False

    def _known_only(
        self, name: str, key: str, value: dict[str, Any], known: tuple[str, ...]
    ) -> dict[str, Any]:
        for one in [one for one in value if one not in known]:
            if self._ended_by_comma(key, value, one):
                continue
            near = difflib.get_close_matches(one, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
            self._say((name, key, one), f"{one} is not a key below {key}", remedy)
        return {one: value[one] for one in value if one in known}

    def _ended_by_comma(self, key: str, value: dict[str, Any], rest: str) -> bool:
        """Say it where what looks like a key is the rest of a formula: braces end at commas."""
        formula = value.get("formula")
        if value[rest] is not None or not isinstance(formula, str) or "(" not in formula:
            return False
        if key not in self.cut:
            self.cut.add(key)
            wrong = f"{key}: between braces a formula ends at its first comma"
            remedy = f'Put it in quotation marks: formula: "{formula}, {rest}"'
            self._say((LINES, key, "formula"), wrong, remedy, key=False)
        return True

    def _texts(self, name: str, key: str, block: dict[str, Any]) -> tuple[str, str, str]:
        """The label, the unit and the note of an input or a line."""
        label = self._text((name, key, "label"), block.get("label"), _LABEL_CHARACTERS)
        label = label or key.replace("_", " ").capitalize()
        other = self.labels.setdefault(label.casefold(), key)
        if other != key:
            wrong = f"“{label}” is the label of {other} too"
            self._say((name, key, "label"), wrong, f"Write below {key} another one: label: ...")
        return label, self._unit(name, key, block), self._text(
            (name, key, "note"), block.get("note"), MOST_CHARACTERS
        )  # fmt: skip

    def _text(self, path: Path_, text: Any, most: int) -> str:
        wrong = ""
        if isinstance(text, dict | list):
            wrong = f"{path[-1]} is a text, not a list or a block"
        elif len(text or "") > most:
            wrong = f"this {path[-1]} has {len(text):,} characters; the most is {most:,}"
        if wrong:
            self._say(path, wrong, "Type one short line of text.", key=False)
        return "" if wrong else " ".join((text or "").split())

    def _unit(self, name: str, key: str, block: dict[str, Any]) -> str:
        unit = self._text((name, key, "unit"), block.get("unit"), _LABEL_CHARACTERS)
        if not unit:
            if (name, key, "unit") not in self.document.values or block.get("unit") is None:
                remedy = "Add for example: unit: USD; a number without one has unit: share or count"
                self._say((name, key), f"{key} has no unit", remedy)
        elif unit not in UNITS:
            same = [one for one in UNITS if one.casefold() == unit.casefold()]
            near = same or difflib.get_close_matches(unit, UNITS, 3)
            remedy = f"It is one of: {', '.join(UNITS)}."
            if near:
                remedy = f"Did you mean {', or '.join(near)}?"
            self._say((name, key, "unit"), f"“{unit}” is not a unit", remedy, key=False)
        return unit if unit in UNITS else ""

    def _given(self, key: str, block: dict[str, Any]) -> Given:
        label, unit, note = self._texts(INPUTS, key, block)
        return Given(label, unit or "count", note, key=key)

    # ---- lines ----

    def _formulas(self, lines: Block, givens: Mapping[str, Given]) -> dict[str, Formula]:
        """The formulas that can be read, by the key of their line."""
        keys = {*self.model.items, *givens, *lines}
        read = {key: self._formula(key, lines[key], keys) for key in lines}
        return {key: one for key, one in read.items() if one is not None}

    def _lines(
        self, lines: Block, givens: Mapping[str, Given], formulas: Mapping[str, Formula]
    ) -> dict[str, Line]:
        """The lines whose formulas hold, in the order of the file."""
        about = {key: self._texts(LINES, key, lines[key]) for key in lines}
        placeholders = {
            key: Line(key, label, unit or "count", _no_rule, note, ())
            for key, (label, unit, note) in about.items()
        }
        items: dict[str, Given | Line] = {**self.model.items, **givens, **placeholders}
        made: dict[str, Line] = {}
        for key in self._in_order(formulas):
            formula = formulas[key]
            readable = Readable({one: items[one] for one in items if one != key}, SAID)
            faults = [*unreadable(formula, readable)]
            label, unit, note = about[key]
            if not set(references(formula.tree)).isdisjoint(self.broken):
                self.broken.add(key)
            elif not faults and unit:
                try:
                    one = written_line(key, label, unit, note, formula, readable)
                    made[key] = items[key] = self._part(one, lines[key], {**made, key: one})
                except Fault as found:
                    faults = [found]
            for fault in faults:
                self._fault(key, formula.text, fault)
        return {key: made[key] for key in lines if key in made and key not in self.broken}

    def _formula(self, key: str, block: dict[str, Any], keys: set[str]) -> Formula | None:
        path = (LINES, key, "formula")
        text = block.get("formula")
        if key in self.cut:
            return None
        if text is None:
            remedy = "Add for example: formula: tokens * licence_price"
            self._say(path[:2], f"{key} has no formula", remedy)
            return None
        if not isinstance(text, str):
            remedy = "Type for example: formula: tokens * licence_price"
            self._say(path, "formula is a text, not a list or a block", remedy)
            return None
        try:
            return read_formula(text, keys)
        except Fault as fault:
            self._fault(key, text, fault)
            return None

    def _fault(self, key: str, text: str, fault: Fault) -> None:
        place = formula_place(self.document, (LINES, key, "formula"), text, fault.span)
        self.mistakes.say_at(place, f"{key}: {fault.wrong}", fault.remedy)
        self.broken.add(key)

    def _in_order(self, formulas: Mapping[str, Formula]) -> list[str]:
        """The lines so that each one comes after those that it reads; circles are told."""
        reads = {key: [one for one in references(formula.tree) if one in formulas]
                 for key, formula in formulas.items()}  # fmt: skip
        order: list[str] = []
        while ready := [key for key in reads if key not in order
                        and all(one in order for one in reads[key])]:  # fmt: skip
            order += ready
        waiting = [key for key in reads if key not in order]
        for key in waiting:
            if key in reach(reads[key], lambda one: reads[one]) and key not in self.broken:
                circle = _circle(key, reads)
                self.broken |= set(circle)
                wrong = "these lines wait for each other: " + " -> ".join(circle)
                if len(circle) == 2:
                    wrong = f"{key} reads itself"
                at = _reference(formulas[key], circle[1])
                self._fault(
                    key, formulas[key].text, Fault(at, wrong, "Compute one without the other.")
                )
        self.broken |= set(waiting)
        return order

    def _part(self, one: Line, block: dict[str, Any], made: Mapping[str, Line]) -> Line:
        """The line as a part of the total that it names."""
        total = block.get("of")
        if total is None:
            return one
        path, key = (LINES, one.key, "of"), one.key
        wanted = self.model.lines.get(total) if isinstance(total, str) else None
        if wanted is None or wanted.key not in self.totals:
            listed = ", ".join(self.totals) or "none in this kind of scenario"
            near = difflib.get_close_matches(str(total), self.totals, 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            self._say(path, f"{_shown(total)} is no total that a line can be a part of",
                      f"{hint}Totals are: {listed}.", key=False)  # fmt: skip
            return one
        if not parse(one.unit).same_as(parse(wanted.unit)):
            wrong = f"{key} is in {one.unit}, and its total {wanted.key} in {wanted.unit}"
            self._say(
                path, wrong, "Multiply the formula, so that it gives the same unit.", key=False
            )
        if one.along and one.along != wanted.along:
            wrong = f"{key} runs along {one.along.replace('_', ' ')}, and {wanted.key} does not"
            remedy = f"Write a line of formula: total({key}), and make that one the part."
            self._say(path, wrong, remedy, key=False)
        read = reach(one.needs, lambda name: made[name].needs if name in made else ())
        waiting = sorted(read & self.model.downstream([wanted.key]))
        if waiting:
            wrong = f"{key} is a part of {wanted.key}, and reads {waiting[0]}, which waits for it"
            self._say(path, wrong, "Read something else, or leave out of:.", key=False)
        return part(of=wanted.key, rests_on=self._price(one))(one)

    def _price(self, one: Line) -> str:
        """The price whose evidence is as good as the line's: the first that it reads."""
        own = [need for need in one.needs if (INPUTS, need) in self.document.values]
        prices = [need for need in one.needs if need in self.model.givens
                  and "USD" in self.model.givens[need].unit
                  and self.model.givens[need].along is None]  # fmt: skip
        return next(iter([*own, *prices]), "")

    def _move(self, key: str, block: dict[str, Any], section: str) -> None:
        """Put what is given of an input where the file has that of the other inputs."""
        there = self.document.block((section,))
        if there is not None:
            there[key] = {one: value for one, value in block.items() if one in LEAF}
            self.document.rename((INPUTS, key), (section, key))


def _no_rule(*values: Any) -> Any:
    raise NotImplementedError("a line that is read before it is made")


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else "this"


def _circle(key: str, reads: Mapping[str, list[str]]) -> list[str]:
    """A way from a line back to itself."""
    paths = [[key]]
    while True:
        path = paths.pop(0)
        for one in reads[path[-1]]:
            if one == key:
                return [*path, key]
            if one not in path:
                paths.append([*path, one])


def _reference(formula: Formula, key: str) -> tuple[int, int]:
    """Where a formula reads a key first."""
    part = next(one for one in walk(formula.tree) if isinstance(one, Reference) and one.key == key)
    return formula.span(part)


# ---- what is known later -------------------------------------------------------------------------


def refuse_options(
    own: OwnLines, model: Model, catalogue: Catalogue, tables: Tables, mistakes: Collector
) -> None:
    """Say each option in a formula that its choice does not have."""

    def known(choice: Choice) -> list[str | float]:
        return [option for option, _ in options_of(catalogue, choice, tables)]

    for key, formula in own.formulas.items():
        for fault in unknown_options(formula, model.items, known):
            place = formula_place(
                mistakes.document, (LINES, key, "formula"), formula.text, fault.span
            )
            mistakes.say_at(place, f"{key}: {fault.wrong}", fault.remedy)


def refuse_undefined_parts(own: OwnLines, made: Scenario, mistakes: Collector) -> None:
    """Say each own line that is a part of a total and no number."""
    for item in own.items:
        value = made.standing[item.key]
        if item.parts and isinstance(value, Undefined):
            total = item.parts[0].of
            wrong = f"{item.key} is undefined ({value.why}), so {total} would be undefined too"
            remedy = "Give what it reads, or write: where(defined(key), formula, 0)"
            mistakes.say((LINES, item.key, "formula"), wrong, remedy)


def formula_place(document: Document, path: Path_, text: str, span: tuple[int, int]) -> Place:
    """Where some characters of a formula stand in the file, on whatever line of it."""
    whole = document.place(path)
    line, column = whole.line - 1, whole.column - 1
    lines, ends = document.lines, []
    if not lines:  # what was mixed of two files is in none
        return whole
    for char in text:
        if char.isspace():
            ends.append((line, column))
            continue
        while line < len(lines) and (column := lines[line].find(char, column)) < 0:
            line, column = line + 1, 0
        if line >= len(lines):
            return whole
        ends.append((line, column))
        column += 1
    ends.append((line, column))
    start, end = ends[min(span[0], len(text))], ends[min(max(span[1] - 1, span[0]), len(text))]
    width = end[1] - start[1] + 1 if end[0] == start[0] else len(lines[start[0]]) - start[1]
    return replace(whole, line=start[0] + 1, column=start[1] + 1, excerpt=lines[start[0]],
                   width=max(1, width))  # fmt: skip
