"""What numbers are of: texts that look like numbers, mixed units, percentages, dates, time."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from tco.audit.book import At, Book, Cell, Sheet
from tco.audit.lines import Run, runs
from tco.audit.registry import ERROR, NOTE, UNITS, WARNING, Found, cell_name, rule, short

_NUMBER = re.compile(r"[-+(]?\s?[$€£]?\s?(?:\d{1,3}(?:[,' ]\d{3})+|\d+)(?:[.,]\d+)?\s?%?\)?")
_CODE = re.compile(r"0\d|\d{9,}")
_DATE = re.compile(
    r"(?i)\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}[-/]\d{1,2}[-/]\d{1,2}"
    r"|\d{1,2}[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]\d{2,4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2},? \d{4}"
)
_RATE = re.compile(
    r"(?i)%|\b(rate|growth|margin|share|percent|yield|wacc|discount|inflation|tax)\b"
)


def _is_text_number(cell: Cell) -> bool:
    text = cell.text
    return bool(
        text and cell.shape is None and len(text) < 25
        and _NUMBER.fullmatch(text) and not _CODE.match(text)
    )  # fmt: skip


@rule(
    "text-number", ERROR, UNITS,
    why="SUM leaves it out without a word, and arithmetic with it fails or depends on the locale.",
    mend="Convert it to a number (Data > Text to Columns > Finish).",
)  # fmt: skip
def text_number(book: Book) -> Iterator[Found]:
    """A number stored as text is computed with."""
    for sheet in book.sheets:
        by_column: dict[int, list[At]] = defaultdict(list)
        for at, cell in sheet.cells.items():
            if _is_text_number(cell) and book.added.holds(sheet.name, *at):
                by_column[at[1]].append(at)
        for cells in by_column.values():
            said = f"{cell_name(cells[0])} is the text {sheet.cells[cells[0]].text!r}"
            yield Found(sheet.name, tuple(cells), f"{said}, and formulas compute with it")


@rule(
    "text-among-numbers", WARNING, UNITS,
    why="Whoever adds the column up, or looks a number up in it, misses this one.",
    mend="Convert it to a number, or the whole column to text if these are codes.",
)  # fmt: skip
def text_among_numbers(book: Book) -> Iterator[Found]:
    """A number stored as text stands among numbers."""
    for sheet in book.sheets:
        for column, rows in sheet.columns.items():
            texts = [(row, column) for row in rows if _is_text_number(sheet.cells[row, column])
                     and not book.added.holds(sheet.name, row, column)]  # fmt: skip
            if not texts:
                continue
            among = []
            for row, _ in texts:
                beside = [sheet.at(row + step, column) for step in (-2, -1, 1, 2) if row + step > 0]
                if sum(one.constant is not None for one in beside) >= 3:
                    among.append((row, column))
            if among and len(among) <= 3:
                said = f"{cell_name(among[0])} is the text {sheet.cells[among[0]].text!r}"
                yield Found(sheet.name, tuple(among), f"{said} among numbers")


@rule(
    "text-date", WARNING, UNITS,
    why="A date in letters is not counted with, sorted or compared as a date.",
    mend="Type it as a date.",
)  # fmt: skip
def text_date(book: Book) -> Iterator[Found]:
    """A date stored as text stands among dates, or is read by formulas."""
    for sheet in book.sheets:
        wrong = []
        for at, cell in sheet.cells.items():
            text = cell.text
            if not text or cell.shape is not None or not _DATE.fullmatch(text):
                continue
            row, column = at
            beside = [sheet.at(row + step, column) for step in (-2, -1, 1, 2) if row + step > 0]
            beside += [sheet.at(row, column + step) for step in (-1, 1) if column + step > 0]
            dates = sum(one.number is not None and book.look(one).is_date for one in beside)
            if dates >= 2 or book.added.holds(sheet.name, *at):
                wrong.append(at)
        if wrong:
            said = f"{cell_name(wrong[0])} is the text {short(sheet.cells[wrong[0]].text, 30)!r}"
            yield Found(sheet.name, tuple(wrong), f"{said}, not a date")


@rule(
    "mixed-units", WARNING, UNITS,
    why="Dollars and thousands of dollars, or hours and days, were added up.",
    mend="Convert to one unit first, in a row of its own.",
)  # fmt: skip
def mixed_units(book: Book) -> Iterator[Found]:
    """A sum adds rows that say different units."""
    columns = {sheet.name.upper(): _unit_columns(sheet) for sheet in book.sheets}
    for group in book.groups:
        if "SUM" not in group.shape.functions:
            continue
        for at in group.cells[:50]:
            units: set[str] = set()
            for box in book.reads(group.sheet, at):
                sheet = book.sheet(box.sheet)
                if sheet is None or box.left != box.right or not 0 < box.bottom - box.top < 2_000:
                    continue
                amounts = [one.number for _, one in sheet.filled(box) if one.number is not None]
                if all(one in (0, 1) for one in amounts):
                    continue  # flags are counted, whatever their rows are of
                for head, column in columns[box.sheet.upper()]:
                    if head < box.top and abs(column - box.left) in (1, 2):
                        units |= {
                            _unit(sheet.at(row, column).text)
                            for row in range(box.top, box.bottom + 1)
                            if sheet.at(row, box.left).number is not None
                        }  # fmt: skip
            if 1 < len(units - {""}) <= 3 and not any(len(one) > 24 for one in units):
                said = f"{group.shape.text_at(*at)[:80]} adds {' and '.join(sorted(units - {''}))}"
                yield Found(group.sheet.name, (at,), said[:200])
                break


def _unit(text: str) -> str:
    return " ".join(text.lower().split())


def _unit_columns(sheet: Sheet) -> list[At]:
    return [
        at for at, cell in sheet.cells.items()
        if cell.text.lower() in ("unit", "units", "uom", "einheit", "unit of measure")
    ][:5]  # fmt: skip


@rule(
    "no-unit", NOTE, UNITS,
    why="Where all rows have a unit, one without leaves the reader to guess.",
    mend="Write the unit, or a dash for none.",
)  # fmt: skip
def no_unit(book: Book) -> Iterator[Found]:
    """A row has no unit where the others have one."""
    for sheet in book.sheets:
        for head, column in _unit_columns(sheet):
            given = [row for row in sheet.columns[column] if row > head]
            if len(given) < 3:
                continue
            last = given[-1]
            lacking = [
                (row, column) for row in range(head + 1, last)
                if (row, column) not in sheet.cells
                and any(sheet.at(row, one).constant is not None for one in sheet.rows.get(row, []))
                and sheet.label(row, column)
            ]  # fmt: skip
            if lacking and len(lacking) <= len(given) / 4:
                said = f"{short(sheet.label(*lacking[0]), 40)} has no unit"
                yield Found(sheet.name, tuple(lacking), said)


@rule(
    "percent-slip", WARNING, UNITS,
    why="5 where 5 % was meant is a factor of a hundred.",
    mend="Type 5% or 0.05, and let a validation refuse more than 100 %.",
)  # fmt: skip
def percent_slip(book: Book) -> Iterator[Found]:
    """A rate is a hundred times the others beside it."""
    for sheet in book.sheets:
        seen: set[At] = set()
        for run in _typed_runs(sheet):
            for at, said in _slips(book, run):
                if at not in seen:
                    seen.add(at)
                    yield Found(sheet.name, (at,), said)


def _typed_runs(sheet: Sheet) -> Iterator[Run]:
    for run in runs(sheet, 4):
        numbers = [one.constant for one in run.cells]
        if sum(one is not None for one in numbers) >= 4:
            yield run


def _slips(book: Book, run: Run) -> Iterator[tuple[At, str]]:
    places = [run.first + at for at, one in enumerate(run.cells) if one.constant is not None]
    rates = {place: abs(run.cells[place - run.first].constant or 0.0) for place in places}
    percents = [place for place in places if book.look(run.cells[place - run.first]).is_percent]
    label = (
        run.sheet.label(*run.at(places[0]))
        if run.axis == 0
        else run.sheet.heading(*run.at(places[0]))
    )
    if len(percents) < len(places) - 1 and not _RATE.search(label):
        return
    for place, rate in rates.items():
        others = [one for other, one in rates.items() if other != place and one]
        if len(others) < 3 or rate < 0.5:
            continue
        middle = median(others)
        is_slip = middle < 1 and max(others) <= 1.5 and rate > 8 * max(others)
        if is_slip and 25 * middle <= rate <= 400 * max(middle, 0.25):
            at = run.at(place)
            is_rate = book.look(run.sheet.cells[at]).is_percent or (
                run.axis == 0 and bool(_RATE.search(run.sheet.label(*at)))
            )
            if is_rate:
                said = f"{cell_name(at)} is {rate:g}, the others beside it about {middle:g}"
                yield at, said


@rule(
    "period-gap", WARNING, UNITS,
    why="A year is missing, doubled or out of order in the heading, and everything below it moves.",
    mend="Write the first year, and each other one as the one before plus 1.",
)  # fmt: skip
def period_gap(book: Book) -> Iterator[Found]:
    """The years that head columns or rows skip one."""
    for sheet in book.sheets:
        for run in runs(sheet, 4):
            years = [_year(one) for one in run.cells]
            for start in range(len(years) - 3):
                four = years[start : start + 4]
                if None in four:
                    continue
                steps = [b - a for a, b in itertools.pairwise(four)  # type: ignore[operator]
                         ]  # fmt: skip
                yield from _gaps(run, start, steps)


def _gaps(run: Run, start: int, steps: list[int]) -> Iterator[Found]:
    is_gap = steps[0] == 1 and steps[1] not in (1, -1) and abs(steps[1]) < 12
    if is_gap and steps[2] in (1, -1, 0) and run.cells[start + 2].shape is None:
        at = run.at(run.first + start + 2)
        years = f"{run.cells[start + 1].number:g}, {run.cells[start + 2].number:g}"
        yield Found(run.sheet.name, (at,), f"{cell_name(at)}: the years run {years}")


def _year(cell: Cell) -> int | None:
    number = cell.number
    if number is None or number != int(number) or not 1980 <= number <= 2120:
        return None
    return int(number)
