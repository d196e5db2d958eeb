"""The command `tco audit`: which files, in which form, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tco.errors import Mistake, Mistakes, mistake, printable_json
from tco.saying import progress, say


def tell_rules() -> None:
    """List the rules."""
    from tco.audit.printed import rules_answer

    say(rules_answer())


def tell_audits(workbooks: Sequence[Path], *, json: bool, sarif: bool) -> None:
    """Audit all of the workbooks, and say what is found.

    Raises `Mistakes` after the rest is told where some cannot be read; exits with 1 on errors.
    """
    if not workbooks:
        raise mistake("tco audit", "no workbook is named", "Name one: tco audit BOOK.xlsx")
    if json and sarif:
        raise mistake("--json", "--sarif is another form of the same", "Give one of the two.")
    from tco.audit import Audited, audit_all
    from tco.audit.printed import answer, as_json, as_sarif

    audits: list[Audited] = []
    unreadable: list[Mistake] = []
    with progress(len(workbooks), "audited") as step:
        for path, audited in audit_all(workbooks):
            step(path.name)
            if isinstance(audited, Mistakes):
                unreadable += audited.mistakes
            else:
                audits.append(audited)
    if json:
        print(printable_json(as_json(audits)))
    elif sarif:
        print(printable_json(as_sarif(audits)))
    else:
        for number, audited in enumerate(audits):
            say("\n" if number else "", end="")
            say(answer(audited))
    if unreadable:
        raise Mistakes(unreadable)
    if not all(one.passed for one in audits):
        raise SystemExit(1)
