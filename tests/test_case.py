"""Cases: a named one is the scenario with its numbers; the others are every range at one end.

Whatever the case, what ranges lie around is the plan: the base, or a case of the scenario's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.errors import Mistakes
from tco.facts import plain
from tco.files import bundled
from tco.lines import Undefined
from tco.model.cases import IN_CASE, favoured, favours, planned
from tco.model.ranged import outcome_of
from tco.page.first import page as first_page
from tco.page.printed import sentences
from tco.read.loading import load as read
from tco.scenario import Scenario
from tco.verify import verify
from tco.workbook.build import workbook
from tco.workbook.casetable import plan_of
from tco.workbook.sheets import CASES
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import Edited, Live
from tests.sampling import sampled

OWN = "own-1024-h100"
NUMBERS = {"glut": {"rent_growth": "-25 %", "residual_share": "5 %"},
           "dear power": {"power_price": "0.2", "pue": "1.5", "gpu_price": "30_000"}}  # fmt: skip
# The input that a driver is for, where it moves a line.
INSTEAD = {f"{IN_CASE}server_unit_price": "server_price"}


def written(folder: Path, case: str = "base", cases: Any = NUMBERS, name: str = OWN) -> str:
    """The path of a bundled scenario with cases of its own."""
    text = load(name)
    source = Path(str(_source(name))).read_text(encoding="utf-8")
    said = "".join(f"  {one}: {{{', '.join(f'{key}: {value}' for key, value in of.items())}}}\n"
                   for one, of in cases.items())  # fmt: skip
    path = folder / f"{text.name}.yaml"
    path.write_text(f"{source}\ncase: {case}\ncases:\n{said}", encoding="utf-8")
    return str(path)


def _source(name: str) -> Path:
    return Path(str(bundled("scenarios"))) / f"{name}.yaml"


def alike(one: Scenario, other: Scenario, apart: set[str]) -> list[str]:
    """The numbers of two scenarios that differ."""
    wrong = []
    for key, line in one.model.lines.items():
        if line.is_text or key in apart:
            continue
        got, want = one.numbers[key], other.numbers[key]
        if not np.allclose(
            np.asarray(got, float), np.asarray(want, float), rtol=1e-12, equal_nan=True
        ):
            wrong.append(f"{key}: {got} is not {want}")
    return wrong


@pytest.mark.parametrize("case", NUMBERS)
def test_a_named_case_is_the_scenario_with_its_numbers(case: str, tmp_path: Path) -> None:
    made = read(written(tmp_path, case))
    sets = [f"{key}={value}" for key, value in NUMBERS[case].items()]
    assert not alike(made, load(OWN, sets), {"case_is_base"})[:3]
    assert made.numbers["case_is_base"] == 1 and made.plan is made
    assert made.facts["power_price"].source.startswith("stated: the case") == (case != "glut")


def test_a_case_does_not_switch_the_calibration(tmp_path: Path) -> None:
    """An MFU that the file gives does; a case stands over what is given."""
    name = "largest-model-for-1m"
    made = read(written(tmp_path, "better", {"better": {"mfu": "42 %"}}, name))
    assert made.numbers["mfu"] == 0.42
    assert made.numbers["hours_calibration"] == load(name).numbers["hours_calibration"] != 1


def test_without_a_case_its_numbers_move_nothing(tmp_path: Path) -> None:
    made = read(written(tmp_path))
    assert not alike(made, load(OWN), set())[:3] and made.numbers["case_is_base"] == 0


@pytest.mark.parametrize("name", [OWN, "llm-100b-10d", "largest-model-for-1m", "rfq-512-b200"])
def test_a_favouring_case_is_every_range_at_one_end(name: str) -> None:
    """By the scenario loaded anew with all of these values; each end is judged alone."""
    base = load(name)
    outcome = outcome_of(base.model)
    assert outcome is not None
    for place, case in enumerate(favours(base.model)):
        put = favoured(base.model, base.numbers, case)
        anew = base.numbers
        for number, key in enumerate(base.model.axes["drivers"].ids):
            ends = [base.numbers[f"at_{end}_{key}"] for end in ("low", "high")]
            low, high = base.numbers["driver_least"][number], base.numbers["driver_most"][number]
            better = (ends[1] > ends[0]) == (place == 0)
            column = ("driver_at_more", "driver_at_less")[place]
            at = base.numbers[column][number]
            if np.isfinite(at):
                assert at == (high if better else low), key
            elif np.isfinite(low) and np.isfinite(ends).all():
                assert abs(ends[0] - ends[1]) <= 1e-9 * abs(ends[0]) or low == high, key
        made = load(name, [f"case={case}"])
        if not any(key.startswith(IN_CASE) and key not in INSTEAD for key in put):
            sets = [f"{INSTEAD.get(key, key)}={value!r}" for key, value in put.items()]
            if "calibrate" in base.facts:  # an MFU that is given would switch it
                sets.append(f"calibrate={plain(base.facts['calibrate'].value)}")
            anew = load(name, sets).numbers
            got = float(made.numbers[outcome.key])
            assert got == pytest.approx(float(anew[outcome.key]), rel=1e-9), case
        assert (made.numbers[outcome.key] > base.numbers[outcome.key]) == (place == 0)
        for key in planned(base.model):
            was, now = base.numbers[key], made.numbers[key]
            assert str(was) == str(now) or isinstance(was, np.ndarray), key


def test_an_unmoved_line_is_as_it_was() -> None:
    put = [key for key in load("rfq-512-b200").model.givens if key.startswith(IN_CASE)]
    assert put and all(isinstance(load("rfq-512-b200").numbers[key], Undefined) for key in put)


# ---- the book ------------------------------------------------------------------------------------

EDITS = [(name, {"case": case}) for name in (OWN, "rfq-512-b200", "llm-100b-10d", "llm-four-stages",
                                             "largest-model-for-1m", "buy-or-rent-100b")
         for case in favours(load(name).model)]  # fmt: skip


@pytest.mark.parametrize("case", ["glut", "favours renting"])
def test_engines_agree_in_a_case(case: str, tmp_path: Path) -> None:
    book = tmp_path / "case.xlsx"
    book.write_bytes(workbook(read(written(tmp_path, case))))
    assert [one.differences[:3] for one in verify(book)] == [(), ()]


def test_a_case_may_change_what_no_driver_moves(tmp_path: Path) -> None:
    """The model as planned reads it too: in the base as it is given, in the case as it has it."""
    late = {"late": {"deadline": "60 days", "spares_share": "3 %", "hours_per_year": "8_784"}}
    for case in ("base", "late"):
        book = tmp_path / f"{case}.xlsx"
        book.write_bytes(workbook(read(written(tmp_path, case, late, "llm-100b-10d"))))
        assert [one.differences[:3] for one in verify(book)] == [(), ()]


@needs_libreoffice
@pytest.mark.xdist_group("cases")
@pytest.mark.parametrize(("name", "edit"), sampled(EDITS, every=2), ids=str)
def test_a_case_chosen_in_the_file_is_a_rebuild(
    name: str, edit: dict[str, Any], office: Office, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(workbook(load(name)))
    live = Live(office, name, path)
    rebuilt = load(name, [f"{key}={value}" for key, value in edit.items()])
    assert not live.differences(live.after(edit), rebuilt)[:3]


@needs_libreoffice
@pytest.mark.xdist_group("cases")
def test_numbers_of_a_case_are_typed_in_the_file(office: Office, tmp_path: Path) -> None:
    """A case of the scenario's own is chosen, and has one number more: the scenario with that."""
    name = written(tmp_path)
    path = tmp_path / "cases.xlsx"
    made = read(name)
    path.write_bytes(workbook(made))
    live = Live(office, name, path)
    assert not live.differences(live.after({"case": "glut"}), read(name, ["case=glut"]))[:3]
    plan = plan_of(made)
    cell = (CASES, plan.table["pue"], plan.columns[plan.names.index("glut")], 1.4)
    got = Edited(live.book, live.book.edited([(*live.override("case"), "glut"), cell]))
    other = {**NUMBERS, "glut": {**NUMBERS["glut"], "pue": "1.4"}}
    (tmp_path / "other").mkdir()
    rebuilt = read(written(tmp_path / "other", cases=other), ["case=glut"])
    assert not live.differences(got, rebuilt)[:3]


