"""The values of an axis as they are written: a range, a list, or the short form of either.

``{from: 0, to: 1, steps: 11}`` is ``0:1:11``, ``[0, 0.5, 1]`` is ``0,0.5,1`` or ``0;0.5;1``, and
``all`` is every word there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.errors import Place, UsageError, did_you_mean
from sim.experiments.factors import (
    Axis,
    Lever,
    default_levers,
    is_whole,
    parameter_of,
    places,
    ranged,
    refuse_fixed,
    valued,
)
from sim.experiments.prepared import PreparedScenario
from sim.experiments.variants import is_a_value
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.parameter import Kind, Parameter, plain
from sim.scenario.read_values import ValueRejected, parsed
from sim.scenario.scenario import Scenario
from sim.scenario.yaml_nodes import Entry, Mapping, Node, Scalar
from sim.scenario.yaml_nodes import Sequence as Items

ALL = "all"
RANGE = ("from", "to", "steps")
MAX_STEPS = 10_000
STEPS = Parameter("steps", Kind.COUNT, 2, "how many values", "", 2, MAX_STEPS)
FORMS = "write {from: 0, to: 1, steps: 11}, 0:1:11 or a list of values"


class Spread(NamedTuple):
    """The values of an axis, or the ends of a range that has no steps."""

    levels: tuple[float, ...] = ()
    ends: tuple[float, float] | None = None


def parse_axis(key: Scalar, node: Node, scenario: Scenario, findings: Diagnostics) -> Axis | None:
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

    def __init__(self, path: str, parameter: Parameter, findings: Diagnostics) -> None:
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

    def written_out(self, node: Scalar) -> Mapping | Items:
        """The mapping or list that a scalar is short for."""
        if node.text == ALL and (self.parameter.words or self.parameter.kind is Kind.FLAG):
            words = self.parameter.words.words() if self.parameter.words else ["false", "true"]
            return Items(node.place, tuple(Scalar(node.place, word) for word in words))
        ends = pieces(node, ":")
        if len(ends) in (2, 3):
            keys = [Scalar(node.place, word) for word in RANGE]
            entries = {k.text: Entry(k, end) for k, end in zip(keys, ends, strict=False)}
            return Mapping(node.place, entries)
        values = pieces(Scalar(node.place, node.text.replace(";", ","), node.quoted), ",")
        return Items(node.place, tuple(values) if node.text.strip() else ())

    def list(self, items: Sequence[Node]) -> Spread | None:
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
        except ValueRejected as refused:
            place = (refused.node or node).place
            self.findings.add(place, f"{self.path}: {what}{refused.message}", refused.remedy)
            return None


REMEDY = "say --point setting.clarity=0.2, or points: [{setting.clarity: 0.2}] in a file"


def parse_points(
    root: Mapping, scenario: Scenario, findings: Diagnostics
) -> tuple[list[Axis], Callable[[], Any]]:
    """The axes that the points of ``root`` name, and a callable that makes the points.

    What a point does not name stays as the scenario says.
    """
    entry = root.entries.get("points")
    if entry is None or not isinstance(entry.node, Items) or not entry.node.items:
        place = entry.node.place if entry else root.place
        findings.add(place, "the list has no points", REMEDY)
        return [], list
    rows = [_row(item, findings) for item in entry.node.items]
    axes: dict[str, Axis] = {}
    for path, (key, values) in _columns(rows).items():
        whole = Items(key.place, tuple(node for node in values if node is not None))
        axis = parse_axis(key, whole, scenario, findings)
        if axis is not None:
            axes[path] = axis
    return list(axes.values()), lambda: _points(rows, axes)


def _row(item: Node, findings: Diagnostics) -> dict[str, Entry]:
    if isinstance(item, Mapping) and item.entries:
        return item.entries
    findings.add(item.place, f"points: {item} where a point was expected", REMEDY)
    return {}


def _columns(rows: list[dict[str, Entry]]) -> dict[str, tuple[Scalar, list[Node | None]]]:
    """Each path with its first key and what each point says of it."""
    keys = {path: entry.key for row in reversed(rows) for path, entry in row.items()}
    return {
        path: (key, [row[path].node if path in row else None for row in rows])
        for path, key in sorted(keys.items(), key=lambda pair: pair[1].place)
    }


def _points(rows: list[dict[str, Entry]], axes: dict[str, Axis]) -> Any:
    levels = {path: iter(axis.levels) for path, axis in axes.items()}
    points = [[next(levels[path]) if path in row else np.nan for path in axes] for row in rows]
    return np.array(points, float)


COMPARED: dict[str, Callable[[Any, float], Any]] = {
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
    """An axis, by its number, with any of several comparisons."""

    axis: int
    comparisons: tuple[tuple[str, float], ...]

    def meets(self, points: Any) -> Any:
        """Which of the points meet it; one that leaves the scenario's own value does not."""
        values = points[:, self.axis]
        met = [COMPARED[mark](values, number) for mark, number in self.comparisons]
        return np.any(met, axis=0) & ~np.isnan(values)


Exclusion = tuple[Condition, ...]


