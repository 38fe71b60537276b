"""``thinline trace``: one run month by month, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from sim.choices import Selection
from sim.cli.console import (
    json_option,
    note_changes,
    print_changes,
    print_heading,
    print_json,
    print_note,
    print_paragraph,
    print_rows,
    progress_bar,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import SET, WITHOUT_EVENT, Invocation, current_invocation
from sim.cli.options import (
    WHOLE_NUMBER,
    figure_option,
    save_figures,
    seed_option,
    set_option,
    within,
)
from sim.errors import UsageError, json_head

with deferred_imports(globals()):
    from sim.experiments.simulate import simulate
    from sim.explain.scenario import MOST_CHANGES, describe_differences
    from sim.report.trace import RunNarrative, run_narrative, twin_narratives, write_trace
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario
    from sim.trace.counterfactual import TwinRuns, check_same_roster
    from sim.trace.events import TracedRun
    from sim.trace.narrative import READING, Chapter, Story, story
    from sim.trace.replay import replay
    from sim.trace.select import select_run
    from sim.trace.why_this_run import crisis_risks

CANDIDATES = 2000
# The records of all candidates are kept in memory.
MOST_CANDIDATES = 2_000_000

AGAINST, COUNTERFACTUAL = "--against", "--counterfactual"


@click.command(cls=VerbCommand)
@click.argument("scenario")
@click.option("--run", "number", type=WHOLE_NUMBER, help="Number of the run, from 0.")
@click.option(
    "--select",
    type=click.Choice([each.value for each in Selection]),
    help="Select a run of this kind; typical by default.",
)
@click.option(
    "--candidates",
    type=WHOLE_NUMBER,
    callback=within(1, MOST_CANDIDATES),
    default=CANDIDATES,
    show_default=True,
    help="Number of runs to select from.",
)
@seed_option
@set_option()
@click.option(
    AGAINST,
    metavar="SCENARIO",
    help="Compare with the same run of this scenario, on the same random numbers.",
)
@click.option(
    COUNTERFACTUAL,
    is_flag=True,
    help="Apply --set and --without-event to the second run alone; without --against, the second "
    "run is the changed first.",
)
@click.option("--full", is_flag=True, help="Report every move of every state.")
@figure_option("Write the run as a page with a figure, or the figure as a picture.")
@json_option
def trace(
    scenario: str,
    seed: int | None,
    overrides: tuple[str, ...],
    against: str | None,
    counterfactual: bool,
    full: bool,
    figure: Path | None,
    as_json: bool,
    **which: Any,
) -> int:
    """Report one run month by month, with its reasons.

    A month of SCENARIO shows each actor's moves and the expectations behind them. With --against,
    or with --counterfactual and a change, the same run of a second scenario is also reported, from
    the month in which the two diverge.
    """
    if counterfactual and not overrides and against is None:
        raise UsageError(
            f"{COUNTERFACTUAL} needs a change", "add --set PATH=VALUE or --without-event NAME"
        )
    if counterfactual:  # the changes are those of the other run
        note_changes(())
    loaded = load(scenario, () if counterfactual else overrides)
    is_compared = counterfactual or against is not None
    other = load(against or scenario, overrides) if is_compared else None
    if other is not None:
        check_same_roster(loaded, other)
    seed = loaded.seed if seed is None else seed
    selection, number = _select(loaded, seed, **which)
    actual = replay(loaded, number, seed)
    twins = None if other is None else TwinRuns(actual, replay(other, number, seed))
    following = _next_command(actual, current_invocation())
    code = save_figures(
        lambda file: write_trace(
            _narratives(actual, twins), file, twins, _changes(twins) if twins else (), following
        ),
        lambda: [run.panel for run in _narratives(actual, twins)],
        figure,
    )
    if as_json:
        theirs = {"overrides": list(map(str, overrides))} if counterfactual else {}
        against_it = {"against": {**theirs, **twins.to_dict()}} if twins else {}
        course = [risk.to_dict() for risk in crisis_risks(actual)]
        document = {"picked": selection, "story": story(actual).to_dict(), "crises": course}
        print_json({**json_head("trace"), **actual.to_dict(), **document, **against_it})
    else:
        _print(actual, twins, full)
        print_changes()
        print_note(f"Try next: {following}")
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
    if twins is None:
        return [run_narrative(actual, "run", "The run")]
    return twin_narratives(twins)


def _print(actual: TracedRun, twins: TwinRuns | None, full: bool) -> None:
    whole = story(actual, full)
    click.echo(whole.headline)
    click.echo()
    _print_chapters(whole.chapters)
    _print_end(whole)
    if twins:
        _print_twin(twins, full)
    click.echo()
    print_paragraph(READING)


def _print_twin(twins: TwinRuns, full: bool) -> None:
    """Print what differs, the second run from the divergence on, and both endings."""
    print_heading(f"The same random numbers {twins.where[1]}")
    for change in _changes(twins):
        print_paragraph(change, mark="- ")
    click.echo()
    print_paragraph(" ".join(filter(None, [twins.in_words(), twins.why(), twins.later()])))
    if twins.parting is not None:
        click.echo()
        _print_chapters(twins.chapters(full))
        _print_end(story(twins.there, full))
    print_heading("The two endings")
    print_paragraph(twins.outcome_in_words())
    rows = [list(row.values()) for row in twins.endings()]
    print_rows(["", *twins.names], rows)


def _print_end(whole: Story) -> None:
    click.echo()
    print_paragraph(whole.ending)
    click.echo()
    print_paragraph(f"Why this run: {whole.why}")


def _changes(twins: TwinRuns) -> list[str]:
    """What differs between the scenarios, in words."""
    return describe_differences(twins.there.scenario, twins.here.scenario, MOST_CHANGES)


def _print_chapters(chapters: Iterable[Chapter]) -> None:
    for chapter in chapters:
        print_paragraph(chapter.text, mark=f"{chapter.when:<9} ")


def _next_command(actual: TracedRun, invocation: Invocation) -> str:
    """The suggested next command: the counterfactual of the same run or, after a comparison, a run
    of another kind.

    The counterfactual has the changes that the command names. If it names none, the first event is
    removed or, without events, clarity is changed.
    """
    if invocation.values(AGAINST) or (COUNTERFACTUAL, None) in invocation.options:
        return invocation.only("--seed").with_option("--select", "near-miss").command
    same = invocation.only(SET).with_options({"--run": actual.number, "--seed": actual.seed})
    if not invocation.only(SET).options:
        events = actual.scenario.events
        change = (WITHOUT_EVENT, events[0].name) if events else (SET, "setting.clarity=0.9")
        same = same.with_option(*change)
    return same.with_option(COUNTERFACTUAL).command
