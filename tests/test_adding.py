"""Adding lists: no row is lost, nothing is written that is not read back, and outliers are said."""

from __future__ import annotations

import csv
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from tco import files
from tco.catalogue import csvfile, importing
from tco.catalogue.foreign import Wanted
from tco.catalogue.ids import bad_id
from tco.catalogue.importing import add
from tco.catalogue.medians import without
from tco.catalogue.shipped import Finding, shipped
from tco.errors import Mistakes
from tco.lines import ALERT
from tco.read.loading import load
from tco.verify import verify
from tco.workbook.build import workbook
from tests.errors.conftest import GOOD, Answer, contents, run_in

A100, H100 = "a100-sxm4-80gb", "h100-sxm5-80gb"
HEAD = "id,chip,on_demand_price,date\n"
Command = Callable[..., Answer]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(GOOD)
    return tmp_path


@pytest.fixture
def tco(desk: Path) -> Command:
    return lambda *arguments: run_in(desk, *map(str, arguments))


def listed(desk: Path, name: str, price: str = "2", chip: str = A100) -> str:
    (desk / f"{name}.csv").write_text(f"{HEAD}{name},{chip},{price},2026-11-01\n")
    return f"{name}.csv"


def kept(folder: Path, name: str = "offers") -> list[str]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


# ---- two at once ---------------------------------------------------------------------------------


def test_many_runs_at_once_lose_no_row(desk: Path) -> None:
    names = [listed(desk, f"row-{at}") for at in range(5)]
    command = [sys.executable, "-m", "tco", "catalogue", "add"]
    runs = [
        subprocess.Popen([*command, name], cwd=desk, stdout=subprocess.DEVNULL) for name in names
    ]
    assert [run.wait(timeout=120) for run in runs] == [0] * 5
    assert sorted(kept(desk / "catalogue")) == [f"row-{at}" for at in range(5)]
    assert sorted(one.name for one in (desk / "catalogue").iterdir()) == ["offers.csv"]


