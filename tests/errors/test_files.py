"""Mistakes that are no scenario's text: paths, folders, settings, workbooks, templates, names.

The texts are whole, as a user sees them. Where a test expects a refusal, the fixture `refused` also
checks that the exit code is 2 and that nothing in the folder was written, changed or deleted.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tco.catalogue.shipped import shipped
from tco.files import bundled
from tests.errors.conftest import GOOD, Answer, contents

Command = Callable[..., Answer]
Refused = Callable[..., str]

BUNDLED = ", ".join(path.stem for path in sorted(bundled("scenarios").glob("*.yaml")))
NO_SUCH = f"Type a path, or one of: {BUNDLED}. Start one of your own with: tco new NAME"
EDITED = "this workbook was edited since tco wrote it, or is not tco's"
HINT = "Keep it by naming another folder with --out, or replace it with --force."

not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind root"
)
posix = pytest.mark.skipif(os.name != "posix", reason="a device or a file name of Unix")


# ---- scenarios that cannot be read --------------------------------------------------------------


def test_a_folder(desk: Path, refused: Refused) -> None:
    (desk / "folder.yaml").mkdir()
    assert refused("build", "folder.yaml") == (
        "folder.yaml: this is a folder, not a scenario file\nName a .yaml file in it."
    )


NO_TEXT = {
    b"\x89PNG\r\n\x1a\n\x00\xff": "a picture, not a scenario file\nName a .yaml file.",
    b"\xff\xd8\xff\xe0": "a picture, not a scenario file\nName a .yaml file.",
    b"%PDF-1.7\n": "a PDF, not a scenario file\nName a .yaml file.",
    b"\xd0\xcf\x11\xe0\xa1": "an old office document, not a scenario file\nName a .yaml file.",
    b"PK\x03\x04\x00": (
        "a workbook or another archive, not a scenario file\n"
        "Name the .yaml file that it was made from."
    ),
    b"\x1f\x8b\x08": (
        "a compressed file, not a scenario file\nUnpack it, and name the .yaml file in it."
    ),
    b"a: \x00\n": "not text, so it is no scenario file\nName a .yaml file.",
}


@pytest.mark.parametrize("content", NO_TEXT)
def test_a_file_that_is_no_text(content: bytes, desk: Path, refused: Refused) -> None:
    (desk / "picture.yaml").write_bytes(content)
    assert refused("build", "picture.yaml") == f"picture.yaml: this is {NO_TEXT[content]}"


def test_a_workbook_is_no_scenario(workbook: Path, desk: Path, refused: Refused) -> None:
    """Unless it carries one."""
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    del book["Scenario"]
    book.save(desk / "good.xlsx")
    assert "good.xlsx: this workbook does not carry its scenario" in refused("show", "good.xlsx")
    (desk / "good.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert refused("show", "good.xlsx").startswith("good.xlsx: ")
    (desk / "good.book").write_bytes(workbook.read_bytes())
    assert refused("show", "good.book").startswith("good.book: this is a workbook or another")


NOT_UTF8 = "this character is not in UTF-8"
WESTERN = f"{NOT_UTF8}; the file is probably in "


@pytest.mark.parametrize(
    ("encoding", "text", "said"),
    [
        ("latin-1", "Modèle", f"1:11: {WESTERN}Latin-1"),
        ("latin-1", "à", f"1:8: {WESTERN}Latin-1"),
        ("latin-1", "Größe", f"1:10: {WESTERN}Latin-1"),
        ("cp1252", "it’s", f"1:10: {WESTERN}Windows-1252"),
        ("cp1252", "– 5 €", f"1:8: {WESTERN}Windows-1252"),
        ("cp1251", "Модель", f"1:8: {NOT_UTF8}"),
        ("gb18030", "大模型", f"1:8: {NOT_UTF8}"),
        ("utf-16", "Modèle", "1:1: this text is in UTF-16, not in UTF-8"),
        ("utf-16-le", "Modèle", "1:1: this text is in UTF-16, not in UTF-8"),
        ("utf-16-be", "Modèle", "1:1: this text is in UTF-16, not in UTF-8"),
        ("utf-32", "Modèle", "1:1: this text is in UTF-32, not in UTF-8"),
    ],
)
def test_another_encoding_is_named(
    encoding: str, text: str, said: str, desk: Path, refused: Refused
) -> None:
    """What it probably is, and the line as it is meant; what cannot be known is not guessed."""
    (desk / "old.yaml").write_bytes(f"title: {text}\n{GOOD}".encode(encoding))
    first, excerpt, _, remedy = refused("build", "old.yaml").split("\n")
    assert first == f"old.yaml:{said}"
    shown = text if encoding not in ("cp1251", "gb18030") else "�"
    assert excerpt.startswith(f"  1 | title: {shown}")
    assert remedy == "Save it as UTF-8, which editors offer where a file is saved."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_with_and_without_its_mark(encoding: str, desk: Path, tco: Command) -> None:
    (desk / "titled.yaml").write_bytes(f"title: Modèle 模型\n{GOOD}".encode(encoding))
    answer = tco("show", "titled.yaml")
    assert (answer.code, answer.err) == (0, "") and answer.out.startswith("Modèle 模型 (")


def test_a_file_of_50_mb_is_answered_at_once(desk: Path, refused: Refused) -> None:
    with (desk / "large.yaml").open("wb") as file:
        file.truncate(50 << 20)
    began = time.perf_counter()
    assert refused("build", "large.yaml") == (
        "large.yaml: the file has 52,428,800 bytes; a scenario has a few thousand\n"
        "Name the scenario file; data does not belong in it."
    )
    assert time.perf_counter() - began < 2


@posix
def test_an_endless_device_is_not_read_to_its_end(desk: Path) -> None:
    """In a process of its own with little memory: reading on would take the machine down."""
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30));"
        "sys.argv = ['tco', 'build', '/dev/zero']; from tco.cli import run; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited],
        cwd=desk, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("/dev/zero: the file has more than 1,000,000 bytes; a scenario")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nowhere.yaml", ""),
        ("llm-100b-10", "Did you mean llm-100b-10d? "),
        ("llm-100b-10d.yaml", "Did you mean llm-100b-10d? "),
        ("llm-100b-engineerd", "Did you mean llm-100b-engineered? "),
        ("good", "Did you mean good.yaml? "),
        ("good.yml", "Did you mean good.yaml? "),
        ("goood.yaml", "Did you mean good.yaml? "),
    ],
)
def test_a_path_that_does_not_exist(name: str, hint: str, refused: Refused) -> None:
    for command in (["build"], ["show"], ["explain"], ["deck"], ["new", "mine", "--from"]):
        last = ["gpus"] if command == ["explain"] else []
        wrong = "there is no such file, and no bundled scenario of that name"
        told, _, more = refused(*command, name, *last).partition("\n  Or start from a kind: ")
        assert told == f"{name}: {wrong}\n{hint}{NO_SUCH}"
        assert bool(more) == (command[0] == "new")


ELSEWHERE = {
    "https://example.org/a.yaml": (
        "this is an address on the net, not a file here\n"
        "Save what is there as a file, and name that."
    ),
    "s3://bucket/a.yaml": (
        "this is an address on the net, not a file here\n"
        "Save what is there as a file, and name that."
    ),
    "file:///tmp/my%20model.yaml": (
        "this is the address of a file, not its path\nDid you mean /tmp/my model.yaml?"
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_address_is_no_path(name: str, refused: Refused) -> None:
    assert refused("show", name) == f"{name}: {ELSEWHERE[name]}"


@posix
def test_a_path_as_windows_writes_it(desk: Path, refused: Refused) -> None:
    wrong = "this is a path as Windows writes it, and there is no such file here"
    (desk / "sub").mkdir()
    shutil.copy(desk / "good.yaml", desk / "sub")
    for name, remedy in {
        r"C:\Users\me\good.yaml": "Type / between folders.",
        r"sub\nowhere.yaml": "Type / between folders.",
        r"\\server\share\good.yaml": "Type / between folders.",
        r"sub\good.yaml": "Did you mean sub/good.yaml?",
        r".\good.yaml": "Did you mean ./good.yaml?",
    }.items():
        assert refused("show", name) == f"{name}: {wrong}\n{remedy}"


def test_a_home_that_the_shell_left_alone(
    desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(desk))
    monkeypatch.setenv("USERPROFILE", str(desk))
    assert refused("show", "~/good.yaml") == (
        f"~/good.yaml: the ~ of this path stands for itself\nDid you mean {desk / 'good.yaml'}?"
    )


def test_a_table_is_no_scenario(desk: Path, refused: Refused) -> None:
    (desk / "prices.csv").write_text("id,chip\na,b\n")
    assert refused("show", "prices.csv") == (
        "prices.csv: this is a table by its name, not a scenario file\n"
        "Take a price list in with: tco catalogue add FILE"
    )


def test_json_is_yaml(desk: Path, tco: Command) -> None:
    """With tabs, escapes, a pair of half characters, and the flags of JSON."""
    (desk / "model.json").write_text(
        '{\n\t"title": "\\u00e9 \\ud83d\\ude00 \\/",\n\t"workload": {\n\t\t"kind": "train",\n'
        '\t\t"parameters": "100B",\n\t\t"tokens": 3e11,\n\t\t"deadline": "10 days"\n\t},\n'
        '\t"fleet": {"chip": "a100-sxm4-80gb", "whole_servers": false},\n'
        '\t"deadlines": [5, "10 days"]\n}\n'
    )
    answer = tco("show", "model.json", "--json")
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert found["title"] == "é 😀 /"
    assert found["lines"]["tokens"]["value"] == 3e11
    assert found["lines"]["whole_servers"]["value"] == 0


# ---- standard input ------------------------------------------------------------------------------


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    """Put a text where a command reads standard input."""

    def put(text: str | bytes) -> None:
        content = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return put


def test_standard_input_is_a_scenario(
    desk: Path, tco: Command, piped: Callable[[str], None]
) -> None:
    for command, written in {
        ("build", "-", "--out", "out"): {"stdin.xlsx"},
        ("deck", "-", "--out", "out"): {"stdin.md", "stdin.html"},
        ("show", "-"): set(),
        ("explain", "-", "gpus"): set(),
    }.items():
        shutil.rmtree(desk / "out", ignore_errors=True)
        piped(GOOD)
        answer = tco(*command)
        assert (answer.code, answer.err) == (0, "")
        assert {path.name for path in desk.glob("out/*")} == written
        same = tco(command[0], "good.yaml", *command[2:])
        assert answer.out == re.sub(r"\bgood(\.yaml)?\b", "stdin", same.out)


def test_standard_input_in_other_places(
    desk: Path, tco: Command, piped: Callable[[str], None]
) -> None:
    """Beside a file, with a setting, and as what a new scenario is begun from."""
    piped(GOOD)
    answer = tco("build", "good.yaml", "-", "--out", "out", "--set", "mfu=30 %")
    assert (answer.code, answer.err) == (0, "")
    assert {path.name for path in desk.glob("out/*")} == {"good.xlsx", "stdin.xlsx"}
    piped(f"title: theirs\n{GOOD}")
    assert tco("new", "mine", "--from", "-").code == 0
    assert (desk / "mine.yaml").read_text() == f"title: mine\n{GOOD}"


def test_paths_in_standard_input_are_seen_from_here(
    desk: Path, tco: Command, refused: Refused, piped: Callable[[str], None]
) -> None:
    (desk / "own.csv").write_text(
        "id,chip,on_demand_price,date\nours,a100-sxm4-80gb,1.25,2026-11-01\n"
    )
    piped(f"catalogue: own.csv\n{GOOD}rent:\n  offer: ours\n")
    answer = tco("show", "-", "--json")
    assert answer.code == 0 and json.loads(answer.out)["lines"]["on_demand_price"]["value"] == 1.25
    piped(f"catalogue: nowhere.csv\n{GOOD}")
    assert refused("show", "-").startswith("<stdin>:1:12: there is no file or folder nowhere.csv")


STDIN_MISTAKES = {
    GOOD.replace("10 days", "10 km").encode(): "<stdin>:5:13: deadline_days: “km” is not a unit",
    b"parameters:70B\ntokens: 2T\ndeadline: 60 days\n": "<stdin>:1:11: there is no space after",
    b"": (
        "<stdin>: standard input is empty\n"
        "Send a scenario in, for example: tco build - < my-model.yaml"
    ),
    b" \n\n": "<stdin>: standard input is empty\n",
    b"# nothing\n": "<stdin>: the file is empty\n",
    b"PK\x03\x04\x00": "<stdin>: this is a workbook or another archive, not a scenario file",
    b"title: Mod\xe8le\n": "<stdin>:1:11: this character is not in UTF-8; the file is probably in",
    b"x" * 1_000_001: "<stdin>: the file has more than 1,000,000 bytes; a scenario has a few",
}


@pytest.mark.parametrize("content", STDIN_MISTAKES, ids=range(len(STDIN_MISTAKES)))
def test_a_mistake_in_standard_input(
    content: bytes, refused: Refused, piped: Callable[[bytes], None]
) -> None:
    piped(content)
    assert refused("build", "-", "--out", "out").startswith(STDIN_MISTAKES[content])


def test_standard_input_is_read_once(refused: Refused, piped: Callable[[str], None]) -> None:
    piped(GOOD)
    assert refused("build", "-", "good.yaml", "-", "--out", "out") == (
        "-: standard input can be read once\nName - once, or save it first."
    )


def test_no_standard_input_at_all(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("show", "-").startswith("<stdin>: standard input is empty\n")


def test_a_terminal_is_told_what_is_awaited(
    refused: Refused, piped: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped("")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert refused("show", "-").split("\n")[:2] == [
        "Type a scenario, then Ctrl-D (on Windows Ctrl-Z, Enter).",
        "<stdin>: standard input is empty",
    ]


def test_standard_input_and_a_file_of_its_name(
    desk: Path, refused: Refused, piped: Callable[[str], None]
) -> None:
    shutil.copy(desk / "good.yaml", desk / "stdin.yaml")
    piped(GOOD)
    assert refused("build", "-", "stdin.yaml", "--out", "out") == (
        f"{Path('out/stdin.xlsx')}: two scenarios would write this file\n"
        "Rename one of the scenario files."
    )


def test_a_file_called_dash_is_read_by_its_path(desk: Path, tco: Command) -> None:
    shutil.copy(desk / "good.yaml", desk / "-")
    answer = tco("show", "./-")
    assert (answer.code, answer.err) == (0, "")


@posix
def test_a_dangling_link(desk: Path, refused: Refused) -> None:
    (desk / "link.yaml").symlink_to("nowhere.yaml")
    assert refused("build", "link.yaml").startswith("link.yaml: there is no such file")


@posix
def test_a_device_without_text(refused: Refused) -> None:
    assert refused("build", "/dev/null") == (
        "/dev/null: the file is empty\nStart with a working one: tco new NAME"
    )


@not_root
def test_an_unreadable_file(desk: Path, refused: Refused) -> None:
    (desk / "good.yaml").chmod(0)
    assert refused("build", "good.yaml") == (
        "good.yaml: cannot be read: permission denied\nCheck the path and its permissions."
    )


def test_a_disk_that_fails(desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    """What permissions do on every account, root's too."""

    def fails(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "open", fails)
    monkeypatch.setattr(Path, "read_bytes", fails)
    assert refused("build", "good.yaml") == (
        "good.yaml: cannot be read: input/output error\nCheck the path and its permissions."
    )


