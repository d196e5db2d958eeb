"""A deck in every format that is asked for: text through templates, and slides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tco.errors import mistake
from tco.page.deck import SLIDES, TEXTS, holding, is_slides, known, render, render_board
from tco.page.printed import Board
from tco.scenario import Scenario


def deck(
    scenario: Scenario, formats: Iterable[str] = TEXTS, template: Path | None = None
) -> dict[str, bytes]:
    """The deck of a scenario by format.

    Args:
        template: a presentation, or a folder of templates of which one may be `board.pptx`.

    Raises:
        Mistakes: when a format is unknown or a template does not work.
    """

    def drawn(own: Path | None) -> bytes:
        from tco.slides.writing import slides

        return slides(scenario, own)

    return _made(known(formats), template, lambda texts: render(scenario, texts, template), drawn)


def deck_of_board(
    found: Board, day: str, sheet: str, formats: Iterable[str], template: Path | None = None
) -> dict[str, bytes]:
    """The same of tables and sentences alone, whose cells are on a sheet."""

    def drawn(own: Path | None) -> bytes:
        from tco.slides.writing import of_board

        return of_board(found, day, sheet, own)

    return _made(
        known(formats), template, lambda texts: render_board(found, texts, template), drawn
    )


def _made(
    formats: Sequence[str],
    template: Path | None,
    written: Callable[[list[str]], dict[str, str]],
    drawn: Callable[[Path | None], bytes],
) -> dict[str, bytes]:
    """Texts and slides, in the order in which they were asked for."""
    if template and is_slides(template) and SLIDES not in formats:
        raise mistake(str(template), "this is a template of slides, and none are asked for",
                      f"Add --format {SLIDES}, or name a folder of templates.")  # fmt: skip
    own = template if template and is_slides(template) else None
    if template and own is None:
        inside = holding(template) / f"board.{SLIDES}"
        own = inside if inside.is_file() else None
    texts = [one for one in formats if one in TEXTS]
    found = {form: text.encode() for form, text in written(texts).items()} if texts else {}
    if SLIDES in formats:
        found[SLIDES] = drawn(own)
    return {one: found[one] for one in formats}
