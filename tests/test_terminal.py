"""What is drawn on a terminal: within its width, nothing cut, totals bold; plain text for pipes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tco import console
from tco.catalogue.listing import Query, catalogue_here, table_named
from tco.catalogue.listing import answer as of_catalogue
from tco.page.first import page
from tco.page.report import explained, listed
from tco.page.terminal import answer
from tco.quantities import show
from tco.read.start import listed as scenarios
from tco.saying import say
from tco.tables import Answer, PrintedRow, PrintedTable, Words
from tco.tender.tabulation import answer as of_quotes
from tco.widths import columns_of
from tests.errors.conftest import run_in
from tests.loaded import load

STYLE = re.compile("\x1b\\[[0-9;]*m")
NUMBER = re.compile(r"-?[\d,.]+(E[+-]\d+)?%?( [^\d ]{1,10})?")  # 1,234; 5.00%; 320.2 M
WIDTHS = (80, 100, 137, 200)
Seen = Callable[..., str]


class _Screen(io.StringIO):
    """A standard output that somebody looks at."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What is drawn of an answer on a terminal that wide, styles included."""

    def draw(said: Answer, width: int) -> str:
        screen = _Screen()
        with monkeypatch.context() as here:
            here.delenv("NO_COLOR", raising=False)
            here.setenv("TERM", "xterm")
            here.setenv("COLUMNS", str(width))
            here.setattr(sys, "stdout", screen)
            say(said)
        return screen.getvalue()

    return draw


ANSWERS: dict[str, Callable[[], Answer]] = {
    "build own": lambda: _page("own-1024-h100"),
    "build budget": lambda: _page("wikitext-103-for-30-dollars"),
    "build programme": lambda: _page("icml-2024-programme"),
    "show": lambda: listed(load("own-1024-h100")),
    "explain": lambda: explained(load("llm-100b-10d"), "gpu_cost"),
    "quotes": lambda: of_quotes(load("rfq-512-b200")),
    "scenarios": scenarios,
    "catalogue": lambda: of_catalogue(table_named(catalogue_here(), "chips"), Query()),
}


def _page(name: str) -> Answer:
    scenario = load(name)
    return answer(scenario, page(scenario))


def _words_of(text: str) -> str:
    """The letters that are shown, wherever lines and columns break."""
    return re.sub(r"[\s─]", "", STYLE.sub("", text))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ANSWERS)
def test_it_fits_and_nothing_is_cut(
    name: str, width: int, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))  # of the catalogue as many columns as fit
    said = ANSWERS[name]()
    drawn = seen(said, width)
    bare = STYLE.sub("", drawn)
    assert max(map(columns_of, bare.splitlines())) <= width
    assert "…" not in bare and said.blocks
    for block in said.blocks:
        if isinstance(block, Words):
            assert _words_of(block.text) in _words_of(drawn)
            continue
        for row in block.rows:
            for cell, numeric in zip(row.cells, block.numeric, strict=True):
                if numeric and NUMBER.fullmatch(cell):
                    assert cell in bare, f"{cell} is broken"


def test_a_number_stands_on_the_right_and_a_total_is_bold(seen: Seen) -> None:
    rows = (PrintedRow(("GPU cost", "9")), PrintedRow(("All of it", "1,234,567"), strong=True))
    drawn = seen(Answer("", (PrintedTable("Cost", ("Item", "USD"), (False, True), rows),)), 80)
    lines = drawn.splitlines()
    assert [STYLE.sub("", one) for one in lines] == [
        "Cost",
        "Item             USD",
        "────────────────────",
        "GPU cost           9",
        "────────────────────",
        "All of it  1,234,567",
    ]
    bold = [one.startswith("\x1b[1m") for one in lines]
    assert bold == [True, True, False, False, False, True]


def test_the_verdict_is_what_is_read_first(seen: Seen) -> None:
    said = _page("own-1024-h100")
    drawn = seen(said, 200)
    strong = next(one for one in drawn.splitlines() if "\x1b[1m" in one)
    assert "Own or rent over 4 years: too close to call." in strong


def test_long_words_are_broken_between_words(seen: Seen) -> None:
    text = "the longest of all the sentences that a check can say about what it found here"
    rows = (PrintedRow(("check", text)), PrintedRow(("other", "short")))
    drawn = seen(Answer("", (PrintedTable("", ("A", "B"), (False, False), rows),)), 40)
    shown = [one.strip() for one in STYLE.sub("", drawn).splitlines()]
    assert set(" ".join(shown).split()) >= set(text.split())
    assert max(map(columns_of, shown)) <= 40


@pytest.mark.parametrize("width", [80, 200])
def test_wide_characters_take_two_columns(width: int, seen: Seen) -> None:
    name = "一千零二十四张加速卡的四年成本" * 4
    rows = (PrintedRow((name, "1,234,567", "自有或租用" * 9)), PrintedRow(("b", "8", "c")))
    table = PrintedTable(name, ("名称", "美元", "说明"), (False, True, False), rows)
    bare = STYLE.sub("", seen(Answer("", (Words(name, strong=True), table)), width))
    assert max(map(columns_of, bare.splitlines())) <= width
    assert bare.count("零") == 12 and bare.count("自") == 9 and "1,234,567" in bare
    at = [columns_of(one[: one.index(cell) + len(cell)])
          for one in bare.splitlines() for cell in ("1,234,567", " 8 ") if cell in one]  # fmt: skip
    assert at[0] == at[1] - 1


