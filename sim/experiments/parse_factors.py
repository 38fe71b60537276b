"""Read factors, points and exclusions from YAML nodes and from command-line text.

``{from: 0, to: 1, steps: 11}`` is ``0:1:11`` for short, ``[0, 0.5, 1]`` is ``0,0.5,1`` or
``0;0.5;1``, and ``all`` stands for every word of a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.errors import Place, UsageError, did_you_mean
from sim.experiments.factors import (
    Factor,
    default_factor,
    default_factors,
    make_factor,
    moved_parameters,
    parameter_of,
    remedy_for_fixed,
)
from sim.experiments.prepared import PreparedScenario
from sim.experiments.variants import is_a_value
from sim.scenario import yaml_nodes
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.read_values import ValueRejected, parsed
from sim.scenario.scenario import Scenario
from sim.scenario.yaml_nodes import Entry, Node, Scalar

ALL = "all"
RANGE = ("from", "to", "steps")
MAX_STEPS = 10_000
STEPS = Parameter("steps", Kind.COUNT, 2, "how many values", "", 2, MAX_STEPS)
FORMS = "write {from: 0, to: 1, steps: 11}, 0:1:11 or a list of values"
POINTS_REMEDY = "add --point setting.clarity=0.2, or points: [{setting.clarity: 0.2}] in a file"


def parse_factors(scenario: Scenario, texts: Sequence[str]) -> tuple[Factor, ...]:
    """The factors written as ``PATH`` or ``PATH=low:high``; the default ones without texts.

    Raises :class:`sim.errors.UsageError` for a path or value that the scenario does not allow, for
    bounds that do not ascend, and for a parameter that is moved twice.
    """
    if not texts:
        return default_factors(scenario)
    parts = [part for text in texts for part in parse_assignments(text)]
    factors = tuple(_bounded_factor(scenario, part) for part in parts)
    moved = [path for factor in factors for path in moved_parameters(scenario, factor.path)]
    for path in moved:
        if moved.count(path) > 1:
            raise UsageError(f"{path} is moved twice", "name it once, by itself or by its group")
    return factors


def _bounded_factor(scenario: Scenario, text: str) -> Factor:
    path, equals, ends = text.partition("=")
    path = path.strip()
    if not equals:
        return default_factor(scenario, path)
    low, colon, high = ends.partition(":")
    if not colon:
        raise UsageError(f"{text[:80]} has no bounds", f"write {path}=low:high")
    factor = make_factor(path, scenario)
    bounds = factor.parse(low), factor.parse(high)
    if not bounds[0] < bounds[1]:
        raise UsageError(f"{text[:80]}: the bounds do not ascend", f"write {path}=low:high")
    for end in bounds:
        PreparedScenario(scenario, (path,)).setup((end,))
    return make_factor(path, scenario, bounds=bounds)


def parse_levels(
    scenario: Scenario, path: str, text: str, option: str, most: int
) -> tuple[float, ...]:
    """The levels that ``text`` gives the parameter at ``path``, in the notation of a sweep.

    Raises :class:`sim.errors.UsageError`, naming ``option``, for text that gives no levels, and for
    more than ``most`` of them.
    """
    place, findings, here = Place(f"--{option}", 1, 1), Diagnostics(), f"--{option} {path}={text}"
    factor = parse_factor(Scalar(place, path), Scalar(place, text), scenario, findings)
    if factor is None:
        raise UsageError(f"--{option}: {findings.problems[0].message}", findings.problems[0].remedy)
    if not factor.levels:
        raise UsageError(f"{here}: how many values?", f"write {text}:5 for five")
    if len(factor.levels) > most:
        raise UsageError(f"{here}: {len(factor.levels):,} values", f"at most {most:,}")
    return factor.levels


# What follows is assigned something, or is a path with a point, and no further value of the part
# before. Possessive, and without blanks before the separator: linear in the length of any text.
BETWEEN = re.compile(r"[;,](?=\s*+(?:[\w.]++\s*+(?:<=|>=|!=|[≤≥<>=])|[a-z_]\w*+\.))")


def parse_assignments(text: str) -> list[str]:
    """The parts of ``path=value, path=value``, separated by commas or semicolons; a part may be a
    path alone."""
    parts = (part.strip() for part in BETWEEN.split(text.strip(" ;,")))
    return [part for part in parts if part]


def split_assignment(text: str, option: str) -> tuple[str, str]:
    """The path and the values of ``PATH=VALUES``; raises :class:`sim.errors.UsageError`."""
    path, equals, values = text.partition("=")
    if not equals:
        raise UsageError(f"--{option} {text[:60]} names no values", "write PATH=0:1:5")
    return path.strip(), values.strip()


def parse_factor(
    key: Scalar, node: Node, scenario: Scenario, findings: Diagnostics
) -> Factor | None:
    """The factor of an entry ``path: values``; ``None``, with findings, if it is wrong."""
    try:
        parameter = parameter_of(key.text, scenario)
    except UsageError as error:
        findings.add(key.place, error.message, error.remedy)
        return None
    read = _FactorReader(Factor(key.text, parameter), findings).read(node)
    return None if read is None else Factor(key.text, parameter, *read)


class _Range(NamedTuple):
    """The levels of a factor, or the bounds of a range without steps."""

    levels: tuple[float, ...] = ()
    bounds: tuple[float, float] | None = None


class _FactorReader:
    """Reads the levels or bounds of one factor and reports every wrong value."""

    def __init__(self, factor: Factor, findings: Diagnostics) -> None:
        self.factor = factor
        self.path = factor.path
        self.parameter = factor.parameter
        self.findings = findings

    def read(self, node: Node) -> _Range | None:
        """The levels or bounds of a node; ``None``, with findings, if anything is wrong."""
        whole = self.expand(node) if isinstance(node, Scalar) else node
        if isinstance(whole, yaml_nodes.Mapping):
            return self.range(whole)
        if not whole.items:
            self.findings.add(node.place, f"{self.path}: no values", FORMS)
            return None
        values = [self.value(item, self.parameter) for item in whole.items]
        known = [value for value in values if value is not None]
        return _Range(tuple(known)) if len(known) == len(values) else None

    def expand(self, node: Scalar) -> yaml_nodes.Mapping | yaml_nodes.Sequence:
        """The mapping or list that a scalar is short for."""
        if node.text == ALL and self.factor.is_worded:
            words = self.parameter.words.words() if self.parameter.words else ["false", "true"]
            return yaml_nodes.Sequence(node.place, tuple(Scalar(node.place, w) for w in words))
        ends = split_scalar(node, ":")
        if len(ends) in (2, 3):
            keys = [Scalar(node.place, word) for word in RANGE]
            entries = {k.text: Entry(k, end) for k, end in zip(keys, ends, strict=False)}
            return yaml_nodes.Mapping(node.place, entries)
        values = split_scalar(Scalar(node.place, node.text.replace(";", ","), node.quoted), ",")
        return yaml_nodes.Sequence(node.place, tuple(values) if node.text.strip() else ())

    def range(self, node: yaml_nodes.Mapping) -> _Range | None:
        """Evenly spaced levels, or the bounds alone."""
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

    def between(
        self, node: yaml_nodes.Mapping, low: float, high: float, steps: int
    ) -> _Range | None:
        """The range from ``low`` to ``high``; words and flags need no steps."""
        ends = f"from {self.factor.write(low)} to {self.factor.write(high)}"
        if not low < high:
            message = f"{self.path}: the range {ends} does not ascend"
            self.findings.add(node.place, message, "write the lower end first")
            return None
        if not steps and self.factor.is_worded:
            steps = int(high - low) + 1
        if not steps:
            return _Range(bounds=(low, high))
        levels = tuple(round(low + k * (high - low) / (steps - 1), 9) for k in range(steps))
        if not all(is_a_value(self.parameter, level) for level in levels):
            message = f"{self.path}: {steps} steps {ends} are not whole"
            self.findings.add(node.place, message, f"it is {self.parameter.range_text}")
            return None
        return _Range(levels)

    def value(self, node: Node, parameter: Parameter, prefix: str = "") -> float | None:
        """One value as a number; ``None``, with a finding, if it is wrong."""
        try:
            return parsed(node, parameter)
        except ValueRejected as rejected:
            place = (rejected.node or node).place
            self.findings.add(place, f"{self.path}: {prefix}{rejected.message}", rejected.remedy)
            return None


def split_scalar(node: Scalar, mark: str) -> list[Scalar]:
    """The parts of a scalar between separators, each with its own place."""
    found, column = [], node.place.column + node.quoted
    for text in node.text.split(mark):
        place = type(node.place)(node.place.file, node.place.line, column)
        found.append(Scalar(place, text.strip()))
        column += len(text) + len(mark)
    return found


def parse_points(
    root: yaml_nodes.Mapping, scenario: Scenario, findings: Diagnostics
) -> tuple[list[Factor], Callable[[], Any]]:
    """The factors that the points of ``root`` set, and a function that returns the points.

    A parameter that a point does not set keeps the scenario's own value.
    """
    entry = root.entries.get("points")
    if entry is None or not isinstance(entry.node, yaml_nodes.Sequence) or not entry.node.items:
        place = entry.node.place if entry else root.place
        findings.add(place, "the list has no points", POINTS_REMEDY)
        return [], list
    rows = [_row(item, findings) for item in entry.node.items]
    keys = {path: entry.key for row in reversed(rows) for path, entry in row.items()}
    factors: dict[str, Factor] = {}
    for path, key in sorted(keys.items(), key=lambda pair: pair[1].place):
        values = tuple(row[path].node for row in rows if path in row)
        column = yaml_nodes.Sequence(key.place, values)
        if factor := parse_factor(key, column, scenario, findings):
            factors[path] = factor
    return list(factors.values()), lambda: _point_values(rows, factors)


def _row(item: Node, findings: Diagnostics) -> dict[str, Entry]:
    if isinstance(item, yaml_nodes.Mapping) and item.entries:
        return item.entries
    findings.add(item.place, f"points: {item} where a point was expected", POINTS_REMEDY)
    return {}


def _point_values(rows: list[dict[str, Entry]], factors: dict[str, Factor]) -> Any:
    levels = {path: iter(factor.levels) for path, factor in factors.items()}
    points = [[next(levels[path]) if path in row else np.nan for path in factors] for row in rows]
    return np.array(points, float)


COMPARISONS: dict[str, Callable[[Any, float], Any]] = {
    "": np.equal,
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    "≤": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "≥": np.greater_equal,
}
CONDITION = re.compile(r"(<=|>=|!=|[≤≥<>=]?)\s*(.*)\Z", re.S)


class Condition(NamedTuple):
    """Comparisons with the value of the factor number ``factor``; any of them may hold."""

    factor: int
    comparisons: tuple[tuple[str, float], ...]

    def holds(self, points: Any) -> Any:
        """Flags of the points at which the condition holds. It never holds at the scenario's own
        value."""
        values = points[:, self.factor]
        held = [COMPARISONS[mark](values, number) for mark, number in self.comparisons]
        return np.any(held, axis=0) & ~np.isnan(values)


Exclusion = tuple[Condition, ...]
"""Conditions that exclude a point if all of them hold."""


def keep_allowed(points: Any, exclusions: Sequence[Exclusion]) -> Any:
    """The points that no exclusion removes."""
    excluded = np.zeros(len(points), bool)
    for exclusion in exclusions:
        excluded |= np.all([condition.holds(points) for condition in exclusion], axis=0)
    return points[~excluded]


def parse_exclusions(
    node: Node, factors: Sequence[Factor], varied: Collection[str], findings: Diagnostics
) -> list[Exclusion]:
    """The exclusions of a mapping or a list of mappings.

    ``varied`` holds the path of every factor, also of one that could not be read.
    """
    items = node.items if isinstance(node, yaml_nodes.Sequence) else (node,)
    return [_exclusion(item, factors, varied, findings) for item in items]


def _exclusion(
    node: Node, factors: Sequence[Factor], varied: Collection[str], findings: Diagnostics
) -> Exclusion:
    if not isinstance(node, yaml_nodes.Mapping) or not node.entries:
        remedy = 'write {setting.clarity: "> 0.8"}, or --exclude "setting.clarity>0.8"'
        findings.add(node.place, f"exclude: {node} where conditions were expected", remedy)
        return ()
    numbers = {factor.path: k for k, factor in enumerate(factors)}
    conditions = []
    for path, entry in node.entries.items():
        if path in numbers:
            compared = _comparisons(entry.node, factors[numbers[path]], findings)
            conditions.append(Condition(numbers[path], compared))
        elif path not in varied:
            remedy = remedy_for_fixed(path, sorted({*numbers, *varied}))
            findings.add(entry.key.place, f"exclude: {path[:80]} is not varied", remedy)
    return tuple(conditions)


def _comparisons(
    node: Node, factor: Factor, findings: Diagnostics
) -> tuple[tuple[str, float], ...]:
    found = []
    for item in node.items if isinstance(node, yaml_nodes.Sequence) else (node,):
        match = CONDITION.match(item.text) if isinstance(item, Scalar) else None
        mark, value = (match[1], Scalar(item.place, match[2])) if match else ("", item)
        try:
            found.append((mark, parsed(value, factor.parameter)))
        except ValueRejected as rejected:
            message = f"exclude: {factor.path}: {rejected.message}"
            findings.add(item.place, message, rejected.remedy)
    return tuple(found)
