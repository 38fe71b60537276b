"""The command that was given, as words, and other commands made of it.

Whatever suggests a command, or says how to repeat one, makes it here: so that nothing that was
asked for is lost on the way, and everything is quoted as a shell needs it.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from sim.report.reproduce import Origin
    from sim.scenario.scenario import Scenario


# How the work is done and how it is told: nothing that decides a number or a page.
MANNER = ("--json", "--jobs", "--force", "--backend", "--scheduler", "--dry-run")

RUNS, PAGE = "--runs", "--figure"

Said = tuple[tuple[str, str | None], ...]
"""Options with their values, in order; ``None`` for a flag."""


@dataclass(frozen=True)
class Asked:
    """A command: its verb, what it is about (scenarios, files, folders), and its options."""

    verb: str
    about: tuple[str, ...]
    said: Said = ()

    @property
    def command(self) -> str:
        """The command line."""
        options = [word for pair in self.said for word in pair if word is not None]
        return shlex.join(["thinline", self.verb, *self.about, *options])

    def all_of(self, option: str) -> tuple[str, ...]:
        """Every value of an option."""
        return tuple(value for name, value in self.said if name == option and value is not None)

    def only(self, *options: str) -> Asked:
        """The same with no other options than these."""
        return replace(self, said=tuple(pair for pair in self.said if pair[0] in options))

    def without(self, *options: str) -> Asked:
        """The same without these options."""
        return replace(self, said=tuple(pair for pair in self.said if pair[0] not in options))

    def adding(self, option: str, *values: object) -> Asked:
        """The same with an option more, once for each of ``values``; without one, a flag."""
        more = tuple((option, str(value)) for value in values) or ((option, None),)
        return replace(self, said=(*self.said, *more))

    def saying(self, options: Mapping[str, object]) -> Asked:
        """The same with each of ``options`` at this value, whatever was said of it before."""
        kept = self.without(*options)
        return replace(
            kept, said=(*kept.said, *((option, str(value)) for option, value in options.items()))
        )

    def instead(self, verb: str, *about: str) -> Asked:
        """Another verb with the same options, about the same or about something else."""
        return replace(self, verb=verb, about=about or self.about)


def asked() -> Asked:
    """The command being answered, as it was given, its options in the verb's own order."""
    context = click.get_current_context()
    about: list[str] = []
    said: list[tuple[str, str | None]] = []
    for parameter in context.command.params:
        name = parameter.name or ""
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            values = _values(parameter, context.params[name])
            if isinstance(parameter, click.Argument):
                about += [value for value in values if value is not None]
            else:
                said += [(_named(parameter), value) for value in values]
    return Asked(context.info_name or "", tuple(about), tuple(said))


def _named(parameter: click.Parameter) -> str:
    """The name of an option that all verbs which have it know it by."""
    return RUNS if RUNS in parameter.opts else parameter.opts[0]


def _values(parameter: click.Parameter, value: Any) -> list[str | None]:
    """What was said of a parameter, one text for each time; a flag has none."""
    if getattr(parameter, "is_flag", False):
        return [None]
    if parameter.multiple or parameter.nargs != 1:
        return list(map(str, value))
    return [",".join(map(str, value)) if isinstance(value, tuple) else str(value)]


def again(said: Asked, **settled: object) -> str:
    """The command that makes the same page again: what was left to the scenario is said too.

    ``settled`` are options by their names without dashes, such as ``seed=4``.
    """
    options = {f"--{name.replace('_', '-')}": value for name, value in settled.items()}
    page = [(option, value) for option, value in said.said if option == PAGE]
    told = said.without(PAGE, *MANNER).saying(options)
    return replace(told, said=(*told.said, *page)).command


def at_point(said: Asked, source: str, values: Mapping[str, Any], runs: int, seed: int) -> str:
    """The command that plays one point: the scenario with ``values``, as written, by their paths.

    ``run`` where it can set them all; an event's month can only be set by a sweep of one point.
    """
    kept = said.only("--set").instead("run", source)
    events = [path for path in values if path.startswith("events.")]
    if not events:
        sets = [f"{path}={value}" for path, value in values.items()]
        played = kept.adding("--set", *sets) if sets else kept
        return played.saying({RUNS: runs, "--seed": seed}).command
    point = ",".join(f"{path}={value}" for path, value in values.items())
    listed = {"--design": "list", "--point": point, RUNS: runs, "--seed": seed}
    return kept.instead("sweep").saying(listed).command


# A page says them in any case.
ELSEWHERE = ("runs", "seed")


def origin(said: Asked, scenario: Scenario, source: str | None = None, **settled: object) -> Origin:
    """The origin of the page that ``said`` asked for, with what its ``--set`` did to the scenario
    that ``source`` names (the one asked about, if that is not said); ``settled`` as
    :func:`sim.cli.invocation.again` takes it."""
    from sim.report.reproduce import Origin

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
    from sim.explain.scenario import describe_changes
    from sim.scenario.diff import differences
    from sim.scenario.load import load

    try:
        found = differences(scenario, load(source))
    except ScenarioError:  # the file only makes sense with what was set
        return ()
    return tuple(describe_changes([each for each in found if each.path not in ELSEWHERE], scenario))
