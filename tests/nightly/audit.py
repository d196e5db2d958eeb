"""A public auditor over a workbook: what it finds grave is mended, or answered here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

GRAVE = ("Critical", "High")
# What stays, by rule and place, each with the reason; docs/testing.md has the same in words.
_SPOT = (
    "spot is billed for the days that its rework takes, the other options for those of the run: "
    "one row of the table links to another line, as it says"
)
ANSWERED = {
    **{("FORMULA_DRIFT", sheet): _SPOT for sheet in ("Compare", "Cases", "Ranges", "Pairs")},
    (
        "FORMULA_DRIFT",
        "Checks",
    ): "the running count numbers findings; a what-if is none, so its row adds nothing",
    (
        "FORMULA_DRIFT",
        "Drivers",
    ): "between the values tried and the steps stands the bracket, which "
    "takes over two of the values tried: its column has a rule of its own, headed Bracket",
    ("FORMULA_DRIFT", "Inputs"): "column Given: what the file says is given as it stands, a "
    "default only once somebody overrides it, so its formula reads the override alone",
    ("RANGE_INCLUDES_SUBTOTAL", "F3"): "in every head, the formula counts cells that show an error "
    "and adds up none of them: a sum among them is counted once",
}


def grave(path: Path) -> list[str]:
    """The grave findings on a workbook that nobody has answered."""
    program = Path(sys.executable).with_name("spreadsheet-auditor")
    done = subprocess.run([str(program), str(path), "--json", "-", "--fail-on", "None"],
                          capture_output=True, text=True, timeout=600)  # fmt: skip
    found = json.loads(done.stdout)["findings"]
    return [
        f"{one['sheet']}!{one['cell']}: {one['rule_id']}: {one['title']}"
        for one in found
        if one["severity"] in GRAVE
        and not {(one["rule_id"], one["sheet"]), (one["rule_id"], one["cell"])} & {*ANSWERED}
    ]
