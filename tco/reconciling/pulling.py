"""Pulling: the changes of a workbook into the file of its scenario, all of them or none."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tco.carried import Carried
from tco.errors import Mistake, Mistakes, Place, mistake, printable, printable_lines
from tco.files import write_all
from tco.lines import Choice, Undefined
from tco.quantities import NotAQuantity, read, show
from tco.read.loading import load, load_carried
from tco.read.schema import ALIASES
from tco.read.textfile import SUFFIXES
from tco.reconciling.edits import Edit, edits_of, pinned
from tco.reconciling.returned import Returned, returned
from tco.reconciling.rowchanges import RowChanges, row_changes
from tco.reconciling.scenariofile import ScenarioFile
from tco.reconciling.spots import GIVEN, OVERRIDDEN, Spot
from tco.reconciling.yamltext import Unwritable
from tco.scenario import Scenario

MOST_SHOWN = 20  # cells of one message
_BOM = b"\xef\xbb\xbf"


@dataclass
class _Pull:
    """One workbook and the file that its changes go into."""

    back: Returned
    target: Path
    now: Carried
    there: Scenario | None = None  # the file as it is now, where there is one
    wrong: list[Mistake] = field(default_factory=list)
    already: list[Edit] = field(default_factory=list)
    rows: RowChanges = field(default_factory=RowChanges)
    shown: list[tuple[Edit, str, str]] = field(default_factory=list)

    @functools.cached_property
    def file(self) -> ScenarioFile:
        """The file as it is now, of which is only asked."""
        return ScenarioFile(self.now, str(self.target), self.settings)

    @property
    def settings(self) -> tuple[str, ...]:
        """What the workbook was built with beside the file."""
        return self.back.original.carried.settings


def pull(book: Path, scenario: str, *, dry_run: bool = False, partly: bool = False) -> str:
    """Write what was typed in a workbook into the file of its scenario; what was done, in words.

    Args:
        book: a workbook that tco built, and that somebody changed.
        scenario: the file; where there is none it is written as the workbook carries it.
        dry_run: say what would be done.
        partly: take what was typed at inputs, though other cells are not as built.

    Raises `Mistakes`, and then nothing is written.
    """
    target = _target(scenario)
    return pulled(returned(book), target, dry_run=dry_run, partly=partly)


def pulled(back: Returned, target: Path, *, dry_run: bool = False, partly: bool = False) -> str:
    """The same, of a workbook that has been read. Raises `Mistakes`."""
    new = not target.exists()
    there = None if new else load(str(target))
    now = there.carried if there is not None and there.carried else back.original.carried
    pulling = _Pull(back, target, now, there)
    edits, wrong = edits_of(back)
    pulling.wrong += [*_refused(back, partly=partly), *wrong]
    settings, dropped = _settings(pulling.settings, edits)
    after = _exchanged(pulling, edits, settings)
    if pulling.wrong:
        raise Mistakes(pulling.wrong)
    contents = dict(_contents(pulling, after, new=new))
    if contents and not dry_run:
        write_all(contents)
    said = [*_summary(pulling), *_diffs(pulling, after, new=new)]
    said += _left(pulling, settings, dropped, partly=partly)
    said += _outcome(contents, dry_run=dry_run)
    return "\n".join(said)


def _target(scenario: str) -> Path:
    target = Path(scenario)
    if target.suffix.lower() not in SUFFIXES:
        raise mistake(scenario, "this is no name of a scenario's file",
                      "Name the .yaml file that the changes are to go into.")  # fmt: skip
    return target


def _settings(
    settings: Sequence[str], edits: Sequence[Edit]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The settings that still hold, and those of what was typed over."""
    typed = {one.spot.given.key for one in edits if not one.spot.table}
    tables = {(one.spot.table, one.spot.given.key) for one in edits if one.spot.table}

    def is_over(setting: str) -> bool:
        name = setting.partition("=")[0].strip()
        table, _, rest = name.partition(".")
        key = name.rpartition(".")[2]
        if any(table == one and key_.endswith(rest.rpartition(".")[2]) for one, key_ in tables):
            return True
        return ALIASES.get(key, key) in typed

    return (tuple(one for one in settings if not is_over(one)),
            tuple(one for one in settings if is_over(one)))  # fmt: skip


# ---- what is refused -----------------------------------------------------------------------------


