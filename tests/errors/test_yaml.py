"""YAML as people write it: what is taken, what is warned of, and what is bounded."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tco.errors import MOST_TOLD, Mistake, Mistakes, Place, printable_json, printable_lines
from tco.files import bundled
from tco.read.document import Document, read_document
from tco.read.keys import is_key
from tco.read.loading import load
from tests.errors.conftest import GOOD, Answer

Command = Callable[..., Answer]
Refused = Callable[..., str]

TREES = [path.read_text(encoding="utf-8") for path in sorted(bundled("scenarios").glob("*.yaml"))]


def read(text: str) -> Document:
    return read_document("f.yaml", text, is_key)


def mistaken(text: str) -> list[Mistake]:
    with pytest.raises(Mistakes) as caught:
        read(text)
    return list(caught.value.mistakes)


def at(document: Document) -> dict[Any, tuple[int, int]]:
    """Where every value stands."""
    return {path: (place.line, place.column) for path, place in document.values.items()}


# ---- tabs --------------------------------------------------------------------------------------

# Parts of a file, with § where YAML lets white space stand, and ¬ where some has to.
PARTS = (
    "§# A comment above§\ntitle:¬A model of mine, the second§\n",
    "currency§:¬EUR¬# as a comment§\n",
    "as_of:¬'2026-11-21'§\n§\n",
    'usd_rate:¬{§value§:¬0.92§,¬date:¬2026-11-20§,§\n§source:¬"our: treasury"§}§\n',
    "workload:§\n  kind§:¬pipeline§\n§\n  parameters:§\n    value:¬70B¬#§\n    note:¬it's ours§\n",
    "stages:§\n§\n  -¬Pre-training§\n§# between§\n  - stage:¬Tuning§\n    flop:¬1e22§\n",
    "fleet:§\n  mfu:§\n    value:¬40 %§\n    note:¬|§\n      a text¬of ours\n      in lines\n§\n",
    "buy:¬&prices§\n  gpu_price:¬&one¬10_000§\n  staff_cost:¬*one§\n",
    "rent:¬>-¬# folded§\n  some\n  words\n",
    "catalogue:¬[§a.csv§,¬b.csv§]¬# lists§\n",
    "own:¬{§}§\n§\n",
    "deadlines:§\n-¬5 days§\n-¬{§days:¬10§}§\n",
    "energy:§\n  region:¬a text¬over\n    two¬lines§\n  pue:¬1.2§\n",
)
INDENTED = "".join(PARTS[at] for at in (0, 4, 5, 7)).replace("§", "").replace("¬", " ")


def separated(parts: list[str], white: Callable[[bool], str]) -> str:
    """A file of such parts: `white(needed)` is what stands at each mark."""
    return re.sub("[§¬]", lambda mark: white(mark[0] == "¬"), "".join(parts))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_legal_tabs_change_nothing(data: st.DataObject) -> None:
    """As many as one likes, wherever they may stand; each value is found at its own place."""
    parts = data.draw(st.lists(st.sampled_from(PARTS), min_size=1, unique=True))
    needed, free = st.sampled_from(["\t", "\t\t", " \t", "\t "]), st.sampled_from(["", "\t", " \t"])
    kept = "a text¬of ours"  # below |, white space is part of the text
    parts = [part.replace(kept, "a text of ours") for part in parts]
    inside = [part.replace("a text¬over", "a text over").replace("two¬lines", "two lines")
              for part in parts]  # fmt: skip
    plain = separated(inside, lambda must: " " * must)
    tabbed = separated(inside, lambda must: data.draw(needed if must else free))
    before, after = read(plain), read(tabbed)
    assert after.tree == before.tree
    assert (after.mistakes, after.warnings) == ([], [])
    lines = tabbed.split("\n")
    assert list(after.values) == list(before.values)
    for path, place in after.values.items():
        there = before.values[path]
        assert (place.line, place.width) == (there.line, there.width) or place.width > there.width
        word = there.excerpt[there.column - 1 :][:3].strip()
        assert lines[place.line - 1][place.column - 1 :].startswith(word[:1])


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('a: "x\ty"\t# c\n', {"a": "x\ty"}),
        ("a: 'x\t\ty'\n", {"a": "x\t\ty"}),
        ('a: "x\\ty"\n', {"a": "x\ty"}),
        ("a: x\ty\n", {"a": "x\ty"}),
        ("a: |\n  x\ty\n  \tz\n", {"a": "x\ty\n\tz\n"}),
        ("a: >-\n  x\ty\n  z\n", {"a": "x\ty z"}),
        ("a: |\t# c\n  x\n\t\n  y\n", {"a": "x\n\ny\n"}),
        ('a: "x\n\ty"\n', {"a": "x y"}),
        ("a:\n \tx\n", {"a": "x"}),
        ("a: x\n \ty\n", {"a": "x y"}),
        ("\t{a: 1}\n", {"a": "1"}),
        ('{\n\t"a": {\n\t\t"b": [\n\t\t\t1\n\t\t]\n\t}\n}\n', {"a": {"b": ["1"]}}),
        ("? a\t\n:\tb\n", {"a": "b"}),
        ("---\t# c\na: 1\n...\t\n", {"a": "1"}),
        ("\t\n\t# c\n \t\na: 1\n\t", {"a": "1"}),
    ],
)
def test_tabs_in_texts_are_kept_and_others_taken(text: str, tree: Any) -> None:
    assert read(text).tree == tree


@pytest.mark.parametrize("line", range(1, INDENTED.count("\n") + 1))
def test_a_tab_that_indents_is_refused_where_it_stands(line: int) -> None:
    """In each line of a file, at each place of its indentation."""
    lines = INDENTED.split("\n")
    whole = lines[line - 1]
    if not whole.strip() or whole.lstrip().startswith("#"):
        assert read("\n".join([*lines[: line - 1], f"\t{whole}", *lines[line:]])).mistakes == []
        return
    for column in range(len(whole) - len(whole.lstrip()) + 1):
        tabbed = f"{whole[:column]}\t{whole[column:]}"
        (only,) = mistaken("\n".join([*lines[: line - 1], tabbed, *lines[line:]]))
        assert only == Mistake(
            Place("f.yaml", line, column + 1, tabbed),
            "a tab is used for indentation", "Use spaces: two for each level.",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n\tb: 1\n", 2, 1),
        ("a:\n  -\tb: 1\n", 2, 4),
        ("a:\n  - \tb: 1\n", 2, 5),
        ("a:\n-\t- b\n", 2, 2),
        ("a: |\n\tx\n", 2, 1),
        ("a:\n  b: |\n  \t x\n", 3, 3),
        ("a: x\n\ty\n", 2, 1),
        ("\ta: 1\n", 1, 1),
        ("a:\n\t- 1\n\t- 2\n", 2, 1),
        ("a:\n  b: 1\n\tc: 2\n", 3, 1),
        ("?\ta: 1\n: 2\n", 1, 2),
    ],
)
def test_other_tabs_that_indent(text: str, line: int, column: int) -> None:
    (only,) = mistaken(text)
    assert (only.wrong, only.place.line, only.place.column) == (
        "a tab is used for indentation", line, column,
    )  # fmt: skip


@pytest.mark.parametrize("text", TREES)
def test_scenarios_are_read_as_without_our_scanner(text: str) -> None:
    """What the library's own scanner takes, ours takes alike."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

    def plain(node: Node) -> Any:
        if isinstance(node, ScalarNode):
            empty = node.style is None and node.value in ("", "~", "null")
            return None if empty else node.value
        if isinstance(node, MappingNode):
            return {key.value: plain(value) for key, value in node.value}
        return [plain(one) for one in node.value]

    assert read(text).tree == plain(YAML(typ="safe", pure=True).compose(text))


