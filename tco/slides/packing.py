"""The same bytes of the same slides: no clock and no chance in the file."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

from tco.unpacking import BROKEN

EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_OF_BOOK = 16 << 20  # bytes, unpacked; that of a chart has 20,000
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def packed(content: bytes, day: str, *, within: bool = False) -> bytes:
    """A package with all days in it those of the scenario, books within charts too."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.infolist():
            data = source.read(one)
            if one.filename.endswith(".xlsx") and not within:
                data = _book(data, day)
            elif one.filename == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), data)
            entry = zipfile.ZipInfo(one.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, data, compresslevel=6)
    return out.getvalue()


def _book(content: bytes, day: str) -> bytes:
    """A book within slides; one of a template that is none, or far too large, stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if sum(part.file_size for part in book.infolist()) > _MOST_OF_BOOK:
                return content
        return packed(content, day, within=True)
    except BROKEN:
        return content


def midnight(day: str) -> datetime.datetime:
    """The start of a day, as properties of a presentation have it."""
    return datetime.datetime.fromisoformat(day)
