"""What moved which figure: each row is a scenario loaded anew, the rows add up, books too."""

from __future__ import annotations

import math
import re
import shlex
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tco import __version__
from tco.bridge.answer import as_markdown, footnote, leading, sentences
from tco.bridge.book import LABEL, bridge_book, bridge_workbook
from tco.bridge.bridge import Bridge, bridge
from tco.bridge.changes import Change, changes
from tco.bridge.ends import ends
from tco.catalogue.shipped import data_hash
from tco.errors import Mistakes
from tco.files import bundled
from tco.loading import load
from tco.read.written import load_written, written
from tco.verify import verify
from tco.workbook.build import workbook
from tests.errors.conftest import contents, run_in
from tests.loaded import SCENARIOS
from tests.loaded import load as shared
from tests.sampling import BY_NIGHT, books
from tests.test_guides import DOCS, blocks
from tests.test_guides import typed as typed_in
from tests.verify.test_tampering import cell, formula, part_of, places, rewritten

RUN, RUNS, STAGES, OWN = "llm-100b-10d", "published-2019", "llm-four-stages", "own-1024-h100"
QUOTES = "rfq-512-b200"
Edit = tuple[str, str, str]  # what it is called, and what of the text becomes what
LIST = "id,name,price,price_source,price_date\na100-sxm4-80gb,,{},quote 17,2026-10-01\n"


@dataclass(frozen=True)
class Pair:
    """A scenario and what somebody edits in its file; edits of one name are one cause.

    `files` are lists beside the first and beside the second.
    """

    base: str
    edits: tuple[Edit, ...]
    files: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    start: tuple[Edit, ...] = ()  # what is edited in both


AT_END = "\npublished:"
STAFF = ("Staff", "staff_cost: {value: 2_000_000", "staff_cost: {value: 3_000_000")
PRICE = ("Price of one GPU", "value: 10_000\n", "value: 12_500\n")
MFU = ("Model FLOP utilisation (MFU)", "value: 100 %\n    low", "value: 50 %\n    low")
NEXT = "\n    - run: GPT-2, on 32"
ROW = "\n    - {run: Another, devices: 64, price: 4.00, hours: 9 days}" + NEXT
CASE = "\ncases:\n  dear: {staff_cost: 9_000_000}\n"
CHOSEN = "\ncase: dear\n"
INPUT = "\ninputs:\n  licence_price: {unit: USD/token, value: 1e-6}\n"
LINE = (
    "\nlines:\n  licence_cost: {label: Licence, unit: USD, of: buy_total, "
    "formula: tokens * licence_price}\n"
)
PAIRS = {
    "values": Pair(RUN, (STAFF, PRICE, MFU)),
    "what the catalogue has": Pair(RUN, (
        ("Rental offer", AT_END, "\nrent: {offer: crusoe-a100-80}" + AT_END),
        ("Grid region", AT_END, "\nenergy: {region: country:DEU}" + AT_END), STAFF,
    )),
    "refused alone": Pair(RUN, (
        ("Precision, with Accelerator", "value: fp32", "value: fp8"),
        ("Precision, with Accelerator", "chip: a100-sxm4-80gb", "chip: h100-sxm5-80gb"), MFU,
    )),
    "a row more": Pair(RUNS, (
        ("Runs: Another", NEXT, ROW),
        ("Runs: BERT-large", "price: 8.00", "price: 9.00"),
    )),
    "a row less": Pair(STAGES, (
        ("Stages: Reward modelling", "tokens: 1B", "tokens: 4B"),
        ("Parameters", "value: 175B", "value: 200B"),
    )),
    "a case": Pair(RUN, (
        ("Case, with Case dear", AT_END, CASE + AT_END),
        ("Case, with Case dear", AT_END, CHOSEN + AT_END), PRICE,
    )),
    "lines of one's own": Pair(RUN, (
        ("Licence, with Licence price", AT_END, INPUT + AT_END),
        ("Licence, with Licence price", AT_END, LINE + AT_END), PRICE,
    )),
    "a price list": Pair(
        RUN, (("Price list prices.csv", "", ""), MFU),
        ({"prices.csv": LIST.format(9_000)}, {"prices.csv": LIST.format(11_000)}),
        (("", "\nworkload:", "\ncatalogue: prices.csv\n\nworkload:"),
         ("", re.escape("  gpu_price:\n") + r"(    .*\n)+", "")),
    ),
    "years of ownership": Pair(RUN, (
        ("Years of ownership", AT_END, "\nown: {horizon_years: 4}" + AT_END),
        STAFF,
    )),
    "what a fleet costs": Pair(OWN, (
        ("Price of a server", "value: 240_000, low: 230_000", "value: 278_000, low: 230_000"),
        ("Electricity price", "power_price: 0.08", "power_price: 0.11"),
        ("Rent growth", "rent_growth: -5 %", "rent_growth: -20 %"),
    )),
    "quotes": Pair(QUOTES, (
        ("Quotes: Vendor C, row 4", "C,server,,402000", "C,server,,340000"),
        ("Duty", "duty_rate: {value: 0 %", "duty_rate: {value: 3 %"),
    )),
}  # fmt: skip
SLOW = ("what a fleet costs", "quotes")
TRIED = [name for name in PAIRS if BY_NIGHT or name not in SLOW]