def test_a_name_is_neither_markup_nor_a_command(seen: Seen) -> None:
    name = "[red]rack[/red] [link=x] :smile: \x1b[31mred"
    table = PrintedTable(name, (name, "USD"), (False, True), (PrintedRow((name, "1")),))
    drawn = seen(Answer("", (Words(name), table)), 80)
    assert drawn.count("[red]rack[/red] [link=x] :smile: �[31mred") == 4
    assert "\x1b[31m" not in drawn


def test_what_does_not_fit_stands_side_by_side_or_row_by_row(seen: Seen) -> None:
    heads = ("", *(f"Column {number}" for number in range(12)))
    numeric = (False, *(True for _ in range(12)))
    rows = tuple(PrintedRow((f"row {n}", *("12,345,678" for _ in range(12)))) for n in range(3))
    turned = STYLE.sub("", seen(Answer("", (PrintedTable("", heads, numeric, rows),)), 60))
    assert turned.splitlines()[0].split() == ["row", "0", "row", "1", "row", "2"]
    assert turned.count("12,345,678") == 36 and "Column 11" in turned
    many = PrintedTable("", heads, numeric, rows * 4)
    cards = STYLE.sub("", seen(Answer("", (many,)), 60))
    assert cards.count("12,345,678") == 144 and cards.count("Column 11") == 12


def test_no_colour_and_a_dumb_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Answer("plain", (Words("drawn", strong=True),))
    for name, value, expected in (("NO_COLOR", "1", "drawn\n"), ("TERM", "dumb", "plain\n")):
        screen = _Screen()
        with monkeypatch.context() as here:
            here.setenv("TERM", "xterm")
            here.setenv(name, value)
            here.setattr(sys, "stdout", screen)
            say(said)
        assert screen.getvalue() == expected


PIPED = (
    "build wikitext-103-for-30-dollars", "show llm-100b-10d", "explain llm-100b-10d gpu_cost",
    "scenarios", "quotes rfq-512-b200", "catalogue chips",
)  # fmt: skip


@pytest.mark.parametrize("words", PIPED)
def test_a_pipe_gets_plain_text(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where colours are forced: whoever pipes wants text."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    found = run_in(tmp_path, *words.split())
    assert found.code == 0 and "\x1b" not in found.out and "─" not in found.out


def test_a_pipe_does_not_import_what_draws(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['tco', 'show', 'published-2019']\n"
        "from tco.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([one for one in sys.modules if one.split('.')[0] == 'rich'], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True,
                          text=True, check=True, timeout=60)  # fmt: skip
    assert done.stderr.strip() == "[]" and "Runs" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is a device of Unix")
@pytest.mark.parametrize("width", [80, 200])
def test_on_a_real_terminal(width: int, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": str(width)}
    env.pop("NO_COLOR", None)
    program = [sys.executable, "-m", "tco", "quotes", "rfq-512-b200"]
    with subprocess.Popen(program, cwd=tmp_path, env=env, stdout=theirs) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                said += (part := os.read(ours, 1 << 16))
            except OSError:  # the other end is closed, as Linux says it
                break
            if not part:
                break
    os.close(ours)
    assert process.returncode == 0
    drawn = said.decode().replace("\r\n", "\n")
    assert "\x1b[1m" in drawn and "← chosen" in drawn
    assert max(columns_of(STYLE.sub("", one)) for one in drawn.splitlines()) <= width


# ---- one scale a column -------------------------------------------------------------------------


def test_small_numbers_are_not_all_zero() -> None:
    """Without a scale of its own the swing of a small model reads 0.0 bn."""
    said = _page("wikitext-103-for-30-dollars").plain
    swings = said.partition("Swing, parameter")[2].partition("\n\n")[0]
    assert " bn" not in swings and len(re.findall(r"\d+\.\d M", swings)) >= 12
    assert not re.search(r"\b0\.0 M", swings)


def test_the_largest_number_of_a_column_chooses_its_scale() -> None:
    assert show(205.3e6, "parameter") == "0.2 bn"
    assert [show(one, "parameter", 343.5e6) for one in (205.3e6, 10e6)] == ["205.3 M", "10.0 M"]
    assert show(5e9, "parameter", 7e9) == "5.0 bn"
    assert show(4e6, "byte", 5e6) == "4.00 MB"
    assert show(1.5, "USD", 1.5) == show(1.5, "USD")
    assert show(0.0, "parameter", 0.0) == "0.0 bn"


def test_widths_are_those_of_the_terminal_within_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, width in {"80": 80, "200": 200, "400": 200, "3": 20}.items():
        monkeypatch.setenv("COLUMNS", columns)
        assert console.width_here() == width
