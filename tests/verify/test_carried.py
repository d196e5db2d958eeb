"""A workbook may lie about the scenario that it carries: nothing of it is believed unchecked."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tco.carried import Carried, NotCarriedError, from_rows
from tco.errors import Mistakes
from tco.loading import load
from tco.verify import original
from tco.workbook.grid import FIRST_ROW
from tests.errors.conftest import GOOD, Answer
from tests.verify.making import parts, save, worksheet

pytestmark = pytest.mark.usefixtures("no_engine")

Command = Callable[..., Answer]
Rows = list[list[Any]]
HEAD: Rows = [["program", "tco", None, "0.10.0"], ["catalogue", "as read", None, "0" * 64]]
QUOTES = "vendor,item,price\nA,gpu,1"
PRICES = "id,chip,on_demand_price,date\nx,a100-sxm4-80gb,1,2026-01-01"
LITTLE, SOON = 48 << 20, 1.0  # bytes and seconds within which it is refused


def file(kind: str, name: str | None, text: str) -> Rows:
    return [[kind, name, at, line or None] for at, line in enumerate(text.split("\n"), 1)]


def carrying(path: Path, rows: Sequence[Sequence[Any]], **more: Any) -> Path:
    """A workbook of nothing but a sheet Scenario."""
    return save(path, parts({"Scenario": [*[[None]] * (FIRST_ROW - 1), *rows]}, **more))


def good(name: str | None = "my.yaml", text: str = GOOD) -> Rows:
    return HEAD + file("scenario", name, text)


NO_NAME = "one of its files has a name that no file can have"
LIES: dict[str, tuple[Rows, str]] = {
    "up and out": (good() + file("table", "../../x.csv", QUOTES), "lies outside its folder"),
    "absolute": (good() + file("table", "/tmp/x.csv", QUOTES), "lies outside its folder"),
    "NUL": (good() + file("table", "a_x0000_b.csv", QUOTES), NO_NAME),
    "half a character": (good() + file("table", "a_xD800_b.csv", QUOTES), NO_NAME),
    "escape": (good() + file("prices", "a_x001B_[31m.csv", PRICES), NO_NAME),
    "no name": (good() + file("table", None, QUOTES), NO_NAME),
    "the folder": (good() + file("table", ".", QUOTES), "cannot be laid out: is a directory"),
    "too long": (good() + file("table", "a" * 300, QUOTES), "file name too long"),
    "far too long": (good() + file("table", "a/" * 600 + "b", QUOTES), NO_NAME),
    "file and folder": (good() + file("table", "a", QUOTES) + file("table", "a/b", QUOTES),
                        "cannot be laid out"),
    "scenario without a name": (good(None), NO_NAME),
    "scenario above": (good(".."), NO_NAME),
    "scenario elsewhere": (good("/etc/passwd.yaml"), NO_NAME),
    "scenario of no name": (good("a_xD800_.yaml"), NO_NAME),
    "half a character in the text": (good(text="title: a_xD800_b"), "one of its files is damaged"),
    "infinite line": ([*HEAD, ["scenario", "my.yaml", "inf", GOOD]], "line 1 of my.yaml is not"),
    "line of no number": ([*HEAD, ["scenario", "my.yaml", "x", GOOD]], "line 1 of my.yaml is not"),
    "digits of no number": ([*HEAD, ["scenario", "my.yaml", "²", GOOD]], "line 1 of my.yaml"),
    "line of a million digits": ([*HEAD, ["scenario", "my.yaml", "1" * 9999, GOOD]], "line 1 of"),
    "lines sorted": (good()[::-1], "line 1 of my.yaml is not there"),
    "a line gone": (good()[:4] + good()[5:], "line 3 of my.yaml is not there"),
    "a file twice": (good() + file("prices", "p.csv", PRICES) * 2, "line 3 of p.csv is not there"),
    "two ways": (good() + file("table", "q.csv", "a") + [["table, base64", "q.csv", 2, "QQ=="]],
                 "line 2 of q.csv is not there"),
    "two scenarios": (good() + file("scenario", "b.yaml", GOOD), "it has 2 scenarios"),
    "none": (HEAD, "it has 0 scenarios"),
    "no base64": ([*HEAD, ["scenario, base64", "my.yaml", 1, "###"]], "files is damaged"),
    "no text": ([*HEAD, ["scenario, base64", "my.yaml", 1, "gICAgA=="]], "scenario is no text"),
    "too large": (good(text="\n".join(f"# {at} {'é' * 30_000}" for at in range(40))),
                  "a scenario has a few thousand"),
}  # fmt: skip


def refused(path: Path) -> str:
    """What is said of a workbook, soon and in little memory."""
    start = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(Mistakes) as caught:
            load(str(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LITTLE, f"{peak >> 20} MB"
    assert time.process_time() - start < SOON
    assert str(caught.value).startswith(str(path))
    return str(caught.value)


@pytest.mark.parametrize("kind", LIES)
def test_a_lie_is_refused_by_name(kind: str, tmp_path: Path) -> None:
    rows, wrong = LIES[kind]
    book = save(tmp_path / "b.xlsx", parts({"Scenario": [*[[None]] * (FIRST_ROW - 1), *rows]}),
                packed=False)  # fmt: skip
    assert wrong in refused(book)
    assert not list(tmp_path.glob("*.csv")) and not list(tmp_path.parent.glob("x.csv"))


@pytest.mark.parametrize("command", ["build", "show", "deck", "quotes", "rfq", "explain"])
def test_every_command_refuses_it_alike(command: str, tmp_path: Path, tco: Command) -> None:
    carrying(tmp_path / "b.xlsx", LIES["NUL"][0])
    more = ["buy_total"] if command == "explain" else []
    answer = tco(command, "b.xlsx", *more)
    assert (answer.code, answer.out) == (2, "") and NO_NAME in answer.err
    assert [one.name for one in tmp_path.iterdir()] == ["b.xlsx"]


def test_what_is_no_lie_is_read(tmp_path: Path) -> None:
    plain = load(str(carrying(tmp_path / "b.xlsx", good())))
    assert plain.name == "my" and plain.carried and plain.carried.text == GOOD
    texts = ["scenario", "my.yaml", *GOOD.split("\n")]
    rows = "".join(
        f'<row r="{FIRST_ROW + at}"><c r="A{FIRST_ROW + at}" t="s"><v>0</v></c>'
        f'<c r="B{FIRST_ROW + at}" t="s"><v>1</v></c><c r="C{FIRST_ROW + at}"><v>{at + 1}</v></c>'
        f'<c r="D{FIRST_ROW + at}" t="s"><v>{at + 2}</v></c></row>'
        for at in range(len(texts) - 2)
    )  # as another program saves it
    shared = save(tmp_path / "s.xlsx", parts({"Scenario": worksheet(rows)}, texts=texts))
    assert load(str(shared)).sha256 == plain.sha256


def test_a_line_beyond_a_million_keeps_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert original._text(1_048_576.0) == "1048576"


def test_a_book_reads_no_file_that_lies_on_the_disk(tmp_path: Path) -> None:
    """Whoever sends a workbook does not get back what is on the reader's disk."""
    secret = tmp_path / "secret.csv"
    secret.write_text("vendor,item,price\nHIDDEN,gpu,1\n")
    text = f"quotes: {{at}}\nown:\n  horizon_years: 4\n{GOOD}"
    for at in (str(secret), "../secret.csv", "secret.csv"):
        with pytest.raises(Mistakes) as caught:
            load(str(carrying(tmp_path / "b.xlsx", good(text=text.format(at=at)))))
        said = str(caught.value)
        assert "HIDDEN" not in said
        assert "lies outside the folder of the scenario" in said or "there is no file" in said
    own = carrying(tmp_path / "b.xlsx", good(text=f"catalogue: {secret}\n{GOOD}"))
    assert not load(str(own)).catalogue.own_lists  # what it carries, which is none


