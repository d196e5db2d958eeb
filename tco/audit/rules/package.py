"""What comes with the file beside its sheets: code, links, connections, traces of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tco.audit.book import Book
from tco.audit.formula import Token
from tco.audit.registry import ERROR, NOTE, PACKAGE, WARNING, Found, by_sheet, rule, short

_PATH = re.compile(r"(?i)(?:[a-z]:\\|\\\\|file:///|/users/|/home/)[^\"<>|]*")


@rule(
    "macros", WARNING, PACKAGE,
    why="Code can change any number, and no reader of cells sees it.",
    mend="Take the macros out (save as .xlsx), or have the code reviewed as such.",
)  # fmt: skip
def macros(book: Book) -> Iterator[Found]:
    """The workbook carries macros."""
    code = [one for one in book.parts if re.search(r"(?i)vbaproject|macrosheets/|xlm", one)]
    if code:
        yield Found("", (), f"it carries {short(', '.join(code))}")


@rule(
    "external-link", ERROR, PACKAGE,
    why="The value comes from a file that is not here: nobody can check it, and it may have moved.",
    mend="Copy the values in as inputs with their source, then break the link.",
)  # fmt: skip
def external_link(book: Book) -> Iterator[Found]:
    """Formulas or names read another workbook."""
    yield from by_sheet(
        (group, f"{group.text()} reads another workbook")
        for group in book.groups if any(map(_is_outside, group.shape.tokens))
    )  # fmt: skip
    for name in book.names:
        if re.search(r"\[[^\]]*\][^\[\]]*!", name.meaning):
            yield Found("", (), f"the name {name.name} reads another workbook: {name.meaning[:60]}")


def _is_outside(token: Token) -> bool:
    if token.reference is not None:
        return bool(token.reference.outside)
    return token.kind in ("name", "other", "error") and bool(re.match(r"'?\[", token.text))


@rule(
    "idle-link", WARNING, PACKAGE,
    why="Excel asks to update it on opening, and it names files and folders of its author.",
    mend="Data > Edit Links > Break Link.",
)  # fmt: skip
def idle_link(book: Book) -> Iterator[Found]:
    """A link to another workbook is kept that no formula uses."""
    if any(True for _ in external_link(book)):
        return
    kept = [one for one in book.others if "externallinks/" in one.lower()]
    if kept:
        yield Found(
            "", (), f"{len(kept)} links to other workbooks are kept, and no formula uses one"
        )


@rule(
    "connection", WARNING, PACKAGE,
    why="A refresh replaces numbers by what a server says that day.",
    mend="Keep the data as dated values with their source, and delete the connection.",
)  # fmt: skip
def connection(book: Book) -> Iterator[Found]:
    """The workbook fetches data from elsewhere."""
    kinds = r"(?i)^xl/(connections\.xml|querytables/|model/)|datamashup"
    kept = [one for one in book.parts if re.search(kinds, one)]
    if kept:
        yield Found("", (), f"it carries {short(', '.join(kept))}")


@rule(
    "dde", ERROR, PACKAGE,
    why="Such a formula can start a program on the reader's machine.",
    mend="Delete it, and ask where the file comes from.",
)  # fmt: skip
def dde(book: Book) -> Iterator[Found]:
    """A formula calls another program."""
    for group in book.groups:
        if any(one.kind == "dde" for one in group.shape.tokens):
            yield Found(group.sheet.name, group.cells, f"{group.text()} calls another program")


@rule(
    "fetching-function", WARNING, PACKAGE,
    why="Its value is what a server says that day, and the server learns who opened the file.",
    mend="Put the value in as an input with source and date.",
)  # fmt: skip
def fetching_function(book: Book) -> Iterator[Found]:
    """A formula fetches from the internet or a server."""
    fetching = {"WEBSERVICE", "RTD", "IMAGE", "STOCKHISTORY", "SQL.REQUEST", "CALL"}
    for group in book.groups:
        if used := group.shape.functions & fetching:
            said = f"{group.text()} calls {', '.join(sorted(used))}"
            yield Found(group.sheet.name, group.cells, said)


@rule(
    "embedded-object", WARNING, PACKAGE,
    why="An embedded file or control is not audited with the sheets, and can hold anything.",
    mend="Take it out, or review it as a file of its own.",
)  # fmt: skip
def embedded_object(book: Book) -> Iterator[Found]:
    """The workbook carries embedded files or controls."""
    kept = [one for one in book.parts if re.search(r"(?i)^xl/(embeddings|activex)/", one)]
    if kept:
        yield Found("", (), f"{len(kept)} embedded: {short(', '.join(kept))}")


@rule(
    "local-path", NOTE, PACKAGE,
    why="It tells the reader names of people, machines and folders.",
    mend="File > Info > Inspect Document, before it is sent.",
)  # fmt: skip
def local_path(book: Book) -> Iterator[Found]:
    """The file names a folder on its author's machine."""
    kept = {"".join(one.get("url").split("\0")) for one in book.main.all("absPath")}
    kept |= {
        target for name, links in book.links.items() if name for _, target in links
        if _PATH.match(target)
    }  # fmt: skip
    if named := sorted(one for one in kept if one):
        yield Found("", (), f"it names {short(named[0])}")


@rule(
    "person-named", NOTE, PACKAGE,
    why="A person's name or address in the properties goes to everybody who gets the file.",
    mend="File > Info > Inspect Document, or write the firm's name there.",
)  # fmt: skip
def person_named(book: Book) -> Iterator[Found]:
    """The properties hold an e-mail address or a manager's name."""
    for part in book.others.values():
        for one in part.all("creator", "lastModifiedBy", "Manager", "manager"):
            if ("@" in one.words or one.tag.lower() == "manager") and one.words:
                yield Found("", (), f"the property {one.tag} is {short(one.words)}")


@rule(
    "dates-from-1904", WARNING, PACKAGE,
    why="Dates pasted to or from other workbooks move by four years and a day.",
    mend="File > Options > Advanced: switch the 1904 date system off, and check every date.",
)  # fmt: skip
def dates_from_1904(book: Book) -> Iterator[Found]:
    """The workbook counts days from 1904."""
    if any(one.is_on("date1904") for one in book.main.all("workbookPr")):
        yield Found("", (), "its day 0 is 1 January 1904")
