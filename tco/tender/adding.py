"""Adding answers to the quotes of a scenario: all files or none, and every deviation told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tco.catalogue.csvfile import content_of
from tco.errors import Mistake, Mistakes, mistake, unwritable
from tco.files import alone_in, kind_of, write_all
from tco.read.textfile import STDIN
from tco.scenario import Scenario
from tco.tender.answers import Answer, Offer
from tco.tender.asked import SERVERS, Request, Wishes, compared_items, request_of
from tco.tender.columns import BUY, SIDES, Side
from tco.tender.csvanswers import EXTRA, csv_answer, csv_of, not_quotes, side_of_csv
from tco.tender.filled import filled_cells
from tco.tender.quotesfile import QuotesFile, Row, quotes_file
from tco.tender.workbookanswers import side_of, workbook_answer

WAITING = "waiting"
MOST_OF_NOTE = 10_000  # characters; a cell takes 32,767
MOST_SAID = 1_000  # characters of one finding that are printed
CUT = " …"


@dataclass
class Added:
    """What came of one answer: how many quotes were added, were there, or wait."""

    answer: Answer
    added: int = 0
    there: int = 0
    waiting: list[Offer] = field(default_factory=list)


@dataclass
class Files:
    """The files of one side: the quotes, and those that wait until they are complete."""

    side: Side
    quotes: QuotesFile
    waiting: QuotesFile


def add(name: str, scenario: Scenario, files: Sequence[str], vendor: str = "") -> str:
    """Read answers and write them beside the scenario; what is to be said of it.

    Raises `Mistakes` where any file cannot be read, and then writes nothing.
    """
    if found := unwritable(vendor):
        raise mistake("--vendor", *found)
    stem = _stem(name, scenario)
    answers = _answers(scenario, files, vendor)
    with alone_in(stem.parent):
        beside = {key: _files(stem, SIDES[key], files) for key in
                  dict.fromkeys(one.request.side.name for one in answers)}  # fmt: skip
        done = [_added(scenario, one, beside[one.request.side.name]) for one in answers]
        contents, empty = {}, []
        for one in beside.values():
            contents[one.quotes.path] = one.quotes.text().encode()
            if one.waiting.rows:
                contents[one.waiting.path] = one.waiting.text().encode()
            elif one.waiting.path.exists():
                empty.append(one.waiting.path)
        write_all(contents)
        for path in empty:
            path.unlink()
    return _report(scenario, done, list(beside.values()))


def _stem(name: str, scenario: Scenario) -> Path:
    """The folder and name of a scenario; one that is bundled has no folder of the user's."""
    path = Path(name)
    if name == STDIN:
        raise mistake(STDIN, "quotes are kept beside a file of a scenario", "Save it first.")
    if not path.exists():
        raise mistake(name, "quotes are kept beside a file of one's own, and this one is bundled",
                      f"Start with a copy: tco new {scenario.name}-2 --from {name}")  # fmt: skip
    return path.parent / path.stem


def _files(stem: Path, side: Side, names: Sequence[str]) -> Files:
    path = stem.parent / f"{stem.name}.{side.table}.csv"
    waits = stem.parent / f"{stem.name}.{side.table}-{WAITING}.csv"
    waiting = quotes_file(waits, side)
    if waits.resolve() in {Path(one).resolve() for one in names}:
        waiting.rows = []  # they are added anew
    return Files(side, quotes_file(path, side), waiting)


# ---- reading -------------------------------------------------------------------------------------


def _answers(scenario: Scenario, files: Sequence[str], vendor: str) -> list[Answer]:
    found: list[Answer] = []
    mistakes: list[Mistake] = []
    requests: dict[str, Request] = {}
    for name in files:
        try:
            found.append(_answer(scenario, Path(name), vendor, requests))
        except Mistakes as error:
            mistakes += error.mistakes
    if mistakes:
        raise Mistakes(dict.fromkeys(mistakes))
    return found


def _answer(scenario: Scenario, path: Path, vendor: str, known: dict[str, Request]) -> Answer:
    kind = kind_of(path)
    if not kind:
        raise mistake(str(path), "there is no such file", "Name a filled request, or a CSV.")
    if kind != "file":
        raise mistake(str(path), f"this is a {kind}, not a file",
                      "Name a filled request, or a CSV.")  # fmt: skip

    def request(side: str) -> Request:
        if side not in known:
            known[side] = request_of(scenario, side, Wishes())
        return known[side]

    if _is_text(path):
        sheet = csv_of(path, content_of(path))
        if not (side := side_of_csv(sheet)):
            raise not_quotes(path)
        return csv_answer(path, sheet, request(side), vendor)
    filled = filled_cells(path)
    if not (side := side_of(filled)):
        raise mistake(str(path), "this workbook is no answer to a request: no heading of one is in "
                      "it", "Send the request first: tco rfq SCENARIO. A list of another make is "
                      "read as CSV.")  # fmt: skip
    return workbook_answer(path, filled, request(side), vendor)


def _is_text(path: Path) -> bool:
    """Whether a file is to be read as CSV: by its name, where it does not start as a package."""
    with path.open("rb") as file:
        start = file.read(4)
    return path.suffix.lower() in (".csv", ".txt", ".tsv") and not start.startswith(b"PK\x03\x04")


