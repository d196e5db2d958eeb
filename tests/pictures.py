"""Pictures of the guides: bundled workbooks, printed by LibreOffice, a sheet each.

Run it with the project installed and look at what it drew, then commit: python -m tests.pictures

It needs LibreOffice, Debian's poppler-utils, and fonts-crosextra-carlito, which is as wide as the
font that workbooks ask for. A sheet is found by the title in its footer, not by its page.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WIDTH = 1300  # pixels: what a reader's screen shows of a page, twice as dense
COLOURS = 32  # a sheet has a dozen of them, and the shades of letters
LARGEST = 150_000  # bytes
MARGIN = 12  # pixels of paper left around what is drawn
FOOTER = 0.95  # of a page's height: what is below is the footer


@dataclass(frozen=True)
class Picture:
    """A sheet of a workbook, or its upper left part."""

    name: str
    book: str
    sheet: str
    height: float = 1  # how much of the page, over its width, counted from above


REQUEST = "rfq-512-b200-rfq-buy"
PICTURES = (
    Picture("board-run", "llm-100b-10d", "Board"),
    Picture("board-own", "own-1024-h100", "Board"),
    Picture("contents", "own-1024-h100", "Contents"),
    Picture("inputs", "own-1024-h100", "Inputs", height=0.3),
    Picture("rfq", REQUEST, "Conditions"),
)


def page_of(pages: Sequence[str], sheet: str) -> int:
    """The first page, from 1, whose footer names the sheet."""
    footer = re.compile(rf"(?m)(^|\s){re.escape(sheet)}, page \d+ of \d+")
    found = next((number for number, text in enumerate(pages, 1) if footer.search(text)), 0)
    if not found:
        raise SystemExit(f"no page has the footer {sheet}, page ...")
    return found


def shrunk(image: Image.Image) -> bytes:
    """The picture without empty paper around it, in the width and the few colours of a guide."""
    paper = Image.new("RGB", image.size, "white")
    drawn = ImageChops.difference(image, paper).getbbox()
    assert drawn, "the page is empty"
    left, top = (max(0, at - MARGIN) for at in drawn[:2])
    right, bottom = (min(at + MARGIN, end) for at, end in zip(drawn[2:], image.size, strict=True))
    image = image.crop((left, top, right, bottom))
    size = (WIDTH, round(image.height * WIDTH / image.width))
    image = image.resize(size, Image.Resampling.LANCZOS)
    few, data = image.quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE), io.BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def _asked(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
    return done.stdout


def _printed(folder: Path) -> None:
    """The workbooks as PDF, as a user prints them."""
    tco = (sys.executable, "-m", "tco")
    bundled = sorted({one.book for one in PICTURES} - {REQUEST})
    _asked(*tco, "build", *bundled, "--out", str(folder))
    _asked(*tco, "rfq", REQUEST.removesuffix("-rfq-buy"), "--out", str(folder))
    _asked("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
           "--convert-to", "pdf", "--outdir", str(folder),
           *(str(one) for one in sorted(folder.glob("*.xlsx"))))  # fmt: skip


def _drawn(folder: Path, one: Picture) -> bytes:
    pdf = str(folder / f"{one.book}.pdf")
    page = str(page_of(_asked("pdftotext", "-layout", pdf, "-").split("\f"), one.sheet))
    only = ("-f", page, "-l", page)
    image = Image.open(io.BytesIO(_png(pdf, only, 200))).convert("RGB")
    right, bottom = image.width, min(FOOTER * image.height, one.height * image.width)
    return shrunk(image.crop((0, 0, right, round(bottom))))


def _png(pdf: str, only: tuple[str, ...], dense: int) -> bytes:
    command = ("pdftoppm", "-png", "-r", str(dense), *only, pdf)
    return subprocess.run(command, check=True, capture_output=True, timeout=600).stdout


def main() -> int:
    """Draw every picture anew; 1 where one is too large."""
    missing = [one for one in ("soffice", "pdftotext", "pdftoppm") if not shutil.which(one)]
    if missing:
        print(f"not installed: {', '.join(missing)}")
        return 2
    large = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _printed(folder)
        for one in PICTURES:
            data = _drawn(folder, one)
            (DOCS / f"{one.name}.png").write_bytes(data)
            large += len(data) > LARGEST
            print(f"docs/{one.name}.png: {len(data):,} bytes")
    return int(large > 0)


if __name__ == "__main__":
    sys.exit(main())
