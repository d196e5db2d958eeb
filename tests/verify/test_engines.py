"""Whatever a book does to an engine: it is said by name, and the next book is verified.

The engines here are false ones that crash, hang, or take all memory; they run where the true ones
run, in processes of their own.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.errors import Mistakes
from tco.verify import engines, verify, verify_all, worker
from tco.verify.worker import plain
from tests.errors.conftest import Answer
from tests.verify.making import F, one_sheet, parts, save

pytestmark = pytest.mark.usefixtures("fresh_engines")
posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of Unix")
Command = Callable[..., Answer]

FALSE = """
import os, signal, sys, time

class Panic(BaseException):
    pass

class Book:
    def __init__(self, path):
        self.path = path

    def evaluate_all(self):
        if "bad" in os.path.basename(self.path):
            self.misbehave()

    def misbehave(self):
        {}

    def get_value(self, sheet, row, column):
        return 2.0

def load_workbook(path):
    return Book(path)
"""


@pytest.fixture
def false(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Callable[[], list[str]]]:
    """A formualizer that does something else with a bad book; what is said of one."""
    monkeypatch.setattr(engines, "installed", lambda: [engines.FORMUALIZER])
    monkeypatch.setattr("tco.verify.installed", engines.installed)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one_sheet(tmp_path / "bad.xlsx", [[F("1+1", 2)]])
    one_sheet(tmp_path / "good.xlsx", [[F("1+1", 2)], [F("1*2", 2)]])

    def install(statement: str) -> Callable[[], list[str]]:
        (tmp_path / "formualizer.py").write_text(FALSE.format(statement), encoding="utf-8")

        def said() -> list[str]:
            (before,) = verify(tmp_path / "good.xlsx")
            with pytest.raises(Mistakes) as caught:
                verify(tmp_path / "bad.xlsx")
            (after,) = verify(tmp_path / "good.xlsx")
            assert before.confirmed and after == before, "the next book is verified as ever"
            first, *rest = str(caught.value).splitlines()
            return [first.removeprefix(f"{tmp_path / 'bad.xlsx'}: "), *rest]

        return said

    return install


CRASHES = {
    "SIGSEGV": "os.kill(os.getpid(), signal.SIGSEGV)",
    "SIGABRT": "os.abort()",
    "SIGBUS": "os.kill(os.getpid(), signal.SIGBUS)",
    "SIGILL": "os.kill(os.getpid(), signal.SIGILL)",
    "SIGKILL": "os.kill(os.getpid(), signal.SIGKILL)",
    "exit 3": "os._exit(3)",
    "exit 0": "os._exit(0)",
}


@posix
@pytest.mark.parametrize("how", CRASHES)
def test_an_engine_that_crashes(how: str, false: Any) -> None:
    said = false(CRASHES[how])()
    assert said == [f"formualizer crashed on this book ({how})", "Name an .xlsx that tco wrote."]


HANGS = {
    "sleeps": "time.sleep(3600)",
    "spins": "while True: pass",
    "waits for a lock": "import threading; threading.Lock().acquire(); threading.Lock().acquire(); "
    "signal.pause()",
    "does not hear": "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(3600)",
    "is stopped": "os.kill(os.getpid(), signal.SIGSTOP)",
}


@posix
@pytest.mark.parametrize("how", HANGS)
def test_an_engine_that_hangs(how: str, false: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said = false(HANGS[how])
    monkeypatch.setattr("tco.verify.SECONDS", 2.0)
    assert said()[0] == "formualizer was not done after 2 seconds and was stopped"


@posix
def test_an_engine_that_nobody_waits_for_ends_by_itself(
    false: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the command is killed the system stops the engine: here the waiting is too long."""
    false("while True: pass")
    verify(tmp_path / "good.xlsx")
    process = engines._PROCESSES[engines.FORMUALIZER]
    ask = process.ask

    def ask_and_forget(job: bytes, seconds: float) -> None:
        ask(json.dumps({**json.loads(job), "seconds": 0.0}).encode() + b"\n", seconds)

    monkeypatch.setattr(process, "ask", ask_and_forget)
    with pytest.raises(Mistakes, match="was not done after 60 seconds and was stopped"):
        verify(tmp_path / "bad.xlsx")
    assert process.running.returncode == -signal.SIGXCPU


