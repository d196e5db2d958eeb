"""README and guides: short, every link leads somewhere, every command and every file works."""

from __future__ import annotations

import functools
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from PIL import Image
from ruamel.yaml import YAML
from typer.core import TyperGroup

from tco import cli
from tests.conftest import SCENARIOS
from tests.errors.conftest import run_in
from tests.loaded import load
from tests.pictures import DOCS, LARGEST, PICTURES, ROOT, WIDTH, page_of
from tests.test_tendering import AS_WISHED, FIRST, Filling

README = ROOT / "README.md"
GUIDES = ("finance", "procurement", "engineering", "audit")
PAGES = sorted((README, ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")))
EVERY = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
# What the examples name that no scenario has: a vendor's answer, an own list, an export.
OFFER = {"Price": 412000, "Power": 10.2, "As specified": "yes"}
EXPORT = (
    "InstanceType,AcceleratorName,AcceleratorCount,Price,Region\np5.48xlarge,H100,8,55.04,us-x\n"
)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"(?ms)^ *```{kind}\n(.*?)^ *```$", text_of(page))


def typed(page: Path) -> list[str]:
    """The commands of a page's shell blocks, without their remarks."""
    lines = "".join(blocks(page, "sh")).splitlines()
    found = (re.search(r"(?:^|&& )\s*(?:\.venv/bin/)?tco (.*?)(?:\s+# .*)?$", one) for one in lines)
    return [one.group(1) for one in found if one]


def mentioned(page: Path) -> list[str]:
    """The commands within sentences and tables."""
    return re.findall(r"`tco ([a-z][^`]*)`", text_of(page))


def links(page: Path) -> Iterator[Path]:
    for target in re.findall(r"\]\(([^)#\s]+)", text_of(page)):
        if not target.startswith("https://"):
            yield page.parent / target


# ---- short, and whole ---------------------------------------------------------------------------


def test_the_readme_is_read_in_minutes() -> None:
    assert len(text_of(README).split()) < 900


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_is_a_page(guide: str) -> None:
    sentences = re.sub(r"(?ms)^ *```.*?^ *```$", "", text_of(DOCS / f"{guide}.md"))
    assert 400 < len(sentences.split()) < 900


@EVERY
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert not [str(one) for one in links(page) if not one.is_file()]


def test_every_page_is_reached_from_the_readme() -> None:
    found, left = {README.resolve()}, [README]
    while left:
        new = {one.resolve() for one in links(left.pop()) if one.suffix == ".md"} - found
        found |= new
        left += new
    assert {one.resolve() for one in DOCS.glob("*.md")} <= found


def test_figures_of_the_readme_are_those_of_its_scenarios() -> None:
    said = " ".join(text_of(README).split())
    run, sized, owned = (
        load(one).numbers for one in ("llm-100b-10d", "llm-100b-engineered", "own-1024-h100")
    )
    for words in (
        f"{run['gpus']:,.0f} A100s and {run['buy_total'] / 1e6:.2f} M USD to buy them",
        f"{run['rent_total'] / 1e6:.2f} M USD to rent them",
        f"{sized['gpus']:,.0f} A100s, {sized['buy_total'] / 1e6:.1f} M USD to buy or "
        f"{sized['rent_total'] / 1e6:.1f} M USD to rent",
        f"*{owned['verdict']}*: owning is worth {owned['npv_advantage_after_tax'] / 1e6:.2f} M "
        f"USD, or {100 * owned['advantage_share']:.1f} %, more",
        f"{100 * owned['tie_utilization']:.1f} % use, at {owned['tie_on_demand_price']:.2f} USD an "
        f"hour, or at {owned['tie_server_price']:,.0f} USD a server",
        f"{owned['market_price']} an hour, it is worth {-owned['market_advantage'] / 1e6:.2f} M",
    ):
        assert words in said


# ---- pictures -----------------------------------------------------------------------------------


def test_pictures_are_those_of_the_command_and_each_is_shown() -> None:
    made = {f"{one.name}.png" for one in PICTURES}
    shown = {one.name for page in PAGES for one in links(page) if one.suffix == ".png"}
    assert made == {one.name for one in DOCS.glob("*.png")} == shown


@pytest.mark.parametrize("name", [one.name for one in PICTURES])
def test_a_picture_is_small(name: str) -> None:
    path = DOCS / f"{name}.png"
    with Image.open(path) as image:
        assert (image.width, image.mode) == (WIDTH, "P")
    assert path.stat().st_size <= LARGEST


def test_a_sheet_is_found_by_its_footer() -> None:
    pages = ["Board\nA title   Summary, page 1 of 3", "A title    Board, page 2 of 3    97f8"]
    assert page_of(pages, "Board") == 2
    with pytest.raises(SystemExit, match="no page has the footer Bill"):
        page_of(pages, "Bill")


# ---- commands -----------------------------------------------------------------------------------


@functools.cache
def command() -> TyperGroup:
    found = typer.main.get_command(cli.app)
    assert isinstance(found, TyperGroup)
    return found


def wrong(words: str) -> str:
    """What of a command there is not: the command, or an option of it."""
    name, _, rest = words.partition(" ")
    there: Any = command().commands.get(name)
    if there is None:
        return name
    if hasattr(there, "commands"):
        first = rest.partition(" ")[0]
        there = there.commands.get(first) or there.commands["list"]
    known = {one for parameter in there.params for one in parameter.opts} | {"--help"}
    return ", ".join(one for one in re.findall(r"--[a-z-]+", rest) if one not in known)


def test_a_wrong_command_would_be_seen() -> None:
    assert wrong("bild x") == "bild"
    assert wrong("build x --sets mfu=1") == "--sets"
    assert wrong("quotes x --jsn") == "--jsn"
    assert not wrong("quotes add x y --vendor Z")


@EVERY
def test_every_command_there_is(page: Path) -> None:
    indented = re.findall(r"(?m)^    tco (\S.*?)(?:   .*)?$", text_of(page))
    assert not [one for one in (*typed(page), *mentioned(page), *indented) if wrong(one)]


def test_every_command_is_told() -> None:
    said = [one.split()[0] for one in mentioned(DOCS / "commands.md")]
    assert set(said) == set(command().commands)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the examples name."""
    shutil.copy(ROOT / "scenarios" / "own-1024-h100.yaml", tmp_path / "fleet.yaml")
    assert run_in(tmp_path, "rfq", "fleet.yaml", "--out", ".").code == 0
    for vendor, name in (("Vendor A", "a.xlsx"), ("Vendor B", "b.xlsx")):
        request = Filling(tmp_path / "fleet-rfq-buy.xlsx")
        request.all(AS_WISHED | {"Company": vendor}).line(FIRST, OFFER).saved(name)
    (tmp_path / "prices.csv").write_text(blocks(DOCS / "prices.md", "csv")[0], encoding="utf-8")
    (tmp_path / "vms.csv").write_text(EXPORT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", [one for one in PAGES if typed(one)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run_one_after_another(page: Path, desk: Path) -> None:
    if "verify" in " ".join(typed(page)):
        assert run_in(desk, "build", "llm-100b-10d").code == 0
    for one in typed(page):
        answer = run_in(desk, *shlex.split(one))
        assert answer.code == 0, (one, answer.err)


# Commands that need no file of ours, and words that stand for something else.
ALONE = ("build", "deck", "explain", "new", "rfq", "show")
FOR_OTHERS = re.compile(r"[A-Z]{2}|\.\.\.|\.yaml|\.csv| - |^\w+$")
RUN = sorted({
    one for page in PAGES for one in mentioned(page)
    if one.split()[0] in ALONE and not FOR_OTHERS.search(one)
})  # fmt: skip


@pytest.mark.parametrize("words", RUN)
def test_a_command_in_a_sentence_runs(words: str, tmp_path: Path) -> None:
    answer = run_in(tmp_path, *shlex.split(words))
    assert answer.code == 0, answer.err


def test_bundled_scenarios_are_listed_by_kind() -> None:
    said = set(re.findall(r"`([a-z0-9-]+)`", text_of(DOCS / "engineering.md")))
    assert set(SCENARIOS) <= said


# ---- files --------------------------------------------------------------------------------------


def merged(under: Any, over: Any) -> Any:
    """One document laid over another, key by key."""
    if not isinstance(under, dict) or not isinstance(over, dict):
        return over
    return under | {key: merged(under.get(key), value) for key, value in over.items()}


def whole(part: dict[str, Any]) -> Any:
    """A scenario of which the example is a part."""
    if "parameters" in part or "workload" in part:
        return part
    if "awards" in part:
        base = ROOT / "scenarios" / "rfq-512-b200.yaml"
    elif "inputs" in part:
        base = ROOT / "scenarios" / "llm-100b-10d.yaml"
    else:
        return merged(YAML(typ="safe").load(blocks(README, "yaml")[0]), part)
    return merged(YAML(typ="safe").load(text_of(base)), part)


@pytest.mark.parametrize(
    ("page", "number"),
    [(page, number) for page in PAGES for number in range(len(blocks(page, "yaml")))],
    ids=lambda one: one.name if isinstance(one, Path) else str(one),
)
def test_an_example_is_a_scenario_or_part_of_one(page: Path, number: int, tmp_path: Path) -> None:
    for path in (ROOT / "scenarios").glob("*.csv"):
        shutil.copy(path, tmp_path)
    part = YAML(typ="safe").load(blocks(page, "yaml")[number])
    yaml = YAML(typ="safe")
    with (tmp_path / "example.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(whole(part), file)
    answer = run_in(tmp_path, "show", "example.yaml")
    assert answer.code == 0, answer.err


# What a first user has to say of a fleet: each stands in the file that the README shows.
NEEDED = {"title", "kind", "chip", "fleet_gpus", "server_price", "utilization", "horizon_years",
          "discount_rate", "tax_rate", "colo_price", "power_price", "on_demand_price",
          "reserved_price"}  # fmt: skip


def test_the_file_of_the_readme_names_what_a_first_user_needs() -> None:
    file = blocks(README, "yaml")[0]
    assert set(re.findall(r"(\w+): +\S", file.replace("  #", "\n#"))) >= NEEDED
    assert len(file.splitlines()) <= 18
