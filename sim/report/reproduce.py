"""What it takes to get the same runs again: the command, the seed, the digest, the versions."""

from __future__ import annotations

import platform
import shlex
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import ScenarioError
from sim.report.given import given
from sim.scenario.load import load
from sim.shipped import scenario_file, scenario_names

if TYPE_CHECKING:
    from sim.results import Results
    from sim.scenario.model import Scenario

USUAL_ENGINE = "ensemble"
OVERRIDE = "--set"
PACKAGES = ("thinline", "numpy", "numba", "plotly")


@dataclass(frozen=True)
class Again:
    """The command, and named facts to check a repetition against."""

    command: str
    facts: tuple[tuple[str, str], ...]


def again(results: Results) -> Again:
    """How to repeat ``results``."""
    scenario = results.scenario
    return Again(
        command(results),
        (
            ("Model runs", f"{results.runs:,}"),
            ("Seed", str(results.seed)),
            ("Horizon", f"{scenario.months} months"),
            ("Engine", results.engine),
            ("Computing", f"{results.wall:.1f} s ({results.cpu:.1f} s of processor time)"),
            ("Versions", ", ".join([f"Python {platform.python_version()}", *versions()])),
            ("Scenario digest (SHA-256)", scenario.digest),
        ),
    )


def command(results: Results) -> str:
    """The command line that repeats ``results``."""
    words = ["thinline", "run", *named(results.scenario)]
    words += ["--runs", str(results.runs), "--seed", str(results.seed)]
    if results.engine != USUAL_ENGINE:
        words += ["--engine", results.engine]
    return shlex.join(words)


def named(scenario: Scenario) -> list[str]:
    """The words of a command that name the scenario and all that was overridden in it."""
    words = [_source(scenario)]
    for each in given(scenario):
        if each.value.place is not None and each.value.place.file == OVERRIDE:
            words += ["--set", f"{each.path}={each.text}"]
    return words + _horizon(scenario, words[0])


def _horizon(scenario: Scenario, source: str) -> list[str]:
    """How the horizon was overridden, which leaves no place: it is not what the source says."""
    try:
        said = load(source).months
    except ScenarioError:  # the file has changed since, or only made sense with what was set
        return []
    return [] if said == scenario.months else ["--set", f"months={scenario.months}"]


def _source(scenario: Scenario) -> str:
    """The scenario's name if it is a shipped one, else the file it was read from."""
    shipped = scenario.name in scenario_names()
    if scenario.files and not (shipped and _is_file_of(scenario.name, scenario.files[0])):
        return scenario.files[0]
    return scenario.name


def _is_file_of(name: str, file: str) -> bool:
    return Path(file).resolve() == scenario_file(name).resolve()


def versions() -> list[str]:
    """The packages that decide the numbers and the pictures, those that are installed."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:  # run from a checkout that was never installed
            continue
    return found
