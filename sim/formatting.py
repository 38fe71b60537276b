"""Numbers, intervals, values and names as text, the same in tables, figures and sentences.

Shares of runs, and their differences in points, have one decimal, or two if their interval is
narrow; other means have three digits, and indices two decimals.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Interval = tuple[float, float, float]
"""A value and the ends of its 95 % Monte-Carlo interval: value, low, high."""

# Formats of a share in per cent or a difference in points, of a mean, and of an index.
POINTS, MEAN, INDEX = ".1f", ".3g", ".2f"
FINER = {POINTS: ".2f"}

# Width of an interval, in per cent, below which a share has one more decimal.
NARROW = 0.15
UNITS = ("kB", "MB", "GB", "TB")
# An estimate that Monte-Carlo noise alone may have set.
INDISTINGUISHABLE = "not distinguishable from 0"
SMALL_WORDS = {"and", "of", "the"}
ACRONYMS = {"nato": "NATO"}
# So many states whose names differ in a number only, such as ``other_pledger_7``, share a name.
FEWEST_ALIKE = 3
NUMBERED = re.compile(r"_\d+$")


def visible(text: str) -> str:
    """The text with control and invisible characters escaped; lines stay lines.

    Other people's texts are quoted in messages: a file's name must not move the cursor of a
    terminal, and a blank of no width must be seen.
    """
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter == "\n" else _escaped(letter) for letter in text
    )


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def format_percent(share: float, decimals: int = 1) -> str:
    """A share in per cent; a share strictly between 0 and 1 never reads 0 or 100 %."""
    smallest, text = 10.0**-decimals, format_fixed(100 * share, decimals)
    if share > 0 and float(text) == 0:
        return f"<{smallest:g} %"
    if share < 1 and float(text) == 100:
        return f">{100 - smallest:g} %"
    return f"{text} %"


def format_fixed(value: float, decimals: int = 1) -> str:
    """A number with so many decimals, halves rounded up: 62.75 is 62.8.

    The share 0.6275 times 100 is a little less than 62.75 as a floating-point number.
    """
    if not math.isfinite(value):
        return f"{value}"
    number = Decimal(repr(round(float(value), 9)))
    return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)}"


def add_up_note(shares: Iterable[float]) -> str:
    """A clause on rounded shares of a whole that do not add to 100 %; empty if they do."""
    total = sum(Decimal(format_fixed(100 * share)) for share in shares)
    return "" if total == 100 else f"; rounded shares, which add to {total} %"


def format_chance(chance: float) -> str:
    """An exact probability: in whole per cent, near 0 and 1 with one decimal."""
    return format_percent(chance, 0 if chance in (0, 1) or 0.1 <= chance <= 0.9 else 1)


def format_share_ci(interval: Interval) -> str:
    """A share with its interval: ``43.1 % (42.2–44.1)``."""
    return f"{format_share(interval)} ({_ends(interval)})"


def format_share(interval: Interval) -> str:
    """A share without its interval: ``43.1 %``."""
    return format_percent(interval[0], _decimals(interval))


def format_interval(interval: Interval) -> str:
    """The interval of a share: ``42.2–44.1 %``."""
    return f"{_ends(interval)} %"


def _ends(interval: Interval) -> str:
    _, low, high = interval
    places = _decimals(interval)
    return f"{format_fixed(100 * low, places)}–{format_fixed(100 * high, places)}"


def format_upper(interval: Interval) -> str:
    """The upper end of a share's interval: ``44.1 %``."""
    return format_percent(interval[2], _decimals(interval))


def _decimals(interval: Interval) -> int:
    return 2 if _is_narrow(_hundredfold(interval)) else 1


def _hundredfold(interval: Interval) -> Interval:
    value, low, high = (100 * number for number in interval)
    return value, low, high


def _is_narrow(interval: Interval) -> bool:
    return interval[2] - interval[1] < NARROW


def format_distinct(value: float, limit: float) -> str:
    """A value with enough digits, at least two, to differ from ``limit``."""
    texts = (f"{value:.{digits}g}" for digits in range(2, 17))
    return next((text for text in texts if float(text) != limit), f"{value:g}")


def format_number(value: float) -> str:
    """A number with four digits, or with thousands separators."""
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def excludes_zero(change: Interval) -> bool:
    """Whether the interval of a difference excludes zero, so that its sign is known."""
    return change[1] > 0 or change[2] < 0


