"""The `tco` command. `--version` and `--help` are answered before anything else is imported.

What is imported here is there as soon as Python is: whoever stops the command while it imports the
rest is answered without a traceback.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # typing itself would be imported for it
if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_NOTES = """\
tco: Python drops docstrings here (-OO, or PYTHONOPTIMIZE=2), and the notes of all lines are such
Run it without, for example: PYTHONOPTIMIZE= tco scenarios"""


def main() -> None:
    """Run the command line; whoever stops it, or closes its output, is asked no questions."""
    try:
        import signal

        if hasattr(signal, "SIGPIPE"):  # end as other programs do where head has read enough
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, _end)
        _main()
    except KeyboardInterrupt:  # while importing: later the command line answers it
        sys.exit(130)
    finally:
        gc.freeze()  # what is left goes with the process: nobody need look through it once more


def _end(number: int, _: object) -> None:
    """Told to end, by a scheduler for one: nothing is left lying about."""
    sys.exit(128 + number)


def _main() -> None:
    if sys.argv[1:] == ["--version"]:
        from tco import __version__

        print(f"tco {__version__}")
        return
    if sys.argv[1:] == ["--help"] and _is_wide():
        from tco.usage import HELP

        print(HELP, end="")
        return
    if sys.flags.optimize > 1:
        print(_NO_NOTES, file=sys.stderr)
        sys.exit(2)
    # Asking every installed package for plugins takes longer than reading a scenario.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A build makes many small objects that live until its end; fewer collections, less time.
    gc.set_threshold(500_000, 20, 100)
    if (asked := plain_build(sys.argv[1:])) is not None:
        from pathlib import Path

        from tco.building import build
        from tco.saying import answered

        names, sets, out, force = asked
        answered(lambda: build(names, sets, Path(out), force=force))
        return
    from tco.cli import run

    run()


def plain_build(words: Sequence[str]) -> tuple[list[str], tuple[str, ...], str, bool] | None:
    """Names, settings, folder and force of a plain `tco build`; None for anything else.

    Setting up the whole command line takes a tenth of a build. What is not plain it reads itself.
    """
    if words[:1] != ["build"]:
        return None
    names: list[str] = []
    given: dict[str, list[str]] = {"--set": [], "--out": []}
    rest = iter(words[1:])
    force = False
    for word in rest:
        if word in given:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
            given[word].append(value)
        elif word == "--force":
            force = True
        elif word.startswith("-") and word != "-":
            return None
        else:
            if word.lower().endswith((".xlsx", ".xlsm")):  # of one scenario, or of several
                return None
            names.append(word)
    return (
        (names, tuple(given["--set"]), (given["--out"] or ["output"])[-1], force) if names else None
    )


def _is_wide() -> bool:
    """Whether the terminal has the 80 columns for which the help was laid out."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns) >= 80
    except (OSError, ValueError):  # no terminal, or no number
        return "COLUMNS" not in os.environ


if __name__ == "__main__":
    main()
