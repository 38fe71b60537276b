"""Help for a word that is not known: the nearest one that is, or all of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# A slip is a letter wrong, missing, too many or swapped with its neighbour: so many are forgiven
# for each four letters, one at least.
LETTERS = 4
MOST_SLIPS = 3


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that ``word`` is a slip of, or else a part of, if there is one."""
    known = {option.lower(): option for option in options}
    asked = word.lower()[:80]
    for close in difflib.get_close_matches(asked, known, n=5):
        if _slips(asked, close) <= min(MOST_SLIPS, max(1, len(close) // LETTERS)):
            return known[close]
    longer = [option for option in known if len(asked) >= LETTERS and asked in option]
    return known[min(longer, key=len)] if longer else None


def _slips(word: str, other: str) -> int:
    """How many slips one word is from the other: their optimal string alignment distance."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        here = [i]
        for j, meant in enumerate(other, start=1):
            least = min(last[j] + 1, here[j - 1] + 1, last[j - 1] + (letter != meant))
            swapped = i > 1 and j > 1 and (letter, word[i - 2]) == (other[j - 2], meant)
            here.append(min(least, before[j - 2] + 1) if swapped else least)
        before, last = last, here
    return last[-1]


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A remedy: the nearest option, else all that there are."""
    known = sorted(set(options))
    close = nearest(word, known)
    if close is not None:
        return f"did you mean '{close}'?"
    return f"one of {', '.join(known)}" if known else "there are none here: leave it out"
