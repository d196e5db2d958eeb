"""Files that wait, deceive or blow up, in every place where a command takes one."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from tco.catalogue.csvfile import read_csv
from tco.errors import Mistakes
from tco.files import bundled
from tco.slides import hostile
from tco.slides.canvas import canvas
from tco.slides.packing import packed
from tco.tender.columns import BUY, SIDES
from tco.tender.filled import filled_cells
from tco.tender.quotesfile import quotes_file
from tests.errors.conftest import GOOD, Answer, contents, run_in
from tests.verify.making import parts, save

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of Unix")
Command = Callable[..., Answer]
RFQ = "rfq-512-b200"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(GOOD)
    return tmp_path


@pytest.fixture
def tco(desk: Path) -> Command:
    return lambda *words: run_in(desk, *map(str, words))


@pytest.fixture
def at_once() -> Iterator[None]:
    """Nobody waits: a command that does ends here."""

    def late(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


# ---- pipes and devices ---------------------------------------------------------------------------

TAKES = (
    "show {}.yaml", "build {}.yaml", "deck {}.yaml", "quotes {}.yaml", "rfq {}.yaml",
    "explain {}.yaml gpus", "new mine --from {}.yaml", "build good.yaml {}.yaml --compare both",
    "diff {}.yaml good.yaml", "diff good.yaml {}.xlsx", "show {}.xlsx", "build {}.xlsx",
    "verify {}.xlsx", "catalogue add {}.csv",
    "show good.yaml --set catalogue={}.csv", "deck good.yaml --format pptx --template {}.pptx",
    "deck good.yaml --template {}.folder",
)  # fmt: skip


@posix
@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("words", TAKES)
def test_a_pipe_is_never_waited_for(words: str, desk: Path, tco: Command) -> None:
    os.mkfifo(desk / f"pipe.{words.partition('{}.')[2].partition(' ')[0]}")
    before = contents(desk)
    answer = tco(*words.format("pipe").split())
    assert answer.code == 2 and "pipe." in answer.err and "Traceback" not in answer.err
    assert contents(desk) == before


@posix
@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("device", ["zero", "urandom"])
@pytest.mark.parametrize("words", TAKES)
def test_a_device_is_never_read_to_its_end(
    words: str, device: str, desk: Path, tco: Command
) -> None:
    name = f"{device}.{words.partition('{}.')[2].partition(' ')[0]}"
    (desk / name).symlink_to(f"/dev/{device}")
    answer = tco(*words.format(device).split())
    assert answer.code == 2 and name in answer.err
    assert not (desk / "output").exists() and not (desk / "mine.yaml").exists()


@posix
@pytest.mark.usefixtures("at_once")
def test_answers_in_a_pipe(desk: Path, tco: Command) -> None:
    for end in (".yaml", ".quotes.csv", ".rent_quotes.csv"):
        shutil.copy(bundled("scenarios") / f"{RFQ}{end}", desk)
    for name in ("a.csv", "a.xlsx"):
        os.mkfifo(desk / name)
        answer = tco("quotes", "add", f"{RFQ}.yaml", name)
        assert (answer.code, answer.err.partition("\n")[0]) == (
            2, f"{name}: this is a pipe, not a file",
        )  # fmt: skip


# ---- templates -----------------------------------------------------------------------------------


def refused(path: Path, most: int = 32 << 20) -> str:
    tracemalloc.start()
    with pytest.raises(Mistakes) as caught:
        canvas(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < most, f"{peak >> 20} MB"
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "company.pptx"
    Presentation().save(str(path))
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_template_that_blows_up(template: Path) -> None:
    said = refused(with_part(template, "ppt/media/image9.bin", bytes(40 << 20)))
    assert "unpacks to" in said and "the most is 100" in said


def test_a_template_too_large(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "MOST_OF_TEMPLATE", 1 << 20)
    noise = os.urandom(2 << 20)
    assert "it unpacks to 2 MB; the most is 1 MB" in refused(
        with_part(template, "ppt/media/image9.bin", noise)
    )


def test_a_template_of_too_many_tags(template: Path) -> None:
    content = b"".join(b"<a>%d</a>" % (at * 7919 % 10_007) for at in range(600_000))
    assert "it has more than 1,000,000 tags" in refused(with_part(template, "ppt/x.xml", content))


def test_a_template_with_macros(template: Path) -> None:
    assert "this presentation has macros" in refused(
        with_part(template, "ppt/vbaProject.bin", b"x")
    )


def test_a_template_that_would_fetch_something(template: Path, tmp_path: Path) -> None:
    found = Presentation(str(template))
    found.slide_master.part.relate_to("https://example.org", RELATIONSHIP_TYPE.HYPERLINK, True)
    found.save(str(tmp_path / "click.pptx"))
    canvas(tmp_path / "click.pptx")
    address = r"\\elsewhere\share\logo.png"
    found.slide_master.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    found.save(str(template))
    assert f"it would fetch what lies elsewhere (image): {address}" in refused(template)


@pytest.mark.parametrize("content", [b"no archive", b"", b"PK\x05\x06" + bytes(18)])
def test_a_book_in_a_template_that_is_none_stays(content: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ppt/embeddings/book.xlsx", content)
    with zipfile.ZipFile(io.BytesIO(packed(out.getvalue(), "2026-11-21"))) as archive:
        assert archive.read("ppt/embeddings/book.xlsx") == content


def test_books_in_books_are_not_followed() -> None:
    inner = b"end"
    for _ in range(2_000):  # deeper than Python calls
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.xlsx", inner)
        inner = out.getvalue()
    packed(inner, "2026-11-21")


PROGRAMS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ board.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% for a in range(10**9) %}{% endfor %}",
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_template_reaches_nothing_but_the_page(program: str, desk: Path, tco: Command) -> None:
    (desk / "own").mkdir()
    (desk / "own/board.md.j2").write_text(program)
    answer = tco("deck", "good.yaml", "--format", "md", "--template", "own")
    assert answer.code == 2 and "the template does not work" in answer.err
    assert "root:" not in answer.out and not (desk / "output").exists()


# ---- tables in text ------------------------------------------------------------------------------


def test_a_line_of_two_million_cells_is_refused_soon() -> None:
    began = time.process_time()
    with pytest.raises(Mistakes, match="row 1 has 1,900,001 cells"):
        read_csv("a.csv", b"," * 1_900_000)
    assert time.process_time() - began < 1.5


@pytest.fixture
def tender(desk: Path, tco: Command) -> Callable[..., Answer]:
    """Adds one quote, complete but for what is changed in it."""
    for end in (".yaml", ".quotes.csv", ".rent_quotes.csv"):
        shutil.copy(bundled("scenarios") / f"{RFQ}{end}", desk)
    text = (desk / f"{RFQ}.quotes.csv").read_text(encoding="utf-8")
    row = next(csv.DictReader(io.StringIO(text)))

    def add(**changed: str) -> Answer:
        made = {**row, "vendor": "Vendor Z", "round": "1", **changed}
        with (desk / "answer.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(made))
            writer.writeheader()
            writer.writerow(made)
        return tco("quotes", "add", f"{RFQ}.yaml", "answer.csv")

    return add


@pytest.mark.parametrize("changed", [
    {"note": "n" * 100_000}, {"document": "@d" * 40_000}, {"colour": "x" * 50_000},
    {"vendor": "=1+1"}, {"note": "-1+cmd|' /c calc'!A1"}, {"note": "\t=x"}, {"note": "a\rb\nc"},
    {"note": "]] [waits: x] ]"},
], ids=lambda one: str(one)[:30])  # fmt: skip
def test_what_is_added_is_read_again(
    changed: dict[str, str], desk: Path, tco: Command, tender: Callable[..., Answer]
) -> None:
    """One answer of a vendor must not make a scenario unreadable, nor its file run a formula."""
    answer = tender(**changed)
    assert answer.code == 0 and "1 quote added" in answer.out, answer.err
    assert max(map(len, answer.out.splitlines())) < 1_100
    assert tco("quotes", f"{RFQ}.yaml").code == 0
    with (desk / f"{RFQ}.quotes.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


@pytest.mark.parametrize(
    "number", ["9" * 5_000, "1e400", "-1e400", "NaN", "inf", "²", "٣²", "1e300"]
)
@pytest.mark.parametrize("column", ["round", "price"])
def test_what_is_no_number_waits(
    number: str, column: str, desk: Path, tender: Callable[..., Answer]
) -> None:
    answer = tender(**{column: number})
    assert answer.code == 0 and "0 quotes added, 1 incomplete" in answer.out


@pytest.mark.parametrize("said", ["²", "9" * 5_000, "", "x", "1e400"])
def test_a_round_in_the_file_that_is_no_number(said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.quotes.csv"
    path.write_text(f"vendor,item,price,round\nA,gpu,1,{said}\n", encoding="utf-8")
    there = quotes_file(path, SIDES[BUY])
    there.add(SIDES[BUY], [{"vendor": "A", "item": "gpu", "price": "2"}])
    assert [row["round"] for row in there.rows] == [said, "2"]


def test_names_that_look_alike_are_one(desk: Path, tender: Callable[..., Answer]) -> None:
    tender(vendor="Vendor\u200b \u202eZ")
    assert "Vendor Z," in (desk / f"{RFQ}.quotes.csv").read_text(encoding="utf-8")


# ---- texts that start like formulas --------------------------------------------------------------

SLY = ("=1+1", "+1", "-1+cmd|' /c calc'!A1", "@SUM(1)", "\t=1")


@pytest.mark.parametrize("sly", SLY)
def test_a_text_stays_one_when_it_is_edited(sly: str) -> None:
    from openpyxl import load_workbook

    from tco.workbook.cells import Book, Sheet
    from tco.workbook.package import to_bytes

    sheet = Sheet("S")
    sheet.put(1, 1, sly, "note")
    sheet.put(2, 1, "plain", "note")
    sheet.put(3, 1, -1.0, "note")
    book = Book("t", "s", [sheet], properties={"m": "1"}, mark="m")
    found = load_workbook(io.BytesIO(to_bytes(book)))["S"]
    assert [found.cell(row, 1).quotePrefix for row in (1, 2, 3)] == [True, False, False]
    assert (found["A1"].value, found["A1"].data_type) == (sly, "s")


def test_no_text_of_a_scenario_becomes_a_formula(desk: Path) -> None:
    """Title, notes, sources, names of cases and own lines: whatever a file says is a text."""
    from openpyxl import load_workbook

    from tco.loading import load
    from tco.workbook.build import workbook

    sly = "=HYPERLINK(1)"
    (desk / "sly.yaml").write_text(
        f'title: "{sly}"\n{GOOD}  mfu: {{value: 40 %, source: "{sly}", note: "{sly}"}}\n'
        f'cases:\n  "-x": {{mfu: 0.3}}\n'
        f'lines:\n  mine: {{label: "{sly} x", unit: USD, of: buy_total, formula: gpu_cost / 9}}\n'
    )
    made = workbook(load(str(desk / "sly.yaml")))
    formulas = load_workbook(io.BytesIO(made))
    met = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                said = str(cell.value)
                if cell.data_type == "s" and said[:1] in tuple("=+-@"):
                    met += 1
                    assert cell.quotePrefix, (sheet.title, cell.coordinate, said)
                bare = re.sub('"[^"]*"', "", said) if cell.data_type == "f" else ""
                assert "HYPERLINK(1)" not in bare, (sheet.title, cell.coordinate)
    assert met > 4


@pytest.mark.parametrize(
    "words", ["catalogue chips --csv", "catalogue offers --csv", "inputs --csv"]
)
def test_no_cell_of_a_csv_is_a_formula(words: str, desk: Path, tco: Command) -> None:
    (desk / "catalogue").mkdir()
    (desk / "catalogue/own.csv").write_text(
        "id,name,chip,on_demand_price,date,source\n"
        "mine,\"'=1+1\",a100-sxm4-80gb,2,2026-11-01,'@here\n".replace("name,", "").replace(
            "\"'=1+1\",", "")
    )  # fmt: skip
    answer = tco(*words.split())
    assert answer.code == 0, answer.err
    rows = list(csv.reader(io.StringIO(answer.out)))
    assert len(rows) > 5 and (words.split()[1] != "offers" or "mine" in {row[0] for row in rows})
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")
                and not cell.lstrip("-").replace(".", "").isdigit()]  # fmt: skip


@pytest.mark.parametrize(("rows", "wrong"), [
    ("vendor,item,price,note\nA,gpu,1,nice, and cheap\n", "row 2 has 5 cells, more than the head"),
    ("vendor,item,price,note\nA,gpu\n", "row 2 has 2 cells, fewer than the head"),
    ("vendor,item,price,price\nA,gpu,1,2\n", "the column price stands twice"),
    ("vendor,item,price,,\nA,gpu,1,,2\n", "a column with cells has no name"),
])  # fmt: skip
def test_no_cell_of_a_file_is_lost_by_adding_to_it(rows: str, wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "a.quotes.csv"
    path.write_text(rows)
    with pytest.raises(Mistakes, match=wrong):
        quotes_file(path, SIDES[BUY])


def test_an_answer_of_more_text_than_anybody_reads(tmp_path: Path) -> None:
    rows = [[f"{at} {'x' * 30_000}"] for at in range(1_200)]
    path = save(tmp_path / "a.xlsx", parts({"S": rows}), packed=False)
    tracemalloc.start()
    with pytest.raises(Mistakes, match="unpacks to 34 MB; the most is 32 MB"):
        filled_cells(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20
