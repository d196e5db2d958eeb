"""Starting: the bundled scenarios, and a new file as a copy of one that works."""

from __future__ import annotations

import re
from pathlib import Path

from tco.errors import mistake
from tco.files import bundled, write_all
from tco.read.opening import locate
from tco.read.schema import TOP_TABLES
from tco.read.textfile import STDIN, read_stdin, read_text
from tco.tables import Answer, PrintedRow, PrintedTable


def bundled_scenarios() -> list[tuple[str, str, str]]:
    """Name, kind and first sentence of every bundled scenario."""
    paths = sorted(bundled("scenarios").glob("*.yaml"))
    return [(path.stem, _kind(path), _sentence(path)) for path in paths]


def listed() -> Answer:
    """Every bundled scenario, a row each."""
    found = bundled_scenarios()
    wide = max(len(name) for name, _, _ in found)
    plain = "\n".join(f"{name:{wide}} {kind:10} {sentence}" for name, kind, sentence in found)
    headings = ("Scenario", "Kind", "What it is of")
    table = PrintedTable("", headings, (False, False, False), tuple(map(PrintedRow, found)))
    return Answer(plain, (table,))


def _kind(path: Path) -> str:
    found = re.search(r"(?m)^  kind: (\w+)", path.read_text(encoding="utf-8"))
    return found[1] if found else "train"


def _sentence(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip()


def start(name: str, source: str) -> Path:
    """Write NAME.yaml from another scenario, under its own title, without its published figures.

    `source` is a scenario, or a kind of which the first bundled one is taken. Raises `Mistakes`
    where the name is none or the file is there already.
    """
    source = next((one for one, kind, _ in bundled_scenarios() if kind == source), source)
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not re.fullmatch(r"\w[\w.-]*", path.stem):
        raise mistake(name, "this is no name for a file", "Type for example: tco new my-model")
    if path.exists():
        raise mistake(str(path), "this file is there already", "Choose another name.")
    text = read_stdin() if source == STDIN else read_text(locate(source))
    title = path.stem.replace("-", " ").replace("_", " ")
    text = re.sub(r"(?m)^title:.*$", lambda _: f"title: {title}", text, count=1)
    text = re.sub(r"(?m)^published:\n(?:[ \t]+.*\n?|\n)*", "", text)
    text, tables = _with_tables(text, path, source)
    write_all({path: text.encode(), **tables})
    return path


def _with_tables(text: str, path: Path, source: str) -> tuple[str, dict[Path, bytes]]:
    """The text with the CSV files that stand beside its source under its own name, and these."""
    found: dict[Path, bytes] = {}
    if source == STDIN:
        return text, found
    folder = Path(locate(source)).parent

    def named(match: re.Match[str]) -> str:
        there = folder / match[2]
        if not there.is_file():
            return match[0]
        copy = path.with_name(f"{path.stem}.{match[1]}.csv")
        if copy.exists():
            raise mistake(str(copy), "this file is there already", "Choose another name.")
        found[copy] = there.read_bytes()
        return f"{match[1]}: {copy.name}"

    return re.sub(rf"(?m)^({'|'.join(TOP_TABLES)}): (\S+\.csv)$", named, text), found
