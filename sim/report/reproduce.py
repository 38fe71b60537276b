"""What it takes to get the same runs again: the command, the seed, the digest, the versions."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.errors import ScenarioError
from sim.figures.theme import Note
from sim.resources import scenario_file, scenario_names
from sim.scenario.load import load
from sim.scenario.provenance import values_with_source
from sim.text import join_and, plural

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.results import Results
    from sim.scenario.scenario import Scenario


USUAL_ENGINE = "ensemble"
OVERRIDE = "--set"
PACKAGES = ("thinline", "numpy", "numba", "plotly")


@dataclass(frozen=True)
class Reproduction:
    """The command, and named facts to check a repetition against."""

    command: str
    facts: tuple[tuple[str, str], ...]


def again(results: Results) -> Reproduction:
    """How to repeat ``results``."""
    scenario = results.scenario
    return Reproduction(
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
    for each in values_with_source(scenario):
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


DIGEST = "Scenario digest (SHA-256)"

Fact = tuple[str, str]


class Origin(NamedTuple):
    """The command that makes the page again, the scenario as it was played, the texts of what was
    set in it, and in words what that changed."""

    command: str
    scenario: Scenario
    sets: Sequence[str] = ()
    changes: Sequence[str] = ()


class PageProvenance(NamedTuple):
    """What a page says of how it was made.

    ``runs`` says in words how many there are, ``changes`` what was set in the scenario.
    """

    scenario: str
    runs: str
    seed: int
    changes: Sequence[str]
    again: Reproduction


def page_provenance(
    origin: Origin | None, scenario: str, runs: str, seed: int, kept: Sequence[Fact] = ()
) -> PageProvenance:
    """How a page about ``scenario`` was made; without an ``origin``, as one made from Python is,
    as far as that is known. ``kept`` is what results from disk say that made them."""
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
    )
    return PageProvenance(scenario, runs, seed, origin.changes if origin else (), again)


def format_versions() -> str:
    """What made the numbers and the pictures."""
    return ", ".join([f"Python {platform.python_version()}", *versions()])


def _known(origin: Origin) -> list[tuple[str, str]]:
    return [
        *([("Set in it", ", ".join(origin.sets) or "nothing")] if origin.command else []),
        ("Horizon", plural(origin.scenario.months, "month")),
    ]


def comparison_provenance(
    found: Comparison, command: str, names: Sequence[str], changes: Sequence[str]
) -> PageProvenance:
    """How the comparison was made, with the digests of the scenarios named."""
    scenarios = {name: found.results[name].scenario for name in names}
    note = comparison_note(found)
    again = Reproduction(
        command,
        (
            ("Model runs of each", f"{found.runs:,}"),
            ("Seed, the same for all", str(found.seed)),
            ("Horizon", _horizons(list(scenarios.values()))),
            ("Versions", format_versions()),
            *((f"Digest of {name}", each.digest) for name, each in scenarios.items()),
        ),
    )
    return PageProvenance(found.baseline, note.counted, found.seed, changes, again)


def _horizons(scenarios: list[Scenario]) -> str:
    return join_and([plural(m, "month") for m in dict.fromkeys(each.months for each in scenarios)])


def comparison_note(found: Comparison) -> Note:
    """How many runs there are of each scenario, and altogether."""
    total = found.runs * (1 + len(found.pairs))
    return Note(total, found.seed, f"{found.runs:,} model runs of each")
