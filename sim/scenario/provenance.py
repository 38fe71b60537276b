"""The values of a scenario with their parameters and sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sim.enums import Occasion
from sim.formatting import format_value
from sim.scenario.parameter import ASSUMPTION, Parameter
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario, Value
from sim.scenario.schema import default


@dataclass(frozen=True)
class ValueWithSource:
    """One value of a scenario with its parameter."""

    path: str
    parameter: Parameter
    value: Value

    @cached_property
    def differs(self) -> bool:
        """Whether the value differs from the default."""
        return self.value.distribution != default(self.parameter)

    @cached_property
    def source(self) -> tuple[str, ...]:
        """The source of the value, or the source of the default."""
        otherwise = ASSUMPTION if self.differs else self.parameter.source
        return self.value.source or (otherwise,)

    @property
    def claims(self) -> list[str]:
        """The claims and articles among the sources; none for an assumption."""
        return [source for source in self.source if source != ASSUMPTION]

    @property
    def text(self) -> str:
        """The distribution in the form of a scenario file, on one line."""
        return format_value(self.value.distribution.to_yaml(self.parameter.say))


def values_with_source(scenario: Scenario) -> Iterator[ValueWithSource]:
    """Every value that applies to the role of its state, in the order of the scenario."""
    for path, value in scenario.values.items():
        if scenario.uses(path):
            yield ValueWithSource(path, parameter_at(path), value)


def event_values(scenario: Scenario) -> Iterator[tuple[str, ValueWithSource]]:
    """Every value set by an event, with the trigger as text.

    A value without a reason takes the reason of its event.
    """
    for event in scenario.events:
        at_month = event.occasion is Occasion.MONTH
        trigger = f"month {event.month}" if at_month else event.trigger
        for path, value in event.set:
            reasoned = replace(value, why=value.why or event.why)
            yield trigger, ValueWithSource(path, parameter_at(path), reasoned)
