"""Board: what the first sheet says in words, each from lines of the kind it is of.

While an error stands it takes the place of the answer, and no figure stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tco.lines import *
from tco.model.state import WITHHELD

SECTION, INPUTS = "board", "general"
MONEY, WORDS = "money", "words"  # forms of figures that are no number formats


@dataclass(frozen=True)
class OnBoard:
    """What a kind puts on the first sheet: keys of texts, and figures that stand out.

    `decision` is the text that says what is asked for, `answer` the one that answers it in a line,
    `leads` are those below it: what it hangs on. `amount` sets the scale of all amounts of the
    page. `tiles` are (key, label, form): a number format, MONEY or WORDS.
    """

    decision: str
    answer: str
    leads: tuple[str, ...]
    amount: str
    tiles: tuple[tuple[str, str, str], ...]
    place: int = 0  # the last one is meant


def on_board(members: Any) -> OnBoard | None:
    """What the page of a kind shows; None for a kind that has no say in it."""
    found: tuple[OnBoard, ...] = members.all(OnBoard)
    return found[-1] if found else None


def _kept(errors: Any, said: Any) -> Any:
    return where(picked(errors, 0), said, WITHHELD)


millions_from = Given(
    "The first sheet counts in millions from", "USD", above=0, off_by="nothing",
    note="All amounts of it are in the scale of the first.",
)  # fmt: skip
billions_from = Given(
    "The first sheet counts in billions from", "USD", above=0, off_by="nothing",
    note="All amounts of it are in the scale of the first.",
)  # fmt: skip


@gathered
def scale(members):
    """In what money is counted on the page: one scale for all of it."""
    if not (page := on_board(members)):
        return

    def size(amount: Any) -> Any:
        return where(defined(amount), maximum(amount, -amount), 0)

    yield Line("board_size", "Size of its first figure", "USD", size, "Whoever it favours.",
               (page.amount,))  # fmt: skip
    yield Line("board_scale", "Scale of the page", "count", _steps,
               "0: as they are; 1: in millions; 2: in billions.",
               ("board_size", "millions_from", "billions_from"))  # fmt: skip
    yield Line("board_divisor", "Amounts are divided by", "count", _divisor,
               "For the figures in words.", ("board_scale",))  # fmt: skip
    yield Line("board_unit", "Unit of amounts", "text", _unit, "Of the whole page.",
               ("board_scale", "currency"))  # fmt: skip


def _steps(board_size: Any, millions_from: Any, billions_from: Any) -> Any:
    return where(at_most(millions_from, board_size), 1, 0) + where(
        at_most(billions_from, board_size), 1, 0
    )


def _divisor(board_scale: Any) -> Any:
    digits = 3 * board_scale + 3 * minimum(board_scale, 1)  # none, six, nine
    return power(10, digits)


def _unit(board_scale: Any, currency: Any) -> Any:
    scaled = (text(f"{one} {{}}", currency) for one in ("M", "bn"))
    return numbered(board_scale, currency, *scaled)


@gathered
def sentences(members):
    """What is asked, the answer, and what it hangs on."""
    if not (page := on_board(members)):
        return

    def answered(errors: Any, answer: Any, error: Any) -> Any:
        return numbered(minimum(errors, 1), answer, error)

    yield Line("board_decision", "What is asked", "text", _kept, "What is to be approved.",
               ("errors", page.decision))  # fmt: skip
    yield Line("board_answer", "The answer", "text", answered,
               "The error instead, while one stands.",
               ("errors", page.answer, "error_sentence"))  # fmt: skip
    for number, key in enumerate(page.leads, 1):
        yield Line(f"board_lead_{number}", f"What it hangs on, {number}", "text", _kept,
                   "Below the answer.", ("errors", key))  # fmt: skip


@gathered
def figures(members):
    """The figures that stand out, in the scale of the page."""
    if page := on_board(members):
        yield from (_figure(number, *one) for number, one in enumerate(page.tiles, 1))


def _figure(number: int, key: str, label: str, form: str) -> Line:
    def kept(errors: Any, said: Any, found: Any) -> Any:
        return numbered(minimum(errors, 1), where_known(said, found, WITHHELD), WITHHELD)

    def amount(errors: Any, found: Any, scale: Any) -> Any:
        scaled = (text(f"{{}} {unit}", shown(found / size, "#,##0.00"))
                  for size, unit in ((1e6, "M"), (1e9, "bn")))  # fmt: skip
        return kept(errors, numbered(scale, shown(found, "#,##0.00"), *scaled), found)

    def figure(errors: Any, found: Any) -> Any:
        return kept(errors, shown(found, form), found)

    rules: dict[str, Any] = {MONEY: amount, WORDS: _kept}
    needs = ("errors", key, *(("board_scale",) if form == MONEY else ()))
    return Line(f"board_figure_{number}", f"Figure: {label}", "text", rules.get(form, figure),
                "It stands out on the first sheet.", needs)  # fmt: skip


def board_lines(model: Model, *, figures: bool = False) -> list[str]:
    """The keys of the texts of the page, or of its figures, in their order."""
    kind = "board_figure_" if figures else ("board_decision", "board_answer", "board_lead_")
    return [key for key in model.lines if key.startswith(kind)]


def tiles(model: Model) -> Iterable[tuple[str, str]]:
    """Each figure that stands out: its key and what it is called."""
    page = on_board(model.members)
    names = page.tiles if page else ()
    return [(f"board_figure_{number}", label) for number, (_, label, _) in enumerate(names, 1)]
