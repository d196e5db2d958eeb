"""`python -m tests.nightly.faults [TRIALS]`: commands killed, starved and stopped; what is left.

Each command writes over what an earlier run wrote. Whatever happens to it, each file is the old
one or the new one, whole; what it leaves beside them the next run takes away; no traceback.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tco.files import bundled
from tests.errors.conftest import GOOD

TRIALS = 20
RFQ = "rfq-512-b200"
ROOT = str(Path(__file__).parents[2])
# Where a placed kill strikes: before or behind one call of the program.
POINTS = ("tempfile.mkstemp", "os.fsync", "tco.beside.Part.write", "tco.beside.Part.put",
          "tco.files.sync")  # fmt: skip
_DYING = """
import importlib, os, signal, sys
where, when = sys.argv[1:3]
sys.argv = ["tco", *sys.argv[3:]]
import tco.__main__, tco.beside, tco.files
owner, name = where.rpartition(".")[0], where.rpartition(".")[2]
try:
    owner = importlib.import_module(owner)
except ModuleNotFoundError:
    owner = getattr(importlib.import_module(owner.rpartition(".")[0]), owner.rpartition(".")[2])
true = getattr(owner, name)
def deadly(*words, **more):
    if when == "after":
        true(*words, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, deadly)
tco.__main__.main()
"""


@dataclass
class Found:
    """What was left of all trials of one kind."""

    kind: str
    command: str
    trials: int = 0
    old: int = 0
    new: int = 0
    half: int = 0
    lost: int = 0
    parts: int = 0
    left: int = 0
    traces: int = 0

    @property
    def holds(self) -> bool:
        """Whether the promise was kept."""
        return not (self.half or self.lost or self.left or self.traces)

    def row(self) -> str:
        """A line of the table."""
        counts = (self.trials, self.old, self.new, self.half, self.lost, self.parts, self.left,
                  self.traces)  # fmt: skip
        return f"{self.kind:28} {self.command:10}" + "".join(f"{one:8,}" for one in counts)


HEAD = f"{'kind':28} {'command':10}" + "".join(
    f"{one:>8}" for one in ("trials", "old", "new", "half", "lost", "parts", "left", "traces")
)


@dataclass
class Work:
    """A command that writes over files: what they were, and what it makes of them."""

    name: str
    desk: Path
    words: Sequence[str]
    files: Sequence[Path]
    old: dict[Path, bytes] = field(default_factory=dict)
    new: dict[Path, list[bytes]] = field(default_factory=dict)
    takes: float = 0.0

    def learn(self, before: Sequence[str]) -> None:
        """Run it once before and once as it is: these are the old and the new files."""
        if before:
            assert run(self.desk, before).returncode == 0
        self.old = {one: one.read_bytes() for one in self.files}
        began = time.monotonic()
        done = run(self.desk, self.words)
        assert done.returncode == 0, done.stderr
        self.takes = time.monotonic() - began
        self.new = {one: [one.read_bytes()] for one in self.files}
        assert all(self.old[one] not in self.new[one] for one in self.files)

    def restore(self) -> None:
        """Put the old files back; what else was left stays."""
        for one, content in self.old.items():
            one.parent.chmod(0o777)
            with contextlib.suppress(FileNotFoundError):
                one.unlink()
            one.write_bytes(content)

    def judge(self, found: Found, printed: bytes) -> None:
        """Count what one trial left."""
        found.trials += 1
        found.traces += b"Traceback" in printed
        states = set()
        for one in self.files:
            if not one.exists():
                states.add("lost")
            elif (content := one.read_bytes()) == self.old[one]:
                states.add("old")
            else:
                states.add("new" if content in self.new[one] else "half")
        worst = next(one for one in ("lost", "half", "old", "new") if one in states)
        setattr(found, worst, getattr(found, worst) + 1)
        found.parts = max(found.parts, len(self.parts()))

    def parts(self) -> list[Path]:
        """What was begun beside the files."""
        return [one for folder in {one.parent for one in self.files}
                for one in folder.glob(".tco-*.part")]  # fmt: skip

    def end(self, found: Found) -> Found:
        """The next run, without a fault: what it leaves of those before it."""
        self.restore()
        done = run(self.desk, self.words)
        assert done.returncode == 0, done.stderr
        found.left = len(self.parts())
        return found


def command_of(words: Sequence[str]) -> list[str]:
    """The command line of this interpreter."""
    return [sys.executable, "-m", "tco", *words]


def environment() -> dict[str, str]:
    """Where the product is found."""
    return {**os.environ, "PYTHONPATH": ROOT}


def run(desk: Path, words: Sequence[str], **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end."""
    return subprocess.run(command_of(words), cwd=desk, env=environment(), capture_output=True,
                          timeout=600, check=False, **more)  # type: ignore[call-overload,no-any-return]  # fmt: skip


