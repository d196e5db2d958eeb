"""One target in a process of its own, for so many seconds: bounded, counted, going on behind finds.

`python -m tests.fuzz.driving TARGET CORPUS FINDINGS STATS WORDS SECONDS guided|plain`
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.fuzz.reached import READERS, reached

LONGEST, MOST = 5, 500 << 20  # seconds and bytes that an input may take
LARGEST = 32_000  # bytes of an input
REPLAYED = 400  # inputs by which lines are counted


class Watched:
    """A target whose inputs are counted and whose findings are kept, each kind once."""

    def __init__(self, name: str, findings: Path, stats: Path) -> None:
        from tests.fuzz.targets import outcome, warmed

        self.target, self.outcome = warmed(name), outcome
        self.findings, self.stats = findings, stats
        self.known = {one.name.partition("-")[0] for one in findings.iterdir()}
        self.executions, self.lines, self.told = 0, 0, time.monotonic()
        self.slowest = 0.0

    def __call__(self, data: bytes) -> None:
        """Read one input."""
        self.executions += 1
        began = time.monotonic()
        signal.setitimer(signal.ITIMER_PROF, LONGEST)  # of its own: others may be at work
        try:
            wrong, error = self.outcome(self.target, data)
        except TooLongError as late:
            wrong, error = "hang", late
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        now = time.monotonic()
        self.slowest = max(self.slowest, now - began)
        if wrong:
            self.keep(data, wrong, error)
        if now - self.told > 2:
            self.tell()

    def keep(self, data: bytes, wrong: str, error: BaseException) -> None:
        """Keep an input by what is wrong with it."""
        import traceback

        kind = hashlib.sha256(wrong.encode()).hexdigest()[:12]
        if kind in self.known:
            return
        self.known.add(kind)
        (self.findings / f"{kind}-input").write_bytes(data)
        said = "".join(traceback.format_exception(error))[-4_000:]
        (self.findings / f"{kind}-why.txt").write_text(f"{wrong}\n\n{said}", errors="replace")

    def tell(self) -> None:
        """Say how far it is."""
        self.told = time.monotonic()
        said = {"executions": self.executions, "lines": self.lines,
                "slowest": round(self.slowest, 2)}  # fmt: skip
        self.stats.write_text(json.dumps(said))


class TooLongError(BaseException):
    """An input took too long; nobody who reads catches it."""


def _too_long(*_: Any) -> None:
    raise TooLongError


def _bound_memory() -> None:
    """So much more than is in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MOST
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def plain(watched: Watched, inputs: list[bytes], corpus: Path, seconds: float) -> None:
    """Bytes changed at random, without a guide: what is refused in a new way is kept."""
    ends, met, chance = time.monotonic() + seconds, set[int](), random.Random()
    while time.monotonic() < ends:
        data = changed(chance, inputs)
        before = watched.executions
        watched(data)
        shape = hash((len(data) // 64, watched.outcome(watched.target, data)[0]))
        if shape not in met and before < watched.executions:
            met.add(shape)
            (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data)


def changed(chance: random.Random, inputs: Sequence[bytes]) -> bytes:
    """One input with some bytes turned, left out, doubled, or those of another in their place."""
    data = bytearray(chance.choice(inputs))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.randint(1, 40))
        match chance.randrange(5):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * chance.randint(1, 5)
            case 3:
                other = chance.choice(inputs)
                start = chance.randrange(len(other) + 1)
                data[at:end] = other[start : start + chance.randint(1, 200)]
            case _:
                data[at:at] = chance.randbytes(chance.randint(1, 4))
    return bytes(data[:LARGEST])


def main(words: Sequence[str]) -> None:
    """Drive one target."""
    name, corpus, findings, stats = words[0], Path(words[1]), Path(words[2]), Path(words[3])
    seconds, guided = float(words[5]), words[6] == "guided"
    try:
        if not guided:
            raise ImportError
        import atheris
    except ImportError:
        guided = False
    if guided:
        with atheris.instrument_imports(include=[*READERS], enable_loader_override=False):
            import tests.fuzz.targets  # noqa: F401
    from tests.fuzz.seeds import seeds_of, words_of

    watched = Watched(name, findings, stats)
    seeds = [one for one in seeds_of(name) if one]
    for one in seeds:
        (corpus / hashlib.sha1(one).hexdigest()).write_bytes(one)
    kept = [
        one.read_bytes() for one in sorted(corpus.iterdir(), key=lambda one: one.stat().st_size)
    ]
    chosen = kept[:: max(1, len(kept) // REPLAYED)]
    began = time.monotonic()
    found = reached(lambda data: watched.outcome(watched.target, data), chosen, seconds / 5)
    watched.lines = len(found.lines)
    watched.tell()
    signal.signal(signal.SIGPROF, _too_long)
    _bound_memory()
    left = seconds - (time.monotonic() - began)
    if not guided:
        plain(watched, kept, corpus, left)
        watched.tell()
        return
    known = Path(words[4])
    known.write_text("".join(f'"{_escaped(one)}"\n' for one in words_of(name)))
    atheris.Setup(
        ["fuzz", str(corpus), f"-max_total_time={max(2, int(left))}", f"-max_len={LARGEST}",
         f"-dict={known}", "-rss_limit_mb=0", f"-artifact_prefix={findings}/crash-", "-timeout=60",
         "-print_final_stats=1", "-report_slow_units=1000", "-len_control=20"],
        watched,
    )  # fmt: skip
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(
        char if char.isalnum() else "".join(f"\\x{one:02x}" for one in char.encode())
        for char in word
    )


if __name__ == "__main__":
    main(sys.argv[1:])
