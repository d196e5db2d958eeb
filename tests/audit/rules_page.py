"""Writes docs/rules.md anew: `python -m tests.audit.rules_page`."""

from __future__ import annotations

from tco.audit.printed import rules_page
from tests.pictures import DOCS

if __name__ == "__main__":
    (DOCS / "rules.md").write_text(rules_page(), encoding="utf-8")