def keep_allowed(points: Any, exclusions: Sequence[Exclusion]) -> Any:
    """The points that no exclusion leaves out."""
    out = np.zeros(len(points), bool)
    for exclusion in exclusions:
        out |= np.all([condition.meets(points) for condition in exclusion], axis=0)
    return points[~out]


def parse_exclusions(
    node: Node, axes: Sequence[Axis], varied: Collection[str], findings: Diagnostics
) -> list[Exclusion]:
    """The exclusions that a list of mappings, or one mapping, says.

    ``varied`` holds the path of every axis, also of one that could not be read.
    """
    items = node.items if isinstance(node, Items) else (node,)
    return [_exclusion(item, axes, varied, findings) for item in items]


def _exclusion(
    node: Node, axes: Sequence[Axis], varied: Collection[str], findings: Diagnostics
) -> Exclusion:
    if not isinstance(node, Mapping) or not node.entries:
        remedy = 'write {setting.clarity: "> 0.8"}, or --exclude "setting.clarity>0.8"'
        findings.add(node.place, f"exclude: {node} where conditions were expected", remedy)
        return ()
    places = {axis.path: k for k, axis in enumerate(axes)}
    conditions = []
    for path, entry in node.entries.items():
        if path in places:
            axis = axes[places[path]]
            compared = _comparisons(entry.node, axis, findings)
            conditions.append(Condition(places[path], compared))
        elif path not in varied:
            message = f"exclude: {path[:80]} is not varied"
            findings.add(entry.key.place, message, refuse_fixed(path, sorted({*places, *varied})))
    return tuple(conditions)


def _comparisons(node: Node, axis: Axis, findings: Diagnostics) -> tuple[tuple[str, float], ...]:
    found = []
    for item in node.items if isinstance(node, Items) else (node,):
        mark, what = _split(item)
        try:
            found.append((mark, parsed(what, axis.parameter)))
        except ValueRejected as refused:
            message = f"exclude: {axis.path}: {refused.message}"
            findings.add(item.place, message, refused.remedy)
    return tuple(found)


def _split(node: Node) -> tuple[str, Node]:
    """A comparison's mark and what it compares with."""
    match = CONDITION.match(node.text) if isinstance(node, Scalar) else None
    return (match[1], Scalar(node.place, match[2])) if match else ("", node)


MARK = r"\s*(?:<=|>=|!=|[≤≥<>=])"
BETWEEN = re.compile(rf"\s*[;,]\s*(?=[\w.]+{MARK})")


def parse_assignments(text: str) -> list[str]:
    """The parts of ``path=value, path=value``; a ``;`` does as well as a comma."""
    return [part for part in BETWEEN.split(text.strip(" ;,")) if part]


def parse_levels(
    scenario: Scenario, path: str, text: str, option: str, most: int
) -> tuple[float, ...]:
    """The values that ``text`` gives the parameter at ``path``, written as a sweep has them.

    Raises :class:`sim.errors.UsageError`, with the ``option`` that said them, for what are none,
    and for more than ``most``.
    """
    place, findings, here = Place(f"--{option}", 1, 1), Diagnostics(), f"--{option} {path}={text}"
    axis = parse_axis(Scalar(place, path), Scalar(place, text), scenario, findings)
    if axis is None:
        raise UsageError(f"--{option}: {findings.problems[0].message}", findings.problems[0].remedy)
    if not axis.levels:
        raise UsageError(f"{here}: how many values?", f"write {text}:5 for five")
    if len(axis.levels) > most:
        raise UsageError(f"{here}: {len(axis.levels):,} values", f"at most {most:,}")
    return axis.levels


def named(text: str, option: str) -> tuple[str, str]:
    """The path and the values of ``PATH=VALUES``; raises :class:`sim.errors.UsageError`."""
    path, equals, values = text.partition("=")
    if not equals:
        raise UsageError(f"--{option} {text[:60]} names no values", "write PATH=0:1:5")
    return path.strip(), values.strip()


def parse_levers(scenario: Scenario, texts: Sequence[str]) -> tuple[Lever, ...]:
    """The levers that ``texts`` name, as ``PATH`` or ``PATH=low:high``; the default ones for none.

    Raises :class:`sim.errors.UsageError` for a path or value that is not the scenario's, for ends
    that do not ascend, and for one parameter named twice.
    """
    if not texts:
        return default_levers(scenario)
    found = tuple(_read(scenario, part) for text in texts for part in parse_assignments(text))
    moved = [place for lever in found for place in places(scenario, lever.path)]
    for place in moved:
        if moved.count(place) > 1:
            raise UsageError(f"{place} is moved twice", "name it once, by itself or by its group")
    return found


def _read(scenario: Scenario, text: str) -> Lever:
    path, equals, ends = text.partition("=")
    path = path.strip()
    if not equals:
        return ranged(scenario, path)
    low, colon, high = ends.partition(":")
    if not colon:
        raise UsageError(f"{text[:80]} names no ends", f"write {path}=low:high")
    lever = Lever(path, valued(path, low), valued(path, high), is_whole(path))
    if not lever.low < lever.high:
        raise UsageError(f"{text[:80]}: the ends do not ascend", f"write {path}=low:high")
    for end in (lever.low, lever.high):
        PreparedScenario(scenario, (path,)).setup((end,))
    return lever
