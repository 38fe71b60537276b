"""Quick arguments for each verb, the verbs by what they do, and the suggested command."""

from __future__ import annotations

import shlex

import click

from sim.cli.main import VERBS, cli

# Arguments with which each verb succeeds in a moment.
QUICK_ARGUMENTS = {
    "list": [],
    "run": ["no_force", "--runs", "5", "--no-report"],
    "compare": ["no_force", "reassurance_force", "--runs", "10"],
    "explain": ["no_force"],
    "trace": ["no_force", "--run", "1"],
    "thin-line": ["no_force", "--runs", "10", "--sizes", "0,1,2"],
    "sweep": ["no_force", "--over", "setting.clarity=0,1", "--runs", "5"],
    "sensitivity": ["no_force", "--runs", "10", "--over", "setting.clarity"],
    "discover": ["no_force", "--points", "100", "--runs", "1", "--over", "setting.clarity"],
    "robustness": ["no_force", "--runs", "5", "--over", "setting.clarity=0,1"],
    "explore": ["no_force", "reassurance_force", "--runs", "5", "--lever", "setting.clarity"],
    "theory": ["contest"],
    "lesson": ["list"],
    "serve": ["--check", "--port", "0"],
    "room-bots": ["http://127.0.0.1:8765", "ABCDEF", "--seats", "0"],
    "validate": ["no_force"],
    "init": ["fresh"],
    "schema": [],
    "doctor": [],
}

# Verbs that simulate with --runs, that write a page, that read a scenario, that vary --over.
SIMULATING = ["run", "compare", "thin-line", "sweep", "sensitivity", "discover", "robustness"]
DRAWING = ["run", "compare", "trace", "thin-line", "sweep", "sensitivity", "discover", "robustness"]
READING = [*SIMULATING, "trace", "explain"]
VARYING = {"sweep": "0,1", "sensitivity": "0:1", "discover": "0:1", "robustness": "0,1"}


def command_of(name: str) -> click.Command:
    """The click command of a verb."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


COMMANDS = {name: command_of(name) for name in VERBS}


def suggested_command(answer) -> list[str]:
    """The words of the command after ``Try next: thinline``."""
    return shlex.split(answer.err.partition("Try next: thinline ")[2].splitlines()[0])
