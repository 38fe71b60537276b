"""Long studies on the command line: backend, folder, and resumption after an interruption."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from sim.cli.console import Interrupted, print_note, progress_bar
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.options import out_option
from sim.experiments.storage.files import CannotStore
from sim.formatting import plural

with deferred_imports(globals()):
    from sim.experiments.backends import backend

C = TypeVar("C", bound=Callable[..., Any])


class ResumableCommand(VerbCommand):
    """A command that, when interrupted, prints what is kept and how to resume it."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Keep the words of the command, and parse them."""
        # --force would replace what is kept.
        kept = [word for word in arguments if word != "--force"]
        words = ["thinline", str(context.info_name), *kept]
        context.meta["resume"] = f"resume with: {shlex.join(words)}"
        context.meta["kept"] = "nothing was run yet"
        return super().parse_args(context, arguments)

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn Ctrl-C into :class:`sim.cli.console.Interrupted`."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            kept, resume = context.meta["kept"], context.meta["resume"]
            raise Interrupted(f"stopped: {kept}", resume) from None


def backend_options(function: C) -> C:
    """``--backend`` and ``--scheduler``."""
    chosen = click.option(
        "--backend",
        type=click.Choice(["threads", "dask"]),
        default="threads",
        show_default=True,
        help="Run on this machine or on a Dask cluster: the same results.",
    )
    address = click.option(
        "--scheduler", metavar="ADDRESS", help="A running Dask scheduler, tcp://host:8786."
    )
    return chosen(address(function))


def resumable_options(function: C) -> C:
    """The options of a study that keeps its runs in a folder if one is given."""
    kept = out_option("Folder in which finished runs are kept; the same command resumes with them.")
    force = click.option("--force", is_flag=True, help="Replace another study in that folder.")
    return kept(force(backend_options(function)))


@contextmanager
def execution(title: str, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Run a study in the block, with its progress under ``title``; yields its arguments.

    These are ``folder``, ``backend`` and ``progress``, from ``--out``, ``--jobs``, ``--backend``
    and ``--scheduler``, and all other ``options``. After an interruption or on a full disk, the
    message has the number of runs kept in the folder.
    """
    others = dict(options)
    folder, jobs, name, scheduler = map(others.pop, ("out", "jobs", "backend", "scheduler"))
    done, meta = 0, click.get_current_context().meta
    meta["kept"] = f"what was finished is kept in {folder}" if folder else "nothing is kept"
    if folder is None:
        meta["resume"] = "with --out FOLDER finished runs are kept, and the same command resumes"
    try:
        with backend(name, jobs, scheduler, print_note) as chosen, progress_bar(title) as bar:

            def progress(now: int, most: int) -> None:
                nonlocal done
                done = now
                if folder:
                    meta["kept"] = f"{done:,} of {plural(most, 'run')} are kept in {folder}"
                bar(now, most)

            yield {**others, "folder": folder, "backend": chosen, "progress": progress}
    except CannotStore as error:
        if done:
            remedy = f"{error.remedy}; {meta['resume']}"
            raise CannotStore(error.message, remedy) from error
        raise
