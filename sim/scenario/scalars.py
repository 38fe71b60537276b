"""What a plain word in YAML means: the core rules of YAML 1.2, where ``NO`` is a word."""

from __future__ import annotations

import math
import re

Plain = None | bool | int | float | str

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})
WHOLE = re.compile(r"[-+]?[0-9]+(_[0-9]+)*\Z")
DECIMAL = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(_[0-9]+)*(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z",
)
SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)\Z")
LONGEST_WHOLE = 40


def resolve(text: str) -> Plain:
    """The value of an unquoted scalar; ``.nan``, ``.inf`` and what overflows are not finite."""
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if WHOLE.match(text) and len(text) <= LONGEST_WHOLE:
        return int(text)
    if DECIMAL.match(text):
        return float(text.replace("_", ""))
    return math.nan if SPECIAL.match(text) else text
