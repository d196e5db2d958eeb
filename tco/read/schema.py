"""The pydantic models of a scenario file, made from the inputs and lines of each kind."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, create_model
from pydantic_core import PydanticCustomError

from tco.catalogue.shipped import CATALOGUE_DATE, MISSING, Catalogue, defaults
from tco.facts import options, plain
from tco.lines import Choice, Given, GivenRows, Line, Model
from tco.lines.limits import limit_words, option_words
from tco.lines.plausible import implausible, is_plausible
from tco.model import OWNED, OWNED_SECTIONS, model_for, trades_time
from tco.model.state import SAID
from tco.quantities import NotAQuantity, dates_meant, form, is_date, percent_meant, read

ALIASES = {"data": "data_bytes", "deadline": "deadline_days"}
OWN = ("inputs", "lines")  # blocks whose keys the scenario names itself
DEADLINES_EXAMPLE = "Type for example: deadlines: [5 days, 10 days, 30 days]"
CATALOGUE_EXAMPLE = "Type for example: catalogue: prices/offers.csv"
MOST_NAMED = 24  # options in a message
MOST_CHARACTERS = 30_000  # a cell takes 32,767
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# One mistake inside a leaf: which part of it, what is wrong, what to type.
Part = tuple[str, str, str]


class Wrong(ValueError):
    """A value that cannot be, with what is wrong and what to type instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


def _custom(*parts: Part) -> PydanticCustomError:
    return PydanticCustomError("mistake", "{wrong}", {"wrong": parts[0][1], "parts": parts})


def _read_quantity(given: Given | Line, text: Any, currency: str, type_this: str = "") -> float:
    remedy = type_this or example(given)
    written = _one(given.key, text, remedy)
    try:
        number = read(written, given.unit, currency)
    except NotAQuantity as error:
        before, general, _ = error.remedy.partition("Type for example: ")
        raise Wrong(f"{given.key}: {error.wrong}", before + (remedy if general else "")) from None
    if not is_plausible(number, given.unit):
        raise Wrong(f"{given.key} is {implausible(number, given.unit)}", remedy)
    if isinstance(given, Given) and not given.within(number):
        because = f"{given.why} " if given.why else ""
        percent = percent_meant(written, given.unit) if given.within(number / 100) else ""
        hint = f"Did you mean {percent}? " if percent else ""
        if percent:  # what is typed for example is what was meant
            remedy = f"{remedy.rpartition(': ')[0]}: {percent}"
        raise Wrong(str(limit_words(given, number)), hint + because + remedy)
    return number


def _one(key: str, text: Any, remedy: str) -> str:
    """The text of a value that is one value."""
    if not isinstance(text, str | None):
        raise Wrong(f"{key} is one value, not a list or a block", remedy)
    if not (text or "").strip():
        raise Wrong(f"{key} has no value", remedy)
    return str(text)


def spelled(key: str) -> str:
    """The short spelling of a key, where it has one."""
    return next((short for short, full in ALIASES.items() if full == key), key)


def example(given: Given | Line) -> str:
    """What to type for a quantity, as the end of a remedy."""
    return f"Type for example: {spelled(given.key)}: {typed(given)}"


def typed(given: Given | Line) -> str:
    """What one may type for an input: its own example, its unit's, or the middle of its bounds."""
    found = getattr(given, "example", "") or form(given.unit).example
    if isinstance(given, Given) and not given.within(read(found, given.unit)):
        ends = [one for one in (given.above, given.least, given.most) if one is not None]
        return f"{sum(ends) / len(ends):g}"
    return found


def named(choice: Choice, options: Sequence[str]) -> str:
    """Options by comma: of many the first, and the command that shows them all."""
    if len(options) <= MOST_NAMED:
        return ", ".join(options)
    return f"{', '.join(options[: MOST_NAMED // 2])} and more (tco catalogue {choice.table})"


