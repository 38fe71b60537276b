"""The command group: which verbs there are, and how an error becomes a message and an exit code.

A verb's module is imported when the verb is used, so that ``thinline --help`` needs none of them.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple, NoReturn

import click

from sim import __version__
from sim.cli.console import (
    Interrupted,
    configure_streams,
    print_json,
    print_note,
    print_warnings_as_notes,
)
from sim.errors import RunFailed, ThinlineError, UsageError, did_you_mean

# Errors of a write to standard output: the system names no file. Full, quota, size, device, closed.
OUTPUT_FAILED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


class Verb(NamedTuple):
    """The place of a verb's command, ``module:function``, and its summary."""

    command: str
    summary: str


# In the order in which a newcomer needs them.
VERBS = {
    "list": Verb("sim.cli.list:list_scenarios", "List the scenarios that come with the package."),
    "run": Verb("sim.cli.run:run", "Run a scenario and show how its runs end."),
    "compare": Verb(
        "sim.cli.compare:compare", "Compare scenarios run by run, with the same random numbers."
    ),
    "explain": Verb(
        "sim.cli.explain:explain",
        "Explain a scenario, a part of it, or a rule of the model.",
    ),
    "trace": Verb("sim.cli.trace:trace", "Report one run month by month, with its reasons."),
    "thin-line": Verb("sim.cli.thin_line:thin_line", "Find the force size with the least war."),
    "sweep": Verb("sim.cli.sweep:sweep", "Run a scenario at many points; resume where it stopped."),
    "sensitivity": Verb(
        "sim.cli.sensitivity:sensitivity", "Measure the effect of each lever on an outcome."
    ),
    "discover": Verb(
        "sim.cli.discover:discover", "Find combinations of levers in which an outcome is common."
    ),
    "robustness": Verb(
        "sim.cli.robustness:robustness",
        "Find the postures with the smallest worst case and regret.",
    ),
    "explore": Verb(
        "sim.cli.explore:explore", "Write one HTML file that plays the model in a browser."
    ),
    "theory": Verb(
        "sim.cli.theory:theory", "Compare the rules with the known answers of canonical games."
    ),
    "lesson": Verb("sim.cli.lesson:lesson", "Teach with the model: sheets, keys and marks."),
    "serve": Verb("sim.cli.serve:serve", "Open a room: a class takes the seats of states."),
    "room-bots": Verb("sim.cli.room_bots:room_bots", "Play an open room with bots: a rehearsal."),
    "validate": Verb("sim.cli.validate:validate", "Check scenario files and report all errors."),
    "init": Verb("sim.cli.init:init", "Create a scenario file of your own."),
    "schema": Verb("sim.cli.schema:schema", "Print the JSON Schema of a scenario file."),
    "doctor": Verb("sim.cli.doctor:doctor", "Check this machine's requirements for a run."),
}


class VerbGroup(click.Group):
    """A group that lists its verbs without importing them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of the verbs, in order."""
        return list(VERBS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of a verb, imported; ``None`` for an unknown name."""
        if name not in VERBS:
            return None
        module, _, function = VERBS[name].command.partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word; an unknown verb is refused with the one that is meant."""
        name = words[0]
        if name not in VERBS and not name.startswith("-") and not context.resilient_parsing:
            raise UsageError(f"no command '{name[:40]}'", did_you_mean(name, VERBS))
        return super().resolve_command(context, words)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs and their summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, verb.summary) for name, verb in VERBS.items()])


@click.group(
    cls=VerbGroup,
    invoke_without_command=True,
    context_settings={"max_content_width": 100, "help_option_names": ["--help", "-h"]},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Where is the line between deterrence and escalation, who moves it, how wide is it?

    A teaching model with invented weights: it shows what follows from its assumptions and
    forecasts nothing.

    Start with: thinline list
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line ``arguments`` and exit with its code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    configure_streams()
    print_warnings_as_notes()
    try:
        code = _exit_code(given)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        code = 1
    except OSError as error:
        _discard_output()
        code = report_error(_output_failed(error), ())
    sys.exit(code)


def _discard_output() -> None:
    """Discard the rest of the buffer, which cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _exit_code(given: list[str]) -> int:
    try:
        return cli.main(args=given, prog_name="thinline", standalone_mode=False) or 0
    except ThinlineError as error:
        return report_error(error, given)
    except click.ClickException as error:
        return report_error(_usage_error(error), given)
    except (click.Abort, KeyboardInterrupt):
        return report_error(Interrupted("stopped"), given)
    except MemoryError:
        return report_error(RunFailed("not enough memory", "use fewer runs"), given)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None and error.errno in OUTPUT_FAILED:
            raise
        failed = RunFailed(f"the operating system reports: {error}", "see: thinline doctor")
        return report_error(failed, given)


def _output_failed(error: OSError) -> RunFailed:
    remedy = "free some space there, or write to another file"
    return RunFailed(f"cannot write to standard output: {error.strerror or error}", remedy)


def _usage_error(error: click.ClickException) -> UsageError:
    context = error.ctx if isinstance(error, click.UsageError) else None
    remedy = f"see: {context.command_path} --help" if context else ""
    return UsageError(error.format_message(), remedy)


def report_error(error: ThinlineError, given: Sequence[str]) -> int:
    """Print an error, also as a JSON document with ``--json``, and return its exit code."""
    if "--json" in given:
        print_json(error.to_dict())
    with suppress(OSError):  # the exit code still reports it
        print_note(str(error))
    return error.exit_code
