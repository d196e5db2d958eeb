"""Charts as they stand in the file: what they say, where they end, and that they can be read."""

from __future__ import annotations

import functools
import io
import itertools
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from tco.page.scales import NEAR, bracketed, places_of_ends, scale_of, steps_between
from tco.quantities import show
from tco.workbook.build import workbook
from tco.workbook.pictures import HEAD_ROWS
from tests.conftest import SCENARIOS
from tests.loaded import load

_SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "x": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OWNED = ("own-1024-h100", "rfq-512-b200", "buy-or-rent-100b")
LINES, COLUMNS = ("c:scatterChart", "c:lineChart"), "c:barChart[c:barDir='col']"


@dataclass(frozen=True)
class Drawn:
    """A chart of a file: its sheet, its first cell (row, column), its words, and its part."""

    sheet: str
    row: int
    column: int
    says: str
    part: ElementTree.Element

    def all(self, path: str) -> list[ElementTree.Element]:
        return self.part.findall(path, _SPACES)

    def values(self, path: str) -> list[list[float]]:
        """The stored numbers of every series, in order."""
        return [[float(str(one.text)) for one in series.findall(f"{path}//c:v", _SPACES)]
                for series in self.all(".//c:ser")]  # fmt: skip

    def names(self) -> list[str]:
        return [str(one.text) for one in self.all(".//c:ser/c:tx/c:v")]

    @property
    def kind(self) -> str:
        (plot,) = (one.tag.rpartition("}")[2] for one in self.all("c:chart/c:plotArea/*")
                   if one.tag.endswith("Chart"))  # fmt: skip
        across = self.part.find(".//c:barDir", _SPACES)
        return plot if across is None else f"{plot} {across.get('val')}"


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    root = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))
    return {one.attrib["Id"]: posixpath.join(folder, one.attrib["Target"]).lstrip("/")
            for one in root.iter(f"{{{_TYPES}}}Relationship")}  # fmt: skip


def _charts_of(content: bytes) -> Iterator[Drawn]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        titles = [one.attrib["name"] for one in book.iter(f"{{{_MAIN}}}sheet")]
        for number, title in enumerate(titles, 1):
            sheet = f"xl/worksheets/sheet{number}.xml"
            if f"xl/worksheets/_rels/sheet{number}.xml.rels" not in archive.namelist():
                continue
            (drawing,) = _related(archive, sheet).values()
            targets = _related(archive, drawing)
            for one in ElementTree.fromstring(archive.read(drawing)):
                place = {part.tag.rpartition("}")[2]: str(part.text)
                         for part in one.iterfind("x:from/*", _SPACES)}  # fmt: skip
                (link,) = one.iterfind(".//c:chart", _SPACES)
                (named,) = one.iterfind(".//x:cNvPr", _SPACES)
                part = archive.read(targets[link.attrib[f"{{{_SPACES['r']}}}id"]])
                yield Drawn(title, int(place["row"]) + 1, int(place["col"]) + 1,
                            named.get("descr", ""), ElementTree.fromstring(part))  # fmt: skip


@functools.cache
def _charts(path: Path) -> tuple[Drawn, ...]:
    return tuple(_charts_of(path.read_bytes()))


@functools.cache
def _cells(path: Path, *, formulas: bool = False) -> Workbook:
    return load_workbook(path, data_only=not formulas)


def _first_page(path: Path) -> tuple[Drawn, ...]:
    found = tuple(one for one in _charts(path) if one.sheet == "Summary")
    assert found
    return found


def _heading(book: Workbook, chart: Drawn) -> Any:
    return book[chart.sheet].cell(chart.row - HEAD_ROWS, chart.column).value


# ---- what they say -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_chart_has_a_heading_and_words_for_those_who_do_not_see_it(
    name: str, built: Mapping[str, Path]
) -> None:
    book = _cells(built[name])
    for one in _charts(built[name]):
        titles = [str(text.text) for text in one.all("c:chart/c:title//a:t")]
        if one.sheet != "Board":  # there it stands above the table that bars stand beside
            heading = str(_heading(book, one) or "")
            assert titles or len(heading) > 12, (one.sheet, one.row)
        assert one.all("c:chart/c:autoTitleDeleted")[0].get("val") == str(int(not titles))
        assert len(one.says) > 12 and not re.search(r"\d{3}", one.says), one.says


