"""``thinline trace``: one run month by month, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from sim.choices import Selection
from sim.cli.console import (
    json_option,
    print_heading,
    print_json,
    print_note,
    print_paragraph,
    progress_bar,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import Invocation, current_invocation
from sim.cli.options import figure_option, save_figures, seed_option, set_option
from sim.errors import UsageError, json_head

with deferred_imports(globals()):
    from sim.experiments.simulate import simulate
    from sim.report.trace import RunNarrative, run_narrative, write_trace
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario
    from sim.trace.counterfactual import TwinRuns
    from sim.trace.events import TracedRun
    from sim.trace.narrative import READING, Chapter, story
    from sim.trace.replay import replay
    from sim.trace.select import select_run

CANDIDATES = 2000
# The records of all candidates are kept in memory.
MOST_CANDIDATES = 2_000_000

COUNTERFACTUAL = "--counterfactual"
CHANGED = "The same random numbers with the changes"


@click.command(cls=VerbCommand)
@click.argument("scenario")
@click.option("--run", "number", type=int, help="Number of the run, from 0.")
@click.option(
    "--select",
    type=click.Choice([each.value for each in Selection]),
    help="Select a run of this kind; typical by default.",
)
@click.option(
    "--candidates",
    type=click.IntRange(1, MOST_CANDIDATES),
    default=CANDIDATES,
    show_default=True,
    help="Number of runs to select from.",
)
@seed_option
@set_option()
@click.option(
    COUNTERFACTUAL,
    "counterfactual",
    is_flag=True,
    help="Report the unchanged run, then the run with --set and the same random numbers.",
)
@click.option("--full", is_flag=True, help="Report every move of every state.")
@figure_option("Write the run as a page with a figure, or the figure as a picture.")
@json_option
def trace(
    scenario: str,
    seed: int | None,
    overrides: tuple[str, ...],
    counterfactual: bool,
    full: bool,
    figure: Path | None,
    as_json: bool,
    **which: Any,
) -> int:
    """Report one run month by month, with its reasons.

    A month of SCENARIO shows each actor's moves and the expectations behind them.
    """
    if counterfactual and not overrides:
        raise UsageError(f"{COUNTERFACTUAL} needs a change", "add --set PATH=VALUE")
    loaded = load(scenario, () if counterfactual else overrides)
    seed = loaded.seed if seed is None else seed
    selection, number = _select(loaded, seed, **which)
    actual = replay(loaded, number, seed)
    twins = (
        TwinRuns(actual, replay(load(scenario, overrides), number, seed))
        if counterfactual
        else None
    )
    code = save_figures(
        lambda file: write_trace(_narratives(actual, twins), file),
        lambda: [run.panel for run in _narratives(actual, twins)],
        figure,
    )
    if as_json:
        twin = {"twin": twins.to_dict()} if twins else {}
        document = {"picked": selection, "story": story(actual).to_dict(), **twin}
        print_json({**json_head("trace"), **actual.to_dict(), **document})
    else:
        _print(actual, twins, full)
        print_note(f"Try next: {_next_command(actual, current_invocation())}")
    return code


def _select(
    loaded: Scenario, seed: int, number: int | None, select: str | None, candidates: int
) -> tuple[dict[str, Any] | None, int]:
    """How the run was selected, ``None`` where its number was given, and its number."""
    if number is not None and select:
        raise UsageError("--run and --select both name a run", "leave one of them out")
    if number is not None:
        return None, number
    wanted = Selection(select or "typical")
    with progress_bar("selecting") as progress:
        records = simulate(loaded, candidates, seed, progress=progress).records
    return {"select": wanted, "candidates": candidates}, select_run(wanted, records)


def _narratives(actual: TracedRun, twins: TwinRuns | None) -> list[RunNarrative]:
    """The run, and its twin, for a page."""
    runs = [run_narrative(actual, "run", "The run")]
    if twins:
        runs.append(run_narrative(twins.there, "twin", CHANGED))
    return runs


def _print(actual: TracedRun, twins: TwinRuns | None, full: bool) -> None:
    whole = story(actual, full)
    click.echo(whole.headline)
    click.echo()
    _print_chapters(whole.chapters)
    click.echo()
    print_paragraph(whole.ending)
    if twins:
        print_heading(CHANGED)
        print_paragraph(twins.in_words())
        _print_chapters(twins.chapters(full))
        click.echo()
        print_paragraph(twins.endings()[1])
    click.echo()
    print_paragraph(READING)


def _print_chapters(chapters: Iterable[Chapter]) -> None:
    for chapter in chapters:
        print_paragraph(chapter.text, mark=f"{chapter.when:<9} ")


def _next_command(actual: TracedRun, invocation: Invocation) -> str:
    """The counterfactual of the same run; after a counterfactual, a run of another kind."""
    if (COUNTERFACTUAL, None) in invocation.options:
        return invocation.only("--seed").with_option("--select", "near-miss").command
    sets = invocation.values("--set") or ("setting.clarity=0.9",)
    same = invocation.only().with_options({"--run": actual.number, "--seed": actual.seed})
    return same.with_option(COUNTERFACTUAL).with_option("--set", *sets).command
