"""How to reproduce a page: the command, the seed, the digest and the versions."""

from __future__ import annotations

import json
import platform
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

from sim.errors import ScenarioError
from sim.figures.theme import Note
from sim.formatting import format_value, join_and, plural, state_name
from sim.resources import is_scenario_file
from sim.scenario.diff import Difference, differences
from sim.scenario.load import load
from sim.scenario.paths import ParameterPath
from sim.scenario.provenance import values_with_source

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.results import Results
    from sim.scenario.scenario import Scenario


USUAL_ENGINE = "ensemble"
OVERRIDE, WITHOUT_EVENT = "--set", "--without-event"
PACKAGES = ("thinline", "numpy", "numba", "plotly")
DIGEST = "Scenario digest (SHA-256)"

Fact = tuple[str, str]


@dataclass(frozen=True)
class Reproduction:
    """The command, named facts for checking a reproduction, and the command to try next."""

    command: str
    facts: tuple[Fact, ...]
    following: str = ""


def reproduction(results: Results, following: str = "") -> Reproduction:
    """How to reproduce ``results``, and what to try next."""
    scenario = results.scenario
    return Reproduction(
        command(results),
        (
            ("Model runs", f"{results.runs:,}"),
            ("Seed", str(results.seed)),
            ("Horizon", f"{scenario.months} months"),
            ("Engine", results.engine),
            ("Versions", format_versions()),
            (DIGEST, scenario.digest),
        ),
        following,
    )


def command(results: Results) -> str:
    """The command that reproduces ``results``."""
    words = ["thinline", "run", *scenario_arguments(results.scenario)]
    words += ["--runs", str(results.runs), "--seed", str(results.seed)]
    if results.engine != USUAL_ENGINE:
        words += ["--engine", results.engine]
    return shlex.join(words)


def scenario_arguments(scenario: Scenario) -> list[str]:
    """The arguments of a command that select the scenario and its overrides."""
    words = [_source(scenario)]
    for each in values_with_source(scenario):
        if each.value.place is not None and each.value.place.file == OVERRIDE:
            words += ["--set", f"{each.path}={each.text}"]
    return words + _horizon_and_events(scenario, words[0])


def _horizon_and_events(scenario: Scenario, source: str) -> list[str]:
    """The overrides of the horizon and of events, known only by their difference from the
    source."""
    try:
        found = differences(scenario, load(source))
    except ScenarioError:  # the file has changed, or is valid with its overrides only
        return []
    return [word for each in found for word in _override(each)]


def _override(change: Difference) -> list[str]:
    path = ParameterPath.parse(change.path)
    if change.path == "months":
        return [OVERRIDE, f"months={change.after}"]
    if not path.event:
        return []
    if change.after is None:
        return [WITHOUT_EVENT, path.event]
    if path.name:
        return [OVERRIDE, f"{path}={format_value(change.after)}"]
    event = {"name": path.event, **change.after}
    return [OVERRIDE, f"events=[{json.dumps(event, ensure_ascii=False)}]"]


def _source(scenario: Scenario) -> str:
    """The scenario's name if it is a shipped one, else the file it was read from."""
    if scenario.files and not is_scenario_file(scenario.name, scenario.files[0]):
        return scenario.files[0]
    return scenario.name


def installed_versions() -> list[str]:
    """The installed packages that affect numbers and charts."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:  # run from a checkout that was never installed
            continue
    return found


class PageCommands(NamedTuple):
    """The command that makes a page again, and the command to try next."""

    again: str = ""
    following: str = ""


class Origin(NamedTuple):
    """The command that reproduces the page, the scenario as it was run, its overrides, a
    description of what they changed, and the command to try next."""

    command: str
    scenario: Scenario
    sets: Sequence[str] = ()
    changes: Sequence[str] = ()
    following: str = ""


class PageProvenance(NamedTuple):
    """Provenance of a page: ``title`` names the scenario for readers, ``runs`` describes the number
    of runs, ``changes`` the overrides."""

    scenario: str
    title: str
    runs: str
    seed: int
    changes: Sequence[str]
    again: Reproduction


def page_provenance(
    origin: Origin | None, scenario: str, runs: str, seed: int, kept: Sequence[Fact] = ()
) -> PageProvenance:
    """The provenance of a page about ``scenario``. Pages made from Python have no ``origin``;
    ``kept`` are facts stored with results on disk."""
    facts = [("Scenario", scenario), *(_known(origin) if origin else ())]
    again = Reproduction(
        origin.command if origin else "",
        (
            *facts,
            ("Model runs", runs),
            ("Seed", str(seed)),
            *kept,
            ("Versions of the page" if kept else "Versions", format_versions()),
            *([(DIGEST, origin.scenario.digest)] if origin else ()),
        ),
        origin.following if origin else "",
    )
    title = origin.scenario.title if origin else state_name(scenario)
    return PageProvenance(scenario, title, runs, seed, origin.changes if origin else (), again)


def format_versions() -> str:
    """The versions that made numbers and charts, as text."""
    return ", ".join([f"Python {platform.python_version()}", *installed_versions()])


def _known(origin: Origin) -> list[tuple[str, str]]:
    return [
        *([("Overrides", ", ".join(origin.sets) or "nothing")] if origin.command else []),
        ("Horizon", plural(origin.scenario.months, "month")),
    ]


def comparison_provenance(
    found: Comparison, commands: PageCommands, names: Sequence[str], changes: Sequence[str]
) -> PageProvenance:
    """The provenance of a comparison, with the digests of the scenarios ``names``."""
    scenarios = {name: found.results[name].scenario for name in names}
    note = comparison_note(found)
    again = Reproduction(
        commands.again,
        (
            ("Model runs of each", f"{found.runs:,}"),
            ("Seed, the same for all", str(found.seed)),
            ("Horizon", _horizons(list(scenarios.values()))),
            ("Versions", format_versions()),
            *((f"Digest of {name}", each.digest) for name, each in scenarios.items()),
        ),
        commands.following,
    )
    title = found.results[found.baseline].scenario.title
    return PageProvenance(found.baseline, title, note.counted, found.seed, changes, again)


def _horizons(scenarios: list[Scenario]) -> str:
    return join_and([plural(m, "month") for m in dict.fromkeys(each.months for each in scenarios)])


def comparison_note(found: Comparison) -> Note:
    """The number of runs per scenario and in total."""
    total = found.runs * (1 + len(found.pairs))
    return Note(total, found.seed, f"{found.runs:,} model runs of each")
