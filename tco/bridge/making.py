"""A bridge made: printed, and written into the files that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tco.bridge.answer import answer, as_markdown
from tco.bridge.bridge import bridge
from tco.building import in_the_way
from tco.errors import Mistakes, mistake
from tco.files import write_all
from tco.saying import say, say_beside
from tco.scenario import beside

MARKDOWN, BOOK = "md", "xlsx"
FORMATS = (MARKDOWN, BOOK)


def diff(
    names: Sequence[str], sets: Sequence[str], formats: Sequence[str], out: Path, *, force: bool
) -> None:
    """Print what moved which figure between two scenarios, and write it where files are asked for.

    Raises `Mistakes`, and then writes nothing.
    """
    wanted = _known(formats)
    found = bridge(names, sets)
    paths = {form: out / f"{found.name}.{form}" for form in wanted}
    if BOOK in paths and (refused := list(in_the_way(paths[BOOK], force=force))):
        raise Mistakes(refused)
    contents: dict[Path, bytes] = {}
    if MARKDOWN in paths:
        contents[paths[MARKDOWN]] = as_markdown(found)
    if BOOK in paths:
        from tco.bridge.book import bridge_workbook

        contents[paths[BOOK]] = bridge_workbook(found)
    write_all(contents)
    say_beside([beside(end.scenario) for end in found.ends])
    say(answer(found))
    for path in contents:
        say(f"\n{path}")


def _known(formats: Sequence[str]) -> list[str]:
    """The formats that are asked for, each once. Raises `Mistakes` for any other."""
    said = list(dict.fromkeys(one.strip().lower() for one in formats if one.strip()))
    for one in said:
        if one not in FORMATS:
            raise mistake(f"--format {one}", "this is not a format of a bridge",
                          f"It is one of: {', '.join(FORMATS)}.")  # fmt: skip
    return said
