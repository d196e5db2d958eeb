"""Scenarios side by side: what may be compared under which name, and the files that come of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tco.building import in_the_way
from tco.errors import Mistake, Mistakes, Place, mistake
from tco.files import write_all
from tco.loading import BOOKS, load
from tco.page.sideboard import answer, side_board
from tco.page.sides import MOST, Comparison
from tco.read.loading import load_carried
from tco.read.opening import locate
from tco.read.textfile import STDIN, SUFFIXES
from tco.saying import progress, say, say_beside
from tco.scenario import Scenario, beside
from tco.slides.deck import deck_of_board
from tco.workbook.sidegrid import COMPARE
from tco.workbook.sidesbook import COMPARED, sides_workbook

OPTION = "--compare"


def build_compared(
    names: Sequence[str], name: str, sets: tuple[str, ...], out: Path, *, force: bool,
    protected: bool = False,
) -> None:  # fmt: skip
    """Write one workbook with a column a scenario, and print what the others cost more.

    Settings hold for every scenario. Raises `Mistakes`, and then writes nothing.
    """
    _write(compared(names, name, sets), out, force=force, protected=protected)


def is_comparison(name: str) -> bool:
    """Whether a name is that of a workbook that compares scenarios. Raises `Mistakes`."""
    if not name.lower().endswith(BOOKS):
        return False
    from tco.verify.original import originals_in

    return len(originals_in(Path(name))) > 1


def rebuild_compared(
    name: str, sets: tuple[str, ...], out: Path, *, force: bool, protected: bool = False
) -> None:
    """Write a comparison anew from the scenarios that its workbook carries. Raises `Mistakes`."""
    from tco.verify.original import about_of, originals_in

    scenarios = [load_carried(one.carried, name, sets) for one in originals_in(Path(name))]
    called = about_of(Path(name)).get(COMPARED, Path(name).stem)
    _check_name(called)
    _write(Comparison.of(called, scenarios), out, force=force, protected=protected)


def _write(comparison: Comparison, out: Path, *, force: bool, protected: bool) -> None:
    path = out / f"{comparison.name}.xlsx"
    if refused := list(in_the_way(path, force=force)):
        raise Mistakes(refused)
    write_all({path: sides_workbook(comparison, protected=protected)})
    say(answer(comparison))
    say(f"\n{path}")


def deck_compared(
    names: Sequence[str], name: str, sets: tuple[str, ...], out: Path, formats: Sequence[str],
    templates: Path | None,
) -> None:  # fmt: skip
    """Write the same tables as a deck. Raises `Mistakes`, and then writes nothing."""
    found = compared(names, name, sets)
    day = max(side.scenario.as_of for side in found.sides)
    made = deck_of_board(side_board(found), day, COMPARE, formats, templates)
    paths = {out / f"{name}.{form}": content for form, content in made.items()}
    write_all(paths)
    for path in paths:
        say(path)


def compared(names: Sequence[str], name: str, sets: tuple[str, ...]) -> Comparison:
    """The scenarios side by side. Raises `Mistakes` for what cannot be compared."""
    _check_name(name)
    _check_names(names, name)
    scenarios = _loaded(names, sets)
    say_beside([beside(one) for one in scenarios])
    _check_currencies(names, scenarios)
    return Comparison.of(name, scenarios)


def _loaded(names: Sequence[str], sets: tuple[str, ...]) -> list[Scenario]:
    """Every scenario; the mistakes of all of them are told at once."""
    scenarios: list[Scenario] = []
    mistakes: list[Mistake] = []
    untold = 0
    with progress(len(names), "read") as step:
        for one in names:
            try:
                scenarios.append(load(one, sets))
            except Mistakes as error:
                mistakes += (_of_all(found, one) for found in error.mistakes)
                untold += error.untold
            step(one)
    if mistakes:
        raise Mistakes(dict.fromkeys(mistakes), untold)
    return scenarios


def _of_all(found: Mistake, name: str) -> Mistake:
    """A mistake of a setting, with whose it is: another kind may well take it."""
    if not found.place.name.startswith("--set"):
        return found
    of_all = f"With {OPTION} a setting holds for every scenario, and {name} cannot take it."
    return replace(found, remedy=f"{found.remedy} {of_all}")


def _check_name(name: str) -> None:
    """A name is that of a file without its folder and its ending."""
    stem = Path(name.replace("\\", "/")).name
    bare = re.sub(r"(?i)\.(xlsx|xlsm|xls|ods|md|html|pptx|yaml|yml)$", "", stem)
    asked = f"Type for example: {OPTION} variants"
    if stem != name and re.fullmatch(r"\w[\w.-]*", bare):
        folder = name[: len(name) - len(stem)].rstrip("/\\") or "/"
        raise mistake(f"{OPTION} {name}", "this is a path, not a name",
                      f"Did you mean {OPTION} {bare} --out {folder}?")  # fmt: skip
    if bare != stem and re.fullmatch(r"\w[\w.-]*", bare):
        raise mistake(f"{OPTION} {name}", "the ending of the file is added to the name",
                      f"Did you mean {OPTION} {bare}?")  # fmt: skip
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise mistake(f"{OPTION} {name}", "this is no name for a file", asked)


def _check_names(names: Sequence[str], name: str) -> None:
    """Two scenarios or more, each once, and none of the name of the comparison."""
    if len(names) < 2:
        raise mistake(f"{OPTION} {name}", "one scenario has nothing to be compared with",
                      f"Name two or more: tco build A.yaml B.yaml {OPTION} {name}")  # fmt: skip
    if len(names) > MOST:
        raise mistake(f"{OPTION} {name}", f"{len(names)} scenarios; a book takes {MOST}, "
                      "a letter each", "Compare fewer of them at once.")  # fmt: skip
    wrong = list(_twice(names))
    wrong += [
        Mistake(Place(one), f"{OPTION} {name} would write the workbook of this scenario itself",
                f"Choose another name, for example: {OPTION} {name}-compared")
        for one in names if _stem(one) == name
    ]  # fmt: skip
    if wrong:
        raise Mistakes(wrong)


def _twice(names: Sequence[str]) -> list[Mistake]:
    """Scenarios that are named twice, and different ones of one name."""
    wrong: list[Mistake] = []
    files: dict[str, str] = {}
    stems: dict[str, str] = {}
    for one in names:
        file = STDIN if one == STDIN else str(locate(one).resolve())
        if file in files:
            wrong.append(Mistake(
                Place(one), "this scenario is named twice: it differs in nothing from itself",
                f"Make a variant of it, and change that: tco new {_stem(one)}-b --from {one}",
            ))  # fmt: skip
        elif (stem := _stem(one)) in stems:
            wrong.append(Mistake(
                Place(one), f"two scenarios are called {stem}: {stems[stem]} and this one",
                "Rename one of the files, so that a reader can tell their columns apart.",
            ))  # fmt: skip
        files.setdefault(file, one)
        stems.setdefault(_stem(one), one)
    return wrong


def _stem(name: str) -> str:
    """What a scenario's own workbook is called."""
    path = Path("stdin" if name == STDIN else name)
    return path.stem if path.suffix in SUFFIXES else path.name


def _check_currencies(names: Sequence[str], scenarios: Sequence[Scenario]) -> None:
    """Money of one currency is compared; another is never taken for it."""
    first = scenarios[0]
    wrong = [
        Mistake(
            Place(name),
            f"its money is {one.currency}, that of {names[0]} {first.currency}",
            f"Write currency: {first.currency} in it, with usd_rate and its date if that is not "
            f"USD, and its prices with their own currency (240_000 {one.currency}): they are "
            "converted at the dated rates of its currencies.",
        )
        for name, one in zip(names, scenarios, strict=True)
        if one.currency != first.currency
    ]
    if wrong:
        raise Mistakes(wrong)
