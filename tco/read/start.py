"""Starting: the bundled scenarios, and a new file as a copy of one that works."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tco.catalogue.csvfile import content_of
from tco.errors import Mistakes, mistake
from tco.files import bundled, starters, write_all
from tco.read.kinds import kind_meant, kinds_said, nearest_kind
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

    `source` is a scenario, or a kind: of that it is the few lines that its starter has. Raises
    `Mistakes` where the name is none, the file is there already, or the source is neither.
    """
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not re.fullmatch(r"\w[\w.-]*", path.stem):
        raise mistake(name, "this is no name for a file", "Type for example: tco new my-model")
    if path.exists():
        raise mistake(str(path), "this file is there already", "Choose another name.")
    title = path.stem.replace("-", " ").replace("_", " ")
    if starter := starters().get(kind_meant(source)):
        text = read_text(starter).replace("title: NAME", f"title: {title}", 1)
        write_all({path: text.encode()})
        return path
    text = read_stdin() if source == STDIN else read_text(_located(source))
    text = re.sub(r"(?m)^title:.*$", lambda _: f"title: {title}", text, count=1)
    text = re.sub(r"(?m)^published:\n(?:[ \t]+.*\n?|\n)*", "", text)
    text, tables = _with_tables(text, path, source)
    write_all({path: text.encode(), **tables})
    return path


def _located(source: str) -> Path:
    """The file of a scenario; who misspells a kind is told of the kinds."""
    try:
        return locate(source)
    except Mistakes as error:
        told = f"Or start from a kind: {kinds_said()}."
        meant = nearest_kind(source) if "." not in source and "/" not in source else ""
        raise Mistakes(
            replace(one, remedy=f"{meant}{one.remedy}", more=(told,)) for one in error.mistakes
        ) from None


def _with_tables(text: str, path: Path, source: str) -> tuple[str, dict[Path, bytes]]:
    """The text with the CSV files that stand beside its source under its own name, and these."""
    found: dict[Path, bytes] = {}
    if source == STDIN:
        return text, found
    folder = locate(source).parent

    def named(match: re.Match[str]) -> str:
        there = folder / match[2]
        if not there.is_file():
            return match[0]
        copy = path.with_name(f"{path.stem}.{match[1]}.csv")
        if copy.exists():
            raise mistake(str(copy), "this file is there already", "Choose another name.")
        found[copy] = content_of(there)
        return f"{match[1]}: {copy.name}"

    return re.sub(rf"(?m)^({'|'.join(TOP_TABLES)}): (\S+\.csv)$", named, text), found
