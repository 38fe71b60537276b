"""The entries of a sweep to a plan, whatever they were written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sim import shipped
from sim.errors import ScenarioError, UsageError
from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.checked import check_points
from sim.experiments.sweep.design import LISTED, METHODS, Design, points_of
from sim.experiments.sweep.exclude import Exclusion, exclusions_of, kept
from sim.experiments.sweep.listed import listed
from sim.experiments.sweep.plan import WATCHED, Plan
from sim.experiments.sweep.spread import axis_of
from sim.scenario.findings import Findings
from sim.scenario.load import load
from sim.scenario.model import Scenario
from sim.scenario.nodes import Mapping, Scalar
from sim.scenario.numbers import number_of
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.schema import MAX_RUNS, MAX_SEED
from sim.scenario.words import is_name
from sim.suggest import did_you_mean

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

    def __init__(self, folder: Path, overrides: Sequence[str], findings: Findings) -> None:
        self.folder = folder
        self.overrides = overrides
        self.findings = findings

    def read(self, root: Mapping) -> Plan:
        """The plan of a whole sweep."""
        self.root = root
        self.refuse_unknown()
        counts = {name: self.count(name, parameter) for name, parameter in COUNTS.items()}
        method = self.word("design", METHODS, "grid")
        watch = self.word("watch", WATCHED, "war")
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
        source = self.folder / text if shipped.is_path(text) else text
        try:
            return load(source, self.overrides)
        except ScenarioError as error:
            self.findings.take(error)
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
        found = [axis_of(each.key, each.node, scenario, self.findings) for each in said]
        return [axis for axis in found if axis is not None]

    def design(
        self, scenario: Scenario, method: str, axes: list[Axis], n: float | None, seed: int
    ) -> Design:
        """The points that are left, once nothing was wrong with what they are made of."""
        count = None if n is None else int(n)
        make: Callable[[], Any] = partial(points_of, method, axes, count, seed)
        if method == LISTED:
            axes, make = listed(self.root, scenario, self.findings)
        exclusions = self.exclusions(axes)
        self.findings.raise_any()
        try:
            left = kept(make(), exclusions)
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
        return exclusions_of(entry.node, axes, varied, self.findings)
