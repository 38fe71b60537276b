"""The values of an axis as they are written: a range, a list, or the short form of either.

``{from: 0, to: 1, steps: 11}`` is ``0:1:11``, ``[0, 0.5, 1]`` is ``0,0.5,1`` or ``0;0.5;1``, and
``all`` is every word there is.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from typing import NamedTuple

from sim.errors import UsageError
from sim.experiments.sweep.axis import Axis, parameter_of
from sim.experiments.vary import is_a_value
from sim.scenario.findings import Findings
from sim.scenario.model import Scenario
from sim.scenario.nodes import Entry, Mapping, Node, Scalar, Sequence
from sim.scenario.numbers import Refused, parsed
from sim.scenario.parameter import Kind, Parameter, plain
from sim.suggest import did_you_mean

ALL = "all"
RANGE = ("from", "to", "steps")
MAX_STEPS = 10_000
STEPS = Parameter("steps", Kind.COUNT, 2, "how many values", "", 2, MAX_STEPS)
FORMS = "write {from: 0, to: 1, steps: 11}, 0:1:11 or a list of values"


class Spread(NamedTuple):
    """The values of an axis, or the ends of a range that has no steps."""

    levels: tuple[float, ...] = ()
    ends: tuple[float, float] | None = None


def axis_of(key: Scalar, node: Node, scenario: Scenario, findings: Findings) -> Axis | None:
    """The axis that an entry ``path: values`` says; ``None``, with findings, if it says none."""
    try:
        parameter = parameter_of(key.text, scenario)
    except UsageError as error:
        findings.add(key.place, error.message, error.remedy)
        return None
    spread = _Reader(key.text, parameter, findings).spread(node)
    return None if spread is None else Axis(key.text, parameter, *spread)


def pieces(node: Scalar, mark: str) -> list[Scalar]:
    """The parts of a scalar between marks, each at its own place."""
    found, column = [], node.place.column + node.quoted
    for text in node.text.split(mark):
        place = type(node.place)(node.place.file, node.place.line, column)
        found.append(Scalar(place, text.strip()))
        column += len(text) + len(mark)
    return found


class _Reader:
    """Reads the values of one axis, reporting each that will not do."""

    def __init__(self, path: str, parameter: Parameter, findings: Findings) -> None:
        self.path = path
        self.parameter = parameter
        self.findings = findings

    def spread(self, node: Node) -> Spread | None:
        """What a node says; ``None``, with findings, if anything in it will not do."""
        whole = self.written_out(node) if isinstance(node, Scalar) else node
        if isinstance(whole, Mapping):
            return self.range(whole)
        if not whole.items:
            self.findings.add(node.place, f"{self.path}: no values", FORMS)
            return None
        return self.list(whole.items)

    def written_out(self, node: Scalar) -> Mapping | Sequence:
        """The mapping or list that a scalar is short for."""
        if node.text == ALL and (self.parameter.words or self.parameter.kind is Kind.FLAG):
            words = self.parameter.words.words() if self.parameter.words else ["false", "true"]
            return Sequence(node.place, tuple(Scalar(node.place, word) for word in words))
        ends = pieces(node, ":")
        if len(ends) in (2, 3):
            keys = [Scalar(node.place, word) for word in RANGE]
            entries = {k.text: Entry(k, end) for k, end in zip(keys, ends, strict=False)}
            return Mapping(node.place, entries)
        values = pieces(Scalar(node.place, node.text.replace(";", ","), node.quoted), ",")
        return Sequence(node.place, tuple(values) if node.text.strip() else ())

    def list(self, items: Several[Node]) -> Spread | None:
        """Values one by one."""
        values = [self.value(item, self.parameter) for item in items]
        known = [value for value in values if value is not None]
        return Spread(tuple(known)) if len(known) == len(values) else None

    def range(self, node: Mapping) -> Spread | None:
        """Values evenly apart, or only where they begin and end."""
        for word, entry in node.entries.items():
            if word not in RANGE:
                message = f"{self.path}: unknown key '{word[:40]}'"
                self.findings.add(entry.key.place, message, did_you_mean(word, RANGE))
        missing = [word for word in RANGE[:2] if word not in node.entries]
        if missing:
            self.findings.add(node.place, f"{self.path}: no '{missing[0]}'", FORMS)
        if missing or set(node.entries) - set(RANGE):
            return None
        low, high = (self.value(node.entries[word].node, self.parameter) for word in RANGE[:2])
        steps: float | None = 0.0
        if "steps" in node.entries:
            steps = self.value(node.entries["steps"].node, STEPS, "how many values: ")
        if low is None or high is None or steps is None:
            return None
        return self.between(node, low, high, int(steps))

    def between(self, node: Mapping, low: float, high: float, steps: int) -> Spread | None:
        """The range from ``low`` to ``high``; words and flags need no steps."""
        if not low < high:
            message = f"{self.path}: from {plain(low)} to {plain(high)} goes nowhere"
            self.findings.add(node.place, message, "write the lower end first")
            return None
        if not steps and self.parameter.kind in (Kind.WORD, Kind.FLAG):
            steps = int(high - low) + 1
        if not steps:
            return Spread(ends=(low, high))
        levels = tuple(round(low + k * (high - low) / (steps - 1), 9) for k in range(steps))
        if not all(is_a_value(self.parameter, level) for level in levels):
            message = f"{self.path}: {steps} steps from {plain(low)} to {plain(high)} are not whole"
            self.findings.add(node.place, message, f"it is {self.parameter.range_text}")
            return None
        return Spread(levels)

    def value(self, node: Node, parameter: Parameter, what: str = "") -> float | None:
        """One value, as a number; ``None``, with a finding, if it will not do."""
        try:
            return parsed(node, parameter)
        except Refused as refused:
            place = (refused.node or node).place
            self.findings.add(place, f"{self.path}: {what}{refused.message}", refused.remedy)
            return None
