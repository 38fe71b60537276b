"""Options that several verbs have, written once, so that they mean the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from sim.cli.console import emit, json_option, note
from sim.errors import UsageError, check_within

C = TypeVar("C", bound=Callable[..., Any])

OUTCOME = "failure, escalation, war, an ending, or what is counted, such as strikes"
PAGE = {".html", ".htm"}


def runs_option(help_text: str, default: int | None = None) -> Callable[[C], C]:
    """How many model runs, under both of its names."""
    return click.option(
        "--runs",
        "--replications",
        "runs",
        type=int,
        callback=_as_runs,
        default=default,
        show_default=default is not None,
        help=help_text,
    )


def _as_runs(context: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
    from sim.scenario.schema import MAX_RUNS

    return _within("runs", value, 1, MAX_RUNS)


def _as_seed(context: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
    from sim.scenario.schema import MAX_SEED

    return _within("seed", value, 0, MAX_SEED)


def _as_jobs(context: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
    if value is None:
        return None
    from sim.experiments.simulate import MAX_JOBS

    return _within("jobs", value, 1, MAX_JOBS)


def _within(name: str, value: int | None, low: int, high: int) -> int | None:
    """A number that was given; raises :class:`sim.errors.UsageError` for one out of range."""
    if value is not None:
        check_within(name, value, low, high)
    return value


def _as_page(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """A file that a page can be written to; refused before anything is played if it cannot."""
    if value is None or context.resilient_parsing:
        return value
    from sim.experiments.storage.files import check_file

    if value.suffix.lower() not in PAGE and not os.path.isdir(value):
        raise UsageError(f"{value} would be a page", f"name it {value.with_suffix('.html')}")
    check_file(value, made=context.params.get("out"))
    return value


def _as_folder(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    """A folder that is there or can be made."""
    if value is not None and not context.resilient_parsing:
        from sim.experiments.storage.files import check_folder

        check_folder(value)
    return value


def set_option(help_text: str = "Change a parameter; may be repeated.") -> Callable[[C], C]:
    """Changes of parameters, as ``overrides``."""
    return click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE", help=help_text)


def figure_option(help_text: str) -> Callable[[C], C]:
    """A page to write."""
    return click.option(
        "--figure",
        type=click.Path(path_type=Path),
        metavar="FILE.html",
        callback=_as_page,
        help=help_text,
    )


def out_option(help_text: str) -> Callable[[C], C]:
    """A folder to keep everything in; read before ``--figure``, which may lie in it."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        callback=_as_folder,
        is_eager=True,
        help=help_text,
    )


seed_option: Callable[[C], C] = click.option(
    "--seed",
    type=int,
    callback=_as_seed,
    help="Whose luck: the same seed, the same answer.",
)

jobs_option: Callable[[C], C] = click.option(
    "--jobs", type=int, callback=_as_jobs, help="Threads; one a processor, if you do not say."
)

levers_option: Callable[[C], C] = click.option(
    "--over",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="A lever and its ends; may be repeated. None: setting, challenger and weights.",
)


def outcome_option(default: str = "war") -> Callable[[C], C]:
    """What is asked about."""
    return click.option(
        "--outcome", default=default, show_default=True, help=f"Of what: {OUTCOME}."
    )


def common_options(function: C) -> C:
    """Those of every verb that plays many points: luck, changes, threads, page, JSON."""
    for option in reversed(_COMMON):
        function = option(function)
    return function


_COMMON: tuple[Callable[[Any], Any], ...] = (
    seed_option,
    set_option(),
    jobs_option,
    figure_option("Write the figures as a page that opens from disk."),
    json_option,
)


class Study(Protocol):
    """What came of it."""

    def to_dict(self) -> dict[str, Any]:
        """The study as plain data."""


S = TypeVar("S", bound=Study)


def answer(
    found: S,
    write: Callable[[S, Path], object],
    tell: Callable[[S], None],
    figure: Path | None,
    as_json: bool,
    missing: Sequence[str] = (),
) -> int:
    """Write the page if one was asked for, and say the rest; 1 where points are ``missing``: a
    sentence for each kind that could not be played."""
    code = save_page(lambda file: write(found, file), figure)
    for sentence in missing:
        note(f"Missing: {sentence}")
    if as_json:
        emit(found.to_dict())
    else:
        tell(found)
    return 1 if missing else code


def save_page(write: Callable[[Path], object], figure: Path | None) -> int:
    """Write the page if one was asked for; 1 where the disk would not have it.

    What was played is told all the same.
    """
    from sim.experiments.storage.files import CannotStore, writing

    if figure is None:
        return 0
    try:
        with writing(figure):
            write(figure)
    except CannotStore as error:
        note(str(error))
        return error.exit_code
    note(f"Written: {figure}")
    return 0
