"""Two auditors over the same planted faults: `python -m tests.nightly.auditors --help`.

Bases are workbooks that others made, in a folder; none is in the repository. Those named by
`--held` are the unseen part: no rule was changed after a look at them.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tco.audit import audit
from tco.errors import Mistakes
from tests.nightly.planting import KINDS, Plant, furnished, planted

LEAST_FORMULAS, MOST_CELLS = 15, 15_000  # the other auditor takes minutes for a larger one
_LOOP = """
import contextlib, io, json, sys
from spreadsheet_auditor.audit import main
for line in sys.stdin:
    path, out = json.loads(line)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            main([path, "--json", out, "--fail-on", "None", "-q"])
        except SystemExit:
            pass
    print(path, flush=True)
"""


@dataclass(frozen=True)
class Said:
    """One finding of one auditor: its cells as (sheet, A1), and all that it says."""

    rule: str
    grave: str
    cells: frozenset[tuple[str, str]]
    sheet: str
    text: str


@dataclass
class Score:
    """How an auditor did on some plants."""

    plants: int = 0
    found: int = 0
    new: int = 0
    about: int = 0
    by_kind: Counter[tuple[str, bool]] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of the plants that it found."""
        return self.found / max(1, self.plants)


# ---- what each auditor says ----------------------------------------------------------------------


def ours(path: Path) -> list[Said]:
    """The findings of `tco audit`."""
    return [
        Said(one.rule.id, one.rule.severity,
             frozenset((one.sheet, cell) for place in one.places for cell in _cells(place)),
             one.sheet, one.what)
        for one in audit(path).findings
    ]  # fmt: skip


def others(paths: Sequence[Path], python: str, folder: Path) -> dict[Path, list[Said]]:
    """The findings of spreadsheet-auditor, which another interpreter has.

    Without LibreOffice, which it would recalculate with: what is planted is stored recalculated,
    and a stale value is one only until then.
    """
    found: dict[Path, list[Said]] = {}
    alone = {"PATH": str(Path(python).parent)}
    with subprocess.Popen([python, "-c", _LOOP], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True, env=alone) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        for path in paths:
            out = folder / f"{path.stem}.other.json"
            process.stdin.write(json.dumps([str(path), str(out)]) + "\n")
            process.stdin.flush()
            process.stdout.readline()
            found[path] = list(_read(out)) if out.exists() else []
        process.stdin.close()
    return found


def _read(out: Path) -> Iterator[Said]:
    for one in json.loads(out.read_text(encoding="utf-8"))["findings"]:
        places = [one["location"], *(one.get("members") or ())]
        cells = frozenset(
            (sheet.strip("'"), cell) for place in places for part in place.split(", ")
            for sheet, _, area in [part.rpartition("!")] for cell in _cells(area)
        )  # fmt: skip
        text = " ".join([one["title"], *(one.get("evidence") or ())])
        yield Said(one["rule_id"], one["severity"], cells, one.get("sheet") or "", text)


def _cells(area: str) -> list[str]:
    """The cells of an area such as B2:C9; of a larger one its corners."""
    from tco.audit.book import areas_in
    from tco.audit.registry import cell_name

    return [
        cell_name((row, column)) for box in areas_in(area) if box.size < 50_000
        for row in range(box.top, box.bottom + 1) for column in range(box.left, box.right + 1)
    ] or [area]  # fmt: skip


# ---- what of it is new, and about the fault ------------------------------------------------------


def is_about(plant: Plant, said: Said) -> bool:
    """Whether a finding names the planted cell, by its place or in words; or its sheet or book."""
    if not plant.sheet:
        return not said.sheet
    if not plant.cell:
        return said.sheet == plant.sheet or plant.sheet in said.text
    if (plant.sheet, plant.cell) in said.cells:
        return True
    if plant.kind == "hidden row" and re.search(rf"(?i)\b{plant.said}\b", said.text):
        return True
    return bool(re.search(rf"(?<![A-Z$]){plant.cell}(?!\d)", said.text))


def news(base: Iterable[Said], after: Iterable[Said]) -> list[Said]:
    """The findings that name a cell, or say a thing, that the unplanted workbook's do not."""
    cells: dict[str, set[tuple[str, str]]] = defaultdict(set)
    texts = set()
    for one in base:
        cells[one.rule] |= one.cells
        texts.add((one.rule, one.sheet, one.text))
    found = []
    for one in after:
        fresh = one.cells - cells[one.rule]
        if fresh:
            found.append(Said(one.rule, one.grave, fresh, one.sheet, one.text))
        elif not one.cells and (one.rule, one.sheet, one.text) not in texts:
            found.append(one)
    return found


def score(plants: Sequence[tuple[Path, Plant, Path]], base: dict[Path, list[Said]],
          after: dict[Path, list[Said]]) -> Score:  # fmt: skip
    """How many plants an auditor finds, and how much of what it newly says is about them."""
    total = Score()
    for origin, plant, path in plants:
        fresh = news(base[origin], after[path])
        about = [one for one in fresh if is_about(plant, one)]
        total.plants += 1
        total.found += bool(about)
        total.new += len(fresh)
        total.about += len(about)
        total.by_kind[plant.kind, bool(about)] += 1
    return total