# ---- what stands behind a # --------------------------------------------------------------------

CUT = {
    "source: quote Acme #4711 of 2 Nov": ("source", "quote Acme #4711 of 2 Nov"),
    "source: quote Acme\t#12-b": ("source", None),
    "note: an offer #A7": ("note", "an offer #A7"),
    "source: #4711": ("source", "#4711"),
    'source: "Acme"#4711': ("source", "Acme#4711"),
    "title: Model #2": ("title", "Model #2"),
    "stage: Run #2": ("stage", "Run #2"),
    "stage: a run of ours #b": ("stage", "a run of ours #b"),
    "source: 2026 offer #4711": ("source", "2026 offer #4711"),
    "source: modèle 模型 #4711": ("source", "modèle 模型 #4711"),
    "- Run #2": ("the text", "Run #2"),
    "mfu: {value: 40 %,\n  source: Acme #4711\n  }": ("source", "Acme #4711"),
    "source: first\n  line #2": ("source", "first line #2"),
}
NOT_CUT = (
    "source: quote Acme # from the vendor", "source: quote Acme #", "source: quote Acme #-----",
    "source: Acme ## 4711", "mfu: 40 % #0.4", "mfu: 40 % #assumed", "gpu_price: 10_000 #9_000",
    "deadline: 60 days #90 days", "chip: h100-sxm5-80gb #the best", "kind: train #or budget",
    'source: "quote Acme #4711"', "source: 'quote Acme #4711'", 'source: "quote Acme" #4711',
    "source: quote Acme#4711", "source: https://example.org/#4711", "source: # from the vendor",
    "mfu: #0.4", "source: |\n  quote Acme #4711", "#4711\na: 1", "fleet: #4711\n  mfu: 40 %",
    "mfu: {value: 40 %, source: us} #4711",
)  # fmt: skip