def _refused(back: Returned, *, partly: bool) -> Iterator[Mistake]:
    """Why nothing is pulled: each cell that says nothing clear, and what else was changed."""
    for one in back.odd if not partly else ():
        yield Mistake(Place(f"{back.path}, {one.place}"), one.wrong, one.remedy)
    if back.changed and not partly:
        many = len(back.changed)
        said = [f"{one.place}: was {one.was}, is {one.now}" for one in back.changed[:MOST_SHOWN]]
        if many > MOST_SHOWN:
            said.append(f"and {many - MOST_SHOWN:,} more")
        yield Mistake(
            Place(str(back.path)),
            f"{many:,} {'place is' if many == 1 else 'places are'} not as built, where nothing is "
            "to be typed: what the workbook shows is not what the scenario would",
            "Put them back, or take what was typed at inputs alone: add --partly",
            more=tuple(said),
        )  # fmt: skip


# ---- into the file -------------------------------------------------------------------------------


def _exchanged(pulling: _Pull, edits: Sequence[Edit], settings: Sequence[str]) -> Carried:
    """The file with the changes in it, which the loader has read; else what is wrong is noted."""
    before = ScenarioFile(pulling.back.original.carried, str(pulling.back.path), pulling.settings)
    wanted = [_in_row(pulling, before, one) for one in edits if _meant(pulling, before, one)]
    pulling.rows, wrong = row_changes(pulling.back, before, pulling.file, pulling.there)
    pulling.wrong += wrong
    if pulling.wrong:
        return pulling.now
    after = _with(pulling, wanted)
    if pulling.wrong or not (wanted or pulling.rows):
        return after
    made = _loaded(pulling, after, settings)
    was = pulling.there if pulling.there is not None and not pulling.settings else (
        _loaded(pulling, pulling.now, pulling.settings)
    )  # fmt: skip
    if made is None or was is None:
        return after
    if extra := pinned(wanted, was, made):
        after = _with(pulling, [*wanted, *extra])
        made = _loaded(pulling, after, settings) if not pulling.wrong else None
    if made is not None:
        for one in wanted:
            _confirm(pulling, one, made)
        pulling.wrong += pulling.rows.unlike(pulling.back, was, made)
    return after


def _with(pulling: _Pull, edits: Sequence[Edit]) -> Carried:
    """The file as it is now, with changes in it."""
    file = ScenarioFile(pulling.now, str(pulling.target), pulling.settings)
    pulling.shown = []
    rows: dict[tuple[str, int], None] = {}
    for one in edits:
        try:
            was = _words(one, file.said(one.spot), pulling.back.scenario)
            file.exchange(one.spot, {**one.added, **one.parts})
            pulling.shown.append((one, was, _now(one, file, file.said(one.spot))))
            if one.spot.table and one.spot.part == OVERRIDDEN:
                rows[one.spot.table, one.spot.row] = None
        except Unwritable as error:
            pulling.wrong.append(Mistake(Place(f"{pulling.back.path}, {one.at}"),
                                         f"{one.name}: {error.wrong}", error.remedy))  # fmt: skip
    if pulling.wrong:
        return pulling.now
    for table, row in rows:
        file.forget_row(table, row)
    pulling.wrong += pulling.rows.write(pulling.back, file)
    return pulling.now if pulling.wrong else file.result()


def _loaded(pulling: _Pull, carried: Carried, settings: Sequence[str]) -> Scenario | None:
    """The file as the loader reads it; what is wrong with it is noted."""
    whole = replace(carried, settings=tuple(settings), path=pulling.target.name)
    try:
        return load_carried(whole, str(pulling.target))
    except Mistakes as error:
        place = Place(str(pulling.back.path))
        wrong = "with what was typed in it the scenario does not hold together, see below"
        cells = [f"{one.at}: {one.name}, {now}" for one, _, now in pulling.shown]
        cells += pulling.rows.places
        if len(cells) > MOST_SHOWN:
            cells[MOST_SHOWN:] = [f"and {len(cells) - MOST_SHOWN:,} more"]
        pulling.wrong.append(
            Mistake(place, wrong, "Correct these cells, and pull again.", more=tuple(cells))
        )
        pulling.wrong += [
            replace(one, place=_at_home(one.place, pulling)) for one in error.mistakes
        ]
        return None


def _at_home(place: Place, pulling: _Pull) -> Place:
    """A place in a table beside the file, which was read somewhere else."""
    named = place.name.replace("\\", "/")
    home = (pulling.target.parent / name for name, _ in pulling.now.tables if named.endswith(name))
    return replace(place, name=str(next(home, place.name)))