def test_headings_follow_the_numbers(built: Mapping[str, Path]) -> None:
    """Each is a formula; what it says is true of the numbers of the model."""
    name = "own-1024-h100"
    shown, written = _cells(built[name]), _cells(built[name], formulas=True)
    said = [_heading(shown, one) for one in _first_page(built[name])]
    assert all(str(_heading(written, one)).startswith("=") for one in _first_page(built[name]))
    numbers = load(name).numbers
    (cash,) = (one for one in _first_page(built[name]) if one.kind == "lineChart")
    untaxed = load_workbook(io.BytesIO(workbook(load(name, ["tax_rate=0"]))), data_only=True)
    for book, basis in ((shown, "after tax"), (untaxed, "before tax")):
        below = book["Summary"].cell(cash.row - 1, cash.column).value
        assert str(below).startswith(f"Cash so far, discounted, {basis}, M USD:")
    capex = show(float(numbers["capex"]), "USD")
    assert any(f"Capex is {capex} USD; its largest part, Servers," in one for one in said)
    lead = [float(one) for one in numbers["lead_so_far"][:5]]
    first = next(year for year in range(5) if all(one >= 0 for one in lead[year:]))
    assert any(one.startswith(f"Owning is ahead of on-demand rent from year {first}, by")
               for one in said)  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_stored_in_a_chart_is_what_its_cells_hold(
    name: str, built: Mapping[str, Path]
) -> None:
    book, read = _cells(built[name]), 0
    for one in _charts(built[name]):
        for found in (*one.all(".//c:numRef"), *one.all(".//c:strRef")):
            (formula,) = found.findall("c:f", _SPACES)
            title, _, area = str(formula.text).replace("$", "").rpartition("!")
            left, top, right, bottom = range_boundaries(area)
            rows = book[title.strip("'")].iter_rows(top, bottom, left, right, values_only=True)
            cells = list(itertools.chain.from_iterable(rows))
            stored = {int(point.attrib["idx"]): str(point[0].text)
                      for point in found.iter(f"{{{_SPACES['c']}}}pt")}  # fmt: skip
            for index, cell in enumerate(cells):
                if isinstance(cell, (int, float)):
                    assert float(stored[index]) == pytest.approx(cell, rel=1e-12)
                elif found.tag.endswith("strRef"):
                    assert stored[index] == str(cell)
                read += 1
    assert read > 2


# ---- where they end ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_category_is_empty_and_none_lies_beyond_the_data(
    name: str, built: Mapping[str, Path]
) -> None:
    """Columns of a total and bars to both sides have something each, other bars at their end."""
    for one in _first_page(built[name]):
        if not one.kind.startswith("barChart"):
            continue
        bars = one.values("c:val")
        names = [[str(said.text) for said in series.findall("c:cat//c:v", _SPACES)]
                 for series in one.all(".//c:ser")]  # fmt: skip
        assert all(all(part.strip() not in ("", "–") for part in found) for found in names)
        assert {len(found) for found in names} == {len(found) for found in bars}
        unseen = [n for n in one.names() if n in ("room", "before")]
        seen = [
            values for values, said in zip(bars, one.names(), strict=True) if said not in unseen
        ]
        sums = [sum(map(abs, found)) for found in zip(*seen, strict=True)]
        assert all(sums) if len(bars) > 1 else sums[-1], one.says


@pytest.mark.parametrize("name", SCENARIOS)
def test_axes_of_lines_begin_and_end_where_the_data_do(
    name: str, built: Mapping[str, Path]
) -> None:
    for one in _first_page(built[name]):
        if one.kind == "scatterChart":
            across = list(itertools.chain.from_iterable(one.values("c:xVal")))
            axis = one.all("c:chart/c:plotArea/c:valAx")[0]
            least, most = (float(axis.find(f"c:scaling/c:{end}", _SPACES).get("val"))  # type: ignore[union-attr,arg-type]  # there, or the test fails
                           for end in ("min", "max"))  # fmt: skip
            assert (least, most) == pytest.approx((min(across), max(across)))
        if one.kind == "lineChart":
            axis = one.all("c:chart/c:plotArea/c:dateAx")[0]
            assert axis.find("c:scaling/c:max", _SPACES) is None, "it follows the horizon"


