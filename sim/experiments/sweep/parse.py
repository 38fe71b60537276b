"""The entries of a sweep to a plan, whatever they were written in."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as Said
from functools import partial
from pathlib import Path
from typing import Any

from sim import resources
from sim.errors import Place, ScenarioError, UsageError, did_you_mean
from sim.experiments.designs import DRAWN, LISTED, METHODS, Design, points_of
from sim.experiments.factors import Axis
from sim.experiments.parse_factors import (
    Exclusion,
    keep_allowed,
    parse_axis,
    parse_exclusions,
    parse_points,
)
from sim.experiments.sweep.plan import DEFAULT_MEASURES, Plan
from sim.experiments.variants import violates_order
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.load import load
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.read_values import is_name, number_of
from sim.scenario.scenario import Scenario
from sim.scenario.schema import MAX_RUNS, MAX_SEED
from sim.scenario.yaml_nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    check_printable,
    compose,
    printable,
    read_text,
)
from sim.text import format_value, plural

REPLICATIONS = 200
COUNTS = {
    parameter.name: parameter
    for parameter in (
        Parameter("n", Kind.COUNT, 64, "how many points", "points", 1, 1_000_000),
        Parameter("replications", Kind.COUNT, REPLICATIONS, "runs a point", "runs", 1, MAX_RUNS),
        Parameter("seed", Kind.COUNT, 0, "whose luck", "", 0, MAX_SEED),
        Parameter("until_ci", Kind.NUMBER, 0.01, "width of an interval", "share", 1e-6, 1),
    )
}
KEYS = ("sweep", "scenario", "design", "over", "points", "exclude", "watch", *COUNTS)
LISTED_REMEDY = "'points' goes with design: list, 'over' and 'n' with the others"
VARY = "say --over setting.clarity=0:1:11, or over: {setting.clarity: 0:1:11} in a file"
START = "start with 'sweep: NAME', 'scenario: NAME' and 'over: {setting.clarity: 0:1:11}'"


class Reader:
    """Reads the entries of a sweep, reporting whatever will not do."""

    def __init__(self, folder: Path, overrides: Sequence[str], findings: Diagnostics) -> None:
        self.folder = folder
        self.overrides = overrides
        self.findings = findings

    def read(self, root: Mapping) -> Plan:
        """The plan of a whole sweep."""
        self.root = root
        self.refuse_unknown()
        counts = {name: self.count(name, parameter) for name, parameter in COUNTS.items()}
        method = self.word("design", METHODS, "grid")
        watch = self.word("watch", DEFAULT_MEASURES, "war")
        scenario = self.scenario()
        if scenario is None:
            self.findings.raise_any()
        assert scenario is not None
        seed = scenario.seed if counts["seed"] is None else int(counts["seed"])
        name = self.name(scenario)
        axes = self.axes(scenario, method)
        design = self.design(scenario, method, axes, counts["n"], seed)
        self.findings.raise_any()
        return Plan(
            name=name,
            scenario=scenario,
            design=design,
            replications=int(counts["replications"] or REPLICATIONS),
            seed=seed,
            until_ci=counts["until_ci"],
            watch=watch,
        )

    def refuse_unknown(self) -> None:
        """Report the keys that mean nothing here."""
        for word, entry in self.root.entries.items():
            if word not in KEYS:
                message = f"unknown key '{word[:40]}' in a sweep"
                self.findings.add(entry.key.place, message, did_you_mean(word, KEYS))

    def count(self, name: str, parameter: Parameter) -> float | None:
        """A number of the sweep, ``None`` if it is not said or will not do."""
        entry = self.root.entries.get(name)
        return number_of(entry.node, parameter, self.findings) if entry else None

    def word(self, name: str, options: Sequence[str], default: str) -> str:
        """One of a list of words."""
        entry = self.root.entries.get(name)
        text = getattr(entry.node, "text", "") if entry else default
        if entry and text not in options:
            message = f"{name}: {entry.node} is not known"
            self.findings.add(entry.node.place, message, did_you_mean(text, options))
        return text

    def name(self, scenario: Scenario) -> str:
        """The sweep's own name: the scenario's, if it has none."""
        entry = self.root.entries.get("sweep")
        if entry and is_name(entry.node, "sweep", self.findings):
            assert isinstance(entry.node, Scalar)
            return entry.node.text
        return scenario.name

    def scenario(self) -> Scenario | None:
        """The scenario, whose own problems are among what is found."""
        entry = self.root.entries.get("scenario")
        text = getattr(entry.node, "text", "") if entry else ""
        if not text:
            self.findings.add(self.root.place, "the sweep has no scenario", START)
            return None
        source = self.folder / text if resources.is_path(text) else text
        try:
            return load(source, self.overrides)
        except ScenarioError as error:
            self.findings.extend(error)
            return None

    def axes(self, scenario: Scenario, method: str) -> list[Axis]:
        """What is varied; none for a list of points, which says that itself."""
        entry = self.root.entries.get("over")
        for word in ("over", "n") if method == LISTED else ("points",):
            if word in self.root.entries:
                place = self.root.entries[word].key.place
                self.findings.add(place, f"design: {method} has no '{word}'", LISTED_REMEDY)
        if method == LISTED:
            return []
        if entry is None or not isinstance(entry.node, Mapping) or not entry.node.entries:
            place = entry.node.place if entry else self.root.place
            self.findings.add(place, "the sweep varies nothing", VARY)
            return []
        said = entry.node.entries.values()
        found = [parse_axis(each.key, each.node, scenario, self.findings) for each in said]
        return [axis for axis in found if axis is not None]

    def design(
        self, scenario: Scenario, method: str, axes: list[Axis], n: float | None, seed: int
    ) -> Design:
        """The points that are left, once nothing was wrong with what they are made of."""
        count = None if n is None else int(n)
        make: Callable[[], Any] = partial(points_of, method, axes, count, seed)
        if method == LISTED:
            axes, make = parse_points(self.root, scenario, self.findings)
        exclusions = self.exclusions(axes)
        self.findings.raise_any()
        try:
            left = keep_allowed(make(), exclusions)
            if not len(left):
                raise UsageError("no point is left", "exclude less")
            check_points(scenario, Design(method, tuple(axes), left))
        except UsageError as error:
            entry = self.root.entries.get("design")
            place = entry.node.place if entry else self.root.place
            self.findings.add(place, error.message, error.remedy)
            self.findings.raise_any()
        return Design(method, tuple(axes), left)

    def exclusions(self, axes: list[Axis]) -> list[Exclusion]:
        """What is left out; silent on an axis that could not be read, which is reported already."""
        entry, over = (self.root.entries.get(word) for word in ("exclude", "over"))
        if entry is None:
            return []
        varied = over.node.entries if over and isinstance(over.node, Mapping) else {}
        return parse_exclusions(entry.node, axes, varied, self.findings)


# What only a sweep has: 'scenario' and 'seed' may stand in either.
OWN_KEYS = ("sweep", "over", "points", "replications", "exclude")


def is_sweep_file(source: str | Path) -> bool:
    """Whether ``source`` is a file that has a key of a sweep at its top, or nothing that could be
    a scenario's either."""
    if not resources.is_path(str(source)) or not Path(source).is_file():
        return False
    try:
        root = _root(Path(source), Diagnostics())
    except ScenarioError:
        return False
    return not isinstance(root, Mapping) or any(key in root.entries for key in OWN_KEYS)


