"""Auditing: rules over any workbook, ours or a stranger's, each with why it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tco.audit import rules
from tco.audit.reading import read_book
from tco.audit.registry import ERROR, RULES, SEVERITIES, SUBJECTS, Finding, Rule, found_by
from tco.errors import Mistakes

__all__ = ["RULES", "SUBJECTS", "Audited", "Finding", "Rule", "audit", "audit_all", "rules"]


@dataclass(frozen=True)
class Audited:
    """What the rules find in one workbook, the gravest first."""

    path: str
    sheets: int
    cells: int
    formulas: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether no finding is an error."""
        return all(one.rule.severity != ERROR for one in self.findings)

    def counted(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(one.rule.severity == severity for one in self.findings)


def audit(path: Path) -> Audited:
    """Lay every rule beside a workbook. Raises `Mistakes` where it cannot be read."""
    book = read_book(path)
    found = [finding for one in RULES.values() for finding in found_by(one, book)]
    places = {sheet.name: sheet.place for sheet in book.sheets}
    order = list(RULES)
    found.sort(
        key=lambda one: (
            SEVERITIES.index(one.rule.severity), order.index(one.rule.id),
            places.get(one.sheet, -1),
        )
    )  # fmt: skip
    return Audited(
        str(path), len(book.sheets), sum(len(one.cells) for one in book.sheets),
        sum(len(one.formulas) for one in book.sheets), tuple(found),
    )  # fmt: skip


def audit_all(paths: Sequence[Path]) -> Iterator[tuple[Path, Audited | Mistakes]]:
    """Audit book after book; one that cannot be read does not stop the others."""
    for path in paths:
        try:
            yield path, audit(path)
        except Mistakes as error:
            yield path, error
