"""A bridge as the terminal and a page of Markdown print it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from tco import __version__
from tco.bridge.bridge import TOGETHER, Bridge, Move
from tco.bridge.figures import Headline
from tco.page.deck import render_board
from tco.page.printed import Board
from tco.page.terminal import table_as_text
from tco.quantities import show
from tco.tables import Answer, PrintedRow, PrintedTable, Words

MILLION, BILLION = 1e6, 1e9
_TOLD = 4  # causes in a sentence
_ABREAST = 4  # figures in a table
_SHORT = 40  # characters of a source in a sentence
_NAMED = 8  # changes that move nothing, by name
NOTHING = "–"


def answer(bridge: Bridge) -> Answer:
    """What moved what, for the terminal."""
    names = "\n".join(_names(bridge))
    said, tables = sentences(bridge), tuple(one for one in _tables(bridge) if one.rows)
    plain = [names, "\n".join(said), *(f"{one.title}\n{table_as_text(one)}" for one in tables)]
    foot, rest = footnote(bridge), "\n".join(said[1:])
    words = (Words(names), Words(said[0], strong=True), *([Words(rest)] if rest else []))
    return Answer("\n\n".join((*plain, foot)), (*words, *tables, Words(foot)))


def as_markdown(bridge: Bridge) -> bytes:
    """The same as a page."""
    found = Board(
        f"{bridge.ends[0].stem} to {bridge.ends[1].stem}: what moved what",
        _spaced(sentences(bridge)),
        tuple(one for one in _tables(bridge) if one.rows),
        " ".join((*(f"{one}." for one in _names(bridge)), footnote(bridge))),
    )
    return render_board(found, ["md"])["md"].encode()


def _spaced(said: Sequence[str]) -> tuple[str, ...]:
    """Sentences as paragraphs of their own."""
    return tuple(part for one in said for part in (one.strip(), ""))[:-1]


def _names(bridge: Bridge) -> list[str]:
    """Which two, each with its title and what its inputs are told by."""
    return [
        f"{letter}  {end.scenario.title} ({end.name}, inputs {end.scenario.sha256[:12]})"
        for letter, end in zip("AB", bridge.ends, strict=True)
    ]


def footnote(bridge: Bridge) -> str:
    """How the rows are meant, and how well they add up."""
    rest = max((_remainder(bridge, one.key) for one in bridge.headlines), default=0.0)
    exact = f"but for {rest:.0e} of the figure, which is rounding" if rest else "exactly"
    return (
        "Each row is A with that change alone, less A; together is what is left of the change once "
        f"all are laid over. The rows add up to the change {exact}. tco {__version__}."
    )


def _remainder(bridge: Bridge, key: str) -> float:
    """What the rows of a figure leave of its change, as a share of the figure."""
    rows = [*(one.of(key) for one in bridge.steps), bridge.together(key)]
    change = bridge.change(key)
    if math.isnan(change) or math.isnan(bridge.together(key)):
        return 0.0
    summed = math.fsum(one for one in rows if not math.isnan(one))
    size = max(abs(bridge.was.values[key]), abs(bridge.now.values[key]))
    return abs(summed - change) / size if size else 0.0


# ---- sentences -----------------------------------------------------------------------------------


def sentences(bridge: Bridge) -> list[str]:
    """What moved each amount, whether the verdict turned, what moves nothing."""
    if not bridge.steps:
        return [f"Nothing differs between {bridge.ends[0].name} and {bridge.ends[1].name}."]
    found = [_moved(bridge, one) for one in leading(bridge)]
    if not bridge.moved:
        found = ["No figure of the first page moves."]
    verdict = list(_verdict(bridge))
    told = [*verdict, *found] if bridge.turned else [*found, *verdict]
    return [*told, *_idle(bridge), *_refused(bridge), *_elsewhere(bridge)]


def leading(bridge: Bridge) -> list[Headline]:
    """The figures that sentences and charts are about: money, else whatever moves first."""
    money = [one for one in bridge.moved if one.is_amount]
    return money or list(bridge.moved[:1])


def _moved(bridge: Bridge, one: Headline) -> str:
    was, now = bridge.was.values[one.key], bridge.now.values[one.key]
    change = bridge.change(one.key)
    if math.isnan(change):
        said = " to ".join(show(value, one.form) for value in (was, now))
        return f"{one.label}: from {said}; a figure that comes or goes has no rows."
    if bridge.is_noise(one.key, change):
        head = f"{one.label} stays at {amount(one, now)}"
    else:
        more = "more" if change > 0 else "less"
        ends_of = f"{amount(one, was)} to {amount(one, now)}"
        head = f"{one.label}: {amount(one, abs(change))} {more}, {ends_of}"
    return f"{head}: {_parts(bridge, one)}."


def _parts(bridge: Bridge, one: Headline) -> str:
    moves = [(_sourced(move), move.of(one.key)) for move in bridge.moving
             if not bridge.is_noise(one.key, move.of(one.key))]  # fmt: skip
    moves.sort(key=lambda pair: -abs(pair[1]))
    told = [f"{signed(one, move)} {label}" for label, move in moves[:_TOLD]]
    if len(moves) > _TOLD:
        rest = math.fsum(move for _, move in moves[_TOLD:])
        told.append(f"{signed(one, rest)} {len(moves) - _TOLD} others")
    together = bridge.together(one.key)
    if not bridge.is_noise(one.key, together):
        told.append(f"{signed(one, together)} together")
    return "; ".join((*told, "nothing else"))


def _sourced(move: Move) -> str:
    """A step's name, with what its new value rests on where that is short."""
    source = move.cause.change.source if move.cause else ""
    return f"{move.label} ({source})" if 0 < len(source) <= _SHORT else move.label


