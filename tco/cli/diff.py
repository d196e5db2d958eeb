"""The command that says what moved which figure between two scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tco.cli.options import Out, Sets

_NAMED = "A file, the name of a bundled scenario, or a workbook that tco built."
_First = Annotated[str, typer.Argument(metavar="A", show_default=False, help=_NAMED)]
_Second = Annotated[str, typer.Argument(metavar="B", show_default=False, help=_NAMED)]


def diff(
    first: _First,
    second: _Second,
    form: Annotated[
        str, typer.Option("--format", metavar="md,xlsx", help="Files to write, by comma.")
    ] = "",
    out: Out = Path("output"),
    sets: Sets = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a workbook that somebody edited.")
    ] = False,
) -> None:
    """Say what moved which figure by how much, from A to B.

    Each change alone, and what they do together: it adds up. With --format it is written to
    DIR/A-to-B.md or .xlsx too. --set holds for both.
    """
    from tco.bridge.making import diff as made

    made((first, second), tuple(sets or ()), form.split(","), out, force=force)
