"""Slides: each number that of its cell, texts that fit, any template, the same bytes each time."""

from __future__ import annotations

import functools
import io
import itertools
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Mm, Pt

from tco.lettering import millimetres
from tco.page.shown import front
from tco.slides.writing import slides
from tests.decked import DAY, cells_of, on_board, reads
from tests.errors.conftest import run_in
from tests.golden.said import laid_out
from tests.loaded import SCENARIOS, load

EVERY = pytest.mark.parametrize("name", SCENARIOS)
OWN = "own-1024-h100"
MM, LINE = 36_000, 1.2  # units of a presentation; between lines, of the size of letters
LEAST, LEAST_FOOT = 12, 10
IN_WORDS = ("Between", "Turns at")  # columns whose numbers are in the form of what they are of
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}


@functools.cache
def made(name: str) -> bytes:
    return slides(load(name))


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def tables_of(slide: Any) -> dict[str, list[list[str]]]:
    return {
        shape.name: [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes if shape.has_table
    }  # fmt: skip


def title_of(slide: Any) -> str:
    if slide.shapes.title is not None:
        return str(slide.shapes.title.text_frame.text)
    return str(next(one for one in slide.shapes if one.name == "Title").text_frame.text)


def charts_of(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


# ---- what is said -------------------------------------------------------------------------------


@EVERY
def test_the_answer_is_first_and_each_exhibit_has_a_slide(name: str) -> None:
    found, deck = front(load(name)), opened(made(name))
    assert found
    titles = [title_of(slide) for slide in deck.slides]
    assert titles[0] == found.answer
    shown = [one.title for one in (*found.exhibits, *found.behind)]
    last = [one.title for one in found.last]
    assert titles[1 : len(shown) + 1] == shown
    assert titles[len(shown) + 1 :] in (last[:1], last)  # together, or where that is too much alone
    for one, slide in zip((*found.exhibits, *found.behind), [*deck.slides][1:], strict=False):
        if not one.chart:
            rows = [tuple(row.cells) for row in one.table.rows]
            assert [*map(tuple, tables_of(slide)["Table"][1:])] == rows
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=1e-3)
    last = tables_of(deck.slides[-1])
    assert last["Approvals"][0] == list(found.approvals)


@EVERY
def test_every_cell_of_its_tables_is_a_cell_of_the_sheet(name: str) -> None:
    board, seen = on_board(name), 0
    for slide in opened(made(name)).slides:
        for kind, rows in tables_of(slide).items():
            if kind == "Approvals":
                continue
            for text in itertools.chain.from_iterable(rows):
                known = text in board or DAY.fullmatch(text) or text in ("", "Price")
                assert known, (kind, text)
                seen += bool(text)
    assert seen > 20


def noted(slide: Any) -> Iterator[tuple[str, str, str]]:
    """Each text of the notes, its cell, and the name of that."""
    said = slide.notes_slide.notes_text_frame.text
    place = r"(?:'[^'\n]+'|\w+)!\$[A-Z]+\$\d+"
    for line in said.splitlines():
        for found in re.finditer(rf"(?:^|; |: )((?:(?!; ).)*?) = ({place})(?: \((\w+)\))?", line):
            text, at, named = found.groups()
            yield text, at, named or ""


@EVERY
def test_notes_name_the_cells_of_what_is_said(name: str) -> None:
    book, seen = laid_out(name), 0
    for slide in opened(made(name)).slides:
        for text, at, named in noted(slide):
            (cell,) = cells_of(book, at)
            value = cell.value
            if not isinstance(value, str):
                text = text.rpartition(": ")[2]
                day = DAY.fullmatch(text)
                assert day or reads(text, value), (text, at, value)
            else:
                assert str(value).endswith(text.rpartition(": ")[2]), (text, at, value)
            assert not named or book.names[named] == at
            seen += 1
    assert seen > 20


@EVERY
def test_every_slide_with_numbers_has_notes_of_them(name: str) -> None:
    for slide in opened(made(name)).slides:
        said = slide.notes_slide.notes_text_frame.text
        assert re.search(r"!\$[A-Z]+\$\d+", said), title_of(slide)


@EVERY
def test_charts_have_the_numbers_of_their_cells(name: str) -> None:
    book = laid_out(name)
    for slide in opened(made(name)).slides:
        said = slide.notes_slide.notes_text_frame.text
        areas = dict(re.findall(r"^([^:\n]+): ('[^'\n]+'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)$", said,
                                re.M))  # fmt: skip
        for chart in charts_of(slide):
            for series in chart.plots[0].series:
                if series.name not in areas:
                    continue
                values = [one for one in series.values if one is not None]
                cells = [cell.value for cell in cells_of(book, areas[series.name])]
                numbers = [one for one in cells if not isinstance(one, str)][: len(values)]
                assert values == pytest.approx(numbers) and values
    drawn = [chart for slide in opened(made(OWN)).slides for chart in charts_of(slide)]
    assert len(drawn) >= 5


def test_an_error_stands_alone() -> None:
    deck = opened(slides(load(OWN, ["macrs_1=0.5"])))
    first, *others = deck.slides
    assert title_of(first).startswith("ERROR, so no answer:")
    assert not tables_of(first) and not charts_of(first)
    assert [title_of(one) for one in others] == ["Findings"]


def test_negatives_stand_in_brackets() -> None:
    for slide in opened(made(OWN)).slides:
        for kind, rows in tables_of(slide).items():
            heads = rows[0]
            for row in rows[1:] if kind == "Table" else ():
                amounts = dict(zip(heads, row, strict=True))
                amounts = {head: one for head, one in amounts.items() if head not in IN_WORDS}
                assert not [one for one in amounts.values() if one.startswith("-")]


def test_the_foot_says_what_made_it() -> None:
    for slide in opened(made(OWN)).slides:
        (foot,) = [one.text_frame.text for one in slide.shapes if one.name == "Footnote"]
        for part in (OWN, "tco ", "inputs ", "as of ", "case base"):
            assert part in foot


# ---- how it looks -------------------------------------------------------------------------------


def rows_of(text: str, points: float, room: float, *, bold: bool) -> int:
    """How many lines a text takes; a word that is wider than the room fails."""
    count, line = 1, ""
    for word in text.split():
        assert millimetres(word, points, bold=bold) <= room + 0.05, (word, room)
        longer = f"{line} {word}".strip()
        if line and millimetres(longer, points, bold=bold) > room:
            count, line = count + 1, word
        else:
            line = longer
    return count


def high(frame: Any, room: float, least: float) -> float:
    """The height of a text frame's paragraphs in a room, in mm."""
    whole = 0.0
    for paragraph in frame.paragraphs:
        runs = paragraph.runs
        sizes = {run.font.size.pt for run in runs if run.text}
        if not sizes:
            continue
        assert min(sizes) >= least, paragraph.text
        bold = any(run.font.bold for run in runs)
        whole += rows_of(paragraph.text, max(sizes), room, bold=bold) * max(sizes) * LINE
        whole += paragraph.space_after.pt if paragraph.space_after else 0
    return whole * 25.4 / 72


def check_fit(deck: Any) -> int:
    """Every text within its shape, every shape within its slide; how many texts there are."""
    seen = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width + 9
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height + 9
            if shape.has_text_frame:
                frame = shape.text_frame
                room = (shape.width - frame.margin_left - frame.margin_right) / MM
                least = LEAST_FOOT if shape.name == "Footnote" else LEAST
                used = high(frame, room, least) + (frame.margin_top + frame.margin_bottom) / MM
                last = frame.paragraphs[-1].space_after
                used -= last.pt * 25.4 / 72 if last else 0
                assert used <= shape.height / MM + 0.1, (frame.text, used, shape.height / MM)
                seen += 1
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) <= shape.height + MM
                seen += check_cells(shape.table)
        apart(slide)
    return seen