def _confirm(pulling: _Pull, edit: Edit, made: Scenario) -> None:
    """Note it where the file does not say what the workbook computes with."""
    spot, wrong = edit.spot, ""
    if spot.case:
        got: Any = made.own_cases.get(spot.case, {}).get(spot.given.key)
    elif spot.table:
        rows, row = made.tables[spot.table], pulling.rows.moved(spot.table, spot.row)
        got = rows[row].values.get(spot.given.key) if row < len(rows) else None
    else:
        fact = made.facts[spot.given.key].under_case
        got = fact.value
        if "value" in edit.parts and edit.parts["value"] is None and fact.origin == "default":
            wrong = f"cleared, it is {show(got, spot.given.form)} to a file that does not give it"
    wanted = edit.parts.get("value", got)
    if wanted is None:
        held = got is None or isinstance(got, Undefined | str) or spot.table == ""
        wrong = wrong or ("" if held else "it cannot be cleared: a default takes its place")
    elif not wrong and got != wanted and not _alike(got, wanted):
        wrong = f"a file would have {got} where the workbook has {wanted}"
    if wrong:
        place = Place(f"{pulling.back.path}, {edit.at}")
        pulling.wrong.append(
            Mistake(place, f"{edit.name}: {wrong}", "Type a value, and pull again.")
        )


def _alike(got: Any, wanted: Any) -> bool:
    return isinstance(got, str) and isinstance(wanted, str) and got.casefold() == wanted.casefold()


# ---- the file as it was, and as it is now --------------------------------------------------------


def _meant(pulling: _Pull, before: ScenarioFile, edit: Edit) -> bool:
    """Whether a change is to be made: not where the file has it already, or has another since."""
    try:
        was = before.said(edit.spot)
        row = _row_now(pulling, before, edit.spot)
        now = pulling.file.said(replace(edit.spot, row=row))
    except Unwritable as error:
        pulling.wrong.append(Mistake(Place(f"{pulling.back.path}, {edit.at}"),
                                     f"{edit.name}: {error.wrong}", error.remedy))  # fmt: skip
        return False
    if was == now:
        return True
    if (
        "value" in edit.parts
        and _reads(edit.spot, _value(now), before.currency) == edit.parts["value"]
    ):
        pulling.already.append(edit)
        return False
    pulling.wrong.append(Mistake(
        Place(f"{pulling.back.path}, {edit.at}"),
        f"{edit.name} was changed in the file too: it was {_said(was)}, the file has {_said(now)}, "
        f"the workbook {_said_new(edit)}",
        "Decide which holds: clear the cell, or put the file's value back; then pull again.",
    ))  # fmt: skip
    return False


def _in_row(pulling: _Pull, before: ScenarioFile, edit: Edit) -> Edit:
    """A change in the row where the file has it now."""
    row = _row_now(pulling, before, edit.spot)
    return replace(edit, spot=replace(edit.spot, row=row))


def _row_now(pulling: _Pull, before: ScenarioFile, spot: Spot) -> int:
    """The number of a row in the file as it is now. Raises `Unwritable` where it is in none."""
    if not spot.table:
        return spot.row
    was, now = before.rows(spot.table), pulling.file.rows(spot.table)
    if len(was) == len(now) and all(
        _same_row(a, b, spot, before) for a, b in zip(was, now, strict=True)
    ):
        return spot.row
    same = [at for at, one in enumerate(now) if _same_row(was[spot.row], one, spot, before)]
    if len(same) != 1:
        raise Unwritable("its row was changed, moved or taken out in the file since",
                         "Type the change into the file.")  # fmt: skip
    return same[0]


