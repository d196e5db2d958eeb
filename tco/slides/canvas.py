"""What slides are drawn on: ours, or a company's template, whatever its layouts are called.

A layout is chosen by the kinds of its placeholders, and what is drawn keeps to the largest area
that its title, its logos and its bars leave free.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Emu

from tco.errors import Mistakes, mistake
from tco.files import NotAFileError
from tco.slides.fitting import wider
from tco.slides.hostile import refuse_hostile, refuse_links
from tco.unpacking import UnreadableError

MM = 36_000  # of a presentation's units
WIDE, HIGH = 338.667, 190.5  # mm of a slide of ours
MARGIN, GAP = 14.0, 4.0
FOOT = 9.0  # the height of a footnote
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
SMALL = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
WHOLE_SLIDE = 0.5  # of its area: what is larger is a background, no obstacle
MOST_OBSTACLES = 12
LEAST_AREA = (60.0, 40.0)  # mm that a table needs
# Colours of our own theme: ink and white, then greys and one accent.
_COLOURS = {"dk1": "1F2833", "lt1": "FFFFFF", "dk2": "1F2833", "lt2": "ECEFF3",
            "accent1": "B3541E", "accent2": "6B7785", "accent3": "465260", "accent4": "8A3D12",
            "accent5": "A9B3BD", "accent6": "E3C3B0"}  # fmt: skip


@dataclass(frozen=True)
class Rect:
    """A part of a slide, in mm."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.wide

    @property
    def low(self) -> float:
        """Its lower edge."""
        return self.y + self.high

    @property
    def area(self) -> float:
        """How large it is."""
        return self.wide * self.high

    def meets(self, other: Rect) -> bool:
        """Whether two parts lie over one another."""
        apart = 0.01
        return (
            self.x < other.right - apart and other.x < self.right - apart
            and self.y < other.low - apart and other.y < self.low - apart
        )  # fmt: skip

    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """As a presentation counts it."""
        x, y, wide, high = (Emu(round(one * MM)) for one in (self.x, self.y, self.wide, self.high))
        return x, y, wide, high


def rect_of(shape: Any) -> Rect | None:
    """Where a shape stands; None where it does not say."""
    sizes = shape.left, shape.top, shape.width, shape.height
    if None in sizes:
        return None
    return Rect(*(one / MM for one in sizes))


@dataclass(frozen=True)
class Canvas:
    """A presentation without slides, the layout of each of them, and where there is room.

    `title` is where titles stand, None where the layout has none and a text box takes its place.
    `factor` is how much wider than Calibri its letters run.
    """

    presentation: Any
    layout: Any
    title: Rect | None
    heading: Rect
    body: Rect
    foot: Rect
    factor: float


def canvas(template: Path | None) -> Canvas:
    """Ours, or that of a template. Raises `Mistakes` where it is none or has no room."""
    presentation = _opened(template) if template else _ours()
    _empty(presentation)
    layouts = [one for master in presentation.slide_masters for one in master.slide_layouts]
    if not layouts:
        wrong = "this presentation has no layout for a slide"
        raise mistake(str(template), wrong, "Add a layout with a title and free space below it.")
    layout = min(layouts, key=_fitness)
    title = _title_of(layout)
    slide = Rect(0, 0, presentation.slide_width / MM, presentation.slide_height / MM)
    heading, free = _shared(layout, title, slide)
    if free.wide < LEAST_AREA[0] or free.high - FOOT < LEAST_AREA[1]:
        wrong = "its layouts leave no room for a table beside title and pictures"
        raise mistake(str(template), wrong, "Add a layout with a title and free space below it.")
    body = Rect(free.x, free.y, free.wide, free.high - FOOT - GAP / 2)
    foot = Rect(free.x, free.low - FOOT, free.wide, FOOT)
    font = _font(presentation)
    return Canvas(presentation, layout, title, heading, body, foot, wider(font))


def _opened(template: Path) -> Any:
    remedy = "Save it as a presentation, .pptx, and name that."
    try:
        refuse_hostile(template)
        found = Presentation(str(template))
        refuse_links(template, found)
        return found
    except Mistakes:
        raise
    except NotAFileError as error:
        raise mistake(str(template), f"this is a {error.kind}, not a file", remedy) from None
    except UnreadableError as error:
        raise mistake(str(template), error.wrong, remedy) from None
    except (PackageNotFoundError, OSError):
        there = template.is_file()
        wrong = "this is no presentation" if there else "there is no such file"
        raise mistake(str(template), wrong, remedy) from None
    except Exception as error:  # what is no presentation inside can fail in any way
        said = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        wrong = f"this presentation cannot be read: {said}"
        raise mistake(str(template), wrong, remedy) from None


def _ours() -> Any:
    """A presentation of 16 to 9 with one layout: a title, and room."""
    found = Presentation()
    found.slide_width, found.slide_height = Emu(round(WIDE * MM)), Emu(round(HIGH * MM))
    keep = min(found.slide_layouts, key=_fitness)
    for one in list(found.slide_layouts):
        if one is not keep:
            found.slide_layouts.remove(one)
    master = found.slide_master
    for shape in [*keep.placeholders, *master.placeholders]:
        if shape.placeholder_format.type in TITLES:
            _place(shape, Rect(MARGIN, 9.0, WIDE - 2 * MARGIN, 22.0))
            shape.text_frame._txBody.bodyPr.set("anchor", "b")
        elif shape.placeholder_format.type in SMALL or shape in list(keep.placeholders):
            shape._element.getparent().remove(shape._element)
        else:
            _place(shape, Rect(MARGIN, 36.0, WIDE - 2 * MARGIN, 130.0))
    _left(master)
    _coloured(found)
    return found


