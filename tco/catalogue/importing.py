"""Adding price lists to a folder of one's own: own CSV files, SkyPilot and gpuhunt catalogues."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tco.catalogue.cells import bad_date
from tco.catalogue.csvfile import LINE, Csv, Row, content_of, csv_text
from tco.catalogue.entries import Entry, entries_of, export_of, file_columns, read_list, table_of
from tco.catalogue.foreign import (
    OWN_LIST,
    UNASKED,
    Cells,
    Dropped,
    Reason,
    Taken,
    Wanted,
    gpuhunt_offers,
    skypilot_offers,
)
from tco.catalogue.hints import first_of
from tco.catalogue.merging import OWN
from tco.catalogue.pricelists import FOLDER, MOST_ROWS, Laying, lists_in, too_many
from tco.catalogue.shipped import CATALOGUE_DATE, Finding, shipped
from tco.errors import UNWRITABLE, Mistake, Mistakes, Place, mistake, unwritable
from tco.files import alone_in, write_all


@dataclass(frozen=True)
class Added:
    """What was done, in words, and what is remarkable about the new figures."""

    report: str
    findings: tuple[Finding, ...]


def add(
    files: Sequence[str], to: Path, wanted: Wanted, *, force: bool = False, dropped: str = ""
) -> Added:
    """Add files to a folder of own lists, all or none.

    One run at a time: another that adds to the same folder is waited for.

    Raises `Mistakes` for everything that is wrong, and leaves the folder as it was.
    """
    with alone_in(to):
        return _add(files, to, wanted, force=force, dropped=dropped)


def _add(files: Sequence[str], to: Path, wanted: Wanted, *, force: bool, dropped: str) -> Added:
    there, unread = _contents(lists_in(to) if to.is_dir() else [])
    opened = {name: _opened(name) for name in files}
    lists = [_opened(str(path), content) for path, content in there.items()]
    wanted = replace(wanted, known=frozenset(_chips_in([*lists, *opened.values()])))
    mistakes = [*unread, *_wrong_options(wanted)]
    if len(mistakes) > len(unread):  # the files are read all the same, as if these were right
        chips = [one for one in wanted.chips if one in wanted.known]
        provider = UNWRITABLE.sub("-", wanted.provider)
        wanted = replace(wanted, chips=chips, date=CATALOGUE_DATE, provider=provider)
    taken: list[Taken] = []
    sheets: list[Csv] = []
    for name in files:
        try:
            one, sheet = _take(opened[name], wanted)
        except Mistakes as error:
            mistakes += error.mistakes
            continue
        taken.append(one)
        sheets.append(sheet)
    merged = _merge(taken, to, there, force=force, mistakes=mistakes)
    laying = _laid(sheets, there, {path for path, _ in merged},
                   {row["id"] for one in taken for row in one.rows})  # fmt: skip
    mistakes += laying.mistakes
    contents = {path: _written(table, rows) for (path, table), rows in merged.items()}
    if not mistakes:
        for (path, table), rows in merged.items():
            mistakes += _unreadable(path, table, rows, contents[path])
    if dropped:
        contents[Path(dropped)] = _left_out(taken)
        mistakes += _wrong_place(Path(dropped), to, force=force)
    mistakes += _changed_meanwhile(there, contents)
    if mistakes:
        raise Mistakes(first_of(list(dict.fromkeys(mistakes))))
    write_all(contents)
    report = _said(taken, [path for path, _ in merged], to)
    return Added(report, _findings(taken, sheets, laying))


def _contents(paths: Iterable[Path]) -> tuple[dict[Path, bytes], list[Mistake]]:
    """The bytes of lists, and what is wrong with those that cannot be read."""
    found, mistakes = dict[Path, bytes](), list[Mistake]()
    for path in paths:
        try:
            found[path] = content_of(path)
        except Mistakes as error:
            mistakes += error.mistakes
    return found, mistakes


def _wrong_place(dropped: Path, to: Path, *, force: bool) -> Iterator[Mistake]:
    """Where a file of what is dropped cannot be."""
    if dropped.parent.resolve() == to.resolve():
        wrong = "what is dropped would be read as a list of this folder"
        yield Mistake(Place(str(dropped)), wrong, "Name another folder.")
    elif dropped.exists() and not force:
        remedy = "Choose another name, or replace it with --force."
        yield Mistake(Place(str(dropped)), "this file is there already", remedy)


def _changed_meanwhile(
    there: Mapping[Path, bytes], contents: Mapping[Path, bytes]
) -> Iterator[Mistake]:
    """Lists that somebody saved while this run was at work: their rows would be lost."""
    for path in contents:
        now = content_of(path) if path.suffix == ".csv" and path.is_file() else None
        if path in there and now != there[path]:
            wrong = "this list was changed while it was being added to"
            yield Mistake(Place(str(path)), wrong, "Add again.")


def _findings(taken: Sequence[Taken], sheets: Sequence[Csv], laying: Laying) -> tuple[Finding, ...]:
    """What is remarkable about the new rows; of an export its own rows have no one number."""
    exports = {sheet.name for one, sheet in zip(taken, sheets, strict=True) if one.is_export}
    new = {sheet.name for sheet in sheets}
    return tuple(
        replace(one, row=0) if one.name in exports else one
        for one in laying.findings
        if one.name in new
    )


def _wrong_options(wanted: Wanted) -> Iterator[Mistake]:
    for chip in wanted.chips:
        if chip not in wanted.known:
            near = difflib.get_close_matches(chip.lower(), sorted(wanted.known), 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            yield Mistake(Place("--chip"), f"there is no accelerator {chip}",
                          f"{hint}See them with: tco catalogue chips")  # fmt: skip
    if wrong := wanted.date and bad_date(wanted.date):
        yield Mistake(Place("--date"), *wrong)
    if found := unwritable(wanted.provider):
        yield Mistake(Place("--provider"), *found)


# A list that was read, or what is wrong with the file.
Opened = Csv | Mistakes


def _opened(name: str, content: bytes | None = None) -> Opened:
    """A file as a list, read once for all that is asked of it."""
    try:
        if content is None and Path(name).is_dir():
            raise mistake(name, "this is a folder", "Name the .csv files in it.")
        return read_list(name, content_of(Path(name)) if content is None else content)
    except Mistakes as error:
        return error


def _chips_in(lists: Iterable[Opened]) -> set[str]:
    """The accelerators there are, own ones too; what is wrong with a list is told elsewhere."""
    found = set(shipped()["chips"].ids)
    for sheet in lists:
        try:
            if isinstance(sheet, Csv) and not export_of(sheet) and table_of(sheet) == "chips":
                found |= {one.id for one in entries_of(sheet, "chips")[0]}
        except Mistakes:
            continue
    return found


def _take(sheet: Opened, wanted: Wanted) -> tuple[Taken, Csv]:
    """The rows of one file for a table of the catalogue, and the list they make."""
    if isinstance(sheet, Mistakes):
        raise sheet
    kind = export_of(sheet)
    if not kind:
        return _take_own(sheet, wanted)
    taken = (skypilot_offers if kind.startswith("SkyPilot") else gpuhunt_offers)(sheet, wanted)
    if not taken.rows:
        why = "; ".join(f"{count:,} {reason}" for reason, count in taken.reasons()[:5])
        remedy = "Ask for more, or add its accelerators with an own list of chips."
        wrong = f"none of its {taken.read:,} rows became an offer: {why}"
        raise mistake(sheet.name, wrong, remedy)
    return taken, read_list(sheet.name, _written("offers", taken.rows))


def _take_own(sheet: Csv, wanted: Wanted) -> tuple[Taken, Csv]:
    table = table_of(sheet)
    asked = _narrowed(sheet, table, wanted)
    if not asked.rows:
        wrong = f"none of its {len(sheet.rows):,} rows is asked for"
        raise mistake(sheet.name, wrong, "Change --chip or --region.")
    if len(asked.rows) > MOST_ROWS:
        raise Mistakes([too_many(sheet.name, table, len(asked.rows))])
    entries, _ = entries_of(asked, table)  # what is wrong is told when they are laid over
    taken = Taken(
        sheet.name, OWN_LIST, table, len(sheet.rows), sheet.dialect, head=sheet.head.cells
    )
    kept = {row.number for row in asked.rows}
    taken.rows = [_own_row(one) for one in entries]
    taken.dropped = [
        Dropped(Reason(UNASKED), row.number, row.cells)
        for row in sheet.rows
        if row.number not in kept
    ]
    return taken, asked


def _narrowed(sheet: Csv, table: str, wanted: Wanted) -> Csv:
    """A list with only the rows that are asked for, before anything is said of the others."""
    head = [cell.strip().lower() for cell in sheet.head.cells]
    chip = "id" if table == "chips" else "chip"
    asked = replace(
        wanted,
        chips=wanted.chips if chip in head else (),
        regions=wanted.regions if "region" in head else (),
    )

    def cell(row: Row, name: str) -> str:
        index = head.index(name) if name in head else len(row.cells)
        return row.cells[index].strip() if index < len(row.cells) else ""

    rows = tuple(row for row in sheet.rows if asked.takes(cell(row, chip), cell(row, "region")))
    return replace(sheet, rows=rows)


def _own_row(entry: Entry) -> dict[str, str]:
    """A row of an own list as it is kept: with the file it came from."""
    name = Path(entry.sheet.name).name
    return {"source": f"{OWN}{name}, row {entry.row.number}", **entry.given}


# ---- into the folder -----------------------------------------------------------------------------


def _merge(
    taken: Sequence[Taken],
    to: Path,
    there: Mapping[Path, bytes],
    *,
    force: bool,
    mistakes: list[Mistake],
) -> dict[tuple[Path, str], list[dict[str, str]]]:
    """The rows of every file to write: what is there, and what is new."""
    merged: dict[tuple[Path, str], list[dict[str, str]]] = {}
    for name in dict.fromkeys(one.table for one in taken):
        path = to / f"{name}.csv"
        before = _there(path, name, there.get(path), mistakes)
        new = {row["id"]: row for one in taken if one.table == name for row in one.rows}
        again = [key for key in new if key in before]
        if again and not force:
            more = f" and {len(again) - 5} more" if len(again) > 5 else ""
            wrong = f"has these rows already: {', '.join(again[:5])}{more}"
            remedy = "Replace them with --force, or give the new rows other ids."
            mistakes.append(Mistake(Place(str(path)), wrong, remedy))
        merged[path, name] = list((before | new).values())
    return merged


def _there(
    path: Path, name: str, content: bytes | None, mistakes: list[Mistake]
) -> dict[str, dict[str, str]]:
    """The rows a list of the folder holds, by id."""
    if content is None:
        return {}
    try:
        sheet = read_list(str(path), content)
        if (found := table_of(sheet)) != name:
            raise mistake(str(path), f"this is a list of {found}", "Rename it, then add again.")
        entries, wrong = entries_of(sheet, name)
        mistakes += wrong
        return {one.id: dict(one.given) for one in entries}
    except Mistakes as error:
        mistakes += error.mistakes
        return {}


def _laid(
    sheets: Iterable[Csv], there: Mapping[Path, bytes], written: set[Path], new: set[str]
) -> Laying:
    """New lists laid over the catalogue with those of the folder.

    Rows of the files that are written give way to new ones; those of other files stay.
    """
    laying = Laying()
    for path, content in there.items():
        try:
            sheet = read_list(str(path), content)
            laying.add(_without(sheet, new) if path in written else sheet)
        except Mistakes as error:
            laying.mistakes += error.mistakes
    for sheet in sheets:
        laying.add(sheet)
    laying.tables()
    return laying


def _without(sheet: Csv, ids: set[str]) -> Csv:
    """A list without the rows of some ids: they are about to be replaced."""
    head = [cell.strip().lower() for cell in sheet.head.cells]
    place = head.index("id") if "id" in head else len(head)
    rows = tuple(
        row for row in sheet.rows if not {cell.strip() for cell in row.cells[place:][:1]} & ids
    )
    return replace(sheet, rows=rows)


def _written(table: str, rows: Sequence[Cells]) -> bytes:
    """Rows as a list of the folder: the columns that any of them fills."""
    names = [one for one in file_columns(table) if any(row.get(one) for row in rows)]
    cells = [[row.get(name, "") for name in names] for row in rows]
    return csv_text([names, *cells]).encode()


def _unreadable(path: Path, table: str, rows: Sequence[Cells], content: bytes) -> list[Mistake]:
    """What a list about to be written would not give back as it was given."""
    try:
        found, wrong = entries_of(read_list(str(path), content), table)
    except Mistakes as error:
        return list(error.mistakes)
    if wrong:
        return wrong
    for row, entry in zip(rows, found, strict=False):
        for column, text in row.items():
            if text and LINE.sub("\n", text) != entry.given.get(column):
                said = f"{column} of {row['id']} would not be read back as it is"
                remedy = "Write it without a quotation mark or sign in front."
                return [Mistake(Place(str(path)), said, remedy)]
    return []


def _left_out(taken: Sequence[Taken]) -> bytes:
    """The rows that were dropped, each with its reason."""
    rows: list[Sequence[str]] = []
    for one in taken:
        rows.append(["reason", "file", "row", *one.head])
        rows += [
            [str(drop.reason), one.name, str(drop.number), *drop.cells] for drop in one.dropped
        ]
    return csv_text(rows).encode()


def _said(taken: Sequence[Taken], paths: Sequence[Path], to: Path) -> str:
    out = [*(one.report() for one in taken), *map(str, paths)]
    if to == Path(FOLDER):
        out.append(f"Look at them: tco catalogue {taken[0].table} --find own:")
        out.append("A scenario built in this folder takes them: tco build SCENARIO")
    else:
        out.append(f"Name them in a scenario: catalogue: {to}")
    return "\n".join(out)