def written_to(folder: Path, pair: Pair, edits: tuple[Edit, ...], *, second: bool) -> Path:
    """The scenario with some edits, in a folder of its own with the lists beside it."""
    folder.mkdir(parents=True)
    texts = {path.name: path.read_text(encoding="utf-8")
             for path in bundled("scenarios").glob(f"{pair.base}*")}  # fmt: skip
    texts |= pair.files[second]
    for label, old, new in (*pair.start, *edits):
        name = next((one for one in texts if old and (old in texts[one] or not label)), "")
        if old:
            changed = texts[name].replace(old, new, 1)
            if changed == texts[name]:
                changed = re.sub(old, new, texts[name], count=1)
            assert changed != texts[name], old
            texts[name] = changed
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / f"{pair.base}.yaml"


@pytest.mark.parametrize("name", TRIED)
def test_each_row_is_a_scenario_loaded_anew_and_they_add_up(name: str, tmp_path: Path) -> None:
    pair = PAIRS[name]
    first = written_to(tmp_path / "a", pair, (), second=False)
    second = written_to(tmp_path / "b", pair, pair.edits, second=True)
    found = bridge((str(first), str(second)), ())
    assert {move.label for move in found.moves} == {label for label, *_ in pair.edits}
    assert found.moved
    numbers = [load(str(one)).numbers for one in (first, second)]
    for at, move in enumerate(found.moves):
        edits = tuple(one for one in pair.edits if one[0] == move.label)
        listed = move.label.startswith("Price list")
        alone = load(str(written_to(tmp_path / f"{at}", pair, edits, second=listed))).numbers
        for one in found.headlines:
            moved = float(alone[one.key]) - float(numbers[0][one.key])
            assert move.of(one.key) == pytest.approx(moved, abs=0, nan_ok=True), one.key
    for one in found.headlines:
        change = float(numbers[1][one.key]) - float(numbers[0][one.key])
        rows = [*(move.of(one.key) for move in found.moves), found.together(one.key)]
        if not math.isnan(change):
            size = abs(float(numbers[0][one.key]))
            assert math.fsum(rows) == pytest.approx(change, rel=1e-9, abs=1e-9 * size), one.key
            assert any(map(abs, rows)) == found._is_moved(one.key)


def pair_of(tmp_path: Path, *edits: Edit, base: str = RUN) -> tuple[str, str]:
    pair = Pair(base, edits)
    return (str(written_to(tmp_path / "a", pair, (), second=False)),
            str(written_to(tmp_path / "b", pair, edits, second=True)))  # fmt: skip


def test_settings_alone_are_the_same_rows(tmp_path: Path) -> None:
    found = bridge(pair_of(tmp_path, STAFF, PRICE, MFU), ())
    sets = {"Staff": "staff_cost=3_000_000", "Price of one GPU": "gpu_price=12_500",
            "Model FLOP utilisation (MFU)": "mfu=0.5"}  # fmt: skip
    before = shared(RUN).numbers
    for move in found.moves:
        alone = load(RUN, [sets[move.label]]).numbers
        for one in found.headlines:
            assert move.of(one.key) == float(alone[one.key]) - float(before[one.key])


