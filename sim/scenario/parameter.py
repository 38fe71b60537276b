"""What a parameter is: its type, unit, range, default, meaning and source, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.enums import Role, Word

ASSUMPTION = "assumption"


class Kind(StrEnum):
    """What may be written for a parameter."""

    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a scenario can set.

    ``low`` and ``high`` bound it (both allowed); ``words`` is the closed list of a word;
    ``drawable`` says whether a distribution may stand in place of a number; ``role`` is the only
    role it means something for (none: all); ``at_start`` marks what is read once, at the start,
    so that no event may set it. ``default`` is a number, ``True``/``False`` or a word, always as
    it would be written in YAML.
    """

    name: str
    kind: Kind
    default: float | bool | str
    meaning: str
    unit: str = "share"
    low: float = 0.0
    high: float = 1.0
    words: type[Word] | None = None
    drawable: bool = True
    role: Role | None = None
    at_start: bool = False
    source: str = ASSUMPTION

    @property
    def range_text(self) -> str:
        """The allowed values, in words."""
        if self.words is not None:
            return "one of " + ", ".join(self.words.words())
        if self.kind is Kind.FLAG:
            return "true or false"
        limits = f"from {plain(self.low)} to {plain(self.high)}"
        if self.kind is Kind.COUNT:
            return f"a whole number{f' of {self.unit}' if self.unit else ''} {limits}"
        if self.unit == "share":
            return f"a share {limits}"
        return f"in {self.unit}, {limits}" if self.unit else f"a number {limits}"

    def number(self, value: float | bool | str) -> float:
        """``value``, as written, as the number that the engines use (a word's rank, 0 or 1)."""
        if self.words is not None and isinstance(value, str):
            return float(self.words.of(value))
        return float(value)

    def say(self, number: float) -> float | int | bool | str:
        """``number``, as the engines use it, as one would write it: the reverse of ``number``."""
        if self.words is not None:
            return self.words(int(number)).word
        return bool(number) if self.kind is Kind.FLAG else plain(number)


def plain(number: float) -> float | int:
    """The number as one would write it: a whole number without a decimal point."""
    return int(number) if float(number).is_integer() else float(number)


def share(name: str, default: float, meaning: str, **more: object) -> Parameter:
    """A share from 0 to 1."""
    return Parameter(name, Kind.NUMBER, default, meaning, **more)  # type: ignore[arg-type]


def real(
    name: str, default: float, low: float, high: float, unit: str, meaning: str, **more: object
) -> Parameter:
    """A number with a unit and a range of its own."""
    return Parameter(name, Kind.NUMBER, default, meaning, unit, low, high, **more)  # type: ignore[arg-type]


def flag(name: str, default: bool, meaning: str, **more: object) -> Parameter:
    """True or false."""
    return Parameter(name, Kind.FLAG, default, meaning, "", **more)  # type: ignore[arg-type]


def word(name: str, default: Word, meaning: str, **more: object) -> Parameter:
    """One of a closed list."""
    return Parameter(
        name,
        Kind.WORD,
        default.word,
        meaning,
        "",
        0.0,
        float(len(type(default)) - 1),
        type(default),
        **more,  # type: ignore[arg-type]
    )
