"""`python -m tests.nightly.paper FILE...`: workbooks and slides on paper.

Pages as LibreOffice prints them, measured one by one: what a reader of paper would stumble over.

Nothing is cut to ###, no letter is below eight points, no page is a scrap or a heading alone, and
letters stand out from what is behind them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pdfplumber

LEAST_POINTS = 7.9  # eight, as programs round
LEAST_FILLED = 1 / 4  # of a page, between its margins
LEAST_CONTRAST = 4.5  # WCAG 2.1, AA
MARGIN = 44  # points above and below, with the foot
LARGE = 14  # points from which letters need less contrast
LEAST_OF_LARGE = 3.0
UNSEEN = "–"  # white until an error takes the page
FOOT = re.compile(r"(\S+), page \d+ of \d+")


def printed(path: Path) -> Iterator[str]:
    """What is wrong with the pages of a workbook or of slides."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder,
                        str(path)], check=True, capture_output=True, timeout=1200)  # fmt: skip
        yield from measured(Path(folder, f"{path.stem}.pdf"))


def measured(path: Path) -> Iterator[str]:
    """What is wrong with the pages of a PDF: page, sheet and finding."""
    scraps: list[tuple[str, str, float]] = []
    fullest: dict[str, float] = {}
    with pdfplumber.open(path) as pdf:
        for number, sheet in enumerate(pdf.pages, 1):
            page = sheet.filter(_is_upright)  # the size of what is turned is not told
            words = page.extract_words(extra_attrs=["size", "non_stroking_color"])
            foot = FOOT.search(" ".join(one["text"] for one in words
                                        if one["top"] > page.height - MARGIN))  # fmt: skip
            title = foot[1] if foot else ""
            where = f"page {number}, {title}"
            body = [one for one in words if MARGIN / 2 < one["top"] < page.height - MARGIN]
            for found in (*_letters(body), *_contrasts(page, body)):
                yield f"{where}: {found}"
            filled = _filled(page, body)
            fullest[title] = max(fullest.get(title, 0), filled)
            if title and filled < LEAST_FILLED:
                scraps.append((where, title, filled))
            sheet.close()
    for where, title, filled in scraps:
        if fullest[title] >= LEAST_FILLED:  # a sheet that is small as a whole fills no page
            yield f"{where}: only {filled:.0%} of it is filled"


def _is_upright(one: dict[str, Any]) -> bool:
    return bool(one.get("upright", True))


def _letters(words: Sequence[dict[str, Any]]) -> Iterator[str]:
    for word in words:
        if "###" in word["text"]:
            yield f"{word['text']!r} is a number that has no room"
    small = [word for word in words if word["size"] < LEAST_POINTS]
    if small:
        least = min(small, key=lambda word: word["size"])
        yield f"{len(small)} words are small, {least['text']!r} of {least['size']:.1f} points"


def _filled(page: Any, words: Sequence[dict[str, Any]]) -> float:
    """The part of a page, between its margins, down to the last of what is on it."""
    drawn = [one["bottom"] for one in (*words, *page.curves)
             if one["bottom"] < page.height - MARGIN]  # fmt: skip
    return (max(drawn, default=MARGIN) - MARGIN) / (page.height - 2 * MARGIN)


def _contrasts(page: Any, words: Sequence[dict[str, Any]]) -> Iterator[str]:
    fills = [(one["x0"], one["x1"], one["top"], one["bottom"], one["non_stroking_color"])
             for one in page.rects if one["fill"]]  # fmt: skip
    for word in words:
        across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        behind = next((colour for x0, x1, top, bottom, colour in reversed(fills)
                       if x0 <= across <= x1 and top <= down <= bottom), (1.0,))  # fmt: skip
        found = contrast(word["non_stroking_color"], behind)
        if word["text"] != UNSEEN and found < (
            LEAST_OF_LARGE if word["size"] >= LARGE else LEAST_CONTRAST
        ):
            yield f"{word['text']!r} has a contrast of {found:.1f}"


def contrast(one: Any, other: Any) -> float:
    """How far two colours are apart, by WCAG: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Any) -> float:
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour or 0.0,)
    red, green, blue = parts * 3 if len(parts) == 1 else parts[:3]
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)


def main(paths: Sequence[Path]) -> int:
    """Say what is wrong with the pages of each file; 1 if anything is."""
    wrong = 0
    for path in paths:
        found = [*printed(path)]
        print(f"{path.name}: {len(found)} found")
        for one in found[:20]:
            print(f"  {one}")
        wrong += len(found)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main([Path(one) for one in sys.argv[1:]]))
