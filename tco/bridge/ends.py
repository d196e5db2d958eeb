"""The two that are compared: each a scenario, as it is read and as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tco.bridge.books import Stamp, overrides_in, stamp_of
from tco.errors import Mistake, Mistakes, Place, mistake
from tco.loading import BOOKS, load
from tco.read.textfile import STDIN, SUFFIXES
from tco.read.written import Written, without_known, written
from tco.scenario import Scenario


@dataclass(frozen=True)
class End:
    """A scenario that is compared.

    `stamp` says who built the book that carries it, None of a file; `typed` are its overrides, by
    key, each with the words for it.
    """

    name: str
    scenario: Scenario
    written: Written
    stamp: Stamp | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """What a file about it is called by."""
        path = Path("stdin" if self.name == STDIN else self.name)
        return path.stem if path.suffix.lower() in (*SUFFIXES, *BOOKS) else path.name


def ends(names: Sequence[str], sets: Sequence[str]) -> tuple[End, End]:
    """Both, with settings laid over each.

    Raises:
        Mistakes: all that is wrong with either, or why they cannot be compared.
    """
    if list(names) == [STDIN, STDIN]:
        raise mistake(STDIN, "standard input can be read once", "Save one of the two as a file.")
    found: list[End] = []
    mistakes: list[Mistake] = []
    untold = 0
    for name in names:
        try:
            found.append(_end(name, sets))
        except Mistakes as error:
            mistakes += error.mistakes
            untold += error.untold
    if mistakes:
        raise Mistakes(dict.fromkeys(mistakes), untold)
    first, second = found
    _refuse(first, second)
    models = (second.written.model, first.written.model)
    first, second = (
        replace(end, written=without_known(end.written, model))
        for end, model in zip(found, models, strict=True)
    )
    return first, second


def _end(name: str, sets: Sequence[str]) -> End:
    stamp, typed = None, dict[str, str]()
    if name.lower().endswith(BOOKS):
        path = Path(name)
        stamp = stamp_of(path)
        typed = overrides_in(path, stamp) if stamp else {}
    settings = [*(f"{key}={value}" for key, value in typed.items()), *sets]
    try:
        scenario = load(name, settings)
    except Mistakes as error:
        overridden = settings[: len(typed)]
        raise Mistakes((_typed_in(one, name, overridden) for one in error.mistakes),
                       error.untold) from None  # fmt: skip
    assert scenario.carried is not None
    said = dict.fromkeys(typed, f"typed over in {Path(name).name}")
    return End(name, scenario, written(scenario.carried, name), stamp, said)


def _typed_in(found: Mistake, name: str, settings: Sequence[str]) -> Mistake:
    """A mistake of what was typed into a book, at its book."""
    if found.place.name != "--set" or found.place.excerpt not in settings:
        return found
    return replace(found, place=replace(found.place, name=f"{name}, sheet Inputs, Override"))


def _refuse(first: End, second: End) -> None:
    """Money of one currency is compared, and no figure of what an error stands in."""
    wrong = [
        Mistake(
            Place(end.name), f"an error stands in it: {end.scenario.standing['error_sentence']}",
            "Mend it first: no figure of it counts.",
        )
        for end in (first, second) if end.scenario.standing["errors"]
    ]  # fmt: skip
    was, now = first.scenario.currency, second.scenario.currency
    if was != now:
        wrong.append(Mistake(
            Place(second.name), f"its money is {now}, that of {first.name} {was}",
            f"Write currency: {was} in it, with usd_rate and its date if that is not USD, and its "
            f"prices with their own currency (240_000 {now}): they are converted at the dated "
            "rates of its currencies.",
        ))  # fmt: skip
    if wrong:
        raise Mistakes(wrong)
