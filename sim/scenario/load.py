"""Load a scenario by name, file or text, with its ancestors and with ``--set`` overrides."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim import resources
from sim.enums import Word
from sim.errors import Place, Problem, ScenarioError, UsageError
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.distributions import Distribution
from sim.scenario.overrides import Overrides, read_overrides
from sim.scenario.parameter import Parameter
from sim.scenario.paths import ParameterPath, find
from sim.scenario.read_file import Layer, read_file, read_layer
from sim.scenario.resolve import World, resolve, with_ancestors
from sim.scenario.scenario import Scenario
from sim.scenario.validate import validate
from sim.study_result import native


def load(source: str | Path | Mapping[str, Any], overrides: Overrides = ()) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    source
        A path (it ends in .yaml or .yml, or contains a slash), the name of a shipped scenario, the
        name of a file NAME.yaml in the current folder, ``-`` for standard input, or the contents of
        a file as plain data, such as those of :meth:`Scenario.to_dict`.
    overrides
        One or more texts ``path=value``, or values by their paths. Each is applied on top of the
        file; a later one replaces an earlier one. A value may be a word, also a member of its
        enumeration, or a :class:`Distribution`, such as that of another scenario.
        ``events.NAME.month=60`` moves an event, ``events.NAME=null`` removes it, and ``events=[]``
        removes all of them.

    Returns
    -------
    Scenario
        The resolved scenario: every parameter has a value.

    Raises
    ------
    ScenarioError
        With all problems of the file, its ancestors and the overrides, each with its place and a
        remedy.
    UsageError
        For a source or an override of another type.
    """
    texts = _texts(overrides)
    if isinstance(source, Mapping):
        return load_text(_written("the scenario", source), texts, "mapping")
    path = file_of(source)
    try:
        return _load_file(path, texts)
    except ScenarioError as error:
        if texts and _is_valid(path):
            error.blame_the_command()
        raise


def _texts(overrides: object) -> list[str]:
    if isinstance(overrides, Mapping):
        return [f"{path}={_written(path, value)}" for path, value in overrides.items()]
    if isinstance(overrides, str) or not isinstance(overrides, Iterable):
        overrides = [overrides]
    texts = list(overrides)
    if wrong := [each for each in texts if not isinstance(each, str)]:
        raise UsageError(f"{wrong[0]!r:.60} is not an override", "write 'setting.clarity=0.5'")
    return texts


def _written(path: str, value: Any) -> str:
    """The value of an override given in Python, as YAML; an event set to None is removed."""
    if value is None and not path.startswith("events."):
        return "none"
    if isinstance(value, Distribution):
        value = _as_in_a_file(path, value)
    found = value.word if isinstance(value, Word) else native(value)
    try:
        return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    except TypeError:
        remedy = "write a number, a word, a list or a mapping, as in a scenario file"
        raise UsageError(f"{path}: {value!r:.60} is not a value", remedy) from None


def _as_in_a_file(path: str, value: Distribution) -> Any:
    parameter = find(str(replace(ParameterPath.parse(path), event="")))
    return value.to_yaml(parameter.say) if isinstance(parameter, Parameter) else value.to_yaml()


def _load_file(path: Path, overrides: Sequence[str]) -> Scenario:
    diagnostics = Diagnostics()
    return _complete(read_file(path, diagnostics), path, overrides, diagnostics)


def _is_valid(path: Path) -> bool:
    """Whether a file is valid without overrides."""
    try:
        _load_file(path, ())
    except ScenarioError:
        return False
    return True


def load_text(text: str, overrides: Sequence[str] = (), file: str = "scenario.yaml") -> Scenario:
    """Load a scenario from its text; ``file`` is the file name for places and ``extends``."""
    diagnostics = Diagnostics()
    return _complete(read_layer(text, file, diagnostics), Path(file), overrides, diagnostics)


def _complete(
    layer: Layer | None, path: Path, overrides: Sequence[str], diagnostics: Diagnostics
) -> Scenario:
    """Resolve a layer with its ancestors and overrides; raises ``ScenarioError``."""
    files = with_ancestors(layer, path, diagnostics)
    layers = read_overrides(overrides, diagnostics)
    if not files:
        raise ScenarioError(diagnostics.problems)
    world = World(diagnostics)
    scenario = resolve(files, layers, world, tuple(map(str, overrides)))
    validate(scenario, world, diagnostics)
    diagnostics.raise_any()
    return scenario


def file_of(source: str | Path) -> Path:
    """The file of a scenario; raises ``ScenarioError`` for an unknown name."""
    if not isinstance(source, str | Path):
        raise UsageError(f"{source!r:.60} is not a scenario's name or path", "see thinline list")
    if isinstance(source, Path) or resources.is_path(source):
        return Path(os.path.expanduser(source))
    try:
        return resources.scenario_file(source)
    except UsageError as error:
        if os.path.isfile(own := Path(f"{source}.yaml")):
            return own
        remedy = f"{error.remedy}; the name of your own file ends in .yaml"
        nowhere = Place("", 1, 1)
        raise ScenarioError([Problem(nowhere, f"no scenario named '{source}'", remedy)]) from None
