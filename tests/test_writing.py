"""Writing: the old file or the new one, never half, never lost, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tco import beside, files
from tco.errors import Mistakes
from tco.files import write_all

posix = pytest.mark.skipif(os.name != "posix", reason="links, rights and signals of Unix")
OLD, NEW = b"old" * 30_000, b"new" * 40_000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "book.xlsx"
    path.write_bytes(OLD)
    return path


def refused(contents: dict[Path, bytes]) -> str:
    with pytest.raises(Mistakes) as caught:
        write_all(contents)
    return str(caught.value)


def left_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name.startswith(".tco"))


def fails(number: int) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return failing


# ---- what is in the place ------------------------------------------------------------------------


@posix
def test_a_link_stays_one_and_what_it_names_is_written(target: Path, tmp_path: Path) -> None:
    link, far = tmp_path / "link.xlsx", tmp_path / "far.xlsx"
    link.symlink_to(far)
    far.symlink_to(target)
    write_all({link: NEW})
    assert link.is_symlink() and far.is_symlink() and target.read_bytes() == NEW
    assert not left_in(tmp_path) and not left_in(target.parent)


@posix
def test_a_link_to_nothing_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to("there/book.xlsx")
    write_all({link: NEW})
    assert link.is_symlink() and (tmp_path / "there/book.xlsx").read_bytes() == NEW


@posix
def test_links_that_lead_to_each_other(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.symlink_to(two)
    two.symlink_to(one)
    assert "a: cannot be written: too many levels of symbolic links" in refused({one: NEW})
    assert one.is_symlink() and two.is_symlink()


@posix
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_left_alone(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.md"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/null")
    else:
        path.mkdir()
    before = path.stat()
    said = refused({tmp_path / "first": NEW, path: NEW})
    assert kind in said or "is a directory" in said
    assert os.path.samestat(before, path.stat()) and not (tmp_path / "first").exists()
    assert not left_in(tmp_path)


@posix
def test_a_protected_file_is_left_alone_by_an_administrator_too(target: Path) -> None:
    target.chmod(0o444)
    assert refused({target: NEW}) == (
        f"{target}: this file is protected from writing\n"
        "Take its protection off, or name another folder."
    )
    assert target.read_bytes() == OLD


@posix
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o666])
def test_rights_stay_as_they_are(rights: int, target: Path) -> None:
    target.chmod(rights)
    write_all({target: NEW, target.with_name("fresh"): NEW})
    assert stat.S_IMODE(target.stat().st_mode) == rights
    mask = os.umask(0o022)
    os.umask(mask)
    assert stat.S_IMODE(target.with_name("fresh").stat().st_mode) == 0o666 & ~mask


# ---- faults of the machine -----------------------------------------------------------------------

FAULTS = {
    "no new file": ("tempfile.mkstemp", errno.ENOSPC),
    "no room": ("os.fdopen", errno.ENOSPC),
    "not written down": ("os.fsync", errno.EIO),
    "no rights": ("tco.beside._rights", errno.EPERM),
    "not renamed": ("tco.beside.Part.put", errno.EACCES),
    "used elsewhere": ("tco.beside.Part.put", errno.EBUSY),
    "quota": ("tco.beside.Part.write", errno.EDQUOT),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_leaves_the_old_file_and_nothing_else(
    kind: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, number = FAULTS[kind]
    monkeypatch.setattr(name, fails(number))
    said = refused({target: NEW, target.with_name("other"): NEW})
    monkeypatch.undo()
    assert said.startswith(f"{target}: cannot be written: {os.strerror(number).lower()}")
    assert target.read_bytes() == OLD
    assert [one.name for one in target.parent.iterdir() if one.suffix != ".part"] == [target.name]
    write_all({target: NEW})
    assert [one.name for one in target.parent.iterdir()] == [target.name]


@posix
@pytest.mark.parametrize("room", [0, 1, 50_000, len(NEW) - 1])
def test_a_disk_that_fills_up(room: int, target: Path) -> None:
    """A true one: the system takes so many bytes of a file and no more."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        said = refused({target: NEW})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "cannot be written: file too large" in said
    assert target.read_bytes() == OLD and not left_in(target.parent)


def test_content_is_on_the_disk_before_it_takes_a_place(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, synced, put = [], os.fsync, beside.Part.put

    def sync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else
                    f"{os.fstat(handle).st_size}")  # fmt: skip
        synced(handle)

    def place(part: beside.Part) -> None:
        done.append("placed")
        put(part)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(beside.Part, "put", place)
    write_all({target: NEW, target.with_name("b"): OLD})
    assert done[:4] == [str(len(NEW)), str(len(OLD)), "placed", "placed"]
    assert done[4:] == (["folder"] if os.name == "posix" else [])