@pytest.mark.parametrize("text", CUT)
def test_a_text_that_a_hash_cuts_is_warned_of(text: str) -> None:
    (warning,) = read(f"{text}\n").warnings
    key, meant = CUT[text]
    assert warning.wrong == f"what stands behind # is a comment, so it is not part of {key}"
    place = warning.place
    assert place.excerpt[place.column - 1] == "#"
    assert place.column - 1 + place.width == len(place.excerpt)
    leaf = "" if key == "the text" else f"{key}: "
    if meant:
        assert warning.remedy == (
            f'Put the text in quotation marks: {leaf}"{meant}"; '
            "or, for a comment, type a space behind the #."
        )
        # What it says to type is read whole, and without a warning.
        again = read(f'{leaf}"{meant}"\n')
        assert again.warnings == [] and meant in str(again.tree)


@pytest.mark.parametrize("text", NOT_CUT)
def test_an_ordinary_comment_is_not(text: str) -> None:
    assert read(f"{text}\n").warnings == []


def test_a_text_with_quotation_marks_is_shown_in_others() -> None:
    (warning,) = read('source: the "best" of it\'s #2\n').warnings
    shown = re.search(r"source: ('.*'); or", warning.remedy)
    assert shown and read(f"source: {shown[1]}\n").tree == {"source": 'the "best" of it\'s #2'}


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ('source: quote Acme"', True),
        ('source: the "new" offer"', True),
        ('note: a rack of 24" width', False),
        ('note: the "new"', False),
        ("note: the providers'", False),
        ('note: "all of it"', False),
    ],
)
def test_a_quotation_mark_that_closes_nothing(text: str, warned: bool) -> None:
    found = [one.wrong for one in read(f"{text}\n").warnings]
    assert found == ["this quotation mark closes nothing, so it is part of the text"] * warned


def test_warnings_go_to_stderr_once_and_stop_nothing(desk: Path, tco: Command) -> None:
    text = GOOD.replace("300B", "{value: 300B, source: quote Acme #4711\n  }")
    (desk / "hash.yaml").write_text(text)
    said = (
        "hash.yaml:4:44: warning: what stands behind # is a comment, so it is not part of source\n"
        "  4 |   tokens: {value: 300B, source: quote Acme #4711\n"
        "    |                                            ^^^^^\n"
        'Put the text in quotation marks: source: "quote Acme #4711"; or, for a comment, type a '
        "space behind the #.\n\n"
    )
    for command in (["build", "hash.yaml"], ["show", "hash.yaml", "--json"]):
        answer = tco(*command)
        assert (answer.code, answer.err) == (0, said)
    assert json.loads(answer.out)["lines"]["tokens"]["value"] == 3e11
    assert len(load(str(desk / "hash.yaml")).warnings) == 1


def test_many_warnings_are_counted(desk: Path, tco: Command) -> None:
    row = "  - {{stage: s{0}, basis: flop, flop: 1e20, gpus: 8,\n     note: a b #{0}\n    }}\n"
    rows = "".join(map(row.format, range(MOST_TOLD + 5)))
    (desk / "rows.yaml").write_text(
        f"workload:\n  kind: pipeline\n  parameters: 7B\n  deadline: 90 days\n  stages:\n{rows}"
        "fleet:\n  chip: a100-sxm4-80gb\n"
    )
    answer = tco("show", "rows.yaml")
    assert answer.code == 0, answer.err
    assert answer.err.count("warning: ") == MOST_TOLD
    assert answer.err.endswith("\n\nand 5 more warnings\n")


