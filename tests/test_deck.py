"""The deck as text: the board's page first, each number as its cell shows it, and readable."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from tco.files import bundled
from tco.page.content import Chart
from tco.page.deck import render
from tco.page.shown import ShownChart, front
from tco.page.svg import picture
from tco.workbook.layout import places
from tco.workbook.pictures import ranges
from tests.decked import DAY, Page, cells_of, html, in_order, on_board, reads, rows_on_board
from tests.errors.conftest import run_in
from tests.golden.said import laid_out
from tests.loaded import SCENARIOS, load

EVERY = pytest.mark.parametrize("name", SCENARIOS)


@EVERY
def test_what_stands_first_is_what_the_first_sheet_shows(name: str) -> None:
    page = Page(html(name))
    board = on_board(name)
    assert page.said("h1")[0] in board
    assert page.said("dd") and set(page.said("dd")) <= board
    assert set(page.said("dt")) <= board


@EVERY
def test_every_cell_of_its_tables_is_a_cell_of_the_sheet(name: str) -> None:
    found = front(load(name))
    assert found
    page, board, seen = Page(html(name)), on_board(name), 0
    tables = {tuple(one.table.headings): one for one in found.every if not one.chart}
    for table in page.tables[: page.in_full]:
        heads, *rows = table
        one = next((made for heading, made in tables.items()
                    if tuple(heads[: len(heading)]) == heading), None)  # fmt: skip
        if one is None:
            continue
        for text in (cell.strip() for row in rows for cell in row if cell.strip()):
            assert text in board or DAY.fullmatch(text), text
            seen += 1
    assert seen > 15 or name in ("published-2019", "resnet50-tpu-or-gpu")


@EVERY
def test_rows_are_those_of_the_sheet_in_their_order(name: str) -> None:
    found = front(load(name))
    assert found
    for one in found.every:
        if one.chart:
            continue
        left = iter(rows_on_board(name))
        for row in one.table.rows:
            texts = [cell for cell in row.cells if cell]
            assert any(in_order(texts, other) for other in left), (one.title, texts)


def test_a_number_that_is_not_on_the_sheet_would_be_seen() -> None:
    board = on_board("own-1024-h100")
    assert "(46.5)" in board and "(46.6)" not in board
    assert reads("(46.5)", -46_528_938.7) and not reads("(46.4)", -46_528_938.7)
    assert reads("86.0k", 86_016.0) and reads("12%", 0.1234) and not reads("13%", 0.1234)
    assert not reads("46.5", -46_528_938.7) and not reads("1", "1.0")


@EVERY
def test_charts_have_the_numbers_of_their_cells(name: str) -> None:
    scenario, book = load(name), laid_out(name)
    found, layout = front(scenario), places(scenario)
    assert found
    for one in found.every:
        if not one.chart:
            continue
        assert isinstance(one.chart.of, Chart)
        areas = ranges(layout, one.chart.of).series
        for area, values in zip(areas, one.chart.series, strict=True):
            cells = [cell.value for cell in cells_of(book, area)][: len(values)]
            assert [None if one is None else pytest.approx(one) for one in values] == [
                None if isinstance(cell, str) else cell for cell in cells
            ]
        if one.chart.of.kind in ("lines", "yearly", "stacks"):
            for at, row in enumerate(one.table.rows):
                texts = zip(row.cells[1:], one.chart.series, strict=True)
                assert all(reads(text, values[at]) for text, values in texts if text != "–"), row


@EVERY
def test_markdown_says_the_same(name: str) -> None:
    found = front(load(name))
    assert found
    text = render(load(name), ["md"])["md"]
    assert found.answer in text and all(one.title in text for one in found.every)
    for one in found.every:
        for row in one.table.rows:
            assert all(cell in text for cell in row.cells)
    assert "## In full" in text


@EVERY
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    text = html(name)
    page = Page(text)
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|<script|<link|<iframe""", text, re.I)
    assert "http://" not in text and "https://" not in text
    assert not page.counts["script"] and not page.counts["img"]


