"""Into the file goes what was typed and nothing else, whatever the file is like; comments stay.

No book is built here: what was typed is given by hand.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tco.errors import Mistakes
from tco.facts import TYPED
from tco.files import bundled
from tco.lines import Choice, Undefined
from tco.reconciling.pulling import pulled
from tco.reconciling.returned import Returned, Typed
from tco.reconciling.spots import Spot
from tco.scenario import Scenario
from tco.verify.original import Original
from tests.kinds.test_live import EDITS
from tests.loaded import load
from tests.office.live import named, sets
from tests.reconciling.editing import PARTS
from tests.sampling import sampled

TRAIN = """\
# A run; its comments stay.
workload:
  kind: train
  parameters: 8B
  tokens: 200B  # as planned
  deadline: 30 days
fleet:
  chip: h100-sxm5-80gb
  mfu: {value: 40 %, low: 30 %, high: 50 %, source: a paper, date: 2026-01-01, note: ours}
buy:
  gpu_price:
    value: 25_000
    source: a quote
    date: 2026-01-02
  staff_cost: 100_000
"""


def spot_of(scenario: Scenario, name: str) -> Spot:
    """The cell of an input by its name, as `place_of` has it; where it stands does not matter."""
    part, key = PARTS.get(name[0], "override"), name.lstrip("=<>")
    case, _, key = (
        key.rpartition(":") if not key.startswith(("items.", "stages.")) else ("", "", key)
    )
    model = scenario.model
    if "." not in key:
        return Spot(("Inputs", 1, 1), "base" if case else part, model.givens[key], case=case)
    table, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    given = next(one for one in model.along(table)
                 if column in (one.key, model.tables[table].spelled(one.key)))  # fmt: skip
    names = [one.name for one in scenario.tables[table]]
    return Spot(("Tables", 1, 1), part, given, table,
                names.index(row) if row in names else int(row) - 1)  # fmt: skip


def returned(scenario: Scenario, typed: dict[str, Any]) -> Returned:
    """A book in which that was typed."""
    assert scenario.carried
    back = Returned(Path("b.xlsx"), Original("", "", scenario.carried), scenario)
    for name, value in typed.items():
        spot = spot_of(scenario, name)
        if isinstance(value, int | float):
            numeric = isinstance(spot.given, Choice) and spot.given.unit != "choice"
            value = float(value) if numeric or not spot.given.is_text else str(value)
        back.typed.append(Typed(spot, f"cell of {name}", None, value))
    return back


def copied(name: str, folder: Path) -> Path:
    for one in bundled("scenarios").glob(f"{name}.*"):
        shutil.copy(one, folder)
    return folder / f"{name}.yaml"


def written(folder: Path, text: str) -> Path:
    path = folder / "s.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def after(path: Path, typed: dict[str, Any], **more: Any) -> str:
    """The file once that was pulled into it."""
    pulled(returned(load(str(path)), typed), path, **more)
    return path.read_text(encoding="utf-8")


def known(one: Any) -> Any:
    return None if isinstance(one, Undefined) else one


@pytest.mark.parametrize(
    ("name", "typed"),
    [pytest.param(name, one, id=f"{name}-{named(one)}") for name, edits in EDITS.items()
     for one in sampled(edits, every=2)],
)  # fmt: skip
def test_an_edit_of_every_kind_is_the_setting_of_the_command_line(
    name: str, typed: dict[str, Any], tmp_path: Path
) -> None:
    path = copied(name, tmp_path)
    try:
        back, wanted = returned(load(name), typed), load(name, sets(typed))
    except (ValueError, Mistakes):
        # What is refused has no text to compare.
        pytest.skip("no scenario, which tests of books see to")
    comments = [one for one in path.read_text(encoding="utf-8").splitlines() if "#" in one]
    pulled(back, path)
    got = load(str(path))
    assert {key: known(one.value) for key, one in got.facts.items()} == {
        key: known(one.value) for key, one in wanted.facts.items()
    }
    for table, rows in wanted.tables.items():
        assert [{key: known(one) for key, one in row.values.items()} for row in got.tables[table]] \
            == [{key: known(one) for key, one in row.values.items()} for row in rows]  # fmt: skip
    now = path.read_text(encoding="utf-8").splitlines()
    assert [one for one in comments if one not in now] == []


def differences(before: Any, now: Any, at: str = "") -> list[str]:
    """The keys of a file that are not as they were."""
    if isinstance(before, dict) and isinstance(now, dict):
        keys = dict.fromkeys([*before, *now])
        return [one for key in keys
                for one in differences(before.get(key), now.get(key), f"{at}.{key}")]  # fmt: skip
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [one for number, (a, b) in enumerate(zip(before, now, strict=True))
                for one in differences(a, b, f"{at}.{number}")]  # fmt: skip
    return [] if before == now else [at.removeprefix(".")]


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ({"tokens": 3e11}, ["workload.tokens"]),
        ({"deadline_days": 20}, ["workload.deadline"]),
        ({"chip": "b200-sxm-180gb"}, ["fleet.chip"]),
        ({"whole_servers": 0}, ["fleet.whole_servers"]),
        ({"availability": 0.97}, ["fleet.availability"]),
        ({"mfu": 0.45}, [f"fleet.mfu.{one}" for one in ("value", "low", "high", "source", "date")]),
        ({"=mfu": 0.45}, ["fleet.mfu.value"]),
        ({"=mfu": 0.2, "<mfu": 0.1, ">mfu": None}, ["fleet.mfu.value", "fleet.mfu.low",
                                                    "fleet.mfu.high"]),
        ({"=mfu": 0.4, "mfu": 0.4}, [f"fleet.mfu.{one}" for one in ("low", "high", "source",
                                                                      "date")]),
        ({"<gpu_price": 20_000}, ["buy.gpu_price.low"]),
        ({"=staff_cost": 1e6, ">staff_cost": 2e6}, ["buy.staff_cost"]),
        ({"=staff_cost": None, "staff_cost": 5}, ["buy.staff_cost"]),
        ({"=gpu_price": None}, ["buy.gpu_price"]),
        ({"on_demand_price": 2.0, "power_price": 0.1}, ["rent", "energy"]),
        ({"deadline_point_02": 8}, ["deadlines"]),
        ({"as_of": "2026-05-01", "case": "base"}, ["as_of", "case"]),
        ({"pair_down": "mfu"}, ["evidence"]),
    ],
)  # fmt: skip
def test_these_keys_and_no_others_change(
    typed: dict[str, Any], keys: list[str], tmp_path: Path
) -> None:
    now = after(written(tmp_path, TRAIN), typed)
    assert differences(read(TRAIN), read(now)) == keys, now
    assert "# A run; its comments stay." in now and "# as planned" in now


def test_beside_an_override_neither_range_nor_source_is_left(tmp_path: Path) -> None:
    now = read(after(written(tmp_path, TRAIN), {"mfu": 0.45, "gpu_price": 26_000}))
    assert now["fleet"]["mfu"] == {"value": "45 %", "source": TYPED, "note": "ours"}
    assert now["buy"]["gpu_price"] == {"value": 26_000, "source": TYPED}


def refused(path: Path, typed: dict[str, Any], **more: Any) -> str:
    before = path.read_text(encoding="utf-8")
    with pytest.raises(Mistakes) as told:
        after(path, typed, **more)
    assert path.read_text(encoding="utf-8") == before
    return str(told.value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mfu": 2}, "mfu"),
        ({"=mfu": 0.6}, "60.00% is not between Low 30.00% and High 50.00%"),
        ({"mfu": 0.45, "<mfu": 0.1}, "the workbook takes no Low beside an Override"),
        ({"<availability": 0.5}, "Type its value into Override"),
        ({"=tokens": None}, "tokens"),
        ({"chip": "abacus"}, "abacus"),
        ({"currency": "EUR"}, "name the currency in the scenario's file"),
    ],
)
def test_what_no_file_can_say_is_refused(typed: dict[str, Any], said: str, tmp_path: Path) -> None:
    told = refused(written(tmp_path, TRAIN), {**typed, "staff_cost": 5})
    assert said in told and "b.xlsx" in told


# ---- the file was changed too --------------------------------------------------------------------


def both(folder: Path, typed: dict[str, Any], *changes: tuple[str, str], text: str = TRAIN) -> Path:
    """A file that was changed since a book was built of it in which that was typed."""
    path = written(folder, text)
    back = returned(load(str(path)), typed)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    pulled(back, path)
    return path


def test_keys_that_only_the_book_changed_are_pulled(tmp_path: Path) -> None:
    path = both(tmp_path, {"mfu": 0.45}, ("200B", "300B"), ("fleet:\n", "# mine\nfleet:\n"))
    text = path.read_text(encoding="utf-8")
    assert "tokens: 300B  # as planned" in text and "45 %" in text and "# mine" in text


def test_a_key_that_both_changed_is_named(tmp_path: Path) -> None:
    said = "mfu was changed in the file too: it was 40 %, the file has 42 %, the workbook 0.45"
    with pytest.raises(Mistakes, match=said):
        both(tmp_path, {"mfu": 0.45, "tokens": 3e11}, ("40 %", "42 %"))
    assert "45 %" not in (tmp_path / "s.yaml").read_text(encoding="utf-8")


def test_a_key_that_both_changed_alike_is_there_already(tmp_path: Path) -> None:
    path = both(tmp_path, {"tokens": 3e11}, ("200B", "0.3T"))
    assert "tokens: 0.3T  # as planned" in path.read_text(encoding="utf-8")


RUNS = """\
workload:
  kind: runs
  runs:
    - {run: A, devices: 1, counted_in: GPU, price: 2, hours: 3}
    - {run: B, devices: 2, counted_in: GPU, price: 2, hours: 3, source: x, date: 2026-01-01}