# ---- adding --------------------------------------------------------------------------------------


def _added(scenario: Scenario, answer: Answer, files: Files) -> Added:
    done = Added(answer)
    complete: list[Row] = []
    for offer in answer.offers:
        _shorten(answer, offer)
        if why := _lacking(scenario, answer, offer):
            offer.lacks = list(dict.fromkeys(why))
            done.waiting.append(offer)
        else:
            complete.append(_row(files.side, offer, answer.name))
    done.added, done.there = files.quotes.add(files.side, complete)
    for offer in done.waiting:
        row = _row(files.side, offer, answer.name)
        lacks = "; ".join(offer.lacks)[:MOST_OF_NOTE].replace("]", ")")
        row["note"] = f"[waits: {lacks}] {row['note']}".strip()
        if row not in files.waiting.rows:
            files.waiting.rows.append(row)
    return done


def _shorten(answer: Answer, offer: Offer) -> None:
    """Cut what is longer than a cell of a workbook takes: it would make the scenario unreadable."""
    note = _note_of(offer)
    if len(note) > MOST_OF_NOTE + len(CUT):
        offer.notes = [note[:MOST_OF_NOTE] + CUT]
        said = f"its note has {len(note):,} characters: cut behind {MOST_OF_NOTE:,}"
        answer.tell(offer.place, said)


def _note_of(offer: Offer) -> str:
    return "; ".join(dict.fromkeys(one.strip() for one in offer.notes if one.strip()))


def _lacking(scenario: Scenario, answer: Answer, offer: Offer) -> list[str]:
    """Why an offer cannot be compared: what it lacks, or that nobody compares its item."""
    found = list(offer.lacks)
    item = offer.values.get("item")
    if answer.request.side.name == BUY and item:
        known = compared_items(scenario)
        if known and item.casefold() not in known:
            found.append(f"quotes of {item} are not compared in this scenario, but of "
                         f"{', '.join(known)}")  # fmt: skip
            answer.tell(offer.place, found[-1])
        servers = {one.key.casefold() for one in answer.request.items if one.unit == SERVERS}
        if item.casefold() in servers and offer.values.get("power_kw") == "0":
            found.append("a server draws power, and 0 kW is offered")
            answer.tell(offer.place, found[-1])
    return found


def _row(side: Side, offer: Offer, name: str) -> Row:
    row = {key: offer.values.get(key, "") for key in side.head}
    rare = [one.key for one in (*side.columns, *EXTRA) if one.key not in row]
    row |= {key: offer.values[key] for key in rare if key in offer.values}
    row["note"] = _note_of(offer)
    if "document" in side.head and not row["document"]:
        row["document"] = name[:60].translate(str.maketrans("*?~", "   "))
    return row


# ---- saying --------------------------------------------------------------------------------------


def _report(scenario: Scenario, done: Sequence[Added], files: Sequence[Files]) -> str:
    blocks = []
    for one in done:
        counts = [f"{one.added} quote{'s' * (one.added != 1)} added"]
        if one.there:
            counts.append(f"{one.there} there already")
        if one.waiting:
            counts.append(f"{len(one.waiting)} incomplete")
        lines = [f"{one.answer.name}: {one.answer.who}: {', '.join(counts)}"]
        waits = {(offer.place, why) for offer in one.waiting for why in offer.lacks}
        lines += [_short(f"  {found}") for found in one.answer.findings
                  if (found.place, found.said) not in waits]  # fmt: skip
        lines += [_short(f"  {offer.place}: waits until it is complete: {'; '.join(offer.lacks)}")
                  for offer in one.waiting]  # fmt: skip
        blocks.append("\n".join(lines))
    ends = []
    for found in files:
        ends.append(str(found.quotes.path))
        if found.waiting.rows:
            ends.append(f"{found.waiting.path}: complete these rows, then: tco quotes add "
                        f"{scenario.path} {found.waiting.path}")  # fmt: skip
        ends += _next_steps(scenario, found)
    return "\n\n".join([*blocks, "\n".join(ends)])


def _short(line: str) -> str:
    """A line as long as somebody reads."""
    return line if len(line) <= MOST_SAID else f"{line[: MOST_SAID - 1]}…"


def _next_steps(scenario: Scenario, files: Files) -> list[str]:
    """What the scenario still has to say before it compares them."""
    name, table = files.quotes.path.name, files.side.table
    rows = scenario.tables.get(table, ())
    said = []
    if files.quotes.rows and not any(f"stated: {name}" in row.source for row in rows):
        said.append(f"To compare them, the scenario says: {table}: {name}")
    rates = {row.name.casefold() for row in scenario.tables.get("currencies", ())}
    used = {row.get("currency", "") for row in files.quotes.rows} - {"", scenario.currency}
    for code in sorted(one for one in used if one.casefold() not in rates):
        known = "currencies" in scenario.model.tables
        said.append(f"Its table currencies needs the rate of {code} and its date"
                    f"{'' if known else ', if they are not there'}")  # fmt: skip
    return said