MEMORY = {
    "twice the limit": "bytes(1 << 31)",
    "at once": "bytes(1 << 40)",
    "bit by bit": "kept = []\n        while True: kept.append(bytes(1 << 24))",
    "as a library in Rust does": "sys.stderr.write('memory allocation of 8 bytes failed\\n'); "
    "sys.stderr.flush(); os.abort()",
    "in C": "import array; array.array('d', [0.0]) * (1 << 36)",
}


@posix
@pytest.mark.parametrize("how", MEMORY)
def test_an_engine_that_takes_all_memory(
    how: str, false: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "MOST_MEMORY", 1 << 30)
    said = false(MEMORY[how])()
    assert said[0] == "formualizer needs more than 1,024 MB of memory for this book"


FAILURES = {
    "raise ValueError('unknown part\\nand more')": "cannot read it: unknown part",
    "raise ValueError": "cannot read it: ValueError",
    "raise Panic('called unwrap on None')": "cannot read it: called unwrap on None",
    "raise KeyError('S')": "cannot read it: 'S'",
    "raise KeyboardInterrupt": "cannot read it: KeyboardInterrupt",
    "sys.exit('gone')": "cannot read it: gone",
    "raise ValueError('x' * 10_000)": f"cannot read it: {'x' * 300}",
    "raise ValueError('{0} {engine}')": "cannot read it: {0} {engine}",
}


@pytest.mark.parametrize("statement", FAILURES)
def test_an_engine_that_fails(statement: str, false: Any) -> None:
    statement, wrong = statement.replace("{", "{{").replace("}", "}}"), FAILURES[statement]
    assert false(statement.format())()[0] == f"formualizer {wrong}"


TALK = {
    "on the output": "print('1' * 100_000, flush=True)",
    "past the output": "os.write(1, b'[' * 100_000)",
    "on the errors": "sys.stderr.write('x' * 1_000_000)",
    "on the errors, in lines": "sys.stderr.write('x\\n' * 200_000)",
    "to nobody": "os.close(0); os.close(2)",
}


