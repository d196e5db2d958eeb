"""Kinds of scenarios as a command names them: each by its own name, or by what people call it."""

from __future__ import annotations

import difflib

from tco.model import KINDS

CALLED = {"run": "train", "stages": "pipeline"}


def kind_meant(word: str) -> str:
    """The kind that a word names, "" for none."""
    return word if word in KINDS else CALLED.get(word, "")


def kinds_said() -> str:
    """Every kind, with what else it is called."""
    others = {kind: word for word, kind in CALLED.items()}
    return ", ".join(f"{one} ({others[one]})" if one in others else one for one in KINDS)


def nearest_kind(word: str) -> str:
    """A guess at the kind meant, as the beginning of a remedy."""
    near = difflib.get_close_matches(word.lower(), [*KINDS, *CALLED], 1)
    return f"Did you mean {near[0]}? " if near else ""