def join_and(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return _join(words, "and")


def join_or(words: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return _join(words, "or")


def _join(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def largest(top: object, ordered: Sequence[object]) -> str:
    """``largest`` if ``top`` is the first of ``ordered``, otherwise ``largest significant``: those
    before it have larger estimates that are not significant."""
    return "largest" if top is ordered[0] else "largest significant"


def equally_at(extreme: float, values: Sequence[float], place: str) -> str:
    """The words after the place of an extreme value that several of ``values`` share: `` and
    equally at 5 other points``; empty if only one has it."""
    others = values.count(extreme) - 1
    return f" and equally at {plural(others, f'other {place}')}" if others else ""


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 state``, ``2 states``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def capitalise(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


REMOVED = re.compile(r"^events\.([^.=]+)=null$")


def override_in_words(text: str) -> str:
    """An override as a reader sees it: that of a removed event in words, any other as it is."""
    return REMOVED.sub(r"without event \1", text)


def name_in_words(name: str) -> str:
    """The name of a parameter, event or red line for readers: ``nato_ties`` is ``NATO ties``."""
    return " ".join(ACRONYMS.get(word, word) for word in name.split("_"))


def state_name(name: str) -> str:
    """A state's name for readers: ``united_kingdom`` is ``United Kingdom``."""
    words = name.replace("_", " ").split()
    return capitalise(" ".join(w if w in SMALL_WORDS else capitalise(w) for w in words))


def is_numbered(name: str) -> bool:
    """Whether a state is one of several alike, such as ``other_pledger_7``."""
    return NUMBERED.search(name) is not None


def name_states(states: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Names of states for readers, with their places; three or more numbered states of one kind
    share a name, such as ``Other Pledgers (12)``."""
    kinds: dict[str, list[int]] = {}
    for place, state in enumerate(states):
        kinds.setdefault(NUMBERED.sub("", state), []).append(place)
    return [
        row
        for kind, places in kinds.items()
        for row in (
            [(f"{state_name(kind)}s ({len(places)})", places)]
            if len(places) >= FEWEST_ALIKE
            else [(state_name(states[place]), [place]) for place in places]
        )
    ]


def describe_change(change: Interval) -> str:
    """A change of a share in words: ``8.1 percentage points more often (7.2 to 9.0)``."""
    value, low, high = change
    often = "more" if value >= 0 else "less"
    larger = change if value >= 0 else (-value, -high, -low)
    amount, ends = format_ci(_hundredfold(larger), POINTS).split(" ", 1)
    return f"{amount} percentage points {often} often {ends}"


def format_change(change: Interval, unit: str = "") -> str:
    """A change of a share for a table, with a sign: ``+8.1 (+7.2 to +9.0)``."""
    amount, ends = format_ci(_hundredfold(change), f"+{POINTS}").split(" ", 1)
    return f"{amount}{unit} {ends}"


def format_signed(value: float, kind: str = MEAN) -> str:
    """A number with a typographic minus sign; zero has no sign."""
    text = format(value, kind)
    if kind.endswith("f"):
        fixed = format_fixed(value, int(kind[-2]))
        text = f"+{fixed}" if kind.startswith("+") and not fixed.startswith("-") else fixed
    return text.replace("-", "−") if float(text) else text.lstrip("+-")


def format_ci(interval: Interval, kind: str = MEAN) -> str:
    """A number with its interval: ``0.31 (0.25 to 0.4)``.

    ``kind`` is a number format, with a plus for a signed one; ``POINTS`` has one more decimal if
    the interval is narrow. A single run has no interval.
    """
    sign, form = ("+", kind[1:]) if kind.startswith("+") else ("", kind)
    if _is_narrow(interval):
        form = FINER.get(form, form)
    return f"{format_signed(interval[0], sign + form)} ({format_ends(interval, sign + form)})"


def format_ends(interval: Interval, kind: str = MEAN) -> str:
    """The ends of an interval: ``0.25 to 0.4``, or ``no interval`` for a single run."""
    low, high = (format_signed(end, kind) for end in interval[1:])
    is_known = math.isfinite(interval[1]) and math.isfinite(interval[2])
    return f"{low} to {high}" if is_known else "no interval"


def parameter_cell(path: str) -> str:
    """A parameter in a table: its name, and its path as code."""
    return f"{parameter_name(path)} `{path}`"


def parameter_name(path: str) -> str:
    """A parameter's name for readers: ``states.russia.fear`` is ``Russia: fear``."""
    block, *words = path.split(".")
    if block in ("setting", "constants"):
        return name_in_words("_".join(words))
    if block in ("states", "groups"):
        return f"{state_name(words[0])}: {name_in_words('_'.join(words[1:]))}"
    if block == "events":
        name = words[1] if words[1:] == ["month"] else parameter_name(".".join(words[2:]))
        return f"event {name_in_words(words[0])}: {name}"
    return name_in_words("_".join([block, *words]))


def format_duration(seconds: float) -> str:
    """A duration: ``40 s``, ``12 min``, ``3.5 h``, ``12 days``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:,.1f} h" if seconds < 72 * 3600 else f"{seconds / 86400:,.0f} days"


def format_size(count: float) -> str:
    """A size: ``310 kB``, ``1.2 GB``."""
    power = next((k for k in (1, 2, 3) if count < 1000 ** (k + 1)), 4)
    shown = count / 1000**power
    return f"{shown:.2g} {UNITS[power - 1]}" if shown < 99.5 else f"{shown:,.0f} {UNITS[power - 1]}"


def format_value(value: Any, rounded: bool = False) -> str:
    """A value as a scenario file writes it, on one line; ``rounded`` shortens real numbers."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case float() if rounded:
            return format_number(value)
        case dict():
            inside = (f"{key}: {format_value(each, rounded)}" for key, each in value.items())
            return "{" + ", ".join(inside) + "}"
        case list() | tuple():
            return "[" + ", ".join(format_value(each, rounded) for each in value) + "]"
    return str(value)
