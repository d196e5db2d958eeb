"""What an audit says: to a person, as JSON, and as SARIF for code review and CI."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tco import __version__
from tco.audit import Audited, Finding
from tco.audit.registry import RULES, SEVERITIES, SUBJECTS, Rule
from tco.tables import Answer, PrintedRow, PrintedTable, Words

MOST_SHOWN = 5  # findings of a rule that a person is shown; JSON and SARIF have all
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def answer(audited: Audited) -> Answer:
    """What a person reads: the gravest first, each rule once with why it matters."""
    summary = f"{audited.path}: {audited.cells:,} cells, {audited.formulas:,} formulas: "
    summary += ", ".join(_counted(audited.counted(one), one) for one in SEVERITIES)
    blocks: list[Words | PrintedTable] = [Words(summary, strong=True)]
    lines = [summary]
    for rule, group in groupby(audited.findings, key=lambda one: one.rule):
        findings = list(group)
        title = f"{rule.severity}: {rule.title.rstrip('.')} ({rule.id})"
        shown = [(one.where, one.what) for one in findings[:MOST_SHOWN]]
        if len(findings) > MOST_SHOWN:
            shown.append(
                ("", f"and {len(findings) - MOST_SHOWN:,} more like these; --json has all")
            )
        rows = tuple(PrintedRow(one) for one in shown)
        blocks.append(PrintedTable(title, ("", ""), (False, False), rows))
        blocks.append(Words(f"Why: {rule.why}\nMend: {rule.mend}"))
        lines += [
            "",
            title,
            *(f"  {where}: {what}" if where else f"  {what}" for where, what in shown),
        ]
        lines += [f"  Why: {rule.why}", f"  Mend: {rule.mend}"]
    return Answer("\n".join(lines), tuple(blocks))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def rules_answer() -> Answer:
    """The rules, by what they are about."""
    rows = tuple(PrintedRow((one.id, one.severity, one.about, one.title)) for one in _in_order())
    width = max(len(one.id) for one in RULES.values())
    lines = [f"{a:{width}}  {b:7}  {c:12}  {d}" for a, b, c, d in (row.cells for row in rows)]
    headings = ("Rule", "Severity", "About", "What it finds")
    return Answer("\n".join(lines), (PrintedTable("", headings, (False,) * 4, rows),))


def rules_page() -> str:
    """The rules as a page of the documentation."""
    lines = [
        "# Rules of `tco audit`", "",
        f"{len(RULES)} rules. Written by `python -m tests.audit.rules_page`; a test compares.",
    ]  # fmt: skip
    for about in SUBJECTS:
        lines += ["", f"## {about.capitalize()}", "", "| rule | severity | finds | why | mend |",
                  "|---|---|---|---|---|"]  # fmt: skip
        lines += [
            "| " + " | ".join(
                text.replace("|", "\\|")
                for text in (f"`{one.id}`", one.severity, one.title, one.why, one.mend)
            ) + " |"
            for one in _in_order() if one.about == about
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _in_order() -> list[Rule]:
    return sorted(
        RULES.values(),
        key=lambda one: (SUBJECTS.index(one.about), SEVERITIES.index(one.severity), one.id),
    )


# ---- for programs --------------------------------------------------------------------------------


def as_json(audits: Sequence[Audited]) -> str:
    """All findings of all workbooks as one object."""
    return json.dumps(
        {
            "tco_version": __version__,
            "workbooks": [
                {
                    "path": one.path, "sheets": one.sheets, "cells": one.cells,
                    "formulas": one.formulas,
                    **{f"{severity}s": one.counted(severity) for severity in SEVERITIES},
                    "findings": [_plain(finding) for finding in one.findings],
                }
                for one in audits
            ],
        },
        indent=1, ensure_ascii=False,
    )  # fmt: skip


def _plain(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.id, "severity": rule.severity, "about": rule.about, "sheet": finding.sheet,
        "places": list(finding.places), "cells": finding.count, "what": finding.what,
        "why": rule.why, "mend": rule.mend,
    }  # fmt: skip


def as_sarif(audits: Sequence[Audited]) -> str:
    """All findings as one run of SARIF 2.1.0: the workbook is the artifact, a cell logical."""
    numbers = {id_: number for number, id_ in enumerate(RULES)}
    run = {
        "tool": {"driver": {
            "name": "tco audit", "semanticVersion": __version__,
            "rules": [_described(one) for one in RULES.values()],
        }},
        "artifacts": [{"location": {"uri": _uri(one.path)}} for one in audits],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, numbers[finding.rule.id], number, audited)
            for number, audited in enumerate(audits) for finding in audited.findings
        ],
    }  # fmt: skip
    whole = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, indent=1, ensure_ascii=False)


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.about]},
    }


def _result(finding: Finding, number: int, artifact: int, audited: Audited) -> dict[str, Any]:
    physical = {"artifactLocation": {"uri": _uri(audited.path), "index": artifact}}
    names = [f"{finding.sheet}!{place}" for place in finding.places] or [finding.sheet]
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": number,
        "level": finding.rule.severity,
        "message": {"text": f"{finding.where}: {finding.what}"},
        "locations": [{"physicalLocation": physical, **_logical(name)} for name in names[:100]],
    }  # fmt: skip


def _logical(name: str) -> dict[str, Any]:
    return {"logicalLocations": [{"fullyQualifiedName": name, "kind": "member"}]} if name else {}


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else quote(Path(path).as_posix())
