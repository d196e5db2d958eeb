"""The deck: the board's tables through templates, as Markdown and as self-contained HTML."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)

from tco.board import board
from tco.errors import Mistake, Mistakes, Place
from tco.files import bundled
from tco.scenario import Scenario

FORMATS = ("md", "html")


def render(
    scenario: Scenario, formats: Iterable[str] = FORMATS, templates: Path | None = None
) -> dict[str, str]:
    """The deck in each format: {"md": text, "html": text}.

    Args:
        templates: a folder whose `board.md.j2` or `board.html.j2` replaces the bundled one.

    Raises:
        Mistakes: when a format is unknown or a template does not work.
    """
    folders = [templates] if templates else []
    environment = Environment(
        loader=FileSystemLoader([*folders, bundled("templates")]),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and ".html" in str(name),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = _markdown_cell
    shown = board(scenario)
    return {one: _render(environment, one, shown, templates) for one in _known(formats)}


def _known(formats: Iterable[str]) -> list[str]:
    found = [one.strip().lower() for one in formats if one.strip()]
    for one in found:
        if one not in FORMATS:
            raise Mistakes([Mistake(Place("--format"), f"{one} is not a format of a deck",
                                    f"It is one of: {', '.join(FORMATS)}.")])  # fmt: skip
    return found


def _render(environment: Environment, form: str, shown: object, templates: Path | None) -> str:
    name = f"board.{form}.j2"
    place = templates / name if templates else Path(name)
    try:
        return environment.get_template(name).render(board=shown)
    except TemplateSyntaxError as error:
        line = error.lineno or 0
        raise Mistakes(
            [
                Mistake(
                    Place(str(place), line, 1),
                    f"the template does not work: {error.message}",
                    "Compare with the bundled template.",
                )
            ]
        ) from None
    except (TemplateError, UndefinedError) as error:
        raise Mistakes([Mistake(Place(str(place)), f"the template does not work: {error.message}",
                                "Compare with the bundled template.")]) from None  # fmt: skip


def _markdown_cell(text: str) -> str:
    """Text that stays inside its cell."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
