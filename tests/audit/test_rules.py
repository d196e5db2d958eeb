"""Each rule fires in a small workbook that is wrong, where it is, and not in one like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tco.audit import RULES, SUBJECTS, audit
from tco.audit.book import areas_in
from tco.audit.printed import rules_page
from tco.audit.registry import SEVERITIES
from tests.audit.cases import CASES, Case
from tests.audit.making import Made
from tests.pictures import DOCS

EVERY = pytest.mark.parametrize(
    "case", CASES, ids=[f"{one.rule}-{at}" for at, one in enumerate(CASES)]
)


def places(rule: str, made: Made, tmp_path: Path) -> list[str]:
    """The cells in which a rule fires; of a finding without cells the sheet, "" for the book."""
    found = [
        one for one in audit(made.write(tmp_path / "book.xlsx")).findings if one.rule.id == rule
    ]
    cells = []
    for one in found:
        if not one.places:
            cells.append(one.sheet)
        for box in (box for place in one.places for box in areas_in(place)):
            cells += [f"{chr(64 + right)}{down}" for down in range(box.top, box.bottom + 1)
                      for right in range(box.left, box.right + 1)]  # fmt: skip
    return cells


@EVERY
def test_it_fires_where_something_is_wrong(case: Case, tmp_path: Path) -> None:
    assert case.where in places(case.rule, case.wrong, tmp_path)


@EVERY
def test_it_is_silent_where_all_is_right(case: Case, tmp_path: Path) -> None:
    assert not places(case.rule, case.right, tmp_path)


def test_every_rule_has_its_case_and_says_why() -> None:
    assert {one.rule for one in CASES} == set(RULES)
    assert len(RULES) >= 40
    for one in RULES.values():
        assert one.severity in SEVERITIES and one.about in SUBJECTS
        for text in (one.title, one.why, one.mend):
            assert text.rstrip().endswith(".") and len(text) < 160, f"{one.id}: {text}"


def test_the_page_of_rules_is_up_to_date() -> None:
    """`python -m tests.audit.rules_page` writes it."""
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page()
