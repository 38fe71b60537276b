"""The commands that a text suggests, and whether each could be run."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

import click

from sim.cli.main import cli
from sim.scenario.load import load

VERBS = {"run", "compare", "thin-line", "trace", "explain", "validate", "list", "sweep"}


class Command(NamedTuple):
    """A command that a text suggests."""

    verb: str
    words: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The scenarios it is about."""
        options = [k for k, word in enumerate(self.words) if word.startswith("--")]
        return [
            word for k, word in enumerate(self.words) if k not in options and k - 1 not in options
        ]

    @property
    def settings(self) -> list[str]:
        """What it sets."""
        return [self.words[k + 1] for k, word in enumerate(self.words) if word == "--set"]


def quoted(said: str) -> list[str]:
    """What stands between backticks."""
    return [" ".join(part.split()) for part in re.findall(r"`([^`]+)`", said)]


def commands(said: str) -> list[Command]:
    """The commands in a text; one that begins with ``--set`` varies the one before it."""
    found: list[Command] = []
    for part in quoted(said):
        words = shlex.split(part)
        if words[0] == "thinline":
            found.append(Command(words[1], tuple(words[2:])))
        elif words[0] == "--set":
            found.append(Command(found[-1].verb, (found[-1].names[0], *words)))
    return found


def check(command: Command) -> None:
    """Fail unless the command could be run."""
    assert command.verb in VERBS
    assert (len(command.names) == 1) == (command.verb not in ("compare", "list"))
    for name in command.names:
        assert load(name, command.settings).name == name
    context = click.Context(cli, **cli.context_settings)
    verb = cli.get_command(context, command.verb)
    if verb is not None:
        verb.make_context(command.verb, list(command.words), parent=context)