# ---- runs that are killed ------------------------------------------------------------------------


def forked(work: Callable[[], None]) -> int:
    """A process like this one that does some work and nothing else."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def over_and_over(target: Path) -> None:
    while True:
        write_all({target: NEW})
        write_all({target: OLD})


@posix
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(target: Path) -> None:
    chance, found = random.Random(1), set()
    for _ in range(25):
        child = forked(lambda: over_and_over(target))
        time.sleep(chance.uniform(0.001, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found.add(target.read_bytes()[:3])
        assert target.read_bytes() in (OLD, NEW)
    write_all({target: NEW})
    assert [one.name for one in target.parent.iterdir()] == [target.name]
    assert found <= {b"old", b"new"}


POINTS = ("tempfile.mkstemp", "os.fsync", "tco.beside.Part.put", "tco.files.sync")


@posix
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_this_moment(
    point: str, when: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {"tempfile": beside.tempfile, "os": os, "tco.beside.Part": beside.Part,
              "tco.files": files}  # fmt: skip
    place = places[point.rpartition(".")[0]]
    name = point.rpartition(".")[2]
    true = getattr(place, name)

    def deadly(*words: object, **more: object) -> object:
        if when == "after":
            true(*words, **more)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    def work() -> None:
        setattr(place, name, deadly)
        write_all({target: NEW})

    _, status = os.waitpid(forked(work), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    placed = point == "tco.files.sync" or (point == "tco.beside.Part.put" and when == "after")
    assert target.read_bytes() == (NEW if placed else OLD)
    write_all({target.with_name("next"): NEW})
    assert not left_in(target.parent), "what a killed run left is taken away by the next"


@posix
def test_two_at_once_leave_one_of_the_two(target: Path) -> None:
    children = [forked(lambda: over_and_over(target)) for _ in range(2)]
    ends = time.monotonic() + 0.4
    while time.monotonic() < ends:
        assert target.read_bytes() in (OLD, NEW)
    for one in children:
        assert os.waitpid(one, os.WNOHANG) == (0, 0), "one of them failed"
        os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)


@posix
def test_a_part_that_somebody_is_writing_is_left_to_them(target: Path) -> None:
    part = beside.Part(target)
    part.write(NEW)
    old = target.with_name(".tco-left.part")
    old.write_bytes(b"of one who was killed")
    os.utime(old, (2e9, 2e9))  # a clock that was set back since
    beside.clear(target.parent)
    assert part.path.exists() and not old.exists()
    part.put()
    part.drop()
    assert target.read_bytes() == NEW


@posix
def test_what_only_looks_like_a_part_is_left_alone(target: Path, tmp_path: Path) -> None:
    far = tmp_path / "mine"
    far.write_bytes(OLD)
    (target.parent / ".tco-link.part").symlink_to(far)
    os.mkfifo(target.parent / ".tco-pipe.part")
    write_all({target: NEW})
    assert far.read_bytes() == OLD
    assert left_in(target.parent) == [".tco-link.part", ".tco-pipe.part"]


# ---- signals -------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_says_nothing(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("parameters: 7B\ntokens: 1T\ndeadline: 30 days\n")
    program = (
        "import os, signal, sys; sys.argv = ['tco', 'build', 'a.yaml']\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # in the background: ignored
        "from tco import beside, __main__\n"
        f"beside.Part.put = lambda part: os.kill(os.getpid(), signal.{number.name})\n"
        "__main__.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True,
                          text=True, timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr) == (128 + number, "")
    assert not list((tmp_path / "output").iterdir())


@posix
def test_an_engine_that_died_is_no_broken_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command ends by SIGPIPE where nobody reads what it says; an engine is not its reader."""
    from tco.verify import engines

    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        process = engines._Process(engines.FORMUALIZER)
        process.running.kill()
        process.running.wait()
        process.ask(b"x" * 1_000_000 + b"\n", 10)
        with pytest.raises(engines._FailedError, match="crashed"):
            process.answer(1)
    finally:
        signal.signal(signal.SIGPIPE, before)


@posix
def test_a_lock_that_is_a_link_empties_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_bytes(OLD)
    (tmp_path / ".tco-lock").symlink_to(mine)
    with files.alone_in(tmp_path):
        write_all({tmp_path / "a": NEW})
    assert mine.read_bytes() == OLD and (tmp_path / "a").read_bytes() == NEW
