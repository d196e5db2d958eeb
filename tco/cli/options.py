"""What several commands take, and how a scenario named on the command line is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from tco.errors import Mistakes
from tco.saying import say_beside

if TYPE_CHECKING:
    from tco.scenario import Scenario

_NAMED = "A file, the name of a bundled scenario, or - for standard input, then called stdin."
Scenarios = Annotated[
    list[str], typer.Argument(metavar="SCENARIO...", show_default=False, help=_NAMED)
]
One = Annotated[str, typer.Argument(metavar="SCENARIO", show_default=False, help=_NAMED)]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set an input or a computed line."),
]
Compare = typer.Option("--compare", metavar="NAME", help="Side by side, as one file of that name.")
Draws = Annotated[
    str | None,
    typer.Option("--draws", metavar="N", help="Draws of every driver; as --set draws=N."),
]
Seed = Annotated[
    str | None, typer.Option("--seed", metavar="S", help="Seed of the draws; as --set seed=S.")
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where files are written.")]


def with_draws(sets: list[str] | None, draws: str | None, seed: str | None) -> list[str]:
    """The settings, and those of the draws among them."""
    said = {"draws": draws, "seed": seed}
    return [*(sets or ()), *(f"{key}={value}" for key, value in said.items() if value is not None)]


def loaded_from(name: str, sets: list[str] | None) -> Scenario:
    """A scenario; what is to be said beside it is said."""
    from tco.loading import load
    from tco.scenario import beside

    loaded = load(name, sets or ())
    say_beside([beside(loaded)])
    return loaded


def asked_for(name: str, sets: list[str] | None) -> Scenario:
    """A scenario of which a request is made: who asks for a price need not know it.

    Nothing of any price is in a request, so that one stands in for it where it is missing.
    """
    try:
        return loaded_from(name, sets)
    except Mistakes:
        try:
            return loaded_from(name, [*(sets or ()), "server_price=240_000"])
        except Mistakes:
            pass
        raise


class Listing(TyperGroup):
    """`tco catalogue chips` is `tco catalogue list chips`: a table is no command of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Words after the group's name, with `list` before what is no command of it."""
        if not args or args[0] not in {*self.commands, "--help"}:
            args = ["list", *args]
        return super().parse_args(ctx, args)
