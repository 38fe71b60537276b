"""Names that people give themselves in a room: optional, short, and safe to show."""

from __future__ import annotations

import unicodedata

LONGEST = 20
# Letters, marks, numbers, punctuation and blanks; no controls, directions, or private characters.
_ALLOWED = ("L", "M", "N", "P", "Zs")
# Marks on one letter at most: more of them cover the lines above and below.
_MARKS = 2


def clean_name(text: object) -> str:
    """``text`` as a name: in NFKC, without invisible characters, at most twenty characters.

    Anything that is no text, and a text of which nothing is left, gives the empty name.
    """
    if not isinstance(text, str):
        return ""
    kept, marks = [], 0
    for letter in unicodedata.normalize("NFKC", text[: 10 * LONGEST]):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind.startswith("M") else 0
        if kind.startswith(_ALLOWED) and marks <= _MARKS:
            kept.append(letter)
    return " ".join("".join(kept).split())[:LONGEST].strip()