@pytest.mark.parametrize("name", books(SCENARIOS))
def test_what_is_written_is_loaded_as_its_file_is(name: str) -> None:
    scenario = shared(name)
    assert scenario.carried
    again = load_written(written(scenario.carried, name))
    assert repr(again.facts) == repr(scenario.facts)
    assert repr(again.tables) == repr(scenario.tables)
    assert repr(again.standing.get("board_answer")) == repr(scenario.standing.get("board_answer"))


# ---- what is a change, and what is none ---------------------------------------------------------


def found_changes(*names: str) -> list[Change]:
    return changes(*ends(names, ()))


def test_identical_scenarios_differ_in_nothing(tmp_path: Path) -> None:
    done = run_in(tmp_path, "diff", RUN, RUN, "--format", "md,xlsx", "--out", ".")
    assert done.code == 0 and f"Nothing differs between {RUN} and {RUN}." in done.out
    assert {one.name for one in tmp_path.iterdir()} == {f"{RUN}-to-{RUN}.{one}"
                                                       for one in ("md", "xlsx")}  # fmt: skip
    assert all(one.confirmed for one in verify(tmp_path / f"{RUN}-to-{RUN}.xlsx"))


def test_another_way_to_write_it_is_no_change(tmp_path: Path) -> None:
    same = (
        ("", "parameters: 100B", "parameters: 0.1 T"),
        ("", "deadline: 10 days", "deadline: 240 h"),
        ("", "title: 100", "title: A 100"),
        ("", "whole_servers: no", "whole_servers: 0"),
    )
    assert not found_changes(*pair_of(tmp_path, *same))


def test_sources_dates_and_notes_are_one_change_that_moves_nothing(tmp_path: Path) -> None:
    said = (("", "fp32\n    source: *article", "fp32\n    source: a datasheet"),
            ("", "note: assumed by the article", "note: not assumed by the article"))  # fmt: skip
    found = bridge(pair_of(tmp_path, *said), ())
    assert [one.label for one in found.moves] == ["Sources, dates and notes (2 of them)"]
    assert not found.moved and found.idle == found.moves
    assert sentences(found)[0] == "No figure of the first page moves."


def test_a_choice_brings_what_it_selects(tmp_path: Path) -> None:
    (one,) = bridge(
        pair_of(tmp_path, ("", AT_END, "\nrent: {offer: crusoe-a100-80}" + AT_END)), ()
    ).moves
    assert one.cause and "On-demand price 2.7450 USD/GPU-h to 2.3000 USD/GPU-h" in one.cause.brought
    assert one.cause.change.was == "median-a100-sxm4-80gb, the catalogue's"


def test_what_is_refused_alone_says_why(tmp_path: Path) -> None:
    precision, chip = (one for one in PAIRS["refused alone"].edits if one != MFU)
    said = sentences(bridge(pair_of(tmp_path, precision, chip), ()))
    assert any(one.startswith("Precision would be refused alone (") and "fp8" in one
               and "laid over together with what that needs, as Precision, with Accelerator." in one
               for one in said), said  # fmt: skip


# ---- the verdict --------------------------------------------------------------------------------


def test_which_change_turns_the_verdict(tmp_path: Path) -> None:
    turning = ("On-demand price", AT_END, "\nrent: {on_demand_price: 60}" + AT_END)
    found = bridge(pair_of(tmp_path, turning, STAFF), ())
    assert found.turned and [one.label for one in found.turning] == ["On-demand price"]
    said = "\n".join(sentences(found))
    assert f"The answer was “{found.was.answer}”, and is “{found.now.answer}”." in said
    assert "Alone, On-demand price would have turned the answer." in said
    same = bridge(pair_of(tmp_path / "same", STAFF), ())
    assert not same.turned and same.was.answer != same.now.answer
    assert any(one.startswith("The answer stays, its amounts aside") for one in sentences(same))


# ---- books --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / f"{RUN}.xlsx"
    path.write_bytes(workbook(shared(RUN)))
    return path


