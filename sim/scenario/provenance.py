"""What a scenario takes as given: each value beside its parameter, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.enums import Occasion
from sim.scenario.parameter import ASSUMPTION, Parameter
from sim.scenario.paths import parameter_at
from sim.scenario.schema import default
from sim.text import format_number

if TYPE_CHECKING:
    from sim.scenario.scenario import Event, Scenario, Value


@dataclass(frozen=True)
class ValueWithSource:
    """One value of a scenario, beside the parameter it is a value of."""

    path: str
    parameter: Parameter
    value: Value

    @property
    def differs(self) -> bool:
        """Whether it is other than the schema's default."""
        return self.value.distribution != default(self.parameter)

    @property
    def source(self) -> tuple[str, ...]:
        """What it rests on: its own source, or the schema's where a default stands."""
        unsaid = ASSUMPTION if self.differs else self.parameter.source
        return self.value.source or (unsaid,)

    @property
    def claims(self) -> list[str]:
        """The claims and articles it rests on; none for an assumption."""
        return [source for source in self.source if source != ASSUMPTION]

    @property
    def text(self) -> str:
        """The distribution as one would write it in a scenario file, on one line."""
        return distribution_text(self.value.distribution.to_yaml(self.parameter.say))


def values_with_source(scenario: Scenario) -> Iterator[ValueWithSource]:
    """Every value that means something for its state's role, in the scenario's order."""
    for path, value in scenario.values.items():
        parameter = parameter_at(path)
        if parameter.role is None or parameter.role is scenario.role(path.split(".")[1]):
            yield ValueWithSource(path, parameter, value)


def event_values(scenario: Scenario) -> Iterator[tuple[str, ValueWithSource]]:
    """Every value that an event sets, after what sets the event off, in words.

    A value without a reason of its own has the event's.
    """
    for event in scenario.events:
        for path, value in event.set:
            reasoned = replace(value, why=value.why or event.why)
            yield _occasion(event), ValueWithSource(path, parameter_at(path), reasoned)


def _occasion(event: Event) -> str:
    return f"month {event.month}" if event.occasion is Occasion.MONTH else event.trigger


def distribution_text(written: Any) -> str:
    """A distribution, as plain data, on one line: ``{triangular: [0.2, 0.4, 0.6]}``."""
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, Mapping):
        return (
            "{"
            + ", ".join(f"{key}: {distribution_text(inner)}" for key, inner in written.items())
            + "}"
        )
    if isinstance(written, list | tuple):
        return "[" + ", ".join(map(distribution_text, written)) + "]"
    return written if isinstance(written, str) else format_number(written)
