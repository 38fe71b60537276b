"""The page of all commands, as ``--help`` prints them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sim.cli.main import VERBS, cli

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
WIDTH = 92
HEAD = """\
# Commands

Every command with its options, as `thinline VERB --help` prints them. [All commands in a table,
with an example each](scenarios.md#commands). Written by `python -m tools.docgen commands`.
"""


def page() -> str:
    """The page: a heading and a block for each command."""
    parts = [HEAD]
    for name in VERBS:
        for words, text in helps(name):
            parts.append(f"## {' '.join(words)}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def helps(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The help of a verb, and of the commands that it groups."""
    names = cli.context_settings["help_option_names"]
    context = click.Context(
        cli, info_name="thinline", terminal_width=WIDTH, help_option_names=names
    )
    command = cli.get_command(context, name)
    if command is None:
        raise ValueError(f"no verb {name}")
    own = click.Context(command, info_name=name, parent=context, terminal_width=WIDTH)
    yield (name,), command.get_help(own)
    for each, inner in command.commands.items() if isinstance(command, click.Group) else ():
        below = click.Context(inner, info_name=each, parent=own, terminal_width=WIDTH)
        yield (name, each), inner.get_help(below)


def write() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
