"""Options that several verbs have, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sim.cli.output import as_page, json_option

C = TypeVar("C", bound=Callable[..., Any])

OUTCOME = "failure, escalation, war, an ending, or what is counted, such as strikes"

outcome_option: Callable[[C], C] = click.option(
    "--outcome", default="war", show_default=True, help=f"Of what: {OUTCOME}."
)


def common_options(function: C) -> C:
    """Those of every verb that plays many points: luck, changes, threads, page, JSON."""
    for option in reversed(_COMMON):
        function = option(function)
    return function


_COMMON: tuple[Callable[[Any], Any], ...] = (
    click.option("--seed", type=int, help="Whose luck: the same seed, the same answer."),
    click.option(
        "--set",
        "overrides",
        multiple=True,
        metavar="PATH=VALUE",
        help="Change a parameter; may be repeated.",
    ),
    click.option("--jobs", type=int, help="Threads; one a processor, if you do not say."),
    click.option(
        "--figure",
        type=click.Path(path_type=Path),
        metavar="FILE.html",
        callback=as_page,
        help="Write the figures as a page that opens from disk.",
    ),
    json_option,
)