@posix
def test_a_file_name_that_is_no_text(desk: Path, refused: Refused) -> None:
    name = os.fsdecode(b"\xff.yaml")
    try:
        (desk / name).write_text(GOOD)
    except OSError:
        pytest.skip("this file system takes no such name")
    assert refused("build", name) == (
        "�.yaml: the name of this file is not text in UTF-8\nRename the file."
    )


def test_one_bad_scenario_stops_the_good_one(desk: Path, refused: Refused) -> None:
    (desk / "bad.yaml").write_text(GOOD.replace("10 days", "10 km"))
    for order in (["good.yaml", "bad.yaml"], ["bad.yaml", "good.yaml"]):
        assert refused("build", *order, "--out", "out").startswith("bad.yaml:5:13: deadline_days:")
    said = refused("build", "nowhere", "bad.yaml", "good.yaml", "--out", "out")
    assert "nowhere: there is no such file" in said and "bad.yaml:5:13" in said


def test_two_scenarios_of_one_name(desk: Path, refused: Refused) -> None:
    (desk / "sub").mkdir()
    shutil.copy(desk / "good.yaml", desk / "sub")
    assert refused("build", "good.yaml", "sub/good.yaml", "--out", "out") == (
        f"{Path('out/good.xlsx')}: two scenarios would write this file\n"
        "Rename one of the scenario files."
    )


