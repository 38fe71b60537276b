"""Parameters of a textbook game, and how given texts and numbers are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.errors import Place, UsageError, did_you_mean, is_number
from sim.scenario.parameter import Parameter, real_parameter
from sim.scenario.read_values import ValueRejected, parsed
from sim.scenario.yaml_nodes import Scalar

MOST_ITEMS = 1000
# Larger than any plausible payoff, and far from overflow.
ANY = 1e15
STRETCH = re.compile(r"(\d{1,6})(?:\.\.|…)(\d{1,6})\Z")

# One number, a list of numbers, or None for an omitted optional parameter.
Value = float | tuple[float, ...] | None
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Input:
    """A parameter of a case, or with ``many`` a list of its values."""

    parameter: Parameter
    default: Value
    many: bool = False

    @property
    def name(self) -> str:
        """The key of ``--set``."""
        return self.parameter.name

    @property
    def range_text(self) -> str:
        """The allowed values, as text."""
        unbounded = self.parameter.high == ANY
        one = "any number from -1e15 to 1e15" if unbounded else self.parameter.range_text
        return f"{one}; or a list of these, separated by commas" if self.many else one

    def read(self, given: Any) -> Value:
        """The value of a given text, number or list; raises ``UsageError``."""
        items = _items(given) if self.many else [given]
        try:
            numbers = tuple(float(parsed(_scalar(item), self.parameter)) for item in items)
        except ValueRejected as refused:
            raise self.wrong(refused.message) from None
        if len(numbers) > MOST_ITEMS:
            raise self.wrong(f"more than {MOST_ITEMS} values")
        return numbers if self.many else numbers[0]

    def say(self, value: Value) -> Any:
        """A value as for ``--set``, as JSON data."""
        if isinstance(value, tuple):
            return [self.parameter.say(number) for number in value]
        return None if value is None else self.parameter.say(value)

    def wrong(self, message: str) -> UsageError:
        """An error with ``message`` and the allowed values."""
        return UsageError(f"{self.name}: {message}", self.range_text)


def payoff(name: str, default: Value, meaning: str) -> Input:
    """An input for a payoff: any number."""
    return Input(real_parameter(name, 0, -ANY, ANY, "utility", meaning), default)


def inputs(*given: Input) -> dict[str, Input]:
    """Inputs by their names."""
    return {one.name: one for one in given}


def entry_named(name: str, known: Mapping[str, Any], what: str) -> Any:
    """The entry of that name; raises ``UsageError`` with the closest name."""
    if name not in known:
        raise UsageError(f"unknown {what} '{name[:60]}'", did_you_mean(name, known))
    return known[name]


def _scalar(item: Any) -> Scalar:
    if not isinstance(item, str) and not is_number(item):
        raise ValueRejected(f"{item!r:.60} is not a number", "give a number")
    text = item if isinstance(item, str) else repr(float(item))
    return Scalar(Place("--set", 1, 1), text.strip())


def _items(given: Any) -> list[Any]:
    """The items of a list, or of a text such as ``0, 2..5`` or ``[0, 2..5]``; a range stands for
    each number in it."""
    if not isinstance(given, str):
        return list(given) if isinstance(given, Iterable) else [given]
    bare = given.strip().removeprefix("[").removesuffix("]")
    items = [item.strip() for item in bare.split(",")] if bare.strip() else []
    return [one for item in items for one in _stretched(item)]


def _stretched(item: str) -> Iterable[str]:
    if (stretch := STRETCH.match(item)) is None:
        return [item]
    first, last = map(int, stretch.groups())
    if last < first:
        raise UsageError(f"{item}: a range goes upwards", f"write {last}..{first}")
    return map(str, range(first, min(last, first + MOST_ITEMS) + 1))


def one_each(name: str, values: Values, count: int, unit: str) -> tuple[float, ...]:
    """One value for each of ``count`` rounds or months; a single value applies to all.

    Raises ``UsageError`` for a list of any other length.
    """
    given: tuple[float, ...] = values[name]
    if len(given) not in (1, count):
        remedy = f"give one for all {unit}, or {count}"
        raise UsageError(f"{name}: {len(given)} values for {count} {unit}", remedy)
    return given * count if len(given) == 1 else given
