"""What can be set in a case, and how a text becomes its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from sim.errors import Place, UsageError
from sim.scenario.nodes import Scalar
from sim.scenario.numbers import Refused, in_range, parsed
from sim.scenario.parameter import Kind, Parameter, real
from sim.scenario.suggest import did_you_mean

MOST_ITEMS = 1000
STRETCH = re.compile(r"(\d{1,9})(?:\.\.|…)(\d{1,9})\Z")

Value = float | tuple[float, ...] | None
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Input:
    """One thing that can be set: a parameter, or with ``many`` a list of its values.

    ``default`` is ``None`` for what may be left out.
    """

    parameter: Parameter
    default: Value
    many: bool = False

    @property
    def name(self) -> str:
        """The key of ``--set``."""
        return self.parameter.name

    @property
    def range_text(self) -> str:
        """What is allowed, in words."""
        one = self.parameter.range_text
        if isinf(self.parameter):
            one = f"any number of {self.parameter.unit}"
        return f"{one}; or a list, such as {self.say(self.example)}" if self.many else one

    @property
    def example(self) -> Value:
        """A value to show."""
        return self.default or (0.0, 2.0, 2.0)

    def read(self, text: str) -> Value:
        """What a text means; raises ``UsageError``."""
        try:
            numbers = tuple(parsed(_scalar(item), self.parameter) for item in self._items(text))
        except Refused as refused:
            raise self._usage(refused.message) from None
        return numbers if self.many else numbers[0]

    def _items(self, text: str) -> list[str]:
        if not self.many:
            return [text]
        items = [one for item in _split(text) for one in _stretched(item)]
        if not len(items) <= MOST_ITEMS:
            raise self._usage(f"more than {MOST_ITEMS} values")
        return items

    def checked(self, value: Any) -> Value:
        """A value given as numbers, if it is allowed; raises ``UsageError``."""
        if value is None:
            return None
        numbers = tuple(self._checked(x) for x in (value if self.many else (value,)))
        return numbers if self.many else numbers[0]

    def _checked(self, number: float) -> float:
        whole = self.parameter.kind is not Kind.NUMBER
        if not isfinite(number) or (whole and number != int(number)):
            raise self._usage(f"{number} will not do")
        try:
            return in_range(float(number), self.parameter)
        except Refused as refused:
            raise self._usage(refused.message) from None

    def say(self, value: Value) -> Any:
        """A value as one would write it."""
        if value is None:
            return None
        if isinstance(value, tuple):
            return [self.parameter.say(number) for number in value]
        return self.parameter.say(value)

    def _usage(self, message: str) -> UsageError:
        return UsageError(f"{self.name}: {message}", self.range_text)
