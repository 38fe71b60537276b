"""``thinline trace``: one run told month by month, with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import emit, heading, json_option, note, paragraph, say
from sim.cli.invocation import Asked, asked
from sim.cli.options import figure_option, save_page, seed_option, set_option
from sim.errors import UsageError, json_head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.scenario.scenario import Scenario
    from sim.trace.counterfactual import TwinRuns
    from sim.trace.events import TracedRun
    from sim.trace.narrative import Chapter

AMONG = 2000

# What is looked through is kept in memory.
MOST_AMONG = 2_000_000


@click.command(short_help="Tell one run month by month, with the reasons.")
@click.argument("scenario")
@click.option("--run", "number", type=int, help="Which run, counting from 0.")
@click.option(
    "--like",
    type=click.Choice(["typical", "near-miss", "worst"]),
    help="A run that is like that; typical, if you say nothing.",
)
@click.option(
    "--among",
    type=click.IntRange(1, MOST_AMONG),
    default=AMONG,
    show_default=True,
    help="How many runs to look through for --like.",
)
@seed_option
@set_option("Change a parameter, such as setting.clarity=0.9; may be repeated.")
@click.option(
    "--same-luck",
    is_flag=True,
    help="Tell the run as it was, then, on the same luck, with what --set changes.",
)
@click.option("--full", is_flag=True, help="Tell every state's every move in its month.")
@figure_option("Write the run as a page with a picture too.")
@json_option
def trace(
    scenario: str,
    seed: int | None,
    overrides: tuple[str, ...],
    same_luck: bool,
    full: bool,
    figure: Path | None,
    as_json: bool,
    **which: Any,
) -> int:
    """Tell one run of SCENARIO month by month: who does what, and what they reckoned with."""
    from sim.scenario.load import load
    from sim.trace.counterfactual import TwinRuns
    from sim.trace.replay import replay

    if same_luck and not overrides:
        raise UsageError("--same-luck compares with what --set changes", "add --set PATH=VALUE")
    loaded = load(scenario, () if same_luck else overrides)
    seed = loaded.seed if seed is None else seed
    picked, number = _picked(loaded, seed, **which)
    here = replay(loaded, number, seed)
    twins = TwinRuns(here, replay(load(scenario, overrides), number, seed)) if same_luck else None
    code = save_page(lambda file: _draw(here, twins, file), figure)
    if as_json:
        emit(_document(here, twins, picked))
    else:
        _tell(here, twins, full)
        note(f"Try next: {_next(here, asked())}")
    return code


def _picked(
    loaded: Scenario, seed: int, number: int | None, like: str | None, among: int
) -> tuple[dict[str, Any] | None, int]:
    """The run asked for by number, or the one most like what was asked for, and how it was
    picked."""
    from sim.cli.console import progress_bar
    from sim.experiments.simulate import simulate
    from sim.trace.select import Selection, select_run

    if number is not None and like:
        raise UsageError("--run and --like both say which run", "leave one of them out")
    if number is not None:
        return None, number
    wanted = Selection(like or "typical")
    with progress_bar("looking") as progress:
        records = simulate(loaded, among, seed, progress=progress).records
    return {"like": wanted, "among": among}, select_run(wanted, records)


def _document(
    here: TracedRun, twins: TwinRuns | None, picked: dict[str, Any] | None
) -> dict[str, Any]:
    from sim.trace.narrative import story

    twin = {"twin": twins.to_dict()} if twins else {}
    told = {"picked": picked, "story": story(here).to_dict()}
    return {**json_head("trace"), **here.to_dict(), **told, **twin}


def _tell(here: TracedRun, twins: TwinRuns | None, full: bool) -> None:
    from sim.trace.narrative import READING, story

    told = story(here, full)
    say(told.headline)
    say()
    _chapters(told.chapters)
    say()
    paragraph(told.ending)
    if twins:
        heading("The same random numbers with the changes")
        paragraph(twins.in_words())
        _chapters(twins.chapters(full))
        say()
        paragraph(twins.endings()[1])
    say()
    paragraph(READING)


def _chapters(chapters: Iterable[Chapter]) -> None:
    for chapter in chapters:
        paragraph(chapter.text, mark=f"{chapter.when:<9} ")


def _draw(run: TracedRun, twins: TwinRuns | None, file: Path) -> None:
    from sim.report.trace import run_narrative, write_trace

    runs = [run_narrative(run, "run", "The run")]
    if twins:
        runs.append(run_narrative(twins.there, "twin", "The same random numbers with the changes"))
    write_trace(runs, file)


def _next(here: TracedRun, said: Asked) -> str:
    """The same run beside itself with something changed, or another kind of run."""
    if ("--same-luck", None) in said.said:
        return said.only("--seed").adding("--like", "near-miss").command
    sets = said.all_of("--set") or ("setting.clarity=0.9",)
    same = said.only().saying({"--run": here.number, "--seed": here.seed})
    return same.adding("--same-luck").adding("--set", *sets).command
