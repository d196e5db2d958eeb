"""Text that fits: how many lines it takes, and the largest letters in which it has room."""

from __future__ import annotations

from collections.abc import Sequence

from tco.lettering import millimetres

LINE = 1.2  # of the size of letters: the distance between lines
MM_PER_POINT = 25.4 / 72
LEAST, LEAST_FOOT = 12, 10  # points on a slide, and in a footnote
# How much wider than Calibri the fonts of a theme run; any other is taken to be wide.
_WIDER = {"Calibri": 1.0, "Carlito": 1.0, "Aptos": 1.08, "Arial": 1.13, "Liberation Sans": 1.13,
          "Helvetica": 1.13, "Segoe UI": 1.13, "Verdana": 1.32}  # fmt: skip
_WIDE = 1.2


def wider(font: str) -> float:
    """How much wider than Calibri a font runs."""
    return _WIDER.get(font, _WIDE)


def width(text: str, points: float, factor: float = 1.0, *, bold: bool = False) -> float:
    """The width of a text on one line, in mm."""
    return millimetres(text, points, bold=bold) * factor


def lines(
    text: str, points: float, room: float, factor: float = 1.0, *, bold: bool = False
) -> list[str]:
    """A text as it is broken into lines between its words; a word that is too long is cut."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, points, factor, bold=bold) <= room:
            found[-1] = longer
        else:
            found.append(cut(word, points, room, factor, bold=bold))
    return found or [""]


def cut(text: str, points: float, room: float, factor: float = 1.0, *, bold: bool = False) -> str:
    """A text that takes no more than a width; an ellipsis stands for what is left out."""
    if width(text, points, factor, bold=bold) <= room:
        return text
    while text and width(f"{text}…", points, factor, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def height(count: int, points: float) -> float:
    """The height of lines, in mm."""
    return count * points * LINE * MM_PER_POINT


def largest(
    text: str, sizes: Sequence[int], room: float, high: float, factor: float = 1.0, *,
    bold: bool = False,
) -> tuple[int, str]:  # fmt: skip
    """The largest size in which a text has room, and the text; cut where it fits in none."""
    for points in sizes:
        found = lines(text, points, room, factor, bold=bold)
        if "…" not in "".join(found).removesuffix("…") and height(len(found), points) <= high:
            return points, text
    points = sizes[-1]
    found = lines(text, points, room, factor, bold=bold)
    most = max(1, int(high / height(1, points) + 1e-6))
    if len(found) <= most:
        return points, " ".join(found)
    last = cut(f"{found[most - 1]} …", points, room, factor, bold=bold)
    return points, " ".join([*found[: most - 1], last])
