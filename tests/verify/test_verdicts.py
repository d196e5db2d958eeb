"""What verify says, and what it exits with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tco.verify import Difference, Verdict, judging, said, verify, verify_all
from tests.conftest import SCENARIOS
from tests.errors.conftest import Answer
from tests.sampling import books
from tests.verify.making import F, edited, one_sheet

Command = Callable[..., Answer]


@pytest.mark.parametrize("name", books(SCENARIOS))
def test_the_engines_behind_verify_agree(name: str, built: dict[str, Path]) -> None:
    verdicts = verify(built[name])
    assert [one.engine for one in verdicts] == ["formualizer", "IronCalc"]
    for verdict in verdicts:
        assert verdict.formulas > 400 and verdict.confirmed


def test_verify_sees_a_wrong_value(built: dict[str, Path], tmp_path: Path) -> None:
    planted = edited(
        built["llm-100b-10d"],
        tmp_path / "planted.xlsx",
        lambda _, content: content.replace(b"</f><v>142790000</v>", b"</f><v>142790001</v>"),
    )
    for verdict in verify(planted):
        assert {one.stored for one in verdict.differences} == {142790001.0}


def test_a_millionth_too_much_is_found_in_every_kind_of_cell(
    built: dict[str, Path], tmp_path: Path
) -> None:
    """In a whole book, whatever small numbers or cancelling formulas there are in it."""
    cells = 0

    def change(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/"):
            return content
        return re.sub(rb'(<c r="\w+"(?: s="\d+")?><f>[^<]*</f><v>)([^<]+)', more, content)

    def more(found: re.Match[bytes]) -> bytes:
        nonlocal cells
        wrong = float(found[2]) * 1.000001
        cells += wrong != 0
        return found[1] + repr(wrong).encode()

    book = edited(built["wikitext-103-for-30-dollars"], tmp_path / "book.xlsx", change)
    assert 3_000 < cells < judging.MOST_JUDGED
    for verdict in verify(book):
        assert cells - 25 <= len(verdict.differences) <= cells  # a solver's residuals are noise


# ---- values that are not there ------------------------------------------------------------------


def test_a_formula_without_a_value_is_a_difference(tmp_path: Path, tco: Command) -> None:
    one_sheet(tmp_path / "book.xlsx", [[F("1+1", 2), F("2+2"), F('"a"')], [F("A9"), F("1", 3)]])
    answer = tco("verify", "book.xlsx")
    assert (answer.code, answer.err) == (1, "")
    for engine in ("formualizer", "IronCalc"):
        assert (
            f"book.xlsx: {engine}: 5 formula cells, 4 differ (3 of them without a stored value)\n"
            "  S!B1: stored no value, recalculated 4.0\n"
            "  S!C1: stored no value, recalculated 'a'\n"
            "  S!A2: stored no value, recalculated 0.0\n"
            "  S!B2: stored 3.0, recalculated 1.0\n"
        ) in answer.out


@pytest.mark.parametrize("computed", [None, 0.0, "", "text", "#N/A"])
def test_no_value_is_never_confirmed(
    computed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = one_sheet(tmp_path / "book.xlsx", [[F("1", 1), F("A2")]])
    monkeypatch.setattr(
        "tco.verify.recalculate", lambda *_: {"one": {("S", 1, 1): 1.0, ("S", 1, 2): computed}}
    )
    (verdict,) = verify(path)
    assert verdict.differences == (Difference("S!B1", None, computed),)
    assert verdict.valueless == 1 and not verdict.confirmed


# ---- functions that give another value each time ------------------------------------------------

CLOCKS = {
    "NOW()": "NOW", "TODAY()+1": "TODAY", "1+RAND()*0": "RAND", "RANDBETWEEN(1,1)": "RANDBETWEEN",
    "IF(FALSE,NOW(),2)": "NOW", "now()": "NOW", "YEAR( TODAY () )": "TODAY",
    "_xlfn.RANDARRAY(2)": "RANDARRAY", "stamp+1": "NOW", "A1+deep": "NOW",
}  # fmt: skip
NO_CLOCKS = ['"NOW()"', "LEN(\"TODAY()\")", "KNOWN+1", "A1", "OFFSET(A1,0,0)", 'INDIRECT("A1")',
             "ROUND(1,0)", "'RAND()'!A1", "BRAND(1)"]  # fmt: skip


@pytest.mark.parametrize("formula", CLOCKS)
def test_what_changes_each_time_cannot_be_verified(
    formula: str, tmp_path: Path, tco: Command
) -> None:
    names = {"stamp": "NOW()*2", "deep": "stamp-1", "KNOWN": "S!$A$1"}
    one_sheet(tmp_path / "book.xlsx", [[F("1+1", 2), F(formula, 46000.5)]], names=names)
    answer = tco("verify", "book.xlsx")
    assert (answer.code, answer.err) == (1, "")
    for engine in ("formualizer", "IronCalc"):
        assert (
            f"book.xlsx: {engine}: 2 formula cells, 1 cannot be verified\n"
            f"  S!B1: {CLOCKS[formula]}() gives another value each time\n"
        ) in answer.out


@pytest.mark.parametrize("formula", NO_CLOCKS)
def test_what_only_looks_like_it_can(
    formula: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"KNOWN": "S!$A$1"}
    path = one_sheet(tmp_path / "book.xlsx", [[F("1+1", 2), F(formula, 3)]], names=names)
    monkeypatch.setattr(
        "tco.verify.recalculate", lambda *_: {"one": {("S", 1, 1): 2.0, ("S", 1, 2): 3.0}}
    )
    assert verify(path)[0].confirmed


def test_a_formula_that_is_shared_changes_in_every_cell(tmp_path: Path) -> None:
    from tests.verify.making import worksheet

    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:B1">NOW()</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>1</v></c></row>'
    )
    for verdict in verify(one_sheet(tmp_path / "book.xlsx", worksheet(rows))):
        assert verdict.unconfirmed == (("S!A1", "NOW"), ("S!B1", "NOW"))


# ---- in words -----------------------------------------------------------------------------------


def test_twenty_cells_are_shown_and_the_rest_counted() -> None:
    wrong = tuple(Difference(f"S!A{row}", 1.0, 2.0) for row in range(1, 31))
    lines = said(Verdict("book.xlsx", "one", 99, wrong, (("S!B1", "NOW"),))).splitlines()
    assert lines[0] == "book.xlsx: one: 99 formula cells, 30 differ, 1 cannot be verified"
    assert lines[1] == "  S!A1: stored 1.0, recalculated 2.0"
    assert lines[20:] == ["  S!A20: stored 1.0, recalculated 2.0", "  and 11 more"]
    lines = said(Verdict("book.xlsx", "one", 99, wrong[:20], (("S!B1", "NOW"),))).splitlines()
    assert lines[20:] == ["  S!A20: stored 1.0, recalculated 2.0", "  and 1 more"]
    lines = said(Verdict("book.xlsx", "one", 99, wrong[:19], (("S!B1", "NOW"),))).splitlines()
    assert lines[20:] == ["  S!B1: NOW() gives another value each time"]
    assert said(Verdict("b", "one", 1, ())) == "b: one: 1 formula cells, all agree"


def test_what_is_shown_is_short_and_cannot_steer_a_terminal() -> None:
    wrong = Difference("S\x1b[2J\u202e!A1", "x" * 40_000, "\x1b[31m\n")
    text = said(Verdict("b\x1b.xlsx", "one", 1, (wrong,)))
    assert len(text) < 300 and len(text.splitlines()) == 2
    assert "\x1b" not in text and "\u202e" not in text


# ---- several books ------------------------------------------------------------------------------


def test_every_book_is_reported_and_the_worst_decides(tmp_path: Path, tco: Command) -> None:
    one_sheet(tmp_path / "good.xlsx", [[F("1+1", 2)]])
    one_sheet(tmp_path / "wrong.xlsx", [[F("1+1", 3)]])
    one_sheet(tmp_path / "values.xlsx", [[2]])
    assert tco("verify", "good.xlsx", "good.xlsx").code == 0
    assert tco("verify", "good.xlsx", "wrong.xlsx", "good.xlsx").code == 1
    answer = tco("verify", "values.xlsx", "wrong.xlsx", "nowhere.xlsx", "good.xlsx")
    assert answer.code == 2
    lines = [line for line in answer.out.splitlines() if not line.startswith("  ")]
    assert [line.split(": ")[::2] for line in lines] == [
        ["wrong.xlsx", "1 formula cells, 1 differ"], ["wrong.xlsx", "1 formula cells, 1 differ"],
        ["good.xlsx", "1 formula cells, all agree"], ["good.xlsx", "1 formula cells, all agree"],
    ]  # fmt: skip
    assert answer.err.startswith("values.xlsx: there is no formula")
    assert "\n\nnowhere.xlsx: there is no such file\n" in answer.err


def test_one_after_another_in_their_order(tmp_path: Path) -> None:
    names = ["a", "none", "b", "none", "none", "c"]
    for name in set(names) - {"none"}:
        one_sheet(tmp_path / name, [[F("1+1", 2)]] * (ord(name) - 96))
    paths = [tmp_path / name for name in names]
    found = list(verify_all(paths))
    assert [path for path, _ in found] == paths
    assert [one[0].formulas if isinstance(one, list) else None for _, one in found] == [
        1, None, 2, None, None, 3,
    ]  # fmt: skip
    assert list(verify_all([])) == []


def test_one_engine_is_said_to_be_one(
    tmp_path: Path, tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tco.verify.engines import FORMUALIZER

    monkeypatch.setattr("tco.verify.installed", lambda: [FORMUALIZER])
    one_sheet(tmp_path / "good.xlsx", [[F("1+1", 2)]])
    answer = tco("verify", "good.xlsx")
    assert answer == Answer(
        0,
        "good.xlsx: formualizer: 1 formula cells, all agree\n",
        "IronCalc is not installed, so one engine recalculates\n",
    )