@pytest.mark.parametrize("how", TALK)
def test_an_engine_that_talks_is_not_misunderstood(
    how: str, false: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    false(TALK[how])
    (verdict,) = verify(tmp_path / "bad.xlsx")
    assert verdict.confirmed
    assert capfd.readouterr() == ("", "")


def test_an_answer_too_long(false: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MOST_ANSWER", 4_000)
    said = false("self.get_value = lambda *_: 'x' * 5_000")()
    assert said[0] == "formualizer returns more text for this book than can be compared"


@pytest.mark.parametrize(("asked", "count"), [(1, 2), (3, 1), (0, 1)])
def test_too_few_or_too_many_answers(
    asked: int, count: int, false: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    false("pass")
    keys = [("S", row, 1) for row in range(1, 4)]
    job = engines._job(tmp_path / "bad.xlsx", keys[:asked], 60.0)
    monkeypatch.setattr(engines, "_job", lambda *_: job)
    with pytest.raises(Mistakes, match=f"gives {asked} values for {count} cells"):
        engines.recalculate(tmp_path / "bad.xlsx", engines.installed(), keys[:count], 60.0)


@pytest.mark.parametrize("line", ["no JSON", "[]", "3", '{"other": 1}', '{"values": 7}', "null"])
def test_an_answer_that_is_none(line: str) -> None:
    values, wrong = engines._taken_apart(line.encode() + b"\n")
    assert values == [] and wrong == "gives an answer that is none"


@posix
def test_the_command_goes_on_behind_a_crash(false: Any, tco: Command) -> None:
    false(CRASHES["SIGSEGV"])
    answer = tco("verify", "good.xlsx", "bad.xlsx", "good.xlsx")
    line = "good.xlsx: formualizer: 2 formula cells, all agree\n"
    assert (answer.code, answer.out) == (2, line * 2)
    assert "bad.xlsx: formualizer crashed on this book (SIGSEGV)\n" in answer.err


@posix
def test_an_engine_that_died_between_two_books(false: Any, tmp_path: Path) -> None:
    false("pass")
    verify(tmp_path / "good.xlsx")
    process = engines._PROCESSES[engines.FORMUALIZER].running
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert verify(tmp_path / "good.xlsx")[0].confirmed


def test_one_process_serves_many_books(false: Any, tmp_path: Path) -> None:
    false("pass")
    books = [tmp_path / "good.xlsx"] * 3
    assert [isinstance(said, list) for _, said in verify_all(books)] == [True] * 3
    first = engines._PROCESSES[engines.FORMUALIZER]
    verify(tmp_path / "good.xlsx")
    assert engines._PROCESSES[engines.FORMUALIZER] is first


def test_an_interrupted_book_leaves_no_answer_for_the_next(false: Any, tmp_path: Path) -> None:
    false("pass")

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engines.recalculate(
            tmp_path / "bad.xlsx", engines.installed(), [("S", 1, 1)], 60.0, interrupt
        )
    (verdict,) = verify(tmp_path / "good.xlsx")
    assert verdict.formulas == 2 and verdict.confirmed


def test_threads_wait_for_each_other(false: Any, tmp_path: Path) -> None:
    false("pass")
    found: list[int] = []
    books = [tmp_path / "good.xlsx", tmp_path / "bad.xlsx"] * 4

    def one(path: Path) -> None:
        found.extend(verdict.formulas for verdict in verify(path))

    threads = [threading.Thread(target=one, args=(path,)) for path in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [1] * 4 + [2] * 4


def test_a_relative_path_is_meant_where_it_is_said(
    false: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine may have been started in another folder."""
    engines.stop()
    one_sheet(tmp_path / "here.xlsx", [[F("1+1", 2)]])
    monkeypatch.undo()
    verify(tmp_path / "here.xlsx")
    monkeypatch.chdir(tmp_path)
    assert all(one.confirmed for one in verify(Path("here.xlsx")))


def test_cells_in_any_order_keep_their_values(tmp_path: Path) -> None:
    sheets = {name: [[F(f"{at}*10+1", 1), F(f"{at}*10+2", 1)]] for at, name in enumerate("ABC", 1)}
    path = save(tmp_path / "book.xlsx", parts(sheets))
    keys = [(name, 1, column) for column in (2, 1) for name in "CAB"]
    found = engines.recalculate(path, engines.installed(), keys, 60.0)
    want = {(name, 1, column): ("ABC".index(name) + 1) * 10.0 + column for name, _, column in keys}
    assert found == {"formualizer": want, "IronCalc": want}


def test_a_job_longer_than_a_pipe_does_not_wait_for_one_who_never_reads(
    false: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "formualizer.py").write_text("")
    (tmp_path / "json.py").write_text("import time; time.sleep(3600)")
    with pytest.raises(Mistakes, match="formualizer was not done after 1 seconds"):
        engines.recalculate(
            tmp_path / "good.xlsx", engines.installed(), [("S", 1, 1)] * 100_000, 1.0
        )
    (tmp_path / "json.py").unlink()


# ---- values -------------------------------------------------------------------------------------

Date, Time, Moment = datetime.date, datetime.time, datetime.datetime
VALUES: list[tuple[Any, Any]] = [
    (None, None), ("text", "text"), ("", ""), (True, 1.0), (False, 0.0), (3, 3.0), (-0.0, 0.0),
    (10**400, str(10**400)), (2.5, 2.5), (decimal.Decimal("0.1"), 0.1),
    (fractions.Fraction(1, 4), 0.25), (np.float64(1.5), 1.5), (np.int32(7), 7.0),
    (np.bool_(True), 1.0), (np.array([2.5]), 2.5),
    (Date(2026, 11, 21), 46347.0), (Date(1900, 3, 1), 61.0), (Date(1900, 2, 28), 59.0),
    (Date(1900, 1, 1), 1.0), (Date(9999, 12, 31), 2958465.0),
    (Moment(2026, 11, 21, 12), 46347.5),
    (Moment(2026, 1, 1, 6, 0, 0, 500_000), 46023.25 + 0.5 / 86400),
    (Moment(2026, 1, 1, tzinfo=datetime.UTC), 46023.0), (Time(12, 30), 0.5208333333333334),
    (Time(0, 0, 1), 1 / 86400), (Time(23, 59, 59, 999_999), 86399.999999 / 86400),
    (datetime.timedelta(days=1, hours=6), 1.25), (datetime.timedelta(seconds=-1), -1 / 86400),
    ({"type": "Error", "kind": "Num"}, "#NUM!"), ({"type": "Error", "kind": "Spill"}, "#SPILL!"),
    ({"type": "Error", "kind": "Na"}, "#N/A"), ({"type": "Error", "kind": "Circ"}, "#CIRC!"),
    ({"type": "Error", "kind": "NImpl"}, "#NIMPL!"), ({"type": "Empty"}, "#EMPTY!"),
    ({}, "#ERROR!"),
    ("#SPILL!", "#SPILL!"), ([[2.0, 3.0]], 2.0), ([], None), ((True,), 1.0),
    ([[{"type": "Error", "kind": "Div"}]], "#DIV/0!"), (1 + 2j, "(1+2j)"), (b"x", "b'x'"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_any_value_can_be_compared(number: int) -> None:
    value, want = VALUES[number]
    found = plain(value)
    if isinstance(want, float):
        assert isinstance(found, float) and found == pytest.approx(want, rel=1e-15, abs=0)
    else:
        assert found == want and type(found) is type(want)
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_agrees_with_nothing(value: float) -> None:
    from tco.verify import agree

    found = json.loads(json.dumps(plain(value)))
    assert not agree(1.0, found) and not agree(1e300, found, 1e300)


DAYS = {
    "DATE(2026,11,21)": 46347.0, "DATE(2026,1,1)+0.123456789": 46023.123456789,
    "TIME(12,30,0)": 12.5 / 24, "TIME(0,0,1)": 1 / 86400, "DATE(2026,1,1)+1/3": 46023 + 1 / 3,
    "DATE(2026,1,1)-DATE(2025,1,1)": 365.0, "DATE(2026,1,31)*2": 92106.0,
    "-DATE(2020,1,1)": -43831.0,
    "1=1": True, "ISERROR(1/0)": True, "SQRT(-1)": "#NUM!", "1/0": "#DIV/0!", "NA()": "#N/A",
    "nosuch(1)": "#NAME?", "A99": 0, '""': "", "0*-1": 0.0, "1E-300": 1e-300, "TRUE+1": 2,
}  # fmt: skip


def test_the_true_engines_agree_on_dates_times_truths_and_errors(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "book.xlsx", [[F(text, value)] for text, value in DAYS.items()])
    for verdict in verify(path):
        assert verdict.differences == () and verdict.formulas == len(DAYS)


@pytest.mark.parametrize("engine", worker.ENGINES)
def test_a_moment_comes_whole(engine: str, tmp_path: Path) -> None:
    """Not rounded to a second, nor to a microsecond."""
    texts = {"DATE(2026,1,1)+0.123456789": 46023.123456789, "TIME(12,30,0)+0.1": 12.5 / 24 + 0.1,
             "TIME(0,0,1)/7": 1 / 86400 / 7}  # fmt: skip
    path = one_sheet(tmp_path / "book.xlsx", [[F(text, 1)] for text in texts])
    found = worker.answer(engine, {"path": str(path), "places": {"S": [[1, 1], [2, 1], [3, 1]]}})
    assert found["values"] == pytest.approx(list(texts.values()), rel=1e-15, abs=0)


def test_what_the_file_stores_is_never_the_answer(tmp_path: Path) -> None:
    """Also where nothing can be calculated."""
    wrong = ["1+", "nosuch(1)", "A2", "LAMBDA(x,x)", "B1+1", "1+1"]
    path = one_sheet(tmp_path / "book.xlsx", [[F(text, 123.0) for text in wrong]])
    for verdict in verify(path):
        assert len(verdict.differences) == len(wrong)
    path = one_sheet(tmp_path / "book.xlsx", [[F("1+1", 2), F("C1", 123.0), F("B1", 123.0)]])
    for verdict in verify(path):
        assert [one.cell for one in verdict.differences] == ["S!B1", "S!C1"]


def test_an_array_that_does_not_fit_is_a_difference(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "book.xlsx", [[F("A2:A4", 1)], [1], [2], [3]])
    found = {one.engine: [cell.computed for cell in one.differences] for one in verify(path)}
    assert found == {"formualizer": ["#SPILL!"], "IronCalc": ["#VALUE!"]}
