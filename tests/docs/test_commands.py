"""Every command in the documentation exists and prints what the page shows."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

import click
import pytest

from sim.cli.main import VERBS, cli
from sim.resources import scenario_names
from sim.scenario.load import load
from tests.docs.pages import OWN, Block, blocks, own_blocks, text_of
from tests.docs.renew import printed, said


class Command(NamedTuple):
    """A command, and where it is shown."""

    page: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {' '.join(self.words)}"


def commands() -> list[Command]:
    """Every ``thinline`` command in a block, or on its own between backticks."""
    found = []
    for page in OWN:
        shown = [line for block in blocks(page, "console") for line in block.text.splitlines()]
        inline = re.findall(r"`thinline ([^`]*)`", re.sub(r"\s+", " ", text_of(page)))
        for line in [*(f"$ thinline {each}" for each in inline), *shown]:
            if line.startswith("$ thinline "):
                found.append(Command(page, tuple(shlex.split(line, comments=True)[2:])))
    return sorted(set(found))


@pytest.mark.parametrize("command", commands(), ids=str)
def test_the_command_and_its_options_exist(command: Command) -> None:
    verb, *words = command.words
    context = click.Context(cli, **cli.context_settings)
    found = cli.get_command(context, verb)
    assert found is not None
    if words:
        _load(found.make_context(verb, list(words), parent=context))


def _load(context: click.Context) -> None:
    """The scenario of a command, with what it sets, so that a wrong path is found."""
    name = context.params.get("scenario")
    if name in scenario_names() and "overrides" in context.params:
        assert load(name, context.params["overrides"])


def test_every_verb_is_described() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \|[^|]*\| `thinline", text_of("docs/scenarios.md"), re.M)
    assert told == [name for name in told if name in VERBS]
    assert set(told) == set(VERBS)


@pytest.mark.parametrize("block", [b for b in own_blocks("console") if said(b)], ids=str)
def test_what_a_command_says_is_what_the_page_shows(block: Block, workplace) -> None:
    assert printed(block) == said(block), "renew it: python -m tests.docs.renew"