def test_a_run_waits_for_the_one_before_it(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is stopped where it has read the folder and not yet written it."""
    to, one, two = desk / "own", desk / listed(desk, "one"), desk / listed(desk, "two")
    reached, go = threading.Event(), threading.Event()
    written = importing.write_all

    def slow(what: dict[Path, bytes]) -> None:
        reached.set()
        assert go.wait(30)
        written(what)

    monkeypatch.setattr(importing, "write_all", slow)
    first = threading.Thread(target=add, args=([str(one)], to, Wanted()))
    first.start()
    assert reached.wait(30)
    monkeypatch.setattr(importing, "write_all", written)
    second = threading.Thread(target=add, args=([str(two)], to, Wanted()))
    second.start()
    second.join(0.3)
    assert second.is_alive() and not (to / "offers.csv").exists()
    go.set()
    first.join(30)
    second.join(30)
    assert kept(to) == ["one", "two"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away there")
def test_a_lock_that_its_holder_took_away_is_none(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening it and locking it the run before may have finished."""
    lock, tried, taken = desk / ".tco-lock", files._try_to_lock, []

    def late(file: IO[str]) -> None:
        if not taken:
            lock.unlink()
        taken.append(file)
        tried(file)

    monkeypatch.setattr(files, "_try_to_lock", late)
    with files.alone_in(desk):
        assert lock.exists() and len(taken) == 2
    assert not lock.exists()


HOLD = """
import sys
from pathlib import Path
from tco.files import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(desk: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(desk / "catalogue")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_holds_a_folder_is_said_and_a_dead_process_holds_none(
    desk: Path, holder: subprocess.Popen[str], tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE_S", 0.1)
    name, before = listed(desk, "mine"), contents(desk)
    answer = tco("catalogue", "add", name)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(
        rf"catalogue: another run of tco is adding to this folder: process {holder.pid} on .+\n"
        r"Wait until it is done, then add again\.\n", answer.err,
    )  # fmt: skip
    assert contents(desk).keys() == before.keys() | {"good.yaml"}
    holder.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    holder.wait()
    assert tco("catalogue", "add", name).code == 0
    assert kept(desk / "catalogue") == ["mine"]
    assert [one.name for one in (desk / "catalogue").iterdir()] == ["offers.csv"]


def test_a_refusal_leaves_no_folder_and_no_lock(desk: Path, tco: Command) -> None:
    before = contents(desk)
    assert tco("catalogue", "add", "nowhere.csv", "--to", "a/b/c").code == 2
    listed(desk, "bad", "x")
    assert tco("catalogue", "add", "bad.csv", "--to", "a/b/c").code == 2
    assert contents(desk).keys() - {"bad.csv"} == before.keys()


def test_a_folder_that_cannot_be_locked_is_written_all_the_same(
    desk: Path, tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: object) -> None:
        raise OSError("no locks here")

    monkeypatch.setattr(files, "_try_to_lock", no_locks)
    assert tco("catalogue", "add", listed(desk, "mine")).code == 0
    assert kept(desk / "catalogue") == ["mine"]


def test_a_list_saved_meanwhile_is_not_overwritten(
    desk: Path, tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spreadsheet knows nothing of locks."""
    tco("catalogue", "add", listed(desk, "first"))
    path, laid = desk / "catalogue/offers.csv", importing._laid
    saved = f"{HEAD}by-hand,{A100},3,2026-11-02\n"

    def saves(*arguments: object) -> object:
        path.write_text(saved)
        return laid(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_laid", saves)
    answer = tco("catalogue", "add", listed(desk, "second"))
    assert (answer.code, answer.err) == (
        2, f"{Path('catalogue/offers.csv')}: this list was changed while it was being added to\n"
        "Add again.\n",
    )  # fmt: skip
    assert path.read_text() == saved


# ---- what is written is read back ----------------------------------------------------------------

CELLS = [
    "offer\r4711", "two\r\nlines", 'a "quote"', "a, comma; tab\there", "=1+1", "-5 percent",
    "'quoted'", "\rboth ends\r", "a\u2028b\u0085c", "a\r\r\nb", "sep=;",
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_a_list_is_read_back_as_it_was_given(cell: str, desk: Path, tco: Command) -> None:
    quoted = cell.replace('"', '""')
    (desk / "own.csv").write_text(
        f'id,chip,on_demand_price,date,note\nmine,{A100},2,2026-11-01,"{quoted}"\n', newline=""
    )
    given = load(str(desk / "good.yaml"), [f"catalogue={desk / 'own.csv'}"])
    assert tco("catalogue", "add", "own.csv").code == 0
    back = load(str(desk / "good.yaml"), [f"catalogue={desk / 'catalogue'}"])
    notes = [one.catalogue["offers"].row("mine")["note"] for one in (given, back)]
    assert notes[1] == re.sub(r"\r\n?", "\n", notes[0]) and notes[0]
    printed = tco("catalogue", "offers", "--csv", "--find", "own:").out
    (desk / "printed.csv").write_text(printed, newline="")
    assert tco("catalogue", "add", "printed.csv", "--to", "again").code == 0
    assert kept(desk / "again") == ["mine"]


def test_what_would_not_be_read_back_is_not_written(
    desk: Path, tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = importing.csv_text
    monkeypatch.setattr(importing, "csv_text", lambda rows: written(rows).replace("mine", "min"))
    before = contents(desk)
    answer = tco("catalogue", "add", listed(desk, "mine"))
    assert (answer.code, answer.out) == (2, "")
    assert "of mine would not be read back as it is" in answer.err
    assert contents(desk).keys() - {"mine.csv"} == before.keys()


# ---- ids -----------------------------------------------------------------------------------------

IDS = {
    "mi\u200bne": "an id has no character that is not seen: ZERO WIDTH SPACE (U+200B)",
    "mi\u202ene": "an id has no character that is not seen: RIGHT-TO-LEFT OVERRIDE (U+202E)",
    "mi\u2066ne": "an id has no character that is not seen: LEFT-TO-RIGHT ISOLATE (U+2066)",
    "mi\u00adne": "an id has no character that is not seen: SOFT HYPHEN (U+00AD)",
    "mi\u00a0ne": "an id has no character that is not seen: NO-BREAK SPACE (U+00A0)",
    "mi\ufe0fne": "an id has no character that is not seen: VARIATION SELECTOR-16 (U+FE0F)",
    "mi\u3164ne": "an id has no character that is not seen: HANGUL FILLER (U+3164)",
    "mi\u2060ne": "an id has no character that is not seen: WORD JOINER (U+2060)",
    "1E5": "a spreadsheet would take “1E5” for a number",
    "007": "a spreadsheet would take “007” for a number",
    "1.5": "a spreadsheet would take “1.5” for a number",
    "5%": "a spreadsheet would take “5%” for a number",
    "$5": "a spreadsheet would take “$5” for a number",
    "1/2": "a spreadsheet would take “1/2” for a number",
    "2026-01-02": "a spreadsheet would take “2026-01-02” for a date or a time",
    "3/4/26": "a spreadsheet would take “3/4/26” for a date or a time",
    "10:30": "a spreadsheet would take “10:30” for a date or a time",
    "MAR1": "a spreadsheet would take “MAR1” for a date or a time",
    "2-Sep": "a spreadsheet would take “2-Sep” for a date or a time",
    "1. Okt": "a spreadsheet would take “1. Okt” for a date or a time",
    "TRUE": "a spreadsheet would take “TRUE” for a truth value",
    "wahr": "a spreadsheet would take “wahr” for a truth value",
    "FAUX": "a spreadsheet would take “FAUX” for a truth value",
    "'=x": "a spreadsheet would take “=x” for a formula",
    "@sum": "a spreadsheet would take “@sum” for a formula",
    "-x": "a spreadsheet would take “-x” for a formula",
    "#N/A": "a spreadsheet would take “#N/A” for an error",
    "#BEZUG!": "a spreadsheet would take “#BEZUG!” for an error",
    "x" * 256: "this id has 256 characters; a spreadsheet finds 255",
}


def test_an_id_that_a_spreadsheet_would_not_find(desk: Path, tco: Command) -> None:
    rows = "".join(f'"{key}",{A100},2,2026-11-01\n' for key in IDS)
    for part, lines in enumerate((rows.splitlines()[:15], rows.splitlines()[15:])):
        (desk / "own.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        answer = tco("catalogue", "add", "own.csv")
        assert (answer.code, answer.out) == (2, "")
        told = [one.split("\n")[0] for one in answer.err.split("\n\n")]
        wanted = list(IDS.values())[15 * part :][:15]
        assert told == [f"own.csv:{n}:1: row {n}, id: {one}" for n, one in enumerate(wanted, 2)]


@pytest.mark.parametrize("key", IDS)
def test_what_to_type_for_such_an_id_is_one(key: str) -> None:
    wrong, remedy = bad_id(key.removeprefix("'"), "offers") or ("", "")
    assert wrong == IDS[key]
    if found := re.search(r"for example: (.+)$", remedy):
        assert bad_id(found[1], "offers") is None and key.strip("'=@-$") in found[1]


@pytest.mark.parametrize(
    "key",
    ["mine", "8x-h100", "h100", "may", "1e5x", "jan-server", "country:USA", "x" * 255, "漢字",
     "a.b", "truest", "v1.2.3", "march-offer", "12-month"],
)  # fmt: skip
def test_an_id_that_is_a_name(key: str) -> None:
    assert bad_id(key, "offers") is None


@pytest.mark.parametrize("name", ["chips", "offers", "grids", "classes"])
def test_every_shipped_id_is_one(name: str) -> None:
    assert [row["id"] for row in without(shipped()[name].rows) if bad_id(row["id"], name)] == []


# ---- outliers ------------------------------------------------------------------------------------

LOW = min(
    (float(row["on_demand_price"]), row["id"])
    for row in without(shipped()["offers"].rows) if row["chip"] == H100 and row["on_demand_price"]
)  # fmt: skip
HIGH = max(
    (float(row["on_demand_price"]), row["id"])
    for row in without(shipped()["offers"].rows) if row["chip"] == H100 and row["on_demand_price"]
)  # fmt: skip
PEAK = shipped()["chips"].row(H100)["bf16_tflops"]
PRICE = shipped()["chips"].row(H100)["price"]
USA = shipped()["grids"].row("country:USA")["power_price"]
SPARSE = f"this looks like the figure with sparsity; the catalogue counts dense: {PEAK}"
REMARKABLE = {
    f"{HEAD}mine,{H100},0.01,2026-11-01\n":
        f"on_demand_price of mine is 0.01; the lowest shipped is {LOW[0]:g} ({LOW[1]})",
    f"{HEAD}mine,{H100},{HIGH[0] * 3.1},2026-11-01\n":
        f"on_demand_price of mine is {HIGH[0] * 3.1}; the highest shipped is {HIGH[0]:g} "
        f"({HIGH[1]})",
    f"id,bf16_tflops,date\n{H100},{float(PEAK) * 2:g},2026-11-01\n":
        f"bf16_tflops of {H100} is {float(PEAK) * 2:g}, 2 times the shipped {PEAK}; {SPARSE}",
    f"id,bf16_tflops,date\n{H100},{float(PEAK) * 1.6:g},2026-11-01\n":
        f"bf16_tflops of {H100} is {float(PEAK) * 1.6:g}, 1.6 times the shipped {PEAK}",
    f"id,price,date\n{H100},{float(PRICE) * 1000:.0f},2026-11-01\n":
        f"price of {H100} is {float(PRICE) * 1000:.0f}, 1,000 times the shipped {PRICE}",
    f"id,price,date\n{H100},{float(PRICE) / 4:g},2026-11-01\n":
        f"price of {H100} is {float(PRICE) / 4:g}, 0.25 times the shipped {PRICE}",
    f"id,memory_gb,date\n{H100},640,2026-11-01\n":
        f"memory_gb of {H100} is 640, 8 times the shipped 80",
    f"id,power_price,date\ncountry:USA,{float(USA) * 1000:g},2026-11-01\n":
        f"power_price of country:USA is {float(USA) * 1000:g}, 1,000 times the shipped {USA}",
    "id,power_price,date\nsite,85,2026-11-01\n":
        "power_price of site is 85; the highest shipped is ",
    "id,mfu,date\nhopper/large,0.1,2026-11-01\n": "mfu of hopper/large is 0.1, ",
}  # fmt: skip
UNREMARKABLE = [
    f"{HEAD}mine,{H100},{LOW[0] / 2.9},2026-11-01\n",
    f"{HEAD}mine,{H100},{HIGH[0] * 2.9},2026-11-01\n",
    f"id,bf16_tflops,date\n{H100},{float(PEAK) * 1.4:g},2026-11-01\n",
    f"id,price,date\n{H100},{float(PRICE) * 2.5:g},2026-11-01\n",
    "id,power_price,date\nsite,0.04,2026-11-01\n",
    "id,bf16_tflops,memory_gb,date\nour-asic,1000,192,2026-11-01\n",
    "id,grid_intensity,date\nsite,0,2026-11-01\n",
]


@pytest.mark.parametrize("text", REMARKABLE)
def test_a_figure_far_from_the_shipped_one_is_said(text: str, desk: Path, tco: Command) -> None:
    said = REMARKABLE[text]
    (desk / "own.csv").write_text(text)
    answer = tco("catalogue", "add", "own.csv")
    assert answer.code == 0 and answer.err.startswith(f"warning: own.csv, row 2: {said}")
    (table,) = (desk / "catalogue").iterdir()
    again = tco("show", "good.yaml").err.split("\n")
    assert again[0].startswith("own prices: ")
    assert again[1].startswith(f"warning: catalogue/{table.name}, row 2: {said}")
    assert again[2:] == [""]
    found = load(str(desk / "good.yaml"), [f"catalogue={desk / 'own.csv'}"])
    checks = {one.flag.key: one for one in found.model.checks}
    alert = checks["own_figures_far_check"]
    assert alert.kind == ALERT and found.numbers[alert.flag.key] == 1
    assert str(found.numbers[alert.says.key]).startswith(f"1 found; the first: {said[:60]}")


@pytest.mark.parametrize("text", UNREMARKABLE)
def test_a_figure_near_the_shipped_one_is_not(text: str, desk: Path, tco: Command) -> None:
    (desk / "own.csv").write_text(text)
    answer = tco("catalogue", "add", "own.csv")
    assert (answer.code, answer.err) == (0, "")
    found = load(str(desk / "good.yaml"), [f"catalogue={desk / 'own.csv'}"])
    assert "own_figures_far" not in found.model


def test_what_own_figures_are_called_stays_text(desk: Path) -> None:
    """Braces and quotation marks of an id, and a long one, in the formula of the check."""
    name = 'a{b}"c' + "d" * 240
    quoted = name.replace('"', '""')
    text = f'id,power_price,date\n"{quoted}",85,2026-11-01\nsite,90,2026-11-01\n'
    (desk / "own.csv").write_text(text)
    found = load(str(desk / "good.yaml"), [f"catalogue={desk / 'own.csv'}"])
    said = str(found.numbers["own_figures_far_check_note"])
    assert said.startswith(f"2 found; the first: power_price of {name}"[:200]) and said[-1] == "…"
    (desk / "made.xlsx").write_bytes(workbook(found))
    assert [one.differences for one in verify(desk / "made.xlsx")] == [(), ()]


def test_findings_can_be_read_and_hold_no_path(desk: Path) -> None:
    (desk / "own.csv").write_text(f"{HEAD}mine,{H100},0.01,2026-11-01\n")
    found = load(str(desk / "good.yaml"), [f"catalogue={desk / 'own.csv'}"]).catalogue.findings
    said = f"on_demand_price of mine is 0.01; the lowest shipped is {LOW[0]:g} ({LOW[1]})"
    assert found == (Finding("own.csv", 2, said),)
    assert str(found[0]) == f"own.csv, row 2: {said}"
    assert load(str(desk / "good.yaml")).catalogue.findings == ()


def test_an_export_with_a_price_too_low_is_taken_and_said(desk: Path, tco: Command) -> None:
    (desk / "mithril.csv").write_text(
        "InstanceType,AcceleratorName,AcceleratorCount,Price,Region\n"
        "m1-b200.sxm.8x,B200,8,0.08,us-x\nm1-h100.sxm.8x,H100-SXM,8,24,us-x\n"
    )
    answer = tco("catalogue", "add", "mithril.csv", "--provider", "m", "--date", "2026-11-20")
    assert (answer.code, answer.err.count("\n")) == (0, 1)
    assert answer.err.startswith(
        "warning: mithril.csv: on_demand_price of m-m1-b200.sxm.8x-us-x is 0.01; the lowest shipped"
    )


def test_many_warnings_are_counted(desk: Path, tco: Command) -> None:
    rows = "".join(f"mine-{at},{H100},0.01,2026-11-01\n" for at in range(33))
    (desk / "own.csv").write_text(HEAD + rows)
    lines = tco("catalogue", "add", "own.csv").err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "warning: and 13 more figures far from the shipped ones"


# ---- files larger than any list ------------------------------------------------------------------

LARGE = {
    "lines": (HEAD + "\n" * 90, "MOST_LINES", 50,
              "own.csv: the file has 91 lines; a list has at most 50"),
    "carriage returns": (HEAD + "\r" * 90, "MOST_LINES", 50,
                         "own.csv: the file has 91 lines; a list has at most 50"),
    "a line": (HEAD + "x" * 900, "MOST_IN_A_LINE", 500,
               "own.csv:2:1: this line has more than 500 bytes"),
    "a cell": (HEAD + 'a,"' + "x\n" * 900, "MOST_IN_A_CELL", 500,
               "own.csv:2:3: a text has more than 500 characters: is a quotation mark open?"),
    "columns": ("id,chip" + ",x" * 90 + "\n" + "," * 91 + "\n", "MOST_COLUMNS", 50,
                "own.csv:1:105: row 1 has 92 cells; a list has at most 50"),
    "cells": (HEAD + "," * 90 + "\n", "MOST_COLUMNS", 50,
              "own.csv:2:51: row 2 has 91 cells; a list has at most 50"),
    "bytes": (HEAD + "x,y,1,2026-01-01\n" * 90, "MOST_BYTES", 900,
              "own.csv: the file has more than 900 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("case", LARGE)
def test_size_and_count_are_refused_first(
    case: str, desk: Path, tco: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, limit, most, said = LARGE[case]
    monkeypatch.setattr(csvfile, limit, most)
    (desk / "own.csv").write_text(text, newline="")
    answer = tco("catalogue", "add", "own.csv")
    assert (answer.code, answer.out, answer.err.split("\n")[0]) == (2, "", said)


def test_places_are_found_once_for_a_row(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten mistakes in one row read it once, not ten times."""
    cells = ",".join(["x"] * 12)
    content = f"{','.join(f'column_{at}' for at in range(12))}\n{cells}\n{cells}\n".encode()
    sheet = csvfile.read_csv("own.csv", content)
    csvfile._cells_of.cache_clear()
    for row in sheet.rows:
        assert [sheet.place(row, at).column for at in range(12)] == list(range(1, 24, 2))
    assert csvfile._cells_of.cache_info().misses == 2


def test_hints_are_looked_for_only_where_they_are_shown(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tco.catalogue import hints

    asked = []
    nearest = hints.near
    monkeypatch.setattr(hints, "near", lambda *one: asked.append(one) or nearest(*one))
    rows = "".join(f"mine-{at},h100-sxm{at},2,2026-11-01\n" for at in range(400))
    (desk / "own.csv").write_text(HEAD + rows)
    with pytest.raises(Mistakes) as error:
        add([str(desk / "own.csv")], desk / "to", Wanted())
    assert len(error.value.mistakes) == hints.MOST_SHOWN + 1
    assert all("Did you mean" in one.remedy for one in error.value.mistakes[:-1])
    assert len(asked) <= 2 * hints.MOST_SHOWN