def _read_option(catalogue: Catalogue, choice: Choice, text: Any) -> float | str:
    known = {str(plain(key)).lower(): key for key, _ in options(catalogue, choice)}
    listed = f"It is one of: {named(choice, [str(plain(key)) for key in known.values()])}."
    typed = _one(choice.key, text, listed).strip().lower()
    flags = {"true": "1", "yes": "1", "false": "0", "no": "0"} if choice.unit == "flag" else {}
    folded = flags.get(typed, typed)
    bare = typed.removesuffix(choice.unit).removesuffix(choice.unit.removesuffix("s")).strip()
    for tried in (typed, folded, folded.replace(" ", "_").replace("-", "_"), bare):
        if tried in known:
            return known[tried]
    meant = _meant(catalogue, choice, typed)
    if meant and len(known) > MOST_NAMED:
        listed = f"See all {len(known)} with: tco catalogue {choice.table}"
    raise Wrong(str(option_words(choice, str(text))), meant + listed)


def _meant(catalogue: Catalogue, choice: Choice, typed: str) -> str:
    """A guess at the option meant: part of its name or words, else the nearest name."""
    part = typed.rpartition(":")[2]
    found = [
        str(plain(key))
        for key, words in options(catalogue, choice)
        if len(part) > 2 and (part in str(key).lower() or part in words.lower())
    ]
    if not found:
        names = {str(plain(key)).lower(): str(plain(key)) for key, _ in options(catalogue, choice)}
        found = [names[one] for one in difflib.get_close_matches(typed, names, 1)]
    return f"Did you mean {' or '.join(found[:3])}? " if found else ""


def _read_text(text: Any) -> str:
    if not isinstance(text, str | None):
        raise Wrong("a text belongs here, not a list or a block", "Type one line of text.")
    written = text or ""
    if found := UNWRITABLE.search(written):
        code = ord(found[0])
        raise Wrong(f"this text holds a character that no workbook can (code {code})", "Delete it.")
    if len(written) > MOST_CHARACTERS:
        wrong = f"this text has {len(written):,} characters; a cell takes {MOST_CHARACTERS:,}"
        raise Wrong(wrong, "Shorten it.")
    return written


def _read_date(text: Any) -> str:
    written = _read_text(text)
    if written and not is_date(written):
        meant = dates_meant(written)
        remedy = "Type year-month-day, for example: 2026-11-21"
        if meant:
            remedy = f"Type {', or '.join(meant)}: year, month, day."
        raise Wrong(f"“{written}” is not a date", remedy)
    return written


def _validator(read_one: Callable[[Any], Any]) -> BeforeValidator:
    def validate(value: Any) -> Any:
        try:
            return read_one(value)
        except Wrong as error:
            raise _custom(("", error.wrong, error.remedy)) from None

    return BeforeValidator(validate)


