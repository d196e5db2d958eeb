"""Values exchanged in the text of a YAML file: that line changes, and no other letter."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from tco.errors import Place
from tco.reconciling.yamltext import Pair, Unwritable, YamlText

TEXT = """\
# what it is of
fleet:
  chip: a100  # chosen
  mfu: {value: 40 %, low: 30 %, source: "a, b", date: 2026-01-01}

  price:
    value: 10_000
    source: &paper "a paper: of 2023"
    note: >-
      a long
      note

  # of the same
  days: {value: 3, source: *paper}
  share: 5 %
rows:
  - {name: A, price: 1}  # first
  - name: B
    price: 2
"""


def pair(text: YamlText, key: str, number: int = 0) -> Pair:
    """The key that stands there, or one of several."""
    return [one for one in text.pairs.values() if one.key.value == key][number]


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [one for one in old if one not in new], [one for one in new if one not in old]


@pytest.mark.parametrize(
    ("key", "new", "gone", "came"),
    [
        ("chip", "h100", "  chip: a100  # chosen", "  chip: h100  # chosen"),
        ("share", "6 %", "  share: 5 %", "  share: 6 %"),
        ("days", "4", "  days: {value: 3, source: *paper}", "  days: 4"),
        ("name", "C", "  - {name: A, price: 1}  # first", "  - {name: C, price: 1}  # first"),
    ],
)
def test_one_value_is_exchanged(key: str, new: str, gone: str, came: str) -> None:
    text = YamlText(TEXT)
    text.exchange(pair(text, key), new)
    assert lines(TEXT, text.result()) == ([gone], [came])


def test_a_key_is_taken_out_of_braces_and_of_lines() -> None:
    text = YamlText(TEXT)
    text.remove(pair(text, "date"))
    text.remove(pair(text, "share"))
    text.remove(pair(text, "name", 1))
    gone, came = lines(TEXT, text.result())
    assert came == ['  mfu: {value: 40 %, low: 30 %, source: "a, b"}', "  - price: 2"]
    assert len(gone) == 4 and "  share: 5 %" in gone


@pytest.mark.parametrize(
    ("before", "gone", "new", "after"),
    [
        ("a: {b: 1, c: 2, d: 3}\n", "bc", "", "a: {d: 3}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", "cd", "e", "a: {b: 1, e: 9}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", "bcd", "ef", "a: {e: 9, f: 9}\n"),
        ("a: {b: 1, c: 2, d: 3}\n", "bd", "", "a: {c: 2}\n"),
        ("a:\n  b: 1\n  c: 2\n  d: 3\n", "bd", "e", "a:\n  c: 2\n  e: 9\n"),
        ("a:\n  b: 1\n  c: 2\n  d: 3\n", "bcd", "e", "a:\n  e: 9\n"),
        ("- b: 1\n  c: 2\n  d: 3\n- x\n", "bc", "", "- d: 3\n- x\n"),
        ("- b: 1\n  c: 2\n- x\n", "bc", "", "- {}\n- x\n"),
        ("- b: 1\n  c: 2\n- x\n", "c", "e", "- b: 1\n  e: 9\n- x\n"),
    ],
)
def test_several_keys_of_a_block_go_at_once(before: str, gone: str, new: str, after: str) -> None:
    text = YamlText(before)
    for key in gone:
        text.remove(pair(text, key))
    for key in new:
        text.add(pair(text, "b").within, {key: "9"})
    assert text.result() == after


def test_keys_are_added_behind_one_of_a_block_or_as_its_last() -> None:
    text = YamlText(TEXT)
    mfu = text.inner(pair(text, "mfu").value)
    text.add(pair(text, "mfu").value, {"high": "50 %"}, mfu["low"])
    text.add(pair(text, "price").value, {"low": "1"}, text.inner(pair(text, "price").value)["note"])
    text.add_below("fleet", "spares", "2 %")
    text.add_below("own", "horizon_years", "4")
    text.add_below("own", "tax_rate", "0 %")
    gone, came = lines(TEXT, text.result())
    assert came == [
        '  mfu: {value: 40 %, low: 30 %, high: 50 %, source: "a, b", date: 2026-01-01}',
        "    low: 1", "  spares: 2 %", "own:", "  horizon_years: 4", "  tax_rate: 0 %",
    ]  # fmt: skip
    assert len(gone) == 1
    read = YAML(typ="safe").load(text.result())
    assert read["fleet"]["price"] == {"value": 10_000, "source": "a paper: of 2023",
                                      "note": "a long note", "low": 1}  # fmt: skip


def test_a_text_that_others_refer_to_moves_to_the_first_of_them() -> None:
    text = YamlText(TEXT)
    text.exchange(text.inner(pair(text, "price").value)["source"], "mine")
    after = text.result()
    assert "    source: mine\n" in after
    assert '  days: {value: 3, source: &paper "a paper: of 2023"}' in after


def test_a_text_that_nobody_is_left_to_refer_to_goes() -> None:
    text = YamlText(TEXT)
    text.exchange(text.inner(pair(text, "price").value)["source"], "mine")
    text.exchange(pair(text, "days"), "4")
    assert "paper" not in text.result()


def test_a_block_that_is_meant_twice_is_refused() -> None:
    text = YamlText("a: &x {b: 1}\nc: *x\n")
    with pytest.raises(Unwritable, match="anchor"):
        text.exchange(pair(text, "b"), "2")
    with pytest.raises(Unwritable, match="anchor"):
        text.exchange(pair(text, "a"), "2")


def test_json_stays_json() -> None:
    text = YamlText('{"a": {"b": "40 %", "c": 1}}\n')
    text.exchange(pair(text, "b"), text.scalar("41 %"))
    text.exchange(pair(text, "c"), text.scalar("2.5"))
    text.add(pair(text, "a").value, {"d": text.scalar("x")})
    text.add_below("e", "f", text.scalar("1"))
    assert text.result() == '{"a": {"b": "41 %", "c": 2.5, "d": "x"}, "e": {"f": 1}}\n'


def test_the_ends_of_lines_stay_and_a_last_line_without_one_gets_one() -> None:
    text = YamlText("a:\r\n  b: 1\r\n  c:\r\n")
    text.exchange(pair(text, "b"), "2")
    text.exchange(pair(text, "c"), "3")
    text.add_below("a", "d", "4")
    assert text.result() == "a:\r\n  b: 2\r\n  c: 3\r\n  d: 4\r\n"
    text = YamlText("a:\n  b: 1")
    text.add_below("a", "c", "2")
    text.add_below("d", "e", "3")
    assert text.result() == "a:\n  b: 1\n  c: 2\n\nd:\n  e: 3\n"


@pytest.mark.parametrize(
    "said",
    ["h100-sxm5-80gb", "country:USA", "a, b", "a: b", "# no", "- no", "98.65 %", "", " x", "x ",
     "*x", "'", '"', "yes", "1e5", "[a]", "{a}", "a #b", "%", "@", "été", "a\nb", "x:"],
)  # fmt: skip
@pytest.mark.parametrize("flow", [False, True])
def test_every_text_is_read_back(said: str, flow: bool) -> None:
    text = YamlText("a: {b: 1}\n" if flow else "a:\n  b: 1\n")
    text.exchange(pair(text, "b"), text.scalar(said, flow=flow))
    again = YamlText(text.result())
    assert pair(again, "b").value.value == said


def test_places_are_found_as_the_loader_counts_them() -> None:
    text = YamlText(TEXT)
    assert text.pair(Place("x", 4, 3)).key.value == "mfu"
    found = text.item(Place("x", TEXT.splitlines().index("  - name: B") + 1, 5))
    assert found and text.said(found) == "name: B\n    price: 2"
