"""Own figures far from the catalogue's: an alert in the book of whoever laid a list over it."""

from __future__ import annotations

from typing import Any

from tco.lines import *
from tco.lines.items import called

KEY = "own_figures_far"
_MOST = 220  # characters of the first one; a text in a formula has room for 255


def own_figures(first: str) -> tuple[Given, Check]:
    """The input that counts such figures, and the check that says the first of them.

    Args:
        first: the first finding in words.
    """
    said = first if len(first) <= _MOST else f"{first[:_MOST]}…"
    said = said.replace("{", "{{").replace("}", "}}")
    seen = Given(
        "Own figures far from the catalogue's", "count", key=KEY, section="evidence", least=0,
        note="Figures of own lists that are far from the shipped ones. Type 0 once all are right.",
    )  # fmt: skip

    def rule(own_figures_far: Any) -> Any:
        return beyond(own_figures_far, 0), text(f"{{}} found; the first: {said}", own_figures_far)

    note = "A figure of an own list is not far from the shipped one that it stands for or beside."
    made = check("Own figures beside the catalogue's", kind=ALERT)
    return seen, made(called(rule, f"{KEY}_check", note, KEY))