def read_sweep(
    source: str | Path, entries: Sequence[Entry] = (), overrides: Sequence[str] = ()
) -> Plan:
    """The plan of a sweep file, or of a scenario with ``entries``, which beat those of the file.

    ``overrides`` are put on the scenario as ``--set`` puts them. Raises
    :class:`sim.errors.ScenarioError` with every problem there is.
    """
    said = {entry.key.text: entry for entry in entries}
    if is_sweep_file(source):
        root, folder = _file(Path(source)), Path(source).parent
    else:
        here = Place("thinline sweep", 1, 1)
        scenario = entry_of("scenario", Scalar(here, str(source)))
        root, folder = Mapping(here, {"scenario": scenario}), Path()
    whole = Mapping(root.place, {**root.entries, **said})
    return Reader(folder, overrides, Diagnostics()).read(whole)


def plan_from(said: Said[str, Any], overrides: Sequence[str] = ()) -> Plan:
    """The plan of a sweep given as plain data, with the keys that a file has; raises as
    :func:`read_sweep` does."""
    findings, file = Diagnostics(), "the sweep"
    root = _mapping(_composed(json.dumps(dict(said)), file, findings), file, findings)
    return Reader(Path(), overrides, Diagnostics()).read(root)


def _file(path: Path) -> Mapping:
    findings = Diagnostics()
    return _mapping(_root(path, findings), printable(path), findings)


def _root(path: Path, findings: Diagnostics) -> Node | None:
    return _composed(read_text(path), printable(path), findings)


def _composed(text: str, file: str, findings: Diagnostics) -> Node | None:
    def where(mark: object) -> Place:
        return Place(file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)

    check_printable(text, file)
    return compose(text, where, findings)


def _mapping(root: Node | None, file: str, findings: Diagnostics) -> Mapping:
    if not isinstance(root, Mapping):
        what = "the file is empty" if root is None else f"{root} where a mapping was expected"
        findings.add(Place(file, 1, 1), what, START)
    findings.raise_any()
    assert isinstance(root, Mapping)
    return root


def parse_option(name: str, number: int, text: str) -> Scalar:
    """A word of the command line as a node; ``number`` counts the uses of the option ``name``."""
    return Scalar(Place(f"--{name}", number, 1), text)


def entry_of(name: str, node: Node) -> Entry:
    """An entry as if a file said it."""
    return Entry(Scalar(node.place, name), node)


MOST_NAMED = 3


def check_points(scenario: Scenario, design: Design) -> None:
    """Raise :class:`sim.errors.UsageError` for points at which no scenario could stand, with the
    values that do not go together and why."""
    found = violates_order(scenario, design.paths, design.points)
    if not found:
        return
    reasons = {why: point for point, why in sorted(found.items(), reverse=True)}
    named = [_said(design, at, why.columns) for why, at in list(reasons.items())[::-1]]
    told = [
        f"{values} ({why.message})"
        for values, why in zip(named[:MOST_NAMED], list(reasons)[::-1], strict=False)
    ]
    left = len(named) - len(told)
    more = f"; and {plural(left, 'more such case')}" if left else ""
    way_out = "narrow the ranges" if design.method in DRAWN else f"exclude such points: {named[0]}"
    raise UsageError(
        f"{len(found):,} of {plural(len(design), 'point')} cannot be played: "
        f"{'; '.join(told)}{more}",
        f"{list(reasons)[-1].remedy}, or {way_out}",
    )


def _said(design: Design, point: int, columns: Collection[int]) -> str:
    """The values of a point at some columns, as an exclusion has them."""
    said = list(design.said(point).items())
    chosen = [said[k] for k in columns]
    return ",".join(f"{path}={format_value(v)}" for path, v in chosen if v is not None)