# ---- bombs ---------------------------------------------------------------------------------------


def _repeated(path: Path, text: str, count: int) -> Path:
    """One shared text that a million cells show: kilobytes that come to gigabytes."""
    at = FIRST_ROW
    rows = "".join(
        f'<row r="{at + n}"><c r="A{at + n}" t="s"><v>0</v></c><c r="B{at + n}" t="s"><v>1</v></c>'
        f'<c r="C{at + n}"><v>{n + 1}</v></c><c r="D{at + n}" t="s"><v>2</v></c></row>'
        for n in range(count)
    )
    found = parts({"Scenario": worksheet(rows)}, texts=["table", "q.csv", text])
    return save(path, found, packed=False)


def test_a_text_shown_many_times(tmp_path: Path) -> None:
    book = _repeated(tmp_path / "b.xlsx", "x" * 200_000, 400)
    assert "it has more than 67,108,864 characters" in refused(book)


def test_too_many_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(original, "MOST_LINES", 1_000)
    book = _repeated(tmp_path / "b.xlsx", "x", 1_001)
    assert "has more than 1,000 lines" in refused(book)


def test_a_part_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(original, "MOST_OF_PART", 3 << 20)
    rows = good(text=GOOD + f"# {'x' * 30_000}\n" * 120)
    book = save(tmp_path / "b.xlsx", parts({"Scenario": [*[[None]] * 4, *rows]}), packed=False)
    assert "unpacks to 3 MB; the most is 3 MB" in refused(book)


def test_a_part_that_claims_to_be_small(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    carrying(path, good())
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        said = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = content.replace(said.to_bytes(4, "little"), (said // 2).to_bytes(4, "little"))
    path.write_bytes(lying)
    assert "claims" in refused(path)


# ---- rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb\r\n", "\n\n", "é" * 40_000, "\x07"])
def test_what_is_carried_is_read_back(text: str) -> None:
    made = Carried("a b.yaml", text, ("mfu=0.4",), (("q/é.csv", b"\xff\0"),), (("p.csv", b""),))
    assert from_rows(made.rows()) == made


def test_other_rows_are_passed_over() -> None:
    rows = Carried("a.yaml", "x").rows()
    assert from_rows([("program", "tco", 0, "1"), *rows, ("note", "", 0, "mine")]).text == "x"
    with pytest.raises(NotCarriedError):
        from_rows([("setting", "--set", 2, "mfu=1")])
