"""The pydantic models of a scenario file, made from the inputs and lines of each kind."""

from __future__ import annotations

import datetime
import difflib
import functools
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, create_model
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from tco.catalogue import CATALOGUE_DATE
from tco.facts import options, plain
from tco.lines import Choice, Given, Line
from tco.lines.model import limit_words, option_words
from tco.model import KINDS, model_for
from tco.quantities import NotAQuantity, form, read

ALIASES = {"data": "data_bytes", "deadline": "deadline_days"}


_SCALAR_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}


def _bad(wrong: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("mistake", "{wrong}", {"wrong": wrong, "remedy": remedy})


def _quantity(given: Given | Line, currency: str) -> BeforeValidator:
    def parse(text: Any) -> float:
        plain = "" if text is None else text
        if not isinstance(plain, str):
            raise _bad(f"{given.key} is one value, not a list or a block", _example(given))
        try:
            number = read(plain, given.unit, currency)
        except NotAQuantity as error:
            raise _bad(
                f"{given.key}: {error.wrong}",
                error.remedy.replace(
                    "Type for example: ", f"Type for example: {spelled(given.key)}: "
                ),
            ) from None
        if isinstance(given, Given) and not given.within(number):
            because = f"{given.why} " if given.why else ""
            raise _bad(str(limit_words(given, number)), because + _example(given))
        return number

    return BeforeValidator(parse)


def spelled(key: str) -> str:
    """The short spelling of a key, where it has one."""
    return next((short for short, full in ALIASES.items() if full == key), key)


def _example(given: Given | Line) -> str:
    return f"Type for example: {spelled(given.key)}: {form(given.unit).example}"


def _option(choice: Choice) -> BeforeValidator:
    known = {str(plain(key)).lower(): key for key, _ in options(choice)}

    def parse(text: Any) -> float | str:
        plain = str(text or "").strip().lower()
        folded = {"true": "1", "yes": "1", "false": "0", "no": "0"}.get(plain, plain)
        for tried in (plain, folded, folded.replace(" ", "_").replace("-", "_")):
            if tried in known:
                return known[tried]
        near = difflib.get_close_matches(plain, known, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise _bad(str(option_words(choice, str(text))), f"{hint}It is one of: {', '.join(known)}.")

    return BeforeValidator(parse)


def _text(text: Any) -> str:
    if text is None or isinstance(text, str):
        return text or ""
    raise _bad("this is a text, not a list or a block", "Type one line of text.")


def _date(text: Any) -> str:
    plain = _text(text)
    try:
        if plain:
            datetime.date.fromisoformat(plain)
    except ValueError:
        raise _bad(
            f"“{plain}” is not a date", "Type year-month-day, for example: 2026-11-21"
        ) from None
    return plain


Text = Annotated[str, BeforeValidator(_text)]
Date = Annotated[str, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _leaf(given: Given | Line, currency: str) -> Any:
    """The model of one leaf: a plain value, or a block with value, range and source."""
    if isinstance(given, Choice):
        value: Any = Annotated[Any, _option(given), WithJsonSchema(
            {"enum": [plain(key) for key, _ in options(given)]}
        )]  # fmt: skip
    elif given.is_text:
        value = Text
    else:
        value = Annotated[float, _quantity(given, currency), WithJsonSchema(_SCALAR_SCHEMA)]
    block = create_model(
        f"{given.key}_block",
        __base__=_Closed,
        __doc__=f"{given.label}. {given.note}",
        value=(value, ...),
        low=(value | None, None),
        high=(value | None, None),
        source=(Text, ""),
        date=(Date, ""),
        note=(Text, ""),
    )
    wrap = BeforeValidator(lambda leaf: leaf if isinstance(leaf, dict) else {"value": leaf})
    return Annotated[block, wrap]


@functools.cache
def file_model(kind: str, currency: str = "USD") -> type[BaseModel]:
    """The pydantic model of a scenario file of one kind."""
    model = model_for(kind)
    sections: dict[str, dict[str, Any]] = {}
    for key, item in model.items.items():
        computed = isinstance(item, Line)
        if item.along or item.section in ("general", "checks", "summary"):
            continue
        if (computed and item.is_text) or key.startswith("published_"):
            continue
        sections.setdefault(item.section, {})[key] = (_leaf(item, currency) | None, None)
    sections.setdefault("workload", {})["kind"] = (Text, kind)
    fields: dict[str, Any] = {
        name: (_section(name, keys) | None, None) for name, keys in sections.items()
    }
    numeric: dict[str, Any] = {
        key: (_leaf(item, currency) | None, None)
        for key, item in model.lines.items()
        if not item.along and not item.is_text and item.section != "checks"
    }
    rate = _leaf(model.givens["usd_rate"], currency)
    deadline = Annotated[float, _quantity(model.givens["deadline_days"], currency)]
    fields |= {
        "title": (Text, ""),
        "currency": (Text, "USD"),
        "as_of": (Date, CATALOGUE_DATE),
        "usd_rate": (rate | None, None),
        "deadlines": (list[deadline] | None, None),
        "published": (_section("published", numeric) | None, None),
    }
    return _section("Scenario", fields)


def _section(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    return create_model(f"{name}_section", __base__=_Closed, **fields)


def schema() -> dict[str, Any]:
    """JSON Schema of scenario files, for editors."""
    made = {kind: file_model(kind).model_json_schema() for kind in KINDS}
    for one in made.values():
        _spell_aliases(one)
    found = next(iter(made.values())) if len(made) == 1 else {"anyOf": list(made.values())}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _spell_aliases(found: dict[str, Any]) -> None:
    keys = found["$defs"]["workload_section"]["properties"]
    for short, full in ALIASES.items():
        keys[short] = keys[full]


def keys_at(shape: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """The keys a block of the file may hold, aliases included."""
    if not path:
        return list(shape.model_fields)
    if len(path) > 1:
        return ["value", "low", "high", "source", "date", "note"]
    field = shape.model_fields.get(str(path[0]))
    if field is None:
        return []
    for part in getattr(field.annotation, "__args__", ()):
        if isinstance(part, type) and issubclass(part, BaseModel):
            extra = list(ALIASES) if path[0] == "workload" else []
            return [*part.model_fields, *extra]
    return []
