"""Parse a sweep into a plan: from a file, from command-line options or from plain data."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sim import resources
from sim.choices import MAX_RUNS, MAX_SEED
from sim.errors import SWEEP_COMMAND, Place, ScenarioError, UsageError, did_you_mean, remedy_for_key
from sim.experiments.designs import LISTED, METHODS, SAMPLED, Design, make_points
from sim.experiments.factors import Factor, with_event_name
from sim.experiments.parse_factors import (
    Exclusion,
    keep_allowed,
    parse_exclusions,
    parse_factor,
    parse_points,
)
from sim.experiments.sweep.plan import DEFAULT_MEASURES, Plan
from sim.experiments.variants import find_violations
from sim.formatting import plural
from sim.scenario import yaml_nodes
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.load import load
from sim.scenario.overrides import Overrides
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.read_values import is_name, number_of
from sim.scenario.scenario import Scenario
from sim.scenario.yaml_nodes import Entry, Node, Scalar, check_printable, compose, printable

REPLICATIONS = 200
COUNTS = {
    parameter.name: parameter
    for parameter in (
        Parameter("n", Kind.COUNT, 64, "how many points", "points", 1, 1_000_000),
        Parameter("replications", Kind.COUNT, REPLICATIONS, "runs a point", "runs", 1, MAX_RUNS),
        Parameter("seed", Kind.COUNT, 0, "seed of the random numbers", "", 0, MAX_SEED),
        Parameter("until_ci", Kind.NUMBER, 0.01, "width of an interval", "share", 1e-6, 1),
    )
}
KEYS = ("sweep", "scenario", "design", "over", "points", "exclude", "watch", *COUNTS)
# What other commands and files call something else.
KNOWN_AS = {
    "runs": "runs at each point are 'replications'",
    "set": "write a scenario file with the changes, or give them with --set (overrides= in Python)",
}
LIST_REMEDY = "'points' goes with design: list, 'over' and 'n' with the others"
VARY = "add --over setting.clarity=0:1:11, or over: {setting.clarity: 0:1:11} in a file"
START = "start with 'sweep: NAME', 'scenario: NAME' and 'over: {setting.clarity: 0:1:11}'"

# Keys that a sweep has and a scenario file has not.
OWN_KEYS = ("sweep", "over", "points", "replications", "exclude")
MAX_NAMED = 3


def is_sweep_file(source: str | Path) -> bool:
    """Whether ``source`` is a file with a key of a sweep, or without a mapping at its top."""
    source = str(source)
    if source != resources.STANDARD_INPUT and not (
        resources.is_path(source) and Path(source).is_file()
    ):
        return False
    try:
        root = _root(Path(source), Diagnostics())
    except ScenarioError:
        return False
    return not isinstance(root, yaml_nodes.Mapping) or any(key in root.entries for key in OWN_KEYS)


def read_sweep(
    source: str | Path, entries: Sequence[Entry] = (), overrides: Overrides = ()
) -> Plan:
    """The plan of a sweep file, or of a scenario with ``entries``.

    Entries replace those of the file; ``overrides`` change the scenario, as ``--set`` does. Raises
    :class:`sim.errors.ScenarioError` with every problem.
    """
    own = {entry.key.text: entry for entry in entries}
    if is_sweep_file(source):
        root, folder = _file(Path(source)), Path(source).parent
    else:
        here = Place(SWEEP_COMMAND, 1, 1)
        scenario = entry_of("scenario", Scalar(here, str(source)))
        root, folder = yaml_nodes.Mapping(here, {"scenario": scenario}), None
    whole = yaml_nodes.Mapping(root.place, {**root.entries, **own})
    return _PlanReader(folder, overrides, Diagnostics()).read(whole)


def plan_from(document: Mapping[str, Any], overrides: Overrides = ()) -> Plan:
    """The plan of a sweep as plain data, with the keys of a file; raises as :func:`read_sweep`."""
    findings, file = Diagnostics(), "the sweep"
    root = _mapping(_compose(_json_of(document), file, findings), file, findings)
    return _PlanReader(None, overrides, Diagnostics()).read(root)


def _json_of(document: Mapping[str, Any]) -> str:
    if isinstance(document.get("scenario"), Scenario):
        remedy = "give its name or its file, and what you changed in overrides"
        raise UsageError("a sweep names its scenario", remedy)
    try:
        return json.dumps(dict(document))
    except (TypeError, ValueError) as error:
        remedy = "give names, numbers, words and lists of them"
        raise UsageError(f"a sweep is plain data: {error}", remedy) from None


def _file(path: Path) -> yaml_nodes.Mapping:
    findings = Diagnostics()
    return _mapping(_root(path, findings), printable(path), findings)


def _root(path: Path, findings: Diagnostics) -> Node | None:
    return _compose(yaml_nodes.read_text(path), printable(path), findings)


def _compose(text: str, file: str, findings: Diagnostics) -> Node | None:
    def place_of(mark: object) -> Place:
        return Place(file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)

    check_printable(text, file)
    return compose(text, place_of, findings)


def _mapping(root: Node | None, file: str, findings: Diagnostics) -> yaml_nodes.Mapping:
    if not isinstance(root, yaml_nodes.Mapping):
        found = None if root is None else yaml_nodes.kind_of(root)
        message = f"{found} where a mapping was expected" if found else "the file is empty"
        findings.add(Place(file, 1, 1), message, START)
    findings.raise_any()
    assert isinstance(root, yaml_nodes.Mapping)
    return root


def parse_option(name: str, number: int, text: str) -> Scalar:
    """A command-line value as a node; ``number`` counts the uses of the option ``name``."""
    return Scalar(Place(f"--{name}", number, 1), text)


def entry_of(name: str, node: Node) -> Entry:
    """An entry in the form of a sweep file."""
    return Entry(Scalar(node.place, name), node)


class _PlanReader:
    """Reads the entries of a sweep and reports every wrong one."""

    def __init__(self, folder: Path | None, overrides: Overrides, findings: Diagnostics) -> None:
        self.is_file = folder is not None
        self.folder = folder or Path()
        self.overrides = overrides
        self.findings = findings

    def read(self, root: yaml_nodes.Mapping) -> Plan:
        """The plan of the sweep."""
        self.root = root
        self.check_keys()
        counts = {name: self.count(name, parameter) for name, parameter in COUNTS.items()}
        method = self.word("design", METHODS, "grid")
        watch = self.word("watch", DEFAULT_MEASURES, "war")
        scenario = self.scenario()
        if scenario is None:
            self.findings.raise_any()
        assert scenario is not None
        seed = scenario.seed if counts["seed"] is None else int(counts["seed"])
        name = self.name(scenario)
        factors = self.factors(scenario, method)
        design = self.design(scenario, method, factors, counts["n"], seed)
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

    def check_keys(self) -> None:
        """Report unknown keys."""
        for word, entry in self.root.entries.items():
            if word not in KEYS:
                message = f"unknown key '{word[:40]}' in a sweep"
                remedy = KNOWN_AS.get(word) or remedy_for_key(word, KEYS)
                self.findings.add(entry.key.place, message, remedy)

    def count(self, name: str, parameter: Parameter) -> float | None:
        """A number of the sweep; ``None`` if it is missing or wrong."""
        entry = self.root.entries.get(name)
        return number_of(entry.node, parameter, self.findings) if entry else None

    def word(self, name: str, options: Sequence[str], default: str) -> str:
        """One of a list of words."""
        entry = self.root.entries.get(name)
        text = getattr(entry.node, "text", "") if entry else default
        if entry and text not in options:
            place = entry.node.place
            # An option may have another name than the key of a file.
            called = place.file if place.is_in_a_command else name
            message = f"{called}: {entry.node} is not known"
            self.findings.add(place, message, did_you_mean(text, options))
        return text

    def name(self, scenario: Scenario) -> str:
        """The name of the sweep, by default the scenario's."""
        entry = self.root.entries.get("sweep")
        if entry and is_name(entry.node, "sweep", self.findings):
            assert isinstance(entry.node, Scalar)
            return entry.node.text
        return scenario.name

    def scenario(self) -> Scenario | None:
        """The scenario; its problems are reported with those of the sweep."""
        entry = self.root.entries.get("scenario")
        if entry is None:
            self.findings.add(self.root.place, "the sweep has no scenario", START)
            return None
        text = entry.node.value if isinstance(entry.node, Scalar) else None
        if not isinstance(text, str) or not text:
            message, remedy = f"scenario is {entry.node}", "write a scenario's name or its file"
            self.findings.add(entry.node.place, message, remedy)
            return None
        source = self.folder / text if resources.is_path(text) else text
        here = entry.node.place
        is_path = isinstance(source, Path) and text != resources.STANDARD_INPUT
        if is_path and not here.is_in_a_command and not Path(source).exists():
            message = f"scenario: there is no file {printable(Path(source))}"
            begins = "the folder of that file" if self.is_file else "the current folder"
            remedy = f"check it: a path in a sweep{' file' * self.is_file} begins at {begins}"
            self.findings.add(here, message, remedy)
            return None
        try:
            return load(source, self.overrides)
        except ScenarioError as error:
            first = error.problems[0]
            if first.place.file or here.is_in_a_command:
                self.findings.extend(error)
            else:
                # An unknown name has no file of its own: the place is where the sweep names it.
                self.findings.add(here, first.message, first.remedy)
            return None

    def factors(self, scenario: Scenario, method: str) -> list[Factor]:
        """The factors under ``over``; a list of points has none there."""
        entry = self.root.entries.get("over")
        for word in ("over", "n") if method == LISTED else ("points",):
            if word in self.root.entries:
                place = self.root.entries[word].key.place
                self.findings.add(place, f"design: {method} has no '{word}'", LIST_REMEDY)
        if method == LISTED:
            return []
        if (
            entry is None
            or not isinstance(entry.node, yaml_nodes.Mapping)
            or not entry.node.entries
        ):
            place = entry.node.place if entry else self.root.place
            self.findings.add(place, "the sweep varies nothing", VARY)
            return []
        entries = entry.node.entries.values()
        found = [parse_factor(each.key, each.node, scenario, self.findings) for each in entries]
        return [factor for factor in found if factor is not None]

    def design(
        self, scenario: Scenario, method: str, factors: list[Factor], n: float | None, seed: int
    ) -> Design:
        """The design without its excluded points."""
        count = None if n is None else int(n)
        make: Callable[[], Any] = partial(make_points, method, factors, count, seed)
        if method == LISTED:
            factors, make = parse_points(self.root, scenario, self.findings)
        exclusions = self.exclusions(factors)
        self.findings.raise_any()
        try:
            left = keep_allowed(make(), exclusions)
            if not len(left):
                raise UsageError("no point is left", "exclude less")
            check_points(scenario, Design(method, tuple(factors), left))
        except UsageError as error:
            entry = self.root.entries.get("design")
            place = entry.node.place if entry else self.root.place
            self.findings.add(place, error.message, error.remedy)
            self.findings.raise_any()
        named = [replace(each, path=with_event_name(scenario, each.path)) for each in factors]
        return Design(method, tuple(named), left)

    def exclusions(self, factors: list[Factor]) -> list[Exclusion]:
        """The exclusions; a condition on a factor that could not be read is not reported again."""
        entry, over = (self.root.entries.get(word) for word in ("exclude", "over"))
        if entry is None:
            return []
        varied = over.node.entries if over and isinstance(over.node, yaml_nodes.Mapping) else {}
        return parse_exclusions(entry.node, factors, varied, self.findings)