# ---- keys --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Parameters", "parameters"), ("TOKENS", "tokens"), ("Dead-line", "deadline"),
        ("gpu price", "gpu_price"), ("gpuPrice", "gpu_price"), ("GPU_Price", "gpu_price"),
        ("zero-stage", "zero_stage"), ("As_Of", "as_of"), ("Usd-Rate", "usd_rate"),
        ("Whole Servers", "whole_servers"), ("Published", "published"), ("STAGES", "stages"),
    ],
)  # fmt: skip
def test_keys_are_known_in_other_letters(written: str, meant: str) -> None:
    from tco.read.keys import _known, _letters

    assert is_key(written) and _known()[_letters(written)] == meant


@pytest.mark.parametrize("word", ["arXiv", "doi", "https", "zebra", "C", "mine", ""])
def test_other_words_are_no_keys(word: str) -> None:
    assert not is_key(word)


def test_every_key_has_letters_of_its_own() -> None:
    """Else one in other letters could mean two."""
    from tco.lines import Given, GivenRows, Line
    from tco.model import KINDS, modules_of
    from tco.read.keys import _known

    names = {
        name
        for kind in KINDS
        for module in modules_of(kind, owned=True)
        for name, item in vars(module).items()
        if isinstance(item, Given | Line | GivenRows)
    }
    assert names <= set(_known().values())


def test_names_below_a_key_that_is_none_are_left_alone(refused: Refused, desk: Path) -> None:
    (desk / "cases.yaml").write_text(f"{GOOD}scenes:\n  Rent: {{MFU: 0.4}}\n  GPU price: 1\n")
    said = refused("show", "cases.yaml")
    assert said.startswith("cases.yaml:8:1: scenes is not a key of a scenario")
    assert said.count("is not a key") == 1


def test_texts_that_look_like_keys_are_texts() -> None:
    text = (
        "source: arXiv:2005.14165\nnote:\n  arXiv:2005.14165\ntitle: mfu:40\n"
        "catalogue: [prices:2.csv]\ndeadlines:\n- doi:10.1\n- https://example.org:80/a\n"
        'own: "value:40"\npublished:\n  a text of ours\n  value:40 more\n'
    )
    found = read(text)
    assert (found.mistakes, found.warnings) == ([], [])
    assert found.tree["note"] == "arXiv:2005.14165" and found.tree["title"] == "mfu:40"
    assert found.tree["published"] == "a text of ours value:40 more"


@pytest.mark.parametrize("count", [1, 5, MOST_TOLD, MOST_TOLD + 7])
def test_every_colon_is_told_with_its_line(count: int) -> None:
    lines = [f"{key}:1" for key in itertools.islice(_keys(), count)]
    said = (read("\n".join(lines)).mistakes if count < MOST_TOLD else mistaken("\n".join(lines)))[
        :MOST_TOLD
    ]
    assert sorted(one.place.line for one in said) == list(range(1, min(count, MOST_TOLD) + 1))
    for one in said:
        key = lines[one.place.line - 1][:-2]
        assert one.place.column == len(key) + 1
        assert one.remedy == f"Write a space after the colon: {key}: 1"


def _keys() -> list[str]:
    from tco.read.keys import _known

    return [key for key in _known().values() if key.isidentifier()]


def test_places_stay_right_behind_what_was_put_in() -> None:
    text = (
        "mfu: {value：   40 %, low:30 %, source:us}\nfleet:\n  chip:h100\n  pue：1.2\n  tokens= 5\n"
    )
    found = read(text)
    assert found.tree == {
        "mfu": {"value": "40 %", "low": "30 %", "source": "us"},
        "fleet": {"chip": "h100", "pue": "1.2", "tokens": "5"},
    }
    lines = text.split("\n")
    for path, place in found.values.items():
        value = found.tree
        for step in path:
            value = value[step]
        if isinstance(value, str):
            assert place.excerpt == lines[place.line - 1]
            assert place.excerpt[place.column - 1 :].startswith(value), (path, place)
    for path, place in found.keys.items():
        assert place.excerpt[place.column - 1 :].startswith(path[-1]), (path, place)
    assert sorted((one.place.line, one.place.column) for one in found.mistakes) == [
        (1, 12), (1, 25), (1, 38), (3, 7), (4, 6), (5, 9)
    ]  # fmt: skip


# ---- bounds ------------------------------------------------------------------------------------

