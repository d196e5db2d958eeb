"""Commands: words to calls, nothing else. Each imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from tco.errors import Mistake, Mistakes, printable_json, printable_lines
from tco.files import starters
from tco.saying import answered, own_prices, progress, say, say_beside, warn

if TYPE_CHECKING:
    from tco.scenario import Scenario

app = typer.Typer(
    help="What would it cost to train it, and should we buy or rent?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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


def run() -> None:
    """Run the command line."""
    answered(lambda: app(prog_name="tco"))


def _with_draws(sets: list[str] | None, draws: str | None, seed: str | None) -> list[str]:
    """The settings, and those of the draws among them."""
    said = {"draws": draws, "seed": seed}
    return [*(sets or ()), *(f"{key}={value}" for key, value in said.items() if value is not None)]


def _loaded(name: str, sets: list[str] | None) -> Scenario:
    """A scenario; what is to be said beside it is said."""
    from tco.read.loading import load
    from tco.scenario import beside

    loaded = load(name, sets or ())
    say_beside([beside(loaded)])
    return loaded


def _asked_for(name: str, sets: list[str] | None) -> Scenario:
    """A scenario of which a request is made: who asks for a price need not know it.

    Nothing of any price is in a request, so that one stands in for it where it is missing.
    """
    from tco.errors import Mistakes

    try:
        return _loaded(name, sets)
    except Mistakes:
        try:
            return _loaded(name, [*(sets or ()), "server_price=240_000"])
        except Mistakes:
            pass
        raise


@app.command("build")
def build_all(
    scenarios: Scenarios,
    out: Out = Path("output"),
    sets: Sets = None,
    draws: Draws = None,
    seed: Seed = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a workbook that somebody edited.")
    ] = False,
    compare: Annotated[str | None, Compare] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print Board and Summary too, where LibreOffice is.")
    ] = False,
) -> None:
    """Write DIR/NAME.xlsx for each scenario, and print its cost table.

    With --compare NAME: one workbook with a column a scenario, differences to the first, and the
    workbook of each behind it; --set then holds for every one of them.
    """
    if pdf:
        from tco.printing import refuse_unprintable

        refuse_unprintable(scenarios, compared=compare is not None)
    if compare is not None:
        from tco.comparing import build_compared

        build_compared(scenarios, compare, tuple(sets or ()), out, force=force)
        return
    from tco.building import build

    settings = tuple(_with_draws(sets, draws, seed))
    build(scenarios, settings, out, force=force)
    if pdf:
        from tco.printing import print_all

        print_all(scenarios, settings, out)


@app.command()
def show(
    scenario: One,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    sets: Sets = None,
    draws: Draws = None,
    seed: Seed = None,
) -> None:
    """Print every line's value."""
    loaded = _loaded(scenario, _with_draws(sets, draws, seed))
    from tco.page.report import as_json, listed

    if json:
        import json as writer

        text = writer.dumps(as_json(loaded), indent=1, ensure_ascii=False, allow_nan=False)
        print(printable_json(text))
    else:
        say(listed(loaded))


@app.command()
def explain(
    scenario: One,
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False)],
    sets: Sets = None,
) -> None:
    """Print a line in words, its formula, and its inputs with their sources."""
    loaded = _loaded(scenario, sets)
    from tco.page.report import explained

    say(explained(loaded, key))


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="SCENARIO|KIND",
            help=f"A scenario to copy, or a kind: {', '.join(starters())}.",
        ),
    ] = "llm-100b-engineered",
) -> None:
    """Start a scenario: write NAME.yaml as a copy of one that works.

    With --from KIND: a few lines to fill in, each with what it is, its unit and who knows it.
    """
    from tco.read.start import start

    path = start(name, source)
    say(f"{path}\nEdit it, then: tco build {path}")


@app.command()
def scenarios() -> None:
    """List the bundled scenarios, a sentence each."""
    from tco.read.start import listed

    say(listed())


