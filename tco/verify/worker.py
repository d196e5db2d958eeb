"""Runs in a process of its own: one engine recalculates the books it is told, one after another.

The process that asks imports nothing of an engine, so that whatever a book does to one (a crash,
all memory, no end) ends here and not there. A job is a line of JSON on the standard input, an
answer one on the standard output. It imports nothing of tco's, to start at once.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

_ERRORS = {
    "Na": "#N/A", "Div": "#DIV/0!", "Value": "#VALUE!", "Ref": "#REF!", "Name": "#NAME?",
    "Num": "#NUM!", "Null": "#NULL!", "Spill": "#SPILL!", "Calc": "#CALC!", "Circ": "#CIRC!",
}  # fmt: skip
_DAY_0 = datetime.datetime(1899, 12, 30)
_DAY = datetime.timedelta(days=1)
_LEAP = 61  # from this day on: a spreadsheet counts a 29 February 1900 that never was


def plain(value: Any) -> Any:
    """Whatever an engine returns, as a float, a text, an error's text, or None for nothing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        kind = str(value.get("kind", value.get("type", "Error")))
        return _ERRORS.get(kind, f"#{kind.upper()}!")
    if isinstance(value, (list, tuple)):  # a cell shows the first of many
        return plain(value[0]) if value else None
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return _days(value)
    if hasattr(value, "item"):
        value = value.item()
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return str(value)


def _days(value: datetime.date | datetime.time | datetime.timedelta) -> float:
    """A moment or a span as every formula sees it: in days."""
    if isinstance(value, datetime.timedelta):
        return value / _DAY
    if isinstance(value, datetime.time):
        hours = datetime.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second,
                                   microseconds=value.microsecond)  # fmt: skip
        return hours / _DAY
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day)
    days = (value.replace(tzinfo=None) - _DAY_0) / _DAY
    return days if days >= _LEAP else days - 1


def formualizer(path: str, places: dict[str, list[list[int]]]) -> Iterator[Any]:
    """Recalculate with formualizer; the value of every place, in order."""
    import formualizer

    book = formualizer.load_workbook(path)
    with contextlib.suppress(AttributeError, ValueError):  # else dates come rounded to a second
        book.set_temporal_egress("serial")
    book.evaluate_all()
    for sheet, cells in places.items():  # never what the file stores: that is not even loaded
        for row, column in cells:
            yield book.get_value(sheet, row, column)


def ironcalc(path: str, places: dict[str, list[list[int]]]) -> Iterator[Any]:
    """Recalculate with IronCalc; the value of every place, in order."""
    import ironcalc

    book = ironcalc.load_from_xlsx(path, "en", "UTC", "en")
    book.evaluate()
    order = {sheet["name"]: i for i, sheet in enumerate(book.get_worksheets_properties())}
    for sheet, cells in places.items():
        for row, column in cells:
            yield book.get_cell_value(order[sheet], row, column)


ENGINES = {"formualizer": formualizer, "ironcalc": ironcalc}


def answer(engine: str, job: dict[str, Any]) -> dict[str, Any]:
    """The values an engine computes, or in words why it does not."""
    try:
        values = ENGINES[engine](job["path"], job["places"])
        return {"values": [plain(value) for value in values]}
    except MemoryError:
        return {"memory": True}
    except BaseException as error:  # engines raise kinds of their own, and panics
        said = str(error).splitlines() or [type(error).__name__]
        return {"failed": said[0][:300]}


def _limit(memory: int) -> None:
    """Bound this process where the system can; and let it be the first to go."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123
        file.write("1000")
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _limit_time(seconds: float) -> None:
    """End this process if nobody is left who would."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds * (os.cpu_count() or 1)) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _private_output() -> TextIO:
    """The standard output for answers alone: what an engine prints goes elsewhere."""
    output = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return output


def main() -> None:
    """Answer jobs until there are no more."""
    engine, memory, *places = sys.argv[1:]
    sys.path += [place for place in places if place not in sys.path]
    _limit(int(memory))
    output = _private_output()
    for line in sys.stdin:
        job = json.loads(line)
        _limit_time(job["seconds"])
        output.write(json.dumps(answer(engine, job)) + "\n")
        output.flush()


if __name__ == "__main__":
    main()
