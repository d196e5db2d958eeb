"""Write the back-test's page of the documentation. Review the difference, then commit.

Run it with the project installed: python -m tests.backtest
"""

from __future__ import annotations

from pathlib import Path

from tco.page.backtest import backtest
from tco.page.deck import render
from tests.loaded import load

PAGE = Path(__file__).parent.parent / "docs" / "backtest.md"


def page() -> str:
    """The page, computed from the catalogue's runs as the workbook's sheet is."""
    return render(load("published-runs"), ["md"], shown=backtest)["md"]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