def row_of(path: Path, key: str) -> str:
    """The row of an input on Inputs."""
    with zipfile.ZipFile(path) as archive:
        inputs = archive.read(part_of(path, "Inputs")).decode()
    found = re.search(rf'<c r="A(\d+)"[^>]*><is><t>{key}</t>', inputs)
    assert found
    return found[1]


def typed(path: Path, out: Path, key: str, inside: str, kind: str = "") -> Path:
    """A copy with something in an Override cell."""
    return rewritten(path, out, part_of(path, "Inputs"),
                     cell(f"E{row_of(path, key)}", inside, kind))  # fmt: skip


def test_overrides_are_changes_of_their_book(built: Path, tmp_path: Path) -> None:
    one = typed(built, tmp_path / "one.xlsx", "mfu", "<v>0.5</v>")
    two = typed(one, tmp_path / "two.xlsx", "offer", "<is><t>crusoe-a100-80</t></is>",
                ' t="inlineStr"')  # fmt: skip
    found = bridge((RUN, str(two)), ())
    assert {move.label for move in found.moves} == {"Model FLOP utilisation (MFU)", "Rental offer"}
    assert {move.cause.change.source for move in found.moves if move.cause} == {
        "typed over in two.xlsx"
    }
    after = load(RUN, ["mfu=0.5", "offer=crusoe-a100-80"]).numbers
    assert found.now.values == {one.key: float(after[one.key]) for one in found.headlines}


def test_what_no_input_can_be_is_a_mistake_of_the_book(built: Path, tmp_path: Path) -> None:
    old = of_version(built, tmp_path / "old.xlsx", "0.9.0", {})
    typed(old, tmp_path / "x.xlsx", "mfu", "<v>7</v>")
    done = run_in(tmp_path, "diff", RUN, "x.xlsx")
    assert done.code == 2 and "x.xlsx, sheet Inputs, Override: " in done.err, done.err
    assert "mfu=7" in done.err


def test_a_book_of_this_version_is_its_scenario(built: Path) -> None:
    found = bridge((str(built), RUN), ("mfu=0.4",))
    assert not found.steps and found.was == found.now


def test_what_was_tampered_with_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / f"{RUNS}.xlsx"
    whole.write_bytes(workbook(shared(RUNS)))
    sheet, at = places(whole)["runs_total"]
    rewritten(whole, tmp_path / "x.xlsx", part_of(whole, sheet), formula(at, "SUM", "MAX"))
    done = run_in(tmp_path, "diff", RUNS, "x.xlsx", "--format", "md")
    assert done.code == 2 and not (tmp_path / "output").exists()
    assert f"x.xlsx: it is not as it was built: {sheet}!{at} was =" in done.err
    assert "tco verify x.xlsx" in done.err
    base = rewritten(whole, tmp_path / "y.xlsx", part_of(whole, "Inputs"),
                     cell(f"H{row_of(whole, 'millions_from')}", "<v>7</v>"))  # fmt: skip
    with pytest.raises(Mistakes, match=r"Inputs!H\d+ was typed over: was 1000000, is 7"):
        bridge((RUNS, str(base)), ())


def of_version(path: Path, out: Path, version: str, figures: Mapping[str, float]) -> Path:
    """A book of another version, with other figures in its cells."""
    made = rewritten(path, out.with_suffix(".0.xlsx"), part_of(path, "Scenario"),
                     lambda text: text.replace(f">{__version__}<", f">{version}<", 1))  # fmt: skip
    for number, (key, value) in enumerate(figures.items(), 1):
        sheet, at = places(path)[key]
        made = rewritten(made, out.with_suffix(f".{number}.xlsx"), part_of(path, sheet),
                         _stored(at, value))  # fmt: skip
    made.rename(out)
    return out


def _stored(place: str, value: float) -> Callable[[str], str]:
    """Another value of a cell, whose formula stays."""
    return lambda text: re.sub(
        rf'(<c r="{place}"[^>]*>(?:<f>.*?</f>)?<v>)[^<]*', rf"\g<1>{value!r}", text, count=1
    )


