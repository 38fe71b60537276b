"""Options that several verbs share, so that they mean the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from sim.choices import MAX_JOBS, MAX_RUNS, MAX_SEED
from sim.cli.console import json_option, print_json, print_note
from sim.errors import UsageError, whole_within
from sim.experiments.storage.files import CannotStore, check_file, check_folder, writing

C = TypeVar("C", bound=Callable[..., Any])

OUTCOME = "failure, escalation, war, an ending, or a count or mean such as strikes"
PAGE_SUFFIXES = {".html", ".htm"}


class WholeNumber(click.ParamType):  # type: ignore[type-arg]
    """A whole number, written as in a scenario file: ``1000``, ``1_000`` or ``1e3``."""

    name = "integer"

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> int:
        """The number; fails for any other text."""
        # The help of a verb does without the package that this one imports.
        from sim.scenario.yaml_nodes import parse_scalar

        number = parse_scalar(value) if isinstance(value, str) else value
        if isinstance(number, bool) or not isinstance(number, int | float) or number % 1:
            self.fail(f"'{value}' is not a whole number", parameter, context)
        return int(number)


class FilePath(click.Path):
    """A path, in which ``~`` is the home folder: shells leave ``--out=~/x`` as it is."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> Any:
        """The path, with the home folder in place of ``~``."""
        return super().convert(os.path.expanduser(value), parameter, context)


WHOLE_NUMBER, FILE_PATH = WholeNumber(), FilePath()


def _within(low: int, high: int) -> Callable[..., int | None]:
    """A callback that refuses a number outside ``low`` to ``high``."""

    def check(context: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
        if value is not None:
            whole_within(parameter.name or "", value, low, high)
        return value

    return check


def runs_option(help_text: str, default: int | None = None) -> Callable[[C], C]:
    """The number of model runs, under both of its names."""
    return click.option(
        "--runs",
        "--replications",
        "runs",
        type=WHOLE_NUMBER,
        callback=_within(1, MAX_RUNS),
        default=default,
        show_default=default is not None,
        help=help_text,
    )


def _check_page(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    """Refuse a page that cannot be written before anything is run."""
    if value is None or context.resilient_parsing:
        return value
    if value.suffix.lower() not in PAGE_SUFFIXES and not os.path.isdir(value):
        raise UsageError(
            f"{value} is not an HTML page", f"write --figure {value.with_suffix('.html')}"
        )
    check_file(value, made=context.params.get("out"))
    return value


def _check_folder(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    """Refuse a folder that neither exists nor can be made."""
    if value is not None and not context.resilient_parsing:
        check_folder(value)
    return value


def set_option(
    help_text: str = "Change a parameter, such as setting.clarity=0.9; may be repeated.",
) -> Callable[[C], C]:
    """Changes of parameters, as ``overrides``."""
    return click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE", help=help_text)


def figure_option(
    help_text: str = "Write the figures as a self-contained page.",
) -> Callable[[C], C]:
    """A page to write."""
    return click.option(
        "--figure",
        type=FILE_PATH,
        metavar="FILE.html",
        callback=_check_page,
        help=help_text,
    )


def out_option(help_text: str) -> Callable[[C], C]:
    """The folder of all results; read before ``--figure``, which may lie in it."""
    return click.option(
        "--out",
        type=FILE_PATH,
        metavar="FOLDER",
        callback=_check_folder,
        is_eager=True,
        help=help_text,
    )


seed_option: Callable[[C], C] = click.option(
    "--seed",
    type=WHOLE_NUMBER,
    callback=_within(0, MAX_SEED),
    help="Seed of the random numbers: the same seed gives the same result.",
)

jobs_option: Callable[[C], C] = click.option(
    "--jobs",
    type=WHOLE_NUMBER,
    callback=_within(1, MAX_JOBS),
    help="Number of threads; one for each processor by default.",
)

levers_option: Callable[[C], C] = click.option(
    "--over",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="A lever and its range; may be repeated. By default setting, challenger and weights.",
)


def outcome_option(default: str | None = "war", help_text: str = "") -> Callable[[C], C]:
    """The outcome that is measured."""
    return click.option(
        "--outcome",
        default=default,
        show_default=default is not None,
        help=help_text or f"The outcome: {OUTCOME}.",
    )


def common_options(function: C) -> C:
    """Seed, changes, threads, page and JSON: options of every verb that runs many points."""
    for option in (json_option, figure_option(), jobs_option, set_option(), seed_option):
        function = option(function)
    return function


class Study(Protocol):
    """The result of a verb that runs many points."""

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data."""


S = TypeVar("S", bound=Study)


def present(
    found: S,
    write: Callable[[S, Path], object],
    print_text: Callable[[S], None],
    figure: Path | None,
    as_json: bool,
    missing: Sequence[str] = (),
) -> int:
    """Write the page if there is a ``figure``, print the result, and return the exit code.

    ``missing`` has a sentence for each kind of point that failed; with any, the exit code is 1.
    """
    code = save_page(lambda file: write(found, file), figure)
    for sentence in missing:
        print_note(f"Missing: {sentence}")
    if as_json:
        print_json(found.to_dict())
    else:
        print_text(found)
    return 1 if missing else code


def save_page(write: Callable[[Path], object], figure: Path | None) -> int:
    """Write the page if there is a ``figure``; return 1 if that fails.

    A page that cannot be written stops nothing: the results are printed all the same.
    """
    if figure is None:
        return 0
    try:
        with writing(figure):
            write(figure)
    except CannotStore as error:
        print_note(str(error))
        return error.exit_code
    print_note(f"Written: {figure}")
    return 0
