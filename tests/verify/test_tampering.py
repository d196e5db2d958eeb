"""What was changed in a workbook is named: cell, was and is; what may be typed is an override."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import tco.verify.tampering as tampering
from tco.errors import Mistakes
from tco.loading import load
from tco.verify.original import original_in
from tco.verify.tampering import Change, beside_rebuilt
from tco.workbook.build import workbook
from tests.conftest import recalculate
from tests.errors.conftest import run_in
from tests.office import needs_libreoffice

pytestmark = pytest.mark.usefixtures("built_once")

NAME = "llm-100b-10d"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / f"{NAME}.xlsx"
    path.write_bytes(workbook(load(NAME, ["mfu=0.4"])))
    return path


def part_of(path: Path, sheet: str) -> str:
    """The part of a sheet, by its title."""
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    titles = re.findall(r'<sheet name="([^"]+)"', book)
    return f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml"


def rewritten(path: Path, out: Path, part: str, change: Callable[[str], str]) -> Path:
    """A copy of a workbook of which one part is changed."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for one in source.namelist():
            content = source.read(one)
            if one == part:
                text = content.decode()
                content = change(text).encode()
                assert content.decode() != text, "nothing was changed"
            made.writestr(one, content)
    return out


def cell(place: str, inside: str, kind: str = "") -> Callable[[str], str]:
    """Another content of a cell."""

    def change(text: str) -> str:
        pattern = rf'<c r="{place}"([^>]*?)(?: t="\w+")?(?:/>|>.*?</c>)'
        return re.sub(pattern, rf'<c r="{place}"\1{kind}>{inside}</c>', text, count=1)

    return change


def formula(place: str, old: str, new: str) -> Callable[[str], str]:
    """A cell whose formula has something else in the place of something."""

    def change(text: str) -> str:
        found = re.search(rf'(<c r="{place}"[^>]*><f>)(.*?)(</f>)', text)
        assert found and old in found[2], found and found[0]
        return text.replace(found[0], found[1] + found[2].replace(old, new, 1) + found[3], 1)

    return change


def test_a_book_is_built_anew_from_itself(built: Path, tmp_path: Path) -> None:
    assert workbook(load(str(built))) == built.read_bytes()
    done = run_in(tmp_path, "build", str(built), "--out", "again")
    assert done.code == 0, done.err
    assert (tmp_path / "again" / built.name).read_bytes() == built.read_bytes()
    found = beside_rebuilt(built)
    assert found.confirmed and not found.overrides and found.cells > 10_000 and found.names > 500


def test_settings_are_laid_over_those_it_was_built_with(built: Path) -> None:
    carried = original_in(built)
    assert carried and carried.carried.settings == ("mfu=0.4",)
    assert load(str(built)).facts["mfu"].value == 0.4
    assert load(str(built), ["mfu=0.5"]).facts["mfu"].value == 0.5


def places(path: Path) -> dict[str, tuple[str, str]]:
    """Where names lead to: sheet and cell."""
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    return {
        name: (sheet, at.replace("$", ""))
        for name, sheet, at in re.findall(
            r'<definedName name="(\w+)">(\w+)!(\$[A-Z]+\$\d+)</definedName>', book
        )
    }


FIGURES = (
    "gpus", "gpus_exact", "gpu_cost", "errors", "flop", "days_needed", "co2_tonnes", "gpu_hours",
    "other_hardware_cost", "datacenter_cost", "buy_total", "on_demand_total", "reserved_total",
    "breakeven_runs", "energy_kwh", "alerts", "first_finding", "spot_total", "rent_total",
)  # fmt: skip
TURNED = (("gpus_exact", "/", "*"), ("breakeven_runs", "-", "+"), ("buy_total", "+", "-"),
          ("energy_kwh", "$D$", "$E$"), ("rent_total", "$", ""))  # fmt: skip


def test_a_number_typed_over_a_formula_is_named(built: Path, tmp_path: Path) -> None:
    made = built
    for number, key in enumerate(FIGURES):
        sheet, at = places(built)[key]
        made = rewritten(made, tmp_path / f"{number}.xlsx", part_of(built, sheet),
                         cell(at, f"<v>{1000 + number}</v>"))  # fmt: skip
    found = {one.place: one for one in beside_rebuilt(made).changes}
    assert len(found) == len(FIGURES)
    for number, key in enumerate(FIGURES):
        change = found["!".join(places(built)[key])]
        assert change.was.startswith("=") and change.now == str(1000 + number)


def test_another_formula_is_named(built: Path, tmp_path: Path) -> None:
    made = built
    for key, old, new in TURNED:
        sheet, at = places(built)[key]
        made = rewritten(made, tmp_path / f"{key}.xlsx", part_of(built, sheet),
                         formula(at, old, new))  # fmt: skip
    found = {one.place: one for one in beside_rebuilt(made).changes}
    assert [*found] and {"!".join(places(built)[key]) for key, *_ in TURNED} == set(found)
    assert all(one.was != one.now and one.now.startswith("=") for one in found.values())


