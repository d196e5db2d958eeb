"""What commands say on the terminal, beside their results too, and how they end."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tco.console import draw, is_live
from tco.errors import MOST_TOLD, Mistake, Mistakes, Place, printable, printable_lines
from tco.tables import Answer

if TYPE_CHECKING:
    from tco.catalogue.shipped import Finding, OwnList
    from tco.scenario import Beside


def answered(command: Callable[[], object]) -> None:
    """Run a command; a user's mistake is printed whole and exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a title may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    try:
        command()
    except Mistakes as error:
        sys.stdout.flush()
        print(error, file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a name too long for the disk, for one
        name, said = str(error.filename or "tco"), (error.strerror or str(error)).lower()
        print(Mistake(Place(name[:80]), said, "Check the path."), file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


def say_beside(loaded: Sequence[Beside]) -> None:
    """Say once, beside what is printed: whose prices are used, and what may be meant otherwise."""
    for said in dict.fromkeys(own_prices(one.own_lists) for one in loaded):
        if said:
            print(printable_lines(said), file=sys.stderr)
    warn(dict.fromkeys(found for one in loaded for found in one.findings))
    warnings = list(dict.fromkeys(said for one in loaded for said in one.warnings))
    for warning in warnings[:MOST_TOLD]:
        print(warning, end="\n\n", file=sys.stderr)
    if len(warnings) > MOST_TOLD:
        print(f"and {len(warnings) - MOST_TOLD:,} more warnings", file=sys.stderr)


MOST_WARNED = 20


def warn(findings: Iterable[Finding]) -> None:
    """Say what is remarkable about own figures; many are counted, not told."""
    from tco.errors import printable

    first, rest = (every := list(findings))[:MOST_WARNED], len(every) - MOST_WARNED
    for one in first:
        print(printable(f"warning: {one}"), file=sys.stderr)
    if rest > 0:
        print(f"warning: and {rest:,} more figures far from the shipped ones", file=sys.stderr)


def own_prices(lists: Sequence[OwnList]) -> str:
    """One line that names the own price lists, "" for none: numbers that differ have a reason."""
    return f"own prices: {', '.join(map(str, lists))}" if lists else ""


def say(text: object = "", end: str = "\n") -> None:
    """Print what may hold a user's text: nothing in it steers the terminal.

    An answer is drawn where somebody looks at it; pipes and files get its plain text.
    """
    if isinstance(text, Answer):
        if text.blocks and is_live():
            draw(text)
            return
        text = text.plain
    print(printable_lines(str(text)), end=end)


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[str], None]]:
    """Say which of many is under way, on a terminal only."""
    done = 0
    live = total > 1 and sys.stderr.isatty()

    def step(name: str) -> None:
        nonlocal done
        done += 1
        if live:
            at = f"{what} {done}/{total}  {printable(name)}"
            print(f"\r\033[K{at}", end="", file=sys.stderr, flush=True)

    yield step
    if live:
        print("\r\033[K", end="", file=sys.stderr)