# ---- commands ------------------------------------------------------------------------------------


def works(folder: Path) -> Iterator[Work]:
    """Every command that writes over what is there, in a folder of its own."""
    for name, words in (("build", ["--force"]), ("deck", [])):
        desk = folder / name
        desk.mkdir()
        (desk / "good.yaml").write_text(GOOD)
        ends = ("xlsx",) if name == "build" else ("md", "html")
        files = [desk / "out" / f"good.{end}" for end in ends]
        told = [name, "good.yaml", *words, "--out", "out", "--set"]
        work = Work(name, desk, [*told, "mfu=0.5"], files)
        work.learn([*told, "mfu=0.4"])
        yield work
    yield _quotes(folder / "quotes")
    yield _catalogue(folder / "catalogue")


def _quotes(desk: Path) -> Work:
    desk.mkdir()
    for end in (".yaml", ".quotes.csv", ".rent_quotes.csv"):
        shutil.copy(bundled("scenarios") / f"{RFQ}{end}", desk)
    lines = (desk / f"{RFQ}.quotes.csv").read_text(encoding="utf-8").splitlines()
    answer = lines[1].replace("Vendor A", "Vendor Z", 1)
    (desk / "answer.csv").write_text(f"{lines[0]}\n{answer}\n", encoding="utf-8")
    work = Work("quotes add", desk, ["quotes", "add", f"{RFQ}.yaml", "answer.csv"],
                [desk / f"{RFQ}.quotes.csv"])  # fmt: skip
    work.learn([])
    return work


def _catalogue(desk: Path) -> Work:
    desk.mkdir()
    for name in ("one", "two"):
        (desk / f"{name}.csv").write_text(
            f"id,chip,on_demand_price,date\n{name}-x,a100-sxm4-80gb,2,2026-11-01\n"
        )
    work = Work("catalogue", desk, ["catalogue", "add", "two.csv"],
                [desk / "catalogue" / "offers.csv"])  # fmt: skip
    work.learn(["catalogue", "add", "one.csv"])
    return work


# ---- faults --------------------------------------------------------------------------------------

Fault = Callable[[Work, random.Random], bytes]


