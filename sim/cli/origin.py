"""Where a page comes from: the command that makes it again, and what was set in the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.asked import Asked, again

if TYPE_CHECKING:
    from sim.report.made import Origin
    from sim.scenario.model import Scenario

# A page says them in any case.
ELSEWHERE = ("runs", "seed")


def origin(said: Asked, scenario: Scenario, source: str | None = None, **settled: object) -> Origin:
    """The origin of the page that ``said`` asked for, with what its ``--set`` did to the scenario
    that ``source`` names (the one asked about, if that is not said); ``settled`` as
    :func:`sim.cli.asked.again` takes it."""
    from sim.report.made import Origin

    sets = said.all_of("--set")
    changes = set_in(scenario, source or said.about[0]) if sets else ()
    return Origin(again(said, **settled), scenario, sets, changes)


def source_of(scenario: Scenario) -> str:
    """What to call a scenario by in a command: its name if it is a shipped one, else its file."""
    from sim.report.reproduce import named

    return named(scenario)[0]


def set_in(scenario: Scenario, source: str) -> Sequence[str]:
    """In words, where ``scenario`` differs from what ``source`` names; nothing where that does not
    stand on its own."""
    from sim.errors import ScenarioError
    from sim.explain.differing import in_words
    from sim.scenario.differences import differences
    from sim.scenario.load import load

    try:
        found = differences(scenario, load(source))
    except ScenarioError:  # the file only makes sense with what was set
        return ()
    return tuple(in_words([each for each in found if each.path not in ELSEWHERE], scenario))