# ---- the corpus ----------------------------------------------------------------------------------


def bases_in(folder: Path) -> list[Path]:
    """The workbooks that have formulas and are no larger than one reads in seconds."""
    found = []
    for path in sorted(folder.rglob("*.xls[xm]")):
        try:
            read = audit(path)
        except Mistakes as error:
            print(f"left out: {error.mistakes[0].wrong}: {path.name}", file=sys.stderr)
            continue
        if read.formulas >= LEAST_FORMULAS and read.cells <= MOST_CELLS:
            found.append(path)
    return found


def corpus(
    bases: Sequence[Path], each: int, seed: str, out: Path
) -> list[tuple[Path, Plant, Path]]:
    """For every kind a fault in so many bases, where they have a place for it."""
    made = []
    load: Counter[Path] = Counter()
    for name in KINDS:
        count = 0
        for base in sorted(bases, key=lambda one: (load[one], one.name)):
            if count == each:
                break
            path = out / f"{name.replace(' ', '-')}-{base.stem.replace(' ', '-')}.xlsx"
            path = path.with_suffix(base.suffix)
            if (plant := planted(base, name, seed, path)) is not None:
                made.append((base, plant, path))
                load[base] += 1
                count += 1
    return made


def table(parts: dict[str, dict[str, Score]]) -> str:
    """The table of docs/audit.md."""
    lines = ["| workbooks | auditor | faults found | new findings, about the fault |",
             "|---|---|---|---|"]  # fmt: skip
    for part, by in parts.items():
        for name, one in by.items():
            share = one.about / one.new if one.new else 0.0
            recall = f"{one.found} of {one.plants}: {one.share:.2f}"
            lines.append(f"| {part} | {name} | {recall} | {one.about} of {one.new}: {share:.2f} |")
    return "\n".join(lines)


def main(words: Sequence[str]) -> int:
    """Plant, audit with both, and print what each found; 1 where ours finds too little."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bases", type=Path, help="a folder of workbooks")
    parser.add_argument("--other", required=True, help="a Python that has spreadsheet-auditor")
    parser.add_argument("--out", type=Path, required=True, help="a folder for what is made")
    parser.add_argument("--held", nargs="*", default=[], help="names of the unseen workbooks")
    parser.add_argument("--part", choices=("seen", "unseen"), action="append")
    parser.add_argument("--each", type=int, default=4, help="bases of a kind of fault, in a part")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--least", type=float, default=0.0, help="of the faults found by ours")
    asked = parser.parse_args(words)
    parts: dict[str, dict[str, Score]] = {}
    every = bases_in(asked.bases)
    for part in asked.part or ("seen", "unseen"):
        (asked.out / part).mkdir(parents=True, exist_ok=True)
        bases = []
        for one in every:
            if (one.stem in asked.held) == (part == "unseen"):
                bases.append(asked.out / part / one.name)
                furnished(one, bases[-1])
        made = corpus(bases, asked.each, asked.seed, asked.out / part)
        used = sorted({base for base, _, _ in made})
        paths = [*used, *(path for _, _, path in made)]
        started = time.process_time()
        own = {path: ours(path) for path in paths}
        spent = time.process_time() - started
        other = others(paths, asked.other, asked.out)
        parts[part] = {"tco audit": score(made, own, own),
                       "spreadsheet-auditor 0.4": score(made, other, other)}  # fmt: skip
        _report(part, made, used, own, other, parts[part], spent)
    print(table(parts))
    return int(any(one["tco audit"].share < asked.least for one in parts.values()))


def _report(part: str, made: Sequence[tuple[Path, Plant, Path]], used: Sequence[Path],
            own: dict[Path, list[Said]], other: dict[Path, list[Said]],
            scores: dict[str, Score], spent: float) -> None:  # fmt: skip
    cells = sum(audit(one).cells for one in used)
    print(f"{part}: {len(made)} faults in {len(used)} workbooks of {cells:,} cells; {spent:.0f} s")
    for name, found in (("tco audit", own), ("spreadsheet-auditor", other)):
        graves = Counter(one.grave for path in used for one in found[path])
        total = sum(graves.values())
        print(f"  {name} on the unplanted: {total} findings, {1000 * total / cells:.1f} per 1,000 "
              f"cells: {dict(graves)}")  # fmt: skip
    for kind_, (of, _) in KINDS.items():
        told = [f"{one.by_kind[kind_, True]}/{one.by_kind[kind_, True] + one.by_kind[kind_, False]}"
                for one in scores.values()]  # fmt: skip
        print(f"  {kind_} ({of}): {' and '.join(told)}")
    for origin, plant, path in made:
        fresh = news(own[origin], own[path])
        if not any(is_about(plant, one) for one in fresh):
            print(f"  not found: {json.dumps(asdict(plant), ensure_ascii=False)} {path.name}")
        for one in fresh:
            if not is_about(plant, one):
                where = sorted(one.cells)[:2]
                print(f"  beside: {path.name}: {one.rule} {one.sheet} {where} {one.text[:90]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
