"""How a page was made: the scenario and what was set in it, the runs, and the command."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.figures.wording import plural
from sim.report.reproduce import Again, versions

if TYPE_CHECKING:
    from sim.scenario.model import Scenario

DIGEST = "Scenario digest (SHA-256)"

Fact = tuple[str, str]


class Origin(NamedTuple):
    """The command that makes the page again, the scenario as it was played, the texts of what was
    set in it, and in words what that changed."""

    command: str
    scenario: Scenario
    sets: Sequence[str] = ()
    changes: Sequence[str] = ()


class Made(NamedTuple):
    """What a page says of how it was made.

    ``runs`` says in words how many there are, ``changes`` what was set in the scenario.
    """

    scenario: str
    runs: str
    seed: int
    changes: Sequence[str]
    again: Again


def made(
    origin: Origin | None, scenario: str, runs: str, seed: int, kept: Sequence[Fact] = ()
) -> Made:
    """How a page about ``scenario`` was made; without an ``origin``, as one made from Python is,
    as far as that is known. ``kept`` is what results from disk say that made them."""
    facts = [("Scenario", scenario), *(_known(origin) if origin else ())]
    again = Again(
        origin.command if origin else "",
        (
            *facts,
            ("Model runs", runs),
            ("Seed", str(seed)),
            *kept,
            ("Versions of the page" if kept else "Versions", versions_said()),
            *([(DIGEST, origin.scenario.digest)] if origin else ()),
        ),
    )
    return Made(scenario, runs, seed, origin.changes if origin else (), again)


def versions_said() -> str:
    """What made the numbers and the pictures."""
    return ", ".join([f"Python {platform.python_version()}", *versions()])


def _known(origin: Origin) -> list[tuple[str, str]]:
    return [
        *([("Set in it", ", ".join(origin.sets) or "nothing")] if origin.command else []),
        ("Horizon", plural(origin.scenario.months, "month")),
    ]