@needs_libreoffice
@pytest.mark.xdist_group("cases")
def test_an_override_wins_over_a_case(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(workbook(load(OWN)))
    live = Live(office, OWN, path)
    got = live.after({"case": "favours owning", "server_price": 250_000, "pue": 1.25})
    assert got(live.named("server_price")) == 250_000 and got(live.named("pue")) == 1.25
    ends = favoured(load(OWN).model, load(OWN).numbers, "favours owning")
    assert got(live.named("on_demand_price")) == ends["on_demand_price"]
    assert got(("Tornado", 2, 7)) == "Case: favours owning; ranges lie around the base"


# ---- mistakes ------------------------------------------------------------------------------------

WRONG = {
    "base: {pue: 1.5}": "base is a case of every book",
    "glut: 5": "the case glut has no inputs",
    "glut: {}": "the case glut has no inputs",
    "glut: {pew: 1.5}": "Did you mean pue?",
    "glut: {offer: verda-1h100}": "offer is a choice: a case changes numbers alone",
    "glut: {capex: 1}": "capex is computed: a case changes inputs",
    "glut: {pue: 0.5}": "pue is 0.5: it must be at least 1",
    "glut: {power_price: cheap}": "Type for example: power_price",
    f"{'g' * 31}: {{pue: 1.5}}": "the name of a case has 1 to 30 letters",
}


@pytest.mark.parametrize("said", WRONG)
def test_a_mistaken_case_is_told(said: str, tmp_path: Path) -> None:
    path = Path(written(tmp_path, cases={}))
    path.write_text(f"{path.read_text(encoding='utf-8')}  {said}\n", encoding="utf-8")
    with pytest.raises(Mistakes) as found:
        read(str(path))
    assert WRONG[said] in str(found.value), str(found.value)


def test_a_case_that_is_none_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as found:
        read(written(tmp_path, "Glutt"))
    assert "Did you mean glut? It is one of: base, favours owning" in str(found.value)


def test_a_deck_says_which_case_it_is_of() -> None:
    """Its sentences on draws and conditions are of the base, beside a verdict that is not."""
    other, base = load(OWN, ["case=favours owning"]), load(OWN)
    found = sentences(other, first_page(other))
    assert found[0] == "Case: favours owning; ranges lie around the base"
    assert not sentences(base, first_page(base))[0].startswith("Case")


@pytest.mark.parametrize("said", ["favours_owning", "Favours Owning", "favours-owning"])
def test_a_case_may_be_written_otherwise(said: str) -> None:
    assert load(OWN, [f"case={said}"]).case == "favours owning"


def test_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    """What a case moves is gathered in sets: their order must reach no file."""
    program = ("import sys, hashlib; from tco.read.loading import load; "
               "from tco.workbook.build import workbook; "
               "print(hashlib.sha256(workbook(load(sys.argv[1]))).hexdigest())")  # fmt: skip
    said = {
        subprocess.run([sys.executable, "-c", program, "llm-100b-10d"], check=True, text=True,
                       capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1