def _same_row(one: Any, other: Any, spot: Spot, before: ScenarioFile) -> bool:
    """Whether two rows are one: all that they say, but for what is about to be exchanged."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return bool(one == other)
    apart = (before.model.tables[spot.table].spelled(spot.given.key), "source")
    plain = [{key: said for key, said in row.items() if key not in apart} for row in (one, other)]
    return plain[0] == plain[1]


def _value(said: Any) -> Any:
    return said.get("value") if isinstance(said, dict) else said


def _reads(spot: Spot, said: Any, currency: str) -> float | str | None:
    """What a text of the file is, None for nothing."""
    if said is None or isinstance(said, list | dict):
        return None
    if isinstance(spot.given, Choice) or spot.given.is_text:
        flags = {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}
        return flags.get(str(said).lower(), str(said)) if spot.given.unit == "flag" else str(said)
    try:
        return read(str(said), spot.given.unit, currency)
    except NotAQuantity:
        return None


# ---- what is said --------------------------------------------------------------------------------


def _said(said: Any) -> str:
    found = _value(said)
    return "not given" if found is None else str(found)


def _said_new(edit: Edit) -> str:
    found = edit.parts.get("value", "")
    return "nothing" if found is None else f"{found:.15g}" if isinstance(found, float) else found


def _words(edit: Edit, said: Any, scenario: Scenario) -> str:
    """What the file has before a change."""
    if (found := _value(said)) is not None:
        ends = [f"{end} {said[end]}" for end in ("low", "high")
                if isinstance(said, dict) and end in edit.parts and end in said]  # fmt: skip
        return ", ".join([str(found), *ends])
    fact = (
        scenario.facts.get(edit.spot.given.key) if not (edit.spot.table or edit.spot.case) else None
    )
    if fact is None or isinstance(fact.under_case.value, Undefined):
        return "not given"
    return f"not given, so {show(fact.under_case.value, edit.spot.given.form)}"


def _now(edit: Edit, file: ScenarioFile, said: Any) -> str:
    old = str(_value(said) or "")
    words = []
    for part, value in edit.parts.items():
        name = "" if part == "value" else f"{part} "
        if value is not None or part == "value" or (isinstance(said, dict) and part in said):
            words.append(name + ("nothing" if value is None else file.text(edit.spot, value, old)))
    kept = said.get("source") if isinstance(said, dict) else ""
    if kept and edit.spot.part == GIVEN and "value" in edit.parts:
        words.append(f"its source still {kept}")
    return ", ".join(words)


def _summary(pulling: _Pull) -> Iterator[str]:
    back = pulling.back
    if back.is_as_built:
        yield printable(f"{back.path}: nothing was changed since it was built")
    else:
        many = len(pulling.shown) + len(pulling.rows)
        yield printable(f"{back.path}: {_count(many, 'change')}")
    for one, was, now in pulling.shown:
        yield printable(f"  {one.name}: was {was}, is {now}  ({one.at})")
    for one in pulling.already:
        yield printable(f"  {one.name}: the file has it already  ({one.at})")
    yield from (printable(f"  {one}") for one in pulling.rows.said())


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _diffs(pulling: _Pull, after: Carried, *, new: bool) -> Iterator[str]:
    """What changes in each file, as a unified diff."""
    name = str(pulling.target)
    start = f"{name} as the workbook carries it" if new else name
    pairs = [(start, name, pulling.now.text.encode("utf-8", "surrogatepass"),
              after.text.encode("utf-8", "surrogatepass"))]  # fmt: skip
    pairs += [(table, table, was, now) for (table, was), (_, now)
              in zip(pulling.now.tables, after.tables, strict=True)]  # fmt: skip
    for before, behind, was, now in pairs:
        old, made = (one.decode("utf-8-sig", "replace").splitlines() for one in (was, now))
        found = difflib.unified_diff(old, made, before, behind, lineterm="", n=2)
        yield from (printable_lines(line) for line in found)


def _contents(pulling: _Pull, after: Carried, *, new: bool) -> Iterator[tuple[Path, bytes]]:
    """The files to write. Raises `Mistakes` for a table in whose place another file is."""
    mark = b""
    if not new and pulling.target.read_bytes().startswith(_BOM):
        mark = _BOM
    if new or after.text != pulling.now.text:
        yield pulling.target, mark + after.text.encode("utf-8", "surrogatepass")
    was: Mapping[str, bytes] = dict(pulling.now.tables)
    for name, content in after.tables:
        path = pulling.target.parent / name
        if new and path.exists() and path.read_bytes() != content:
            raise mistake(str(path), "another file is where a table of the scenario goes",
                          "Name the scenario's file in another folder.")  # fmt: skip
        if new or content != was[name]:
            yield path, content


def _left(
    pulling: _Pull, settings: Sequence[str], dropped: Sequence[str], *, partly: bool
) -> Iterator[str]:
    """What of the workbook does not go into the file."""
    back = pulling.back
    if dropped:
        yield f"typed over what it was built with: {' '.join(f'--set {one}' for one in dropped)}"
    if settings:
        yield (f"built with {' '.join(f'--set {one}' for one in settings)}, which no file has: "
               "build with it again")  # fmt: skip
    lists = dict(back.original.carried.prices)
    if lists != (dict(pulling.now.prices) if pulling.there else {}):
        yield (
            "built with price lists of your own, and other ones or none are found here: "
            f"{', '.join(lists) or 'none'}; the next workbook takes those that are here"
        )
    if partly:
        odd = [f"{one.place}: {one.wrong}" for one in back.odd]
        odd += [f"{one.place}: was {one.was}, is {one.now}" for one in back.changed]
        yield from _some("not taken, because it is not as built", odd)
    yield from _some("beside the inputs, and in no scenario",
                     [f"{one.place}: {one.now}" for one in back.beside])  # fmt: skip


def _some(what: str, found: Sequence[str]) -> Iterator[str]:
    if found:
        yield f"{what}:"
        yield from (printable(f"  {one}") for one in found[:MOST_SHOWN])
        if len(found) > MOST_SHOWN:
            yield f"  and {len(found) - MOST_SHOWN:,} more"


def _outcome(contents: Mapping[Path, bytes], *, dry_run: bool) -> Iterator[str]:
    names = ", ".join(map(str, contents))
    if dry_run:
        yield f"dry run: nothing was written{f'; it would be: {names}' if names else ''}"
    elif names:
        yield f"written: {names}"