def signalled(number: signal.Signals, work: Work, chance: random.Random) -> bytes:
    """A signal at any moment between the start of the program and a little behind its end."""
    running = subprocess.Popen(
        command_of(work.words), cwd=work.desk, env=environment(), stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip  # whoever started this in the background had Ctrl-C ignored
    time.sleep(chance.uniform(0.15, 1.05) * work.takes)
    running.send_signal(number)
    return running.communicate(timeout=600)[1]


def dying(where: str, when: str, work: Work, _: random.Random) -> bytes:
    """Killed before or behind one call."""
    program = [sys.executable, "-c", _DYING, where, when, *work.words]
    done = subprocess.run(program, cwd=work.desk, env=environment(), capture_output=True,
                          timeout=600, check=False)  # fmt: skip
    assert done.returncode == -signal.SIGKILL, (where, done.stderr)
    return done.stderr


def full(work: Work, chance: random.Random) -> bytes:
    """A disk that takes some of a file and no more."""
    largest = max(len(one) for found in work.new.values() for one in found)
    most = chance.randrange(largest)

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return run(work.desk, work.words, preexec_fn=starve).stderr


class CannotError(Exception):
    """This machine does not let a fault be tried."""


@contextlib.contextmanager
def disk(work: Work, options: str) -> Iterator[None]:
    """A disk of its own in the place of the folder; what is on it is judged once it is gone."""
    folder = work.files[0].parent
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    own = folder != work.desk and os.geteuid() == 0 and shutil.which("mount")
    if not own or subprocess.run(mount, capture_output=True, check=False).returncode:
        raise CannotError
    kept: dict[Path, bytes] = {}
    try:
        work.restore()
        yield
        kept = {one: one.read_bytes() for one in work.files}
    finally:
        subprocess.run(["umount", str(folder)], check=False)
    for one, content in kept.items():
        one.write_bytes(content)


def small_disk(work: Work, _: random.Random) -> bytes:
    """A disk that has hardly more room than the old files take."""
    with disk(work, f"size={sum(map(len, work.old.values())) + 8_192}"):
        return run(work.desk, work.words).stderr


def read_only(work: Work, _: random.Random) -> bytes:
    """A folder that may not be written."""
    folder = work.files[0].parent
    if os.geteuid():
        folder.chmod(0o555)
        return run(work.desk, work.words).stderr
    with disk(work, "size=64m"):  # an administrator writes where nobody may, but not here
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        said = run(work.desk, work.words).stderr
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        return said


def protected(work: Work, _: random.Random) -> bytes:
    """Files that may not be written, for an administrator too."""
    for one in work.files:
        one.chmod(0o444)
    return run(work.desk, work.words).stderr


def linked(work: Work, _: random.Random) -> bytes:
    """Files that are links to where they are kept."""
    kept = work.desk / "kept"
    kept.mkdir(exist_ok=True)
    for one in work.files:
        place = kept / one.name
        place.unlink(missing_ok=True)
        one.rename(place)
        one.symlink_to(place)
    done = run(work.desk, work.words)
    assert all(one.is_symlink() for one in work.files), "a link was replaced"
    return done.stderr


def clock_set_back(work: Work, _: random.Random) -> bytes:
    """Everything that is there is of the year 2100, also what a killed run left."""
    left = work.files[0].parent / ".tco-left.part"
    left.write_bytes(b"left")
    for one in (left, *work.files):
        os.utime(one, (4.1e9, 4.1e9))
    done = run(work.desk, work.words)
    assert not left.exists()
    return done.stderr


def two_at_once(work: Work, _: random.Random) -> bytes:
    """The same twice at once."""
    words = [*work.words, "--force"] if work.name == "catalogue" else work.words
    both = [subprocess.Popen(command_of(words), cwd=work.desk, env=environment(),
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for _ in range(2)]  # fmt: skip
    return b"".join(one.communicate(timeout=600)[1] for one in both)


def unread(work: Work, _: random.Random) -> bytes:
    """Nobody reads what it says."""
    running = subprocess.Popen(command_of(work.words), cwd=work.desk, env=environment(),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert running.stdout and running.stderr
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait(600) in (0, -signal.SIGPIPE), said
    return said


FAULTS: dict[str, tuple[Fault, int]] = {  # with how many of the trials it is worth
    "killed at any moment": (partial(signalled, signal.SIGKILL), 1),
    "told to end at any moment": (partial(signalled, signal.SIGTERM), 2),
    "Ctrl-C at any moment": (partial(signalled, signal.SIGINT), 2),
    **{f"killed {when} {where.rpartition('.')[2]}": (partial(dying, where, when), 20)
       for where in POINTS for when in ("before", "after")},
    "disk full behind some bytes": (full, 2),
    "small disk": (small_disk, 20),
    "read-only folder": (read_only, 20),
    "protected file": (protected, 20),
    "links": (linked, 20),
    "clock set back": (clock_set_back, 20),
    "two at once": (two_at_once, 2),
    "nobody reads": (unread, 20),
}  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Try everything; 1 where the promise is broken."""
    trials = int(words[0]) if words else TRIALS
    chance, broken = random.Random(11), 0
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="faults-") as made:
        Path(made).chmod(0o755)
        for work in works(Path(made)):
            for kind, (fault, share) in FAULTS.items():
                found = Found(kind, work.name)
                try:
                    for _ in range(max(1, trials // share)):
                        work.restore()
                        work.judge(found, fault(work, chance))
                except CannotError:
                    print(f"{kind:28} {work.name:10} cannot be tried here")
                    continue
                print(work.end(found).row(), flush=True)
                broken += not found.holds
    print("the old file or the new one, each time" if not broken else f"{broken} kinds broken")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
