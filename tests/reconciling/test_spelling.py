"""A number is written in the words of the file, and read back to the last bit."""

from __future__ import annotations

import random

import pytest

from tco.lines import Given
from tco.quantities import read
from tco.quantities.forms import known_units
from tco.reconciling.csvtext import CsvText
from tco.reconciling.spelling import spelled_number

CASES = [
    ("share", 0.41, "40 %", "41 %"),
    ("share", 0.41, "0.4", "0.41"),
    ("share", 0.41, "", "41 %"),
    ("share", 0.1 + 0.2, "1 %", "30.000000000000004 %"),
    ("share", -0.05, "-4 %", "-5 %"),
    ("share", 0.9865, "98.6 %", "98.65 %"),
    ("parameter", 1.2e11, "100B", "120B"),
    ("byte", 1.5e15, "1 PB", "1.5 PB"),
    ("USD", 250_000.0, "240_000", "250_000"),
    ("USD", 250_000.0, "240000", "250000"),
    ("USD", 390_000.0, "388000 EUR", "390000"),
    ("day", 10.5, "10 days", "10.5 days"),
    ("FLOP", 1.9e23, "1.8e23", "1.9e23"),
    ("USD", 240_000.0, "240 k", "240 k"),
]


@pytest.mark.parametrize(("unit", "value", "old", "new"), CASES)
def test_it_is_written_as_the_old_one_was(unit: str, value: float, old: str, new: str) -> None:
    assert spelled_number(Given("x", unit, key="x"), value, old, "USD") == new


def test_every_number_of_every_unit_is_read_back() -> None:
    made = random.Random(1)
    for unit in sorted(known_units() - {"nat", "grid", "date", "text", "choice"}):
        for _ in range(4):
            value = made.choice([made.random(), made.random() * 10 ** made.randint(-8, 20),
                                 float(made.randint(0, 10**6))])  # fmt: skip
            said = spelled_number(Given("x", unit, key="x"), value, "", "USD")
            assert read(said, unit) == value, (unit, value, said)


# ---- cells of a CSV ------------------------------------------------------------------------------


def test_one_cell_of_a_csv_is_exchanged() -> None:
    content = b'\xef\xbb\xbfa;b\r\n"x; y";1,5\r\n\r\nz;2,5\r\n'
    text = CsvText("t.csv", content)
    assert text.commas({"b"}) and text.said(1, "b") == "2,5"
    text.exchange(1, "b", "3,5")
    assert text.result() == content.replace(b"z;2,5", b"z;3,5")


def test_a_column_that_is_not_there_becomes_the_last() -> None:
    text = CsvText("t.csv", b"a,b\n1,2\n3,4")
    text.exchange(1, "note", "=x, y")
    assert text.result() == b'a,b,note\n1,2,\n3,4,"\'=x, y"'