def check_cells(table: Any) -> int:
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            room = table.columns[place].width - cell.margin_left - cell.margin_right
            used = high(cell.text_frame, room / MM, LEAST)
            used += (cell.margin_top + cell.margin_bottom) / MM
            assert used <= row.height / MM + 0.1, (cell.text_frame.text, used)
    return len(table.rows)


def apart(slide: Any) -> None:
    """No shape over another."""
    for one, other in itertools.combinations(slide.shapes, 2):
        wide = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
        deep = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
        assert wide <= 0.2 * MM or deep <= 0.2 * MM, (one.name, other.name, title_of(slide))


@EVERY
def test_every_text_fits_its_shape(name: str) -> None:
    assert check_fit(opened(made(name))) > 12


def test_a_text_that_does_not_fit_would_be_seen() -> None:
    deck = opened(made(OWN))
    deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(60)
    with pytest.raises(AssertionError):
        check_fit(deck)


@EVERY
def test_what_is_seen_is_said_too(name: str) -> None:
    """Tables and charts carry words for those who do not see them."""
    for slide in opened(made(name)).slides:
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


@EVERY
def test_letters_of_charts_are_large_enough(name: str) -> None:
    for slide in opened(made(name)).slides:
        for chart in charts_of(slide):
            sizes = [int(one) for one in re.findall(r'sz="(\d+)"', _xml(chart))]
            assert sizes and min(sizes) >= LEAST * 100