def test_a_version_is_a_row_of_its_own(built: Path, tmp_path: Path) -> None:
    before = float(shared(RUN).numbers["buy_total"])
    old = of_version(built, tmp_path / "old.xlsx", "0.9.0", {"buy_total": before - 5e6, "gpus": 7})
    pair = Pair(RUN, (STAFF,))
    new = written_to(tmp_path / "b", pair, pair.edits, second=True)
    found = bridge((str(old), str(new)), ())
    (version,) = found.versions
    assert version.label == f"The version of tco (0.9.0 to {__version__})"
    assert version.of("buy_total") == 5e6 and version.of("days_needed") == 0
    assert found.was.values["buy_total"] == before - 5e6 and found.was.values["gpus"] == 7
    assert found.change("buy_total") == 6e6 and found.together("buy_total") == 0
    assert {one.label: one.of("buy_total") for one in found.moving} == {
        version.label: 5e6, "Staff": 1e6
    }  # fmt: skip
    assert any("was built by another tco" in one for one in sentences(found))
    back = bridge((str(new), str(old)), ())
    assert [one.of("buy_total") for one in back.steps] == [-1e6, -5e6]
    assert back.versions[0].label == f"The version of tco ({__version__} to 0.9.0)"
    _adds_up(found, tmp_path)
    _adds_up(back, tmp_path)


def test_other_shipped_prices_are_a_row_of_their_own(built: Path, tmp_path: Path) -> None:
    there = rewritten(built, tmp_path / "x.xlsx", part_of(built, "Scenario"),
                      lambda text: text.replace(data_hash(), "0" * 64))  # fmt: skip
    sheet, at = places(built)["rent_total"]
    made = rewritten(there, tmp_path / "y.xlsx", part_of(built, sheet), _stored(at, 1e6))
    (step,) = bridge((str(made), RUN), ()).steps
    assert step.label == f"The price lists that tco ships (00000000 to {data_hash()[:8]})"
    assert step.of("rent_total") == float(shared(RUN).numbers["rent_total"]) - 1e6


# ---- what cannot be compared --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (RUN, "currency: EUR\nusd_rate: {value: 0.92, date: 2026-11-20}", "its money is EUR"),
        (RUNS, RUN, "is of kind train, published-2019 of kind runs, and no figure"),
        ("nowhere", "nothing-either", "nothing-either"),
        (RUN, "energy: {power_price: 6}", "an error stands in it"),
    ],
)
def test_a_pair_that_is_none_says_why(first: str, second: str, words: str, tmp_path: Path) -> None:
    if ":" in second:
        text = (bundled("scenarios") / f"{RUN}.yaml").read_text(encoding="utf-8")
        text = text.replace("currency: USD\n", "") if "currency" in second else text
        (tmp_path / "b.yaml").write_text(f"{text}\n{second}\n", encoding="utf-8")
        second = "b.yaml"
    done = run_in(tmp_path, "diff", first, second, "--format", "md,xlsx")
    assert done.code == 2 and words in done.err and "Traceback" not in done.err
    assert not (tmp_path / "output").exists()


def test_an_unknown_format_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = run_in(tmp_path, "diff", "nowhere", RUN, "--format", "md,pdf")
    assert done.code == 2 and "--format pdf: this is not a format of a bridge" in done.err
    assert not contents(tmp_path)


# ---- files --------------------------------------------------------------------------------------


def _adds_up(found: Bridge, folder: Path) -> None:
    """Independent engines confirm the book, and its checks pass."""
    path = folder / "bridge.xlsx"
    path.write_bytes(bridge_workbook(found))
    for verdict in verify(path):
        assert verdict.confirmed and verdict.formulas > 20, verdict.differences[:5]
    sheet = bridge_book(found)["Bridge"]
    row = next(at for (at, column), one in sheet.cells.items()
               if column == LABEL and str(one.value).startswith("It adds up"))  # fmt: skip
    assert [one.value for (at, column), one in sorted(sheet.cells.items())
            if at == row and column != LABEL] == [0.0] * len(found.moved)  # fmt: skip


@pytest.mark.parametrize("name", ["values", "refused alone", "a row more"])
def test_the_book_of_a_bridge_is_confirmed_and_adds_up(name: str, tmp_path: Path) -> None:
    pair = PAIRS[name]
    first = written_to(tmp_path / "a", pair, (), second=False)
    second = written_to(tmp_path / "b", pair, pair.edits, second=True)
    _adds_up(bridge((str(first), str(second)), ()), tmp_path)


