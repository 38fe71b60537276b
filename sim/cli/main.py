"""The command line: the verbs, and what is said when one of them cannot be done.

A verb reads its options, calls the package and prints; nothing is decided here. Whatever is slow
to import is imported inside the verb that needs it, so that ``thinline --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from sim import __version__
from sim.cli.compare import compare
from sim.cli.console import Interrupted, emit, note, settle_streams
from sim.cli.discover import discover
from sim.cli.doctor import doctor
from sim.cli.explain import explain
from sim.cli.robustness import posture
from sim.cli.run import run
from sim.cli.scenarios import init, list_scenarios, schema, validate
from sim.cli.sensitivity import sensitivity
from sim.cli.sweep import sweep
from sim.cli.theory import theory
from sim.cli.thin_line import thin_line
from sim.cli.trace import trace
from sim.errors import RunFailed, ThinlineError, UsageError

VERBS = (
    list_scenarios,
    run,
    compare,
    explain,
    trace,
    thin_line,
    sweep,
    sensitivity,
    discover,
    posture,
    theory,
    validate,
    init,
    schema,
    doctor,
)


class Verbs(click.Group):
    """A group that lists its commands in the order in which a newcomer needs them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of the verbs, in order."""
        return list(self.commands)


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Where is the line between deterrence and escalation, who moves it, how wide is it?

    A teaching model with invented weights: it shows what follows from what is assumed, and
    forecasts nothing.

    Start with: thinline list
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for verb in VERBS:
    cli.add_command(verb)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Do what the command line asks, and exit with its code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    settle_streams()
    try:
        code = _answer(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def _answer(given: list[str]) -> int:
    try:
        return cli.main(args=given, prog_name="thinline", standalone_mode=False) or 0
    except ThinlineError as error:
        return refuse(error, given)
    except click.ClickException as error:
        return refuse(_misuse(error), given)
    except (click.Abort, KeyboardInterrupt):
        return refuse(Interrupted("stopped"), given)
    except MemoryError:
        return refuse(RunFailed("there is not enough memory for this", "ask for fewer runs"), given)
    except BrokenPipeError:
        raise
    except OSError as error:
        return refuse(RunFailed(f"the system refused: {error}", "see: thinline doctor"), given)


def _misuse(error: click.ClickException) -> UsageError:
    context = error.ctx if isinstance(error, click.UsageError) else None
    remedy = f"see: {context.command_path} --help" if context else ""
    return UsageError(error.format_message(), remedy)


def refuse(error: ThinlineError, given: Sequence[str]) -> int:
    """Say what cannot be done, to people or as a document; the code to exit with."""
    if "--json" in given:
        emit(error.to_dict())
    note(str(error))
    return error.exit_code
