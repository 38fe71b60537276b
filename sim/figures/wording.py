"""How numbers and names are put into words, in titles, captions, tables and headlines alike."""

from __future__ import annotations

from collections.abc import Sequence

Interval = tuple[float, float, float]
"""A share and the ends of its 95 % Monte-Carlo interval: value, low, high."""

# An interval narrower than the first is given with one decimal, than the second with two.
NARROW = 0.015, 0.0015
SMALL_WORDS = {"and", "of", "the"}


def percent(share: float, decimals: int | None = None) -> str:
    """A share in per cent; a share that is not quite 0 or 1 never reads as if it were."""
    places = 0 if share in (0, 1) else _places(share) if decimals is None else decimals
    smallest, text = 10.0**-places, f"{100 * share:.{places}f}"
    if share > 0 and float(text) == 0:
        return f"<{smallest:g} %"
    if share < 1 and float(text) == 100:
        return f">{100 - smallest:g} %"
    return f"{text} %"


def _places(share: float) -> int:
    return 0 if 0.1 <= share <= 0.9 else 1


def hedged(interval: Interval) -> str:
    """A share with its interval, as precise as the interval is narrow: ``43 % (42–44)``."""
    return f"{rounded(interval)} ({ends(interval)})"


def rounded(interval: Interval) -> str:
    """A share alone, as precise as its interval is narrow: ``43 %``."""
    return percent(interval[0], _decimals(interval))


def ends(interval: Interval) -> str:
    """The interval alone, in per cent: ``42–44``."""
    _, low, high = interval
    places = _decimals(interval)
    return f"{100 * low:.{places}f}–{100 * high:.{places}f}"


def _decimals(interval: Interval) -> int:
    _, low, high = interval
    return sum(high - low < width for width in NARROW)


def number(value: float) -> str:
    """A number without needless digits, thousands apart."""
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def is_clear(change: Interval) -> bool:
    """Whether the interval of a difference leaves zero out, so that its sign is known."""
    return change[1] > 0 or change[2] < 0


def several(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 state``, ``2 states``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def place_name(name: str) -> str:
    """A state's name as a reader sees it: ``united_kingdom`` is ``United Kingdom``."""
    words = name.replace("_", " ").split()
    return sentence(" ".join(w if w in SMALL_WORDS else sentence(w) for w in words))


def points(change: Interval, of: str = "") -> str:
    """A change of a share in percentage points: ``8.1 points more of runs (7.2 to 9.0)``."""
    value, low, high = change
    if value < 0:
        value, low, high = -value, -high, -low
    many = "more" if change[0] >= 0 else "fewer"
    places = _point_places(change)
    ends = " to ".join(f"{_minus(100 * end, places)}" for end in (low, high))
    return f"{100 * value:.{places}f} points {many}{of} ({ends})"


def signed(change: Interval, unit: str = "") -> str:
    """The same for a table, with a sign: ``+8.1 (+7.2 to +9.0)``."""
    value, low, high = (_minus(100 * x, _point_places(change), "+") for x in change)
    return f"{value}{unit} ({low} to {high})"


def _point_places(change: Interval) -> int:
    return 2 if change[2] - change[1] < NARROW[1] else 1


def _minus(value: float, places: int, plus: str = "") -> str:
    """A number with a minus sign as long as a plus; what is rounded to nothing has none."""
    text = f"{abs(value):.{places}f}"
    if not float(text):
        return text
    return ("−" if value < 0 else plus) + text


def figures(value: float, kind: str = ".3g") -> str:
    """A number in a format, with a minus sign as long as a plus, and none where it is nothing."""
    text = format(value, kind)
    return text.replace("-", "−") if float(text) else text.lstrip("+-")


def spread(interval: Interval, kind: str = ".3g") -> str:
    """A number with its interval: ``0.31 (0.25 to 0.4)``."""
    value, low, high = (figures(number, kind) for number in interval)
    return f"{value} ({low} to {high})"


def lever_cell(path: str) -> str:
    """A parameter in a table: its name, and the path to set it by, to be shown as code."""
    return f"{lever_name(path)} `{path}`"


def lever_name(path: str) -> str:
    """A parameter's path as a reader sees it: ``states.russia.fear`` is ``Russia: fear``."""
    block, *words = path.split(".")
    if block in ("setting", "constants"):
        return " ".join(words).replace("_", " ")
    if block in ("states", "groups"):
        return ": ".join([place_name(words[0]), " ".join(words[1:]).replace("_", " ")])
    if block == "events":
        what = words[1] if words[1:] == ["month"] else lever_name(".".join(words[2:]))
        return f"event {words[0]}: {what}"
    return " ".join([block, *words]).replace("_", " ")
