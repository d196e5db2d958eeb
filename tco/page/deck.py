"""The deck as text: the pages through templates, as Markdown and as self-contained HTML."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from tco.errors import Mistake, Mistakes, Place, mistake
from tco.files import bundled
from tco.page.content import Page
from tco.page.first import page
from tco.page.printed import Board, board
from tco.page.shown import front
from tco.page.svg import bars_of_row, picture
from tco.scenario import Scenario

TEXTS = ("md", "html")  # what templates of text make
SLIDES = "pptx"
FORMATS = (*TEXTS, SLIDES)


def render(
    scenario: Scenario,
    formats: Iterable[str] = TEXTS,
    templates: Path | None = None,
    shown: Callable[[Scenario], Page] = page,
) -> dict[str, str]:
    """The deck in each format of text: {"md": text, "html": text}.

    The board's page stands first, the full tables below it.

    Args:
        shown: what is shown of the scenario; its first page unless another is given.
        templates: a folder whose `board.md.j2` or `board.html.j2` replaces the bundled one.

    Raises:
        Mistakes: when a format is unknown or a template does not work.
    """
    found = board(scenario, shown(scenario))
    if shown is page:
        found = replace(found, front=front(scenario))
    return render_board(found, formats, templates)


def render_board(
    found: Board, formats: Iterable[str] = TEXTS, templates: Path | None = None
) -> dict[str, str]:
    """The same of a page whose every value is printed already."""
    wanted = [one for one in known(formats) if one in TEXTS]
    folders = [holding(templates)] if templates and not is_slides(templates) else []
    environment = SandboxedEnvironment(  # a template is a program, and may come from anybody
        loader=FileSystemLoader([*folders, bundled("templates")]),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and ".html" in str(name),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = _markdown_cell
    environment.globals |= {"picture": picture, "bars_of_row": bars_of_row}
    return {one: _render(environment, one, found, templates) for one in wanted}


def is_slides(template: Path) -> bool:
    """Whether a template is a file of slides, not a folder of templates."""
    return template.suffix.lower() == f".{SLIDES}"


def known(formats: Iterable[str]) -> list[str]:
    """The formats, each known. Raises `Mistakes` for those that are none."""
    found = [one.strip().lower() for one in formats if one.strip()]
    wrong = [one for one in found if one not in FORMATS] or ([] if found else ["nothing"])
    if wrong:
        known = f"It is one of: {', '.join(FORMATS)}."
        raise Mistakes(
            Mistake(Place("--format"), f"{one} is not a format of a deck", known) for one in wrong
        )
    return found


def holding(folder: Path) -> Path:
    """The folder, if it holds a template of the names that are looked for, else `Mistakes`."""
    names = [*(f"board.{form}.j2" for form in TEXTS), f"board.{SLIDES}"]
    if not any((folder / name).is_file() for name in names):
        said = f"{', '.join(names[:-1])} or {names[-1]}"
        wrong = f"holds no {said}" if folder.is_dir() else "there is no such folder"
        raise mistake(str(folder), wrong, f"Name a folder that holds {said}.")
    return folder


def _render(
    environment: SandboxedEnvironment, form: str, shown: object, templates: Path | None
) -> str:
    name = f"board.{form}.j2"
    place = templates / name if templates else Path(name)
    try:
        return environment.get_template(name).render(board=shown)
    except Exception as error:  # a template is a program and can fail in any way
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Mistakes([
            Mistake(_place(place, error), f"the template does not work: {said}",
                    f"Compare with the bundled one: {bundled('templates') / name}")
        ]) from None  # fmt: skip


def _place(path: Path, error: Exception) -> Place:
    """The line of the template that an error comes from, where the error says."""
    if isinstance(error, TemplateSyntaxError):
        line = error.lineno if error.name == path.name else 0
    else:
        frames = reversed(traceback.extract_tb(error.__traceback__))
        line = next((one.lineno or 0 for one in frames if one.filename == str(path)), 0)
    if not line:
        return Place(str(path))
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    excerpt = text[line - 1] if line <= len(text) else ""
    start = len(excerpt) - len(excerpt.lstrip())
    return Place(str(path), line, start + 1, excerpt, max(1, len(excerpt.rstrip()) - start))


def _markdown_cell(text: str) -> str:
    """Text that stays inside its cell."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