Text = Annotated[str, _validator(_read_text)]
Date = Annotated[str, _validator(_read_date)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Leaf(_Closed):
    """One value of a scenario, with its range and what stands behind it."""

    value: Any
    low: Any = None
    high: Any = None
    source: Text = ""
    date: Date = ""
    note: Text = ""


def _leaf(given: Given | Line, currency: str, catalogue: Catalogue) -> Any:
    """The model of one key: a plain value, or a block; read in the key's own unit or options."""

    def read_one(text: Any) -> float | str:
        if isinstance(given, Choice) and given.names:  # its options are rows of the file
            return _read_text(_one(given.key, text, f"Name a row of {given.names}.")).strip()
        if isinstance(given, Choice):
            return _read_option(catalogue, given, text)
        return _read_text(text) if given.is_text else _read_quantity(given, text, currency)

    def check(leaf: Leaf) -> Leaf:
        wrong: list[Part] = []
        for part in ("value", "low", "high"):
            text = getattr(leaf, part)
            try:
                if part == "value" or text is not None:
                    setattr(leaf, part, read_one(text))
            except Wrong as error:
                wrong.append((part, error.wrong, error.remedy))
        if wrong:
            raise _custom(*wrong)
        return leaf

    return Annotated[
        Leaf,
        BeforeValidator(lambda leaf: leaf if isinstance(leaf, dict) else {"value": leaf}),
        AfterValidator(check),
    ]


ASIDE = ("source", "date", "note")  # of a row as a whole
NAME_CHARACTERS = 60
# A spreadsheet's MATCH reads these as wildcards, and a name is looked up.
_WILD = re.compile(r"[*?~]")


def row_example(table: GivenRows, given: Sequence[Given]) -> str:
    """One row of a table as people write it."""
    known = defaults()
    wanted = [one for one in given if one.required and not one.catalogue and one.key not in known]
    parts = (f"{table.spelled(one.key)}: {_typed(one)}" for one in wanted)
    return f"- {{{', '.join(parts)}}}"


def _typed(given: Given) -> str:
    """What to type for a value of a row."""
    if isinstance(given, Choice):
        return str(plain(given.options[0][0]))
    return "NAME" if given.is_text else typed(given)


def _row_value(table: GivenRows, given: Given, currency: str, catalogue: Catalogue) -> Any:
    """The model of one value of a row: read in its own unit, among its options, or as a name."""
    key = table.spelled(given.key)
    here = replace(given, key=key)

    def read_one(text: Any) -> float | str:
        if isinstance(text, dict):
            wrong = f"{key} is one value; source, date and note are keys of the row"
            raise Wrong(wrong, f"Type for example: {key}: {_typed(given)}")
        if isinstance(here, Choice):
            return _read_option(catalogue, here, text)
        if not given.is_text:
            return _read_quantity(here, text, currency, f"Type for example: {key}: {_typed(given)}")
        written = _read_text(_one(key, text, f"Type a name for {key}.")).strip()
        if written == MISSING:
            wrong = f"{key} is a dash, which stands for nothing given"
            raise Wrong(wrong, f"Type a name for {key}, or leave it out where it may be.")
        if _WILD.search(written) or len(written) > NAME_CHARACTERS:
            wrong = f"{key} has a wildcard (* ? ~) or more than {NAME_CHARACTERS} characters"
            raise Wrong(wrong, "A spreadsheet looks this text up: choose a plainer, shorter one.")
        return written

    return Annotated[Any, _validator(read_one)]


def _row(table: GivenRows, given: Sequence[Given], currency: str, catalogue: Catalogue) -> Any:
    """The model of one row: a block of its values, or the first value alone."""
    typed = [one for one in given if not one.catalogue]
    first = table.spelled(typed[0].key)
    fields: dict[str, Any] = {
        table.spelled(one.key): (_row_value(table, one, currency, catalogue) | None, None)
        for one in typed
    }
    fields |= {"source": (Text, ""), "date": (Date, ""), "note": (Text, "")}
    known = defaults()

    def complete(row: BaseModel) -> BaseModel:
        absent = [
            table.spelled(one.key) for one in typed
            if one.required and one.key not in known
            and getattr(row, table.spelled(one.key)) is None
        ]  # fmt: skip
        if absent:
            verb = "is" if len(absent) == 1 else "are"
            example = f"A row is for example: {row_example(table, given)}"
            raise _custom(("", f"{', '.join(absent)} {verb} not given in this row", example))
        return row

    made: Any = Annotated[
        _section(f"{table.key}_row", fields),
        BeforeValidator(lambda row: row if isinstance(row, dict | BaseModel) else {first: row}),
        AfterValidator(complete),
    ]
    return made


def blocks(model: Model) -> dict[str, dict[str, Given | Line]]:
    """What may stand in each block of a file: its inputs, and its lines, which may be given too."""
    found: dict[str, dict[str, Given | Line]] = {}
    for key, item in model.items.items():
        computed = isinstance(item, Line)
        evidence = isinstance(item, Given) and (item.of or item.counted)
        if item.along or evidence or item.section in ("general", *SAID):
            continue
        if (computed and item.is_text) or key.startswith("published_"):
            continue
        found.setdefault(item.section, {})[key] = item
    return found


def publishable(model: Model) -> dict[str, Line]:
    """The lines whose published figure a file may hold."""
    return {
        key: item for key, item in model.lines.items()
        if not item.along and not item.is_text and item.section != "checks"
    }  # fmt: skip


def shared_with_owned(model: Model) -> dict[str, Given]:
    """The inputs of other blocks that the years of ownership read: block own may hold them too."""
    read = {need for one in model.lines.values() if one.section in OWNED_SECTIONS
            for need in one.needs}  # fmt: skip
    return {
        key: item for key, item in model.givens.items()
        if key in read and not item.along and item.section not in (OWNED, "general")
    }  # fmt: skip


@functools.lru_cache(maxsize=64)
def file_model(
    kind: str,
    currency: str,
    catalogue: Catalogue,
    owned: bool = False,
    *,
    published: bool = True,
    extra: tuple[Given | Line, ...] = (),
) -> type[BaseModel]:
    """The pydantic model of a scenario file of one kind, over a catalogue.

    `owned` is one with a block own: the fleet of its run is owned over years too. A file that is
    known to have nothing `published` needs no shape for each of its hundreds of figures. What
    inputs and lines the file adds is `extra`.
    """
    model = model_for(kind, owned, extra)
    sections: dict[str, dict[str, Any]] = {
        block: {key: (_leaf(item, currency, catalogue) | None, None) for key, item in keys.items()}
        for block, keys in blocks(model).items()
    }
    sections.setdefault("workload", {})["kind"] = (Text, kind)
    for key, table in model.tables.items():
        row = _row(table, model.along(key), currency, catalogue)
        rows: Any = list.__class_getitem__(row | None)  # None: a row with a mistake
        sections.setdefault(table.section, {})[key] = (rows | None, None)
    fields: dict[str, Any] = {
        name: (_section(name, keys) | None, None) for name, keys in sections.items()
    }
    numeric: dict[str, Any] = {
        key: (_leaf(item, currency, catalogue) | None, None)
        for key, item in publishable(model).items()
        if published
    }
    rate = _leaf(model.givens["usd_rate"], currency, catalogue)
    fields |= {
        "title": (Text, ""),
        "currency": (Text, "USD"),
        "as_of": (Date, CATALOGUE_DATE),
        "usd_rate": (rate | None, None),
        **_deadlines(model, currency),
        "catalogue": (Any, None),  # read before, because options come from the lists
        "published": (_section("published", numeric) | None, None),
        **dict.fromkeys(OWN, (Any, None)),  # taken out before
    }
    return _section("Scenario", fields)


def _deadlines(model: Model, currency: str) -> dict[str, Any]:
    """The points of the deadline table, for a kind whose fleet follows the deadline."""
    if not trades_time(model):
        return {}
    days = replace(model.givens["deadline_days"], key="deadlines")
    deadline = Annotated[
        float,
        _validator(lambda text: _read_quantity(days, text, currency, DEADLINES_EXAMPLE)),
    ]
    points: Any = list.__class_getitem__(deadline)
    return {"deadlines": (points | None, None)}


def _section(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    return create_model(f"{name}_section", __base__=_Closed, **fields)


def keys_at(shape: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """The keys a block of the file may hold, aliases included."""
    if not path:
        return list(shape.model_fields)
    field = shape.model_fields.get(str(path[0]))
    block = next(_blocks(field.annotation), None) if field else None
    if block is None:
        return []
    if len(path) == 1:
        extra = [s for s, full in ALIASES.items() if full in block.model_fields]
        return [*block.model_fields, *(extra if path[0] == "workload" else [])]
    if len(path) > 2:  # a row of a table
        inside = block.model_fields.get(str(path[1]))
        row = next(_blocks(inside.annotation), None) if inside else None
        if row is not None and row.__name__.endswith("_row_section"):
            return list(row.model_fields)
    return ["value", "low", "high", "source", "date", "note"]


def _blocks(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation: of a block, or of the rows of a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _blocks(part)
