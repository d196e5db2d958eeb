"""The stages of reading a file: what each hands on, and what starting does not pay for."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from tco.lines import Model
from tco.model import KINDS, OWNABLE, model_for
from tco.model.of_scenario import PUBLISHED, of_scenario, published_keys
from tco.read.collector import Collector
from tco.read.document import read_document
from tco.read.gathering import Gathered, gather
from tco.read.keys import is_key
from tco.read.leaves import Closed
from tco.read.loading import load
from tco.read.shaping import Shaped, shape

FLAT = "parameters: 70B\ntokens: 2T\ndeadline: 60 days\n"


def gathered(text: str, *sets: str) -> tuple[Gathered, Collector]:
    document = read_document("mine.yaml", text, is_key)
    mistakes = Collector(document)
    return gather(document, Path("mine.yaml"), sets, mistakes), mistakes


def shaped(text: str, *sets: str) -> tuple[Shaped, Collector]:
    found, mistakes = gathered(text, *sets)
    return shape(found, mistakes), mistakes


def test_gathering_puts_each_key_below_its_block_in_its_own_spelling() -> None:
    found, mistakes = gathered(FLAT, "mfu=0.4", "deadline=30 days", "published_gpus=9")
    assert found.tree == {
        "workload": {"parameters": "70B", "tokens": "2T", "deadline_days": "30 days"},
        "fleet": {"mfu": "0.4"},
        "published": {"gpus": "9"},
    }
    assert (found.kind, found.owned, found.blockless) == ("train", False, True)
    assert found.laid.keys == {"mfu", "deadline_days", "published_gpus"}
    assert not mistakes.found


def test_gathering_gives_the_model_that_leaves_are_read_with() -> None:
    found, _ = gathered(FLAT + "own:\n  pue: 1.2\n  horizon_years: 5 years\n")
    assert found.owned and "horizon_years" in found.model
    assert found.tree["energy"] == {"pue": "1.2"}
    assert found.tree["own"] == {"horizon_years": "5 years"}


def test_shaping_reads_what_is_right_beside_what_is_not() -> None:
    text = "workload:\n  parameters: 70B\n  tokens: many\nfleet:\n  mfu: {value: 40 %, sauce: us}\n"
    found, mistakes = shaped(text)
    assert found.given["parameters"].value == 70e9
    assert found.given["mfu"].value == pytest.approx(0.4)
    assert "tokens" not in found.given
    assert [one.place.line for one in mistakes.found] == [3, 5]
    assert mistakes.broken == {"tokens", "source"}  # sauce is meant as source


def test_a_mistake_of_any_stage_is_raised_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(FLAT + "zebra: 1\nfleet:\n  mfu: 4\n  chip: none\n")
    from tco.errors import Mistakes

    with pytest.raises(Mistakes) as error:
        load(str(path), ["far=1"])
    assert sorted(one.place.line for one in error.value.mistakes) == [0, 4, 6, 7]


# ---- starting ------------------------------------------------------------------------------------


def _made(base: type[BaseModel]) -> int:
    return len(base.__subclasses__()) + sum(map(_made, base.__subclasses__()))


@pytest.mark.parametrize("name", ["own-1024-h100", "icml-2024-programme"])
def test_no_file_has_pydantic_models_made(name: str) -> None:
    """Making one for each block of a kind took as long as all other reading."""
    before = _made(BaseModel)
    load(name)
    assert _made(BaseModel) == before
    assert _made(Closed) == 3


# ---- published figures ---------------------------------------------------------------------------


def undeclared(model: Model) -> list[str]:
    """Inputs that are called published and name no line that they print, or another one."""
    scalars = {key: one for key, one in model.givens.items() if one.along is None}
    return [
        key for key, one in scalars.items()
        if key.startswith(PUBLISHED) != bool(one.prints)
        or (one.prints and (one.prints not in model.lines or key != PUBLISHED + one.prints))
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_published_input_declares_its_line(kind: str) -> None:
    model = model_for(kind, kind in OWNABLE)
    assert not undeclared(model)
    line = next(key for key, one in model.lines.items() if not one.along and not one.is_text)
    if PUBLISHED + line not in model:
        assert not undeclared(of_scenario(model, (), ((line, "why"),), 0, ""))


def test_an_undeclared_one_would_be_seen() -> None:
    from dataclasses import replace

    model = model_for("train")
    for prints in ("", "buy_total", "zebra"):
        changed = replace(model.givens["published_gpus"], prints=prints)
        assert undeclared(replace(model, givens={**model.givens, "published_gpus": changed}))


def test_every_line_has_one_key_for_its_published_figure() -> None:
    keys = published_keys(model_for("train"))
    assert keys["gpus"] == "published_gpus" and len(set(keys.values())) == len(keys)