@EVERY
def test_who_hears_it_finds_their_way(name: str) -> None:
    page = Page(html(name))
    tags = page.tags
    assert ("html", {"lang": "en"}) in tags
    assert all(page.counts[one] == 1 for one in ("header", "main", "footer", "h1", "title"))
    assert page.counts["caption"] == page.counts["table"] == len(page.tables)
    assert all(found.get("scope") in ("col", "row") for tag, found in tags if tag == "th")
    charts = [found for tag, found in tags if tag == "svg" and found.get("role") == "img"]
    assert all(found["aria-label"] for found in charts)
    hidden = [found for tag, found in tags if tag == "svg" and found.get("role") != "img"]
    assert all(found["aria-hidden"] == "true" for found in hidden)
    ids = [found["id"] for _, found in tags if "id" in found]
    named = [found["aria-labelledby"] for _, found in tags if "aria-labelledby" in found]
    assert len({*ids}) == len(ids) and set(named) <= set(ids)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(colour: str, ground: str) -> float:
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_are_read_on_every_ground() -> None:
    style = (bundled("templates") / "board.html.j2").read_text(encoding="utf-8")
    letters = {*re.findall(r"[^-]color: (#\w{6})", style), *re.findall(r"; color: (#\w{6})", style)}
    grounds = {"#ffffff", *re.findall(r"background: (#\w{6})", style)}
    assert len(letters) >= 3 and len(grounds) >= 4
    assert all(contrast(one, ground) >= 4.5 for one in letters for ground in grounds)
    drawn = html("own-1024-h100")
    pictured = {*re.findall(r'<text [^>]*fill="(#\w{6})"', drawn)}
    assert pictured and all(contrast(one, "#ffffff") >= 4.5 for one in pictured)
    assert contrast("#a9b3bd", "#ffffff") < 4.5


@EVERY
def test_charts_keep_to_their_frame_and_no_name_covers_another(name: str) -> None:
    found = front(load(name))
    assert found
    for one in found.every:
        if not isinstance(one.chart, ShownChart):
            continue
        drawn = picture(one.chart, one.title)
        wide, high = map(float, re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn).groups())  # type: ignore[union-attr]  # there, or it fails
        across = [float(at) for at in re.findall(r'\b(?:x|x1|x2|cx)="(-?[\d.]+)"', drawn)]
        down = [float(at) for at in re.findall(r'\b(?:y|y1|y2|cy)="(-?[\d.]+)"', drawn)]
        assert len(across) > 5
        assert min(across) >= 0 and max(across) <= wide, (name, one.title)
        assert min(down) >= 0 and max(down) <= high, (name, one.title)
        ends = r'<text x="[\d.]+" y="([\d.]+)" text-anchor="start"[^>]*600'
        bold = sorted(float(at) for at in re.findall(ends, drawn))
        assert all(low - top >= 12 for top, low in itertools.pairwise(bold))


def test_negatives_stand_in_brackets() -> None:
    found = front(load("own-1024-h100"))
    assert found
    amounts = []
    for one in found.every:
        for row in one.table.rows:
            cells = zip(row.cells, one.table.numeric, strict=True)
            amounts += [cell for cell, number in cells if number]
    assert "(46.5)" in amounts and not [one for one in amounts if one.startswith("-")]


def test_an_error_stands_alone() -> None:
    scenario = load("own-1024-h100", ["macrs_1=0.5"])
    assert front(scenario) is None
    page = Page(render(scenario, ["html"])["html"])
    assert page.said("p")[0].startswith("ERROR, so no answer:")
    assert not page.said("dd") and not page.counts["figure"] and len(page.tables) == 1


def test_a_case_is_said_in_the_foot() -> None:
    other = front(load("own-1024-h100", ["case=favours owning"]))
    base = front(load("own-1024-h100"))
    assert other and base
    assert base.foot.endswith("case base")
    assert "Case: favours owning" in other.foot


@EVERY
def test_headings_are_sentences_with_numbers(name: str) -> None:
    found = front(load(name))
    assert found
    for one in found.every:
        assert re.search(r"\d|no value|passes", one.title), one.title
        assert "–" not in one.title and "{" not in one.title


def test_a_template_of_before_still_works(tmp_path: Path) -> None:
    """One that knows the title, sentences, tables and footnote alone."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "board.md.j2").write_text(
        "{{ board.title }}|{{ board.sentences | length }}|{{ board.footnote }}\n"
        "{% for table in board.tables %}{{ table.title }}:{{ table.rows | length }}\n{% endfor %}"
    )
    done = run_in(tmp_path, "deck", "llm-100b-10d", "--template", "own", "--format", "md")
    assert done.code == 0, done.err
    text = (tmp_path / "output" / "llm-100b-10d.md").read_text(encoding="utf-8")
    assert text.startswith("100-billion-parameter model in 10 days|") and "Findings:" in text
