"""How a section of lines presents itself: what its sheet answers, and what the first page shows.

Words and keys only; where they stand and how they look is the writers' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """What the sheet of a section says of itself; a section with a page has a sheet.

    `purpose` is the sentence in its head, `totals` are the keys that stand out, and a tabular
    sheet is made of tables whose columns begin where units stand. The sheet is called as the
    section, or by its `title`; `inputs` heads the section's inputs, as its title if empty. Sheets
    stand by their `place`, and of one place in the order of the model. What is `planned` is
    computed around the plan, whatever the case.
    """

    purpose: str
    totals: tuple[str, ...] = ()
    tabular: bool = False
    title: str = ""
    inputs: str = ""
    place: int = 155  # before what others published
    counts: Mapping[str, str] = field(default_factory=dict)  # table -> flag without which it greys
    planned: bool = False


@dataclass(frozen=True)
class Excerpt:
    """Columns of a table, shown row by row on the first page and in the deck.

    `columns` are (key, heading); the first is what a chart of the table draws, unless `chart` is
    empty, which is also the chart's title. `total` is the scalar below the first column.
    `names` is the text along the axis that names the rows, where their ids would say nothing.
    `counts` is the flag along the axis by which a row counts: any other stands back. `most` is how
    many rows are shown, all where it is 0. A column that the model has not is left out. One that is
    `last` stands behind what buying and renting cost.
    """

    axis: str
    title: str
    columns: tuple[tuple[str, str], ...]
    total: str = ""
    chart: str = ""
    names: str = ""
    counts: str = ""
    most: int = 0
    last: bool = False


@dataclass(frozen=True)
class Front:
    """What a module puts on the first page and in the deck; a model adds up those of its modules.

    `tiles` are (key, label), `second_tiles` a row of them below; `left_out` says of a shared
    sheet why this kind has none. `resting_on` are the inputs and lines that the answer of a kind
    hangs on, `also_resting_on` those of modules that kinds share, which come after them; decks
    have `assumptions` instead, each with its source. `only_where` names the choice and the option
    without which an assumption moves nothing.
    """

    tiles: tuple[tuple[str, str], ...] = ()
    second_tiles: tuple[tuple[str, str], ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    resting_on: tuple[str, ...] = ()
    also_resting_on: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    only_where: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    def and_then(self, other: Front) -> Front:
        """This page, and below it what another one shows."""
        return Front(
            (*self.tiles, *other.tiles),
            (*self.second_tiles, *other.second_tiles),
            (*self.excerpts, *other.excerpts),
            (*self.resting_on, *other.resting_on),
            (*self.also_resting_on, *other.also_resting_on),
            (*self.assumptions, *other.assumptions),
            {**self.only_where, **other.only_where},
            {**self.left_out, **other.left_out},
        )
