"""Commands of the catalogue: what the product knows, and lists of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tco.cli.options import Listing
from tco.errors import printable_lines
from tco.saying import own_prices, say, warn

catalogue = typer.Typer(
    cls=Listing,
    help="What the product knows, with source and date; add your own. "
    "tco catalogue chips lists a table; the others are offers, grids, runs and more.",
)


@catalogue.command("list")
def list_table(
    table: Annotated[
        str, typer.Argument(metavar="chips|offers|grids|runs|...", show_default=False)
    ],
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV; edited, it can be an own list.")
    ] = False,
    find: Annotated[str, typer.Option("--find", metavar="TEXT", help="Rows with this text.")] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="COLUMN=VALUE",
            help='Rows that pass; also "COLUMN<2", >, <=, >=, !=.',
        ),
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="[-]COLUMN", help="In this order; - for descending.")
    ] = "",
    columns: Annotated[
        str, typer.Option("--columns", metavar="A,B,C", help="Only these columns.")
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="Everything about each row.")] = False,
) -> None:
    """List a table: chips, offers, grids, runs and more."""
    from tco.catalogue.listing import Query, answer, catalogue_here, picked, table_named
    from tco.catalogue.listing import as_csv as written

    here = catalogue_here()
    found, query = table_named(here, table), Query(find, where or (), sort, columns)
    if said := own_prices(here.own_lists):
        print(printable_lines(said), file=sys.stderr)
    if as_csv:
        rows, wanted = picked(found, query)
        show_csv = say if sys.stdout.isatty() else print  # a file keeps every character
        show_csv(written(found, rows, wanted), end="")
    else:
        say(answer(found, query, full=full))


@catalogue.command("add")
def add_lists(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)],
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="The folder of own lists.")
    ] = Path("catalogue"),
    provider: Annotated[
        str, typer.Option("--provider", metavar="NAME", help="Who rents out, if not in the file.")
    ] = "",
    date: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of an export's prices.")
    ] = "",
    chips: Annotated[
        list[str] | None, typer.Option("--chip", metavar="ID", help="Only this accelerator.")
    ] = None,
    regions: Annotated[
        list[str] | None, typer.Option("--region", metavar="TEXT", help="Only regions with it.")
    ] = None,
    dropped: Annotated[
        str, typer.Option("--dropped", metavar="FILE", help="Write what was dropped, and why.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace rows that are there already.")
    ] = False,
) -> None:
    """Add own lists, SkyPilot or gpuhunt catalogues to DIR."""
    from tco.catalogue.foreign import Wanted
    from tco.catalogue.importing import add

    wanted = Wanted(provider, date, chips or (), regions or ())
    added = add(files, to, wanted, force=force, dropped=dropped)
    say(added.report)
    warn(added.findings)