def check_points(scenario: Scenario, design: Design) -> None:
    """Raise :class:`sim.errors.UsageError` for points whose values contradict each other."""
    found = find_violations(scenario, design.paths, design.points)
    if not found:
        return
    reasons = {why: point for point, why in sorted(found.items(), reverse=True)}
    named = [_write_values(design, at, why.columns) for why, at in list(reasons.items())[::-1]]
    examples = [
        f"{values} ({why.message})"
        for values, why in zip(named[:MAX_NAMED], list(reasons)[::-1], strict=False)
    ]
    left = len(named) - len(examples)
    more = f"; and {plural(left, 'more such case')}" if left else ""
    remedy = "narrow the ranges" if design.method in SAMPLED else f"exclude such points: {named[0]}"
    raise UsageError(
        f"{len(found):,} of {plural(len(design), 'point')} cannot be run: "
        f"{'; '.join(examples)}{more}",
        f"{list(reasons)[-1].remedy}, or {remedy}",
    )


def _write_values(design: Design, point: int, columns: Collection[int]) -> str:
    """Some values of a point in the notation of an exclusion."""
    chosen = [(design.factors[k], float(design.points[point, k])) for k in columns]
    return ",".join(f"{f.path}={f.write(v)}" for f, v in chosen if not math.isnan(v))
