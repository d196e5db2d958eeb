"""Commands of a tender: what is asked of vendors, and what they answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tco.cli.options import Listing, One, Out, Sets, asked_for, loaded_from
from tco.saying import say


def rfq(
    scenario: One,
    side: Annotated[
        str, typer.Option("--side", metavar="buy|rent", help="What is asked for.")
    ] = "buy",
    out: Out = Path("output"),
    incoterm: Annotated[
        str, typer.Option("--incoterm", metavar="TERM", help="Wished, of 2020; DAP if not said.")
    ] = "",
    valid_until: Annotated[
        str,
        typer.Option("--valid-until", metavar="YYYY-MM-DD", help="How long offers are to hold."),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a workbook that somebody edited.")
    ] = False,
    sets: Sets = None,
) -> None:
    """Write a request for quotation: a workbook for vendors to fill.

    It holds what is asked for, and no price, vendor, rate or assumption of yours.
    """
    loaded = asked_for(scenario, sets)
    from tco.tender.asked import Wishes
    from tco.tender.asking import ask

    say(ask(loaded, side, out, Wishes(incoterm, valid_until), force=force))


quotes = typer.Typer(
    cls=Listing,
    help="Quotes side by side, or read from answers. tco quotes SCENARIO lists them; "
    "tco quotes add SCENARIO FILE... adds filled requests and CSV.",
)


@quotes.command("list")
def list_quotes(
    scenario: One,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    sets: Sets = None,
) -> None:
    """Print the quotes of a scenario side by side."""
    loaded = loaded_from(scenario, sets)
    from tco.tender.tabulation import answer, as_json_text

    if json:
        print(as_json_text(loaded))
    else:
        say(answer(loaded))


@quotes.command("add")
def add_quotes(
    scenario: One,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)],
    vendor: Annotated[
        str, typer.Option("--vendor", metavar="NAME", help="Who offers, if not in the file.")
    ] = "",
) -> None:
    """Read filled requests and CSV into NAME.quotes.csv beside the scenario.

    Every deviation from what was asked is told. An offer that lacks something waits in a file of
    its own until it is complete; a later answer of a vendor is a next round.
    """
    loaded = asked_for(scenario, None)
    from tco.tender.adding import add

    say(add(scenario, loaded, files, vendor))