DEEP = "this is nested deeper than any scenario"
MANY = "this file has more than 20,000 values; a scenario has a few hundred"
ALIASES = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in itertools.pairwise("abcde")
)
LARGE = {
    "brackets": ("[" * 100_000, DEEP),
    "brackets in a value": ("title: " + "{a: [" * 50_000, DEEP),
    "dashes": ("- " * 100_000, DEEP),
    "questions": ("? " * 100_000, DEEP),
    "blocks": ("".join(f"{' ' * at}a:\n" for at in range(500)), DEEP),
    "aliases": (ALIASES, "anchors and aliases make this file larger than any scenario"),
}
WIDE = {  # by what there are many of
    "rows": "stages:\n" + "- {stage: a, flop: 1e20}\n" * 300,
    "items": f"deadlines: [{'5, ' * 600}]",
    "keys": "".join(f"zebra{at}: 1\n" for at in range(1_100)),
    "one key again": "a: 1\n" * 1_100,
    "keys in brackets": f"title: {{{'a, ' * 1_100}}}",
    "texts in quotation marks": "title: [" + '"a", ' * 600 + "]",
}


@pytest.mark.parametrize("case", LARGE)
def test_what_no_scenario_has_is_refused_with_its_place(case: str) -> None:
    text, wrong = LARGE[case]
    (only,) = mistaken(text)
    assert only.wrong == wrong and only.place.line >= 1 and only.place.column >= 1