def test_bars_begin_where_the_last_one_ended_on_both_sides_of_nought(tmp_path: Path) -> None:
    """The pieces of each bar above nought and below are its move, carried to where it begins."""
    lower = ("", "value: 10_000\n    low: 8_000", "value: 5_000\n    low: 4_000")
    found = bridge(pair_of(tmp_path, MFU, ("", "value: fp32", "value: bf16"), lower), ())
    cells = bridge_book(found)["Bridge"].cells
    head = max(
        row for (row, column), one in cells.items() if column == LABEL and one.value == "Bar"
    )
    rows = [row for row in range(head + 1, max(cells)[0] + 1) if (row, 2) in cells]
    assert len(rows) > 6
    crossing = 0
    for row in rows:
        move, begin, end, up, down, *pieces = (cells[row, at].value for at in range(2, 12))
        more, more_below, less, less_below, whole = pieces
        assert end == pytest.approx(begin + move)
        if whole:
            assert whole == move and not any(pieces[:-1])
            continue
        assert (more - more_below) - (less - less_below) == pytest.approx(move)
        top, bottom = up + more + less, down + more_below + less_below
        assert max(begin, end, 0) == pytest.approx(top) and min(begin, end, 0) == pytest.approx(
            bottom
        )
        crossing += begin * end < 0
    assert crossing


def test_figures_that_move_alike_have_one_chart(tmp_path: Path) -> None:
    found = bridge(pair_of(tmp_path, STAFF, PRICE), ())
    charts = bridge_book(found)["Bridge"].charts
    titles = [chart.title for chart, _ in charts]
    assert titles == [f"{one.label}, USD: what moved it from A to B" for one in leading(found)]
    again = replace(found.headlines[1], label="Total to buy, again")
    twice = replace(found, headlines=(*found.headlines, again))
    assert len(leading(twice)) == len(titles) + 1
    assert [one.title for one, _ in bridge_book(twice)["Bridge"].charts] == titles


def test_same_pair_same_bytes_and_an_edited_book_stays(tmp_path: Path) -> None:
    first, second = pair_of(tmp_path, STAFF)
    command = ("diff", first, second, "--format", "md,xlsx", "--out", ".")
    assert run_in(tmp_path, *command).code == 0
    page, book = (tmp_path / f"{RUN}-to-{RUN}.{one}" for one in ("md", "xlsx"))
    was = page.read_bytes(), book.read_bytes()
    assert run_in(tmp_path, *command).code == 0
    assert (page.read_bytes(), book.read_bytes()) == was
    rewritten(book, tmp_path / "edited.xlsx", "xl/worksheets/sheet1.xml",
              lambda text: text.replace("<v>142790000</v>", "<v>1</v>"))  # fmt: skip
    (tmp_path / "edited.xlsx").replace(book)
    page.unlink()
    done = run_in(tmp_path, *command)
    assert done.code == 2 and "this workbook was edited since tco wrote it" in done.err
    assert not page.exists()
    assert run_in(tmp_path, *command, "--force").code == 0 and book.read_bytes() == was[1]


def test_the_guide_shows_what_is_printed(tmp_path: Path) -> None:
    page = DOCS / "diff.md"
    for one in typed_in(page):
        done = run_in(tmp_path, *shlex.split(one))
        assert done.code == 0, done.err
    (shown,) = blocks(page, "text")
    assert shown.strip() in done.out


def test_the_page_has_what_the_terminal_says(tmp_path: Path) -> None:
    pair = pair_of(tmp_path, STAFF, MFU)
    found = bridge(pair, ())
    page = as_markdown(found).decode()
    done = run_in(tmp_path, "diff", *pair)
    for one in (*sentences(found), footnote(found)):
        assert one in done.out and one in page
    assert not (tmp_path / "output").exists()
    total = f"{found.now.values['buy_total']:,.0f}"
    assert re.search(rf"(?m)^\| \*\*B\*\* .*\*\*{total}\*\*", page)