def amount(one: Headline, value: float) -> str:
    """A figure in words: millions of money, else as it is printed."""
    for size, said in ((BILLION, "bn"), (MILLION, "M")):
        if one.is_amount and abs(value) >= size:
            return f"{value / size:,.2f} {said} {one.unit}"
    return f"{show(value, one.form)} {one.unit}".strip()


def signed(one: Headline, move: float) -> str:
    """A move with its sign, in the size of the figure."""
    return _with_sign(amount(one, abs(move)), move)


def _verdict(bridge: Bridge) -> Iterator[str]:
    was, now = bridge.was.answer, bridge.now.answer
    if not (was and now):
        return
    if not bridge.turned:
        yield f"The answer stays, its amounts aside: {now}."
        return
    yield f"The answer was “{was}”, and is “{now}”."
    names = [one.label for one in bridge.turning]
    if len(bridge.steps) == 1:
        return
    if names:
        each = "would" if len(names) == 1 else "would each"
        yield f"Alone, {'; '.join(names)} {each} have turned the answer."
    else:
        yield "No single change alone would have turned it: it takes several together."


def _idle(bridge: Bridge) -> Iterator[str]:
    names = [one.label for one in bridge.idle]
    if not names:
        return
    more = f"; and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    yield f"Changed, and moves none of these figures alone: {'; '.join(names[:_NAMED])}{more}."


def _refused(bridge: Bridge) -> Iterator[str]:
    for move in bridge.moves:
        refused = move.cause.refused if move.cause else ()
        if not refused:
            continue
        names = [label for label, _ in refused]
        said, reason = _listed(names), refused[0][1]
        would, they = ("would each", "they are") if len(names) > 1 else ("would", "it is")
        first = f"{names[0]}: " if len(names) > 1 else ""
        yield (f"{said} {would} be refused alone ({first}{reason}), so {they} laid over together "
               f"with what that needs, as {move.label}.")  # fmt: skip


def _listed(names: Sequence[str], most: int = 3) -> str:
    """The first names of many."""
    if len(names) <= most:
        return " and ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def _elsewhere(bridge: Bridge) -> Iterator[str]:
    for end in bridge.ends:
        labels = [label for name, label in bridge.elsewhere if name == end.name]
        if labels:
            yield f"On the first page of {end.name} only, and not compared: {'; '.join(labels)}."
    for end in bridge.ends:
        if end.stamp and not end.stamp.is_ours:
            yield (f"{end.name} was built by another tco: its figures are those in its cells, and "
                   "whether other cells than its overrides were typed over cannot be seen "
                   "here.")  # fmt: skip


# ---- tables --------------------------------------------------------------------------------------


def _tables(bridge: Bridge) -> Iterator[PrintedTable]:
    every = bridge.moved
    for start in range(0, len(every), _ABREAST):
        part = every[start : start + _ABREAST]
        count = math.ceil(len(every) / _ABREAST)
        of = f", {start // _ABREAST + 1} of {count}" if count > 1 else ""
        yield _bridge_table(bridge, part, f"What moved it{of}")
    rows = [PrintedRow(one) for one in changed(bridge)]
    headings = ("Change", "Was", "Is", "Source")
    yield PrintedTable("What was changed", headings, (False,) * 4, tuple(rows))


def _bridge_table(bridge: Bridge, part: Sequence[Headline], title: str) -> PrintedTable:
    rows = [PrintedRow(("A", *(level_words(one, bridge.was.values[one.key]) for one in part)))]
    for move in bridge.moving:
        moves = [(one, move.of(one.key)) for one in part]
        if all(not math.isnan(found) and bridge.is_noise(one.key, found) for one, found in moves):
            continue
        cells = (_move_words(bridge, one, found) for one, found in moves)
        rows.append(PrintedRow((move.label, *cells)))
    cells = (_move_words(bridge, one, bridge.together(one.key)) for one in part)
    rows.append(PrintedRow((TOGETHER, *cells)))
    ends_of = (level_words(one, bridge.now.values[one.key]) for one in part)
    rows.append(PrintedRow(("B", *ends_of), strong=True))
    headings = ("", *map(_headed, part))
    return PrintedTable(title, headings, (False, *(True for _ in part)), tuple(rows))


def _headed(one: Headline) -> str:
    """A figure with its unit, where its name does not end in it."""
    said = one.unit and not one.label.endswith(f", {one.unit}")
    return f"{one.label}, {one.unit}" if said else one.label


def level_words(one: Headline, value: float) -> str:
    """A figure as a table prints it."""
    return NOTHING if math.isnan(value) else show(value, one.form)


def _move_words(bridge: Bridge, one: Headline, move: float) -> str:
    if math.isnan(move):
        return NOTHING
    if bridge.is_noise(one.key, move):
        return "0"
    return _with_sign(show(abs(move), one.form), move)


def _with_sign(said: str, move: float) -> str:
    """A size with its sign, unless it is smaller than is printed."""
    if not any(digit in said for digit in "123456789"):
        return said
    return f"{'-' if move < 0 else '+'}{said}"


def changed(bridge: Bridge) -> Iterator[tuple[str, str, str, str]]:
    """What was there and what is, change by change, as the files have them."""
    for move in bridge.moves:
        assert move.cause is not None
        brought = move.cause.brought
        for one in move.cause.parts:
            now = f"{one.now}; brings {brought}" if brought else one.now
            yield one.label, one.was, now, one.source
            brought = ""  # told with the first