"""


def test_a_row_is_found_where_it_stands_now(tmp_path: Path) -> None:
    first = RUNS.splitlines()[3] + "\n"
    path = both(tmp_path, {"runs.2.price": 2.5}, (first, ""), text=RUNS)
    row = read(path.read_text(encoding="utf-8"))["workload"]["runs"][0]
    assert (row["price"], row["source"], "date" in row) == (2.5, TYPED, False)


@pytest.mark.parametrize("change", [("run: B", "run: C"), ("hours: 3, source", "hours: 4, source")])
def test_a_row_that_is_another_now_is_refused(change: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="its row was changed, moved or taken out"):
        both(tmp_path, {"runs.2.price": 2.5}, change, text=RUNS)


# ---- files of every form -------------------------------------------------------------------------


def test_without_blocks_as_json_and_with_a_mark_in_front(tmp_path: Path) -> None:
    path = written(tmp_path, "parameters: 8B\ntokens: 200B\ndeadline: 30 days\n")
    now = after(path, {"tokens": 3e11, "data_bytes": 1e15, "availability": 0.9})
    assert now.startswith("parameters: 8B\ntokens: 300B\ndeadline: 30 days\n")
    assert now.endswith("\nfleet:\n  availability: 90 %\n")
    path = tmp_path / "j.json"
    path.write_text('{"workload": {"parameters": "8B", "tokens": "200B", "deadline": "30 days"}}')
    assert after(path, {"tokens": 3e11, "availability": 0.9, "chip": "h100-sxm5-80gb"}) == (
        '{"workload": {"parameters": "8B", "tokens": "300B", "deadline": "30 days"}, '
        '"fleet": {"availability": "90 %", "chip": "h100-sxm5-80gb"}}'
    )
    path = tmp_path / "m.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TRAIN.replace("\n", "\r\n").encode())
    back = returned(load(str(path)), {"tokens": 3e11})
    pulled(back, path)
    wanted = TRAIN.replace("200B", "300B").replace("\n", "\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()


def test_a_file_that_is_not_there_is_written_with_its_tables(tmp_path: Path) -> None:
    back = returned(load("rfq-512-b200"), {"freight_share": 0.02, "quotes.1.price": 400_000})
    target = tmp_path / "new" / "mine.yaml"
    said = pulled(back, target)
    got = load(str(target))
    assert got.facts["freight_share"].value == 0.02 and "as the workbook carries it" in said
    assert "Vendor A,server,,400000,EUR,64" in (
        target.parent / "rfq-512-b200.quotes.csv").read_text(encoding="utf-8")  # fmt: skip
    other = tmp_path / "rfq-512-b200.quotes.csv"
    other.write_text("mine")
    with pytest.raises(Mistakes, match="another file is where a table"):
        pulled(back, tmp_path / "mine.yaml")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [other.name]


def test_rows_that_the_product_knows_are_written_whole(tmp_path: Path) -> None:
    now = read(after(copied("wikitext-103-for-30-dollars", tmp_path), {"speeds.1.price": 3}))
    rows = next(one["speeds"] for one in now.values() if isinstance(one, dict) and "speeds" in one)
    got = load(str(tmp_path / "wikitext-103-for-30-dollars.yaml")).tables["speeds"]
    assert len(rows) == len(got) == len(load("wikitext-103-for-30-dollars").tables["speeds"])
    assert rows[0]["price"] == 3 and rows[0]["source"] == TYPED


def test_price_lists_that_are_not_here_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, f"catalogue: prices.csv\n{TRAIN}")
    (tmp_path / "prices.csv").write_text(
        "id,price,date,source\nh100-sxm5-80gb,29000,2026-10-01,offer 1\n"
    )
    back = returned(load(str(path)), {"mfu": 0.5})
    assert "price lists" not in pulled(back, path)
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    assert "here: prices.csv; the next workbook takes" in pulled(back, elsewhere / "s.yaml")


def test_settings_of_the_command_line_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, TRAIN)
    scenario = load(str(path), ["mfu=42 %", "staff_cost=5"])
    back = returned(scenario, {"mfu": 0.45})
    assert back.original.carried.settings == ("mfu=42 %", "staff_cost=5")
    said = pulled(back, path)
    assert "typed over what it was built with: --set mfu=42 %" in said
    assert "built with --set staff_cost=5, which no file has" in said
    assert load(str(path)).facts["mfu"].value == 0.45


def test_a_case_that_would_come_over_an_override_is_told(tmp_path: Path) -> None:
    text = TRAIN + "case: glut\ncases:\n  glut: {mfu: 35 %}\n"
    told = refused(written(tmp_path, text), {"mfu": 0.45})
    assert "an Override wins over the case glut, and in a file the case wins" in told
    assert "35 %" in text and "36 %" in after(written(tmp_path, text), {"glut:mfu": 0.36})
    typed = {"mfu": 0.45, "case": "costs most"}
    assert "an Override wins" in refused(written(tmp_path, TRAIN), typed)


def test_a_number_of_a_case_may_be_cleared_and_added(tmp_path: Path) -> None:
    text = TRAIN + "cases:\n  glut: {mfu: 35 %, availability: 90 %}  # theirs\n"
    now = after(written(tmp_path, text), {"glut:mfu": None, "glut:tokens": 3e11})
    assert "  glut: {availability: 90 %, tokens: 300B}  # theirs\n" in now or "3e11" in now
    typed = {"glut:mfu": None, "glut:availability": None}
    assert "has no inputs" in refused(written(tmp_path, text), typed)


def test_a_choice_that_follows_what_a_file_gives_stays_as_the_book_has_it(tmp_path: Path) -> None:
    path = written(tmp_path, "parameters: 8B\ntokens: 200B\ndeadline: 30 days\n")
    assert load(str(path)).facts["calibrate"].value == "published"
    now = after(path, {"mfu": 0.45})
    assert now.endswith("\nfleet:\n  mfu: 45 %\n  calibrate: published\n")


def test_what_is_written_has_been_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the loader reads otherwise than the book is refused."""
    from tco.reconciling import scenariofile

    path = written(tmp_path, TRAIN)
    monkeypatch.setattr(scenariofile, "spelled_number", lambda *_: "44 %")
    assert "a file would have 0.44 where the workbook has 0.45" in refused(path, {"mfu": 0.45})


RATED = (
    TRAIN.replace("staff_cost: 100_000", "staff_cost: 100_000 GBP")
    + """\
currencies:
  - {currency: GBP, rate: 1.25, date: 2026-11-20, source: a bank}  # theirs
"""
)


def test_a_rate_goes_into_its_row_and_keeps_its_day_where_base_is_corrected(tmp_path: Path) -> None:
    now = after(written(tmp_path, RATED), {"=rate_of_gbp": 1.3})
    row = "{currency: GBP, rate: 1.3, date: 2026-11-20, source: a bank}  # theirs"
    assert f"  - {row}\n" in now
    assert "rate has no date" in refused(written(tmp_path, RATED), {"rate_of_gbp": 1.3})
    euros = TRAIN + "currency: EUR\nusd_rate: {value: 0.9, date: 2026-11-20}\n"
    assert "value: 0.92, date" in after(written(tmp_path, euros), {"=usd_rate": 0.92})
