"""A scenario by name or file, with everything it inherits and every override."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sim import shipped
from sim.errors import Place, Problem, ScenarioError, UsageError
from sim.scenario.check import check
from sim.scenario.extends import with_ancestors
from sim.scenario.findings import Findings
from sim.scenario.layer import Layer
from sim.scenario.model import Scenario
from sim.scenario.override import Override, read_overrides
from sim.scenario.read import read_file, read_layer
from sim.scenario.resolve import resolve
from sim.scenario.world import World


def load(source: str | Path, overrides: Sequence[str | Override] = ()) -> Scenario:
    """The scenario that ``source`` names, with ``overrides`` (``path=value``) on top.

    ``source`` is a path (it ends in .yaml or .yml, or has a slash), else the name of a shipped
    scenario, else of NAME.yaml in the current folder. Raises ``ScenarioError`` with every problem
    there is, each with its place and a remedy.
    """
    path = file_of(source)
    try:
        return _loaded(path, overrides)
    except ScenarioError as error:
        if overrides and _holds(path):
            error.blame_the_command()
        raise


def _loaded(path: Path, overrides: Sequence[str | Override]) -> Scenario:
    findings = Findings()
    return _completed(read_file(path, findings), path, overrides, findings)


def _holds(path: Path) -> bool:
    """Whether a file can be used as it stands."""
    try:
        _loaded(path, ())
    except ScenarioError:
        return False
    return True


def load_text(
    text: str, overrides: Sequence[str | Override] = (), file: str = "scenario.yaml"
) -> Scenario:
    """The scenario that a text describes, as if it stood in ``file``."""
    findings = Findings()
    return _completed(read_layer(text, file, findings), Path(file), overrides, findings)


def _completed(
    layer: Layer | None, path: Path, overrides: Sequence[str | Override], findings: Findings
) -> Scenario:
    """The scenario of a layer with all it extends and all overrides; raises ``ScenarioError``."""
    files = with_ancestors(layer, path, findings)
    layers = read_overrides(overrides, findings)
    if files is None:
        raise ScenarioError(findings.problems)
    world = World(findings)
    scenario = resolve(files, layers, world)
    check(scenario, world, findings)
    findings.raise_any()
    return scenario


def file_of(source: str | Path) -> Path:
    """The file that ``source`` stands for; raises ``ScenarioError`` for an unknown name."""
    if isinstance(source, Path) or shipped.is_path(source):
        return Path(source)
    try:
        return shipped.scenario_file(source)
    except UsageError as error:
        if os.path.isfile(own := Path(f"{source}.yaml")):
            return own
        remedy = f"{error.remedy}; a file of your own ends in .yaml"
        place = Place(source, 1, 1)
        raise ScenarioError([Problem(place, f"no scenario named '{source}'", remedy)]) from None
