"""The definition of a parameter: type, unit, range, default, meaning and source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sim.enums import Role, Word

ASSUMPTION = "assumption"

# What 0 and 1 mean in a share whose name says it: a degree, a part of a whole, a chance.
DEGREE, PART, CHANCE = "0 none, 1 full", "0 none, 1 all", "0 never, 1 always"


class Kind(StrEnum):
    """The type of a parameter."""

    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that a scenario can set.

    ``low`` and ``high`` are inclusive bounds; ``words`` is the closed list of a word;
    ``drawable`` is True if a distribution is allowed; ``role`` is the only role the parameter
    applies to (None: all); ``at_start`` marks a parameter that is read once, at the start, so that
    no event can set it. ``default`` is a number, ``True``/``False`` or a word, as in YAML.
    ``off`` is the value at which the mechanism that the parameter governs has no effect. ``ends``
    says in a few words what 0 and 1 mean in a share.
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
    off: float | None = None
    source: str = ASSUMPTION
    ends: str = ""

    @property
    def about(self) -> str:
        """The meaning, with that of the ends of a share where its name does not say it."""
        plain = self.ends in ("", DEGREE, PART, CHANCE)
        return self.meaning if plain else f"{self.meaning} ({self.ends})"

    @property
    def range_text(self) -> str:
        """The allowed values as text."""
        if self.words is not None:
            return "one of " + ", ".join(self.words.words())
        if self.kind is Kind.FLAG:
            return "true or false"
        limits = f"from {written_number(self.low)} to {written_number(self.high)}"
        if self.kind is Kind.COUNT:
            return f"a whole number{f' of {self.unit}' if self.unit else ''} {limits}"
        if self.unit == "share":
            return f"a share {limits}"
        if self.unit.startswith("times"):
            whole = self.unit.removeprefix("times").strip()
            return f"a multiple of {whole} {limits}" if whole else f"a factor {limits}"
        return f"a number {limits}, unit: {self.unit}" if self.unit else f"a number {limits}"

    def number(self, value: float | bool | str) -> float:
        """The number that the engines use for a written value (the rank of a word, 0 or 1)."""
        if self.words is not None and isinstance(value, str):
            return float(self.words.of(value))
        return float(value)

    def say(self, number: float) -> float | int | bool | str:
        """The written form of a number that the engines use: the inverse of ``number``."""
        if self.words is not None:
            return self.words(int(number)).word
        return bool(number) if self.kind is Kind.FLAG else written_number(number)


def written_number(number: float) -> float | int:
    """The number in its written form: a whole number without a decimal point."""
    return int(number) if float(number).is_integer() else float(number)


def share_parameter(
    name: str, default: float, meaning: str, ends: str = DEGREE, **more: object
) -> Parameter:
    """A share from 0 to 1, and what these two ends mean."""
    return Parameter(name, Kind.NUMBER, default, meaning, ends=ends, **more)  # type: ignore[arg-type]


def real_parameter(
    name: str, default: float, low: float, high: float, unit: str, meaning: str, **more: object
) -> Parameter:
    """A number with a unit and a range."""
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


def table(*parameters: Parameter) -> dict[str, Parameter]:
    """Parameters by their names."""
    return {parameter.name: parameter for parameter in parameters}
