"""XML written out: texts and attributes as the file format takes them."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile('[&<>"\x00-\x1f\ufffe\uffff\ud800-\udfff]')
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})


def escape(value: str) -> str:
    """Text in which nothing is taken for a tag; the standard library's own imports half a web."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def legal(value: str) -> str:
    """Text without the characters that XML has no way to write."""
    return _ILLEGAL.sub("�", value)


def text(value: str) -> str:
    """Text between tags."""
    return escape(legal(value)) if _SPECIAL.search(value) else value


def attribute(value: str) -> str:
    """Text between quotation marks."""
    if not _SPECIAL.search(value):
        return value
    return escape(legal(value)).translate(_IN_ATTRIBUTES)


def element(name: str, inside: str = "", /, **attributes: object) -> str:
    """An element; attributes that are None are left out, and truth is written as 1."""
    said = "".join(
        f' {key}="{attribute(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said} />"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.16g}"
    return str(int(value) if isinstance(value, bool) else value)