@pytest.mark.parametrize("case", WIDE)
def test_too_many_values_are_refused(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before they are all read: the bound is lower here, so that the test is quick."""
    assert read(WIDE[case]).tree
    for module in ("scanning", "document"):
        monkeypatch.setattr(f"tco.read.{module}.MOST_VALUES", 500)
    (only,) = mistaken(WIDE[case])
    assert only.wrong == MANY and 1 <= only.place.line <= WIDE[case].count("\n") + 1


def test_many_mistakes_are_counted_and_some_told(refused: Refused, desk: Path) -> None:
    for name, line in {"far": "  zebra{}: 1\n", "near": "  mfu{}: 1\n", "twice": "  mfu: 1\n",
                       "capital": "  Mfu: 1\n"}.items():  # fmt: skip
        many = "".join(line.format(at) for at in range(2_000))
        (desk / f"{name}.yaml").write_text(GOOD + many)
        said = refused("show", f"{name}.yaml").split("\n\n")
        assert len(said) == MOST_TOLD + 1, name
        assert re.fullmatch(r"and 1,9[67]\d more mistakes", said[-1]), said[-1]


def test_no_more_is_worked_out_than_is_told(
    refused: Refused, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finding out what was meant takes a while for each."""
    from tco.read.unknown import Unknown

    worked: list[str] = []
    explain = Unknown.remedy

    def counted(self: Unknown, key: str, *more: Any) -> tuple[str, bool]:
        worked.append(key)
        return explain(self, key, *more)

    monkeypatch.setattr(Unknown, "remedy", counted)
    (desk / "many.yaml").write_text(GOOD + "".join(f"  zebra{at}: 1\n" for at in range(500)))
    assert refused("show", "many.yaml").endswith("\n\nand 470 more mistakes")
    assert len(worked) == MOST_TOLD


def test_mistakes_of_two_files_are_counted_together(refused: Refused, desk: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (desk / name).write_text(GOOD + "".join(f"  zebra{at}: 1\n" for at in range(20)))
    said = refused("build", "a.yaml", "b.yaml").split("\n\n")
    assert len(said) == MOST_TOLD + 1 and said[-1] == "and 10 more mistakes"
    assert refused("build", "a.yaml", "a.yaml").count("is not a key") == 20


def test_a_stack_that_overflows_is_answered_by_name(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is known to get there any more."""

    def deeper(*_: object) -> Document:
        return deeper()

    monkeypatch.setattr("tco.read.loading.read_document", deeper)
    assert refused("show", "good.yaml") == (
        f"good.yaml: {DEEP}\nA scenario has blocks, their keys, and a block of value and source."
    )


PIECES = (
    "a", "mfu", ":", " ", ": ", "\n", "\n  ", "- ", "#", " #1", '"', "'", "{", "}", "[", "]", ",",
    "&x", "*x", "!", "|", ">", "%", "@", "`", "\t", "?", "? ", "\\", "=", "：", "“", "\x85",
    "\u2028", "...", "---", "<<", "~", "é", "0", "\\U0010FFFFF", "\\x9", "\r",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_text_is_answered_in_the_parsers_words(pieces: list[str]) -> None:
    """A tree or mistakes, each with a place inside the text; never a traceback."""
    text = "".join(pieces)
    try:
        found = read(text)
    except Mistakes as error:
        said = list(error.mistakes)
    else:
        said = found.mistakes + found.warnings
    lines = re.split("\r\n|[\n\r]", text)
    for one in said:
        assert "this is not YAML" not in one.wrong, (text, one.wrong)
        if one.wrong != "the file is empty":
            assert 1 <= one.place.line <= len(lines)
            assert one.place.excerpt == lines[one.place.line - 1]
            assert 1 <= one.place.column <= len(one.place.excerpt) + 1
        str(one)


# ---- values of no plausible size ---------------------------------------------------------------


@pytest.mark.parametrize(
    "setting",
    ["deadline=1e308", "tokens=1e308", "parameters=1e300", "gpu_price=1e307", "mfu=1e-200",
     "data=1e200 B", "reserved_price=1e30", "power_price=-1e100", "gpus=1e40", "buy_total=1e90",
     "deadline=1e300 weeks", "salary=1e60"],
)  # fmt: skip
def test_a_size_that_nobody_can_mean_is_refused_by_its_key(setting: str, refused: Refused) -> None:
    said = refused(
        "show", "own-1024-h100" if "salary" in setting else "good.yaml", "--set", setting
    )
    first, excerpt, caret, remedy = said.split("\n")
    assert "which no scenario can mean: the " in first, said
    assert excerpt[caret.index("^") :] == setting.partition("=")[2]
    assert remedy.startswith("Type for example: ")


@pytest.mark.parametrize(
    "setting",
    ["deadline=1000 days", "parameters=1e15", "tokens=1e18", "gpu_price=1e9", "mfu=0.01 %",
     "data=1 ZB", "stated_flop=1e33", "gpu_price=0.01"],
)  # fmt: skip
def test_a_bold_size_is_not(setting: str, desk: Path) -> None:
    key = setting.partition("=")[0]
    try:
        load(str(desk / "good.yaml"), [setting])
    except Mistakes as error:
        assert "no scenario can mean" not in str(error), key


# ---- what is printed ---------------------------------------------------------------------------

STEERING = ["\x9b31m", "\u202e", "\u200e", "\x1b[2J", "\u2066", "\x07", "\u00ad", "\ufeff"]


@pytest.mark.parametrize("text", STEERING)
def test_nothing_printed_steers_a_terminal(text: str) -> None:
    for shown in (printable_lines(f"a {text} b\nc"), printable_json(f'"a {text} b"\n')):
        assert all(char.isprintable() or char == "\n" for char in shown), ascii(shown)
    escaped = printable_json(json.dumps({"a": f"{text}\U000e0001é模"}, ensure_ascii=False))
    assert json.loads(escaped) == {"a": f"{text}\U000e0001é模"}


def test_a_title_and_a_source_cannot_steer_a_terminal(desk: Path, tco: Command) -> None:
    (desk / "titled.yaml").write_text(
        'title: "a\\x9b31m \\u202e b"\n'
        + GOOD.replace("10 days", '{value: 10 days, source: "x\\x9by\\u2066", note: "\\u202en"}')
    )
    for command in (["show", "titled.yaml"], ["explain", "titled.yaml", "deadline"],
                    ["build", "titled.yaml"], ["show", "titled.yaml", "--json"]):  # fmt: skip
        answer = tco(*command)
        assert (answer.code, answer.err) == (0, "")
        assert all(char.isprintable() or char == "\n" for char in answer.out), command
    assert json.loads(answer.out)["title"] == "a\x9b31m \u202e b"
    assert "x�y�" in tco("explain", "titled.yaml", "deadline").out


def test_words_of_all_scripts_are_printed_as_they_are() -> None:
    for text in ("模型 😀", "נמוך", "می‌خواهم", "é – “x” €", "👩‍💻", "ﷺ", "हिन्दी"):
        assert printable_lines(text) == text


# ---- how the command starts and ends -----------------------------------------------------------


def test_without_docstrings_it_does_not_run() -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "tco", "scenarios"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "tco: Python drops docstrings here (-OO, or PYTHONOPTIMIZE=2), and the notes of all lines "
        "are such\nRun it without, for example: PYTHONOPTIMIZE= tco scenarios\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_reader_that_has_enough_ends_it_as_other_programs() -> None:
    import signal

    done = subprocess.Popen(
        [sys.executable, "-m", "tco", "scenarios"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert done.stdout and done.stderr
    done.stdout.close()
    assert done.stderr.read() == b""
    assert done.wait(60) == -signal.SIGPIPE
    done.stderr.close()


def test_being_stopped_while_importing_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    import signal

    from tco import __main__ as command

    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_main", stopped)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as caught:
        command.main()
    assert caught.value.code == 130