@pytest.mark.parametrize("horizon", [1, 3, 7])
def test_years_end_with_the_horizon(horizon: int) -> None:
    """Beyond it the last point is repeated, so that nothing is drawn there."""
    scenario = load("own-1024-h100", [f"horizon_years={horizon}"])
    charts = [one for one in _charts_of(workbook(scenario)) if one.sheet == "Summary"]
    (lines,) = (one for one in charts if one.kind == "lineChart")
    for across, up in zip(lines.values("c:cat"), lines.values("c:val"), strict=True):
        assert across[: horizon + 1] == [float(year) for year in range(horizon + 1)]
        assert set(across[horizon:]) == {float(horizon)}
        assert up[horizon:] == pytest.approx([up[horizon]] * len(up[horizon:]))
    (stack,) = (one for one in charts if "Running costs" in one.says)
    assert {len(found) for found in stack.values("c:val")} == {horizon}


@pytest.mark.parametrize("name", OWNED)
def test_each_line_of_cash_ends_at_the_npv_that_decides(
    name: str, built: Mapping[str, Path]
) -> None:
    numbers = load(name).numbers
    (lines,) = (one for one in _first_page(built[name]) if one.kind == "lineChart")
    ends = {said: values[-1]
            for said, values in zip(lines.names(), lines.values("c:val"), strict=True)}  # fmt: skip
    assert {"Own", "On demand", "Reserved"} <= set(ends)
    for said, value in ends.items():
        key = said.lower().replace(" ", "_")
        assert value == pytest.approx(float(numbers[f"{key}_deciding_npv"]), rel=1e-9)


@pytest.mark.parametrize("settings", [[], ["freight_share=8 %"]])
@pytest.mark.parametrize("name", ["own-1024-h100", "buy-or-rent-100b"])
def test_the_steps_of_capex_come_to_their_total(name: str, settings: list[str]) -> None:
    """Each begins where the one before ends, and the last column is all of it."""
    scenario = load(name, settings)
    (steps,) = (one for one in _charts_of(workbook(scenario)) if "builds up" in one.says)
    foot, large, small, off, whole, *_ = steps.values("c:val")
    assert len(foot) >= 4
    reached = 0.0
    for at in range(len(foot) - 1):
        assert whole[at] == 0 and (large[at] or small[at] or off[at])
        assert foot[at] == pytest.approx(reached - off[at], rel=1e-9, abs=1e-3)
        reached += large[at] + small[at] - off[at]
    assert foot[-1] == large[-1] == small[-1] == off[-1] == 0
    assert whole[-1] == pytest.approx(reached) == pytest.approx(float(scenario.numbers["capex"]))


def test_the_plan_divides_the_bars_of_what_moves_it(built: Mapping[str, Path]) -> None:
    numbers = load("own-1024-h100").numbers
    (bars,) = (one for one in _first_page(built["own-1024-h100"]) if "both sides" in one.says)
    less, more, room = bars.values("c:val")
    swings = [up - down for up, down in zip(more, less, strict=True)]
    assert swings == sorted(swings, reverse=True) and len(swings) == 10
    assert swings == pytest.approx([float(one) for one in numbers["tornado_swing"][:10]])
    assert max(less) <= 0 <= min(more) and max(room) < min(less)