# ---- settings -----------------------------------------------------------------------------------

TYPE_MFU = 'Type for example: --set "mfu=40 %"'


SETTINGS = {
    "mfuu=0.4": (
        "--set: mfuu is neither an input nor a line\n  > | mfuu=0.4\n    | ^^^^\n"
        "Did you mean mfu? See every key with: tco show SCENARIO"
    ),
    "MFU=0.4": (
        "--set: MFU is neither an input nor a line\n  > | MFU=0.4\n    | ^^^\n"
        "Did you mean mfu? See every key with: tco show SCENARIO"
    ),
    "gpu price=1": (
        "--set: gpu price is neither an input nor a line\n  > | gpu price=1\n    | ^^^^^^^^^\n"
        "Did you mean gpu_price? See every key with: tco show SCENARIO"
    ),
    "zebra=1": (
        "--set: zebra is neither an input nor a line\n  > | zebra=1\n    | ^^^^^\n"
        "See every key with: tco show SCENARIO"
    ),
    "mfu": (
        "--set: a setting is a key, an equals sign and a value\n  > | mfu\n    | ^^^\n"
        "Type for example: --set mfu=0.4"
    ),
    "mfu=high": ("--set: mfu: “high” is not a number\n  > | mfu=high\n    |     ^^^^\n" + TYPE_MFU),
    "mfu=": ("--set: mfu has no value\n  > | mfu=\n    |     ^\n" + TYPE_MFU),
    "mfu=140 %": (
        "--set: mfu is 1.4: it must be above 0 and at most 1\n"
        "  > | mfu=140 %\n    |     ^^^^^\n"
        "MFU is useful model FLOP over peak FLOP while the job runs. " + TYPE_MFU
    ),
    "buy.mfu=0.4": (
        "--set: mfu is not below buy\n  > | buy.mfu=0.4\n    | ^^^^^^^\n"
        "Type for example: --set mfu=0.4"
    ),
    "zero_stage=0": (
        "--set: a100-sxm4-80gb at zero_stage 0: no fleet holds the model, each GPU has only"
        " 80 GB\n  > | zero_stage=0\n    |            ^\n"
        "With the rest of this scenario zero_stage can be: 3."
    ),
    "as_of=yesterday": (
        "--set: “yesterday” is not a date\n  > | as_of=yesterday\n    |       ^^^^^^^^^\n"
        "Type year-month-day, for example: 2026-11-21"
    ),
    "usd_rate=0.92": (
        "--set: usd_rate is 0.92, but the currency is the US dollar\n"
        "  > | usd_rate=0.92\n    |          ^^^^\n"
        "Delete usd_rate, or name the currency, for example: currency: EUR"
    ),
    "title=\x1b[31m\x07": (
        "--set: this text holds a character that no workbook can (code 27)\n"
        "  > | title=�[31m�\n    |       ^^^^^^\nDelete it."
    ),
    "mfu=0.4\udcd7": (  # a byte that is no text in UTF-8
        "--set: this text holds a character that no workbook can (code 56535)\n"
        "  > | mfu=0.4�\n    |     ^^^^\nDelete it."
    ),
    "mf\udcd7u=0.4": (
        "--set: this text holds a character that no workbook can (code 56535)\n"
        "  > | mf�u=0.4\n    | ^^^^\nDelete it."
    ),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_wrong_setting(setting: str, refused: Refused) -> None:
    said = refused("build", "good.yaml", "--out", "out", "--set", setting)
    assert said == SETTINGS[setting]


def test_every_wrong_setting_is_told_in_one_run(refused: Refused) -> None:
    said = refused("show", "good.yaml", "--set", "mfuu=1", "--set", "mfu=2", "--set", "pue=0.9")
    assert said.count("--set: ") == 3


def test_a_key_set_twice_takes_the_last(tco: Command) -> None:
    twice = tco("show", "good.yaml", "--json", "--set", "mfu=0.2", "--set", "mfu=0.5")
    once = tco("show", "good.yaml", "--json", "--set", "fleet.mfu=50 %")
    assert (twice.code, twice.err) == (0, "")
    assert twice.out == once.out


@pytest.mark.parametrize("setting", ["gpus=100", "buy_total=5_000_000", "rent_cost=1", "flop=1e20"])
def test_a_computed_line_may_be_set(setting: str, tco: Command, desk: Path) -> None:
    answer = tco("build", "good.yaml", "--out", "out", "--set", setting)
    assert (answer.code, answer.err) == (0, "")
    assert (desk / "out/good.xlsx").exists()


@pytest.mark.parametrize(
    "setting", ["parameters=1", "tokens=1e-300", "deadline=1e18 days", "reserved_price=1e30"]
)
def test_implausible_sizes_build_or_are_told(setting: str, tco: Command) -> None:
    """Never a traceback: a unit forgotten behind a number is a likely mistake."""
    answer = tco("build", "good.yaml", "--out", "out", "--set", setting)
    assert answer.code in (0, 2) and "Traceback" not in answer.err


# ---- texts that look like something else ---------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "=cmd|'/c calc'!A1",
        "+1+1",
        "@SUM(A1)",
        "模型 😀 נמוך",
        "a < b & c > d",
        "_x0041_ stays",
        "x" * 20_000,
    ],
)
def test_a_title_is_text_in_the_workbook(title: str, tco: Command, desk: Path) -> None:
    import openpyxl

    (desk / "titled.yaml").write_text(f'title: "{title}"\n{GOOD}', encoding="utf-8")
    assert tco("build", "titled.yaml", "--out", "out").code == 0
    path = desk / "out/titled.xlsx"
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))  # every part is XML that Excel can read
    sheet = openpyxl.load_workbook(path, read_only=True)["Summary"]
    stored = title.replace("_x0041_", "_x005F_x0041_")  # Excel would read _x0041_ as A
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == stored]
    assert found and all(cell.data_type == "s" for cell in found)


