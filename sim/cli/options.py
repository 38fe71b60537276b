"""Options that several verbs share, so that they mean the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import click

from sim.choices import MAX_JOBS, MAX_RUNS, MAX_SEED
from sim.cli.console import (
    changes_made,
    json_option,
    note_changes,
    print_changes,
    print_json,
    print_note,
)
from sim.cli.deferred import deferred_imports
from sim.cli.invocation import SET, WITHOUT_EVENT, current_invocation
from sim.errors import ThinlineError, UsageError, whole_within
from sim.experiments.storage.files import check_file, check_folder

with deferred_imports(globals()):
    from sim.scenario.overrides import without_events

if TYPE_CHECKING:
    from sim.report.panels import Panel

C = TypeVar("C", bound=Callable[..., Any])

OUTCOME = "failure, escalation, war, an ending, or a count or mean such as strikes"
PAGE_SUFFIXES = (".html", ".htm")
STATIC_SUFFIXES = (".svg", ".pdf", ".png")
FIGURE_SIZES = ("column", "page", "slide")


class WholeNumber(click.ParamType):  # type: ignore[type-arg]
    """A whole number, written as in a scenario file: ``1000``, ``1_000`` or ``1e3``."""

    name = "integer"

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> int:
        """The number; fails for any other text."""
        from sim.scenario.yaml_nodes import parse_scalar  # here, because it slows ``--help``

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


def within(low: int, high: int) -> Callable[..., int | None]:
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
        callback=within(1, MAX_RUNS),
        default=default,
        show_default=default is not None,
        help=help_text,
    )


def _check_figure(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    """Refuse a figure that cannot be written before anything is run."""
    if value is None or context.resilient_parsing:
        return value
    suffix = value.suffix.lower()
    if suffix in STATIC_SUFFIXES:
        from sim.report.static import require_static

        require_static(f"--figure {value}")
    elif suffix not in PAGE_SUFFIXES and not os.path.isdir(value):
        raise UsageError(
            f"{value} is neither a page (.html) nor a picture (.svg, .pdf, .png)",
            f"write --figure {value.with_suffix('.html')}",
        )
    check_file(value, made=context.params.get("out"))
    return value


def _check_page(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """Refuse a file that is no page or cannot be written, before anything is run."""
    if context.resilient_parsing:
        return value
    if value.suffix.lower() not in PAGE_SUFFIXES:
        page = value.with_suffix(".html") if value.name else parameter.default
        raise UsageError(f"{value} is no page", f"write --out {page}")
    check_file(value)
    return value


def page_option(default: str) -> Callable[[C], C]:
    """``--out`` of a command that writes one page."""
    return click.option(
        "--out",
        type=FILE_PATH,
        default=default,
        show_default=True,
        metavar="FILE.html",
        callback=_check_page,
        help="The file to write.",
    )


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
    """Changes of the scenario, parameters and removed events, as ``overrides``."""

    def decorate(function: C) -> C:
        @wraps(function)
        def wrapped(
            *args: Any, overrides: tuple[str, ...], without_event: tuple[str, ...], **options: Any
        ) -> Any:
            changes = (*overrides, *without_events(without_event))
            note_changes(changes)
            return function(*args, overrides=changes, **options)

        added = click.option(SET, "overrides", multiple=True, metavar="PATH=VALUE", help=help_text)(
            wrapped
        )
        return cast("C", _without_event_option(added))

    return decorate


def note_replaced(replaced: Collection[str]) -> None:
    """Print the changes of :func:`set_option` that the command replaces with values of its own, and
    count them no more among its changes."""
    verb = current_invocation().verb
    given = [(text.partition("=")[0].strip(), text) for text in changes_made()]
    for path in dict.fromkeys(replaced):
        if path in dict(given):
            print_note(f"Note: {SET} {path} has no effect on the runs: {verb} varies it.")
    note_changes(text for path, text in given if path not in replaced)


_without_event_option = click.option(
    WITHOUT_EVENT,
    multiple=True,
    metavar="NAME",
    help="Remove the event of this name or number; may be repeated.",
)


def figure_option(
    help_text: str = "Write the figures: a self-contained page, or pictures.",
) -> Callable[[C], C]:
    """A page or pictures to write, and the size of these.

    The verb receives the file alone: :func:`save_figures` reads the size from the context.
    """

    def decorate(function: C) -> C:
        @wraps(function)
        def without_size(*arguments: Any, figure_size: str, **options: Any) -> Any:
            return function(*arguments, **options)

        sized = click.option(
            "--figure-size",
            type=click.Choice(FIGURE_SIZES),
            default="page",
            show_default=True,
            help="Size of a picture: a column or the width of a printed page, or a slide.",
        )(without_size)
        return cast(
            C,
            click.option(
                "--figure",
                type=FILE_PATH,
                metavar="FILE.html|.svg|.pdf|.png",
                callback=_check_figure,
                help=help_text,
            )(sized),
        )

    return decorate


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
    callback=within(0, MAX_SEED),
    help="Seed of the random numbers: the same seed gives the same result.",
)

jobs_option: Callable[[C], C] = click.option(
    "--jobs",
    type=WHOLE_NUMBER,
    callback=within(1, MAX_JOBS),
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
    """Write the page or the pictures of ``figure``, print the result, and return the exit code.

    ``missing`` has a sentence for each kind of point that failed; with any, the exit code is 1.
    """
    code = save_figures(lambda file: write(found, file), lambda: panels_of(found), figure)
    for sentence in missing:
        print_note(f"Missing: {sentence}")
    if as_json:
        print_json(found.to_dict())
    else:
        print_text(found)
        print_changes()
    return 1 if missing else code


def panels_of(found: Any) -> Iterator[Panel]:
    """The charts of a result."""
    from sim.result_charts import charts_of

    for make in charts_of(found).values():
        if (panel := make()) is not None:
            yield panel


def save_figures(
    write: Callable[[Path], object], panels: Callable[[], Iterable[Panel]], figure: Path | None
) -> int:
    """Write the page, or the ``panels`` as pictures, if there is a ``figure``; return 1 if that
    fails.

    A figure that cannot be written stops nothing: the results are printed all the same.
    """
    if figure is None:
        return 0
    try:
        if figure.suffix.lower() in STATIC_SUFFIXES:
            from sim.report.static import write_figures

            size = click.get_current_context().params["figure_size"]
            command = current_invocation().without("--figure", "--figure-size", "--jobs").command
            written = write_figures(figure, panels(), size, command)
        else:
            write(figure)
            written = [figure]
    except ThinlineError as error:
        print_note(str(error))
        return error.exit_code
    for file in written:
        print_note(f"Written: {file}")
    return 0
