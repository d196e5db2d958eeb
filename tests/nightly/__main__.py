"""`python -m tests.nightly WORKBOOK...`: each book through every program that is installed."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from tco.verify import formula_values
from tests.nightly import audit, engines, paper

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
GERMAN = str.maketrans(".,", ",.")


def main(paths: list[Path]) -> int:
    """Say what each program finds on each book; 1 if any finds something."""
    wrong = 0
    for path in paths:
        for what, found in (
            ("formulon, as Excel", _excel(path)),
            ("gnumeric", engines.differences(path, formula_values(path), engines.gnumeric(path))),
            ("spreadsheet-auditor", audit.grave(path)),
            ("pages", [*paper.printed(path)]),
        ):
            print(f"{path.name}: {what}: {len(found)} found ({time.process_time():.0f} s in all)")
            for one in found[:10]:
                print(f"  {one}")
            wrong += len(found)
    return int(wrong > 0)


def _excel(path: Path) -> list[str]:
    """What Excel's stand-in computes otherwise, in English; and texts whose numbers move abroad."""
    stored = formula_values(path)
    english, german = engines.formulon(path, stored, engines.ENGLISH, engines.GERMAN)
    found = engines.differences(path, stored, english)
    for key, said in english.items():
        there = german[key]
        if isinstance(said, str) and isinstance(there, str):
            pairs = zip(NUMBER.findall(said), NUMBER.findall(there), strict=False)
            moved = [b for a, b in pairs if b not in (a, a.translate(GERMAN))]
            if moved or NUMBER.sub("#", said) != NUMBER.sub("#", there):
                found.append(f"{key}: in German {there!r}, in English {said!r}")
        elif said != there:
            found.append(f"{key}: in German {there!r}, in English {said!r}")
    return found


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]]))
