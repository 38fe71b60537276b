"""``thinline run --all``: every shipped scenario, and a table of how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.output import emit, note, say, table
from sim.errors import head
from sim.figures.wording import plural

if TYPE_CHECKING:
    from sim.results import Results


def run_library(overrides: tuple[str, ...], as_json: bool, **how: Any) -> None:
    """Run every shipped scenario with ``overrides``, and show the endings side by side.

    Nothing is kept on disk; raises :class:`sim.errors.ScenarioError` where an override does not
    fit one of them.
    """
    from sim.cli.progress import progress_bar
    from sim.experiments.run import simulate
    from sim.scenario.load import load
    from sim.shipped import scenario_names

    loaded = [load(name, overrides) for name in scenario_names()]
    total = sum(how["runs"] or scenario.runs for scenario in loaded)
    ran: list[Results] = []
    with progress_bar("running") as progress:
        for scenario in loaded:

            def told(done: int, _: int, before: int = sum(each.runs for each in ran)) -> None:
                progress(before + done, total)

            ran.append(simulate(scenario, keep_records=False, progress=told, **how))
    if as_json:
        emit({**head("runs"), "scenarios": [results.summary() for results in ran]})
    else:
        _tell(ran)


def _tell(ran: list[Results]) -> None:
    from sim.vocabulary import Outcome

    table(
        ["scenario", *(outcome.label for outcome in Outcome), "war"],
        [_line(results) for results in ran],
    )
    say()
    runs = sorted({results.runs for results in ran})
    counted = ("" if len(runs) == 1 else f"{runs[0]:,} to ") + plural(runs[-1], "run")
    say(f"shares of model runs in per cent, {counted} each; 95 % intervals are in --json")
    note("Try next: thinline run reassurance_force")


def _line(results: Results) -> list[str]:
    shares = [*results.outcomes.values(), results.measures["war"]]
    return [results.scenario.name, *(f"{100 * share.value:.1f}" for share in shares)]
