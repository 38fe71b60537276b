"""The command that was given, as data, and other commands derived from it.

Every suggested command and every command on a page is made here: so no option is lost, and
everything is quoted for a shell.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import click
from click.core import ParameterSource

# Options that affect execution or display, never results.
EXECUTION = (
    *("--json", "--jobs", "--force", "--backend", "--scheduler", "--dry-run"),
    "--figure-size",
)

# Times the runs that a suggested command asks for, where those of this one show nothing.
MORE_RUNS = 10

RUNS, FIGURE, SET, WITHOUT_EVENT = "--runs", "--figure", "--set", "--without-event"

Options = tuple[tuple[str, str | None], ...]
"""Options with their values, in order; ``None`` for a flag."""


@dataclass(frozen=True)
class Invocation:
    """A command: its verb, its arguments (scenarios, files, folders), and its options."""

    verb: str
    arguments: tuple[str, ...]
    options: Options = ()

    @property
    def command(self) -> str:
        """The command line."""
        words = [word for pair in self.options for word in pair if word is not None]
        return shlex.join(["thinline", self.verb, *self.arguments, *words])

    def values(self, option: str) -> tuple[str, ...]:
        """Every value of an option."""
        return tuple(value for name, value in self.options if name == option and value is not None)

    def only(self, *options: str) -> Invocation:
        """The same command with only these options; ``--without-event`` is kept together with
        ``--set``."""
        wanted = {*options, *([WITHOUT_EVENT] if SET in options else [])}
        return replace(self, options=tuple(pair for pair in self.options if pair[0] in wanted))

    def without(self, *options: str) -> Invocation:
        """The same command without these options."""
        return replace(self, options=tuple(pair for pair in self.options if pair[0] not in options))

    def with_option(self, option: str, *values: object) -> Invocation:
        """The same command with an option added, once for each of ``values``; a flag has none."""
        more = tuple((option, str(value)) for value in values) or ((option, None),)
        return replace(self, options=(*self.options, *more))

    def with_options(self, options: Mapping[str, object]) -> Invocation:
        """The same command with each of ``options`` set to its value, replacing earlier values."""
        more = tuple((option, str(value)) for option, value in options.items())
        return replace(self, options=(*self.without(*options).options, *more))

    def for_command(self, verb: str, *arguments: str) -> Invocation:
        """Another verb with the same options, and with the same arguments unless some are given."""
        return replace(self, verb=verb, arguments=arguments or self.arguments)


def current_invocation() -> Invocation:
    """The command that is running, its options in the order in which the verb declares them."""
    context = click.get_current_context()
    arguments: list[str] = []
    options: list[tuple[str, str | None]] = []
    for parameter in context.command.params:
        name = parameter.name or ""
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            values = _values(parameter, context.params[name])
            if isinstance(parameter, click.Argument):
                arguments += [value for value in values if value is not None]
            else:
                # The one of two names that all verbs share.
                option = RUNS if RUNS in parameter.opts else parameter.opts[0]
                options += [(option, value) for value in values]
    return Invocation(context.info_name or "", tuple(arguments), tuple(options))


def _values(parameter: click.Parameter, value: Any) -> list[str | None]:
    """The texts given for a parameter, one for each time; a flag has none."""
    if getattr(parameter, "is_flag", False):
        return [None]
    if parameter.multiple or parameter.nargs != 1:
        return list(map(str, value))
    return [",".join(map(str, value)) if isinstance(value, tuple) else str(value)]


def reproduce_command(invocation: Invocation, **settled: object) -> str:
    """The command that makes the same page again.

    ``settled`` are options by their names without dashes, such as ``seed=4``: values that the
    command left to the scenario.
    """
    options = {f"--{name.replace('_', '-')}": value for name, value in settled.items()}
    page = dict(pair for pair in invocation.options if pair[0] == FIGURE)
    repeated = invocation.without(FIGURE, *EXECUTION)
    return repeated.with_options({**options, **page}).command


def point_command(
    invocation: Invocation, source: str, values: Mapping[str, Any], runs: int, seed: int
) -> str:
    """The command that runs one point: the scenario ``source`` with ``values`` by their paths."""
    run = invocation.only(SET).for_command("run", source)
    assignments = [f"{path}={value}" for path, value in values.items()]
    run = run.with_option(SET, *assignments) if assignments else run
    return run.with_options({RUNS: runs, "--seed": seed}).command