def _place(shape: Any, at: Rect) -> None:
    shape.left, shape.top, shape.width, shape.height = at.emu()


def _left(master: Any) -> None:
    """Titles on the left, bold, as large as a sentence allows."""
    style = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    letters = style.find("{*}defRPr")
    letters.set("b", "1")
    letters.set("sz", "2400")


def _coloured(presentation: Any) -> None:
    """Our colours in the place of the theme's."""
    part = _theme(presentation)
    said = part.blob.decode()
    for name, colour in _COLOURS.items():
        own = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        said = re.sub(rf"<a:{name}>.*?</a:{name}>", own, said, flags=re.S)
    part._blob = said.encode()


def _theme(presentation: Any) -> Any:
    rels = presentation.slide_master.part.rels.values()
    return next(one.target_part for one in rels if one.reltype.endswith("/theme"))


def _font(presentation: Any) -> str:
    """The font of what is written: the theme's."""
    said = _theme(presentation).blob.decode(errors="replace")
    found = re.search(r'<a:latin typeface="([^"]*)"', said.partition("<a:minorFont>")[2])
    return found[1] if found else ""


def _empty(presentation: Any) -> None:
    """Take away the slides that a template shows itself with, and its picture."""
    slides = presentation.slides._sldIdLst
    for one in list(slides):
        presentation.part.drop_rel(one.rId)
        slides.remove(one)
    for sections in presentation.part._element.xpath(".//p:extLst"):
        sections.getparent().remove(sections)  # which name slides that are gone
    package = presentation.part.package
    for name, one in list(package._rels.items()):
        if one.reltype.endswith("/thumbnail"):
            package._rels.pop(name)


# ---- layouts ------------------------------------------------------------------------------------


def _fitness(layout: Any) -> tuple[bool, bool, int, float]:
    """The less the better: a title, not in the middle, little else, and much room."""
    kinds = [one.placeholder_format.type for one in layout.placeholders]
    titles = [one for one in kinds if one in TITLES]
    others = [one for one in kinds if one not in TITLES and one not in SMALL]
    title = _title_of(layout)
    return (not titles, PP_PLACEHOLDER.TITLE not in kinds, len(others), title.high if title else 0)


def _title_of(layout: Any) -> Rect | None:
    """Where the title of a layout stands, as its master says where it does not itself."""
    for one in layout.placeholders:
        if one.placeholder_format.type in TITLES:
            return rect_of(one)
    return None


def _shared(layout: Any, title: Rect | None, slide: Rect) -> tuple[Rect, Rect]:
    """The part for titles, and the largest one that is free of all that the layout shows."""
    inside = Rect(MARGIN / 2, MARGIN / 2, slide.wide - MARGIN, slide.high - MARGIN)
    obstacles = [one for one in _pictures(layout) if one.area < WHOLE_SLIDE * slide.area]
    if title is None:
        top = _free(inside, obstacles)
        heading = Rect(top.x, top.y, top.wide, 22.0)
        below = Rect(top.x, heading.low + GAP, top.wide, top.high - heading.high - GAP)
        return heading, below
    around = Rect(title.x - GAP, title.y - GAP, title.wide + 2 * GAP, title.high + 2 * GAP)
    free = _free(inside, [around, *obstacles])
    left = max(free.x, min(title.x, free.right - LEAST_AREA[0]))
    if left > free.x and free.y > title.y:  # below its title it begins where that does
        free = Rect(left, free.y, free.wide - (left - free.x), free.high)
        if free.right > title.right:
            free = Rect(free.x, free.y, max(title.right - free.x, LEAST_AREA[0]), free.high)
    return title, free


def _pictures(layout: Any) -> list[Rect]:
    """What a layout and its master show of themselves on every slide."""
    sources = [layout]
    if layout._element.get("showMasterSp", "1") not in ("0", "false"):
        sources.append(layout.slide_master)
    shapes = [one for source in sources for one in source.shapes if not one.is_placeholder]
    found = [rect for one in shapes if (rect := rect_of(one))]
    return sorted(found, key=lambda one: -one.area)[:MOST_OBSTACLES]


def _free(inside: Rect, obstacles: Iterable[Rect]) -> Rect:
    """The largest part that meets no obstacle."""
    met = [one for one in obstacles if one.meets(inside)]
    across = _edges(inside.x, inside.right, [edge for one in met for edge in (one.x, one.right)])
    down = _edges(inside.y, inside.low, [edge for one in met for edge in (one.y, one.low)])
    best = Rect(inside.x, inside.y, 0, 0)
    for (left, right), (top, low) in itertools.product(
        itertools.combinations(across, 2), itertools.combinations(down, 2)
    ):
        found = Rect(left, top, right - left, low - top)
        if found.area > best.area and not any(found.meets(one) for one in met):
            best = found
    return best


def _edges(first: float, last: float, others: Iterable[float]) -> list[float]:
    return sorted({first, last, *(one for one in others if first < one < last)})
