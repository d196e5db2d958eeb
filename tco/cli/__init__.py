"""Commands: words to calls, nothing else. Each imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tco.cli.catalogue import catalogue
from tco.cli.diff import diff
from tco.cli.options import Compare, Draws, One, Out, Scenarios, Seed, Sets, loaded_from, with_draws
from tco.cli.tender import quotes, rfq
from tco.errors import Mistake, Mistakes, printable_json
from tco.files import starters
from tco.saying import answered, progress, say

app = typer.Typer(
    help="What would it cost to train it, and should we buy or rent?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(quotes, name="quotes")
app.add_typer(catalogue, name="catalogue")


def run() -> None:
    """Run the command line."""
    answered(lambda: app(prog_name="tco"))


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
    protect: Annotated[
        bool, typer.Option("--protect", help="Only the cells made for typing can be typed in.")
    ] = False,
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

        build_compared(scenarios, compare, tuple(sets or ()), out, force=force, protected=protect)
        return
    from tco.building import build
    from tco.comparing import is_comparison, rebuild_compared

    settings = tuple(with_draws(sets, draws, seed))
    if len(scenarios) == 1 and is_comparison(scenarios[0]):
        rebuild_compared(scenarios[0], settings, out, force=force, protected=protect)
        return
    build(scenarios, settings, out, force=force, protected=protect)
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
    loaded = loaded_from(scenario, with_draws(sets, draws, seed))
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
    loaded = loaded_from(scenario, sets)
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

    Then every formula, constant and name with the book built anew from the scenario it carries;
    numbers in Override cells are listed as overrides.

    Exit 0: all agree. 1: a cell differs, has no stored value, holds NOW, TODAY or RAND, which
    nothing can confirm, or is not as it was built. 2: a file is no workbook, holds no formula, was
    built by another version or from another catalogue, or an engine fails on it.
    """
    from tco.verify import said, verify_all
    from tco.verify.tampering import beside_rebuilt, said_of

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
            try:
                rebuilt = beside_rebuilt(path)
            except Mistakes as error:
                unreadable += error.mistakes
                continue
            confirmed = confirmed and rebuilt.confirmed
            if rebuilt.cells or rebuilt.changes:
                say(said_of(rebuilt))
    if unreadable:
        raise Mistakes(unreadable)
    if not confirmed:
        raise SystemExit(1)


@app.command()
def pull(
    book: Annotated[Path, typer.Argument(metavar="WORKBOOK", show_default=False)],
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", show_default=False, help="The file; new if not there."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, write nothing.")
    ] = False,
    partly: Annotated[
        bool,
        typer.Option("--partly", help="Take the inputs, though other cells are not as built."),
    ] = False,
) -> None:
    """Write what was typed in a workbook into its scenario's file.

    Comments and all that was not typed over stay. A source told of the number that it stood
    beside, so it goes with that.

    Exit 0: done, or nothing was changed. 2: refused, and nothing is written: a formula typed at an
    input, other cells changed, a key changed in the file too, or a value that no scenario has.
    """
    from tco.reconciling.pulling import pull as pulled

    say(pulled(book, scenario, dry_run=dry_run, partly=partly))


@app.command()
def audit(
    workbooks: Annotated[
        list[Path] | None, typer.Argument(metavar="WORKBOOK...", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all findings as JSON.")] = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print all findings as SARIF.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules.")] = False,
) -> None:
    """Lay rules beside any workbook: what is wrong in it, why it matters, how to mend it.

    Any .xlsx or .xlsm, ours or a stranger's. Nothing is recalculated: tco verify does that.

    Exit 0: no errors, warnings and notes at most. 1: errors. 2: a file is no workbook.
    """
    from tco.cli.auditing import tell_audits, tell_rules

    if rules:
        tell_rules()
        return
    tell_audits(workbooks or [], json=json, sarif=sarif)


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
    loaded = loaded_from(scenarios[0], sets)
    from tco.files import write_all
    from tco.slides.deck import deck as made

    found = made(loaded, form.split(","), template)
    paths = {out / f"{loaded.name}.{kind}": content for kind, content in found.items()}
    write_all(paths)
    for path in paths:
        say(path)


app.command()(diff)
app.command()(rfq)


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
