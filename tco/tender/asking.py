"""Asking: the workbook of a request, written where nobody's edits are lost."""

from __future__ import annotations

import re
from pathlib import Path

from tco.errors import mistake
from tco.files import kind_of, write_all
from tco.scenario import Scenario
from tco.tender.asked import Request, Wishes, request_of
from tco.tender.columns import BUY, SIDES
from tco.tender.requestbook import request_bytes
from tco.workbook.package import is_untouched


def ask(scenario: Scenario, side: str, out: Path, wishes: Wishes, *, force: bool) -> str:
    """Write `out/NAME-rfq-SIDE.xlsx`; what is to be said of it.

    Raises `Mistakes` where it cannot be asked for, or a workbook that somebody edited is there.
    """
    if side not in SIDES:
        raise mistake("--side", f"“{side}” is no side", f"It is one of: {', '.join(SIDES)}.")
    request = request_of(scenario, side, wishes)
    _refuse_vendors(scenario, request)
    path = out / f"{scenario.name}-rfq-{side}.xlsx"
    if kind_of(path) == "file" and not force and not is_untouched(path):
        raise mistake(
            str(path), "this workbook was edited since tco wrote it, or is not tco's",
            "Keep it by naming another folder with --out, or replace it with --force.",
        )  # fmt: skip
    write_all({path: request_bytes(request)})
    return f"{_said(request)}\n\n{path}"


def _said(request: Request) -> str:
    asked = [f"  {one.quantity:,} {one.unit}: {one.specification}" for one in request.items]
    wished = [f"  {one.label}: {one.words}" for one in request.conditions if one.wished is not None]
    verb = "bought" if request.side.name == BUY else "rented"
    return "\n".join([f"Asked for, to be {verb}:", *asked, "Wished:", *wished])


def _refuse_vendors(scenario: Scenario, request: Request) -> None:
    """A vendor's name in what is asked for would tell one vendor of another."""
    for item in request.items:
        for text in (item.label, item.specification):
            for name in sorted(_vendors(scenario)):
                if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
                    wrong = f"the request would name {name}, who offers in this scenario: “{text}”"
                    raise mistake(scenario.path, wrong, "Give the item another name.")


def _vendors(scenario: Scenario) -> set[str]:
    """Everybody who offers in a scenario, by the columns of its quotes."""
    found = {str(scenario.numbers.get("server_vendor", ""))}
    for side in SIDES.values():
        table = scenario.model.tables.get(side.table)
        rows = scenario.tables.get(side.table, ())
        keys = [one.key for one in scenario.model.along(side.table)
                if table and table.spelled(one.key) == side.who] if rows else []  # fmt: skip
        found |= {str(row.values[key]) for row in rows for key in keys}
    return {name for name in found if len(name) > 1}