def test_numbers_of_axes_have_no_sign() -> None:
    """The schema wants none, and strict readers refuse one."""
    for slide in opened(made(OWN)).slides:
        for chart in charts_of(slide):
            ids = re.findall(r'<c:(?:axId|crossAx) val="([^"]+)"', _xml(chart))
            assert ids and all(one.isdigit() for one in ids)


def _xml(chart: Any) -> str:
    from lxml import etree

    return etree.tostring(chart._chartSpace).decode()


# ---- the file -----------------------------------------------------------------------------------


def test_the_same_bytes_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(OWN)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(4e9))
    assert slides(load(OWN)) == first


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for one in package.infolist():
            data = package.read(one)
            assert one.date_time == (1980, 1, 1, 0, 0, 0)
            yield one.filename, data
            if one.filename.endswith(".xlsx"):
                yield from members(data)


def test_no_clock_is_in_the_file() -> None:
    day, seen = load(OWN).as_of, 0
    for name, data in members(made(OWN)):
        if name == "docProps/core.xml":
            stamps = {*re.findall(rb">(\d{4}-\d\d-\d\d)T", data)}
            assert stamps == {day.encode()}
            seen += 1
    assert seen > 5, "the presentation, and the book of every chart"


def test_nothing_of_a_foreign_name_is_in_it() -> None:
    said = opened(made(OWN)).core_properties
    assert (said.author, said.last_modified_by) == ("tco", "tco")
    names = [name for name, _ in members(made(OWN))]
    assert not [one for one in names if "thumbnail" in one or "vba" in one.lower()]


# ---- a template of one's own --------------------------------------------------------------------