@app.command()
def inputs(
    kind: Annotated[str, typer.Argument(metavar="[KIND]", show_default=False)] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """List what a scenario file of a kind may hold: key, unit, default, range and source."""
    from tco.read import inputs as found

    listed = found.asked(kind)
    if json:
        print(printable_json(found.as_json(listed)))
    elif as_csv:
        show_csv = say if sys.stdout.isatty() else print  # a file keeps every character
        show_csv(found.as_csv(listed), end="")
    else:
        say(found.answer(listed, kind))


@app.command()
def verify(
    workbooks: Annotated[list[Path], typer.Argument(metavar="WORKBOOK...", show_default=False)],
) -> None:
    """Recalculate with independent engines; compare every formula cell with its stored value.

    Exit 0: all agree. 1: a cell differs, has no stored value, or holds NOW, TODAY or RAND, which
    nothing can confirm. 2: a file is no workbook, holds no formula, or an engine fails on it.
    """
    from tco.verify import said, verify_all

    confirmed = True
    unreadable: list[Mistake] = []
    with progress(len(workbooks), "verified") as step:
        for path, verdicts in verify_all(workbooks):
            step(path.name)
            if isinstance(verdicts, Mistakes):
                unreadable += verdicts.mistakes
                continue
            if len(verdicts) == 1:
                print("IronCalc is not installed, so one engine recalculates", file=sys.stderr)
            for verdict in verdicts:
                confirmed = confirmed and verdict.confirmed
                say(said(verdict))
    if unreadable:
        raise Mistakes(unreadable)
    if not confirmed:
        raise SystemExit(1)


@app.command()
def deck(
    scenarios: Scenarios,
    form: Annotated[
        str, typer.Option("--format", metavar="md,html,pptx", help="Formats, by comma.")
    ] = "md,html",
    out: Out = Path("output"),
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="DIR|FILE",
            help="A folder of your own board.md.j2, board.html.j2, board.pptx; or a .pptx.",
        ),
    ] = None,
    sets: Sets = None,
    compare: Annotated[str | None, Compare] = None,
) -> None:
    """Write the board's page as Markdown, HTML or slides."""
    if compare is not None:
        from tco.comparing import deck_compared

        deck_compared(scenarios, compare, tuple(sets or ()), out, form.split(","), template)
        return
    if len(scenarios) > 1:
        from tco.errors import mistake

        asked = "Type --compare NAME for tables with a column a scenario, or name one of them."
        raise mistake("tco deck", f"{len(scenarios)} scenarios; a deck is of one", asked)
    loaded = _loaded(scenarios[0], sets)
    from tco.files import write_all
    from tco.slides.deck import deck as made

    found = made(loaded, form.split(","), template)
    paths = {out / f"{loaded.name}.{kind}": content for kind, content in found.items()}
    write_all(paths)
    for path in paths:
        say(path)


class _Listing(TyperGroup):
    """`tco catalogue chips` is `tco catalogue list chips`: a table is no command of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, "--help"}:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@app.command()
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
    loaded = _asked_for(scenario, sets)
    from tco.tender.asked import Wishes
    from tco.tender.asking import ask

    say(ask(loaded, side, out, Wishes(incoterm, valid_until), force=force))


quotes = typer.Typer(
    cls=_Listing,
    help="Quotes side by side, or read from answers. tco quotes SCENARIO lists them; "
    "tco quotes add SCENARIO FILE... adds filled requests and CSV.",
)
app.add_typer(quotes, name="quotes")


@quotes.command("list")
def list_quotes(
    scenario: One,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    sets: Sets = None,
) -> None:
    """Print the quotes of a scenario side by side."""
    loaded = _loaded(scenario, sets)
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
    loaded = _asked_for(scenario, None)
    from tco.tender.adding import add

    say(add(scenario, loaded, files, vendor))


catalogue = typer.Typer(
    cls=_Listing,
    help="What the product knows, with source and date; add your own. "
    "tco catalogue chips lists a table; the others are offers, grids, runs and more.",
)
app.add_typer(catalogue, name="catalogue")


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


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from tco.read.editor import as_text
    from tco.read.editor import schema as made

    print(as_text(made()))


def _version(value: bool) -> None:
    if value:
        from tco import __version__

        say(f"tco {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """What would it cost to train it, and should we buy or rent?"""
