"""Help for a word that is not known: the nearest one that is, or all of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option most like ``word``, if any is like it at all."""
    close = difflib.get_close_matches(word[:80], list(options), n=1)
    return close[0] if close else None


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A remedy: the nearest option, else the list of what there is."""
    known = sorted(options)
    close = nearest(word, known)
    if close is not None:
        return f"did you mean '{close}'?"
    if not known:
        return "there are none here: leave it out"
    return "one of " + ", ".join(known)