def test_a_constant_a_label_and_what_is_gone_are_named(built: Path, tmp_path: Path) -> None:
    row = places(built)["gpu_cost"][1].strip("ABCD")
    word, empty = "<is><t>Own</t></is>", re.compile(rf'<c r="A{row}"[^>]*>.*?</c>')
    fact = rewritten(built, tmp_path / "x.xlsx", part_of(built, "Chips"),
                     cell("C7", "<v>99</v>"))  # fmt: skip
    label = rewritten(fact, tmp_path / "y.xlsx", part_of(built, "Buy"),
                      cell(f"B{row}", word, ' t="inlineStr"'))  # fmt: skip
    gone = rewritten(label, tmp_path / "z.xlsx", part_of(built, "Buy"),
                     lambda text: empty.sub("", text, count=1))  # fmt: skip
    assert {one.place: (one.was, one.now) for one in beside_rebuilt(gone).changes} == {
        "Buy!A" + row: ("gpu_cost", "nothing"),
        "Buy!B" + row: ("GPU cost", "Own"),
        "Chips!C7": (beside_rebuilt(fact).changes[0].was, "99"),
    }


def test_names_and_sheets_are_named(built: Path, tmp_path: Path) -> None:
    sheet, at = places(built)["gpu_cost"]
    fixed = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", at)
    old, new = (
        f'<definedName name="gpu_cost">{one}<' for one in (f"{sheet}!{fixed}", "Fleet!$D$5")
    )
    titles = '<sheet name="Energy"', '<sheet name="Power"'
    made = rewritten(built, tmp_path / "x.xlsx", "xl/workbook.xml",
                     lambda text: text.replace(old, new).replace(*titles))  # fmt: skip
    found = beside_rebuilt(made).changes
    assert [one.place for one in found[:2]] == ["sheet Energy", "sheet Power"]
    assert found[-1] == Change("name gpu_cost", f"{sheet}!{fixed}", "Fleet!$D$5")


def test_a_row_moved_down_is_named_from_there_on(built: Path, tmp_path: Path) -> None:
    def down(text: str) -> str:
        head, first, rest = text.partition('<row r="30"')
        rows = re.sub(r'(<row r=|<c r=")"?([A-Z]*)(\d+)"',
                      lambda found: f'{found[1]}{found[2]}{int(found[3]) + 1}"'
                      if found[1].endswith('"') else f'{found[1]}"{int(found[3]) + 1}"',
                      first + rest.partition("</sheetData>")[0])  # fmt: skip
        return head + rows + "</sheetData>" + rest.partition("</sheetData>")[2]

    made = rewritten(built, tmp_path / "x.xlsx", part_of(built, "Fleet"), down)
    changes = beside_rebuilt(made).changes
    assert len(changes) > 20 and all(one.place.startswith("Fleet!") for one in changes)


def test_what_is_typed_where_it_may_be_is_an_override(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        inputs = archive.read(part_of(built, "Inputs")).decode()
    row = re.search(r'<c r="A(\d+)"[^>]*><is><t>mfu</t>', inputs)
    assert row
    made = rewritten(built, tmp_path / "x.xlsx", part_of(built, "Inputs"),
                     cell(f"E{row[1]}", "<v>0.3</v>"))  # fmt: skip
    found = beside_rebuilt(made)
    assert found.confirmed and [(one.place, one.now) for one in found.overrides] == [
        (f"Inputs!E{row[1]}", "0.3")
    ]
    assert f"  Inputs!E{row[1]}: override 0.3" in tampering.said_of(found)


def test_a_scenario_typed_over_is_told_from_cells(built: Path, tmp_path: Path) -> None:
    made = rewritten(built, tmp_path / "x.xlsx", part_of(built, "Scenario"),
                     lambda text: text.replace("100B", "120B"))  # fmt: skip
    assert load(str(made)).facts["parameters"].value == 120e9
    (change,) = beside_rebuilt(made).changes
    assert change.place == "sheet Scenario"


def test_a_book_of_ours_without_its_scenario_is_told(built: Path, tmp_path: Path) -> None:
    made = rewritten(
        built,
        tmp_path / "x.xlsx",
        "xl/workbook.xml",
        lambda text: text.replace('<sheet name="Scenario"', '<sheet name="Plan"'),
    )
    assert beside_rebuilt(made).changes[0].place == "sheet Scenario"


def test_another_version_or_catalogue_is_said_to_be_one(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tampering, "__version__", "9.9.9")
    with pytest.raises(Mistakes, match=r"it was built by tco"):
        beside_rebuilt(built)
    monkeypatch.undo()
    monkeypatch.setattr(tampering, "data_hash", lambda: "another")
    with pytest.raises(Mistakes, match="another catalogue"):
        beside_rebuilt(built)


def test_the_command_says_it(built: Path, tmp_path: Path) -> None:
    done = run_in(tmp_path, "verify", str(built))
    assert done.code == 0 and "all as built" in done.out
    sheet, at = places(built)["gpu_cost"]
    rewritten(built, tmp_path / "x.xlsx", part_of(built, sheet), cell(at, "<v>1</v>"))
    done = run_in(tmp_path, "verify", "x.xlsx")
    assert done.code == 1 and f"{sheet}!{at}: was =" in done.out


@needs_libreoffice
@pytest.mark.parametrize("name", ["published-2019", NAME, "rfq-512-b200", "own-1024-h100"])
def test_a_book_saved_by_another_program_is_as_built(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(workbook(load(name)))
    assert beside_rebuilt(recalculate([path], tmp_path / "out")[0]).confirmed