# ---- that they can be read -----------------------------------------------------------------------


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _colours(found: ElementTree.Element, path: str) -> list[str]:
    return [one.attrib["val"] for one in found.findall(f"{path}//a:srgbClr", _SPACES)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_letters_are_large_and_dark_enough(name: str, built: Mapping[str, Path]) -> None:
    seen = 0
    for one in _charts(built[name]):
        sizes = [int(font.attrib["sz"]) for font in one.all(".//a:defRPr")]
        assert min(sizes) >= 900
        inside = [(series, label) for series in one.all(".//c:ser")
                  for label in _colours(series, "c:dLbls")]  # fmt: skip
        for series, label in inside:
            below = _colours(series, "c:spPr")[0] if label == "FFFFFF" else "FFFFFF"
            assert _contrast(label, below) >= 4.5
        for axis in one.all("c:chart/c:plotArea/*"):
            for colour in _colours(axis, "c:txPr") + _colours(axis, "c:title"):
                assert _contrast(colour, "FFFFFF") >= 4.5
                seen += 1
        if one.kind in ("scatterChart", "lineChart"):
            for series in one.all(".//c:ser"):
                assert all(_contrast(line, "FFFFFF") >= 3 for line in _colours(series, "c:spPr"))
    assert seen > 1


def test_the_contrast_of_two_colours() -> None:
    assert _contrast("000000", "FFFFFF") == pytest.approx(21)
    assert _contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", SCENARIOS)
def test_lines_are_named_at_their_ends_and_no_name_lies_on_another(
    name: str, built: Mapping[str, Path]
) -> None:
    for one in _first_page(built[name]):
        if one.kind not in ("scatterChart", "lineChart"):
            assert bool(one.all("c:chart/c:legend")) == ("Columns of parts" in one.says)
            continue
        assert not one.all("c:chart/c:legend")
        ends, values = [], one.values("c:yVal" if one.kind == "scatterChart" else "c:val")
        for series, found in zip(one.all(".//c:ser"), values, strict=True):
            (label,) = series.findall("c:dLbls/c:dLbl", _SPACES)
            told = {part.tag.rpartition("}")[2]: part.get("val") for part in label}
            assert told["idx"] == str(len(found) - 1) and told["showSerName"] == "1"
            if len(found) > 1:
                ends.append((found[-1], told["dLblPos"]))
        every = [0.0, *itertools.chain.from_iterable(values)]
        for (low, below), (high, above) in itertools.pairwise(sorted(ends)):
            apart = (high - low) / (max(every) - min(every))
            assert apart > NEAR / 2 or below != above or len(ends) > 3, one.says


def test_lines_differ_without_colour(built: Mapping[str, Path]) -> None:
    """By dashes or by a marker."""
    for name in OWNED:
        for one in _first_page(built[name]):
            if one.kind in ("scatterChart", "lineChart"):
                looks = []
                for series in one.all(".//c:ser"):
                    dash = series.find("c:spPr/a:ln/a:prstDash", _SPACES)
                    sign = series.find("c:marker/c:symbol", _SPACES)
                    assert dash is not None and sign is not None
                    looks.append((dash.get("val"), sign.get("val")))
                assert len(set(looks)) == len(looks)


# ---- scales --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "sign", "form"),
    [
        ([30.0, 12.5], "", "#,##0.00;(#,##0.00)"),
        ([47_053.0, 30.0, 0.0], "", "#,##0;(#,##0)"),
        ([3_200_000.0, 889.0], "k", "#,##0,;(#,##0,)"),
        ([142e6, 5.6e6], "M", "#,##0.0,,;(#,##0.0,,)"),
        ([-39e9, 16e9], "bn", "#,##0.0,,,;(#,##0.0,,,)"),
        ([39e9, 2e6], "M", "#,##0,,;(#,##0,,)"),
        ([5e12, 3.0], "bn", "#,##0,,,;(#,##0,,,)"),
        ([], "", "#,##0.00;(#,##0.00)"),
    ],
)
def test_the_scale_of_a_chart_follows_its_numbers(
    numbers: list[float], sign: str, form: str
) -> None:
    found = scale_of(numbers)
    assert (found.sign, found.form) == (sign, form)


def test_what_is_below_zero_stands_in_brackets() -> None:
    assert bracketed(",,", 1) == "#,##0.0,,;(#,##0.0,,)"


def test_names_at_the_ends_give_way_to_each_other() -> None:
    assert places_of_ends([0, 50, 100], 100) == ["beside"] * 3
    assert places_of_ends([50, 0, 55], 100) == ["beside", "beside", "above"]
    assert places_of_ends([50, 45, 55], 100) == ["beside", "below", "above"]
    assert places_of_ends([7], 0) == ["beside"]


def test_an_axis_has_a_number_at_either_end() -> None:
    assert steps_between(0.28, 1.0, 10) == pytest.approx(0.24)
    assert steps_between(5, 180, 12) == 35
    assert steps_between(5, 5, 1) == 1
