"""`python -m tests.fuzz.run TARGET... --seconds N`: strangers' bytes, changed at random.

Each target runs in a process of its own, one after another, until its seconds are over. Coverage
leads it where atheris is installed; else bytes are changed without a guide. An input that takes
longer than 5 s or 500 MB is a finding, as is any traceback. What leads further is kept in
STATE/corpus, what was found in STATE/findings, what was done in STATE/runs.json; `--record` adds
that to hours.csv.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HOURS = Path(__file__).with_name("hours.csv")
HEAD = ("date", "version", "target", "cpu_seconds", "executions", "lines_covered", "findings")
TARGETS = ("document", "scenario", "workbook", "archive", "formula", "request", "quotes",
           "prices", "adding", "table")  # fmt: skip
STARTING = 120  # seconds that a process may take beside its time


def main(words: Sequence[str]) -> int:
    """Run targets in turn; 1 where anything was found."""
    asked = _asked(words)
    if asked.record:
        return _record(asked.state)
    until = _until(asked)
    found = 0
    for target in _in_turn(asked.targets or TARGETS, again=bool(asked.until)):
        left = min(asked.seconds, until - time.time())
        if left < 5:
            break
        done = _run(target, left, asked.state, guided=not asked.plain)
        found += len(done["findings"])
        print(f"{target}: {done['executions']:,} executions in {done['cpu_seconds']:.0f} s of CPU, "
              f"{done['edges']:,} edges, {done['corpus']:,} inputs kept, "
              f"{len(done['findings'])} found", flush=True)  # fmt: skip
    return int(found > 0)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=float, default=60, help="of each target at a time")
    parser.add_argument("--until", help="a time of day, HH:MM: go round until then")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--record", action="store_true", help="add what was done to hours.csv")
    parser.add_argument("--state", type=Path, default=Path.home() / ".cache" / "tco-fuzz")
    asked = parser.parse_args(words)
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    return asked


def _until(asked: argparse.Namespace) -> float:
    if not asked.until:
        return time.time() + asked.seconds * len(asked.targets or TARGETS)
    hour, minute = map(int, asked.until.split(":"))
    now = datetime.datetime.now()
    until = now.replace(hour=hour, minute=minute, second=0)
    return (until if until > now else until + datetime.timedelta(days=1)).timestamp()


def _in_turn(targets: Sequence[str], *, again: bool) -> Iterator[str]:
    yield from targets
    while again:
        yield from targets


# ---- one target ----------------------------------------------------------------------------------


def _run(target: str, seconds: float, state: Path, *, guided: bool) -> dict[str, Any]:
    """One target for so long: started again behind an input that ended its process."""
    corpus, findings = state / "corpus" / target, state / "findings" / target
    for one in (corpus, findings):
        one.mkdir(parents=True, exist_ok=True)
    before = {one.name for one in findings.iterdir()}
    used, began, ends = _children(), time.time(), time.time() + seconds
    executions = edges = lines = 0
    while (left := ends - time.time()) > 3:
        told = state / f"{target}.stats.json"
        told.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.fuzz.driving", target, str(corpus), str(findings),
                   str(told), str(state / f"{target}.words"), str(int(left)),
                   "guided" if guided else "plain"]  # fmt: skip
        printed, spent = state / f"{target}.log", _children()
        try:
            with printed.open("wb") as log:
                subprocess.run(command, stdout=log, stderr=log, timeout=left + STARTING,
                               check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            if _children() - spent < left / 2:  # others had the processor
                break
            (findings / f"hang-{int(time.time())}").write_bytes(b"")
        said = json.loads(told.read_text()) if told.exists() else {}
        executions += said.get("executions", 0)
        lines = max(lines, said.get("lines", 0))
        edges = max(edges, _edges(printed.read_bytes()))
        if not said:  # it did not even start
            (findings / f"start-{int(time.time())}").write_bytes(printed.read_bytes())
            break
    done = {
        "date": datetime.date.today().isoformat(), "version": _version(), "target": target,
        "cpu_seconds": round(_children() - used, 1), "seconds": round(time.time() - began, 1),
        "executions": executions, "edges": edges, "lines_covered": lines,
        "corpus": sum(1 for _ in corpus.iterdir()), "recorded": False,
        "findings": sorted({one.name for one in findings.iterdir()
                            if not one.name.endswith("why.txt")} - before),
    }  # fmt: skip
    runs = _runs(state)
    (state / "runs.json").write_text(json.dumps([*runs, done], indent=1))
    return done


def _edges(log: bytes) -> int:
    """The last number of edges that libFuzzer tells."""
    found = re.findall(rb"cov: (\d+)", log)
    return int(found[-1]) if found else 0


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _version() -> str:
    from tco import __version__

    return __version__


def _runs(state: Path) -> list[dict[str, Any]]:
    path = state / "runs.json"
    return list(json.loads(path.read_text())) if path.exists() else []


# ---- what is kept in the repository --------------------------------------------------------------


def _record(state: Path) -> int:
    """Add what was done and not yet told to hours.csv: a row a target, day and version."""
    runs = _runs(state)
    new = [one for one in runs if not one["recorded"]]
    rows = list(csv.DictReader(HOURS.open(newline=""))) if HOURS.exists() else []
    for key in dict.fromkeys((one["date"], one["version"], one["target"]) for one in new):
        mine = [one for one in new if (one["date"], one["version"], one["target"]) == key]
        date, version, target = key
        rows.append({
            "date": date, "version": version, "target": target,
            "cpu_seconds": f"{sum(one['cpu_seconds'] for one in mine):.0f}",
            "executions": sum(one["executions"] for one in mine),
            "lines_covered": max(one["lines_covered"] for one in mine),
            "findings": sum(len(one["findings"]) for one in mine),
        })  # fmt: skip
    with HOURS.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEAD, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for one in new:
        one["recorded"] = True
    (state / "runs.json").write_text(json.dumps(runs, indent=1))
    hours = sum(float(one["cpu_seconds"]) for one in rows) / 3600
    print(f"{len(new)} runs recorded; {hours:.2f} hours of CPU in all")
    return 0


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    sys.exit(main(sys.argv[1:]))