def placed(shape: Any, left: float, top: float, wide: float, deep: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Mm(left), Mm(top), Mm(wide), Mm(deep)


def odd(path: Path, keep: set[str], title: tuple[float, float, float, float]) -> None:
    """A template of 4 to 3 whose title stands elsewhere, with a logo and slides of its own."""
    deck = Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name not in keep:
            deck.slide_layouts.remove(layout)
    for number, layout in enumerate(deck.slide_layouts):
        layout.name = f"Seite {number}"
        for one in layout.placeholders:
            if one.placeholder_format.type in TITLES:
                placed(one, *title)
    logo = deck.slide_master.shapes._spTree
    box = deck.slides.add_slide(deck.slide_layouts[0]).shapes.add_textbox(
        Mm(220), Mm(4), Mm(30), Mm(16)
    )
    box.name = "Logo"
    logo.append(box._element)
    deck.slides[0].notes_slide.notes_text_frame.text = "An example"
    deck.save(str(path))


ODD = {
    "no layout of a title alone": (
        {"Title and Content", "Two Content", "Blank"}, (12.0, 12.0, 190.0, 24.0),
    ),
    "the title at the foot": ({"Title Only", "Blank"}, (12.0, 150.0, 220.0, 22.0)),
    "the title at the side": ({"Comparison"}, (8.0, 30.0, 60.0, 120.0)),
    "no title at all": ({"Blank"}, (0.0, 0.0, 1.0, 1.0)),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("name", [OWN, "llm-100b-10d", "published-2019"])
def test_a_template_is_honoured_whatever_its_layouts(case: str, name: str, tmp_path: Path) -> None:
    keep, title = ODD[case]
    path = tmp_path / "ours.pptx"
    odd(path, keep, title)
    deck = opened(slides(load(name), path))
    found = front(load(name))
    assert found
    assert deck.slide_width == Presentation(str(path)).slide_width
    assert title_of(deck.slides[0]).rstrip("…").startswith(found.answer[:20])
    assert check_fit(deck) > 15
    logo = next(one for one in deck.slide_master.shapes if one.name == "Logo")
    for slide in deck.slides:
        assert {one.placeholder_format.type for one in slide.placeholders} <= TITLES
        for shape in slide.shapes:
            if shape.is_placeholder:
                assert [round(one / MM, 1) for one in (shape.left, shape.top)] == [*title[:2]]
                continue
            over = shape.left + shape.width > logo.left and shape.top < logo.top + logo.height
            assert not (over and shape.left < logo.left + logo.width)
    assert b"An example" not in b"".join(data for _, data in members(slides(load(name), path)))


def test_the_command_takes_a_file_or_a_folder(tmp_path: Path) -> None:
    keep, title = ODD["the title at the foot"]
    (tmp_path / "own").mkdir()
    odd(tmp_path / "own" / "board.pptx", keep, title)
    for template in ("own", "own/board.pptx"):
        done = run_in(tmp_path, "deck", OWN, "--format", "md,pptx", "--template", template)
        assert done.code == 0, done.err
        deck = Presentation(str(tmp_path / "output" / f"{OWN}.pptx"))
        assert round(deck.slides[0].shapes.title.top / MM) == 150
        text = (tmp_path / "output" / f"{OWN}.md").read_text(encoding="utf-8")
        assert text.startswith("# 1,024 H100")


WRONG = {
    "nowhere.pptx": "there is no such file",
    "text.pptx": "this is no presentation",
    "book.pptx": "this presentation cannot be read",
    "full.pptx": "its layouts leave no room for a table beside title and pictures",
}


@pytest.mark.parametrize("file", WRONG)
def test_a_template_that_does_not_work_is_told(file: str, tmp_path: Path) -> None:
    (tmp_path / "text.pptx").write_text("no slides")
    with zipfile.ZipFile(tmp_path / "book.pptx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    odd(tmp_path / "full.pptx", {"Title Only"}, (5.0, 5.0, 240.0, 170.0))
    done = run_in(tmp_path, "deck", OWN, "--format", "pptx", "--template", file)
    assert done.code == 2 and f"{file}: {WRONG[file]}" in done.err
    assert not (tmp_path / "output").exists()


def test_slides_that_nobody_asks_for_need_no_template(tmp_path: Path) -> None:
    odd(tmp_path / "ours.pptx", {"Title Only"}, (12.0, 12.0, 190.0, 24.0))
    done = run_in(tmp_path, "deck", OWN, "--template", "ours.pptx")
    assert done.code == 2 and "Add --format pptx" in done.err


def test_scenarios_side_by_side_are_slides_too(tmp_path: Path) -> None:
    two = ("llm-100b-10d", "llm-100b-engineered")
    done = run_in(tmp_path, "deck", *two, "--compare", "variants", "--format", "md,pptx")
    assert done.code == 0, done.err
    deck = Presentation(str(tmp_path / "output" / "variants.pptx"))
    cells = [cell for slide in deck.slides for rows in tables_of(slide).values()
             for row in rows for cell in row]  # fmt: skip
    assert "142,790,000" in cells and "65,607,364" in cells
    assert check_fit(deck) > 30
    assert all("Compare" in one.notes_slide.notes_text_frame.text for one in deck.slides)
