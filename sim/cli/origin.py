"""The origin of a page: the command that makes it again, and the changes made by ``--set``.

Apart from :mod:`sim.cli.invocation`, so that verbs without a page do not import what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.cli.invocation import SET, WITHOUT_EVENT, Invocation, reproduce_command
from sim.errors import ScenarioError
from sim.explain.scenario import describe_differences
from sim.report.reproduce import Origin, scenario_arguments
from sim.scenario.load import load
from sim.scenario.scenario import Scenario


def page_origin(
    invocation: Invocation,
    scenario: Scenario,
    following: str,
    source: str | None = None,
    **settled: object,
) -> Origin:
    """How the page of ``invocation`` was made: its command, and what ``--set`` changed.

    What changed is the difference of ``scenario`` from ``source``, by default the command's
    argument. ``following`` is the command to try next, and ``settled`` are options with a value
    that is known only after the run, as in :func:`reproduce_command`.
    """
    removed = (f"without {name}" for name in invocation.values(WITHOUT_EVENT))
    sets = (*invocation.values(SET), *removed)
    changes = changes_from(source or invocation.arguments[0], scenario) if sets else ()
    again = reproduce_command(invocation, **settled)
    return Origin(again, scenario, sets, changes, following)


def scenario_source(scenario: Scenario) -> str:
    """The name of a scenario in a command: its own if it is a shipped one, else its file."""
    return scenario_arguments(scenario)[0]


def changes_from(source: str, scenario: Scenario) -> Sequence[str]:
    """The differences of ``scenario`` from the scenario ``source``, in words."""
    try:
        return describe_differences(scenario, load(source))
    except ScenarioError:  # the file is valid only together with what was set
        return ()