def test_a_text_longer_than_a_cell(desk: Path, refused: Refused) -> None:
    (desk / "long.yaml").write_text(f"title: {'x' * 40_000}\n{GOOD}")
    said = refused("build", "long.yaml", "--out", "out").split("\n")
    assert said[0] == "long.yaml:1:8: this text has 40,000 characters; a cell takes 30,000"
    assert len(said[1]) < 120 and said[2].lstrip(" |").startswith("^")
    assert said[3:] == ["Shorten it."]


def test_a_terminal_without_unicode(desk: Path) -> None:
    """A title in any script, printed where only ASCII can be shown."""
    (desk / "titled.yaml").write_text(f"title: 模型\n{GOOD}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tco", "build", "titled.yaml", "--out", "out"],
        cwd=desk, env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (desk / "out/titled.xlsx").exists()


def test_an_anchor_used_again_is_no_mistake(desk: Path, tco: Command) -> None:
    """YAML lets the later one count; a library's warning about it is nothing a user can act on."""
    (desk / "twice.yaml").write_text(
        f"{GOOD}buy:\n  gpu_price: {{value: 9_000, source: &a one}}\n"
        "  staff_cost: {value: 1_000_000, source: &a two}\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = tco("show", "twice.yaml")
    assert (answer.code, answer.err) == (0, "")


# ---- outputs that cannot be written -------------------------------------------------------------


@pytest.mark.parametrize(("out", "why"), [("taken", "file exists"),
                                          ("taken/below", "not a directory")])  # fmt: skip
@pytest.mark.parametrize(("command", "suffix"), [("build", "xlsx"), ("deck", "md")])
def test_the_output_folder_is_a_file(
    out: str, why: str, command: str, suffix: str, desk: Path, refused: Refused
) -> None:
    (desk / "taken").touch()
    assert refused(command, "good.yaml", "--out", out) == (
        f"{Path(out) / f'good.{suffix}'}: cannot be written: {why}\n"
        "Name another folder, or make this one writable."
    )


@not_root
def test_a_read_only_folder(desk: Path, refused: Refused) -> None:
    (desk / "out").mkdir(mode=0o500)
    assert refused("build", "good.yaml", "--out", "out") == (
        f"{Path('out/good.xlsx')}: cannot be written: permission denied\n"
        "Name another folder, or make this one writable."
    )


def test_a_full_disk(desk: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on every account: the system refuses a new file."""

    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (desk / "out").mkdir()
    monkeypatch.setattr("tempfile.mkstemp", fails)
    assert refused("build", "good.yaml", "--out", "out") == (
        f"{Path('out/good.xlsx')}: cannot be written: no space left on device\n"
        "Name another folder, or make this one writable."
    )


def test_a_folder_in_the_place_of_one_workbook_stops_both(desk: Path, refused: Refused) -> None:
    shutil.copy(desk / "good.yaml", desk / "also.yaml")
    (desk / "out/good.xlsx").mkdir(parents=True)
    assert refused("build", "also.yaml", "good.yaml", "--out", "out", "--force") == (
        f"{Path('out/good.xlsx')}: cannot be written: is a directory\n"
        "Name another folder, or make this one writable."
    )


@posix
@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize(
    ("make", "kind"),
    [(os.mkfifo, "pipe"), (lambda path: path.symlink_to("/dev/zero"), "device"),
     (lambda path: path.symlink_to("/dev/urandom"), "device")],
)  # fmt: skip
def test_what_is_no_file_is_neither_read_nor_replaced(
    make: Callable[[Path], object], kind: str, force: list[str], desk: Path, refused: Refused
) -> None:
    (desk / "out").mkdir()
    make(desk / "out/good.xlsx")
    assert refused("build", "good.yaml", "--out", "out", *force) == (
        f"{Path('out/good.xlsx')}: this is a {kind}, not a file\nName another folder with --out."
    )


def test_a_workbook_that_would_unpack_to_too_much_is_not_ours(target: Path) -> None:
    """What stands in the way is read piece by piece too."""
    from tco.workbook.package import is_untouched

    assert is_untouched(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert is_untouched(target), "packed otherwise, with the same contents"
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", bytes(50 << 20))
    assert not is_untouched(target)


def test_a_folder_in_the_place_of_a_workbook_was_not_edited(desk: Path, refused: Refused) -> None:
    for name in ("good.xlsx", "good.md"):
        (desk / "out" / name).mkdir(parents=True)
    for command, name in (("build", "good.xlsx"), ("deck", "good.md")):
        assert refused(command, "good.yaml", "--out", "out") == (
            f"{Path('out') / name}: cannot be written: is a directory\n"
            "Name another folder, or make this one writable."
        )


# ---- workbooks that are there already -----------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook as tco writes it; tests work on copies."""
    from tco.read.loading import load
    from tco.workbook.build import workbook as made

    folder = tmp_path_factory.mktemp("workbook")
    (folder / "good.yaml").write_text(GOOD)
    path = folder / "good.xlsx"
    path.write_bytes(made(load(str(folder / "good.yaml"))))
    return path


@pytest.fixture
def target(desk: Path, workbook: Path) -> Path:
    """A workbook where the build of the good scenario would write its own."""
    (desk / "out").mkdir()
    return Path(shutil.copy(workbook, desk / "out"))


def build(run: Callable[..., object], *more: str) -> object:
    return run("build", "good.yaml", "--out", "out", *more)


def test_an_edited_workbook_is_kept_until_forced(
    target: Path, workbook: Path, refused: Refused, tco: Command
) -> None:
    import openpyxl

    book = openpyxl.load_workbook(target)
    book["Inputs"]["E8"] = 0.5
    book.save(target)
    path = Path("out/good.xlsx")
    assert build(refused) == (
        f"{path}: this workbook was edited since tco wrote it, in 1 cell: Inputs!E8\n"
        f"Take the changes into the file with: tco pull {path} good.yaml. Or keep the workbook by "
        "naming another folder with --out, or replace it with --force."
    )
    assert build(tco, "--force").code == 0
    assert target.read_bytes() == workbook.read_bytes()


def test_an_untouched_workbook_is_replaced(target: Path, tco: Command) -> None:
    before = target.stat().st_mtime_ns
    assert build(tco, "--set", "mfu=0.5").code == 0
    assert target.stat().st_mtime_ns != before


def test_an_untouched_workbook_of_another_version_is_replaced(desk: Path, tco: Command) -> None:
    old = (
        "import sys, tco; tco.__version__ = '0.0.1';"
        "sys.argv = ['tco', 'build', 'good.yaml', '--out', 'out'];"
        "from tco.cli import run; run()"
    )
    subprocess.run([sys.executable, "-c", old], cwd=desk, check=True, capture_output=True)
    assert _version(desk / "out/good.xlsx") == "0.0.1"
    assert build(tco).code == 0
    assert _version(desk / "out/good.xlsx") != "0.0.1"


def _version(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        found = re.search(rb'name="tco_version".*?>([\d.]+)<', archive.read("docProps/custom.xml"))
    assert found
    return found[1].decode()


@pytest.mark.parametrize("kind", ["text", "empty", "cut", "broken", "foreign"])
def test_a_file_that_is_not_ours_is_kept(kind: str, target: Path, refused: Refused) -> None:
    spoil(kind, target)
    assert build(refused) == f"{Path('out/good.xlsx')}: {EDITED}\n{HINT}"


def spoil(kind: str, path: Path) -> None:
    """Turn a workbook of ours into a file that is none."""
    content = path.read_bytes()
    if kind == "foreign":
        import openpyxl

        openpyxl.Workbook().save(path)
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hello.txt", "hello")
    else:
        path.write_bytes(
            {
                "text": b"a letter\n",
                "empty": b"",
                "cut": content[: len(content) // 2],
                "broken": content[:3000] + bytes(200) + content[3200:],
            }[kind]
        )


# ---- verify -------------------------------------------------------------------------------------


OWN = "Name an .xlsx that tco wrote."
FETCH = "Fetch the file again, or write it again: tco build"
TEXT = f"this is a text, not a workbook\n{OWN} A scenario becomes one by: tco build"
NO_WORKBOOK = {
    "text": TEXT,
    "empty": "the file is empty\nWrite it again: tco build",
    "cut": f"the zip archive is cut off or damaged\n{FETCH}",
    "zip": f"this is a zip archive that holds no workbook\n{OWN}",
}


@pytest.mark.parametrize("kind", NO_WORKBOOK)
def test_verify_names_what_is_no_workbook(kind: str, target: Path, refused: Refused) -> None:
    spoil(kind, target)
    assert refused("verify", "out/good.xlsx") == f"{Path('out/good.xlsx')}: {NO_WORKBOOK[kind]}"


def test_verify_names_the_part_that_is_broken(target: Path, refused: Refused) -> None:
    spoil("broken", target)
    said = refused("verify", "out/good.xlsx")
    assert re.search(r"good.xlsx: its part .* is damaged\n", said) and said.endswith(FETCH)


def test_verify_a_missing_file_and_a_folder(desk: Path, refused: Refused) -> None:
    assert refused("verify", "nowhere.xlsx") == (
        "nowhere.xlsx: there is no such file\nWrite it first: tco build"
    )
    (desk / "folder.xlsx").mkdir()
    assert (
        refused("verify", "folder.xlsx") == f"folder.xlsx: this is a folder, not a workbook\n{OWN}"
    )


def plant(path: Path) -> str:
    """Change the stored value of one formula cell; its name is returned."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    pattern = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v>)(\d{4,}(?:\.\d+)?)(</v>)')
    found = pattern.search(parts["xl/worksheets/sheet1.xml"])
    assert found, "the first sheet has a formula with a number"
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: found.start(3)] + b"77" + sheet[found.end(3) :]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return f"Board!{found[2].decode()}"


def test_verify_finds_a_planted_value_and_names_its_cell(target: Path, tco: Command) -> None:
    cell = plant(target)
    answer = tco("verify", "out/good.xlsx")
    assert (answer.code, answer.err) == (1, "")
    assert "formula cells, 1 differ\n" in answer.out
    assert f"  {cell}: stored 77.0, recalculated " in answer.out


def test_verify_goes_on_after_a_file_it_cannot_read(target: Path, tco: Command) -> None:
    cell = plant(target)
    answer = tco("verify", "nowhere.xlsx", "out/good.xlsx", "good.yaml")
    assert answer.code == 2 and cell in answer.out
    assert "nowhere.xlsx: there is no such file" in answer.err
    assert f"good.yaml: {TEXT}" in answer.err


# ---- deck ---------------------------------------------------------------------------------------


@pytest.fixture
def template(desk: Path) -> Callable[[str], str]:
    """Write a template for Markdown; what to say after the mistake is returned."""

    def write(text: str | bytes) -> str:
        (desk / "own").mkdir()
        content = text if isinstance(text, bytes) else text.encode()
        (desk / "own/board.md.j2").write_bytes(content)
        return f"Compare with the bundled one: {bundled('templates') / 'board.md.j2'}"

    return write


def test_a_good_template_of_ones_own(
    desk: Path, tco: Command, template: Callable[[str], str]
) -> None:
    template("# {{ board.title }}, once more\n")
    answer = tco("deck", "good.yaml", "--template", "own", "--out", "out")
    assert (answer.code, answer.err) == (0, "")
    assert (desk / "out/good.md").read_text(encoding="utf-8") == "# good, once more\n"
    assert "<html" in (desk / "out/good.html").read_text(encoding="utf-8")


TEMPLATES = {
    "# Title\n{% for one in %}\n": (
        ":2:1: the template does not work: Expected an expression, got 'end of statement block'"
        "\n  2 | {% for one in %}\n    | ^^^^^^^^^^^^^^^^"
    ),
    "{{ bored.title }}\n": (
        ":1:1: the template does not work: 'bored' is undefined"
        "\n  1 | {{ bored.title }}\n    | ^^^^^^^^^^^^^^^^^"
    ),
    "# Title\n\n  {{ board.nonsense }}\n": (
        ":3:3: the template does not work: "
        "'tco.page.printed.Board object' has no attribute 'nonsense'\n"
        "  3 |   {{ board.nonsense }}\n    |   ^^^^^^^^^^^^^^^^^^^^"
    ),
    "{{ 1 / 0 }}\n": (
        ":1:1: the template does not work: division by zero\n  1 | {{ 1 / 0 }}\n    | ^^^^^^^^^^^"
    ),
    "{{ board.title | shout }}\n": (
        ":1:1: the template does not work: No filter named 'shout'."
        "\n  1 | {{ board.title | shout }}\n    | ^^^^^^^^^^^^^^^^^^^^^^^^^"
    ),
}


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_that_does_not_work(
    text: str, refused: Refused, template: Callable[[str], str]
) -> None:
    remedy = template(text)
    place = Path("own/board.md.j2")
    assert refused("deck", "good.yaml", "--template", "own", "--out", "out") == (
        f"{place}{TEMPLATES[text]}\n{remedy}"
    )


def test_a_template_that_is_no_text(refused: Refused, template: Callable[[bytes], str]) -> None:
    remedy = template(b"\xff\xfe\x00")
    said = refused("deck", "good.yaml", "--template", "own", "--out", "out").split("\n")
    assert said[0].startswith(f"{Path('own/board.md.j2')}: the template does not work: ")
    assert said[1:] == [remedy]


def test_a_template_folder_that_holds_none(desk: Path, refused: Refused) -> None:
    names = "board.md.j2, board.html.j2 or board.pptx"
    (desk / "empty").mkdir()
    for folder, wrong in (
        ("nowhere", "there is no such folder"),
        ("good.yaml", "there is no such folder"),
        ("empty", f"holds no {names}"),
    ):
        assert refused("deck", "good.yaml", "--template", folder, "--out", "out") == (
            f"{folder}: {wrong}\nName a folder that holds {names}."
        )


@pytest.mark.parametrize(
    ("form", "wrong"), [("pdf", ["pdf"]), ("md,pdf,docx", ["pdf", "docx"]), (",", ["nothing"])]
)
def test_a_format_that_is_none(form: str, wrong: list[str], refused: Refused) -> None:
    assert refused("deck", "good.yaml", "--format", form, "--out", "out") == "\n\n".join(
        f"--format: {one} is not a format of a deck\nIt is one of: md, html, pptx." for one in wrong
    )


# ---- the other commands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "hint"),
    [("gpu", "Did you mean gpus? "), ("MFU", "Did you mean mfu? "), ("zebra", ""), ("", "")],
)
def test_explain_a_key_that_is_none(key: str, hint: str, refused: Refused) -> None:
    assert refused("explain", "good.yaml", key) == (
        f"explain: “{key}” is neither an input nor a line\n"
        f"{hint}See every key with: tco show SCENARIO"
    )


def test_a_catalogue_table_that_is_none(refused: Refused) -> None:
    assert refused("catalogue", "nonsense") == (
        "catalogue: there is no table nonsense\n"
        f"It is one of: {', '.join(shipped().tables)}. Add a list with: tco catalogue add FILE"
    )


@pytest.mark.parametrize("name", ["good", "good.yaml"])
def test_new_keeps_a_file_that_is_there(name: str, refused: Refused) -> None:
    assert refused("new", name) == "good.yaml: this file is there already\nChoose another name."


@pytest.mark.parametrize("name", ["two words", "", ".yaml", "..", "a:b", "tab\there"])
def test_new_with_a_name_for_no_file(name: str, refused: Refused) -> None:
    shown = name.replace("\t", " ")
    assert refused("new", name) == (
        f"{shown}: this is no name for a file\nType for example: tco new my-model"
    )


def test_new_below_a_file(refused: Refused) -> None:
    assert refused("new", "good.yaml/mine") in {
        f"{Path('good.yaml/mine.yaml')}: cannot be written: {why}\n"
        "Name another folder, or make this one writable."
        for why in ("not a directory", "file exists")
    }


def test_new_from_what_is_no_scenario(desk: Path, refused: Refused) -> None:
    (desk / "folder").mkdir()
    (desk / "picture.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    assert refused("new", "mine", "--from", "folder").startswith("folder: this is a folder")
    assert refused("new", "mine", "--from", "picture.yaml").startswith(
        "picture.yaml: this is a picture"
    )


def test_new_makes_a_scenario_that_builds(desk: Path, tco: Command) -> None:
    for name in ("mine", "deeper/mine-2"):
        answer = tco("new", name)
        assert (answer.code, answer.err) == (0, "")
        assert tco("build", f"{name}.yaml", "--out", "out").code == 0
    assert {"mine.yaml", "deeper/mine-2.yaml", "out/mine.xlsx"} <= {
        name.replace(os.sep, "/") for name in contents(desk)
    }


@pytest.mark.parametrize(
    "arguments", [["buidl"], ["build"], ["build", "good.yaml", "--nonsense"], ["build", "--set"],
                  ["show", "good.yaml", "good.yaml"], ["catalogue"], ["verify"]]
)  # fmt: skip
def test_a_command_line_that_is_none(arguments: list[str], refused: Refused) -> None:
    said = refused(*arguments)
    assert "Error: " in said or "Usage: " in said


def test_did_you_mean_a_command(refused: Refused) -> None:
    assert "Did you mean 'build'?" in refused("buidl")
